//! What an import did, as the JSON object of the contract.

use super::json::Object;
use crate::jobs::{FileReport, ImportReport};
use crate::model::Problem;

/// The object. Problems are listed one by one up to [`ImportReport::MAX_OF_A_KIND`] of a kind; the
/// others of the kind stand in one entry.
pub(super) fn object(report: &ImportReport) -> String {
    let households = Object::default()
        .with("read", report.read)
        .with("stored", report.stored)
        .with("rejected", report.rejected)
        .with("not_geocoded", report.not_geocoded)
        .with("outside_areas", report.outside_areas)
        .with("outside_declared_area", report.outside_declared_area);
    let listed = report.problems.iter().map(|problem| entry(problem, 1));
    let more = report
        .more_problems
        .values()
        .map(|more| entry(&more.first, more.count));
    let problems: Vec<String> = listed.chain(more).collect();
    let changes = Object::default()
        .with("new", report.new)
        .with("changed", report.changed)
        .with("same", report.same)
        .with("vanished", report.vanished);
    let rejects: Vec<String> = report
        .rejects
        .iter()
        .map(|file| {
            Object::default()
                .with("file", file.path.display().to_string())
                .with("rows", file.rows)
                .text()
        })
        .collect();
    let files: Vec<String> = report.files.iter().map(file).collect();
    Object::default()
        .with("areas", report.areas)
        .with_json("households", &households.text())
        .with_json("problems", &format!("[{}]", problems.join(", ")))
        .with("datum", datum(report))
        .with("encoding", encoding(report))
        .with_json("changes", &changes.text())
        .with("placed_by_address", report.placed)
        .with_json("rejects", &format!("[{}]", rejects.join(", ")))
        .with_json("files", &format!("[{}]", files.join(", ")))
        .text()
}

/// What was understood of a file. A table without positions has no datum.
fn file(file: &FileReport) -> String {
    let datum = file.datum_reason.map(|_| file.datum.as_str());
    let swapped = file.position.as_ref().map(|found| found.reading.swapped);
    Object::default()
        .with("file", file.source.as_str())
        .with("kind", file.kind.code())
        .with(
            "list",
            (!file.list_name.is_empty()).then_some(file.list_name.as_str()),
        )
        .with("form", file.form.code())
        .with("encoding", file.encoding.as_str())
        .with("datum", datum)
        .with("columns_exchanged", swapped)
        .with("sheet", file.sheet.as_deref())
        .with(
            "header_row",
            (file.header_row > 0).then_some(file.header_row),
        )
        .with("read", file.read)
        .with("stored", file.stored)
        .with("rejected", file.rejected)
        .with("not_used", file.ignored.as_slice())
        .text()
}

fn entry(problem: &Problem, count: u64) -> String {
    Object::default()
        .with("file", &*problem.source)
        .with("row", problem.row)
        .with("column", problem.column.as_str())
        .with("kind", problem.kind.code())
        .with("count", count)
        .text()
}

/// That of the file that stands for all.
fn encoding(report: &ImportReport) -> &str {
    report.main_file().map_or("", |file| file.encoding.as_str())
}

/// That of the same file.
fn datum(report: &ImportReport) -> &str {
    report
        .main_file()
        .map_or("wgs84", |file| file.datum.as_str())
}
