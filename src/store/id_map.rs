//! Numbers of households by their ids, while an import fills an empty table: 24 bytes each, however
//! long the ids are.

use ahash::{AHashMap, RandomState};

/// Numbers by the fingerprints of ids. Two ids share one with a chance of less than one in a million
/// million million, by keys that differ from run to run, so a fingerprint is taken for its id.
#[derive(Debug, Default)]
pub(super) struct IdMap {
    numbers: AHashMap<(u64, u64), i64>,
    halves: (RandomState, RandomState),
}

impl IdMap {
    /// How many ids there are.
    pub(super) fn len(&self) -> usize {
        self.numbers.len()
    }

    fn fingerprint(&self, id: &str) -> (u64, u64) {
        (self.halves.0.hash_one(id), self.halves.1.hash_one(id))
    }

    /// The number of an id.
    pub(super) fn get(&self, id: &str) -> Option<i64> {
        self.numbers.get(&self.fingerprint(id)).copied()
    }

    /// Gives an id a number unless it has one; says whether it got it.
    pub(super) fn insert_new(&mut self, id: &str, number: i64) -> bool {
        let fingerprint = self.fingerprint(id);
        let before = self.numbers.len();
        self.numbers.entry(fingerprint).or_insert(number);
        self.numbers.len() > before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_keeps_its_first_number() {
        let mut map = IdMap::default();
        for number in 1..=10_000 {
            assert!(map.insert_new(&format!("示范{number}"), number));
        }
        assert!(!map.insert_new("示范7", 10_001));
        assert_eq!(map.len(), 10_000);
        assert_eq!(map.get("示范7"), Some(7));
        assert_eq!(map.get("示范07"), None);
    }
}
