//! Rules over all households: blocks of rows as vectors, blocks in parallel.

use super::block::{Answers, Block, Numbers, Rows};
use super::clause::{Clause, ClauseKind, Number};
use super::compile::RuleSet;
use super::facts::Scope;
use super::known::Known;
use super::member::Member;
use super::receiving::Receiving;
use super::verdict::{Comparison, Range, Verdict, bounds};
use crate::base::{Cancelled, Progress};
use crate::model::ProgrammeUnit;
use crate::snapshot::{DayColumns, Snapshot};
use rayon::prelude::*;

/// Households of a block: their facts stay in the cache.
pub(super) const BLOCK_ROWS: usize = 1_024;

/// Who is eligible for what. A bit is the place of a programme in the catalogue; a programme
/// without a rule on the day has none set anywhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Eligible {
    /// Per household: it is eligible, or one of its members is.
    pub yes: Vec<u64>,
    /// Per household: it is not known whether it is, or of one of its members it is not.
    pub unknown: Vec<u64>,
    /// Per listed member, for programmes for persons: eligible.
    pub person_yes: Vec<u64>,
    /// Per listed member, for programmes for persons: not known.
    pub person_unknown: Vec<u64>,
}

/// Asks every rule of every household, and of every member where it is for persons.
///
/// Three-valued (Kleene 1952): a verdict is unknown only where a missing fact could change it by
/// the logic of the clauses; that two clauses ask for the same missing fact is not seen through
/// (`age < 18 or age >= 18` of an unknown age is unknown). Where a household has no listed
/// members, a rule for persons is asked of one who stands for them: of him only the household's
/// facts are known, and what the ledger's counts settle (no elderly: under 60). It can say that
/// none of them is eligible; that one is stays unknown until members are listed. Listed members
/// are taken for all members. Receipts and needs in the household columns are those of the
/// snapshot's own day, which should be that of the rules. Ticks once a block, in households.
///
/// # Errors
/// [`Cancelled`] where the progress says so.
pub fn eligible(
    town: &Snapshot,
    rules: &RuleSet,
    progress: &Progress,
) -> Result<Eligible, Cancelled> {
    let receiving = Receiving::of(town, rules.as_of);
    eligible_with(town, town.day(), rules, &receiving, progress)
}

pub(in crate::analysis) fn eligible_with(
    town: &Snapshot,
    day: DayColumns<'_>,
    rules: &RuleSet,
    receiving: &Receiving,
    progress: &Progress,
) -> Result<Eligible, Cancelled> {
    let households = town.households.len();
    let known = Known::on_day(town, day, rules, receiving);
    let blocks = households.div_ceil(BLOCK_ROWS);
    let parts = (0..blocks)
        .into_par_iter()
        .map(|at| {
            let start = at * BLOCK_ROWS;
            let rows = start..(start + BLOCK_ROWS).min(households);
            progress.tick(rows.len() as u64)?;
            Ok(of_block(&Block::new(&known, Rows::Span(rows)), u64::MAX))
        })
        .collect::<Result<Vec<Eligible>, Cancelled>>()?;
    Ok(Eligible::together(&parts))
}

/// Asks the rules of these programmes, a bit each, of some households alone. The answers stand in
/// the order of `rows`, each of them once; members in the order of their households.
pub(in crate::analysis) fn eligible_some(
    town: &Snapshot,
    day: DayColumns<'_>,
    rules: &RuleSet,
    receiving: &Receiving,
    (rows, programmes): (&[u32], u64),
    progress: &Progress,
) -> Result<Eligible, Cancelled> {
    let known = Known::on_day(town, day, rules, receiving);
    let parts = rows
        .par_chunks(BLOCK_ROWS)
        .map(|rows| {
            progress.tick(0)?;
            Ok(of_block(&Block::new(&known, Rows::List(rows)), programmes))
        })
        .collect::<Result<Vec<Eligible>, Cancelled>>()?;
    Ok(Eligible::together(&parts))
}

impl Eligible {
    fn together(parts: &[Self]) -> Self {
        let column = |of: fn(&Self) -> &Vec<u64>| {
            let mut all = Vec::with_capacity(parts.iter().map(|part| of(part).len()).sum());
            for part in parts {
                all.extend_from_slice(of(part));
            }
            all
        };
        Self {
            yes: column(|part| &part.yes),
            unknown: column(|part| &part.unknown),
            person_yes: column(|part| &part.person_yes),
            person_unknown: column(|part| &part.person_unknown),
        }
    }
}

fn of_block(block: &Block<'_>, programmes: u64) -> Eligible {
    let rows = block.rows.len();
    let listed = block.listed();
    let mut out = Eligible {
        yes: vec![0; rows],
        unknown: vec![0; rows],
        person_yes: vec![0; listed],
        person_unknown: vec![0; listed],
    };
    for (place, rule) in block.known.rules.programmes.iter().enumerate() {
        let bit = 1_u64 << place;
        let Some(clause) = rule.clause.as_ref().filter(|_| programmes & bit != 0) else {
            continue;
        };
        match rule.unit {
            ProgrammeUnit::Household => {
                let answers = asked(block, clause, Scope::Household);
                each_may(&answers, |row, yes| {
                    let to = if yes { &mut out.yes } else { &mut out.unknown };
                    if let Some(to) = to.get_mut(row) {
                        *to |= bit;
                    }
                });
            }
            ProgrammeUnit::Person => {
                let answers = asked(block, clause, Scope::Member);
                let members = block.members();
                each_may(&answers, |at, yes| {
                    let (Some(member), Some(household), Some(listed)) = (
                        members.all.get(at),
                        members.household.get(at),
                        members.listed.get(at),
                    ) else {
                        return;
                    };
                    let household = *household as usize;
                    // Somebody is, but nobody says who.
                    let yes = yes && matches!(member, Member::Listed(_));
                    let (of_household, of_person) = if yes {
                        (&mut out.yes, &mut out.person_yes)
                    } else {
                        (&mut out.unknown, &mut out.person_unknown)
                    };
                    if let Some(to) = of_household.get_mut(household) {
                        *to |= bit;
                    }
                    if matches!(member, Member::Listed(_))
                        && let Some(to) = of_person.get_mut(*listed as usize)
                    {
                        *to |= bit;
                    }
                });
            }
        }
    }
    out
}

/// Shows the rows that are not ruled out, and whether they are certain.
fn each_may(answers: &Answers, mut see: impl FnMut(usize, bool)) {
    for (index, (yes, may)) in answers.yes.iter().zip(&answers.may).enumerate() {
        let mut rest = *may;
        while rest != 0 {
            let bit = rest.trailing_zeros();
            rest &= rest - 1;
            let row = index * 64 + bit as usize;
            if row < answers.rows {
                see(row, yes >> bit & 1 == 1);
            }
        }
    }
}

fn rows_of(block: &Block<'_>, scope: Scope) -> usize {
    match scope {
        Scope::Household => block.rows.len(),
        Scope::Member => block.members().all.len(),
    }
}

/// The answers to a clause, one a household or one a member.
fn asked(block: &Block<'_>, clause: &Clause, scope: Scope) -> Answers {
    // What is the same for all of a household is asked once.
    if scope == Scope::Member && clause.scope == Scope::Household {
        let answers = asked(block, clause, Scope::Household);
        let households = &block.members().household;
        let mut out = Answers::all(households.len(), Verdict::No);
        for (at, household) in households.iter().enumerate() {
            let (yes, may) = answers.get(*household as usize);
            out.set(at, yes, may);
        }
        return out;
    }
    let rows = rows_of(block, scope);
    match &clause.kind {
        ClauseKind::And(parts) => {
            let mut out = Answers::all(rows, Verdict::Yes);
            for part in parts {
                out.and(&asked(block, part, scope));
                if out.is_no() {
                    break;
                }
            }
            out
        }
        ClauseKind::Or(parts) => {
            let mut out = Answers::all(rows, Verdict::No);
            for part in parts {
                out.or(&asked(block, part, scope));
                if out.is_yes() {
                    break;
                }
            }
            out
        }
        ClauseKind::Not(part) => asked(block, part, scope).not(),
        ClauseKind::Eligible(_, Some(part)) => asked(block, part, scope),
        ClauseKind::Eligible(_, None) => Answers::all(rows, Verdict::Unknown),
        ClauseKind::AnyMember(part) => {
            let answers = asked(block, part, Scope::Member);
            let mut out = Answers::all(rows, Verdict::No);
            let households = &block.members().household;
            each_may(&answers, |at, yes| {
                if let Some(household) = households.get(at) {
                    out.set(*household as usize, yes, true);
                }
            });
            out
        }
        ClauseKind::Compare(left, how, right) => {
            let left = side(block, left, scope);
            let right = side(block, right, scope);
            compared(rows, &left, *how, &right)
        }
        ClauseKind::OneOf(number, list) => {
            let number = numbers(block, number, scope);
            let mut out = Answers::all(rows, Verdict::No);
            for one in list {
                let one = numbers(block, one, scope);
                out.or(&compared(rows, &number, Comparison::Equal, &one));
            }
            out
        }
        leaf => match scope {
            Scope::Household => Answers::of(rows, |at| of_household(block, leaf, block.row(at))),
            Scope::Member => {
                let all = &block.members().all;
                Answers::of(rows, |at| match all.get(at) {
                    Some(member) => of_member(block, leaf, *member),
                    None => Verdict::Unknown,
                })
            }
        },
    }
}

/// A clause that asks for one fact of a household.
fn of_household(block: &Block<'_>, kind: &ClauseKind, row: u32) -> Verdict {
    let known = block.known;
    match kind {
        ClauseKind::Flag(fact) => known.flag_of_household(*fact, row),
        ClauseKind::Tags(tags) => known.has_tag(row, tags),
        ClauseKind::Lists(lists) => known.is_on_list(row, lists),
        ClauseKind::Areas(patterns) => known.is_in_area(row, patterns),
        ClauseKind::Receives(place) => known.household_receives(row, *place),
        ClauseKind::Need(place) => known.has_need(row, *place),
        _ => Verdict::Unknown,
    }
}

/// A clause that asks for one fact of a member.
fn of_member(block: &Block<'_>, kind: &ClauseKind, member: Member) -> Verdict {
    let known = block.known;
    match kind {
        ClauseKind::Flag(fact) => known.flag_of_member(*fact, member),
        ClauseKind::Kinds(fact, mask) => known.kind(*fact, *mask, member),
        ClauseKind::Tags(tags) => known.member_has_tag(member, tags),
        ClauseKind::Receives(place) => known.member_receives(member, *place),
        _ => Verdict::Unknown,
    }
}

fn compared(rows: usize, left: &Numbers, how: Comparison, right: &Numbers) -> Answers {
    let mut out = Answers::all(rows, Verdict::No);
    // A comparison with one number for all is the common case, and worth a loop of its own.
    if let (Numbers::Each(limits), Numbers::All(other)) = (left, right) {
        for (at, (lo, hi)) in limits.lo.iter().zip(&limits.hi).enumerate() {
            let (yes, may) = bounds(*lo, *hi, how, other.lo, other.hi);
            out.set(at, yes, may);
        }
        return out;
    }
    for at in 0..rows {
        let (a, b) = (left.at(at), right.at(at));
        let (yes, may) = bounds(a.lo, a.hi, how, b.lo, b.hi);
        out.set(at, yes, may);
    }
    out
}

/// One side of a comparison: a count of members may lie between two numbers.
fn side(block: &Block<'_>, number: &Number, scope: Scope) -> Numbers {
    match number {
        Number::CountMembers(clause) => {
            let counts = counted(block, clause);
            in_scope(block, counts, scope)
        }
        other => numbers(block, other, scope),
    }
}

/// How many members of each household there are for whom a clause holds.
fn counted(block: &Block<'_>, clause: &Clause) -> Numbers {
    let answers = asked(block, clause, Scope::Member);
    let members = block.members();
    let mut counts = vec![Range::exactly(0.0); block.rows.len()];
    each_may(&answers, |at, yes| {
        let (Some(member), Some(household)) = (members.all.get(at), members.household.get(at))
        else {
            return;
        };
        let people = match member {
            Member::Listed(_) => Range::exactly(1.0),
            Member::Unlisted(row) => block.known.unlisted_count(*row),
        };
        if let Some(count) = counts.get_mut(*household as usize) {
            count.lo += if yes { people.lo } else { 0.0 };
            count.hi += people.hi;
        }
    });
    Numbers::each(counts.len(), |at| {
        counts.get(at).copied().unwrap_or(Range::UNKNOWN)
    })
}

/// Numbers of households for each of their members, where those are asked.
fn in_scope(block: &Block<'_>, numbers: Numbers, scope: Scope) -> Numbers {
    match (&numbers, scope) {
        (Numbers::Each(_), Scope::Member) => {
            let households = &block.members().household;
            Numbers::each(households.len(), |at| match households.get(at) {
                Some(household) => numbers.at(*household as usize),
                None => Range::UNKNOWN,
            })
        }
        _ => numbers,
    }
}

pub(super) fn numbers(block: &Block<'_>, number: &Number, scope: Scope) -> Numbers {
    match number {
        Number::Constant(value) => Numbers::All(Range::exactly(*value)),
        Number::Threshold(place) => in_scope(block, thresholds(block, *place), scope),
        Number::Fact(fact) if fact.scope() == Scope::Member => block.of_members(*fact),
        Number::Fact(fact) => in_scope(block, block.of_households(*fact), scope),
        Number::CountMembers(clause) => {
            let counts = counted(block, clause);
            let exact = Numbers::each(block.rows.len(), |at| counts.at(at).exact_or_unknown());
            in_scope(block, exact, scope)
        }
        Number::Negative(inner) => match numbers(block, inner, scope) {
            Numbers::All(range) => Numbers::All(range.negative()),
            each @ Numbers::Each(_) => {
                Numbers::each(rows_of(block, scope), |at| each.at(at).negative())
            }
        },
        Number::Calculated(left, how, right) => {
            let left = numbers(block, left, scope);
            let right = numbers(block, right, scope);
            if let (Numbers::All(left), Numbers::All(right)) = (&left, &right) {
                return Numbers::All(left.calculate(*how, *right));
            }
            Numbers::each(rows_of(block, scope), |at| {
                left.at(at).calculate(*how, right.at(at))
            })
        }
    }
}

fn thresholds(block: &Block<'_>, place: usize) -> Numbers {
    if block.known.is_everywhere_the_same(place) {
        return Numbers::All(block.known.threshold(place, 0));
    }
    Numbers::each(block.rows.len(), |at| {
        block.known.threshold(place, block.row(at))
    })
}
