//! The table of receipts.

use super::cells::{Binder, Cells};
use super::rows::{Keys, Record, Table};
use crate::model::Receipt;
use rusqlite::Result;

pub(super) const TABLE: Table = Table {
    name: "receipt",
    kind: 3,
    owner: "household",
    columns: "member, programme, start_day, end_day, monthly_amount, reviewed_day, notes",
};

impl Record for Receipt {
    const TABLE: Table = TABLE;

    fn bind(&self, values: &mut Binder<'_, '_>) -> Result<()> {
        values.text(&self.member)?;
        values.text(&self.programme)?;
        values.date(self.start)?;
        values.date(self.end)?;
        values.real(self.monthly_amount)?;
        values.date(self.reviewed_on)?;
        values.text(&self.notes)
    }

    fn read(cells: &mut Cells<'_, '_>) -> Result<Self> {
        let mut receipt = Self::default();
        cells.text(&mut receipt.member)?;
        cells.text(&mut receipt.programme)?;
        receipt.start = cells.date()?;
        receipt.end = cells.date()?;
        receipt.monthly_amount = cells.real()?;
        receipt.reviewed_on = cells.date()?;
        cells.text(&mut receipt.notes)?;
        Ok(receipt)
    }

    fn keys(&self, keys: &mut Keys<'_>) {
        keys.push("", (&self.member, &self.programme, self.start));
    }

    fn is_same_row(&self, stored: &Self) -> bool {
        (&self.member, &self.programme, self.start)
            == (&stored.member, &stored.programme, stored.start)
    }

    fn household_id(&mut self) -> Option<&mut String> {
        Some(&mut self.household_id)
    }
}
