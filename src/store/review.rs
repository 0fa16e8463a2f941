//! The table of reviews that people record at the desk.

use super::cells::{Binder, Cells};
use super::rows::{Keys, Record, Table};
use crate::model::Review;
use rusqlite::Result;

pub(super) const TABLE: Table = Table {
    name: "review",
    kind: 9,
    owner: "household",
    columns: "member, programme, day, author",
};

impl Record for Review {
    const TABLE: Table = TABLE;

    fn bind(&self, values: &mut Binder<'_, '_>) -> Result<()> {
        values.text(&self.member)?;
        values.text(&self.programme)?;
        values.date(self.on)?;
        values.text(&self.author)
    }

    fn read(cells: &mut Cells<'_, '_>) -> Result<Self> {
        let mut review = Self::default();
        cells.text(&mut review.member)?;
        cells.text(&mut review.programme)?;
        review.on = cells.date()?;
        cells.text(&mut review.author)?;
        Ok(review)
    }

    fn keys(&self, keys: &mut Keys<'_>) {
        keys.push("", (&self.member, &self.programme, self.on));
    }

    /// One receipt is reviewed once a day, whoever says so.
    fn is_same_row(&self, stored: &Self) -> bool {
        (&self.member, &self.programme, self.on) == (&stored.member, &stored.programme, stored.on)
    }

    fn household_id(&mut self) -> Option<&mut String> {
        Some(&mut self.household_id)
    }
}
