//! Which encoding a text file is in: UTF-8, or the national GB18030 (which holds GBK and GB 2312).

use super::file;
use crate::base::Progress;
use crate::words::Fault;
use std::fs::File;
use std::io::{Read, Seek};
use std::path::Path;

/// The encodings that ledgers come in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    #[default]
    Utf8,
    /// GB18030; every GBK and GB 2312 file is one.
    Gb18030,
}

impl Encoding {
    /// Its word in reports.
    pub fn code(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Gb18030 => "gb18030",
        }
    }
}

/// What the caller says about the encoding.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum EncodingChoice {
    /// Look at the file.
    #[default]
    Auto,
    /// It is this one.
    Fixed(Encoding),
}

impl EncodingChoice {
    /// The choice of a word of the command line.
    pub fn from_code(code: &str) -> Option<Self> {
        match code.to_ascii_lowercase().as_str() {
            "auto" => Some(Self::Auto),
            "utf-8" | "utf8" | "utf-8-sig" => Some(Self::Fixed(Encoding::Utf8)),
            "gb18030" | "gbk" | "gb2312" | "cp936" => Some(Self::Fixed(Encoding::Gb18030)),
            _ => None,
        }
    }
}

/// The encoding of a file, and whether its bytes can be taken as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Finding {
    pub(super) encoding: Encoding,
    /// Every byte of the file belongs to a valid UTF-8 character.
    pub(super) clean: bool,
}

/// Decides by the evidence of the whole file, in one pass that keeps nothing. The file is at its start again afterwards.
pub(super) fn find(
    file: &mut File,
    path: &Path,
    choice: EncodingChoice,
    progress: &Progress,
) -> Result<Finding, Fault> {
    let fixed = match choice {
        EncodingChoice::Fixed(Encoding::Gb18030) => {
            return Ok(Finding {
                encoding: Encoding::Gb18030,
                clean: false,
            });
        }
        EncodingChoice::Fixed(encoding) => Some(encoding),
        EncodingChoice::Auto => None,
    };
    let unreadable = |error| file::cannot_read(path).because(error);
    let mut evidence = Evidence::default();
    let mut buffer = vec![0; 1 << 18];
    let mut held = 0;
    loop {
        let room = buffer.get_mut(held..).unwrap_or_default();
        let read = file.read(room).map_err(unreadable)?;
        progress.tick(0)?;
        if read == 0 {
            evidence.broken += u64::from(held > 0);
            break;
        }
        let filled = held + read;
        held = evidence.weigh(buffer.get(..filled).unwrap_or_default());
        buffer.copy_within(filled - held..filled, 0);
        if evidence.is_overwhelming() && fixed.is_none() {
            break;
        }
    }
    file.rewind().map_err(unreadable)?;
    Ok(Finding {
        encoding: fixed.unwrap_or_else(|| evidence.encoding()),
        clean: evidence.broken == 0,
    })
}

/// The encoding of bytes that are all there.
pub(super) fn find_in(bytes: &[u8], choice: EncodingChoice) -> Encoding {
    match choice {
        EncodingChoice::Fixed(encoding) => encoding,
        EncodingChoice::Auto => {
            let mut evidence = Evidence::default();
            let held = evidence.weigh(bytes);
            evidence.broken += u64::from(held > 0);
            evidence.encoding()
        }
    }
}

/// What speaks for and against UTF-8.
#[derive(Debug, Default)]
struct Evidence {
    /// It begins with the byte order mark of UTF-8, which no other program writes by chance.
    marked: bool,
    /// Some bytes were weighed.
    begun: bool,
    /// Characters of three and more bytes, as Chinese is; GBK text forms them only by chance.
    wide: u64,
    /// Sequences that are no UTF-8.
    broken: u64,
}

impl Evidence {
    /// Adds some bytes; returns how many at their end begin a character that goes on later.
    fn weigh(&mut self, bytes: &[u8]) -> usize {
        if !self.begun && !bytes.is_empty() {
            self.begun = true;
            self.marked = bytes.starts_with(b"\xEF\xBB\xBF");
        }
        let wide = |bytes: &[u8]| bytes.iter().filter(|byte| **byte >= 0xE0).count() as u64;
        if std::str::from_utf8(bytes).is_ok() {
            self.wide += wide(bytes);
            return 0;
        }
        let mut held = 0;
        for part in bytes.utf8_chunks() {
            self.wide += wide(part.valid().as_bytes());
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

    /// Whether reading on cannot change the answer in earnest.
    fn is_overwhelming(&self) -> bool {
        !self.marked && self.broken > 10_000 && self.wide < self.broken
    }

    /// A few broken bytes in a long Chinese text are damage; many are another encoding.
    fn encoding(&self) -> Encoding {
        if self.marked || self.broken == 0 || self.wide > 4 * self.broken {
            Encoding::Utf8
        } else {
            Encoding::Gb18030
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn valid_utf8_is_utf8_and_gbk_is_gb18030() {
        let choice = EncodingChoice::Auto;
        assert_eq!(find_in("户编号,张三".as_bytes(), choice), Encoding::Utf8);
        assert_eq!(find_in(b"id,name", choice), Encoding::Utf8);
        let (gbk, _, _) = encoding_rs::GB18030.encode("户编号,户主姓名\n1,张三\n");
        assert_eq!(find_in(&gbk, choice), Encoding::Gb18030);
        let forced = EncodingChoice::from_code("GBK").unwrap();
        assert_eq!(find_in(b"id,name", forced), Encoding::Gb18030);
        assert_eq!(EncodingChoice::from_code("latin1"), None);
    }

    #[test]
    fn a_damaged_byte_does_not_turn_a_chinese_file_into_another() {
        let mut bytes = "户编号,户主姓名,地址\n1,张三,慈溪路1号\n"
            .as_bytes()
            .to_vec();
        bytes.push(0xE6);
        assert_eq!(find_in(&bytes, EncodingChoice::Auto), Encoding::Utf8);
    }

    #[test]
    fn a_byte_order_mark_decides_however_much_is_damaged() {
        let mut bytes = "\u{FEFF}户".as_bytes().to_vec();
        bytes.extend([0xFF; 9]);
        assert_eq!(find_in(&bytes, EncodingChoice::Auto), Encoding::Utf8);
        assert_eq!(
            find_in(&bytes[3..], EncodingChoice::Auto),
            Encoding::Gb18030
        );
    }

    #[test]
    fn characters_cut_by_a_buffer_are_whole() {
        let text = "民情".as_bytes();
        let mut evidence = Evidence::default();
        assert_eq!(evidence.weigh(&text[..4]), 1);
        assert_eq!(evidence.weigh(&text[3..]), 0);
        assert_eq!((evidence.wide, evidence.broken), (2, 0));
    }
}
