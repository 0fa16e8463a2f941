//! Names that differ by one character.

use std::collections::{BTreeSet, HashMap};

/// Shorter names differ by one character from too many others; longer ones are no names.
const CHARS: std::ops::RangeInclusive<usize> = 4..=12;

/// Characters that tell one road from its neighbour; a difference in one of them is no slip.
const TELLING: &str =
    "东西南北中上下前后左右内外里大小新老旧高低长短横直正支一二三四五六七八九十甲乙丙丁环";

/// Names, to be found by a name with one character wrong, missing, too many, or two exchanged.
///
/// Source: the deletion neighbourhood of W. Garbe's symmetric delete algorithm (`SymSpell`, 2012):
/// names within one edit share a text that is one of them with at most one character left out.
#[derive(Debug, Default)]
pub(super) struct Slips {
    names: Vec<String>,
    places: HashMap<String, u32>,
    by_shortened: HashMap<String, Vec<u32>>,
}

impl Slips {
    /// One more name.
    pub(super) fn add(&mut self, name: &str) {
        if self.places.contains_key(name) || !CHARS.contains(&name.chars().count()) {
            return;
        }
        let place = self.names.len() as u32;
        self.names.push(name.to_owned());
        self.places.insert(name.to_owned(), place);
        for shortened in shortened(name) {
            self.by_shortened.entry(shortened).or_default().push(place);
        }
    }

    /// The names that differ by a slip, in the order in which they came.
    pub(super) fn near(&self, name: &str) -> Vec<String> {
        if !CHARS.contains(&name.chars().count()) {
            return Vec::new();
        }
        let places: BTreeSet<u32> = shortened(name)
            .iter()
            .filter_map(|shortened| self.by_shortened.get(shortened))
            .flatten()
            .copied()
            .collect();
        places
            .into_iter()
            .filter_map(|place| self.names.get(place as usize))
            .filter(|other| is_slip(name, other))
            .cloned()
            .collect()
    }
}

/// The name, and the name without each of its characters.
fn shortened(name: &str) -> BTreeSet<String> {
    let chars: Vec<char> = name.chars().collect();
    let without = |left_out: usize| {
        let kept = chars.iter().enumerate().filter(|(at, _)| *at != left_out);
        kept.map(|(_, char)| *char).collect()
    };
    (0..=chars.len()).map(without).collect()
}

/// Whether two names are one edit apart, and not by a character that tells roads apart.
fn is_slip(a: &str, b: &str) -> bool {
    if strsim::osa_distance(a, b) != 1 {
        return false;
    }
    let telling = |name: &str| -> Vec<char> {
        let tells = |char: &char| TELLING.contains(*char) || char.is_ascii_alphanumeric();
        name.chars().filter(tells).collect()
    };
    telling(a) == telling(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_one_character_that_does_not_tell_roads_apart() {
        assert!(is_slip("新城大道", "新诚大道"));
        assert!(!is_slip("南2环路", "南3环路"));
        assert!(is_slip("孙塘北路", "孙糖北路"));
        assert!(is_slip("孙塘北路", "塘孙北路"));
        assert!(!is_slip("孙塘北路", "孙塘南路"));
        assert!(!is_slip("滨海2路", "滨海3路"));
        assert!(!is_slip("新城大道", "老城大道"));
        assert!(!is_slip("新城大道", "新城大道"));
        let mut slips = Slips::default();
        for name in ["孙塘北路", "新城大道", "中山路"] {
            slips.add(name);
            slips.add(name);
        }
        assert_eq!(slips.near("孙唐北路"), ["孙塘北路"]);
        assert_eq!(slips.near("孙北路路"), Vec::<String>::new());
        assert_eq!(slips.near("中三路"), Vec::<String>::new());
    }
}
