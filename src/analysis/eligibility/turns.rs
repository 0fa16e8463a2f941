//! What the passing of days can turn: of which households the rules may say something else.

use super::clause::{Clause, ClauseKind, Number};
use super::compile::RuleSet;
use super::facts::NumberFact;
use super::known::{ADULT_FROM, ELDERLY_FROM, born_by};
use super::receiving::Receiving;
use super::verdict::{Comparison, Range};
use crate::model::Date;
use crate::snapshot::{DayColumns, Snapshot, Unknown};
use std::collections::BTreeMap;

/// More numbers than this that a threshold can be in the areas are not looked at one by one.
const MOST_VALUES: usize = 64;

/// A comparison of a fact that days change with every number that it is compared with somewhere.
type Compared = (Comparison, Vec<Range>);

/// What in the rules of a day depends on the day itself, rules and thresholds apart.
#[derive(Debug, Default)]
struct Dated {
    /// Needs that are asked for, a bit each.
    needs: u64,
    ages: Vec<Compared>,
    /// Whether an age is worked with in another way than by comparing it with a number.
    any_age: bool,
    /// Whether the elderly and children are counted.
    is_counted: bool,
    visits: Vec<Compared>,
    /// The same of the days since a visit.
    any_visit: bool,
}

impl RuleSet {
    /// The programmes of which these rules may say something else than those of another day of the
    /// same catalogue, of a household for which nothing has changed: another version is in force,
    /// or another value of a threshold that the rule asks for. A bit each.
    pub(in crate::analysis) fn other_than(&self, before: &Self) -> u64 {
        let places = self.programmes.iter().zip(&before.programmes).enumerate();
        let rules = places
            .filter(|(_, (now, then))| now.clause != then.clause)
            .fold(0, |bits, (place, _)| bits | 1 << (place & 63));
        let moved = (0..self.thresholds.len())
            .filter(|place| self.values_of(*place) != before.values_of(*place));
        moved.fold(rules, |bits, place| bits | self.decided_by(place))
    }

    /// The values of a threshold in force, by the areas that they are stated for: their places.
    fn values_of(&self, threshold: usize) -> BTreeMap<&str, (Date, usize)> {
        let mut out = BTreeMap::new();
        let values = self.thresholds.get(threshold);
        for (place, value) in values.iter().flat_map(|one| &one.values).enumerate() {
            if value.from <= self.as_of {
                let latest = out
                    .entry(value.area.as_str())
                    .or_insert((value.from, place));
                *latest = (*latest).max((value.from, place));
            }
        }
        out
    }

    /// Every number that this may be somewhere; `None` where a fact is asked for, or there are too
    /// many to look at.
    fn may_be(&self, number: &Number) -> Option<Vec<Range>> {
        let values = match number {
            Number::Constant(value) => vec![Range::exactly(*value)],
            Number::Threshold(place) => {
                let values = &self.thresholds.get(*place)?.values;
                let in_force = self.values_of(*place).into_values();
                let in_force = in_force.filter_map(|(_, place)| values.get(place));
                let known = in_force.map(|value| Range::of(Some(value.value)));
                known.chain([Range::UNKNOWN]).collect()
            }
            Number::Negative(inner) => {
                let inner = self.may_be(inner)?.into_iter();
                inner.map(Range::negative).collect()
            }
            Number::Calculated(left, how, right) => {
                let (left, right) = (self.may_be(left)?, self.may_be(right)?);
                let both = left.iter().flat_map(|a| right.iter().map(move |b| (a, b)));
                both.map(|(a, b)| a.calculate(*how, *b)).collect()
            }
            Number::Fact(_) | Number::CountMembers(_) => return None,
        };
        Some(values).filter(|values| values.len() <= MOST_VALUES)
    }
}

impl Dated {
    fn of(rules: &RuleSet) -> Self {
        let mut out = Self::default();
        for clause in rules.programmes.iter().flat_map(|rule| &rule.clause) {
            out.clause(rules, clause);
        }
        out
    }

    fn clause(&mut self, rules: &RuleSet, clause: &Clause) {
        match &clause.kind {
            ClauseKind::And(parts) | ClauseKind::Or(parts) => {
                for part in parts {
                    self.clause(rules, part);
                }
            }
            ClauseKind::Not(part)
            | ClauseKind::AnyMember(part)
            | ClauseKind::Eligible(_, Some(part)) => self.clause(rules, part),
            ClauseKind::Compare(left, how, right) => {
                if !self.compared(rules, left, *how, right)
                    && !self.compared(rules, right, how.mirrored(), left)
                {
                    self.number(rules, left);
                    self.number(rules, right);
                }
            }
            ClauseKind::OneOf(number, list) => {
                for one in list {
                    if !self.compared(rules, number, Comparison::Equal, one) {
                        self.number(rules, number);
                        self.number(rules, one);
                    }
                }
            }
            ClauseKind::Need(place) => self.needs |= 1 << (place & 63),
            // Who receives what is looked at in any case, and the rest has no date.
            ClauseKind::Receives(_)
            | ClauseKind::Eligible(_, None)
            | ClauseKind::Flag(_)
            | ClauseKind::Kinds(..)
            | ClauseKind::Tags(_)
            | ClauseKind::Lists(_)
            | ClauseKind::Areas(_) => {}
        }
    }

    /// Whether this compares a fact of the day with numbers that can be told.
    fn compared(
        &mut self,
        rules: &RuleSet,
        left: &Number,
        how: Comparison,
        right: &Number,
    ) -> bool {
        let to = match left {
            Number::Fact(NumberFact::Age) => &mut self.ages,
            Number::Fact(NumberFact::DaysSinceVisit) => &mut self.visits,
            _ => return false,
        };
        let Some(values) = rules.may_be(right) else {
            return false;
        };
        to.push((how, values));
        true
    }

    fn number(&mut self, rules: &RuleSet, number: &Number) {
        match number {
            Number::Fact(NumberFact::Age) => self.any_age = true,
            Number::Fact(NumberFact::Elderly | NumberFact::Children) => self.is_counted = true,
            Number::Fact(NumberFact::DaysSinceVisit) => self.any_visit = true,
            Number::Constant(_) | Number::Threshold(_) | Number::Fact(_) => {}
            Number::CountMembers(clause) => self.clause(rules, clause),
            Number::Negative(inner) => self.number(rules, inner),
            Number::Calculated(left, _, right) => {
                self.number(rules, left);
                self.number(rules, right);
            }
        }
    }

    /// Whether something turns for a person whose age goes from the one before to this.
    fn turns_at(&self, age: usize) -> bool {
        let is_counted = || {
            let limits = [ELDERLY_FROM, ADULT_FROM];
            self.is_counted && limits.contains(&(age as f64))
        };
        // Who is born comes from having no age to the first.
        age == 0
            || self.any_age
            || is_counted()
            || turns(
                &self.ages,
                Range::exactly(age as f64 - 1.0),
                Range::exactly(age as f64),
            )
    }
}

/// Whether a comparison comes out in another way.
fn turns(compared: &[Compared], before: Range, after: Range) -> bool {
    compared.iter().any(|(how, others)| {
        let mut others = others.iter();
        others.any(|other| before.compare(*how, *other) != after.compare(*how, *other))
    })
}

/// Days of birth of those for whom something turns between two days.
#[derive(Debug, Default)]
struct Birthdays {
    /// After the first day up to the second; ascending, apart.
    spans: Vec<(i32, i32)>,
}

impl Birthdays {
    fn between(dated: &Dated, before: Date, after: Date) -> Self {
        let ages = born_by(before).into_iter().zip(born_by(after)).enumerate();
        let mut all: Vec<(i32, i32)> = ages
            .filter(|(age, (then, now))| then != now && dated.turns_at(*age))
            .map(|(_, (then, now))| (then.min(now), then.max(now)))
            .collect();
        all.sort_unstable();
        let mut spans: Vec<(i32, i32)> = Vec::with_capacity(all.len());
        for (from, to) in all {
            match spans.last_mut() {
                Some((_, end)) if from <= *end => *end = (*end).max(to),
                _ => spans.push((from, to)),
            }
        }
        Self { spans }
    }

    #[inline]
    fn turn(&self, born: i32) -> bool {
        let at = self.spans.partition_point(|(_, to)| *to < born);
        self.spans.get(at).is_some_and(|(from, _)| *from < born)
    }
}

/// One day of a town as rules ask it.
#[derive(Clone, Copy)]
pub(in crate::analysis) struct DayAsked<'a> {
    pub(in crate::analysis) rules: &'a RuleSet,
    pub(in crate::analysis) day: DayColumns<'a>,
    pub(in crate::analysis) receiving: &'a Receiving,
}

/// What may turn between two days by dated facts alone: receipts, needs, visits and birthdays.
/// The rules should be the same but for the programmes of [`RuleSet::other_than`].
pub(in crate::analysis) struct Turns<'a> {
    town: &'a Snapshot,
    before: DayAsked<'a>,
    after: DayAsked<'a>,
    dated: Dated,
    birthdays: Birthdays,
}

impl<'a> Turns<'a> {
    pub(in crate::analysis) fn between(
        town: &'a Snapshot,
        before: DayAsked<'a>,
        after: DayAsked<'a>,
    ) -> Self {
        let dated = Dated::of(after.rules);
        let birthdays = Birthdays::between(&dated, before.rules.as_of, after.rules.as_of);
        Self {
            town,
            before,
            after,
            dated,
            birthdays,
        }
    }

    /// Whether the rules may say something else of a household, or it receives something else. Where
    /// not, its gaps are the same on both days.
    pub(in crate::analysis) fn may_turn(&self, row: u32) -> bool {
        let (before, after) = (&self.before, &self.after);
        let needs = before.day.needs_of(row) ^ after.day.needs_of(row);
        before.day.programmes_of(row) != after.day.programmes_of(row)
            || needs & self.dated.needs != 0
            || self.visit_turns(row)
            || before.receiving.named_only(row) != after.receiving.named_only(row)
            || self.town.people.of(row).any(|person| {
                before.receiving.own(person) != after.receiving.own(person)
                    || self.birthday_turns(person)
            })
    }

    fn birthday_turns(&self, person: usize) -> bool {
        let born = self.town.people.born.get(person).copied();
        born.is_some_and(|born| born != Unknown::DAY && self.birthdays.turn(born))
    }

    fn visit_turns(&self, row: u32) -> bool {
        if self.dated.visits.is_empty() && !self.dated.any_visit {
            return false;
        }
        let days = |asked: &DayAsked<'_>| asked.day.days_since_visit(row, asked.rules.as_of);
        let (before, after) = (days(&self.before), days(&self.after));
        let range = |days: Option<i32>| {
            days.map_or(Range::at_least(0.0), |days| Range::exactly(f64::from(days)))
        };
        before != after
            && (self.dated.any_visit || turns(&self.dated.visits, range(before), range(after)))
    }
}
