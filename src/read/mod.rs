//! Floor 2: bytes → model, one format a file, streaming.

mod address_row;
mod area_parents;
mod area_properties;
pub mod areas_geojson;
pub mod base_map;
mod batch;
mod boundary;
pub mod catalogue;
mod cell;
mod choice;
mod column_guess;
mod column_values;
mod columns;
mod csv_chunks;
mod csv_records;
mod day;
mod delimiter;
pub mod encoding;
mod field;
mod file;
mod grid_form;
mod header_row;
mod header_words;
mod household_row;
mod id_set;
mod inspect;
mod inspection;
mod json_pieces;
mod kind_guess;
mod list_row;
mod need_row;
mod person_row;
mod position_samples;
mod receipt_row;
mod resource_row;
mod row_disability;
mod row_position;
mod row_reader;
mod row_source;
mod row_typist;
mod table;
mod template;
mod text_stream;
#[cfg(test)]
mod trial;
mod typed_chunks;
mod value_words;
mod visit_row;

pub use areas_geojson::{AreasRead, NamedParent, read_areas};
pub use batch::{Batch, FileFacts, Records, RejectedRow, TableOptions};
pub use catalogue::catalogue;
pub use choice::{Accepted, ColumnChoices, DatumChoice, FileChoice, FileRole};
pub use encoding::{Encoding, EncodingChoice};
pub use field::Field;
pub use inspect::inspect_table;
pub use inspection::{
    AreasInspection, ColumnGuess, ColumnReason, DatumReason, EncodingCandidate, FileForm,
    Inspection, PositionFinding, ReadingScore, TableInspection,
};
pub use kind_guess::guess_kind;
pub use position_samples::{RawPosition, position_samples};
pub use table::read_table;
pub use template::{Template, read_template};
