//! Densities to pixels, on a fixed scale: what a colour means never depends on the view.

use super::ramp::{Ramp, Rgba};
use crate::analysis::DensityGrid;
use crate::base::RgbaImage;
use crate::snapshot::Unsettled;

/// What a density layer counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Measure {
    /// Households.
    Households,
    /// Unmet load; with weights of 1, open needs.
    UnmetLoad,
    /// What is unsettled in the programmes of these bits.
    Unsettled(Unsettled, u64),
    /// Needs by weight that no resource with a free place reaches.
    Unmatched,
}

/// The upper end of a density scale where no data say a better one, per km² on the ground. It
/// depends on the bandwidth alone, because a wider one flattens every peak.
pub fn full_scale(measure: Measure, bandwidth_m: f64) -> f32 {
    let at_150_m = match measure {
        Measure::Households => 5_000.0,
        Measure::UnmetLoad | Measure::Unsettled(..) | Measure::Unmatched => 300.0,
    };
    round_scale(at_150_m * 150.0 / bandwidth_m.max(1.0))
}

/// The nearest of 1, 1.5, 2, 3, 5 or 7 times a power of ten.
fn round_scale(raw: f64) -> f32 {
    let raw = raw.max(1e-6);
    let power = 10_f64.powf(raw.log10().floor());
    let nearest = |best: f64, step: f64| {
        let off = |step: f64| (step * power / raw).ln().abs();
        if off(step) < off(best) { step } else { best }
    };
    let steps = [1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0];
    (steps.into_iter().fold(1.0, nearest) * power) as f32
}

/// The smallest round figure that is no less: 1, 1.5, 2, 2.5, 3, 4, 5, 6 or 8 times a power of ten.
pub fn round_up(raw: f64) -> f32 {
    let raw = raw.max(1e-6);
    let power = 10_f64.powf(raw.log10().floor());
    let steps = [1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0];
    let enough = |step: &f64| step * power >= raw * (1.0 - 1e-9);
    (steps.into_iter().find(enough).unwrap_or(10.0) * power) as f32
}

const HEAT_STEPS: usize = 1024;

/// A density as pixels: transparent at 0, the end of the ramp at `full_scale_per_km2` and above.
pub fn heat_image(grid: &DensityGrid, ramp: Ramp, full_scale_per_km2: f32) -> RgbaImage {
    let last = (HEAT_STEPS - 1) as f32;
    let colors: Vec<[u8; 4]> = (0..HEAT_STEPS)
        .map(|step| premultiplied(ramp.heat_color(step as f32 / last)))
        .collect();
    let step_per_value = last / full_scale_per_km2.max(f32::MIN_POSITIVE);
    // The cast of a float stops at 0 and at the end of the type, and makes 0 of what is no number.
    let step = |value: f32| (value * step_per_value + 0.5) as u16;
    let pixels = grid.per_km2.iter().map(|value| {
        let step = usize::from(step(*value)).min(HEAT_STEPS - 1);
        colors[step]
    });
    image_of(grid, pixels)
}

const RATIO_STEPS: usize = 256;
const FADE_STEPS: usize = 128;

/// The share of two densities as pixels: the colour is numerator / denominator, 0 to 1. It fades
/// where the denominator is thin and is transparent where there is none: no data is no low class.
/// The grids are of the same size; what one has more is left out.
pub fn ratio_image(
    numerator: &DensityGrid,
    denominator: &DensityGrid,
    ramp: Ramp,
    fade_below_per_km2: f32,
) -> RgbaImage {
    let ratio_last = (RATIO_STEPS - 1) as f32;
    let fade_last = (FADE_STEPS - 1) as f32;
    let mut colors = Vec::with_capacity(RATIO_STEPS * FADE_STEPS);
    for fade in 0..FADE_STEPS {
        for ratio in 0..RATIO_STEPS {
            let [r, g, b, _] = ramp.solid(ratio as f32 / ratio_last);
            let alpha = RATIO_ALPHA * smooth(fade as f32 / fade_last);
            colors.push(premultiplied([r, g, b, alpha.round() as u8]));
        }
    }
    let fade_per_value = fade_last / fade_below_per_km2.max(f32::MIN_POSITIVE);
    let pairs = numerator.per_km2.iter().zip(&denominator.per_km2);
    let pixels = pairs.map(|(above, below)| {
        let ratio = usize::from((above / below * ratio_last + 0.5) as u8);
        let fade = usize::from((below * fade_per_value) as u8).min(FADE_STEPS - 1);
        colors[fade * RATIO_STEPS + ratio]
    });
    image_of(denominator, pixels)
}

/// How opaque a share is where it is sure, of 255.
const RATIO_ALPHA: f32 = 204.0;

/// From 0 to 1 without a corner at either end.
fn smooth(t: f32) -> f32 {
    t * t * (3.0 - 2.0 * t)
}

fn image_of(grid: &DensityGrid, pixels: impl Iterator<Item = [u8; 4]>) -> RgbaImage {
    let count = grid.width_px as usize * grid.height_px as usize;
    let mut pixels: Vec<[u8; 4]> = pixels.take(count).collect();
    pixels.resize(count, [0; 4]);
    RgbaImage {
        width_px: grid.width_px,
        height_px: grid.height_px,
        pixels: pixels.into_flattened(),
    }
}

/// A straight colour as its premultiplied pixel.
pub(super) fn premultiplied([r, g, b, a]: Rgba) -> [u8; 4] {
    let times = |value: u8| ((u16::from(value) * u16::from(a) + 127) / 255) as u8;
    [times(r), times(g), times(b), a]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::datum::MercBox;

    fn grid(per_km2: &[f32]) -> DensityGrid {
        DensityGrid {
            box_merc: MercBox::EMPTY,
            width_px: per_km2.len() as u32,
            height_px: 1,
            per_km2: per_km2.to_vec(),
        }
    }

    #[test]
    fn a_colour_means_the_same_whatever_else_is_in_view() {
        let alone = heat_image(&grid(&[150.0]), Ramp::Need, 300.0);
        let beside = heat_image(&grid(&[150.0, 9_000.0]), Ramp::Need, 300.0);
        assert_eq!(alone.get(0, 0), beside.get(0, 0));
        let end = premultiplied(Ramp::Need.color(1.0));
        assert_eq!(beside.get(1, 0), Some(end));
    }

    #[test]
    fn nothing_and_nonsense_are_transparent() {
        let image = heat_image(&grid(&[0.0, -1.0, f32::NAN]), Ramp::Coverage, 300.0);
        assert!(image.pixels.iter().all(|byte| *byte == 0));
    }

    #[test]
    fn no_denominator_is_transparent_and_no_coverage_is_not() {
        let image = ratio_image(
            &grid(&[0.0, 0.0, 500.0, f32::NAN, 1.0]),
            &grid(&[0.0, 500.0, 500.0, 500.0, 1.0]),
            Ramp::Coverage,
            100.0,
        );
        assert_eq!(image.get(0, 0), Some([0; 4]));
        let [r, g, b, _] = Ramp::Coverage.solid(0.0);
        assert_eq!(image.get(1, 0), Some(premultiplied([r, g, b, 204])));
        let [r, g, b, _] = Ramp::Coverage.solid(1.0);
        assert_eq!(image.get(2, 0), Some(premultiplied([r, g, b, 204])));
        let thin = image.get(4, 0).unwrap()[3];
        assert!(thin < 10, "{thin}");
    }

    #[test]
    fn scales_are_rounded_up_to_a_round_figure() {
        assert_eq!(round_up(260.0), 300.0);
        assert_eq!(round_up(300.0), 300.0);
        assert_eq!(round_up(7.1), 8.0);
        assert_eq!(round_up(8.1), 10.0);
        assert!((round_up(0.11) - 0.15).abs() < 1e-6);
    }

    #[test]
    fn scales_are_round_and_follow_the_bandwidth_only() {
        assert_eq!(full_scale(Measure::UnmetLoad, 150.0), 300.0);
        assert_eq!(full_scale(Measure::UnmetLoad, 300.0), 150.0);
        assert_eq!(full_scale(Measure::Households, 150.0), 5_000.0);
        assert_eq!(full_scale(Measure::Households, 75.0), 10_000.0);
        assert!(full_scale(Measure::Households, 0.0).is_finite());
    }
}
