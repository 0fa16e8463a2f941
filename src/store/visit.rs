//! The table of visits.

use super::cells::{Binder, Cells};
use super::rows::{Keys, Record, Table};
use crate::model::Visit;
use rusqlite::Result;

pub(super) const TABLE: Table = Table {
    name: "visit",
    kind: 5,
    owner: "household",
    columns: "planned_day, done_day, worker, seen, outcome, next_due_day, notes",
};

impl Record for Visit {
    const TABLE: Table = TABLE;
    const AT_THE_DESK: bool = true;

    fn bind(&self, values: &mut Binder<'_, '_>) -> Result<()> {
        values.date(self.planned_on)?;
        values.date(self.done_on)?;
        values.text(&self.worker)?;
        values.whole(self.seen.map(i64::from))?;
        values.text(&self.outcome)?;
        values.date(self.next_due)?;
        values.text(&self.notes)
    }

    fn read(cells: &mut Cells<'_, '_>) -> Result<Self> {
        let mut visit = Self {
            planned_on: cells.date()?,
            done_on: cells.date()?,
            ..Self::default()
        };
        cells.text(&mut visit.worker)?;
        visit.seen = cells.yes()?;
        cells.text(&mut visit.outcome)?;
        visit.next_due = cells.date()?;
        cells.text(&mut visit.notes)?;
        Ok(visit)
    }

    fn keys(&self, keys: &mut Keys<'_>) {
        keys.push("", (self.planned_on, self.done_on, &self.worker));
        if self.planned_on.is_some() && self.done_on.is_some() {
            // It may have been known as planned only.
            let nobody_went = None::<crate::model::Date>;
            keys.push_alias("", (self.planned_on, nobody_went, &self.worker));
        }
    }

    /// A visit that was planned and is done now is the same visit; so for a plan that is read
    /// again when somebody has gone.
    fn is_same_row(&self, stored: &Self) -> bool {
        (self.planned_on, &self.worker) == (stored.planned_on, &stored.worker)
            && (self.done_on == stored.done_on
                || self.planned_on.is_some()
                    && (stored.done_on.is_none() || self.done_on.is_none()))
    }

    /// What came of a visit is told at the desk: a plan, or the same row again, says nothing new.
    fn is_news(&self, said: Option<&Self>) -> bool {
        let blank = Self {
            done_on: self.done_on,
            ..Self::default()
        };
        let said = said.unwrap_or(&blank);
        self.done_on != said.done_on
            || self.seen != said.seen
            || self.outcome != said.outcome
            || self.next_due != said.next_due
            || self.notes != said.notes
    }

    fn fulfils(&self, stored: &Self) -> bool {
        self.done_on.is_some() && stored.done_on.is_none()
    }

    fn household_id(&mut self) -> Option<&mut String> {
        Some(&mut self.household_id)
    }
}
