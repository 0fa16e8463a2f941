//! Rows of a sheet as CSV text in chunks.

use super::csv_chunks::{Chunk, Form, Line};
use super::file;
use super::sheet_row::SheetRow;
use crate::words::Fault;
use std::path::Path;

/// How much text is in a chunk, about.
const CHUNK_BYTES: usize = 1 << 19;
/// More text than a sheet can hold in earnest: a few bytes may name the same long text a million times.
const MOST_TEXT_BYTES: u64 = 8 << 30;

/// What stands between the cells of such text.
pub(super) const DELIMITER: u8 = b',';

/// Gathers rows into chunks.
pub(super) struct SheetText {
    /// Columns of the header; rows are filled up to it.
    width: usize,
    text: String,
    lines: Vec<Line>,
    text_bytes: u64,
    /// Bytes of the file, those given out, and the rows that they are given out with.
    file_bytes: u64,
    told_bytes: u64,
    rows_expected: u64,
}

impl SheetText {
    pub(super) fn new(width: usize, file_bytes: u64, rows_expected: u64) -> Self {
        Self {
            width,
            text: String::new(),
            lines: Vec::new(),
            text_bytes: 0,
            file_bytes,
            told_bytes: 0,
            rows_expected: rows_expected.max(1),
        }
    }

    /// Adds a row that is not blank. Returns a chunk where one is full.
    pub(super) fn add(&mut self, row: &SheetRow, path: &Path) -> Result<Option<Chunk>, Fault> {
        let start = self.text.len();
        let mut columns = 0;
        let mut quoted = false;
        for (column, text) in row.cells() {
            for _ in columns..=column {
                if columns > 0 {
                    self.text.push(char::from(DELIMITER));
                }
                columns += 1;
            }
            quoted |= self.add_cell(text);
        }
        while columns < self.width {
            if columns > 0 {
                self.text.push(char::from(DELIMITER));
            }
            columns += 1;
        }
        let end = self.text.len();
        self.text.push('\n');
        self.lines.push(Line {
            start,
            end,
            row: row.row,
            quoted,
            form: if row.is_endless() {
                Form::Endless
            } else {
                Form::Whole
            },
        });
        self.text_bytes += (end - start) as u64;
        if self.text_bytes > MOST_TEXT_BYTES {
            return Err(file::about("read.too_large_inside", path));
        }
        Ok((self.text.len() >= CHUNK_BYTES).then(|| self.take(false)))
    }

    /// Adds a row that cannot be read, as the text that it is. Returns a chunk where one is full.
    pub(super) fn add_unreadable(&mut self, row: u64, text: &str) -> Option<Chunk> {
        let start = self.text.len();
        let line_ends = |char| matches!(char, '\n' | '\r');
        for part in text.split(line_ends) {
            self.text.push_str(part);
        }
        let end = self.text.len();
        self.text.push('\n');
        self.lines.push(Line {
            start,
            end,
            row,
            quoted: false,
            form: Form::Endless,
        });
        (end >= CHUNK_BYTES).then(|| self.take(false))
    }

    /// Whether it needed quotation marks.
    fn add_cell(&mut self, text: &str) -> bool {
        let needs = |byte: u8| matches!(byte, b'"' | b'\n' | b'\r' | DELIMITER);
        if !text.bytes().any(needs) {
            self.text.push_str(text);
            return false;
        }
        self.text.push('"');
        for (at, part) in text.split('"').enumerate() {
            if at > 0 {
                self.text.push_str("\"\"");
            }
            self.text.push_str(part);
        }
        self.text.push('"');
        true
    }

    /// What has gathered; at the end, with the bytes of the file that are not told yet.
    pub(super) fn take(&mut self, at_end: bool) -> Chunk {
        let lines = std::mem::take(&mut self.lines);
        let left = self.file_bytes - self.told_bytes;
        let share = lines.len() as f64 / self.rows_expected as f64;
        let file_bytes = if at_end {
            left
        } else {
            left.min((self.file_bytes as f64 * share) as u64)
        };
        self.told_bytes += file_bytes;
        Chunk {
            text: std::mem::take(&mut self.text).into_bytes(),
            lines,
            file_bytes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::csv_records::cut;

    #[test]
    fn cells_come_back_as_they_were() {
        let mut row = SheetRow::default();
        let mut text = SheetText::new(6, 100, 10);
        let cells = ["\"a\",", "", "第一行\n第二行", "=1+1", " x "];
        row.begin(7);
        for (column, cell) in cells.iter().enumerate() {
            row.add(column, |out| out.push_str(cell));
        }
        assert!(text.add(&row, Path::new("a")).unwrap().is_none());
        row.begin(9);
        row.add(7, |out| out.push('z'));
        text.add(&row, Path::new("a")).unwrap();
        let first = text.take(false);
        assert_eq!((first.file_bytes, text.take(true).file_bytes), (20, 80));
        let whole = String::from_utf8(first.text).unwrap();
        let told = |line: &Line| {
            let mut out = Vec::new();
            cut(
                &whole[line.start..line.end],
                DELIMITER,
                line.quoted,
                &mut out,
            );
            (line.row, out.join("|"))
        };
        let lines: Vec<_> = first.lines.iter().map(told).collect();
        assert_eq!(lines[0], (7, "\"a\",||第一行\n第二行|=1+1| x |".to_owned()));
        assert_eq!(lines[1], (9, "|||||||z".to_owned()));
    }

    #[test]
    fn a_row_without_end_is_marked() {
        let mut row = SheetRow::default();
        row.begin(2);
        for column in 0..3 {
            row.add(column, |out| out.push_str(&"x".repeat(1 << 20)));
        }
        let chunk = SheetText::new(3, 1, 1)
            .add(&row, Path::new("a"))
            .unwrap()
            .unwrap();
        assert_eq!(chunk.lines[0].form, Form::Endless);
        assert!(chunk.text.len() < 3 << 20);
    }
}
