//! The rules of a catalogue on a day, read and put together.

use super::clause::{Clause, ClauseKind, Number};
use super::facts::Scope;
use super::mistake::RuleMistake;
use super::parse;
use crate::model::{Catalogue, Date, ProgrammeUnit, Threshold};
use crate::words::Message;

/// More clauses than any rule has, with the rules that it asks for.
const LARGEST: usize = 2_000;

/// What the catalogue says of who is eligible for one programme on a day.
#[derive(Debug, Clone, Default)]
pub struct ProgrammeRule {
    /// Who is counted.
    pub unit: ProgrammeUnit,
    /// Whether it pays or gives something that one can receive.
    pub has_benefit: bool,
    /// The place of the version that is used among the scheme's rules; `None` where no rule is
    /// stated on the day, which is a state of the programme and says nothing of households.
    pub version: Option<usize>,
    /// A version that should be in force and has a mistake: its place, and the mistake. The last
    /// good version before it is used in its stead.
    pub mistake: Option<(usize, RuleMistake)>,
    /// What is wrong with the amount.
    pub amount_mistake: Option<RuleMistake>,
    pub(super) clause: Option<Clause>,
    pub(super) amount: Option<Number>,
}

impl ProgrammeRule {
    /// Whether there is a rule that can be asked.
    pub fn is_stated(&self) -> bool {
        self.clause.is_some()
    }

    /// Whether an amount can be worked out.
    pub fn has_amount(&self) -> bool {
        self.amount.is_some()
    }
}

/// The rules of all programmes on a day, in the order of the catalogue.
#[derive(Debug, Clone)]
pub struct RuleSet {
    /// The day of which rules, thresholds and ages are asked.
    pub as_of: Date,
    pub(super) programmes: Vec<ProgrammeRule>,
    pub(super) thresholds: Vec<Threshold>,
}

/// The first mistake in a rule of a programme that is counted in this unit, without asking for the
/// rules of the others.
///
/// # Errors
/// Says which characters are wrong, why, and what would be right.
pub fn check_rule(
    text: &str,
    unit: ProgrammeUnit,
    catalogue: &Catalogue,
) -> Result<(), RuleMistake> {
    parse::rule(text, unit, catalogue).map(|_| ())
}

/// The same of an amount: a number of the rule language.
///
/// # Errors
/// As [`check_rule`].
pub fn check_amount(
    text: &str,
    unit: ProgrammeUnit,
    catalogue: &Catalogue,
) -> Result<(), RuleMistake> {
    parse::amount(text, unit, catalogue).map(|_| ())
}

impl RuleSet {
    /// Reads the rules in force on a day. A version with a mistake is put aside, and the last good
    /// one before it stays in force. A rule that asks for its own programme by way of others has a
    /// mistake too.
    pub fn compile(catalogue: &Catalogue, as_of: Date) -> Self {
        let count = catalogue.programmes.len().min(64);
        let mut programmes: Vec<ProgrammeRule> = (0..count)
            .map(|place| read(catalogue, place, as_of, usize::MAX))
            .collect();
        // A version that cannot be put together gives way to the one before it, and with it the
        // rules that ask for it are put together anew. Versions only go down, so this ends.
        loop {
            let mut linked = Vec::with_capacity(count);
            let mut wrong = None;
            for (place, rule) in programmes.iter().enumerate() {
                let clause = rule.clause.as_ref();
                let done = clause.map(|clause| {
                    let mut budget = LARGEST;
                    link(clause, &programmes, &mut vec![place as u8], &mut budget)
                });
                match done.transpose() {
                    Ok(clause) => linked.push(clause),
                    Err(mistake) => {
                        wrong = Some((place, mistake));
                        break;
                    }
                }
            }
            let Some((place, mistake)) = wrong else {
                for (rule, clause) in programmes.iter_mut().zip(linked) {
                    rule.clause = clause;
                }
                break;
            };
            let Some(rule) = programmes.get_mut(place) else {
                break;
            };
            let failed = rule.version.unwrap_or(0);
            let mut earlier = read(catalogue, place, as_of, failed);
            earlier.mistake = rule.mistake.take().or(Some((failed, mistake)));
            *rule = earlier;
        }
        Self {
            as_of,
            programmes,
            thresholds: catalogue.thresholds.clone(),
        }
    }

    /// What is known of the rule of each programme, in the order of the catalogue.
    pub fn programmes(&self) -> &[ProgrammeRule] {
        &self.programmes
    }

    /// The programmes with a rule, as bits over their places.
    pub fn stated(&self) -> u64 {
        let places = self.programmes.iter().enumerate();
        places
            .filter(|(_, rule)| rule.is_stated())
            .fold(0, |bits, (place, _)| bits | 1 << place)
    }

    /// The programmes with a rule that pay or give something: who is eligible for a category or for
    /// visits alone goes without nothing.
    pub fn benefits(&self) -> u64 {
        let places = self.programmes.iter().enumerate();
        places
            .filter(|(_, rule)| rule.is_stated() && rule.has_benefit)
            .fold(0, |bits, (place, _)| bits | 1 << place)
    }

    /// The programmes that are counted in persons, as bits over their places.
    pub fn of_persons(&self) -> u64 {
        let places = self.programmes.iter().enumerate();
        places
            .filter(|(_, rule)| rule.unit == ProgrammeUnit::Person)
            .fold(0, |bits, (place, _)| bits | 1 << place)
    }
}

/// Reads the latest good version of a programme's rule that has begun and stands before `before`.
fn read(catalogue: &Catalogue, place: usize, as_of: Date, before: usize) -> ProgrammeRule {
    let Some(scheme) = catalogue.schemes.get(place) else {
        return ProgrammeRule::default();
    };
    let mut out = ProgrammeRule {
        unit: scheme.unit,
        has_benefit: scheme.has_benefit,
        ..ProgrammeRule::default()
    };
    if !scheme.monthly_amount.is_empty() {
        match parse::amount(&scheme.monthly_amount, scheme.unit, catalogue) {
            Ok(amount) => out.amount = Some(amount),
            Err(mistake) => out.amount_mistake = Some(mistake),
        }
    }
    let mut versions: Vec<_> = scheme.rules.iter().enumerate().collect();
    versions.retain(|(place, version)| version.from <= as_of && *place < before);
    versions.sort_by_key(|(place, version)| (version.from, *place));
    for (at, version) in versions.into_iter().rev() {
        match parse::rule(&version.text, scheme.unit, catalogue) {
            Ok(clause) => {
                (out.version, out.clause) = (Some(at), Some(clause));
                return out;
            }
            Err(mistake) => {
                out.mistake.get_or_insert((at, mistake));
            }
        }
    }
    out
}

/// Puts the rules that a clause asks for into it. `path` are the programmes on the way here.
fn link(
    clause: &Clause,
    rules: &[ProgrammeRule],
    path: &mut Vec<u8>,
    budget: &mut usize,
) -> Result<Clause, RuleMistake> {
    let too_large = |clause: &Clause| {
        let message = Message::new("rules.too_large").arg("most", LARGEST);
        RuleMistake::at(clause.start, clause.end, message)
    };
    *budget = budget.checked_sub(1).ok_or_else(|| too_large(clause))?;
    let mut all = |parts: &[Clause]| -> Result<Vec<Clause>, RuleMistake> {
        parts
            .iter()
            .map(|part| link(part, rules, path, budget))
            .collect()
    };
    let kind = match &clause.kind {
        ClauseKind::And(parts) => ClauseKind::And(all(parts)?),
        ClauseKind::Or(parts) => ClauseKind::Or(all(parts)?),
        ClauseKind::Not(part) => ClauseKind::Not(Box::new(link(part, rules, path, budget)?)),
        ClauseKind::AnyMember(part) => {
            ClauseKind::AnyMember(Box::new(link(part, rules, path, budget)?))
        }
        ClauseKind::Compare(a, how, b) => ClauseKind::Compare(
            link_number(a, rules, path, budget)?,
            *how,
            link_number(b, rules, path, budget)?,
        ),
        ClauseKind::OneOf(number, list) => ClauseKind::OneOf(
            link_number(number, rules, path, budget)?,
            list.iter()
                .map(|one| link_number(one, rules, path, budget))
                .collect::<Result<_, _>>()?,
        ),
        ClauseKind::Eligible(place, _) => {
            let mistake = |key| RuleMistake::at(clause.start, clause.end, Message::new(key));
            if path.contains(place) {
                return Err(mistake("rules.circle"));
            }
            let rule = rules.get(usize::from(*place));
            let asked = rule.and_then(|rule| rule.clause.as_ref());
            let asked = asked.ok_or_else(|| mistake("rules.no_rule_to_ask"))?;
            path.push(*place);
            let linked = link(asked, rules, path, budget);
            path.pop();
            let mut linked = linked.map_err(|elsewhere| {
                // The place of that mistake is in the other rule's text, where it is shown. A
                // circle goes through every rule of it.
                match elsewhere.message.key() {
                    "rules.circle" => mistake("rules.circle"),
                    _ => mistake("rules.asked_rule_wrong"),
                }
            })?;
            // Asked of a household, the rule of a programme for persons asks for anybody in it.
            let is_of_person = rule.is_some_and(|rule| rule.unit == ProgrammeUnit::Person);
            if is_of_person && clause.scope == Scope::Household {
                linked = Clause {
                    start: linked.start,
                    end: linked.end,
                    scope: Scope::Household,
                    kind: ClauseKind::AnyMember(Box::new(linked)),
                };
            }
            ClauseKind::Eligible(*place, Some(Box::new(linked)))
        }
        other => other.clone(),
    };
    Ok(Clause {
        kind,
        ..clause.clone()
    })
}

fn link_number(
    number: &Number,
    rules: &[ProgrammeRule],
    path: &mut Vec<u8>,
    budget: &mut usize,
) -> Result<Number, RuleMistake> {
    Ok(match number {
        Number::CountMembers(clause) => {
            Number::CountMembers(Box::new(link(clause, rules, path, budget)?))
        }
        Number::Negative(inner) => {
            Number::Negative(Box::new(link_number(inner, rules, path, budget)?))
        }
        Number::Calculated(a, how, b) => Number::Calculated(
            Box::new(link_number(a, rules, path, budget)?),
            *how,
            Box::new(link_number(b, rules, path, budget)?),
        ),
        other => other.clone(),
    })
}
