//! Rows that people record at the desk, beside those of files: a file that only repeats what files
//! said before does not take back what somebody recorded since.

use super::{Place, Record, Rows, StoredRow, TAKEN_BACK, next_number, read, write};
use crate::store::household_rows;
use rusqlite::{Connection, Result, Statement};
use std::collections::HashSet;

/// In the past of a row: what a file said while the word of somebody at the desk stood.
pub(in crate::store) const STOOD_AGAINST: i64 = 2;

/// The statements of a table that the desk writes into as well.
#[derive(Debug)]
pub(super) struct ByHand<'c> {
    /// What a file said of a row last.
    said: Statement<'c>,
    /// Puts a version into the past.
    say: Statement<'c>,
    /// Marks a version of the past.
    mark: Statement<'c>,
    /// The edits among the imports.
    edits: HashSet<i64>,
}

impl<'c> ByHand<'c> {
    /// Nothing for a table that only files fill.
    pub(super) fn prepare<T: Record>(connection: &'c Connection) -> Result<Option<Self>> {
        if !T::AT_THE_DESK {
            return Ok(None);
        }
        let name = T::TABLE.name;
        let columns = T::TABLE.all_columns();
        let places: Vec<String> = (1..=columns.split(", ").count())
            .map(|at| format!("?{at}"))
            .collect();
        Ok(Some(Self {
            said: connection.prepare(&format!(
                "SELECT {columns} FROM {name}_past WHERE number = ?1 AND gone < {TAKEN_BACK} \
                 AND import NOT IN ({EDITS}) ORDER BY import DESC LIMIT 1",
                EDITS = household_rows::EDITS
            ))?,
            say: connection.prepare(&format!(
                "INSERT INTO {name}_past ({columns}) VALUES ({})",
                places.join(", ")
            ))?,
            mark: connection.prepare(&format!(
                "UPDATE {name}_past SET gone = {STOOD_AGAINST} WHERE number = ?1 AND import = ?2"
            ))?,
            edits: edits(connection)?,
        }))
    }
}

fn edits(connection: &Connection) -> Result<HashSet<i64>> {
    let mut statement = connection.prepare(household_rows::EDITS)?;
    let numbers = statement.query_map([], |row| row.get(0))?;
    numbers.collect()
}

impl<'c, T: Record> Rows<'c, T> {
    /// The table for work on one owner: nobody else's rows are looked at.
    pub(in crate::store) fn open_for(connection: &'c Connection, owner: i64) -> Result<Self> {
        let mut rows = Self::prepare(connection)?;
        let column = T::TABLE.owner;
        rows.read_keys(connection, &format!("WHERE {column} = {owner}"))?;
        rows.next = next_number::<T>(connection)?;
        Ok(rows)
    }

    /// Whether an owner has a row, and not as something that is to come.
    pub(in crate::store) fn has(&mut self, owner: i64, record: &T) -> Result<bool> {
        let keys = self.keys(owner, record);
        let found = self.find(owner, record, &keys)?;
        Ok(found.is_some_and(|found| !found.gone && !record.fulfils(&found.record)))
    }

    /// Writes a new version of an owner's row; gives whether there is such a row.
    pub(in crate::store) fn change(
        &mut self,
        owner: i64,
        number: i64,
        import: i64,
        change: impl FnOnce(&mut T),
    ) -> Result<bool> {
        let stored = self.get(number)?;
        let Some(stored) = stored.filter(|stored| stored.owner == owner && !stored.gone) else {
            return Ok(false);
        };
        let mut record = stored.record.clone();
        change(&mut record);
        self.replace(&stored, &record, Place::new(owner, import, 0, number))?;
        Ok(true)
    }

    /// A row that was changed at the desk is known by what files called it, too: a plan that is
    /// read again is the visit that somebody has made since.
    pub(super) fn read_keys_at_the_desk(&mut self, connection: &Connection) -> Result<()> {
        if !T::AT_THE_DESK {
            return Ok(());
        }
        let columns = T::TABLE.all_columns();
        let name = T::TABLE.name;
        let sql = format!(
            "SELECT {columns} FROM {name}_past WHERE gone < {TAKEN_BACK} AND number IN \
             (SELECT number FROM {name} WHERE import IN ({EDITS})) ORDER BY number, import",
            EDITS = household_rows::EDITS
        );
        let mut statement = connection.prepare(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let stored = read::<T>(row)?;
            let keys = self.keys(stored.owner, &stored.record);
            self.register(&keys, stored.number);
        }
        Ok(())
    }

    /// Whether a row stays as somebody at the desk recorded it, because a file's row says nothing
    /// new. What the file said is kept in the past: with the edit undone, it counts.
    pub(super) fn stands_by_hand(
        &mut self,
        stored: &StoredRow<T>,
        record: &T,
        place: Place,
    ) -> Result<bool> {
        let Some(by_hand) = &mut self.by_hand else {
            return Ok(false);
        };
        let is_edit = |import: i64| by_hand.edits.contains(&import);
        if stored.gone || !is_edit(stored.import) || is_edit(place.import) {
            return Ok(false);
        }
        let mut rows = by_hand.said.query([stored.number])?;
        let said = rows.next()?.map(read::<T>).transpose()?;
        drop(rows);
        if record.is_news(said.as_ref().map(|said| &said.record)) {
            return Ok(false);
        }
        // A row that the same file has twice is said once.
        if said.is_none_or(|said| said.import != place.import) {
            write(&mut by_hand.say, record, place)?;
            by_hand.mark.execute([stored.number, place.import])?;
        }
        Ok(true)
    }
}
