//! Larger kernels: points into cells, a Gaussian over the cells, and the cells at the pixels.
//!
//! Binning and evaluation by cubic B-splines are themselves kernels, each with a variance of a
//! third of a square cell wherever the point or the pixel lies. The Gaussian in between is
//! narrower by both, and the three together have the variance that was asked for.

use super::Frame;
use super::bins::{Points, scatter};
use crate::base::{Cancelled, Progress};
use rayon::prelude::*;

/// Variance of the two splines, in square cells.
const SPLINES_VARIANCE: f64 = 2.0 / 3.0;

/// Places within a cell at which the spline is tabulated for binning; the nearest is a
/// thousandth of a cell away at most.
const PHASES: usize = 512;

/// The Gaussian over the cells is cut off at so many of its own standard deviations.
const REACH: f64 = 4.0;

pub(super) fn density<W: Fn(u32) -> f32 + Sync>(
    points: &Points<W>,
    frame: &Frame,
    progress: &Progress,
) -> Result<Vec<f32>, Cancelled> {
    let lattice = Lattice::of(frame);
    let splat = lattice.splat();
    let cells = scatter(points, lattice.columns * lattice.rows, splat, progress)?;
    let blurred = lattice.blur(&cells, frame);
    // A late cancel saves the last step.
    progress.tick(0)?;
    Ok(lattice.evaluate(&blurred, frame))
}

/// The cells: square, larger than the view by what the kernel reaches.
struct Lattice {
    /// Middle of the first cell, in the north-west.
    west_merc: f64,
    north_merc: f64,
    cell_m: f64,
    columns: usize,
    rows: usize,
    /// Cells that the Gaussian reaches to each side.
    reach: usize,
}

impl Lattice {
    fn of(frame: &Frame) -> Self {
        let (least, most) = frame.sigma_merc_range();
        // Half a bandwidth is fine enough; not much finer than the pixels saves time where the
        // two are near each other, and two thirds of a bandwidth are still good to 1 %.
        let cell_m = (least / 2.0).max(frame.pixel_min_m().min(least / 1.5));
        let reach = (REACH * narrowed(most / cell_m)).ceil() as usize;
        // Splines need a neighbour more to the north-west and two to the south-east.
        let margin = reach + 3;
        let over = |length: f64| (length / cell_m).ceil() as usize + 2 * margin + 1;
        Self {
            west_merc: frame.view.min_x - margin as f64 * cell_m,
            north_merc: frame.view.max_y + margin as f64 * cell_m,
            cell_m,
            columns: over(frame.view.width()),
            rows: over(frame.view.height()),
            reach,
        }
    }

    /// Adds a point to the sixteen cells around it; one too far outside to matter is left out.
    fn splat(&self) -> impl Fn(&mut [f32], f64, f64, f32) + Sync + use<> {
        // In phases of a cell, so that one whole number has both the cell and the weights.
        let phases_per_m = PHASES as f64 / self.cell_m;
        let (west, north) = (self.west_merc + self.cell_m, self.north_merc - self.cell_m);
        let table: Vec<[f32; 4]> = (0..PHASES)
            .map(|phase| spline((phase as f32 + 0.5) / PHASES as f32))
            .collect();
        let columns = self.columns;
        let last_u = ((self.columns - 4) * PHASES) as f64;
        let last_v = ((self.rows - 4) * PHASES) as f64;
        move |cells, x, y, weight| {
            let u = (x - west) * phases_per_m;
            let v = (north - y) * phases_per_m;
            // NaN is in no range.
            if !(u >= 0.0 && u < last_u && v >= 0.0 && v < last_v) {
                return;
            }
            let (u, v) = (u as i32 as usize, v as i32 as usize);
            let across = table[u % PHASES];
            let down = table[v % PHASES];
            let start = v / PHASES * columns + u / PHASES;
            for (line, down) in down.into_iter().enumerate() {
                let start = start + line * columns;
                if let Some(four) = cells.get_mut(start..start + 4) {
                    let down = down * weight;
                    for (cell, across) in four.iter_mut().zip(across) {
                        *cell += across * down;
                    }
                }
            }
        }
    }

    /// The Gaussian over the cells, without the outer cells that it reaches into. Each row has
    /// the bandwidth of its own latitude.
    fn blur(&self, cells: &[f32], frame: &Frame) -> Vec<f32> {
        let (columns, reach) = (self.columns, self.reach);
        let inner = columns - 2 * reach;
        let mut blurred = vec![0.0; inner * (self.rows - 2 * reach)];
        blurred
            .par_chunks_exact_mut(inner)
            .enumerate()
            .with_min_len(8)
            .for_each_init(
                || vec![0.0_f32; columns],
                |down, (row, out)| {
                    let row = row + reach;
                    let y_merc = self.north_merc - row as f64 * self.cell_m;
                    let taps = self.taps(frame.sigma_merc(y_merc) / self.cell_m);
                    let line = |row: usize| cells.get(row * columns..).unwrap_or(&[]);
                    weigh(down, line(row), line(row), 0.5 * taps[0]);
                    for (by, tap) in taps.iter().enumerate().skip(1) {
                        add(down, line(row - by), line(row + by), *tap);
                    }
                    let shifted = |by: usize| down.get(by..).unwrap_or(&[]);
                    weigh(out, shifted(reach), shifted(reach), 0.5 * taps[0]);
                    for (by, tap) in taps.iter().enumerate().skip(1) {
                        add(out, shifted(reach - by), shifted(reach + by), *tap);
                    }
                },
            );
        blurred
    }

    /// The Gaussian from its middle to one side, for a bandwidth in cells; both sides sum to 1.
    fn taps(&self, sigma_cells: f64) -> Vec<f32> {
        let sigma = narrowed(sigma_cells);
        let at = |by: usize| (-0.5 * (by as f64 / sigma).powi(2)).exp();
        let sum: f64 = 1.0 + 2.0 * (1..=self.reach).map(at).sum::<f64>();
        (0..=self.reach).map(|by| (at(by) / sum) as f32).collect()
    }

    /// The value at the middle of each pixel, per km² on the ground.
    fn evaluate(&self, blurred: &[f32], frame: &Frame) -> Vec<f32> {
        let inner = self.columns - 2 * self.reach;
        // Where a pixel lies among the blurred cells: the first of its four, and their weights.
        let place = |cells: f64| {
            let cells = cells - self.reach as f64 - 1.0;
            let first = cells.max(0.0) as usize;
            (first, spline((cells - first as f64) as f32))
        };
        let columns: Vec<(usize, [f32; 4])> = (0..frame.width_px)
            .map(|column| {
                let x_merc = frame.view.min_x + (column as f64 + 0.5) * frame.pixel_x_m;
                place((x_merc - self.west_merc) / self.cell_m)
            })
            .collect();
        let mut per_km2 = vec![0.0; frame.width_px * frame.height_px];
        per_km2
            .par_chunks_exact_mut(frame.width_px)
            .enumerate()
            .with_min_len(16)
            .for_each_init(
                || vec![0.0_f32; inner],
                |down, (row, out)| {
                    let y_merc = frame.row_y_merc(row);
                    let (first, weights) = place((self.north_merc - y_merc) / self.cell_m);
                    let scale = frame.per_km2(row, self.cell_m * self.cell_m);
                    let line = |row: usize| blurred.get(row * inner..).unwrap_or(&[]);
                    let lines = line(first).iter().zip(line(first + 1));
                    let lines = lines.zip(line(first + 2)).zip(line(first + 3));
                    let [a, b, c, d] = weights.map(|weight| weight * scale);
                    for (down, (((w, x), y), z)) in down.iter_mut().zip(lines) {
                        *down = a * w + b * x + c * y + d * z;
                    }
                    for (out, (first, weights)) in out.iter_mut().zip(&columns) {
                        if let Some([w, x, y, z]) = down.get(*first..*first + 4) {
                            let [a, b, c, d] = weights;
                            *out = a * w + b * x + c * y + d * z;
                        }
                    }
                },
            );
        per_km2
    }
}

/// The standard deviation that is left for the Gaussian between the two splines, in cells.
fn narrowed(sigma_cells: f64) -> f64 {
    (sigma_cells * sigma_cells - SPLINES_VARIANCE).sqrt()
}

/// The cubic B-spline at the four cells around a place, `t` from the second to the third.
fn spline(t: f32) -> [f32; 4] {
    let back = 1.0 - t;
    let (t2, back2) = (t * t, back * back);
    [
        back2 * back / 6.0,
        2.0 / 3.0 - t2 * (2.0 - t) / 2.0,
        2.0 / 3.0 - back2 * (2.0 - back) / 2.0,
        t2 * t / 6.0,
    ]
}

/// out = (a + b) × tap, cell by cell.
fn weigh(out: &mut [f32], a: &[f32], b: &[f32], tap: f32) {
    for (out, (a, b)) in out.iter_mut().zip(a.iter().zip(b)) {
        *out = (a + b) * tap;
    }
}

/// out += (a + b) × tap, cell by cell.
fn add(out: &mut [f32], a: &[f32], b: &[f32], tap: f32) {
    for (out, (a, b)) in out.iter_mut().zip(a.iter().zip(b)) {
        *out += (a + b) * tap;
    }
}
