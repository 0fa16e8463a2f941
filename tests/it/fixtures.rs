//! Every file of `tests/data/good` and `tests/data/bad`, read: what came of it, as a text to compare.
//!
//! A change of a text is looked at and accepted with `INSTA_UPDATE=always cargo test --test it fixtures`.

use crate::support::{data, today};
use livelihood_map::base::Progress;
use livelihood_map::model::{Area, Household, Problem, ProblemKind, Severity, TableKind};
use livelihood_map::read::{self, Batch, FileChoice, FileRole, Records, TableOptions};
use livelihood_map::words::{Fault, Lang};
use std::collections::BTreeSet;
use std::fmt::{self, Write as _};
use std::path::{Path, PathBuf};

fn files(folder: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(data(folder)).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    // The other parts of a Shapefile are read with its `.shp`.
    paths.retain(|path| !["shx", "dbf", "prj", "cpg"].contains(&ending(path)));
    paths.sort();
    paths
}

fn ending(path: &Path) -> &str {
    path.extension().unwrap_or_default().to_str().unwrap()
}

/// A file as text, and what was wrong with it.
fn told(path: &Path) -> (String, Vec<Problem>) {
    let areas_in = ["geojson", "shp", "zip", "gpkg", "kml", "kmz"];
    let is_areas = areas_in.contains(&ending(path));
    let read = if is_areas { areas(path) } else { table(path) };
    read.unwrap_or_else(|fault| (format!("refused: {}\n", fault.text(Lang::En)), Vec::new()))
}

/// What the rows of a file are: the first word of its name, else households.
fn kind_of(path: &Path) -> TableKind {
    let name = path.file_name().unwrap().to_string_lossy();
    let word = name.split('.').next().unwrap();
    TableKind::from_code(word).unwrap_or_default()
}

/// The records, a line each.
fn lines_of(records: &Records) -> Vec<String> {
    fn debug<T: fmt::Debug>(records: &[T]) -> Vec<String> {
        let line = |record: &T| format!("{record:?}");
        records.iter().map(line).collect()
    }
    match records {
        Records::Households(households) => {
            let line = |household| fields(household).join(" ");
            households.iter().map(line).collect()
        }
        Records::Members(records) => debug(records),
        Records::Receipts(records) => debug(records),
        Records::Needs(records) => debug(records),
        Records::Visits(records) => debug(records),
        Records::Resources(records) => debug(records),
        Records::Entries(records) => debug(records),
        Records::Addresses(records) => debug(records),
    }
}

fn table(path: &Path) -> Result<(String, Vec<Problem>), Fault> {
    let choice = FileChoice::holding(path.to_owned(), FileRole::Table(kind_of(path)));
    let (catalogue, progress) = (read::catalogue(), Progress::new());
    let found = read::inspect_table(&choice, catalogue, &[], &progress)?;
    let mut records = Vec::new();
    let mut problems = Vec::new();
    let mut rejected_rows = Vec::new();
    let mut sink = |batch: Batch| {
        records.extend(lines_of(&batch.records));
        problems.extend(batch.problems);
        rejected_rows.extend(batch.rejected);
        Ok(())
    };
    let options = TableOptions::on(today());
    let facts = read::read_table(&choice, &found, &options, catalogue, &progress, &mut sink)?;
    let mut out = String::new();
    let (encoding, delimiter) = (facts.encoding.code(), char::from(facts.delimiter));
    line(
        &mut out,
        format_args!("{encoding}, {delimiter:?} between cells"),
    );
    for (header, field) in &facts.understood {
        line(
            &mut out,
            format_args!("column {header:?} is {}", field.code()),
        );
    }
    line(&mut out, format_args!("left out: {:?}", facts.ignored));
    let (read, stored, rejected) = (facts.rows_read, facts.stored, facts.rejected);
    line(
        &mut out,
        format_args!("rows: {read} read, {stored} stored, {rejected} rejected"),
    );
    for record in &records {
        line(&mut out, format_args!("{record}"));
    }
    for rejected in &rejected_rows {
        line(
            &mut out,
            format_args!("given back {}: {:?}", rejected.row, rejected.record),
        );
    }
    tell_problems(&mut out, &problems);
    Ok((out, problems))
}

/// What is known of a household, a word a field.
fn fields(household: &Household) -> Vec<String> {
    let count = |name: &str, count: Option<u16>| count.map(|count| format!("{name}={count}"));
    let text = |name: &str, text: &str| (!text.is_empty()).then(|| format!("{name}={text:?}"));
    let known = [
        text("head", &household.head_name),
        text("id_number", &household.id_number),
        text("phone", &household.phone),
        text("address", &household.address),
        household
            .position
            .map(|at| format!("at={},{}", at.lon, at.lat)),
        text("said", &household.position_text),
        text("declared", &household.declared_area),
        count("members", household.members),
        count("elderly", household.elderly),
        count("children", household.children),
        count("disabled", household.disabled),
        household.living_alone.map(|alone| format!("alone={alone}")),
        household
            .monthly_income
            .map(|yuan| format!("income={yuan}")),
        text("programmes", household.programmes.as_str()),
        text("needs", household.needs.as_str()),
        household.last_visit.map(|day| format!("visited={day}")),
        text("tags", household.tags.as_str()),
        text("notes", &household.notes),
    ];
    let id = format!("household {:?}", household.id);
    std::iter::once(id)
        .chain(known.into_iter().flatten())
        .collect()
}

fn areas(path: &Path) -> Result<(String, Vec<Problem>), Fault> {
    let read = read::read_boundaries(&FileChoice::of(path.to_owned()), &Progress::new())?;
    let mut out = String::new();
    let (form, encoding, datum) = (read.form.code(), read.encoding.code(), read.datum);
    let reason = read.datum_reason;
    line(
        &mut out,
        format_args!("{form} in {encoding}, {datum} by {reason:?}"),
    );
    if let Some(layer) = &read.layer {
        line(
            &mut out,
            format_args!("layer {layer:?} of {:?}", read.layers),
        );
    }
    let (features, stored) = (read.features_read, read.areas.len());
    line(
        &mut out,
        format_args!("{features} features, {stored} areas"),
    );
    for area in &read.areas {
        line(&mut out, format_args!("{}", described(area)));
    }
    for parent in &read.named_parents {
        let (code, name, level, above) = (
            &parent.code,
            &parent.name,
            parent.level.code(),
            &parent.parent,
        );
        line(
            &mut out,
            format_args!("named {level} {code:?} {name:?} in {above:?}"),
        );
    }
    tell_problems(&mut out, &read.problems);
    Ok((out, read.problems))
}

fn described(area: &Area) -> String {
    let (level, code, name, parent) = (area.level.code(), &area.code, &area.name, &area.parent);
    let mut out = format!("{level} {code:?} {name:?} in {parent:?}");
    for polygon in &area.boundary {
        for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
            let corners = ring.coords().map(|at| format!("{} {}", at.x, at.y));
            let corners: Vec<String> = corners.collect();
            write!(out, " ({})", corners.join(", ")).unwrap();
        }
    }
    out
}

fn tell_problems(out: &mut String, problems: &[Problem]) {
    for problem in problems {
        let severity = match problem.kind.severity() {
            Severity::Note => "note",
            Severity::Doubtful => "doubtful",
            Severity::Rejected => "rejected",
        };
        let (row, kind, column, text) = (
            problem.row,
            problem.kind.code(),
            &problem.column,
            &problem.text,
        );
        line(
            out,
            format_args!("{severity} {row} {kind} {column:?} {text:?}"),
        );
    }
}

fn line(out: &mut String, text: fmt::Arguments<'_>) {
    writeln!(out, "{text}").unwrap();
}

fn compare(folder: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(data("snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for path in files(folder) {
        let (text, found) = told(&path);
        problems.extend(found);
        let file = path.file_name().unwrap().to_string_lossy();
        settings.bind(|| insta::assert_snapshot!(format!("{folder}-{file}"), text));
    }
    problems
}

#[test]
fn good_files_give_their_records() {
    let problems = compare("good");
    let lost: Vec<_> = problems
        .iter()
        .filter(|problem| problem.kind.severity() == Severity::Rejected)
        .collect();
    assert!(lost.is_empty(), "{lost:?}");
}

/// What only shows once a file meets the others.
const NEEDS_MORE: [ProblemKind; 18] = [
    ProblemKind::UnknownArea,
    ProblemKind::UnknownHousehold,
    ProblemKind::UnknownMember,
    ProblemKind::OutOfRegion,
    ProblemKind::SameIdNumber,
    ProblemKind::SamePerson,
    ProblemKind::SameHousehold,
    ProblemKind::CountsContradict,
    ProblemKind::AreaOverlap,
    ProblemKind::AreaGap,
    ProblemKind::AreaOutsideParent,
    ProblemKind::LargeFile,
    ProblemKind::MatchedByIdNumber,
    ProblemKind::MaybeSameHousehold,
    ProblemKind::KeptAsRecorded,
    ProblemKind::UndecidedDatum,
    ProblemKind::RepeatedRow,
    // The good files show it.
    ProblemKind::DroppedColumn,
];

#[test]
fn bad_files_give_what_is_whole_and_say_what_is_not() {
    let seen: BTreeSet<ProblemKind> = compare("bad").iter().map(|problem| problem.kind).collect();
    let unseen: Vec<&str> = ProblemKind::ALL
        .iter()
        .filter(|kind| !seen.contains(kind) && !NEEDS_MORE.contains(kind))
        .map(|kind| kind.code())
        .collect();
    assert!(unseen.is_empty(), "no file shows {unseen:?}");
}

#[test]
fn no_problem_carries_a_whole_name_number_or_phone() {
    for folder in ["good", "bad"] {
        for path in files(folder) {
            for problem in told(&path).1 {
                for secret in [
                    "示范甲",
                    "34052419800101001",
                    "19900000001",
                    "340524198001010019",
                    "000000198001010013",
                    "000000195403070023",
                ] {
                    assert!(!problem.text.contains(secret), "{problem:?}");
                }
            }
        }
    }
}
