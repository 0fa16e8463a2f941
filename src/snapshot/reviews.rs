//! The columns of the reviews that were recorded at the desk.

use super::offsets::Order;
use super::terms::{Names, TermBits};
use super::{Offsets, People, TextColumn, Unknown};
use crate::model::{Date, Review};
use std::collections::HashMap;
use std::ops::Range;

/// One value a review in every column, sorted by household.
#[derive(Debug, Clone, Default)]
pub struct Reviews {
    pub(super) offsets: Offsets,
    /// Place of the member in [`People`], [`People::NONE`] where it is about all receipts of the
    /// programme in the household, or [`People::STRANGER`].
    pub person: Vec<u32>,
    /// Place of the programme in the snapshot's catalogue.
    pub programme: Vec<u8>,
    /// The day, or [`Unknown::DAY`].
    pub on: Vec<i32>,
}

impl Reviews {
    /// The places of a household's reviews.
    pub fn of(&self, household: u32) -> Range<usize> {
        self.offsets.of(household)
    }
}

/// Reviews as they come, before anybody knows the rows of their households.
#[derive(Debug, Default)]
pub(super) struct ReviewRows {
    owners: Vec<i64>,
    members: TextColumn,
    programmes: Names,
    on: Vec<i32>,
}

impl ReviewRows {
    pub(super) fn is_empty(&self) -> bool {
        self.owners.is_empty()
    }

    pub(super) fn push(&mut self, household: i64, review: &Review) {
        self.owners.push(household);
        self.members.push(&review.member);
        self.programmes.push(&review.programme);
        self.on.push(review.on.map_or(Unknown::DAY, Date::days));
    }

    pub(super) fn placed(
        self,
        rows: &HashMap<i64, u32>,
        households: usize,
        people: &People,
        programmes: &mut TermBits,
    ) -> Reviews {
        let order = Order::new(&self.owners, rows, households);
        let members = order.pick_text(&self.members);
        Reviews {
            person: people.all_named(&order.household, &members),
            programme: order.pick(&self.programmes.places(programmes)),
            on: order.pick(&self.on),
            offsets: order.offsets,
        }
    }
}
