//! Whether a household lies where it says: a declared code against the codes of the areas.

use super::AreaLevel;
use super::division_code::stem;
use std::collections::{HashMap, HashSet};

/// The codes of all areas of a town.
#[derive(Debug, Clone, Default)]
pub struct AreaCodes {
    /// By code: whether a code that begins with it and that nobody knows may be a part of it. A
    /// grid has no parts, and an area whose parts are known has no others.
    stems: HashMap<Box<str>, bool>,
}

/// What is known of a declared code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Declared {
    /// An area has it.
    Known,
    /// No area has it, but one has the code that it begins with: it says more than the areas do.
    Finer,
    /// No area has anything of it.
    Unknown,
}

impl AreaCodes {
    /// The codes of these areas: each with its level and the code of the area that it belongs to.
    pub fn new<'a>(areas: impl IntoIterator<Item = (&'a str, AreaLevel, &'a str)>) -> Self {
        let areas: Vec<_> = areas.into_iter().collect();
        let parents: HashSet<&str> = areas.iter().map(|(_, _, parent)| stem(parent)).collect();
        let stems = areas.iter().map(|(code, level, _)| {
            let code = stem(code);
            let has_parts = *level != AreaLevel::Grid && !parents.contains(code);
            (code.into(), has_parts)
        });
        Self {
            stems: stems.collect(),
        }
    }

    /// Whether a household that declares this code lies in an area of this code: it is the same, or
    /// that of a part of which nothing else is known.
    pub fn is_within(&self, declared: &str, code: &str) -> bool {
        if declared == code {
            return true;
        }
        let (declared, code) = (stem(declared), stem(code));
        declared == code
            || declared.starts_with(code)
                && self.stems.get(code) == Some(&true)
                && !self.stems.contains_key(declared)
    }

    /// What is known of a declared code.
    pub fn look_up(&self, declared: &str) -> Declared {
        let declared = stem(declared);
        if self.stems.contains_key(declared) {
            return Declared::Known;
        }
        let mut end = declared.len();
        while let Some(shorter) = declared.get(..end).filter(|_| end >= 6) {
            match self.stems.get(shorter) {
                Some(true) => return Declared::Finer,
                Some(false) => return Declared::Unknown,
                None => {}
            }
            end -= 1;
        }
        Declared::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_within_its_own_area_and_within_the_one_that_it_begins_with() {
        let codes = AreaCodes::new([
            ("330282", AreaLevel::County, ""),
            ("330283", AreaLevel::County, ""),
            ("330282002000", AreaLevel::Street, "330282"),
            ("330282003001", AreaLevel::Community, "330282"),
            ("乙村", AreaLevel::Community, ""),
            ("330282005001007", AreaLevel::Grid, "330282"),
        ]);
        assert!(codes.is_within("330282002", "330282002000"));
        assert!(codes.is_within("330282002005", "330282002000"));
        assert!(codes.is_within("330283004", "330283"));
        // The parts of this one are known, and that is none of them.
        assert!(!codes.is_within("330282004", "330282"));
        assert!(codes.is_within("330282000000", "330282"));
        assert!(codes.is_within("乙村", "乙村"));
        // Another area has that very code, so the household should lie there.
        assert!(!codes.is_within("330282003001", "330282"));
        assert!(!codes.is_within("330282002", "330282003001"));
        assert!(!codes.is_within("330284", "330282"));
        assert!(!codes.is_within("甲村", "乙村"));
        // Nothing is finer than a grid: two digits too many are a mistake.
        assert!(!codes.is_within("33028200500100799", "330282005001007"));
        assert_eq!(codes.look_up("33028200500100799"), Declared::Unknown);
    }

    #[test]
    fn a_declared_code_is_known_finer_or_unknown() {
        let codes = AreaCodes::new([
            ("330282", AreaLevel::County, ""),
            ("330282002000", AreaLevel::Street, "330282"),
        ]);
        assert_eq!(codes.look_up("330282002"), Declared::Known);
        assert_eq!(codes.look_up("330282002005007"), Declared::Finer);
        assert_eq!(codes.look_up("330281"), Declared::Unknown);
        assert_eq!(codes.look_up(""), Declared::Unknown);
        assert_eq!(codes.look_up("第三网格甲"), Declared::Unknown);
    }
}
