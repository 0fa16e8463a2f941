//! What an import did, to be read.

use super::import_args::ImportArgs;
use super::import_files;
use crate::base::digits::grouped;
use crate::jobs::{FileReport, ImportKind, ImportReport};
use crate::model::{Problem, ProblemKind, Severity};
use crate::words::Lang;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Rows that are named of each kind of problem.
const ROWS_SHOWN: usize = 6;

/// The report: each file, the counts, the problems by kind with what to do.
pub(super) fn text(report: &ImportReport, args: &ImportArgs, lang: Lang) -> String {
    let mut lines: Vec<String> = report
        .files
        .iter()
        .flat_map(|file| import_files::lines(file, lang))
        .collect();
    lines.push(String::new());
    if args.dry_run {
        lines.push(lang.t("cli.dry_run").into_owned());
    }
    lines.push(counts(report, lang));
    lines.extend(changes(report, lang));
    for file in &report.rejects {
        let counts = [
            ("count", &*grouped(file.rows)),
            ("path", &*file.path.display().to_string()),
        ];
        lines.push(lang.with("cli.rejects_written", &counts));
    }
    lines.extend(problems(report, lang));
    lines.join("\n")
}

/// Rows of the tables other than ledgers that were read, and those of them that were rejected.
pub(super) fn rows_of_other_tables(report: &ImportReport) -> (u64, u64) {
    let is_other =
        |file: &&FileReport| !matches!(file.kind, ImportKind::Areas | ImportKind::Households);
    let others = report.files.iter().filter(is_other);
    others.fold((0, 0), |(read, rejected), file| {
        (read + file.read, rejected + file.rejected)
    })
}

/// Rows of the boundary files that were rejected.
pub(super) fn rejected_features(report: &ImportReport) -> u64 {
    report
        .files
        .iter()
        .filter(|file| file.kind == ImportKind::Areas)
        .map(|file| file.rejected)
        .sum()
}

fn counts(report: &ImportReport, lang: Lang) -> String {
    lang.with(
        "cli.import_counts",
        &[
            ("areas", &grouped(report.areas)),
            ("stored", &grouped(report.stored)),
            ("rejected", &grouped(report.rejected)),
            ("not_geocoded", &grouped(report.not_geocoded)),
            ("outside", &grouped(report.outside_areas)),
            ("elsewhere", &grouped(report.outside_declared_area)),
        ],
    )
}

/// What became of the households that were known already; nothing where none were.
fn changes(report: &ImportReport, lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    if report.changed + report.same + report.vanished > 0 {
        lines.push(lang.with(
            "cli.import_changes",
            &[
                ("new", &grouped(report.new)),
                ("changed", &grouped(report.changed)),
                ("same", &grouped(report.same)),
                ("vanished", &grouped(report.vanished)),
            ],
        ));
    }
    if report.placed > 0 {
        lines.push(lang.with("cli.import_placed", &[("placed", &grouped(report.placed))]));
    }
    lines
}

/// The problems, the worst first, each kind with its first rows and what to do.
fn problems(report: &ImportReport, lang: Lang) -> Vec<String> {
    let mut by_kind: BTreeMap<ProblemKind, Vec<&Problem>> = BTreeMap::new();
    for problem in &report.problems {
        by_kind.entry(problem.kind).or_default().push(problem);
    }
    let mut kinds: Vec<_> = by_kind.into_iter().collect();
    kinds.sort_by_key(|(kind, _)| std::cmp::Reverse(kind.severity()));
    let mut lines = Vec::new();
    for (kind, problems) in kinds {
        let more = report.more_problems.get(&kind).map_or(0, |more| more.count);
        let severity = lang.t(match kind.severity() {
            Severity::Rejected => "cli.rejected",
            Severity::Doubtful => "cli.doubtful",
            Severity::Note => "cli.note",
        });
        lines.push(String::new());
        lines.push(lang.with(
            "cli.problem",
            &[
                ("severity", &severity),
                ("count", &grouped(problems.len() as u64 + more)),
                ("text", &kind.text(lang)),
                ("advice", &kind.advice(lang)),
            ],
        ));
        lines.push(format!("  {}", places(&problems, more, lang)));
    }
    lines
}

/// "a.csv: 3 (经度), 7 (经度) …": where the first of a kind are. The texts themselves may be
/// a resident's and are not shown.
fn places(problems: &[&Problem], more: u64, lang: Lang) -> String {
    let mut text = String::new();
    let mut file = "";
    for problem in problems.iter().take(ROWS_SHOWN) {
        if *problem.source == *file {
            text.push_str(lang.pick("，", ", "));
        } else {
            let between = if file.is_empty() {
                ""
            } else {
                lang.pick("；", "; ")
            };
            let _ = write!(text, "{between}{}: ", problem.source);
            file = &problem.source;
        }
        if problem.row == 0 {
            text.push_str(&lang.t("cli.whole_file"));
        } else {
            text.push_str(&lang.with("cli.row", &[("row", &problem.row.to_string())]));
        }
        if !problem.column.is_empty() {
            let _ = write!(text, " ({})", problem.column);
        }
    }
    if problems.len() > ROWS_SHOWN || more > 0 {
        text.push_str(" …");
    }
    text
}
