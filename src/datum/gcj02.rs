//! GCJ-02, the shifted coordinates of Chinese phone maps. The shift is a sum of sines in metres,
//! turned into degrees on the ellipsoid of Krasovsky; it applies to a box around the mainland.

use crate::model::LonLat;
use std::f64::consts::PI;

/// Half the long axis of the ellipsoid.
const A_M: f64 = 6_378_245.0;
/// Its first eccentricity, squared.
const EE: f64 = 0.006_693_421_622_965_943;

/// The iteration ends with a step as small as this. Every step gains two digits, so what is left is
/// a hundredth of it.
const LAST_STEP_DEG: f64 = 1e-10;
/// Four or five steps are enough; a cap ends it whatever comes.
const MAX_STEPS: usize = 20;

/// Whether the shift applies: the box that maps and their libraries agree on.
pub(super) fn is_shifted(at: LonLat) -> bool {
    (72.004..=137.8347).contains(&at.lon) && (0.8293..=55.8271).contains(&at.lat)
}

/// The GCJ-02 pair of a WGS-84 position.
pub(super) fn from_wgs84(at: LonLat) -> LonLat {
    if is_shifted(at) { shifted(at) } else { at }
}

/// The WGS-84 position of a GCJ-02 pair.
///
/// The shift is undone by iteration on the smooth function, without the box: with the box in it
/// the iteration can jump over the edge and back for ever. Within half a kilometre of the edge
/// (at sea, or abroad) a pair can therefore belong to two places or to none; one within the
/// box is taken for shifted.
pub(super) fn to_wgs84(pair: LonLat) -> LonLat {
    if is_shifted(pair) {
        undo(pair, shifted)
    } else {
        pair
    }
}

/// Finds the place that `forward` takes to `target`, for a `forward` that moves everything by
/// almost the same.
pub(super) fn undo(target: LonLat, forward: impl Fn(LonLat) -> LonLat) -> LonLat {
    let mut at = target;
    for _ in 0..MAX_STEPS {
        let there = forward(at);
        let (lon_off, lat_off) = (there.lon - target.lon, there.lat - target.lat);
        at.lon -= lon_off;
        at.lat -= lat_off;
        if lon_off.abs() < LAST_STEP_DEG && lat_off.abs() < LAST_STEP_DEG {
            break;
        }
    }
    at
}

/// The shift, wherever it is.
fn shifted(at: LonLat) -> LonLat {
    let (x, y) = (at.lon - 105.0, at.lat - 35.0);
    let root = x.abs().sqrt();
    let ripple = 20.0 * (6.0 * PI * x).sin() + 20.0 * (2.0 * PI * x).sin();
    let north_m = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * root
        + (ripple
            + 20.0 * (y * PI).sin()
            + 40.0 * (y / 3.0 * PI).sin()
            + 160.0 * (y / 12.0 * PI).sin()
            + 320.0 * (y * PI / 30.0).sin())
            * 2.0
            / 3.0;
    let east_m = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * root
        + (ripple
            + 20.0 * (x * PI).sin()
            + 40.0 * (x / 3.0 * PI).sin()
            + 150.0 * (x / 12.0 * PI).sin()
            + 300.0 * (x / 30.0 * PI).sin())
            * 2.0
            / 3.0;
    let (sin, cos) = at.lat.to_radians().sin_cos();
    let magic = 1.0 - EE * sin * sin;
    let meridian_m = A_M * (1.0 - EE) / (magic * magic.sqrt());
    let parallel_m = A_M / magic.sqrt() * cos;
    LonLat {
        lon: at.lon + (east_m / parallel_m).to_degrees(),
        lat: at.lat + (north_m / meridian_m).to_degrees(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The corners and edges of the box, where two known programs never come back.
    #[test]
    fn the_edge_of_the_box_ends() {
        for lon in [72.003, 72.004, 72.005, 137.83, 137.8347, 137.835] {
            for lat in [0.829, 0.8293, 0.8294, 0.83, 55.82, 55.8271, 55.83] {
                let at = LonLat { lon, lat };
                let back = to_wgs84(at);
                assert!((back.lon - lon).abs() < 0.02 && (back.lat - lat).abs() < 0.02);
            }
        }
    }

    #[test]
    fn outside_of_the_box_nothing_moves() {
        for (lon, lat) in [
            (-122.4, 37.8),
            (151.2, -33.9),
            (72.0, 30.0),
            (121.0, 0.8),
            (180.0, 90.0),
        ] {
            let at = LonLat { lon, lat };
            assert_eq!((from_wgs84(at), to_wgs84(at)), (at, at));
        }
    }
}
