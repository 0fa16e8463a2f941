//! Livelihood Map · 民情地图: where social assistance reaches, where it does not, and which door
//! to knock on next. The library holds everything; the binary only starts it.
//!
//! Folders are floors: a file names only what stands below it. `ARCHITECTURE.md` has the plan.

// Floor 0
pub mod base;
// Floor 1
pub mod datum;
pub mod model;
pub mod words;
// Floor 2
pub mod read;
pub mod snapshot;
pub mod store;
pub mod town;
pub mod write;
// Floor 3
pub mod query;
// Floor 4
pub mod analysis;
// Floor 5
pub mod layer;
// Floor 6
pub mod jobs;
// Floor 7
pub mod session;
// Floor 8
pub mod cli;
#[cfg(feature = "gui")]
pub mod map;
// Floor 9
#[cfg(feature = "gui")]
pub mod ui;
// Floor 10
#[cfg(feature = "gui")]
pub mod gui;
