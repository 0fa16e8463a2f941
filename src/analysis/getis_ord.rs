//! Getis-Ord Gi and Gi*: where high values gather, and where low ones do.

use super::{Permutations, Simulated, Transform, Weights, conditional_permutation, normal_sf};
use crate::base::{Cancelled, Progress};

/// Whether an area counts among its own neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    /// Gi: only the neighbours count.
    Without,
    /// Gi*: the area counts as one neighbour more.
    With,
}

/// The statistic of one area.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GetisOrd {
    /// The share of the total of values that is near the area (divided by the number of those who
    /// are near, where the weights are row-standardised).
    pub g: f64,
    /// What chance gives on average.
    pub expected: f64,
    /// The variance of that.
    pub variance: f64,
}

impl GetisOrd {
    /// Standard deviations above what chance gives: positive where high values gather. `None` where
    /// there is no variance, as for an island without its own value.
    pub fn z(&self) -> Option<f64> {
        let z = (self.g - self.expected) / self.variance.sqrt();
        z.is_finite().then_some(z)
    }

    /// The one-sided p-value of [`GetisOrd::z`].
    pub fn p(&self) -> Option<f64> {
        self.z().map(|z| normal_sf(z.abs()))
    }
}

/// How much each of those near an area counts.
fn weight(weights: &Weights, area: usize, transform: Transform, focus: Focus) -> f64 {
    match (transform, focus) {
        (Transform::Binary, _) => 1.0,
        (_, Focus::Without) => weights.weight(area, transform),
        (_, Focus::With) => 1.0 / (weights.neighbours(area).len() as f64 + 1.0),
    }
}

/// Sums that the statistic is made of; `None` where it cannot be made.
fn sums(values: &[f64], weights: &Weights) -> Option<(f64, f64)> {
    let fits = values.len() == weights.len() && values.len() >= 3;
    let sum: f64 = values.iter().sum();
    let squares: f64 = values.iter().map(|value| value * value).sum();
    (fits && sum.is_finite() && squares.is_finite()).then_some((sum, squares))
}

/// Gi or Gi* at each area, one an area in the same order.
///
/// The values have a natural origin and none is negative (counts, rates; not deviations from a
/// mean). `None` where there are fewer than three values, one is not finite, or their number is
/// not that of the areas. Where all values are equal, no area has a z.
///
/// Sources: A. Getis & J. K. Ord, Geographical Analysis 24 (1992) and J. K. Ord & A. Getis, 27
/// (1995); equal to `esda.G_Local` (`Gs`, `EGs`, `VGs`, `Zs`, `p_norm`), where the weights are binary
/// before it transforms them. Limit: with row-standardised weights that takes every neighbourhood
/// for a single neighbour, so its z are too small; binary ones are right.
pub fn getis_ord(
    values: &[f64],
    weights: &Weights,
    transform: Transform,
    focus: Focus,
) -> Option<Vec<GetisOrd>> {
    let (sum, squares) = sums(values, weights)?;
    let areas = values.iter().enumerate();
    let local = areas.map(|(area, own)| {
        let near = weights.sum(area, values);
        let count = weights.neighbours(area).len() as f64;
        let (near, count, left_out) = match focus {
            Focus::Without => (near, count, 1.0),
            Focus::With => (near + own, count + 1.0, 0.0),
        };
        let weight = weight(weights, area, transform, focus);
        let n = values.len() as f64 - left_out;
        let rest = sum - own * left_out;
        let mean = rest / n;
        let spread = (squares - own * own * left_out) / n - mean * mean;
        let weight_sum = weight * count;
        // What is left of equal values after rounding is no spread.
        let spread = if spread > mean * mean * 1e-14 {
            spread
        } else {
            0.0
        };
        GetisOrd {
            g: weight * near / rest,
            expected: weight_sum / n,
            variance: weight_sum * (n - weight_sum) / (n - 1.0) / (n * n) * spread / (mean * mean),
        }
    });
    Some(local.collect())
}

/// What permutations say about [`getis_ord`] at each area; `None` for an area without neighbours,
/// and for all where [`getis_ord`] has no answer. See [`conditional_permutation`].
///
/// # Errors
/// [`Cancelled`] where the progress says so.
pub fn getis_ord_permuted(
    values: &[f64],
    weights: &Weights,
    transform: Transform,
    focus: Focus,
    permutations: &Permutations,
    progress: &Progress,
) -> Result<Vec<Option<Simulated>>, Cancelled> {
    let Some((sum, _)) = sums(values, weights) else {
        return Ok(vec![None; weights.len()]);
    };
    let line = |area: usize| {
        let own = values.get(area).copied().unwrap_or(f64::NAN);
        let weight = weight(weights, area, transform, focus);
        match focus {
            Focus::Without => (0.0, weight / (sum - own)),
            Focus::With => (weight * own / sum, weight / sum),
        }
    };
    conditional_permutation(values, weights, permutations, line, progress)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(areas: u32) -> Weights {
        let sides = |at: u32| vec![at.wrapping_sub(1), at + 1];
        Weights::from_lists((0..areas).map(sides).collect())
    }

    #[test]
    fn high_values_gather_where_they_do() {
        let values = [1.0, 1.0, 1.0, 1.0, 1.0, 8.0, 9.0, 8.0];
        for transform in [Transform::Binary, Transform::RowStandardised] {
            for focus in [Focus::Without, Focus::With] {
                let found = getis_ord(&values, &row(8), transform, focus).unwrap();
                let z = |area: usize| found[area].z().unwrap();
                assert!(z(6) > 1.0 && z(1) < -0.3, "{transform:?} {focus:?}");
            }
        }
        let star = getis_ord(&values, &row(8), Transform::Binary, Focus::With).unwrap();
        assert!((star[6].g - 25.0 / 30.0).abs() < 1e-15);
        assert!((star[6].expected - 3.0 / 8.0).abs() < 1e-15);
    }

    #[test]
    fn the_edges_of_a_sum() {
        let weights = row(4);
        let ask = |values: &[f64]| getis_ord(values, &weights, Transform::Binary, Focus::With);
        assert_eq!(ask(&[1.0, 2.0]), None);
        assert_eq!(ask(&[1.0, 2.0, 3.0, f64::NAN]), None);
        for equal in [[0.1; 4], [0.0; 4]] {
            let found = ask(&equal).unwrap();
            assert!(found.iter().all(|it| it.z().is_none() && it.p().is_none()));
        }
        let lonely = Weights::from_lists(vec![vec![]; 4]);
        let values = [1.0, 2.0, 3.0, 4.0];
        let without = getis_ord(&values, &lonely, Transform::Binary, Focus::Without).unwrap();
        assert!(without.iter().all(|it| it.z().is_none()));
        let with = getis_ord(&values, &lonely, Transform::Binary, Focus::With).unwrap();
        assert!(with[3].z().unwrap() > 1.0, "its own value stands out");
    }

    #[test]
    fn permutations_without_an_answer() {
        let weights = row(4);
        let table = Permutations::seeded(&weights, 9, 1);
        let progress = Progress::new();
        let ask = |values: &[f64]| {
            let (transform, focus) = (Transform::Binary, Focus::With);
            getis_ord_permuted(values, &weights, transform, focus, &table, &progress).unwrap()
        };
        assert_eq!(ask(&[0.0; 4]), [None; 4]);
        assert_eq!(ask(&[1.0]), [None; 4]);
        assert!(ask(&[1.0, 2.0, 3.0, 4.0]).iter().all(Option::is_some));
    }
}
