//! Entitlement gaps (应享未享) and receipts to look at: who is eligible against who receives.

mod standing;

pub use standing::StandingPart;

use super::eligibility::{Eligible, Receiving, RuleSet, eligible_some, eligible_with};
use crate::base::{Cancelled, Progress};
use crate::query::RowSet;
use crate::snapshot::{AreaIndex, DayColumns, Snapshot};
use rayon::prelude::*;
use std::ops::{AddAssign, Range};

/// Eligible against receiving, for every household and member. A bit is the place of a programme
/// in the catalogue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gaps {
    /// Programmes with a rule on the day. Of the others nothing is known, and no bit is set.
    pub stated: u64,
    /// Programmes that are counted in persons.
    pub of_persons: u64,
    /// Who is eligible, and of whom it is not known.
    pub eligible: Eligible,
    /// Per household: it, or one of its members, is eligible and does not receive.
    pub gap: Vec<u64>,
    /// Per household: it, or one of its members, receives and is not eligible. To look at; never
    /// a word about why.
    pub review: Vec<u64>,
    /// Per household: it, or one of its members, is eligible and receives.
    pub covered: Vec<u64>,
    /// Per listed member, for programmes for persons: a gap.
    pub person_gap: Vec<u64>,
    /// Per listed member, for programmes for persons: to look at.
    pub person_review: Vec<u64>,
    /// Per listed member, for programmes for persons: covered.
    pub person_covered: Vec<u64>,
}

/// Eligible against receiving on the day of the rules, by the domain paper's definitions.
///
/// A household receives what its row or a receipt says. A member receives what a receipt in their
/// name says. Where the household receives a programme for persons and nobody says for whom, it
/// counts for each of its members who is eligible; where none is and none is unknown, the
/// household is to be looked at. A receipt in the name of somebody who is not among the listed
/// members counts for none of them. A household without listed members is one unit. An unknown
/// verdict is neither gap nor review, whoever receives; nor is anything of a programme that gives
/// nothing (a category, a duty to visit). Ticks once a block, in households.
///
/// # Errors
/// [`Cancelled`] where the progress says so.
pub fn gaps(town: &Snapshot, rules: &RuleSet, progress: &Progress) -> Result<Gaps, Cancelled> {
    gaps_on(town, town.day(), rules, progress)
}

/// The same with the households' columns of another day, which should be that of the rules.
///
/// # Errors
/// [`Cancelled`] where the progress says so.
pub fn gaps_on(
    town: &Snapshot,
    day: DayColumns<'_>,
    rules: &RuleSet,
    progress: &Progress,
) -> Result<Gaps, Cancelled> {
    let receiving = Receiving::of(town, rules.as_of);
    let eligible = eligible_with(town, day, rules, &receiving, progress)?;
    Ok(Gaps::of(town, day, rules, &receiving, eligible))
}

/// How a programme stands for a household, the most pressing first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Eligible, and does not receive.
    Gap,
    /// Receives, and is not eligible.
    Review,
    /// Eligible, and receives.
    Covered,
    /// Nobody knows whether it is eligible.
    Unknown,
    /// Not eligible, and does not receive.
    No,
}

impl Standing {
    /// Its word in keys and answers.
    pub fn code(self) -> &'static str {
        match self {
            Self::Gap => "gap",
            Self::Review => "review",
            Self::Covered => "covered",
            Self::Unknown => "unknown",
            Self::No => "no",
        }
    }
}

impl Gaps {
    /// How the programme of a place stands for the household of a row: where its members differ,
    /// what is most pressing.
    pub fn standing(&self, row: u32, place: u8) -> Standing {
        let has = |column: &[u64]| {
            let bits = column.get(row as usize).copied().unwrap_or(0);
            bits >> (place & 63) & 1 == 1
        };
        if has(&self.gap) {
            Standing::Gap
        } else if has(&self.review) {
            Standing::Review
        } else if has(&self.covered) {
            Standing::Covered
        } else if has(&self.eligible.unknown) {
            Standing::Unknown
        } else {
            Standing::No
        }
    }

    fn of(
        town: &Snapshot,
        day: DayColumns<'_>,
        rules: &RuleSet,
        receiving: &Receiving,
        eligible: Eligible,
    ) -> Self {
        let asked = Asked::new(day, rules, receiving, &eligible);
        let people = &town.people;
        let rows = town.households.len();
        let households: Vec<Unit> = (0..rows)
            .into_par_iter()
            .with_min_len(1 << 12)
            .map(|row| {
                let listed = people.of(row as u32);
                let first = listed.start;
                asked.household(row, row, listed, first)
            })
            .collect();
        let persons: Vec<Unit> = (0..people.len())
            .into_par_iter()
            .with_min_len(1 << 12)
            .map(|person| {
                let row = people.household.get(person).copied().unwrap_or(u32::MAX);
                let unnamed = receiving.unnamed(day, row as usize) & asked.benefits;
                asked.person(person, person, unnamed)
            })
            .collect();
        Self {
            stated: rules.stated(),
            of_persons: rules.of_persons(),
            gap: households.iter().map(|one| one.gap).collect(),
            review: households.iter().map(|one| one.review).collect(),
            covered: households.iter().map(|one| one.covered).collect(),
            person_gap: persons.iter().map(|one| one.gap).collect(),
            person_review: persons.iter().map(|one| one.review).collect(),
            person_covered: persons.iter().map(|one| one.covered).collect(),
            eligible,
        }
    }
}

/// A household or a member against what it receives.
#[derive(Debug, Clone, Copy, Default)]
struct Unit {
    gap: u64,
    review: u64,
    covered: u64,
}

/// What the rules say of some households, and what they receive.
struct Asked<'a> {
    day: DayColumns<'a>,
    receiving: &'a Receiving,
    eligible: &'a Eligible,
    benefits: u64,
    of_persons: u64,
}

impl<'a> Asked<'a> {
    fn new(
        day: DayColumns<'a>,
        rules: &RuleSet,
        receiving: &'a Receiving,
        eligible: &'a Eligible,
    ) -> Self {
        Self {
            day,
            receiving,
            eligible,
            benefits: rules.benefits(),
            of_persons: rules.of_persons(),
        }
    }

    /// The household of a row, whose answer stands at `at`; those of its `listed` members begin at
    /// `first`.
    fn household(&self, row: usize, at: usize, listed: Range<usize>, first: usize) -> Unit {
        let all = self.day.programmes_of(row as u32) & self.benefits;
        let yes = self.eligible.yes.get(at).copied().unwrap_or(0) & self.benefits;
        let unknown = self.eligible.unknown.get(at).copied().unwrap_or(0);
        let no = !yes & !unknown;
        if listed.is_empty() {
            return Unit {
                gap: yes & !all,
                review: no & all,
                covered: yes & all,
            };
        }
        let of_household = !self.of_persons;
        let unnamed = self.receiving.unnamed(self.day, row) & self.benefits;
        let mut out = Unit {
            gap: yes & !all & of_household,
            // Received by nobody knows whom, and nobody can be meant.
            review: no & (all & of_household | unnamed),
            covered: yes & all & of_household,
        };
        for (person, at) in listed.zip(first..) {
            let own = self.person(person, at, unnamed);
            out.gap |= own.gap;
            out.review |= own.review;
            out.covered |= own.covered;
        }
        out
    }

    /// A member, whose answer stands at `at`, in a household that receives `unnamed` for nobody
    /// says whom.
    fn person(&self, person: usize, at: usize, unnamed: u64) -> Unit {
        let asked = self.benefits & self.of_persons;
        let yes = self.eligible.person_yes.get(at).copied().unwrap_or(0) & asked;
        let unknown = self.eligible.person_unknown.get(at).copied().unwrap_or(0) & asked;
        let own = self.receiving.own(person) & asked;
        Unit {
            gap: yes & !(own | unnamed),
            review: own & !yes & !unknown,
            covered: yes & (own | unnamed),
        }
    }
}

/// The gaps of some households alone, in the programmes of these bits: one value a row of `rows`,
/// in their order, each of which stands there once. Equal to [`gaps_on`], where only those are
/// wanted.
///
/// # Errors
/// [`Cancelled`] where the progress says so.
pub(super) fn gap_of_some(
    town: &Snapshot,
    day: DayColumns<'_>,
    rules: &RuleSet,
    receiving: &Receiving,
    (rows, programmes): (&[u32], u64),
    progress: &Progress,
) -> Result<Vec<u64>, Cancelled> {
    let which = (rows, programmes);
    let eligible = eligible_some(town, day, rules, receiving, which, progress)?;
    let asked = Asked::new(day, rules, receiving, &eligible);
    let mut first = 0;
    let of_row = |(at, row): (usize, &u32)| {
        let listed = town.people.of(*row);
        let next = first + listed.len();
        let unit = asked.household(*row as usize, at, listed, first);
        first = next;
        unit.gap & programmes
    };
    Ok(rows.iter().enumerate().map(of_row).collect())
}

/// The counts of one programme in one area, in the programme's unit: households, or persons (a
/// household without listed members, or with a receipt to look at that names nobody, is one).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ProgrammeFigures {
    /// Eligible and receiving.
    pub covered: u32,
    /// Eligible and not receiving.
    pub gap: u32,
    /// Receiving and not eligible.
    pub review: u32,
    /// Not known whether eligible.
    pub unknown: u32,
    /// Households that receive it while no rule is stated on the day.
    pub no_rule: u32,
}

impl ProgrammeFigures {
    /// Covered / (covered + gap), or `None` where nobody is known to be eligible.
    pub fn coverage(&self) -> Option<f64> {
        let eligible = self.covered + self.gap;
        (eligible > 0).then(|| f64::from(self.covered) / f64::from(eligible))
    }
}

impl AddAssign for ProgrammeFigures {
    fn add_assign(&mut self, other: Self) {
        self.covered += other.covered;
        self.gap += other.gap;
        self.review += other.review;
        self.unknown += other.unknown;
        self.no_rule += other.no_rule;
    }
}

/// The figures of every programme in every area, and of what is in none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProgrammeCoverage {
    /// How many programmes there are.
    pub programmes: usize,
    /// The programmes of an area stand together, in the order of the catalogue; areas in the order
    /// of the snapshot. An area holds its own households and those of all areas below it.
    pub by_area: Vec<ProgrammeFigures>,
    /// Households with a position in no area.
    pub outside: Vec<ProgrammeFigures>,
    /// Households without a position.
    pub not_geocoded: Vec<ProgrammeFigures>,
    /// All households of the filter, each once.
    pub total: Vec<ProgrammeFigures>,
}

impl ProgrammeCoverage {
    /// The figures of a programme in an area.
    pub fn of(&self, area: AreaIndex, programme: usize) -> ProgrammeFigures {
        let at = area.get().filter(|_| programme < self.programmes);
        let at = at.map(|area| area * self.programmes + programme);
        let found = at.and_then(|at| self.by_area.get(at));
        found.copied().unwrap_or_default()
    }
}

/// Counts the rows of the set by area and programme. Ticks once a part of the rows.
///
/// # Errors
/// [`Cancelled`] where the progress says so.
pub fn programme_coverage(
    town: &Snapshot,
    gaps: &Gaps,
    rows: &RowSet,
    progress: &Progress,
) -> Result<ProgrammeCoverage, Cancelled> {
    programme_coverage_on(town, town.day(), gaps, rows, progress)
}

/// The same with the households' columns of another day, which should be that of the gaps.
///
/// # Errors
/// [`Cancelled`] where the progress says so.
pub(super) fn programme_coverage_on(
    town: &Snapshot,
    day: DayColumns<'_>,
    gaps: &Gaps,
    rows: &RowSet,
    progress: &Progress,
) -> Result<ProgrammeCoverage, Cancelled> {
    let areas = town.areas.len();
    let programmes = town.catalogue.programmes.len().min(64);
    let places = (areas + 2) * programmes;
    let words = rows.words();
    let per_part = words.len().div_ceil(PARTS).max(1);
    let parts = words
        .par_chunks(per_part)
        .enumerate()
        .map(|(part, words)| {
            let mut counts = vec![ProgrammeFigures::default(); places];
            for (index, word) in words.iter().enumerate() {
                let mut rest = *word;
                while rest != 0 {
                    let row = (part * per_part + index) * 64 + rest.trailing_zeros() as usize;
                    rest &= rest - 1;
                    let at = place_of(town, row, areas) * programmes;
                    if let Some(counts) = counts.get_mut(at..at + programmes) {
                        add_row(town, day, gaps, row, counts);
                    }
                }
            }
            let done = words.iter().map(|word| u64::from(word.count_ones())).sum();
            progress.tick(done).map(|()| counts)
        })
        .collect::<Result<Vec<_>, _>>()?;
    let mut own = vec![ProgrammeFigures::default(); places];
    for part in &parts {
        for (own, part) in own.iter_mut().zip(part) {
            *own += *part;
        }
    }
    let not_geocoded = own.split_off((areas + 1) * programmes);
    let outside = own.split_off(areas * programmes);
    let mut total = outside.clone();
    for (total, figures) in total.iter_mut().zip(&not_geocoded) {
        *total += *figures;
    }
    let mut by_area = own.clone();
    for area in 0..areas {
        for programme in 0..programmes {
            let Some(figures) = own.get(area * programmes + programme).copied() else {
                continue;
            };
            if let Some(total) = total.get_mut(programme) {
                *total += figures;
            }
            for above in town.areas.chain(AreaIndex(area as u32)).skip(1) {
                if let Some(to) = by_area.get_mut(above.0 as usize * programmes + programme) {
                    *to += figures;
                }
            }
        }
    }
    Ok(ProgrammeCoverage {
        programmes,
        by_area,
        outside,
        not_geocoded,
        total,
    })
}

/// The parts that the rows are cut into.
const PARTS: usize = 16;

/// The area of a household; behind the areas those outside, then those without a position.
pub(super) fn place_of(town: &Snapshot, row: usize, areas: usize) -> usize {
    let households = &town.households;
    match households.area.get(row).and_then(|area| area.get()) {
        Some(place) if place < areas => place,
        _ if households.x_merc.get(row).is_some_and(|x| x.is_finite()) => areas,
        _ => areas + 1,
    }
}

fn add_row(
    town: &Snapshot,
    day: DayColumns<'_>,
    gaps: &Gaps,
    row: usize,
    counts: &mut [ProgrammeFigures],
) {
    let at = |column: &[u64], place: usize| column.get(place).copied().unwrap_or(0);
    let listed = town.people.of(row as u32);
    let mut add = |bits: u64, to: fn(&mut ProgrammeFigures) -> &mut u32| {
        let mut rest = bits;
        while rest != 0 {
            let programme = rest.trailing_zeros() as usize;
            rest &= rest - 1;
            if let Some(figures) = counts.get_mut(programme) {
                *to(figures) += 1;
            }
        }
    };
    let receives = day.programmes_of(row as u32);
    add(receives & !gaps.stated, |figures| &mut figures.no_rule);
    // As one unit: the household's own programmes, and those of members whom nobody has listed.
    let as_one = if listed.is_empty() {
        u64::MAX
    } else {
        !gaps.of_persons
    };
    add(at(&gaps.covered, row) & as_one, |figures| {
        &mut figures.covered
    });
    add(at(&gaps.gap, row) & as_one, |figures| &mut figures.gap);
    add(at(&gaps.eligible.unknown, row) & as_one, |figures| {
        &mut figures.unknown
    });
    let mut named_review = 0;
    for person in listed {
        add(at(&gaps.person_covered, person), |figures| {
            &mut figures.covered
        });
        add(at(&gaps.person_gap, person), |figures| &mut figures.gap);
        add(at(&gaps.person_review, person), |figures| {
            &mut figures.review
        });
        add(at(&gaps.eligible.person_unknown, person), |figures| {
            &mut figures.unknown
        });
        named_review |= at(&gaps.person_review, person);
    }
    // What is to be looked at and is no member's own is the household's.
    add(at(&gaps.review, row) & !named_review, |figures| {
        &mut figures.review
    });
}

#[cfg(test)]
mod tests;
