//! Workbooks of Excel 2007 and later, by way of calamine.
//!
//! Only its lazy reader of cells is used: the call that gives a sheet as a whole makes room for the
//! used range that the file states, which may reach the last column of the last row.

use super::archive::Archive;
use super::file;
use super::sheet_number::{NumberFormat, write_number};
use super::sheet_row::{Merge, Merges, SheetRow};
use super::workbook::{SheetTop, Workbook, damaged};
use crate::base::Progress;
use crate::words::Fault;
use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

pub(super) struct XlsxBook {
    path: PathBuf,
    book: Xlsx<BufReader<File>>,
    /// The sheets of cells, by name, with whether each is hidden.
    sheets: Vec<(String, bool)>,
    /// Whether cells are merged in any sheet.
    has_merges: bool,
}

/// Opens a workbook once everything in it was counted.
pub(super) fn open(path: &Path, progress: &Progress) -> Result<XlsxBook, Fault> {
    let mut watch = Watch::default();
    Archive::open(path)?.weigh(progress, &mut |name, bytes| watch.look(name, bytes))?;
    if watch.claims_too_much() {
        return Err(damaged(path));
    }
    let (source, _) = file::open(path)?;
    let book = Xlsx::new(BufReader::new(source)).map_err(|error| fault(path, error))?;
    let sheets = book.sheets_metadata().iter();
    let sheets = sheets.filter(|sheet| sheet.typ == SheetType::WorkSheet);
    Ok(XlsxBook {
        path: path.to_owned(),
        sheets: sheets
            .map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible))
            .collect(),
        book,
        has_merges: watch.has_merges,
    })
}

fn fault(path: &Path, error: XlsxError) -> Fault {
    match error {
        XlsxError::Password => file::about("read.encrypted", path),
        error => damaged(path).because(error),
    }
}

impl Workbook for XlsxBook {
    fn tops(&mut self, said: Option<u64>) -> Result<Vec<SheetTop>, Fault> {
        let mut tops = Vec::new();
        for at in 0..self.sheets.len() {
            let Some((name, hidden)) = self.sheets.get(at).cloned() else {
                break;
            };
            let mut top = SheetTop {
                name,
                hidden,
                ..SheetTop::default()
            };
            // The stated size only breaks ties and paces the progress.
            top.rows = self.read(at, &mut |row| Ok(top.take(row, said)))?;
            tops.push(top);
        }
        Ok(tops)
    }

    fn rows(
        &mut self,
        sheet: usize,
        each: &mut dyn FnMut(&SheetRow) -> Result<bool, Fault>,
    ) -> Result<(), Fault> {
        self.read(sheet, each).map(|_| ())
    }
}

impl XlsxBook {
    /// Hands on the rows of a sheet; returns how many it states.
    fn read(
        &mut self,
        sheet: usize,
        each: &mut dyn FnMut(&SheetRow) -> Result<bool, Fault>,
    ) -> Result<u64, Fault> {
        let path = &self.path;
        let Some((name, _)) = self.sheets.get(sheet) else {
            return Ok(0);
        };
        let mut merges = Merges::default();
        if self.has_merges {
            let found = self.book.merge_cells_by_sheet_name(name);
            let found = found.map_err(|error| fault(path, error))?;
            merges = Merges::of(found.iter().map(merge).collect());
        }
        let since_1904 = self.book.has_1904_epoch();
        let mut cells = self
            .book
            .worksheet_cells_reader(name)
            .map_err(|error| fault(path, error))?;
        let stated = u64::from(cells.dimensions().end.0) + 1;
        let mut row = SheetRow::default();
        loop {
            let cell = cells.next_cell().map_err(|error| fault(path, error))?;
            let place = cell.as_ref().map(|cell| cell.get_position());
            let number = place.map(|(row, _)| u64::from(row) + 1);
            if number != Some(row.row) {
                if row.row > 0 {
                    merges.fill(&mut row);
                    if !each(&row)? {
                        return Ok(stated);
                    }
                }
                let Some(number) = number else {
                    return Ok(stated);
                };
                row.begin(number);
            }
            if let (Some(cell), Some((_, column))) = (cell, place) {
                row.add(column as usize, |out| {
                    write_cell(out, cell.get_value(), since_1904);
                });
            }
        }
    }
}

fn merge(area: &calamine::Dimensions) -> Merge {
    Merge {
        first_row: u64::from(area.start.0),
        last_row: u64::from(area.end.0),
        column: area.start.1 as usize,
    }
}

fn write_cell(out: &mut String, value: &DataRef<'_>, since_1904: bool) {
    let mut number = |value, format, since_1904| write_number(out, value, format, since_1904);
    match value {
        DataRef::Int(value) => number(*value as f64, NumberFormat::Plain, false),
        DataRef::Float(value) => number(*value, NumberFormat::Plain, false),
        DataRef::DateTime(value) => {
            let format = if value.is_duration() {
                NumberFormat::Hours
            } else {
                NumberFormat::Day
            };
            number(value.as_f64(), format, since_1904);
        }
        DataRef::String(text) => out.push_str(text),
        DataRef::SharedString(text) => out.push_str(text),
        DataRef::Bool(true) => out.push_str("TRUE"),
        DataRef::Bool(false) => out.push_str("FALSE"),
        DataRef::DateTimeIso(text) => out.push_str(text.strip_suffix("T00:00:00").unwrap_or(text)),
        DataRef::DurationIso(text) => out.push_str(text),
        DataRef::Error(error) => out.push_str(&error.to_string()),
        DataRef::Empty => {}
    }
}

/// What is noticed while everything is counted.
#[derive(Debug, Default)]
struct Watch {
    /// The last bytes that were seen of the file inside, in case a word is cut.
    held: Vec<u8>,
    name: String,
    has_merges: bool,
    /// Texts that the list of texts claims to have, and its bytes.
    claimed: u64,
    text_bytes: u64,
}

impl Watch {
    fn look(&mut self, name: &str, bytes: &[u8]) {
        if name != self.name {
            name.clone_into(&mut self.name);
            self.held.clear();
        }
        let is_texts = name.to_ascii_lowercase().ends_with("sharedstrings.xml");
        self.held.extend_from_slice(bytes);
        if is_texts {
            self.text_bytes += bytes.len() as u64;
            self.claimed = self.claimed.max(largest_claim(&self.held));
        } else if !self.has_merges {
            self.has_merges = holds(&self.held, b"mergeCell ");
        }
        let keep = self.held.len().saturating_sub(64);
        self.held.drain(..keep);
    }

    /// The crate makes room for as many texts as are claimed. The shortest takes five bytes.
    fn claims_too_much(&self) -> bool {
        self.claimed > self.text_bytes / 5 + 1000
    }
}

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    let Some((first, rest)) = word.split_first() else {
        return false;
    };
    let mut left = bytes;
    while let Some(at) = left.iter().position(|byte| byte == first) {
        left = left.get(at + 1..).unwrap_or_default();
        if left.starts_with(rest) {
            return true;
        }
    }
    false
}

/// The largest number behind `uniqueCount=` in some bytes.
fn largest_claim(bytes: &[u8]) -> u64 {
    let word = b"uniqueCount";
    let claims = bytes.windows(word.len()).enumerate();
    let claims = claims.filter(|(_, window)| window == word);
    let number = |(at, _): (usize, &[u8])| {
        let behind = bytes.get(at + word.len()..).unwrap_or_default();
        let digits = behind.iter().skip_while(|byte| !byte.is_ascii_digit());
        let digits = digits.take_while(|byte| byte.is_ascii_digit());
        digits.fold(0_u64, |sum, digit| {
            sum.saturating_mul(10)
                .saturating_add(u64::from(digit - b'0'))
        })
    };
    claims.map(number).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_are_cut_are_seen() {
        let mut watch = Watch::default();
        watch.look("xl/worksheets/sheet1.xml", b"</sheetData><merge");
        watch.look("xl/worksheets/sheet1.xml", b"Cell ref=\"A1:B2\"/>");
        assert!(watch.has_merges);
        watch.look("xl/sharedStrings.xml", b"<sst unique");
        watch.look("xl/sharedStrings.xml", b"Count=\"4000000000\">");
        assert!(watch.claims_too_much());
        assert_eq!(
            largest_claim(b"uniqueCount = '99999999999999999999999'"),
            u64::MAX
        );
        assert!(!holds(b"mergeCells", b"mergeCell "));
    }
}
