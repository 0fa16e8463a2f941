//! The table of a Shapefile as text. A boundary's attributes are codes and names, so a column is the
//! bytes between two places; dates, numbers and memos need no types. (A crate for these tables leaves
//! out rows marked as deleted without saying which, so that every later shape would get another's
//! name, and refuses a table for an impossible date in its header.)

use super::encoding::{Encoding, EncodingChoice};
use super::text_stream::decode_whole;

const FIELD_BYTES: usize = 32;
/// Text that is looked at for the encoding.
const SAMPLE_BYTES: usize = 16 << 20;

/// A column.
#[derive(Debug)]
struct Field {
    name: Vec<u8>,
    kind: u8,
    at: usize,
    len: usize,
}

/// A table, whole in memory.
#[derive(Debug)]
pub(super) struct Dbf {
    bytes: Vec<u8>,
    /// Where the rows begin.
    start: usize,
    row_bytes: usize,
    rows: usize,
    fields: Vec<Field>,
}

fn number(bytes: &[u8], at: usize) -> Option<usize> {
    let pair = bytes.get(at..at.checked_add(2)?)?;
    Some(usize::from(u16::from_le_bytes(pair.try_into().ok()?)))
}

impl Dbf {
    /// A table; `None` where the bytes are none.
    pub(super) fn of(bytes: Vec<u8>) -> Option<Self> {
        let start = number(&bytes, 8)?;
        let row_bytes = number(&bytes, 10).filter(|bytes| *bytes > 1)?;
        let stated = u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?) as usize;
        let there = bytes.len().checked_sub(start)? / row_bytes;
        // A program that died while it wrote leaves a count of nought.
        let rows = if stated == 0 {
            there
        } else {
            stated.min(there)
        };
        let mut fields = Vec::new();
        let mut at = 1;
        for place in (FIELD_BYTES..start).step_by(FIELD_BYTES) {
            let Some(field) = bytes.get(place..place + FIELD_BYTES) else {
                break;
            };
            let (Some(name), Some(kind), Some(len), Some(more)) =
                (field.get(..11), field.get(11), field.get(16), field.get(17))
            else {
                break;
            };
            if name.first() == Some(&b'\r') {
                break;
            }
            // Long texts of FoxPro keep the upper half of their length where numbers keep decimals.
            let mut len = usize::from(*len);
            if *kind == b'C' {
                len += usize::from(*more) << 8;
            }
            if at + len > row_bytes {
                break;
            }
            let ends = name.iter().position(|byte| *byte == 0).unwrap_or(11);
            fields.push(Field {
                name: name.get(..ends)?.to_vec(),
                kind: *kind,
                at,
                len,
            });
            at += len;
        }
        (!fields.is_empty()).then_some(Self {
            bytes,
            start,
            row_bytes,
            rows,
            fields,
        })
    }

    /// How many rows there are, those marked as deleted included.
    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// Whether a row is marked as deleted.
    pub(super) fn is_deleted(&self, row: usize) -> bool {
        self.row(row).is_some_and(|bytes| bytes.starts_with(b"*"))
    }

    fn row(&self, row: usize) -> Option<&[u8]> {
        let at = self.start.checked_add(row.checked_mul(self.row_bytes)?)?;
        let bytes = self.bytes.get(at..at.checked_add(self.row_bytes)?)?;
        (row < self.rows).then_some(bytes)
    }

    /// The names of the columns, each with its length in the file: ten bytes is all there is room for.
    /// A second name of the same beginning has a number at its end, which may cut a character.
    pub(super) fn headers(&self, encoding: Encoding) -> Vec<(String, usize)> {
        let header = |field: &Field| {
            let name = text(&field.name, encoding);
            let whole = name.split('\u{FFFD}').next().unwrap_or_default();
            (whole.to_owned(), field.name.len())
        };
        self.fields.iter().map(header).collect()
    }

    /// The texts of a row, in the order of the columns; empty where a cell holds none.
    pub(super) fn texts(&self, row: usize, encoding: Encoding) -> Vec<String> {
        let Some(row) = self.row(row) else {
            return Vec::new();
        };
        let cell = |field: &Field| row.get(field.at..field.at + field.len).unwrap_or_default();
        let cells = self.fields.iter().map(|field| match field.kind {
            b'C' | b'V' => text(cell(field), encoding),
            b'N' | b'F' | b'D' => text(cell(field), Encoding::Utf8),
            b'I' | b'+' => cell(field)
                .try_into()
                .map(|bytes| i32::from_le_bytes(bytes).to_string())
                .unwrap_or_default(),
            _ => String::new(),
        });
        cells.collect()
    }

    /// All text beyond ASCII, a cell a line: what tells the encoding.
    pub(super) fn sample(&self) -> Vec<u8> {
        let mut sample = Vec::new();
        let names = self.fields.iter().map(|field| field.name.as_slice());
        let cells = (0..self.rows)
            .filter_map(|row| self.row(row))
            .flat_map(|row| {
                let texts = self.fields.iter().filter(|field| field.kind == b'C');
                texts.filter_map(|field| row.get(field.at..field.at + field.len))
            });
        for cell in names.chain(cells).filter(|cell| !cell.is_ascii()) {
            sample.extend_from_slice(trimmed(cell));
            sample.push(b'\n');
            if sample.len() > SAMPLE_BYTES {
                break;
            }
        }
        sample
    }

    /// The encoding that a byte of the header says.
    pub(super) fn stated_encoding(&self) -> Option<Encoding> {
        match self.bytes.get(29)? {
            0x4D | 0x7A => Some(Encoding::Gb18030),
            0x78 => Some(Encoding::Big5),
            0xF0 => Some(Encoding::Utf8),
            _ => None,
        }
    }
}

fn trimmed(cell: &[u8]) -> &[u8] {
    let is_blank = |byte: &u8| *byte == 0 || byte.is_ascii_whitespace();
    let from = cell.iter().position(|byte| !is_blank(byte));
    let to = cell.iter().rposition(|byte| !is_blank(byte));
    from.zip(to)
        .and_then(|(from, to)| cell.get(from..=to))
        .unwrap_or_default()
}

/// A cell as text. A character that the width of the column cuts is left out.
fn text(cell: &[u8], encoding: Encoding) -> String {
    let decoded = decode_whole(trimmed(cell), encoding);
    let whole = decoded.trim_end_matches('\u{FFFD}');
    // Only at a full cell's end; damage elsewhere stays visible.
    let is_cut = decoded.len() > whole.len() && trimmed(cell).len() + 3 >= cell.len();
    let kept = if is_cut { whole } else { &decoded };
    let kept = kept.trim();
    // Stars stand for a number that its column has no room for.
    if !kept.is_empty() && kept.bytes().all(|byte| byte == b'*') {
        return String::new();
    }
    kept.to_owned()
}

/// The encoding that a `.cpg` file says.
pub(super) fn encoding_of_cpg(text: &str) -> Option<Encoding> {
    let word: String = text
        .trim_matches(|char: char| !char.is_ascii_alphanumeric())
        .to_ascii_lowercase()
        .chars()
        .filter(|char| !char.is_whitespace() && *char != '_')
        .collect();
    let word = word.strip_prefix("ansi").unwrap_or(&word);
    let word = match word {
        "936" | "ms936" | "x-gbk" | "euc-cn" | "hz-gb-2312" | "gb2312-80" | "gb-18030"
        | "gb-2312" | "windows-936" => "gbk",
        "65001" | "cp65001" | "utf" => "utf-8",
        "950" | "ms950" | "big5-hkscs" | "big-5" => "big5",
        other => other,
    };
    match EncodingChoice::from_code(word) {
        Some(EncodingChoice::Fixed(encoding)) => Some(encoding),
        _ => None,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A table of text columns, as old programs write it.
    pub(crate) fn table(fields: &[(&[u8], usize)], rows: &[&[&[u8]]]) -> Vec<u8> {
        let row_bytes = 1 + fields.iter().map(|(_, len)| len).sum::<usize>();
        let start = 32 + 32 * fields.len() + 1;
        let mut out = vec![3, 95, 0, 0];
        out.extend((rows.len() as u32).to_le_bytes());
        out.extend((start as u16).to_le_bytes());
        out.extend((row_bytes as u16).to_le_bytes());
        out.resize(32, 0);
        for (name, len) in fields {
            let at = out.len();
            out.extend(*name);
            out.resize(at + 11, 0);
            out.push(b'C');
            out.resize(at + 16, 0);
            out.push(*len as u8);
            out.resize(at + 32, 0);
        }
        out.push(b'\r');
        for row in rows {
            out.push(b' ');
            for (cell, (_, len)) in row.iter().zip(fields) {
                let at = out.len();
                out.extend(*cell);
                out.resize(at + len, b' ');
            }
        }
        out.push(0x1A);
        out
    }

    fn gbk(text: &str) -> Vec<u8> {
        encoding_rs::GBK.encode(text).0.into_owned()
    }

    #[test]
    fn texts_and_cut_names() {
        let (name, cell) = (gbk("行政区划代码"), gbk("河东街道"));
        let bytes = table(
            &[(&name[..10], 8), (b"NAME", 7)],
            &[&[b"330282 ", &cell[..7]]],
        );
        let dbf = Dbf::of(bytes).unwrap();
        let headers = dbf.headers(Encoding::Gb18030);
        assert_eq!(
            headers,
            [("行政区划代".to_owned(), 10), ("NAME".to_owned(), 4)]
        );
        assert_eq!(dbf.texts(0, Encoding::Gb18030), ["330282", "河东街"]);
        assert_eq!(dbf.rows(), 1);
    }

    #[test]
    fn utf8_names_cut_inside_a_character() {
        let name = "行政区划代码".as_bytes();
        let dbf = Dbf::of(table(&[(&name[..10], 4)], &[&[b"1"]])).unwrap();
        assert_eq!(dbf.headers(Encoding::Utf8), [("行政区".to_owned(), 10)]);
        let second = [&name[..8], b"_1"].concat();
        let dbf = Dbf::of(table(&[(&second, 4)], &[&[b"1"]])).unwrap();
        assert_eq!(dbf.headers(Encoding::Utf8), [("行政".to_owned(), 10)]);
    }

    #[test]
    fn deleted_rows_keep_their_place_and_stars_are_no_number() {
        let mut bytes = table(&[(b"A", 4)], &[&[b"1"], &[b"****"], &[b"3"]]);
        let start = 32 + 32 + 1;
        bytes[start] = b'*';
        let dbf = Dbf::of(bytes).unwrap();
        assert!(dbf.is_deleted(0) && !dbf.is_deleted(1) && !dbf.is_deleted(9));
        assert_eq!(dbf.texts(1, Encoding::Utf8), [""]);
        assert_eq!(dbf.texts(2, Encoding::Utf8), ["3"]);
        assert!(dbf.texts(3, Encoding::Utf8).is_empty());
    }

    #[test]
    fn counts_and_lengths_that_lie_do_no_harm() {
        let good = table(&[(b"A", 4), (b"B", 4)], &[&[b"1", b"2"]]);
        for at in 0..good.len() {
            for value in [0, 1, 0x7F, 0xFF] {
                let mut bytes = good.clone();
                bytes[at] = value;
                if let Some(dbf) = Dbf::of(bytes) {
                    assert!(dbf.rows() < 100);
                    let _ = dbf.sample();
                    for row in 0..dbf.rows() {
                        let _ = dbf.texts(row, Encoding::Gb18030);
                    }
                }
            }
            let _ = Dbf::of(good[..at].to_vec());
        }
        assert!(Dbf::of(Vec::new()).is_none());
    }

    #[test]
    fn words_of_cpg_files() {
        for word in [
            "GBK",
            "936",
            "cp936",
            "GB2312",
            "GB18030",
            "ANSI 936",
            "\u{FEFF}gbk\r\n",
        ] {
            assert_eq!(encoding_of_cpg(word), Some(Encoding::Gb18030), "{word}");
        }
        for word in ["UTF-8", "utf8", "65001", "UTF_8"] {
            assert_eq!(encoding_of_cpg(word), Some(Encoding::Utf8), "{word}");
        }
        for word in ["Big5", "950", "CP950"] {
            assert_eq!(encoding_of_cpg(word), Some(Encoding::Big5), "{word}");
        }
        for word in ["", "OEM", "ISO-8859-1", "auto"] {
            assert_eq!(encoding_of_cpg(word), None, "{word}");
        }
    }
}
