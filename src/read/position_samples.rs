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
