//! The coordinate systems that files come in, by name.

use super::mercator::{MercXY, lonlat_from_merc, merc_from_lonlat};
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

/// A Gauss–Krüger projection of CGCS2000: EPSG:4491–4512 in zones of 6°, EPSG:4513–4554 of 3°.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GaussKruger {
    epsg: u16,
}

impl GaussKruger {
    /// The projection of an EPSG code; `None` for any other code.
    pub fn from_epsg(epsg: u16) -> Option<Self> {
        (4491..=4554).contains(&epsg).then_some(Self { epsg })
    }

    /// Its EPSG code.
    pub fn epsg(self) -> u16 {
        self.epsg
    }
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
            Self::GaussKruger(projection) => format!("epsg:{}", projection.epsg),
        }
    }

    /// Whether its coordinates are metres.
    pub fn is_projected(self) -> bool {
        matches!(self, Self::WebMercator | Self::GaussKruger(_))
    }

    /// The WGS-84 position of a pair: `x` is longitude or easting, `y` latitude or northing.
    /// `None` where the pair is none of this system.
    pub fn to_wgs84(self, x: f64, y: f64) -> Option<LonLat> {
        match self {
            Self::WebMercator => {
                let at = lonlat_from_merc(MercXY { x, y });
                LonLat::new(at.lon, at.lat)
            }
            _ => LonLat::new(x, y),
        }
    }

    /// The pair of a WGS-84 position.
    pub fn from_wgs84(self, at: LonLat) -> (f64, f64) {
        match self {
            Self::WebMercator => {
                let MercXY { x, y } = merc_from_lonlat(at);
                (x, y)
            }
            _ => (at.lon, at.lat),
        }
    }
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
