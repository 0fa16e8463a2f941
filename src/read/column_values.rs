//! What the values of a column look like, whatever its header says.

use super::cell::{code_text, coordinate, count, folded, trimmed, yes_no};
use super::day::day_or_month;
use super::field::Field;
use super::row_typist::TermCodes;
use crate::datum::degrees;
use crate::model::{Catalogue, Certificate, CodeList, Date, IdNumber, is_phone};
use std::collections::BTreeSet;

/// Fewer values than this speak neither for nor against anything but ID numbers.
const LEAST_VALUES: usize = 5;

/// A column's values by what they could be.
#[derive(Debug, Clone, Default)]
pub(super) struct ColumnValues {
    /// Values that are not empty.
    pub(super) filled: usize,
    /// Distinct ones among them.
    pub(super) distinct: usize,
    /// Valid ID numbers of 18 characters.
    pub(super) id_numbers: usize,
    /// Valid numbers of disability certificates.
    pub(super) certificates: usize,
    /// Telephone numbers.
    pub(super) phones: usize,
    /// Days, or months.
    pub(super) days: usize,
    /// Numbers that could be a coordinate, degrees in any form or metres.
    pub(super) coordinates: usize,
    /// Longitudes of China with three decimals or more.
    pub(super) lons: usize,
    /// Latitudes of China with three decimals or more.
    pub(super) lats: usize,
    /// Eastings or northings of a survey in China, in metres.
    pub(super) metres: usize,
    /// Whole numbers that are not negative and small.
    pub(super) counts: usize,
    /// Yes or no.
    pub(super) yes_nos: usize,
    /// Lists of programmes of the catalogue.
    pub(super) programmes: usize,
    /// Lists of needs of the catalogue.
    pub(super) needs: usize,
    /// Long codes of digits that begin alike.
    pub(super) area_codes: usize,
    /// The numbers 1, 2, 3 … in their order.
    pub(super) is_serial: bool,
}

/// The names of the catalogue, to look values up in.
pub(super) struct CatalogueNames {
    programmes: TermCodes,
    needs: TermCodes,
}

impl CatalogueNames {
    pub(super) fn of(catalogue: &Catalogue) -> Self {
        Self {
            programmes: TermCodes::of(&catalogue.programmes),
            needs: TermCodes::of(&catalogue.needs),
        }
    }
}

impl ColumnValues {
    /// Looks at the values of a column, in file order.
    pub(super) fn of<'a>(values: impl Iterator<Item = &'a str>, names: &CatalogueNames) -> Self {
        let mut seen = Self::default();
        let mut distinct = BTreeSet::new();
        let mut prefix: Option<&str> = None;
        let mut before: Option<u64> = None;
        let mut in_order = true;
        // Any day is before this one: whether a birth date lies ahead is not asked here.
        let today = Date::from_ymd(9999, 12, 31).unwrap_or(Date::from_days(0));
        for value in values {
            let text = code_text(trimmed(value));
            if text.is_empty() {
                continue;
            }
            seen.filled += 1;
            distinct.insert(text);
            let number = text.parse::<u64>().ok();
            in_order &= match (before, number) {
                (_, None) => false,
                (None, Some(number)) => number <= 1,
                (Some(before), Some(number)) => before.checked_add(1) == Some(number),
            };
            before = number;
            let is_id = matches!(IdNumber::parse(text, today), Ok((_, None)));
            seen.id_numbers += usize::from(is_id);
            seen.certificates += usize::from(Certificate::parse(text, today).is_ok());
            seen.phones += usize::from(is_phone(&folded(text)));
            seen.days += usize::from(day_or_month(text).is_some());
            seen.counts += usize::from(count(text).is_some());
            seen.yes_nos += usize::from(yes_no(text).is_some());
            let all_in = |codes: &TermCodes| {
                let list = CodeList::split(text);
                !list.is_empty() && list.iter().all(|entry| codes.code_of(entry).is_some())
            };
            seen.programmes += usize::from(all_in(&names.programmes));
            seen.needs += usize::from(all_in(&names.needs));
            let is_long = text.len() >= 12 && text.bytes().all(|byte| byte.is_ascii_digit());
            if is_long && !is_id {
                let county = text.get(..6);
                prefix = prefix.or(county);
                seen.area_codes += usize::from(county == prefix);
            }
            seen.weigh_coordinate(text);
        }
        seen.distinct = distinct.len();
        seen.is_serial = in_order && seen.filled > 1;
        seen
    }

    fn weigh_coordinate(&mut self, text: &str) {
        let Some(value) = coordinate(text) else {
            self.coordinates += usize::from(degrees(text).is_some());
            return;
        };
        self.coordinates += 1;
        let decimals = text
            .split_once('.')
            .map_or(0, |(_, decimals)| decimals.len());
        if decimals >= 3 {
            self.lons += usize::from((73.0..=136.0).contains(&value));
            self.lats += usize::from((3.0..=54.0).contains(&value));
        }
        // Eastings about the central meridian, with or without the zone before them, and northings.
        let is_easting = (200_000.0..=800_000.0).contains(&(value % 1_000_000.0));
        let has_zone = (13_000_000.0..46_000_000.0).contains(&value);
        let is_metres = is_easting && (value < 1_000_000.0 || has_zone)
            || (1_500_000.0..6_000_000.0).contains(&value);
        self.metres += usize::from(is_metres);
    }

    /// How many of a hundred values so many are.
    pub(super) fn percent(&self, count: usize) -> u8 {
        (count * 100).checked_div(self.filled).unwrap_or(0) as u8
    }

    /// Whether nearly all values are ID numbers. Two are enough: no other number has their checksum.
    pub(super) fn are_id_numbers(&self) -> bool {
        self.filled >= 2 && self.percent(self.id_numbers) >= 80
    }

    /// Whether most values, and not only a few, are so.
    pub(super) fn are_mostly(&self, count: usize) -> bool {
        self.filled >= 3 && self.percent(count) >= 80
    }

    /// Whether none of the values can be what a field holds.
    pub(super) fn contradict(&self, field: Field) -> bool {
        let fitting = match field {
            Field::Lon | Field::Lat => self.coordinates,
            Field::Members | Field::Elderly | Field::Children | Field::Disabled => self.counts,
            Field::LastVisit
            | Field::Born
            | Field::Start
            | Field::End
            | Field::ReviewedOn
            | Field::RaisedOn
            | Field::ClosedOn
            | Field::PlannedOn
            | Field::DoneOn
            | Field::NextDue => self.days,
            Field::LivingAlone => self.yes_nos,
            _ => return false,
        };
        self.filled >= LEAST_VALUES && fitting == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::catalogue::catalogue;

    fn values(values: &[&str]) -> ColumnValues {
        ColumnValues::of(values.iter().copied(), &CatalogueNames::of(catalogue()))
    }

    #[test]
    fn values_are_known_by_their_looks() {
        let ids = values(&[
            "34052419800101001X",
            "'34052419800101001x",
            "",
            "370101190102039973",
        ]);
        assert!(ids.are_id_numbers());
        assert_eq!((ids.filled, ids.distinct), (3, 3));
        assert!(values(&["1", "2", "3"]).is_serial && !values(&["1", "3"]).is_serial);
        let lons = values(&["121.2665", "121.2701", "E121.3"]);
        assert_eq!((lons.lons, lons.lats, lons.coordinates), (2, 0, 3));
        let metres = values(&["40621234.5", "621234.5", "3339012.1", "63001234"]);
        assert_eq!(metres.metres, 3);
        let grids = values(&["330282001001015", "330282001002001", "330283001002001"]);
        assert_eq!(grids.area_codes, 2);
        let terms = values(&["低保、医疗救助", "高龄津贴", "其他的"]);
        assert_eq!((terms.programmes, terms.needs), (2, 0));
        assert_eq!(values(&[]).percent(0), 0);
    }

    #[test]
    fn names_in_a_column_of_coordinates_contradict_it() {
        let names = values(&["示范甲", "示范乙", "示范丙", "示范丁", "示范戊"]);
        assert!(names.contradict(Field::Lon) && names.contradict(Field::Elderly));
        assert!(!names.contradict(Field::Notes));
        assert!(!values(&["示范甲", "示范乙"]).contradict(Field::Lon));
        let mixed = values(&["a", "b", "c", "d", "121°16′30″"]);
        assert!(!mixed.contradict(Field::Lon));
    }
}
