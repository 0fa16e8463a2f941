//! Rates that do not mislead where the denominator is small.

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
    let has_data = |(k, n): (f64, f64)| k.is_finite() && n.is_finite() && n > 0.0;
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

#[cfg(test)]
mod tests {
    use super::*;

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
