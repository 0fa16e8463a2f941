//! Rows as CSV, one after the other, as they come.

use super::output;
use crate::base::AtomicFile;
use crate::words::Fault;
use std::io::Write;
use std::path::{Path, PathBuf};

/// A CSV file that is filled row by row: UTF-8 with byte order mark, CRLF. Cells are written as
/// they came, not defused. There is no file before [`RowWriter::finish`].
pub struct RowWriter {
    path: PathBuf,
    csv: csv::Writer<AtomicFile>,
}

impl RowWriter {
    /// Begins a file with this character between its cells.
    pub fn create(path: &Path, delimiter: u8) -> Result<Self, Fault> {
        let mut file = output::open(path)?;
        file.write_all(b"\xEF\xBB\xBF")
            .map_err(output::failed(path))?;
        let csv = csv::WriterBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .terminator(csv::Terminator::CRLF)
            .buffer_capacity(1 << 16)
            .from_writer(file);
        Ok(Self {
            path: path.to_owned(),
            csv,
        })
    }

    /// Adds a row.
    pub fn write(&mut self, cells: &[String]) -> Result<(), Fault> {
        self.csv
            .write_record(cells)
            .map_err(output::failed(&self.path))
    }

    /// Puts the finished file in its place.
    pub fn finish(self) -> Result<(), Fault> {
        let file = self.csv.into_inner().map_err(|error| {
            let why = error.error().to_string();
            output::failed(&self.path)(why)
        })?;
        output::finish(&self.path, file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_there_when_all_are() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("甲.csv");
        let mut rows = RowWriter::create(&path, b';').unwrap();
        rows.write(&["=1".to_owned(), "a;b".to_owned()]).unwrap();
        rows.write(&["只有一格".to_owned()]).unwrap();
        assert!(!path.exists());
        rows.finish().unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(text, "\u{FEFF}=1;\"a;b\"\r\n只有一格\r\n");
    }
}
