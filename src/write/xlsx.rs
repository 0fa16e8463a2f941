//! Tables as an Excel workbook, row by row, in little memory.

use super::output::{self, ROWS_A_TICK};
use super::table::{Cell, RowSource};
use crate::base::{AtomicFile, Progress, digits};
use crate::words::{Fault, Message};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};
use std::borrow::Cow;
use std::path::Path;

/// Rows of a sheet below its header.
const MAX_ROWS: usize = 1_048_575;
/// Characters of a cell, as Excel counts them (UTF-16).
const MAX_CELL_CHARS: usize = 32_767;
/// Excel's number of 1970-01-01.
const EPOCH_SERIAL: f64 = 25_569.0;
/// Excel's first day that it shows right.
const FIRST_SERIAL: f64 = 61.0;

/// The names of the two sheets, in the language of whoever exports.
#[derive(Debug, Clone, Copy)]
pub struct SheetNames<'a> {
    /// The sheet with the rows.
    pub table: &'a str,
    /// The sheet that says what the file is.
    pub about: &'a str,
}

/// Writes a table with a frozen header, column widths and a filter, and a second sheet of
/// `about` pairs: what, when, which filter, counts. Ids, codes and phones are text cells, so
/// that no digit is lost; text is never run as a formula.
pub fn write_xlsx(
    path: &Path,
    table: &dyn RowSource,
    about: &[(String, String)],
    sheets: SheetNames<'_>,
    progress: &Progress,
) -> Result<(), Fault> {
    if table.len() > MAX_ROWS {
        return Err(Fault::input(
            Message::new("write.too_many_rows")
                .arg("rows", digits::grouped(table.len() as u64))
                .arg("most", digits::grouped(MAX_ROWS as u64)),
        ));
    }
    let failed = || output::failed::<XlsxError>(path);
    progress.set_total(table.len() as u64);
    let mut file = output::open(path)?;
    let mut workbook = Workbook::new();
    // The rows wait in a nameless file beside the target, not in a common folder for all users.
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        workbook.set_tempdir(folder).map_err(failed())?;
    }
    workbook.set_zip_compression_level(2);
    // Past some two hundred thousand rows a sheet can pass the 4 GiB of an ordinary archive.
    workbook.use_zip_large_file(table.len() > 200_000);

    let header = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
        .set_border_bottom(FormatBorder::Thin);
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let sheet = workbook
        .add_worksheet_with_constant_memory()
        .map_err(failed())?;
    write_head(sheet, table, sheets.table, &header).map_err(failed())?;
    let mut cells = Vec::with_capacity(table.columns().len());
    for index in 0..table.len() {
        if index % ROWS_A_TICK == 0 {
            progress.tick(ROWS_A_TICK.min(table.len() - index) as u64)?;
        }
        cells.clear();
        table.row(index, &mut cells);
        write_row(sheet, index as u32 + 1, &cells, &day).map_err(failed())?;
    }

    let second = workbook.add_worksheet();
    write_about(second, about, sheets.about).map_err(failed())?;
    progress.tick(0)?;
    save(&mut workbook, &mut file).map_err(failed())?;
    progress.tick(0)?;
    output::finish(path, file)
}

fn write_head(
    sheet: &mut Worksheet,
    table: &dyn RowSource,
    name: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    sheet.set_name(sheet_name(name))?;
    sheet.set_freeze_panes(1, 0)?;
    for (at, column) in table.columns().iter().enumerate() {
        let at = at as u16;
        sheet.set_column_width(at, column.width_chars.clamp(2.0, 120.0))?;
        sheet.write_string_with_format(0, at, column.header.as_str(), format)?;
    }
    if let Some(last) = table.columns().len().checked_sub(1) {
        sheet.autofilter(0, 0, table.len() as u32, last as u16)?;
    }
    Ok(())
}

fn write_row(
    sheet: &mut Worksheet,
    row: u32,
    cells: &[Cell<'_>],
    day: &Format,
) -> Result<(), XlsxError> {
    for (at, cell) in cells.iter().enumerate() {
        let at = at as u16;
        match cell {
            Cell::Text(text) if !text.is_empty() => {
                sheet.write_string(row, at, fitting(text).as_ref())?;
            }
            Cell::Number(number) if number.is_finite() => {
                sheet.write_number(row, at, *number)?;
            }
            Cell::Date(date) => {
                let serial = f64::from(date.days()) + EPOCH_SERIAL;
                if serial < FIRST_SERIAL {
                    sheet.write_string(row, at, date.to_string())?;
                } else {
                    sheet.write_number_with_format(row, at, serial, day)?;
                }
            }
            Cell::Text(_) | Cell::Number(_) | Cell::Empty => {}
        }
    }
    Ok(())
}

fn write_about(
    sheet: &mut Worksheet,
    about: &[(String, String)],
    name: &str,
) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold().set_align(FormatAlign::Top);
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_name(sheet_name(name))?;
    sheet.set_column_width(0, 22.0)?;
    sheet.set_column_width(1, 80.0)?;
    for (row, (what, value)) in (0_u32..).zip(about) {
        sheet.write_string_with_format(row, 0, fitting(what).as_ref(), &bold)?;
        sheet.write_string_with_format(row, 1, fitting(value).as_ref(), &wrapped)?;
    }
    Ok(())
}

fn save(workbook: &mut Workbook, file: &mut AtomicFile) -> Result<(), XlsxError> {
    workbook.save_to_writer(file)
}

/// A name that Excel takes for a sheet: at most 31 characters, none of `[]:*?/\`.
fn sheet_name(name: &str) -> String {
    let name: String = name
        .chars()
        .filter(|char| !matches!(char, '[' | ']' | ':' | '*' | '?' | '/' | '\\'))
        .take(31)
        .collect();
    name.trim_matches('\'').to_owned()
}

/// The text, or as much of it as a cell holds, with an ellipsis that shows the cut.
fn fitting(text: &str) -> Cow<'_, str> {
    if text.len() <= MAX_CELL_CHARS || text.encode_utf16().count() <= MAX_CELL_CHARS {
        return Cow::Borrowed(text);
    }
    let mut units = 0;
    let mut kept: String = text
        .chars()
        .take_while(|char| {
            units += char.len_utf16();
            units < MAX_CELL_CHARS
        })
        .collect();
    kept.push('…');
    Cow::Owned(kept)
}

#[cfg(test)]
mod tests {
    use super::super::table::fixture::{Fixture, check_cancelled_half_way};
    use super::super::table::{Column, RowSource};
    use super::*;
    use crate::model::LonLat;

    const SHEETS: SheetNames<'_> = SheetNames {
        table: "名单",
        about: "说明",
    };

    #[test]
    fn a_workbook_is_a_zip_with_both_sheets() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("名单.xlsx");
        let about = [("口径".to_owned(), "=1+1".to_owned())];
        write_xlsx(&path, &Fixture::long(), &about, SHEETS, &Progress::new()).unwrap();
        let bytes = std::fs::read(&path).unwrap();
        let holds = |name: &[u8]| bytes.windows(name.len()).any(|window| window == name);
        assert!(bytes.starts_with(b"PK\x03\x04"));
        assert!(holds(b"xl/worksheets/sheet1.xml") && holds(b"xl/worksheets/sheet2.xml"));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn cancelled_half_way_nothing_is_left() {
        check_cancelled_half_way(|path, table, progress| {
            write_xlsx(path, table, &[], SHEETS, progress)
        });
    }

    #[test]
    fn more_rows_than_a_sheet_holds_are_refused_before_anything_is_written() {
        struct Endless;
        impl RowSource for Endless {
            fn columns(&self) -> &[Column] {
                &[]
            }
            fn len(&self) -> usize {
                MAX_ROWS + 1
            }
            fn row<'a>(&'a self, _: usize, _: &mut Vec<Cell<'a>>) {
                unreachable!("no row is asked for")
            }
            fn position(&self, _: usize) -> Option<LonLat> {
                None
            }
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.xlsx");
        let fault = write_xlsx(&path, &Endless, &[], SHEETS, &Progress::new()).unwrap_err();
        assert!(fault.to_string().contains("1,048,576"), "{fault}");
        assert!(!path.exists());
    }

    #[test]
    fn names_and_texts_are_made_to_fit() {
        assert_eq!(sheet_name("名单[1]: a/b?"), "名单1 ab");
        assert_eq!(sheet_name(&"长".repeat(40)).chars().count(), 31);
        assert_eq!(fitting("短"), "短");
        let cut = fitting(&"字".repeat(40_000)).into_owned();
        assert_eq!(cut.chars().count(), MAX_CELL_CHARS);
        assert!(cut.ends_with('…'));
    }
}
