//! The households that make a part of a chart.

use super::ages::{AgeOf, member};
use super::need_counts::{NeedState, each_need};
use super::shares::ShareFigure;
use crate::analysis::Gaps;
use crate::analysis::coverage::{fully_covered, of_concern, receiving};
use crate::model::Date;
use crate::query::{Choice, RowSet};
use crate::snapshot::{AreaIndex, Snapshot};

/// Which of a share are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SharePart {
    /// The whole denominator.
    All,
    /// Those who count in the numerator.
    In,
    /// The others.
    Out,
}

/// Which needs of a category are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NeedPart {
    /// Open or referred.
    Unmet,
    /// Open.
    Open,
    /// Referred.
    Referred,
    /// Met in the year up to the day.
    Met,
}

/// A side of the pyramid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SexPart {
    /// Male.
    Male,
    /// Female.
    Female,
    /// Not written down.
    Unknown,
}

/// A band of the pyramid, or the members without a day of birth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AgePart {
    /// The band at this place.
    Band(u8),
    /// No day of birth.
    Unknown,
}

/// A part of a chart that can be opened into households.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChartPart {
    /// Of an area.
    Area {
        /// The area.
        area: AreaIndex,
        /// Whose share.
        figure: ShareFigure,
        /// Which of them.
        part: SharePart,
    },
    /// Of a category of need.
    Need {
        /// Its place in the catalogue.
        category: u8,
        /// Which of them.
        part: NeedPart,
    },
    /// Of an age; `None` for either sex.
    Age {
        /// The age.
        age: AgePart,
        /// The sex.
        sex: Option<SexPart>,
    },
    /// Households of concern of which no member is listed.
    WithoutMembers,
    /// The town as it stood on a day: all households of the filter.
    Day(Date),
}

/// What the households are asked of, beside the town.
#[derive(Debug, Clone, Copy)]
pub struct ChartFacts<'a> {
    /// Eligible against receiving, for the shares of programmes.
    pub gaps: &'a Gaps,
    /// The households of the filter.
    pub rows: &'a RowSet,
    /// What counts.
    pub choice: Choice,
    /// The day.
    pub as_of: Date,
}

/// The households of the filter that make a part of a chart: exactly those that were counted
/// there. A part that counts persons or needs gives the households that have at least one.
pub fn chart_rows(town: &Snapshot, facts: &ChartFacts<'_>, part: ChartPart) -> RowSet {
    match part {
        ChartPart::Area { area, figure, part } => of_area(town, facts, area, figure, part),
        ChartPart::Need { category, part } => kept(town, facts, |row| {
            let mut is_in = false;
            each_need(town, row, facts.choice, facts.as_of, |found, state| {
                is_in |= found == category && is_meant(state, part);
            });
            is_in
        }),
        ChartPart::Age { age, sex } => kept(town, facts, |row| {
            let mut members = town.people.of(row);
            of_concern(town, row, facts.choice)
                && members.any(|place| {
                    let (found, number) = member(town, place, facts.as_of);
                    let is_age = match age {
                        AgePart::Band(band) => found == AgeOf::Band(usize::from(band)),
                        AgePart::Unknown => found == AgeOf::Unknown,
                    };
                    is_age && sex.is_none_or(|sex| sex == sex_of(number))
                })
        }),
        ChartPart::Day(_) => facts.rows.clone(),
        ChartPart::WithoutMembers => kept(town, facts, |row| {
            of_concern(town, row, facts.choice) && town.people.of(row).is_empty()
        }),
    }
}

fn sex_of(number: u8) -> SexPart {
    match number {
        1 => SexPart::Male,
        2 => SexPart::Female,
        _ => SexPart::Unknown,
    }
}

fn is_meant(state: NeedState, part: NeedPart) -> bool {
    match part {
        NeedPart::Unmet => matches!(state, NeedState::Open | NeedState::Referred),
        NeedPart::Open => state == NeedState::Open,
        NeedPart::Referred => state == NeedState::Referred,
        NeedPart::Met => state == NeedState::Met,
    }
}

fn kept(town: &Snapshot, facts: &ChartFacts<'_>, keep: impl Fn(u32) -> bool) -> RowSet {
    let mut rows = RowSet::none(town.households.len());
    let kept = facts.rows.iter().filter(|row| keep(*row));
    kept.for_each(|row| rows.insert(row));
    rows
}

/// The rows of the set that lie in an area or below it.
pub fn rows_within(town: &Snapshot, rows: &RowSet, area: AreaIndex) -> RowSet {
    let is_within = areas_within(town, area);
    let mut out = RowSet::none(town.households.len());
    for row in rows.iter() {
        let own = town.households.area.get(row as usize).copied();
        let at = own.and_then(AreaIndex::get);
        if at.is_some_and(|at| is_within.get(at) == Some(&true)) {
            out.insert(row);
        }
    }
    out
}

/// For each area whether it is this one or lies below it.
fn areas_within(town: &Snapshot, area: AreaIndex) -> Vec<bool> {
    (0..town.areas.len())
        .map(|at| {
            let mut chain = town.areas.chain(AreaIndex(at as u32));
            chain.any(|above| above == area)
        })
        .collect()
}

fn of_area(
    town: &Snapshot,
    facts: &ChartFacts<'_>,
    area: AreaIndex,
    figure: ShareFigure,
    part: SharePart,
) -> RowSet {
    let is_within = areas_within(town, area);
    let bit = |column: &[u64], row: u32, place: u8| {
        let bits = column.get(row as usize).copied().unwrap_or(0);
        bits >> (place & 63) & 1 == 1
    };
    let choice = facts.choice;
    kept(town, facts, |row| {
        let own = town.households.area.get(row as usize).copied();
        let at = own.and_then(AreaIndex::get);
        if at.is_none_or(|at| is_within.get(at) != Some(&true)) {
            return false;
        }
        let (whole, counts) = match figure {
            ShareFigure::Reach => (of_concern(town, row, choice), receiving(town, row, choice)),
            ShareFigure::FullCoverage => {
                let full = fully_covered(town, row, choice);
                (of_concern(town, row, choice), full)
            }
            ShareFigure::Programme(place) => {
                let covered = bit(&facts.gaps.covered, row, place);
                let gap = bit(&facts.gaps.gap, row, place);
                // A household can have one member who is covered and one who is not.
                return match part {
                    SharePart::All => covered || gap,
                    SharePart::In => covered,
                    SharePart::Out => gap,
                };
            }
        };
        match part {
            SharePart::All => whole,
            SharePart::In => whole && counts,
            SharePart::Out => whole && !counts,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::{age_pyramid, need_counts};
    use super::*;
    use crate::analysis::eligibility::samples::{Draw, as_of, catalogue, random_town};
    use crate::analysis::{RuleSet, coverage, gaps, programme_coverage};
    use crate::base::Progress;
    use proptest::collection::vec;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        /// Every number of a chart opens into as many households as it counts, or into at most
        /// as many where it counts persons or needs.
        #[test]
        fn every_count_opens_into_its_households(numbers in vec(any::<u16>(), 40..200)) {
            let rules = ["income_per_head < dibao_standard", "age >= 80", ""];
            let mut town = random_town(&mut Draw::new(&numbers), catalogue(rules), 12);
            let rules = RuleSet::compile(&town.catalogue, as_of());
            let gaps = gaps(&town, &rules, &Progress::new()).unwrap();
            town.households.entitlement.gap.clone_from(&gaps.gap);
            let rows = RowSet::all(town.households.len());
            let choice = Choice::default();
            let facts = ChartFacts { gaps: &gaps, rows: &rows, choice, as_of: as_of() };
            let count = |part| chart_rows(&town, &facts, part).count() as u32;
            let progress = Progress::new();

            let coverage = coverage(&town, &rows, choice, &progress).unwrap();
            let counted = programme_coverage(&town, &gaps, &rows, &progress).unwrap();
            for (area, figures) in (0..).map(AreaIndex).zip(&coverage.by_area) {
                let of = |figure, part| count(ChartPart::Area { area, figure, part });
                prop_assert_eq!(of(ShareFigure::Reach, SharePart::All), figures.of_concern);
                prop_assert_eq!(of(ShareFigure::Reach, SharePart::In), figures.receiving);
                prop_assert_eq!(
                    of(ShareFigure::FullCoverage, SharePart::Out),
                    figures.of_concern - figures.fully_covered
                );
                let first = counted.of(area, 0);
                prop_assert_eq!(of(ShareFigure::Programme(0), SharePart::In), first.covered);
                prop_assert_eq!(of(ShareFigure::Programme(0), SharePart::Out), first.gap);
            }
            for found in need_counts(&town, &rows, choice, as_of(), &progress).unwrap().categories {
                let of = |part| count(ChartPart::Need { category: found.category, part });
                prop_assert_eq!(of(NeedPart::Unmet), found.households);
                prop_assert!(of(NeedPart::Open) <= found.open);
            }
            let pyramid = age_pyramid(&town, &rows, choice, as_of(), &progress).unwrap();
            prop_assert_eq!(count(ChartPart::WithoutMembers), pyramid.without_members);
            for (band, found) in (0..).zip(&pyramid.bands) {
                let age = AgePart::Band(band);
                let of = |sex| count(ChartPart::Age { age, sex });
                prop_assert!(of(None) <= found.all());
                prop_assert_eq!(of(None) == 0, found.all() == 0);
                prop_assert_eq!(of(Some(SexPart::Female)) == 0, found.female == 0);
            }
        }
    }
}
