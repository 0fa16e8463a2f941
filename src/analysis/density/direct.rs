//! Small kernels: every point adds its own kernel to the pixels around it.

use super::Frame;
use super::bins::{Points, scatter};
use crate::base::{Cancelled, Progress};
use std::f64::consts::{FRAC_1_SQRT_2, TAU};

/// Places within a pixel at which the kernel is tabulated.
const PHASES: usize = 256;

/// Under this bandwidth in pixels eight pixels a side hold the kernel, else twelve.
const EIGHT_PX_UP_TO: f64 = 0.8;

/// Latitudes whose bandwidths differ by less share a table.
const BAND_STEP: f64 = 0.005;
const MAX_BANDS: usize = 64;

pub(super) fn density<W: Fn(u32) -> f32 + Sync>(
    points: &Points<W>,
    frame: &Frame,
    progress: &Progress,
) -> Result<Vec<f32>, Cancelled> {
    if frame.sigma_merc_range().1 <= EIGHT_PX_UP_TO * frame.pixel_min_m() {
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
    let (last_column, last_row) = ((columns - TAPS) as f64, (rows - TAPS) as f64);
    let to_corner = TAPS as f64 - 0.5 - (TAPS as f64 / 2.0 - 1.0);
    let splat = |grid: &mut [f32], x: f64, y: f64, weight: f32| {
        // In pixels from the first pixel of the margin to the first that the kernel touches.
        let u = (x - frame.view.min_x) / frame.pixel_x_m + to_corner;
        let v = (frame.view.max_y - y) / frame.pixel_y_m + to_corner;
        // NaN is in no range.
        if !((0.0..=last_column).contains(&u) && (0.0..=last_row).contains(&v)) {
            return;
        }
        let (column, row) = (u as usize, v as usize);
        let band = bands.of_row(row);
        let taps_x = &band.x[((u - column as f64) * PHASES as f64) as usize % PHASES];
        let taps_y = &band.y[((v - row as f64) * PHASES as f64) as usize % PHASES];
        let rows = grid.chunks_exact_mut(columns).skip(row);
        for (line, tap_y) in rows.zip(taps_y) {
            if let Some(line) = line.get_mut(column..column + TAPS) {
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
pub(super) fn mean_kernel(distance: f64, width: f64, sigma: f64) -> f64 {
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
