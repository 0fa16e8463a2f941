//! Floor 2: bytes → model, one format a file, streaming.

mod archive;
mod area_parents;
mod area_properties;
pub mod areas_geojson;
pub mod base_map;
mod biff;
mod boundary;
pub mod catalogue;
mod cell;
mod choice;
pub mod columns;
mod csv_chunks;
mod csv_records;
mod delimiter;
pub mod encoding;
mod encoding_evidence;
mod file;
mod form;
mod header_row;
mod household_row;
pub mod households_csv;
mod id_set;
mod inspection;
mod json_pieces;
mod legacy_encoding;
mod ole;
mod points_geojson;
mod row_source;
mod sheet_number;
mod sheet_row;
mod sheet_text;
mod text_stream;
mod typed_chunks;
mod workbook;
mod workbook_ods;
mod workbook_xls;
mod workbook_xlsx;
mod xml_pieces;

pub use areas_geojson::{AreasRead, NamedParent, read_areas};
pub use catalogue::catalogue;
pub use choice::{Accepted, ColumnChoices, DatumChoice, FileChoice, FileRole};
pub use columns::Field;
pub use encoding::{Encoding, EncodingChoice};
pub use form::form_of;
pub use households_csv::{Batch, FileFacts, HouseholdsOptions, RejectedRow, read_households};
pub use inspection::{
    AreasInspection, ColumnGuess, ColumnReason, DatumReason, EncodingCandidate, FileForm,
    Inspection, PositionFinding, ReadingScore, TableInspection,
};
