//! One integration binary, a module a kind.
// Helpers of tests stand outside of the test functions; what fails there fails the test, as it should.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod cli;
mod desk;
mod fixtures;
mod golden;
mod jobs;
mod migrations;
mod oracle;
mod prepared;
mod properties;
mod quality;

mod story;
mod support;
mod tidy;
mod town_tables;
#[cfg(feature = "gui")]
mod ui_tree;
mod undo;
