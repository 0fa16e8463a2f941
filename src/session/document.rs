//! The open workspace.

use crate::jobs::{BatchRecord, FileChoice, ImportReport, Town, WorkspaceHandle};
use std::path::PathBuf;
use std::sync::Arc;

/// An open workspace with the town in it.
#[derive(Debug, Clone)]
pub struct Document {
    /// The file.
    pub workspace: WorkspaceHandle,
    /// The town.
    pub town: Arc<Town>,
    /// The base map that came with it.
    pub base_map: Option<PathBuf>,
    /// Whether nothing can be changed in it: the file or its folder is read-only.
    pub looks_only: bool,
    /// How many problems its imports left.
    pub problems: usize,
    /// What the last import of this session did.
    pub last_import: Option<Arc<ImportReport>>,
    /// The files of that import, and what was said about them.
    pub last_files: Vec<FileChoice>,
    /// The imports of the workspace, the newest first.
    pub batches: Vec<BatchRecord>,
}

impl Document {
    /// The file's name without its ending.
    pub fn name(&self) -> String {
        self.workspace
            .path()
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned()
    }
}
