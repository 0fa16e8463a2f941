//! The columns of the needs (needs of the ledger's own list are bits of the households).

use super::offsets::Order;
use super::terms::{Names, TermBits};
use super::{Offsets, People, TextColumn, Unknown};
use crate::model::{Date, Need, NeedStatus};
use std::collections::HashMap;
use std::ops::Range;

/// One value a need in every column, sorted by household; those that are met are there too.
#[derive(Debug, Clone, Default)]
pub struct NeedRows {
    pub(super) offsets: Offsets,
    /// Row of the household.
    pub household: Vec<u32>,
    /// Place of the member in [`People`], [`People::NONE`] or [`People::STRANGER`].
    pub person: Vec<u32>,
    /// Place of the category in the snapshot's catalogue.
    pub category: Vec<u8>,
    /// The day on which it was raised, or [`Unknown::DAY`].
    pub raised_on: Vec<i32>,
    /// 1 (can wait) to 3 (at once); 0 where not known.
    pub urgency: Vec<u8>,
    /// Where it stands.
    pub status: Vec<NeedStatus>,
    /// The day on which it was met or withdrawn, or [`Unknown::DAY`].
    pub closed_on: Vec<i32>,
    /// What is needed, in the file's words.
    pub detail: TextColumn,
    /// Who says so, in the file's words.
    pub source: TextColumn,
    /// Whether it is open on the day of the town; empty until [`NeedRows::open_on`] says so.
    pub open: Vec<bool>,
}

impl NeedRows {
    /// Number of needs.
    pub fn len(&self) -> usize {
        self.category.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.category.is_empty()
    }

    /// The places of a household's needs.
    pub fn of(&self, household: u32) -> Range<usize> {
        self.offsets.of(household)
    }

    /// Whether a need is open (or referred) on a day, as [`Need::is_open`] says it; not for a place
    /// that is not there.
    pub fn is_open(&self, need: usize, on: Date) -> bool {
        let (Some(status), Some(raised), Some(closed)) = (
            self.status.get(need),
            self.raised_on.get(need),
            self.closed_on.get(need),
        ) else {
            return false;
        };
        // An unknown day is before every other.
        let is_closed = matches!(status, NeedStatus::Met | NeedStatus::Withdrawn);
        *raised <= on.days() && !(is_closed && *closed <= on.days())
    }
}

/// Needs as they come, before anybody knows the rows of their households.
#[derive(Debug, Default)]
pub(super) struct NeedRowsIn {
    owners: Vec<i64>,
    members: TextColumn,
    categories: Names,
    columns: NeedRows,
}

impl NeedRowsIn {
    pub(super) fn is_empty(&self) -> bool {
        self.owners.is_empty()
    }

    pub(super) fn push(&mut self, household: i64, need: &Need) {
        self.owners.push(household);
        self.members.push(&need.member);
        self.categories.push(&need.category);
        let to = &mut self.columns;
        to.raised_on
            .push(need.raised_on.map_or(Unknown::DAY, Date::days));
        to.urgency.push(need.urgency.unwrap_or(0));
        to.status.push(need.status);
        to.closed_on
            .push(need.closed_on.map_or(Unknown::DAY, Date::days));
        to.detail.push(&need.detail);
        to.source.push(&need.source);
    }

    pub(super) fn placed(
        self,
        rows: &HashMap<i64, u32>,
        households: usize,
        people: &People,
        needs: &mut TermBits,
    ) -> NeedRows {
        let order = Order::new(&self.owners, rows, households);
        let members = order.pick_text(&self.members);
        NeedRows {
            person: people.all_named(&order.household, &members),
            category: order.pick(&self.categories.places(needs)),
            raised_on: order.pick(&self.columns.raised_on),
            urgency: order.pick(&self.columns.urgency),
            status: order.pick(&self.columns.status),
            closed_on: order.pick(&self.columns.closed_on),
            detail: order.pick_text(&self.columns.detail),
            source: order.pick_text(&self.columns.source),
            household: order.household,
            offsets: order.offsets,
            open: Vec::new(),
        }
    }
}
