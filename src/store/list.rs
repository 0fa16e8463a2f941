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

/// Says that a file is an edition of a list: from now on the list holds what the file has.
pub(super) fn put_edition(connection: &Connection, import: i64, list: i64) -> Result<()> {
    let sql = "UPDATE import SET list = ?2 WHERE number = ?1";
    connection.execute(sql, [import, list]).map(|_| ())
}

/// The newest edition of each list that is not undone.
const EDITIONS: &str = "SELECT list, max(import.number) AS import FROM import \
    JOIN batch ON batch.number = batch \
    WHERE list <> 0 AND undone_at_unix_secs IS NULL GROUP BY list";

/// The condition for the entries that a list holds.
pub(super) fn is_in(list: i64) -> String {
    let edition = format!("(SELECT import FROM ({EDITIONS}) WHERE list = {list})");
    format!(
        "AND list_entry.list = {list} AND (import = {edition} OR number IN \
         (SELECT number FROM seen WHERE kind = {} AND import = {edition}))",
        TABLE.kind
    )
}

/// The lists that have entries, by name.
pub(super) fn all(
    connection: &Connection,
    path: &Path,
) -> std::result::Result<Vec<ListRecord>, Fault> {
    read_all(connection).map_err(|error| fault::of(path, &error))
}

fn read_all(connection: &Connection) -> Result<Vec<ListRecord>> {
    let mut statement = connection.prepare(&format!(
        "SELECT list.number, list.name, import.source, import.at_unix_secs \
         FROM ({EDITIONS}) AS edition JOIN list ON list.number = edition.list \
         JOIN import ON import.number = edition.import ORDER BY list.name"
    ))?;
    let rows = statement.query_map([], |row| {
        Ok(ListRecord {
            number: row.get(0)?,
            name: row.get(1)?,
            source: row.get(2)?,
            entries: 0,
            at_unix_secs: row.get(3)?,
        })
    })?;
    let mut lists: Vec<ListRecord> = rows.collect::<Result<_>>()?;
    for list in &mut lists {
        let sql = format!(
            "SELECT count(*) FROM list_entry WHERE gone = 0 {}",
            is_in(list.number)
        );
        list.entries = connection.query_row(&sql, [], |row| row.get::<_, i64>(0))? as u64;
    }
    Ok(lists)
}
