//! A visit to a household (走访).

use super::Date;

/// A visit, planned or done.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Visit {
    /// Id of the household.
    pub household_id: String,
    /// The day for which it is or was planned.
    pub planned_on: Option<Date>,
    /// The day on which it was done.
    pub done_on: Option<Date>,
    /// Who went.
    pub worker: String,
    /// Whether somebody was seen.
    pub seen: Option<bool>,
    /// What came of it.
    pub outcome: String,
    /// When the next one is due.
    pub next_due: Option<Date>,
    /// Free notes.
    pub notes: String,
}
