//! The ways in which two columns of numbers can be read as positions, by their size alone.

use super::{Datum, GaussKruger, Reading};
use crate::model::LonLat;

/// A stretch of the world in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Region {
    /// Western edge.
    pub west: f64,
    /// Southern edge.
    pub south: f64,
    /// Eastern edge.
    pub east: f64,
    /// Northern edge.
    pub north: f64,
}

/// Where Chinese files lie: the box of GCJ-02 with a little to spare.
pub(super) const CHINA: Region = Region {
    west: 72.0,
    south: 0.8,
    east: 138.0,
    north: 56.0,
};

/// Where most people live: the meridian that stands for all others where nothing speaks for one.
const MIDDLE_LON: f64 = 114.0;
/// How far east or west of its central meridian a survey reaches: a zone of 6° and half as much
/// again.
const SURVEY_REACH_DEG: f64 = 4.5;
/// How far a zone of 3° reaches, and a little more: offices keep to one zone at its edge.
const NARROW_REACH_DEG: f64 = 1.6;
/// The same as the reach of a survey in metres, in the south of China.
const SURVEY_REACH_M: f64 = 480_000.0;

impl Region {
    /// Whether a position lies in it.
    pub fn contains(&self, at: LonLat) -> bool {
        (self.west..=self.east).contains(&at.lon) && (self.south..=self.north).contains(&at.lat)
    }

    /// The region with so many degrees more on every side.
    #[must_use]
    pub fn grown(&self, by_deg: f64) -> Self {
        Self {
            west: self.west - by_deg,
            south: self.south - by_deg,
            east: self.east + by_deg,
            north: self.north + by_deg,
        }
    }

    /// Its longer side in degrees.
    pub(super) fn size_deg(&self) -> f64 {
        (self.east - self.west).max(self.north - self.south)
    }

    /// How far east or west of it a meridian runs; 0 within.
    fn off_deg(&self, meridian: f64) -> f64 {
        (self.west - meridian).max(meridian - self.east).max(0.0)
    }
}

/// The readings that fit half the rows or more, the simplest first. Where nothing fits, the only
/// one is WGS-84 as it stands.
pub(super) fn candidates(pairs: &[(f64, f64)], region: Option<Region>) -> Vec<Reading> {
    let are_degrees = |(first, second): &&(f64, f64)| first.abs() <= 180.0 && second.abs() <= 180.0;
    let degrees = pairs.iter().filter(are_degrees).count();
    let mut found = if degrees * 2 >= pairs.len() {
        in_degrees(pairs)
    } else {
        in_metres(pairs, region)
    };
    if found.is_empty() {
        found.push(Reading::default());
    }
    found
}

/// The two orders of a datum that somebody has named, as far as they fit half the rows or more.
pub(super) fn orders(datum: Datum, pairs: &[(f64, f64)]) -> Vec<Reading> {
    let mut found = fitting(&both_orders(datum), pairs);
    if found.is_empty() {
        found.push(Reading {
            datum,
            swapped: false,
        });
    }
    found
}

fn in_degrees(pairs: &[(f64, f64)]) -> Vec<Reading> {
    let mut found = Vec::new();
    for plain in fitting(&both_orders(Datum::Wgs84), pairs) {
        found.push(plain);
        // The shift ends at the border: elsewhere nobody shifts.
        if is_most(in_china(plain, pairs), pairs) {
            found.extend([Datum::Gcj02, Datum::Bd09].map(|datum| Reading { datum, ..plain }));
        }
    }
    found
}

fn in_metres(pairs: &[(f64, f64)], region: Option<Region>) -> Vec<Reading> {
    let mut readings = both_orders(Datum::WebMercator).to_vec();
    for swapped in [false, true] {
        let east = |(first, second): &(f64, f64)| if swapped { *second } else { *first };
        let zone = prefix_of_most(pairs.iter().map(east));
        let projections = zone.and_then(GaussKruger::of_zone).into_iter();
        readings.extend(projections.map(|projection| Reading {
            datum: Datum::GaussKruger(projection),
            swapped,
        }));
    }
    for projection in without_zone(region) {
        readings.extend(both_orders(Datum::GaussKruger(projection)));
    }
    fitting(&readings, pairs)
}

/// The millions of most eastings.
fn prefix_of_most(eastings: impl Iterator<Item = f64>) -> Option<u8> {
    let mut rows_of = [0_usize; 256];
    for east in eastings {
        let millions = (east / 1e6).floor();
        if (0.0..=255.0).contains(&millions)
            && let Some(rows) = rows_of.get_mut(millions as usize)
        {
            *rows += 1;
        }
    }
    let most = (0..=u8::MAX)
        .rev()
        .max_by_key(|zone| rows_of.get(usize::from(*zone)).copied());
    most.filter(|zone| rows_of.get(usize::from(*zone)) > Some(&0))
}

/// The projections whose eastings do not say the zone, the likeliest first. A zone of 6° and the
/// one of 3° with the same central meridian give the same numbers: where the areas lie out of the
/// narrow one, it is the wide one.
fn without_zone(region: Option<Region>) -> Vec<GaussKruger> {
    let middle = region.map_or(MIDDLE_LON, |region| f64::midpoint(region.west, region.east));
    let reaches = |meridian: &u16| {
        let off_deg = region.map_or(0.0, |region| region.off_deg(f64::from(*meridian)));
        off_deg <= SURVEY_REACH_DEG
    };
    let mut meridians: Vec<u16> = (75..=135).step_by(3).filter(reaches).collect();
    meridians.sort_by(|a, b| {
        let off = |meridian: &u16| (f64::from(*meridian) - middle).abs();
        off(a).total_cmp(&off(b))
    });
    meridians
        .into_iter()
        .filter_map(|meridian| {
            let is_far = (f64::from(meridian) - middle).abs() > NARROW_REACH_DEG;
            let wide = GaussKruger::of_meridian_in_six(meridian);
            wide.filter(|_| is_far && region.is_some())
                .or_else(|| GaussKruger::of_meridian(meridian))
        })
        .collect()
}

fn both_orders(datum: Datum) -> [Reading; 2] {
    [false, true].map(|swapped| Reading { datum, swapped })
}

/// Those that put most rows into China; where none does, those that put most rows into the world.
fn fitting(readings: &[Reading], pairs: &[(f64, f64)]) -> Vec<Reading> {
    let keep = |fits: fn(Reading, &[(f64, f64)]) -> usize| -> Vec<Reading> {
        let readings = readings.iter().copied();
        readings
            .filter(|reading| is_most(fits(*reading, pairs), pairs))
            .collect()
    };
    let found = keep(in_china);
    if found.is_empty() {
        keep(in_the_world)
    } else {
        found
    }
}

fn is_most(rows: usize, pairs: &[(f64, f64)]) -> bool {
    rows > 0 && rows * 2 >= pairs.len()
}

fn in_the_world(reading: Reading, pairs: &[(f64, f64)]) -> usize {
    let located = |(first, second): &&(f64, f64)| reading.locate(*first, *second).is_some();
    pairs.iter().filter(located).count()
}

fn in_china(reading: Reading, pairs: &[(f64, f64)]) -> usize {
    let is_china = |(first, second): &&(f64, f64)| {
        let is_near = match reading.datum {
            Datum::GaussKruger(projection) => {
                let east = if reading.swapped { *second } else { *first };
                (east - projection.false_easting_m()).abs() <= SURVEY_REACH_M
            }
            _ => true,
        };
        let at = reading.locate(*first, *second);
        is_near && at.is_some_and(|at| CHINA.contains(at))
    };
    pairs.iter().filter(is_china).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(pairs: &[(f64, f64)], region: Option<Region>) -> Vec<String> {
        candidates(pairs, region)
            .into_iter()
            .map(|reading| {
                let order = if reading.swapped { " swapped" } else { "" };
                format!("{}{order}", reading.datum)
            })
            .collect()
    }

    #[test]
    fn degrees_in_china_and_elsewhere() {
        assert_eq!(codes(&[(121.2, 30.1)], None), ["wgs84", "gcj02", "bd09"]);
        assert_eq!(
            codes(&[(30.1, 121.2)], None),
            ["wgs84 swapped", "gcj02 swapped", "bd09 swapped"]
        );
        // Kashgar: both numbers could be a latitude, but only one order is in China.
        assert_eq!(codes(&[(75.99, 39.47)], None).len(), 3);
        assert_eq!(codes(&[(39.47, 75.99)], None)[0], "wgs84 swapped");
        assert_eq!(codes(&[(-94.6, 39.1)], None), ["wgs84"]);
        assert_eq!(codes(&[(2.35, 48.85)], None), ["wgs84", "wgs84 swapped"]);
        assert_eq!(codes(&[], None), ["wgs84"]);
        assert_eq!(codes(&[(1e9, 1e9), (f64::NAN, 3.0)], None), ["wgs84"]);
    }

    #[test]
    fn a_few_odd_rows_do_not_change_the_kind() {
        let mut pairs = vec![(121.2, 30.1); 20];
        pairs.extend([(30.1, 121.2), (530_000.0, 3_300_000.0), (1212.0, 30.1)]);
        assert_eq!(codes(&pairs, None), ["wgs84", "gcj02", "bd09"]);
    }

    #[test]
    fn metres_say_their_zone_or_their_meridian_is_near_the_areas() {
        assert_eq!(codes(&[(40_620_000.0, 3_340_000.0)], None), ["epsg:4528"]);
        assert_eq!(
            codes(&[(3_340_000.0, 40_620_000.0)], None),
            ["epsg:4528 swapped"]
        );
        assert_eq!(codes(&[(21_330_000.0, 3_340_000.0)], None), ["epsg:4499"]);
        // East China in Web Mercator could be the far west in the zone 13.
        assert_eq!(
            codes(&[(13_498_000.0, 3_525_000.0)], None),
            ["epsg:3857", "epsg:4491"]
        );
        let region = Region {
            west: 121.0,
            south: 30.0,
            east: 121.5,
            north: 30.4,
        };
        assert_eq!(
            codes(&[(620_000.0, 3_340_000.0)], Some(region)),
            ["epsg:4549", "epsg:4510", "epsg:4509", "epsg:4551"]
        );
        let swapped = codes(&[(3_340_000.0, 620_000.0)], None);
        assert_eq!(swapped.len(), 21);
        assert_eq!(swapped[0], "epsg:4547 swapped");
    }
}
