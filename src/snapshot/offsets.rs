//! Rows of long tables, put into the order of the households that they belong to.

use super::TextColumn;
use std::collections::HashMap;
use std::ops::Range;

/// Where the rows of each household begin in a table that is sorted by household. A table without
/// rows has none and costs nothing.
#[derive(Debug, Clone, Default)]
pub struct Offsets {
    starts: Vec<u32>,
}

impl Offsets {
    /// The places of a household's rows.
    pub fn of(&self, household: u32) -> Range<usize> {
        let at = household as usize;
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(start), Some(end)) => *start as usize..*end as usize,
            _ => 0..0,
        }
    }

    /// The places of the rows of neighbouring households.
    pub fn of_all(&self, households: Range<usize>) -> Range<usize> {
        match (
            self.starts.get(households.start),
            self.starts.get(households.end),
        ) {
            (Some(start), Some(end)) => *start as usize..*end as usize,
            _ => 0..0,
        }
    }
}

/// The order of a table's rows by household, those of one household as they came. Rows of
/// households that are not in the town stay out.
#[derive(Debug)]
pub(super) struct Order {
    /// For each row of the sorted table the place where it came from.
    from: Vec<u32>,
    /// For each row of the sorted table its household.
    pub(super) household: Vec<u32>,
    pub(super) offsets: Offsets,
}

impl Order {
    /// `owners` are the numbers by which the rows name their households.
    pub(super) fn new(owners: &[i64], rows: &HashMap<i64, u32>, households: usize) -> Self {
        let mut order = Self {
            from: Vec::new(),
            household: Vec::new(),
            offsets: Offsets::default(),
        };
        if owners.is_empty() {
            return order;
        }
        let mut placed: Vec<(u32, u32)> = owners
            .iter()
            .zip(0..)
            .filter_map(|(owner, at)| Some((*rows.get(owner)?, at)))
            .collect();
        if !placed.is_sorted() {
            placed.sort_unstable();
        }
        let mut starts = vec![0_u32; households + 1];
        for (row, _) in &placed {
            if let Some(count) = starts.get_mut(*row as usize + 1) {
                *count += 1;
            }
        }
        let mut total = 0;
        for start in &mut starts {
            total += *start;
            *start = total;
        }
        order.offsets = Offsets { starts };
        order.household = placed.iter().map(|(row, _)| *row).collect();
        order.from = placed.into_iter().map(|(_, at)| at).collect();
        order
    }

    /// A column in this order.
    pub(super) fn pick<T: Copy>(&self, column: &[T]) -> Vec<T> {
        let value = |at: &u32| column.get(*at as usize).copied();
        self.from.iter().filter_map(value).collect()
    }

    /// A column of texts in this order.
    pub(super) fn pick_text(&self, column: &TextColumn) -> TextColumn {
        let mut to = TextColumn::default();
        for at in &self.from {
            to.push(column.get(*at));
        }
        to
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_by_household_as_they_came_and_strangers_stay_out() {
        let rows = HashMap::from([(7, 0), (5, 1), (9, 2)]);
        let order = Order::new(&[9, 7, 3, 9, 7], &rows, 3);
        assert_eq!(order.household, [0, 0, 2, 2]);
        assert_eq!(order.pick(&['a', 'b', 'c', 'd', 'e']), ['b', 'e', 'a', 'd']);
        let places: Vec<_> = (0..4).map(|row| order.offsets.of(row)).collect();
        assert_eq!(places, [0..2, 2..2, 2..4, 0..0]);
        assert_eq!(order.offsets.of_all(1..3), 2..4);
        let nothing = Order::new(&[], &rows, 3);
        assert_eq!(nothing.offsets.of(0), 0..0);
        assert_eq!(nothing.offsets.of_all(0..3), 0..0);
    }
}
