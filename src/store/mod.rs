//! Floor 2: the workspace file (`*.lmap`): one `SQLite` file with everything in it.

mod area;
mod boundary;
mod create;
mod fault;
mod household;
mod import;
mod migrate;
mod open;
mod problem;
mod record;
mod workspace;

pub use import::{Import, Put};
pub use open::Access;
pub use record::{ImportKind, ImportRecord};
pub use workspace::Workspace;
