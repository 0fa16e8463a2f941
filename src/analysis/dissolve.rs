//! One area made of several: a parent's boundary from its children's.

use geo::orient::Direction;
use geo::{Area, BooleanOps, Coord, LineString, MultiPolygon, Orient, Polygon, unary_union};
use std::cmp::Ordering;

/// Corners that are nearer to each other, or to an edge, than this share of the whole are meant
/// to meet there: 30 cm for a street office of 15 km, more than the rounding of common files.
const MEET_SHARE: f64 = 2e-5;

/// The union's integer grid is finer than this share of the whole; a corner of the result that
/// is this near to one of the children is that corner.
const SNAP_SHARE: f64 = 1e-8;

/// The union of boundaries. Edges that two of them share vanish, real holes and islands stay.
///
/// Any planar space (Mercator metres, or degrees for areas as small as a town); the result is in
/// the same space, outer rings counter-clockwise, holes clockwise. Corners come back bit by bit
/// as the children have them; those on a straight line may fall away. Children that do not quite
/// meet (rounded corners, or a corner of one on an edge of the other) are made to meet where they
/// are nearer than 2 × 10⁻⁵ of the whole, so that no slivers stay between them. Polygons without
/// area or with numbers that are not finite are left out; without any polygon the result is
/// empty.
///
/// Source: `geo::unary_union` (`i_overlay`). Limit: wider gaps between the children are gaps of
/// the parent; overlaps count once.
pub fn dissolve(boundaries: &[&MultiPolygon<f64>]) -> MultiPolygon<f64> {
    let polygons: Vec<&Polygon<f64>> = boundaries
        .iter()
        .flat_map(|boundary| &boundary.0)
        .filter(|polygon| has_area(polygon))
        .collect();
    let mut corners: Vec<Coord<f64>> = polygons
        .iter()
        .flat_map(|polygon| polygon.rings())
        .flat_map(|ring| ring.0.iter().copied())
        .collect();
    corners.sort_unstable_by(west_to_east);
    corners.dedup();
    let extent = extent(&corners);

    let meet = Meet::of(&corners, extent * MEET_SHARE);
    // The union reads inside and outside from the winding, so it must be the same everywhere.
    let polygons: Vec<Polygon<f64>> = polygons
        .into_iter()
        .map(|polygon| {
            let holes = polygon.interiors().iter().map(|hole| meet.ring(hole));
            Polygon::new(meet.ring(polygon.exterior()), holes.collect())
        })
        .filter(has_area)
        .map(|polygon| polygon.orient(Direction::Default))
        .collect();
    let snapped = |ring: &LineString<f64>| {
        let snap = |corner: &Coord<f64>| {
            let places = near(&meet.places, corner.x, corner.x, extent * SNAP_SHARE);
            nearest(*corner, places, extent * SNAP_SHARE).unwrap_or(*corner)
        };
        let mut ring: Vec<_> = ring.0.iter().map(snap).collect();
        ring.dedup();
        LineString(ring)
    };
    let polygons = unary_union(&polygons).into_iter().map(|polygon| {
        let holes = polygon.interiors().iter().map(snapped);
        Polygon::new(snapped(polygon.exterior()), holes.collect())
    });
    MultiPolygon(polygons.collect()).orient(Direction::Default)
}

fn has_area(polygon: &Polygon<f64>) -> bool {
    let area = polygon.unsigned_area();
    area.is_finite() && area > 0.0
}

/// Where the corners of the children meet.
struct Meet<'a> {
    /// All corners from west to east, and the place of each.
    corners: &'a [Coord<f64>],
    place: Vec<Coord<f64>>,
    /// The places once each, from west to east.
    places: Vec<Coord<f64>>,
    within: f64,
}

impl<'a> Meet<'a> {
    /// Corners near an earlier one move there; all others stay.
    fn of(corners: &'a [Coord<f64>], within: f64) -> Self {
        let mut place = Vec::with_capacity(corners.len());
        let mut places: Vec<Coord<f64>> = Vec::new();
        for corner in corners {
            let earlier = near(&places, corner.x, corner.x, within);
            let there = nearest(*corner, earlier, within);
            if there.is_none() {
                places.push(*corner);
            }
            place.push(there.unwrap_or(*corner));
        }
        Self {
            corners,
            place,
            places,
            within,
        }
    }

    /// The ring through the places of its corners and all other places on its edges.
    fn ring(&self, ring: &LineString<f64>) -> LineString<f64> {
        let place = |corner: &Coord<f64>| {
            let at = self
                .corners
                .binary_search_by(|there| west_to_east(there, corner));
            let place = at.ok().and_then(|at| self.place.get(at));
            place.copied().unwrap_or(*corner)
        };
        let mut through: Vec<Coord<f64>> = ring.0.first().map(place).into_iter().collect();
        for edge in ring.lines() {
            let (start, end) = (place(&edge.start), place(&edge.end));
            let (dx, dy) = (end.x - start.x, end.y - start.y);
            let length = dx.hypot(dy);
            if length == 0.0 {
                continue;
            }
            let (west, east) = (start.x.min(end.x), start.x.max(end.x));
            let mut between: Vec<(f64, Coord<f64>)> = near(&self.places, west, east, self.within)
                .filter_map(|at| {
                    let (to_x, to_y) = (at.x - start.x, at.y - start.y);
                    let along = (to_x * dx + to_y * dy) / length;
                    let beside = (to_x * dy - to_y * dx).abs() / length;
                    let is_between = along > 0.0 && along < length && *at != start && *at != end;
                    (is_between && beside <= self.within).then_some((along, *at))
                })
                .collect();
            between.sort_by(|a, b| a.0.total_cmp(&b.0));
            through.extend(between.into_iter().map(|(_, at)| at));
            through.push(end);
        }
        LineString(through)
    }
}

fn west_to_east(a: &Coord<f64>, b: &Coord<f64>) -> Ordering {
    a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y))
}

/// The places between two eastings, or no more than this outside.
fn near(
    places: &[Coord<f64>],
    west: f64,
    east: f64,
    within: f64,
) -> impl Iterator<Item = &Coord<f64>> {
    let first = places.partition_point(|place| place.x < west - within);
    let places = places.iter().skip(first);
    places.take_while(move |place| place.x <= east + within)
}

/// The nearest of the places within a distance.
fn nearest<'a>(
    of: Coord<f64>,
    places: impl Iterator<Item = &'a Coord<f64>>,
    within: f64,
) -> Option<Coord<f64>> {
    places
        .map(|place| ((place.x - of.x).hypot(place.y - of.y), *place))
        .filter(|(distance, _)| *distance <= within)
        .min_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, place)| place)
}

/// The longer side of the box around the corners, which are sorted by x.
fn extent(corners: &[Coord<f64>]) -> f64 {
    let (Some(west), Some(east)) = (corners.first(), corners.last()) else {
        return 0.0;
    };
    let (south, north) = corners
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(south, north), at| {
            (south.min(at.y), north.max(at.y))
        });
    (east.x - west.x).max(north - south)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(corners: &[(f64, f64)]) -> LineString<f64> {
        corners.iter().copied().collect()
    }

    fn area_of(corners: &[(f64, f64)]) -> MultiPolygon<f64> {
        MultiPolygon(vec![Polygon::new(ring(corners), vec![])])
    }

    /// A corner of a crooked lattice somewhere in Zhejiang, in Mercator metres: both tiles that
    /// share it compute the same bits.
    fn lattice(column: u32, row: u32) -> (f64, f64) {
        let wobble = |seed: u32| f64::from(seed * seed % 997 * 7_919 % 997) / 7.0;
        let x = 13_497_488.258_684 + f64::from(column) * 311.7 + wobble(column * 31 + row * 17);
        let y = 3_525_420.528_471 + f64::from(row) * 287.3 + wobble(column * 13 + row * 41);
        (x, y)
    }

    /// A tile with one more corner in the middle of each edge.
    fn tile(column: u32, row: u32) -> MultiPolygon<f64> {
        let corners = [(0, 0), (2, 0), (2, 2), (0, 2), (0, 0)];
        let mut outline = Vec::new();
        for pair in corners.windows(2) {
            let at = |(dx, dy): (u32, u32)| lattice(column * 2 + dx, row * 2 + dy);
            outline.push(at(pair[0]));
            let middle = (pair[0].0 + pair[1].0, pair[0].1 + pair[1].1);
            outline.push(at((middle.0 / 2, middle.1 / 2)));
        }
        area_of(&outline)
    }

    #[test]
    fn exact_tiles_leave_one_clean_outline() {
        let mut tiles: Vec<_> = (0..10)
            .flat_map(|row| (0..10).map(move |column| tile(column, row)))
            .collect();
        // Whichever way a child is wound.
        for tile in tiles.iter_mut().step_by(3) {
            *tile = tile.orient(Direction::Reversed);
        }
        let whole = dissolve(&tiles.iter().collect::<Vec<_>>());
        assert_eq!(whole.0.len(), 1);
        assert!(whole.0[0].interiors().is_empty());
        let sum: f64 = tiles.iter().map(Area::unsigned_area).sum();
        assert!((whole.signed_area() - sum).abs() < 1e-3, "wound outwards");
        // Every corner of the outline is a corner of a tile, to the last bit.
        assert_eq!(whole.0[0].exterior().0.len(), 80 + 1);
        for corner in &whole.0[0].exterior().0 {
            let is_theirs = tiles
                .iter()
                .any(|tile| tile.0[0].exterior().0.contains(corner));
            assert!(is_theirs, "{corner:?}");
        }
    }

    #[test]
    fn a_corner_on_an_edge_leaves_no_sliver() {
        // In degrees, rounded to the 6 decimals of common files: the corners of the right-hand
        // tiles are not quite on the long slanted edge of the left-hand one, on either side.
        let left = area_of(&[
            (121.2, 30.1),
            (121.233_333, 30.1),
            (121.2471, 30.2),
            (121.2, 30.2),
        ]);
        let on_edge = [(121.237_463, 30.129_989), (121.242_1, 30.163_684)];
        let right = [
            vec![
                (121.233_333, 30.1),
                (121.29, 30.1),
                (121.29, 30.13),
                on_edge[0],
            ],
            vec![on_edge[0], (121.29, 30.13), (121.29, 30.16), on_edge[1]],
            vec![
                on_edge[1],
                (121.29, 30.16),
                (121.29, 30.2),
                (121.2471, 30.2),
            ],
        ];
        let right: Vec<_> = right.iter().map(|corners| area_of(corners)).collect();
        let children: Vec<_> = right.iter().chain([&left]).collect();
        let whole = dissolve(&children);
        assert_eq!(whole.0.len(), 1);
        assert!(whole.0[0].interiors().is_empty());
        assert!((whole.unsigned_area() - 0.009).abs() < 1e-12);
    }

    #[test]
    fn rounded_corners_meet() {
        // A row of tiles of 1 km whose common corners were rounded apart, by 2 cm at most.
        let apart = |column: u32, end: u32| f64::from((column * 7 + end * 5) % 3) * 0.01;
        let tiles: Vec<_> = (0..8)
            .map(|column| {
                let west = f64::from(column) * 1_000.0 + apart(column, 0);
                let east = f64::from(column + 1) * 1_000.0 + apart(column, 1);
                let crooked = 0.5 + apart(column, 2);
                area_of(&[
                    (west, 0.0),
                    (east, 0.0),
                    (east + 30.0, crooked + 499.0),
                    (east, 1_000.0),
                    (west, 1_000.0),
                    (west + 30.0, crooked + 499.0),
                ])
            })
            .collect();
        let whole = dissolve(&tiles.iter().collect::<Vec<_>>());
        assert_eq!(whole.0.len(), 1);
        assert!(whole.0[0].interiors().is_empty());
        assert!((whole.unsigned_area() - 8e6).abs() < 100.0);
    }

    #[test]
    fn real_holes_and_islands_stay() {
        // Four tiles around a pond, and an island.
        let around = [
            area_of(&[(0.0, 0.0), (30.0, 0.0), (30.0, 10.0), (0.0, 10.0)]),
            area_of(&[(0.0, 20.0), (30.0, 20.0), (30.0, 30.0), (0.0, 30.0)]),
            area_of(&[(0.0, 10.0), (10.0, 10.0), (10.0, 20.0), (0.0, 20.0)]),
            area_of(&[(20.0, 10.0), (30.0, 10.0), (30.0, 20.0), (20.0, 20.0)]),
            area_of(&[(50.0, 0.0), (60.0, 0.0), (60.0, 10.0), (50.0, 10.0)]),
        ];
        let whole = dissolve(&around.iter().collect::<Vec<_>>());
        assert_eq!(whole.0.len(), 2);
        let holes: usize = whole.iter().map(|polygon| polygon.interiors().len()).sum();
        assert_eq!((holes, whole.unsigned_area()), (1, 900.0));

        // A child with a hole that another child fills.
        let mut ring_shaped = area_of(&[(0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0)]);
        let pond = [(3.0, 3.0), (6.0, 3.0), (6.0, 6.0), (3.0, 6.0)];
        ring_shaped.0[0].interiors_push(ring(&pond));
        assert_eq!(dissolve(&[&ring_shaped]).unsigned_area(), 72.0);
        let filled = dissolve(&[&ring_shaped, &area_of(&pond)]);
        assert_eq!(
            (filled.unsigned_area(), filled.0[0].interiors().len()),
            (81.0, 0)
        );
    }

    #[test]
    fn nothing_makes_nothing() {
        assert!(dissolve(&[]).0.is_empty());
        let flat = area_of(&[(0.0, 0.0), (1.0, 1.0), (2.0, 2.0)]);
        let broken = area_of(&[(0.0, 0.0), (f64::NAN, 1.0), (2.0, 0.0)]);
        assert!(
            dissolve(&[&flat, &broken, &MultiPolygon(vec![])])
                .0
                .is_empty()
        );
        let tile = area_of(&[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]);
        assert_eq!(dissolve(&[&flat, &tile, &broken]).unsigned_area(), 1.0);
    }
}
