//! The comparison of lists: who is on one and not on another.

use crate::analysis::Reconciliation;
use crate::base::{Generation, Stopwatch};
use crate::datum::MercBox;
use crate::model::ListEntry;
use crate::query::RowSet;
use std::sync::Arc;

/// A cell of the comparison, by the places of its lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListsCell {
    /// On this one…
    pub on: usize,
    /// … and not on this one; the same one for everybody on it.
    pub not_on: usize,
}

/// What is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SourceKind {
    /// The ledger: households and their members.
    Ledger,
    /// The list of a department, by its name.
    List(String),
    /// Who receives a programme, by its code.
    Programme(String),
}

/// One list of the comparison.
#[derive(Debug, Clone)]
pub struct ComparedSource {
    /// What it is.
    pub kind: SourceKind,
    /// Whether its members are households; else they are persons.
    pub counts_households: bool,
    /// How many it has, each once.
    pub members: usize,
    /// How many of them the ledger does not know.
    pub unmatched: usize,
    /// The entries of a department's list.
    pub entries: Arc<Vec<ListedEntry>>,
}

/// An entry of a department's list, and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedEntry {
    /// Row of the file, as a spreadsheet counts it.
    pub row: u64,
    /// What it says.
    pub entry: ListEntry,
}

/// A finished comparison.
#[derive(Debug)]
pub struct Compared {
    /// The edition of the town.
    pub generation: Generation,
    /// What is compared, in order.
    pub sources: Vec<ComparedSource>,
    pub(super) reconciliation: Reconciliation,
    /// What took how long.
    pub timings: Stopwatch,
}

impl Compared {
    /// How many members of the first list of a cell are not on the second; all of them where both
    /// are the same.
    pub fn count(&self, cell: ListsCell) -> usize {
        if cell.on == cell.not_on {
            return self.sources.get(cell.on).map_or(0, |source| source.members);
        }
        let row = self.reconciliation.only_first.get(cell.on);
        row.and_then(|row| row.get(cell.not_on))
            .copied()
            .unwrap_or(0)
    }

    /// Whether a department's list is among what is compared.
    pub fn has_lists(&self) -> bool {
        let mut sources = self.sources.iter();
        sources.any(|source| matches!(source.kind, SourceKind::List(_)))
    }
}

/// Who is in a cell.
#[derive(Debug)]
pub struct CellFound {
    /// The edition of the town.
    pub generation: Generation,
    /// The cell.
    pub cell: ListsCell,
    /// The households that these persons belong to.
    pub rows: Arc<RowSet>,
    /// The box around those that have a position.
    pub box_merc: MercBox,
    /// Entries without a household, by their places among those of the first list.
    pub unmatched: Vec<u32>,
}
