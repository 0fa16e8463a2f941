//! Opening a workspace.

use super::catalogue::begin_catalogue;
use super::demo::open_demo;
use super::town::{Edition, load_town};
use super::{Town, WorkspaceHandle};
use crate::base::{Generation, Progress, Stopwatch};
use crate::model::Date;
use crate::store::{Access, BatchRecord, Workspace};
use crate::words::Fault;
use std::path::PathBuf;
use std::sync::Arc;

/// Which workspace to open.
#[derive(Debug, Clone)]
pub enum OpenRequest {
    /// A workspace file that exists.
    Existing {
        /// Its path.
        path: PathBuf,
        /// Open it to look only.
        read_only: bool,
        /// The edition that this will be.
        generation: Generation,
        /// The day of which receipts, needs and visits count.
        as_of: Date,
    },
    /// A new, empty workspace file.
    New {
        /// Its path; nothing may be there yet.
        path: PathBuf,
        /// The edition that this will be.
        generation: Generation,
    },
    /// The sample town, in a folder of its own that goes with the program.
    Demo {
        /// The edition that this will be.
        generation: Generation,
        /// The day of which receipts, needs and visits count; mostly [`super::demo_day`].
        as_of: Date,
    },
}

/// An open workspace.
#[derive(Debug)]
pub struct Opened {
    /// The file.
    pub workspace: WorkspaceHandle,
    /// The town in it.
    pub town: Arc<Town>,
    /// The base map that came with it.
    pub base_map: Option<PathBuf>,
    /// Whether nothing can be changed in it.
    pub looks_only: bool,
    /// How many problems its imports left.
    pub problems: usize,
    /// The imports and edits, the newest first.
    pub batches: Vec<BatchRecord>,
    /// What took how long.
    pub timings: Stopwatch,
}

impl OpenRequest {
    pub(super) fn run(self, progress: &Progress) -> Result<Opened, Fault> {
        let mut timings = Stopwatch::start();
        let mut looks_only = false;
        let mut as_of = Date::today();
        let (mut workspace, base_map, generation) = match self {
            Self::Existing {
                path,
                read_only,
                generation,
                as_of: day,
            } => {
                as_of = day;
                let access = if read_only {
                    Access::ReadOnly
                } else {
                    Access::ReadWrite
                };
                let workspace = Workspace::open(&path, access).or_else(|fault| {
                    // A file that cannot be written can still be looked at.
                    if fault.message.key() == "store.read_only" {
                        looks_only = true;
                        Workspace::open(&path, Access::ReadOnly)
                    } else {
                        Err(fault)
                    }
                })?;
                looks_only |= read_only;
                (workspace, None, generation)
            }
            Self::New { path, generation } => (Workspace::create(&path, false)?, None, generation),
            Self::Demo {
                generation,
                as_of: day,
            } => {
                as_of = day;
                let (workspace, base_map) = open_demo(progress)?;
                (workspace, Some(base_map), generation)
            }
        };
        // The sample town got its own when it was made; nothing else is written into it.
        if !looks_only && !workspace.is_demo() {
            begin_catalogue(&mut workspace)?;
        }
        timings.lap("open");
        let handle = WorkspaceHandle::new(workspace);
        let edition = Edition { generation, as_of };
        let town =
            handle.with(|workspace| load_town(workspace, edition, progress, &mut timings))?;
        let batches = handle.with(|workspace| workspace.batches())?;
        let problems = handle.with(|workspace| workspace.problem_count())?;
        Ok(Opened {
            workspace: handle,
            town: Arc::new(town),
            base_map,
            looks_only,
            problems,
            batches,
            timings,
        })
    }
}
