//! Ground area of a boundary.

use geo_types::{LineString, MultiPolygon};

/// Semi-major axis of WGS-84 in metres.
const A_M: f64 = 6_378_137.0;
/// Flattening of WGS-84.
const F: f64 = 1.0 / 298.257_223_563;

/// Ground area in km² of a boundary in degrees, on the WGS-84 ellipsoid: outer rings less holes.
///
/// Edges are straight in degrees, as they are drawn. Under each edge lies a strip down to the
/// equator; its area is exact in latitude (the authalic latitude's integral, see Snyder, Map
/// Projections: A Working Manual, 3-12) and taken along the edge by Simpson's rule. For edges
/// of a few kilometres it agrees with geodesics to better than a millionth.
pub(super) fn ground_km2(boundary: &MultiPolygon<f64>) -> f64 {
    boundary
        .iter()
        .map(|polygon| {
            let holes: f64 = polygon.interiors().iter().map(ring_m2).sum();
            (ring_m2(polygon.exterior()) - holes).max(0.0)
        })
        .sum::<f64>()
        / 1e6
}

fn ring_m2(ring: &LineString<f64>) -> f64 {
    ring.lines()
        .map(|edge| {
            let (south, north) = (edge.start.y, edge.end.y);
            let middle = strip_m2_per_rad(f64::midpoint(south, north));
            let mean = (strip_m2_per_rad(south) + 4.0 * middle + strip_m2_per_rad(north)) / 6.0;
            (edge.end.x - edge.start.x).to_radians() * mean
        })
        .sum::<f64>()
        .abs()
}

/// Area from the equator to a latitude, for one radian of longitude.
fn strip_m2_per_rad(lat: f64) -> f64 {
    let e2 = F * (2.0 - F);
    let e = e2.sqrt();
    let s = lat.to_radians().sin();
    let b2 = A_M * A_M * (1.0 - e2);
    b2 / 2.0 * (s / (1.0 - e2 * s * s) + (e * s).atanh() / e)
}
