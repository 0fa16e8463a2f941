//! What the snapshot knows of each fact, household by household and member by member.

use super::clause::AreaPattern;
use super::compile::RuleSet;
use super::facts::{FlagFact, NumberFact};
use super::receiving::Receiving;
use super::tags::{HARD_COSTS, NO_HARD_COSTS, OVER_LIMIT, WITHIN_LIMIT, has_one, said};
use super::verdict::{Range, Verdict};
use crate::model::Date;
use crate::snapshot::{DayColumns, Snapshot};

pub(super) const ELDERLY_FROM: f64 = 60.0;
pub(super) const ADULT_FROM: f64 = 18.0;
/// Nobody is older.
pub(super) const OLDEST: usize = 160;

/// The snapshot as rules ask it, on one day.
pub(super) struct Known<'a> {
    pub(super) town: &'a Snapshot,
    pub(super) rules: &'a RuleSet,
    pub(super) receiving: &'a Receiving,
    /// Programmes, needs and visits as they count on the day.
    pub(super) day: DayColumns<'a>,
    /// Who was born on the day of this place or before it is so many years old.
    pub(super) born_by: Vec<i32>,
    /// The threshold's value in each area, then where no area and no code is known; NaN where
    /// none is stated.
    thresholds: Vec<Vec<f64>>,
}

impl<'a> Known<'a> {
    pub(super) fn new(town: &'a Snapshot, rules: &'a RuleSet, receiving: &'a Receiving) -> Self {
        Self::on_day(town, town.day(), rules, receiving)
    }

    pub(super) fn on_day(
        town: &'a Snapshot,
        day: DayColumns<'a>,
        rules: &'a RuleSet,
        receiving: &'a Receiving,
    ) -> Self {
        let mut known = Self {
            day,
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
            let found = threshold.value_on(self.rules.as_of, &codes.iter().copied());
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
        threshold.value_on(self.rules.as_of, &self.area_codes(row).into_iter())
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
            NumberFact::DaysSinceVisit => self
                .day
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
            FlagFact::AssetsOk => said(&[households.tags.get(row)], &WITHIN_LIMIT, &OVER_LIMIT),
            FlagFact::HardCosts => said(&[households.tags.get(row)], &HARD_COSTS, &NO_HARD_COSTS),
            FlagFact::HasDisability | FlagFact::NoSupport => Verdict::Unknown,
        }
    }

    pub(super) fn has_tag(&self, row: u32, wanted: &[String]) -> Verdict {
        let tags = self.town.households.tags.get(row);
        Verdict::of_flag(Some(has_one(tags, wanted)))
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
        let all = self.day.programmes_of(row);
        Verdict::of_flag(Some(all >> (place & 63) & 1 == 1))
    }

    pub(super) fn has_need(&self, row: u32, place: u8) -> Verdict {
        let all = self.day.needs_of(row);
        Verdict::of_flag(Some(all >> (place & 63) & 1 == 1))
    }
}

/// For every age the last day of birth of those who have it on a day: the day so many years
/// before; for 29 February 28 February, since who was born on 29 February has their birthday on
/// 1 March in other years.
pub(super) fn born_by(on: Date) -> Vec<i32> {
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
