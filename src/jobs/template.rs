//! What was said about a file's columns, kept as a file of its own and used again.

use crate::read::FileChoice;
use crate::words::{Fault, Message};
use std::path::PathBuf;

/// A template to write or to use.
#[derive(Debug, Clone)]
pub enum TemplateRequest {
    /// Write what is said about a file.
    Save {
        /// What is said.
        choice: FileChoice,
        /// Where to.
        path: PathBuf,
    },
    /// Use what a template says.
    Apply {
        /// The file and what was said about it before.
        choice: FileChoice,
        /// The template.
        path: PathBuf,
    },
}

/// What came of a template.
#[derive(Debug)]
pub enum Templated {
    /// It was written.
    Saved(PathBuf),
    /// This is what it says about the file.
    Applied(Box<FileChoice>),
}

impl TemplateRequest {
    pub(super) fn run(self) -> Result<Templated, Fault> {
        let (Self::Save { path, .. } | Self::Apply { path, .. }) = self;
        Err(Fault::failed(
            Message::new("jobs.not_yet").arg("path", path.display()),
        ))
    }
}
