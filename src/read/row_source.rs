//! One interface over all forms of tables: the headers, and then the rows in chunks of text.
//!
//! The rows of sheets and of `GeoJSON` are written as CSV text, so that cutting, typing and giving
//! back rejected rows are the same for every form.

use super::csv_chunks::{CHUNK_BYTES, Chunk, CsvChunks};
use super::encoding::{self, Encoding, EncodingChoice};
use super::file;
use super::form::form_of;
use super::inspection::{EncodingCandidate, FileForm};
use super::sheet_text::DELIMITER;
use super::text_stream::TextStream;
use super::workbook::SheetChunks;
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
    Sheet(SheetChunks),
}

impl RowSource {
    /// The next rows, or `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Chunk>, Fault> {
        match &mut self.rows {
            Rows::Text(chunks) => chunks.next(),
            Rows::Sheet(chunks) => chunks.next(),
        }
    }
}

/// Opens a table of any form. Progress counts bytes of the file; its total is set here.
pub(super) fn open_source(
    path: &Path,
    choice: &SourceChoice,
    progress: &Progress,
) -> Result<RowSource, Fault> {
    match form_of(path)? {
        form @ (FileForm::Xlsx | FileForm::Xls | FileForm::Ods) => {
            open_sheet(path, form, choice, progress)
        }
        _ => open_text(path, choice, progress),
    }
}

fn open_sheet(
    path: &Path,
    form: FileForm,
    choice: &SourceChoice,
    progress: &Progress,
) -> Result<RowSource, Fault> {
    let (chunks, opened) =
        SheetChunks::open(path, form, choice.sheet, choice.header_row, progress)?;
    Ok(RowSource {
        form,
        encoding: Encoding::Utf8,
        encodings: Vec::new(),
        delimiter: DELIMITER,
        sheets: opened.sheets,
        sheet: Some(opened.sheet),
        header_row: opened.header.row,
        titles: opened.header.titles,
        header: opened.header.names,
        datum: None,
        rows: Rows::Sheet(chunks),
    })
}

fn open_text(path: &Path, choice: &SourceChoice, progress: &Progress) -> Result<RowSource, Fault> {
    let (mut source, file_bytes) = file::open_text(path)?;
    progress.set_total(file_bytes);
    let finding = encoding::find(&mut source, path, choice.encoding, progress)?;
    let stream = TextStream::new(source, &finding, CHUNK_BYTES);
    let (chunks, header) = CsvChunks::open(path.to_owned(), stream, choice.header_row)?;
    Ok(RowSource {
        form: FileForm::Csv,
        encoding: finding.encoding,
        encodings: finding.candidates,
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
