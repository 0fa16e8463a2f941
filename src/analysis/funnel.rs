//! The funnel plot: how far from the overall rate chance alone puts an area of a given size.

/// The shares between which 95 % and 99.8 % of areas of one size lie by chance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FunnelLimits {
    /// The lower 95 % limit (2.5 % below it).
    pub low_95: f64,
    /// The upper 95 % limit.
    pub high_95: f64,
    /// The lower 99.8 % limit (0.1 % below it).
    pub low_998: f64,
    /// The upper 99.8 % limit.
    pub high_998: f64,
}

/// Terms smaller than this share of the largest are not added up: below what a double holds.
const NO_MORE: f64 = 1e-22;

/// The limits for an area of denominator `n`, where the overall rate is `target`.
///
/// Shares in 0 to 1; with a target of 0 or 1 there is no chance, and they are the target. `None` where `n` is 0 or the target is not a share. O(√n).
///
/// Source: D. J. Spiegelhalter, "Funnel plots for comparing institutional performance", Statistics
/// in Medicine 24 (2005), appendix A.1: exact binomial limits, interpolated between counts, so that
/// the funnel is smooth; cut off at 0 and 1. Limit: areas that differ for known reasons scatter
/// more than chance does, and then many lie outside.
pub fn funnel_limits(target: f64, n: u32) -> Option<FunnelLimits> {
    if n == 0 || !(0.0..=1.0).contains(&target) {
        return None;
    }
    if target == 0.0 || target == 1.0 {
        return Some(FunnelLimits {
            low_95: target,
            high_95: target,
            low_998: target,
            high_998: target,
        });
    }
    let binomial = Binomial::new(target, n);
    let limit = |p: f64| (binomial.quantile(p) / f64::from(n)).clamp(0.0, 1.0);
    Some(FunnelLimits {
        low_95: limit(0.025),
        high_95: limit(0.975),
        low_998: limit(0.001),
        high_998: limit(0.999),
    })
}

/// The chances of counts around the likeliest one.
struct Binomial {
    /// The count of the first chance.
    first: u32,
    /// Chances of the counts from there on; together 1.
    chances: Vec<f64>,
}

impl Binomial {
    fn new(target: f64, n: u32) -> Self {
        let likeliest = (f64::from(n) * target).floor().min(f64::from(n)) as u32;
        // Each chance follows from the one beside it, relative to the likeliest.
        let odds = target / (1.0 - target);
        let up = |count: u32| f64::from(n - count) / f64::from(count + 1) * odds;
        let mut below = Vec::new();
        let mut chance = 1.0;
        let mut count = likeliest;
        while count > 0 && chance > NO_MORE {
            count -= 1;
            chance /= up(count);
            below.push(chance);
        }
        let first = likeliest - below.len() as u32;
        let mut chances: Vec<f64> = below.into_iter().rev().collect();
        chances.push(1.0);
        chance = 1.0;
        count = likeliest;
        while count < n && chance > NO_MORE {
            chance *= up(count);
            count += 1;
            chances.push(chance);
        }
        let sum: f64 = chances.iter().sum();
        for chance in &mut chances {
            *chance /= sum;
        }
        Self { first, chances }
    }

    /// The count below which the share `p` lies, interpolated.
    fn quantile(&self, p: f64) -> f64 {
        let mut up_to = 0.0;
        for (count, chance) in (self.first..).zip(&self.chances) {
            up_to += chance;
            if up_to >= p {
                return f64::from(count) - (up_to - p) / chance;
            }
        }
        f64::from(self.first) + self.chances.len().saturating_sub(1) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_funnel_narrows_and_holds_the_target() {
        let mut last = 1.0;
        for n in [1, 2, 5, 10, 40, 200, 5_000, 4_000_000] {
            let it = funnel_limits(0.3, n).unwrap();
            assert!(it.low_998 <= it.low_95 && it.low_95 <= 0.3, "{n}: {it:?}");
            assert!(
                it.high_95 >= 0.3 && it.high_998 >= it.high_95,
                "{n}: {it:?}"
            );
            assert!(it.high_998 - it.low_998 <= last, "{n}: {it:?}");
            last = it.high_998 - it.low_998;
        }
        // By the normal approximation, where it is good.
        let wide = 1.959_963_984_540_054 * (0.3_f64 * 0.7 / 4e6).sqrt();
        let it = funnel_limits(0.3, 4_000_000).unwrap();
        assert!((it.high_95 - it.low_95 - 2.0 * wide).abs() < 1e-6);
    }

    #[test]
    fn a_sure_thing_has_no_width() {
        for target in [0.0, 1.0] {
            for n in [1, 30] {
                let it = funnel_limits(target, n).unwrap();
                assert_eq!((it.low_95, it.high_998), (target, target));
            }
        }
        assert_eq!(funnel_limits(0.3, 0), None);
        assert_eq!(funnel_limits(f64::NAN, 3), None);
        assert_eq!(funnel_limits(1.2, 3), None);
    }
}
