//! Entries that have something in common, by the divisions that they state.

use super::AddressHit;
use crate::model::{AddressGrade, LonLat, ParsedAddress, PositionSource};
use std::collections::HashMap;

/// Metres of a degree of latitude; two in a thousand off at worst.
const M_PER_DEGREE: f64 = 111_195.0;

/// Some entries: how many, the first, and the box around them.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Members {
    count: usize,
    first: usize,
    /// West, south, east, north.
    around: [f64; 4],
}

impl Members {
    /// One more entry.
    pub(super) fn add(&mut self, entry: usize, at: LonLat) {
        self.join(Self {
            count: 1,
            first: entry,
            around: [at.lon, at.lat, at.lon, at.lat],
        });
    }

    fn join(&mut self, other: Self) {
        if other.count == 0 {
            return;
        }
        if self.count == 0 {
            *self = other;
            return;
        }
        self.first = self.first.min(other.first);
        self.count += other.count;
        let [west, south, east, north] = self.around;
        let [w, s, e, n] = other.around;
        self.around = [west.min(w), south.min(s), east.max(e), north.max(n)];
    }

    /// Their middle, where they lie close enough together to be one place.
    pub(super) fn hit(&self, diagonal_m: f64, grade: PositionSource) -> Option<AddressHit> {
        let [west, south, east, north] = self.around;
        let (lon, lat) = (f64::midpoint(west, east), f64::midpoint(south, north));
        let wide_m = (east - west) * M_PER_DEGREE * lat.to_radians().cos();
        let high_m = (north - south) * M_PER_DEGREE;
        if self.count == 0 || wide_m.hypot(high_m) > diagonal_m {
            return None;
        }
        // One place is given back to the last bit.
        let position = if west == east && south == north {
            LonLat::new(west, south)?
        } else {
            LonLat::new(lon, lat)?
        };
        Some(AddressHit {
            position,
            grade,
            entry: self.first,
            alternatives: self.count - 1,
            is_slip: false,
        })
    }
}

/// The divisions and units that the entries of a table state, each combination once.
#[derive(Debug, Default)]
pub(super) struct Contexts {
    places: HashMap<String, u32>,
    contexts: Vec<ParsedAddress>,
}

impl Contexts {
    /// The number of an address's combination; only a room's tells units apart.
    pub(super) fn number(&mut self, of: &ParsedAddress, has_unit: bool) -> u32 {
        let unit = if has_unit { of.unit.as_str() } else { "" };
        let parts = [
            &of.province,
            &of.city,
            &of.district,
            &of.street,
            &of.community,
            &of.group,
        ];
        let mut text = parts.map(String::as_str).join("|");
        text.push('|');
        text.push_str(unit);
        if let Some(number) = self.places.get(&text) {
            return *number;
        }
        let number = self.contexts.len() as u32;
        self.places.insert(text, number);
        self.contexts.push(ParsedAddress {
            road: String::new(),
            number: String::new(),
            estate: String::new(),
            building: String::new(),
            unit: unit.to_owned(),
            room: String::new(),
            rest: String::new(),
            ..of.clone()
        });
        number
    }
}

/// The entries of one key.
#[derive(Debug, Default)]
pub(super) struct Group {
    parts: Vec<Part>,
}

/// Those of one key and one combination of divisions and unit.
#[derive(Debug)]
struct Part {
    /// `None` where several are not kept apart.
    context: Option<u32>,
    all: Members,
    /// Those whose address ends at this grade.
    exact: Members,
}

/// A hostile table could state as many divisions for one road as it has entries; those behind the
/// first so many are not kept apart, which can only make an answer coarser or none.
const MAX_PARTS: usize = 64;

impl Group {
    /// One more entry.
    pub(super) fn add(&mut self, context: u32, entry: usize, at: LonLat, is_exact: bool) {
        let same = |part: &Part| part.context == Some(context);
        let mut place = self.parts.iter().position(same);
        if place.is_none() && self.parts.len() >= MAX_PARTS {
            place = Some(MAX_PARTS - 1);
            if let Some(last) = self.parts.last_mut() {
                last.context = None;
            }
        }
        let place = place.unwrap_or_else(|| {
            self.parts.push(Part {
                context: Some(context),
                all: Members::default(),
                exact: Members::default(),
            });
            self.parts.len() - 1
        });
        if let Some(part) = self.parts.get_mut(place) {
            part.all.add(entry, at);
            if is_exact {
                part.exact.add(entry, at);
            }
        }
    }

    /// The entries that state no other division and, of a room, no other unit than the address.
    /// Those that end at this grade, where there are some; of a road always all, because it is
    /// their spread that tells whether one position stands for it.
    pub(super) fn within(
        &self,
        contexts: &Contexts,
        address: &ParsedAddress,
        grade: AddressGrade,
    ) -> Members {
        let (mut all, mut exact) = (Members::default(), Members::default());
        for part in &self.parts {
            let context = part
                .context
                .and_then(|at| contexts.contexts.get(at as usize));
            let is_other = context.is_some_and(|context| {
                let (ours, theirs) = (&address.unit, &context.unit);
                let is_other_unit = ours != theirs && !ours.is_empty() && !theirs.is_empty();
                grade == AddressGrade::Room && is_other_unit || !context.is_within_same(address)
            });
            if !is_other {
                all.join(part.all);
                exact.join(part.exact);
            }
        }
        if exact.count > 0 && grade != AddressGrade::Place {
            exact
        } else {
            all
        }
    }
}
