//! To whom something happened between two days: the households behind what the time line counts.

use crate::model::{Date, NeedStatus};
use crate::query::{Choice, RowSet};
use crate::snapshot::Snapshot;

/// What is counted between two points of the time line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Happening {
    /// A need was raised.
    Raised,
    /// A need was met.
    Met,
    /// A visit was done.
    Visited,
}

/// The households with at least one need (of the chosen categories) or visit that
/// [`super::timeline`] counts after the day `after` and up to `until`. A day that nobody knows is
/// before every other.
pub fn happened_rows(
    town: &Snapshot,
    choice: Choice,
    what: Happening,
    after: Date,
    until: Date,
) -> RowSet {
    let mut rows = RowSet::none(town.households.len());
    let is_then = |day: i32| day > after.days() && day <= until.days();
    if what == Happening::Visited {
        let visits = town.visits.household.iter().zip(&town.visits.done_on);
        let meant = visits.filter(|(_, day)| is_then(**day));
        meant.for_each(|(row, _)| rows.insert(*row));
        return rows;
    }
    let needs = &town.needs;
    for (at, row) in needs.household.iter().enumerate() {
        let category = needs.category.get(at).copied().unwrap_or(63).min(63);
        if choice.needs >> category & 1 == 0 {
            continue;
        }
        let is_met = needs.status.get(at) == Some(&NeedStatus::Met);
        let day = match what {
            Happening::Raised => needs.raised_on.get(at),
            _ if is_met => needs.closed_on.get(at),
            _ => None,
        };
        if day.is_some_and(|day| is_then(*day)) {
            rows.insert(*row);
        }
    }
    rows
}
