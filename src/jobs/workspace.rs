//! The open workspace file, shared between jobs.

use super::catalogue::begin_catalogue;
use crate::store::{Access, Workspace};
use crate::words::Fault;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// A handle on an open workspace. The file stays claimed while a handle lives; only jobs
/// read from it or write to it.
#[derive(Clone)]
pub struct WorkspaceHandle {
    path: PathBuf,
    is_demo: bool,
    workspace: Arc<Mutex<Workspace>>,
}

impl std::fmt::Debug for WorkspaceHandle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WorkspaceHandle")
            .field("is_demo", &self.is_demo)
            .finish_non_exhaustive()
    }
}

impl WorkspaceHandle {
    /// Shares an open workspace.
    pub fn new(workspace: Workspace) -> Self {
        Self {
            path: workspace.path().to_owned(),
            is_demo: workspace.is_demo(),
            workspace: Arc::new(Mutex::new(workspace)),
        }
    }

    /// Opens a workspace to change it, without loading the town; makes it where there is none.
    /// Also says whether it was made.
    ///
    /// # Errors
    /// Where it cannot be opened or made.
    pub fn open_or_make(path: &Path) -> Result<(Self, bool), Fault> {
        let (mut workspace, is_new) = match Workspace::open(path, Access::ReadWrite) {
            Err(fault) if fault.message.key() == "store.missing" => {
                (Workspace::create(path, false)?, true)
            }
            opened => (opened?, false),
        };
        // Nothing real comes into a sample town, so nothing is written for it.
        if !workspace.is_demo() {
            begin_catalogue(&mut workspace)?;
        }
        Ok((Self::new(workspace), is_new))
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether it holds demonstration data.
    pub fn is_demo(&self) -> bool {
        self.is_demo
    }

    /// Lends the workspace to one job at a time.
    ///
    /// # Errors
    /// Whatever the work says.
    pub(super) fn with<T>(
        &self,
        work: impl FnOnce(&mut Workspace) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        // A job that panicked rolled its transaction back, so the file behind the lock is whole.
        let mut workspace = self
            .workspace
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        work(&mut workspace)
    }
}
