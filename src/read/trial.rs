//! For the tests of the readers: a text as a table, inspected and read, the whole of it in one batch.

use super::{
    Batch, ColumnGuess, ColumnReason, EncodingChoice, Field, FileChoice, FileFacts, FileRole,
    Records, TableInspection, TableOptions, catalogue, inspect_table, read_table,
};
use crate::base::Progress;
use crate::model::{Date, Household, Problem, TableKind};
use crate::words::Fault;

/// The day on which tests read.
pub(super) fn today() -> Date {
    Date::from_ymd(2026, 11, 21).unwrap()
}

/// How tests read unless they say otherwise.
pub(super) fn options() -> TableOptions {
    TableOptions::on(today())
}

/// A ledger, with nothing said of it.
pub(super) fn ledger(text: &str) -> Result<(FileFacts, Batch), Fault> {
    read(text.as_bytes(), TableKind::Households, &options())
}

/// A table of a kind.
pub(super) fn table(kind: TableKind, text: &str) -> Batch {
    read(text.as_bytes(), kind, &options()).unwrap().1
}

/// A file of which only the kind is said.
pub(super) fn read(
    bytes: &[u8],
    kind: TableKind,
    options: &TableOptions,
) -> Result<(FileFacts, Batch), Fault> {
    let choice = FileChoice::holding("民情台账.csv".into(), FileRole::Table(kind));
    read_as(bytes, choice, options)
}

/// A file, read as somebody decides; the path of the choice becomes its name.
pub(super) fn read_as(
    bytes: &[u8],
    mut choice: FileChoice,
    options: &TableOptions,
) -> Result<(FileFacts, Batch), Fault> {
    let folder = tempfile::tempdir().unwrap();
    choice.path = folder.path().join(&choice.path);
    std::fs::write(&choice.path, bytes).unwrap();
    let found = inspect_table(&choice, catalogue(), &[], &Progress::new())?;
    let mut batches: Vec<Batch> = Vec::new();
    let progress = Progress::new();
    let mut sink = |batch| {
        batches.push(batch);
        Ok(())
    };
    let facts = read_table(&choice, &found, options, catalogue(), &progress, &mut sink)?;
    assert_eq!(progress.done(), bytes.len() as u64);
    let mut whole = batches.into_iter();
    let mut all = whole.next().unwrap_or_else(|| Batch::of(found.kind));
    for batch in whole {
        join(&mut all.records, batch.records);
        all.rows.extend(batch.rows);
        all.stated.extend(batch.stated);
        all.problems.extend(batch.problems);
        all.rejected.extend(batch.rejected);
    }
    assert_eq!(all.rows.len(), all.records.len());
    assert_eq!(all.records.len() as u64, facts.stored);
    assert_eq!(facts.rows_read, facts.stored + facts.rejected);
    Ok((facts, all))
}

fn join(all: &mut Records, more: Records) {
    match (all, more) {
        (Records::Households(all), Records::Households(more)) => all.extend(more),
        (Records::Members(all), Records::Members(more)) => all.extend(more),
        (Records::Receipts(all), Records::Receipts(more)) => all.extend(more),
        (Records::Needs(all), Records::Needs(more)) => all.extend(more),
        (Records::Visits(all), Records::Visits(more)) => all.extend(more),
        (Records::Resources(all), Records::Resources(more)) => all.extend(more),
        (Records::Entries(all), Records::Entries(more)) => all.extend(more),
        (Records::Addresses(all), Records::Addresses(more)) => all.extend(more),
        _ => panic!("batches of two kinds"),
    }
}

/// What is found out about a text by itself.
pub(super) fn inspect(name: &str, text: &str) -> TableInspection {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    let choice = FileChoice {
        encoding: EncodingChoice::Auto,
        ..FileChoice::of(path)
    };
    inspect_table(&choice, catalogue(), &[], &Progress::new()).unwrap()
}

/// The households of a batch.
pub(super) fn households(batch: &Batch) -> &[Household] {
    match &batch.records {
        Records::Households(households) => households,
        _ => &[],
    }
}

/// Problems, a short line each.
pub(super) fn problems(batch: &Batch) -> Vec<String> {
    let line = |one: &Problem| {
        let line = format!(
            "{} {} {} {}",
            one.row,
            one.kind.code(),
            one.column,
            one.text
        );
        line.trim_end().to_owned()
    };
    batch.problems.iter().map(line).collect()
}

/// The kind of a text and, of every column, `header=field reason`.
pub(super) fn guessed(name: &str, text: &str) -> (TableKind, Vec<String>) {
    let found = inspect(name, text);
    let line = |one: &ColumnGuess| {
        let field = one.field.map_or("-", Field::code);
        let reason = match one.reason {
            ColumnReason::Header => String::new(),
            ColumnReason::Values(share) => format!(" {share}%"),
            ColumnReason::Said => " said".into(),
            ColumnReason::Template => " template".into(),
            ColumnReason::Sensitive => " sensitive".into(),
            ColumnReason::Unknown => " unknown".into(),
            ColumnReason::Doubled => " doubled".into(),
        };
        format!("{}={field}{reason}", one.header)
    };
    (found.kind, found.columns.iter().map(line).collect())
}
