//! Lines and rings made simpler, and cut at a tile's edge.

use geo_types::Coord;

/// Units of a tile's side.
pub(super) const EXTENT: f64 = 4096.0;
/// What is kept beyond the edge, so that lines and outlines meet without a seam.
pub(super) const MARGIN: f64 = 80.0;

/// A line in tile units.
pub(super) type Line = Vec<Coord<f64>>;

/// Douglas and Peucker, without recursion; both ends stay.
pub(super) fn simplified(line: &[Coord<f64>], tolerance: f64) -> Line {
    if line.len() < 3 {
        return line.to_vec();
    }
    let mut keep = vec![false; line.len()];
    let mut open = vec![(0, line.len() - 1)];
    while let Some((first, last)) = open.pop() {
        keep[first] = true;
        keep[last] = true;
        let farthest = (first + 1..last)
            .map(|at| (at, distance(line[at], line[first], line[last])))
            .max_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((at, far)) = farthest
            && far > tolerance
        {
            open.extend([(first, at), (at, last)]);
        }
    }
    line.iter()
        .zip(keep)
        .filter_map(|(at, keep)| keep.then_some(*at))
        .collect()
}

/// Distance of a point from a segment.
fn distance(at: Coord<f64>, from: Coord<f64>, to: Coord<f64>) -> f64 {
    let along = to - from;
    let length2 = along.x * along.x + along.y * along.y;
    let way = at - from;
    let share = if length2 > 0.0 {
        ((way.x * along.x + way.y * along.y) / length2).clamp(0.0, 1.0)
    } else {
        0.0
    };
    let off = way - along * share;
    off.x.hypot(off.y)
}

const LOW: f64 = -MARGIN;
const HIGH: f64 = EXTENT + MARGIN;

/// The parts of a line inside the tile and its margin (Liang and Barsky, a segment at a time).
pub(super) fn cut_line(line: &[Coord<f64>]) -> Vec<Line> {
    let mut parts: Vec<Line> = Vec::new();
    for pair in line.windows(2) {
        let &[from, to] = pair else { continue };
        let along = to - from;
        let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
        for (start, step) in [(from.x, along.x), (from.y, along.y)] {
            if step == 0.0 {
                if !(LOW..=HIGH).contains(&start) {
                    leave = -1.0;
                }
                continue;
            }
            let (a, b) = ((LOW - start) / step, (HIGH - start) / step);
            enter = enter.max(a.min(b));
            leave = leave.min(a.max(b));
        }
        if enter > leave {
            continue;
        }
        let start = if enter > 0.0 {
            from + along * enter
        } else {
            from
        };
        let end = if leave < 1.0 {
            from + along * leave
        } else {
            to
        };
        match parts.last_mut() {
            Some(part) if part.last() == Some(&start) => part.push(end),
            _ => parts.push(vec![start, end]),
        }
    }
    parts
}

/// An open ring in whole tile units.
pub(super) type Ring = Vec<Coord<i32>>;

/// To whole units, without repeats.
pub(super) fn rounded(line: &[Coord<f64>]) -> Ring {
    let mut whole: Ring = line
        .iter()
        .map(|at| Coord {
            x: at.x.round() as i32,
            y: at.y.round() as i32,
        })
        .collect();
    whole.dedup();
    whole
}

/// A ring cut to the tile (Sutherland and Hodgman), in whole units, open, turned as the
/// specification wants it; `None` where no area is left.
pub(super) fn whole_ring(ring: &[Coord<f64>], is_outer: bool) -> Option<Ring> {
    let mut cut: Line = ring.to_vec();
    if cut.first() == cut.last() {
        cut.pop();
    }
    for (is_x, limit, keeps_below) in [
        (true, LOW, false),
        (true, HIGH, true),
        (false, LOW, false),
        (false, HIGH, true),
    ] {
        cut = cut_ring(&cut, is_x, limit, keeps_below);
    }
    let mut whole = rounded(&cut);
    if whole.first() == whole.last() {
        whole.pop();
    }
    // Twice the area; positive is clockwise on the screen, where y grows downwards.
    let area2: i64 = (0..whole.len())
        .map(|at| {
            let (a, b) = (whole[at], whole[(at + 1) % whole.len()]);
            i64::from(a.x) * i64::from(b.y) - i64::from(b.x) * i64::from(a.y)
        })
        .sum();
    if whole.len() < 3 || area2 == 0 {
        return None;
    }
    if (area2 > 0) != is_outer {
        whole.reverse();
    }
    Some(whole)
}

fn cut_ring(ring: &[Coord<f64>], is_x: bool, limit: f64, keeps_below: bool) -> Line {
    let value = |at: Coord<f64>| if is_x { at.x } else { at.y };
    let is_in = |at: Coord<f64>| (value(at) <= limit) == keeps_below || value(at) == limit;
    let mut out = Line::with_capacity(ring.len() + 4);
    for (index, &to) in ring.iter().enumerate() {
        let from = ring[(index + ring.len() - 1) % ring.len()];
        if is_in(from) != is_in(to) {
            let share = (limit - value(from)) / (value(to) - value(from));
            out.push(from + (to - from) * share);
        }
        if is_in(to) {
            out.push(to);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn simplifying_keeps_the_ends_and_the_corners() {
        let line: Line = [(0.0, 0.0), (50.0, 0.4), (100.0, 0.0), (100.0, 80.0)]
            .map(|(x, y)| Coord { x, y })
            .to_vec();
        assert_eq!(simplified(&line, 1.0), [line[0], line[2], line[3]]);
        // A closed ring has no extent between its ends, and keeps its corners all the same.
        let ring: Line = [(0.0, 0.0), (90.0, 0.0), (90.0, 90.0), (0.0, 0.0)]
            .map(|(x, y)| Coord { x, y })
            .to_vec();
        assert_eq!(simplified(&ring, 1.0), ring);
    }
}
