//! A CSV file as chunks of whole records, each with the row that a spreadsheet shows for it.

use super::csv_records::{Record, cut, first_line_end, next_record};
use super::delimiter::{self, MOST_TEXT_COLUMNS};
use super::file;
use super::header_row::{self, Header};
use super::text_stream::TextStream;
use crate::words::Fault;
use std::path::PathBuf;

/// How much of the file is taken at a time. Rows are a few times larger in memory than as text, and
/// a chunk of them should stay in the processor's cache until it is stored.
pub(super) const CHUNK_BYTES: usize = 1 << 18;
/// A record longer than this is none: a quotation mark was not closed, or the file is no table.
const RECORD_BYTES: usize = 1 << 20;

/// How a record came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Whole.
    Whole,
    /// The file ended inside its quotation marks.
    CutShort,
    /// Its quotation marks swallowed the lines behind it; this is its first line alone.
    Swallowing,
    /// Too long to be a row.
    Endless,
}

impl Form {
    /// Whether the line can be cut into the cells of one row.
    pub(super) fn is_readable(self) -> bool {
        matches!(self, Self::Whole | Self::CutShort)
    }
}

/// One row, as byte offsets in the text of its chunk.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Row as a spreadsheet counts it.
    pub(super) row: u64,
    pub(super) quoted: bool,
    pub(super) form: Form,
}

/// Some rows with their text.
pub(super) struct Chunk {
    /// UTF-8 of whole records.
    pub(super) text: Vec<u8>,
    pub(super) lines: Vec<Line>,
    /// Bytes of the file that were taken for it.
    pub(super) file_bytes: u64,
}

/// The rest of a file behind its header.
pub(super) struct CsvChunks {
    path: PathBuf,
    stream: TextStream,
    /// Text that is read and not yet given out.
    buffer: Vec<u8>,
    file_bytes: u64,
    at_end: bool,
    /// Row of the last line that was given out.
    row: u64,
    /// Inside an endless line, whose end is still to come.
    skipping: bool,
    pub(super) delimiter: u8,
    cells: usize,
}

impl CsvChunks {
    /// Finds the delimiter and the headers; whatever stands above them is taken off.
    pub(super) fn open(
        path: PathBuf,
        stream: TextStream,
        header_row: Option<u64>,
    ) -> Result<(Self, Header), Fault> {
        let mut chunks = Self {
            path,
            stream,
            buffer: Vec::new(),
            file_bytes: 0,
            at_end: false,
            row: 0,
            skipping: false,
            delimiter: b',',
            cells: 0,
        };
        while !chunks.at_end && chunks.buffer.len() < RECORD_BYTES {
            chunks.fill()?;
        }
        chunks.delimiter = delimiter::detect(&chunks.buffer, chunks.at_end, header_row);
        let header = chunks.take_header(header_row)?;
        chunks.cells = header.names.len();
        Ok((chunks, header))
    }

    /// The next rows, or `None` at the end of the file.
    pub(super) fn next(&mut self) -> Result<Option<Chunk>, Fault> {
        let mut lines = Vec::new();
        loop {
            let used = self.split(&mut lines);
            if !lines.is_empty() || self.at_end {
                let rest = self.buffer.split_off(used);
                let text = std::mem::replace(&mut self.buffer, rest);
                let file_bytes = std::mem::take(&mut self.file_bytes);
                let is_last = lines.is_empty() && file_bytes == 0;
                return Ok((!is_last).then_some(Chunk {
                    text,
                    lines,
                    file_bytes,
                }));
            }
            self.buffer.drain(..used);
            self.fill()?;
        }
    }

    fn fill(&mut self) -> Result<(), Fault> {
        let read = self
            .stream
            .read_onto(&mut self.buffer)
            .map_err(|error| file::cannot_read(&self.path).because(error))?;
        self.file_bytes += read;
        self.at_end = read == 0;
        Ok(())
    }

    /// Takes everything as far as the headers off the buffer.
    fn take_header(&mut self, said: Option<u64>) -> Result<Header, Fault> {
        let sample = delimiter::sample(&self.buffer, self.delimiter, self.at_end, said);
        let header = header_row::find(&sample.rows, said);
        let behind = header
            .as_ref()
            .and_then(|header| sample.behind.get(header.at));
        match (header, behind) {
            (Some(header), Some(behind)) => {
                let cells = sample.cells.get(header.at).copied().unwrap_or_default();
                let cells = cells.max(header.names.len());
                if cells > MOST_TEXT_COLUMNS {
                    return Err(file::too_many_columns(&self.path, cells, MOST_TEXT_COLUMNS));
                }
                self.row = header.row;
                self.buffer.drain(..*behind);
                Ok(header)
            }
            _ if !sample.rows.is_empty() => Err(file::no_header_row(&self.path, said)),
            _ if self.at_end => Err(file::about("read.empty_file", &self.path)),
            _ => Err(file::about("read.no_table", &self.path)),
        }
    }

    /// Splits the buffer as far as it holds whole records; returns how many bytes they take.
    fn split(&mut self, lines: &mut Vec<Line>) -> usize {
        let mut at = 0;
        if self.skipping {
            let Some((_, behind)) = first_line_end(&self.buffer, 0, self.buffer.len()) else {
                return self.buffer.len();
            };
            self.skipping = false;
            at = behind;
        }
        loop {
            let mut goes_on = false;
            let record = match next_record(&self.buffer, at, self.delimiter, self.at_end) {
                Some(record) => record,
                None if self.buffer.len().saturating_sub(at) > RECORD_BYTES => {
                    goes_on = true;
                    Record::open(at, self.buffer.len())
                }
                None => return at,
            };
            self.row += 1;
            if record.is_blank(&self.buffer, self.delimiter) {
                at = record.next;
                continue;
            }
            let line = self.judge(&record);
            at = match line.form {
                Form::Swallowing => first_line_end(&self.buffer, line.start, record.end)
                    .map_or(record.next, |(_, behind)| behind),
                _ => record.next,
            };
            self.skipping = line.form == Form::Endless && goes_on;
            lines.push(line);
        }
    }

    /// Decides whether a record is what it seems. Several lines in one record are fine where a
    /// quoted cell has line ends in it; they are not where a line behind the first is a row by itself.
    fn judge(&self, record: &Record) -> Line {
        let mut line = Line {
            start: record.start,
            end: record.end,
            row: self.row,
            quoted: record.quoted,
            form: Form::Whole,
        };
        let too_long = record.end - record.start > RECORD_BYTES;
        if !record.quoted && !too_long {
            return line;
        }
        let Some((first_end, second)) = first_line_end(&self.buffer, record.start, record.end)
        else {
            line.form = match (too_long, record.open) {
                (true, _) => Form::Endless,
                (false, true) => Form::CutShort,
                (false, false) => Form::Whole,
            };
            return line;
        };
        let swallows = too_long
            || (record.open || record.garbled || self.cells_of(record) != self.cells)
                && self.hides_a_row(second, record.end);
        if swallows {
            line.end = first_end;
            line.form = Form::Swallowing;
        } else if record.open {
            line.form = Form::CutShort;
        }
        line
    }

    /// Whether one of the lines between two places has as many cells as the header.
    fn hides_a_row(&self, mut at: usize, end: usize) -> bool {
        while at < end {
            let (line_end, behind) = first_line_end(&self.buffer, at, end).unwrap_or((end, end));
            if line_end > at && self.cells_of(&Record::open(at, line_end)) == self.cells {
                return true;
            }
            at = behind;
        }
        false
    }

    fn cells_of(&self, record: &Record) -> usize {
        let text = self.buffer.get(record.start..record.end);
        let text = String::from_utf8_lossy(text.unwrap_or_default());
        let mut cells = Vec::new();
        cut(&text, self.delimiter, record.quoted, &mut cells);
        cells.len()
    }
}
