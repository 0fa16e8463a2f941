//! Kernel density: households (or load) per km² on the ground, on a grid of pixels.

mod bins;
mod direct;
mod smooth;

use crate::base::{Cancelled, Progress};
use crate::datum::{MercBox, ground_m_per_merc_m};
use crate::query::RowSet;

/// What to compute.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DensitySpec {
    /// The view.
    pub box_merc: MercBox,
    /// Pixels from west to east.
    pub width_px: u32,
    /// Pixels from north to south.
    pub height_px: u32,
    /// Standard deviation of the Gaussian, in metres on the ground.
    pub bandwidth_m: f64,
}

/// A density on a grid of pixels.
#[derive(Debug, Clone, PartialEq)]
pub struct DensityGrid {
    /// The view.
    pub box_merc: MercBox,
    /// Pixels from west to east.
    pub width_px: u32,
    /// Pixels from north to south.
    pub height_px: u32,
    /// Weight per km² on the ground at the middle of each pixel, row by row from the north-west.
    pub per_km2: Vec<f32>,
}

/// Up to this bandwidth in pixels every point is drawn with its own kernel.
const DIRECT_UP_TO_PX: f64 = 1.4;

/// Gaussian kernel density of the rows of the set, in weight per km² on the ground.
///
/// * `x_merc`, `y_merc`: one position a row of the table, Web Mercator metres; rows with NaN count
///   nowhere. `weight`: what a row weighs (1 for households, the unmet load for load).
/// * The value at a place is Σ weight × exp(−d² / 2σ²) / 2πσ² with d and σ in ground metres by
///   the Mercator scale at the place's own latitude. It depends on the place alone: not on zoom,
///   pan or the size of the picture. Points outside the view count as far as they reach (at least
///   3.7 bandwidths; what is cut off there is under 0.2 % of one point's own peak).
/// * Where σ is under 0.7 pixels, points between the middles of pixels would be lost: the value
///   is then the mean over a square around the middle that grows from nothing to the whole pixel
///   at 0.4. The sum over all pixels stays the sum of the weights to 1 %.
/// * Without pixels, extent or a bandwidth above 0, every value is 0.
///
/// Error against the exact sum: under 1 % of the peak, mostly under 0.2 %; under 2 % in views of
/// tens of degrees. The same to the last bit, however many threads there are. Ticks once a row
/// of the set.
///
/// # Errors
/// [`Cancelled`] where the progress says so.
///
/// Method: B-spline binning to cells of about σ / 2, a Gaussian that is narrower by the variance of
/// the two splines, and B-spline evaluation at the pixels. Sources: B. W. Silverman, "Density
/// Estimation" (1986), ch. 4; M. Unser, "Splines: a perfect fit for signal and image processing",
/// IEEE SPM 16 (1999). Limits: the sums are in 32-bit floats, so that more than about a million
/// rows in one cell lose precision; a kernel that reaches over many degrees of latitude is round
/// in Mercator, not on the ground.
pub fn density(
    x_merc: &[f64],
    y_merc: &[f64],
    weight: impl Fn(u32) -> f32 + Sync,
    rows: &RowSet,
    spec: &DensitySpec,
    progress: &Progress,
) -> Result<DensityGrid, Cancelled> {
    let points = bins::Points {
        x_merc,
        y_merc,
        weight,
        rows,
    };
    let per_km2 = match Frame::of(spec) {
        None => vec![0.0; spec.width_px as usize * spec.height_px as usize],
        Some(frame) if frame.sigma_merc_range().0 <= DIRECT_UP_TO_PX * frame.pixel_min_m() => {
            direct::density(&points, &frame, progress)?
        }
        Some(frame) => smooth::density(&points, &frame, progress)?,
    };
    Ok(DensityGrid {
        box_merc: spec.box_merc,
        width_px: spec.width_px,
        height_px: spec.height_px,
        per_km2,
    })
}

/// The view with its pixels, checked: neither is nothing.
struct Frame {
    view: MercBox,
    width_px: usize,
    height_px: usize,
    pixel_x_m: f64,
    pixel_y_m: f64,
    bandwidth_m: f64,
}

impl Frame {
    fn of(spec: &DensitySpec) -> Option<Self> {
        let view = spec.box_merc;
        let pixel_x_m = view.width() / f64::from(spec.width_px);
        let pixel_y_m = view.height() / f64::from(spec.height_px);
        let usable = |length: f64| length.is_finite() && length > 0.0;
        let all = [pixel_x_m, pixel_y_m, spec.bandwidth_m];
        all.into_iter().all(usable).then_some(Self {
            view,
            width_px: spec.width_px as usize,
            height_px: spec.height_px as usize,
            pixel_x_m,
            pixel_y_m,
            bandwidth_m: spec.bandwidth_m,
        })
    }

    fn pixel_min_m(&self) -> f64 {
        self.pixel_x_m.min(self.pixel_y_m)
    }

    /// The northing of the middle of a row of pixels.
    fn row_y_merc(&self, row: usize) -> f64 {
        self.view.max_y - (row as f64 + 0.5) * self.pixel_y_m
    }

    /// The bandwidth in Mercator metres at a northing.
    fn sigma_merc(&self, y_merc: f64) -> f64 {
        self.bandwidth_m / ground_m_per_merc_m(y_merc)
    }

    /// The least and the greatest bandwidth of the view, in Mercator metres.
    fn sigma_merc_range(&self) -> (f64, f64) {
        let equator = 0.0_f64.clamp(self.view.min_y, self.view.max_y);
        let south = self.sigma_merc(self.view.min_y);
        let north = self.sigma_merc(self.view.max_y);
        (self.sigma_merc(equator), south.max(north))
    }

    /// From weight per cell of this size in square Mercator metres to weight per ground km².
    fn per_km2(&self, row: usize, cell_m2: f64) -> f32 {
        let scale = ground_m_per_merc_m(self.row_y_merc(row));
        (1e6 / (cell_m2 * scale * scale)) as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::TAU;

    const WEST: f64 = 13_497_000.0;
    const SOUTH: f64 = 3_525_000.0;

    /// Numbers from 0 to 1 that look random and are the same on every run.
    fn noise(seed: u64) -> impl FnMut() -> f64 {
        let mut state = seed;
        move || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as f64 / (1_u64 << 31) as f64
        }
    }

    struct Town {
        x: Vec<f64>,
        y: Vec<f64>,
        weight: Vec<f32>,
    }

    /// Points in a box of this side and half as much around it; every third in one of five
    /// tight clusters.
    fn town(points: usize, side_m: f64) -> Town {
        let mut next = noise(7);
        let mut town = Town {
            x: vec![],
            y: vec![],
            weight: vec![],
        };
        for point in 0..points {
            let (mut u, mut v) = (next() * 2.0 - 0.5, next() * 2.0 - 0.5);
            if point % 3 == 0 {
                let cluster = (point % 5) as f64;
                (u, v) = (0.2 * cluster + u * 0.01, (0.37 * cluster) % 1.0 + v * 0.01);
            }
            town.x.push(WEST + u * side_m);
            town.y.push(SOUTH + v * side_m);
            town.weight.push((point % 4) as f32 * 0.5);
        }
        town
    }

    fn spec(side_m: f64, pixels: u32, bandwidth_m: f64) -> DensitySpec {
        DensitySpec {
            box_merc: MercBox {
                min_x: WEST,
                min_y: SOUTH,
                max_x: WEST + side_m,
                max_y: SOUTH + side_m,
            },
            width_px: pixels,
            height_px: pixels,
            bandwidth_m,
        }
    }

    fn computed(town: &Town, spec: &DensitySpec) -> DensityGrid {
        let rows = RowSet::all(town.x.len());
        let weight = |row: u32| town.weight[row as usize];
        density(&town.x, &town.y, weight, &rows, spec, &Progress::new()).unwrap()
    }

    /// The sum of all kernels, without any of the module's ways, at each pixel.
    fn exact(town: &Town, spec: &DensitySpec) -> Vec<f64> {
        let frame = Frame::of(spec).unwrap();
        let axis = |distance: f64, pixel_m: f64, sigma: f64| {
            let width = ((0.7 - sigma / pixel_m) / 0.3).clamp(0.0, 1.0);
            if width == 0.0 {
                return (-0.5 * (distance / sigma).powi(2)).exp() / (sigma * TAU.sqrt());
            }
            // The mean over the square, by 200 steps.
            (0..200)
                .map(|step| (f64::from(step) + 0.5) / 200.0 - 0.5)
                .map(|share| (distance + share * width * pixel_m) / sigma)
                .map(|z| (-0.5 * z * z).exp() / (sigma * TAU.sqrt()))
                .sum::<f64>()
                / 200.0
        };
        let mut sums = vec![0.0; frame.width_px * frame.height_px];
        for (row, line) in sums.chunks_mut(frame.width_px).enumerate() {
            let y_merc = frame.row_y_merc(row);
            let sigma = frame.sigma_merc(y_merc);
            let scale = ground_m_per_merc_m(y_merc);
            for point in 0..town.x.len() {
                let dy = town.y[point] - y_merc;
                if dy.abs() > 8.0 * sigma + frame.pixel_y_m {
                    continue;
                }
                let down = axis(dy, frame.pixel_y_m, sigma) * f64::from(town.weight[point]);
                for (column, sum) in line.iter_mut().enumerate() {
                    let x_merc = spec.box_merc.min_x + (column as f64 + 0.5) * frame.pixel_x_m;
                    let dx = town.x[point] - x_merc;
                    if dx.abs() < 8.0 * sigma + frame.pixel_x_m {
                        *sum += down * axis(dx, frame.pixel_x_m, sigma) * 1e6 / (scale * scale);
                    }
                }
            }
        }
        sums
    }

    fn worst_share(ours: &[f32], exact: &[f64]) -> f64 {
        let peak = exact.iter().copied().fold(0.0, f64::max);
        let errors = ours.iter().zip(exact);
        errors
            .map(|(ours, exact)| (f64::from(*ours) - exact).abs() / peak)
            .fold(0.0, f64::max)
    }

    #[test]
    fn the_error_stays_under_one_percent_of_the_peak() {
        let side_m = 15_000.0;
        let scale = ground_m_per_merc_m(SOUTH + side_m / 2.0);
        let crowd = town(60, side_m);
        // A point alone shows the kernel itself; it lies at no special place among the pixels.
        let alone = Town {
            x: vec![WEST + 0.4567 * side_m],
            y: vec![SOUTH + 0.5261 * side_m],
            weight: vec![1.0],
        };
        for sigma_px in [
            0.05, 0.3, 0.5, 0.69, 0.8, 1.0, 1.39, 1.41, 1.7, 2.2, 3.0, 5.0, 12.0, 31.0, 80.0,
        ] {
            let spec = spec(side_m, 96, sigma_px * side_m / 96.0 * scale);
            for town in [&crowd, &alone] {
                let error = worst_share(&computed(town, &spec).per_km2, &exact(town, &spec));
                assert!(error < 0.01, "{sigma_px} px: {error}");
            }
        }
    }

    #[test]
    fn a_place_has_one_value_whatever_the_view() {
        let town = town(3_000, 8_000.0);
        // One spot in the middle of a pixel of each of these views, at bandwidths from 1 to 60 px.
        let bandwidth_m = 120.0;
        let spot = (WEST + 1_700.0, SOUTH + 3_100.0);
        let mut values = Vec::new();
        for (pixel_m, left, below, width_px, height_px) in [
            (140.0, 20, 30, 41, 61),
            (100.0, 100, 2, 190, 9),
            (31.0, 77, 60, 640, 480),
            (11.0, 300, 100, 333, 333),
            (2.3, 10, 150, 200, 160),
        ] {
            let min_x = spot.0 - (f64::from(left) + 0.5) * pixel_m;
            let min_y = spot.1 - (f64::from(below) + 0.5) * pixel_m;
            let spec = DensitySpec {
                box_merc: MercBox {
                    min_x,
                    min_y,
                    max_x: min_x + f64::from(width_px) * pixel_m,
                    max_y: min_y + f64::from(height_px) * pixel_m,
                },
                width_px,
                height_px,
                bandwidth_m,
            };
            let place = (height_px - 1 - below) * width_px + left;
            values.push(computed(&town, &spec).per_km2[place as usize]);
        }
        let peak = computed(&town, &spec(8_000.0, 400, bandwidth_m)).per_km2;
        let peak = peak.into_iter().fold(0.0, f32::max);
        for value in &values {
            assert!(
                (value - values[0]).abs() < 0.01 * peak,
                "{values:?} of {peak}"
            );
        }
        assert!(values[0] > 0.05 * peak, "{values:?} of {peak}");
    }

    #[test]
    fn nothing_is_lost_or_made() {
        // All points well inside: the values times the ground area of a pixel sum to the weights.
        let mut town = town(2_000, 4_000.0);
        town.x.iter_mut().for_each(|x| *x += 7_000.0);
        town.y.iter_mut().for_each(|y| *y += 7_000.0);
        let weights: f64 = town.weight.iter().copied().map(f64::from).sum();
        let side_m = 18_000.0;
        for sigma_px in [0.01, 0.2, 0.45, 0.6, 0.75, 1.2, 1.5, 2.0, 4.0, 9.0] {
            let pixels = 200;
            let scale = ground_m_per_merc_m(SOUTH + side_m / 2.0);
            let spec = spec(
                side_m,
                pixels,
                sigma_px * side_m / f64::from(pixels) * scale,
            );
            let frame = Frame::of(&spec).unwrap();
            let grid = computed(&town, &spec);
            let sum: f64 = grid
                .per_km2
                .chunks(pixels as usize)
                .enumerate()
                .map(|(row, line)| {
                    let scale = ground_m_per_merc_m(frame.row_y_merc(row));
                    let pixel_km2 = frame.pixel_x_m * frame.pixel_y_m * scale * scale / 1e6;
                    line.iter().copied().map(f64::from).sum::<f64>() * pixel_km2
                })
                .sum();
            assert!(
                (sum / weights - 1.0).abs() < 0.01,
                "{sigma_px} px: {sum} of {weights}"
            );
            assert!(grid.per_km2.iter().all(|value| *value >= 0.0));
        }
    }

    #[test]
    fn a_tall_view_has_each_latitudes_own_scale() {
        // From the south of Hainan to the Amur: one household in every fifth degree.
        let south = crate::datum::merc_from_lonlat(crate::model::LonLat {
            lon: 110.0,
            lat: 18.0,
        });
        let north = crate::datum::merc_from_lonlat(crate::model::LonLat {
            lon: 120.0,
            lat: 54.0,
        });
        let town = Town {
            x: (0..7)
                .map(|i| south.x + 80_000.0 * f64::from(i) + 60_000.0)
                .collect(),
            y: (0..7)
                .map(|i| south.y + (north.y - south.y) * (f64::from(i) + 0.37) / 7.0)
                .collect(),
            weight: vec![1.0; 7],
        };
        for bandwidth_m in [2_000.0, 9_000.0, 15_000.0, 40_000.0] {
            let spec = DensitySpec {
                box_merc: MercBox {
                    min_x: south.x,
                    min_y: south.y,
                    max_x: south.x + 700_000.0,
                    max_y: north.y,
                },
                width_px: 60,
                height_px: 400,
                bandwidth_m,
            };
            let error = worst_share(&computed(&town, &spec).per_km2, &exact(&town, &spec));
            assert!(error < 0.02, "{bandwidth_m} m: {error}");
        }
    }

    #[test]
    fn rows_outside_the_set_or_without_a_place_count_nowhere() {
        let mut town = town(9, 1_000.0);
        town.weight.fill(1.0);
        town.x[3] = f64::NAN;
        town.y[4] = f64::INFINITY;
        let weight = |row: u32| town.weight[row as usize];
        for bandwidth_m in [5.0, 100.0] {
            let spec = spec(1_000.0, 64, bandwidth_m);
            let of = |rows: &RowSet| {
                density(&town.x, &town.y, weight, rows, &spec, &Progress::new()).unwrap()
            };
            let mut some = RowSet::none(9);
            some.insert(3);
            some.insert(4);
            assert!(of(&some).per_km2.iter().all(|value| *value == 0.0));
            some.insert(0);
            assert!(of(&some).per_km2.iter().any(|value| *value > 0.0));
            // A longer table than there are positions: the rest counts nowhere.
            assert_eq!(of(&RowSet::all(500)), of(&RowSet::all(9)));
        }
    }

    #[test]
    fn a_view_of_nothing_is_empty_and_a_cancelled_one_stops() {
        let town = town(50, 1_000.0);
        let flat = spec(0.0, 8, 50.0);
        assert_eq!(computed(&town, &flat).per_km2, [0.0; 64]);
        assert_eq!(
            computed(&town, &spec(1_000.0, 8, f64::NAN)).per_km2,
            [0.0; 64]
        );
        assert!(computed(&town, &spec(1_000.0, 0, 50.0)).per_km2.is_empty());
        for bandwidth_m in [5.0, 100.0] {
            let progress = Progress::new();
            progress.cancel();
            let rows = RowSet::all(50);
            let spec = spec(1_000.0, 64, bandwidth_m);
            let result = density(&town.x, &town.y, |_| 1.0, &rows, &spec, &progress);
            assert_eq!(result, Err(Cancelled));
        }
    }

    #[test]
    fn the_parts_of_the_work_do_not_show() {
        // Enough rows for several parts: the same value bit by bit, however the threads run.
        let town = town(200_000, 5_000.0);
        for bandwidth_m in [10.0, 300.0] {
            let spec = spec(5_000.0, 128, bandwidth_m);
            let one = rayon::ThreadPoolBuilder::new()
                .num_threads(1)
                .build()
                .unwrap();
            let alone = one.install(|| computed(&town, &spec));
            assert_eq!(alone, computed(&town, &spec));
        }
    }
}
