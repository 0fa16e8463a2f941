//! BD-09, the coordinates of Baidu: GCJ-02 shifted once more, everywhere.

use super::gcj02;
use crate::model::LonLat;
use std::f64::consts::PI;

const X_PI: f64 = PI * 3000.0 / 180.0;

/// The BD-09 pair of a WGS-84 position.
pub(super) fn from_wgs84(at: LonLat) -> LonLat {
    from_gcj02(gcj02::from_wgs84(at))
}

/// The WGS-84 position of a BD-09 pair.
pub(super) fn to_wgs84(pair: LonLat) -> LonLat {
    gcj02::to_wgs84(to_gcj02(pair))
}

fn from_gcj02(at: LonLat) -> LonLat {
    let radius = at.lon.hypot(at.lat) + 0.000_02 * (at.lat * X_PI).sin();
    let angle = at.lat.atan2(at.lon) + 0.000_003 * (at.lon * X_PI).cos();
    LonLat {
        lon: radius * angle.cos() + 0.0065,
        lat: radius * angle.sin() + 0.006,
    }
}

/// Baidu's own formula for the way back is 1e-6° off; this one is not.
fn to_gcj02(pair: LonLat) -> LonLat {
    gcj02::undo(pair, from_gcj02)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back_is_the_same_place() {
        for lon in [73.7, 90.0, 104.999_999, 105.0, 121.2665, 135.0] {
            for lat in [3.9, 18.25, 30.1755, 35.0, 53.5] {
                let at = LonLat { lon, lat };
                let back = to_wgs84(from_wgs84(at));
                assert!((back.lon - lon).abs() < 1e-9, "{at:?} {back:?}");
                assert!((back.lat - lat).abs() < 1e-9, "{at:?} {back:?}");
            }
        }
    }

    #[test]
    fn pairs_that_are_no_place_end() {
        for (lon, lat) in [(0.0, 0.0), (0.0065, 0.006), (-180.0, -90.0), (180.0, 90.0)] {
            let back = to_wgs84(LonLat { lon, lat });
            assert!(back.lon.is_finite() && back.lat.is_finite());
        }
    }
}
