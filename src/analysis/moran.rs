//! Moran's I: whether like stands beside like, in all and at each area.

use super::{Permutations, Simulated, Transform, Weights, conditional_permutation, normal_sf};
use crate::base::{Cancelled, Progress};

/// Moran's I of all areas together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GlobalMoran {
    /// The statistic: above `expected` where like stands beside like.
    pub i: f64,
    /// What chance gives on average: −1 / (n − 1).
    pub expected: f64,
    /// Standard deviations above that, where the values are taken as normal.
    pub z_normal: f64,
    /// The two-sided p-value of `z_normal`.
    pub p_normal: f64,
    /// Standard deviations above that, where the values are taken as dealt out at random.
    pub z_random: f64,
    /// The two-sided p-value of `z_random`.
    pub p_random: f64,
}

/// Where an area stands in the scatter plot of values and neighbours' values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quadrant {
    /// High among high.
    HighHigh,
    /// Low among high.
    LowHigh,
    /// Low among low.
    LowLow,
    /// High among low.
    HighLow,
}

impl Quadrant {
    /// The number that `esda` gives it.
    pub fn number(self) -> u8 {
        match self {
            Self::HighHigh => 1,
            Self::LowHigh => 2,
            Self::LowLow => 3,
            Self::HighLow => 4,
        }
    }
}

/// Moran's I of one area.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LocalMoran {
    /// The statistic: positive where the area is like its neighbours. 0 for an island.
    pub i: f64,
    /// Above or at most the mean: the area, and its neighbours together (at most, for an island).
    pub quadrant: Quadrant,
    /// What chance gives on average to an area of this value.
    pub expected: f64,
    /// The variance of that.
    pub variance: f64,
}

impl LocalMoran {
    /// Standard deviations above what chance gives; `None` where there is no variance, as for an
    /// island.
    pub fn z(&self) -> Option<f64> {
        let z = (self.i - self.expected) / self.variance.sqrt();
        z.is_finite().then_some(z)
    }

    /// The one-sided p-value of [`LocalMoran::z`]. The permutations are to be preferred: the
    /// local statistic is far from normal.
    pub fn p(&self) -> Option<f64> {
        self.z().map(|z| normal_sf(z.abs()))
    }
}

/// Values as deviations from their mean, in standard deviations; `None` where there are fewer
/// than four, one is not finite, their number is not that of the areas, or all are equal.
fn standardised(values: &[f64], weights: &Weights) -> Option<Vec<f64>> {
    let n = values.len();
    if n < 4 || n != weights.len() {
        return None;
    }
    let mean = values.iter().sum::<f64>() / n as f64;
    let variance = values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / n as f64;
    let largest = values.iter().fold(0.0_f64, |most, v| most.max(v.abs()));
    // What is left of equal values after rounding is no deviation.
    let is_spread = variance.is_finite() && variance.sqrt() > largest * 1e-14;
    is_spread.then(|| {
        let values = values.iter();
        values.map(|v| (v - mean) / variance.sqrt()).collect()
    })
}

/// Moran's I of values, one an area, with its moments under both assumptions.
///
/// `None` where there are fewer than four values, one is not finite, their number is not that of
/// the areas, all are equal, or there are no neighbours at all.
///
/// Source: A. D. Cliff & J. K. Ord, "Spatial Processes" (1981); equal to `esda.Moran`
/// (two-tailed), and to `esda.Moran_Rate` with [`super::standardised_rates`]. Limit: islands count
/// among the n areas, as they do there.
pub fn global_moran(
    values: &[f64],
    weights: &Weights,
    transform: Transform,
) -> Option<GlobalMoran> {
    let z = standardised(values, weights)?;
    let n = z.len() as f64;
    let areas = || 0..weights.len();
    let mut column_sums = vec![0.0; weights.len()];
    let (mut s0, mut s1) = (0.0, 0.0);
    for area in areas() {
        let weight = weights.weight(area, transform);
        for other in weights.neighbours(area) {
            let other = *other as usize;
            let is_mutual = weights
                .neighbours(other)
                .binary_search(&(area as u32))
                .is_ok();
            let back = if is_mutual {
                weights.weight(other, transform)
            } else {
                0.0
            };
            s0 += weight;
            // Half the square of the sum of both ways, which a mutual pair meets twice.
            s1 += weight * weight + weight * back;
            if let Some(sum) = column_sums.get_mut(other) {
                *sum += weight;
            }
        }
    }
    if s0 <= 0.0 {
        return None;
    }
    let row_sum =
        |area: usize| weights.weight(area, transform) * weights.neighbours(area).len() as f64;
    let s2: f64 = areas()
        .zip(&column_sums)
        .map(|(area, column)| (row_sum(area) + column).powi(2))
        .sum();
    let lagged = areas().zip(&z);
    let products: f64 = lagged
        .map(|(area, own)| own * weights.lag(area, &z, transform))
        .sum();
    // The squares of standardised values add up to n.
    let i = products / s0;
    let expected = -1.0 / (n - 1.0);
    let (n2, s02) = (n * n, s0 * s0);
    let normal =
        (n2 * s1 - n * s2 + 3.0 * s02) / ((n - 1.0) * (n + 1.0) * s02) - expected * expected;
    let kurtosis = z.iter().map(|z| z.powi(4)).sum::<f64>() / n;
    let a = n * ((n2 - 3.0 * n + 3.0) * s1 - n * s2 + 3.0 * s02);
    let b = kurtosis * ((n2 - n) * s1 - 2.0 * n * s2 + 6.0 * s02);
    let random = (a - b) / ((n - 1.0) * (n - 2.0) * (n - 3.0) * s02) - expected * expected;
    let (z_normal, z_random) = (
        (i - expected) / normal.sqrt(),
        (i - expected) / random.sqrt(),
    );
    let two_sided = |z: f64| 2.0 * normal_sf(z.abs());
    Some(GlobalMoran {
        i,
        expected,
        z_normal,
        p_normal: two_sided(z_normal),
        z_random,
        p_random: two_sided(z_random),
    })
}

/// Moran's I at each area, one an area in the same order.
///
/// `None` where there are fewer than four values, one is not finite, their number is not that of
/// the areas, or all are equal.
///
/// Source: L. Anselin, "Local indicators of spatial association – LISA", Geographical Analysis 27
/// (1995); the moments are those under conditional permutation of R. R. Sokal, N. L. Oden & B. A.
/// Thomson, Geographical Analysis 30 (1998), equations A7 and A8. Equal to `esda.Moran_Local` (`Is`,
/// `q`, `EIc`, `VIc`), and to `esda.Moran_Local_Rate` with [`super::standardised_rates`] (R. M. Assunção
/// & E. A. Reis, Statistics in Medicine 18, 1999).
pub fn local_moran(
    values: &[f64],
    weights: &Weights,
    transform: Transform,
) -> Option<Vec<LocalMoran>> {
    let z = standardised(values, weights)?;
    let n = z.len() as f64;
    let areas = z.iter().enumerate();
    let local = areas.map(|(area, own)| {
        let weight = weights.weight(area, transform);
        let neighbours = weights.neighbours(area).len() as f64;
        let (sum, squares) = (weight * neighbours, weight * weight * neighbours);
        let lag = weights.lag(area, &z, transform);
        LocalMoran {
            i: (n - 1.0) / n * own * lag,
            quadrant: match (*own > 0.0, lag > 0.0) {
                (true, true) => Quadrant::HighHigh,
                (false, true) => Quadrant::LowHigh,
                (false, false) => Quadrant::LowLow,
                (true, false) => Quadrant::HighLow,
            },
            expected: -own * own * sum / (n - 1.0),
            variance: own * own * n / (n - 2.0)
                * (squares - sum * sum / (n - 1.0))
                * (1.0 - own * own / (n - 1.0)),
        }
    });
    Some(local.collect())
}

/// What permutations say about [`local_moran`] at each area; `None` for an area without
/// neighbours, and for all where [`local_moran`] has no answer. See [`conditional_permutation`].
///
/// # Errors
/// [`Cancelled`] where the progress says so.
pub fn local_moran_permuted(
    values: &[f64],
    weights: &Weights,
    transform: Transform,
    permutations: &Permutations,
    progress: &Progress,
) -> Result<Vec<Option<Simulated>>, Cancelled> {
    let Some(z) = standardised(values, weights) else {
        return Ok(vec![None; weights.len()]);
    };
    let n = z.len() as f64;
    let line = |area: usize| {
        let own = z.get(area).copied().unwrap_or(f64::NAN);
        let slope = (n - 1.0) / n * own * weights.weight(area, transform);
        (0.0, slope)
    };
    conditional_permutation(&z, weights, permutations, line, progress)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A row of areas, each beside the next.
    fn row(areas: u32) -> Weights {
        let sides = |at: u32| vec![at.wrapping_sub(1), at + 1];
        Weights::from_lists((0..areas).map(sides).collect())
    }

    #[test]
    fn like_beside_like_is_positive() {
        let weights = row(8);
        let halves = [1.0, 1.0, 1.0, 1.0, 9.0, 9.0, 9.0, 9.0];
        let turns = [1.0, 9.0, 1.0, 9.0, 1.0, 9.0, 1.0, 9.0];
        let i = |values: &[f64]| global_moran(values, &weights, Transform::Binary).unwrap().i;
        assert!(i(&halves) > 0.6 && i(&turns) < -0.9);
        let local = local_moran(&halves, &weights, Transform::RowStandardised).unwrap();
        let numbers: Vec<u8> = local.iter().map(|it| it.quadrant.number()).collect();
        // In the middle the neighbours of both sides cancel out: they are not above the mean.
        assert_eq!(numbers, [3, 3, 3, 3, 4, 1, 1, 1]);
        assert!(local[0].z().unwrap() > 0.0 && local[0].p().unwrap() < 0.5);
    }

    #[test]
    fn what_has_no_spread_has_no_statistic() {
        let weights = row(5);
        for values in [
            vec![0.1; 5],
            vec![1.0, 2.0, 3.0],
            vec![1.0, 2.0, f64::NAN, 4.0, 5.0],
            vec![1.0, 2.0, f64::INFINITY, 4.0, 5.0],
            vec![],
        ] {
            let transform = Transform::RowStandardised;
            assert_eq!(global_moran(&values, &weights, transform), None);
            assert_eq!(local_moran(&values, &weights, transform), None);
            let table = Permutations::seeded(&weights, 9, 1);
            let progress = Progress::new();
            let found = local_moran_permuted(&values, &weights, transform, &table, &progress);
            assert_eq!(found.unwrap(), [None; 5]);
        }
        let three = row(3);
        assert_eq!(
            global_moran(&[1.0, 2.0, 4.0], &three, Transform::Binary),
            None
        );
        let lonely = Weights::from_lists(vec![vec![]; 5]);
        let values = [1.0, 2.0, 3.0, 4.0, 5.0];
        assert_eq!(global_moran(&values, &lonely, Transform::Binary), None);
        let local = local_moran(&values, &lonely, Transform::RowStandardised).unwrap();
        assert!(local.iter().all(|it| it.i == 0.0 && it.z().is_none()));
    }
}
