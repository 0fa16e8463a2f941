//! The table of notes that people write at the desk.

use super::cells::{Binder, Cells};
use super::rows::{Keys, Record, Table};
use crate::model::Note;
use rusqlite::Result;

pub(super) const TABLE: Table = Table {
    name: "note",
    kind: 8,
    owner: "household",
    columns: "day, text, author",
};

impl Record for Note {
    const TABLE: Table = TABLE;

    fn bind(&self, values: &mut Binder<'_, '_>) -> Result<()> {
        values.date(self.on)?;
        values.text(&self.text)?;
        values.text(&self.author)
    }

    fn read(cells: &mut Cells<'_, '_>) -> Result<Self> {
        let mut note = Self {
            on: cells.date()?,
            ..Self::default()
        };
        cells.text(&mut note.text)?;
        cells.text(&mut note.author)?;
        Ok(note)
    }

    fn keys(&self, keys: &mut Keys<'_>) {
        keys.push("", (self.on, &self.text, &self.author));
    }

    fn is_same_row(&self, stored: &Self) -> bool {
        (self.on, &self.text, &self.author) == (stored.on, &stored.text, &stored.author)
    }

    fn household_id(&mut self) -> Option<&mut String> {
        Some(&mut self.household_id)
    }
}
