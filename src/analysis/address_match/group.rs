//! Entries that have something in common, by the divisions that they state.

use super::AddressHit;
use crate::model::{AddressGrade, LonLat, ParsedAddress, PositionSource};

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
        let (lon, lat) = ((west + east) / 2.0, (south + north) / 2.0);
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

/// The entries of one key.
#[derive(Debug, Default)]
pub(super) struct Group {
    parts: Vec<Part>,
}

/// Those of one key that state the same divisions and the same unit.
#[derive(Debug)]
struct Part {
    /// The divisions, the group and the unit; nothing else.
    within: ParsedAddress,
    all: Members,
    /// Those whose address ends at this grade.
    exact: Members,
}

/// A hostile table could state as many divisions for one road as it has entries; those behind the
/// first so many are not kept apart, which can only make an answer coarser or none.
const MAX_PARTS: usize = 64;

impl Group {
    /// One more entry.
    pub(super) fn add(&mut self, of: &ParsedAddress, entry: usize, at: LonLat, is_exact: bool) {
        let states = |part: &Part| {
            let within = &part.within;
            within.unit == of.unit
                && within.group == of.group
                && within.community == of.community
                && within.street == of.street
                && within.district == of.district
                && within.city == of.city
        };
        let mut place = self.parts.iter().position(states);
        if place.is_none() && self.parts.len() >= MAX_PARTS {
            place = Some(MAX_PARTS - 1);
            if let Some(last) = self.parts.last_mut() {
                last.within = ParsedAddress::default();
            }
        }
        if place.is_none() {
            place = Some(self.parts.len());
            self.parts.push(Part {
                within: ParsedAddress {
                    city: of.city.clone(),
                    district: of.district.clone(),
                    street: of.street.clone(),
                    community: of.community.clone(),
                    group: of.group.clone(),
                    unit: of.unit.clone(),
                    ..ParsedAddress::default()
                },
                all: Members::default(),
                exact: Members::default(),
            });
        }
        if let Some(part) = place.and_then(|place| self.parts.get_mut(place)) {
            part.all.add(entry, at);
            if is_exact {
                part.exact.add(entry, at);
            }
        }
    }

    /// The entries that state no other division and, of a room, no other unit than the address.
    /// Those that end at this grade, where there are some; of a road always all, because it is
    /// their spread that tells whether one position stands for it.
    pub(super) fn within(&self, address: &ParsedAddress, grade: AddressGrade) -> Members {
        let (mut all, mut exact) = (Members::default(), Members::default());
        for part in &self.parts {
            let (ours, theirs) = (&address.unit, &part.within.unit);
            let is_other_unit = grade == AddressGrade::Room
                && ours != theirs
                && !ours.is_empty()
                && !theirs.is_empty();
            if !is_other_unit && part.within.is_within_same(address) {
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
