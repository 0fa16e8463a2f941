//! What is due in each household on the snapshot's day.

use super::Unknown;
use crate::model::{ClockKind, Date};

/// One value a household in every column; a bit is one of [`ClockKind`]. All are nought until
/// somebody has looked at the clocks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Due {
    /// The kinds of which a day has passed.
    pub overdue: Vec<u8>,
    /// The kinds of which a day is near.
    pub soon: Vec<u8>,
    /// The earliest day of these, or [`Unknown::DAY`].
    pub first: Vec<i32>,
}

impl Due {
    /// Nothing due in so many households.
    pub fn nothing(households: usize) -> Self {
        Self {
            overdue: vec![0; households],
            soon: vec![0; households],
            first: vec![Unknown::DAY; households],
        }
    }

    /// The earliest day on which something is due, of what is overdue or near.
    pub fn first(&self, row: u32) -> Option<Date> {
        let day = self.first.get(row as usize).copied();
        day.filter(|day| *day != Unknown::DAY).map(Date::from_days)
    }

    /// The kinds that are overdue or near.
    pub fn kinds(&self, row: u32) -> impl Iterator<Item = ClockKind> + use<> {
        let of = |column: &[u8]| column.get(row as usize).copied().unwrap_or(0);
        let bits = of(&self.overdue) | of(&self.soon);
        ClockKind::ALL
            .into_iter()
            .filter(move |kind| bits & kind.bit() != 0)
    }
}
