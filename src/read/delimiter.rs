//! Which character stands between the cells.

use super::columns::field_of;
use super::csv_records::{cut, next_record};

const CANDIDATES: [u8; 3] = [b',', b'\t', b';'];

/// The delimiter under which the first line says most: most headers that are understood, then most cells.
pub(super) fn detect(sample: &[u8]) -> u8 {
    let mut best = (0, 0, b',');
    for delimiter in CANDIDATES {
        let (understood, cells) = weigh(sample, delimiter);
        if (understood, cells) > (best.0, best.1) {
            best = (understood, cells, delimiter);
        }
    }
    best.2
}

/// How many headers of the first line that is not blank are understood, and how many there are.
fn weigh(sample: &[u8], delimiter: u8) -> (usize, usize) {
    let mut at = 0;
    while let Some(record) = next_record(sample, at, delimiter, true) {
        at = record.next;
        let line = sample.get(record.start..record.end).unwrap_or_default();
        let line = String::from_utf8_lossy(line);
        if line.trim().is_empty() {
            continue;
        }
        let mut cells = Vec::new();
        cut(&line, delimiter, record.quoted, &mut cells);
        let understood = cells.iter().filter(|cell| field_of(cell).is_some());
        return (understood.count(), cells.len());
    }
    (0, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_tabs_and_semicolons_are_told_apart() {
        assert_eq!(detect(b"id,name,lon\n1,a,2\n"), b',');
        assert_eq!(detect(b"id\tname\tlon, lat\n"), b'\t');
        assert_eq!(detect("户编号;户主姓名;经度\n".as_bytes()), b';');
        assert_eq!(detect(b"\r\n\"id,x,y,z,q\";name;lon\n"), b';');
        assert_eq!(detect(b"id\n1\n"), b',');
        assert_eq!(detect(b""), b',');
    }
}
