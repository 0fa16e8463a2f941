//! Dialogs, one a file. One is open at a time; the session says which.

mod about;
mod as_of;
mod base_map;
mod class_breaks;
mod export;
mod export_table;
mod filter_controls;
mod filter_panel;
mod forms;
mod frame;
mod import;
mod import_report;
mod layer;
mod layer_kind;
mod palette;
mod parts;
mod picture;
mod problem_groups;
mod query_help;
mod settings;
mod sheet;
mod workspace;

pub(super) use as_of::show as as_of_menu;
pub(super) use forms::Forms;
pub(super) use frame::show;
