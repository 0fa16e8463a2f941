//! Cutting lines and rings to a box. Tiles carry a border of their neighbours, and what is drawn
//! twice shows.

use geo_types::{Coord, LineString};

/// A box in whatever space the coordinates are in.
#[derive(Debug, Clone, Copy)]
pub(super) struct ClipBox {
    pub(super) min: f64,
    pub(super) max: f64,
}

impl ClipBox {
    pub(super) fn contains(self, at: Coord<f64>) -> bool {
        let inside = |value: f64| self.min <= value && value < self.max;
        inside(at.x) && inside(at.y)
    }

    /// The four sides as (axis, limit, whether the inside is below the limit).
    fn sides(self) -> [(usize, f64, bool); 4] {
        [
            (0, self.min, false),
            (0, self.max, true),
            (1, self.min, false),
            (1, self.max, true),
        ]
    }
}

fn along(at: Coord<f64>, axis: usize) -> f64 {
    if axis == 0 { at.x } else { at.y }
}

fn between(a: Coord<f64>, b: Coord<f64>, share: f64) -> Coord<f64> {
    a + (b - a) * share
}

/// The part of a closed ring inside the box (Sutherland and Hodgman, 1974), closed again.
/// A concave ring may keep bridges along the edge of the box; they enclose nothing.
pub(super) fn clip_ring(ring: &LineString<f64>, to: ClipBox) -> Option<LineString<f64>> {
    let mut points: Vec<Coord<f64>> = ring.0.clone();
    points.pop();
    for (axis, limit, below) in to.sides() {
        let inside =
            |at: Coord<f64>| (along(at, axis) <= limit) == below || along(at, axis) == limit;
        let mut kept = Vec::with_capacity(points.len() + 4);
        let mut before = *points.last()?;
        for &at in &points {
            if inside(at) != inside(before) {
                let share = (limit - along(before, axis)) / (along(at, axis) - along(before, axis));
                kept.push(between(before, at, share));
            }
            if inside(at) {
                kept.push(at);
            }
            before = at;
        }
        points = kept;
    }
    if points.len() < 3 {
        return None;
    }
    let first = *points.first()?;
    points.push(first);
    Some(LineString(points))
}

/// The parts of a line inside the box (Liang and Barsky, 1984).
pub(super) fn clip_line(line: &LineString<f64>, to: ClipBox) -> Vec<LineString<f64>> {
    let mut parts: Vec<LineString<f64>> = Vec::new();
    let mut open: Vec<Coord<f64>> = Vec::new();
    let mut close = |open: &mut Vec<Coord<f64>>| {
        if open.len() > 1 {
            parts.push(LineString(std::mem::take(open)));
        }
        open.clear();
    };
    for segment in line.0.windows(2) {
        let &[a, b] = segment else { continue };
        let Some((from, till)) = inside_span(a, b, to) else {
            close(&mut open);
            continue;
        };
        if open.is_empty() || from > 0.0 {
            close(&mut open);
            open.push(between(a, b, from));
        }
        open.push(between(a, b, till));
        if till < 1.0 {
            close(&mut open);
        }
    }
    close(&mut open);
    parts
}

/// The shares of a segment between which it is inside the box.
fn inside_span(a: Coord<f64>, b: Coord<f64>, to: ClipBox) -> Option<(f64, f64)> {
    let (mut from, mut till) = (0.0_f64, 1.0_f64);
    for (axis, limit, below) in to.sides() {
        let sign = if below { 1.0 } else { -1.0 };
        let step = (along(b, axis) - along(a, axis)) * sign;
        let room = (limit - along(a, axis)) * sign;
        if step == 0.0 {
            if room < 0.0 {
                return None;
            }
        } else if step < 0.0 {
            from = from.max(room / step);
        } else {
            till = till.min(room / step);
        }
    }
    (from < till).then_some((from, till))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOX: ClipBox = ClipBox {
        min: 0.0,
        max: 10.0,
    };

    #[test]
    fn a_line_that_leaves_and_comes_back_is_two_lines() {
        let line = LineString::from(vec![
            (-5.0, 5.0),
            (5.0, 5.0),
            (5.0, 15.0),
            (8.0, 15.0),
            (8.0, 5.0),
        ]);
        let parts = clip_line(&line, BOX);
        assert_eq!(
            parts,
            [
                LineString::from(vec![(0.0, 5.0), (5.0, 5.0), (5.0, 10.0)]),
                LineString::from(vec![(8.0, 10.0), (8.0, 5.0)]),
            ]
        );
    }

    #[test]
    fn a_line_outside_or_on_a_point_of_the_box_is_nothing() {
        let outside = LineString::from(vec![(-5.0, 12.0), (20.0, 12.0)]);
        let corner = LineString::from(vec![(-5.0, 5.0), (5.0, -5.0)]);
        assert!(clip_line(&outside, BOX).is_empty());
        assert!(clip_line(&corner, BOX).is_empty());
    }

    #[test]
    fn a_ring_is_cut_on_all_sides() {
        let around = LineString::from(vec![
            (-5.0, -5.0),
            (15.0, -5.0),
            (15.0, 15.0),
            (-5.0, 15.0),
            (-5.0, -5.0),
        ]);
        let cut = clip_ring(&around, BOX).unwrap();
        assert!(cut.is_closed());
        let area: f64 = cut.lines().map(|side| side.determinant()).sum::<f64>() / 2.0;
        assert_eq!(area.abs(), 100.0);
        let beside = LineString::from(vec![(11.0, 0.0), (12.0, 0.0), (12.0, 5.0), (11.0, 0.0)]);
        assert!(clip_ring(&beside, BOX).is_none());
    }
}
