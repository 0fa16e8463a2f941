//! Where the name of an area stands well.

use geo::{Area, BoundingRect, LineString, MultiPolygon, Polygon};
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// The search stops where no place can be further from the edge than the best by more than this
/// share of the box's shorter side.
const PRECISION_SHARE: f64 = 0.02;

/// Enough for any real boundary; a hostile one must not keep the program busy.
const MAX_CELLS: usize = 4_000;

/// A point well inside the largest polygon of a boundary: as far from its edge and its holes as
/// any, to 2 % of the shorter side of its box.
///
/// Any planar space; (x, y) in the same. `None` where no polygon has an area.
///
/// Source: V. Agafonkin, "A new algorithm for finding a visual center of a polygon" (polylabel,
/// 2016). Limit: looks at no more than 4,000 cells, then takes the best so far.
pub fn label_point(boundary: &MultiPolygon<f64>) -> Option<(f64, f64)> {
    let polygon = boundary
        .iter()
        .filter(|polygon| polygon.unsigned_area().is_finite())
        .max_by(|a, b| a.unsigned_area().total_cmp(&b.unsigned_area()))
        .filter(|polygon| polygon.unsigned_area() > 0.0)?;
    let bounds = polygon.bounding_rect()?;
    let side = bounds.width().min(bounds.height());
    let precision = side * PRECISION_SHARE;
    let half = (side / 2.0).max(bounds.width().max(bounds.height()) / 100.0);

    let mut best = Cell::at(bounds.center().x, bounds.center().y, 0.0, polygon);
    let mut queue = BinaryHeap::new();
    let columns = (bounds.width() / (2.0 * half)).ceil() as u32;
    let rows = (bounds.height() / (2.0 * half)).ceil() as u32;
    for row in 0..rows {
        for column in 0..columns {
            let x = bounds.min().x + half * (2.0 * f64::from(column) + 1.0);
            let y = bounds.min().y + half * (2.0 * f64::from(row) + 1.0);
            queue.push(Cell::at(x, y, half, polygon));
        }
    }
    for _ in 0..MAX_CELLS {
        let Some(cell) = queue.pop() else { break };
        if cell.inside > best.inside {
            best = cell;
        }
        // Cells come by their promise, so the others promise no more than this one.
        if cell.promise() - best.inside <= precision {
            break;
        }
        let half = cell.half / 2.0;
        for (dx, dy) in [(-half, -half), (half, -half), (-half, half), (half, half)] {
            queue.push(Cell::at(cell.x + dx, cell.y + dy, half, polygon));
        }
    }
    Some((best.x, best.y))
}

/// A square of the search.
#[derive(Debug, Clone, Copy)]
struct Cell {
    x: f64,
    y: f64,
    half: f64,
    /// How far the middle is from the edge; negative outside.
    inside: f64,
}

impl Cell {
    fn at(x: f64, y: f64, half: f64, polygon: &Polygon<f64>) -> Self {
        Self {
            x,
            y,
            half,
            inside: distance_inside(x, y, polygon),
        }
    }

    /// No place in the square is further inside than this.
    fn promise(&self) -> f64 {
        self.inside + self.half * std::f64::consts::SQRT_2
    }
}

impl Ord for Cell {
    fn cmp(&self, other: &Self) -> Ordering {
        // At the same promise the place decides, so that the result is always the same.
        self.promise()
            .total_cmp(&other.promise())
            .then(self.x.total_cmp(&other.x))
            .then(self.y.total_cmp(&other.y))
    }
}

impl PartialOrd for Cell {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Cell {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Cell {}

/// The distance to the nearest edge, negative outside the polygon and in its holes.
fn distance_inside(x: f64, y: f64, polygon: &Polygon<f64>) -> f64 {
    let mut is_inside = false;
    let mut nearest2 = f64::INFINITY;
    let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
    for edge in rings.flat_map(LineString::lines) {
        let (a, b) = (edge.start, edge.end);
        if (a.y > y) != (b.y > y) && x < (b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x {
            is_inside = !is_inside;
        }
        let (dx, dy) = (b.x - a.x, b.y - a.y);
        let length2 = dx * dx + dy * dy;
        let along = if length2 > 0.0 {
            (((x - a.x) * dx + (y - a.y) * dy) / length2).clamp(0.0, 1.0)
        } else {
            0.0
        };
        let (to_x, to_y) = (x - a.x - along * dx, y - a.y - along * dy);
        nearest2 = nearest2.min(to_x * to_x + to_y * to_y);
    }
    if is_inside {
        nearest2.sqrt()
    } else {
        -nearest2.sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn polygon(corners: &[(f64, f64)], holes: &[&[(f64, f64)]]) -> Polygon<f64> {
        let ring = |corners: &[(f64, f64)]| corners.iter().copied().collect();
        Polygon::new(ring(corners), holes.iter().map(|hole| ring(hole)).collect())
    }

    #[test]
    fn a_horseshoe_is_named_on_its_metal() {
        let horseshoe = polygon(
            &[
                (0.0, 0.0),
                (10.0, 0.0),
                (10.0, 10.0),
                (8.0, 10.0),
                (8.0, 3.0),
                (2.0, 3.0),
                (2.0, 10.0),
                (0.0, 10.0),
            ],
            &[],
        );
        let (x, y) = label_point(&MultiPolygon(vec![horseshoe.clone()])).unwrap();
        // The widest circles inside touch the foot, a side and the inner corner: their radius is
        // the root of (r − 2)² + (r − 3)² = r², r = 5 − √12.
        let best = 5.0 - 12.0_f64.sqrt();
        assert!(distance_inside(x, y, &horseshoe) > best - 0.2, "{x} {y}");
    }

    #[test]
    fn holes_are_kept_clear_and_the_largest_part_wins() {
        let square = [(0.0, 0.0), (12.0, 0.0), (12.0, 12.0), (0.0, 12.0)];
        let pond: &[(f64, f64)] = &[(2.0, 2.0), (2.0, 10.0), (6.0, 10.0), (6.0, 2.0)];
        let island = polygon(&[(50.0, 50.0), (53.0, 50.0), (53.0, 53.0)], &[]);
        let main = polygon(&square, &[pond]);
        let (x, y) = label_point(&MultiPolygon(vec![island, main.clone()])).unwrap();
        assert!(distance_inside(x, y, &main) > 3.0 - 0.24, "{x} {y}");
    }

    #[test]
    fn it_agrees_with_a_search_of_every_place() {
        // A star of 60 corners at the size and place of a real grid, in Mercator metres.
        let corners: Vec<_> = (0..60)
            .map(|i| {
                let angle = f64::from(i) / 60.0 * std::f64::consts::TAU;
                let radius = 300.0 + f64::from((i * 37) % 11) * 25.0;
                (
                    13_497_000.0 + radius * angle.cos() * 1.6,
                    3_525_000.0 + radius * angle.sin(),
                )
            })
            .collect();
        let star = polygon(&corners, &[]);
        let (x, y) = label_point(&MultiPolygon(vec![star.clone()])).unwrap();
        let best = (-60..=60)
            .flat_map(|i| (-60..=60).map(move |j| (i, j)))
            .map(|(i, j)| {
                let at = (f64::from(i) * 10.0, f64::from(j) * 10.0);
                distance_inside(13_497_000.0 + at.0, 3_525_000.0 + at.1, &star)
            })
            .fold(f64::NEG_INFINITY, f64::max);
        let bounds = star.bounding_rect().unwrap();
        assert!(distance_inside(x, y, &star) >= best - 0.02 * bounds.height());
    }

    #[test]
    fn nothing_has_no_place() {
        assert_eq!(label_point(&MultiPolygon(vec![])), None);
        let flat = polygon(&[(0.0, 0.0), (5.0, 5.0), (9.0, 9.0)], &[]);
        assert_eq!(label_point(&MultiPolygon(vec![flat])), None);
        let broken = polygon(&[(0.0, 0.0), (f64::NAN, 5.0), (9.0, 0.0)], &[]);
        assert_eq!(label_point(&MultiPolygon(vec![broken])), None);
        let thin = polygon(&[(0.0, 0.0), (1e6, 0.0), (1e6, 1e-6), (0.0, 1e-6)], &[]);
        assert!(label_point(&MultiPolygon(vec![thin])).is_some());
    }
}
