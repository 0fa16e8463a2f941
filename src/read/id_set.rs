//! The ids seen in a file, as fingerprints: 16 bytes each, however long they are.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, DefaultHasher, Hasher};

/// 128 bits that stand for an id. Two ids of a file share them with a chance of less than one in
/// a million million million million, so they are taken for the id.
pub(super) fn fingerprint(id: &str) -> u128 {
    let half = |salt: u8| {
        let mut hasher = DefaultHasher::new();
        hasher.write_u8(salt);
        hasher.write(id.as_bytes());
        u128::from(hasher.finish())
    };
    half(1) << 64 | half(2)
}

/// Ids seen so far.
#[derive(Default)]
pub(super) struct IdSet(HashSet<u128, BuildHasherDefault<AsItIs>>);

impl IdSet {
    /// Adds an id; says whether it is new.
    pub(super) fn insert(&mut self, fingerprint: u128) -> bool {
        self.0.insert(fingerprint)
    }
}

/// A fingerprint is a hash already.
#[derive(Default)]
struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u128(&mut self, number: u128) {
        self.0 = number as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_new_once() {
        let mut seen = IdSet::default();
        for id in 0..10_000 {
            assert!(seen.insert(fingerprint(&id.to_string())));
        }
        assert!(!seen.insert(fingerprint("77")));
        assert!(seen.insert(fingerprint("077")));
    }
}
