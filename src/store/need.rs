//! The table of needs.

use super::cells::{Binder, Cells};
use super::rows::{Keys, Record, Table};
use crate::model::{Need, NeedStatus};
use rusqlite::Result;

pub(super) const TABLE: Table = Table {
    name: "need",
    kind: 4,
    owner: "household",
    columns: "member, category, detail, source, raised_day, urgency, status, closed_day",
};

impl Record for Need {
    const TABLE: Table = TABLE;
    const AT_THE_DESK: bool = true;

    fn bind(&self, values: &mut Binder<'_, '_>) -> Result<()> {
        values.text(&self.member)?;
        values.text(&self.category)?;
        values.text(&self.detail)?;
        values.text(&self.source)?;
        values.date(self.raised_on)?;
        values.whole(self.urgency.map(i64::from))?;
        values.text(self.status.code())?;
        values.date(self.closed_on)
    }

    fn read(cells: &mut Cells<'_, '_>) -> Result<Self> {
        let mut need = Self::default();
        cells.text(&mut need.member)?;
        cells.text(&mut need.category)?;
        cells.text(&mut need.detail)?;
        cells.text(&mut need.source)?;
        need.raised_on = cells.date()?;
        need.urgency = cells.whole()?;
        need.status = cells.word(NeedStatus::from_code)?;
        need.closed_on = cells.date()?;
        Ok(need)
    }

    fn keys(&self, keys: &mut Keys<'_>) {
        let key = (&self.member, &self.category, self.raised_on, &self.detail);
        keys.push("", key);
    }

    fn is_same_row(&self, stored: &Self) -> bool {
        (&self.member, &self.category, self.raised_on, &self.detail)
            == (
                &stored.member,
                &stored.category,
                stored.raised_on,
                &stored.detail,
            )
    }

    /// The life of a need is told at the desk: a file that repeats how it stood says nothing new.
    fn is_news(&self, said: Option<&Self>) -> bool {
        let before = said.map_or((NeedStatus::Open, None), |said| {
            (said.status, said.closed_on)
        });
        (self.status, self.closed_on) != before
    }

    fn household_id(&mut self) -> Option<&mut String> {
        Some(&mut self.household_id)
    }
}
