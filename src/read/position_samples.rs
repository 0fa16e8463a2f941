//! Positions taken evenly from a whole file, as the file has them, to find out how they are read.

use super::cell::{code_text, coordinate, trimmed};
use super::choice::FileChoice;
use super::columns::Columns;
use super::csv_chunks::{Chunk, Line};
use super::csv_records::cut;
use super::field::Field;
use super::inspection::TableInspection;
use super::row_source::open_source;
use crate::base::Progress;
use crate::datum::degrees;
use crate::words::Fault;
use rayon::prelude::*;

/// The pair of a row as it stands in its two columns.
#[derive(Debug, Clone, PartialEq)]
pub struct RawPosition {
    /// Row as a spreadsheet counts it.
    pub row: u64,
    /// The number of the column taken for longitude or easting.
    pub first: Option<f64>,
    /// The number of the column taken for latitude or northing.
    pub second: Option<f64>,
    /// Whether one of them was written in degrees, minutes and seconds.
    pub is_degrees_text: bool,
    /// The code of the area that the row declares; empty where it declares none.
    pub declared: String,
}

/// At most `max_rows` positions, evenly from the whole file, in file order. Rows without anything
/// in both columns are not among them; empty where the table has no positions.
pub fn position_samples(
    choice: &FileChoice,
    inspection: &TableInspection,
    max_rows: usize,
    progress: &Progress,
) -> Result<Vec<RawPosition>, Fault> {
    let columns = Columns::of(&inspection.columns);
    let places = Places {
        lon: columns.place(Field::Lon),
        lat: columns.place(Field::Lat),
        declared: columns.place(Field::DeclaredArea),
        division: columns.place(Field::DivisionCode),
    };
    let mut samples = Vec::new();
    if places.lon.is_none() || places.lat.is_none() || max_rows == 0 {
        return Ok(samples);
    }
    let mut source = open_source(&choice.path, &inspection.source_choice(choice), progress)?;
    let delimiter = source.delimiter;
    // Every `stride`-th row is taken; where that gives too many, every other one is let go of.
    let mut stride = 1;
    let mut rows_before = 0;
    let mut next = source.next()?;
    while let Some(chunk) = next {
        let take = |chunk: &Chunk| -> Vec<RawPosition> {
            let skip = (stride - rows_before % stride) % stride;
            let lines: Vec<&Line> = chunk.lines.iter().skip(skip).step_by(stride).collect();
            lines
                .par_iter()
                .filter_map(|line| places.read(chunk, line, delimiter))
                .collect()
        };
        let (taken, following) = rayon::join(|| take(&chunk), || source.next());
        samples.extend(taken);
        rows_before += chunk.lines.len();
        while samples.len() > max_rows {
            let mut at = 0;
            samples.retain(|_| {
                at += 1;
                at % 2 == 1
            });
            stride *= 2;
        }
        progress.tick(chunk.file_bytes)?;
        next = following?;
    }
    Ok(samples)
}

struct Places {
    lon: Option<usize>,
    lat: Option<usize>,
    declared: Option<usize>,
    division: Option<usize>,
}

impl Places {
    fn read(&self, chunk: &Chunk, line: &Line, delimiter: u8) -> Option<RawPosition> {
        if !line.form.is_readable() {
            return None;
        }
        let text = std::str::from_utf8(chunk.text.get(line.start..line.end)?).ok()?;
        let mut cells = Vec::new();
        cut(text, delimiter, line.quoted, &mut cells);
        let cell = |place: Option<usize>| {
            place
                .and_then(|at| cells.get(at))
                .map_or("", |cell| trimmed(cell))
        };
        let (first_text, second_text) = (cell(self.lon), cell(self.lat));
        if first_text.is_empty() && second_text.is_empty() {
            return None;
        }
        let number = |text: &str| coordinate(text).or_else(|| degrees(text));
        let is_degrees = |text: &str| coordinate(text).is_none() && degrees(text).is_some();
        let grid = code_text(cell(self.declared));
        let declared = if grid.is_empty() {
            code_text(cell(self.division))
        } else {
            grid
        };
        Some(RawPosition {
            row: line.row,
            first: number(first_text),
            second: number(second_text),
            is_degrees_text: is_degrees(first_text) || is_degrees(second_text),
            declared: declared.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{catalogue, inspect_table};
    use std::fmt::Write as _;

    fn samples(text: &str, max_rows: usize) -> Vec<RawPosition> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        std::fs::write(&path, text).unwrap();
        let choice = FileChoice::of(path);
        let found = inspect_table(&choice, catalogue(), &[], &Progress::new()).unwrap();
        position_samples(&choice, &found, max_rows, &Progress::new()).unwrap()
    }

    #[test]
    fn pairs_come_as_the_file_has_them() {
        let text = "户编号,经度,纬度,网格编码\n1,30.1,121.2,'G1\n2,121°16′30″,30.1,\n3,,,G2\n4,甲,30.2,G3\n5,0,0,\n";
        let found = samples(text, 100);
        let rows: Vec<_> = found.iter().map(|one| one.row).collect();
        assert_eq!(rows, [2, 3, 5, 6]);
        assert_eq!((found[0].first, found[0].second), (Some(30.1), Some(121.2)));
        assert_eq!(found[0].declared, "G1");
        assert_eq!(found[1].first, Some(121.275));
        assert!(found[1].is_degrees_text && !found[0].is_degrees_text);
        assert_eq!((found[2].first, found[2].second), (None, Some(30.2)));
        assert_eq!(samples("户编号,户主\n1,甲\n", 100), []);
    }

    #[test]
    fn they_are_taken_evenly_from_a_file_of_any_length() {
        let mut text = String::from("户编号,经度,纬度\n");
        for at in 0..100_000 {
            writeln!(text, "{at},121.{at:06},30.1").unwrap();
        }
        let found = samples(&text, 1000);
        assert!((500..=1000).contains(&found.len()), "{}", found.len());
        let strides: Vec<u64> = found
            .windows(2)
            .map(|pair| pair[1].row - pair[0].row)
            .collect();
        assert!(strides.iter().all(|stride| *stride == strides[0]));
        assert!(found[0].row == 2 && found[found.len() - 1].row > 100_001 - strides[0]);
        assert_eq!(samples(&text, 0), []);
    }
}
