//! Everybody under both sets of rules, counted by programme and by area.

use super::super::eligibility::{Amounts, ProgrammeRule, Receiving, RuleSet};
use super::super::gaps::{Gaps, place_of};
use super::{AreaChange, OnTrial, ProgrammeChange, ProgrammeState, SomeUnits, WhatIf};
use crate::base::{Cancelled, Progress};
use crate::snapshot::{AreaIndex, Snapshot};
use rayon::prelude::*;
use std::ops::Range;

/// The parts that the rows are cut into: the same everywhere, so that sums are.
const PARTS: usize = 8;

/// Households between two questions whether to go on.
const TICK_ROWS: usize = 16 * 1_024;

/// Counts under today's rules and under those on trial, each with what they say.
pub(super) fn count(
    town: &Snapshot,
    today: (&RuleSet, &Gaps),
    trial: (&RuleSet, &Gaps),
    progress: &Progress,
) -> Result<WhatIf, Cancelled> {
    let receiving = Receiving::of(town, trial.0.as_of);
    let programmes = today.0.programmes().len().max(trial.0.programmes().len());
    let compared = Compared {
        town,
        sides: [
            Side::new(town, today.0, today.1, &receiving),
            Side::new(town, trial.0, trial.1, &receiving),
        ],
        of_persons: [today.0.of_persons(), trial.0.of_persons()],
        programmes,
    };
    let rows = town.households.len();
    let per_part = rows.div_ceil(PARTS).next_multiple_of(64).max(64);
    let parts = (0..rows.div_ceil(per_part))
        .into_par_iter()
        .map(|part| {
            let rows = part * per_part..((part + 1) * per_part).min(rows);
            let mut counts = Part::new(&compared, rows.len());
            for start in rows.clone().step_by(TICK_ROWS) {
                let some = start..(start + TICK_ROWS).min(rows.end);
                progress.tick(some.len() as u64)?;
                counts.add(&compared, some);
            }
            Ok(counts)
        })
        .collect::<Result<Vec<Part>, Cancelled>>()?;
    Ok(compared.put_together(parts))
}

/// One of two sets of rules.
struct Side<'a> {
    rules: &'a RuleSet,
    gaps: &'a Gaps,
    amounts: Amounts<'a>,
}

impl<'a> Side<'a> {
    fn new(
        town: &'a Snapshot,
        rules: &'a RuleSet,
        gaps: &'a Gaps,
        receiving: &'a Receiving,
    ) -> Self {
        Self {
            rules,
            gaps,
            amounts: Amounts::new(town, rules, receiving),
        }
    }
}

struct Compared<'a> {
    town: &'a Snapshot,
    /// Today and on trial.
    sides: [Side<'a>; 2],
    /// The programmes that each counts in persons.
    of_persons: [u64; 2],
    programmes: usize,
}

/// The counts of some rows.
struct Part {
    changes: Vec<ProgrammeChange>,
    /// Leavers of one programme who enter another: `from * programmes + to`.
    moves: Vec<u32>,
    entering: Vec<u64>,
    leaving: Vec<u64>,
    some: SomeUnits,
    /// By area, then those outside, then those without a position; by programme within each.
    by_place: Vec<AreaChange>,
}

/// What is known of one unit, or of one household: programmes as bits.
#[derive(Debug, Clone, Copy, Default)]
struct Bits {
    yes: u64,
    unknown: u64,
    covered: u64,
    gap: u64,
}

impl Bits {
    fn of_household(gaps: &Gaps, row: usize, mask: u64) -> Self {
        Self {
            yes: at(&gaps.eligible.yes, row) & mask,
            unknown: at(&gaps.eligible.unknown, row) & mask,
            covered: at(&gaps.covered, row) & mask,
            gap: at(&gaps.gap, row) & mask,
        }
    }

    fn of_person(gaps: &Gaps, person: usize, mask: u64) -> Self {
        Self {
            yes: at(&gaps.eligible.person_yes, person) & mask,
            unknown: at(&gaps.eligible.person_unknown, person) & mask,
            covered: at(&gaps.person_covered, person) & mask,
            gap: at(&gaps.person_gap, person) & mask,
        }
    }
}

fn at(column: &[u64], place: usize) -> u64 {
    column.get(place).copied().unwrap_or(0)
}

/// The places of the bits that are set.
fn places(bits: u64) -> impl Iterator<Item = usize> {
    let mut rest = bits;
    std::iter::from_fn(move || {
        (rest != 0).then(|| {
            let place = rest.trailing_zeros() as usize;
            rest &= rest - 1;
            place
        })
    })
}

/// One side of a change: today, or on trial.
fn side_of(change: &mut AreaChange, which: usize) -> &mut ProgrammeState {
    if which == 0 {
        &mut change.today
    } else {
        &mut change.trial
    }
}

impl Part {
    fn new(compared: &Compared<'_>, rows: usize) -> Self {
        let programmes = compared.programmes;
        let places = compared.town.areas.len() + 2;
        Self {
            changes: vec![ProgrammeChange::default(); programmes],
            moves: vec![0; programmes * programmes],
            entering: Vec::with_capacity(rows),
            leaving: Vec::with_capacity(rows),
            some: SomeUnits::default(),
            by_place: vec![AreaChange::default(); places * programmes],
        }
    }

    fn add(&mut self, compared: &Compared<'_>, rows: Range<usize>) {
        for row in rows.clone() {
            self.add_row(compared, row);
        }
        let by_place = &mut self.by_place;
        let sides = compared.sides.iter().zip(&mut self.some.amount_unknown);
        for (which, (side, unknown)) in sides.enumerate() {
            side.amounts
                .each(rows.clone(), &side.gaps.eligible, &mut |amount| {
                    let bits = match amount.person {
                        Some(person) => at(&side.gaps.person_covered, person),
                        None => at(&side.gaps.covered, amount.row),
                    };
                    if amount.yuan.is_none() {
                        unknown.push((amount.row as u32, amount.place as u8));
                    }
                    let area = compared.first_of(amount.row);
                    if let Some(change) = by_place.get_mut(area + amount.place) {
                        let state = side_of(change, which);
                        state.cost.add(amount.yuan);
                        if bits >> amount.place & 1 == 1 {
                            state.paid.add(amount.yuan);
                        }
                    }
                });
        }
    }

    fn add_row(&mut self, compared: &Compared<'_>, row: usize) {
        let area = compared.first_of(row);
        let listed = compared.town.people.of(row as u32);
        // A household without listed members stands for them as one unit.
        let of_persons = if listed.is_empty() {
            [0; 2]
        } else {
            compared.of_persons
        };
        let unit = |which: usize| {
            let gaps = compared.sides[which].gaps;
            Bits::of_household(gaps, row, !of_persons[which])
        };
        let (mut entering, mut leaving) = self.add_unit(compared, row, [unit(0), unit(1)], area);
        for person in listed {
            let unit = |which: usize| {
                let gaps = compared.sides[which].gaps;
                Bits::of_person(gaps, person, of_persons[which])
            };
            let own = self.add_unit(compared, row, [unit(0), unit(1)], area);
            entering |= own.0;
            leaving |= own.1;
        }
        for (which, side) in compared.sides.iter().enumerate() {
            for place in places(at(&side.gaps.eligible.yes, row)) {
                if let Some(change) = self.by_place.get_mut(area + place) {
                    side_of(change, which).households += 1;
                }
            }
        }
        for (bits, is_entry) in [(entering, true), (leaving, false)] {
            for place in places(bits) {
                if let Some(change) = self.changes.get_mut(place) {
                    let count = if is_entry {
                        &mut change.entrant_households
                    } else {
                        &mut change.leaver_households
                    };
                    *count += 1;
                }
            }
        }
        self.entering.push(entering);
        self.leaving.push(leaving);
    }

    /// One household or member: gives the programmes that it enters and those that it leaves.
    fn add_unit(
        &mut self,
        compared: &Compared<'_>,
        row: usize,
        [today, trial]: [Bits; 2],
        area: usize,
    ) -> (u64, u64) {
        let entering = trial.yes & !today.yes;
        let leaving = today.yes & !trial.yes;
        for (which, bits) in [today, trial].into_iter().enumerate() {
            for place in places(bits.yes | bits.unknown) {
                let Some(change) = self.by_place.get_mut(area + place) else {
                    continue;
                };
                let has = |bits: u64| (bits >> place & 1) as u32;
                let state = side_of(change, which);
                state.eligible += has(bits.yes);
                state.unknown += has(bits.unknown);
                state.covered += has(bits.covered);
                state.gap += has(bits.gap);
            }
        }
        for place in places(entering | leaving) {
            let has = |bits: u64| (bits >> place & 1) as u32;
            if let Some(change) = self.changes.get_mut(place) {
                change.entrants_from_unknown += has(entering & today.unknown);
                change.leavers_to_unknown += has(leaving & trial.unknown);
            }
            if let Some(area) = self.by_place.get_mut(area + place) {
                area.entrants += has(entering);
                area.leavers += has(leaving);
            }
        }
        let row = row as u32;
        let of_some = [
            (entering & today.unknown, &mut self.some.from_unknown),
            (leaving & trial.unknown, &mut self.some.to_unknown),
        ];
        for (bits, some) in of_some {
            some.extend(places(bits).map(|place| (row, place as u8)));
        }
        for from in places(leaving) {
            for to in places(entering) {
                self.some.moves.push((row, from as u8, to as u8));
                if let Some(count) = self.moves.get_mut(from * compared.programmes + to) {
                    *count += 1;
                }
            }
        }
        (entering, leaving)
    }
}

impl Compared<'_> {
    /// Where the counts of a household's area begin.
    fn first_of(&self, row: usize) -> usize {
        place_of(self.town, row, self.town.areas.len()) * self.programmes
    }

    fn put_together(&self, parts: Vec<Part>) -> WhatIf {
        let programmes = self.programmes;
        let areas = self.town.areas.len();
        let mut all = Part::new(self, self.town.households.len());
        for part in parts {
            for (all, part) in all.changes.iter_mut().zip(part.changes) {
                all.entrants_from_unknown += part.entrants_from_unknown;
                all.entrant_households += part.entrant_households;
                all.leavers_to_unknown += part.leavers_to_unknown;
                all.leaver_households += part.leaver_households;
            }
            for (all, part) in all.moves.iter_mut().zip(part.moves) {
                *all += part;
            }
            for (all, part) in all.by_place.iter_mut().zip(part.by_place) {
                *all += part;
            }
            all.entering.extend(part.entering);
            all.leaving.extend(part.leaving);
            all.some.extend(part.some);
        }
        self.describe(&mut all);
        let mut own = all.by_place;
        let not_geocoded = own.split_off((areas + 1) * programmes);
        let outside = own.split_off(areas * programmes);
        WhatIf {
            as_of: self.sides[1].rules.as_of,
            programmes: all.changes,
            entering: all.entering,
            leaving: all.leaving,
            on_trial: OnTrial::default(),
            some: all.some,
            by_area: self.with_areas_below(own),
            outside,
            not_geocoded,
        }
    }

    /// What is said of each programme beside its counts.
    fn describe(&self, all: &mut Part) {
        let mut totals = vec![AreaChange::default(); self.programmes];
        for own in all.by_place.chunks(self.programmes.max(1)) {
            for (total, own) in totals.iter_mut().zip(own) {
                *total += *own;
            }
        }
        let moving = totals
            .iter()
            .enumerate()
            .filter(|(_, change)| change.entrants + change.leavers > 0)
            .fold(0_u64, |bits, (place, _)| bits | 1 << place);
        for (place, (change, total)) in all.changes.iter_mut().zip(totals).enumerate() {
            let rules = [0, 1].map(|side| self.sides[side].rules.programmes().get(place));
            change.place = place as u8;
            let units = rules.map(|rule| rule.map(|rule| rule.unit));
            change.unit = units[1].or(units[0]).unwrap_or_default();
            change.is_stated = rules.map(|rule| rule.is_some_and(ProgrammeRule::is_stated));
            change.has_amount = rules.map(|rule| rule.is_some_and(ProgrammeRule::has_amount));
            change.today = total.today;
            change.trial = total.trial;
            change.entrants = total.entrants;
            change.leavers = total.leavers;
            let moves = all.moves.chunks(self.programmes.max(1)).nth(place);
            let moves = moves.unwrap_or_default().iter().enumerate();
            change.moves = moves
                .filter(|(_, count)| **count > 0)
                .map(|(to, count)| (to as u8, *count))
                .collect();
            change.blind_to = self.sides[1].rules.asks_receipts_of(place) & moving;
        }
    }

    /// Counts of areas with those of the areas below them.
    fn with_areas_below(&self, own: Vec<AreaChange>) -> Vec<AreaChange> {
        let programmes = self.programmes;
        let mut out = own.clone();
        for (at, change) in own.into_iter().enumerate() {
            let (area, place) = (at / programmes, at % programmes);
            for above in self.town.areas.chain(AreaIndex(area as u32)).skip(1) {
                if let Some(to) = out.get_mut(above.0 as usize * programmes + place) {
                    *to += change;
                }
            }
        }
        out
    }
}
