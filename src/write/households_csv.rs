//! Tables as CSV: UTF-8 with a byte order mark, so that Excel reads the Chinese, and CRLF.

use super::output::{self, ROWS_A_TICK};
use super::table::{Cell, RowSource, push_number};
use crate::base::Progress;
use crate::words::Fault;
use std::borrow::Cow;
use std::io::{self, Write};
use std::path::Path;

/// The mark by which Excel knows UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

fn writer<W: Write>(mut out: W) -> io::Result<csv::Writer<W>> {
    out.write_all(BYTE_ORDER_MARK)?;
    Ok(csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .buffer_capacity(1 << 16)
        .from_writer(out))
}

/// A text that a spreadsheet will not run as a formula: one that begins with `=`, `+`, `-`, `@`,
/// a tab or a carriage return gets an apostrophe before it.
fn defused(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Writes a table. Texts that a spreadsheet would run as a formula are defused; numbers are
/// numbers, negative ones among them. Days are written as 2026-11-21.
pub fn write_csv(path: &Path, table: &dyn RowSource, progress: &Progress) -> Result<(), Fault> {
    progress.set_total(table.len() as u64);
    let mut file = output::open(path)?;
    put_table(&mut file, path, table, progress)?;
    output::finish(path, file)
}

/// The same as bytes, for small tables that go to another program and not into a file.
pub fn csv_bytes(table: &dyn RowSource, progress: &Progress) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    put_table(&mut bytes, Path::new("-"), table, progress)?;
    Ok(bytes)
}

fn put_table(
    out: impl Write,
    path: &Path,
    table: &dyn RowSource,
    progress: &Progress,
) -> Result<(), Fault> {
    let failed = || output::failed::<csv::Error>(path);
    let mut csv = writer(out).map_err(output::failed(path))?;
    for column in table.columns() {
        csv.write_field(defused(&column.header).as_bytes())
            .map_err(failed())?;
    }
    csv.write_record(None::<&[u8]>).map_err(failed())?;
    let mut cells = Vec::with_capacity(table.columns().len());
    let mut number_text = String::new();
    for index in 0..table.len() {
        if index % ROWS_A_TICK == 0 {
            progress.tick(ROWS_A_TICK.min(table.len() - index) as u64)?;
        }
        cells.clear();
        table.row(index, &mut cells);
        for cell in &cells {
            match cell {
                Cell::Text(text) => csv.write_field(defused(text).as_bytes()),
                Cell::Number(number) if number.is_finite() => {
                    number_text.clear();
                    push_number(&mut number_text, *number);
                    csv.write_field(&number_text)
                }
                Cell::Date(date) => csv.write_field(date.to_string()),
                Cell::Number(_) | Cell::Empty => csv.write_field(b""),
            }
            .map_err(failed())?;
        }
        csv.write_record(None::<&[u8]>).map_err(failed())?;
    }
    csv.flush().map_err(output::failed(path))?;
    Ok(progress.tick(0)?)
}

/// Writes the ledger of a synthetic town as it comes, a row at a time: what is odd in it is meant
/// to be odd, so nothing is defused. The caller says beforehand how many rows there are, if it
/// knows (`progress.set_total`).
pub fn write_town_csv<R, C>(
    path: &Path,
    header: &[&str],
    rows: impl Iterator<Item = R>,
    progress: &Progress,
) -> Result<(), Fault>
where
    R: IntoIterator<Item = C>,
    C: AsRef<[u8]>,
{
    let failed = || output::failed::<csv::Error>(path);
    let mut file = output::open(path)?;
    let mut csv = writer(&mut file).map_err(output::failed(path))?;
    csv.write_record(header).map_err(failed())?;
    for (index, row) in rows.enumerate() {
        if index % ROWS_A_TICK == 0 && index > 0 {
            progress.tick(ROWS_A_TICK as u64)?;
        }
        csv.write_record(row).map_err(failed())?;
    }
    csv.flush().map_err(output::failed(path))?;
    drop(csv);
    progress.tick(0)?;
    output::finish(path, file)
}

#[cfg(test)]
mod tests {
    use super::super::table::fixture::{Fixture, check_cancelled_half_way};
    use super::*;
    use crate::model::Date;

    #[test]
    fn a_table_reads_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("名单.csv");
        let rows = vec![
            vec![
                Cell::text("330282199001011234"),
                Cell::Number(-1200.5),
                Cell::date(Date::from_ymd(2026, 3, 1)),
                Cell::text("独居, \"听力\"差\n二楼"),
            ],
            vec![
                Cell::text("001"),
                Cell::Number(f64::NAN),
                Cell::Empty,
                Cell::text("=HYPERLINK(\"x\")"),
            ],
        ];
        write_csv(&path, &Fixture::new(rows), &Progress::new()).unwrap();
        assert_eq!(
            std::fs::read_to_string(&path).unwrap(),
            "\u{feff}户编号,月收入(元),最近走访日期,备注\r\n\
             330282199001011234,-1200.5,2026-03-01,\"独居, \"\"听力\"\"差\n二楼\"\r\n\
             001,,,\"'=HYPERLINK(\"\"x\"\")\"\r\n"
        );
    }

    #[test]
    fn every_beginning_of_a_formula_is_defused_and_nothing_else() {
        for text in ["=1", "+86 138", "-", "@x", "\tx", "\rx", "＝1"] {
            assert_eq!(defused(text), format!("'{text}"));
        }
        for text in ["", " =1", "a=b", "3-201", "'x"] {
            assert_eq!(defused(text), text);
        }
    }

    #[test]
    fn an_empty_table_still_has_its_header() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        write_csv(&path, &Fixture::new(Vec::new()), &Progress::new()).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap().lines().count(), 1);
    }

    #[test]
    fn cancelled_half_way_nothing_is_left() {
        check_cancelled_half_way(write_csv);
        check_cancelled_half_way(|path, table, progress| {
            let rows = (0..table.len()).map(|index| {
                let mut cells = Vec::new();
                table.row(index, &mut cells);
                ["户"]
            });
            write_town_csv(path, &["户编号"], rows, progress)
        });
    }

    #[test]
    fn a_finished_table_is_wholly_reported() {
        let folder = tempfile::tempdir().unwrap();
        let progress = Progress::new();
        write_csv(&folder.path().join("a.csv"), &Fixture::long(), &progress).unwrap();
        assert_eq!(progress.fraction(), Some(1.0));
    }
}
