//! A table to be written: columns, and rows that are made when they are asked for.

use crate::model::{Date, LonLat};
use std::borrow::Cow;
use std::fmt::Write as _;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellKind {
    /// Text, numbers that are names (ids, codes, phones) among it.
    Text,
    /// Numbers to count with.
    Number,
    /// Days.
    Date,
}

/// One column.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its name for programs: the member of a `GeoJSON` feature.
    pub key: &'static str,
    /// Its header for people.
    pub header: String,
    /// What it holds.
    pub kind: CellKind,
    /// Its width in a spreadsheet, in characters.
    pub width_chars: f64,
}

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'a> {
    /// A text, never read as anything else.
    Text(Cow<'a, str>),
    /// A number; one that is not finite is an empty cell.
    Number(f64),
    /// A day.
    Date(Date),
    /// Nothing known.
    Empty,
}

impl<'a> Cell<'a> {
    /// A text; an empty one is an empty cell.
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        let text = text.into();
        if text.is_empty() {
            Self::Empty
        } else {
            Self::Text(text)
        }
    }

    /// A number, or an empty cell.
    pub fn number(number: Option<f64>) -> Self {
        number
            .filter(|number| number.is_finite())
            .map_or(Self::Empty, Self::Number)
    }

    /// A day, or an empty cell.
    pub fn date(date: Option<Date>) -> Self {
        date.map_or(Self::Empty, Self::Date)
    }
}

/// Where the rows come from. Rows are made one at a time, so that a million of them need no room.
pub trait RowSource {
    /// The columns, in order.
    fn columns(&self) -> &[Column];

    /// Number of rows.
    fn len(&self) -> usize;

    /// Whether there is no row.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Appends the cells of a row, one a column; `cells` comes empty.
    fn row<'a>(&'a self, index: usize, cells: &mut Vec<Cell<'a>>);

    /// Where the row is on the ground; `None` where it is not geocoded.
    fn position(&self, index: usize) -> Option<LonLat>;
}

/// Writes a finite number as a plain decimal, without a needless `.0` and without an exponent.
pub(super) fn push_number(out: &mut String, number: f64) {
    // Writing to a String cannot fail.
    let _ = write!(out, "{}", if number == 0.0 { 0.0 } else { number });
}

#[cfg(test)]
pub(super) mod fixture {
    use super::*;
    use crate::base::Progress;

    /// A table whose cells are given, for the writers' tests.
    pub(in crate::write) struct Fixture {
        pub(in crate::write) columns: Vec<Column>,
        pub(in crate::write) rows: Vec<Vec<Cell<'static>>>,
        /// Cancels this work as soon as the given row is asked for.
        pub(in crate::write) cancel_at: Option<(usize, Progress)>,
    }

    impl Fixture {
        pub(in crate::write) fn new(rows: Vec<Vec<Cell<'static>>>) -> Self {
            let column = |key, header: &str, kind| Column {
                key,
                header: header.to_owned(),
                kind,
                width_chars: 12.0,
            };
            Self {
                columns: vec![
                    column("household_id", "户编号", CellKind::Text),
                    column("monthly_income", "月收入(元)", CellKind::Number),
                    column("last_visit", "最近走访日期", CellKind::Date),
                    column("notes", "备注", CellKind::Text),
                ],
                rows,
                cancel_at: None,
            }
        }

        pub(in crate::write) fn long() -> Self {
            let row = vec![
                Cell::text("330282199001011234"),
                Cell::Number(-12.5),
                Cell::date(Date::from_ymd(2026, 3, 1)),
                Cell::text("=1+1"),
            ];
            Self::new(vec![row; 5_000])
        }
    }

    impl RowSource for Fixture {
        fn columns(&self) -> &[Column] {
            &self.columns
        }

        fn len(&self) -> usize {
            self.rows.len()
        }

        fn row<'a>(&'a self, index: usize, cells: &mut Vec<Cell<'a>>) {
            if let Some((at, progress)) = &self.cancel_at
                && index == *at
            {
                progress.cancel();
            }
            cells.extend(self.rows[index].iter().cloned());
        }

        fn position(&self, index: usize) -> Option<LonLat> {
            LonLat::new(121.25 + index as f64 * 0.001, 30.17).filter(|_| index.is_multiple_of(2))
        }
    }

    /// Runs a writer that is cancelled half way over an older file: the older file must stay
    /// as it was, and nothing else may be left in the folder.
    pub(in crate::write) fn check_cancelled_half_way(
        write: impl FnOnce(
            &std::path::Path,
            &dyn RowSource,
            &Progress,
        ) -> Result<(), crate::words::Fault>,
    ) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("导出");
        std::fs::write(&path, "older").unwrap();
        let progress = Progress::new();
        let mut table = Fixture::long();
        table.cancel_at = Some((2_500, progress.clone()));
        let fault = write(&path, &table, &progress).unwrap_err();
        assert!(fault.is_cancelled());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "older");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_plain() {
        let text = |number| {
            let mut out = String::new();
            push_number(&mut out, number);
            out
        };
        assert_eq!(text(1200.0), "1200");
        assert_eq!(text(-0.0), "0");
        assert_eq!(text(121.250_000_1), "121.2500001");
        assert_eq!(text(1e21), "1000000000000000000000");
        assert_eq!(Cell::number(Some(f64::NAN)), Cell::Empty);
        assert_eq!(Cell::text(""), Cell::Empty);
    }
}
