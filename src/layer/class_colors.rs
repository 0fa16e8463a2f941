//! Colours of classes that are no ramp: hot and cold spots, coverage against need, and areas whose
//! figure stands on too few. They stay apart for the three common kinds of colour blindness.

use super::ramp::Rgba;
use crate::analysis::{BIVARIATE_CLASSES, BivariateClass, HotSpotClass, HotSpotMethod};

/// Secondary text of a chart: in the light theme and in the dark one.
pub(super) const CHART_SECONDARY: [[u8; 3]; 2] = [[0x5f, 0x6a, 0x78], [0x9a, 0xa5, 0xb1]];
/// What a bar runs in: in the light theme and in the dark one.
pub(super) const CHART_TRACK: [[u8; 3]; 2] = [[0xe2, 0xe5, 0xe9], [0x2c, 0x32, 0x3a]];
/// Covered; men: in the light theme and in the dark one.
pub(super) const CHART_COVERED: [[u8; 3]; 2] = [[0x1b, 0x9a, 0xaa], [0x1b, 0x9a, 0xaa]];
/// A gap: in the light theme and in the dark one.
pub(super) const CHART_GAP: [[u8; 3]; 2] = [[0xd1, 0x34, 0x5b], [0xd1, 0x34, 0x5b]];
/// Between the two; women: in the light theme and in the dark one.
pub(super) const CHART_MIDDLE: [[u8; 3]; 2] = [[0xf4, 0x84, 0x5f], [0xf4, 0x84, 0x5f]];
/// What stands on too few: in the light theme and in the dark one.
pub(super) const CHART_QUIET: [[u8; 3]; 2] = [[0xb4, 0xbc, 0xc5], [0x5a, 0x64, 0x6f]];
/// Where nearly all areas lie by chance: in the light theme and in the dark one.
pub(super) const CHART_BAND: [[u8; 3]; 2] = [[0xf0, 0xf3, 0xf5], [0x1f, 0x26, 0x2c]];
/// Where 95 % of areas lie by chance: in the light theme and in the dark one.
pub(super) const CHART_INNER_BAND: [[u8; 3]; 2] = [[0xe0, 0xee, 0xec], [0x20, 0x35, 0x3a]];
/// What is behind a chart: in the light theme and in the dark one.
pub(super) const CHART_GROUND: [[u8; 3]; 2] = [[0xff, 0xff, 0xff], [0x16, 0x19, 0x1d]];

/// Brown to teal, from `ColorBrewer` (`BrBG`, 7 classes: Harrower and Brewer 2003), which is safe for
/// the three common kinds of colour blindness.
pub(super) const BROWN_TO_TEAL: [[u8; 3]; 7] = [
    [0x8c, 0x51, 0x0a],
    [0xd8, 0xb3, 0x65],
    [0xf6, 0xe8, 0xc3],
    [0xf5, 0xf5, 0xf5],
    [0xc7, 0xea, 0xe5],
    [0x5a, 0xb4, 0xac],
    [0x01, 0x66, 0x5e],
];

/// Places by category. Told apart without colour vision as far as five can be (after Okabe and Ito
/// 2008); the shape of a mark says the rest.
pub(super) const PLACE_COLORS: [Rgba; 5] = [
    [0x00, 0x72, 0xb2, 0xff],
    [0xc8, 0x5a, 0x00, 0xff],
    [0x00, 0x85, 0x62, 0xff],
    [0xb4, 0x58, 0x90, 0xff],
    [0x4a, 0x4f, 0x57, 0xff],
];

/// The fill of an area whose denominator is too small to tell.
pub const fn few_color() -> Rgba {
    [0xb4, 0xb9, 0xbf, 255]
}

/// The classes that a statistic can find and that have a colour, in the order of the legend.
pub fn hot_spot_classes(method: HotSpotMethod) -> &'static [HotSpotClass] {
    match method {
        HotSpotMethod::LocalMoran => &[
            HotSpotClass::Hot,
            HotSpotClass::HighLow,
            HotSpotClass::NotSignificant,
            HotSpotClass::LowHigh,
            HotSpotClass::Cold,
        ],
        HotSpotMethod::GetisOrdStar | HotSpotMethod::GetisOrd => &[
            HotSpotClass::Hot,
            HotSpotClass::NotSignificant,
            HotSpotClass::Cold,
        ],
    }
}

/// The fill of a class of hot and cold spots; none where there is nothing to tell, which is hatched.
/// What is not significant lets the map through.
///
/// Source: the ends of "`RdBu`", C. A. Brewer, colorbrewer2.org.
pub fn hot_spot_color(class: HotSpotClass) -> Option<Rgba> {
    match class {
        HotSpotClass::Hot => Some([0xb2, 0x18, 0x2b, 255]),
        HotSpotClass::HighLow => Some([0xf4, 0xa5, 0x82, 255]),
        HotSpotClass::NotSignificant => Some([0xb8, 0xb6, 0xb1, 64]),
        HotSpotClass::LowHigh => Some([0x92, 0xc5, 0xde, 255]),
        HotSpotClass::Cold => Some([0x21, 0x66, 0xac, 255]),
        HotSpotClass::NoNeighbours | HotSpotClass::NoData => None,
    }
}

/// The four corners that the nine are mixed from: by coverage, then by need, low before high.
const CORNERS: [[[f32; 3]; 2]; 2] = [
    [[248.0, 243.0, 231.0], [255.0, 111.0, 69.0]],
    [[49.0, 125.0, 184.0], [54.0, 24.0, 41.0]],
];

/// The fill of a cell of coverage against need, mixed from the two ends: need warms, coverage
/// cools, and both together darken.
pub fn bivariate_color(class: BivariateClass) -> Rgba {
    let along = |class: u8| f32::from(class) / f32::from(BIVARIATE_CLASSES - 1);
    let (down, across) = (along(class.coverage), along(class.need));
    let mix = |channel: usize| {
        let of = |coverage: usize| {
            let [low, high] = CORNERS[coverage].map(|corner| corner[channel]);
            low + (high - low) * across
        };
        (of(0) + (of(1) - of(0)) * down).round() as u8
    };
    [mix(0), mix(1), mix(2), 255]
}

/// The nine cells in the order of their numbers: coverage from low to high, and need within.
pub fn bivariate_classes() -> impl Iterator<Item = BivariateClass> {
    let all = 0..BIVARIATE_CLASSES;
    all.clone().flat_map(move |coverage| {
        all.clone()
            .map(move |need| BivariateClass { coverage, need })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Linear light as somebody sees it who has no cones of one kind. Source: G. M. Machado, M. M.
    /// Oliveira & L. A. F. Fernandes, IEEE TVCG 15 (2009), severity 1.0; first those who have all.
    const SEEN: [[[f64; 3]; 3]; 4] = [
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ];

    fn times(matrix: &[[f64; 3]; 3], by: [f64; 3]) -> [f64; 3] {
        matrix.map(|row| row.iter().zip(by).map(|(a, b)| a * b).sum())
    }

    /// CIELAB under D65 of a colour as somebody sees it.
    fn lab(color: Rgba, seen: &[[f64; 3]; 3]) -> [f64; 3] {
        let [red, green, blue, alpha] = color;
        let linear = [red, green, blue].map(|channel| {
            // On white paper.
            let share = f64::from(alpha) / 255.0;
            let c = f64::from(channel) / 255.0 * share + 1.0 - share;
            if c <= 0.040_45 {
                c / 12.92
            } else {
                ((c + 0.055) / 1.055).powf(2.4)
            }
        });
        let linear = times(seen, linear).map(|c| c.clamp(0.0, 1.0));
        let xyz = times(
            &[
                [0.412_456_4, 0.357_576_1, 0.180_437_5],
                [0.212_672_9, 0.715_152_2, 0.072_175_0],
                [0.019_333_9, 0.119_192_0, 0.950_304_1],
            ],
            linear,
        );
        let [x, y, z] = [xyz[0] / 0.950_47, xyz[1], xyz[2] / 1.088_83].map(|t| {
            if t > 0.008_856 {
                t.cbrt()
            } else {
                7.787 * t + 16.0 / 116.0
            }
        });
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    /// The smallest distance of two of the colours, as each kind of eye sees them.
    fn nearest(colors: &[Rgba]) -> f64 {
        let mut nearest = f64::INFINITY;
        for seen in &SEEN {
            for (at, one) in colors.iter().enumerate() {
                for other in colors.iter().skip(at + 1) {
                    let (a, b) = (lab(*one, seen), lab(*other, seen));
                    let squares = a.iter().zip(b).map(|(a, b)| (a - b).powi(2));
                    nearest = nearest.min(squares.sum::<f64>().sqrt());
                }
            }
        }
        nearest
    }

    #[test]
    fn the_nine_of_coverage_and_need_are_told_apart_by_every_eye() {
        let colors: Vec<Rgba> = bivariate_classes().map(bivariate_color).collect();
        assert_eq!(colors.len(), 9);
        assert!(nearest(&colors) > 20.0, "{}", nearest(&colors));
        // White and black are as far apart as can be: the measure itself.
        let ends = nearest(&[[0, 0, 0, 255], [255, 255, 255, 255]]);
        assert!((ends - 100.0).abs() < 0.1, "{ends}");
        // Pure red and green of one lightness are one to somebody.
        assert!(nearest(&[[180, 90, 0, 255], [96, 122, 0, 255]]) < 20.0);
    }

    #[test]
    fn hot_and_cold_are_told_apart_by_every_eye() {
        let all = hot_spot_classes(HotSpotMethod::LocalMoran);
        let colors: Vec<Rgba> = all.iter().filter_map(|one| hot_spot_color(*one)).collect();
        assert_eq!(colors.len(), all.len());
        assert!(nearest(&colors) > 20.0, "{}", nearest(&colors));
        // Gi* knows no outliers.
        let without = hot_spot_classes(HotSpotMethod::GetisOrdStar);
        assert!(without.iter().all(|class| all.contains(class)) && without.len() == 3);
        assert_eq!(hot_spot_color(HotSpotClass::NoData), None);
    }
}
