//! Neighbours by a common border.

use super::Weights;
use crate::base::{Cancelled, Progress};
use geo::{BoundingRect, Coord, Line, LinesIter, MultiPolygon, Rect};
use rayon::prelude::*;

/// What makes two areas neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contiguity {
    /// A common point is enough.
    Queen,
    /// A common stretch of border.
    Rook,
}

/// The neighbours of areas by their outlines and holes, in any plane; one list an area.
///
/// Outlines that have their corners in common are compared as they are, and the result is that of
/// `libpysal.weights.Queen` and `Rook`. Where they have not, because a corner of one stands on an
/// edge of the other or both were drawn by hand, borders nearer than `meet` (in units of the
/// plane) still meet: for the queen where outlines come so near or cross, for the rook where edges run along
/// each other for more than `meet`, nowhere further apart than `meet` nor than a quarter of that stretch.
/// `PySAL` finds only equal corners and equal edges, so with such outlines it has fewer neighbours.
///
/// An area without outline, or with numbers that are not finite, is an island; so is one that lies
/// inside another without a hole there for it and does not come near its border. Ticks once a pair
/// whose boxes touch.
///
/// # Errors
/// [`Cancelled`] where the progress says so.
pub fn contiguity(
    boundaries: &[&MultiPolygon<f64>],
    kind: Contiguity,
    meet: f64,
    progress: &Progress,
) -> Result<Weights, Cancelled> {
    let outlines: Vec<Vec<Line<f64>>> = boundaries.par_iter().map(|it| edges(it)).collect();
    let boxes = boxes(boundaries, &outlines, meet);
    // Of two areas the one that begins further west asks for the other.
    let neighbours = boxes
        .par_iter()
        .enumerate()
        .map(|(nth, (one, a))| {
            let mut found = Vec::new();
            let further = boxes.iter().skip(nth + 1);
            for (other, b) in further.take_while(|(other, _)| other.min().x <= one.max().x) {
                let outlines = outlines.get(*a).zip(outlines.get(*b));
                let (Some((one_edges, other_edges)), Some(common)) =
                    (outlines, in_common(*one, *other))
                else {
                    continue;
                };
                progress.tick(1)?;
                let common = grown(common, meet / 2.0);
                if do_meet(one_edges, other_edges, common, kind, meet, progress)? {
                    found.push((*a, *b));
                }
            }
            Ok(found)
        })
        .collect::<Result<Vec<_>, Cancelled>>()?;
    let mut lists = vec![Vec::new(); boundaries.len()];
    for (a, b) in neighbours.into_iter().flatten() {
        for (area, other) in [(a, b), (b, a)] {
            if let Some(list) = lists.get_mut(area) {
                list.push(other as u32);
            }
        }
    }
    Ok(Weights::from_lists(lists))
}

/// The edges of a boundary, holes too; none where a number is not finite.
fn edges(boundary: &MultiPolygon<f64>) -> Vec<Line<f64>> {
    let edges: Vec<_> = boundary
        .lines_iter()
        .filter(|edge| edge.start != edge.end)
        .collect();
    let is_finite = |at: Coord<f64>| at.x.is_finite() && at.y.is_finite();
    if edges
        .iter()
        .all(|edge| is_finite(edge.start) && is_finite(edge.end))
    {
        edges
    } else {
        Vec::new()
    }
}

/// The boxes of areas with edges, grown so that those meet whose areas may, from west to east.
fn boxes(
    boundaries: &[&MultiPolygon<f64>],
    outlines: &[Vec<Line<f64>>],
    meet: f64,
) -> Vec<(Rect<f64>, usize)> {
    let with_edges = boundaries.iter().zip(outlines).enumerate();
    let mut boxes: Vec<(Rect<f64>, usize)> = with_edges
        .filter(|(_, (_, outline))| !outline.is_empty())
        .filter_map(|(at, (boundary, _))| Some((grown(boundary.bounding_rect()?, meet / 2.0), at)))
        .collect();
    boxes.sort_by(|a, b| a.0.min().x.total_cmp(&b.0.min().x).then(a.1.cmp(&b.1)));
    boxes
}

fn in_common(one: Rect<f64>, other: Rect<f64>) -> Option<Rect<f64>> {
    let low = Coord {
        x: one.min().x.max(other.min().x),
        y: one.min().y.max(other.min().y),
    };
    let high = Coord {
        x: one.max().x.min(other.max().x),
        y: one.max().y.min(other.max().y),
    };
    (low.x <= high.x && low.y <= high.y).then(|| Rect::new(low, high))
}

fn grown(rect: Rect<f64>, by: f64) -> Rect<f64> {
    let (low, high) = (rect.min(), rect.max());
    Rect::new((low.x - by, low.y - by), (high.x + by, high.y + by))
}

/// An edge and its reach along the axis of the sweep.
type Reach = (f64, f64, Line<f64>);

/// Whether two outlines meet within the part that their boxes have in common.
///
/// The edges there are swept along the longer side of that part, so that two long outlines along
/// one border cost no more than their edges and the few beside each.
fn do_meet(
    one: &[Line<f64>],
    other: &[Line<f64>],
    common: Rect<f64>,
    kind: Contiguity,
    meet: f64,
    progress: &Progress,
) -> Result<bool, Cancelled> {
    let by_x = common.width() >= common.height();
    let reaches = |outline: &[Line<f64>]| {
        let near = outline
            .iter()
            .filter(|edge| overlaps(edge.bounding_rect(), common));
        let mut near: Vec<Reach> = near
            .map(|edge| {
                let (a, b) = if by_x {
                    (edge.start.x, edge.end.x)
                } else {
                    (edge.start.y, edge.end.y)
                };
                (a.min(b), a.max(b), *edge)
            })
            .collect();
        near.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        near
    };
    let (one, other) = (reaches(one), reaches(other));
    // Of two edges that reach each other one begins later; it is met by the one before it.
    let is_met = |from: &[Reach], by: &[Reach], equal_too: bool| {
        for (low, high, edge) in from {
            progress.tick(0)?;
            let is_before = |it: &Reach| it.0 < *low || (!equal_too && it.0 == *low);
            let after = by.iter().skip(by.partition_point(is_before));
            let mut beside = after.take_while(|it| it.0 <= high + meet);
            if beside.any(|it| edges_meet(*edge, it.2, kind, meet)) {
                return Ok(true);
            }
        }
        Ok(false)
    };
    Ok(is_met(&one, &other, true)? || is_met(&other, &one, false)?)
}

fn overlaps(edge: Rect<f64>, common: Rect<f64>) -> bool {
    let (low, high) = (edge.min(), edge.max());
    low.x <= common.max().x
        && high.x >= common.min().x
        && low.y <= common.max().y
        && high.y >= common.min().y
}

fn edges_meet(a: Line<f64>, b: Line<f64>, kind: Contiguity, meet: f64) -> bool {
    let is_same = (a.start, a.end) == (b.start, b.end) || (a.start, a.end) == (b.end, b.start);
    match kind {
        _ if is_same => true,
        Contiguity::Queen => do_touch(a, b, meet),
        Contiguity::Rook => run_along(a, b, meet) || run_along(b, a, meet),
    }
}

/// Whether two edges cross, or an end of one is within `meet` of the other.
fn do_touch(a: Line<f64>, b: Line<f64>, meet: f64) -> bool {
    let near = |point, edge| off(point, edge) <= meet;
    if near(a.start, b) || near(a.end, b) || near(b.start, a) || near(b.end, a) {
        return true;
    }
    let sides = |edge: Line<f64>, other: Line<f64>| {
        cross(edge, other.start).signum() * cross(edge, other.end).signum()
    };
    sides(a, b) < 0.0 && sides(b, a) < 0.0
}

/// Whether `b` runs along `a` for a stretch, measured along `a`.
fn run_along(a: Line<f64>, b: Line<f64>, meet: f64) -> bool {
    let length = length(a);
    let along = |point: Coord<f64>| {
        ((point.x - a.start.x) * a.dx() + (point.y - a.start.y) * a.dy()) / length
    };
    let (from, to) = (along(b.start), along(b.end));
    let (low, high) = (from.min(to).max(0.0), from.max(to).min(length));
    let stretch = high - low;
    if stretch.is_nan() || stretch <= meet {
        return false;
    }
    let apart = |at: f64| {
        let share = (at - from) / (to - from);
        let point = Coord {
            x: b.start.x + b.dx() * share,
            y: b.start.y + b.dy() * share,
        };
        (cross(a, point) / length).abs()
    };
    apart(low).max(apart(high)) <= meet.min(stretch / 4.0)
}

fn length(edge: Line<f64>) -> f64 {
    edge.dx().hypot(edge.dy())
}

/// Twice the area of the triangle of an edge and a point: positive to the left.
fn cross(edge: Line<f64>, point: Coord<f64>) -> f64 {
    edge.dx() * (point.y - edge.start.y) - edge.dy() * (point.x - edge.start.x)
}

/// The distance of a point from an edge.
fn off(point: Coord<f64>, edge: Line<f64>) -> f64 {
    let (dx, dy) = (point.x - edge.start.x, point.y - edge.start.y);
    let share = (dx * edge.dx() + dy * edge.dy()) / (edge.dx().powi(2) + edge.dy().powi(2));
    let share = share.clamp(0.0, 1.0);
    (dx - share * edge.dx()).hypot(dy - share * edge.dy())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::dissolve;
    use geo::{LineString, Polygon};

    fn shape(corners: &[(f64, f64)]) -> MultiPolygon<f64> {
        MultiPolygon(vec![Polygon::new(
            LineString::from(corners.to_vec()),
            vec![],
        )])
    }

    fn square(x: f64, y: f64, side: f64) -> MultiPolygon<f64> {
        shape(&[(x, y), (x + side, y), (x + side, y + side), (x, y + side)])
    }

    fn found(shapes: &[MultiPolygon<f64>], kind: Contiguity) -> Weights {
        let shapes: Vec<_> = shapes.iter().collect();
        contiguity(&shapes, kind, 1.0, &Progress::new()).unwrap()
    }

    #[test]
    fn a_corner_is_enough_for_the_queen_only() {
        let four = [
            square(0.0, 0.0, 10.0),
            square(10.0, 0.0, 10.0),
            square(0.0, 10.0, 10.0),
            square(10.0, 10.0, 10.0),
        ];
        let queen = found(&four, Contiguity::Queen);
        let rook = found(&four, Contiguity::Rook);
        assert_eq!(queen.neighbours(0), [1, 2, 3]);
        assert_eq!(rook.neighbours(0), [1, 2]);
        assert_eq!(rook.neighbours(3), [1, 2]);
    }

    #[test]
    fn borders_that_share_no_corners_are_borders() {
        // A long edge, along it two areas whose common corner stands 30 cm beside it, and none of
        // the ends is the same: PySAL sees no neighbours here.
        let street = [
            shape(&[(0.0, 0.0), (30.0, 0.0), (30.0, 10.0), (0.0, 10.0)]),
            shape(&[(2.0, 10.2), (14.0, 10.3), (14.0, 20.0), (2.0, 20.0)]),
            shape(&[(14.0, 10.3), (28.0, 9.8), (28.0, 20.0), (14.0, 20.0)]),
        ];
        for kind in [Contiguity::Queen, Contiguity::Rook] {
            let found = found(&street, kind);
            assert_eq!(found.neighbours(0), [1, 2], "{kind:?}");
            assert_eq!(found.neighbours(1), [0, 2], "{kind:?}");
        }
    }

    #[test]
    fn a_wedge_and_a_gap_are_no_border() {
        // Two borders that part at a sharp corner, and an area two metres off.
        let wedge = [
            shape(&[(0.0, 0.0), (100.0, 0.0), (100.0, -50.0)]),
            shape(&[(0.0, 0.0), (100.0, 20.0), (0.0, 20.0)]),
            square(102.0, -50.0, 50.0),
        ];
        assert_eq!(found(&wedge, Contiguity::Queen).neighbours(0), [1]);
        assert!(found(&wedge, Contiguity::Rook).neighbours(0).is_empty());
        assert!(found(&wedge, Contiguity::Queen).neighbours(2).is_empty());
    }

    #[test]
    fn holes_crossings_and_things_that_are_no_areas() {
        let hole = LineString::from(vec![(10.0, 10.0), (20.0, 10.0), (20.0, 20.0), (10.0, 20.0)]);
        let around = LineString::from(vec![(0.0, 0.0), (30.0, 0.0), (30.0, 30.0), (0.0, 30.0)]);
        let shapes = [
            MultiPolygon(vec![Polygon::new(around, vec![hole])]),
            square(10.0, 10.0, 10.0),
            // Lies over the corner of the first: the outlines cross far from every corner.
            square(25.0, 25.0, 40.0),
            MultiPolygon(vec![]),
            square(f64::NAN, 0.0, 10.0),
        ];
        let rook = found(&shapes, Contiguity::Rook);
        assert_eq!(rook.neighbours(0), [1], "the hole is filled");
        let queen = found(&shapes, Contiguity::Queen);
        assert_eq!(queen.neighbours(0), [1, 2]);
        assert_eq!(queen.islands().collect::<Vec<_>>(), [3, 4]);
    }

    #[test]
    fn areas_made_of_others_keep_their_neighbours() {
        // The corner between the upper two falls away from the lower one, which is straight there.
        let cell = |x: f64, y: f64| square(x * 10.0, y * 10.0, 10.0);
        let made = |cells: &[MultiPolygon<f64>]| dissolve(&cells.iter().collect::<Vec<_>>());
        let shapes = [
            made(&[cell(0.0, 0.0), cell(1.0, 0.0), cell(2.0, 0.0)]),
            cell(0.0, 1.0),
            made(&[cell(1.0, 1.0), cell(2.0, 1.0)]),
        ];
        assert_eq!(shapes[0].0[0].exterior().0.len(), 5);
        let rook = found(&shapes, Contiguity::Rook);
        assert_eq!(rook.neighbours(0), [1, 2]);
        assert_eq!(rook, found(&shapes, Contiguity::Queen));
    }

    #[test]
    fn an_edge_shorter_than_the_tolerance_is_still_an_edge() {
        let tiny = [square(0.0, 0.0, 0.25), square(0.25, 0.0, 0.25)];
        assert_eq!(found(&tiny, Contiguity::Rook).neighbours(0), [1]);
    }

    #[test]
    fn a_cancelled_search_stops() {
        let two = [square(0.0, 0.0, 1.0), square(1.0, 0.0, 1.0)];
        let shapes: Vec<_> = two.iter().collect();
        let progress = Progress::new();
        progress.cancel();
        let result = contiguity(&shapes, Contiguity::Queen, 1.0, &progress);
        assert_eq!(result, Err(Cancelled));
    }
}
