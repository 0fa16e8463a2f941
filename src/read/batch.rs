//! What reading a table takes and gives: options, batches of records, facts about the file.

use super::choice::Accepted;
use super::encoding::Encoding;
use super::field::Field;
use super::inspection::FileForm;
use crate::datum::Reading;
use crate::model::{
    AddressEntry, CodeForm, Date, FieldSet, Household, ListEntry, Need, Person, Problem, Receipt,
    Resource, TableKind, Visit,
};

/// How the rows of a table are to be read, besides what its inspection found.
#[derive(Debug, Clone)]
pub struct TableOptions {
    /// Dates after this day are doubtful.
    pub today: Date,
    /// How the positions are read.
    pub reading: Reading,
    /// Readings of flawed positions that somebody has accepted.
    pub accepted: Accepted,
    /// The form that grid codes must have; `None` to go by what nearly all of them have.
    pub grid_form: Option<CodeForm>,
}

impl TableOptions {
    /// WGS-84, with nothing accepted.
    pub fn on(today: Date) -> Self {
        Self {
            today,
            reading: Reading::default(),
            accepted: Accepted::default(),
            grid_form: None,
        }
    }
}

/// Records of one kind, in file order.
#[derive(Debug, Clone, PartialEq)]
pub enum Records {
    /// Households of a ledger.
    Households(Vec<Household>),
    /// Members of households.
    Members(Vec<Person>),
    /// Who gets which programme.
    Receipts(Vec<Receipt>),
    /// Needs and wishes.
    Needs(Vec<Need>),
    /// Visits.
    Visits(Vec<Visit>),
    /// Who offers help.
    Resources(Vec<Resource>),
    /// People on a department's list.
    Entries(Vec<ListEntry>),
    /// Where addresses are.
    Addresses(Vec<AddressEntry>),
}

impl Records {
    /// No records of a kind.
    pub fn none(kind: TableKind) -> Self {
        match kind {
            TableKind::Households => Self::Households(Vec::new()),
            TableKind::Members => Self::Members(Vec::new()),
            TableKind::Receipts => Self::Receipts(Vec::new()),
            TableKind::Needs => Self::Needs(Vec::new()),
            TableKind::Visits => Self::Visits(Vec::new()),
            TableKind::Resources => Self::Resources(Vec::new()),
            TableKind::DepartmentList => Self::Entries(Vec::new()),
            TableKind::Addresses => Self::Addresses(Vec::new()),
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Households(rows) => rows.len(),
            Self::Members(rows) => rows.len(),
            Self::Receipts(rows) => rows.len(),
            Self::Needs(rows) => rows.len(),
            Self::Visits(rows) => rows.len(),
            Self::Resources(rows) => rows.len(),
            Self::Entries(rows) => rows.len(),
            Self::Addresses(rows) => rows.len(),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Some rows, in file order.
#[derive(Debug, Clone, PartialEq)]
pub struct Batch {
    /// Records to store.
    pub records: Records,
    /// The row of each record, as a spreadsheet counts it.
    pub rows: Vec<u64>,
    /// Of a ledger: the values that each household's row states.
    pub stated: Vec<FieldSet>,
    /// What is wrong or doubtful.
    pub problems: Vec<Problem>,
    /// Rows that are not stored.
    pub rejected: Vec<RejectedRow>,
}

impl Batch {
    /// An empty one of a kind.
    pub(super) fn of(kind: TableKind) -> Self {
        Self {
            records: Records::none(kind),
            rows: Vec::new(),
            stated: Vec::new(),
            problems: Vec::new(),
            rejected: Vec::new(),
        }
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty() && self.problems.is_empty() && self.rejected.is_empty()
    }
}

/// A row that is not stored, so that it can be given back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RejectedRow {
    /// Row as a spreadsheet counts it.
    pub row: u64,
    /// Its cells as they came; one cell with the whole line where it cannot be read.
    pub record: Vec<String>,
}

/// What was found about a file.
#[derive(Debug, Clone)]
pub struct FileFacts {
    /// Its form.
    pub form: FileForm,
    /// What its rows are.
    pub kind: TableKind,
    /// Its encoding.
    pub encoding: Encoding,
    /// What stands between its cells.
    pub delimiter: u8,
    /// Its headers, trimmed.
    pub header: Vec<String>,
    /// Headers with the field that each was taken for.
    pub understood: Vec<(String, Field)>,
    /// Headers that were left out.
    pub ignored: Vec<String>,
    /// Of a ledger: the values of a household for which it has columns.
    pub stated: FieldSet,
    /// Rows behind the header, blank lines aside.
    pub rows_read: u64,
    /// Rows handed on as records.
    pub stored: u64,
    /// Rows that were not.
    pub rejected: u64,
}
