//! How small a p-value must be when many areas are asked at once.

/// The p-value below which areas are significant, so that no more than the share `alpha` of them
/// is expected to be so by chance.
///
/// Where none is, or all are, small enough, it is `alpha` / number (Bonferroni) or `alpha`. NaN are
/// not counted. Source: Y. Benjamini & Y. Hochberg, JRSS B 57 (1995), as `esda.fdr` does it; both
/// take p *below* the threshold, not equal to it. Limit: p-values from permutations are never below
/// 1 / (1 + permutations), so many areas need many permutations.
pub fn false_discovery_threshold(p_values: &[f64], alpha: f64) -> f64 {
    let mut sorted: Vec<f64> = p_values.iter().copied().filter(|p| !p.is_nan()).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    let count = sorted.len() as f64;
    let bound = |rank: usize| rank as f64 * alpha / count;
    let mut from_largest = sorted.iter().enumerate().rev();
    let last = from_largest.find(|(place, p)| **p < bound(place + 1));
    match last {
        Some((place, _)) => bound(place + 1),
        None if sorted.is_empty() => alpha,
        None => bound(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thresholds_are_those_of_esda() {
        // esda 2.9.0: esda.fdr(p, alpha).
        let some = [0.001, 0.2, 0.03, 0.004, 0.9, 0.012, 0.5, 0.041, 0.02, 0.3];
        for (p, alpha, expected) in [
            (&some[..], 0.05, 0.015_000_000_000_000_003),
            (&some[..], 0.1, 0.060_000_000_000_000_01),
            (&[0.5, 0.6, 0.7, 0.8][..], 0.05, 0.0125),
            (&[0.001, 0.002][..], 0.05, 0.05),
            (&[0.025, 0.05][..], 0.05, 0.025),
        ] {
            let found = false_discovery_threshold(p, alpha);
            assert!(
                (found - expected).abs() < 1e-15,
                "{p:?}: {found} {expected}"
            );
        }
    }

    #[test]
    fn nothing_asked_nothing_found() {
        assert_eq!(false_discovery_threshold(&[], 0.05), 0.05);
        assert_eq!(false_discovery_threshold(&[f64::NAN], 0.05), 0.05);
        assert_eq!(false_discovery_threshold(&[f64::NAN, 0.04], 0.05), 0.05);
    }
}
