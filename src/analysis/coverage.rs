//! Who is reached, who is fully covered, and how much need is open: per area and in all.

use crate::base::{Cancelled, Progress};
use crate::query::{Choice, RowSet};
use crate::snapshot::{AreaIndex, DayColumns, OpenNeed, Snapshot};
use rayon::prelude::*;
use std::ops::AddAssign;

/// Areas with fewer households of concern are greyed: their rates say little.
pub const MIN_DENOMINATOR: u32 = 10;

/// The counts of one area. Rates are asked of them, so that a denominator is never lost.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Figures {
    /// All households of the filter.
    pub households: u32,
    /// Households that receive something of the chosen programmes, have an open need of the
    /// chosen categories, or a gap in the chosen programmes.
    pub of_concern: u32,
    /// Households of concern that receive something of the chosen programmes.
    pub receiving: u32,
    /// Households of concern with no open need of the chosen categories and no gap in the chosen
    /// programmes.
    pub fully_covered: u32,
    /// Open needs of the chosen categories: each of the household and of its members.
    pub open_needs: u32,
    /// Entitlement gaps in the chosen programmes; a household has at most one a programme.
    pub gaps: u32,
    /// Sum of category weight × urgency of the open needs (an unknown urgency is 1) and of the
    /// weights of the gaps.
    pub unmet_load: f64,
}

impl Figures {
    /// Receiving / of concern, or `None` where nobody is of concern.
    pub fn reach(&self) -> Option<f64> {
        self.share(self.receiving)
    }

    /// Fully covered / of concern, or `None` where nobody is of concern.
    pub fn full_coverage(&self) -> Option<f64> {
        self.share(self.fully_covered)
    }

    /// Whether the rates stand on fewer than `min` households.
    pub fn is_suppressed(&self, min: u32) -> bool {
        self.of_concern < min
    }

    fn share(&self, part: u32) -> Option<f64> {
        (self.of_concern > 0).then(|| f64::from(part) / f64::from(self.of_concern))
    }
}

impl AddAssign for Figures {
    fn add_assign(&mut self, other: Self) {
        self.households += other.households;
        self.of_concern += other.of_concern;
        self.receiving += other.receiving;
        self.fully_covered += other.fully_covered;
        self.open_needs += other.open_needs;
        self.gaps += other.gaps;
        self.unmet_load += other.unmet_load;
    }
}

/// The figures of every area, and of what is in none.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Coverage {
    /// One entry an area, in the order of the snapshot's areas. An area holds its own households
    /// and those of all areas below it.
    pub by_area: Vec<Figures>,
    /// Households with a position in no area.
    pub outside: Figures,
    /// Households without a position.
    pub not_geocoded: Figures,
    /// All households of the filter, each once.
    pub total: Figures,
}

/// The parts that the rows are cut into. A fixed number, so that sums of weights come out the
/// same on every machine.
const PARTS: usize = 16;

/// Counts the rows of the set by area, by the definitions of reach, full coverage and unmet load
/// in the domain paper.
///
/// A household counts in the smallest area that holds it and in all above that; one outside every
/// area and one without a position are counted apart and in the total. Ticks once a row.
///
/// # Errors
/// [`Cancelled`] where the progress says so.
///
/// Limits: gaps are those of the rules that the snapshot was asked; a rate of a small area is noise
/// ([`MIN_DENOMINATOR`], [`super::wilson`], [`super::eb_global`]).
pub fn coverage(
    snapshot: &Snapshot,
    rows: &RowSet,
    choice: Choice,
    progress: &Progress,
) -> Result<Coverage, Cancelled> {
    let standing = Columns {
        day: snapshot.day(),
        gap: &snapshot.households.entitlement.gap,
    };
    coverage_on(snapshot, standing, rows, choice, progress)
}

/// What the households receive, need and lack on a day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Columns<'a> {
    pub(super) day: DayColumns<'a>,
    pub(super) gap: &'a [u64],
}

/// [`coverage`] of the columns of another day.
pub(super) fn coverage_on(
    snapshot: &Snapshot,
    standing: Columns<'_>,
    rows: &RowSet,
    choice: Choice,
    progress: &Progress,
) -> Result<Coverage, Cancelled> {
    let areas = snapshot.areas.len();
    let weights = Weights::of(snapshot);
    let per_part = rows.words().len().div_ceil(PARTS).max(1);
    let parts = rows
        .words()
        .par_chunks(per_part)
        .enumerate()
        .map(|(part, words)| {
            let first_row = part * per_part * 64;
            let counts = count(snapshot, standing, (first_row, words), choice, &weights);
            let done = words.iter().map(|word| u64::from(word.count_ones())).sum();
            progress.tick(done).map(|()| counts)
        })
        .collect::<Result<Vec<_>, _>>()?;

    let mut own = vec![Figures::default(); areas + 2];
    for part in &parts {
        for (own, part) in own.iter_mut().zip(part) {
            *own += *part;
        }
    }
    let not_geocoded = own.pop().unwrap_or_default();
    let outside = own.pop().unwrap_or_default();
    let mut total = outside;
    total += not_geocoded;
    let mut by_area = own.clone();
    for (place, figures) in own.into_iter().enumerate() {
        total += figures;
        for above in snapshot.areas.chain(AreaIndex(place as u32)).skip(1) {
            if let Some(above) = by_area.get_mut(above.0 as usize) {
                *above += figures;
            }
        }
    }
    Ok(Coverage {
        by_area,
        outside,
        not_geocoded,
        total,
    })
}

/// The figures of some rows: one entry an area, then outside, then not geocoded.
fn count(
    snapshot: &Snapshot,
    standing: Columns<'_>,
    (first_row, words): (usize, &[u64]),
    choice: Choice,
    weights: &Weights,
) -> Vec<Figures> {
    let areas = snapshot.areas.len();
    let households = &snapshot.households;
    let mut counts = vec![Figures::default(); areas + 2];
    let mut add = |row: usize, area: AreaIndex, [programmes, needs, gap]: [u64; 3]| {
        let place = match area.get() {
            Some(place) if place < areas => place,
            _ if households.x_merc.get(row).is_some_and(|x| x.is_finite()) => areas,
            _ => areas + 1,
        };
        let receiving = programmes & choice.programmes != 0;
        let needs = needs & choice.needs;
        let gap = gap & choice.programmes;
        let is_open = needs | gap != 0;
        if let Some(figures) = counts.get_mut(place) {
            figures.households += 1;
            figures.of_concern += u32::from(receiving || is_open);
            figures.receiving += u32::from(receiving);
            figures.fully_covered += u32::from(receiving && !is_open);
            if is_open {
                let (count, load) = weights.needs_on(snapshot, standing.day, row as u32, needs);
                figures.open_needs += count;
                figures.gaps += gap.count_ones();
                figures.unmet_load += load + weights.of_gaps(gap);
            }
        }
    };
    for (index, word) in words.iter().enumerate() {
        let start = first_row + index * 64;
        let end = (start + 64).min(households.area.len());
        let (Some(areas), Some(programmes), Some(needs), Some(gaps)) = (
            households.area.get(start..end),
            standing.day.programmes.get(start..end),
            standing.day.needs.get(start..end),
            standing.gap.get(start..end),
        ) else {
            continue;
        };
        if *word == u64::MAX {
            // A straight run over the columns is the fastest, and no filter the common case.
            let columns = areas.iter().zip(programmes).zip(needs).zip(gaps);
            for (row, (((area, programmes), needs), gap)) in (start..).zip(columns) {
                add(row, *area, [*programmes, *needs, *gap]);
            }
            continue;
        }
        let mut rest = *word;
        while rest != 0 {
            let at = rest.trailing_zeros() as usize;
            rest &= rest - 1;
            if let Some(area) = areas.get(at) {
                add(start + at, *area, [programmes[at], needs[at], gaps[at]]);
            }
        }
    }
    counts
}

/// What an open need and a gap weigh, by their bits; 1 where the catalogue does not say.
pub(super) struct Weights {
    needs: [f64; 64],
    gaps: [f64; 64],
}

impl Weights {
    pub(super) fn of(snapshot: &Snapshot) -> Self {
        let mut weights = Self {
            needs: [1.0; 64],
            gaps: [1.0; 64],
        };
        for (weight, need) in weights.needs.iter_mut().zip(&snapshot.catalogue.needs) {
            *weight = need.weight;
        }
        let schemes = &snapshot.catalogue.schemes;
        for (weight, scheme) in weights.gaps.iter_mut().zip(schemes) {
            *weight = scheme.gap_weight;
        }
        weights
    }

    /// How many needs of these categories a household has open, and what they weigh: category
    /// weight × urgency each.
    pub(super) fn needs(&self, snapshot: &Snapshot, row: u32, categories: u64) -> (u32, f64) {
        self.needs_on(snapshot, snapshot.day(), row, categories)
    }

    fn needs_on(
        &self,
        snapshot: &Snapshot,
        day: DayColumns<'_>,
        row: u32,
        categories: u64,
    ) -> (u32, f64) {
        let weight = |need: OpenNeed| self.needs[usize::from(need.category) & 63] * need.factor();
        let open = snapshot.open_needs_on(day, row, categories);
        open.fold((0, 0.0), |(count, load), need| {
            (count + 1, load + weight(need))
        })
    }

    /// The unmet load of a household's open needs in these categories and of these gaps.
    pub(super) fn load(&self, snapshot: &Snapshot, row: u32, categories: u64, gaps: u64) -> f64 {
        self.needs(snapshot, row, categories).1 + self.of_gaps(gaps)
    }

    /// The load of gaps alone.
    pub(super) fn of_gaps(&self, gaps: u64) -> f64 {
        sum(gaps, &self.gaps)
    }
}

/// The sum of the weights of a set of bits.
fn sum(mut bits: u64, weights: &[f64; 64]) -> f64 {
    let mut sum = 0.0;
    while bits != 0 {
        sum += weights[bits.trailing_zeros() as usize & 63];
        bits &= bits - 1;
    }
    sum
}

fn chosen_programmes(snapshot: &Snapshot, row: u32, choice: Choice) -> u64 {
    let all = snapshot.households.programmes.get(row as usize);
    all.map_or(0, |all| all & choice.programmes)
}

/// The open needs of a household that were chosen, a bit each.
pub(super) fn chosen_needs(snapshot: &Snapshot, row: u32, choice: Choice) -> u64 {
    let all = snapshot.households.needs.get(row as usize);
    all.map_or(0, |all| all & choice.needs)
}

/// Whether a household receives something of the chosen programmes.
pub fn receiving(snapshot: &Snapshot, row: u32, choice: Choice) -> bool {
    chosen_programmes(snapshot, row, choice) != 0
}

/// The gaps of a household in the chosen programmes, a bit each.
pub(super) fn chosen_gaps(snapshot: &Snapshot, row: u32, choice: Choice) -> u64 {
    snapshot.households.entitlement.gap_of(row) & choice.programmes
}

fn is_open(snapshot: &Snapshot, row: u32, choice: Choice) -> bool {
    chosen_needs(snapshot, row, choice) | chosen_gaps(snapshot, row, choice) != 0
}

/// Whether a household receives something of the chosen programmes, has an open need of the
/// chosen categories, or a gap in the chosen programmes.
pub fn of_concern(snapshot: &Snapshot, row: u32, choice: Choice) -> bool {
    receiving(snapshot, row, choice) || is_open(snapshot, row, choice)
}

/// Whether a household is of concern, has no open need of the chosen categories, and no gap in the
/// chosen programmes.
pub fn fully_covered(snapshot: &Snapshot, row: u32, choice: Choice) -> bool {
    receiving(snapshot, row, choice) && !is_open(snapshot, row, choice)
}

/// The unmet load of one household: the sum of category weight × urgency over its open needs of
/// the chosen categories, and of the weights of its gaps in the chosen programmes. Urgency is 1 to 3;
/// where it is not recorded, as for a need that only the ledger lists, it counts 1. Several needs of
/// one category, by different members say, each count. 0 for a row that is not there.
pub fn unmet_load(snapshot: &Snapshot, row: u32, choice: Choice) -> f64 {
    let needs = chosen_needs(snapshot, row, choice);
    Weights::of(snapshot).load(snapshot, row, needs, chosen_gaps(snapshot, row, choice))
}

/// The unmet load of every household, one value a row of the table, for layers and sorting.
pub fn unmet_loads(snapshot: &Snapshot, choice: Choice) -> Vec<f32> {
    let weights = Weights::of(snapshot);
    let households = &snapshot.households;
    households
        .needs
        .par_iter()
        .zip(&households.entitlement.gap)
        .enumerate()
        .with_min_len(1 << 14)
        .map(|(row, (needs, gaps))| {
            let (needs, gaps) = (needs & choice.needs, gaps & choice.programmes);
            weights.load(snapshot, row as u32, needs, gaps) as f32
        })
        .collect()
}

#[cfg(test)]
pub(super) mod tests;
