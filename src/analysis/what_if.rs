//! What if the rules were others (如果……会怎样): today's rules against rules on trial, before
//! anything is changed.

mod count;
mod part;

pub use part::TrialPart;

use super::eligibility::RuleSet;
use super::gaps::{Gaps, gaps};
use crate::base::{Cancelled, Progress};
use crate::model::{Date, ProgrammeUnit};
use crate::query::RowSet;
use crate::snapshot::{AreaIndex, Snapshot};
use std::ops::AddAssign;

/// Monthly amounts, added up.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct MonthlyCost {
    /// Yuan a month of those whose amount is known.
    pub yuan: f64,
    /// How many amounts were added up.
    pub known: u32,
    /// How many could not be worked out, for want of a fact.
    pub unknown: u32,
}

impl MonthlyCost {
    fn add(&mut self, yuan: Option<f64>) {
        match yuan {
            Some(yuan) => {
                self.yuan += yuan;
                self.known += 1;
            }
            None => self.unknown += 1,
        }
    }
}

impl AddAssign for MonthlyCost {
    fn add_assign(&mut self, other: Self) {
        self.yuan += other.yuan;
        self.known += other.known;
        self.unknown += other.unknown;
    }
}

/// How a programme stands under one set of rules. Units are households or persons, as the
/// programme counts.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct ProgrammeState {
    /// Units that are eligible.
    pub eligible: u32,
    /// Households that are, or one of whose members is.
    pub households: u32,
    /// Units of which it is not known; a household without listed members is one.
    pub unknown: u32,
    /// Units that are eligible and receive today.
    pub covered: u32,
    /// Units that are eligible and do not receive today.
    pub gap: u32,
    /// What all who are eligible would be paid a month.
    pub cost: MonthlyCost,
    /// What those of them would be paid who receive today.
    pub paid: MonthlyCost,
}

impl AddAssign for ProgrammeState {
    fn add_assign(&mut self, other: Self) {
        self.eligible += other.eligible;
        self.households += other.households;
        self.unknown += other.unknown;
        self.covered += other.covered;
        self.gap += other.gap;
        self.cost += other.cost;
        self.paid += other.paid;
    }
}

/// A programme under today's rules and under those on trial.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ProgrammeChange {
    /// The place of the programme in the catalogue.
    pub place: u8,
    /// Who is counted, by the rules on trial.
    pub unit: ProgrammeUnit,
    /// Whether a rule is stated on the day: today, and on trial.
    pub is_stated: [bool; 2],
    /// Whether an amount is stated: today, and on trial.
    pub has_amount: [bool; 2],
    /// Under today's rules.
    pub today: ProgrammeState,
    /// Under the rules on trial.
    pub trial: ProgrammeState,
    /// Units that are eligible on trial and are not known to be today.
    pub entrants: u32,
    /// Of the entrants those of whom it is not known today.
    pub entrants_from_unknown: u32,
    /// Households with an entrant.
    pub entrant_households: u32,
    /// Units that are eligible today and are not known to be on trial.
    pub leavers: u32,
    /// Of the leavers those of whom it is not known on trial.
    pub leavers_to_unknown: u32,
    /// Households with a leaver.
    pub leaver_households: u32,
    /// Of the leavers, how many are entrants of another programme that counts the same units: its
    /// place, and how many. In the order of the catalogue; who enters two is in both.
    pub moves: Vec<(u8, u32)>,
    /// Programmes whose entrants or leavers this one's rule on trial does not see, as bits: it asks
    /// who receives them, and receipts are those of today.
    pub blind_to: u64,
}

impl ProgrammeChange {
    /// Whether anything is different.
    pub fn is_changed(&self) -> bool {
        self.entrants > 0
            || self.leavers > 0
            || self.today != self.trial
            || self.is_stated[0] != self.is_stated[1]
    }

    /// The difference in what all who are eligible would be paid, yuan a month.
    pub fn cost_difference_yuan(&self) -> f64 {
        self.trial.cost.yuan - self.today.cost.yuan
    }
}

/// What becomes other in one area, for one programme.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct AreaChange {
    /// Under today's rules.
    pub today: ProgrammeState,
    /// Under the rules on trial.
    pub trial: ProgrammeState,
    /// Units that come in.
    pub entrants: u32,
    /// Units that go.
    pub leavers: u32,
}

impl AreaChange {
    /// The difference in what all who are eligible would be paid, yuan a month.
    pub fn cost_difference_yuan(&self) -> f64 {
        self.trial.cost.yuan - self.today.cost.yuan
    }
}

impl AddAssign for AreaChange {
    fn add_assign(&mut self, other: Self) {
        self.today += other.today;
        self.trial += other.trial;
        self.entrants += other.entrants;
        self.leavers += other.leavers;
    }
}

/// What the rules on trial say of every household: programmes as bits, of it or of one of its members.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OnTrial {
    /// Eligible.
    pub eligible: Vec<u64>,
    /// Not known.
    pub unknown: Vec<u64>,
    /// Eligible and receiving today.
    pub covered: Vec<u64>,
    /// Eligible and not receiving today.
    pub gap: Vec<u64>,
}

/// Units to whom something happens that few have in common: the row of the household, and the place
/// of the programme.
#[derive(Debug, Clone, Default, PartialEq)]
struct SomeUnits {
    /// Entrants of whom it is not known today.
    from_unknown: Vec<(u32, u8)>,
    /// Leavers of whom it is not known on trial.
    to_unknown: Vec<(u32, u8)>,
    /// Leavers of a programme who enter another one: its place stands last.
    moves: Vec<(u32, u8, u8)>,
    /// Amounts that could not be worked out: today, and on trial.
    amount_unknown: [Vec<(u32, u8)>; 2],
}

impl SomeUnits {
    fn extend(&mut self, other: Self) {
        self.from_unknown.extend(other.from_unknown);
        self.to_unknown.extend(other.to_unknown);
        self.moves.extend(other.moves);
        let sides = self.amount_unknown.iter_mut();
        for (all, own) in sides.zip(other.amount_unknown) {
            all.extend(own);
        }
    }
}

/// Rules on trial against today's.
#[derive(Debug, Clone, PartialEq)]
pub struct WhatIf {
    /// The day of both.
    pub as_of: Date,
    /// One a programme, in the order of the catalogue.
    pub programmes: Vec<ProgrammeChange>,
    /// Per household the programmes that it, or one of its members, enters. A bit is a place.
    pub entering: Vec<u64>,
    /// Per household the programmes that it, or one of its members, leaves.
    pub leaving: Vec<u64>,
    /// What the rules on trial say of every household.
    pub on_trial: OnTrial,
    /// What happens to some households only.
    some: SomeUnits,
    /// The programmes of an area stand together; areas in the order of the snapshot, each with all
    /// areas below it. See [`WhatIf::of_area`].
    pub by_area: Vec<AreaChange>,
    /// Households with a position in no area, by programme.
    pub outside: Vec<AreaChange>,
    /// Households without a position, by programme.
    pub not_geocoded: Vec<AreaChange>,
}

impl WhatIf {
    /// Households that enter one of these programmes.
    pub fn entrants(&self, programmes: u64) -> RowSet {
        rows_with(&self.entering, programmes)
    }

    /// Households that leave one of these programmes.
    pub fn leavers(&self, programmes: u64) -> RowSet {
        rows_with(&self.leaving, programmes)
    }

    /// What becomes other in an area for a programme.
    pub fn of_area(&self, area: AreaIndex, place: usize) -> AreaChange {
        let programmes = self.programmes.len();
        let at = area.get().filter(|_| place < programmes);
        let found = at.and_then(|area| self.by_area.get(area * programmes + place));
        found.copied().unwrap_or_default()
    }

    /// The programmes of which anything is different, as bits.
    pub fn changed(&self) -> u64 {
        let changed = self.programmes.iter().filter(|one| one.is_changed());
        changed.fold(0, |bits, one| bits | 1 << (one.place & 63))
    }
}

fn rows_with(column: &[u64], programmes: u64) -> RowSet {
    let words = column.chunks(64).map(|rows| {
        let bits = rows.iter().enumerate();
        bits.fold(0, |word, (at, bits)| {
            word | u64::from(bits & programmes != 0) << at
        })
    });
    RowSet::from_words(words.collect(), column.len())
}

/// Asks the rules on trial of everybody, and sets them against today's.
///
/// `today` are the rules in force and what they say; `trial` are others of the same day, whose
/// programmes stand in the same places as in the snapshot's catalogue. A unit enters where it is
/// eligible on trial and is not known to be today; it leaves where it is the other way round; of
/// both it is told how many come from the unknown or go there. Amounts are those of the rules
/// (for the minimum living allowance: standard × members − income, never under 0), in yuan a
/// month; where a fact is missing the amount is counted as unknown and adds nothing. Receipts are
/// those of today on both sides: a rule that asks who receives another programme does not see
/// those who would enter it ([`ProgrammeChange::blind_to`]). What is received without being
/// eligible has no amount by rule and is in no cost. Sums are made in a fixed order, so they are
/// the same on every run. Ticks in households, twice each.
///
/// # Errors
/// [`Cancelled`] where the progress says so.
pub fn what_if(
    town: &Snapshot,
    today: (&RuleSet, &Gaps),
    trial: &RuleSet,
    progress: &Progress,
) -> Result<WhatIf, Cancelled> {
    let on_trial = gaps(town, trial, progress)?;
    let mut found = count::count(town, today, (trial, &on_trial), progress)?;
    found.on_trial = OnTrial {
        eligible: on_trial.eligible.yes,
        unknown: on_trial.eligible.unknown,
        covered: on_trial.covered,
        gap: on_trial.gap,
    };
    Ok(found)
}

#[cfg(test)]
mod tests;
