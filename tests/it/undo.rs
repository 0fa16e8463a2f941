//! Imports, edits and undos in any order agree with a naive model that keeps every statement and
//! folds all of them each time.

mod households;
mod rows;

use livelihood_map::store::{Stamp, Workspace};
use tempfile::TempDir;

/// Some moment.
const NOW: Stamp<'static> = Stamp {
    title: "试",
    at_unix_secs: 1_790_000_000,
};

fn new_workspace() -> (Workspace, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let workspace = Workspace::create(&folder.path().join("a.lmap"), false).unwrap();
    (workspace, folder)
}
