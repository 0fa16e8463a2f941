//! Which file was imported when.

use super::fault;
use crate::model::TableKind;
use crate::words::Fault;
use rusqlite::{Connection, Result, Row, params};
use std::path::Path;

/// What an imported file held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ImportKind {
    /// Boundaries.
    Areas,
    /// Households.
    Households,
    /// Members of households.
    Members,
    /// Programmes that somebody receives.
    Receipts,
    /// Needs.
    Needs,
    /// Visits.
    Visits,
    /// Those who offer help.
    Resources,
    /// A list of another department.
    DepartmentList,
    /// Positions of addresses; used at once, not kept.
    Addresses,
}

impl ImportKind {
    /// Every kind, in the order in which they are imported.
    pub const ALL: [Self; 9] = [
        Self::Areas,
        Self::Households,
        Self::Members,
        Self::Receipts,
        Self::Needs,
        Self::Visits,
        Self::Resources,
        Self::DepartmentList,
        Self::Addresses,
    ];

    /// The kind of table, or nothing for boundaries.
    pub fn table(self) -> Option<TableKind> {
        TableKind::ALL
            .into_iter()
            .find(|table| Self::from(*table) == self)
    }

    /// Its word in the workspace file and in reports.
    pub fn code(self) -> &'static str {
        self.table().map_or("areas", TableKind::code)
    }

    /// The kind of its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

impl From<TableKind> for ImportKind {
    fn from(table: TableKind) -> Self {
        match table {
            TableKind::Households => Self::Households,
            TableKind::Members => Self::Members,
            TableKind::Receipts => Self::Receipts,
            TableKind::Needs => Self::Needs,
            TableKind::Visits => Self::Visits,
            TableKind::Resources => Self::Resources,
            TableKind::DepartmentList => Self::DepartmentList,
            TableKind::Addresses => Self::Addresses,
        }
    }
}

/// One file of an import, as the workspace remembers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRecord {
    /// Name of the file (without folders).
    pub source: String,
    /// What it held.
    pub kind: ImportKind,
    /// For a list of another department: its name. Empty for all others.
    pub list_name: String,
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

/// The number that the next file gets.
pub(super) fn next_number(connection: &Connection) -> Result<i64> {
    let sql = "SELECT coalesce(max(number), 0) + 1 FROM import";
    connection.query_row(sql, [], |row| row.get(0))
}

/// Writes the record of a file, or writes it anew.
pub(super) fn put(
    connection: &Connection,
    number: i64,
    batch: i64,
    record: &ImportRecord,
) -> Result<()> {
    connection
        .execute(
            "INSERT INTO import (number, source, kind, encoding, datum, at_unix_secs, rows_read, \
             rows_stored, rows_rejected, batch, list_name) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) \
             ON CONFLICT DO UPDATE SET source = ?2, kind = ?3, encoding = ?4, datum = ?5, \
             at_unix_secs = ?6, rows_read = ?7, rows_stored = ?8, rows_rejected = ?9, \
             list_name = ?11",
            params![
                number,
                record.source,
                record.kind.code(),
                record.encoding,
                record.datum,
                record.at_unix_secs,
                record.read as i64,
                record.stored as i64,
                record.rejected as i64,
                batch,
                record.list_name
            ],
        )
        .map(|_| ())
}

/// Writes the record that stands for somebody at the desk.
pub(super) fn put_edit(
    connection: &Connection,
    number: i64,
    batch: i64,
    at_unix_secs: i64,
) -> Result<()> {
    let sql = "INSERT INTO import (number, source, kind, encoding, datum, at_unix_secs, rows_read, \
         rows_stored, rows_rejected, batch) VALUES (?1, '', 'edit', '', '', ?2, 0, 0, 0, ?3)";
    let parameters = params![number, at_unix_secs, batch];
    connection.execute(sql, parameters).map(|_| ())
}

/// The files with the number of their batch, the oldest first; no edits.
pub(super) fn all(
    connection: &Connection,
    path: &Path,
) -> std::result::Result<Vec<(i64, ImportRecord)>, Fault> {
    let wrap = |error: rusqlite::Error| fault::of(path, &error);
    let mut statement = connection
        .prepare(
            "SELECT source, kind, encoding, datum, at_unix_secs, rows_read, rows_stored, \
             rows_rejected, batch, list_name FROM import \
             WHERE kind NOT IN ('edit', 'earlier') ORDER BY number",
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

fn read(row: &Row<'_>, kind: ImportKind) -> Result<(i64, ImportRecord)> {
    let record = ImportRecord {
        source: row.get(0)?,
        kind,
        list_name: row.get(9)?,
        encoding: row.get(2)?,
        datum: row.get(3)?,
        at_unix_secs: row.get(4)?,
        read: row.get::<_, i64>(5)? as u64,
        stored: row.get::<_, i64>(6)? as u64,
        rejected: row.get::<_, i64>(7)? as u64,
    };
    Ok((row.get(8)?, record))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_code_that_leads_back() {
        for kind in ImportKind::ALL {
            assert_eq!(ImportKind::from_code(kind.code()), Some(kind));
        }
        assert_eq!(ImportKind::from_code("edit"), None);
    }
}
