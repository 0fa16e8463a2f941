//! Reading files into the workspace: one transaction, all or nothing.

mod addresses;
mod areas;
mod households;
mod members;
mod people;
mod rejects;
mod report;
mod run;
mod shares;
mod tables;
mod target;
mod topology;
mod vanished;

pub(super) use areas::all_areas;
pub use report::{FileReport, ImportReport, MoreProblems, WrittenRejects};
pub use run::{ImportRequest, Imported};
pub(super) use run::{import_files, now_unix_secs};
