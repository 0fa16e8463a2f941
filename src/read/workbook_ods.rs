//! `OpenDocument` spreadsheets.
//!
//! Read here rather than by calamine, which expands what a file says is repeated, waits for ever at the
//! end of a cut file and knows of no merged cells; a test holds the two side by side. The sheets stand
//! one behind the other in one stream, which is read anew for each question.

use super::archive::Archive;
use super::file;
use super::sheet_number::{NumberFormat, write_number};
use super::sheet_row::{LAST_ROW, MOST_COLUMNS, MOST_ROW_BYTES, Merge, Merges, SheetRow};
use super::workbook::{SheetTop, Workbook, damaged};
use super::xml_pieces::{Piece, Tag, XmlError, XmlPieces, plain_text};
use crate::base::Progress;
use crate::words::Fault;
use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Equal rows in one that is repeated; more are no list of anything.
const MOST_EQUAL_ROWS: u64 = 10_000;
/// Spaces that one mark may stand for.
const MOST_SPACES: usize = 256;

pub(super) struct OdsBook {
    path: PathBuf,
    archive: Archive,
    progress: Progress,
}

/// Opens a spreadsheet once everything in it was counted.
pub(super) fn open(path: &Path, progress: &Progress) -> Result<OdsBook, Fault> {
    let mut archive = Archive::open(path)?;
    archive.weigh(progress, &mut |_, _, _| true)?;
    let names = archive.names();
    if let Some(at) = names
        .iter()
        .position(|name| name == "META-INF/manifest.xml")
    {
        let manifest = archive.read(at, 1 << 20)?;
        if String::from_utf8_lossy(&manifest).contains("encryption-data") {
            return Err(file::about("read.encrypted", path));
        }
    }
    Ok(OdsBook {
        path: path.to_owned(),
        archive,
        progress: progress.clone(),
    })
}

/// What happens while the stream is read.
enum Step<'a> {
    /// A sheet begins: its name, and whether it is hidden.
    Sheet(&'a str, bool),
    /// A row of it.
    Row(&'a SheetRow),
}

impl OdsBook {
    /// Reads the stream until `each` has enough.
    fn read(&mut self, each: &mut dyn FnMut(Step<'_>) -> Result<bool, Fault>) -> Result<(), Fault> {
        let path = &self.path;
        let content = self.archive.zip.by_name("content.xml");
        let content = content.map_err(|error| damaged(path).because(error))?;
        let mut reader = OdsReader::new(content);
        loop {
            self.progress.tick(0)?;
            let goes_on = match reader.next() {
                Ok(Some(Found::Sheet)) => {
                    let (name, hidden) = (reader.sheet.clone(), reader.is_hidden());
                    each(Step::Sheet(&name, hidden))?
                }
                Ok(Some(Found::Rows(times))) => reader.hand_on(times, path, each)?,
                Ok(None) => false,
                Err(XmlError::Unreadable(error)) => return Err(damaged(path).because(error)),
                Err(XmlError::Broken) => return Err(damaged(path)),
            };
            if !goes_on {
                return Ok(());
            }
        }
    }
}

impl Workbook for OdsBook {
    fn tops(&mut self, said: Option<u64>) -> Result<Vec<SheetTop>, Fault> {
        let mut tops: Vec<SheetTop> = Vec::new();
        let mut wants_more = true;
        self.read(&mut |step| {
            match step {
                Step::Sheet(name, hidden) => {
                    wants_more = true;
                    tops.push(SheetTop {
                        name: name.to_owned(),
                        hidden,
                        ..SheetTop::default()
                    });
                }
                Step::Row(row) => {
                    if let Some(top) = tops.last_mut() {
                        top.rows += 1;
                        wants_more = wants_more && top.take(row, said);
                    }
                }
            }
            Ok(true)
        })?;
        Ok(tops)
    }

    fn rows(
        &mut self,
        sheet: usize,
        each: &mut dyn FnMut(&SheetRow) -> Result<bool, Fault>,
    ) -> Result<(), Fault> {
        let mut begun = 0;
        self.read(&mut |step| match step {
            Step::Sheet(..) => {
                begun += 1;
                Ok(begun <= sheet + 1)
            }
            Step::Row(row) if begun == sheet + 1 => each(row),
            Step::Row(_) => Ok(true),
        })
    }
}

/// What was found in the stream.
enum Found {
    /// A sheet begins.
    Sheet,
    /// A row with something in it, which stands so many times below itself.
    Rows(u64),
}

struct OdsReader<R> {
    pieces: XmlPieces<R>,
    /// Styles of sheets that are not shown, and the style whose description is being read.
    hidden_styles: BTreeSet<String>,
    style: String,
    sheet: String,
    sheet_style: String,
    /// Rows of the sheet that are behind.
    rows: u64,
    row: SheetRow,
    merges: Merges,
    begun: Vec<Merge>,
}

/// A cell whose text is being read.
struct Cell {
    times: usize,
    rows: u64,
    /// What its attributes say it holds; else its text counts.
    value: Option<String>,
}

impl<R: Read> OdsReader<R> {
    fn new(content: R) -> Self {
        Self {
            pieces: XmlPieces::new(content),
            hidden_styles: BTreeSet::new(),
            style: String::new(),
            sheet: String::new(),
            sheet_style: String::new(),
            rows: 0,
            row: SheetRow::default(),
            merges: Merges::default(),
            begun: Vec::new(),
        }
    }

    fn is_hidden(&self) -> bool {
        self.hidden_styles.contains(&self.sheet_style)
    }

    /// Reads as far as the next sheet or row that matters.
    fn next(&mut self) -> Result<Option<Found>, XmlError> {
        loop {
            let tag = match self.pieces.next()? {
                None => return Ok(None),
                Some(Piece::Begin(tag)) => tag,
                Some(_) => continue,
            };
            let text = |name| tag.attribute(name).map(std::borrow::Cow::into_owned);
            match tag.name {
                "style:style" => self.style = text("style:name").unwrap_or_default(),
                "style:table-properties"
                    if tag.attribute("table:display").as_deref() == Some("false") =>
                {
                    self.hidden_styles.insert(self.style.clone());
                }
                "table:table" => {
                    self.sheet = text("table:name").unwrap_or_default();
                    self.sheet_style = text("table:style-name").unwrap_or_default();
                    self.rows = 0;
                    self.merges = Merges::default();
                    return Ok(Some(Found::Sheet));
                }
                "table:table-row" => {
                    let times = number(&tag, "table:number-rows-repeated");
                    let is_empty = tag.is_empty;
                    self.row.begin(self.rows + 1);
                    self.begun.clear();
                    if !is_empty {
                        self.read_row()?;
                    }
                    if self.row.is_blank() {
                        self.rows = self.rows.saturating_add(times);
                    } else {
                        return Ok(Some(Found::Rows(times)));
                    }
                }
                _ => {}
            }
        }
    }

    /// The cells of a row, to its end.
    fn read_row(&mut self) -> Result<(), XmlError> {
        let mut column = 0_usize;
        loop {
            let (cell, is_empty, covered) = match self.pieces.next()? {
                None => return Err(XmlError::Broken),
                Some(Piece::End("table:table-row")) => return Ok(()),
                Some(Piece::Begin(tag)) if tag.name == "table:table-cell" => {
                    (cell(&tag), tag.is_empty, false)
                }
                Some(Piece::Begin(tag)) if tag.name == "table:covered-table-cell" => {
                    (cell(&tag), tag.is_empty, true)
                }
                Some(_) => continue,
            };
            let text = if is_empty {
                String::new()
            } else {
                self.read_text()?
            };
            let value = cell.value.unwrap_or(text);
            // What stands under a merged cell is not seen.
            if !value.trim().is_empty() && !covered {
                let last = column.saturating_add(cell.times);
                self.row.reach(last);
                for at in column..last.min(MOST_COLUMNS) {
                    self.row.add(at, |out| out.push_str(&value));
                }
                if cell.rows > 1 {
                    self.begun.push(Merge {
                        first_row: self.rows,
                        last_row: self.rows.saturating_add(cell.rows - 1),
                        column,
                    });
                }
            }
            column = column.saturating_add(cell.times);
        }
    }

    /// The text of a cell, to the cell's end: its paragraphs as lines, without notes and pictures.
    fn read_text(&mut self) -> Result<String, XmlError> {
        let mut out = String::new();
        let mut paragraphs = 0;
        // Notes hold paragraphs of their own.
        let mut inside_note = 0_usize;
        loop {
            match self.pieces.next()? {
                None => return Err(XmlError::Broken),
                Some(Piece::End("table:table-cell" | "table:covered-table-cell")) => {
                    return Ok(out);
                }
                Some(Piece::Begin(tag)) if is_note(tag.name) => {
                    inside_note += usize::from(!tag.is_empty);
                }
                Some(Piece::End(name)) if is_note(name) => {
                    inside_note = inside_note.saturating_sub(1);
                }
                // A row with so much text is told as one that is too long.
                Some(_) if inside_note > 0 || out.len() > MOST_ROW_BYTES => {}
                Some(Piece::Begin(tag)) => match tag.name {
                    "text:p" => {
                        if paragraphs > 0 {
                            out.push('\n');
                        }
                        paragraphs += 1;
                    }
                    "text:s" => {
                        let spaces = number(&tag, "text:c").min(MOST_SPACES as u64);
                        out.extend(std::iter::repeat_n(' ', spaces as usize));
                    }
                    "text:tab" => out.push('\t'),
                    "text:line-break" => out.push('\n'),
                    _ => {}
                },
                Some(Piece::Text(text)) if paragraphs > 0 => out.push_str(&plain_text(text)),
                Some(Piece::Literal(text)) if paragraphs > 0 => out.push_str(text),
                Some(_) => {}
            }
        }
    }

    /// Hands on the row as often as it stands there.
    fn hand_on(
        &mut self,
        times: u64,
        path: &Path,
        each: &mut dyn FnMut(Step<'_>) -> Result<bool, Fault>,
    ) -> Result<bool, Fault> {
        if times > MOST_EQUAL_ROWS || self.rows.saturating_add(times) > LAST_ROW {
            return Err(file::about("read.too_large_inside", path));
        }
        for _ in 0..times {
            self.rows += 1;
            self.row.row = self.rows;
            self.merges.fill(&mut self.row);
            for merge in self.begun.drain(..) {
                self.merges.begin(merge, &self.row);
            }
            if !each(Step::Row(&self.row))? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

fn is_note(name: &str) -> bool {
    matches!(
        name,
        "office:annotation" | "draw:frame" | "draw:custom-shape" | "table:shapes"
    )
}

/// A number of times, 1 where none is given.
fn number(tag: &Tag<'_>, name: &str) -> u64 {
    let number = tag
        .attribute(name)
        .and_then(|text| text.trim().parse().ok());
    number.unwrap_or(1)
}

fn cell(tag: &Tag<'_>) -> Cell {
    let text = |name| tag.attribute(name).map(std::borrow::Cow::into_owned);
    let value = match tag.attribute("office:value-type").as_deref() {
        Some("float" | "currency" | "percentage") => {
            text("office:value").map(|value| match value.parse() {
                Ok(number) => {
                    let mut out = String::new();
                    write_number(&mut out, number, NumberFormat::Plain, false);
                    out
                }
                Err(_) => value,
            })
        }
        Some("date") => {
            text("office:date-value").map(|date| match date.strip_suffix("T00:00:00") {
                Some(day) => day.to_owned(),
                None => date.replace('T', " "),
            })
        }
        Some("boolean") => text("office:boolean-value").map(|value| value.to_uppercase()),
        Some("string") => text("office:string-value"),
        _ => None,
    };
    Cell {
        times: usize::try_from(number(tag, "table:number-columns-repeated")).unwrap_or(usize::MAX),
        rows: number(tag, "table:number-rows-spanned"),
        value,
    }
}
