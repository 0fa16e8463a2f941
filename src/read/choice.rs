//! What somebody decides about a file before it is read. Whatever is left open is found out.

use super::EncodingChoice;
use crate::datum::{Datum, Reading};
use crate::model::TableKind;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileRole {
    /// Boundaries.
    Areas,
    /// A table.
    Table(TableKind),
}

/// What somebody says about the coordinate system.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DatumChoice {
    /// Look at the positions.
    #[default]
    Auto,
    /// It is this one; which column is which is still looked at.
    Datum(Datum),
    /// It is read exactly so.
    Reading(Reading),
}

/// Readings of flawed positions that somebody has accepted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Accepted {
    /// Single rows whose longitude and latitude have changed places are exchanged.
    pub swapped: bool,
    /// Degrees, minutes and seconds are read as decimal degrees.
    pub degrees_text: bool,
}

/// What somebody says about the columns, by header: the code of a field, or nothing to leave the
/// column out. Columns without a word are guessed.
pub type ColumnChoices = BTreeMap<String, Option<String>>;

/// A file to read, and how. [`FileChoice::of`] leaves everything open.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FileChoice {
    /// The file.
    pub path: PathBuf,
    /// What it holds.
    pub role: Option<FileRole>,
    /// Its encoding.
    pub encoding: EncodingChoice,
    /// The sheet of a workbook, or the layer of a `GeoPackage`.
    pub sheet: Option<String>,
    /// The row of the headers, as a spreadsheet counts it.
    pub header_row: Option<u64>,
    /// The columns.
    pub columns: ColumnChoices,
    /// The coordinate system.
    pub datum: DatumChoice,
    /// Readings of flawed positions.
    pub accepted: Accepted,
    /// For a department's list: its name. Empty for the name of the file.
    pub list_name: String,
}

impl FileChoice {
    /// A file of which nothing is said.
    pub fn of(path: PathBuf) -> Self {
        Self {
            path,
            ..Self::default()
        }
    }

    /// A file of which only its contents are said.
    pub fn holding(path: PathBuf, role: FileRole) -> Self {
        Self {
            role: Some(role),
            ..Self::of(path)
        }
    }
}
