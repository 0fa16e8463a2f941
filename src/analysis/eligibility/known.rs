//! What the snapshot knows of each fact, household by household and member by member.

use super::clause::AreaPattern;
use super::compile::RuleSet;
use super::facts::{FlagFact, KindFact, NumberFact};
use super::receiving::Receiving;
use super::verdict::{Range, Verdict};
use crate::model::{Date, Vocabulary};
use crate::snapshot::{People, Snapshot, Unknown};

/// A member, or the members of a household of whom no table tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Member {
    /// The member of this place.
    Listed(u32),
    /// Any member of the household of this row, which has no listed ones.
    Unlisted(u32),
}

const ELDERLY_FROM: f64 = 60.0;
const ADULT_FROM: f64 = 18.0;
/// Nobody is older.
const OLDEST: usize = 160;

const OVER_LIMIT: [&str; 7] = [
    "财产超标",
    "资产超标",
    "财产不符合",
    "资产不符合",
    "财产超限",
    "家庭财产超标",
    "assets_over",
];
const TO_CHECK: [&str; 5] = [
    "财产待核",
    "资产待核",
    "财产未核",
    "资产未核",
    "assets_unknown",
];
const HARD_COSTS: [&str; 9] = [
    "刚性支出大",
    "刚性支出困难",
    "支出型困难",
    "因病致困",
    "因病致贫",
    "因学致困",
    "因学致贫",
    "大病支出",
    "hard_costs",
];
const NO_HARD_COSTS: [&str; 2] = ["无刚性支出", "no_hard_costs"];
const NO_SUPPORT: [&str; 8] = [
    "无人赡养",
    "无赡养人",
    "无法定义务人",
    "三无",
    "三无人员",
    "孤寡",
    "孤寡老人",
    "no_support",
];
const SUPPORT: [&str; 5] = [
    "有赡养人",
    "有人赡养",
    "有法定义务人",
    "子女赡养",
    "has_support",
];

/// The snapshot as rules ask it, on one day.
pub(super) struct Known<'a> {
    pub(super) town: &'a Snapshot,
    pub(super) rules: &'a RuleSet,
    receiving: &'a Receiving,
    /// Who was born on the day of this place or before it is so many years old.
    born_by: Vec<i32>,
    /// The threshold's value in each area, then where no area and no code is known; NaN where
    /// none is stated.
    thresholds: Vec<Vec<f64>>,
}

impl<'a> Known<'a> {
    pub(super) fn new(town: &'a Snapshot, rules: &'a RuleSet, receiving: &'a Receiving) -> Self {
        let mut known = Self {
            town,
            rules,
            receiving,
            born_by: born_by(rules.as_of),
            thresholds: Vec::new(),
        };
        known.thresholds = (0..rules.thresholds.len())
            .map(|place| known.threshold_by_area(place))
            .collect();
        known
    }

    fn threshold_by_area(&self, place: usize) -> Vec<f64> {
        let Some(threshold) = self.rules.thresholds.get(place) else {
            return Vec::new();
        };
        let value = |codes: &[&str]| {
            let found = threshold.value_on(self.rules.as_of, codes.iter().copied());
            let found = found.and_then(|at| threshold.values.get(at));
            found.map_or(f64::NAN, |value| value.value)
        };
        let areas = &self.town.areas;
        let is_local = threshold.values.iter().any(|value| !value.area.is_empty());
        if !is_local {
            return vec![value(&[])];
        }
        let mut by_area: Vec<f64> = (0..areas.len())
            .map(|at| value(&self.codes_of_area(at)))
            .collect();
        by_area.push(value(&[]));
        by_area
    }

    /// The codes of an area and of those that it is in.
    fn codes_of_area(&self, at: usize) -> Vec<&'a str> {
        let areas = &self.town.areas;
        let chain = areas.chain(crate::snapshot::AreaIndex(at as u32));
        chain
            .filter_map(|area| areas.code.get(area.0 as usize).map(String::as_str))
            .collect()
    }

    /// The codes of a household's area, else the one that it declares; none where neither is known.
    pub(super) fn area_codes(&self, row: u32) -> Vec<&'a str> {
        let area = self.town.households.area.get(row as usize);
        if let Some(at) = area.and_then(|area| area.get()) {
            return self.codes_of_area(at);
        }
        let declared = self.town.households.declared_area.get(row);
        if declared.is_empty() {
            Vec::new()
        } else {
            vec![declared]
        }
    }

    /// The place of a threshold's value for a household, among the threshold's values.
    pub(super) fn threshold_value(&self, place: usize, row: u32) -> Option<usize> {
        let threshold = self.rules.thresholds.get(place)?;
        threshold.value_on(self.rules.as_of, self.area_codes(row).into_iter())
    }

    /// Whether a threshold has one value for all areas.
    pub(super) fn is_everywhere_the_same(&self, place: usize) -> bool {
        self.thresholds.get(place).is_some_and(|one| {
            one.len() == 1 && {
                let threshold = self.rules.thresholds.get(place);
                threshold.is_some_and(|one| one.values.iter().all(|value| value.area.is_empty()))
            }
        })
    }

    /// A threshold for a household; unknown where none is stated.
    pub(super) fn threshold(&self, place: usize, row: u32) -> Range {
        let by_area = self.thresholds.get(place).map_or(&[][..], Vec::as_slice);
        let value = if self.is_everywhere_the_same(place) {
            by_area.first().copied().unwrap_or(f64::NAN)
        } else {
            let area = self.town.households.area.get(row as usize);
            match area.and_then(|area| area.get()) {
                Some(at) if at + 1 < by_area.len() => by_area[at],
                _ => {
                    let found = self.threshold_value(place, row);
                    let threshold = self.rules.thresholds.get(place);
                    let values = threshold.map_or(&[][..], |one| one.values.as_slice());
                    let found = found.and_then(|at| values.get(at));
                    found.map_or(f64::NAN, |value| value.value)
                }
            }
        };
        Range::of(Some(value))
    }

    /// A count of the ledger, else of the listed members, of whom some may not say.
    fn count(&self, ledger: &[i32], row: u32, of: impl Fn(usize) -> Verdict) -> Range {
        match ledger.get(row as usize) {
            Some(count) if *count >= 0 => Range::exactly(f64::from(*count)),
            _ => {
                let listed = self.town.people.of(row);
                if listed.is_empty() {
                    return Range::at_least(0.0);
                }
                let (mut lo, mut hi) = (0_u32, 0_u32);
                for person in listed {
                    let verdict = of(person);
                    lo += u32::from(verdict.is_yes());
                    hi += u32::from(verdict.may_be());
                }
                Range {
                    lo: f64::from(lo),
                    hi: f64::from(hi),
                }
            }
        }
    }

    /// A number of a household.
    pub(super) fn of_household(&self, fact: NumberFact, row: u32) -> Range {
        let households = &self.town.households;
        let at = row as usize;
        match fact {
            NumberFact::HouseholdIncome => self.income(row),
            NumberFact::IncomePerHead => {
                let members = self.of_household(NumberFact::Members, row);
                match (self.income(row).known(), members.known()) {
                    (Some(income), Some(members)) if members > 0.0 => {
                        Range::exactly(income / members)
                    }
                    _ => Range::UNKNOWN,
                }
            }
            NumberFact::Members => {
                let stated = households.members.get(at).copied();
                match (stated, self.town.people.of(row).len()) {
                    (Some(stated), _) if stated > 0 => Range::exactly(f64::from(stated)),
                    (_, 0) => Range::at_least(0.0),
                    (_, listed) => Range::exactly(listed as f64),
                }
            }
            NumberFact::Elderly => self.count(&households.elderly, row, |person| {
                let age = self.age(person);
                Verdict::of(age.lo >= ELDERLY_FROM, age.hi >= ELDERLY_FROM)
            }),
            NumberFact::Children => self.count(&households.children, row, |person| {
                let age = self.age(person);
                Verdict::of(age.hi < ADULT_FROM, age.lo < ADULT_FROM)
            }),
            NumberFact::Disabled => self.count(&households.disabled, row, |person| {
                self.has_disability(person)
            }),
            NumberFact::DaysSinceVisit => households
                .days_since_visit(row, self.rules.as_of)
                .map_or(Range::at_least(0.0), |days| Range::exactly(f64::from(days))),
            NumberFact::Age | NumberFact::DisabilityLevel | NumberFact::OwnIncome => Range::UNKNOWN,
        }
    }

    /// The ledger's income, else the sum of the members' where all are known.
    fn income(&self, row: u32) -> Range {
        let stated = self.town.households.monthly_income.get(row as usize);
        if let Some(stated) = stated.filter(|stated| stated.is_finite()) {
            return Range::exactly(*stated);
        }
        let listed = self.town.people.of(row);
        if listed.is_empty() {
            return Range::UNKNOWN;
        }
        let incomes = self.town.people.monthly_income.get(listed);
        Range::of(incomes.map(|incomes| incomes.iter().sum()))
    }

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
    fn age(&self, person: usize) -> Range {
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
    fn age_of_unlisted(&self, row: u32) -> Range {
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

    fn unlisted_disability(&self, row: u32) -> Verdict {
        let stated = self.town.households.disabled.get(row as usize).copied();
        match stated.filter(|count| *count >= 0) {
            Some(0) => Verdict::No,
            Some(count) if Some(count) == self.members_of_ledger(row) => Verdict::Yes,
            _ => Verdict::Unknown,
        }
    }

    fn has_disability(&self, person: usize) -> Verdict {
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

    /// A yes or no of a household.
    pub(super) fn flag_of_household(&self, fact: FlagFact, row: u32) -> Verdict {
        let households = &self.town.households;
        match fact {
            FlagFact::LivingAlone => match households.living_alone.get(row as usize) {
                Some(1) => Verdict::Yes,
                Some(0) => Verdict::No,
                _ => match self.of_household(NumberFact::Members, row).known() {
                    Some(members) => Verdict::of_flag(Some(members == 1.0)),
                    None => Verdict::Unknown,
                },
            },
            FlagFact::AssetsOk => {
                let tags = households.tags.get(row);
                if has_one(tags, &OVER_LIMIT) {
                    Verdict::No
                } else if has_one(tags, &TO_CHECK) {
                    Verdict::Unknown
                } else {
                    Verdict::Yes
                }
            }
            FlagFact::HardCosts => said(&[households.tags.get(row)], &HARD_COSTS, &NO_HARD_COSTS),
            FlagFact::HasDisability | FlagFact::NoSupport => Verdict::Unknown,
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

    pub(super) fn has_tag(&self, row: u32, wanted: &[String]) -> Verdict {
        let tags = self.town.households.tags.get(row);
        Verdict::of_flag(Some(has_one(tags, wanted)))
    }

    /// Tags of members that nobody has listed are not known.
    pub(super) fn member_has_tag(&self, member: Member, wanted: &[String]) -> Verdict {
        let found = self.tags(member).iter().any(|tags| has_one(tags, wanted));
        match member {
            Member::Unlisted(_) if !found => Verdict::Unknown,
            _ => Verdict::of_flag(Some(found)),
        }
    }

    pub(super) fn is_on_list(&self, row: u32, wanted: &[String]) -> Verdict {
        let lists = self.town.households.lists.get(row);
        Verdict::of_flag(Some(has_one(lists, wanted)))
    }

    pub(super) fn is_in_area(&self, row: u32, patterns: &[AreaPattern]) -> Verdict {
        let codes = self.area_codes(row);
        if codes.is_empty() {
            return Verdict::Unknown;
        }
        let fits = |code: &&str| patterns.iter().any(|pattern| pattern.fits(code));
        Verdict::of_flag(Some(codes.iter().any(fits)))
    }

    pub(super) fn household_receives(&self, row: u32, place: u8) -> Verdict {
        let all = self.town.households.programmes.get(row as usize).copied();
        Verdict::of_flag(Some(all.unwrap_or(0) >> (place & 63) & 1 == 1))
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
                    self.receiving.own(person as usize) | self.receiving.unnamed(self.town, row);
                Verdict::of_flag(Some(all >> (place & 63) & 1 == 1))
            }
        }
    }

    pub(super) fn has_need(&self, row: u32, place: u8) -> Verdict {
        let all = self.town.households.needs.get(row as usize).copied();
        Verdict::of_flag(Some(all.unwrap_or(0) >> (place & 63) & 1 == 1))
    }
}

/// Whether one of some entries is in a list with `;` between them, case aside.
fn has_one<T: AsRef<str>>(list: &str, wanted: &[T]) -> bool {
    !list.is_empty()
        && list.split(';').any(|entry| {
            wanted
                .iter()
                .any(|wanted| entry.eq_ignore_ascii_case(wanted.as_ref()))
        })
}

fn said(lists: &[&str], yes: &[&str], no: &[&str]) -> Verdict {
    let has = |words: &[&str]| lists.iter().any(|list| has_one(list, words));
    match (has(yes), has(no)) {
        (true, false) => Verdict::Yes,
        (false, true) => Verdict::No,
        _ => Verdict::Unknown,
    }
}

/// For every age the last day of birth of those who have it on a day: the day so many years
/// before; for 29 February 28 February, since who was born on 29 February has their birthday on
/// 1 March in other years.
fn born_by(on: Date) -> Vec<i32> {
    let (year, month, day) = on.ymd();
    (0..OLDEST)
        .map(|age| {
            let year = year - age as i16;
            let there = Date::from_ymd(year, month, day);
            there
                .or_else(|| Date::from_ymd(year, month, day - 1))
                .map_or(i32::MIN, Date::days)
        })
        .collect()
}
