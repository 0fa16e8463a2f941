//! What is noticed of an XLSX workbook while everything in it is counted, before the crate sees it: the crate
//! keeps the list of texts, the styles and the merged cells in memory, and makes room as it is told.

/// Bytes that a part which is kept in memory may have, however tightly it is packed.
const SMALL_BYTES: u64 = 64 << 20;
/// How much tighter than that such parts are packed in earnest: texts differ from each other, as rows do not.
const MOST_RATIO: u64 = 100;
/// Bytes of such a part: the texts of a million households with twenty columns come to half of it.
const MOST_BYTES: u64 = 512 << 20;
/// Tags of the list of texts. A text has four of them, and takes 24 bytes and its own.
const MOST_TAGS: u64 = 1 << 26;
/// Merged cells of a sheet; the crate makes a list of them.
const MOST_MERGES: u64 = 1 << 20;
/// Bytes without a tag between them. A cell has 32,767 characters at most.
const MOST_TEXT_BYTES: usize = 16 << 20;

/// What is noticed.
#[derive(Debug, Default)]
pub(super) struct Watch {
    name: String,
    kind: Part,
    bytes: u64,
    /// The last bytes that were seen of the part, in case a word is cut.
    held: Vec<u8>,
    /// Bytes since the last tag.
    text_run: usize,
    tags: u64,
    merges: u64,
    has_merges: bool,
    /// The most texts that a list of texts claims to have, beyond what its bytes can hold.
    claims_too_much: bool,
    claimed: u64,
}

/// A part of a workbook.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// The list of texts.
    Texts,
    /// Something else that is kept in memory.
    Kept,
    /// Sheets, which are read cell by cell, and what is not read.
    #[default]
    Other,
}

impl Part {
    fn of(name: &str) -> Self {
        let name = name.to_ascii_lowercase();
        let kept = ["styles.xml", "workbook.xml", ".rels", "types].xml"];
        if name.ends_with("sharedstrings.xml") {
            Self::Texts
        } else if kept.iter().any(|ending| name.ends_with(ending)) || name.contains("theme/") {
            Self::Kept
        } else {
            Self::Other
        }
    }
}

impl Watch {
    /// Looks at the next bytes of a part, which takes `packed` bytes in the archive. Returns whether it
    /// still can be part of a workbook that somebody made.
    pub(super) fn look(&mut self, name: &str, bytes: &[u8], packed: u64) -> bool {
        if name != self.name {
            *self = Self {
                name: name.to_owned(),
                kind: Part::of(name),
                has_merges: self.has_merges,
                claims_too_much: self.claims_too_much(),
                ..Self::default()
            };
        }
        self.bytes += bytes.len() as u64;
        self.look_for_tags(bytes);
        self.look_for_words(bytes);
        let is_small = self.bytes <= SMALL_BYTES
            || self.bytes <= MOST_BYTES && self.bytes / MOST_RATIO <= packed;
        let is_kept_whole = self.kind != Part::Other;
        (is_small || !is_kept_whole)
            && self.tags <= MOST_TAGS
            && self.merges <= MOST_MERGES
            && self.text_run <= MOST_TEXT_BYTES
    }

    fn look_for_tags(&mut self, bytes: &[u8]) {
        match bytes.iter().rposition(|byte| *byte == b'<') {
            Some(last) => self.text_run = bytes.len() - last,
            None => self.text_run += bytes.len(),
        }
        if self.kind == Part::Texts {
            let tags = bytes.iter().map(|byte| u64::from(*byte == b'<'));
            self.tags += tags.sum::<u64>();
        }
    }

    fn look_for_words(&mut self, bytes: &[u8]) {
        let before = self.held.len();
        self.held.extend_from_slice(bytes);
        match self.kind {
            Part::Texts => self.claimed = self.claimed.max(largest_claim(&self.held)),
            Part::Kept => {}
            Part::Other => {
                // A word that was seen whole in what is held is not counted again.
                let seen = count(self.held.get(..before).unwrap_or_default(), MERGE);
                self.merges += count(&self.held, MERGE) - seen;
                self.has_merges |= self.merges > 0;
            }
        }
        let keep = self.held.len().saturating_sub(64);
        self.held.drain(..keep);
    }

    /// Whether cells are merged in any sheet.
    pub(super) fn has_merges(&self) -> bool {
        self.has_merges
    }

    /// The crate makes room for as many texts as are claimed. The shortest takes five bytes.
    pub(super) fn claims_too_much(&self) -> bool {
        self.claims_too_much || self.claimed > self.bytes / 5 + 1000
    }
}

/// How a merged cell begins.
const MERGE: &[u8] = b"mergeCell ";

/// How often a word stands in some bytes.
fn count(bytes: &[u8], word: &[u8]) -> u64 {
    let Some((first, rest)) = word.split_first() else {
        return 0;
    };
    let mut left = bytes;
    let mut found = 0;
    while let Some(at) = left.iter().position(|byte| byte == first) {
        left = left.get(at + 1..).unwrap_or_default();
        found += u64::from(left.starts_with(rest));
    }
    found
}

/// The largest number behind `uniqueCount=` in some bytes.
fn largest_claim(bytes: &[u8]) -> u64 {
    let word = b"uniqueCount";
    let starts = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'u');
    let claims =
        starts.filter(|(at, _)| bytes.get(*at..).is_some_and(|rest| rest.starts_with(word)));
    let number = |(at, _): (usize, &u8)| {
        let behind = bytes.get(at + word.len()..).unwrap_or_default();
        let digits = behind.iter().skip_while(|byte| !byte.is_ascii_digit());
        let digits = digits.take_while(|byte| byte.is_ascii_digit());
        digits.fold(0_u64, |sum, digit| {
            sum.saturating_mul(10)
                .saturating_add(u64::from(digit - b'0'))
        })
    };
    claims.map(number).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHEET: &str = "xl/worksheets/sheet1.xml";
    const TEXTS: &str = "xl/sharedStrings.xml";

    #[test]
    fn words_that_are_cut_are_seen_once() {
        let mut watch = Watch::default();
        assert!(watch.look(SHEET, b"</sheetData><merge", 100));
        assert!(!watch.has_merges());
        assert!(watch.look(SHEET, b"Cell ref=\"A1:B2\"/>", 100));
        assert!(watch.look(SHEET, b"<x/>", 100));
        assert_eq!((watch.has_merges(), watch.merges), (true, 1));
        watch.look(TEXTS, b"<sst unique", 100);
        watch.look(TEXTS, b"Count=\"4000000000\">", 100);
        assert!(watch.claims_too_much());
        // It stays so, whatever comes behind.
        watch.look(SHEET, b"<sheetData/>", 100);
        assert!(watch.claims_too_much() && watch.has_merges());
        assert_eq!(
            largest_claim(b"uniqueCount = '99999999999999999999999'"),
            u64::MAX
        );
        assert_eq!(count(b"mergeCells mergeCell mmergeCell ", MERGE), 2);
    }

    /// Whether a part may go on that had so many bytes.
    fn goes_on(name: &str, bytes: u64, packed: u64) -> bool {
        let mut watch = Watch::default();
        assert!(watch.look(name, b"<x>", packed));
        watch.bytes = bytes;
        watch.look(name, b"<si><t>a</t></si>", packed)
    }

    #[test]
    fn texts_that_unfold_too_far_are_refused_and_sheets_are_not_kept() {
        assert!(goes_on(TEXTS, SMALL_BYTES - 100, 1));
        assert!(!goes_on(TEXTS, SMALL_BYTES, 1 << 19));
        assert!(goes_on(TEXTS, 90 << 20, 1 << 20));
        assert!(!goes_on(TEXTS, 102 << 20, 1 << 20));
        assert!(!goes_on(TEXTS, MOST_BYTES, 1 << 30));
        assert!(!goes_on("xl/styles.xml", SMALL_BYTES, 1));
        assert!(goes_on(SHEET, MOST_BYTES, 1));
    }

    #[test]
    fn lists_and_texts_without_end_are_refused() {
        let mut watch = Watch::default();
        watch.look(TEXTS, b"<sst>", 100);
        watch.tags = MOST_TAGS - 1;
        assert!(watch.look(TEXTS, b"<si/>", 100));
        assert!(!watch.look(TEXTS, b"<si/>", 100));
        watch.look(SHEET, b"<mergeCells>", 100);
        watch.merges = MOST_MERGES;
        assert!(watch.look(SHEET, b"<mergeCell", 100));
        assert!(!watch.look(SHEET, b" ref=\"A1:A2\"/>", 100));
        watch.look(TEXTS, b"<t>", 100);
        watch.text_run = MOST_TEXT_BYTES;
        assert!(watch.look(TEXTS, b"</t><t>aaa", 100));
        watch.text_run = MOST_TEXT_BYTES;
        assert!(!watch.look(TEXTS, b"aaa", 100));
    }
}
