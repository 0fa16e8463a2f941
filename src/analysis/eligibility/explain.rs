//! One household or member at a time, with the reason. Slow and plain: the fast way
//! (`eval.rs`) is held against it.

use super::clause::{Clause, ClauseKind, Number};
use super::compile::RuleSet;
use super::facts::{Fact, Scope};
use super::found::{self, found_flag, found_kind, found_number, found_plain, found_threshold};
use super::known::Known;
use super::member::Member;
use super::reason::{ClauseReason, FoundFact, ReasonKind};
use super::receiving::Receiving;
use super::verdict::{Comparison, Range, Verdict};
use crate::model::ProgrammeUnit;
use crate::snapshot::Snapshot;

/// Of whom a rule is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitRef {
    /// The household of this row.
    Household(u32),
    /// The listed member of this place.
    Person(u32),
    /// Any member of the household of this row, which has no listed ones: by the household's own
    /// facts and the ledger's counts.
    Unlisted(u32),
}

/// The verdict of a rule on one household or member, with its reason.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// The place of the programme.
    pub programme: u8,
    /// The place of the version that is in force among the scheme's rules.
    pub version: usize,
    /// Of whom the rule was asked.
    pub unit: UnitRef,
    /// The verdict and why.
    pub reason: ClauseReason,
    /// The amount in yuan a month, where one can be worked out and the verdict is yes.
    pub monthly_amount: Option<f64>,
}

/// Asks the rule of a programme of everybody of a household whom it is about: the household
/// itself, or its members one by one. Empty where no rule is stated on the day.
///
/// Receipts and needs in the household columns are those of the snapshot's own day, which should
/// be that of the rules.
pub fn explain(
    town: &Snapshot,
    rules: &RuleSet,
    programme: u8,
    household: u32,
) -> Vec<Explanation> {
    let receiving = Receiving::of(town, rules.as_of);
    asked(&Known::new(town, rules, &receiving), programme, household)
}

/// The same of every programme, in the order of the catalogue; an empty entry where no rule is
/// stated on the day. What must be known of the whole town is looked up once.
pub fn explain_all(town: &Snapshot, rules: &RuleSet, household: u32) -> Vec<Vec<Explanation>> {
    let receiving = Receiving::of(town, rules.as_of);
    let known = Known::new(town, rules, &receiving);
    (0..rules.programmes.len() as u8)
        .map(|programme| asked(&known, programme, household))
        .collect()
}

/// The same of one programme for many households, in their order.
pub fn explain_each(
    town: &Snapshot,
    rules: &RuleSet,
    programme: u8,
    households: impl Iterator<Item = u32>,
) -> Vec<Vec<Explanation>> {
    let receiving = Receiving::of(town, rules.as_of);
    let known = Known::new(town, rules, &receiving);
    households
        .map(|household| asked(&known, programme, household))
        .collect()
}

fn asked(known: &Known<'_>, programme: u8, household: u32) -> Vec<Explanation> {
    let (town, rules) = (known.town, known.rules);
    let naive = Naive { known, programme };
    let Some(rule) = rules.programmes.get(usize::from(programme)) else {
        return Vec::new();
    };
    let (Some(clause), Some(version)) = (&rule.clause, rule.version) else {
        return Vec::new();
    };
    let units: Vec<UnitRef> = match rule.unit {
        ProgrammeUnit::Household => vec![UnitRef::Household(household)],
        ProgrammeUnit::Person => members(town, household)
            .into_iter()
            .map(|member| match member {
                Member::Listed(person) => UnitRef::Person(person),
                Member::Unlisted(row) => UnitRef::Unlisted(row),
            })
            .collect(),
    };
    units
        .into_iter()
        .map(|unit| {
            let member = match unit {
                UnitRef::Household(_) => None,
                UnitRef::Person(person) => Some(Member::Listed(person)),
                UnitRef::Unlisted(row) => Some(Member::Unlisted(row)),
            };
            let mut reason = naive.clause(clause, household, member);
            // So that missing facts say whose they are.
            if let Some(member) = member {
                reason = naive.of_member(member, clause, reason);
            }
            // Somebody is eligible, but no table says who.
            if matches!(unit, UnitRef::Unlisted(_)) && reason.verdict.is_yes() {
                reason.verdict = Verdict::Unknown;
            }
            let amount = rule.amount.as_ref().filter(|_| reason.verdict.is_yes());
            let amount = amount.and_then(|amount| {
                let value = naive.number(amount, household, member, &mut Vec::new());
                value.known().map(|amount| amount.max(0.0))
            });
            Explanation {
                programme,
                version,
                unit,
                reason,
                monthly_amount: amount,
            }
        })
        .collect()
}

/// The members of a household: those listed, else one who stands for those who are not.
pub(super) fn members(town: &Snapshot, household: u32) -> Vec<Member> {
    let listed = town.people.of(household);
    if listed.is_empty() {
        return vec![Member::Unlisted(household)];
    }
    listed.map(|person| Member::Listed(person as u32)).collect()
}

struct Naive<'a> {
    known: &'a Known<'a>,
    /// Whose rule is asked.
    programme: u8,
}

impl Naive<'_> {
    fn of_member(&self, member: Member, clause: &Clause, part: ClauseReason) -> ClauseReason {
        let person = match member {
            Member::Listed(person) => Some(person),
            Member::Unlisted(_) => None,
        };
        ClauseReason {
            verdict: part.verdict,
            start: clause.start,
            end: clause.end,
            kind: ReasonKind::Member(person),
            programme: self.programme,
            found: Vec::new(),
            parts: vec![part],
        }
    }

    fn clause(&self, clause: &Clause, row: u32, member: Option<Member>) -> ClauseReason {
        // A clause of the household is the same for all of its members.
        let member = member.filter(|_| clause.scope == Scope::Member);
        let mut found = Vec::new();
        let mut parts = Vec::new();
        let mut kind = ReasonKind::Facts;
        let verdict = match &clause.kind {
            ClauseKind::And(inner) => {
                kind = ReasonKind::And;
                parts = self.all(inner, row, member);
                let verdicts = parts.iter().map(|part| part.verdict);
                verdicts.fold(Verdict::Yes, Verdict::and)
            }
            ClauseKind::Or(inner) => {
                kind = ReasonKind::Or;
                parts = self.all(inner, row, member);
                let verdicts = parts.iter().map(|part| part.verdict);
                verdicts.fold(Verdict::No, Verdict::or)
            }
            ClauseKind::Not(inner) => {
                kind = ReasonKind::Not;
                let part = self.clause(inner, row, member);
                let verdict = part.verdict.not();
                parts.push(part);
                verdict
            }
            ClauseKind::Eligible(place, inner) => {
                kind = ReasonKind::Eligible(*place);
                let Some(inner) = inner else {
                    return self.leaf(clause, Verdict::Unknown, found);
                };
                let other = Naive {
                    known: self.known,
                    programme: *place,
                };
                let part = other.clause(inner, row, member);
                let verdict = part.verdict;
                parts.push(part);
                verdict
            }
            ClauseKind::AnyMember(inner) => {
                kind = ReasonKind::AnyMember;
                parts = self.each_member(inner, row);
                let verdicts = parts.iter().map(|part| part.verdict);
                verdicts.fold(Verdict::No, Verdict::or)
            }
            ClauseKind::Compare(left, how, right) => {
                let left = self.counted(left, row, member, &mut found, &mut parts);
                let right = self.counted(right, row, member, &mut found, &mut parts);
                left.compare(*how, right)
            }
            ClauseKind::OneOf(number, list) => {
                let number = self.number(number, row, member, &mut found);
                list.iter().fold(Verdict::No, |verdict, one| {
                    let one = self.number(one, row, member, &mut found);
                    verdict.or(number.compare(Comparison::Equal, one))
                })
            }
            leaf => self.asked(leaf, row, member, &mut found),
        };
        ClauseReason {
            kind,
            parts,
            ..self.leaf(clause, verdict, found)
        }
    }

    fn leaf(&self, clause: &Clause, verdict: Verdict, found: Vec<FoundFact>) -> ClauseReason {
        ClauseReason {
            verdict,
            start: clause.start,
            end: clause.end,
            kind: ReasonKind::Facts,
            programme: self.programme,
            found,
            parts: Vec::new(),
        }
    }

    fn all(&self, parts: &[Clause], row: u32, member: Option<Member>) -> Vec<ClauseReason> {
        let each = parts.iter();
        each.map(|part| self.clause(part, row, member)).collect()
    }

    fn each_member(&self, inner: &Clause, row: u32) -> Vec<ClauseReason> {
        members(self.known.town, row)
            .into_iter()
            .map(|member| self.of_member(member, inner, self.clause(inner, row, Some(member))))
            .collect()
    }

    /// A clause that asks for facts and has no parts.
    fn asked(
        &self,
        kind: &ClauseKind,
        row: u32,
        member: Option<Member>,
        found: &mut Vec<FoundFact>,
    ) -> Verdict {
        let known = self.known;
        match kind {
            ClauseKind::Flag(fact) => {
                let verdict = match member {
                    Some(member) => known.flag_of_member(*fact, member),
                    None => known.flag_of_household(*fact, row),
                };
                found.push(found_flag(known, *fact, row, member, verdict));
                verdict
            }
            ClauseKind::Kinds(fact, mask) => {
                let Some(member) = member else {
                    return Verdict::Unknown;
                };
                found.push(found_kind(known, *fact, member));
                known.kind(*fact, *mask, member)
            }
            ClauseKind::Tags(tags) => {
                let verdict = match member {
                    Some(member) => known.member_has_tag(member, tags),
                    None => known.has_tag(row, tags),
                };
                found.push(found_plain(Fact::Tags, found::tags(member), verdict));
                verdict
            }
            ClauseKind::Lists(lists) => {
                let verdict = known.is_on_list(row, lists);
                found.push(found_plain(
                    Fact::Lists,
                    found::lists(known, row, lists),
                    verdict,
                ));
                verdict
            }
            ClauseKind::Areas(patterns) => {
                let verdict = known.is_in_area(row, patterns);
                found.push(found_plain(Fact::Area, found::area(known, row), verdict));
                verdict
            }
            ClauseKind::Receives(place) => {
                let verdict = match member {
                    Some(member) => known.member_receives(member, *place),
                    None => known.household_receives(row, *place),
                };
                let sources = found::receiving(known, *place, row, member, verdict);
                found.push(found_plain(Fact::Receives(*place), sources, verdict));
                verdict
            }
            ClauseKind::Need(place) => {
                let verdict = known.has_need(row, *place);
                let sources = found::needs(known, *place, row, verdict);
                found.push(found_plain(Fact::Need(*place), sources, verdict));
                verdict
            }
            // Those with parts are asked above.
            _ => Verdict::Unknown,
        }
    }

    /// One side of a comparison: a count of members may lie between two numbers.
    fn counted(
        &self,
        number: &Number,
        row: u32,
        member: Option<Member>,
        found: &mut Vec<FoundFact>,
        parts: &mut Vec<ClauseReason>,
    ) -> Range {
        let Number::CountMembers(inner) = number else {
            return self.number(number, row, member, found);
        };
        let own = self.each_member(inner, row);
        let count = self.count(&own, row);
        parts.extend(own);
        count
    }

    fn count(&self, members: &[ClauseReason], row: u32) -> Range {
        let counts = members.iter().map(|member| {
            let people = match member.kind {
                ReasonKind::Member(None) => self.known.unlisted_count(row),
                _ => Range::exactly(1.0),
            };
            match member.verdict {
                Verdict::Yes => people,
                Verdict::No => Range::exactly(0.0),
                Verdict::Unknown => Range { lo: 0.0, ..people },
            }
        });
        counts.fold(Range::exactly(0.0), |sum, one| Range {
            lo: sum.lo + one.lo,
            hi: sum.hi + one.hi,
        })
    }

    fn number(
        &self,
        number: &Number,
        row: u32,
        member: Option<Member>,
        found: &mut Vec<FoundFact>,
    ) -> Range {
        match number {
            Number::Constant(value) => Range::exactly(*value),
            Number::Threshold(place) => {
                let value = self.known.threshold(*place, row);
                found.push(found_threshold(self.known, *place, row, value));
                value
            }
            Number::Fact(fact) => {
                let value = match member {
                    Some(member) => self.known.of_member(*fact, member),
                    None => self.known.of_household(*fact, row),
                };
                found.push(found_number(self.known, *fact, row, member, value));
                value
            }
            Number::CountMembers(inner) => {
                let own = self.each_member(inner, row);
                self.count(&own, row).exact_or_unknown()
            }
            Number::Negative(inner) => self.number(inner, row, member, found).negative(),
            Number::Calculated(left, how, right) => {
                let left = self.number(left, row, member, found);
                let right = self.number(right, row, member, found);
                left.calculate(*how, right)
            }
        }
    }
}
