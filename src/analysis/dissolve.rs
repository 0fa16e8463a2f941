//! One area made of several: a parent's boundary from its children's.

use geo::orient::Direction;
use geo::{Area, BooleanOps, Coord, LineString, MultiPolygon, Orient, Polygon, unary_union};

/// Holes of less mean width than this share of the whole are no holes but rounding: 15 cm for a
/// street office of 15 km.
const SLIVER_SHARE: f64 = 1e-5;

/// The union's integer grid is finer than this share of the whole; a corner of the result that
/// is this near to one of the children is that corner.
const SNAP_SHARE: f64 = 1e-8;

/// The union of boundaries. Edges that two of them share vanish, real holes and islands stay.
///
/// Any planar space (Mercator metres, or degrees for areas as small as a town); the result is in
/// the same space, outer rings counter-clockwise, holes clockwise. Corners come back bit by bit
/// as the children have them; those on a straight line may fall away. Children that do not quite meet (a corner of one on an edge of the
/// other, rounded) leave no slivers inside: holes thinner than 10⁻⁵ of the whole are closed.
/// Polygons without area or with numbers that are not finite are left out; without any polygon
/// the result is empty.
///
/// Source: `geo::unary_union` (`i_overlay`). Limit: gaps wider than that between the children are
/// holes of the parent; overlaps count once.
pub fn dissolve(boundaries: &[&MultiPolygon<f64>]) -> MultiPolygon<f64> {
    // The union reads inside and outside from the winding, so it must be the same everywhere.
    let polygons: Vec<Polygon<f64>> = boundaries
        .iter()
        .flat_map(|boundary| &boundary.0)
        .filter(|polygon| {
            let area = polygon.unsigned_area();
            area.is_finite() && area > 0.0
        })
        .map(|polygon| polygon.orient(Direction::Default))
        .collect();
    let mut corners: Vec<Coord<f64>> = polygons
        .iter()
        .flat_map(BooleanOps::rings)
        .flat_map(|ring| ring.0.iter().copied())
        .collect();
    corners.sort_unstable_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
    corners.dedup();
    let extent = extent(&corners);

    let whole = unary_union(&polygons);
    let snapped = |ring: LineString<f64>| {
        let snap = |corner| snap(corner, &corners, extent * SNAP_SHARE);
        let mut ring: Vec<_> = ring.0.into_iter().map(snap).collect();
        ring.dedup();
        LineString(ring)
    };
    let polygons = whole.into_iter().map(|polygon| {
        let (outer, holes) = polygon.into_inner();
        let holes = holes
            .into_iter()
            .filter(|hole| mean_width(hole) > extent * SLIVER_SHARE)
            .map(snapped)
            .collect();
        Polygon::new(snapped(outer), holes)
    });
    MultiPolygon(polygons.collect()).orient(Direction::Default)
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

/// The nearest of the corners (sorted by x) within a distance, or the place itself.
fn snap(place: Coord<f64>, corners: &[Coord<f64>], within: f64) -> Coord<f64> {
    let first = corners.partition_point(|corner| corner.x < place.x - within);
    corners
        .iter()
        .skip(first)
        .take_while(|corner| corner.x <= place.x + within)
        .map(|corner| ((corner.x - place.x).hypot(corner.y - place.y), *corner))
        .filter(|(distance, _)| *distance <= within)
        .min_by(|a, b| a.0.total_cmp(&b.0))
        .map_or(place, |(_, corner)| corner)
}

/// Twice the area by the perimeter: about the width of a long, thin ring.
fn mean_width(ring: &LineString<f64>) -> f64 {
    let perimeter: f64 = ring.lines().map(|edge| edge.dx().hypot(edge.dy())).sum();
    let area = Polygon::new(ring.clone(), Vec::new()).unsigned_area();
    2.0 * area / perimeter
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
        // In degrees, rounded to the 7 decimals of common files: the corners of the right-hand
        // tiles are not quite on the long slanted edge of the left-hand one.
        let left = area_of(&[
            (121.2, 30.1),
            (121.233_333_3, 30.1),
            (121.2471, 30.2),
            (121.2, 30.2),
        ]);
        let on_edge = [(121.237_461_8, 30.129_989_2), (121.242_100_3, 30.163_682_7)];
        let right = [
            vec![
                (121.233_333_3, 30.1),
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
        assert!((whole.unsigned_area() - 0.009).abs() < 1e-8);
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
