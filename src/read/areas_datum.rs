//! Which coordinate system a boundary file is in: what somebody says, what the file says, what its
//! name says, what the numbers can only be.

use super::cell::folded;
use super::choice::{DatumChoice, FileChoice};
use super::crs::{self, Crs};
use super::file;
use super::inspection::DatumReason;
use crate::datum::{Datum, GaussKruger, MercXY, Reading, lonlat_from_merc};
use crate::words::Fault;
use geo_types::Coord;

/// How the corners of a file are read, and why.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Settled {
    pub(super) reading: Reading,
    pub(super) reason: DatumReason,
    /// The numbers are degrees with latitude first; somebody should accept the exchange.
    pub(super) looks_swapped: bool,
}

/// Finds the coordinate system of some corners. `stem` is the name of the file without its ending.
pub(super) fn settle(
    choice: &FileChoice,
    stated: Option<&Crs>,
    stem: &str,
    corners: impl Iterator<Item = Coord<f64>>,
) -> Result<Settled, Fault> {
    let numbers = most(corners);
    let swapped = matches!(numbers, Numbers::Metres { swapped: true, .. });
    let looks_swapped = numbers == Numbers::LatLon;
    let settled = |datum, reason| Settled {
        reading: Reading {
            datum,
            swapped: swapped || (looks_swapped && choice.accepted.swapped),
        },
        reason,
        looks_swapped,
    };
    match choice.datum {
        DatumChoice::Reading(reading) => {
            return Ok(Settled {
                reading,
                reason: DatumReason::Said,
                looks_swapped: false,
            });
        }
        DatumChoice::Datum(datum) => return Ok(settled(datum, DatumReason::Said)),
        DatumChoice::Auto => {}
    }
    let stated = match stated {
        Some(crs) => Some(crs.datum(&choice.path)?),
        None => None,
    };
    let named = datum_in_name(stem);
    match (numbers, stated) {
        (Numbers::Metres { zone, mercator, .. }, _) => {
            let (datum, reason) =
                of_metres(zone, mercator, stated, stem).ok_or_else(|| undecided(zone, choice))?;
            Ok(settled(datum, reason))
        }
        (_, Some(stated)) if stated.is_projected() && numbers != Numbers::Nothing => {
            // Degrees under the label of a projection.
            Ok(settled(named.unwrap_or_default(), DatumReason::Range))
        }
        // No file format can state GCJ-02 or BD-09: programs label such files WGS 84.
        (_, Some(Datum::Wgs84)) if named.is_some_and(|named| named != Datum::Wgs84) => {
            Ok(settled(named.unwrap_or_default(), DatumReason::FileName))
        }
        (_, Some(stated)) => Ok(settled(stated, DatumReason::File)),
        (_, None) => Ok(named.map_or_else(
            || settled(Datum::Wgs84, DatumReason::Default),
            |named| settled(named, DatumReason::FileName),
        )),
    }
}

/// Nobody says which metres they are.
fn undecided(zone: Zone, choice: &FileChoice) -> Fault {
    let Some(projection) = zone.projection() else {
        return file::about("read.which_zone", &choice.path);
    };
    let mut fault = file::about("read.which_metres", &choice.path);
    fault.message = fault
        .message
        .arg("projection", Datum::GaussKruger(projection));
    fault
}

/// The system of metres: `zone` where the eastings carry one, `mercator` where they may be of Web
/// Mercator.
fn of_metres(
    zone: Zone,
    mercator: bool,
    stated: Option<Datum>,
    stem: &str,
) -> Option<(Datum, DatumReason)> {
    let meant = match stated {
        Some(Datum::WebMercator) if mercator => {
            return Some((Datum::WebMercator, DatumReason::File));
        }
        Some(Datum::GaussKruger(projection)) => Some((projection, DatumReason::File)),
        _ => crs::projection_named(&crs::plain(stem)).map(|named| (named, DatumReason::FileName)),
    };
    // Whether a zone stands in the eastings, the numbers know better than a label.
    let (found, reason) = match (zone.projection(), meant) {
        (Some(zoned), Some((meant, reason)))
            if meant.central_meridian_deg() == zoned.central_meridian_deg() =>
        {
            (zoned, reason)
        }
        (Some(zoned), _) if !mercator => (zoned, DatumReason::Range),
        (None, _) if mercator => return Some((Datum::WebMercator, DatumReason::Range)),
        (None, Some((meant, reason))) => {
            let plain = GaussKruger::of_meridian(meant.central_meridian_deg())?;
            (if meant.is_prefixed() { plain } else { meant }, reason)
        }
        _ => return None,
    };
    Some((Datum::GaussKruger(found), reason))
}

/// What sort of numbers a pair is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Numbers {
    /// Longitude and latitude, in degrees.
    LonLat,
    /// Latitude and longitude, in degrees.
    LatLon,
    /// Metres within China.
    Metres {
        /// Northing before easting.
        swapped: bool,
        /// The zone in front of the easting.
        zone: Zone,
        /// They may as well be of Web Mercator.
        mercator: bool,
    },
    /// Nothing known.
    Nothing,
}

impl Numbers {
    fn of(at: Coord<f64>) -> Self {
        if at.x.abs() <= 180.0 && at.y.abs() <= 90.0 {
            return Self::LonLat;
        }
        if at.x.abs() <= 90.0 && at.y.abs() <= 180.0 {
            return Self::LatLon;
        }
        let mercator = is_mercator(at);
        for (swapped, easting_m, northing_m) in [(false, at.x, at.y), (true, at.y, at.x)] {
            if let Some(zone) = zone_of(easting_m, northing_m) {
                let mercator = mercator && !swapped;
                return Self::Metres {
                    swapped,
                    zone,
                    mercator,
                };
            }
        }
        if mercator {
            return Self::Metres {
                swapped: false,
                zone: Zone::Unsaid,
                mercator,
            };
        }
        Self::Nothing
    }
}

/// What most of the corners are.
fn most(corners: impl Iterator<Item = Coord<f64>>) -> Numbers {
    let mut counts: Vec<(Numbers, u64)> = Vec::new();
    let mut all = 0;
    for corner in corners {
        let numbers = Numbers::of(corner);
        all += 1;
        match counts.iter_mut().find(|(known, _)| *known == numbers) {
            Some((_, count)) => *count += 1,
            None => counts.push((numbers, 1)),
        }
    }
    let most = counts.iter().max_by_key(|(_, count)| *count);
    most.filter(|(_, count)| 2 * count > all)
        .map_or(Numbers::Nothing, |(numbers, _)| *numbers)
}

/// The zone in front of the easting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Zone {
    /// None is there.
    Unsaid,
    /// This one.
    Said(u8),
}

impl Zone {
    fn projection(self) -> Option<GaussKruger> {
        match self {
            Self::Unsaid => None,
            Self::Said(zone) => GaussKruger::of_zone(zone),
        }
    }
}

/// The zone of a Gauss–Krüger pair within China; `None` for any other pair.
fn zone_of(easting_m: f64, northing_m: f64) -> Option<Zone> {
    let zone = (easting_m / 1e6).floor();
    let in_zone_m = easting_m - zone * 1e6;
    if !(50_000.0..950_000.0).contains(&in_zone_m) || !(1.8e6..6.1e6).contains(&northing_m) {
        return None;
    }
    if zone == 0.0 {
        return Some(Zone::Unsaid);
    }
    let meridian = GaussKruger::of_zone(zone as u8)?.central_meridian_deg();
    // A degree of latitude has about 111 km everywhere, one of longitude its cosine of that.
    let lat = northing_m / 111_000.0;
    let lon = f64::from(meridian) + (in_zone_m - 500_000.0) / (111_320.0 * lat.to_radians().cos());
    is_in_china(lon, lat).then_some(Zone::Said(zone as u8))
}

fn is_mercator(at: Coord<f64>) -> bool {
    let at = lonlat_from_merc(MercXY { x: at.x, y: at.y });
    is_in_china(at.lon, at.lat)
}

/// Whether a position is in China, give or take a degree: the latitudes of each band of longitude.
fn is_in_china(lon: f64, lat: f64) -> bool {
    const BANDS: [(f64, f64, f64); 9] = [
        (78.0, 34.5, 41.5),
        (84.0, 29.0, 47.5),
        (90.0, 27.0, 49.7),
        (97.0, 26.5, 48.5),
        (106.0, 20.5, 43.5),
        (112.0, 17.0, 46.0),
        (118.0, 17.0, 50.5),
        (124.0, 21.0, 54.0),
        (136.0, 38.0, 54.0),
    ];
    lon >= 73.0
        && BANDS
            .iter()
            .find(|(east, _, _)| lon < *east)
            .is_some_and(|(_, south, north)| (*south..=*north).contains(&lat))
}

/// The datum that a file's name says, the last one where it says several: `gcj02_to_wgs84`,
/// `百度转wgs84`.
pub(super) fn datum_in_name(stem: &str) -> Option<Datum> {
    const WORDS: [(&str, Datum); 17] = [
        ("gcj02", Datum::Gcj02),
        ("gcj", Datum::Gcj02),
        ("火星", Datum::Gcj02),
        ("高德", Datum::Gcj02),
        ("腾讯", Datum::Gcj02),
        ("amap", Datum::Gcj02),
        ("gaode", Datum::Gcj02),
        ("tencent", Datum::Gcj02),
        ("bd09", Datum::Bd09),
        ("bd09ll", Datum::Bd09),
        ("百度", Datum::Bd09),
        ("baidu", Datum::Bd09),
        ("wgs84", Datum::Wgs84),
        ("wgs1984", Datum::Wgs84),
        ("cgcs2000", Datum::Wgs84),
        ("国家2000", Datum::Wgs84),
        ("天地图", Datum::Wgs84),
    ];
    // `GCJ-02` and `gcj_02` are one word, but `my_map` holds no `amap`.
    let lower = folded(stem).to_lowercase();
    let joined = ["gcj", "bd", "wgs"].iter().fold(lower, |text, word| {
        ["-", "_", " "].iter().fold(text, |text, mark| {
            ["0", "8", "1"].iter().fold(text, |text, digit| {
                text.replace(&format!("{word}{mark}{digit}"), &format!("{word}{digit}"))
            })
        })
    });
    let is_letter = |char: Option<char>| char.is_some_and(|char| char.is_ascii_alphabetic());
    let mut found: Vec<(usize, Datum)> = Vec::new();
    for (word, datum) in WORDS {
        for (at, _) in joined.match_indices(word) {
            let before = joined.get(..at).and_then(|head| head.chars().next_back());
            let behind = joined
                .get(at + word.len()..)
                .and_then(|tail| tail.chars().next());
            if !word.is_ascii() || (!is_letter(before) && !is_letter(behind)) {
                found.push((at, datum));
            }
        }
    }
    found.sort_by_key(|(at, _)| *at);
    let backwards = ["from", "由", "自"]
        .iter()
        .any(|word| joined.contains(word));
    let said = if backwards {
        found.first()
    } else {
        found.last()
    };
    said.map(|(_, datum)| *datum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    fn gk(epsg: u16) -> Datum {
        Datum::GaussKruger(GaussKruger::from_epsg(epsg).unwrap())
    }

    fn settled(stated: Option<&Crs>, stem: &str, at: (f64, f64)) -> Result<Settled, Fault> {
        let choice = FileChoice::of(PathBuf::from("a.shp"));
        settle(&choice, stated, stem, std::iter::once(Coord::from(at)))
    }

    fn short(stated: Option<&Crs>, stem: &str, at: (f64, f64)) -> (Datum, bool, DatumReason) {
        let settled = settled(stated, stem, at).unwrap();
        (
            settled.reading.datum,
            settled.reading.swapped,
            settled.reason,
        )
    }

    const CIXI: (f64, f64) = (121.3, 30.2);

    #[test]
    fn names_say_the_datum_and_the_last_one_counts() {
        for (stem, datum) in [
            ("cixi_330282_gcj02", Some(Datum::Gcj02)),
            ("社区_GCJ-02", Some(Datum::Gcj02)),
            ("网格（火星坐标）", Some(Datum::Gcj02)),
            ("网格_高德", Some(Datum::Gcj02)),
            ("bd_09网格", Some(Datum::Bd09)),
            ("百度边界", Some(Datum::Bd09)),
            ("gcj02_to_wgs84", Some(Datum::Wgs84)),
            ("百度转WGS84", Some(Datum::Wgs84)),
            ("wgs84转gcj02", Some(Datum::Gcj02)),
            ("wgs84_from_gcj02", Some(Datum::Wgs84)),
            ("my_datamap", None),
            ("gcjx", None),
            ("街道", None),
        ] {
            assert_eq!(datum_in_name(stem), datum, "{stem}");
        }
    }

    #[test]
    fn degrees_are_wgs84_unless_something_says_otherwise() {
        use DatumReason as Why;
        let wgs84 = Crs::Known(Datum::Wgs84);
        assert_eq!(short(None, "a", CIXI), (Datum::Wgs84, false, Why::Default));
        assert_eq!(
            short(Some(&wgs84), "a", CIXI),
            (Datum::Wgs84, false, Why::File)
        );
        let shifted = (Datum::Gcj02, false, Why::FileName);
        assert_eq!(short(Some(&wgs84), "a_gcj02", CIXI), shifted);
        assert_eq!(short(None, "a_gcj02", CIXI), shifted);
        let label = Crs::Known(gk(4548));
        assert_eq!(
            short(Some(&label), "a", CIXI),
            (Datum::Wgs84, false, Why::Range)
        );
        let old = Crs::OldSurvey("Beijing 1954".into());
        let fault = settled(Some(&old), "a", CIXI).unwrap_err();
        assert_eq!(fault.message.key(), "read.old_survey_crs");
        let other = Crs::Foreign("EPSG:32650".into());
        let fault = settled(Some(&other), "a", CIXI).unwrap_err();
        assert_eq!(fault.message.key(), "read.unsupported_crs");
    }

    #[test]
    fn metres_are_known_by_zone_label_or_name() {
        use DatumReason as Why;
        let (north, east) = (3_340_000.0, 530_000.0);
        let zoned = east + 40e6;
        assert_eq!(
            short(None, "a", (zoned, north)),
            (gk(4528), false, Why::Range)
        );
        assert_eq!(
            short(None, "a", (north, zoned)),
            (gk(4528), true, Why::Range)
        );
        let label = Crs::Known(gk(4549));
        assert_eq!(
            short(Some(&label), "a", (east, north)),
            (gk(4549), false, Why::File)
        );
        assert_eq!(
            short(Some(&label), "a", (north, east)),
            (gk(4549), true, Why::File)
        );
        // The label has no zone, the numbers have, and the other way round.
        assert_eq!(
            short(Some(&label), "a", (zoned, north)),
            (gk(4528), false, Why::File)
        );
        let label = Crs::Known(gk(4528));
        assert_eq!(
            short(Some(&label), "a", (east, north)),
            (gk(4549), false, Why::File)
        );
        for stem in [
            "网格_CM120",
            "网格120E",
            "3度带40带",
            "CGCS2000_3_Degree_GK_Zone_40",
        ] {
            let found = short(None, stem, (east, north));
            assert_eq!(found, (gk(4549), false, Why::FileName), "{stem}");
        }
        let fault = settled(None, "a", (east, north)).unwrap_err();
        assert_eq!(fault.message.key(), "read.which_zone");
    }

    #[test]
    fn web_mercator_is_told_from_zones_where_it_can_be() {
        use DatumReason as Why;
        // Ningbo: as a zone it would be in the Himalayas.
        let ningbo = (13_503_000.0, 3_530_000.0);
        assert_eq!(
            short(None, "a", ningbo),
            (Datum::WebMercator, false, Why::Range)
        );
        // Shandong in Web Mercator, Kashgar in zone 13.
        let both = (13_400_000.0, 4_300_000.0);
        let fault = settled(None, "a", both).unwrap_err();
        assert_eq!(fault.message.key(), "read.which_metres");
        let label = Crs::Known(Datum::WebMercator);
        assert_eq!(
            short(Some(&label), "a", both),
            (Datum::WebMercator, false, Why::File)
        );
        let label = Crs::Known(gk(4491));
        assert_eq!(short(Some(&label), "a", both), (gk(4491), false, Why::File));
    }

    #[test]
    fn what_somebody_says_goes_before_all() {
        let mut choice = FileChoice::of(PathBuf::from("a_gcj02.shp"));
        choice.datum = DatumChoice::Datum(Datum::Bd09);
        let stated = Crs::OldSurvey("Beijing 1954".into());
        let one = || std::iter::once(Coord::from(CIXI));
        let found = settle(&choice, Some(&stated), "a_gcj02", one()).unwrap();
        assert_eq!(found.reading.datum, Datum::Bd09);
        assert_eq!(found.reason, DatumReason::Said);
    }

    #[test]
    fn latitude_first_is_proposed_and_exchanged_where_accepted() {
        let mut choice = FileChoice::of(PathBuf::from("a.shp"));
        let one = || std::iter::once(Coord { x: 30.2, y: 121.3 });
        let found = settle(&choice, None, "a", one()).unwrap();
        assert!(found.looks_swapped && !found.reading.swapped);
        choice.accepted.swapped = true;
        assert!(settle(&choice, None, "a", one()).unwrap().reading.swapped);
    }

    #[test]
    fn a_few_wild_corners_do_not_decide() {
        let choice = FileChoice::of(PathBuf::from("a.shp"));
        let wild = Coord { x: 5e5, y: 3.3e6 };
        let corners = [wild, CIXI.into(), CIXI.into()];
        let found = settle(&choice, None, "a", corners.into_iter()).unwrap();
        assert_eq!(found.reading, Reading::default());
    }
}
