//! The columns of the members.

use super::offsets::Order;
use super::{Offsets, TextColumn, Unknown};
use crate::model::{Certificate, Date, IdNumber, Person, Sex, Vocabulary, is_masked_number};
use std::collections::HashMap;
use std::ops::Range;

/// One value a member in every column, sorted by household, within one as they came. Kinds are
/// numbers of [`Vocabulary`], 0 where nothing is known.
#[derive(Debug, Clone, Default)]
pub struct People {
    pub(super) offsets: Offsets,
    /// Row of the household.
    pub household: Vec<u32>,
    /// The office's own number of the member.
    pub id: TextColumn,
    /// Name.
    pub name: TextColumn,
    /// Resident ID number.
    pub id_number: TextColumn,
    /// Day of birth in days since 1970-01-01, or [`Unknown::DAY`].
    pub born: Vec<i32>,
    /// [`Vocabulary::SEX`].
    pub sex: Vec<u8>,
    /// [`Vocabulary::DISABILITY`], or [`People::SOME_DISABILITY`].
    pub disability: Vec<u8>,
    /// Level of disability, 1 to 4; 0 where not known or there is none.
    pub disability_level: Vec<u8>,
    /// Last day of the disability certificate in days since 1970-01-01, or [`Unknown::DAY`].
    pub certificate_until: Vec<i32>,
    /// [`Vocabulary::SELF_CARE`].
    pub self_care: Vec<u8>,
    /// [`Vocabulary::HEALTH`].
    pub health: Vec<u8>,
    /// [`Vocabulary::WORK`].
    pub work: Vec<u8>,
    /// [`Vocabulary::SCHOOLING`].
    pub schooling: Vec<u8>,
    /// [`Vocabulary::RELATION`].
    pub relation: Vec<u8>,
    /// Own income in yuan a month; NaN where not known.
    pub monthly_income: Vec<f64>,
    /// Tags, `;` between them.
    pub tags: TextColumn,
}

impl People {
    /// In columns that name a member: the row is about the household.
    pub const NONE: u32 = u32::MAX;
    /// In columns that name a member: somebody who is not among the members.
    pub const STRANGER: u32 = u32::MAX - 1;
    /// Number of "no disability" in [`People::disability`].
    pub const NO_DISABILITY: u8 = 8;
    /// Number of "a disability of a kind that nobody says" in [`People::disability`].
    pub const SOME_DISABILITY: u8 = 9;

    /// Number of members.
    pub fn len(&self) -> usize {
        self.born.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.born.is_empty()
    }

    /// The places of a household's members.
    pub fn of(&self, household: u32) -> Range<usize> {
        self.offsets.of(household)
    }

    /// The places of the members of neighbouring households.
    pub fn of_all(&self, households: Range<usize>) -> Range<usize> {
        self.offsets.of_all(households)
    }

    /// The day of birth.
    pub fn born(&self, person: usize) -> Option<Date> {
        let day = self.born.get(person).copied();
        day.filter(|day| *day != Unknown::DAY).map(Date::from_days)
    }

    /// The last day of the disability certificate.
    pub fn certificate_until(&self, person: usize) -> Option<Date> {
        let day = self.certificate_until.get(person).copied();
        day.filter(|day| *day != Unknown::DAY).map(Date::from_days)
    }

    /// [`People::named`] of every row of another table, with the households of the rows.
    pub(super) fn all_named(&self, households: &[u32], texts: &TextColumn) -> Vec<u32> {
        let rows = households.iter().zip(0..);
        rows.map(|(household, at)| self.named(*household, texts.get(at)))
            .collect()
    }

    /// The member of a household whom another table names by id, ID number or name; a member
    /// without an ID number by the birth and sex that the number says. [`People::NONE`] for an
    /// empty text, and for a masked one that could be several;
    /// [`People::STRANGER`] for somebody who is not listed.
    pub(super) fn named(&self, household: u32, text: &str) -> u32 {
        let text = text.trim();
        if text.is_empty() {
            return Self::NONE;
        }
        let same = |a: &str| a.eq_ignore_ascii_case(text);
        let of = self.of(household);
        let only = |column: &TextColumn, is_it: &dyn Fn(&str) -> bool| {
            let mut found = of.clone().filter(|at| is_it(column.get(*at as u32)));
            let first = found.next()?;
            // Two of one name: nobody can say which is meant.
            Some(found.next().map_or(first as u32, |_| Self::NONE))
        };
        for column in [&self.id, &self.id_number, &self.name] {
            if let Some(found) = only(column, &same) {
                return found;
            }
        }
        if !text.contains(['*', '＊']) {
            return self.born_as(of, text);
        }
        let hides = |other: &str| is_mask_of(text, other);
        only(&self.id_number, &hides)
            .or_else(|| only(&self.name, &hides))
            .unwrap_or(Self::STRANGER)
    }

    /// The one of some members without an ID number who was born on the day that one says, and is
    /// of its sex. [`People::NONE`] where there are several, such as twins.
    fn born_as(&self, of: Range<usize>, id_number: &str) -> u32 {
        // Only its form is asked: no ID number is from after the year 9999.
        let day = Date::from_ymd(9999, 12, 31).unwrap_or(Date::from_days(0));
        let Ok((number, _)) = IdNumber::parse(id_number, day) else {
            return Self::STRANGER;
        };
        let Some(born) = number.born() else {
            return Self::STRANGER;
        };
        let sex = number.sex().map(Sex::code);
        let sex = sex.and_then(|code| Vocabulary::SEX.number_called(code));
        let mut found = of.filter(|at| {
            let known = self.sex.get(*at).copied().filter(|known| *known != 0);
            self.id_number.get(*at as u32).is_empty()
                && self.born.get(*at) == Some(&born.days())
                && (known.is_none() || sex.is_none() || known == sex)
        });
        match (found.next(), found.next()) {
            (Some(only), None) => only as u32,
            (Some(_), Some(_)) => Self::NONE,
            (None, _) => Self::STRANGER,
        }
    }
}

/// Whether a text with stars could stand for another.
fn is_mask_of(masked: &str, other: &str) -> bool {
    masked.chars().count() == other.chars().count()
        && masked
            .chars()
            .zip(other.chars())
            .all(|(mask, char)| matches!(mask, '*' | '＊') || mask == char)
}

/// What a member's row says of a disability: a number of [`People::disability`].
fn disability(person: &Person) -> u8 {
    let certificate = person.disability_certificate.trim();
    match person.disability_kind {
        Some(kind) => kind.number(),
        None if person.disability_level.is_some() => People::SOME_DISABILITY,
        None if certificate.is_empty() => 0,
        None => {
            let says_none = ["无", "否", "没有", "无残疾", "-", "/", "no", "none"];
            let says_some = ["有", "是", "yes"];
            // Only its form is asked: no certificate is from after the year 9999.
            let day = Date::from_ymd(9999, 12, 31).unwrap_or(Date::from_days(0));
            if says_none.contains(&certificate.to_lowercase().as_str()) {
                People::NO_DISABILITY
            } else if says_some.contains(&certificate.to_lowercase().as_str())
                || is_masked_number(certificate)
                || Certificate::parse(certificate, day).is_ok()
            {
                People::SOME_DISABILITY
            } else {
                0
            }
        }
    }
}

/// Members as they come, before anybody knows the rows of their households.
#[derive(Debug, Default)]
pub(super) struct PeopleRows {
    owners: Vec<i64>,
    columns: People,
}

impl PeopleRows {
    pub(super) fn is_empty(&self) -> bool {
        self.owners.is_empty()
    }

    pub(super) fn push(&mut self, household: i64, person: &Person) {
        self.owners.push(household);
        let to = &mut self.columns;
        to.id.push(&person.id);
        to.name.push(&person.name);
        to.id_number.push(&person.id_number);
        to.born.push(person.born.map_or(Unknown::DAY, Date::days));
        to.sex.push(
            person
                .sex
                .and_then(|sex| Vocabulary::SEX.number_called(sex.code()))
                .unwrap_or(0),
        );
        to.disability.push(disability(person));
        to.disability_level
            .push(person.disability_level.unwrap_or(0));
        to.certificate_until
            .push(person.certificate_until.map_or(Unknown::DAY, Date::days));
        to.self_care
            .push(Vocabulary::SELF_CARE.number_in(&person.self_care));
        to.health.push(Vocabulary::HEALTH.number_in(&person.health));
        to.work.push(Vocabulary::WORK.number_in(&person.work));
        to.schooling
            .push(Vocabulary::SCHOOLING.number_in(&person.schooling));
        to.relation
            .push(Vocabulary::RELATION.number_in(&person.relation));
        to.monthly_income
            .push(person.monthly_income.unwrap_or(f64::NAN));
        to.tags.push(person.tags.as_str());
    }

    /// The columns by household. Where some member has a disability, the files have a column for
    /// it, and an empty cell says that there is none; where nobody has, nothing is known.
    pub(super) fn placed(self, rows: &HashMap<i64, u32>, households: usize) -> People {
        let order = Order::new(&self.owners, rows, households);
        let from = self.columns;
        let mut disability = order.pick(&from.disability);
        let is_some = |number: &u8| *number != 0 && *number != People::NO_DISABILITY;
        if disability.iter().any(is_some) {
            for number in disability.iter_mut().filter(|number| **number == 0) {
                *number = People::NO_DISABILITY;
            }
        }
        People {
            id: order.pick_text(&from.id),
            name: order.pick_text(&from.name),
            id_number: order.pick_text(&from.id_number),
            born: order.pick(&from.born),
            sex: order.pick(&from.sex),
            disability,
            disability_level: order.pick(&from.disability_level),
            certificate_until: order.pick(&from.certificate_until),
            self_care: order.pick(&from.self_care),
            health: order.pick(&from.health),
            work: order.pick(&from.work),
            schooling: order.pick(&from.schooling),
            relation: order.pick(&from.relation),
            monthly_income: order.pick(&from.monthly_income),
            tags: order.pick_text(&from.tags),
            household: order.household,
            offsets: order.offsets,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DisabilityKind, Sex};

    fn person(name: &str) -> Person {
        Person {
            name: name.to_owned(),
            ..Person::default()
        }
    }

    fn placed(people: &[(i64, Person)]) -> People {
        let mut rows = PeopleRows::default();
        for (household, person) in people {
            rows.push(*household, person);
        }
        rows.placed(&HashMap::from([(10, 0), (20, 1)]), 2)
    }

    #[test]
    fn an_empty_cell_is_no_disability_where_others_have_one() {
        let blind = Person {
            disability_kind: Some(DisabilityKind::Sight),
            sex: Some(Sex::Female),
            self_care: "半自理".to_owned(),
            ..person("甲")
        };
        let people = placed(&[(20, person("乙")), (10, blind.clone())]);
        assert_eq!(people.disability, [1, People::NO_DISABILITY]);
        assert_eq!(
            (&people.sex[..], &people.self_care[..]),
            (&[2, 0][..], &[2, 0][..])
        );
        assert_eq!(placed(&[(20, person("乙"))]).disability, [0]);
        let says_no = Person {
            disability_certificate: "无".to_owned(),
            ..person("丙")
        };
        let people = placed(&[(20, says_no), (20, person("乙"))]);
        assert_eq!(people.disability, [People::NO_DISABILITY, 0]);
        let certified = Person {
            disability_certificate: "00000019540307002311".to_owned(),
            ..person("丁")
        };
        assert_eq!(
            placed(&[(10, certified)]).disability,
            [People::SOME_DISABILITY]
        );
        let level = Person {
            disability_level: Some(2),
            ..person("戊")
        };
        assert_eq!(placed(&[(10, level)]).disability, [People::SOME_DISABILITY]);
    }

    #[test]
    fn a_member_without_an_id_number_is_known_by_the_birth_that_it_says() {
        let born = |name: &str, text: &str, sex| Person {
            born: Date::parse(text),
            sex,
            ..person(name)
        };
        let numbered = Person {
            id_number: "000000195403070023".to_owned(),
            ..born("示范丁", "1954-03-07", Some(Sex::Female))
        };
        let people = placed(&[
            (10, born("示范甲", "1980-01-01", None)),
            (10, born("示范乙", "1954-03-07", Some(Sex::Male))),
            (20, born("示范丙", "1954-03-07", None)),
            (20, numbered),
            (20, born("示例甲", "1980-01-01", Some(Sex::Male))),
            (20, born("示例乙", "1980-01-01", Some(Sex::Male))),
        ]);
        let (man_of_80, woman_of_54) = ("000000198001010013", "00000019540307004X");
        assert_eq!(people.named(0, man_of_80), 0);
        // The number says a woman, and the member is a man.
        assert_eq!(people.named(0, woman_of_54), People::STRANGER);
        // Who has a number of their own is nobody else.
        assert_eq!(people.named(1, woman_of_54), 2);
        // Twins: it is received, and nobody can say by whom of them.
        assert_eq!(people.named(1, man_of_80), People::NONE);
        // No number at all, and one with a wrong last character.
        assert_eq!(people.named(0, "19800101"), People::STRANGER);
        assert_eq!(people.named(0, "000000198001010014"), People::STRANGER);
    }

    #[test]
    fn members_are_found_by_what_other_tables_call_them() {
        let mut first = person("示范甲");
        first.id = "01".to_owned();
        first.id_number = "00000019540307002X".to_owned();
        let people = placed(&[
            (10, first),
            (10, person("示范乙")),
            (10, person("示例丙")),
            (10, person("示例丙")),
        ]);
        let named = |text| people.named(0, text);
        assert_eq!(named("01"), 0);
        assert_eq!(named("00000019540307002x"), 0);
        assert_eq!(named("示范乙"), 1);
        assert_eq!(named("示例丙"), People::NONE);
        assert_eq!(named(""), People::NONE);
        assert_eq!(named("0000****02X"), People::STRANGER);
        assert_eq!(named("0000**********002X"), 0);
        assert_eq!(named("示范*"), People::NONE);
        assert_eq!(named("别人"), People::STRANGER);
        assert_eq!(people.named(1, "示范甲"), People::STRANGER);
    }
}
