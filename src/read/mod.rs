//! Floor 2: bytes → model, one format a file, streaming.

mod address_row;
mod archive;
mod area_codes;
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
mod batch;
mod biff;
mod boundary;
pub mod catalogue;
mod cell;
mod choice;
mod column_by_value;
mod column_guess;
mod column_values;
mod columns;
mod crs;
mod csv_chunks;
mod csv_records;
mod csv_rows;
mod day;
mod dbf;
mod delimiter;
pub mod encoding;
mod encoding_evidence;
mod field;
mod file;
mod form;
mod grid_form;
mod header_row;
mod header_words;
mod household_row;
mod id_set;
mod inspect;
mod inspection;
mod json_pieces;
mod kind_guess;
mod legacy_encoding;
mod list_row;
mod need_row;
mod ole;
mod person_row;
mod points_geojson;
mod position_samples;
mod receipt_row;
mod resource_row;
mod rings;
mod row_disability;
mod row_position;
mod row_reader;
mod row_source;
mod row_typist;
mod sheet_number;
mod sheet_row;
mod sheet_text;
mod shp;
mod table;
mod table_datum;
mod template;
mod text_stream;
mod traditional;
#[cfg(test)]
mod trial;
mod typed_chunks;
mod value_words;
mod visit_row;
mod wkb;
mod workbook;
mod workbook_ods;
mod workbook_xls;
mod workbook_xlsx;
mod xlsx_watch;
mod xml_pieces;
mod zipped;

pub use areas::{AreasRead, NamedParent, inspect_areas, read_boundaries};
pub use batch::{Batch, FileFacts, Records, RejectedRow, TableOptions};
pub use catalogue::{
    CatalogueMistake, catalogue, parse_catalogue, read_catalogue_file, rule_place,
    shipped_catalogue,
};
pub use choice::{Accepted, ColumnChoices, DatumChoice, FileChoice, FileRole};
pub use csv_rows::{CsvRow, CsvRows};
pub use encoding::{Encoding, EncodingChoice};
pub use field::Field;
pub use form::form_of;
pub use inspect::inspect_table;
pub use inspection::{
    AreasInspection, ColumnGuess, ColumnReason, DatumReason, EncodingCandidate, FileForm,
    Inspection, PositionFinding, ReadingScore, TableInspection,
};
pub use kind_guess::guess_kind;
pub use position_samples::{RawPosition, position_samples};
pub use table::{read_rows, read_table};
pub use table_datum::datum_hint;
pub use template::{Template, read_template};
