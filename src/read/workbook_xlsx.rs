//! Workbooks of Excel 2007 and later, by way of calamine.
//!
//! Only its lazy reader of cells is used: the call that gives a sheet as a whole makes room for the
//! used range that the file states, which may reach the last column of the last row.

use super::archive::Archive;
use super::file;
use super::sheet_number::{NumberFormat, write_number};
use super::sheet_row::{Merge, Merges, SheetRow};
use super::workbook::{SheetTop, Workbook, damaged};
use super::xlsx_watch::Watch;
use crate::base::Progress;
use crate::words::Fault;
use calamine::{Cell, DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
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
    Archive::open(path)?.weigh(progress, &mut |name, bytes, packed| {
        watch.look(name, bytes, packed)
    })?;
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
        has_merges: watch.has_merges(),
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
            let place = cell.as_ref().map(Cell::get_position);
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
        DataRef::String(text) | DataRef::DurationIso(text) => out.push_str(text),
        DataRef::SharedString(text) => out.push_str(text),
        DataRef::Bool(true) => out.push_str("TRUE"),
        DataRef::Bool(false) => out.push_str("FALSE"),
        DataRef::DateTimeIso(text) => out.push_str(text.strip_suffix("T00:00:00").unwrap_or(text)),
        DataRef::Error(error) => out.push_str(&error.to_string()),
        DataRef::Empty => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::base::Progress;
    use crate::read::row_source::{SourceChoice, open_source};
    use crate::words::{Fault, Lang};
    use std::fmt::Write as _;
    use std::io::Write as _;
    use zip::write::SimpleFileOptions;

    const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;
    const RELS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    const BOOK: &str = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
    const BOOK_RELS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

    /// Reads a workbook with the texts and the cells as (place, text). Returns its rows.
    fn read(texts: &str, cells: &[(&str, &str)]) -> Result<Vec<u64>, Fault> {
        let mut sheet = String::from(
            r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>"#,
        );
        for (place, text) in cells {
            let row = place.trim_start_matches(|char: char| char.is_ascii_alphabetic());
            write!(
                sheet,
                r#"<row r="{row}"><c r="{place}" t="inlineStr"><is><t>{text}</t></is></c></row>"#
            )
            .unwrap();
        }
        sheet += "</sheetData></worksheet>";
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.xlsx");
        let mut writer = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
        for (name, content) in [
            ("[Content_Types].xml", TYPES),
            ("_rels/.rels", RELS),
            ("xl/workbook.xml", BOOK),
            ("xl/_rels/workbook.xml.rels", BOOK_RELS),
            ("xl/worksheets/sheet1.xml", &sheet),
            ("xl/sharedStrings.xml", texts),
        ] {
            writer
                .start_file(name, SimpleFileOptions::default())
                .unwrap();
            writer.write_all(content.as_bytes()).unwrap();
        }
        writer.finish().unwrap();
        let mut source = open_source(&path, &SourceChoice::default(), &Progress::new())?;
        let mut rows = Vec::new();
        while let Some(chunk) = source.next()? {
            rows.extend(chunk.lines.iter().map(|line| line.row));
        }
        Ok(rows)
    }

    const HEADERS: [(&str, &str); 2] = [("A1", "户编号"), ("B1", "户主姓名")];

    /// The rows of a sheet with these cells below its headers, or why it is refused.
    fn rows(cells: &[(&str, &str)]) -> Result<Vec<u64>, &'static str> {
        let cells = [&HEADERS, cells].concat();
        read("<sst/>", &cells).map_err(|fault| {
            for lang in Lang::ALL {
                assert!(!fault.text(lang).contains('{'), "{}", fault.text(lang));
            }
            fault.message.key()
        })
    }

    #[test]
    fn rows_are_where_their_numbers_say_or_the_file_is_refused() {
        // One row in two pieces loses nothing.
        let split = [("A2", "1"), ("B2", "甲"), ("A9", "2"), ("A1048576", "3")];
        assert_eq!(rows(&split), Ok(vec![2, 9, 1_048_576]));
        let disordered = Err("read.rows_disordered");
        assert_eq!(rows(&[("A2", "1"), ("A4", "2"), ("A3", "3")]), disordered);
        assert_eq!(rows(&[("A2", "1"), ("A3", "2"), ("A2", "3")]), disordered);
        assert_eq!(rows(&[("A2", "1"), ("A2", "2")]), disordered);
        assert_eq!(rows(&[("A2", "1"), ("A1048577", "2")]), disordered);
        // Numbers that no row can have: what the crate makes of them is no row of ours.
        assert!(rows(&[("A2", "1"), ("A4294967298", "2")]).is_err());
        assert!(rows(&[("A2", "1"), ("A0", "2")]).is_err());
    }

    #[test]
    fn cells_too_far_right_are_said() {
        assert_eq!(rows(&[("A2", "1"), ("AMJ2", "x")]), Ok(vec![2]));
        let blank = [("A2", "1"), ("AMK2", " "), ("XFD3", "")];
        assert_eq!(rows(&blank), Ok(vec![2]));
        assert_eq!(
            rows(&[("A2", "1"), ("AMK2", "x")]),
            Err("read.row_too_wide")
        );
        assert_eq!(
            rows(&[("A2", "1"), ("ZZZZ2", "x")]),
            Err("read.row_too_wide")
        );
    }

    #[test]
    fn texts_that_unfold_too_far_are_refused_before_they_are_kept() {
        // A text of 17 MB, of figures that do not pack well: no cell holds so much.
        let mut state = 1_u32;
        let mut figure = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            char::from(b'0' + (state >> 16) as u8 % 10)
        };
        let text: String = (0..17 << 20).map(|_| figure()).collect();
        let texts = format!("<sst><si><t>{text}</t></si></sst>");
        let fault = read(&texts, &HEADERS).unwrap_err();
        assert_eq!(fault.message.key(), "read.too_large_inside");
    }
}
