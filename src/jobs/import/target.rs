//! Where the rows of an import go: into a transaction, or nowhere.

use super::ImportReport;
use super::report::FileReport;
use super::run::now_unix_secs;
use crate::model::{Area, Problem};
use crate::store::{Import, ImportRecord};
use crate::words::Fault;

/// A transaction of the workspace, or a rehearsal without one.
pub(super) enum Target<'a> {
    Store(Box<Import<'a>>),
    Nowhere,
}

impl Target<'_> {
    pub(super) fn known_areas(&self) -> Result<Vec<Area>, Fault> {
        match self {
            Self::Store(import) => import.areas(),
            Self::Nowhere => Ok(Vec::new()),
        }
    }

    /// What comes next is of this file. Its figures are told at its end.
    pub(super) fn begin_file(&mut self, file: &FileReport) -> Result<(), Fault> {
        match self {
            Self::Store(import) => import.begin_file(&record_of(file)).map(|_| ()),
            Self::Nowhere => Ok(()),
        }
    }

    /// The figures of the file that was begun last.
    pub(super) fn end_file(&mut self, file: &FileReport) -> Result<(), Fault> {
        match self {
            Self::Store(import) => import.end_file(&record_of(file)),
            Self::Nowhere => Ok(()),
        }
    }

    pub(super) fn put_area(&mut self, area: &Area) -> Result<(), Fault> {
        match self {
            Self::Store(import) => import.put_area(area),
            Self::Nowhere => Ok(()),
        }
    }

    pub(super) fn keep_problem(
        &mut self,
        report: &mut ImportReport,
        problem: Problem,
    ) -> Result<(), Fault> {
        if let Self::Store(import) = self {
            import.put_problem(&problem)?;
        }
        report.add_problem(problem);
        Ok(())
    }
}

/// What the workspace remembers of a file.
fn record_of(file: &FileReport) -> ImportRecord {
    ImportRecord {
        source: file.source.clone(),
        kind: file.kind,
        list_name: file.list_name.clone(),
        encoding: file.encoding.clone(),
        datum: file.datum.clone(),
        at_unix_secs: now_unix_secs(),
        read: file.read,
        stored: file.stored,
        rejected: file.rejected,
    }
}
