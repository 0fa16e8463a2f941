//! Floor 8: the command line: the same engine without a window. One file a command.

mod args;
mod chart;
mod columns;
mod convert;
mod demo;
mod desk;
mod ending;
mod explain;
mod gaps;
mod generate;
mod hotspot_table;
mod hotspots;
mod import;
mod import_args;
mod import_files;
mod import_json;
mod import_report;
mod json;
mod list;
mod memory;
mod out;
mod parse;
mod picture;
mod rate;
mod render;
mod run;
mod summary;
mod summary_rows;
mod summary_table;
mod text_table;
mod whatif;
mod whatif_answer;
mod window;
mod wrong_query;

pub use run::main;
pub use window::{OpenWindow, WindowStart};
