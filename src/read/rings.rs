//! Rings of corners as a file has them → the boundary of an area in WGS-84. Corners are moved one by
//! one, so two areas that share an edge in the file share it here.

use crate::datum::Reading;
use geo_types::{Coord, LineString, MultiPolygon, Polygon};

/// The corners of a ring, in the coordinates of the file.
pub(super) type Ring = Vec<Coord<f64>>;

/// Most steps that sorting the rings of one shape may take: a shape of so many parts that it needs
/// more is no boundary, and trying would not end.
const MOST_STEPS: u64 = 100_000_000;
/// Corners that are quoted of a bad ring.
const QUOTED_CORNERS: usize = 4;

/// A shape as read: polygons, each an outer ring with its holes.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Shape {
    pub(super) polygons: Vec<Vec<Ring>>,
    /// A ring was not closed in the file.
    pub(super) was_open: bool,
}

impl Shape {
    /// A shape of rings whose direction tells outer ones (clockwise) from holes, as in a Shapefile.
    /// The error is what cannot be used.
    pub(super) fn of_directed(mut rings: Vec<Ring>) -> Result<Self, String> {
        let mut was_open = false;
        for ring in &mut rings {
            was_open |= closed(ring)?;
        }
        let (mut outer, holes): (Vec<Ring>, Vec<Ring>) =
            rings.into_iter().partition(|ring| twice_area(ring) <= 0.0);
        let mut polygons: Vec<Vec<Ring>> = Vec::new();
        if outer.is_empty() {
            // Every ring turns the wrong way: what lies in no other is an outer one.
            return Self::of_undirected(holes).map(|polygons| Self { polygons, was_open });
        }
        if outer.len() == 1 {
            outer.extend(holes);
            return Ok(Self {
                polygons: vec![outer],
                was_open,
            });
        }
        let mut steps = MOST_STEPS;
        let boxes: Vec<Bounds> = outer.iter().map(|ring| Bounds::of(ring)).collect();
        polygons.extend(outer.into_iter().map(|ring| vec![ring]));
        let mut strays = Vec::new();
        for hole in holes {
            let around = smallest_around(&hole, &polygons, &boxes, &mut steps)?;
            match around.and_then(|at| polygons.get_mut(at)) {
                Some(polygon) => polygon.push(hole),
                None => strays.push(vec![hole]),
            }
        }
        polygons.extend(strays);
        Ok(Self { polygons, was_open })
    }

    fn of_undirected(mut rings: Vec<Ring>) -> Result<Vec<Vec<Ring>>, String> {
        rings.sort_by(|a, b| twice_area(b).abs().total_cmp(&twice_area(a).abs()));
        let mut steps = MOST_STEPS;
        let mut polygons: Vec<Vec<Ring>> = Vec::new();
        let mut boxes: Vec<Bounds> = Vec::new();
        for ring in rings {
            let around = smallest_around(&ring, &polygons, &boxes, &mut steps)?;
            if let Some(polygon) = around.and_then(|at| polygons.get_mut(at)) {
                polygon.push(ring);
            } else {
                boxes.push(Bounds::of(&ring));
                polygons.push(vec![ring]);
            }
        }
        Ok(polygons)
    }

    /// One corner of each polygon: enough to see what sort of numbers they are.
    pub(super) fn some_corners(&self) -> impl Iterator<Item = Coord<f64>> {
        self.polygons
            .iter()
            .filter_map(|rings| rings.first()?.first().copied())
    }

    /// The boundary in WGS-84: rings closed, outer ones counter-clockwise, holes clockwise. The error
    /// is what cannot be used.
    pub(super) fn located(self, reading: Reading) -> Result<MultiPolygon<f64>, String> {
        let mut polygons = Vec::with_capacity(self.polygons.len());
        for rings in self.polygons {
            let mut located = Vec::with_capacity(rings.len());
            for mut ring in rings {
                for corner in &mut ring {
                    let at = reading
                        .locate(corner.x, corner.y)
                        .ok_or_else(|| quoted(&[*corner]))?;
                    *corner = Coord {
                        x: at.lon,
                        y: at.lat,
                    };
                }
                located.push(ring);
            }
            let mut rings = located.into_iter();
            let outer = rings.next().ok_or("POLYGON EMPTY")?;
            let outer = turned(outer, true).map_err(|ring| quoted(&ring))?;
            // A hole without ground takes nothing away.
            let holes = rings.filter_map(|ring| turned(ring, false).ok());
            polygons.push(Polygon::new(outer, holes.collect()));
        }
        if polygons.is_empty() {
            return Err("POLYGON EMPTY".to_owned());
        }
        Ok(MultiPolygon(polygons))
    }
}

/// Closes a ring; says whether it was open. The error is a ring of too few corners.
pub(super) fn closed(ring: &mut Ring) -> Result<bool, String> {
    let was_open = ring.first() != ring.last();
    if was_open {
        ring.extend(ring.first().copied());
    }
    if ring.len() < 4 {
        return Err(quoted(ring));
    }
    Ok(was_open)
}

/// Corners as text.
fn quoted(corners: &[Coord<f64>]) -> String {
    let shown = corners.iter().take(QUOTED_CORNERS);
    let shown: Vec<String> = shown.map(|at| format!("[{},{}]", at.x, at.y)).collect();
    let more = if corners.len() > QUOTED_CORNERS {
        ",…"
    } else {
        ""
    };
    match corners {
        [_] => shown.concat(),
        _ => format!("[{}{more}]", shown.join(",")),
    }
}

/// Twice the ground that a ring encloses: positive where it turns counter-clockwise.
fn twice_area(ring: &[Coord<f64>]) -> f64 {
    let Some(origin) = ring.first().copied() else {
        return 0.0;
    };
    ring.windows(2)
        .filter_map(|pair| {
            let [a, b] = pair else { return None };
            let (a, b) = (*a - origin, *b - origin);
            Some(a.x * b.y - b.x * a.y)
        })
        .sum()
}

/// A ring turned counter-clockwise or clockwise; the ring itself where it encloses nothing.
fn turned(mut ring: Ring, counter_clockwise: bool) -> Result<LineString<f64>, Ring> {
    let area = twice_area(&ring);
    if area == 0.0 || !area.is_finite() {
        return Err(ring);
    }
    if (area > 0.0) != counter_clockwise {
        ring.reverse();
    }
    Ok(LineString(ring))
}

/// The box around a ring.
#[derive(Debug, Clone, Copy)]
struct Bounds {
    min: Coord<f64>,
    max: Coord<f64>,
}

impl Bounds {
    fn of(ring: &[Coord<f64>]) -> Self {
        let nothing = Self {
            min: Coord {
                x: f64::INFINITY,
                y: f64::INFINITY,
            },
            max: Coord {
                x: f64::NEG_INFINITY,
                y: f64::NEG_INFINITY,
            },
        };
        ring.iter().fold(nothing, |bounds, at| Self {
            min: Coord {
                x: bounds.min.x.min(at.x),
                y: bounds.min.y.min(at.y),
            },
            max: Coord {
                x: bounds.max.x.max(at.x),
                y: bounds.max.y.max(at.y),
            },
        })
    }

    fn covers(&self, other: &Self) -> bool {
        self.min.x <= other.min.x
            && self.min.y <= other.min.y
            && self.max.x >= other.max.x
            && self.max.y >= other.max.y
    }

    fn size(&self) -> f64 {
        (self.max.x - self.min.x) * (self.max.y - self.min.y)
    }
}

/// The smallest of some polygons whose outer ring lies around a ring.
fn smallest_around(
    ring: &[Coord<f64>],
    polygons: &[Vec<Ring>],
    boxes: &[Bounds],
    steps: &mut u64,
) -> Result<Option<usize>, String> {
    let own = Bounds::of(ring);
    let mut best: Option<(usize, f64)> = None;
    for (at, (polygon, bounds)) in polygons.iter().zip(boxes).enumerate() {
        let Some(outer) = polygon.first() else {
            continue;
        };
        let may_be = bounds.covers(&own) && best.is_none_or(|(_, size)| bounds.size() < size);
        let cost = if may_be { 4 * outer.len() as u64 } else { 1 };
        *steps = steps
            .checked_sub(cost)
            .ok_or_else(|| format!("{} POLYGON", polygons.len()))?;
        if may_be && lies_in(ring, outer) {
            best = Some((at, bounds.size()));
        }
    }
    Ok(best.map(|(at, _)| at))
}

/// Whether a ring lies in another: by its first corners that are not on the other's edge.
fn lies_in(ring: &[Coord<f64>], outer: &[Coord<f64>]) -> bool {
    let mut corners = ring.iter().take(4);
    corners
        .find_map(|corner| side(*corner, outer))
        .unwrap_or(true)
}

/// Whether a point is inside a ring; `None` on its edge.
fn side(point: Coord<f64>, ring: &[Coord<f64>]) -> Option<bool> {
    let mut inside = false;
    for pair in ring.windows(2) {
        let [a, b] = pair else { continue };
        let cross = (b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x);
        let between = point.x >= a.x.min(b.x)
            && point.x <= a.x.max(b.x)
            && point.y >= a.y.min(b.y)
            && point.y <= a.y.max(b.y);
        if cross == 0.0 && between {
            return None;
        }
        if (a.y > point.y) != (b.y > point.y) && (cross > 0.0) == (b.y > a.y) {
            inside = !inside;
        }
    }
    Some(inside)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::datum::Datum;

    fn square(west: f64, south: f64, side: f64, clockwise: bool) -> Ring {
        let (e, n) = (west + side, south + side);
        let mut ring: Ring = [(west, south), (e, south), (e, n), (west, n), (west, south)]
            .map(Coord::from)
            .to_vec();
        if clockwise {
            ring.reverse();
        }
        ring
    }

    fn parts(rings: Vec<Ring>) -> Vec<usize> {
        let shape = Shape::of_directed(rings).unwrap();
        shape.polygons.iter().map(Vec::len).collect()
    }

    #[test]
    fn holes_go_to_the_smallest_outer_ring_around_them() {
        let island = |at| square(at, at, 10.0, true);
        let hole = |at| square(at, at, 2.0, false);
        assert_eq!(
            parts(vec![island(0.0), island(20.0), hole(23.0)]),
            [1, 2],
            "the hole lies in the second"
        );
        // An island in a lake of an island: the hole of the inner one is its own.
        let rings = vec![
            square(0.0, 0.0, 100.0, true),
            square(10.0, 10.0, 60.0, false),
            square(20.0, 20.0, 30.0, true),
            square(25.0, 25.0, 5.0, false),
        ];
        let shape = Shape::of_directed(rings).unwrap();
        let counts: Vec<_> = shape.polygons.iter().map(Vec::len).collect();
        assert_eq!(counts, [2, 2]);
        assert_eq!(shape.polygons[1][1][0], Coord { x: 25.0, y: 25.0 });
    }

    #[test]
    fn rings_that_all_turn_the_wrong_way_are_sorted_by_place() {
        let rings = vec![
            square(2.0, 2.0, 1.0, false),
            square(0.0, 0.0, 10.0, false),
            square(20.0, 0.0, 10.0, false),
        ];
        assert_eq!(parts(rings), [2, 1]);
    }

    #[test]
    fn a_hole_around_which_there_is_nothing_is_ground() {
        let rings = vec![
            square(0.0, 0.0, 1.0, true),
            square(5.0, 5.0, 1.0, true),
            square(9.0, 9.0, 1.0, false),
        ];
        assert_eq!(parts(rings), [1, 1, 1]);
    }

    #[test]
    fn located_rings_turn_as_they_should_and_flat_ones_are_quoted() {
        let shape = Shape::of_directed(vec![
            square(120.0, 30.0, 1.0, true),
            square(120.2, 30.2, 0.1, false),
        ])
        .unwrap();
        let polygons = shape.located(Reading::default()).unwrap();
        let polygon = &polygons.0[0];
        assert!(twice_area(&polygon.exterior().0) > 0.0);
        assert!(twice_area(&polygon.interiors()[0].0) < 0.0);
        let flat: Ring = [(1.0, 1.0), (2.0, 2.0), (3.0, 3.0), (1.0, 1.0)]
            .map(Coord::from)
            .to_vec();
        let error = Shape::of_directed(vec![flat])
            .unwrap()
            .located(Reading::default());
        assert_eq!(error.unwrap_err(), "[[1,1],[2,2],[3,3],[1,1]]");
    }

    #[test]
    fn corners_beyond_the_datum_are_quoted() {
        let shape = Shape::of_directed(vec![square(500_000.0, 3_300_000.0, 10.0, true)]).unwrap();
        let error = shape.clone().located(Reading::default()).unwrap_err();
        assert_eq!(error, "[500000,3300000]");
        let merc = Reading {
            datum: Datum::WebMercator,
            swapped: false,
        };
        assert!(shape.located(merc).is_ok());
    }

    #[test]
    fn two_rings_with_a_common_corner_are_told_apart() {
        let hole = square(0.0, 0.0, 2.0, false);
        let rings = vec![
            square(0.0, 0.0, 10.0, true),
            square(20.0, 0.0, 10.0, true),
            hole,
        ];
        assert_eq!(parts(rings), [2, 1]);
    }

    #[test]
    fn a_shape_of_endless_parts_is_refused() {
        let mut rings = Vec::new();
        for at in 0..30_000 {
            rings.push(square(f64::from(at) * 2.0, 0.0, 1.0, true));
            rings.push(square(f64::from(at) * 2.0, 50.0, 1.0, false));
        }
        assert_eq!(Shape::of_directed(rings).unwrap_err(), "30000 POLYGON");
    }
}
