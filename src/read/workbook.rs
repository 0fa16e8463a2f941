//! The sheets of a workbook, whatever its form: which one is read, and its rows.
//!
//! A workbook is read on a thread of its own, row by row: the typing of rows runs beside it, and
//! whatever goes wrong in there comes out as a damaged workbook.

use super::csv_chunks::Chunk;
use super::file;
use super::header_row::{self, Header, SAMPLE_ROWS, SampleRow};
use super::inspection::FileForm;
use super::sheet_row::{LAST_ROW, MOST_COLUMNS, SheetRow};
use super::sheet_text::SheetText;
use super::{workbook_ods, workbook_xls, workbook_xlsx};
use crate::base::{Broken, Progress, quietly};
use crate::words::Fault;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// Header rows further down are not looked for, whatever somebody says.
const LAST_HEADER_ROW: u64 = 1000;

/// The top of a sheet.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct SheetTop {
    pub(super) name: String,
    pub(super) hidden: bool,
    /// How many rows it has, about.
    pub(super) rows: u64,
    /// Its first rows that are not blank.
    pub(super) sample: Vec<SampleRow>,
}

impl SheetTop {
    /// Keeps a row where it is among the first. Returns whether more are wanted.
    pub(super) fn take(&mut self, row: &SheetRow, said: Option<u64>) -> bool {
        if row.is_blank() {
            return true;
        }
        self.sample.push(SampleRow {
            row: row.row,
            cells: row.trimmed_cells(),
        });
        self.sample.len() < SAMPLE_ROWS || said.is_some_and(|said| row.row <= said)
    }
}

/// A workbook of some form.
pub(super) trait Workbook {
    /// The tops of its sheets, in file order. Rows as far as the one that is said are among them.
    fn tops(&mut self, said: Option<u64>) -> Result<Vec<SheetTop>, Fault>;

    /// Hands the rows of a sheet to `each`, from the top, until it says that it has enough.
    fn rows(
        &mut self,
        sheet: usize,
        each: &mut dyn FnMut(&SheetRow) -> Result<bool, Fault>,
    ) -> Result<(), Fault>;
}

/// What is known of a workbook before its rows.
#[derive(Debug, Default)]
pub(super) struct Opened {
    /// Its sheets, hidden ones last.
    pub(super) sheets: Vec<String>,
    pub(super) sheet: String,
    pub(super) header: Header,
}

/// What a workbook is asked.
struct Asked {
    path: PathBuf,
    form: FileForm,
    sheet: Option<String>,
    header_row: Option<u64>,
    file_bytes: u64,
    progress: Progress,
}

enum Said {
    Opened(Box<Opened>),
    Rows(Chunk),
    Failed(Fault),
    End,
}

/// The rows of the sheet that is read.
pub(super) struct SheetChunks {
    receiver: Receiver<Said>,
    path: PathBuf,
    ended: bool,
}

impl SheetChunks {
    /// Opens a workbook and finds the sheet and its headers.
    pub(super) fn open(
        path: &Path,
        form: FileForm,
        sheet: Option<&str>,
        header_row: Option<u64>,
        progress: &Progress,
    ) -> Result<(Self, Opened), Fault> {
        let (_, file_bytes) = file::open(path)?;
        progress.set_total(file_bytes);
        let asked = Asked {
            path: path.to_owned(),
            form,
            sheet: sheet.map(str::to_owned),
            header_row,
            file_bytes,
            progress: progress.clone(),
        };
        let (sender, receiver) = sync_channel(2);
        std::thread::spawn(move || {
            let last = match quietly(|| read(&asked, &sender)) {
                Ok(Ok(())) => Said::End,
                Ok(Err(fault)) => Said::Failed(fault),
                // Something in the file broke the reader.
                Err(Broken) => Said::Failed(damaged(&asked.path)),
            };
            // Nobody listens any more where this fails, which is fine.
            let _ = sender.send(last);
        });
        let chunks = Self {
            receiver,
            path: path.to_owned(),
            ended: false,
        };
        match chunks.receiver.recv() {
            Ok(Said::Opened(opened)) => Ok((chunks, *opened)),
            Ok(Said::Failed(fault)) => Err(fault),
            _ => Err(damaged(path)),
        }
    }

    /// The next rows, or `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Chunk>, Fault> {
        if self.ended {
            return Ok(None);
        }
        match self.receiver.recv() {
            Ok(Said::Rows(chunk)) => return Ok(Some(chunk)),
            Ok(Said::End) => {
                self.ended = true;
                return Ok(None);
            }
            Ok(Said::Failed(fault)) => {
                self.ended = true;
                return Err(fault);
            }
            _ => {}
        }
        // The thread ended without a word: something in the file broke the reader.
        self.ended = true;
        Err(damaged(&self.path))
    }
}

pub(super) fn damaged(path: &Path) -> Fault {
    file::about("read.damaged_workbook", path)
}

fn open_book(asked: &Asked) -> Result<Box<dyn Workbook>, Fault> {
    let (path, progress) = (&asked.path, &asked.progress);
    Ok(match asked.form {
        FileForm::Xls => Box::new(workbook_xls::open(path, progress)?),
        FileForm::Ods => Box::new(workbook_ods::open(path, progress)?),
        _ => Box::new(workbook_xlsx::open(path, progress)?),
    })
}

/// The whole work of the thread.
fn read(asked: &Asked, sender: &SyncSender<Said>) -> Result<(), Fault> {
    let mut book = open_book(asked)?;
    let said = asked.header_row;
    if said.is_some_and(|row| row > LAST_HEADER_ROW) {
        return Err(file::no_header_row(&asked.path, said));
    }
    let tops = book.tops(said)?;
    let (at, header) = choose(asked, &tops)?;
    let top = tops.get(at).cloned().unwrap_or_default();
    let header_row = header.row;
    let mut text = SheetText::new(header.names.len(), asked.file_bytes, top.rows);
    let opened = Opened {
        sheets: names(&tops),
        sheet: top.name,
        header,
    };
    if sender.send(Said::Opened(Box::new(opened))).is_err() {
        return Ok(());
    }
    let mut last_row = 0;
    book.rows(at, &mut |row| {
        asked.progress.tick(0)?;
        refuse_odd(row, last_row, &asked.path)?;
        last_row = row.row;
        if row.row <= header_row || row.is_blank() {
            return Ok(true);
        }
        match text.add(row, &asked.path)? {
            Some(chunk) => Ok(sender.send(Said::Rows(chunk)).is_ok()),
            None => Ok(true),
        }
    })?;
    let _ = sender.send(Said::Rows(text.take(true)));
    Ok(())
}

/// A row that is not where its number says, or reaches beyond what is read, would lose something
/// without a word. `last_row` is the row before.
fn refuse_odd(row: &SheetRow, last_row: u64, path: &Path) -> Result<(), Fault> {
    if row.row <= last_row || row.row > LAST_ROW || row.holds_twice() {
        let mut fault = file::about("read.rows_disordered", path);
        fault.message = fault.message.arg("row", row.row).arg("last", LAST_ROW);
        return Err(fault);
    }
    if let Some(columns) = row.too_wide() {
        let mut fault = file::about("read.row_too_wide", path);
        fault.message = fault.message.arg("row", row.row).arg("cells", columns);
        fault.message = fault.message.arg("most", MOST_COLUMNS);
        return Err(fault);
    }
    Ok(())
}

/// The names of sheets, hidden ones last.
fn names(tops: &[SheetTop]) -> Vec<String> {
    let hidden = |wanted: bool| tops.iter().filter(move |top| top.hidden == wanted);
    hidden(false)
        .chain(hidden(true))
        .map(|top| top.name.clone())
        .collect()
}

/// The sheet that somebody says, else the one whose headers say most, then the longest.
fn choose(asked: &Asked, tops: &[SheetTop]) -> Result<(usize, Header), Fault> {
    let path = &asked.path;
    let header_of = |top: &SheetTop| {
        let mut header = header_row::find(&top.sample, asked.header_row)?;
        // Columns without a header that hold something are columns too.
        let widest = top.sample.iter().map(|row| row.cells.len()).max()?;
        if header.names.len() < widest {
            header.names.resize(widest, String::new());
        }
        Some(header)
    };
    if let Some(name) = &asked.sheet {
        let Some((at, top)) = tops.iter().enumerate().find(|(_, top)| top.name == *name) else {
            let mut fault = file::about("read.no_such_sheet", path);
            let sheets = names(tops).join(", ");
            fault.message = fault.message.arg("sheet", name).arg("sheets", sheets);
            return Err(fault);
        };
        let header = header_of(top).ok_or_else(|| no_header(asked, top.sample.is_empty()))?;
        return Ok((at, header));
    }
    let mut best: Option<(usize, Header, (bool, usize, u64))> = None;
    for (at, top) in tops.iter().enumerate() {
        let Some(header) = header_of(top) else {
            continue;
        };
        let weight = (!top.hidden, header.understood, top.rows);
        if best.as_ref().is_none_or(|(_, _, least)| weight > *least) {
            best = Some((at, header, weight));
        }
    }
    let is_empty = tops.iter().all(|top| top.sample.is_empty());
    let (at, header, _) = best.ok_or_else(|| no_header(asked, is_empty))?;
    Ok((at, header))
}

fn no_header(asked: &Asked, is_empty: bool) -> Fault {
    if is_empty {
        file::about("read.empty_file", &asked.path)
    } else {
        file::no_header_row(&asked.path, asked.header_row)
    }
}
