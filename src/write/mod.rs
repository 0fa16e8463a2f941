//! Floor 2: model → bytes, one format a file, streaming.

mod areas_geojson;
mod base_map;
mod base_map_cut;
mod base_map_tile;
mod catalogue;
mod geojson;
mod households_csv;
mod output;
mod png;
mod records;
mod rows;
mod table;
mod text;
mod xlsx;

pub use areas_geojson::write_areas_geojson;
pub use base_map::write_base_map;
pub use catalogue::catalogue_toml;
pub use geojson::write_geojson;
pub use households_csv::{csv_bytes, write_csv, write_town_csv};
pub use png::write_png;
pub use records::write_records;
pub use rows::RowWriter;
pub use table::{Cell, CellKind, Column, RowSource};
pub use text::write_text;
pub use xlsx::{SheetNames, write_xlsx};
