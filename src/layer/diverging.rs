//! The colours of a difference: from what got worse over what stayed to what got better.

use super::area_figure::AreaFigure;
use super::class_colors::BROWN_TO_TEAL;
use super::ramp::Rgba;
use crate::base::digits;
use crate::snapshot::Unsettled;
use crate::words::Lang;

/// Classes of a difference: three on each side of "unchanged".
pub const DIFFERENCE_CLASSES: usize = 7;

/// The colours of the classes from the largest fall to the largest rise. Worse is brown: where more
/// is worse, a rise.
pub fn difference_colors(more_is_better: bool) -> Vec<Rgba> {
    let mut colors: Vec<Rgba> = BROWN_TO_TEAL.map(|[r, g, b]| [r, g, b, 0xff]).to_vec();
    if !more_is_better {
        colors.reverse();
    }
    colors
}

/// The class of a difference: 3 is unchanged; `step` and twice it bound the others.
pub fn difference_class(value: f64, step: f64) -> usize {
    let size = value.abs() / step;
    let away = match () {
        () if value == 0.0 => 0,
        () if size <= 1.0 => 1,
        () if size <= 2.0 => 2,
        () => 3,
    };
    if value < 0.0 { 3 - away } else { 3 + away }
}

/// A round step such that nine in ten of the differences lie within three of it: 1, 2 or 5 times a
/// power of ten, and at least `least`. The outermost classes are open, so one area that moved far
/// does not make the others look alike.
pub fn difference_step(values: impl Iterator<Item = f64>, least: f64) -> f64 {
    let known = values.map(f64::abs).filter(|value| value.is_finite());
    let mut known: Vec<f64> = known.collect();
    known.sort_by(f64::total_cmp);
    let ninth = known.len().saturating_sub(1) * 9 / 10;
    let most = known.get(ninth).copied().unwrap_or(0.0);
    let wanted = (most / 3.0).max(least);
    let power = 10.0_f64.powf(wanted.log10().floor());
    let steps = [1.0, 2.0, 5.0, 10.0].map(|times| times * power);
    let enough = |step: &f64| *step >= wanted * (1.0 - 1e-9);
    steps.into_iter().find(enough).unwrap_or(wanted)
}

impl AreaFigure {
    /// Figures that can be compared between two days.
    pub const COMPARED: [Self; 14] = [
        Self::Reach,
        Self::FullCoverage,
        Self::Programme(None),
        Self::Unsettled(Unsettled::Gap, None),
        Self::Unsettled(Unsettled::Review, None),
        Self::Unsettled(Unsettled::Unknown, None),
        Self::OfConcern,
        Self::OpenNeeds,
        Self::Gaps,
        Self::UnmetLoad,
        Self::UnmetPerKm2,
        Self::UnmetPerHousehold,
        Self::GapsPerHousehold,
        Self::Households,
    ];

    /// Its word on the command line.
    pub fn code(self) -> &'static str {
        match self {
            Self::Reach => "coverage",
            Self::FullCoverage => "full_coverage",
            Self::Programme(_) => "programme",
            Self::Unsettled(Unsettled::Gap, _) => "gap_share",
            Self::Unsettled(Unsettled::Review, _) => "review",
            Self::Unsettled(Unsettled::Unknown, _) => "unknown",
            Self::OfConcern => "of_concern",
            Self::Households => "households",
            Self::OpenNeeds => "open_needs",
            Self::Gaps => "gaps",
            Self::UnmetLoad => "unmet",
            Self::UnmetPerKm2 => "unmet_per_km2",
            Self::UnmetPerHousehold => "unmet_per_household",
            Self::GapsPerHousehold => "gaps_per_household",
        }
    }

    /// How much it moved, with its sign: shares in percentage points.
    pub fn difference_text(self, value: f64, lang: Lang) -> String {
        let (value, decimals) = match () {
            () if self.is_share() => (value * 100.0, 1),
            () if self.is_rate() => (value, 3),
            () => (value, 1),
        };
        let text = digits::figure(value.abs(), decimals);
        let sign = match () {
            () if text == "0" => "",
            () if value < 0.0 => "−",
            () => "+",
        };
        let text = format!("{sign}{text}");
        if self.is_share() {
            lang.with("layer.points_text", &[("points", &text)])
        } else {
            text
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::class_colors::few_color;
    use super::*;

    /// What somebody without red, green or blue cones sees, in linear light (Machado, Oliveira and
    /// Fernandes 2009, severity 1).
    const KINDS: [[[f64; 3]; 3]; 3] = [
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

    fn seen(color: Rgba, kind: &[[f64; 3]; 3]) -> [f64; 3] {
        let linear = |value: u8| (f64::from(value) / 255.0).powf(2.2);
        let light = [linear(color[0]), linear(color[1]), linear(color[2])];
        kind.map(|row| {
            let sum: f64 = row.iter().zip(light).map(|(a, b)| a * b).sum();
            sum.clamp(0.0, 1.0).powf(1.0 / 2.2) * 255.0
        })
    }

    #[test]
    fn no_two_classes_look_alike_to_anybody() {
        let mut colors = difference_colors(true);
        colors.push(few_color());
        for kind in &KINDS {
            for (at, one) in colors.iter().enumerate() {
                for other in &colors[at + 1..] {
                    let (a, b) = (seen(*one, kind), seen(*other, kind));
                    let apart: f64 = a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum();
                    assert!(apart.sqrt() > 16.0, "{one:?} {other:?} {apart}");
                }
            }
        }
    }

    #[test]
    fn nought_is_in_the_middle_and_worse_is_brown() {
        let class = |value| difference_class(value, 0.5);
        assert_eq!(
            [-2.0, -0.7, -0.5, 0.0, 0.1, 1.0, 1.1].map(class),
            [0, 1, 2, 3, 4, 5, 6]
        );
        let better = difference_colors(true);
        let worse = difference_colors(false);
        assert_eq!((better[0], better[6]), (worse[6], worse[0]));
        assert_eq!(better[3], worse[3]);
    }

    #[test]
    fn what_moved_is_told_with_its_sign_and_unit() {
        let text = |figure: AreaFigure, value| figure.difference_text(value, Lang::En);
        assert_eq!(text(AreaFigure::Reach, -0.0123), "−1.2 pp");
        assert_eq!(text(AreaFigure::Reach, 0.000_2), "0 pp");
        assert_eq!(text(AreaFigure::OpenNeeds, 1_234.0), "+1,234");
        assert_eq!(text(AreaFigure::UnmetPerHousehold, 0.0314), "+0.031");
    }

    #[test]
    fn steps_are_round() {
        let step = |values: &[f64], least| difference_step(values.iter().copied(), least);
        assert_eq!(step(&[], 1.0), 1.0);
        assert_eq!(step(&[0.0, -3.0, 3.0], 1.0), 1.0);
        assert_eq!(step(&[-17.0], 1.0), 10.0);
        assert_eq!(step(&[5.9], 1.0), 2.0);
        assert_eq!(step(&[f64::NAN, 61.0], 1.0), 50.0);
        assert!((step(&[0.028], 0.001) - 0.01).abs() < 1e-12);
        let mut one_far = vec![2.5; 20];
        one_far.push(90.0);
        assert_eq!(step(&one_far, 1.0), 1.0);
    }
}
