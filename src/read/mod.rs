//! Floor 2: bytes → model, one format a file, streaming.

pub mod catalogue;
mod cell;
pub mod columns;
mod csv_chunks;
mod csv_records;
mod delimiter;
pub mod encoding;
mod file;
mod household_row;
pub mod households_csv;
mod text_stream;
