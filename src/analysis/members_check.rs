//! Counts of a household that its members contradict.

use crate::model::{Date, Household, HouseholdField, Person};

/// Who counts as elderly, and who no longer as a child, in years.
const ELDERLY_FROM: i16 = 60;
const ADULT_FROM: i16 = 18;

/// What a household's own row says of its members; `None` where it says nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StatedCounts {
    /// Number of members.
    pub members: Option<u16>,
    /// Members of 60 and older.
    pub elderly: Option<u16>,
    /// Members under 18.
    pub children: Option<u16>,
    /// Members with a disability.
    pub disabled: Option<u16>,
    /// Whether one person lives alone.
    pub living_alone: Option<bool>,
}

/// What a member's row says that counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MemberFacts {
    /// Day of birth.
    pub born: Option<Date>,
    /// Whether they have a disability; `None` where nobody says.
    pub is_disabled: Option<bool>,
}

/// A count that the members contradict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountContradiction {
    /// Which: [`HouseholdField::Members`], `Elderly`, `Children`, `Disabled` or `LivingAlone`.
    pub field: HouseholdField,
    /// What the household's row says. Living alone is 1: one member.
    pub stated: u32,
    /// How many the members' rows are at least …
    pub least: u32,
    /// … and at most, where some do not say; mostly the same.
    pub most: u32,
}

impl StatedCounts {
    /// What a household's row says.
    pub fn of(household: &Household) -> Self {
        Self {
            members: household.members,
            elderly: household.elderly,
            children: household.children,
            disabled: household.disabled,
            living_alone: household.living_alone,
        }
    }
}

impl MemberFacts {
    /// What a member's row says. A disability is known by its certificate, kind or level;
    /// `lists_disabilities` says that the file has a column for one, so that an empty cell is none.
    pub fn of(person: &Person, lists_disabilities: bool) -> Self {
        let has_one = !person.disability_certificate.is_empty()
            || person.disability_kind.is_some()
            || person.disability_level.is_some();
        Self {
            born: person.born,
            is_disabled: (has_one || lists_disabilities).then_some(has_one),
        }
    }
}

/// The counts of one household that its members contradict on a day, in the order of the ledger.
///
/// A person is as old as their last birthday on or before the day; who was born on 29 February has
/// it on 1 March in other years. A member without a day of birth, or of whom nobody says whether
/// they have a disability, can count either way: only what no answer could make right contradicts.
/// "Living alone" is contradicted by two members and more; one member alone contradicts nothing.
/// A household without listed members is not contradicted.
pub fn members_check(
    stated: &StatedCounts,
    members: &[MemberFacts],
    on: Date,
) -> Vec<CountContradiction> {
    if members.is_empty() {
        return Vec::new();
    }
    let counted = |yes: fn(i16) -> bool| {
        let known = members.iter().filter_map(|member| member.born);
        let least = known.filter(|born| yes(age(*born, on))).count();
        let unknown = members.iter().filter(|member| member.born.is_none());
        (least, least + unknown.count())
    };
    let disabled = |answer| {
        let members = members.iter();
        members
            .filter(|member| member.is_disabled == answer)
            .count()
    };
    let all = members.len();
    let with = disabled(Some(true));
    let alone = stated.living_alone.filter(|alone| *alone).map(|_| 1);
    [
        (HouseholdField::Members, stated.members, (all, all)),
        (
            HouseholdField::Elderly,
            stated.elderly,
            counted(|age| age >= ELDERLY_FROM),
        ),
        (
            HouseholdField::Children,
            stated.children,
            counted(|age| age < ADULT_FROM),
        ),
        (
            HouseholdField::Disabled,
            stated.disabled,
            (with, with + disabled(None)),
        ),
        (HouseholdField::LivingAlone, alone, (all, all)),
    ]
    .into_iter()
    .filter_map(|(field, stated, (least, most))| {
        let stated = u32::from(stated?);
        let (least, most) = (least as u32, most as u32);
        let contradicts = stated < least || stated > most;
        contradicts.then_some(CountContradiction {
            field,
            stated,
            least,
            most,
        })
    })
    .collect()
}

/// Full years; negative before the birth.
pub(super) fn age(born: Date, on: Date) -> i16 {
    let ((year, month, day), (now, now_month, now_day)) = (born.ymd(), on.ymd());
    let had_birthday = (now_month, now_day) >= (month, day);
    now - year - i16::from(!had_birthday)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn born(text: &str) -> MemberFacts {
        MemberFacts {
            born: Date::parse(text),
            is_disabled: None,
        }
    }

    fn contradictions(stated: StatedCounts, members: &[MemberFacts]) -> Vec<(&str, u32, u32, u32)> {
        members_check(&stated, members, day("2026-11-21"))
            .into_iter()
            .map(|it| (it.field.code(), it.stated, it.least, it.most))
            .collect()
    }

    #[test]
    fn only_what_no_answer_could_make_right_contradicts() {
        let stated = StatedCounts {
            members: Some(2),
            elderly: Some(0),
            children: Some(2),
            disabled: Some(0),
            living_alone: Some(true),
        };
        assert_eq!(contradictions(stated, &[]), []);
        // 60 today; 18 tomorrow; somebody of unknown age.
        let mut members = [born("1966-11-21"), born("2008-11-22"), born("")];
        assert_eq!(
            contradictions(stated, &members),
            [
                ("members", 2, 3, 3),
                ("elderly", 0, 1, 2),
                ("living_alone", 1, 3, 3),
            ]
        );
        members[0].is_disabled = Some(true);
        members[1].is_disabled = Some(false);
        let counts = contradictions(stated, &members);
        assert!(counts.contains(&("disabled", 0, 1, 2)));
        let stated = StatedCounts {
            disabled: Some(2),
            living_alone: Some(false),
            ..StatedCounts::default()
        };
        assert_eq!(contradictions(stated, &members), []);
    }

    #[test]
    fn birthdays() {
        let on = day("2026-02-28");
        assert_eq!(age(day("2008-02-28"), on), 18);
        assert_eq!(age(day("2008-02-29"), on), 17);
        assert_eq!(age(day("2008-02-29"), day("2026-03-01")), 18);
        assert_eq!(age(day("2027-01-01"), on), -1);
    }

    #[test]
    fn a_disability_is_known_by_any_of_its_columns() {
        let person = Person {
            disability_level: Some(2),
            ..Person::default()
        };
        assert_eq!(MemberFacts::of(&person, false).is_disabled, Some(true));
        let person = Person::default();
        assert_eq!(MemberFacts::of(&person, false).is_disabled, None);
        assert_eq!(MemberFacts::of(&person, true).is_disabled, Some(false));
    }
}
