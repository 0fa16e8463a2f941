//! The columns of the visits.

use super::offsets::Order;
use super::{Offsets, Unknown};
use crate::model::{Date, Visit};
use std::collections::HashMap;
use std::ops::Range;

/// One value a visit in every column, sorted by household. Days are [`Unknown::DAY`] where not known.
#[derive(Debug, Clone, Default)]
pub struct VisitRows {
    pub(super) offsets: Offsets,
    /// Row of the household.
    pub household: Vec<u32>,
    /// The day for which it is or was planned.
    pub planned_on: Vec<i32>,
    /// The day on which it was done.
    pub done_on: Vec<i32>,
    /// 1 somebody was seen, 0 nobody, [`Unknown::COUNT`] not known.
    pub seen: Vec<i32>,
    /// When the next one is due.
    pub next_due: Vec<i32>,
}

impl VisitRows {
    /// Number of visits.
    pub fn len(&self) -> usize {
        self.done_on.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.done_on.is_empty()
    }

    /// The places of a household's visits.
    pub fn of(&self, household: u32) -> Range<usize> {
        self.offsets.of(household)
    }
}

/// Visits as they come, before anybody knows the rows of their households.
#[derive(Debug, Default)]
pub(super) struct VisitRowsIn {
    owners: Vec<i64>,
    columns: VisitRows,
}

impl VisitRowsIn {
    pub(super) fn is_empty(&self) -> bool {
        self.owners.is_empty()
    }

    pub(super) fn push(&mut self, household: i64, visit: &Visit) {
        let day = |day: Option<Date>| day.map_or(Unknown::DAY, Date::days);
        self.owners.push(household);
        let to = &mut self.columns;
        to.planned_on.push(day(visit.planned_on));
        to.done_on.push(day(visit.done_on));
        to.seen.push(visit.seen.map_or(Unknown::COUNT, i32::from));
        to.next_due.push(day(visit.next_due));
    }

    pub(super) fn placed(self, rows: &HashMap<i64, u32>, households: usize) -> VisitRows {
        let order = Order::new(&self.owners, rows, households);
        VisitRows {
            planned_on: order.pick(&self.columns.planned_on),
            done_on: order.pick(&self.columns.done_on),
            seen: order.pick(&self.columns.seen),
            next_due: order.pick(&self.columns.next_due),
            household: order.household,
            offsets: order.offsets,
        }
    }
}
