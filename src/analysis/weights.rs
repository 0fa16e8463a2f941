//! Spatial weights: which areas are neighbours, and how much each counts.

mod contiguity;
mod nearest;

pub use contiguity::{Contiguity, contiguity};
pub use nearest::{distance_band, k_nearest};

/// How much a neighbour counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transform {
    /// Each neighbour counts 1 ("B" in `PySAL`).
    Binary,
    /// The neighbours of an area count 1 together ("R" in `PySAL`).
    RowStandardised,
}

/// The neighbours of every area, as compressed sparse rows.
///
/// An area is never its own neighbour; one without neighbours is an island and stays in the
/// table. Neighbours need not be mutual: the nearest of an outlying area has nearer ones itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Weights {
    /// Where the neighbours of each area begin, and at last where they end.
    start: Vec<usize>,
    /// The neighbours of the areas one after another, ascending for each.
    neighbour: Vec<u32>,
}

impl Weights {
    /// The weights of lists of neighbours, one list an area.
    ///
    /// An area in its own list, one named twice and one that does not exist are left out.
    pub fn from_lists(lists: Vec<Vec<u32>>) -> Self {
        let areas = lists.len();
        let mut weights = Self {
            start: Vec::with_capacity(areas + 1),
            neighbour: Vec::new(),
        };
        weights.start.push(0);
        for (area, mut list) in lists.into_iter().enumerate() {
            list.retain(|other| (*other as usize) < areas && *other as usize != area);
            list.sort_unstable();
            list.dedup();
            weights.neighbour.extend(list);
            weights.start.push(weights.neighbour.len());
        }
        weights
    }

    /// Number of areas.
    pub fn len(&self) -> usize {
        self.start.len().saturating_sub(1)
    }

    /// Whether there are no areas.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The neighbours of an area, ascending; none for an area that is not there.
    pub fn neighbours(&self, area: usize) -> &[u32] {
        let ends = self.start.get(area).zip(self.start.get(area + 1));
        ends.and_then(|(from, to)| self.neighbour.get(*from..*to))
            .unwrap_or_default()
    }

    /// Areas without neighbours, ascending.
    pub fn islands(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.len()).filter(|area| self.neighbours(*area).is_empty())
    }

    /// The most neighbours that an area has.
    pub fn most_neighbours(&self) -> usize {
        let counts = (0..self.len()).map(|area| self.neighbours(area).len());
        counts.max().unwrap_or(0)
    }

    /// How much each neighbour of an area counts; 0 for an island.
    pub fn weight(&self, area: usize, transform: Transform) -> f64 {
        match (self.neighbours(area).len(), transform) {
            (0, _) => 0.0,
            (_, Transform::Binary) => 1.0,
            (count, Transform::RowStandardised) => 1.0 / count as f64,
        }
    }

    /// The sum of the values of an area's neighbours, one value an area.
    pub fn sum(&self, area: usize, values: &[f64]) -> f64 {
        let neighbours = self.neighbours(area).iter();
        neighbours
            .filter_map(|other| values.get(*other as usize))
            .sum()
    }

    /// The weighted sum of the values of an area's neighbours (the spatial lag).
    pub fn lag(&self, area: usize, values: &[f64], transform: Transform) -> f64 {
        self.weight(area, transform) * self.sum(area, values)
    }

    /// The weights among the areas that are kept, numbered anew in the same order. Who loses
    /// neighbours has fewer, and may become an island.
    #[must_use]
    pub fn subset(&self, keep: &[bool]) -> Self {
        let is_kept = |area: usize| keep.get(area).copied().unwrap_or(false);
        let mut kept = 0_u32;
        let new_place: Vec<Option<u32>> = (0..self.len())
            .map(|area| {
                is_kept(area).then(|| {
                    kept += 1;
                    kept - 1
                })
            })
            .collect();
        let place = |area: &u32| new_place.get(*area as usize).copied().flatten();
        let lists = (0..self.len()).filter(|area| is_kept(*area));
        Self::from_lists(
            lists
                .map(|area| self.neighbours(area).iter().filter_map(place).collect())
                .collect(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_put_in_order() {
        let weights = Weights::from_lists(vec![vec![2, 1, 2, 0, 9], vec![], vec![0]]);
        assert_eq!(weights.len(), 3);
        assert_eq!(weights.neighbours(0), [1, 2]);
        assert!(weights.neighbours(1).is_empty());
        assert!(weights.neighbours(7).is_empty());
        assert_eq!(weights.islands().collect::<Vec<_>>(), [1]);
        assert_eq!(weights.most_neighbours(), 2);
        let values = [1.0, 10.0, 100.0];
        assert_eq!(weights.lag(0, &values, Transform::Binary), 110.0);
        assert_eq!(weights.lag(0, &values, Transform::RowStandardised), 55.0);
        assert_eq!(weights.lag(1, &values, Transform::RowStandardised), 0.0);
    }

    #[test]
    fn a_subset_is_numbered_anew() {
        let weights = Weights::from_lists(vec![vec![1], vec![0, 2], vec![1, 3], vec![2]]);
        let kept = weights.subset(&[true, false, true, true]);
        let expected = Weights::from_lists(vec![vec![], vec![2], vec![1]]);
        assert_eq!(kept, expected);
        assert_eq!(weights.subset(&[true; 4]), weights);
        assert!(weights.subset(&[]).is_empty());
    }

    #[test]
    fn nothing_has_no_neighbours() {
        let none = Weights::default();
        assert!(none.is_empty() && Weights::from_lists(Vec::new()).is_empty());
        assert_eq!((none.most_neighbours(), none.islands().count()), (0, 0));
    }
}
