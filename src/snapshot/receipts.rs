//! The columns of the receipts.

use super::offsets::Order;
use super::terms::{Names, TermBits};
use super::{Offsets, People, TextColumn, Unknown};
use crate::model::{Date, Receipt};
use std::collections::HashMap;
use std::ops::Range;

/// One value a receipt in every column, sorted by household; those that have ended are there too.
#[derive(Debug, Clone, Default)]
pub struct Receipts {
    pub(super) offsets: Offsets,
    /// Row of the household.
    pub household: Vec<u32>,
    /// Place of the member in [`People`], [`People::NONE`] where the household receives it, or
    /// [`People::STRANGER`].
    pub person: Vec<u32>,
    /// Place of the programme in the snapshot's catalogue.
    pub programme: Vec<u8>,
    /// First day, or [`Unknown::DAY`] where nobody says since when.
    pub start: Vec<i32>,
    /// The day on which it has ended, or [`Unknown::DAY`] while it goes on.
    pub end: Vec<i32>,
    /// Day of the last review as the files know it, or [`Unknown::DAY`].
    pub reviewed_on: Vec<i32>,
    /// Yuan a month; NaN where not known.
    pub monthly_amount: Vec<f64>,
}

impl Receipts {
    /// Number of receipts.
    pub fn len(&self) -> usize {
        self.programme.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.programme.is_empty()
    }

    /// The places of a household's receipts.
    pub fn of(&self, household: u32) -> Range<usize> {
        self.offsets.of(household)
    }

    /// Whether a receipt counts on a day.
    pub fn is_active(&self, at: usize, on: Date) -> bool {
        let ended = |end: &i32| *end != Unknown::DAY && *end <= on.days();
        self.has_begun(at, on) && self.end.get(at).is_some_and(|end| !ended(end))
    }

    /// Whether a receipt had begun by a day; one that does not say when had.
    pub fn has_begun(&self, at: usize, on: Date) -> bool {
        // An unknown day is before every other.
        self.start.get(at).is_some_and(|start| *start <= on.days())
    }
}

/// Receipts as they come, before anybody knows the rows of their households.
#[derive(Debug, Default)]
pub(super) struct ReceiptRows {
    owners: Vec<i64>,
    members: TextColumn,
    programmes: Names,
    columns: Receipts,
}

impl ReceiptRows {
    pub(super) fn is_empty(&self) -> bool {
        self.owners.is_empty()
    }

    pub(super) fn push(&mut self, household: i64, receipt: &Receipt) {
        self.owners.push(household);
        self.members.push(&receipt.member);
        self.programmes.push(&receipt.programme);
        let to = &mut self.columns;
        to.start
            .push(receipt.start.map_or(Unknown::DAY, Date::days));
        to.end.push(receipt.end.map_or(Unknown::DAY, Date::days));
        to.reviewed_on
            .push(receipt.reviewed_on.map_or(Unknown::DAY, Date::days));
        to.monthly_amount
            .push(receipt.monthly_amount.unwrap_or(f64::NAN));
    }

    pub(super) fn placed(
        self,
        rows: &HashMap<i64, u32>,
        households: usize,
        people: &People,
        programmes: &mut TermBits,
    ) -> Receipts {
        let order = Order::new(&self.owners, rows, households);
        let members = order.pick_text(&self.members);
        Receipts {
            person: people.all_named(&order.household, &members),
            programme: order.pick(&self.programmes.places(programmes)),
            start: order.pick(&self.columns.start),
            end: order.pick(&self.columns.end),
            reviewed_on: order.pick(&self.columns.reviewed_on),
            monthly_amount: order.pick(&self.columns.monthly_amount),
            household: order.household,
            offsets: order.offsets,
        }
    }
}
