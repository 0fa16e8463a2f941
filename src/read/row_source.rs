//! One interface over all forms of tables: the headers, and then the rows in chunks of text.
//!
//! The rows of sheets and of `GeoJSON` are written as CSV text, so that cutting, typing and giving
//! back rejected rows are the same for every form.

use super::csv_chunks::{CHUNK_BYTES, Chunk, CsvChunks};
use super::encoding::{self, Encoding, EncodingChoice};
use super::file;
use super::inspection::{EncodingCandidate, FileForm};
use super::text_stream::TextStream;
use crate::base::Progress;
use crate::datum::Datum;
use crate::words::Fault;
use std::path::Path;

/// What somebody says about a table. Whatever is left open is found out.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct SourceChoice<'a> {
    pub(super) encoding: EncodingChoice,
    /// The sheet of a workbook.
    pub(super) sheet: Option<&'a str>,
    /// The row of the headers, as a spreadsheet counts it.
    pub(super) header_row: Option<u64>,
}

/// A table that is open behind its headers.
pub(super) struct RowSource {
    pub(super) form: FileForm,
    /// UTF-8 where the form has an encoding of its own.
    pub(super) encoding: Encoding,
    /// The encodings in which the file could be; empty where there is no doubt.
    pub(super) encodings: Vec<EncodingCandidate>,
    /// What stands between the cells of the text in its chunks.
    pub(super) delimiter: u8,
    /// The sheets of a workbook, hidden ones last.
    pub(super) sheets: Vec<String>,
    pub(super) sheet: Option<String>,
    /// The row of the headers, as a spreadsheet counts it; 0 where the form has none.
    pub(super) header_row: u64,
    /// Text of the rows above the headers.
    pub(super) titles: Vec<String>,
    /// The headers, trimmed; empty where a column has none.
    pub(super) header: Vec<String>,
    /// The coordinate system, where the file itself says it.
    pub(super) datum: Option<Datum>,
    rows: Rows,
}

enum Rows {
    Text(CsvChunks),
}

impl RowSource {
    /// The next rows, or `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Chunk>, Fault> {
        match &mut self.rows {
            Rows::Text(chunks) => chunks.next(),
        }
    }
}

/// Opens a table of any form. Progress counts bytes of the file; its total is set here.
pub(super) fn open_source(
    path: &Path,
    choice: &SourceChoice,
    progress: &Progress,
) -> Result<RowSource, Fault> {
    open_text(path, choice, progress)
}

fn open_text(path: &Path, choice: &SourceChoice, progress: &Progress) -> Result<RowSource, Fault> {
    let (mut source, file_bytes) = file::open_text(path)?;
    progress.set_total(file_bytes);
    let finding = encoding::find(&mut source, path, choice.encoding, progress)?;
    let encoding = finding.encoding;
    let stream = TextStream::new(source, finding, CHUNK_BYTES);
    let (chunks, header) = CsvChunks::open(path.to_owned(), stream, choice.header_row)?;
    Ok(RowSource {
        form: FileForm::Csv,
        encoding,
        encodings: Vec::new(),
        delimiter: chunks.delimiter,
        sheets: Vec::new(),
        sheet: None,
        header_row: header.row,
        titles: header.titles,
        header: header.names,
        datum: None,
        rows: Rows::Text(chunks),
    })
}
