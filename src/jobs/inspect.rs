//! Looking at files before they are imported: what they hold, and why it is taken for that.

use super::WorkspaceHandle;
use crate::base::Progress;
use crate::read::{FileChoice, Inspection};
use crate::words::{Fault, Message};

/// Files to look at. They are looked at together: boundary files among them say where positions
/// should fall.
#[derive(Debug, Clone)]
pub struct InspectRequest {
    /// The workspace whose areas are known already.
    pub workspace: Option<WorkspaceHandle>,
    /// The files, and what was said about them.
    pub files: Vec<FileChoice>,
    /// The number of the question, which comes back with the answer.
    pub ticket: u64,
}

/// What was understood of the files.
#[derive(Debug)]
pub struct Inspected {
    /// The number of the question.
    pub ticket: u64,
    /// One answer a file, in their order.
    pub files: Vec<Result<Inspection, Fault>>,
}

impl InspectRequest {
    pub(super) fn run(self, progress: &Progress) -> Result<Inspected, Fault> {
        progress.tick(0)?;
        let unknown = |_: FileChoice| Err(Fault::failed(Message::new("jobs.not_yet")));
        Ok(Inspected {
            ticket: self.ticket,
            files: self.files.into_iter().map(unknown).collect(),
        })
    }
}
