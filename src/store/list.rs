//! The lists of other departments and their entries.

use super::cells::{Binder, Cells};
use super::fault;
use super::person::is_masked;
use super::rows::{Keys, Record, Table};
use crate::model::ListEntry;
use crate::words::Fault;
use rusqlite::{Connection, OptionalExtension, Result};
use std::path::Path;

pub(super) const TABLE: Table = Table {
    name: "list_entry",
    kind: 7,
    owner: "list",
    columns: "name, id_number, phone, address, household_id, details, notes",
};

/// A list of another department.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListRecord {
    /// Its number.
    pub number: i64,
    /// Its name.
    pub name: String,
    /// The file that it came from last.
    pub source: String,
    /// Number of its entries.
    pub entries: u64,
    /// When that file was imported, in seconds since 1970-01-01 UTC.
    pub at_unix_secs: i64,
}

impl Record for ListEntry {
    const TABLE: Table = TABLE;

    /// A hotline knows the same person from several calls.
    const REPEATS: bool = true;

    fn bind(&self, values: &mut Binder<'_, '_>) -> Result<()> {
        values.text(&self.name)?;
        values.text(&self.id_number)?;
        values.text(&self.phone)?;
        values.text(&self.address)?;
        values.text(&self.household_id)?;
        values.text(self.details.as_str())?;
        values.text(&self.notes)
    }

    fn read(cells: &mut Cells<'_, '_>) -> Result<Self> {
        let mut entry = Self::default();
        cells.text(&mut entry.name)?;
        cells.text(&mut entry.id_number)?;
        cells.text(&mut entry.phone)?;
        cells.text(&mut entry.address)?;
        cells.text(&mut entry.household_id)?;
        cells.list(&mut entry.details)?;
        cells.text(&mut entry.notes)?;
        Ok(entry)
    }

    fn keys(&self, keys: &mut Keys<'_>) {
        if self.id_number.is_empty() || is_masked(&self.id_number) {
            keys.push("name", (&self.name, &self.address));
        } else {
            keys.push("id_number", &self.id_number);
        }
    }

    fn is_same_row(&self, stored: &Self) -> bool {
        if self.id_number.is_empty() || is_masked(&self.id_number) {
            (&self.name, &self.address) == (&stored.name, &stored.address)
        } else {
            self.id_number == stored.id_number
        }
    }
}

/// The number of a list, a new one where nobody knows it yet.
pub(super) fn number_of(connection: &Connection, name: &str) -> Result<i64> {
    let sql = "SELECT number FROM list WHERE name = ?1";
    let known = connection.query_row(sql, [name], |row| row.get(0));
    if let Some(number) = known.optional()? {
        return Ok(number);
    }
    connection.execute("INSERT INTO list (name) VALUES (?1)", [name])?;
    Ok(connection.last_insert_rowid())
}

/// The lists that have entries, by name.
pub(super) fn all(
    connection: &Connection,
    path: &Path,
) -> std::result::Result<Vec<ListRecord>, Fault> {
    read_all(connection).map_err(|error| fault::of(path, &error))
}

fn read_all(connection: &Connection) -> Result<Vec<ListRecord>> {
    let mut statement = connection.prepare(
        "WITH counted AS (SELECT list, count(*) AS entries FROM list_entry WHERE gone = 0 \
            GROUP BY list), \
         newest AS (SELECT list_name, max(import.number) AS number FROM import \
            JOIN batch ON batch.number = batch \
            WHERE import.kind = 'list' AND undone_at_unix_secs IS NULL GROUP BY list_name) \
         SELECT list.number, list.name, coalesce(import.source, ''), entries, \
            coalesce(import.at_unix_secs, 0) \
         FROM counted JOIN list ON list.number = counted.list \
         LEFT JOIN newest ON newest.list_name = list.name \
         LEFT JOIN import ON import.number = newest.number ORDER BY list.name, list.number",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(ListRecord {
            number: row.get(0)?,
            name: row.get(1)?,
            source: row.get(2)?,
            entries: row.get::<_, i64>(3)? as u64,
            at_unix_secs: row.get(4)?,
        })
    })?;
    rows.collect()
}
