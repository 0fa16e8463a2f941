//! Workbooks of Excel 97 (and 95).
//!
//! Read here rather than by calamine, which makes room for the area that a sheet claims to use, follows
//! sectors in circles and panics on cut records; a test holds the two side by side.

use super::biff::{Cursor, Record, Records, bytes_text, f64_at, packed_number};
use super::file;
use super::form::MOST_OLE_BYTES;
use super::ole::{Ole, u16_at, u32_at};
use super::sheet_number::{NumberFormat, built_in, of_code, write_number};
use super::sheet_row::{Merge, Merges, SheetRow};
use super::workbook::{SheetTop, Workbook, damaged};
use crate::base::Progress;
use crate::words::Fault;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Two records begin every part of a workbook and end it.
const BEGIN: u16 = 0x0809;
const END: u16 = 0x000A;

pub(super) struct XlsBook {
    path: PathBuf,
    progress: Progress,
    stream: Vec<u8>,
    globals: Globals,
}

/// What holds for all sheets.
#[derive(Default)]
struct Globals {
    is_excel_95: bool,
    code_page: u16,
    since_1904: bool,
    /// Name, hidden, and where in the stream it begins.
    sheets: Vec<(String, bool, usize)>,
    texts: Vec<String>,
    /// What the style of a cell makes of its number.
    styles: Vec<NumberFormat>,
}

/// Opens a workbook.
pub(super) fn open(path: &Path, progress: &Progress) -> Result<XlsBook, Fault> {
    let (source, _) = file::open(path)?;
    let mut bytes = Vec::new();
    source
        .take(MOST_OLE_BYTES)
        .read_to_end(&mut bytes)
        .map_err(|error| file::cannot_read(path).because(error))?;
    let ole = Ole::open(bytes).ok_or_else(|| damaged(path))?;
    let name = if ole.has("Workbook") {
        "Workbook"
    } else {
        "Book"
    };
    let stream = ole.stream(name).ok_or_else(|| damaged(path))?;
    drop(ole);
    let globals = read_globals(&stream, path, progress)?;
    Ok(XlsBook {
        path: path.to_owned(),
        progress: progress.clone(),
        stream,
        globals,
    })
}

fn read_globals(stream: &[u8], path: &Path, progress: &Progress) -> Result<Globals, Fault> {
    let mut globals = Globals::default();
    let mut formats = BTreeMap::new();
    let mut styles = Vec::new();
    let mut records = Records::new(stream, 0);
    for record in records.by_ref() {
        progress.tick(0)?;
        let data = record.data();
        match record.kind {
            BEGIN => globals.is_excel_95 = u16_at(data, 0) == Some(0x0500),
            0x002F => return Err(file::about("read.encrypted", path)),
            0x0042 => globals.code_page = u16_at(data, 0).unwrap_or_default(),
            0x0022 => globals.since_1904 = u16_at(data, 0) == Some(1),
            0x041E => {
                let code = globals.format_code(&record);
                if let Some((number, code)) = u16_at(data, 0).zip(code) {
                    formats.insert(number, of_code(&code));
                }
            }
            0x00E0 => styles.push(u16_at(data, 2).unwrap_or_default()),
            0x0085 => globals.sheets.extend(globals.sheet(&record)),
            0x00FC => globals.texts = texts(&record, progress)?,
            END => {
                let style = |number: u16| {
                    formats
                        .get(&number)
                        .copied()
                        .unwrap_or_else(|| built_in(number))
                };
                globals.styles = styles.into_iter().map(style).collect();
                return Ok(globals);
            }
            _ => {}
        }
    }
    Err(damaged(path))
}

/// The list of texts that cells refer to.
fn texts(record: &Record<'_>, progress: &Progress) -> Result<Vec<String>, Fault> {
    let stated = u32_at(record.data(), 4).unwrap_or_default();
    let mut cursor = Cursor::new(record, 8);
    let mut texts = Vec::new();
    for _ in 0..stated {
        let Some(text) = cursor.text(2) else {
            break;
        };
        texts.push(text);
        progress.tick(0)?;
    }
    Ok(texts)
}

impl Globals {
    fn sheet(&self, record: &Record<'_>) -> Option<(String, bool, usize)> {
        let data = record.data();
        let is_of_cells = *data.get(5)? == 0;
        let hidden = *data.get(4)? & 3 != 0;
        let name = if self.is_excel_95 {
            bytes_text(data.get(6..)?, 1, self.code_page)?
        } else {
            Cursor::new(record, 6).text(1)?
        };
        is_of_cells.then_some((name, hidden, u32_at(data, 0)? as usize))
    }

    fn format_code(&self, record: &Record<'_>) -> Option<String> {
        if self.is_excel_95 {
            bytes_text(record.data().get(2..)?, 1, self.code_page)
        } else {
            Cursor::new(record, 2).text(2)
        }
    }

    /// A text with two bytes of length, from a place of a record on.
    fn text(&self, record: &Record<'_>, at: usize) -> Option<String> {
        if self.is_excel_95 {
            bytes_text(record.data().get(at..)?, 2, self.code_page)
        } else {
            Cursor::new(record, at).text(2)
        }
    }
}

/// What a cell holds.
enum Value {
    Number(f64, u16),
    /// One of the list of texts.
    Listed(u32),
    Text(String),
    Bool(bool),
    Error(u8),
}

struct Cell {
    row: u16,
    column: u16,
    value: Value,
}

/// The cells of a sheet and what is merged.
#[derive(Default)]
struct Sheet {
    cells: Vec<Cell>,
    merges: Vec<Merge>,
    /// The stream ended before the sheet did.
    cut: bool,
}

impl Sheet {
    fn add(&mut self, data: &[u8], value: Option<Value>) {
        if let (Some(row), Some(column), Some(value)) = (u16_at(data, 0), u16_at(data, 2), value) {
            self.cells.push(Cell { row, column, value });
        }
    }
}

impl XlsBook {
    fn sheet(&self, at: usize) -> Result<Sheet, Fault> {
        let mut sheet = Sheet::default();
        let Some((_, _, start)) = self.globals.sheets.get(at) else {
            return Ok(sheet);
        };
        let mut depth = 0_usize;
        let mut formula = Vec::new();
        let mut records = Records::new(&self.stream, *start);
        for record in records.by_ref() {
            self.progress.tick(0)?;
            match record.kind {
                BEGIN => depth += 1,
                END if depth <= 1 => return Ok(sheet),
                END => depth -= 1,
                // Charts inside a sheet have cells of their own.
                _ if depth > 1 => {}
                _ => self.read_record(&record, &mut sheet, &mut formula),
            }
        }
        sheet.cut = !records.is_at_end() || depth > 0;
        Ok(sheet)
    }

    fn read_record(&self, record: &Record<'_>, sheet: &mut Sheet, formula: &mut Vec<u8>) {
        let data = record.data();
        let style = u16_at(data, 4).unwrap_or_default();
        let number = |value: Option<f64>| value.map(|value| Value::Number(value, style));
        match record.kind {
            0x0203 => sheet.add(data, number(f64_at(data, 6))),
            0x027E => sheet.add(data, number(packed_number(data, 6))),
            0x00BD => self.read_numbers(data, sheet),
            0x00FD => sheet.add(data, u32_at(data, 6).map(Value::Listed)),
            0x0204 | 0x00D6 => sheet.add(data, self.globals.text(record, 6).map(Value::Text)),
            0x0205 => sheet.add(data, flag(data, 6, data.get(7) == Some(&1))),
            0x0006 => match data.get(6..14) {
                Some([0, .., 0xFF, 0xFF]) => data.clone_into(formula),
                Some([1, .., 0xFF, 0xFF]) => sheet.add(data, flag(data, 8, false)),
                Some([2, .., 0xFF, 0xFF]) => sheet.add(data, flag(data, 8, true)),
                Some([3, .., 0xFF, 0xFF]) => {}
                _ => sheet.add(data, number(f64_at(data, 6))),
            },
            // The text that the formula before came to.
            0x0207 => sheet.add(formula, self.globals.text(record, 0).map(Value::Text)),
            0x00E5 => sheet.merges.extend(merges(data)),
            _ => {}
        }
    }

    /// Numbers side by side in one record.
    fn read_numbers(&self, data: &[u8], sheet: &mut Sheet) {
        let (Some(row), Some(first)) = (u16_at(data, 0), u16_at(data, 2)) else {
            return;
        };
        let numbers = data
            .get(4..data.len().saturating_sub(2))
            .unwrap_or_default();
        let (numbers, _) = numbers.as_chunks::<6>();
        for (column, one) in (first..=u16::MAX).zip(numbers) {
            let style = u16_at(one, 0).unwrap_or_default();
            if let Some(value) = packed_number(one, 2) {
                let value = Value::Number(value, style);
                sheet.cells.push(Cell { row, column, value });
            }
        }
    }

    fn write(&self, out: &mut String, value: &Value) {
        match value {
            Value::Number(value, style) => {
                let format = self.globals.styles.get(usize::from(*style));
                let format = format.copied().unwrap_or_default();
                write_number(out, *value, format, self.globals.since_1904);
            }
            Value::Listed(at) => {
                let text = self.globals.texts.get(*at as usize);
                // A text that the list does not have was lost.
                out.push_str(text.map_or("\u{FFFD}", String::as_str));
            }
            Value::Text(text) => out.push_str(text),
            Value::Bool(true) => out.push_str("TRUE"),
            Value::Bool(false) => out.push_str("FALSE"),
            Value::Error(code) => out.push_str(match code {
                0x00 => "#NULL!",
                0x07 => "#DIV/0!",
                0x17 => "#REF!",
                0x1D => "#NAME?",
                0x24 => "#NUM!",
                0x2A => "#N/A",
                _ => "#VALUE!",
            }),
        }
    }
}

fn flag(data: &[u8], at: usize, is_error: bool) -> Option<Value> {
    let byte = *data.get(at)?;
    Some(if is_error {
        Value::Error(byte)
    } else {
        Value::Bool(byte != 0)
    })
}

fn merges(data: &[u8]) -> impl Iterator<Item = Merge> {
    let (areas, _) = data.get(2..).unwrap_or_default().as_chunks::<8>();
    areas.iter().filter_map(|area| {
        Some(Merge {
            first_row: u64::from(u16_at(area, 0)?),
            last_row: u64::from(u16_at(area, 2)?),
            column: usize::from(u16_at(area, 4)?),
        })
    })
}

impl Workbook for XlsBook {
    fn tops(&mut self, said: Option<u64>) -> Result<Vec<SheetTop>, Fault> {
        let mut tops = Vec::new();
        for at in 0..self.globals.sheets.len() {
            let (name, hidden, _) = self.globals.sheets.get(at).cloned().unwrap_or_default();
            let mut top = SheetTop {
                name,
                hidden,
                ..SheetTop::default()
            };
            let mut rows = 0;
            let mut wants_more = true;
            self.rows(at, &mut |row| {
                rows += 1;
                wants_more = wants_more && top.take(row, said);
                Ok(true)
            })?;
            top.rows = rows;
            tops.push(top);
        }
        Ok(tops)
    }

    fn rows(
        &mut self,
        sheet: usize,
        each: &mut dyn FnMut(&SheetRow) -> Result<bool, Fault>,
    ) -> Result<(), Fault> {
        let mut sheet = self.sheet(sheet)?;
        // The order in the file is that of the rows, but nothing says so; the last of two cells counts.
        sheet.cells.sort_by_key(|cell| (cell.row, cell.column));
        let mut merges = Merges::of(sheet.merges);
        let mut row = SheetRow::default();
        for cells in sheet.cells.chunk_by(|one, next| one.row == next.row) {
            let number = cells.first().map_or(0, |cell| u64::from(cell.row) + 1);
            row.begin(number);
            for cell in cells {
                row.add(usize::from(cell.column), |out| self.write(out, &cell.value));
            }
            merges.fill(&mut row);
            if !each(&row)? {
                return Ok(());
            }
        }
        if sheet.cut {
            return Err(damaged(&self.path));
        }
        Ok(())
    }
}
