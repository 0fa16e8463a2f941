//! Floor 2: the workspace file (`*.lmap`): one `SQLite` file with everything in it.

mod area;
mod batch;
mod boundary;
mod cells;
mod create;
mod edit;
mod fault;
mod household;
mod import;
mod known;
mod list;
mod members;
mod migrate;
mod need;
mod open;
mod person;
mod problem;
mod propose;
mod put;
mod receipt;
mod record;
mod renumber;
mod resource;
mod rows;
#[cfg(test)]
mod sample;
mod seen;
mod undo;
mod undo_rows;
mod unplaced;
mod version;
mod visit;
mod workspace;

pub use batch::{BatchKind, BatchRecord, Stamp};
pub use edit::HouseholdEdit;
pub use import::Import;
pub use list::ListRecord;
pub use open::Access;
pub use propose::{Change, MatchedBy, Proposal, Sighting};
pub use put::PutRow;
pub use record::{ImportKind, ImportRecord};
pub use renumber::IdClash;
pub use rows::Put;
pub use undo::UndoReport;
pub use version::HouseholdVersion;
pub use workspace::Workspace;
