//! What falls due in a household: kinds of days that somebody has to keep in mind.

/// A kind of due day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClockKind {
    /// A visit: a programme's duty, or agreed at the last one.
    Visit,
    /// A visit that was planned for the day and not done.
    Planned,
    /// The review of a programme.
    Review,
    /// The end of the months for which a programme goes on after its reason has ended.
    Grace,
    /// The end of a receipt.
    End,
    /// A birthday that changes what somebody is entitled to.
    Age,
    /// The last day of a disability certificate.
    Certificate,
}

impl ClockKind {
    /// Every kind; its place is its bit.
    pub const ALL: [Self; 7] = [
        Self::Visit,
        Self::Planned,
        Self::Review,
        Self::Grace,
        Self::End,
        Self::Age,
        Self::Certificate,
    ];

    /// Its word in queries and reports.
    pub fn code(self) -> &'static str {
        match self {
            Self::Visit => "visit",
            Self::Planned => "planned",
            Self::Review => "review",
            Self::Grace => "grace",
            Self::End => "end",
            Self::Age => "age",
            Self::Certificate => "certificate",
        }
    }

    /// Its Chinese word in queries.
    pub fn zh(self) -> &'static str {
        match self {
            Self::Visit => "走访",
            Self::Planned => "计划走访",
            Self::Review => "复核",
            Self::Grace => "渐退期",
            Self::End => "到期",
            Self::Age => "年龄",
            Self::Certificate => "残疾证",
        }
    }

    /// Its bit.
    pub fn bit(self) -> u8 {
        1 << self as u8
    }
}
