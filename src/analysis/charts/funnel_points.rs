//! The areas of a level in the funnel that chance draws around the overall rate.

use super::shares::{AreaShare, AreaShares};
use crate::analysis::funnel::{FunnelLimits, funnel_limits};

/// Where an area lies in the funnel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FunnelPlace {
    /// Below what chance leaves to 99.8 % of areas of this size.
    FarBelow,
    /// Below what chance leaves to 95 % of them.
    Below,
    /// Within.
    Within,
    /// Above the 95 % limit.
    Above,
    /// Above the 99.8 % limit.
    FarAbove,
}

impl FunnelPlace {
    /// Its word in keys and files.
    pub fn code(self) -> &'static str {
        match self {
            Self::FarBelow => "far_below",
            Self::Below => "below",
            Self::Within => "within",
            Self::Above => "above",
            Self::FarAbove => "far_above",
        }
    }
}

/// One area in the funnel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FunnelPoint {
    /// The area; its denominator is not 0.
    pub area: AreaShare,
    /// The limits at its denominator.
    pub limits: FunnelLimits,
    /// Where it lies.
    pub place: FunnelPlace,
}

/// The funnel plot of a level.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Funnel {
    /// The overall rate of these areas, 0 to 1.
    pub target: f64,
    /// The areas, in the order of the shares; those without data are left out.
    pub points: Vec<FunnelPoint>,
    /// Limits for drawing: denominators from small to large.
    pub curve: Vec<(u32, FunnelLimits)>,
}

/// How finely the curve is drawn.
const STEPS: u32 = 96;

/// Places the areas of some shares in the funnel around their overall rate; `None` where no area
/// has data.
///
/// Rates are raw, 0 to 1, and on a limit counts as within. The target is the rate of all the areas
/// together, so an area is compared with a mean to which it adds its own part.
///
/// The lower limits are those of [`funnel_limits`] (Spiegelhalter 2005); the upper ones are the lower
/// ones of the contrary, mirrored. So "covered" and "not covered" find the same areas, and an area is
/// outside exactly where chance reaches its count with less than 2.5 % (0.1 %): interpolated from
/// below, the upper limit would always call three of three far above.
///
/// Limit: of 20 areas that differ by nothing but chance one lies outside the inner limits.
pub fn funnel(shares: &AreaShares) -> Option<Funnel> {
    let areas = || shares.areas.iter().filter(|one| one.share.whole > 0);
    let whole: u64 = areas().map(|one| u64::from(one.share.whole)).sum();
    let part: u64 = areas().map(|one| u64::from(one.share.part)).sum();
    let target = (whole > 0).then(|| part as f64 / whole as f64)?;
    let points = areas()
        .filter_map(|one| {
            let limits = mirrored_limits(target, one.share.whole)?;
            let place = place(one.share.rate()?, &limits);
            Some(FunnelPoint {
                area: *one,
                limits,
                place,
            })
        })
        .collect();
    let largest = areas().map(|one| one.share.whole).max().unwrap_or(1);
    let mut sizes: Vec<u32> = (0..=STEPS)
        .map(|step| {
            // Small areas, where the funnel is wide, get the more of the steps.
            let share = f64::from(step) / f64::from(STEPS);
            1 + (f64::from(largest - 1) * share * share).round() as u32
        })
        .collect();
    sizes.dedup();
    let curve = sizes
        .into_iter()
        .filter_map(|n| Some((n, mirrored_limits(target, n)?)))
        .collect();
    Some(Funnel {
        target,
        points,
        curve,
    })
}

fn mirrored_limits(target: f64, n: u32) -> Option<FunnelLimits> {
    let (own, contrary) = (funnel_limits(target, n)?, funnel_limits(1.0 - target, n)?);
    Some(FunnelLimits {
        high_95: 1.0 - contrary.low_95,
        high_998: 1.0 - contrary.low_998,
        ..own
    })
}

fn place(rate: f64, limits: &FunnelLimits) -> FunnelPlace {
    if rate < limits.low_998 {
        FunnelPlace::FarBelow
    } else if rate < limits.low_95 {
        FunnelPlace::Below
    } else if rate > limits.high_998 {
        FunnelPlace::FarAbove
    } else if rate > limits.high_95 {
        FunnelPlace::Above
    } else {
        FunnelPlace::Within
    }
}

#[cfg(test)]
mod tests {
    use super::super::shares::Share;
    use super::*;
    use crate::snapshot::AreaIndex;

    fn shares(counts: &[(u32, u32)]) -> AreaShares {
        let areas = counts.iter().zip(0..).map(|((part, whole), at)| AreaShare {
            area: AreaIndex(at),
            share: Share {
                part: *part,
                whole: *whole,
            },
            value: None,
            is_suppressed: false,
        });
        AreaShares {
            areas: areas.collect(),
            ..AreaShares::default()
        }
    }

    #[test]
    fn a_small_area_may_stray_and_a_large_one_may_not() {
        let funnel = funnel(&shares(&[
            (3, 3),
            (90, 200),
            (150, 200),
            (0, 0),
            (122, 200),
        ]))
        .unwrap();
        assert!((funnel.target - 365.0 / 603.0).abs() < 1e-15);
        let places: Vec<_> = funnel.points.iter().map(|point| point.place).collect();
        assert_eq!(
            places,
            [
                FunnelPlace::Within,
                FunnelPlace::FarBelow,
                FunnelPlace::FarAbove,
                FunnelPlace::Within
            ]
        );
        let sizes: Vec<u32> = funnel.curve.iter().map(|(n, _)| *n).collect();
        assert_eq!((sizes[0], sizes.last()), (1, Some(&200)));
        assert!(sizes.is_sorted_by(|one, other| one < other));
    }

    #[test]
    fn outside_is_what_chance_seldom_reaches() {
        // The tails of 20 throws at 0.6, summed exactly by Python's math.comb: up to 7 0.0210, up to
        // 8 0.0565, up to 4 0.0003, up to 5 0.0016; from 16 on 0.0510, from 17 on 0.0160, from 19
        // on 0.0005.
        let limits = mirrored_limits(0.6, 20).unwrap();
        let of = |count: u32| place(f64::from(count) / 20.0, &limits);
        assert_eq!((of(8), of(7)), (FunnelPlace::Within, FunnelPlace::Below));
        assert_eq!((of(16), of(17)), (FunnelPlace::Within, FunnelPlace::Above));
        assert_eq!((of(5), of(4)), (FunnelPlace::Below, FunnelPlace::FarBelow));
        assert_eq!(
            (of(19), of(20)),
            (FunnelPlace::FarAbove, FunnelPlace::FarAbove)
        );
    }

    #[test]
    fn nobody_makes_no_funnel_and_everybody_a_flat_one() {
        assert_eq!(funnel(&shares(&[])), None);
        assert_eq!(funnel(&shares(&[(0, 0)])), None);
        let all = funnel(&shares(&[(5, 5), (9, 9)])).unwrap();
        assert!(
            all.points
                .iter()
                .all(|point| point.place == FunnelPlace::Within)
        );
        assert!(all.curve.iter().all(|(_, limits)| limits.low_998 == 1.0));
    }
}
