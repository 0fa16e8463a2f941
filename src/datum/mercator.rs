//! Web Mercator (EPSG:3857), in metres at the equator.

use crate::model::LonLat;
use std::f64::consts::PI;

/// Radius of the sphere of EPSG:3857 in metres.
const RADIUS_M: f64 = 6_378_137.0;

/// Half the width of the world in Mercator metres.
pub const MERC_HALF_M: f64 = PI * RADIUS_M;

/// A position in Web Mercator metres: x to the east, y to the north.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MercXY {
    /// Metres east of Greenwich.
    pub x: f64,
    /// Metres north of the equator.
    pub y: f64,
}

/// Projects to Web Mercator. Latitudes beyond ±85.06° grow without bound; the poles are infinite.
pub fn merc_from_lonlat(position: LonLat) -> MercXY {
    MercXY {
        x: position.lon.to_radians() * RADIUS_M,
        y: position.lat.to_radians().tan().asinh() * RADIUS_M,
    }
}

/// The inverse of [`merc_from_lonlat`].
pub fn lonlat_from_merc(merc: MercXY) -> LonLat {
    LonLat {
        lon: (merc.x / RADIUS_M).to_degrees(),
        lat: (merc.y / RADIUS_M).sinh().atan().to_degrees(),
    }
}

/// Metres on the ground for one Mercator metre at this northing: the cosine of the latitude.
pub fn ground_m_per_merc_m(y_merc: f64) -> f64 {
    1.0 / (y_merc / RADIUS_M).cosh()
}

/// A box in Mercator metres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MercBox {
    /// West edge.
    pub min_x: f64,
    /// South edge.
    pub min_y: f64,
    /// East edge.
    pub max_x: f64,
    /// North edge.
    pub max_y: f64,
}

impl MercBox {
    /// The box that holds nothing: joining it changes nothing.
    pub const EMPTY: Self = Self {
        min_x: f64::INFINITY,
        min_y: f64::INFINITY,
        max_x: f64::NEG_INFINITY,
        max_y: f64::NEG_INFINITY,
    };

    /// Whether it holds no point.
    pub fn is_empty(&self) -> bool {
        self.min_x > self.max_x || self.min_y > self.max_y
    }

    /// The smallest box around this one and a point.
    #[must_use]
    pub fn with(self, point: MercXY) -> Self {
        Self {
            min_x: self.min_x.min(point.x),
            min_y: self.min_y.min(point.y),
            max_x: self.max_x.max(point.x),
            max_y: self.max_y.max(point.y),
        }
    }

    /// The smallest box around both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self {
            min_x: self.min_x.min(other.min_x),
            min_y: self.min_y.min(other.min_y),
            max_x: self.max_x.max(other.max_x),
            max_y: self.max_y.max(other.max_y),
        }
    }

    /// The box with this much more on every side.
    #[must_use]
    pub fn grown(self, by_m: f64) -> Self {
        Self {
            min_x: self.min_x - by_m,
            min_y: self.min_y - by_m,
            max_x: self.max_x + by_m,
            max_y: self.max_y + by_m,
        }
    }

    /// Whether the point is inside or on the edge.
    pub fn contains(&self, point: MercXY) -> bool {
        self.min_x <= point.x
            && point.x <= self.max_x
            && self.min_y <= point.y
            && point.y <= self.max_y
    }

    /// Whether the other box is wholly inside.
    pub fn covers(&self, other: &Self) -> bool {
        self.min_x <= other.min_x
            && self.min_y <= other.min_y
            && self.max_x >= other.max_x
            && self.max_y >= other.max_y
    }

    /// Whether the boxes share a point.
    pub fn touches(&self, other: &Self) -> bool {
        self.min_x <= other.max_x
            && other.min_x <= self.max_x
            && self.min_y <= other.max_y
            && other.min_y <= self.max_y
    }

    /// Width in Mercator metres.
    pub fn width(&self) -> f64 {
        self.max_x - self.min_x
    }

    /// Height in Mercator metres.
    pub fn height(&self) -> f64 {
        self.max_y - self.min_y
    }

    /// Its middle.
    pub fn center(&self) -> MercXY {
        MercXY {
            x: f64::midpoint(self.min_x, self.max_x),
            y: f64::midpoint(self.min_y, self.max_y),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_proj() {
        // pyproj 3.7, EPSG:4326 → EPSG:3857 at 121.25 E, 30.17 N.
        let merc = merc_from_lonlat(LonLat {
            lon: 121.25,
            lat: 30.17,
        });
        assert!(
            (merc.x - 13_497_488.258_684_42).abs() < 1e-6
                && (merc.y - 3_525_420.528_471_871_3).abs() < 1e-6
        );
        let back = lonlat_from_merc(merc);
        assert!((back.lon - 121.25).abs() < 1e-12 && (back.lat - 30.17).abs() < 1e-12);
        assert!((ground_m_per_merc_m(merc.y) - 30.17_f64.to_radians().cos()).abs() < 1e-12);
    }
}
