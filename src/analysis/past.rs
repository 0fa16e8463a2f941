//! The town on an earlier day: what was received, needed and missed then, by the rules of then.

use super::coverage::{Columns, Coverage, coverage_on};
use super::eligibility::RuleSet;
use super::gaps::{ProgrammeCoverage, gaps_on, programme_coverage_on};
use crate::base::{Cancelled, Progress};
use crate::model::Date;
use crate::query::{Choice, RowSet};
use crate::snapshot::{OnDay, Snapshot, Undated};

/// What the households received, needed and missed on a day; rows are those of the snapshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    /// Programmes, needs and visits that count on the day.
    pub day: OnDay,
    /// Eligible and not receiving on the day, by the rules of the day: a bit a programme.
    pub gap: Vec<u64>,
    /// Programmes with a rule on the day.
    pub stated: u64,
}

impl Past {
    /// The day.
    pub fn as_of(&self) -> Date {
        self.day.as_of
    }

    pub(super) fn columns(&self) -> Columns<'_> {
        Columns {
            day: self.day.columns(),
            gap: &self.gap,
        }
    }

    /// Whether a household receives something of the chosen programmes.
    pub fn receiving(&self, row: u32, choice: Choice) -> bool {
        self.day.columns().programmes_of(row) & choice.programmes != 0
    }

    /// The gaps of a household in the chosen programmes, a bit each.
    pub fn gaps_of(&self, row: u32, choice: Choice) -> u64 {
        self.gap.get(row as usize).copied().unwrap_or(0) & choice.programmes
    }
}

/// The town on a day: the receipts, needs and visits that count then, and the gaps by the rules,
/// thresholds and ages of that day. `undated` is [`Snapshot::undated`]. Ticks once a block, in
/// households.
///
/// Equals a town that is loaded as of that day.
///
/// # Errors
/// [`Cancelled`] where the progress says so.
///
/// Limits: what has no date (income, members, the ledger's own lists) is as the snapshot has it;
/// the ages of members are those of the day.
pub fn past(
    town: &Snapshot,
    undated: &Undated,
    as_of: Date,
    progress: &Progress,
) -> Result<Past, Cancelled> {
    let day = town.on_day(undated, as_of);
    let rules = RuleSet::compile(&town.catalogue, as_of);
    let gap = gaps_on(town, day.columns(), &rules, progress)?.gap;
    Ok(Past {
        day,
        gap,
        stated: rules.stated(),
    })
}

/// [`super::coverage`] of an earlier day.
///
/// # Errors
/// [`Cancelled`] where the progress says so.
pub fn past_coverage(
    town: &Snapshot,
    past: &Past,
    rows: &RowSet,
    choice: Choice,
    progress: &Progress,
) -> Result<Coverage, Cancelled> {
    coverage_on(town, past.columns(), rows, choice, progress)
}

/// [`super::programme_coverage`] of an earlier day, by the rules of that day. They are asked once
/// more: kept for every member, their answers would weigh more than the town.
///
/// # Errors
/// [`Cancelled`] where the progress says so.
pub fn past_programme_coverage(
    town: &Snapshot,
    past: &Past,
    rows: &RowSet,
    progress: &Progress,
) -> Result<ProgrammeCoverage, Cancelled> {
    let rules = RuleSet::compile(&town.catalogue, past.as_of());
    let day = past.day.columns();
    let gaps = gaps_on(town, day, &rules, progress)?;
    programme_coverage_on(town, day, &gaps, rows, progress)
}
