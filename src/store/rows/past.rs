//! Rows with all that files and people said of them, one after another.

use super::{Record, STOOD_AGAINST, StoredRow, TAKEN_BACK, Table, read};
use rusqlite::{Connection, Result};
use std::collections::BTreeMap;

/// A version of a row, and what became of it.
pub(in crate::store) struct StoredVersion<T> {
    pub(in crate::store) stored: StoredRow<T>,
    /// Its batch was undone.
    pub(in crate::store) is_taken_back: bool,
}

/// The versions of all rows that ever belonged to an owner, by their numbers, the oldest first.
/// What a file said against the word of the desk never counted and is left out.
pub(in crate::store) fn versions_of<T: Record>(
    connection: &Connection,
    owner: i64,
) -> Result<BTreeMap<i64, Vec<StoredVersion<T>>>> {
    let Table {
        name,
        owner: column,
        ..
    } = T::TABLE;
    let columns = T::TABLE.all_columns();
    let at_gone = columns.split(", ").count();
    let ever = format!(
        "SELECT number FROM {name} WHERE {column} = ?1 UNION \
         SELECT number FROM {name}_past WHERE {column} = ?1 ORDER BY 1"
    );
    let mut statement = connection.prepare(&ever)?;
    let numbers = statement.query_map([owner], |row| row.get(0))?;
    let numbers: Vec<i64> = numbers.collect::<Result<_>>()?;
    let mut statement = connection.prepare(&format!(
        "SELECT {columns}, gone FROM {name} WHERE number = ?1 UNION ALL \
         SELECT {columns}, gone FROM {name}_past WHERE number = ?1 \
            AND gone % {TAKEN_BACK} <> {STOOD_AGAINST}"
    ))?;
    let mut versions: BTreeMap<i64, Vec<StoredVersion<T>>> = BTreeMap::new();
    for number in numbers {
        let mut rows = statement.query([number])?;
        while let Some(row) = rows.next()? {
            let gone: i64 = row.get(at_gone)?;
            let mut stored = read::<T>(row)?;
            stored.gone = gone % TAKEN_BACK != 0;
            versions.entry(number).or_default().push(StoredVersion {
                stored,
                is_taken_back: gone >= TAKEN_BACK,
            });
        }
    }
    for of_row in versions.values_mut() {
        of_row.sort_by_key(|version| version.stored.import);
    }
    Ok(versions)
}

/// The rows that are not gone, of a condition (`SQL`), in the order in which they first came.
pub(in crate::store) fn all_of<T: Record>(
    connection: &Connection,
    condition: &str,
) -> Result<Vec<StoredRow<T>>> {
    let columns = T::TABLE.all_columns();
    let name = T::TABLE.name;
    let sql = format!("SELECT {columns} FROM {name} WHERE gone = 0 {condition} ORDER BY number");
    let mut statement = connection.prepare(&sql)?;
    let rows = statement.query_map([], read::<T>)?;
    rows.collect()
}
