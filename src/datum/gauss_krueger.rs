//! Gauss–Krüger of CGCS2000: the metres of Chinese surveys, in zones of 6° and of 3°.

use crate::model::LonLat;
use proj4rs::Proj;
use proj4rs::transform::transform;
use std::sync::LazyLock;

/// The first of the 64 codes. Four series follow each other: 6° with the zone before the easting
/// (11), 6° without (11), 3° with (21), 3° without (21).
const FIRST_EPSG: u16 = 4491;
const LAST_EPSG: u16 = 4554;
/// Projections in zones of 6°, of one series.
const SIX_DEGREE: u16 = 11;
/// Projections in zones of 3°, of one series.
const THREE_DEGREE: u16 = 21;
/// The central meridian with which each series begins.
const FIRST_MERIDIAN: u16 = 75;
/// The zone of that meridian, by the width of the zones.
const FIRST_ZONE: [u8; 2] = [13, 25];

/// The easting of a central meridian.
const FALSE_EASTING_M: f64 = 500_000.0;
/// What a zone before the easting adds for each number.
const ZONE_M: f64 = 1_000_000.0;

/// So far from its central meridian no survey reaches.
const MAX_OFF_DEG: f64 = 15.0;
const MAX_OFF_M: f64 = 1_700_000.0;
/// The poles lie here.
const MAX_NORTHING_M: f64 = 10_001_966.0;

/// A Gauss–Krüger projection of CGCS2000: EPSG:4491–4512 in zones of 6°, EPSG:4513–4554 of 3°.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GaussKruger {
    epsg: u16,
}

impl GaussKruger {
    /// The projection of an EPSG code; `None` for any other code.
    pub fn from_epsg(epsg: u16) -> Option<Self> {
        (FIRST_EPSG..=LAST_EPSG)
            .contains(&epsg)
            .then_some(Self { epsg })
    }

    /// The projection whose eastings begin with the number of a zone: 13–23 are zones of 6°,
    /// 25–45 of 3°.
    pub fn of_zone(zone: u8) -> Option<Self> {
        let zone = u16::from(zone);
        match zone {
            13..=23 => Self::from_epsg(4491 + zone - 13),
            25..=45 => Self::from_epsg(4513 + zone - 25),
            _ => None,
        }
    }

    /// The projection in zones of 3°, without the zone before the easting, of a central meridian.
    pub fn of_meridian(meridian_deg: u16) -> Option<Self> {
        let on_a_step = (75..=135).contains(&meridian_deg) && meridian_deg.is_multiple_of(3);
        on_a_step.then(|| Self {
            epsg: 4534 + (meridian_deg - FIRST_MERIDIAN) / 3,
        })
    }

    /// The same in zones of 6°.
    pub fn of_meridian_in_six(meridian_deg: u16) -> Option<Self> {
        let on_a_step =
            (75..=135).contains(&meridian_deg) && (meridian_deg - FIRST_MERIDIAN).is_multiple_of(6);
        on_a_step.then(|| Self {
            epsg: FIRST_EPSG + SIX_DEGREE + (meridian_deg - FIRST_MERIDIAN) / 6,
        })
    }

    /// The projections in whose zone a longitude lies, zones of 3° first, without the zone before
    /// the easting first.
    pub fn containing(lon: f64) -> Vec<Self> {
        [4534, 4513, 4502, 4491]
            .into_iter()
            .filter_map(|first| {
                let width = Self { epsg: first }.width_deg();
                let steps = ((lon - f64::from(FIRST_MERIDIAN)) / f64::from(width)).round();
                let last = match width {
                    3 => THREE_DEGREE - 1,
                    _ => SIX_DEGREE - 1,
                };
                (0.0..=f64::from(last)).contains(&steps).then(|| Self {
                    epsg: first + steps as u16,
                })
            })
            .collect()
    }

    /// Its EPSG code.
    pub fn epsg(self) -> u16 {
        self.epsg
    }

    /// Its place among the projections of its series, the width of its zones in degrees, and
    /// whether the zone stands before the easting.
    fn parts(self) -> (u16, u8, bool) {
        let at = self.epsg - FIRST_EPSG;
        let three = at.checked_sub(2 * SIX_DEGREE);
        match three {
            Some(at) => (at % THREE_DEGREE, 3, at < THREE_DEGREE),
            None => (at % SIX_DEGREE, 6, at < SIX_DEGREE),
        }
    }

    /// The width of its zone in degrees: 3 or 6.
    pub fn width_deg(self) -> u8 {
        self.parts().1
    }

    /// Whether the number of the zone stands before the easting.
    pub fn is_prefixed(self) -> bool {
        self.parts().2
    }

    /// The central meridian of its zone, in degrees east.
    pub fn central_meridian_deg(self) -> u16 {
        let (step, width, _) = self.parts();
        FIRST_MERIDIAN + step * u16::from(width)
    }

    /// The number of its zone, whether or not it stands before the easting.
    pub fn zone(self) -> u8 {
        let (step, width, _) = self.parts();
        let [six, three] = FIRST_ZONE;
        (if width == 3 { three } else { six }) + step as u8
    }

    /// The easting of its central meridian.
    pub fn false_easting_m(self) -> f64 {
        let zone_m = f64::from(self.zone()) * ZONE_M;
        FALSE_EASTING_M + if self.is_prefixed() { zone_m } else { 0.0 }
    }

    /// The projection that gives the same numbers and has the plainest name: zones of 6° without
    /// the zone before the easting are zones of 3°, seen further.
    #[must_use]
    pub fn plainest(self) -> Self {
        if self.is_prefixed() {
            return self;
        }
        Self::of_meridian(self.central_meridian_deg()).unwrap_or(self)
    }

    /// Easting and northing of a position; `None` far outside of the zone.
    pub(super) fn project(self, at: LonLat) -> Option<(f64, f64)> {
        let off_deg = at.lon - f64::from(self.central_meridian_deg());
        let axes = AXES.as_ref()?;
        if off_deg.abs() > MAX_OFF_DEG {
            return None;
        }
        let mut point = (off_deg.to_radians(), at.lat.to_radians());
        transform(&axes.degrees, &axes.metres, &mut point).ok()?;
        Some((point.0 + self.false_easting_m(), point.1))
    }

    /// The position of an easting and a northing; `None` where they are none of this projection.
    pub(super) fn locate(self, east: f64, north: f64) -> Option<LonLat> {
        let axes = AXES.as_ref()?;
        let off_m = east - self.false_easting_m();
        // Written so that what is no number stops here too.
        let is_near = off_m.abs() <= MAX_OFF_M && north.abs() <= MAX_NORTHING_M;
        if !is_near {
            return None;
        }
        let mut point = (off_m, north);
        transform(&axes.metres, &axes.degrees, &mut point).ok()?;
        let off_deg = point.0.to_degrees();
        let meridian = f64::from(self.central_meridian_deg());
        (off_deg.abs() <= MAX_OFF_DEG)
            .then(|| LonLat::new(meridian + off_deg, point.1.to_degrees()))?
    }
}

/// One projection for all zones: they differ only in where they begin. The extended form is the
/// one that keeps to a millimetre far from the central meridian.
struct Axes {
    degrees: Proj,
    metres: Proj,
}

static AXES: LazyLock<Option<Axes>> = LazyLock::new(|| {
    Some(Axes {
        degrees: Proj::from_proj_string("+proj=longlat +ellps=GRS80").ok()?,
        metres: Proj::from_proj_string("+proj=etmerc +ellps=GRS80 +lon_0=0 +k=1 +x_0=0").ok()?,
    })
});

#[cfg(test)]
mod tests {
    use super::*;

    fn of(epsg: u16) -> GaussKruger {
        GaussKruger::from_epsg(epsg).unwrap()
    }

    /// The corners of the four series, as the EPSG register has them.
    #[test]
    fn codes_are_those_of_the_register() {
        for (epsg, meridian, zone, width, prefixed) in [
            (4491, 75, 13, 6, true),
            (4501, 135, 23, 6, true),
            (4502, 75, 13, 6, false),
            (4512, 135, 23, 6, false),
            (4513, 75, 25, 3, true),
            (4528, 120, 40, 3, true),
            (4533, 135, 45, 3, true),
            (4534, 75, 25, 3, false),
            (4549, 120, 40, 3, false),
            (4554, 135, 45, 3, false),
        ] {
            let projection = of(epsg);
            assert_eq!(projection.central_meridian_deg(), meridian, "{epsg}");
            assert_eq!(projection.zone(), zone, "{epsg}");
            assert_eq!(projection.width_deg(), width, "{epsg}");
            assert_eq!(projection.is_prefixed(), prefixed, "{epsg}");
            if prefixed {
                assert_eq!(GaussKruger::of_zone(zone), Some(projection));
            }
        }
        assert_eq!(GaussKruger::from_epsg(4490), None);
        assert_eq!(GaussKruger::from_epsg(4555), None);
        assert_eq!(GaussKruger::of_zone(24), None);
        assert_eq!(GaussKruger::of_meridian(118), None);
        assert_eq!(GaussKruger::of_meridian(138), None);
        assert_eq!(GaussKruger::of_meridian_in_six(75), Some(of(4502)));
        assert_eq!(GaussKruger::of_meridian_in_six(123), Some(of(4510)));
        assert_eq!(GaussKruger::of_meridian_in_six(135), Some(of(4512)));
        for other in [69, 72, 78, 120, 122, 138, 141] {
            assert_eq!(GaussKruger::of_meridian_in_six(other), None);
        }
        assert_eq!(of(4510).plainest(), of(4550));
        assert_eq!(of(4498).plainest(), of(4498));
    }

    #[test]
    fn a_longitude_lies_in_four_zones_or_fewer() {
        let codes = |lon| -> Vec<u16> {
            GaussKruger::containing(lon)
                .into_iter()
                .map(GaussKruger::epsg)
                .collect()
        };
        assert_eq!(codes(121.27), [4549, 4528, 4510, 4499]);
        assert_eq!(codes(119.9), [4549, 4528, 4509, 4498]);
        assert_eq!(codes(73.4), [4502, 4491]);
        assert_eq!(codes(137.0), [4512, 4501]);
        for lon in [0.0, -121.0, 179.0, f64::NAN, f64::INFINITY] {
            assert!(codes(lon).is_empty());
        }
    }

    #[test]
    fn wild_numbers_are_no_position() {
        let wild = [
            0.0,
            -1.0,
            1e6,
            4.05e7,
            1e12,
            1e300,
            f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY,
        ];
        for epsg in 4491..=4554 {
            for east in wild {
                for north in wild {
                    if let Some(at) = of(epsg).locate(east, north) {
                        let meridian = f64::from(of(epsg).central_meridian_deg());
                        assert!((at.lon - meridian).abs() <= MAX_OFF_DEG);
                    }
                }
            }
        }
        assert_eq!(of(4549).locate(40_500_000.0, 3_300_000.0), None);
        assert_eq!(of(4528).locate(500_000.0, 3_300_000.0), None);
        let greenwich = LonLat {
            lon: 0.0,
            lat: 51.5,
        };
        assert_eq!(of(4549).project(greenwich), None);
    }
}
