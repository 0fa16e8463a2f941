//! The records of an Excel 97 stream, and the texts in them.

use super::ole::{u16_at, u32_at};

/// A record that goes on with the one before.
const CONTINUE: u16 = 0x003C;

/// One record with those that continue it.
pub(super) struct Record<'a> {
    pub(super) kind: u16,
    /// Its own bytes, then those of each that continues it.
    pub(super) parts: Vec<&'a [u8]>,
}

impl<'a> Record<'a> {
    /// Its own bytes.
    pub(super) fn data(&self) -> &'a [u8] {
        self.parts.first().copied().unwrap_or_default()
    }
}

/// The records of a stream from a place on.
pub(super) struct Records<'a> {
    rest: &'a [u8],
}

impl<'a> Records<'a> {
    pub(super) fn new(stream: &'a [u8], start: usize) -> Self {
        Self {
            rest: stream.get(start..).unwrap_or_default(),
        }
    }

    /// The kind and the bytes of the record at the front.
    fn peek(&self) -> Option<(u16, &'a [u8], &'a [u8])> {
        let kind = u16_at(self.rest, 0)?;
        let length = usize::from(u16_at(self.rest, 2)?);
        let (data, rest) = self.rest.get(4..)?.split_at_checked(length)?;
        Some((kind, data, rest))
    }

    /// Whether the stream is at its end, rather than cut inside a record.
    pub(super) fn is_at_end(&self) -> bool {
        self.rest.iter().all(|byte| *byte == 0)
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let (kind, data, rest) = self.peek()?;
        self.rest = rest;
        let mut parts = vec![data];
        while let Some((CONTINUE, more, rest)) = self.peek() {
            parts.push(more);
            self.rest = rest;
        }
        Some(Record { kind, parts })
    }
}

/// A place in the bytes of a record and those that continue it.
pub(super) struct Cursor<'r, 'a> {
    parts: &'r [&'a [u8]],
    part: usize,
    at: usize,
}

impl<'r, 'a> Cursor<'r, 'a> {
    pub(super) fn new(record: &'r Record<'a>, at: usize) -> Self {
        Self {
            parts: &record.parts,
            part: 0,
            at,
        }
    }

    /// What is left of the part.
    fn left(&self) -> &'a [u8] {
        let part = self.parts.get(self.part).copied().unwrap_or_default();
        part.get(self.at..).unwrap_or_default()
    }

    /// Goes on to the next part where this one is used up.
    fn turn(&mut self) -> Option<()> {
        while self.left().is_empty() {
            self.part += 1;
            self.at = 0;
            self.parts.get(self.part)?;
        }
        Some(())
    }

    fn byte(&mut self) -> Option<u8> {
        self.turn()?;
        let byte = self.left().first().copied()?;
        self.at += 1;
        Some(byte)
    }

    fn number(&mut self, bytes: u32) -> Option<u32> {
        let mut number = 0;
        for place in 0..bytes {
            number |= u32::from(self.byte()?) << (8 * place);
        }
        Some(number)
    }

    fn skip(&mut self, mut bytes: usize) -> Option<()> {
        while bytes > 0 {
            self.turn()?;
            let step = bytes.min(self.left().len());
            self.at += step;
            bytes -= step;
        }
        Some(())
    }

    /// A text of Excel 97, behind its length in one or two bytes.
    pub(super) fn text(&mut self, length_bytes: u32) -> Option<String> {
        let length = self.number(length_bytes)? as usize;
        let flags = self.byte()?;
        let runs = if flags & 8 != 0 { self.number(2)? } else { 0 };
        let extra = if flags & 4 != 0 { self.number(4)? } else { 0 };
        let mut out = String::new();
        let mut is_wide = flags & 1 != 0;
        let mut units = Vec::new();
        while units.len() < length {
            if self.left().is_empty() {
                // A text that goes on in the next record says anew how wide its characters are.
                self.turn()?;
                is_wide = self.byte()? & 1 != 0;
                continue;
            }
            let missing = length - units.len();
            if is_wide {
                let (pairs, _) = self.left().as_chunks::<2>();
                let some = pairs.get(..missing).unwrap_or(pairs);
                units.extend(some.iter().map(|pair| u16::from_le_bytes(*pair)));
                self.at += some.len() * 2;
                if some.is_empty() {
                    // A character cut in two is none.
                    return None;
                }
            } else {
                let left = self.left();
                let some = left.get(..missing).unwrap_or(left);
                units.extend(some.iter().map(|byte| u16::from(*byte)));
                self.at += some.len();
            }
        }
        let chars = char::decode_utf16(units);
        out.extend(chars.map(|char| char.unwrap_or('\u{FFFD}')));
        self.skip(runs as usize * 4)?;
        self.skip(extra as usize)?;
        Some(out)
    }
}

/// A text of Excel 95: bytes in the code page of the workbook, behind their number.
pub(super) fn bytes_text(data: &[u8], length_bytes: usize, code_page: u16) -> Option<String> {
    let length = match length_bytes {
        1 => usize::from(*data.first()?),
        _ => usize::from(u16_at(data, 0)?),
    };
    let bytes = data.get(length_bytes..)?.get(..length)?;
    let encoding = match code_page {
        936 => encoding_rs::GB18030,
        950 => encoding_rs::BIG5,
        932 => encoding_rs::SHIFT_JIS,
        949 => encoding_rs::EUC_KR,
        _ => encoding_rs::WINDOWS_1252,
    };
    Some(encoding.decode_without_bom_handling(bytes).0.into_owned())
}

/// The number of eight bytes at a place.
pub(super) fn f64_at(data: &[u8], at: usize) -> Option<f64> {
    let bytes = data.get(at..)?.first_chunk::<8>()?;
    Some(f64::from_le_bytes(*bytes))
}

/// A number in four bytes: the upper half of a real one or a whole one, perhaps times a hundred.
pub(super) fn packed_number(data: &[u8], at: usize) -> Option<f64> {
    let raw = u32_at(data, at)?;
    let value = if raw & 2 != 0 {
        f64::from(raw as i32 >> 2)
    } else {
        f64::from_bits(u64::from(raw & !3) << 32)
    };
    Some(if raw & 1 != 0 { value / 100.0 } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_goes_on_in_the_next_record_with_other_characters() {
        let parts: Vec<&[u8]> = vec![
            b"\x04\0\x08\x01\0ab",
            b"\x01\x37\x62\xC5\x60",
            b"abcd\x01\0\0x",
        ];
        let record = Record { kind: 0, parts };
        let mut cursor = Cursor::new(&record, 0);
        assert_eq!(cursor.text(2).as_deref(), Some("ab户情"));
        assert_eq!(cursor.text(2).as_deref(), Some("x"));
        assert_eq!(cursor.text(2), None);
    }

    #[test]
    fn numbers_in_four_bytes() {
        for (raw, value) in [
            ((1234_u32 << 2) | 2, 1234.0),
            ((1234 << 2) | 3, 12.34),
            ((-5_i32 << 2) as u32 | 2, -5.0),
            (0x3FF0_0000, 1.0),
        ] {
            assert_eq!(packed_number(&raw.to_le_bytes(), 0), Some(value));
        }
        assert_eq!(packed_number(b"abc", 0), None);
    }

    #[test]
    fn a_cut_stream_is_no_end() {
        let mut records = Records::new(b"\x0A\0\0\0\x09\x08\x10\0ab", 0);
        assert_eq!(records.next().map(|record| record.kind), Some(10));
        assert!(records.next().is_none() && !records.is_at_end());
        assert!(Records::new(b"\0\0\0\0\0", 4).is_at_end());
    }
}
