//! What an import did, in figures.

use crate::model::{Problem, ProblemKind, Severity};
use crate::read::{DatumReason, FileForm, PositionFinding};
use crate::store::ImportKind;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What an import did. Counts are of this import's files.
#[derive(Debug, Clone, Default)]
pub struct ImportReport {
    /// Areas stored, those made from their children among them.
    pub areas: u64,
    /// Household rows read.
    pub read: u64,
    /// Households stored: new, changed or as they were.
    pub stored: u64,
    /// Household rows rejected.
    pub rejected: u64,
    /// Stored without a position.
    pub not_geocoded: u64,
    /// Stored with a position in no area.
    pub outside_areas: u64,
    /// Stored with a position outside the area that the row declares.
    pub outside_declared_area: u64,
    /// Households that were new to the workspace.
    pub new: u64,
    /// Households that were known and changed.
    pub changed: u64,
    /// Households that were known and are as they were.
    pub same: u64,
    /// Households of the same list's last edition that this one lacks.
    pub vanished: u64,
    /// Households that got a position by an address table.
    pub placed: u64,
    /// Problems, in the order of files and rows; at most [`ImportReport::MAX_OF_A_KIND`] of a kind.
    pub problems: Vec<Problem>,
    /// Problems past that number, by kind.
    pub more_problems: BTreeMap<ProblemKind, MoreProblems>,
    /// What was understood of each file.
    pub files: Vec<FileReport>,
    /// The files that rejected rows were written to.
    pub rejects: Vec<WrittenRejects>,
    /// How many problems of each kind are listed.
    listed: BTreeMap<ProblemKind, usize>,
}

impl ImportReport {
    /// More problems of one kind than these are counted, not listed: memory does not grow with
    /// the file.
    pub const MAX_OF_A_KIND: usize = 10_000;

    pub(super) fn add_problem(&mut self, problem: Problem) {
        let listed = self.listed.entry(problem.kind).or_default();
        if *listed < Self::MAX_OF_A_KIND {
            *listed += 1;
            self.problems.push(problem);
        } else {
            let more = self.more_problems.entry(problem.kind);
            more.or_insert_with(|| MoreProblems {
                first: problem,
                count: 0,
            })
            .count += 1;
        }
    }

    /// How many problems are of this severity.
    pub fn count(&self, severity: Severity) -> usize {
        let listed = self
            .problems
            .iter()
            .filter(|problem| problem.kind.severity() == severity)
            .count();
        let more = self
            .more_problems
            .iter()
            .filter(|(kind, _)| kind.severity() == severity);
        listed + more.map(|(_, more)| more.count as usize).sum::<usize>()
    }

    /// The file that stands for all: the first ledger, else the first table, else the first.
    pub fn main_file(&self) -> Option<&FileReport> {
        let of = |kind: ImportKind| self.files.iter().find(|file| file.kind == kind);
        of(ImportKind::Households)
            .or_else(|| {
                self.files
                    .iter()
                    .find(|file| file.kind != ImportKind::Areas)
            })
            .or(self.files.first())
    }
}

/// Problems of one kind that are counted, not listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoreProblems {
    /// The first of them.
    pub first: Problem,
    /// How many there are.
    pub count: u64,
}

/// A file with rejected rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenRejects {
    /// The file.
    pub path: PathBuf,
    /// How many rows are in it.
    pub rows: u64,
}

/// What was understood of one file.
#[derive(Debug, Clone)]
pub struct FileReport {
    /// File name.
    pub source: String,
    /// What it holds.
    pub kind: ImportKind,
    /// Its form.
    pub form: FileForm,
    /// For a department's list: its name.
    pub list_name: String,
    /// Its encoding.
    pub encoding: String,
    /// The coordinate system in which it was read, by its code.
    pub datum: String,
    /// How the positions of a table were read, and why.
    pub position: Option<PositionFinding>,
    /// Who says so; `None` where the file has no positions.
    pub datum_reason: Option<DatumReason>,
    /// The sheet of a workbook or the layer of a boundary file.
    pub sheet: Option<String>,
    /// The row of the headers, as a spreadsheet counts it; 0 for boundaries.
    pub header_row: u64,
    /// Rows or features read.
    pub read: u64,
    /// Rows or areas stored.
    pub stored: u64,
    /// Rows or features rejected.
    pub rejected: u64,
    /// Headers that were understood, with the field's own name.
    pub understood: Vec<(String, String)>,
    /// Headers that were not.
    pub ignored: Vec<String>,
}
