//! How large a town is: blocks, communities and grids for a number of households.

use super::dice::{Dice, Stream};

/// Households from which on the town grows instead of filling up.
const FULL_TOWN: f64 = 62_500.0;
/// Blocks of the smallest town.
const COLUMNS: f64 = 16.0;
const ROWS: f64 = 14.0;
const HOUSEHOLDS_A_GRID: f64 = 2_500.0;
const LEAST_GRIDS: usize = 100;
const GRIDS_A_COMMUNITY: f64 = 100.0 / 12.0;
/// Communities of a street: so many bands by so many of a band.
pub(super) const STREET_BANDS: usize = 3;
pub(super) const STREET_PLACES: usize = 4;

/// The measures of a town, in blocks.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) seed: u64,
    pub(super) households: usize,
    pub(super) columns: usize,
    pub(super) rows: usize,
    pub(super) grids: usize,
    /// The row line that the river follows.
    pub(super) river_row: usize,
    /// The column line that the canal follows, from the river to the north.
    pub(super) canal_column: usize,
    /// Row lines at which the bands of communities begin and end.
    pub(super) bands: Vec<usize>,
    /// Communities of a band.
    pub(super) places: usize,
    /// For each row of blocks the column lines between its communities.
    splits: Vec<Vec<usize>>,
    /// How often the pattern of quarters repeats along a side.
    pub(super) repeats: f64,
}

impl Plan {
    pub(super) fn new(households: usize, seed: u64) -> Self {
        let growth = (households as f64 / FULL_TOWN).max(1.0).sqrt();
        let columns = (COLUMNS * growth).round() as usize;
        let rows = (ROWS * growth).round() as usize;
        let grids = ((households as f64 / HOUSEHOLDS_A_GRID).round() as usize).max(LEAST_GRIDS);
        let communities = grids as f64 / GRIDS_A_COMMUNITY;
        let band_count = ((communities * 0.75).sqrt().round() as usize).max(STREET_BANDS);
        let places = ((communities / band_count as f64).round() as usize).max(STREET_PLACES);
        let evenly = |at: usize, parts: usize, whole: usize| (at * whole + parts / 2) / parts;
        let bands: Vec<usize> = (0..=band_count)
            .map(|band| evenly(band, band_count, rows))
            .collect();
        let river_row = bands
            .iter()
            .copied()
            .min_by_key(|line| line.abs_diff(rows * 36 / 100))
            .unwrap_or(0);
        // Between two arterial roads, so that road and water do not share a line.
        let canal_place = places * 5 / 8;
        let canal_column = usize::midpoint(
            evenly(canal_place, places, columns),
            evenly(canal_place + 1, places, columns),
        );

        let mut dice = Dice::new(seed, Stream::Divisions);
        let mut splits = vec![Vec::new(); rows];
        for band in bands.windows(2) {
            let &[first, end] = band else { continue };
            let jog = usize::midpoint(first, end);
            let nudge = |dice: &mut Dice, place| {
                let even = evenly(place, places, columns) as i32;
                (even + dice.whole(-1, 1)) as usize
            };
            let lower: Vec<usize> = (1..places).map(|at| nudge(&mut dice, at)).collect();
            let upper: Vec<usize> = (1..places).map(|at| nudge(&mut dice, at)).collect();
            for (row, lines) in splits.iter_mut().enumerate().take(end).skip(first) {
                lines.clone_from(if row < jog { &lower } else { &upper });
            }
        }
        Self {
            seed,
            households,
            columns,
            rows,
            grids,
            river_row,
            canal_column,
            bands,
            places,
            splits,
            repeats: growth.round().max(1.0),
        }
    }

    pub(super) fn cells(&self) -> usize {
        self.columns * self.rows
    }

    pub(super) fn communities(&self) -> usize {
        (self.bands.len() - 1) * self.places
    }

    /// Column and row of a block.
    pub(super) fn column_row(&self, cell: usize) -> (usize, usize) {
        (cell % self.columns, cell / self.columns)
    }

    pub(super) fn cell(&self, column: usize, row: usize) -> usize {
        row * self.columns + column
    }

    /// Band and place in the band of a block's community.
    pub(super) fn community(&self, cell: usize) -> usize {
        let (column, row) = self.column_row(cell);
        let band = self.bands.iter().skip(1).filter(|end| **end <= row).count();
        let place = self.splits[row]
            .iter()
            .filter(|line| **line <= column)
            .count();
        band * self.places + place
    }

    /// Whether arterial roads run along a column line.
    pub(super) fn is_arterial_column(&self, line: usize) -> bool {
        (1..=self.places).any(|at| (at * self.columns + self.places / 2) / self.places == line)
    }

    /// Whether arterial roads run along a row line (the river's is none).
    pub(super) fn is_arterial_row(&self, line: usize) -> bool {
        line != self.river_row && line != 0 && self.bands.contains(&line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn towns_grow_with_their_households() {
        let small = Plan::new(12_000, 1);
        assert_eq!((small.columns, small.rows), (16, 14));
        assert_eq!((small.grids, small.communities()), (100, 12));
        let large = Plan::new(1_000_000, 1);
        assert_eq!((large.columns, large.rows, large.grids), (64, 56, 400));
        assert_eq!(large.communities(), 48);
        for plan in [small, large] {
            assert!(plan.river_row > 0 && plan.river_row < plan.rows);
            assert!(!plan.is_arterial_column(plan.canal_column));
        }
    }

    #[test]
    fn every_community_has_blocks() {
        for seed in 0..40 {
            let plan = Plan::new(12_000, seed);
            let mut blocks = vec![0; plan.communities()];
            (0..plan.cells()).for_each(|cell| blocks[plan.community(cell)] += 1);
            assert!(blocks.iter().all(|count| *count >= 8), "{seed}: {blocks:?}");
        }
    }
}
