//! What was said about a file's columns, kept as a file of its own and used again.

use crate::read::{self, FileChoice, Template};
use crate::words::Fault;
use crate::write;
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
        match self {
            Self::Save { choice, path } => {
                let name = path.file_stem().unwrap_or_default().to_string_lossy();
                let toml = Template::of(&choice, None, &name).to_toml();
                write::write_text(&path, &toml)?;
                Ok(Templated::Saved(path))
            }
            Self::Apply { mut choice, path } => {
                read::read_template(&path)?.apply(&mut choice);
                Ok(Templated::Applied(Box::new(choice)))
            }
        }
    }
}
