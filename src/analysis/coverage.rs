//! Who is reached, who is fully covered, and how much need is open: per area and in all.

use crate::base::{Cancelled, Progress};
use crate::query::{Choice, RowSet};
use crate::snapshot::{AreaIndex, Snapshot};
use rayon::prelude::*;
use std::ops::AddAssign;

/// Areas with fewer households of concern are greyed: their rates say little.
pub const MIN_DENOMINATOR: u32 = 10;

/// The counts of one area. Rates are asked of them, so that a denominator is never lost.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Figures {
    /// All households of the filter.
    pub households: u32,
    /// Households that receive something of the chosen programmes or have an open need of the
    /// chosen categories.
    pub of_concern: u32,
    /// Households of concern that receive something of the chosen programmes.
    pub receiving: u32,
    /// Households of concern without an open need of the chosen categories.
    pub fully_covered: u32,
    /// Open needs of the chosen categories.
    pub open_needs: u32,
    /// Entitlement gaps; 0 until there are eligibility rules.
    pub gaps: u32,
    /// Sum of the category weights of the open needs.
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
/// Limits: gaps are 0 until there are eligibility rules; a rate of a small area is noise
/// ([`MIN_DENOMINATOR`], [`super::wilson`], [`super::eb_global`]).
pub fn coverage(
    snapshot: &Snapshot,
    rows: &RowSet,
    choice: Choice,
    progress: &Progress,
) -> Result<Coverage, Cancelled> {
    let areas = snapshot.areas.len();
    let weights = need_weights(snapshot);
    let per_part = rows.words().len().div_ceil(PARTS).max(1);
    let parts = rows
        .words()
        .par_chunks(per_part)
        .enumerate()
        .map(|(part, words)| {
            let first_row = part * per_part * 64;
            let counts = count(snapshot, first_row, words, choice, &weights);
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
    first_row: usize,
    words: &[u64],
    choice: Choice,
    weights: &[f64; 64],
) -> Vec<Figures> {
    let areas = snapshot.areas.len();
    let households = &snapshot.households;
    let mut counts = vec![Figures::default(); areas + 2];
    let mut add = |row: usize, area: AreaIndex, programmes: u64, needs: u64| {
        let place = match area.get() {
            Some(place) if place < areas => place,
            _ if households.x_merc.get(row).is_some_and(|x| x.is_finite()) => areas,
            _ => areas + 1,
        };
        let receiving = programmes & choice.programmes != 0;
        let needs = needs & choice.needs;
        if let Some(figures) = counts.get_mut(place) {
            figures.households += 1;
            figures.of_concern += u32::from(receiving || needs != 0);
            figures.receiving += u32::from(receiving);
            figures.fully_covered += u32::from(receiving && needs == 0);
            if needs != 0 {
                figures.open_needs += needs.count_ones();
                figures.unmet_load += load(needs, weights);
            }
        }
    };
    for (index, word) in words.iter().enumerate() {
        let start = first_row + index * 64;
        let end = (start + 64).min(households.area.len());
        let (Some(areas), Some(programmes), Some(needs)) = (
            households.area.get(start..end),
            households.programmes.get(start..end),
            households.needs.get(start..end),
        ) else {
            continue;
        };
        if *word == u64::MAX {
            // A straight run over the columns is the fastest, and no filter the common case.
            let columns = areas.iter().zip(programmes).zip(needs);
            for (row, ((area, programmes), needs)) in (start..).zip(columns) {
                add(row, *area, *programmes, *needs);
            }
            continue;
        }
        let mut rest = *word;
        while rest != 0 {
            let at = rest.trailing_zeros() as usize;
            rest &= rest - 1;
            if let Some(area) = areas.get(at) {
                add(start + at, *area, programmes[at], needs[at]);
            }
        }
    }
    counts
}

/// The weight of each need by its bit; 1 where the catalogue has none.
pub(super) fn need_weights(snapshot: &Snapshot) -> [f64; 64] {
    let mut weights = [1.0; 64];
    for (weight, need) in weights.iter_mut().zip(&snapshot.catalogue.needs) {
        *weight = need.weight;
    }
    weights
}

/// The sum of the weights of a set of needs.
pub(super) fn load(mut needs: u64, weights: &[f64; 64]) -> f64 {
    let mut sum = 0.0;
    while needs != 0 {
        sum += weights[needs.trailing_zeros() as usize & 63];
        needs &= needs - 1;
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

/// Whether a household receives something of the chosen programmes or has an open need of the
/// chosen categories. (A gap will count too, once there are eligibility rules.)
pub fn of_concern(snapshot: &Snapshot, row: u32, choice: Choice) -> bool {
    receiving(snapshot, row, choice) || chosen_needs(snapshot, row, choice) != 0
}

/// Whether a household is of concern and has no open need of the chosen categories.
pub fn fully_covered(snapshot: &Snapshot, row: u32, choice: Choice) -> bool {
    receiving(snapshot, row, choice) && chosen_needs(snapshot, row, choice) == 0
}

/// The unmet load of one household: the sum of the weights of its open needs of the chosen
/// categories (urgency is 1 until it is recorded). 0 for a row that is not there.
pub fn unmet_load(snapshot: &Snapshot, row: u32, choice: Choice) -> f64 {
    load(chosen_needs(snapshot, row, choice), &need_weights(snapshot))
}

/// The unmet load of every household, one value a row of the table, for layers and sorting.
pub fn unmet_loads(snapshot: &Snapshot, choice: Choice) -> Vec<f32> {
    let weights = need_weights(snapshot);
    let needs = &snapshot.households.needs;
    needs
        .par_iter()
        .with_min_len(1 << 14)
        .map(|needs| load(needs & choice.needs, &weights) as f32)
        .collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::base::Generation;
    use crate::datum::MercBox;
    use crate::model::{AreaLevel, Catalogue, Term};
    use crate::snapshot::{
        AreaTree, Areas, Households, NeedRows, People, PointIndex, Quality, Receipts, Resources,
        Unknown, VisitRows,
    };

    /// A town of this many households, nothing known of any, and no areas.
    pub(in crate::analysis) fn blank_town(rows: usize) -> Snapshot {
        Snapshot {
            generation: Generation::default(),
            households: Households {
                lon: vec![f64::NAN; rows],
                lat: vec![f64::NAN; rows],
                x_merc: vec![f64::NAN; rows],
                y_merc: vec![f64::NAN; rows],
                area: vec![AreaIndex::NONE; rows],
                programmes: vec![0; rows],
                needs: vec![0; rows],
                members: vec![Unknown::COUNT; rows],
                elderly: vec![Unknown::COUNT; rows],
                children: vec![Unknown::COUNT; rows],
                disabled: vec![Unknown::COUNT; rows],
                living_alone: vec![Unknown::COUNT; rows],
                monthly_income: vec![f64::NAN; rows],
                last_visit: vec![Unknown::DAY; rows],
                ..Households::default()
            },
            people: People::default(),
            receipts: Receipts::default(),
            needs: NeedRows::default(),
            visits: VisitRows::default(),
            resources: Resources::default(),
            areas: Areas::default(),
            catalogue: Catalogue::default(),
            area_tree: AreaTree::default(),
            points: PointIndex::default(),
            quality: Quality::default(),
            extent_merc: MercBox::EMPTY,
            is_demo: false,
        }
    }

    /// One street of two communities; the first has two grids.
    fn street() -> Areas {
        Areas {
            code: ["1", "11", "12", "111", "112"].map(str::to_owned).to_vec(),
            level: vec![
                AreaLevel::Street,
                AreaLevel::Community,
                AreaLevel::Community,
                AreaLevel::Grid,
                AreaLevel::Grid,
            ],
            parent: vec![
                AreaIndex::NONE,
                AreaIndex(0),
                AreaIndex(0),
                AreaIndex(1),
                AreaIndex(1),
            ],
            ..Areas::default()
        }
    }

    #[test]
    fn figures_follow_the_definitions() {
        let mut town = blank_town(8);
        town.areas = street();
        // Three in grid 111, one in the second community, one in the first but in no grid of it,
        // one outside, two without a position.
        let places = [3, 3, 3, 2, 1];
        for (row, place) in places.into_iter().enumerate() {
            town.households.area[row] = AreaIndex(place);
        }
        town.households.x_merc[..6].fill(0.0);
        town.households.programmes = vec![0b01, 0b10, 0, 0b01, 0, 0b01, 0, 0];
        town.households.needs = vec![0, 0b011, 0, 0b100, 0b001, 0, 0b111, 0];
        let progress = Progress::new();
        let all = coverage(&town, &RowSet::all(8), Choice::default(), &progress).unwrap();

        let grid = all.by_area[3];
        assert_eq!(
            (
                grid.households,
                grid.of_concern,
                grid.receiving,
                grid.fully_covered
            ),
            (3, 2, 2, 1)
        );
        assert_eq!((grid.open_needs, grid.unmet_load, grid.gaps), (2, 2.0, 0));
        assert_eq!((grid.reach(), grid.full_coverage()), (Some(1.0), Some(0.5)));
        assert_eq!(all.by_area[4].reach(), None, "nobody is no data, not 0 %");
        assert_eq!(all.by_area[1].households, 4);
        assert_eq!(all.by_area[1].reach(), Some(2.0 / 3.0));
        assert_eq!((all.by_area[0].households, all.outside.households), (5, 1));
        assert_eq!(
            (all.not_geocoded.households, all.not_geocoded.open_needs),
            (2, 3)
        );
        assert_eq!((all.total.households, all.total.open_needs), (8, 7));
        assert!(grid.is_suppressed(MIN_DENOMINATOR) && !grid.is_suppressed(2));
        assert_eq!(progress.done(), 8);

        // Only programme 0 and need 2, and only some rows.
        let choice = Choice {
            programmes: 0b01,
            needs: 0b100,
        };
        let mut rows = RowSet::none(8);
        for row in [1, 3, 6] {
            rows.insert(row);
        }
        let some = coverage(&town, &rows, choice, &Progress::new()).unwrap();
        assert_eq!((some.total.households, some.total.of_concern), (3, 2));
        assert_eq!((some.total.receiving, some.total.fully_covered), (1, 0));
        assert_eq!(some.by_area[3].of_concern, 0);
    }

    #[test]
    fn figures_agree_with_the_flags_of_each_household() {
        let rows = 5_000;
        let mut town = blank_town(rows);
        town.areas = street();
        town.catalogue.needs = (0..5)
            .map(|need| Term {
                weight: 0.5 * f64::from(need),
                ..Term::unknown("x")
            })
            .collect();
        for row in 0..rows {
            town.households.area[row] = AreaIndex((row * 7 % 5) as u32);
            town.households.programmes[row] = (row as u64 * 31) % 8;
            town.households.needs[row] = (row as u64 * 17) % 37;
        }
        let choice = Choice {
            programmes: 0b101,
            needs: 0b11_1110,
        };
        let mut set = RowSet::none(rows);
        (0..rows as u32).step_by(3).for_each(|row| set.insert(row));
        let total = coverage(&town, &set, choice, &Progress::new())
            .unwrap()
            .total;

        let count = |flag: fn(&Snapshot, u32, Choice) -> bool| {
            set.iter().filter(|row| flag(&town, *row, choice)).count() as u32
        };
        assert_eq!(total.of_concern, count(of_concern));
        assert_eq!(total.receiving, count(receiving));
        assert_eq!(total.fully_covered, count(fully_covered));
        let loads = unmet_loads(&town, choice);
        let sum: f64 = set.iter().map(|row| f64::from(loads[row as usize])).sum();
        assert!((total.unmet_load - sum).abs() < 1e-6 && sum > 0.0);
        let one: f64 = set.iter().map(|row| unmet_load(&town, row, choice)).sum();
        assert!((total.unmet_load - one).abs() < 1e-6);
    }

    #[test]
    fn a_cancelled_count_stops() {
        let progress = Progress::new();
        progress.cancel();
        let town = blank_town(3);
        let result = coverage(&town, &RowSet::all(3), Choice::default(), &progress);
        assert_eq!(result, Err(Cancelled));
    }

    #[test]
    fn an_empty_town_has_no_figures() {
        let none = coverage(
            &blank_town(0),
            &RowSet::all(0),
            Choice::default(),
            &Progress::new(),
        );
        assert_eq!(none, Ok(Coverage::default()));
    }
}
