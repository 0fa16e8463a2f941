//! Small kernels: every point adds its own kernel to the pixels around it.

use super::Frame;
use super::bins::{Points, scatter};
use crate::base::{Cancelled, Progress};
use std::f64::consts::{FRAC_1_SQRT_2, TAU};

/// Places within a pixel at which the kernel is tabulated.
const PHASES: usize = 256;

/// Up to this bandwidth in pixels four pixels a side hold the kernel.
const FOUR_PX_UP_TO: f64 = 0.4;

/// Up to this bandwidth in pixels eight pixels a side hold the kernel, else twelve.
const EIGHT_PX_UP_TO: f64 = 1.05;

/// Latitudes whose bandwidths differ by less share a table.
const BAND_STEP: f64 = 0.005;
const MAX_BANDS: usize = 64;

pub(super) fn density<W: Fn(u32) -> f32 + Sync>(
    points: &Points<W>,
    frame: &Frame,
    progress: &Progress,
) -> Result<Vec<f32>, Cancelled> {
    // What lies further from the point than half the taps is left out.
    let sigma_px = frame.sigma_merc_range().1 / frame.pixel_min_m();
    if sigma_px <= FOUR_PX_UP_TO {
        with_taps::<4, W>(points, frame, progress)
    } else if sigma_px <= EIGHT_PX_UP_TO {
        with_taps::<8, W>(points, frame, progress)
    } else {
        with_taps::<12, W>(points, frame, progress)
    }
}

fn with_taps<const TAPS: usize, W: Fn(u32) -> f32 + Sync>(
    points: &Points<W>,
    frame: &Frame,
    progress: &Progress,
) -> Result<Vec<f32>, Cancelled> {
    let bands = Bands::<TAPS>::of(frame);
    // A margin all around: kernels that reach over the edge need no test for each pixel.
    let (columns, rows) = (frame.width_px + 2 * TAPS, frame.height_px + 2 * TAPS);
    // In phases of a pixel, so that one whole number has both the pixel and the weights; from the
    // first pixel of the margin to the first that the kernel touches.
    let to_corner = TAPS as f64 - 0.5 - (TAPS as f64 / 2.0 - 1.0);
    let per_m = (
        PHASES as f64 / frame.pixel_x_m,
        PHASES as f64 / frame.pixel_y_m,
    );
    let west = frame.view.min_x - to_corner * frame.pixel_x_m;
    let north = frame.view.max_y + to_corner * frame.pixel_y_m;
    let last_u = ((columns - TAPS) * PHASES) as f64;
    let last_v = ((rows - TAPS) * PHASES) as f64;
    let splat = |grid: &mut [f32], x: f64, y: f64, weight: f32| {
        let u = (x - west) * per_m.0;
        let v = (north - y) * per_m.1;
        // NaN is in no range.
        if !(u >= 0.0 && u < last_u && v >= 0.0 && v < last_v) {
            return;
        }
        let (u, v) = (u as i32 as usize, v as i32 as usize);
        let band = bands.of_row(v / PHASES);
        let taps_x = &band.x[u % PHASES];
        let taps_y = &band.y[v % PHASES];
        let start = v / PHASES * columns + u / PHASES;
        for (line, tap_y) in taps_y.iter().enumerate() {
            let start = start + line * columns;
            if let Some(line) = grid.get_mut(start..start + TAPS) {
                let tap_y = tap_y * weight;
                for (cell, tap_x) in line.iter_mut().zip(taps_x) {
                    *cell += tap_x * tap_y;
                }
            }
        }
    };
    let padded = scatter(points, columns * rows, splat, progress)?;

    let pixel_m2 = frame.pixel_x_m * frame.pixel_y_m;
    let lines = padded
        .chunks_exact(columns)
        .skip(TAPS)
        .take(frame.height_px);
    let mut per_km2 = Vec::with_capacity(frame.width_px * frame.height_px);
    for (row, line) in lines.enumerate() {
        let scale = frame.per_km2(row, pixel_m2);
        let line = line.iter().skip(TAPS).take(frame.width_px);
        per_km2.extend(line.map(|weight| weight * scale));
    }
    Ok(per_km2)
}

/// The kernels of all latitudes of the view.
struct Bands<const TAPS: usize> {
    tables: Vec<Tables<TAPS>>,
    /// The table of each row of the grid with its margin.
    of_row: Vec<u8>,
}

/// The kernel at each place within a pixel, for both axes.
struct Tables<const TAPS: usize> {
    x: Vec<[f32; TAPS]>,
    y: Vec<[f32; TAPS]>,
}

impl<const TAPS: usize> Bands<TAPS> {
    fn of(frame: &Frame) -> Self {
        let (least, most) = frame.sigma_merc_range();
        let range = (most / least).ln();
        let bands = ((range / BAND_STEP).ceil() as usize).clamp(1, MAX_BANDS);
        let step = range / bands as f64;
        let tables = (0..bands)
            .map(|band| {
                let sigma = least * ((band as f64 + 0.5) * step).exp();
                Tables {
                    x: table(sigma / frame.pixel_x_m),
                    y: table(sigma / frame.pixel_y_m),
                }
            })
            .collect();
        let of_row = (0..frame.height_px + 2 * TAPS)
            .map(|row| {
                // The window of a point begins about half a window north of it.
                let row = (row + TAPS / 2 - 1).saturating_sub(TAPS);
                let y_merc = frame.row_y_merc(row.min(frame.height_px - 1));
                let above = (frame.sigma_merc(y_merc) / least).ln();
                ((above / step.max(f64::MIN_POSITIVE)) as usize).min(bands - 1) as u8
            })
            .collect();
        Self { tables, of_row }
    }

    fn of_row(&self, row: usize) -> &Tables<TAPS> {
        &self.tables[usize::from(self.of_row[row])]
    }
}

/// The weights of `TAPS` pixels in a row for a kernel of this bandwidth, at each place within a
/// pixel: at phase 0 the point is in the middle of the pixel `TAPS / 2 - 1`.
fn table<const TAPS: usize>(sigma_px: f64) -> Vec<[f32; TAPS]> {
    let width = ((0.7 - sigma_px) / 0.3).clamp(0.0, 1.0);
    (0..PHASES)
        .map(|phase| {
            let point = (TAPS / 2 - 1) as f64 + (phase as f64 + 0.5) / PHASES as f64;
            std::array::from_fn(|pixel| mean_kernel(pixel as f64 - point, width, sigma_px) as f32)
        })
        .collect()
}

/// The mean of the Gaussian of this bandwidth over a width around a distance from its middle.
fn mean_kernel(distance: f64, width: f64, sigma: f64) -> f64 {
    if width < 0.02 {
        let z = distance / sigma;
        return (-0.5 * z * z).exp() / (sigma * TAU.sqrt());
    }
    let below = |at: f64| 0.5 * erf(at / sigma * FRAC_1_SQRT_2);
    (below(distance + width / 2.0) - below(distance - width / 2.0)) / width
}

/// The error function, to 1.5e-7: Abramowitz & Stegun, "Handbook of Mathematical Functions"
/// (1964), 7.1.26.
fn erf(x: f64) -> f64 {
    let t = 1.0 / (1.0 + 0.327_591_1 * x.abs());
    let series = [
        1.061_405_429,
        -1.453_152_027,
        1.421_413_741,
        -0.284_496_736,
        0.254_829_592,
    ]
    .into_iter()
    .fold(0.0, |sum, factor| sum * t + factor);
    (1.0 - series * t * (-x * x).exp()).copysign(x)
}
