//! New households that are much like vanished ones: the same household under another number.

use super::each_row::each_row;
use super::near_name::{NearName, near_name};
use super::person_key::plain_name;
use crate::base::{Cancelled, Progress};
use crate::model::ParsedAddress;
use rayon::prelude::*;
use std::collections::HashMap;

/// Names and addresses that resemble each other less are of two households.
const MIN_NAME: f64 = 0.8;
const MIN_ADDRESS: f64 = 0.7;
const MIN_SCORE: f64 = 0.86;

/// Of households that share a key, no more than this many on a side are compared.
const MAX_BLOCK: usize = 200;

const CHUNK: usize = 1_024;

/// What is compared of a household.
#[derive(Debug, Clone, Copy, Default)]
pub struct HouseholdView<'a> {
    /// Name of the head.
    pub name: &'a str,
    /// Address as written.
    pub address: &'a str,
}

/// A new household and a vanished one that are probably the same.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LikelyPair {
    /// The new one, by its place.
    pub new: u32,
    /// The vanished one, by its place.
    pub vanished: u32,
    /// How much the names resemble each other, 0 to 1; 1 is the same name.
    pub name: f64,
    /// The same for the addresses; 1 is the same door.
    pub address: f64,
}

impl LikelyPair {
    /// Both together: the mean.
    pub fn score(&self) -> f64 {
        f64::midpoint(self.name, self.address)
    }
}

/// Pairs new households with vanished ones, one to one, the best first taken; in the order of the
/// new ones.
///
/// Names: 1 the same, 0.95 a homophone, else the Jaro–Winkler similarity. Addresses: 1 the same
/// door; 0.9 where one says the building, unit or room and the other does not; 0.85 a slip in the
/// road's name before the same numbers; 0.75 where one says no number at all; 0 where numbers,
/// buildings or rooms differ or a division that both state, or where one says no road, estate or
/// village. A pair needs 0.8 for the name, 0.7 for the address and 0.86 for their mean. Masked names
/// resemble nothing. Compared are households of one name at one place (or one number), and those
/// of one door: near linear in the input.
///
/// Sources: W. E. Winkler, "String Comparator Metrics and Enhanced Decision Rules" (1990), from
/// `strsim`. Limit: of more than 200 households on a side that share a key, the first 200 are compared.
///
/// # Errors
/// [`Cancelled`] where the work was stopped.
pub fn likely_same(
    new: &[HouseholdView<'_>],
    vanished: &[HouseholdView<'_>],
    progress: &Progress,
) -> Result<Vec<LikelyPair>, Cancelled> {
    progress.set_total((new.len() * 2 + vanished.len()) as u64);
    let new = each_row(new, progress, Known::of)?;
    let vanished = each_row(vanished, progress, Known::of)?;
    let mut by_key: HashMap<String, Vec<u32>> = HashMap::new();
    for (place, household) in vanished.iter().enumerate() {
        for key in household.keys() {
            let block = by_key.entry(key).or_default();
            if block.len() < MAX_BLOCK {
                block.push(place as u32);
            }
        }
    }
    let mut asked: HashMap<String, usize> = HashMap::new();
    let mut candidates: Vec<(u32, u32)> = Vec::new();
    for (place, household) in new.iter().enumerate() {
        for key in household.keys() {
            let Some(block) = by_key.get(&key) else {
                continue;
            };
            let times = asked.entry(key).or_default();
            *times += 1;
            if *times <= MAX_BLOCK {
                candidates.extend(block.iter().map(|other| (place as u32, *other)));
            }
        }
        if place % CHUNK == 0 {
            progress.tick(CHUNK as u64)?;
        }
    }
    candidates.par_sort_unstable();
    candidates.dedup();
    let mut pairs: Vec<LikelyPair> = candidates
        .par_iter()
        .filter_map(|(a, b)| {
            let (one, other) = (new.get(*a as usize)?, vanished.get(*b as usize)?);
            let pair = LikelyPair {
                new: *a,
                vanished: *b,
                name: one.name_likeness(other),
                address: one.address_likeness(other),
            };
            let is_likely =
                pair.name >= MIN_NAME && pair.address >= MIN_ADDRESS && pair.score() >= MIN_SCORE;
            is_likely.then_some(pair)
        })
        .collect();
    pairs.sort_by(|a, b| {
        b.score()
            .total_cmp(&a.score())
            .then((a.new, a.vanished).cmp(&(b.new, b.vanished)))
    });
    let mut is_taken = (vec![false; new.len()], vec![false; vanished.len()]);
    pairs.retain(|pair| {
        let (Some(a), Some(b)) = (
            is_taken.0.get_mut(pair.new as usize),
            is_taken.1.get_mut(pair.vanished as usize),
        ) else {
            return false;
        };
        let is_free = !*a && !*b;
        (*a, *b) = (*a || is_free, *b || is_free);
        is_free
    });
    pairs.sort_by_key(|pair| pair.new);
    Ok(pairs)
}

/// A household as it is compared.
struct Known {
    name: String,
    address: ParsedAddress,
    place: String,
}

impl Known {
    fn of(view: &HouseholdView<'_>) -> Self {
        let address = ParsedAddress::parse(view.address);
        let place = address.places().next().unwrap_or_default();
        Self {
            name: plain_name(view.name).into_owned(),
            address,
            place,
        }
    }

    /// Households that have none of these in common are not compared.
    fn keys(&self) -> Vec<String> {
        let Self {
            name,
            address,
            place,
        } = self;
        if name.is_empty() || place.is_empty() {
            return Vec::new();
        }
        let mut keys = vec![format!("name|{name}|{place}")];
        if !address.number.is_empty() {
            keys.push(format!("number|{name}|{}", address.number));
        }
        if let Some(door) = address.door_key() {
            keys.push(format!("door|{door}"));
        }
        keys
    }

    fn name_likeness(&self, other: &Self) -> f64 {
        if self.name == other.name {
            return 1.0;
        }
        match near_name(&self.name, &other.name) {
            Some(NearName::Homophone) => 0.95,
            _ => strsim::jaro_winkler(&self.name, &other.name),
        }
    }

    fn address_likeness(&self, other: &Self) -> f64 {
        let (a, b) = (&self.address, &other.address);
        if !a.is_within_same(b) {
            return 0.0;
        }
        if a.is_same_door(b) {
            return 1.0;
        }
        let agree = |a: &str, b: &str| a == b || a.is_empty() || b.is_empty();
        let numbers = [
            (&a.number, &b.number),
            (&a.building, &b.building),
            (&a.unit, &b.unit),
            (&a.room, &b.room),
        ];
        if !numbers.iter().all(|(a, b)| agree(a, b)) {
            return 0.0;
        }
        if self.place != other.place {
            let is_same = numbers.iter().all(|(a, b)| a == b);
            let has_number = !a.number.is_empty();
            let is_slip = self.place.chars().count().min(other.place.chars().count()) >= 3
                && strsim::osa_distance(&self.place, &other.place) == 1;
            return if is_same && has_number && is_slip {
                0.85
            } else {
                0.0
            };
        }
        let is_known = |a: &str, b: &str| !a.is_empty() && a == b;
        if is_known(&a.number, &b.number) || is_known(&a.building, &b.building) {
            0.9
        } else {
            0.75
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Pair = (u32, u32, f64, f64);

    fn views(of: &[(&'static str, &'static str)]) -> Vec<HouseholdView<'static>> {
        let view = |(name, address): &(&'static str, &'static str)| HouseholdView { name, address };
        of.iter().map(view).collect()
    }

    fn pairs(
        new: &[(&'static str, &'static str)],
        vanished: &[(&'static str, &'static str)],
    ) -> Vec<Pair> {
        likely_same(&views(new), &views(vanished), &Progress::new())
            .unwrap()
            .into_iter()
            .map(|pair| (pair.new, pair.vanished, pair.name, pair.address))
            .collect()
    }

    #[test]
    fn the_same_household_under_another_number() {
        let new = [
            ("张一", "浒山街道南二环路128弄3幢2单元501室"),
            ("李 二（户主）", "卫东村三组25号"),
            ("王小明", "孙糖北路568号"),
            ("赵六", "上林坊社区5幢402"),
            ("吴玮", "中山路9号"),
            ("周九", "河东三间屋"),
        ];
        let vanished = [
            ("周九", "河东三间屋 "),
            ("吴伟", "中山路9号"),
            ("赵六", "上林坊小区5幢"),
            ("王小明", "孙塘北路568号"),
            ("李二", "卫东村"),
            ("张一", "南二环路128-3-501"),
        ];
        assert_eq!(
            pairs(&new, &vanished),
            [
                (0, 5, 1.0, 1.0),
                (1, 4, 1.0, 0.75),
                (2, 3, 1.0, 0.85),
                (3, 2, 1.0, 0.9),
                (4, 1, 0.95, 1.0),
                (5, 0, 1.0, 0.75),
            ]
        );
    }

    #[test]
    fn others_are_others() {
        for (new, vanished) in [
            (("张一", "卫东村25号"), ("张一", "卫东村26号")),
            (("张一", "卫东村三组25号"), ("张一", "卫东村四组25号")),
            (("张一", "卫东村25号"), ("张三", "卫东村25号")),
            (("张*", "卫东村25号"), ("张*", "卫东村25号")),
            (("张一", ""), ("张一", "")),
            (("张一", "慈溪市浒山街道"), ("张一", "慈溪市浒山街道")),
            (("", "卫东村25号"), ("", "卫东村25号")),
            (("张一", "古塘街道人民路1号"), ("张一", "浒山街道人民路1号")),
        ] {
            assert_eq!(pairs(&[new], &[vanished]), [], "{new:?} {vanished:?}");
        }
    }

    #[test]
    fn one_to_one_and_the_best_first() {
        let new = [("王小明", "卫东村25号"), ("王小朋", "卫东村25号")];
        let vanished = [("王小朋", "卫东村25号"), ("王小明", "卫东村")];
        assert_eq!(
            pairs(&new, &vanished),
            [(0, 1, 1.0, 0.75), (1, 0, 1.0, 1.0)]
        );
        let same = [("王小明", "卫东村25号"); 3];
        let found: Vec<_> = pairs(&same, &same[..2])
            .iter()
            .map(|pair| (pair.0, pair.1))
            .collect();
        assert_eq!(found, [(0, 0), (1, 1)]);
    }

    #[test]
    fn a_stopped_search_says_so() {
        let progress = Progress::new();
        progress.cancel();
        let one = views(&[("张一", "卫东村25号")]);
        assert_eq!(likely_same(&one, &one, &progress), Err(Cancelled));
        assert_eq!(likely_same(&[], &one, &Progress::new()), Ok(Vec::new()));
    }
}
