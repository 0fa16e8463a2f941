//! Rows as they came, written back to be corrected and read again.

use super::output;
use crate::base::AtomicFile;
use crate::words::Fault;
use std::io::Write;
use std::path::Path;

/// Writes the rows of several files as CSV, UTF-8 with byte order mark. Each file begins with its
/// header; one with the same header as the file before goes on without it. Cells are written as
/// they came, not defused: what is read back is what was there.
pub fn write_records(path: &Path, files: &[Vec<Vec<String>>]) -> Result<(), Fault> {
    let mut file: AtomicFile = output::open(path)?;
    file.write_all(b"\xEF\xBB\xBF")
        .map_err(output::failed(path))?;
    let mut csv = csv::WriterBuilder::new()
        .flexible(true)
        .terminator(csv::Terminator::CRLF)
        .from_writer(&mut file);
    let mut header_before: Option<&Vec<String>> = None;
    for records in files {
        let Some((header, rows)) = records.split_first() else {
            continue;
        };
        if header_before != Some(header) {
            csv.write_record(header).map_err(output::failed(path))?;
        }
        header_before = Some(header);
        for row in rows {
            csv.write_record(row).map_err(output::failed(path))?;
        }
    }
    csv.flush().map_err(output::failed(path))?;
    drop(csv);
    file.commit().map_err(output::failed(path))
}
