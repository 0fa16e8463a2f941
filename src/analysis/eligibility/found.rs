//! What was found of a fact, and what it stands on.

use super::facts::{Fact, FlagFact, KindFact, NumberFact};
use super::known::Known;
use super::member::Member;
use super::reason::{FactSource, FactValue, FoundFact};
use super::tags::has_one;
use super::verdict::{Range, Verdict};
use crate::model::HouseholdField;
use crate::snapshot::{People, Unknown};

fn value_of(range: Range) -> FactValue {
    match range.known() {
        Some(number) => FactValue::Number(number),
        None if range.is_none() => FactValue::None,
        // A limit that says more than that there are no fewer than none.
        None if range.hi.is_finite() || range.lo > 1.0 => FactValue::Between(range.lo, range.hi),
        None => FactValue::Missing,
    }
}

fn value_of_verdict(verdict: Verdict) -> FactValue {
    match verdict {
        Verdict::Yes => FactValue::Flag(true),
        Verdict::No => FactValue::Flag(false),
        Verdict::Unknown => FactValue::Missing,
    }
}

pub(super) fn found_number(
    known: &Known<'_>,
    fact: NumberFact,
    row: u32,
    member: Option<Member>,
    value: Range,
) -> FoundFact {
    let sources = match (fact, member) {
        (NumberFact::Age, Some(Member::Unlisted(_))) => [
            HouseholdField::Members,
            HouseholdField::Elderly,
            HouseholdField::Children,
        ]
        .map(FactSource::Household)
        .to_vec(),
        (NumberFact::Age, Some(Member::Listed(person))) => vec![FactSource::Member(person, "born")],
        (NumberFact::DisabilityLevel, Some(Member::Listed(person))) => {
            vec![FactSource::Member(person, "disability_level")]
        }
        (NumberFact::DisabilityLevel, Some(Member::Unlisted(_))) => {
            vec![FactSource::Household(HouseholdField::Disabled)]
        }
        (NumberFact::OwnIncome, Some(Member::Listed(person))) => {
            vec![FactSource::Member(person, "monthly_income")]
        }
        (NumberFact::IncomePerHead, _) => vec![income(known, row), count(known, fact, row)],
        (NumberFact::HouseholdIncome, _) => vec![income(known, row)],
        (NumberFact::DaysSinceVisit, _) => vec![last_visit(known, row)],
        _ => vec![count(known, fact, row)],
    };
    FoundFact {
        fact: Fact::Number(fact),
        value: value_of(value),
        sources,
    }
}

/// On what the household's income stands.
fn income(known: &Known<'_>, row: u32) -> FactSource {
    let stated = known.town.households.monthly_income.get(row as usize);
    if stated.is_none_or(|income| income.is_nan()) && !known.town.people.of(row).is_empty() {
        FactSource::ListedMembers("monthly_income")
    } else {
        FactSource::Household(HouseholdField::MonthlyIncome)
    }
}

/// On what a count of members stands.
fn count(known: &Known<'_>, fact: NumberFact, row: u32) -> FactSource {
    let households = &known.town.households;
    let (column, field, of_member) = match fact {
        NumberFact::Elderly => (&households.elderly, HouseholdField::Elderly, "born"),
        NumberFact::Children => (&households.children, HouseholdField::Children, "born"),
        NumberFact::Disabled => (
            &households.disabled,
            HouseholdField::Disabled,
            "disability_kind",
        ),
        _ => (&households.members, HouseholdField::Members, "name"),
    };
    let least = i32::from(!matches!(
        fact,
        NumberFact::Elderly | NumberFact::Children | NumberFact::Disabled
    ));
    let is_stated = column
        .get(row as usize)
        .is_some_and(|count| *count >= least);
    if !is_stated && !known.town.people.of(row).is_empty() {
        FactSource::ListedMembers(of_member)
    } else {
        FactSource::Household(field)
    }
}

pub(super) fn found_flag(
    known: &Known<'_>,
    fact: FlagFact,
    row: u32,
    member: Option<Member>,
    verdict: Verdict,
) -> FoundFact {
    let tags = FactSource::Household(HouseholdField::Tags);
    let sources = match (fact, member) {
        (FlagFact::HasDisability, Some(Member::Listed(person))) => {
            vec![FactSource::Member(person, "disability_kind")]
        }
        (FlagFact::HasDisability, _) => vec![FactSource::Household(HouseholdField::Disabled)],
        (FlagFact::NoSupport, Some(Member::Listed(person))) => {
            vec![FactSource::Member(person, "tags"), tags]
        }
        (FlagFact::LivingAlone, _) => {
            let stated = known.town.households.living_alone.get(row as usize);
            if stated.is_some_and(|flag| *flag >= 0) {
                vec![FactSource::Household(HouseholdField::LivingAlone)]
            } else {
                vec![count(known, NumberFact::Members, row)]
            }
        }
        _ => vec![tags],
    };
    FoundFact {
        fact: Fact::Flag(fact),
        value: value_of_verdict(verdict),
        sources,
    }
}

pub(super) fn found_kind(known: &Known<'_>, fact: KindFact, member: Member) -> FoundFact {
    let (value, source) = match member {
        Member::Listed(person) => {
            let field = match fact {
                KindFact::Sex => "sex",
                KindFact::Disability => "disability_kind",
                KindFact::SelfCare => "self_care",
                KindFact::Health => "health",
                KindFact::Work => "work",
                KindFact::Schooling => "schooling",
                KindFact::Relation => "relation",
            };
            (
                known.kind_number(fact, person),
                Some(FactSource::Member(person, field)),
            )
        }
        Member::Unlisted(_) if fact == KindFact::Disability => {
            let none = 1 << People::NO_DISABILITY;
            let is_none = known.kind(fact, none, member) == Verdict::Yes;
            (
                if is_none { People::NO_DISABILITY } else { 0 },
                Some(FactSource::Household(HouseholdField::Disabled)),
            )
        }
        Member::Unlisted(_) => (0, None),
    };
    FoundFact {
        fact: Fact::Kind(fact),
        value: match value {
            0 => FactValue::Missing,
            People::SOME_DISABILITY if fact == KindFact::Disability => FactValue::Missing,
            number => FactValue::Kind(number),
        },
        sources: source.into_iter().collect(),
    }
}

/// A yes or no with its sources.
pub(super) fn found_plain(fact: Fact, sources: Vec<FactSource>, verdict: Verdict) -> FoundFact {
    FoundFact {
        fact,
        value: value_of_verdict(verdict),
        sources,
    }
}

/// The row of the last visit by the day, else the ledger's own word.
fn last_visit(known: &Known<'_>, row: u32) -> FactSource {
    let last = known.day.last_visit.get(row as usize);
    let visits = &known.town.visits;
    let is_last = |at: &usize| {
        let done = visits.done_on.get(*at);
        done.is_some_and(|done| *done != Unknown::DAY && Some(done) == last)
    };
    match visits.of(row).find(is_last) {
        Some(at) => FactSource::Visit(at as u32),
        None => FactSource::Household(HouseholdField::LastVisit),
    }
}

/// On what tags stand.
pub(super) fn tags(member: Option<Member>) -> Vec<FactSource> {
    let of_household = FactSource::Household(HouseholdField::Tags);
    match member {
        Some(Member::Listed(person)) => vec![FactSource::Member(person, "tags"), of_household],
        _ => vec![of_household],
    }
}

/// On what it stands that one of some lists knows a household, or that none does.
pub(super) fn lists(known: &Known<'_>, row: u32, wanted: &[String]) -> Vec<FactSource> {
    let all = known.town.households.lists.get(row).split(';');
    let known_by: Vec<FactSource> = all
        .zip(0..)
        .filter(|(list, _)| has_one(list, wanted))
        .map(|(_, at)| FactSource::List(at))
        .collect();
    if known_by.is_empty() {
        return vec![FactSource::Lists];
    }
    known_by
}

/// On what it stands that a household lies in an area: its position, else the area that it declares.
pub(super) fn area(known: &Known<'_>, row: u32) -> Vec<FactSource> {
    let area = known.town.households.area.get(row as usize);
    let field = match area.and_then(|area| area.get()) {
        Some(_) => HouseholdField::Position,
        None => HouseholdField::DeclaredArea,
    };
    vec![FactSource::Area, FactSource::Household(field)]
}

/// The receipts by which a household or member receives a programme, else the ledger's own list.
pub(super) fn receiving(
    known: &Known<'_>,
    place: u8,
    row: u32,
    member: Option<Member>,
    verdict: Verdict,
) -> Vec<FactSource> {
    let ledger = FactSource::Household(HouseholdField::Programmes);
    if !verdict.is_yes() {
        return vec![FactSource::Receipts, ledger];
    }
    let receipts = &known.town.receipts;
    let counting = |whose: &dyn Fn(u32) -> bool| -> Vec<FactSource> {
        receipts
            .of(row)
            .filter(|at| receipts.programme.get(*at) == Some(&place))
            .filter(|at| receipts.is_active(*at, known.rules.as_of))
            .filter(|at| receipts.person.get(*at).is_some_and(|who| whose(*who)))
            .map(|at| FactSource::Receipt(at as u32))
            .collect()
    };
    let found = match member {
        Some(Member::Listed(person)) => {
            let own = counting(&|who| who == person);
            if own.is_empty() {
                counting(&|who| who == People::NONE)
            } else {
                own
            }
        }
        _ => counting(&|_| true),
    };
    if found.is_empty() {
        vec![ledger]
    } else {
        found
    }
}

/// The needs of a category that are open, else the ledger's own list.
pub(super) fn needs(known: &Known<'_>, place: u8, row: u32, verdict: Verdict) -> Vec<FactSource> {
    let rows = &known.town.needs;
    let open = rows.of(row).filter(|at| {
        rows.category.get(*at) == Some(&place) && known.day.need_open.get(*at) == Some(&true)
    });
    let open: Vec<FactSource> = open.map(|at| FactSource::Need(at as u32)).collect();
    if open.is_empty() || !verdict.is_yes() {
        return vec![FactSource::Household(HouseholdField::Needs)];
    }
    open
}

pub(super) fn found_threshold(
    known: &Known<'_>,
    place: usize,
    row: u32,
    value: Range,
) -> FoundFact {
    let at = known.threshold_value(place, row);
    FoundFact {
        fact: Fact::Threshold(place),
        value: value_of(value),
        sources: at
            .map(|at| FactSource::Threshold(place, at))
            .into_iter()
            .collect(),
    }
}
