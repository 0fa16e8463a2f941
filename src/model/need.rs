//! What somebody needs (需求, 心愿单).

use super::Date;

/// A need.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Need {
    /// Id of the household.
    pub household_id: String,
    /// Id, ID number or name of the member; empty where it is the household's.
    pub member: String,
    /// Catalogue code of the category; an unknown one as it came.
    pub category: String,
    /// What exactly.
    pub detail: String,
    /// Who says so.
    pub source: String,
    /// The day on which it was raised.
    pub raised_on: Option<Date>,
    /// 1 (can wait) to 3 (at once).
    pub urgency: Option<u8>,
    /// Where it stands.
    pub status: NeedStatus,
    /// The day on which it was met or withdrawn.
    pub closed_on: Option<Date>,
}

/// Where a need stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum NeedStatus {
    /// Nobody has taken it on.
    #[default]
    Open,
    /// Passed on to somebody.
    Referred,
    /// Met.
    Met,
    /// Taken back.
    Withdrawn,
}

impl NeedStatus {
    /// Every status.
    pub const ALL: [Self; 4] = [Self::Open, Self::Referred, Self::Met, Self::Withdrawn];

    /// Its word in the workspace file and in reports.
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Referred => "referred",
            Self::Met => "met",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The status of its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }
}

impl Need {
    /// Whether it is open (or referred) on a day: raised by then, and not closed by then.
    pub fn is_open(&self, on: Date) -> bool {
        let is_closed = matches!(self.status, NeedStatus::Met | NeedStatus::Withdrawn);
        let was_closed = is_closed && self.closed_on.is_none_or(|closed| closed <= on);
        self.raised_on.is_none_or(|raised| raised <= on) && !was_closed
    }
}
