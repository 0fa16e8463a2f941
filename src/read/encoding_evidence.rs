//! What the bytes of a file say for and against UTF-8 and UTF-16.

use super::encoding::Encoding;

/// How much of the lines that are not plain ASCII is kept for a closer look.
const SAMPLE_BYTES: usize = 1 << 15;
/// How much at the start is looked at for UTF-16.
const UTF16_BYTES: usize = 1 << 16;
/// Fewer bytes than this are a whole file; more may end in half a character.
const CUT_BYTES: usize = 4096;

/// What speaks for and against UTF-8.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    /// It begins with the byte order mark of UTF-8, which no other program writes by chance.
    pub(super) marked: bool,
    /// Some bytes were weighed.
    begun: bool,
    /// Characters of three and more bytes, as Chinese is; GBK text forms them only by chance.
    pub(super) wide: u64,
    /// Characters of two bytes: letters with accents, or two bytes of GBK.
    pub(super) narrow: u64,
    /// Those of them that stand directly behind another.
    narrow_together: u64,
    /// Sequences that are no UTF-8.
    pub(super) broken: u64,
    /// Lines that are not plain ASCII, from the start on.
    pub(super) sample: Vec<u8>,
}

impl Evidence {
    /// Whether nothing was weighed yet.
    pub(super) fn is_fresh(&self) -> bool {
        !self.begun
    }

    /// Adds some bytes; returns how many at their end begin a character that goes on later.
    pub(super) fn weigh(&mut self, bytes: &[u8]) -> usize {
        if !self.begun && !bytes.is_empty() {
            self.begun = true;
            self.marked = bytes.starts_with(b"\xEF\xBB\xBF");
        }
        if self.sample.len() < SAMPLE_BYTES && !bytes.is_ascii() {
            self.keep(bytes);
        }
        // Most blocks of a large file end inside a character.
        let tail = unfinished_bytes(bytes);
        let whole = bytes.get(..bytes.len() - tail).unwrap_or_default();
        if simdutf8::basic::from_utf8(whole).is_ok() {
            self.count(whole);
            return tail;
        }
        let mut held = 0;
        for part in bytes.utf8_chunks() {
            self.count(part.valid().as_bytes());
            self.broken += u64::from(held > 0);
            held = 0;
            let unfinished =
                std::str::from_utf8(part.invalid()).is_err_and(|error| error.error_len().is_none());
            if unfinished {
                held = part.invalid().len();
            } else {
                self.broken += u64::from(!part.invalid().is_empty());
            }
        }
        held
    }

    fn count(&mut self, valid: &[u8]) {
        // Sums of a byte each are quick; 255 of them cannot overflow.
        let starts = |part: &[u8]| part.iter().map(|byte| u8::from(*byte >= 0xE0)).sum::<u8>();
        let wide = valid.chunks(255).map(|part| u64::from(starts(part)));
        self.wide += wide.sum::<u64>();
        // Where there is Chinese, letters with accents tell nothing.
        if self.wide > 0 || valid.is_ascii() {
            return;
        }
        let mut behind = false;
        for pair in valid.windows(2) {
            if let [0xC2..=0xDF, _] = pair {
                self.narrow += 1;
                self.narrow_together += u64::from(behind);
            }
            behind = matches!(pair, [0x80..=0xBF, _]);
        }
    }

    /// Keeps the lines that are not plain ASCII.
    fn keep(&mut self, bytes: &[u8]) {
        for line in bytes.split_inclusive(|byte| matches!(byte, b'\n' | b'\r')) {
            let room = SAMPLE_BYTES.saturating_sub(self.sample.len());
            if room == 0 {
                return;
            }
            if !line.is_ascii() {
                self.sample.extend(line.iter().take(room));
            }
        }
    }

    /// Whether reading on cannot change the answer in earnest.
    pub(super) fn is_overwhelming(&self) -> bool {
        !self.marked && self.broken > 10_000 && self.wide < self.broken
    }

    /// The share of characters that are valid UTF-8.
    pub(super) fn utf8_share(&self) -> f64 {
        let valid = (self.wide + self.narrow) as f64;
        valid / (valid + self.broken as f64).max(1.0)
    }

    /// Whether characters of two bytes stand in words, as Chinese ones do.
    pub(super) fn narrow_stand_together(&self) -> bool {
        2 * self.narrow_together >= self.narrow && self.narrow > 0
    }
}

/// How many bytes at the end begin a UTF-8 character that is not finished there.
fn unfinished_bytes(bytes: &[u8]) -> usize {
    let (begun, length) = match bytes {
        [.., last] if *last >= 0xC2 => (1, *last),
        [.., first, 0x80..=0xBF] if *first >= 0xE0 => (2, *first),
        [.., first, 0x80..=0xBF, 0x80..=0xBF] if *first >= 0xF0 => (3, *first),
        _ => return 0,
    };
    // Whether it can be one is for whoever sees its end.
    if length <= 0xF4 { begun } else { 0 }
}

/// UTF-16 by its byte order mark. `bytes` are the first ones of a file.
pub(super) fn utf16_marked(bytes: &[u8]) -> Option<Encoding> {
    match bytes {
        [0xFF, 0xFE, ..] => Some(Encoding::Utf16Le),
        [0xFE, 0xFF, ..] => Some(Encoding::Utf16Be),
        _ => None,
    }
}

/// UTF-16 by its byte order mark, or because every other byte is zero where the character is ASCII.
/// `bytes` are the first ones of a file.
pub(super) fn utf16_of(bytes: &[u8]) -> Option<Encoding> {
    if let Some(marked) = utf16_marked(bytes) {
        return Some(marked);
    }
    let start = bytes.get(..UTF16_BYTES).unwrap_or(bytes);
    let (pairs, _) = start.as_chunks::<2>();
    let zeros_first = pairs.iter().filter(|pair| pair[0] == 0).count();
    let zeros_second = pairs.iter().filter(|pair| pair[1] == 0).count();
    let (encoding, zeros, others) = if zeros_second > zeros_first {
        (Encoding::Utf16Le, zeros_second, zeros_first)
    } else {
        (Encoding::Utf16Be, zeros_first, zeros_second)
    };
    if zeros < 2 || zeros * 20 < pairs.len() || others * 20 > zeros {
        return None;
    }
    let units = pairs.iter().map(|pair| match encoding {
        Encoding::Utf16Le => u16::from_le_bytes(*pair),
        _ => u16::from_be_bytes(*pair),
    });
    // The last character may be cut in two; control characters and halves of characters elsewhere
    // are no text.
    let is_text = |char: char| !char.is_control() || matches!(char, '\t' | '\n' | '\r');
    let wrong = char::decode_utf16(units).filter(|one| !matches!(one, Ok(char) if is_text(*char)));
    let wrong = wrong.take(2).count();
    (wrong <= usize::from(start.len() >= CUT_BYTES)).then_some(encoding)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_cut_by_a_buffer_are_whole() {
        let text = "民情".as_bytes();
        let mut evidence = Evidence::default();
        assert_eq!(evidence.weigh(&text[..4]), 1);
        assert_eq!(evidence.weigh(&text[3..]), 0);
        assert_eq!((evidence.wide, evidence.broken), (2, 0));
    }

    #[test]
    fn zeros_of_other_files_are_not_utf16() {
        assert_eq!(utf16_of(b"i\0d\0,\0"), Some(Encoding::Utf16Le));
        assert_eq!(utf16_of(b"\0i\0d\0,"), Some(Encoding::Utf16Be));
        assert_eq!(utf16_of(b"id,\0name\n1,\0\0x\n"), None);
        assert_eq!(utf16_of(&[0; 64]), None);
        assert_eq!(utf16_of(&[0, 1, 2, 3].repeat(16)), None);
        assert_eq!(utf16_of(b"\x89PNG\0\0\0\rIHDR\0\0\0\0"), None);
        assert_eq!(utf16_of("户编号".as_bytes()), None);
        assert_eq!(utf16_of(b""), None);
        // A large part of a file may end inside a pair of units.
        let pair: Vec<u8> = "𠮷".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut part = b"a\0,\0".repeat(2047);
        part.extend(&pair[..2]);
        assert_eq!(utf16_of(&part), Some(Encoding::Utf16Le));
    }
}
