//! Who gets which programme, from when to when (享受记录).

use super::Date;

/// A receipt. It counts from its first day to the day before its end.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Receipt {
    /// Id of the household.
    pub household_id: String,
    /// Id, ID number or name of the member; empty where the household receives it.
    pub member: String,
    /// Catalogue code of the programme; an unknown one as it came.
    pub programme: String,
    /// First day; `None` where nobody says since when.
    pub start: Option<Date>,
    /// The day on which it has ended; `None` while it goes on.
    pub end: Option<Date>,
    /// Amount in yuan a month.
    pub monthly_amount: Option<f64>,
    /// The day of the last review, as the file knows it; the desk records [`super::Review`]s.
    pub reviewed_on: Option<Date>,
    /// Free notes.
    pub notes: String,
}

impl Receipt {
    /// Whether it counts on a day.
    pub fn is_active(&self, on: Date) -> bool {
        self.start.is_none_or(|start| start <= on) && self.end.is_none_or(|end| on < end)
    }
}
