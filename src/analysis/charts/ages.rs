//! The age pyramid of those of concern: members by five-year band and sex.

use crate::analysis::coverage::of_concern;
use crate::analysis::members_check::age;
use crate::base::{Cancelled, Progress};
use crate::model::Date;
use crate::query::{Choice, RowSet};
use crate::snapshot::{Snapshot, Unknown};

/// Bands of five years; the last is 100 and older.
pub const AGE_BANDS: usize = 21;

/// Members of one band.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AgeBand {
    /// Male.
    pub male: u32,
    /// Female.
    pub female: u32,
    /// Of whom nobody wrote the sex down.
    pub unknown: u32,
}

impl AgeBand {
    /// All of them.
    pub fn all(&self) -> u32 {
        self.male + self.female + self.unknown
    }
}

/// The members of the households of concern.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AgePyramid {
    /// 0 to 4, 5 to 9, …, 95 to 99, 100 and older; [`AGE_BANDS`] of them.
    pub bands: Vec<AgeBand>,
    /// Members without a day of birth.
    pub unknown_age: AgeBand,
    /// Members who were born after the day; counted nowhere else.
    pub not_born: u32,
    /// Households of concern.
    pub households: u32,
    /// Households of concern of which no member is listed.
    pub without_members: u32,
}

impl AgePyramid {
    /// All members that were born by the day.
    pub fn members(&self) -> u32 {
        self.bands.iter().map(AgeBand::all).sum::<u32>() + self.unknown_age.all()
    }

    /// Members of whom the age is known and the sex is not.
    pub fn unknown_sex(&self) -> u32 {
        self.bands.iter().map(|band| band.unknown).sum()
    }
}

/// The band of a day of birth; `None` for somebody who is not born yet.
pub fn age_band(born: Date, on: Date) -> Option<usize> {
    let years = usize::try_from(age(born, on)).ok()?;
    Some((years / 5).min(AGE_BANDS - 1))
}

/// How one member counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AgeOf {
    Band(usize),
    Unknown,
    NotBorn,
}

/// The age of the member at a place, and the number of the sex (1 male, 2 female, 0 not known).
pub(super) fn member(town: &Snapshot, place: usize, on: Date) -> (AgeOf, u8) {
    let people = &town.people;
    let sex = people.sex.get(place).copied().unwrap_or(0);
    let born = people.born.get(place).copied().unwrap_or(Unknown::DAY);
    if born == Unknown::DAY {
        return (AgeOf::Unknown, sex);
    }
    let band = age_band(Date::from_days(born), on);
    (band.map_or(AgeOf::NotBorn, AgeOf::Band), sex)
}

/// Counts the members of the households of concern among some rows, by age and sex on a day.
///
/// Ages are full years; who was born on 29 February has the birthday on 1 March in other years.
/// Members are those of the table of members; a household without any is counted apart. O(members);
/// ticks once a household.
///
/// # Errors
/// [`Cancelled`] where the progress says so.
///
/// Limits: all members of a household of concern count, not only the one whom a need is about.
pub fn age_pyramid(
    town: &Snapshot,
    rows: &RowSet,
    choice: Choice,
    as_of: Date,
    progress: &Progress,
) -> Result<AgePyramid, Cancelled> {
    let mut pyramid = AgePyramid {
        bands: vec![AgeBand::default(); AGE_BANDS],
        ..AgePyramid::default()
    };
    for row in rows.iter() {
        progress.tick(1)?;
        if !of_concern(town, row, choice) {
            continue;
        }
        pyramid.households += 1;
        let listed = town.people.of(row);
        pyramid.without_members += u32::from(listed.is_empty());
        for place in listed {
            let (age, sex) = member(town, place, as_of);
            let band = match age {
                AgeOf::Band(band) => pyramid.bands.get_mut(band),
                AgeOf::Unknown => Some(&mut pyramid.unknown_age),
                AgeOf::NotBorn => {
                    pyramid.not_born += 1;
                    None
                }
            };
            let Some(band) = band else { continue };
            match sex {
                1 => band.male += 1,
                2 => band.female += 1,
                _ => band.unknown += 1,
            }
        }
    }
    Ok(pyramid)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::eligibility::samples::{catalogue, town};
    use crate::model::{CodeList, Household, Person, Sex};

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn bands_turn_on_the_birthday_and_end_with_the_very_old() {
        let on = day("2026-11-21");
        let band = |born: &str| age_band(day(born), on);
        assert_eq!(band("2026-11-21"), Some(0));
        assert_eq!(band("2026-11-22"), None);
        assert_eq!(band("2021-11-22"), Some(0));
        assert_eq!(band("2021-11-21"), Some(1));
        assert_eq!(band("1926-11-22"), Some(19));
        assert_eq!(band("1926-11-21"), Some(20));
        assert_eq!(band("1900-01-01"), Some(20));
    }

    #[test]
    fn what_is_not_known_is_counted_and_told() {
        let member = |born: &str, sex: Option<Sex>| Person {
            born: Date::parse(born),
            sex,
            ..Person::default()
        };
        let home = |programmes: &str| Household {
            programmes: CodeList::split(programmes),
            ..Household::default()
        };
        let homes = [
            (
                home("dibao"),
                vec![
                    member("1946-01-01", Some(Sex::Female)),
                    member("1944-01-01", Some(Sex::Male)),
                    member("2020-01-01", None),
                    member("", Some(Sex::Male)),
                    member("2027-01-01", Some(Sex::Male)),
                ],
            ),
            (home("dibao"), Vec::new()),
            // Of no concern.
            (home(""), vec![member("1950-01-01", Some(Sex::Male))]),
        ];
        let town = town(catalogue(["", "", ""]), &homes, &[]);
        let rows = RowSet::all(3);
        let on = day("2026-11-21");
        let found = age_pyramid(&town, &rows, Choice::default(), on, &Progress::new()).unwrap();
        assert_eq!((found.bands[16].female, found.bands[16].male), (1, 1));
        assert_eq!((found.bands[1].unknown, found.unknown_sex()), (1, 1));
        assert_eq!((found.unknown_age.male, found.not_born), (1, 1));
        assert_eq!((found.households, found.without_members), (2, 1));
        assert_eq!(found.members(), 4);
    }
}
