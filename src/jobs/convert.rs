//! Positions from one coordinate system into another: a pair, or the two columns of a table.

use crate::base::Progress;
use crate::datum::{self, Datum, Inside, Reading, Said, Sample};
use crate::read::{CsvRow, CsvRows, EncodingChoice};
use crate::words::{Fault, Message};
use crate::write::RowWriter;
use std::fs;
use std::path::PathBuf;

/// A table to convert.
#[derive(Debug, Clone)]
pub struct ConvertTable {
    /// The CSV file.
    pub path: PathBuf,
    /// Its encoding.
    pub encoding: EncodingChoice,
    /// Where the converted one goes: never over the source.
    pub out: PathBuf,
    /// The system that it is in.
    pub from: Datum,
    /// The system that it is to be in.
    pub to: Datum,
}

/// A converted table.
#[derive(Debug, Clone, PartialEq)]
pub struct Converted {
    /// The headers of the two columns.
    pub columns: (String, String),
    /// How they were read: surveys write the northing first. They stay in their order.
    pub reading: Reading,
    /// Rows behind the header.
    pub rows: u64,
    /// Rows with a new pair.
    pub converted: u64,
    /// Rows without a pair, as they were.
    pub without: u64,
    /// Rows whose pair is no position in one of the two systems, as they were.
    pub kept: u64,
}

/// The pair of a pair in another system: longitude and latitude, or easting and northing. `None`
/// where it is no position in one of the two.
pub fn convert_pair(from: Datum, to: Datum, x: f64, y: f64) -> Option<(f64, f64)> {
    to.from_wgs84(from.to_wgs84(x, y)?)
}

/// A coordinate as text: nine decimals of degrees or four of metres, a tenth of a millimetre.
pub fn coordinate_text(datum: Datum, number: f64) -> String {
    if datum.is_projected() {
        format!("{number:.4}")
    } else {
        format!("{number:.9}")
    }
}

/// Converts the two columns of a table that hold positions; everything else stays as it is. Memory
/// does not grow with the file. The order of the two columns is found by their numbers, and kept.
///
/// # Errors
/// A file that cannot be read or has no such columns; one that would be written over; no room.
pub fn convert_table(request: &ConvertTable, progress: &Progress) -> Result<Converted, Fault> {
    let file = request
        .path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy();
    if let (Ok(source), Ok(target)) = (
        fs::canonicalize(&request.path),
        fs::canonicalize(&request.out),
    ) && source == target
    {
        return Err(Fault::input(
            Message::new("jobs.convert_over_source").arg("file", file),
        ));
    }
    let mut rows = CsvRows::open(&request.path, request.encoding, progress)?;
    let Some(places) = rows.coordinate_columns() else {
        return Err(Fault::input(
            Message::new("jobs.no_coordinate_columns").arg("file", file),
        ));
    };
    let mut next = rows.next_rows(progress)?;
    let reading = order_of(next.as_deref().unwrap_or_default(), places, request.from);
    let name = |at: usize| rows.header().get(at).cloned().unwrap_or_default();
    let mut converted = Converted {
        columns: (name(places.0), name(places.1)),
        reading,
        rows: 0,
        converted: 0,
        without: 0,
        kept: 0,
    };
    let mut out = RowWriter::create(&request.out, rows.delimiter())?;
    out.write(rows.header())?;
    while let Some(some) = next {
        for mut row in some {
            converted.take(&mut row, places, request.to);
            out.write(&row.cells)?;
        }
        next = rows.next_rows(progress)?;
    }
    out.finish()?;
    Ok(converted)
}

/// Which of the two columns comes first, by the first rows of the file.
fn order_of(rows: &[CsvRow], (first_at, second_at): (usize, usize), from: Datum) -> Reading {
    let sample = |row: &CsvRow| {
        Some(Sample {
            first: row.coordinate(first_at)?,
            second: row.coordinate(second_at)?,
            declared: None,
        })
    };
    let samples: Vec<Sample> = rows.iter().filter_map(sample).collect();
    let nowhere = |_, _| Inside::Nowhere;
    datum::examine(&samples, None, Said::Datum(from), &nowhere).reading
}

impl Converted {
    /// Puts the new pair in its place, and counts.
    fn take(&mut self, row: &mut CsvRow, (first_at, second_at): (usize, usize), to: Datum) {
        self.rows += 1;
        if row.is_empty(first_at) && row.is_empty(second_at) {
            self.without += 1;
            return;
        }
        let Some((first, second)) = self.pair_of(row, (first_at, second_at), to) else {
            self.kept += 1;
            return;
        };
        for (at, number) in [(first_at, first), (second_at, second)] {
            if let Some(cell) = row.cells.get_mut(at) {
                *cell = coordinate_text(to, number);
            }
        }
        self.converted += 1;
    }

    fn pair_of(
        &self,
        row: &CsvRow,
        (first_at, second_at): (usize, usize),
        to: Datum,
    ) -> Option<(f64, f64)> {
        let (first, second) = (row.coordinate(first_at)?, row.coordinate(second_at)?);
        let at = self.reading.locate(first, second)?;
        let (x, y) = to.from_wgs84(at)?;
        Some(if self.reading.swapped { (y, x) } else { (x, y) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn convert(text: &str, from: &str, to: &str) -> Result<(Converted, String), Fault> {
        let folder = tempfile::tempdir().unwrap();
        let request = ConvertTable {
            path: folder.path().join("甲.csv"),
            encoding: EncodingChoice::Auto,
            out: folder.path().join("乙.csv"),
            from: Datum::parse(from).unwrap(),
            to: Datum::parse(to).unwrap(),
        };
        fs::write(&request.path, text).unwrap();
        let converted = convert_table(&request, &Progress::new())?;
        Ok((converted, fs::read_to_string(&request.out).unwrap()))
    }

    #[test]
    fn two_columns_change_and_nothing_else() {
        let table = "户编号;经度;备注;纬度\n=1;121.27065568;\"a;b\";30.17306391\n2;;无坐标;\n3;1212;错;30\n4;121°16′;;30°10′;多\n";
        let (counts, text) = convert(table, "gcj02", "wgs84").unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "\u{FEFF}户编号;经度;备注;纬度");
        assert!(lines[1].starts_with("=1;121.26") && lines[1].contains(";\"a;b\";30.17"));
        assert_eq!(lines[2..4], ["2;;无坐标;", "3;1212;错;30"]);
        assert!(lines[4].starts_with("4;121.26") && lines[4].ends_with(";多"));
        assert_eq!((counts.rows, counts.converted), (4, 2));
        assert_eq!((counts.without, counts.kept), (1, 1));
        assert!(!counts.reading.swapped);
    }

    #[test]
    fn a_survey_with_the_northing_first_keeps_its_order() {
        let table = "点号,X坐标,Y坐标\n1,3339000.5,620000.25\n2,3339100.5,620100.25\n";
        let (counts, text) = convert(table, "epsg:4549", "wgs84").unwrap();
        assert!(counts.reading.swapped);
        assert_eq!(counts.columns, ("X坐标".to_owned(), "Y坐标".to_owned()));
        let (_, back) = convert(&text, "wgs84", "epsg:4549").unwrap();
        assert_eq!(back.lines().nth(1).unwrap(), "1,3339000.5000,620000.2500");
    }

    #[test]
    fn files_that_cannot_be_converted() {
        let key = |text: &str| convert(text, "gcj02", "wgs84").unwrap_err().message.key();
        assert_eq!(key("id,name\n1,a\n"), "jobs.no_coordinate_columns");
        assert_eq!(key(""), "read.empty_file");
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("甲.csv");
        fs::write(&path, "lon,lat\n121,30\n").unwrap();
        let request = ConvertTable {
            path: path.clone(),
            encoding: EncodingChoice::Auto,
            out: folder.path().join(".").join("甲.csv"),
            from: Datum::Gcj02,
            to: Datum::Wgs84,
        };
        let fault = convert_table(&request, &Progress::new()).unwrap_err();
        assert_eq!(fault.message.key(), "jobs.convert_over_source");
        assert_eq!(fs::read_to_string(&path).unwrap(), "lon,lat\n121,30\n");
    }

    #[test]
    fn a_pair_that_is_no_position_stays_out() {
        assert_eq!(convert_pair(Datum::Wgs84, Datum::Gcj02, 200.0, 30.0), None);
        let projected = Datum::parse("epsg:4549").unwrap();
        assert_eq!(convert_pair(Datum::Wgs84, projected, -0.1278, 51.5), None);
        assert_eq!(coordinate_text(projected, 1.0), "1.0000");
        assert_eq!(coordinate_text(Datum::Wgs84, -0.5), "-0.500000000");
    }
}
