//! Why a household is on the list.

use super::super::coverage::receiving;
use super::facts::{Asked, Facts};
use super::{Component, PriorityWeights};
use crate::model::Date;
use crate::query::Choice;
use crate::snapshot::{HotGrade, Snapshot};

/// Why a household is on the list. Words are chosen on a higher floor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// So many open needs of the chosen categories.
    OpenNeeds(u32),
    /// So many gaps in the chosen programmes.
    Gaps(u32),
    /// An elder who lives alone.
    LivingAloneElder,
    /// So many members of 60 and older, not living alone.
    Elderly(u16),
    /// So many members with a disability.
    Disabled(u16),
    /// Income a head under the threshold.
    LowIncome,
    /// So many children.
    Children(u16),
    /// The oldest open need waits so many days: over 30.
    LongWaiting(u32),
    /// No visit is known.
    NeverVisited,
    /// So many days since the last visit: over 30 for an elder living alone (the monthly visit
    /// of 特殊困难老年人探访), over 90 for others.
    LongSinceVisit(u32),
    /// Need gathers around its grid.
    HotSpot,
    /// An open need, and nothing received of the chosen programmes.
    NoAssistance,
}

const LONG_SINCE_VISIT_DAYS: i32 = 90;
const MONTHLY_VISIT_DAYS: i32 = 30;
const LONG_WAITING_DAYS: u32 = 30;

/// Why a household is on the list, the strongest reason first: the one that adds most to its
/// score (with the vulnerability not yet capped), at the same strength in the order of
/// [`Reason`]. [`Reason::NoAssistance`] adds nothing and stands last.
pub fn reasons(
    snapshot: &Snapshot,
    row: u32,
    as_of: Date,
    choice: Choice,
    weights: &PriorityWeights,
) -> Vec<Reason> {
    let facts = Asked::of(snapshot, choice, as_of).facts(row);
    let factors = weights.factors();
    let whole = |component, reason: Option<Reason>| {
        reason.map(|reason| (factors.points(component, facts.value(component)), reason))
    };
    let counted = |count: u32, reason: fn(u32) -> Reason| (count > 0).then(|| reason(count));
    let asked_for = [
        whole(
            Component::UnmetLoad,
            counted(facts.open_needs, Reason::OpenNeeds),
        ),
        whole(Component::Gaps, counted(facts.gaps, Reason::Gaps)),
    ];
    let of_itself = facts
        .vulnerable()
        .into_iter()
        .filter(|(_, value)| *value > 0.0)
        .map(|(reason, value)| (factors.points(Component::Vulnerability, value), reason));
    let is_hot = matches!(facts.grade, Some(HotGrade::Hot95 | HotGrade::Hot99));
    let of_time_and_place = [
        whole(Component::Waiting, waiting(&facts)),
        whole(Component::Visit, visit(&facts)),
        whole(Component::HotSpot, is_hot.then_some(Reason::HotSpot)),
    ];
    let mut found: Vec<(f64, Reason)> = asked_for.into_iter().flatten().collect();
    found.extend(of_itself);
    found.extend(of_time_and_place.into_iter().flatten());
    // The sort is stable: at the same strength the order above stays.
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut reasons: Vec<Reason> = found.into_iter().map(|(_, reason)| reason).collect();
    if facts.open_needs > 0 && !receiving(snapshot, row, choice) {
        reasons.push(Reason::NoAssistance);
    }
    reasons
}

fn waiting(facts: &Facts) -> Option<Reason> {
    let days = facts.waiting_days?;
    (days > LONG_WAITING_DAYS).then_some(Reason::LongWaiting(days))
}

fn visit(facts: &Facts) -> Option<Reason> {
    let limit = if facts.is_elder_alone() {
        MONTHLY_VISIT_DAYS
    } else {
        LONG_SINCE_VISIT_DAYS
    };
    match facts.days_since_visit {
        None => Some(Reason::NeverVisited),
        Some(days) if days > limit => Some(Reason::LongSinceVisit(days.unsigned_abs())),
        Some(_) => None,
    }
}
