//! Where a value came from.

use std::sync::Arc;

/// The file, the row and the time that a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// File name (without folders); empty where somebody recorded it here.
    pub source: Arc<str>,
    /// Row as a spreadsheet counts it; 0 where somebody recorded it here.
    pub row: u64,
    /// When, in seconds since 1970-01-01 UTC.
    pub at_unix_secs: i64,
    /// The batch: an import or an edit, by its number.
    pub batch: i64,
}
