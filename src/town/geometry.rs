//! Plane geometry of the town, in metres east and north of its south-west corner, with nothing
//! but operations that every machine rounds alike.

use geo_types::{Coord, LineString, MultiPolygon, Polygon};

/// A position in metres east and north of the town's south-west corner.
pub(super) type XyM = Coord<f64>;

/// Open plain in the north of Zhejiang; the place is arbitrary.
const CENTER_LON: f64 = 121.25;
const CENTER_LAT: f64 = 30.17;
/// Metres of a degree at that latitude.
const M_PER_DEGREE_LON: f64 = 96_237.0;
const M_PER_DEGREE_LAT: f64 = 110_863.0;

pub(super) fn xy(x: f64, y: f64) -> XyM {
    Coord { x, y }
}

/// Where the town's plane lies on the globe.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ground {
    /// The middle of the town.
    pub(super) center_m: XyM,
}

impl Ground {
    /// Degrees, to about a centimetre. The same metres always give the same degrees, so shared
    /// vertices stay shared.
    pub(super) fn lonlat_from_m(self, at: XyM) -> Coord<f64> {
        let rounded = |degrees: f64| (degrees * 1e7).round() / 1e7;
        let off = at - self.center_m;
        xy(
            rounded(CENTER_LON + off.x / M_PER_DEGREE_LON),
            rounded(CENTER_LAT + off.y / M_PER_DEGREE_LAT),
        )
    }

    pub(super) fn line_lonlat(self, line: &[XyM]) -> LineString<f64> {
        LineString(line.iter().map(|at| self.lonlat_from_m(*at)).collect())
    }

    /// A polygon without holes, from an open or closed ring.
    pub(super) fn polygon_lonlat(self, ring: &[XyM]) -> MultiPolygon<f64> {
        MultiPolygon(vec![Polygon::new(self.line_lonlat(ring), Vec::new())])
    }
}

/// Very nearly sin(2π · turns): a parabola, refined once. The library's sine may differ in its
/// last digit from system to system.
pub(super) fn wave(turns: f64) -> f64 {
    let x = turns - turns.round();
    let y = 8.0 * x - 16.0 * x * x.abs();
    0.225 * (y * y.abs() - y) + y
}

/// 1 in the middle, about an eighth one radius away, almost nothing two radii away.
pub(super) fn bump(distance: f64, radius: f64) -> f64 {
    let q = distance / radius;
    let half = 1.0 / (1.0 + q * q);
    half * half * half
}

pub(super) fn length(vector: XyM) -> f64 {
    (vector.x * vector.x + vector.y * vector.y).sqrt()
}

pub(super) fn unit(vector: XyM) -> XyM {
    let length = length(vector);
    if length > 0.0 {
        vector / length
    } else {
        xy(1.0, 0.0)
    }
}

/// To the left of a direction.
pub(super) fn left(direction: XyM) -> XyM {
    xy(-direction.y, direction.x)
}

pub(super) fn mix(from: XyM, to: XyM, share: f64) -> XyM {
    from * (1.0 - share) + to * share
}

/// The place on a line at a share of its points (not of its length).
pub(super) fn on_line(line: &[XyM], share: f64) -> XyM {
    let steps = line.len().saturating_sub(1);
    let at = share.clamp(0.0, 1.0) * steps as f64;
    let first = (at as usize).min(steps.saturating_sub(1));
    match (line.get(first), line.get(first + 1)) {
        (Some(from), Some(to)) => mix(*from, *to, at - first as f64),
        (Some(only), None) => *only,
        _ => xy(0.0, 0.0),
    }
}

/// The nearest place on a line: its distance, how far along it is, and whether the point is on
/// the left.
pub(super) fn nearest(line: &[XyM], at: XyM) -> (f64, f64, bool) {
    let mut best = (f64::INFINITY, 0.0, false);
    let mut before = 0.0;
    for pair in line.windows(2) {
        let &[from, to] = pair else { continue };
        let along = to - from;
        let way = at - from;
        let length2 = (along.x * along.x + along.y * along.y).max(1e-9);
        let share = ((way.x * along.x + way.y * along.y) / length2).clamp(0.0, 1.0);
        let distance = length(way - along * share);
        let step = length2.sqrt();
        if distance < best.0 {
            let is_left = along.x * way.y - along.y * way.x > 0.0;
            best = (distance, before + share * step, is_left);
        }
        before += step;
    }
    best
}

/// Whether a point is inside a ring (closed or not).
pub(super) fn is_inside(ring: &[XyM], at: XyM) -> bool {
    let mut inside = false;
    for (index, b) in ring.iter().enumerate() {
        let a = ring[(index + ring.len() - 1) % ring.len()];
        if (a.y > at.y) != (b.y > at.y) && at.x < (b.x - a.x) * (at.y - a.y) / (b.y - a.y) + a.x {
            inside = !inside;
        }
    }
    inside
}

/// Twice the area of a closed ring; positive where it runs counter-clockwise.
pub(super) fn area2(ring: &[XyM]) -> f64 {
    ring.windows(2)
        .map(|pair| pair[0].x * pair[1].y - pair[1].x * pair[0].y)
        .sum()
}

/// The line so many metres to the left; how many may change along the way.
pub(super) fn beside(line: &[XyM], off_m: impl Fn(usize) -> f64) -> Vec<XyM> {
    (0..line.len())
        .map(|at| {
            let before = line[at.saturating_sub(1)];
            let after = line[(at + 1).min(line.len() - 1)];
            line[at] + left(unit(after - before)) * off_m(at)
        })
        .collect()
}

/// The line with both ends drawn out straight.
pub(super) fn drawn_out(line: &[XyM], start_m: f64, end_m: f64) -> Vec<XyM> {
    let mut out = line.to_vec();
    if let [first, second, ..] = line
        && start_m > 0.0
    {
        out.insert(0, *first + unit(*first - *second) * start_m);
    }
    if let [.., before, last] = line
        && end_m > 0.0
    {
        out.push(*last + unit(*last - *before) * end_m);
    }
    out
}

/// A round shape with an uneven edge.
pub(super) fn blob(center: XyM, radius_m: f64, phase: f64) -> Vec<XyM> {
    (0..=36)
        .map(|step| {
            let turn = f64::from(step % 36) / 36.0;
            let reach = radius_m
                * (1.0 + 0.16 * wave(2.0 * turn + phase) + 0.09 * wave(3.0 * turn - 2.0 * phase));
            center + xy(wave(turn + 0.25), wave(turn)) * reach
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wave_is_a_sine() {
        for step in -40..40 {
            let turns = f64::from(step) / 17.0;
            let sine = (turns * std::f64::consts::TAU).sin();
            assert!((wave(turns) - sine).abs() < 2e-3, "{turns}");
        }
    }

    #[test]
    fn nearest_says_how_far_along_and_on_which_side() {
        let line = [xy(0.0, 0.0), xy(10.0, 0.0), xy(10.0, 10.0)];
        assert_eq!(nearest(&line, xy(4.0, 3.0)), (3.0, 4.0, true));
        assert_eq!(nearest(&line, xy(12.0, 5.0)), (2.0, 15.0, false));
        assert_eq!(on_line(&line, 0.75), xy(10.0, 5.0));
    }

    #[test]
    fn inside_is_inside() {
        let ring = [
            xy(0.0, 0.0),
            xy(4.0, 0.0),
            xy(4.0, 4.0),
            xy(0.0, 4.0),
            xy(0.0, 0.0),
        ];
        assert!(is_inside(&ring, xy(1.0, 1.0)) && !is_inside(&ring, xy(5.0, 1.0)));
        assert_eq!(area2(&ring), 32.0);
    }
}
