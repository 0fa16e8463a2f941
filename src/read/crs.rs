//! The name of a coordinate system → the datum: EPSG codes, URNs, and the well-known text of `.prj`
//! files and `GeoPackage`s in the dialects of Esri, GDAL and ISO.

use super::file;
use crate::datum::{Datum, GaussKruger};
use crate::words::Fault;
use std::path::Path;

/// Deepest nesting of a well-known text; real ones have six.
const DEEPEST: usize = 64;
/// Most nodes of a well-known text; real ones have fifty.
const MOST_NODES: usize = 1000;
/// How far a false easting may be off, in metres.
const EASTING_SLACK_M: f64 = 0.01;

/// A coordinate system that a file states.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Crs {
    /// One that can be read.
    Known(Datum),
    /// The old surveys of China: the way to CGCS2000 needs parameters that only surveyors have.
    OldSurvey(String),
    /// Any other.
    Foreign(String),
}

impl Crs {
    /// The system of an EPSG code (or of Esri's own).
    pub(super) fn of_epsg(code: u32) -> Self {
        let old = |name: &str| Self::OldSurvey(format!("{name} (EPSG:{code})"));
        match code {
            4326 | 4490 | 4979 | 4480 => Self::Known(Datum::Wgs84),
            3857 | 3785 | 900_913 | 102_100 | 102_113 => Self::Known(Datum::WebMercator),
            2327..=2390 | 4610 => old("Xi'an 1980"),
            2401..=2442 | 4214 | 21_413..=21_483 => old("Beijing 1954"),
            4555 | 4568..=4589 | 4652..=4656 | 4766..=4800 | 4812 | 4822 => old("New Beijing"),
            _ => u16::try_from(code)
                .ok()
                .and_then(GaussKruger::from_epsg)
                .map_or_else(
                    || Self::Foreign(format!("EPSG:{code}")),
                    |projection| Self::Known(Datum::GaussKruger(projection)),
                ),
        }
    }

    /// Its datum.
    ///
    /// # Errors
    /// A system that cannot be read, with what to do about it.
    pub(super) fn datum(&self, path: &Path) -> Result<Datum, Fault> {
        let (key, name) = match self {
            Self::Known(datum) => return Ok(*datum),
            Self::OldSurvey(name) => ("read.old_survey_crs", name),
            Self::Foreign(name) => ("read.unsupported_crs", name),
        };
        let mut fault = file::about(key, path);
        fault.message = fault.message.arg("crs", name);
        Err(fault)
    }

    /// The system of a name such as `urn:ogc:def:crs:EPSG::4549` or `CGCS2000_3_Degree_GK_CM_117E`;
    /// `None` where it names nothing.
    pub(super) fn of_name(name: &str) -> Option<Self> {
        let name = name.trim();
        let last = name.rsplit([':', '/']).next().unwrap_or_default().trim();
        if name.is_empty() {
            return None;
        }
        if ["CRS84", "CRS84H"]
            .iter()
            .any(|known| last.eq_ignore_ascii_case(known))
        {
            return Some(Self::Known(Datum::Wgs84));
        }
        if let Ok(code) = last.parse() {
            return Some(Self::of_epsg(code));
        }
        let plain = plain(name);
        if let Some(datum) = shifted(&plain) {
            return Some(Self::Known(datum));
        }
        if is_old(&plain) {
            return Some(Self::OldSurvey(name.to_owned()));
        }
        if plain.contains("pseudomercator") || plain.contains("webmercator") {
            return Some(Self::Known(Datum::WebMercator));
        }
        let ours = is_china_2000(&plain) || is_wgs84(&plain);
        let projected = ["gk", "gauss", "degree", "zone", "utm", "度带"]
            .iter()
            .any(|word| plain.contains(word));
        Some(
            match projection_named(&plain).filter(|_| is_china_2000(&plain)) {
                Some(projection) => Self::Known(Datum::GaussKruger(projection)),
                None if ours && !projected => Self::Known(Datum::Wgs84),
                None => Self::Foreign(name.to_owned()),
            },
        )
    }

    /// The system of a well-known text; `None` where the text is none.
    pub(super) fn of_wkt(text: &str) -> Option<Self> {
        let nodes = nodes(text);
        let root = nodes.iter().find(|node| node.depth == 0)?;
        let name = root.texts.first().cloned().unwrap_or_default();
        let code = nodes
            .iter()
            .filter(|node| node.depth == 1 && ["AUTHORITY", "ID"].contains(&&*node.keyword))
            .filter(|node| {
                node.texts
                    .first()
                    .is_some_and(|of| of == "EPSG" || of == "ESRI")
            })
            .find_map(|node| node.texts.get(1)?.parse().ok());
        if let Some(code) = code {
            return Some(Self::of_epsg(code));
        }
        let of = |keywords: &[&str]| {
            let mut found = nodes
                .iter()
                .filter(|node| keywords.contains(&&*node.keyword));
            found.find_map(|node| node.texts.first().map(|text| plain(text)))
        };
        let datum = of(&["DATUM", "TRF", "GEODETICDATUM", "ENSEMBLE"]).unwrap_or_default();
        let geographic = of(&["GEOGCS", "GEOGCRS", "GEODCRS", "BASEGEOGCRS", "BASEGEODCRS"]);
        let both = format!(
            "{datum} {} {}",
            geographic.unwrap_or_default(),
            plain(&name)
        );
        if is_old(&both) {
            return Some(Self::OldSurvey(name));
        }
        let ours = is_china_2000(&both) || is_wgs84(&both);
        Some(match &*root.keyword {
            "GEOGCS" | "GEOGCRS" | "GEODCRS" | "GEOGRAPHICCRS" if ours => {
                Self::Known(shifted(&both).unwrap_or(Datum::Wgs84))
            }
            "PROJCS" | "PROJCRS" | "PROJECTEDCRS" if ours => {
                projected(&plain(&name), &nodes).map_or(Self::Foreign(name), Self::Known)
            }
            "GEOGCS" | "GEOGCRS" | "GEODCRS" | "GEOGRAPHICCRS" | "PROJCS" | "PROJCRS"
            | "PROJECTEDCRS" | "COMPD_CS" | "COMPOUNDCRS" | "BOUNDCRS" | "LOCAL_CS" | "ENGCRS" => {
                Self::Foreign(name)
            }
            _ => return None,
        })
    }
}

/// The projection of a well-known text on our ellipsoids; `None` for one that we do not have.
fn projected(name: &str, nodes: &[Node]) -> Option<Datum> {
    let method = nodes
        .iter()
        .find(|node| ["PROJECTION", "METHOD"].contains(&&*node.keyword))
        .and_then(|node| node.texts.first())
        .map(|text| plain(text))
        .unwrap_or_default();
    if method.contains("auxiliarysphere")
        || method.contains("pseudomercator")
        || name.contains("pseudomercator")
    {
        return Some(Datum::WebMercator);
    }
    if !method.contains("gausskruger") && !method.contains("transversemercator") {
        return None;
    }
    let parameter = |names: [&str; 2]| {
        nodes
            .iter()
            .filter(|node| node.keyword == "PARAMETER")
            .find(|node| {
                let called = node.texts.first().map(|text| plain(text));
                called.is_some_and(|called| names.contains(&&*called))
            })
            .and_then(|node| node.texts.get(1)?.parse::<f64>().ok())
    };
    let meridian = parameter(["centralmeridian", "longitudeofnaturalorigin"])?;
    let easting_m = parameter(["falseeasting", "falseeasting"]).unwrap_or(500_000.0);
    let northing_m = parameter(["falsenorthing", "falsenorthing"]).unwrap_or(0.0);
    let latitude = parameter(["latitudeoforigin", "latitudeofnaturalorigin"]).unwrap_or(0.0);
    let scale = parameter(["scalefactor", "scalefactoratnaturalorigin"]).unwrap_or(1.0);
    let unit_m = nodes
        .iter()
        .rfind(|node| {
            let is_unit = ["UNIT", "LENGTHUNIT"].contains(&&*node.keyword);
            is_unit && (node.depth == 1 || node.keyword == "LENGTHUNIT")
        })
        .and_then(|node| node.texts.get(1)?.parse::<f64>().ok())
        .unwrap_or(1.0);
    if northing_m != 0.0 || latitude != 0.0 || scale != 1.0 || unit_m != 1.0 {
        return None;
    }
    let zone = (easting_m / 1e6).floor();
    if (easting_m - zone * 1e6 - 500_000.0).abs() > EASTING_SLACK_M || meridian.fract() != 0.0 {
        return None;
    }
    let projection = if zone == 0.0 {
        GaussKruger::of_meridian(meridian as u16)
    } else {
        GaussKruger::of_zone(zone as u8)
    };
    projection
        .filter(|projection| f64::from(projection.central_meridian_deg()) == meridian)
        .map(Datum::GaussKruger)
}

/// The projection that a plain name gives by meridian or zone, as `cm117e`, `117e`, `zone39`, `39带`.
pub(super) fn projection_named(plain: &str) -> Option<GaussKruger> {
    let behind = |word: &str| {
        let (_, rest) = plain.split_once(word)?;
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        digits.parse::<u16>().ok()
    };
    let before = |word: &str| {
        plain.match_indices(word).find_map(|(at, _)| {
            let head = plain.get(..at)?;
            let rest = head.trim_end_matches(|char: char| char.is_ascii_digit());
            head.get(rest.len()..)?.parse::<u16>().ok()
        })
    };
    let meridian = ["cm", "中央经线", "中央子午线"]
        .into_iter()
        .find_map(behind);
    let meridian = meridian.or_else(|| before("e"));
    let by_meridian = || GaussKruger::of_meridian(meridian?);
    let by_code = || GaussKruger::from_epsg(behind("epsg")?);
    // Whether the zone stands in the eastings too, the numbers say.
    let by_zone = || {
        let zone = behind("zone").or_else(|| before("带"))?;
        let zoned = GaussKruger::of_zone(u8::try_from(zone).ok()?)?;
        GaussKruger::of_meridian(zoned.central_meridian_deg())
    };
    by_meridian().or_else(by_code).or_else(by_zone)
}

/// GCJ-02 or BD-09, where a plain name says so.
fn shifted(plain: &str) -> Option<Datum> {
    if plain.contains("gcj02") {
        return Some(Datum::Gcj02);
    }
    plain.contains("bd09").then_some(Datum::Bd09)
}

fn is_china_2000(plain: &str) -> bool {
    let names = [
        "cgcs2000",
        "china2000",
        "chinageodeticcoordinatesystem2000",
        "国家2000",
        "2000国家",
    ];
    names.iter().any(|name| plain.contains(name))
}

fn is_wgs84(plain: &str) -> bool {
    let names = ["wgs84", "wgs1984", "worldgeodeticsystem1984"];
    names.iter().any(|name| plain.contains(name))
}

fn is_old(plain: &str) -> bool {
    let names = [
        "beijing1954",
        "beijing54",
        "北京54",
        "newbeijing",
        "xian1980",
        "xian80",
        "西安80",
        "西安1980",
        "北京1954",
    ];
    names.iter().any(|name| plain.contains(name))
}

/// Lower case, letters and digits only: `CGCS_2000_3_Degree` and `CGCS2000 / 3-degree` are one.
pub(super) fn plain(text: &str) -> String {
    let kept = text.chars().filter(|char| char.is_alphanumeric());
    kept.flat_map(char::to_lowercase).collect()
}

/// `KEYWORD["text",number,…]` of a well-known text.
#[derive(Debug, Default)]
struct Node {
    depth: usize,
    keyword: String,
    /// Its own texts and numbers, in order.
    texts: Vec<String>,
}

/// The nodes of a well-known text, outer before inner, as far as it is one.
fn nodes(text: &str) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut word = String::new();
    let mut chars = text.trim_start_matches('\u{FEFF}').chars();
    while let Some(char) = chars.next() {
        let inner = open.last().copied();
        match char {
            '"' => {
                let text: String = chars.by_ref().take_while(|char| *char != '"').collect();
                if let Some(node) = inner.and_then(|at| nodes.get_mut(at)) {
                    node.texts.push(text);
                }
            }
            '[' | '(' => {
                if open.len() >= DEEPEST || nodes.len() >= MOST_NODES {
                    break;
                }
                nodes.push(Node {
                    depth: open.len(),
                    keyword: std::mem::take(&mut word).to_ascii_uppercase(),
                    texts: Vec::new(),
                });
                open.push(nodes.len() - 1);
            }
            ',' | ']' | ')' => {
                let value = std::mem::take(&mut word);
                if let Some(node) = inner
                    .and_then(|at| nodes.get_mut(at))
                    .filter(|_| !value.is_empty())
                {
                    node.texts.push(value);
                }
                if char != ',' && open.pop().is_none() {
                    break;
                }
            }
            char if char.is_whitespace() => {}
            char => word.push(char),
        }
    }
    nodes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn epsg(code: u16) -> Option<Crs> {
        GaussKruger::from_epsg(code).map(|projection| Crs::Known(Datum::GaussKruger(projection)))
    }

    /// As `ArcGIS` and QGIS write a `.prj`.
    fn esri(name: &str, datum: &str, easting: &str, meridian: &str) -> String {
        format!(
            r#"PROJCS["{name}",GEOGCS["GCS_X",DATUM["{datum}",SPHEROID["S",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",{easting}],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",{meridian}],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]"#
        )
    }

    #[test]
    fn projections_are_known_by_their_parameters() {
        for (name, easting, meridian, code) in [
            ("CGCS2000_3_Degree_GK_CM_117E", "500000.0", "117.0", 4548),
            ("CGCS2000_3_Degree_GK_Zone_39", "39500000.0", "117.0", 4527),
            ("CGCS2000_GK_Zone_20", "20500000.0", "117.0", 4498),
            ("CGCS2000_6_Degree_GK_CM_117E", "500000.0", "117.0", 4548),
            ("some office's own name", "500000", "120", 4549),
        ] {
            let text = esri(name, "D_China_2000", easting, meridian);
            assert_eq!(Crs::of_wkt(&text), epsg(code), "{name}");
        }
        for (easting, meridian) in [
            ("39500000.0", "120.0"),
            ("400000.0", "117.0"),
            ("500000.0", "117.5"),
            ("500000.0", "60.0"),
        ] {
            let text = esri("own", "D_China_2000", easting, meridian);
            assert_eq!(Crs::of_wkt(&text), Some(Crs::Foreign("own".into())));
        }
        let feet = esri("own", "D_China_2000", "500000.0", "117.0")
            .replace(r#"UNIT["Meter",1.0]"#, r#"UNIT["Foot",0.3048]"#);
        assert!(matches!(Crs::of_wkt(&feet), Some(Crs::Foreign(_))));
    }

    #[test]
    fn the_text_of_iso_is_read_by_code_and_by_parameters() {
        let text = r#"PROJCRS["CGCS2000 / 3-degree Gauss-Kruger CM 117E",BASEGEOGCRS["China Geodetic Coordinate System 2000",DATUM["China 2000",ELLIPSOID["CGCS2000",6378137,298.257222101,LENGTHUNIT["metre",1]]],ID["EPSG",4490]],CONVERSION["Gauss-Kruger CM 117E",METHOD["Transverse Mercator",ID["EPSG",9807]],PARAMETER["Longitude of natural origin",117,ANGLEUNIT["degree",0.0174532925199433],ID["EPSG",8802]],PARAMETER["False easting",500000,LENGTHUNIT["metre",1],ID["EPSG",8806]]],CS[Cartesian,2],AXIS["northing (X)",north],AXIS["easting (Y)",east],LENGTHUNIT["metre",1],ID["EPSG",4548]]"#;
        assert_eq!(Crs::of_wkt(text), epsg(4548));
        let uncoded = text.replace(r#",ID["EPSG",4548]]"#, "]");
        assert_eq!(Crs::of_wkt(&uncoded), epsg(4548));
    }

    #[test]
    fn degrees_are_known_by_their_datum() {
        for (text, known) in [
            (
                r#"GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]]]"#,
                true,
            ),
            (
                r#"GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]]]"#,
                true,
            ),
            (
                r#"GEOGCS["GCS_North_American_1983",DATUM["D_North_American_1983"]]"#,
                false,
            ),
        ] {
            let found = Crs::of_wkt(text);
            assert_eq!(found == Some(Crs::Known(Datum::Wgs84)), known, "{text}");
        }
        let merc = r#"PROJCS["WGS_1984_Web_Mercator_Auxiliary_Sphere",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984"]],PROJECTION["Mercator_Auxiliary_Sphere"]]"#;
        assert_eq!(Crs::of_wkt(merc), Some(Crs::Known(Datum::WebMercator)));
        let utm = esri("WGS_1984_UTM_Zone_50N", "D_WGS_1984", "500000.0", "117.0")
            .replace(r#""Scale_Factor",1.0"#, r#""Scale_Factor",0.9996"#);
        assert_eq!(
            Crs::of_wkt(&utm),
            Some(Crs::Foreign("WGS_1984_UTM_Zone_50N".into()))
        );
    }

    #[test]
    fn the_old_surveys_are_named() {
        for (name, datum) in [
            ("Beijing_1954_3_Degree_GK_CM_120E", "D_Beijing_1954"),
            ("Xian_1980_GK_Zone_19", "D_Xian_1980"),
            ("own name", "D_Xian_1980"),
        ] {
            let text = esri(name, datum, "500000.0", "120.0");
            assert_eq!(Crs::of_wkt(&text), Some(Crs::OldSurvey(name.into())));
        }
        for code in [4214, 2437, 21_420, 4610, 2379, 4796] {
            assert!(matches!(Crs::of_epsg(code), Crs::OldSurvey(_)), "{code}");
        }
    }

    #[test]
    fn names_and_numbers_of_systems() {
        let wgs84 = Some(Crs::Known(Datum::Wgs84));
        for name in [
            "urn:ogc:def:crs:OGC:1.3:CRS84",
            "EPSG:4490",
            "urn:ogc:def:crs:EPSG::4326",
            "WGS 84",
            "CGCS2000",
        ] {
            assert_eq!(Crs::of_name(name), wgs84, "{name}");
        }
        assert_eq!(Crs::of_name("urn:ogc:def:crs:EPSG::4549"), epsg(4549));
        assert_eq!(
            Crs::of_name("http://www.opengis.net/def/crs/EPSG/0/4527"),
            epsg(4527)
        );
        assert_eq!(Crs::of_name("CGCS2000_3_Degree_GK_CM_117E"), epsg(4548));
        assert_eq!(Crs::of_name("GCJ-02"), Some(Crs::Known(Datum::Gcj02)));
        assert_eq!(
            Crs::of_name("EPSG:32650"),
            Some(Crs::Foreign("EPSG:32650".into()))
        );
        assert_eq!(Crs::of_name(" "), None);
    }

    #[test]
    fn nonsense_is_no_text() {
        for text in [
            "",
            "]]]]",
            "not wkt",
            "[[[[[",
            "FOO[\"bar\"]",
            "\"",
            &"A[".repeat(10_000),
        ] {
            assert_eq!(Crs::of_wkt(text), None, "{text:.20}");
        }
    }
}
