//! Boundaries in metres of a plane, what counts there, and the way back.

use super::{SLIVER_M2, SLIVER_WIDTH_M};
use crate::analysis::label_point;
use crate::model::{Area, LonLat};
use geo::{
    Area as _, BooleanOps, BoundingRect, Buffer, Contains, Coord, CoordsIter, Euclidean,
    GeodesicArea, InteriorPoint, Length, MapCoords, MultiPolygon, Point, Polygon, Rect,
};

/// Half the equator's width and the squared eccentricity of WGS-84.
const SEMI_MAJOR_M: f64 = 6_378_137.0;
const ECCENTRICITY_2: f64 = 0.006_694_379_990_14;

/// Degrees, stretched: straight edges stay straight, and a metre is a metre at the middle.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plane {
    middle: Coord<f64>,
    m_per_degree: Coord<f64>,
}

/// Ground that counts.
pub(super) struct Piece {
    pub(super) polygon: Polygon<f64>,
    pub(super) ground_m2: f64,
    pub(super) place: LonLat,
}

impl Plane {
    /// True at the middle of the areas.
    pub(super) fn around(areas: &[&Area]) -> Self {
        let corners = areas.iter().flat_map(|area| area.boundary.coords_iter());
        let mut corners = corners.filter(|corner| is_finite(*corner));
        let first = corners.next().unwrap_or_default();
        let around = corners.fold(Rect::new(first, first), |around, corner| {
            let (low, high) = (around.min(), around.max());
            Rect::new(
                (low.x.min(corner.x), low.y.min(corner.y)),
                (high.x.max(corner.x), high.y.max(corner.y)),
            )
        });
        let middle = around.center();
        // Radii of curvature, to the east and to the north.
        let (sin, cos) = middle.y.to_radians().sin_cos();
        let flat = 1.0 - ECCENTRICITY_2 * sin * sin;
        let east_m = SEMI_MAJOR_M / flat.sqrt();
        let north_m = SEMI_MAJOR_M * (1.0 - ECCENTRICITY_2) / flat.powf(1.5);
        Self {
            middle,
            m_per_degree: Coord {
                // At a pole a degree of longitude has no width; a thousandth keeps the numbers apart.
                x: (east_m * cos.max(1e-3)).to_radians(),
                y: north_m.to_radians(),
            },
        }
    }

    /// A boundary in the plane, without crossings: inside is what the even-odd rule calls so.
    /// Polygons with numbers that are not finite, or with a ring of fewer than three corners, fall away.
    pub(super) fn shape(&self, boundary: &MultiPolygon<f64>) -> MultiPolygon<f64> {
        let fit = boundary.iter().filter(|polygon| {
            polygon.coords_iter().all(is_finite) && polygon.exterior().0.len() >= 4
        });
        let stretched = fit.map(|polygon| {
            polygon.map_coords(|at| Coord {
                x: (at.x - self.middle.x) * self.m_per_degree.x,
                y: (at.y - self.middle.y) * self.m_per_degree.y,
            })
        });
        MultiPolygon(stretched.collect()).union(&MultiPolygon(vec![]))
    }

    fn degrees(&self, at: Coord<f64>) -> Coord<f64> {
        Coord {
            x: at.x / self.m_per_degree.x + self.middle.x,
            y: at.y / self.m_per_degree.y + self.middle.y,
        }
    }

    /// The pieces of some ground that are more than slivers.
    pub(super) fn pieces(&self, ground: MultiPolygon<f64>) -> Vec<Piece> {
        let pieces = ground.into_iter().filter(counts);
        pieces
            .filter_map(|polygon| {
                let at = place_inside(&polygon)?;
                let at = self.degrees(at.0);
                let polygon = polygon.map_coords(|at| self.degrees(at));
                let ground_m2 = polygon.geodesic_area_unsigned();
                (ground_m2 > SLIVER_M2).then_some(Piece {
                    ground_m2,
                    place: LonLat::new(at.x, at.y)?,
                    polygon,
                })
            })
            .collect()
    }
}

fn is_finite(corner: Coord<f64>) -> bool {
    corner.x.is_finite() && corner.y.is_finite()
}

/// Whether ground is large enough, and somewhere wide enough, to be more than rounding.
fn counts(polygon: &Polygon<f64>) -> bool {
    let area_m2 = polygon.unsigned_area();
    if !area_m2.is_finite() || area_m2 < SLIVER_M2 * 0.9 {
        return false;
    }
    let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
    let edge_m: f64 = rings.map(|ring| Euclidean.length(ring)).sum();
    // No point is further from the edge than the radius of the largest circle inside, so that
    // radius is at least the area by the edge. A web of slivers may still hold a place that is
    // wide: what stays when the edge moves in.
    2.0 * area_m2 / edge_m > SLIVER_WIDTH_M
        || polygon.buffer(-SLIVER_WIDTH_M / 2.0).unsigned_area() > 0.0
}

/// A place well inside, for a mark on the map.
fn place_inside(polygon: &Polygon<f64>) -> Option<Point<f64>> {
    let well = label_point(&MultiPolygon(vec![polygon.clone()]));
    let well = well.map(|(x, y)| Point::new(x, y));
    well.filter(|at| polygon.contains(at))
        .or_else(|| polygon.interior_point())
}

/// Pairs of shapes whose boxes share more than a sliver, each once, ascending; and whether there
/// are more than `most`.
pub(super) fn neighbours(
    shapes: &[MultiPolygon<f64>],
    which: &[usize],
    most: usize,
) -> (Vec<(usize, usize)>, bool) {
    let mut boxes: Vec<(Rect<f64>, usize)> = which
        .iter()
        .filter_map(|at| Some((shapes.get(*at)?.bounding_rect()?, *at)))
        .collect();
    boxes.sort_by(|a, b| a.0.min().x.total_cmp(&b.0.min().x).then(a.1.cmp(&b.1)));
    let mut pairs = Vec::new();
    for (nth, (one, a)) in boxes.iter().enumerate() {
        let further = boxes.iter().skip(nth + 1);
        let west = further.take_while(|(other, _)| other.min().x < one.max().x - SLIVER_WIDTH_M);
        for (other, b) in west {
            let high = one.max().y.min(other.max().y) - one.min().y.max(other.min().y);
            let wide = one.max().x.min(other.max().x) - other.min().x;
            if high > SLIVER_WIDTH_M && wide > SLIVER_WIDTH_M {
                if pairs.len() >= most {
                    return (pairs, true);
                }
                pairs.push((*a.min(b), *a.max(b)));
            }
        }
    }
    pairs.sort_unstable();
    (pairs, false)
}
