//! What was understood of a file before it is read in earnest, and why.

use super::{Encoding, Field, FileRole};
pub use crate::datum::Score as ReadingScore;
use crate::datum::{Datum, Reading};
use crate::model::TableKind;

/// The form of a file, by its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileForm {
    /// Text with delimiters.
    Csv,
    /// A workbook of Excel 2007 and later.
    Xlsx,
    /// A workbook of Excel 97.
    Xls,
    /// An `OpenDocument` spreadsheet.
    Ods,
    /// `GeoJSON`.
    GeoJson,
    /// A Shapefile, loose or zipped.
    Shapefile,
    /// A `GeoPackage`.
    GeoPackage,
    /// KML, or KMZ.
    Kml,
}

impl FileForm {
    /// Its word in reports.
    pub fn code(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Xls => "xls",
            Self::Ods => "ods",
            Self::GeoJson => "geojson",
            Self::Shapefile => "shapefile",
            Self::GeoPackage => "geopackage",
            Self::Kml => "kml",
        }
    }
}

/// An encoding in which a file could be, with its first rows read so.
#[derive(Debug, Clone, PartialEq)]
pub struct EncodingCandidate {
    /// The encoding.
    pub encoding: Encoding,
    /// How well it fits, 0 to 1.
    pub score: f64,
    /// The first lines that tell encodings apart, read so.
    pub preview: Vec<String>,
}

/// Why a column is taken for what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnReason {
    /// Somebody said so.
    Said,
    /// A saved template says so.
    Template,
    /// Its header says so.
    Header,
    /// Its values say so: this share of those looked at, in per cent.
    Values(u8),
    /// It is on the list of columns that no purpose needs.
    Sensitive,
    /// Nothing is known of it.
    Unknown,
    /// Another column fits the field better.
    Doubled,
}

/// One column of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnGuess {
    /// Its header, trimmed.
    pub header: String,
    /// The field that it is taken for; `None` where it is left out.
    pub field: Option<Field>,
    /// Why.
    pub reason: ColumnReason,
    /// Its first values, masked where they are personal.
    pub samples: Vec<String>,
}

/// What was understood of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct TableInspection {
    /// The form of the file.
    pub form: FileForm,
    /// What its rows are.
    pub kind: TableKind,
    /// The encoding; UTF-8 where the form has one of its own.
    pub encoding: Encoding,
    /// Three encodings at most, the best first; empty where there is no doubt.
    pub encodings: Vec<EncodingCandidate>,
    /// Whether it is a text that is UTF-8 throughout, so that nobody need look again.
    pub is_clean: bool,
    /// The sheets of a workbook; empty for other forms.
    pub sheets: Vec<String>,
    /// The sheet that is read.
    pub sheet: Option<String>,
    /// The row of the headers, as a spreadsheet counts it.
    pub header_row: u64,
    /// Text of the rows above the headers.
    pub titles: Vec<String>,
    /// The columns, in file order.
    pub columns: Vec<ColumnGuess>,
    /// The coordinate system, where the file itself says it.
    pub file_datum: Option<Datum>,
    /// How the positions are read, with the evidence. `None` where the table has none.
    pub position: Option<PositionFinding>,
    /// Rows looked at.
    pub rows_looked_at: u64,
}

/// What was understood of a boundary file.
#[derive(Debug, Clone, PartialEq)]
pub struct AreasInspection {
    /// The form of the file.
    pub form: FileForm,
    /// The encoding of its texts.
    pub encoding: Encoding,
    /// Three encodings at most, the best first; empty where there is no doubt.
    pub encodings: Vec<EncodingCandidate>,
    /// The layers of a `GeoPackage` or the files of an archive; empty for other forms.
    pub layers: Vec<String>,
    /// The layer that is read.
    pub layer: Option<String>,
    /// The coordinate system.
    pub datum: Datum,
    /// Who says so.
    pub datum_reason: DatumReason,
    /// The file has y before x. Metres are exchanged; degrees only where that is accepted.
    pub swapped: bool,
    /// Areas found, by level from the largest, with an example of each: code and name.
    pub levels: Vec<(crate::model::AreaLevel, u64, String, String)>,
    /// Features that cannot be used.
    pub rejected: u64,
}

/// Who says which coordinate system it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DatumReason {
    /// Somebody.
    Said,
    /// The file, in the place where it says so.
    File,
    /// The name of the file.
    FileName,
    /// The numbers: they can be nothing else.
    Range,
    /// Nobody; it is what such files are unless they say otherwise.
    Default,
    /// The evidence of the positions.
    Evidence,
}

/// How the positions of a table are read, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct PositionFinding {
    /// The way that is proposed.
    pub reading: Reading,
    /// Who says so.
    pub reason: DatumReason,
    /// Whether the evidence is plain; else somebody should look.
    pub is_plain: bool,
    /// Rows with a position among those looked at.
    pub rows: u64,
    /// Those of them that declare an area that is known.
    pub declaring: u64,
    /// The ways that were tried, the best first.
    pub scores: Vec<ReadingScore>,
    /// Single rows with longitude and latitude exchanged.
    pub swapped_rows: u64,
    /// Rows in degrees, minutes and seconds.
    pub degrees_rows: u64,
    /// Rows at 0, 0.
    pub zero_rows: u64,
    /// Rows far from every area, read in the way that is proposed.
    pub far_rows: u64,
}

impl PositionFinding {
    /// Another way that puts more rows where they belong than the proposed one, though not clearly more.
    pub fn better(&self) -> Option<&ReadingScore> {
        let weight = |score: &ReadingScore| (score.inside_declared, score.inside_any);
        let mut scores = self.scores.iter();
        let own = scores.find(|score| score.reading == self.reading)?;
        let best = self.scores.first()?;
        (weight(best) > weight(own)).then_some(best)
    }
}

/// What was understood of a file.
#[derive(Debug, Clone, PartialEq)]
pub enum Inspection {
    /// Boundaries.
    Areas(AreasInspection),
    /// A table.
    Table(TableInspection),
}

impl Inspection {
    /// What the file holds.
    pub fn role(&self) -> FileRole {
        match self {
            Self::Areas(_) => FileRole::Areas,
            Self::Table(table) => FileRole::Table(table.kind),
        }
    }
}
