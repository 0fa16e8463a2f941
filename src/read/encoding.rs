//! Which encoding a text file is in: UTF-8, UTF-16, the national GB18030 (which holds GBK and GB 2312)
//! or Big5.

use super::encoding_evidence::{Evidence, utf16_marked, utf16_of};
use super::file;
use super::inspection::EncodingCandidate;
use super::legacy_encoding::{self, Verdict};
use super::text_stream::decode_whole;
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
    /// UTF-16, the low byte of a character first.
    Utf16Le,
    /// UTF-16, the high byte of a character first.
    Utf16Be,
    /// Big5, as Hong Kong and Taiwan write it.
    Big5,
}

impl Encoding {
    /// Its word in reports.
    pub fn code(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Gb18030 => "gb18030",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Big5 => "big5",
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
        let encoding = match code.to_ascii_lowercase().as_str() {
            "auto" => return Some(Self::Auto),
            "utf-8" | "utf8" | "utf-8-sig" => Encoding::Utf8,
            "gb18030" | "gbk" | "gb2312" | "cp936" => Encoding::Gb18030,
            "utf-16" | "utf16" | "utf-16le" | "utf16le" | "unicode" => Encoding::Utf16Le,
            "utf-16be" | "utf16be" => Encoding::Utf16Be,
            "big5" | "big-5" | "cp950" => Encoding::Big5,
            _ => return None,
        };
        Some(Self::Fixed(encoding))
    }
}

/// The encoding of a file.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct EncodingFinding {
    pub(super) encoding: Encoding,
    /// It is UTF-8 throughout, so that the bytes can be taken as they are.
    pub(super) clean: bool,
    /// Three encodings at most, the best first; empty where there is no doubt.
    pub(super) candidates: Vec<EncodingCandidate>,
}

impl EncodingFinding {
    pub(super) fn plain(encoding: Encoding, clean: bool) -> Self {
        Self {
            encoding,
            clean,
            candidates: Vec::new(),
        }
    }
}

/// Decides by the evidence of the whole file, in one pass that keeps little. The file is at its start again afterwards.
pub(super) fn find(
    file: &mut File,
    path: &Path,
    choice: EncodingChoice,
    progress: &Progress,
) -> Result<EncodingFinding, Fault> {
    let unreadable = |error| file::cannot_read(path).because(error);
    let fixed = match choice {
        EncodingChoice::Auto => None,
        EncodingChoice::Fixed(Encoding::Utf8) => Some(Encoding::Utf8),
        EncodingChoice::Fixed(encoding) => {
            let mut start = Vec::new();
            let read = file.by_ref().take(2).read_to_end(&mut start);
            read.and_then(|_| file.rewind()).map_err(unreadable)?;
            return Ok(EncodingFinding::plain(as_marked(encoding, &start), false));
        }
    };
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
        let bytes = buffer.get(..filled).unwrap_or_default();
        let utf16 = match fixed {
            None if evidence.is_fresh() => utf16_of(bytes),
            _ => None,
        };
        if let Some(encoding) = utf16 {
            file.rewind().map_err(unreadable)?;
            return Ok(EncodingFinding::plain(encoding, false));
        }
        held = evidence.weigh(bytes);
        buffer.copy_within(filled - held..filled, 0);
        if evidence.is_overwhelming() && fixed.is_none() {
            break;
        }
    }
    file.rewind().map_err(unreadable)?;
    Ok(match fixed {
        Some(encoding) => EncodingFinding::plain(encoding, evidence.broken == 0),
        None => decide(&evidence),
    })
}

/// What is found of bytes that are all there.
pub(super) fn examine(bytes: &[u8], choice: EncodingChoice) -> EncodingFinding {
    if let EncodingChoice::Fixed(encoding) = choice {
        return EncodingFinding::plain(as_marked(encoding, bytes), false);
    }
    if let Some(encoding) = utf16_of(bytes) {
        return EncodingFinding::plain(encoding, false);
    }
    let mut evidence = Evidence::default();
    let held = evidence.weigh(bytes);
    evidence.broken += u64::from(held > 0);
    decide(&evidence)
}

/// Who says UTF-16 may not know which of the two it is; a byte order mark does.
fn as_marked(encoding: Encoding, start: &[u8]) -> Encoding {
    match encoding {
        Encoding::Utf16Le | Encoding::Utf16Be => utf16_marked(start).unwrap_or(encoding),
        _ => encoding,
    }
}

/// The encoding of bytes that are all there.
pub(super) fn find_in(bytes: &[u8], choice: EncodingChoice) -> Encoding {
    examine(bytes, choice).encoding
}

/// Doubts are said, with the lines that tell the encodings apart.
fn decide(evidence: &Evidence) -> EncodingFinding {
    let clean = evidence.broken == 0;
    let share = evidence.utf8_share();
    if evidence.marked || clean && (evidence.wide > 0 || evidence.narrow == 0) {
        return EncodingFinding::plain(Encoding::Utf8, clean);
    }
    let verdict = legacy_encoding::judge(&evidence.sample);
    let legacy = verdict.encoding();
    // A few broken bytes in a long Chinese text are damage; many are another encoding. Where all
    // that is valid is letters with accents, Chinese words give themselves away by standing together.
    let is_utf8 = if clean {
        !evidence.narrow_stand_together()
    } else {
        evidence.wide > 4 * evidence.broken
    };
    let in_doubt = clean
        || is_utf8 && evidence.wide < 20 * evidence.broken
        || !is_utf8 && (verdict.is_thin() || 2 * evidence.wide > evidence.broken);
    let utf8_score = if clean { 0.5 } else { share };
    EncodingFinding {
        encoding: if is_utf8 { Encoding::Utf8 } else { legacy },
        clean: is_utf8 && clean,
        candidates: if in_doubt {
            candidates(evidence, verdict, is_utf8, utf8_score)
        } else {
            Vec::new()
        },
    }
}

/// The three encodings with their previews, the one that is chosen first.
fn candidates(
    evidence: &Evidence,
    verdict: Verdict,
    is_utf8: bool,
    utf8_score: f64,
) -> Vec<EncodingCandidate> {
    let legacy = verdict.encoding();
    let other = match legacy {
        Encoding::Big5 => Encoding::Gb18030,
        _ => Encoding::Big5,
    };
    let order = if is_utf8 {
        [Encoding::Utf8, legacy, other]
    } else if verdict.score(other) > utf8_score {
        [legacy, other, Encoding::Utf8]
    } else {
        [legacy, Encoding::Utf8, other]
    };
    order
        .into_iter()
        .map(|encoding| EncodingCandidate {
            encoding,
            score: match encoding {
                Encoding::Utf8 => utf8_score,
                _ => verdict.score(encoding) * (1.0 - utf8_score),
            },
            preview: preview(&evidence.sample, encoding),
        })
        .collect()
}

/// Lines that are shown of an encoding, and how long each may be.
const PREVIEW_LINES: usize = 3;
const PREVIEW_CHARS: usize = 80;

fn preview(sample: &[u8], encoding: Encoding) -> Vec<String> {
    decode_whole(sample, encoding)
        .lines()
        .filter(|line| !line.is_ascii())
        .take(PREVIEW_LINES)
        .map(|line| line.chars().take(PREVIEW_CHARS).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEDGER: &str = "户编号,户主姓名,地址\n1,示范甲,慈溪路1号\n2,示范乙,文化路2号\n";
    const LEDGER_TW: &str = "戶編號,戶主姓名,地址\n1,示範甲,中正路1號\n2,示範乙,文化路2號\n";

    fn encoded(text: &str, encoding: &'static encoding_rs::Encoding) -> Vec<u8> {
        let (bytes, _, bad) = encoding.encode(text);
        assert!(!bad);
        bytes.into_owned()
    }

    fn found(bytes: &[u8]) -> EncodingFinding {
        examine(bytes, EncodingChoice::Auto)
    }

    #[test]
    fn valid_utf8_is_utf8_and_the_words_of_the_command_line_are_known() {
        assert_eq!(found("户编号,张三".as_bytes()).encoding, Encoding::Utf8);
        let plain = found(b"id,name");
        assert_eq!((plain.encoding, plain.clean), (Encoding::Utf8, true));
        for (word, encoding) in [
            ("GBK", Encoding::Gb18030),
            ("utf-16", Encoding::Utf16Le),
            ("UTF-16BE", Encoding::Utf16Be),
            ("cp950", Encoding::Big5),
            ("utf8", Encoding::Utf8),
        ] {
            let choice = EncodingChoice::from_code(word).unwrap();
            assert_eq!(find_in(b"id,name", choice), encoding);
            assert_eq!(EncodingChoice::from_code(encoding.code()), Some(choice));
        }
        assert_eq!(EncodingChoice::from_code("latin1"), None);
        let utf16 = EncodingChoice::from_code("utf-16").unwrap();
        assert_eq!(find_in(b"\xFE\xFF\0i", utf16), Encoding::Utf16Be);
    }

    #[test]
    fn ledgers_are_told_apart_with_every_line_end() {
        for ending in ["\n", "\r\n", "\r"] {
            for (text, rs, encoding) in [
                (LEDGER, encoding_rs::GBK, Encoding::Gb18030),
                (LEDGER, encoding_rs::GB18030, Encoding::Gb18030),
                (LEDGER_TW, encoding_rs::BIG5, Encoding::Big5),
            ] {
                let text = text.replace('\n', ending);
                for times in [1, 200] {
                    let finding = found(&encoded(&text.repeat(times), rs));
                    assert_eq!(finding.encoding, encoding, "{text}");
                    assert_eq!(finding.candidates, [], "{text}");
                }
            }
            for (little, encoding) in [(true, Encoding::Utf16Le), (false, Encoding::Utf16Be)] {
                for mark in ["\u{FEFF}", ""] {
                    let text = format!("{mark}{}", LEDGER.replace('\n', ending));
                    let units = text.encode_utf16();
                    let bytes: Vec<u8> = units
                        .flat_map(|unit| {
                            if little {
                                unit.to_le_bytes()
                            } else {
                                unit.to_be_bytes()
                            }
                        })
                        .collect();
                    let finding = found(&bytes);
                    assert_eq!(finding.encoding, encoding, "{mark:?} {ending:?}");
                    assert_eq!(decode_whole(&bytes, encoding), LEDGER.replace('\n', ending));
                }
            }
        }
    }

    #[test]
    fn few_characters_are_read_right_and_said_to_be_few() {
        for (text, rs, encoding) in [
            (
                "id,name\n1,张三\n2,李四\n3,王五\n",
                encoding_rs::GBK,
                Encoding::Gb18030,
            ),
            ("id,姓名\n1,a\n2,b\n", encoding_rs::GBK, Encoding::Gb18030),
            (
                "id,name\n1,陳大文\n2,李四\n3,王五\n",
                encoding_rs::BIG5,
                Encoding::Big5,
            ),
            ("id,姓名\n1,a\n2,b\n", encoding_rs::BIG5, Encoding::Big5),
        ] {
            assert_eq!(found(&encoded(text, rs)).encoding, encoding, "{text}");
        }
        let finding = found(&encoded("id,name\n1,丙\n", encoding_rs::GBK));
        assert_eq!(finding.encoding, Encoding::Gb18030);
        let shown = finding.candidates.iter().map(|one| one.encoding);
        let shown: Vec<_> = shown.collect();
        assert_eq!(shown, [Encoding::Gb18030, Encoding::Big5, Encoding::Utf8]);
        assert_eq!(finding.candidates[0].preview, ["1,丙"]);
        assert!(finding.candidates[0].score > finding.candidates[1].score);
    }

    #[test]
    fn letters_with_accents_are_not_taken_for_chinese_nor_the_other_way_round() {
        let finding = found("id,name\n1,café\n2,3°C\n".as_bytes());
        assert_eq!((finding.encoding, finding.clean), (Encoding::Utf8, true));
        assert_eq!(finding.candidates.len(), 3);
        // Both characters are letters in UTF-8.
        let finding = found(&encoded("id,name\n1,路人\n", encoding_rs::GBK));
        assert_eq!(finding.encoding, Encoding::Gb18030);
        let finding = found(b"id,name\n1,\xC2\xB7\xCE\xA1\n");
        assert_eq!(
            (finding.encoding, finding.clean),
            (Encoding::Gb18030, false)
        );
        assert_eq!(finding.candidates.len(), 3);
    }

    #[test]
    fn a_damaged_byte_does_not_turn_a_chinese_file_into_another() {
        let mut bytes = LEDGER.as_bytes().to_vec();
        bytes.push(0xE6);
        let finding = found(&bytes);
        assert_eq!((finding.encoding, finding.clean), (Encoding::Utf8, false));
        assert_eq!(finding.candidates, []);
    }

    #[test]
    fn a_byte_order_mark_decides_however_much_is_damaged() {
        let mut bytes = "\u{FEFF}户".as_bytes().to_vec();
        bytes.extend([0xFF; 9]);
        assert_eq!(found(&bytes).encoding, Encoding::Utf8);
        assert_eq!(found(&bytes[3..]).encoding, Encoding::Gb18030);
    }
}
