//! What an import would change, and what somebody decides about it.

use super::ImportReport;
use crate::base::Stopwatch;
use crate::model::{FieldSet, Household};
use std::collections::{BTreeMap, BTreeSet};

/// A row of one of the files of an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowKey {
    /// The file's place among the files of the import, from 0.
    pub file: usize,
    /// The row, as a spreadsheet counts it.
    pub row: u64,
}

/// What somebody decides about the households of an import. Whatever is left open happens as it
/// is proposed: what is new comes in, what changed is taken but for values recorded here, and
/// what has vanished stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decisions {
    /// New households that stay out.
    pub skip_new: BTreeSet<RowKey>,
    /// The values that are taken, by the household's id in the workspace.
    pub changes: BTreeMap<String, FieldSet>,
    /// Households that vanished and go, by their id.
    pub remove: BTreeSet<String>,
    /// New rows that are really a household of the workspace, by its id.
    pub same: BTreeMap<RowKey, String>,
}

/// A rehearsed import.
#[derive(Debug)]
pub struct Rehearsed {
    /// What it would report.
    pub report: ImportReport,
    /// What it would change; nothing in a workspace without households.
    pub difference: Difference,
    /// What took how long.
    pub timings: Stopwatch,
}

/// What an import would change among the households.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Difference {
    /// Households that the workspace does not have.
    pub new: Counted<NewHousehold>,
    /// Households with other values than the workspace has.
    pub changed: Counted<ChangedHousehold>,
    /// Households that are as they were.
    pub same: u64,
    /// Households of the same list's last edition that this one lacks.
    pub vanished: Counted<Household>,
}

/// All are counted, the first of them are shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Counted<T> {
    /// How many there are.
    pub count: u64,
    /// The first of them, at most [`Counted::MOST`].
    pub shown: Vec<T>,
}

impl<T> Counted<T> {
    /// More than these are counted, not shown.
    pub const MOST: usize = 2_000;
}

impl<T> Default for Counted<T> {
    fn default() -> Self {
        Self {
            count: 0,
            shown: Vec::new(),
        }
    }
}

/// A household that the workspace does not have.
#[derive(Debug, Clone, PartialEq)]
pub struct NewHousehold {
    /// Its row.
    pub key: RowKey,
    /// As the row has it.
    pub household: Household,
    /// A household that it may be: its id in the workspace, and how alike they are in per cent.
    pub like: Option<(String, u8)>,
}

/// A household with other values than the workspace has.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangedHousehold {
    /// Its row.
    pub key: RowKey,
    /// Its id in the workspace.
    pub id: String,
    /// As the workspace has it.
    pub before: Household,
    /// As the row has it.
    pub after: Household,
    /// The values that differ.
    pub fields: FieldSet,
    /// Those of them that somebody recorded here.
    pub recorded: FieldSet,
}
