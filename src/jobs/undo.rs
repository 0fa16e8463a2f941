//! Taking an import back, whole.

use super::{Town, WorkspaceHandle};
use crate::base::{Generation, Progress};
use crate::store::ImportRecord;
use crate::words::{Fault, Message};
use std::sync::Arc;

/// An import of the workspace, as it can be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchRecord {
    /// Its number.
    pub number: i64,
    /// When, in seconds since 1970-01-01 UTC.
    pub at_unix_secs: i64,
    /// What it was.
    pub kind: BatchKind,
    /// What somebody called it.
    pub title: String,
    /// Its files.
    pub files: Vec<ImportRecord>,
    /// When it was taken back; `None` while it holds.
    pub undone_at: Option<i64>,
}

/// What a batch was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BatchKind {
    /// Files came in.
    Import,
    /// Somebody changed something here.
    Edit,
}

/// An import to take back.
#[derive(Debug, Clone)]
pub struct UndoRequest {
    /// The workspace.
    pub workspace: WorkspaceHandle,
    /// The number of the import.
    pub batch: i64,
    /// The edition that the town will be.
    pub generation: Generation,
}

/// An import was taken back.
#[derive(Debug)]
pub struct Undone {
    /// The number of the import.
    pub batch: i64,
    /// The town as it is now.
    pub town: Arc<Town>,
    /// How many problems the workspace holds now.
    pub problems: usize,
    /// The imports as they are now, the newest first.
    pub batches: Vec<BatchRecord>,
}

impl UndoRequest {
    pub(super) fn run(self, progress: &Progress) -> Result<Undone, Fault> {
        progress.tick(0)?;
        let message = Message::new("jobs.not_yet").arg("batch", self.batch);
        Err(Fault::failed(message))
    }
}
