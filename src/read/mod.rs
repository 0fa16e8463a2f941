//! Floor 2: bytes → model, one format a file, streaming.

mod area_names;
mod area_parents;
mod area_properties;
mod areas;
mod areas_datum;
mod areas_gather;
mod areas_geojson;
mod areas_geopackage;
mod areas_kml;
mod areas_shapefile;
pub mod base_map;
mod boundary;
pub mod catalogue;
mod cell;
mod choice;
pub mod columns;
mod crs;
mod csv_chunks;
mod csv_records;
mod csv_rows;
mod dbf;
mod delimiter;
pub mod encoding;
mod file;
mod household_row;
pub mod households_csv;
mod id_set;
mod inspection;
mod json_pieces;
mod rings;
mod shp;
mod text_stream;
mod typed_chunks;
mod wkb;
mod zipped;

pub use areas::{AreasRead, NamedParent, inspect_areas, read_areas, read_boundaries};
pub use catalogue::catalogue;
pub use choice::{Accepted, ColumnChoices, DatumChoice, FileChoice, FileRole};
pub use columns::Field;
pub use csv_rows::{CsvRow, CsvRows};
pub use encoding::{Encoding, EncodingChoice};
pub use households_csv::{Batch, FileFacts, HouseholdsOptions, RejectedRow, read_households};
pub use inspection::{
    AreasInspection, ColumnGuess, ColumnReason, DatumReason, EncodingCandidate, FileForm,
    Inspection, PositionFinding, ReadingScore, TableInspection,
};
