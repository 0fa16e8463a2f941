//! Batches: every import and every edit is one, and can be undone as a whole.

use super::record::{self, ImportRecord};
use super::{fault, household};
use crate::model::Origin;
use crate::words::{Fault, Message};
use rusqlite::{Connection, OptionalExtension, Result, params};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// What a batch is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BatchKind {
    /// Files were read.
    Import,
    /// Somebody at the desk changed something.
    Edit,
}

impl BatchKind {
    fn code(self) -> &'static str {
        match self {
            Self::Import => "import",
            Self::Edit => "edit",
        }
    }
}

/// What a batch is called, and when it happens.
#[derive(Debug, Clone, Copy)]
pub struct Stamp<'a> {
    /// What a person calls it.
    pub title: &'a str,
    /// When, in seconds since 1970-01-01 UTC.
    pub at_unix_secs: i64,
}

/// A batch, as the workspace remembers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchRecord {
    /// Its number; later batches have larger ones.
    pub number: i64,
    /// When, in seconds since 1970-01-01 UTC.
    pub at_unix_secs: i64,
    /// What it is.
    pub kind: BatchKind,
    /// What a person calls it.
    pub title: String,
    /// The files of an import.
    pub files: Vec<ImportRecord>,
    /// When it was undone, in seconds since 1970-01-01 UTC.
    pub undone_at: Option<i64>,
}

/// The number that the next batch gets.
pub(super) fn next_number(connection: &Connection) -> Result<i64> {
    let sql = "SELECT coalesce(max(number), 0) + 1 FROM batch";
    connection.query_row(sql, [], |row| row.get(0))
}

pub(super) fn put(
    connection: &Connection,
    number: i64,
    kind: BatchKind,
    stamp: Stamp<'_>,
) -> Result<()> {
    let sql = "INSERT INTO batch (number, at_unix_secs, kind, title) VALUES (?1, ?2, ?3, ?4)";
    let parameters = params![number, stamp.at_unix_secs, kind.code(), stamp.title];
    connection.execute(sql, parameters).map(|_| ())
}

/// All batches, the newest first.
pub(super) fn all(
    connection: &Connection,
    path: &Path,
) -> std::result::Result<Vec<BatchRecord>, Fault> {
    let mut files: BTreeMap<i64, Vec<ImportRecord>> = BTreeMap::new();
    for (batch, record) in record::all(connection, path)? {
        files.entry(batch).or_default().push(record);
    }
    read_all(connection, files).map_err(|error| fault::of(path, &error))
}

fn read_all(
    connection: &Connection,
    mut files: BTreeMap<i64, Vec<ImportRecord>>,
) -> Result<Vec<BatchRecord>> {
    let mut statement = connection.prepare(
        "SELECT number, at_unix_secs, kind = 'edit', title, undone_at_unix_secs FROM batch \
         ORDER BY number DESC",
    )?;
    let rows = statement.query_map([], |row| {
        let number = row.get(0)?;
        Ok(BatchRecord {
            number,
            at_unix_secs: row.get(1)?,
            kind: if row.get(2)? {
                BatchKind::Edit
            } else {
                BatchKind::Import
            },
            title: row.get(3)?,
            files: files.remove(&number).unwrap_or_default(),
            undone_at: row.get(4)?,
        })
    })?;
    rows.collect()
}

/// Says that a batch is undone. One that is so already, or never was, is refused.
pub(super) fn mark_undone(
    connection: &Connection,
    path: &Path,
    number: i64,
    at_unix_secs: i64,
) -> std::result::Result<(), Fault> {
    let wrap = |error: rusqlite::Error| fault::of(path, &error);
    let sql = "SELECT undone_at_unix_secs IS NULL FROM batch WHERE number = ?1";
    let is_live: Option<bool> = connection
        .query_row(sql, [number], |row| row.get(0))
        .optional()
        .map_err(wrap)?;
    match is_live {
        None => Err(Fault::input(
            Message::new("store.no_batch").arg("number", number),
        )),
        Some(false) => Err(Fault::input(Message::new("store.batch_undone"))),
        Some(true) => connection
            .execute(
                "UPDATE batch SET undone_at_unix_secs = ?2 WHERE number = ?1",
                [number, at_unix_secs],
            )
            .map(|_| ())
            .map_err(wrap),
    }
}

/// What the versions of rows need to know of a file or an edit.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) batch: i64,
    pub(super) is_live: bool,
    pub(super) is_edit: bool,
    name: Arc<str>,
    at_unix_secs: i64,
}

/// All files and edits, by their numbers.
#[derive(Debug)]
pub(super) struct Sources(BTreeMap<i64, Source>);

impl Sources {
    pub(super) fn read(connection: &Connection) -> Result<Self> {
        let mut statement = connection.prepare(
            "SELECT import.number, batch, undone_at_unix_secs IS NULL, import.kind = 'edit', \
             source, import.at_unix_secs FROM import JOIN batch ON batch.number = batch",
        )?;
        let rows = statement.query_map([], |row| {
            let source = Source {
                batch: row.get(1)?,
                is_live: row.get(2)?,
                is_edit: row.get(3)?,
                name: Arc::from(row.get::<_, String>(4)?),
                at_unix_secs: row.get(5)?,
            };
            Ok((row.get(0)?, source))
        })?;
        rows.collect::<Result<_>>().map(Self)
    }

    /// A file or edit of the batch that is under way.
    pub(super) fn add(&mut self, import: i64, batch: i64) {
        let source = Source {
            batch,
            is_live: true,
            is_edit: false,
            name: Arc::from(""),
            at_unix_secs: 0,
        };
        self.0.insert(import, source);
    }

    /// The numbers of a batch's files.
    pub(super) fn of_batch(&self, batch: i64) -> Vec<i64> {
        let of_batch = self.0.iter().filter(|(_, source)| source.batch == batch);
        of_batch.map(|(number, _)| *number).collect()
    }

    pub(super) fn is_live(&self, import: i64) -> bool {
        self.0.get(&import).is_some_and(|source| source.is_live)
    }

    pub(super) fn is_edit(&self, import: i64) -> bool {
        self.0.get(&import).is_some_and(|source| source.is_edit)
    }

    /// Where a version came from.
    pub(super) fn origin(&self, mark: &household::Mark) -> Option<Origin> {
        let source = self.0.get(&mark.import)?;
        Some(Origin {
            source: Arc::clone(&source.name),
            row: mark.row,
            at_unix_secs: source.at_unix_secs,
            batch: source.batch,
        })
    }
}
