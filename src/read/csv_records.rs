//! Where the records of a CSV text begin and end, and their cells.
//!
//! The rules are those of the `csv` crate (a test holds the two side by side), which is not used
//! here because it cannot say where a quotation mark swallowed the rows behind it: a ledger typed
//! by hand has such marks, and no row may vanish with them.

use memchr::{memchr, memchr_iter, memchr3};
use std::borrow::Cow;

/// One record as it lies in the text, as byte offsets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Record {
    /// Its first byte.
    pub(super) start: usize,
    /// Behind its last byte, without the line end.
    pub(super) end: usize,
    /// Where the next record starts.
    pub(super) next: usize,
    /// Whether there is a quotation mark in it.
    pub(super) quoted: bool,
    /// Whether text stands behind a closing quotation mark (`"a"b`).
    pub(super) garbled: bool,
    /// Whether the text ended inside quotation marks.
    pub(super) open: bool,
}

impl Record {
    /// A stretch of text whose quotation marks nobody has followed.
    pub(super) fn open(start: usize, end: usize) -> Self {
        Self {
            start,
            end,
            next: end,
            quoted: true,
            garbled: false,
            open: true,
        }
    }

    /// Whether it is a line without anything but spaces, delimiters and empty quotation marks.
    pub(super) fn is_blank(&self, text: &[u8], delimiter: u8) -> bool {
        let text = text.get(self.start..self.end).unwrap_or_default();
        let says_nothing = |byte: &u8| matches!(*byte, b' ' | b'\t' | b'"') || *byte == delimiter;
        !self.open && text.iter().all(says_nothing)
    }
}

/// The record that starts at `start`, or `None` where the text ends before it does (and may go on)
/// or where nothing is left.
pub(super) fn next_record(
    text: &[u8],
    start: usize,
    delimiter: u8,
    at_end: bool,
) -> Option<Record> {
    if start >= text.len() {
        return None;
    }
    let mut record = Record {
        start,
        end: text.len(),
        next: text.len(),
        quoted: false,
        garbled: false,
        open: false,
    };
    let stop = find_any(text, start, [b'\n', b'\r', b'"']);
    match stop.map(|at| (at, byte(text, at))) {
        None => return at_end.then_some(record),
        Some((at, Some(b'"'))) => {
            record.quoted = true;
            // A quotation mark counts only where a cell begins with it.
            let cell = text
                .get(start..at)
                .and_then(|head| head.iter().rposition(|byte| *byte == delimiter))
                .map_or(start, |before| start + before + 1);
            return end_of_quoted(text, cell, delimiter, at_end, record);
        }
        Some((at, _)) => record.end = at,
    }
    record.next = behind_line_end(text, record.end, at_end)?;
    Some(record)
}

/// Follows the cells from `cell` on to the end of the record.
fn end_of_quoted(
    text: &[u8],
    mut cell: usize,
    delimiter: u8,
    at_end: bool,
    mut record: Record,
) -> Option<Record> {
    loop {
        let mut at = cell;
        if byte(text, cell) == Some(b'"') {
            let Some(behind) = behind_quotes(text, cell + 1) else {
                record.open = true;
                return at_end.then_some(record);
            };
            if behind == text.len() && !at_end {
                return None;
            }
            at = behind;
            record.garbled |= byte(text, at)
                .is_some_and(|next| next != delimiter && next != b'\n' && next != b'\r');
        }
        match find_any(text, at, [b'\n', b'\r', delimiter]) {
            None => return at_end.then_some(record),
            Some(stop) if byte(text, stop) == Some(delimiter) => cell = stop + 1,
            Some(stop) => {
                record.end = stop;
                record.next = behind_line_end(text, stop, at_end)?;
                return Some(record);
            }
        }
    }
}

/// Behind the closing quotation mark of the cell whose text starts at `at`; doubled marks are text.
fn behind_quotes(text: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let mark = at + memchr(b'"', text.get(at..)?)?;
        if byte(text, mark + 1) != Some(b'"') {
            return Some(mark + 1);
        }
        at = mark + 2;
    }
}

/// Behind the line end at `at`: `\n`, `\r\n` or `\r`. `None` where a `\n` may still come.
fn behind_line_end(text: &[u8], at: usize, at_end: bool) -> Option<usize> {
    if byte(text, at) == Some(b'\n') {
        return Some(at + 1);
    }
    match byte(text, at + 1) {
        Some(b'\n') => Some(at + 2),
        None if !at_end => None,
        _ => Some(at + 1),
    }
}

/// The first line end in a stretch of text, as (its place, the place behind it).
pub(super) fn first_line_end(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let at = find_any(text.get(..end)?, start, [b'\n', b'\r', b'\n'])?;
    Some((at, behind_line_end(text, at, true)?))
}

/// Cuts a record into its cells, without their quotation marks. `cells` is emptied first.
pub(super) fn cut<'a>(record: &'a str, delimiter: u8, quoted: bool, cells: &mut Vec<Cow<'a, str>>) {
    cells.clear();
    if !quoted {
        let mut start = 0;
        for at in memchr_iter(delimiter, record.as_bytes()).chain([record.len()]) {
            cells.push(Cow::Borrowed(record.get(start..at).unwrap_or_default()));
            start = at + 1;
        }
        return;
    }
    let mut rest = Some(record);
    while let Some(text) = rest {
        if let Some(body) = text.strip_prefix('"') {
            let (cell, behind) = unquoted(body, delimiter);
            cells.push(cell);
            rest = behind;
        } else {
            let (cell, behind) = parted(text, delimiter);
            cells.push(Cow::Borrowed(cell));
            rest = behind;
        }
    }
}

/// The text before an ASCII character, and the text behind it.
fn parted(text: &str, at_byte: u8) -> (&str, Option<&str>) {
    memchr(at_byte, text.as_bytes())
        .and_then(|at| Some((text.get(..at)?, text.get(at + 1..))))
        .unwrap_or((text, None))
}

/// The text of a quoted cell, and what stands behind the next delimiter.
fn unquoted(body: &str, delimiter: u8) -> (Cow<'_, str>, Option<&str>) {
    let mut cell = Cow::Borrowed("");
    let mut left = body;
    loop {
        let (before, after) = parted(left, b'"');
        cell += before;
        let Some(after) = after else {
            return (cell, None);
        };
        if let Some(after) = after.strip_prefix('"') {
            cell += "\"";
            left = after;
            continue;
        }
        let (tail, behind) = parted(after, delimiter);
        cell += tail;
        return (cell, behind);
    }
}

fn byte(text: &[u8], at: usize) -> Option<u8> {
    text.get(at).copied()
}

/// The first place from `start` on that holds one of three bytes: this is where the time of splitting
/// a file goes.
fn find_any(text: &[u8], start: usize, [a, b, c]: [u8; 3]) -> Option<usize> {
    memchr3(a, b, c, text.get(start..)?).map(|at| start + at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// All records of a text, blank lines left out.
    fn ours(text: &str, delimiter: u8) -> Vec<Vec<String>> {
        let mut rows = Vec::new();
        let mut cells = Vec::new();
        let mut at = 0;
        while let Some(record) = next_record(text.as_bytes(), at, delimiter, true) {
            at = record.next;
            if record.start < record.end {
                let text = text.get(record.start..record.end).unwrap();
                cut(text, delimiter, record.quoted, &mut cells);
                rows.push(cells.iter().map(ToString::to_string).collect());
            }
        }
        rows
    }

    fn theirs(text: &str, delimiter: u8) -> Vec<Vec<String>> {
        csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(text.as_bytes())
            .records()
            .map(|row| row.unwrap().iter().map(str::to_owned).collect())
            .collect()
    }

    proptest! {
        #[test]
        fn records_and_cells_are_those_of_the_csv_crate(
            text in "([a,;\"\r\n低]|\"\"|\r\n|,\"|\",|1234567890){0,40}"
        ) {
            prop_assert_eq!(ours(&text, b','), theirs(&text, b','));
            prop_assert_eq!(ours(&text, b';'), theirs(&text, b';'));
        }

        #[test]
        fn a_record_is_the_same_however_much_text_follows(
            text in "([a,\"\r\n]|,\"|\",|1234567890){0,40}", cut_at in 0_usize..60
        ) {
            let bytes = text.as_bytes();
            let part = &bytes[..cut_at.min(bytes.len())];
            if let Some(record) = next_record(part, 0, b',', false) {
                prop_assert_eq!(next_record(bytes, 0, b',', true), Some(record));
            }
        }
    }

    #[test]
    fn what_is_wrong_with_quotation_marks_is_said() {
        let record = next_record(b"a,\"b\nc", 0, b',', true).unwrap();
        assert!(record.open && record.quoted && !record.garbled);
        let record = next_record(b"\"a\"b,c\n", 0, b',', true).unwrap();
        assert!(record.garbled && !record.open);
        assert_eq!(next_record(b"a,\"b\nc", 0, b',', false), None);
        assert_eq!(next_record(b"a\r", 0, b',', false), None);
    }
}
