//! Which row of a new edition a row of the one before became.

use crate::query::RowSet;
use crate::snapshot::Households;
use std::collections::HashMap;

/// Where the rows of an edition are in the next one. Households are known by their ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowMap {
    /// Every row is where it was.
    Same {
        /// Number of rows.
        rows: u32,
    },
    /// Rows moved, went or came.
    Moved {
        /// The new row of each old one, or [`RowMap::GONE`].
        to: Vec<u32>,
        /// Number of rows of the new edition.
        rows: u32,
    },
}

impl RowMap {
    /// The household is gone.
    pub const GONE: u32 = u32::MAX;

    /// Compares two editions.
    pub(super) fn between(before: &Households, after: &Households) -> Self {
        let rows = after.len() as u32;
        let id_before = |row: u32| before.id.get(row);
        let same =
            before.len() == after.len() && (0..rows).all(|row| id_before(row) == after.id.get(row));
        if same {
            return Self::Same { rows };
        }
        let place: HashMap<&str, u32> = (0..rows).map(|row| (after.id.get(row), row)).collect();
        let to = (0..before.len() as u32)
            .map(|row| place.get(id_before(row)).copied().unwrap_or(Self::GONE))
            .collect();
        Self::Moved { to, rows }
    }

    /// Where a row is now; `None` where it is gone.
    pub fn row(&self, row: u32) -> Option<u32> {
        match self {
            Self::Same { rows } => Some(row).filter(|row| row < rows),
            Self::Moved { to, .. } => to
                .get(row as usize)
                .copied()
                .filter(|row| *row != Self::GONE),
        }
    }

    /// The same households in the new edition.
    pub fn rows(&self, rows: &RowSet) -> RowSet {
        match self {
            Self::Same { .. } => rows.clone(),
            Self::Moved { rows: len, .. } => {
                let mut moved = RowSet::none(*len as usize);
                rows.iter()
                    .filter_map(|row| self.row(row))
                    .for_each(|row| moved.insert(row));
                moved
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn households(ids: &[&str]) -> Households {
        let mut households = Households::default();
        for id in ids {
            households.id.push(id);
            households.lon.push(f64::NAN);
        }
        households
    }

    #[test]
    fn rows_are_followed_by_their_ids() {
        let before = households(&["a", "b", "c"]);
        let same = RowMap::between(&before, &households(&["a", "b", "c"]));
        assert_eq!(same, RowMap::Same { rows: 3 });
        assert_eq!((same.row(2), same.row(3)), (Some(2), None));

        let merged = RowMap::between(&before, &households(&["a", "c", "d"]));
        assert_eq!(
            [0, 1, 2, 9].map(|row| merged.row(row)),
            [Some(0), None, Some(1), None]
        );
        let mut rows = RowSet::none(3);
        [1, 2].into_iter().for_each(|row| rows.insert(row));
        let rows = merged.rows(&rows);
        assert_eq!(rows.iter().collect::<Vec<_>>(), [1]);
        assert_eq!(rows.table_len(), 3);
    }
}
