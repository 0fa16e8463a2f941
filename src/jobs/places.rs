//! Where the positions of an import come to lie, asked while its rows stream by.

use crate::datum::{Inside, Region};
use crate::model::{Area, AreaCodes, AreaLevel, Declared, Household, LonLat};
use crate::snapshot::Locator;
use std::collections::HashMap;

/// How far from every area a position may be, in degrees, before somebody should look.
const FAR_DEG: f64 = 0.5;

/// Where one household lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// It has no position.
    NotGeocoded,
    /// In no area; `declared` where it declares one all the same.
    Outside {
        /// Whether the row declares an area.
        declared: bool,
    },
    /// In an area; `elsewhere` where it declares another.
    Inside {
        /// Whether the row declares an area that it is not in.
        elsewhere: bool,
    },
}

/// Locators of all levels, the smallest areas first, as the snapshot asks them.
pub(super) struct Places {
    codes: AreaCodes,
    levels: Vec<Level>,
    /// The place of every area in `levels`: which level, which shape. By code.
    by_code: HashMap<String, (usize, u32)>,
    region: Option<Region>,
}

struct Level {
    locator: Locator,
    chains: Vec<Chain>,
}

/// An area's code and the codes above it.
type Chain = Vec<String>;

impl Places {
    pub(super) fn new(areas: &[Area]) -> Self {
        let of_code: HashMap<&str, &Area> = areas
            .iter()
            .map(|area| (area.code.as_str(), area))
            .collect();
        let chain = |area: &Area| -> Chain {
            let mut codes = vec![area.code.clone()];
            let mut at = area;
            while let Some(parent) = of_code
                .get(at.parent.as_str())
                .filter(|parent| parent.level < at.level)
            {
                codes.push(parent.code.clone());
                at = parent;
            }
            codes
        };
        let mut by_code = HashMap::new();
        let mut levels = Vec::new();
        for level in AreaLevel::ALL.into_iter().rev() {
            let here: Vec<&Area> = areas.iter().filter(|area| area.level == level).collect();
            if here.is_empty() {
                continue;
            }
            for (place, area) in here.iter().enumerate() {
                by_code.insert(area.code.clone(), (levels.len(), place as u32));
            }
            let shapes: Vec<_> = here
                .iter()
                .map(|area| (area.code.as_str(), &area.boundary))
                .collect();
            levels.push(Level {
                locator: Locator::new(&shapes),
                chains: here.iter().map(|area| chain(area)).collect(),
            });
        }
        let codes = AreaCodes::new(areas.iter().map(|area| (area.code.as_str(), area.level)));
        Self {
            codes,
            levels,
            by_code,
            region: region(areas),
        }
    }

    /// The box around all areas, where there are any.
    pub(super) fn region(&self) -> Option<Region> {
        self.region
    }

    /// What is known of a declared code. Where there are no areas at all, nothing is unknown.
    pub(super) fn look_up(&self, declared: &str) -> Declared {
        if self.levels.is_empty() {
            return Declared::Known;
        }
        self.codes.look_up(declared)
    }

    /// Whether a position is so far from every area that somebody should look.
    pub(super) fn is_far(&self, at: LonLat) -> bool {
        self.region
            .is_some_and(|region| !region.grown(FAR_DEG).contains(at))
    }

    /// The area that a code means: its own, or the smallest one whose code begins it. A number
    /// for [`Places::inside`].
    pub(super) fn declared_area(&self, declared: &str) -> Option<usize> {
        let zeros = declared.trim_end_matches('0');
        let mut end = declared.len();
        while let Some(code) = declared.get(..end).filter(|code| !code.is_empty()) {
            if let Some((level, place)) = self.by_code.get(code) {
                return Some(*level << 32 | *place as usize);
            }
            // Below six digits a code is no division any more.
            if end <= 6.min(zeros.len()) {
                return None;
            }
            end -= 1;
        }
        None
    }

    /// Where a position lies, for a row that declares this area.
    pub(super) fn inside(&self, at: LonLat, declared: Option<usize>) -> Inside {
        if let Some(declared) = declared {
            let (level, place) = (declared >> 32, declared as u32);
            let level = self.levels.get(level);
            if level.and_then(|level| level.locator.locate(at)) == Some(place) {
                return Inside::Declared;
            }
        }
        let is_in = |level: &Level| level.locator.locate(at).is_some();
        if self.levels.iter().any(is_in) {
            Inside::Any
        } else {
            Inside::Nowhere
        }
    }

    /// A place for each household. Where there are no areas at all, nothing is outside of them.
    pub(super) fn locate_all(&self, households: &[Household]) -> Vec<Place> {
        let (lon, lat): (Vec<f64>, Vec<f64>) = households
            .iter()
            .map(|household| {
                household
                    .position
                    .map_or((f64::NAN, f64::NAN), |LonLat { lon, lat }| (lon, lat))
            })
            .unzip();
        let mut found: Vec<Option<&Chain>> = vec![None; households.len()];
        for level in &self.levels {
            if found
                .iter()
                .zip(&lon)
                .all(|(chain, lon)| chain.is_some() || lon.is_nan())
            {
                break;
            }
            for (slot, at) in found.iter_mut().zip(level.locator.locate_all(&lon, &lat)) {
                if slot.is_none() {
                    *slot = level.chains.get(at as usize);
                }
            }
        }
        households
            .iter()
            .zip(found)
            .map(|(household, chain)| self.place(household, chain))
            .collect()
    }

    fn place(&self, household: &Household, chain: Option<&Chain>) -> Place {
        let declared = household.declared_area.as_str();
        match (household.position, chain) {
            (None, _) => Place::NotGeocoded,
            (Some(_), _) if self.levels.is_empty() => Place::Inside { elsewhere: false },
            (Some(_), None) => Place::Outside {
                declared: !declared.is_empty(),
            },
            (Some(_), Some(chain)) => Place::Inside {
                elsewhere: !declared.is_empty()
                    && !chain
                        .iter()
                        .any(|code| self.codes.is_within(declared, code)),
            },
        }
    }
}

fn region(areas: &[Area]) -> Option<Region> {
    let mut around: Option<Region> = None;
    let points = areas
        .iter()
        .flat_map(|area| &area.boundary)
        .flat_map(|polygon| &polygon.exterior().0);
    for at in points {
        let grown = around.get_or_insert(Region {
            west: at.x,
            south: at.y,
            east: at.x,
            north: at.y,
        });
        grown.west = grown.west.min(at.x);
        grown.south = grown.south.min(at.y);
        grown.east = grown.east.max(at.x);
        grown.north = grown.north.max(at.y);
    }
    around
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo_types::{MultiPolygon, polygon};

    fn area(code: &str, level: AreaLevel, parent: &str, west: f64) -> Area {
        let east = west + 0.01;
        Area {
            code: code.to_owned(),
            name: code.to_owned(),
            level,
            parent: parent.to_owned(),
            boundary: MultiPolygon(vec![polygon![
                (x: west, y: 30.0), (x: east, y: 30.0), (x: east, y: 30.01), (x: west, y: 30.01)
            ]]),
            derived: false,
        }
    }

    #[test]
    fn a_declared_code_means_its_own_area_or_the_one_that_begins_it() {
        let places = Places::new(&[
            area("330282", AreaLevel::County, "", 121.0),
            area("330282002000", AreaLevel::Street, "330282", 121.0),
            area("乙", AreaLevel::Street, "330282", 121.1),
        ]);
        let inside = |code: &str, lon: f64| {
            places.inside(LonLat { lon, lat: 30.005 }, places.declared_area(code))
        };
        assert_eq!(inside("330282002000", 121.005), Inside::Declared);
        assert_eq!(inside("330282003004", 121.005), Inside::Declared);
        assert_eq!(inside("乙", 121.005), Inside::Any);
        assert_eq!(inside("乙", 121.105), Inside::Declared);
        assert_eq!(inside("330282002000", 122.0), Inside::Nowhere);
        assert_eq!(places.declared_area("330283001"), None);
        assert_eq!(places.declared_area(""), None);
        assert!(places.is_far(LonLat {
            lon: 116.0,
            lat: 39.9
        }));
        assert!(!places.is_far(LonLat {
            lon: 121.2,
            lat: 30.2
        }));
        assert!(!Places::new(&[]).is_far(LonLat { lon: 0.0, lat: 0.0 }));
    }
}
