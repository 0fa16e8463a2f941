//! What the rows of a table are.

/// The kinds of tables that a street office gets.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TableKind {
    /// The ledger: a row a household.
    #[default]
    Households,
    /// A row a member of a household.
    Members,
    /// A row a programme that somebody receives.
    Receipts,
    /// A row a need (心愿单).
    Needs,
    /// A row a visit (走访).
    Visits,
    /// A row somebody who offers help (资源库).
    Resources,
    /// A list of another department: a row a person that it knows.
    DepartmentList,
    /// Positions of addresses: a row an address or its code.
    Addresses,
}

impl TableKind {
    /// Every kind, in the order in which they are imported: what others refer to comes first.
    pub const ALL: [Self; 8] = [
        Self::Households,
        Self::Members,
        Self::Receipts,
        Self::Needs,
        Self::Visits,
        Self::Resources,
        Self::DepartmentList,
        Self::Addresses,
    ];

    /// Its word in the workspace file, in templates and reports.
    pub fn code(self) -> &'static str {
        match self {
            Self::Households => "households",
            Self::Members => "members",
            Self::Receipts => "receipts",
            Self::Needs => "needs",
            Self::Visits => "visits",
            Self::Resources => "resources",
            Self::DepartmentList => "list",
            Self::Addresses => "addresses",
        }
    }

    /// The kind of its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}
