//! A household that waits for a click on the map.

use super::Session;
use crate::datum::MercBox;
use crate::snapshot::{AreaIndex, Households};

/// The household that somebody places by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placing {
    /// The household.
    pub row: u32,
    /// Whether the next household without a position comes after it.
    pub goes_on: bool,
    /// The area that the household declares: it should be somewhere there.
    pub area: AreaIndex,
}

impl Session {
    /// How many households of the list still wait for a place, the one in hand among them.
    pub fn left_to_place(&self) -> usize {
        let (Some(town), Some(filtered)) = (self.town(), &self.results.filtered) else {
            return 0;
        };
        if filtered.generation != town.snapshot.generation {
            return 0;
        }
        filtered.not_geocoded
    }

    /// The area that a household declares, or the smallest that its code begins with.
    pub(super) fn declared_area(&self, row: u32) -> AreaIndex {
        let Some(town) = self.town() else {
            return AreaIndex::NONE;
        };
        let declared = town.snapshot.households.declared_area.get(row);
        let codes = town.snapshot.areas.code.iter().enumerate();
        codes
            .filter(|(_, code)| !code.is_empty() && declared.starts_with(code.as_str()))
            .max_by_key(|(_, code)| code.len())
            .map_or(AreaIndex::NONE, |(at, _)| AreaIndex(at as u32))
    }

    /// Where to look for the place of a household: its declared area, if it has one.
    pub(super) fn where_to_place(&self, placing: Placing) -> Option<MercBox> {
        let at = placing.area.get()?;
        let around = self.town()?.snapshot.areas.box_merc.get(at).copied()?;
        (!around.is_empty()).then(|| around.grown(around.width().max(around.height()) * 0.1))
    }

    /// The next household of the list without a position, from the top again after the last.
    pub(super) fn next_to_place(&self, after: u32) -> Option<u32> {
        let households = &self.town()?.snapshot.households;
        let order = &self.results.filtered.as_ref()?.order;
        let place = order.iter().position(|row| *row == after);
        let (before, behind) = order.split_at(place.map_or(0, |place| place + 1));
        let waits = |row: &&u32| {
            **row != after && is_unplaced(households, **row) && {
                let id = households.id.get(**row);
                !self.edits.places(id)
            }
        };
        behind.iter().chain(before).find(waits).copied()
    }
}

/// Whether a household has no position.
pub(super) fn is_unplaced(households: &Households, row: u32) -> bool {
    (row as usize) < households.len() && households.position(row).is_none()
}
