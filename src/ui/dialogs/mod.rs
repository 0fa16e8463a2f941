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
mod import_check;
mod import_columns;
mod import_difference;
mod import_file;
mod import_files;
mod import_position;
mod import_report;
mod import_words;
mod imports;
mod layer;
mod layer_areas;
mod layer_kind;
mod layer_spots;
mod palette;
mod parts;
mod picture;
mod problem_groups;
mod problem_list;
mod query_help;
mod settings;
mod sheet;
mod workspace;

pub(super) use as_of::show as as_of_menu;
pub(super) use forms::Forms;
pub(super) use frame::show;
