//! Where the households of an import come to lie, counted while they stream by.

use crate::model::{Area, AreaCodes, AreaLevel, Household, LonLat};
use crate::snapshot::Locator;

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
    levels: Vec<(Locator, Vec<Chain>)>,
}

/// An area's code and the codes above it.
type Chain = Vec<String>;

impl Places {
    pub(super) fn new(areas: &[Area]) -> Self {
        let chain = |area: &Area| -> Chain {
            let mut codes = vec![area.code.clone()];
            let mut at = area;
            while let Some(parent) = areas
                .iter()
                .find(|parent| parent.code == at.parent && parent.level < at.level)
            {
                codes.push(parent.code.clone());
                at = parent;
            }
            codes
        };
        let levels = AreaLevel::ALL
            .into_iter()
            .rev()
            .map(|level| {
                let here: Vec<&Area> = areas.iter().filter(|area| area.level == level).collect();
                let shapes: Vec<_> = here
                    .iter()
                    .map(|area| (area.code.as_str(), &area.boundary))
                    .collect();
                (
                    Locator::new(&shapes),
                    here.iter().map(|area| chain(area)).collect(),
                )
            })
            .filter(|(_, chains): &(Locator, Vec<Chain>)| !chains.is_empty())
            .collect();
        let codes = AreaCodes::new(areas.iter().map(|area| area.code.as_str()));
        Self { codes, levels }
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
        for (locator, chains) in &self.levels {
            if found
                .iter()
                .zip(&lon)
                .all(|(chain, lon)| chain.is_some() || lon.is_nan())
            {
                break;
            }
            for (slot, at) in found.iter_mut().zip(locator.locate_all(&lon, &lat)) {
                if slot.is_none() {
                    *slot = chains.get(at as usize);
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
