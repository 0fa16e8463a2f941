//! One polygon of an area, prepared for exact answers.

use super::axis::Axis;
use geo_types::{LineString, Polygon};
use robust::{Coord, orient2d};

/// A polygon with its edges sorted into the rows of the cell grid.
///
/// A point belongs to it when it is on an edge, or when a ray to the right crosses its edges an
/// odd number of times: inside the outer ring and in no hole.
#[derive(Debug)]
pub(super) struct Part {
    points: Vec<Coord<f64>>,
    first_row: usize,
    /// For every row from `first_row` where its edges begin in `edges`, and the end of all.
    starts: Vec<u32>,
    /// An edge goes from the point of this number to the next.
    edges: Vec<u32>,
}

/// Neighbouring cells of one row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    pub(super) row: usize,
    pub(super) first: usize,
    pub(super) last: usize,
}

/// The cells of a part.
#[derive(Debug, Default)]
pub(super) struct Cells {
    /// Cells that an edge goes through, or nearly.
    pub(super) edge: Vec<Run>,
    /// Cells wholly inside.
    pub(super) inside: Vec<Run>,
}

fn rings(polygon: &Polygon<f64>) -> impl Iterator<Item = &LineString<f64>> {
    std::iter::once(polygon.exterior()).chain(polygon.interiors())
}

/// Whether there is an outer ring and every coordinate is a number.
pub(super) fn is_usable(polygon: &Polygon<f64>) -> bool {
    !polygon.exterior().0.is_empty()
        && rings(polygon)
            .flat_map(|ring| &ring.0)
            .all(|point| point.x.is_finite() && point.y.is_finite())
}

impl Part {
    /// Sorts the edges of a usable polygon into rows, and finds its cells.
    pub(super) fn new(polygon: &Polygon<f64>, x: &Axis, y: &Axis) -> (Self, Cells) {
        let mut points = Vec::new();
        let mut edges = Vec::new();
        for ring in rings(polygon) {
            let from = points.len();
            points.extend(ring.0.iter().map(|at| Coord { x: at.x, y: at.y }));
            edges.extend(from as u32..points.len().saturating_sub(1).max(from) as u32);
            if ring.0.len() == 1 {
                // A lone point is an edge to itself: on it counts as on the edge.
                points.extend(ring.0.iter().map(|at| Coord { x: at.x, y: at.y }));
                edges.push(from as u32);
            }
        }
        let rows: Vec<(usize, usize)> = edges
            .iter()
            .map(|edge| {
                let (a, b) = (points[*edge as usize], points[*edge as usize + 1]);
                y.cells_between(y.position(a.y), y.position(b.y))
            })
            .collect();
        let first_row = rows.iter().map(|rows| rows.0).min().unwrap_or(0);
        let last_row = rows.iter().map(|rows| rows.1).max().unwrap_or(0);
        // Sorted by counting: how many edges a row has, then where they begin, then they.
        let mut starts = vec![0_u32; last_row - first_row + 2];
        for (low, high) in &rows {
            for count in &mut starts[low - first_row + 1..=high - first_row + 1] {
                *count += 1;
            }
        }
        let mut total = 0;
        for start in &mut starts {
            total += *start;
            *start = total;
        }
        let mut next = starts.clone();
        let mut sorted = vec![0_u32; total as usize];
        for (edge, (low, high)) in edges.iter().zip(&rows) {
            for place in &mut next[low - first_row..=high - first_row] {
                sorted[*place as usize] = *edge;
                *place += 1;
            }
        }
        let part = Self {
            points,
            first_row,
            starts,
            edges: sorted,
        };
        let cells = part.cells(x, y);
        (part, cells)
    }

    fn edges_of_row(&self, row: usize) -> &[u32] {
        let Some(at) = row.checked_sub(self.first_row) else {
            return &[];
        };
        let (Some(start), Some(end)) = (self.starts.get(at), self.starts.get(at + 1)) else {
            return &[];
        };
        self.edges
            .get(*start as usize..*end as usize)
            .unwrap_or(&[])
    }

    /// Whether the point, which is in this row of cells, is inside or on an edge. Exact.
    pub(super) fn covers(&self, at: Coord<f64>, row: usize) -> bool {
        let mut is_inside = false;
        for edge in self.edges_of_row(row) {
            let a = self.points[*edge as usize];
            let b = self.points[*edge as usize + 1];
            if a.x < at.x && b.x < at.x {
                continue;
            }
            if (a.y > at.y) == (b.y > at.y) {
                // Not crossed by the ray; the point can still be an end or on a level edge.
                let is_level = a.y == at.y && b.y == at.y;
                if is_level && a.x.min(b.x) <= at.x && at.x <= a.x.max(b.x) {
                    return true;
                }
                if (at.x == a.x && at.y == a.y) || (at.x == b.x && at.y == b.y) {
                    return true;
                }
                continue;
            }
            if a.x > at.x && b.x > at.x {
                is_inside = !is_inside;
                continue;
            }
            let side = orient2d(a, b, at);
            if side == 0.0 {
                return true;
            }
            // Left of an edge that goes up is where the ray has still to cross it.
            if (side > 0.0) == (b.y > a.y) {
                is_inside = !is_inside;
            }
        }
        is_inside
    }

    fn cells(&self, x: &Axis, y: &Axis) -> Cells {
        let mut cells = Cells::default();
        let mut touched: Vec<(usize, usize)> = Vec::new();
        for row in self.first_row..self.first_row + self.starts.len() - 1 {
            touched.clear();
            let ends = Axis::ends(row);
            touched.extend(
                self.edges_of_row(row)
                    .iter()
                    .map(|edge| self.columns(*edge, ends, x, y)),
            );
            touched.sort_unstable();
            let mut before: Option<usize> = None;
            for (first, last) in &touched {
                match (before, cells.edge.last_mut()) {
                    (Some(end), Some(run)) if *first <= end + 1 => {
                        run.last = end.max(*last);
                        before = Some(run.last);
                    }
                    _ => {
                        self.fill_gap(before, *first, row, (x, y), &mut cells.inside);
                        cells.edge.push(Run {
                            row,
                            first: *first,
                            last: *last,
                        });
                        before = Some(*last);
                    }
                }
            }
        }
        cells
    }

    /// No edge is near the cells between two runs, so they are inside or outside together.
    fn fill_gap(
        &self,
        before: Option<usize>,
        next: usize,
        row: usize,
        (x, y): (&Axis, &Axis),
        inside: &mut Vec<Run>,
    ) {
        let Some(before) = before else {
            return;
        };
        let middle = Coord {
            x: x.middle(before + 1),
            y: y.middle(row),
        };
        if self.covers(middle, row) {
            inside.push(Run {
                row,
                first: before + 1,
                last: next - 1,
            });
        }
    }

    /// The columns that an edge touches between two heights.
    fn columns(&self, edge: u32, (low, high): (f64, f64), x: &Axis, y: &Axis) -> (usize, usize) {
        let a = self.points[edge as usize];
        let b = self.points[edge as usize + 1];
        let (ax, ay) = (x.position(a.x), y.position(a.y));
        let (bx, by) = (x.position(b.x), y.position(b.y));
        let (rise, run) = (by - ay, bx - ax);
        if rise == 0.0 {
            return x.cells_between(ax, bx);
        }
        // The slack in the heights is far more than the rounding here, however flat the edge.
        let at_height = |height: f64| ax + ((height - ay) / rise).clamp(0.0, 1.0) * run;
        x.cells_between(at_height(low), at_height(high))
    }
}
