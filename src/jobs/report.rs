//! An import's report as a table: file, row, column, what, what to do.

use super::ImportReport;
use crate::model::Problem;
use crate::words::{Fault, Lang};
use crate::write;
use std::path::PathBuf;
use std::sync::Arc;

/// A report to write.
#[derive(Debug, Clone)]
pub struct ReportRequest {
    /// The report.
    pub report: Arc<ImportReport>,
    /// The language of its words.
    pub lang: Lang,
    /// Where to.
    pub path: PathBuf,
}

impl ReportRequest {
    pub(super) fn run(self) -> Result<PathBuf, Fault> {
        write::write_records(&self.path, &[records(&self.report, self.lang)])?;
        Ok(self.path)
    }
}

/// A line a problem, the header first. Problems that were only counted have a line a kind.
/// The text of a cell is left out: it may be somebody's name or number.
fn records(report: &ImportReport, lang: Lang) -> Vec<Vec<String>> {
    let heads = ["file", "row", "column", "what", "advice"];
    let heads = heads.map(|head| lang.t(&format!("jobs.report_{head}")).into_owned());
    let mut records = vec![heads.to_vec()];
    records.extend(
        report
            .problems
            .iter()
            .map(|problem| record(problem, String::new(), lang)),
    );
    for more in report.more_problems.values() {
        let count = lang.with("jobs.report_more", &[("count", &more.count.to_string())]);
        records.push(record(&more.first, count, lang));
    }
    records
}

fn record(problem: &Problem, more: String, lang: Lang) -> Vec<String> {
    let row = if !more.is_empty() {
        more
    } else if problem.row == 0 {
        String::new()
    } else {
        problem.row.to_string()
    };
    vec![
        problem.source.to_string(),
        row,
        problem.column.clone(),
        problem.kind.text(lang),
        problem.kind.advice(lang),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jobs::MoreProblems;
    use crate::model::ProblemKind;

    #[test]
    fn every_problem_has_a_line_and_no_line_has_a_residents_data() {
        let problem = |row, kind, text: &str| Problem {
            source: "台账.xlsx".into(),
            row,
            column: "身份证号".to_owned(),
            kind,
            text: text.to_owned(),
        };
        let number = "000000199001010015";
        let mut report = ImportReport::default();
        report.problems = vec![
            problem(7, ProblemKind::BadIdNumber, number),
            problem(0, ProblemKind::DroppedColumn, ""),
        ];
        let more = MoreProblems {
            first: problem(90_000, ProblemKind::BadPhone, number),
            count: 12,
        };
        report.more_problems.insert(ProblemKind::BadPhone, more);
        let records = records(&report, Lang::En);
        assert_eq!(records.len(), 4);
        assert!(records.iter().all(|record| record.len() == 5));
        assert!(records.iter().flatten().all(|cell| !cell.contains(number)));
        assert_eq!(records[1][1], "7");
        assert_eq!(records[2][1], "", "the whole file is no row");
        assert!(records[3][1].contains("12"));
    }
}
