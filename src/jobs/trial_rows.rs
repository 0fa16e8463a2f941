//! What a trial found, row by row: figures of areas, and everybody who comes in or goes.

use super::{Town, Tried};
use crate::analysis::{self, AreaChange, Explanation, UnitRef, Verdict};
use crate::base::Progress;
use crate::model::AreaLevel;
use crate::snapshot::AreaIndex;
use crate::words::Fault;

/// A programme in an area, or in all.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TrialRow {
    /// The area; `None` for all of the town.
    pub area: Option<AreaIndex>,
    /// The place of the programme.
    pub place: usize,
    /// Its figures.
    pub change: AreaChange,
    /// Whether an amount is stated: today, and on trial.
    pub has_amount: [bool; 2],
}

impl TrialRow {
    /// What all who are eligible would be paid, yuan a month: today and on trial; `None` where no
    /// amount is stated.
    pub fn costs_yuan(&self) -> [Option<f64>; 2] {
        let sides = [self.change.today.cost, self.change.trial.cost];
        [0, 1].map(|side| self.has_amount[side].then_some(sides[side].yuan))
    }

    /// The same of those who receive today.
    pub fn paid_yuan(&self) -> [Option<f64>; 2] {
        let sides = [self.change.today.paid, self.change.trial.paid];
        [0, 1].map(|side| self.has_amount[side].then_some(sides[side].yuan))
    }

    /// How much more the trial would cost a month; where only one side states an amount the other
    /// pays nothing.
    pub fn difference_yuan(&self) -> Option<f64> {
        let [today, trial] = self.costs_yuan();
        (today.is_some() || trial.is_some()).then(|| trial.unwrap_or(0.0) - today.unwrap_or(0.0))
    }

    /// Amounts that could not be worked out, of both sides.
    pub fn amounts_unknown(&self) -> u32 {
        self.change.today.cost.unknown + self.change.trial.cost.unknown
    }
}

/// The programmes that have a rule on either side, for the whole town; then, for the areas of a
/// level by their codes, those of which anything is different.
pub fn trial_rows(town: &Town, tried: &Tried, level: Option<AreaLevel>) -> Vec<TrialRow> {
    let programmes = &tried.what_if.programmes;
    let stated = programmes
        .iter()
        .filter(|one| one.is_stated.contains(&true));
    let total = stated.map(|one| TrialRow {
        area: None,
        place: usize::from(one.place),
        change: AreaChange {
            today: one.today,
            trial: one.trial,
            entrants: one.entrants,
            leavers: one.leavers,
        },
        has_amount: one.has_amount,
    });
    let mut rows: Vec<TrialRow> = total.collect();
    let areas = &town.snapshot.areas;
    let mut here: Vec<_> = level
        .into_iter()
        .flat_map(|level| areas.of_level(level))
        .filter_map(|area| Some((areas.code.get(area.0 as usize)?, area)))
        .collect();
    here.sort_unstable();
    for (_, area) in here {
        for one in programmes.iter().filter(|one| one.is_changed()) {
            let place = usize::from(one.place);
            let change = tried.what_if.of_area(area, place);
            if change.entrants + change.leavers > 0 || change.today != change.trial {
                rows.push(TrialRow {
                    area: Some(area),
                    place,
                    change,
                    has_amount: one.has_amount,
                });
            }
        }
    }
    rows
}

/// A household or member that comes in or goes.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitChange {
    /// The place of the programme.
    pub place: u8,
    /// The row of the household.
    pub row: u32,
    /// Who.
    pub unit: UnitRef,
    /// Whether it comes in; else it goes.
    pub enters: bool,
    /// What today's rule says; `None` where there is none.
    pub today: Option<Explanation>,
    /// What the rule on trial says; `None` where there is none.
    pub trial: Option<Explanation>,
}

/// Everybody who comes in or goes: by programme, then by row; of a household by member.
///
/// # Errors
/// Where it is cancelled.
pub fn unit_changes(
    town: &Town,
    tried: &Tried,
    progress: &Progress,
) -> Result<Vec<UnitChange>, Fault> {
    let mut out = Vec::new();
    for one in &tried.what_if.programmes {
        let bit = 1_u64 << (one.place & 63);
        let moving = tried.what_if.entrants(bit).or(&tried.what_if.leavers(bit));
        if moving.count() == 0 {
            continue;
        }
        progress.tick(0)?;
        let asked = |rules| analysis::explain_each(&town.snapshot, rules, one.place, moving.iter());
        let (today, trial) = (asked(&town.rules), asked(&tried.rules));
        for ((row, today), trial) in moving.iter().zip(today).zip(trial) {
            progress.tick(0)?;
            add_household(&mut out, (one.place, row), today, trial);
        }
    }
    Ok(out)
}

fn add_household(
    out: &mut Vec<UnitChange>,
    (place, row): (u8, u32),
    today: Vec<Explanation>,
    trial: Vec<Explanation>,
) {
    let mut before: Vec<Option<Explanation>> = today.into_iter().map(Some).collect();
    let mut pairs = Vec::new();
    for after in trial {
        let same = before
            .iter_mut()
            .find(|one| one.as_ref().is_some_and(|one| one.unit == after.unit));
        pairs.push((same.and_then(Option::take), Some(after)));
    }
    // Who is asked no more, as the programme counts otherwise now or has no rule.
    pairs.extend(before.into_iter().flatten().map(|one| (Some(one), None)));
    for (today, trial) in pairs {
        let is_yes = |one: &Option<Explanation>| {
            one.as_ref()
                .is_some_and(|one| one.reason.verdict == Verdict::Yes)
        };
        let (was, is) = (is_yes(&today), is_yes(&trial));
        let Some(unit) = trial.as_ref().or(today.as_ref()).map(|one| one.unit) else {
            continue;
        };
        if was != is {
            out.push(UnitChange {
                place,
                row,
                unit,
                enters: is,
                today,
                trial,
            });
        }
    }
}
