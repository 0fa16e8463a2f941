//! What the score knows of one household.

use super::super::coverage::{Weights, chosen_gaps, chosen_needs};
use super::{Component, PriorityFact, Reason};
use crate::model::{Catalogue, Date};
use crate::query::Choice;
use crate::snapshot::{HotGrade, Snapshot, Unknown};

const LOAD_CAP: f64 = 4.0;
const GAPS_CAP: f64 = 2.0;
const VISIT_CAP_DAYS: f64 = 180.0;
const WAITING_CAP_DAYS: f64 = 180.0;

/// Income a head under which a household counts as poor, in yuan a month, where the catalogue has
/// no `priority_low_income`.
const LOW_INCOME_YUAN: f64 = 1_000.0;

/// What every household is asked.
pub(super) struct Asked<'a> {
    snapshot: &'a Snapshot,
    choice: Choice,
    as_of: Date,
    loads: Weights,
    low_income_yuan: f64,
}

/// What is known of one household.
pub(super) struct Facts {
    /// The unmet load.
    load: f64,
    /// The sum of the weights of the gaps.
    gap_load: f64,
    pub(super) open_needs: u32,
    pub(super) gaps: u32,
    elderly: u16,
    pub(super) alone: bool,
    disabled: u16,
    children: u16,
    poor: bool,
    /// Days since the oldest open need was raised.
    pub(super) waiting_days: Option<u32>,
    pub(super) days_since_visit: Option<i32>,
    pub(super) grade: Option<HotGrade>,
}

fn low_income_yuan(catalogue: &Catalogue) -> f64 {
    catalogue
        .number("priority_low_income")
        .unwrap_or(LOW_INCOME_YUAN)
}

impl<'a> Asked<'a> {
    pub(super) fn of(snapshot: &'a Snapshot, choice: Choice, as_of: Date) -> Self {
        Self {
            snapshot,
            choice,
            as_of,
            loads: Weights::of(snapshot),
            low_income_yuan: low_income_yuan(&snapshot.catalogue),
        }
    }

    pub(super) fn facts(&self, row: u32) -> Facts {
        let households = &self.snapshot.households;
        let at = row as usize;
        // Unknown counts are negative and become 0: what is not known adds nothing.
        let count = |column: &[i32]| {
            let count = column.get(at).copied().unwrap_or(0).max(0);
            u16::try_from(count).unwrap_or(u16::MAX)
        };
        let members = count(&households.members);
        let income = households.monthly_income.get(at).copied();
        let needs = chosen_needs(self.snapshot, row, self.choice);
        let gaps = chosen_gaps(self.snapshot, row, self.choice);
        let gap_load = self.loads.of_gaps(gaps);
        let (open_needs, need_load) = self.loads.needs(self.snapshot, row, needs);
        Facts {
            load: need_load + gap_load,
            gap_load,
            open_needs,
            gaps: gaps.count_ones(),
            elderly: count(&households.elderly),
            alone: count(&households.living_alone) == 1,
            disabled: count(&households.disabled),
            children: count(&households.children),
            // An unknown income is NaN, and NaN is below nothing.
            poor: members > 0
                && income.is_some_and(|income| income / f64::from(members) < self.low_income_yuan),
            waiting_days: self.waiting_days(row, needs),
            days_since_visit: households.days_since_visit(row, self.as_of),
            grade: self.grade(row),
        }
    }

    /// The value of every component of a household.
    pub(super) fn values(&self, row: u32) -> [f64; Component::COUNT] {
        let facts = self.facts(row);
        Component::ALL.map(|component| facts.value(component))
    }

    /// Days since the oldest of these needs was raised, of those that are open.
    fn waiting_days(&self, row: u32, needs: u64) -> Option<u32> {
        if needs == 0 {
            return None;
        }
        let rows = &self.snapshot.needs;
        let raised = rows
            .of(row)
            .filter(|at| {
                let category = rows.category.get(*at).copied().unwrap_or(u8::MAX);
                category < 64 && needs >> category & 1 == 1 && rows.is_open(*at, self.as_of)
            })
            .filter_map(|at| rows.raised_on.get(at).copied())
            .filter(|day| *day != Unknown::DAY)
            .min()?;
        let days = i64::from(self.as_of.days()) - i64::from(raised);
        u32::try_from(days.max(0)).ok()
    }

    fn grade(&self, row: u32) -> Option<HotGrade> {
        let area = self.snapshot.households.area.get(row as usize)?;
        self.snapshot.areas.hot_grade(*area)
    }

    pub(super) fn unknown(&self, row: u32) -> Vec<(Component, PriorityFact)> {
        let households = &self.snapshot.households;
        let at = row as usize;
        let is_unknown = |column: &[i32]| column.get(at).is_none_or(|count| *count < 0);
        let facts = self.facts(row);
        let income = households.monthly_income.get(at).copied();
        let no_income = income.is_none_or(f64::is_nan);
        let members = households.members.get(at).copied().unwrap_or(0);
        let found = [
            (PriorityFact::Elderly, is_unknown(&households.elderly)),
            (
                PriorityFact::LivingAlone,
                facts.elderly > 0 && is_unknown(&households.living_alone),
            ),
            (PriorityFact::Disabled, is_unknown(&households.disabled)),
            (PriorityFact::Children, is_unknown(&households.children)),
            (PriorityFact::Income, no_income || members <= 0),
            (
                PriorityFact::NeedDate,
                facts.open_needs > 0 && facts.waiting_days.is_none(),
            ),
            (PriorityFact::Visit, facts.days_since_visit.is_none()),
            (PriorityFact::Grid, facts.grade.is_none()),
        ];
        found
            .into_iter()
            .filter(|(_, is_unknown)| *is_unknown)
            .map(|(fact, _)| (component_of(fact), fact))
            .collect()
    }
}

/// The component that depends on a fact.
fn component_of(fact: PriorityFact) -> Component {
    match fact {
        PriorityFact::NeedDate => Component::Waiting,
        PriorityFact::Visit => Component::Visit,
        PriorityFact::Grid => Component::HotSpot,
        _ => Component::Vulnerability,
    }
}

impl Facts {
    /// The value of a component by its rule, 0 to 1.
    pub(super) fn value(&self, component: Component) -> f64 {
        match component {
            Component::UnmetLoad => (self.load / LOAD_CAP).clamp(0.0, 1.0),
            Component::Gaps => (self.gap_load / GAPS_CAP).clamp(0.0, 1.0),
            Component::Vulnerability => {
                let sum: f64 = self.vulnerable().iter().map(|(_, value)| value).sum();
                sum.min(1.0)
            }
            Component::Waiting => self
                .waiting_days
                .map_or(0.0, |days| (f64::from(days) / WAITING_CAP_DAYS).min(1.0)),
            Component::Visit => self
                .days_since_visit
                .map_or(1.0, |days| (f64::from(days) / VISIT_CAP_DAYS).min(1.0)),
            Component::HotSpot => match self.grade {
                Some(HotGrade::Hot99) => 1.0,
                Some(HotGrade::Hot95) => 0.5,
                Some(HotGrade::No) | None => 0.0,
            },
        }
    }

    /// Whether somebody of 60 or older is alone there.
    pub(super) fn is_elder_alone(&self) -> bool {
        self.alone && self.elderly > 0
    }

    /// Each fact that adds to the vulnerability, with what it adds.
    pub(super) fn vulnerable(&self) -> [(Reason, f64); 4] {
        let elder = match self.elderly {
            0 => 0.0,
            _ if self.alone => 0.4,
            _ => 0.2,
        };
        let elder_reason = if self.alone {
            Reason::LivingAloneElder
        } else {
            Reason::Elderly(self.elderly)
        };
        let child = match self.children {
            0 => 0.0,
            1 => 0.1,
            _ => 0.2,
        };
        let yes = |fact: bool| f64::from(u8::from(fact));
        [
            (elder_reason, elder),
            (
                Reason::Disabled(self.disabled),
                0.3 * yes(self.disabled > 0),
            ),
            (Reason::LowIncome, 0.3 * yes(self.poor)),
            (Reason::Children(self.children), child),
        ]
    }
}
