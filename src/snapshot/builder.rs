//! Builds a snapshot: rows and areas in, columns, tree and places out.

use super::assign::{Assigned, assign};
use super::ground::ground_km2;
use super::terms::TermBits;
use super::{AreaIndex, Areas, Households, PointIndex, Snapshot, Unknown};
use crate::base::{Cancelled, Generation, Progress};
use crate::datum::{MercBox, MercXY, merc_from_lonlat};
use crate::model::{Area, Catalogue, Household, LonLat};
use geo_types::MultiPolygon;
use rayon::prelude::*;
use std::collections::HashMap;

/// Takes areas and households, gives a [`Snapshot`].
#[derive(Debug)]
pub struct Builder {
    generation: Generation,
    is_demo: bool,
    areas: Vec<(Area, Option<LonLat>)>,
    households: Households,
    programmes: TermBits,
    needs: TermBits,
}

impl Builder {
    /// An empty town with the shipped catalogue.
    pub fn new(generation: Generation, catalogue: Catalogue, is_demo: bool) -> Self {
        Self {
            generation,
            is_demo,
            areas: Vec::new(),
            households: Households::default(),
            programmes: TermBits::new(catalogue.programmes),
            needs: TermBits::new(catalogue.needs),
        }
    }

    /// Sets the areas, in any order. `labels` holds for each a position inside its boundary
    /// where its name stands well; where there are none, names stand in the middle of the box.
    pub fn set_areas(&mut self, areas: Vec<Area>, labels: Vec<LonLat>) {
        let mut labels = labels.into_iter().map(Some).collect::<Vec<_>>();
        if labels.len() != areas.len() {
            labels = vec![None; areas.len()];
        }
        self.areas = areas.into_iter().zip(labels).collect();
        self.areas
            .sort_by(|(a, _), (b, _)| (a.level, &a.code).cmp(&(b.level, &b.code)));
    }

    /// Adds a household as the next row. Terms that the catalogue does not have are added to
    /// it, up to 64 places; beyond, they share the last place.
    pub fn push(&mut self, household: &Household) {
        let count = |number: Option<u16>| number.map_or(Unknown::COUNT, i32::from);
        let to = &mut self.households;
        to.id.push(&household.id);
        to.head_name.push(&household.head_name);
        to.id_number.push(&household.id_number);
        to.phone.push(&household.phone);
        to.address.push(&household.address);
        to.declared_area.push(&household.declared_area);
        to.tags.push(household.tags.as_str());
        to.notes.push(&household.notes);
        to.position_text.push(&household.position_text);
        to.lon
            .push(household.position.map_or(f64::NAN, |at| at.lon));
        to.lat
            .push(household.position.map_or(f64::NAN, |at| at.lat));
        to.programmes
            .push(self.programmes.bits(&household.programmes));
        to.needs.push(self.needs.bits(&household.needs));
        to.members.push(count(household.members));
        to.elderly.push(count(household.elderly));
        to.children.push(count(household.children));
        to.disabled.push(count(household.disabled));
        to.living_alone
            .push(household.living_alone.map_or(Unknown::COUNT, i32::from));
        to.monthly_income
            .push(household.monthly_income.unwrap_or(f64::NAN));
        to.last_visit
            .push(household.last_visit.map_or(Unknown::DAY, |day| day.days()));
    }

    /// Finds places, builds the tree, counts. `progress` is asked between the stages whether to
    /// go on; no units are reported, since the caller counts the rows.
    ///
    /// # Errors
    /// [`Cancelled`].
    pub fn finish(self, progress: &Progress) -> Result<Snapshot, Cancelled> {
        progress.tick(0)?;
        let mut households = self.households;
        let merc: Vec<MercXY> = households
            .lon
            .par_iter()
            .zip(&households.lat)
            .map(|(lon, lat)| {
                merc_from_lonlat(LonLat {
                    lon: *lon,
                    lat: *lat,
                })
            })
            .collect();
        households.x_merc = merc.iter().map(|at| at.x).collect();
        households.y_merc = merc.iter().map(|at| at.y).collect();
        progress.tick(0)?;
        let areas = columns(&self.areas);
        let boundaries: Vec<&MultiPolygon<f64>> =
            self.areas.iter().map(|(area, _)| &area.boundary).collect();
        let (assigned, points) = rayon::join(
            || assign(&areas, &boundaries, &households, progress),
            || PointIndex::build(&households.x_merc, &households.y_merc),
        );
        let Assigned { area, quality } = assigned?;
        households.area = area;
        progress.tick(0)?;
        let extent_merc = merc
            .iter()
            .filter(|at| at.x.is_finite() && at.y.is_finite())
            .fold(MercBox::EMPTY, |extent, at| extent.with(*at));
        let extent_merc = areas
            .box_merc
            .iter()
            .fold(extent_merc, |extent, area| extent.union(*area));
        Ok(Snapshot {
            generation: self.generation,
            households,
            areas,
            catalogue: Catalogue {
                programmes: self.programmes.into_terms(),
                needs: self.needs.into_terms(),
            },
            points,
            quality,
            extent_merc,
            is_demo: self.is_demo,
        })
    }
}

/// The columns of sorted areas.
fn columns(sorted: &[(Area, Option<LonLat>)]) -> Areas {
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (place, (area, _)) in sorted.iter().enumerate() {
        places.entry(&area.code).or_insert(place);
    }
    let mut to = Areas::default();
    for (area, label) in sorted {
        // A parent is of a larger level, so no chain comes back to where it began.
        let parent = places
            .get(area.parent.as_str())
            .filter(|place| sorted[**place].0.level < area.level)
            .map_or(AreaIndex::NONE, |place| AreaIndex(*place as u32));
        let boundary_merc = merc_boundary(&area.boundary);
        let box_merc = boundary_merc
            .iter()
            .flat_map(|polygon| &polygon.exterior().0)
            .fold(MercBox::EMPTY, |around, at| {
                around.with(MercXY { x: at.x, y: at.y })
            });
        to.code.push(area.code.clone());
        to.name.push(area.name.clone());
        to.level.push(area.level);
        to.parent.push(parent);
        to.label_merc
            .push(label.map_or_else(|| box_merc.center(), merc_from_lonlat));
        to.ground_km2.push(ground_km2(&area.boundary));
        to.derived.push(area.derived);
        to.boundary_merc.push(boundary_merc);
        to.box_merc.push(box_merc);
    }
    to
}

fn merc_boundary(boundary: &MultiPolygon<f64>) -> MultiPolygon<f64> {
    let mut boundary = boundary.clone();
    for polygon in &mut boundary {
        let project = |ring: &mut geo_types::LineString<f64>| {
            for point in &mut ring.0 {
                let merc = merc_from_lonlat(LonLat {
                    lon: point.x,
                    lat: point.y,
                });
                (point.x, point.y) = (merc.x, merc.y);
            }
        };
        polygon.exterior_mut(project);
        polygon.interiors_mut(|rings| rings.iter_mut().for_each(project));
    }
    boundary
}
