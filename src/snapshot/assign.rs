//! Which area every household is in, and what has no place, or another than declared.

use super::{AreaIndex, Areas, Households, Locator, Quality};
use crate::base::{Cancelled, Progress};
use crate::model::{AreaLevel, LonLat};
use geo_types::MultiPolygon;
use rayon::prelude::*;

/// The areas of the households.
#[derive(Debug)]
pub(super) struct Assigned {
    /// The smallest area of each household, or [`AreaIndex::NONE`].
    pub(super) area: Vec<AreaIndex>,
    /// The counts that follow.
    pub(super) quality: Quality,
}

/// Asks the smallest level first, and each larger one for those that are still without.
/// `boundaries` are those of the areas, in degrees.
pub(super) fn assign(
    areas: &Areas,
    boundaries: &[&MultiPolygon<f64>],
    households: &Households,
    progress: &Progress,
) -> Result<Assigned, Cancelled> {
    let mut area = vec![AreaIndex::NONE; households.len()];
    let mut asked_before = false;
    for level in AreaLevel::ALL.into_iter().rev() {
        let places: Vec<AreaIndex> = areas
            .of_level(level)
            .filter(|at| !boundaries[at.0 as usize].0.is_empty())
            .collect();
        if places.is_empty() {
            continue;
        }
        let of_level: Vec<_> = places
            .iter()
            .map(|at| {
                (
                    areas.code[at.0 as usize].as_str(),
                    boundaries[at.0 as usize],
                )
            })
            .collect();
        let locator = Locator::new(&of_level);
        if asked_before {
            fill_gaps(&mut area, &places, &locator, households);
        } else {
            let found = locator.locate_all(&households.lon, &households.lat);
            for (area, found) in area.iter_mut().zip(found) {
                *area = places
                    .get(found as usize)
                    .copied()
                    .unwrap_or(AreaIndex::NONE);
            }
            asked_before = true;
        }
        progress.tick(0)?;
    }
    let quality = count(areas, households, &area);
    Ok(Assigned { area, quality })
}

fn fill_gaps(
    area: &mut [AreaIndex],
    places: &[AreaIndex],
    locator: &Locator,
    households: &Households,
) {
    area.par_iter_mut()
        .zip(&households.lon)
        .zip(&households.lat)
        .with_min_len(1 << 12)
        .filter(|((area, _), _)| **area == AreaIndex::NONE)
        .for_each(|((area, lon), lat)| {
            let position = LonLat {
                lon: *lon,
                lat: *lat,
            };
            if let Some(found) = locator.locate(position) {
                *area = places[found as usize];
            }
        });
}

fn count(areas: &Areas, households: &Households, area: &[AreaIndex]) -> Quality {
    let is_geocoded = |row: usize| !households.lon[row].is_nan() && !households.lat[row].is_nan();
    let not_geocoded = (0..area.len()).filter(|row| !is_geocoded(*row)).count();
    let mut quality = Quality {
        households: area.len(),
        not_geocoded,
        ..Quality::default()
    };
    // Without areas there is nothing to be outside of.
    if areas.is_empty() {
        return quality;
    }
    quality.outside_areas = (0..area.len())
        .filter(|row| is_geocoded(*row) && area[*row] == AreaIndex::NONE)
        .count();
    quality.outside_declared = (0..area.len())
        .into_par_iter()
        .filter(|row| {
            let declared = households.declared_area.get(*row as u32);
            is_geocoded(*row) && !declared.is_empty() && !areas.is_declared(area[*row], declared)
        })
        .count();
    quality
}
