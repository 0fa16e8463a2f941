//! The upper ends of the heat maps' scales: taken once from all households of a town, so that
//! zooming, panning and filtering never change what a colour means.

use super::Town;
use crate::analysis::{self, DensityGrid, DensitySpec};
use crate::base::{Cancelled, Progress};
use crate::datum::{MercBox, MercXY, ground_m_per_merc_m};
use crate::layer::{Measure, full_scale, round_up};
use crate::query::{Choice, RowSet};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// The share of households (by weight) that lie below the upper end: the rest is its last colour.
const BELOW: f64 = 0.93;

/// The grid on which the density is looked at has at most so many cells a side.
const MOST_CELLS: f64 = 1024.0;

/// Scales that were computed, by what is counted and the bandwidth.
#[derive(Debug, Default)]
pub struct Scales(Mutex<BTreeMap<Key, f32>>);

/// What is counted, of which programmes and needs, and the bits of the bandwidth.
type Key = (u8, u64, u64, u64);

impl Scales {
    /// The upper end for a measure and a bandwidth, per km² on the ground: round, and such that
    /// most households lie below it. Depends on the town and the chosen needs, on nothing else.
    ///
    /// # Errors
    /// [`Cancelled`] where the progress says so.
    pub(super) fn upper_per_km2(
        &self,
        town: &Town,
        measure: Measure,
        bandwidth_m: f64,
        choice: Choice,
        progress: &Progress,
    ) -> Result<f32, Cancelled> {
        let (counted, programmes, needs) = match measure {
            Measure::Households => (0, 0, 0),
            Measure::UnmetLoad => (1, choice.programmes, choice.needs),
            Measure::Unmatched => (2, 0, choice.needs),
            Measure::Unsettled(what, programmes) => (3 + what as u8, programmes, 0),
        };
        let key = (counted, programmes, needs, bandwidth_m.to_bits());
        let known = self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&key)
            .copied();
        if let Some(known) = known {
            return Ok(known);
        }
        let upper = compute(town, measure, bandwidth_m, choice, progress)?;
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(key, upper);
        Ok(upper)
    }
}

fn compute(
    town: &Town,
    measure: Measure,
    bandwidth_m: f64,
    choice: Choice,
    progress: &Progress,
) -> Result<f32, Cancelled> {
    let snapshot = &town.snapshot;
    let households = &snapshot.households;
    let unmatched = match measure {
        Measure::Unmatched => town.unmatched_loads(choice, progress)?,
        _ => Vec::new(),
    };
    let weight = |row: u32| match measure {
        Measure::Households => 1.0,
        Measure::UnmetLoad => analysis::unmet_load(snapshot, row, choice) as f32,
        Measure::Unsettled(what, programmes) => {
            households.entitlement.count(what, row, programmes) as f32
        }
        Measure::Unmatched => unmatched.get(row as usize).copied().unwrap_or(0.0),
    };
    let rows = RowSet::all(households.len());
    let places = || {
        rows.iter()
            .filter_map(|row| Some((weight(row), households.merc(row)?)))
    };
    let around = places()
        .filter(|(weight, _)| *weight > 0.0)
        .fold(MercBox::EMPTY, |all, (_, at)| all.with(at));
    if around.is_empty() {
        return Ok(full_scale(measure, bandwidth_m));
    }
    let bandwidth_merc_m = bandwidth_m / ground_m_per_merc_m(around.center().y);
    let view = around.grown(bandwidth_merc_m);
    let cell_m = (bandwidth_merc_m / 1.5).max(view.width().max(view.height()) / MOST_CELLS);
    let cells = |length: f64| (length / cell_m).ceil().clamp(1.0, MOST_CELLS) as u32;
    let spec = DensitySpec {
        box_merc: view,
        width_px: cells(view.width()),
        height_px: cells(view.height()),
        bandwidth_m,
    };
    let grid = analysis::density(
        &households.x_merc,
        &households.y_merc,
        weight,
        &rows,
        &spec,
        progress,
    )?;
    let mut found: Vec<(f32, f32)> = places()
        .filter(|(weight, _)| *weight > 0.0)
        .filter_map(|(weight, at)| Some((value_at(&grid, at)?, weight)))
        .collect();
    found.sort_by(|one, other| one.0.total_cmp(&other.0));
    let total: f64 = found.iter().map(|(_, weight)| f64::from(*weight)).sum();
    let mut sum = 0.0;
    for (value, weight) in &found {
        sum += f64::from(*weight);
        if sum >= total * BELOW {
            return Ok(round_up(f64::from(*value)));
        }
    }
    Ok(full_scale(measure, bandwidth_m))
}

/// The density of the cell that holds a place.
fn value_at(grid: &DensityGrid, at: MercXY) -> Option<f32> {
    let along = (at.x - grid.box_merc.min_x) / grid.box_merc.width();
    let down = (grid.box_merc.max_y - at.y) / grid.box_merc.height();
    let cell =
        |share: f64, cells: u32| ((share * f64::from(cells)) as usize).min(cells as usize - 1);
    let index = cell(down, grid.height_px) * grid.width_px as usize + cell(along, grid.width_px);
    grid.per_km2.get(index).copied()
}
