//! What the snapshot knows of members: of those listed, and of those whom no table names.

use super::facts::{FlagFact, KindFact, NumberFact};
use super::known::{ADULT_FROM, ELDERLY_FROM, Known, OLDEST};
use super::tags::{NO_SUPPORT, SUPPORT, has_one, said};
use super::verdict::{Range, Verdict};
use crate::model::Vocabulary;
use crate::snapshot::{People, Unknown};

/// A member, or the members of a household of whom no table tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Member {
    /// The member of this place.
    Listed(u32),
    /// Any member of the household of this row, which has no listed ones.
    Unlisted(u32),
}

impl<'a> Known<'a> {
    /// A number of a member.
    #[inline]
    pub(super) fn of_member(&self, fact: NumberFact, member: Member) -> Range {
        match (fact, member) {
            (NumberFact::Age, Member::Listed(person)) => self.age(person as usize),
            (NumberFact::Age, Member::Unlisted(row)) => self.age_of_unlisted(row),
            (NumberFact::DisabilityLevel, Member::Listed(person)) => {
                let at = person as usize;
                let people = &self.town.people;
                match (
                    people.disability_level.get(at).copied().unwrap_or(0),
                    self.has_disability(at),
                ) {
                    (level @ 1.., _) => Range::exactly(f64::from(level)),
                    (_, Verdict::No) => Range::NONE,
                    // Levels go from 1 to 4, but there may be none at all.
                    (_, Verdict::Yes | Verdict::Unknown) => Range::UNKNOWN,
                }
            }
            (NumberFact::DisabilityLevel, Member::Unlisted(row)) => {
                if self.unlisted_disability(row) == Verdict::No {
                    Range::NONE
                } else {
                    Range::UNKNOWN
                }
            }
            (NumberFact::OwnIncome, Member::Listed(person)) => Range::of(
                self.town
                    .people
                    .monthly_income
                    .get(person as usize)
                    .copied(),
            ),
            (NumberFact::OwnIncome, Member::Unlisted(_)) => Range::UNKNOWN,
            (other, Member::Listed(person)) => self.of_household(other, self.row_of(person)),
            (other, Member::Unlisted(row)) => self.of_household(other, row),
        }
    }

    fn row_of(&self, person: u32) -> u32 {
        let rows = &self.town.people.household;
        rows.get(person as usize).copied().unwrap_or(u32::MAX)
    }

    /// Whole years. Who is not born yet has no age.
    #[inline]
    pub(super) fn age(&self, person: usize) -> Range {
        let born = self.town.people.born.get(person).copied();
        let Some(born) = born.filter(|born| *born != Unknown::DAY) else {
            return Range::at_least(0.0);
        };
        let days = self.rules.as_of.days().saturating_sub(born);
        if days < 0 {
            return Range::NONE;
        }
        let mut age = ((f64::from(days) / 365.2425) as usize).min(OLDEST - 1);
        while age + 1 < OLDEST && self.born_by.get(age + 1).is_some_and(|by| born <= *by) {
            age += 1;
        }
        while age > 0 && self.born_by.get(age).is_some_and(|by| born > *by) {
            age -= 1;
        }
        Range::exactly(age as f64)
    }

    /// What the ledger's counts say of the age of each member.
    pub(super) fn age_of_unlisted(&self, row: u32) -> Range {
        let households = &self.town.households;
        let members = self.members_of_ledger(row);
        let stated = |column: &[i32]| {
            column
                .get(row as usize)
                .copied()
                .filter(|count| *count >= 0)
        };
        let everybody = |count: Option<i32>| count.is_some() && count == members;
        let elderly = stated(&households.elderly);
        let children = stated(&households.children);
        let lo = if everybody(elderly) {
            ELDERLY_FROM
        } else if children == Some(0) {
            ADULT_FROM
        } else {
            0.0
        };
        let hi = if everybody(children) {
            ADULT_FROM - 1.0
        } else if elderly == Some(0) {
            ELDERLY_FROM - 1.0
        } else {
            f64::INFINITY
        };
        // Counts that contradict each other say nothing.
        if lo > hi {
            return Range::at_least(0.0);
        }
        Range { lo, hi }
    }

    /// Members by the ledger alone; one where somebody lives alone.
    fn members_of_ledger(&self, row: u32) -> Option<i32> {
        let households = &self.town.households;
        let at = row as usize;
        let stated = households.members.get(at).copied();
        stated
            .filter(|count| *count > 0)
            .or_else(|| (households.living_alone.get(at) == Some(&1)).then_some(1))
    }

    /// How many unlisted members there can be.
    pub(super) fn unlisted_count(&self, row: u32) -> Range {
        match self.members_of_ledger(row) {
            Some(count) => Range::exactly(f64::from(count)),
            None => Range::at_least(1.0),
        }
    }

    pub(super) fn unlisted_disability(&self, row: u32) -> Verdict {
        let stated = self.town.households.disabled.get(row as usize).copied();
        match stated.filter(|count| *count >= 0) {
            Some(0) => Verdict::No,
            Some(count) if Some(count) == self.members_of_ledger(row) => Verdict::Yes,
            _ => Verdict::Unknown,
        }
    }

    pub(super) fn has_disability(&self, person: usize) -> Verdict {
        match self.town.people.disability.get(person) {
            Some(&People::NO_DISABILITY) => Verdict::No,
            Some(1..) => Verdict::Yes,
            // Nobody listed has one by the ledger.
            _ => {
                let row = self.row_of(person as u32) as usize;
                match self.town.households.disabled.get(row) {
                    Some(0) => Verdict::No,
                    _ => Verdict::Unknown,
                }
            }
        }
    }

    /// A yes or no of a member.
    #[inline]
    pub(super) fn flag_of_member(&self, fact: FlagFact, member: Member) -> Verdict {
        match (fact, member) {
            (FlagFact::HasDisability, Member::Listed(person)) => {
                self.has_disability(person as usize)
            }
            (FlagFact::HasDisability, Member::Unlisted(row)) => self.unlisted_disability(row),
            (FlagFact::NoSupport, member) => said(&self.tags(member), &NO_SUPPORT, &SUPPORT),
            (other, Member::Listed(person)) => self.flag_of_household(other, self.row_of(person)),
            (other, Member::Unlisted(row)) => self.flag_of_household(other, row),
        }
    }

    /// Whether a member is of one of some kinds; bit n of the mask is kind n.
    #[inline]
    pub(super) fn kind(&self, fact: KindFact, mask: u32, member: Member) -> Verdict {
        let disability = Vocabulary::DISABILITY.words().len() as u32;
        let number = match member {
            Member::Listed(person) => self.kind_number(fact, person),
            // Nobody in the household has a disability.
            Member::Unlisted(row)
                if fact == KindFact::Disability && self.unlisted_disability(row) == Verdict::No =>
            {
                People::NO_DISABILITY
            }
            Member::Unlisted(row)
                if fact == KindFact::Disability
                    && self.unlisted_disability(row) == Verdict::Yes =>
            {
                People::SOME_DISABILITY
            }
            Member::Unlisted(_) => 0,
        };
        match number {
            0 => Verdict::Unknown,
            // Some kind of disability, nobody says which: it is none of those that are "none".
            People::SOME_DISABILITY if fact == KindFact::Disability => {
                let kinds = (1 << disability) - 2;
                let asked = mask & kinds;
                Verdict::of(asked == kinds, asked != 0)
            }
            number => Verdict::of_flag(Some(mask >> number & 1 == 1)),
        }
    }

    /// The number of a listed member's kind; 0 where not known.
    pub(super) fn kind_number(&self, fact: KindFact, person: u32) -> u8 {
        let people = &self.town.people;
        let column = match fact {
            KindFact::Sex => &people.sex,
            KindFact::Disability => &people.disability,
            KindFact::SelfCare => &people.self_care,
            KindFact::Health => &people.health,
            KindFact::Work => &people.work,
            KindFact::Schooling => &people.schooling,
            KindFact::Relation => &people.relation,
        };
        let number = column.get(person as usize).copied().unwrap_or(0);
        if fact == KindFact::Disability
            && number == 0
            && self.has_disability(person as usize) == Verdict::No
        {
            return People::NO_DISABILITY;
        }
        number
    }

    /// The tags of a member and of their household.
    fn tags(&self, member: Member) -> [&'a str; 2] {
        let tags = &self.town.households.tags;
        match member {
            Member::Listed(person) => [
                tags.get(self.row_of(person)),
                self.town.people.tags.get(person),
            ],
            Member::Unlisted(row) => [tags.get(row), ""],
        }
    }

    /// Tags of members that nobody has listed are not known.
    pub(super) fn member_has_tag(&self, member: Member, wanted: &[String]) -> Verdict {
        let found = self.tags(member).iter().any(|tags| has_one(tags, wanted));
        match member {
            Member::Unlisted(_) if !found => Verdict::Unknown,
            _ => Verdict::of_flag(Some(found)),
        }
    }

    /// Whether a member receives a programme for persons: by a receipt in their name, or by one of
    /// the household's of which nobody says for whom.
    #[inline]
    pub(super) fn member_receives(&self, member: Member, place: u8) -> Verdict {
        match member {
            Member::Unlisted(row) => self.household_receives(row, place),
            Member::Listed(person) => {
                let row = self.row_of(person) as usize;
                let all =
                    self.receiving.own(person as usize) | self.receiving.unnamed(self.day, row);
                Verdict::of_flag(Some(all >> (place & 63) & 1 == 1))
            }
        }
    }
}
