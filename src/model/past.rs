//! What changed about a household, one thing after another.

use super::{FieldSet, Household, Need, Note, Origin, Person, Receipt, Review, Visit};

/// One thing that changed about a household, or that was said again.
#[derive(Debug, Clone, PartialEq)]
pub struct PastEvent {
    /// File, row and time.
    pub origin: Origin,
    /// Whether it counts; what was taken back does not.
    pub is_live: bool,
    /// What it was.
    pub change: PastChange,
}

/// What changed.
#[derive(Debug, Clone, PartialEq)]
pub enum PastChange {
    /// Its row in the ledger.
    Household(Box<HouseholdChange>),
    /// A member.
    Member(Box<RowChange<Person>>),
    /// A receipt.
    Receipt(Box<RowChange<Receipt>>),
    /// A need.
    Need(Box<RowChange<Need>>),
    /// A visit.
    Visit(Box<RowChange<Visit>>),
    /// A note.
    Note(Box<RowChange<Note>>),
    /// A review.
    Review(Box<RowChange<Review>>),
}

/// A statement about a household as a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct HouseholdChange {
    /// What it stated.
    pub stated: FieldSet,
    /// Whether nothing was known of the household before.
    pub is_first: bool,
    /// Whether it says that the household is not there any more.
    pub is_removal: bool,
    /// The values that it changed; none where it only said again what was known.
    pub changed: FieldSet,
    /// The household before it.
    pub before: Household,
    /// The household after it.
    pub after: Household,
}

/// A change of a row that belongs to a household: it came, changed, or went.
#[derive(Debug, Clone, PartialEq)]
pub struct RowChange<T> {
    /// Its number in its table.
    pub number: i64,
    /// What it was; nothing where it came.
    pub before: Option<T>,
    /// What it is; nothing where it went.
    pub after: Option<T>,
}

impl<T> RowChange<T> {
    /// The row as it stands behind the change, or as it last was.
    pub fn row(&self) -> Option<&T> {
        self.after.as_ref().or(self.before.as_ref())
    }
}

impl PastChange {
    /// Its kind, as the command line writes it. Kinds of one batch stand in this order: the ledger,
    /// then the tables.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Household(_) => "ledger",
            Self::Member(_) => "member",
            Self::Receipt(_) => "receipt",
            Self::Need(_) => "need",
            Self::Visit(_) => "visit",
            Self::Note(_) => "note",
            Self::Review(_) => "review",
        }
    }

    /// The number of the row in its table; nothing for the ledger's.
    pub fn number(&self) -> Option<i64> {
        match self {
            Self::Household(_) => None,
            Self::Member(change) => Some(change.number),
            Self::Receipt(change) => Some(change.number),
            Self::Need(change) => Some(change.number),
            Self::Visit(change) => Some(change.number),
            Self::Note(change) => Some(change.number),
            Self::Review(change) => Some(change.number),
        }
    }
}
