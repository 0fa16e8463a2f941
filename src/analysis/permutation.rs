//! Conditional permutation: would an area's neighbourhood be as remarkable if the others stood elsewhere?

use super::Weights;
use crate::base::{Cancelled, Progress};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use rayon::prelude::*;
use std::cmp::Ordering;

/// Sums that differ by less than this share of what could be in them are equal.
const TIE_SHARE: f64 = 1e-12;

/// A table of permutations: in each row, different numbers among the others of any area.
///
/// The numbers count the areas without the one that is asked: number 4 is area 4 for the areas
/// above it, and area 5 for areas 0 to 4. One table serves all areas, as in `esda.crand`, where
/// it is `permuted_ids`: an area with k neighbours takes the first k numbers of each row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Permutations {
    /// Numbers a row.
    width: usize,
    count: usize,
    ids: Vec<u32>,
}

impl Permutations {
    /// `count` permutations for the areas of these weights. The same seed gives the same table on
    /// every machine.
    ///
    /// Source: the shuffle of Fisher & Yates as R. Durstenfeld wrote it (CACM 7, 1964), as far as
    /// it is needed, with the numbers of `ChaCha8`.
    pub fn seeded(weights: &Weights, count: usize, seed: u64) -> Self {
        let others = weights.len().saturating_sub(1);
        let width = weights.most_neighbours().min(others);
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        // A shuffle of what is shuffled already is as good as one of what is in order.
        let mut urn: Vec<u32> = (0..others as u32).collect();
        let mut ids = Vec::new();
        for _ in 0..count {
            for place in 0..width {
                let rest = (others - place) as u64;
                // The high half of the product: even to one part in 2^32 of what a town has.
                let from = (u128::from(rng.next_u64()) * u128::from(rest)) >> 64;
                urn.swap(place, place + from as usize);
            }
            ids.extend(urn.iter().take(width));
        }
        Self { width, count, ids }
    }

    /// A table made elsewhere: `ids` row by row, `width` numbers each. `None` where a row is not
    /// complete, or a number is not below `areas` − 1.
    pub fn from_table(areas: usize, width: usize, ids: Vec<u32>) -> Option<Self> {
        let is_whole = width > 0 && ids.len().is_multiple_of(width);
        let others = areas.saturating_sub(1);
        let fits = width <= others && ids.iter().all(|id| (*id as usize) < others);
        (is_whole && fits).then(|| Self {
            width,
            count: ids.len() / width,
            ids,
        })
    }

    /// Number of permutations.
    pub fn count(&self) -> usize {
        self.count
    }
}

/// What the permutations say about one area.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Simulated {
    /// The pseudo p-value: how rare so high (or so low: whichever is rarer) a statistic is.
    pub p: f64,
    /// Permutations whose statistic is at least the observed one.
    pub at_least: usize,
    /// Permutations whose statistic is at most the observed one.
    pub at_most: usize,
    /// Mean of the statistic over the permutations.
    pub mean: f64,
    /// Its standard deviation.
    pub sd: f64,
}

impl Simulated {
    /// How many standard deviations an observed statistic is above the mean; `None` where the
    /// permutations do not differ.
    pub fn z(&self, observed: f64) -> Option<f64> {
        let z = (observed - self.mean) / self.sd;
        z.is_finite().then_some(z)
    }
}

/// Asks the permutations about every area.
///
/// The statistic of area i is a + b × (sum of the values of its neighbours), and `line(i)` gives
/// (a, b): local Moran and Getis-Ord are of that form, as all neighbours weigh the same. The value
/// of the area itself stays; its neighbours are drawn from the others. One result an area, in the
/// same order; `None` for an island, where there are no permutations, and where the numbers do
/// not fit (a row of the table is shorter than the list of neighbours, or a, b are not finite).
/// Ticks once an area.
///
/// p = (1 + how many permutations reach the observed value, from below or from above, whichever
/// are fewer) / (1 + permutations): that of `esda` ("directed"). It is one-sided; a two-sided one
/// is twice as large. Two limits: it is never below 1 / (1 + permutations), and a permutation that
/// equals the observed value counts for both sides, where `esda` counts it as above only and so
/// calls a neighbourhood of noughts among noughts remarkable.
///
/// # Errors
/// [`Cancelled`] where the progress says so.
pub fn conditional_permutation(
    values: &[f64],
    weights: &Weights,
    permutations: &Permutations,
    line: impl Fn(usize) -> (f64, f64) + Sync,
    progress: &Progress,
) -> Result<Vec<Option<Simulated>>, Cancelled> {
    let largest = values
        .iter()
        .fold(0.0_f64, |most, value| most.max(value.abs()));
    (0..weights.len())
        .into_par_iter()
        .map_init(Vec::new, |sums, area| {
            progress.tick(1)?;
            let neighbours = weights.neighbours(area).len();
            let (offset, slope) = line(area);
            let fits = neighbours > 0 && neighbours <= permutations.width;
            if !fits || permutations.count == 0 || !(offset.is_finite() && slope.is_finite()) {
                return Ok(None);
            }
            draw(area, neighbours, values, permutations, sums);
            let tie = TIE_SHARE * largest * neighbours as f64;
            let observed = weights.sum(area, values);
            let high = sums.iter().filter(|sum| **sum >= observed - tie).count();
            let low = sums.iter().filter(|sum| **sum <= observed + tie).count();
            // The statistic falls where the sum rises and the slope is negative; where the slope is
            // nought, all permutations equal what is observed.
            let (at_least, at_most) = match slope.partial_cmp(&0.0) {
                Some(Ordering::Greater) => (high, low),
                Some(Ordering::Less) => (low, high),
                _ => (sums.len(), sums.len()),
            };
            let count = sums.len() as f64;
            let mean = sums.iter().sum::<f64>() / count;
            let variance = sums.iter().map(|sum| (sum - mean).powi(2)).sum::<f64>() / count;
            Ok(Some(Simulated {
                p: (at_least.min(at_most) as f64 + 1.0) / (count + 1.0),
                at_least,
                at_most,
                mean: offset + slope * mean,
                sd: slope.abs() * variance.sqrt(),
            }))
        })
        .collect()
}

/// The sum of the drawn neighbours of an area, for each permutation.
fn draw(
    area: usize,
    neighbours: usize,
    values: &[f64],
    permutations: &Permutations,
    sums: &mut Vec<f64>,
) {
    sums.clear();
    let value = |id: &u32| {
        let id = *id as usize;
        let other = id + usize::from(id >= area);
        values.get(other).copied().unwrap_or(f64::NAN)
    };
    let rows = permutations.ids.chunks_exact(permutations.width.max(1));
    sums.extend(rows.map(|row| row.iter().take(neighbours).map(value).sum::<f64>()));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A ring: everybody has two neighbours.
    fn ring(areas: u32) -> Weights {
        let sides = |at: u32| vec![(at + 1) % areas, (at + areas - 1) % areas];
        Weights::from_lists((0..areas).map(sides).collect())
    }

    fn sums_of(values: &[f64], weights: &Weights, count: usize) -> Vec<Option<Simulated>> {
        let table = Permutations::seeded(weights, count, 7);
        let progress = Progress::new();
        conditional_permutation(values, weights, &table, |_| (0.0, 1.0), &progress).unwrap()
    }

    #[test]
    fn a_seed_is_a_table() {
        let weights = ring(50);
        let table = Permutations::seeded(&weights, 400, 1);
        assert_eq!(table, Permutations::seeded(&weights, 400, 1));
        assert_ne!(table, Permutations::seeded(&weights, 400, 2));
        assert_eq!((table.count(), table.width), (400, 2));
        assert!(table.ids.chunks(2).all(|row| row[0] != row[1]));
        // Every number turns up about as often: 800 draws among 49.
        for id in 0..49 {
            let times = table.ids.iter().filter(|it| **it == id).count();
            assert!((3..=35).contains(&times), "{id}: {times}");
        }
    }

    #[test]
    fn tables_that_do_not_fit_are_refused() {
        assert!(Permutations::from_table(4, 2, vec![0, 2, 1, 0]).is_some());
        for (areas, width, ids) in [
            (4, 2, vec![0, 2, 1]),
            (4, 2, vec![0, 3]),
            (4, 0, vec![]),
            (2, 2, vec![0, 0]),
            (0, 1, vec![0]),
        ] {
            assert_eq!(Permutations::from_table(areas, width, ids), None);
        }
    }

    #[test]
    fn the_area_itself_is_never_drawn() {
        // Area 2 is the only one with a value; none of its own permutations may hold it.
        let weights = ring(6);
        let values = [0.0, 0.0, 1e6, 0.0, 0.0, 0.0];
        let found = sums_of(&values, &weights, 200);
        assert_eq!(found[2].unwrap().mean, 0.0);
        assert!(found[0].unwrap().mean > 0.0);
    }

    #[test]
    fn the_rarer_side_counts_and_equal_is_on_both() {
        let weights = ring(200);
        let mut values: Vec<f64> = (0..200).map(|at| f64::from(at * 37 % 101)).collect();
        values[9] = 1e4;
        values[11] = 1e4;
        let high = sums_of(&values, &weights, 999)[10].unwrap();
        assert!(high.p < 0.005, "{high:?}");
        assert!(high.z(2e4).unwrap() > 10.0);
        let equal = sums_of(&[0.0; 20], &ring(20), 99);
        assert!(equal.iter().all(|it| it.unwrap().p == 1.0));
        assert_eq!(equal[0].unwrap().z(0.0), None);
    }

    #[test]
    fn what_cannot_be_asked_has_no_answer() {
        let weights = Weights::from_lists(vec![vec![1], vec![0], vec![]]);
        let found = sums_of(&[1.0, 2.0, 3.0], &weights, 9);
        assert!(found[0].is_some() && found[2].is_none());
        assert_eq!(sums_of(&[1.0, 2.0, 3.0], &weights, 0), [None; 3]);
        assert_eq!(sums_of(&[], &Weights::default(), 9), []);
        let narrow = Permutations::from_table(4, 1, vec![0, 1]).unwrap();
        let progress = Progress::new();
        let ring = ring(4);
        let ask = |line: (f64, f64)| {
            conditional_permutation(&[1.0; 4], &ring, &narrow, |_| line, &progress)
        };
        assert_eq!(ask((0.0, 1.0)).unwrap(), [None; 4]);
        progress.cancel();
        assert_eq!(ask((0.0, 1.0)), Err(Cancelled));
    }
}
