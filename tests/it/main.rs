//! One integration binary, a module a kind.

mod tidy;
#[cfg(feature = "gui")]
mod ui_tree;
