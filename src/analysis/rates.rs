//! Rates that do not mislead where the denominator is small.

use super::{MIN_DENOMINATOR, Weights};
use crate::model::Catalogue;

/// A form that the rate of an area can take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RateForm {
    /// Numerator / denominator.
    #[default]
    Raw,
    /// Drawn to the mean of all areas: [`eb_global`].
    EmpiricalBayesGlobal,
    /// Drawn to the mean of the neighbourhood: [`eb_local`].
    EmpiricalBayesLocal,
    /// The numerator itself.
    Count,
}

/// The rates of (numerator, denominator) pairs, one an area, in a form.
///
/// `None` is "no data": a denominator of 0 or less, or a number that is not finite. A count needs
/// no denominator. The neighbours are asked only for [`RateForm::EmpiricalBayesLocal`].
pub fn rates(pairs: &[(f64, f64)], form: RateForm, weights: &Weights) -> Vec<Option<f64>> {
    match form {
        RateForm::Raw => {
            let raw = |pair: &(f64, f64)| has_data(*pair).then(|| pair.0 / pair.1);
            pairs.iter().map(raw).collect()
        }
        RateForm::EmpiricalBayesGlobal => eb_global(pairs),
        RateForm::EmpiricalBayesLocal => eb_local(pairs, weights),
        RateForm::Count => {
            let count = |pair: &(f64, f64)| pair.0.is_finite().then_some(pair.0);
            pairs.iter().map(count).collect()
        }
    }
}

/// The denominator under which the rates of areas are greyed: the catalogue's
/// `small_denominator`, else [`MIN_DENOMINATOR`].
pub fn min_denominator(catalogue: &Catalogue) -> u32 {
    let stated = catalogue.number("small_denominator");
    let stated = stated.filter(|number| number.is_finite() && *number >= 0.0);
    stated.map_or(MIN_DENOMINATOR, |number| {
        number.ceil().min(f64::from(u32::MAX)) as u32
    })
}

/// Whether a rate stands on so few that it is greyed: a denominator below `min`
/// ([`super::MIN_DENOMINATOR`] where nobody says otherwise).
pub fn is_suppressed(denominator: f64, min: u32) -> bool {
    denominator.is_nan() || denominator < f64::from(min)
}

/// What areas are ranked by: the lower end of the 95 % interval of the share `k / n`
/// ([`wilson`]); `None` where `n` is 0.
pub fn ranking_bound(k: u32, n: u32) -> Option<f64> {
    (n > 0).then(|| wilson(k, n).0)
}

fn has_data((k, n): (f64, f64)) -> bool {
    k.is_finite() && n.is_finite() && n > 0.0
}

/// The 97.5 % point of the normal distribution.
const Z_95: f64 = 1.959_963_984_540_054;

/// The 95 % interval of the share `k / n`, both ends in 0 to 1.
///
/// Ranking by the lower end keeps an area of three households from the top of a list. Where `n`
/// is 0 nothing is known, and the interval is (0, 1). A `k` above `n` counts as `n`.
///
/// Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
/// JASA 22 (1927). Limit: no continuity correction, so for a handful of households the interval
/// covers somewhat less than 95 %.
pub fn wilson(k: u32, n: u32) -> (f64, f64) {
    if n == 0 {
        return (0.0, 1.0);
    }
    let n_f64 = f64::from(n);
    let share = f64::from(k.min(n)) / n_f64;
    let z2 = Z_95 * Z_95;
    let middle = share + z2 / (2.0 * n_f64);
    let half = Z_95 * (share * (1.0 - share) / n_f64 + z2 / (4.0 * n_f64 * n_f64)).sqrt();
    let scale = 1.0 + z2 / n_f64;
    // The two ends are exact where nobody or everybody counts; rounding must not move them.
    let low = if k == 0 { 0.0 } else { (middle - half) / scale };
    let high = if k >= n { 1.0 } else { (middle + half) / scale };
    (low, high)
}

/// Empirical-Bayes rates of (numerator, denominator) pairs: each raw rate is drawn to the mean
/// of all, the more so the smaller its denominator.
///
/// One value a pair, in the same order; `None` where the denominator is 0 (or not finite): such
/// a pair is "no data" and does not touch the others. Where the rates differ by no more than
/// chance explains, all become the mean (a negative estimate of the variance counts as 0).
///
/// Source: R. J. Marshall, "Mapping disease and mortality rates using empirical Bayes
/// estimators", Applied Statistics 40 (1991), the global estimator. Limit: one mean for the
/// whole town; a town of two halves needs the local form.
pub fn eb_global(pairs: &[(f64, f64)]) -> Vec<Option<f64>> {
    let known = || pairs.iter().copied().filter(|pair| has_data(*pair));
    let count = known().count() as f64;
    let n_sum: f64 = known().map(|(_, n)| n).sum();
    let mean = known().map(|(k, _)| k).sum::<f64>() / n_sum;
    let spread = known()
        .map(|(k, n)| n * (k / n - mean).powi(2))
        .sum::<f64>()
        / n_sum;
    let variance = (spread - mean * count / n_sum).max(0.0);
    pairs
        .iter()
        .map(|&(k, n)| {
            if !has_data((k, n)) {
                return None;
            }
            let noise = mean / n;
            let trust = if variance > 0.0 {
                variance / (variance + noise)
            } else {
                0.0
            };
            Some(trust * (k / n) + (1.0 - trust) * mean)
        })
        .collect()
}

/// The areas with data that make the neighbourhood of one: its neighbours, then itself.
fn neighbourhood<'a>(
    pairs: &'a [(f64, f64)],
    weights: &'a Weights,
    area: usize,
) -> impl Iterator<Item = (f64, f64)> + 'a {
    let others = weights.neighbours(area).iter().map(|other| *other as usize);
    let places = others.chain([area]);
    places
        .filter_map(|place| pairs.get(place).copied())
        .filter(|pair| has_data(*pair))
}

/// The rate of each area and its neighbours together: all numerators / all denominators.
///
/// One value an area, in the same order; `None` where the area itself has no data, and areas
/// without data are nobody's neighbours. Equal to `esda.smoothing.Spatial_Rate`.
pub fn spatial_rate(pairs: &[(f64, f64)], weights: &Weights) -> Vec<Option<f64>> {
    let rate = |(area, pair): (usize, &(f64, f64))| {
        has_data(*pair).then(|| {
            let near = || neighbourhood(pairs, weights, area);
            let n: f64 = near().map(|(_, n)| n).sum();
            near().map(|(k, _)| k).sum::<f64>() / n
        })
    };
    pairs.iter().enumerate().map(rate).collect()
}

/// Local empirical-Bayes rates of (numerator, denominator) pairs: each raw rate is drawn to the
/// mean of its neighbourhood, itself included, the more so the smaller its denominator and the
/// more alike the neighbourhood is.
///
/// One value an area, in the same order; `None` where the area has no data, and areas without data
/// are nobody's neighbours. An island keeps its raw rate. Where nobody counts in a whole
/// neighbourhood the rate is 0 (`PySAL` has no number there).
///
/// Source: Marshall 1991, the local estimator; equal to `esda.smoothing.Spatial_Empirical_Bayes`
/// with binary weights among the areas that have data. Limit: neighbours share what they show, so
/// these rates are for looking at, not for tests of clustering.
pub fn eb_local(pairs: &[(f64, f64)], weights: &Weights) -> Vec<Option<f64>> {
    let means = spatial_rate(pairs, weights);
    let areas = pairs.iter().zip(means).enumerate();
    areas
        .map(|(area, (&(k, n), mean))| {
            let mean = mean?;
            let near = || neighbourhood(pairs, weights, area);
            let n_sum: f64 = near().map(|(_, n)| n).sum();
            let spread = near().map(|(k, n)| n * (k / n - mean).powi(2)).sum::<f64>() / n_sum;
            let variance = (spread - mean * near().count() as f64 / n_sum).max(0.0);
            let noise = mean / n;
            let trust = if variance > 0.0 {
                variance / (variance + noise)
            } else {
                0.0
            };
            Some(mean + (k / n - mean) * trust)
        })
        .collect()
}

/// Rates as deviations from the overall rate, in standard deviations that grow where the
/// denominator is small: what Moran's I of rates is asked of.
///
/// One value a pair, in the same order; `None` where there is no data, or nothing but one rate.
///
/// Source: R. M. Assunção & E. A. Reis, "A new proposal to adjust Moran's I for population
/// density", Statistics in Medicine 18 (1999); equal to `esda.smoothing.assuncao_rate`.
pub fn standardised_rates(pairs: &[(f64, f64)]) -> Vec<Option<f64>> {
    let known = || pairs.iter().copied().filter(|pair| has_data(*pair));
    let n_sum: f64 = known().map(|(_, n)| n).sum();
    let mean = known().map(|(k, _)| k).sum::<f64>() / n_sum;
    let spread = known()
        .map(|(k, n)| n * (k / n - mean).powi(2))
        .sum::<f64>()
        / n_sum;
    let between = spread - mean * known().count() as f64 / n_sum;
    let standardised = |&(k, n): &(f64, f64)| {
        let noise = mean / n;
        let variance = if between + noise < 0.0 {
            noise
        } else {
            between + noise
        };
        let deviation = (k / n - mean) / variance.sqrt();
        (has_data((k, n)) && deviation.is_finite()).then_some(deviation)
    };
    pairs.iter().map(standardised).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{NamedNumber, Quantity};

    fn row(areas: u32) -> Weights {
        let sides = |at: u32| vec![at.wrapping_sub(1), at + 1];
        Weights::from_lists((0..areas).map(sides).collect())
    }

    #[test]
    fn each_form_says_when_there_is_no_data() {
        let pairs = [(3.0, 4.0), (2.0, 0.0), (0.0, 8.0), (f64::NAN, 2.0)];
        let weights = row(4);
        let of = |form| rates(&pairs, form, &weights);
        assert_eq!(of(RateForm::Raw), [Some(0.75), None, Some(0.0), None]);
        let count = [Some(3.0), Some(2.0), Some(0.0), None];
        assert_eq!(of(RateForm::Count), count);
        for form in [
            RateForm::EmpiricalBayesGlobal,
            RateForm::EmpiricalBayesLocal,
        ] {
            let found = of(form);
            let known: Vec<bool> = found.iter().map(Option::is_some).collect();
            assert_eq!(known, [true, false, true, false], "{form:?}");
        }
        // The second has no data, so the first stands alone and keeps its rate.
        assert_eq!(of(RateForm::EmpiricalBayesLocal)[0], Some(0.75));
        assert_eq!(
            rates(&[], RateForm::EmpiricalBayesLocal, &Weights::default()),
            []
        );
    }

    #[test]
    fn local_smoothing_draws_to_the_neighbours() {
        let pairs = [(1.0, 2.0), (90.0, 100.0), (9.0, 10.0), (5.0, 100.0)];
        let weights = Weights::from_lists(vec![vec![1, 2], vec![0, 2], vec![0, 1], vec![]]);
        let found: Vec<f64> = eb_local(&pairs, &weights).into_iter().flatten().collect();
        assert!(found[0] > 0.85 && found[0] < 0.9, "{found:?}");
        assert_eq!(found[3], 0.05);
        let nobody = [(0.0, 5.0), (0.0, 7.0)];
        assert_eq!(eb_local(&nobody, &row(2)), [Some(0.0), Some(0.0)]);
        assert_eq!(standardised_rates(&nobody), [None, None]);
        assert_eq!(standardised_rates(&[]), []);
    }

    #[test]
    fn the_office_says_what_is_small() {
        let mut catalogue = Catalogue::default();
        assert_eq!(min_denominator(&catalogue), MIN_DENOMINATOR);
        for (value, least) in [(25.0, 25), (9.5, 10), (0.0, 0), (-1.0, 10), (f64::NAN, 10)] {
            catalogue.numbers = vec![NamedNumber {
                code: "small_denominator".to_owned(),
                zh: String::new(),
                en: String::new(),
                unit: Quantity::Count,
                value,
            }];
            assert_eq!(min_denominator(&catalogue), least, "{value}");
        }
    }

    #[test]
    fn small_denominators_are_greyed_and_ranked_low() {
        assert!(is_suppressed(9.0, 10) && !is_suppressed(10.0, 10));
        assert!(is_suppressed(f64::NAN, 0) && !is_suppressed(0.0, 0));
        assert_eq!(ranking_bound(0, 0), None);
        assert!(ranking_bound(3, 3) < ranking_bound(80, 100));
    }

    #[test]
    fn wilson_agrees_with_scipy() {
        // SciPy 1.17.1: binomtest(k, n).proportion_ci(method="wilson").
        for (k, n, low, high) in [
            (3, 10, 0.107_791_267_406_301_02, 0.603_221_852_538_854_6),
            (0, 5, 0.0, 0.434_482_464_783_174_76),
            (5, 5, 0.565_517_535_216_825_1, 1.0),
            (37, 120, 0.232_727_369_889_162_95, 0.395_829_977_238_006_7),
        ] {
            let ends = wilson(k, n);
            assert!((ends.0 - low).abs() < 1e-12, "{k} of {n}: {ends:?}");
            assert!((ends.1 - high).abs() < 1e-12, "{k} of {n}: {ends:?}");
        }
        assert_eq!(wilson(0, 0), (0.0, 1.0));
        assert_eq!(wilson(7, 5), wilson(5, 5));
    }

    #[test]
    fn smoothing_agrees_with_pysal() {
        // PySAL esda 2.9.0: esda.smoothing.Empirical_Bayes(e, b).r over the pairs with a
        // denominator; the pair without one is ours.
        let k = [3.0, 0.0, 12.0, 40.0, 0.0, 5.0, 1.0, 8.0, 90.0];
        let n = [10.0, 4.0, 30.0, 55.0, 0.0, 5.0, 20.0, 9.0, 300.0];
        let expected = [
            Some(0.337_455_906_957_952_25),
            Some(0.278_670_945_200_400_39),
            Some(0.390_305_450_131_471_7),
            Some(0.660_201_330_341_678_3),
            None,
            Some(0.547_075_061_792_971_6),
            Some(0.172_543_442_027_625_95),
            Some(0.584_670_506_702_737_8),
            Some(0.302_706_874_717_944_66),
        ];
        let pairs: Vec<_> = k.into_iter().zip(n).collect();
        for (rate, expected) in eb_global(&pairs).into_iter().zip(expected) {
            match (rate, expected) {
                (Some(rate), Some(expected)) => {
                    assert!((rate - expected).abs() < 1e-12, "{rate} {expected}");
                }
                (rate, expected) => assert_eq!(rate, expected),
            }
        }
    }

    #[test]
    fn smoothing_at_the_edges() {
        assert_eq!(eb_global(&[]), []);
        assert_eq!(eb_global(&[(0.0, 0.0)]), [None]);
        assert_eq!(eb_global(&[(0.0, 3.0), (0.0, 9.0)]), [Some(0.0), Some(0.0)]);
        // Equal rates differ by less than chance: the variance must not turn negative.
        let same = eb_global(&[(5.0, 10.0), (50.0, 100.0)]);
        assert_eq!(same, [Some(0.5), Some(0.5)]);
    }
}
