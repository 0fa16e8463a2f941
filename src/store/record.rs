//! What was imported when.

use super::fault;
use crate::words::Fault;
use rusqlite::{Connection, Result, Row, params};
use std::path::Path;

/// What an imported file held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportKind {
    /// Boundaries.
    Areas,
    /// Households.
    Households,
}

impl ImportKind {
    /// Its word in the workspace file and in reports.
    pub fn code(self) -> &'static str {
        match self {
            Self::Areas => "areas",
            Self::Households => "households",
        }
    }

    /// The kind of its code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Areas, Self::Households]
            .into_iter()
            .find(|kind| kind.code() == code)
    }
}

/// One import, as the workspace remembers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRecord {
    /// Name of the file (without folders).
    pub source: String,
    /// What it held.
    pub kind: ImportKind,
    /// The encoding in which it was read.
    pub encoding: String,
    /// The datum in which it was read.
    pub datum: String,
    /// When, in seconds since 1970-01-01 UTC.
    pub at_unix_secs: i64,
    /// Rows read.
    pub read: u64,
    /// Rows stored.
    pub stored: u64,
    /// Rows rejected.
    pub rejected: u64,
}

/// The number that the next import gets.
pub(super) fn next_number(connection: &Connection) -> Result<i64> {
    connection.query_row(
        "SELECT coalesce(max(number), 0) + 1 FROM import",
        [],
        |row| row.get(0),
    )
}

pub(super) fn put(connection: &Connection, number: i64, record: &ImportRecord) -> Result<()> {
    connection
        .execute(
            "INSERT INTO import (number, source, kind, encoding, datum, at_unix_secs, rows_read, \
             rows_stored, rows_rejected) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                number,
                record.source,
                record.kind.code(),
                record.encoding,
                record.datum,
                record.at_unix_secs,
                record.read as i64,
                record.stored as i64,
                record.rejected as i64
            ],
        )
        .map(|_| ())
}

pub(super) fn all(
    connection: &Connection,
    path: &Path,
) -> std::result::Result<Vec<ImportRecord>, Fault> {
    let wrap = |error: rusqlite::Error| fault::of(path, &error);
    let mut statement = connection
        .prepare(
            "SELECT source, kind, encoding, datum, at_unix_secs, rows_read, rows_stored, \
             rows_rejected FROM import ORDER BY number",
        )
        .map_err(wrap)?;
    let mut rows = statement.query([]).map_err(wrap)?;
    let mut records = Vec::new();
    while let Some(row) = rows.next().map_err(wrap)? {
        let kind: String = row.get(1).map_err(wrap)?;
        let kind = ImportKind::from_code(&kind).ok_or_else(|| fault::damaged(path))?;
        records.push(read(row, kind).map_err(wrap)?);
    }
    Ok(records)
}

fn read(row: &Row<'_>, kind: ImportKind) -> Result<ImportRecord> {
    Ok(ImportRecord {
        source: row.get(0)?,
        kind,
        encoding: row.get(2)?,
        datum: row.get(3)?,
        at_unix_secs: row.get(4)?,
        read: row.get::<_, i64>(5)? as u64,
        stored: row.get::<_, i64>(6)? as u64,
        rejected: row.get::<_, i64>(7)? as u64,
    })
}
