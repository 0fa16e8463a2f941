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
/// of two kilometres the difference from geodesics is below two in 10,000.
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

#[cfg(test)]
mod tests {
    use super::*;
    use geo_types::polygon;

    /// The expected areas are geodesic ones, by Karney's algorithm (geographiclib-rs 0.2).
    #[test]
    fn agrees_with_geodesics() {
        let with_hole = polygon!(
            exterior: [(x: 121.2, y: 30.1), (x: 121.22, y: 30.105), (x: 121.215, y: 30.12), (x: 121.201, y: 30.118)],
            interiors: [[(x: 121.205, y: 30.108), (x: 121.205, y: 30.110), (x: 121.208, y: 30.109)]],
        );
        let northern = polygon![(x: 123.4, y: 52.1), (x: 123.44, y: 52.105), (x: 123.43, y: 52.13)];
        let (one, two) = (3.039_603_783, 4.002_663_525);
        for (polygons, expected) in [
            (vec![with_hole.clone()], one),
            (vec![northern.clone()], two),
            (vec![northern, with_hole], one + two),
        ] {
            let found = ground_km2(&MultiPolygon(polygons));
            assert!((found / expected - 1.0).abs() < 2e-4, "{found} {expected}");
        }
        assert_eq!(ground_km2(&MultiPolygon(vec![])), 0.0);
    }

    /// The whole belt from the equator to a pole is half of the ellipsoid.
    #[test]
    fn the_strips_add_up_to_the_earth() {
        let half_km2 = strip_m2_per_rad(90.0) * std::f64::consts::TAU / 1e6;
        assert!((half_km2 * 2.0 - 510_065_621.7).abs() < 1.0, "{half_km2}");
    }
}
