//! Which character stands between the cells of a text, and what the first rows are under it.

use super::csv_records::{cut, next_record};
use super::header_row::{self, Header, SAMPLE_ROWS, SampleRow};

const CANDIDATES: [u8; 3] = [b',', b'\t', b';'];

/// A text with more columns is no table that somebody keeps; a spreadsheet has no more.
pub(super) const MOST_TEXT_COLUMNS: usize = 16_384;

/// The first rows of a text, and where each of them ends.
pub(super) struct Sample {
    /// A row has at most one cell more than a table may have: who reads a hundred thousand headers
    /// to find that they are too many has read for nothing.
    pub(super) rows: Vec<SampleRow>,
    /// Behind each row.
    pub(super) behind: Vec<usize>,
    /// How many cells each row has.
    pub(super) cells: Vec<usize>,
}

/// The delimiter under which the headers say most: most that are understood, then most cells.
pub(super) fn detect(text: &[u8], at_end: bool, said: Option<u64>) -> u8 {
    let mut best = (0, 0, b',');
    for delimiter in CANDIDATES {
        let rows = sample(text, delimiter, at_end, said).rows;
        let (understood, cells) = weigh(header_row::find(&rows, said));
        if (understood, cells) > (best.0, best.1) {
            best = (understood, cells, delimiter);
        }
    }
    best.2
}

fn weigh(header: Option<Header>) -> (usize, usize) {
    header.map_or((0, 0), |header| (header.understood, header.names.len()))
}

/// The rows at the top that are not blank: so many as the headers are looked for among, or as far as
/// the row that somebody says.
pub(super) fn sample(text: &[u8], delimiter: u8, at_end: bool, said: Option<u64>) -> Sample {
    let mut sample = Sample {
        rows: Vec::new(),
        behind: Vec::new(),
        cells: Vec::new(),
    };
    let mut cells = Vec::new();
    let (mut at, mut row) = (0, 0);
    while let Some(record) = next_record(text, at, delimiter, at_end) {
        at = record.next;
        row += 1;
        if record.is_blank(text, delimiter) {
            continue;
        }
        let line = String::from_utf8_lossy(text.get(record.start..record.end).unwrap_or_default());
        cut(&line, delimiter, record.quoted, &mut cells);
        sample.rows.push(SampleRow {
            row,
            cells: cells
                .iter()
                .take(MOST_TEXT_COLUMNS + 1)
                .map(|cell| cell.trim().to_owned())
                .collect(),
        });
        sample.cells.push(cells.len());
        cells = Vec::new();
        sample.behind.push(record.next);
        if sample.rows.len() >= SAMPLE_ROWS && said.is_none_or(|said| row > said) {
            break;
        }
    }
    sample
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detected(text: &[u8]) -> u8 {
        detect(text, true, None)
    }

    #[test]
    fn commas_tabs_and_semicolons_are_told_apart() {
        assert_eq!(detected(b"id,name,lon\n1,a,2\n"), b',');
        assert_eq!(detected(b"id\tname\tlon, lat\n"), b'\t');
        assert_eq!(detected("户编号;户主姓名;经度\n".as_bytes()), b';');
        assert_eq!(detected(b"\r\n\"id,x,y,z,q\";name;lon\n"), b';');
        assert_eq!(detected(b"id\n1\n"), b',');
        assert_eq!(detected(b""), b',');
    }

    #[test]
    fn titles_with_other_marks_do_not_mislead() {
        let text = "某街道,某社区,某年,某月,某日\n户编号;户主姓名;经度\n1;示范甲;2\n";
        assert_eq!(detected(text.as_bytes()), b';');
    }
}
