//! Taking an import back, whole.

use super::import::now_unix_secs;
use super::town::{Edition, load_changed_town};
use super::{Town, WorkspaceHandle};
use crate::base::{Generation, Progress, Stopwatch};
use crate::model::Date;
use crate::store::BatchRecord;
use crate::words::Fault;
use std::sync::Arc;

/// An import or edit to take back.
#[derive(Debug, Clone)]
pub struct UndoRequest {
    /// The workspace.
    pub workspace: WorkspaceHandle,
    /// The number of the batch.
    pub batch: i64,
    /// The edition that the town will be.
    pub generation: Generation,
    /// The day of which receipts, needs and visits count.
    pub as_of: Date,
}

/// An import or edit was taken back.
#[derive(Debug)]
pub struct Undone {
    /// The number of the batch.
    pub batch: i64,
    /// The town as it is now.
    pub town: Arc<Town>,
    /// How many problems the workspace holds now.
    pub problems: usize,
    /// The imports and edits as they are now, the newest first.
    pub batches: Vec<BatchRecord>,
}

impl UndoRequest {
    pub(super) fn run(self, progress: &Progress) -> Result<Undone, Fault> {
        self.workspace.with(|workspace| {
            workspace.undo_batch(self.batch, now_unix_secs(), &progress.part(0.0, 0.5))?;
            let edition = Edition {
                generation: self.generation,
                as_of: self.as_of,
            };
            let town = load_changed_town(
                workspace,
                edition,
                &progress.last_part(0.5, 1.0),
                &mut Stopwatch::start(),
            )?;
            Ok(Undone {
                batch: self.batch,
                town,
                problems: workspace.problem_count()?,
                batches: workspace.batches()?,
            })
        })
    }
}
