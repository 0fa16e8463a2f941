//! What a score is made of.

/// A component of the score, with its rule. What is not known adds nothing, but for the visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Component {
    /// The unmet load ([`crate::analysis::unmet_load`]) / 4, at most 1.
    UnmetLoad,
    /// The entitlement gaps: the sum of their weights / 2, at most 1.
    Gaps,
    /// The sum of what is known of the household, at most 1: an elder living alone 0.4, or elders
    /// otherwise 0.2; a member with a disability 0.3; one child 0.1, two or more 0.2; income a
    /// head under the threshold 0.3.
    Vulnerability,
    /// Days since the oldest need that is still open was raised / 180, at most 1. Since when a
    /// gap stands is recorded nowhere, so gaps do not count here.
    Waiting,
    /// Days since the last visit / 180, at most 1; 1 where no visit is known.
    Visit,
    /// Whether need gathers around the household's grid ([`crate::analysis::hot_grades`]): 1 where it is a
    /// hot spot at 99 %, 0.5 at 95 %, else 0.
    HotSpot,
}

impl Component {
    /// How many there are.
    pub const COUNT: usize = 6;

    /// Every component, in the order of the parts.
    pub const ALL: [Self; Self::COUNT] = [
        Self::UnmetLoad,
        Self::Gaps,
        Self::Vulnerability,
        Self::Waiting,
        Self::Visit,
        Self::HotSpot,
    ];

    /// Its place among the parts.
    pub fn place(self) -> usize {
        self as usize
    }

    /// Its word in keys, columns and answers.
    pub fn code(self) -> &'static str {
        match self {
            Self::UnmetLoad => "unmet_load",
            Self::Gaps => "gaps",
            Self::Vulnerability => "vulnerability",
            Self::Waiting => "waiting",
            Self::Visit => "visit",
            Self::HotSpot => "hot_spot",
        }
    }

    /// The code of its weight among the catalogue's numbers.
    pub fn number(self) -> &'static str {
        match self {
            Self::UnmetLoad => "priority_unmet_load",
            Self::Gaps => "priority_gaps",
            Self::Vulnerability => "priority_vulnerability",
            Self::Waiting => "priority_waiting",
            Self::Visit => "priority_visit",
            Self::HotSpot => "priority_hot_spot",
        }
    }
}

/// A fact that a part of the score depends on and that nobody recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PriorityFact {
    /// How many members are 60 and older.
    Elderly,
    /// Whether the elder lives alone.
    LivingAlone,
    /// How many members have a disability.
    Disabled,
    /// How many children there are.
    Children,
    /// The household's income, or how many share it.
    Income,
    /// When an open need was raised.
    NeedDate,
    /// The last visit.
    Visit,
    /// Whether need gathers around its grid: it lies in none, or there are too few grids to tell.
    Grid,
}

impl PriorityFact {
    /// Its word in keys and answers.
    pub fn code(self) -> &'static str {
        match self {
            Self::Elderly => "elderly",
            Self::LivingAlone => "living_alone",
            Self::Disabled => "disabled",
            Self::Children => "children",
            Self::Income => "income",
            Self::NeedDate => "need_date",
            Self::Visit => "visit",
            Self::Grid => "grid",
        }
    }
}
