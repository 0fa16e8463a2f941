//! Where an address is, by a table of addresses.

mod group;
mod slips;

use crate::model::{AddressEntry, AddressGrade, LonLat, ParsedAddress, PositionSource};
use group::{Group, Members};
use rayon::prelude::*;
use slips::Slips;
use std::collections::HashMap;

/// Entries of one code or one building are one place where the box around them is this small.
const BUILDING_DIAGONAL_M: f64 = 200.0;

/// The same for entries of one number or one road: none is further than 300 m from the middle.
const ROAD_DIAGONAL_M: f64 = 600.0;

/// The entries of an address table, ready to be asked.
///
/// Entries without a position stay out. Building it takes about 2 µs an entry and a core.
#[derive(Debug)]
pub struct AddressIndex {
    /// Entries by code.
    codes: HashMap<String, Members>,
    /// Entries by what their addresses have in common: see [`key`].
    addresses: HashMap<String, Group>,
    /// The names of places, to be found in spite of a slip.
    slips: Slips,
}

/// Where an address is, and how surely.
#[derive(Debug, Clone, PartialEq)]
pub struct AddressHit {
    /// Where it is.
    pub position: LonLat,
    /// The finest part that the table and the address have in common: [`PositionSource::AddressCode`],
    /// [`PositionSource::AddressBuilding`], [`PositionSource::AddressNumber`] or
    /// [`PositionSource::AddressRoad`].
    pub grade: PositionSource,
    /// The entry that it comes from, by its place in the table: the first of several.
    pub entry: usize,
    /// How many more entries say the same; where there are some, the position is their middle.
    pub alternatives: usize,
    /// Whether the name of the road was taken for one that differs by a character.
    pub is_slip: bool,
}

impl AddressIndex {
    /// Reads a table.
    pub fn new(entries: &[AddressEntry]) -> Self {
        let parsed: Vec<Option<(ParsedAddress, LonLat)>> = entries
            .par_iter()
            .map(|entry| Some((ParsedAddress::parse(&entry.address), entry.position?)))
            .collect();
        let mut index = Self {
            codes: HashMap::new(),
            addresses: HashMap::new(),
            slips: Slips::default(),
        };
        for (at, (entry, parsed)) in entries.iter().zip(&parsed).enumerate() {
            let Some((address, position)) = parsed else {
                continue;
            };
            let code = plain_code(&entry.code);
            if !code.is_empty() {
                let members = index.codes.entry(code).or_default();
                members.add(at, *position);
            }
            let Some(finest) = address.grade() else {
                continue;
            };
            for (nth, place) in address.places().enumerate() {
                index.slips.add(&place);
                // An estate's buildings count by themselves, whatever the road's number is.
                let number = if nth == 0 {
                    address.number.as_str()
                } else {
                    ""
                };
                for grade in GRADES {
                    let Some(key) = key(&place, number, address, grade) else {
                        continue;
                    };
                    let group = index.addresses.entry(key).or_default();
                    group.add(address, at, *position, grade == finest);
                }
            }
        }
        index
    }

    /// Where an address is, or the place of its code.
    ///
    /// The code comes first. Then the address, at the finest part that it has in common with the
    /// table, within the city, district, street, community and group that both say: the room or
    /// building ([`PositionSource::AddressBuilding`]), the number
    /// ([`PositionSource::AddressNumber`]), the road, estate or village
    /// ([`PositionSource::AddressRoad`]). An entry that says exactly this part goes before finer
    /// ones. Several entries are one place, their middle, where the diagonal of the box around
    /// them is at most 200 m (code, room, building) or 600 m (number, road: no entry is more than
    /// 300 m from the middle); else the next coarser part is tried, and at last the answer is
    /// `None`. Where nothing is found, a road of four and more characters that differs by one
    /// (not a direction, a number or a word like 新 and 老) is taken for the table's where the
    /// number is there too and only one such road has it.
    ///
    /// Source of the slip's measure: optimal string alignment (`strsim`). Some microseconds a call.
    pub fn find(&self, address: &str, code: Option<&str>) -> Option<AddressHit> {
        let by_code = code
            .map(plain_code)
            .and_then(|code| self.codes.get(&code))
            .and_then(|members| members.hit(BUILDING_DIAGONAL_M, PositionSource::AddressCode));
        if by_code.is_some() {
            return by_code;
        }
        let address = ParsedAddress::parse(address);
        address.grade()?;
        let places: Vec<String> = address.places().collect();
        let ask = |place: &str, nth: usize, grade: AddressGrade| {
            let number = if nth == 0 {
                address.number.as_str()
            } else {
                ""
            };
            let group = self.addresses.get(&key(place, number, &address, grade)?)?;
            let (diagonal_m, source) = trust(grade);
            group.within(&address, grade).hit(diagonal_m, source)
        };
        let straight = GRADES.into_iter().find_map(|grade| {
            let mut places = places.iter().enumerate();
            places.find_map(|(nth, place)| ask(place, nth, grade))
        });
        // A road that the table has is no slip of another one.
        let road = places.first()?;
        if straight.is_some() || address.number.is_empty() || self.addresses.contains_key(road) {
            return straight;
        }
        let near = self.slips.near(road);
        let mut hits = near.iter().filter_map(|road| {
            let mut finer = GRADES.iter().filter(|grade| **grade != AddressGrade::Place);
            finer.find_map(|grade| ask(road, 0, *grade))
        });
        let only = hits.next()?;
        hits.next().is_none().then_some(AddressHit {
            is_slip: true,
            ..only
        })
    }
}

/// What is asked, from the finest.
const GRADES: [AddressGrade; 5] = [
    AddressGrade::Room,
    AddressGrade::Unit,
    AddressGrade::Building,
    AddressGrade::Number,
    AddressGrade::Place,
];

/// How far apart the entries of a grade may lie, and what the grade is called.
fn trust(grade: AddressGrade) -> (f64, PositionSource) {
    match grade {
        AddressGrade::Room | AddressGrade::Unit | AddressGrade::Building => {
            (BUILDING_DIAGONAL_M, PositionSource::AddressBuilding)
        }
        AddressGrade::Number => (ROAD_DIAGONAL_M, PositionSource::AddressNumber),
        AddressGrade::Place => (ROAD_DIAGONAL_M, PositionSource::AddressRoad),
    }
}

/// What addresses have in common at a grade. A room's key leaves the unit out: one side may not
/// say it. `None` where the address does not reach the grade.
fn key(place: &str, number: &str, of: &ParsedAddress, grade: AddressGrade) -> Option<String> {
    let (building, unit, room) = (&of.building, &of.unit, &of.room);
    let key = match grade {
        AddressGrade::Place => place.to_owned(),
        AddressGrade::Number if !number.is_empty() => format!("{place}|{number}"),
        AddressGrade::Building if !building.is_empty() => format!("{place}|{number}|{building}"),
        AddressGrade::Unit if !unit.is_empty() => format!("{place}|{number}|{building}|{unit}|"),
        AddressGrade::Room if !room.is_empty() => {
            format!("{place}|{number}|{building}||{room}")
        }
        _ => return None,
    };
    Some(key)
}

fn plain_code(code: &str) -> String {
    code.trim().trim_start_matches('\'').to_ascii_uppercase()
}

#[cfg(test)]
mod tests;
