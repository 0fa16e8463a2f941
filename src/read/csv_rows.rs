//! The rows of a CSV file as they stand in it, for work that does not need to know what they mean.

use super::cell;
use super::columns::field_of;
use super::csv_chunks::{Chunk, Form};
use super::csv_records::cut;
use super::encoding::{Encoding, EncodingChoice};
use super::field::Field;
use super::file;
use super::row_source::{RowSource, SourceChoice, open_source};
use crate::base::Progress;
use crate::datum;
use crate::words::Fault;
use std::path::{Path, PathBuf};

/// A CSV file, row by row behind its header. Blank lines are left out.
pub struct CsvRows {
    path: PathBuf,
    source: RowSource,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CsvRow {
    /// Its cells as they came; one cell with the whole line where it cannot be cut into cells.
    pub cells: Vec<String>,
    /// Whether it could be cut.
    pub is_whole: bool,
}

impl CsvRows {
    /// Opens a file, finds its encoding and delimiter, and reads its header. Progress counts bytes.
    pub fn open(path: &Path, encoding: EncodingChoice, progress: &Progress) -> Result<Self, Fault> {
        let choice = SourceChoice {
            encoding,
            sheet: None,
            header_row: None,
            is_clean: false,
        };
        Ok(Self {
            path: path.to_owned(),
            source: open_source(path, &choice, progress)?,
        })
    }

    /// Its headers, trimmed.
    pub fn header(&self) -> &[String] {
        &self.source.header
    }

    /// The character between its cells.
    pub fn delimiter(&self) -> u8 {
        self.source.delimiter
    }

    /// Its encoding.
    pub fn encoding(&self) -> Encoding {
        self.source.encoding
    }

    /// The places of the columns of longitude (or x) and latitude (or y).
    pub fn coordinate_columns(&self) -> Option<(usize, usize)> {
        let place = |field| {
            let mut headers = self.source.header.iter();
            headers.position(|header| field_of(header) == Some(field))
        };
        Some((place(Field::Lon)?, place(Field::Lat)?))
    }

    /// The next rows; `None` at the end of the file.
    ///
    /// # Errors
    /// A file that cannot be read on, or with a line that is too long to be a row.
    pub fn next_rows(&mut self, progress: &Progress) -> Result<Option<Vec<CsvRow>>, Fault> {
        let Some(chunk) = self.source.next()? else {
            return Ok(None);
        };
        progress.tick(chunk.file_bytes)?;
        if let Some(line) = chunk.lines.iter().find(|line| line.form == Form::Endless) {
            let mut fault = file::about("read.endless_row", &self.path);
            fault.message = fault.message.arg("row", line.row);
            return Err(fault);
        }
        let rows = self.rows_of(&chunk);
        rows.map(Some)
            .ok_or_else(|| file::about("read.changed_meanwhile", &self.path))
    }

    /// `None` where the text is no text any more: somebody writes to the file.
    fn rows_of(&self, chunk: &Chunk) -> Option<Vec<CsvRow>> {
        let mut rows = Vec::with_capacity(chunk.lines.len());
        for line in &chunk.lines {
            let text = std::str::from_utf8(chunk.text.get(line.start..line.end)?).ok()?;
            let is_whole = line.form.is_readable();
            let cells = if is_whole {
                let mut cells = Vec::new();
                cut(text, self.source.delimiter, line.quoted, &mut cells);
                cells.into_iter().map(Into::into).collect()
            } else {
                vec![text.to_owned()]
            };
            rows.push(CsvRow { cells, is_whole });
        }
        Some(rows)
    }
}

impl CsvRow {
    /// The number of a coordinate cell: decimal, or degrees, minutes and seconds.
    pub fn coordinate(&self, at: usize) -> Option<f64> {
        let text = cell::trimmed(self.cells.get(at).filter(|_| self.is_whole)?);
        if text.is_empty() {
            return None;
        }
        cell::coordinate(text).or_else(|| datum::degrees(text))
    }

    /// Whether a cell is empty or not there.
    pub fn is_empty(&self, at: usize) -> bool {
        self.is_whole && self.cells.get(at).is_none_or(|cell| cell.trim().is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Result<Vec<CsvRow>, Fault> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        std::fs::write(&path, text).unwrap();
        let progress = Progress::new();
        let mut file = CsvRows::open(&path, EncodingChoice::Auto, &progress)?;
        let mut rows = Vec::new();
        while let Some(more) = file.next_rows(&progress)? {
            rows.extend(more);
        }
        Ok(rows)
    }

    #[test]
    fn rows_come_as_they_stand() {
        let rows = all("id,x,y\n a ,\"1,5\",\n\nb,121°30′,30.5°,more\nc\n").unwrap();
        assert_eq!(rows[0].cells, [" a ", "1,5", ""]);
        assert_eq!((rows[0].coordinate(1), rows[0].is_empty(2)), (None, true));
        assert_eq!(rows[1].cells.len(), 4);
        assert_eq!(rows[1].coordinate(1), Some(121.5));
        assert_eq!(rows[1].coordinate(2), Some(30.5));
        assert!(rows[2].is_empty(1) && rows[2].coordinate(1).is_none());
        assert_eq!(rows.len(), 3);
    }

    #[test]
    fn a_line_that_cannot_be_cut_is_one_cell() {
        let rows = all("id,x,y\na,\"1,2\nb,3,4\nc,5,6\n").unwrap();
        assert_eq!(rows[0].cells, ["a,\"1,2"]);
        assert!(!rows[0].is_whole && !rows[0].is_empty(1));
        assert_eq!(rows[1].cells, ["b", "3", "4"]);
        assert_eq!(rows.len(), 3);
    }

    #[test]
    fn a_line_without_end_stops_the_work() {
        let text = format!("id,x\na,{}\nb,2\n", "9".repeat(3 << 20));
        let fault = all(&text).unwrap_err();
        assert_eq!(fault.message.key(), "read.endless_row");
    }
}
