//! A stretch of numbers cut into equal cells.

/// One direction of the cell grid. [`Axis::position`] grows with its argument, rounding
/// included, so a point of an edge never falls outside the cells between those of its ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Axis {
    start: f64,
    end: f64,
    per_unit: f64,
    cells: usize,
}

/// How much wider than computed an edge is drawn, in cells: far more than all rounding.
const SLACK: f64 = 1e-6;

/// A stretch this short against its distance from zero is not cut: the middle of a cell could
/// not be told from its edge.
const SHORTEST: f64 = 1e-7;

impl Axis {
    pub(super) fn new(start: f64, end: f64, cells: usize) -> Self {
        let length = end - start;
        let is_cut = length > SHORTEST * start.abs().max(end.abs());
        let cells = if is_cut { cells.max(1) } else { 1 };
        let per_unit = if is_cut { cells as f64 / length } else { 0.0 };
        Self {
            start,
            end,
            per_unit,
            cells,
        }
    }

    pub(super) fn cells(&self) -> usize {
        self.cells
    }

    /// Whether the number is in the stretch, its ends included. NaN is not.
    pub(super) fn contains(&self, at: f64) -> bool {
        self.start <= at && at <= self.end
    }

    /// The place in cells from the start.
    pub(super) fn position(&self, at: f64) -> f64 {
        (at - self.start) * self.per_unit
    }

    /// The cell of a number; those outside belong to the nearest.
    pub(super) fn cell(&self, at: f64) -> usize {
        // The conversion saturates: what is below zero is in cell 0.
        (self.position(at) as usize).min(self.cells - 1)
    }

    /// The cells between two positions, with some slack.
    pub(super) fn cells_between(&self, a: f64, b: f64) -> (usize, usize) {
        let last = self.cells - 1;
        let low = (a.min(b) - SLACK) as usize;
        let high = (a.max(b) + SLACK) as usize;
        (low.min(last), high.min(last))
    }

    /// Both ends of a cell as positions, with some slack.
    pub(super) fn ends(cell: usize) -> (f64, f64) {
        (cell as f64 - SLACK, (cell + 1) as f64 + SLACK)
    }

    /// The middle of a cell.
    pub(super) fn middle(&self, cell: usize) -> f64 {
        if self.per_unit == 0.0 {
            return f64::midpoint(self.start, self.end);
        }
        self.start + (cell as f64 + 0.5) / self.per_unit
    }
}
