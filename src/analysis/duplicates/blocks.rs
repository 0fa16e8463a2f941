//! Rows that share a key.

use rayon::prelude::*;

/// Rows in blocks of one key each; rows without a key are in none.
pub(super) struct Blocks {
    /// Key and row, sorted.
    keyed: Vec<(u64, u32)>,
}

impl Blocks {
    /// Sorts rows by their key.
    pub(super) fn of(rows: usize, key: impl Fn(u32) -> Option<u64> + Sync) -> Self {
        let mut keyed: Vec<(u64, u32)> = (0..rows as u32)
            .into_par_iter()
            .filter_map(|row| Some((key(row)?, row)))
            .collect();
        keyed.par_sort_unstable();
        Self { keyed }
    }

    /// The blocks of two rows and more, by key; their rows ascend.
    pub(super) fn iter(&self) -> impl Iterator<Item = Vec<u32>> {
        self.keyed
            .chunk_by(|a, b| a.0 == b.0)
            .filter(|block| block.len() > 1)
            .map(|block| block.iter().map(|(_, row)| *row).collect())
    }
}
