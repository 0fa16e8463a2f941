//! Which households: one bit a row.

/// A set of rows of one snapshot.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowSet {
    words: Vec<u64>,
    rows: usize,
}

impl RowSet {
    /// No row of a table of this length.
    pub fn none(rows: usize) -> Self {
        Self {
            words: vec![0; rows.div_ceil(64)],
            rows,
        }
    }

    /// Every row of a table of this length.
    pub fn all(rows: usize) -> Self {
        let mut set = Self {
            words: vec![u64::MAX; rows.div_ceil(64)],
            rows,
        };
        set.trim();
        set
    }

    /// From 64 rows a word, the lowest bit first. Bits past the end are cleared.
    pub fn from_words(words: Vec<u64>, rows: usize) -> Self {
        let mut set = Self { words, rows };
        set.words.resize(rows.div_ceil(64), 0);
        set.trim();
        set
    }

    fn trim(&mut self) {
        if let (Some(last), tail @ 1..) = (self.words.last_mut(), self.rows % 64) {
            *last &= (1 << tail) - 1;
        }
    }

    /// Length of the table.
    pub fn table_len(&self) -> usize {
        self.rows
    }

    /// 64 rows a word, the lowest bit first.
    pub fn words(&self) -> &[u64] {
        &self.words
    }

    /// Number of rows in the set.
    pub fn count(&self) -> usize {
        self.words
            .iter()
            .map(|word| word.count_ones() as usize)
            .sum()
    }

    /// Whether the row is in the set.
    pub fn contains(&self, row: u32) -> bool {
        self.words
            .get(row as usize / 64)
            .is_some_and(|word| word >> (row % 64) & 1 == 1)
    }

    /// Puts a row in. A row past the end is left out.
    pub fn insert(&mut self, row: u32) {
        if (row as usize) < self.rows {
            self.words[row as usize / 64] |= 1 << (row % 64);
        }
    }

    /// The rows, ascending.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.words.iter().enumerate().flat_map(|(index, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                (rest != 0).then(|| {
                    let bit = rest.trailing_zeros();
                    rest &= rest - 1;
                    index as u32 * 64 + bit
                })
            })
        })
    }

    /// Rows in both.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        self.words
            .iter_mut()
            .zip(&other.words)
            .for_each(|(mine, theirs)| *mine &= theirs);
        self
    }

    /// Rows in either.
    #[must_use]
    pub fn or(mut self, other: &Self) -> Self {
        self.words
            .iter_mut()
            .zip(&other.words)
            .for_each(|(mine, theirs)| *mine |= theirs);
        self
    }

    /// Rows not in the set.
    #[must_use]
    // Its siblings "and" and "or" take a reference, which the operators' traits do not.
    #[allow(clippy::should_implement_trait)]
    pub fn not(mut self) -> Self {
        self.words.iter_mut().for_each(|word| *word = !*word);
        self.trim();
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_behave() {
        let mut odd = RowSet::none(70);
        (1..70).step_by(2).for_each(|row| odd.insert(row));
        assert_eq!(odd.count(), 35);
        assert_eq!(odd.clone().not().count(), 35);
        assert_eq!(odd.iter().take(3).collect::<Vec<_>>(), [1, 3, 5]);
        assert_eq!(odd.clone().or(&odd.clone().not()), RowSet::all(70));
        assert_eq!(odd.clone().and(&odd.not()), RowSet::none(70));
        assert_eq!(RowSet::all(70).iter().last(), Some(69));
        assert_eq!(RowSet::all(0).count(), 0);
    }
}
