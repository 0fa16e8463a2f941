//! GB18030 or Big5: two families of two bytes a character, which overlap almost wholly.
//!
//! Which pairs of bytes are frequent tells them apart within a few characters. GB 2312 puts its 3,755
//! frequent characters at lead bytes B0–D7 and never uses a second byte under A1; Big5 puts its 5,401
//! frequent ones at lead bytes A4–C6, and four in ten have a second byte under 7F.

use super::columns::understood;
use super::encoding::Encoding;
use super::text_stream::decode_whole;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

/// How probable a byte is that belongs to no character, by itself.
const BROKEN: f64 = 1e-7;
/// What an understood header counts for, and the guess of a general detector, in natural logarithms.
const HEADER_WEIGHT: f64 = 3.0;
const DETECTOR_WEIGHT: f64 = 2.0;
/// Below this the evidence is thin: e^7 is about a thousand to one.
const PLAIN_EVIDENCE: f64 = 7.0;

/// How much better one family fits than the other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Verdict {
    /// Logarithm of the odds for GB18030.
    for_gb: f64,
}

impl Verdict {
    /// The one that fits better. Files of mainland offices are in GB18030 unless something speaks against it.
    pub(super) fn encoding(self) -> Encoding {
        if self.for_gb >= 0.0 {
            Encoding::Gb18030
        } else {
            Encoding::Big5
        }
    }

    /// Whether a few characters more could turn it.
    pub(super) fn is_thin(self) -> bool {
        self.for_gb.abs() < PLAIN_EVIDENCE
    }

    /// How well an encoding fits, 0 to 1.
    pub(super) fn score(self, encoding: Encoding) -> f64 {
        let gb = 1.0 / (1.0 + (-self.for_gb).exp());
        match encoding {
            Encoding::Gb18030 => gb,
            Encoding::Big5 => 1.0 - gb,
            _ => 0.0,
        }
    }
}

/// Weighs a text that is no UTF-8.
pub(super) fn judge(sample: &[u8]) -> Verdict {
    let mut for_gb = likelihood(sample, gb_character) - likelihood(sample, big5_character);
    let headers = headers_in(sample, Encoding::Gb18030) - headers_in(sample, Encoding::Big5);
    for_gb += HEADER_WEIGHT * headers;
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    let guess = detector.guess(Some(b"cn"), Utf8Detection::Deny);
    if guess == encoding_rs::GBK || guess == encoding_rs::GB18030 {
        for_gb += DETECTOR_WEIGHT;
    } else if guess == encoding_rs::BIG5 {
        for_gb -= DETECTOR_WEIGHT;
    }
    Verdict { for_gb }
}

/// Headers that are understood in the line where most are, read in an encoding.
fn headers_in(sample: &[u8], encoding: Encoding) -> f64 {
    let start = sample.get(..4096).unwrap_or(sample);
    let text = decode_whole(start, encoding);
    let lines = text.lines().map(|line| {
        let cells = line.split([',', '\t', ';']);
        let cells = cells.map(|cell| cell.trim_matches('"').to_owned());
        understood(&cells.filter(|cell| !cell.is_ascii()).collect::<Vec<_>>())
    });
    lines.max().unwrap_or_default() as f64
}

/// The logarithm of how probable a text is, by how probable its characters are.
fn likelihood(text: &[u8], character: fn(&[u8]) -> (usize, f64)) -> f64 {
    let mut sum = 0.0;
    let mut rest = text;
    while let Some(first) = rest.first() {
        let length = if first.is_ascii() {
            1
        } else {
            let (length, probable) = character(rest);
            sum += probable.ln();
            length
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    sum
}

/// The length of the GB18030 character at the start of a text, and how probable it is among all of them.
fn gb_character(text: &[u8]) -> (usize, f64) {
    match text {
        // 3,755 frequent characters, 3,008 others of GB 2312, its symbols.
        [0xB0..=0xD7, 0xA1..=0xFE, ..] => (2, 0.90 / 3_760.0),
        [0xD8..=0xF7, 0xA1..=0xFE, ..] => (2, 0.02 / 3_008.0),
        [0xA1..=0xA3, 0xA1..=0xFE, ..] => (2, 0.06 / 282.0),
        [0xA4..=0xA9, 0xA1..=0xFE, ..] => (2, 0.003 / 564.0),
        // What GBK adds.
        [0x81..=0xA0, 0x40..=0x7E | 0x80..=0xFE, ..]
        | [0xA8..=0xFE, 0x40..=0x7E | 0x80..=0xA0, ..] => (2, 0.012 / 14_240.0),
        [0x81..=0xFE, b'0'..=b'9', 0x81..=0xFE, b'0'..=b'9', ..] => (4, 0.004 / 39_420.0),
        _ => (1, BROKEN),
    }
}

/// The same for Big5.
fn big5_character(text: &[u8]) -> (usize, f64) {
    match text {
        [lead, 0x40..=0x7E | 0xA1..=0xFE, ..] => match lead {
            0xA4..=0xC6 => (2, 0.92 / 5_401.0),
            0xA1..=0xA3 => (2, 0.06 / 408.0),
            0xC9..=0xF9 => (2, 0.015 / 7_652.0),
            0x81..=0xFE => (2, 0.001 / 6_000.0),
            _ => (1, BROKEN),
        },
        _ => (1, BROKEN),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_single_words_are_told_apart() {
        // Traditional characters written in GBK are still GBK.
        for (text, encoding) in [
            ("慈溪市浒山街道", encoding_rs::GBK),
            ("陳鴻銘、張麗華", encoding_rs::GBK),
            ("朱镕基、马喆", encoding_rs::GBK),
            ("高雄市鹽埕區", encoding_rs::BIG5),
            ("獨居老人", encoding_rs::BIG5),
            ("低保", encoding_rs::BIG5),
        ] {
            let (bytes, _, bad) = encoding.encode(text);
            assert!(!bad, "{text}");
            let ours = judge(&bytes).encoding();
            assert_eq!(
                ours == Encoding::Big5,
                encoding == encoding_rs::BIG5,
                "{text}"
            );
        }
    }

    #[test]
    fn characters_of_four_bytes_and_broken_ones_are_counted() {
        let (bytes, ..) = encoding_rs::GB18030.encode("㐂𠮷");
        assert_eq!(judge(&bytes).encoding(), Encoding::Gb18030);
        assert_eq!(gb_character(b"\xFF"), (1, BROKEN));
        assert_eq!(big5_character(b"\xA4"), (1, BROKEN));
        let nothing = judge(b"");
        assert!(nothing.is_thin() && nothing.score(Encoding::Utf8) == 0.0);
    }
}
