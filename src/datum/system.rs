//! The coordinate systems that files come in, by name.

use super::mercator::{MERC_HALF_M, MercXY, lonlat_from_merc, merc_from_lonlat};
use super::{bd09, gauss_krueger::GaussKruger, gcj02};
use crate::model::LonLat;
use std::fmt;

/// A coordinate system of a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Datum {
    /// Longitude and latitude in WGS-84, and in CGCS2000, which is the same at the scale of a map.
    #[default]
    Wgs84,
    /// Longitude and latitude as Amap and Tencent shift them.
    Gcj02,
    /// Longitude and latitude as Baidu shifts them.
    Bd09,
    /// Metres of Web Mercator, EPSG:3857.
    WebMercator,
    /// Metres of CGCS2000 Gauss–Krüger.
    GaussKruger(GaussKruger),
}

impl Datum {
    /// The datum of a word: `wgs84`, `cgcs2000`, `gcj02`, `bd09`, `epsg:N`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text
            .trim()
            .to_ascii_lowercase()
            .replace(['-', '_', ' '], "");
        match text.as_str() {
            "wgs84" | "cgcs2000" | "wgs1984" => return Some(Self::Wgs84),
            "gcj02" | "gcj" => return Some(Self::Gcj02),
            "bd09" | "bd" | "bd09ll" => return Some(Self::Bd09),
            "webmercator" => return Some(Self::WebMercator),
            _ => {}
        }
        match text.strip_prefix("epsg:")?.parse().ok()? {
            4326 | 4490 => Some(Self::Wgs84),
            3857 => Some(Self::WebMercator),
            epsg => GaussKruger::from_epsg(epsg).map(Self::GaussKruger),
        }
    }

    /// Its word on the command line, in reports and in the workspace file; [`Datum::parse`] reads it.
    pub fn code(self) -> String {
        match self {
            Self::Wgs84 => "wgs84".to_owned(),
            Self::Gcj02 => "gcj02".to_owned(),
            Self::Bd09 => "bd09".to_owned(),
            Self::WebMercator => "epsg:3857".to_owned(),
            Self::GaussKruger(projection) => format!("epsg:{}", projection.epsg()),
        }
    }

    /// Whether its coordinates are metres.
    pub fn is_projected(self) -> bool {
        matches!(self, Self::WebMercator | Self::GaussKruger(_))
    }

    /// Whether its coordinates are degrees that have been moved off their place.
    pub fn is_shifted(self) -> bool {
        matches!(self, Self::Gcj02 | Self::Bd09)
    }

    /// The WGS-84 position of a pair: `x` is longitude or easting, `y` latitude or northing.
    /// `None` where the pair is none of this system.
    pub fn to_wgs84(self, x: f64, y: f64) -> Option<LonLat> {
        match self {
            Self::Wgs84 => LonLat::new(x, y),
            Self::Gcj02 => within(gcj02::to_wgs84(LonLat::new(x, y)?)),
            Self::Bd09 => within(bd09::to_wgs84(LonLat::new(x, y)?)),
            Self::WebMercator if x.abs() <= MERC_HALF_M && y.abs() <= MERC_HALF_M => {
                within(lonlat_from_merc(MercXY { x, y }))
            }
            Self::WebMercator => None,
            Self::GaussKruger(projection) => projection.locate(x, y),
        }
    }

    /// The pair of a WGS-84 position. `None` where the system does not reach.
    pub fn from_wgs84(self, at: LonLat) -> Option<(f64, f64)> {
        let at = match self {
            Self::Wgs84 => at,
            Self::Gcj02 => within(gcj02::from_wgs84(at))?,
            Self::Bd09 => within(bd09::from_wgs84(at))?,
            Self::WebMercator => {
                let MercXY { x, y } = merc_from_lonlat(at);
                return (y.abs() <= MERC_HALF_M).then_some((x, y));
            }
            Self::GaussKruger(projection) => return projection.project(at),
        };
        Some((at.lon, at.lat))
    }
}

/// A place that may have been moved over the edge of the world.
fn within(at: LonLat) -> Option<LonLat> {
    LonLat::new(at.lon, at.lat)
}

impl fmt::Display for Datum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.code())
    }
}

/// How the two numbers of a position are read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Reading {
    /// The coordinate system.
    pub datum: Datum,
    /// The column taken for x (longitude, easting) holds y (latitude, northing), and the other way round.
    pub swapped: bool,
}

impl Reading {
    /// The WGS-84 position of what the two columns say.
    pub fn locate(self, first: f64, second: f64) -> Option<LonLat> {
        if self.swapped {
            self.datum.to_wgs84(second, first)
        } else {
            self.datum.to_wgs84(first, second)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_read_back_as_themselves() {
        for text in ["WGS-84", "cgcs2000", "EPSG:4490", "epsg:4326", " wgs 84 "] {
            assert_eq!(Datum::parse(text), Some(Datum::Wgs84), "{text}");
        }
        for code in [
            "wgs84",
            "gcj02",
            "bd09",
            "epsg:3857",
            "epsg:4491",
            "epsg:4554",
        ] {
            assert_eq!(Datum::parse(code).unwrap().to_string(), code);
        }
        for text in [
            "",
            "epsg",
            "epsg:",
            "epsg:4555",
            "epsg:99999999",
            "mars",
            "auto",
        ] {
            assert_eq!(Datum::parse(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_no_position_is_none() {
        let nan = f64::NAN;
        for datum in [
            "wgs84",
            "gcj02",
            "bd09",
            "epsg:3857",
            "epsg:4549",
            "epsg:4499",
        ] {
            let datum = Datum::parse(datum).unwrap();
            for (x, y) in [
                (nan, 30.0),
                (121.0, nan),
                (f64::INFINITY, 0.0),
                (1e300, -1e300),
            ] {
                assert_eq!(datum.to_wgs84(x, y), None, "{datum}");
            }
        }
        let pole = LonLat {
            lon: 0.0,
            lat: 90.0,
        };
        assert_eq!(Datum::WebMercator.from_wgs84(pole), None);
        assert_eq!(Datum::WebMercator.to_wgs84(2.1e7, 0.0), None);
        assert_eq!(Datum::Bd09.to_wgs84(30.0, 121.0), None);
    }

    #[test]
    fn a_swapped_reading_takes_the_second_number_for_the_first() {
        let reading = Reading {
            datum: Datum::Wgs84,
            swapped: true,
        };
        assert_eq!(reading.locate(30.0, 121.0), LonLat::new(121.0, 30.0));
        assert_eq!(reading.locate(121.0, 30.0), None);
    }
}
