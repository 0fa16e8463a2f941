//! Areas from `GeoJSON`: feature collections, single features and bare polygons. Each feature is read
//! by itself, so that a bad one is a Problem and the others stay.

use super::area_names::code_of_stem;
use super::area_properties::{Properties, value_text};
use super::areas_gather::{Feature, Found, Unusable};
use super::boundary::boundary;
use super::crs::Crs;
use super::file;
use super::inspection::FileForm;
use super::json_pieces::{elements, member, members, string};
use crate::base::Progress;
use crate::model::ProblemKind;
use crate::words::Fault;
use rayon::prelude::*;
use std::borrow::Cow;
use std::path::Path;

/// Features that are read between two looks at the progress.
const FEATURES_AT_A_TIME: usize = 256;

/// Reads the features of a text. `stem` is the name of its file without ending. Progress counts bytes.
pub(super) fn read(
    text: &str,
    stem: &str,
    path: &Path,
    progress: &Progress,
) -> Result<Found, Fault> {
    let mut found = Found::of(FileForm::GeoJson);
    let top = members(text).ok_or_else(|| file::about("read.not_json", path))?;
    found.crs = member(&top.found, "crs").and_then(stated_crs);
    if let Some(features) = member(&top.found, "features") {
        let features = elements(features).ok_or_else(|| file::about("read.not_geojson", path))?;
        for some in features.found.chunks(FEATURES_AT_A_TIME) {
            let read: Vec<_> = some
                .par_iter()
                .map(|feature| read_feature(feature))
                .collect();
            for feature in read {
                found.push(feature);
            }
            progress.tick(some.iter().map(|feature| feature.len() as u64).sum())?;
        }
        if !features.whole {
            found.push(Err(Unusable::new(ProblemKind::BadFeature, "features", "…")));
        }
    } else if !top.whole {
        return Err(file::about("read.not_json", path));
    } else if member(&top.found, "geometry").is_some() {
        found.push(read_feature(text));
    } else if member(&top.found, "coordinates").is_some()
        || member(&top.found, "geometries").is_some()
    {
        // A bare geometry has no properties; the file's name is its code.
        let described = Properties::default().describe(Some(code_of_stem(stem)));
        let shape = boundary(text).map_err(Unusable::geometry);
        found.push(shape.map(|shape| (described, shape)));
    } else {
        return Err(file::about("read.not_geojson", path));
    }
    Ok(found)
}

/// The coordinate system that the old `crs` member names.
fn stated_crs(crs: &str) -> Option<Crs> {
    let found = members(crs)?.found;
    let properties = members(member(&found, "properties")?)?.found;
    let name = member(&properties, "name").or_else(|| member(&properties, "code"))?;
    Crs::of_name(&value_text(name)?)
}

fn read_feature(text: &str) -> Feature {
    let bad = |column, text: &str| Unusable::new(ProblemKind::BadFeature, column, text);
    let pieces = members(text)
        .filter(|pieces| pieces.whole)
        .ok_or_else(|| bad("", text))?;
    let of = |name| member(&pieces.found, name);
    if let Some(kind) = of("type").filter(|kind| string(kind) != Some(Cow::Borrowed("Feature"))) {
        return Err(bad("type", kind));
    }
    let properties = of("properties").unwrap_or("null");
    let properties = Properties::read(properties).ok_or_else(|| bad("properties", properties))?;
    let described = properties.describe(of("id").and_then(value_text));
    match of("geometry") {
        None | Some("null") => Err(Unusable::no_shape(&described)),
        Some(geometry) => {
            let shape = boundary(geometry).map_err(Unusable::geometry)?;
            Ok((described, shape))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::datum::Datum;
    use crate::model::{AreaLevel, Problem};
    use crate::read::areas::{AreasRead, read_boundaries};
    use crate::read::choice::FileChoice;
    use crate::read::inspection::DatumReason;

    fn read(name: &str, bytes: &[u8]) -> Result<AreasRead, Fault> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        read_boundaries(&FileChoice::of(path), &Progress::new())
    }

    const SQUARE: &str =
        r#"{"type":"Polygon","coordinates":[[[120,30],[121,30],[121,31],[120,30]]]}"#;

    fn feature(properties: &str) -> String {
        format!(r#"{{"type":"Feature","properties":{properties},"geometry":{SQUARE}}}"#)
    }

    fn collection(features: &[String]) -> String {
        let features = features.join(",\n");
        format!(r#"{{"type":"FeatureCollection","name":"x","features":[{features}]}}"#)
    }

    fn kinds(read: &AreasRead) -> Vec<(u64, &'static str)> {
        let short = |problem: &Problem| (problem.row, problem.kind.code());
        read.problems.iter().map(short).collect()
    }

    #[test]
    fn grids_with_the_names_of_their_parents() {
        let text = collection(&[
            feature(
                r#"{"网格编码":"G1","网格名称":"一格","社区编码":"C1","社区名称":"河东","街道名称":"示范街道"}"#,
            ),
            feature(r#"{"网格编码":"G2","社区编码":"C1","社区名称":"河东","街道名称":"示范街道"}"#),
            feature(r#"{"级别":"社区","社区编码":"C2","社区名称":"河西","街道名称":"示范街道"}"#),
            feature(r#"{"网格编码":"G3","社区名称":"河西","街道名称":"示范街道"}"#),
        ]);
        let (gbk, _, _) = encoding_rs::GBK.encode(&text);
        let marked = format!("\u{FEFF}{text}");
        for bytes in [text.as_bytes(), &gbk, marked.as_bytes()] {
            let read = read("网格.geojson", bytes).unwrap();
            assert_eq!(kinds(&read), []);
            let areas: Vec<_> = read
                .areas
                .iter()
                .map(|area| (&*area.code, &*area.name, area.level.code(), &*area.parent))
                .collect();
            assert_eq!(
                areas,
                [
                    ("G1", "一格", "grid", "C1"),
                    ("G2", "G2", "grid", "C1"),
                    ("C2", "河西", "community", "示范街道"),
                    ("G3", "G3", "grid", "C2"),
                ]
            );
            let parents: Vec<_> = read
                .named_parents
                .iter()
                .map(|area| (&*area.code, &*area.name, area.level.code(), &*area.parent))
                .collect();
            assert_eq!(
                parents,
                [
                    ("示范街道", "示范街道", "street", ""),
                    ("C1", "河东", "community", "示范街道"),
                ]
            );
        }
    }

    #[test]
    fn communities_of_one_name_in_two_streets_stay_two() {
        let text = collection(&[
            feature(r#"{"code":"G1","社区":"新村","街道":"东街道"}"#),
            feature(r#"{"code":"G2","社区":"新村","街道":"西街道"}"#),
        ]);
        let read = read("a.geojson", text.as_bytes()).unwrap();
        assert_eq!(read.areas[0].parent, "新村");
        assert_eq!(read.areas[1].parent, "西街道/新村");
        assert_eq!(read.named_parents.len(), 4);
    }

    #[test]
    fn a_bad_feature_is_a_problem_and_the_others_stay() {
        let text = collection(&[
            feature(r#"{"code":"1"}"#),
            feature(r#"{"code":"1"}"#),
            feature(r#"{"name":"x"}"#),
            feature("[]"),
            r#"{"type":"Featre","properties":{},"geometry":null}"#.to_owned(),
            r#"{"type":"Feature","properties":{"code":"2"},"geometry":null}"#.to_owned(),
            r#"{"type":"Feature","id":3,"properties":null,"geometry":{"type":"Point","coordinates":[1,2]}}"#.to_owned(),
            "17".to_owned(),
            feature(r#"{"code":"4"}"#).replace(",[120,30]]]", "]]"),
        ]);
        let read = read("a.geojson", text.as_bytes()).unwrap();
        assert_eq!(read.features_read, 9);
        assert_eq!(read.areas.len(), 2);
        assert_eq!(
            kinds(&read),
            [
                (2, "duplicate_code"),
                (3, "missing_code"),
                (4, "bad_feature"),
                (5, "bad_feature"),
                (6, "null_geometry"),
                (7, "bad_geometry"),
                (8, "bad_feature"),
                (9, "unclosed_ring"),
                (0, "unknown_level"),
            ]
        );
    }

    #[test]
    fn a_cut_file_gives_the_features_before_the_cut() {
        let text = collection(&[
            feature(r#"{"code":"330282"}"#),
            feature(r#"{"code":"330283"}"#),
        ]);
        let cut = text.len() - 30;
        let read = read("a.geojson", &text.as_bytes()[..cut]).unwrap();
        assert_eq!(read.areas.len(), 1);
        assert_eq!(kinds(&read), [(2, "bad_feature")]);
    }

    #[test]
    fn single_features_and_bare_polygons() {
        let one = read("a.geojson", feature(r#"{"code":"330282"}"#).as_bytes()).unwrap();
        assert_eq!(one.areas[0].level, AreaLevel::County);
        let bare = read("330282.json", SQUARE.as_bytes()).unwrap();
        assert_eq!(bare.areas[0].code, "330282");
        let with_id = format!(r#"{{"id":"G7","geometry":{SQUARE},"type":"Feature"}}"#);
        let with_id = read("a.geojson", with_id.as_bytes()).unwrap();
        assert_eq!(with_id.areas[0].code, "G7");
    }

    #[test]
    fn what_is_no_geojson_or_projected_is_refused_in_words() {
        let key = |text: &str| {
            let fault = read("a.geojson", text.as_bytes()).err();
            fault.map(|fault| fault.message.key())
        };
        assert_eq!(key("id,lon,lat\n"), Some("read.not_json"));
        assert_eq!(key("{\"type\":\"Polygon\" \"x\":1}"), Some("read.not_json"));
        assert_eq!(key("{}"), Some("read.not_geojson"));
        assert_eq!(key("{\"type\":\"Topology\"}"), Some("read.not_geojson"));
        assert_eq!(
            key("{\"type\":\"FeatureCollection\",\"features\":{}}"),
            Some("read.not_geojson")
        );
        let with = |crs: &str| {
            format!(r#"{{"crs":{{"type":"name","properties":{{"name":"{crs}"}}}},"features":[]}}"#)
        };
        assert_eq!(key(&with("urn:ogc:def:crs:OGC:1.3:CRS84")), None);
        assert_eq!(key(&with("EPSG:4490")), None);
        assert_eq!(key(&with("urn:ogc:def:crs:EPSG::4326")), None);
        assert_eq!(key(&with("EPSG:32650")), Some("read.unsupported_crs"));
        assert_eq!(key(&with("EPSG:2437")), Some("read.old_survey_crs"));
    }

    #[test]
    fn the_datum_and_its_reason() {
        let features = format!(r#""features":[{}]}}"#, feature(r#"{"code":"330282"}"#));
        let plain = format!("{{{features}");
        let found = |name: &str, text: &str| {
            let read = read(name, text.as_bytes()).unwrap();
            (read.datum, read.datum_reason)
        };
        assert_eq!(
            found("a.json", &plain),
            (Datum::Wgs84, DatumReason::Default)
        );
        assert_eq!(
            found("a_gcj02.json", &plain),
            (Datum::Gcj02, DatumReason::FileName)
        );
        let stated =
            format!(r#"{{"crs":{{"type":"name","properties":{{"name":"EPSG:4490"}}}},{features}"#);
        assert_eq!(found("a.json", &stated), (Datum::Wgs84, DatumReason::File));
    }

    #[test]
    fn latitude_before_longitude_is_said_and_not_repaired_unasked() {
        let square = r#"{"type":"Polygon","coordinates":[[[30,120],[30,121],[31,121],[30,120]]]}"#;
        let text = collection(&[feature(r#"{"code":"330282"}"#).replace(SQUARE, square)]);
        let found = read("a.geojson", text.as_bytes()).unwrap();
        assert_eq!(
            kinds(&found),
            [(0, "swapped_coordinates"), (1, "bad_geometry")]
        );
        assert!(found.swapped);
    }

    #[test]
    fn corners_that_neighbours_share_stay_shared() {
        let polygon = |west: f64, code: &str| {
            let east = west + 100.3;
            format!(
                r#"{{"type":"Feature","properties":{{"code":"{code}"}},"geometry":{{"type":"Polygon","coordinates":[[[{west},3530000],[{east},3530000],[{east},3530100.7],[{west},3530100.7],[{west},3530000]]]}}}}"#
            )
        };
        let text = collection(&[polygon(13_503_000.0, "1"), polygon(13_503_100.3, "2")]);
        let found = read("a.geojson", text.as_bytes()).unwrap();
        assert_eq!(found.datum_reason, DatumReason::Range);
        let corners = |at: usize| found.areas[at].boundary.0[0].exterior().0[1..].to_vec();
        let (west, east) = (corners(0), corners(1));
        assert_eq!(
            west.iter().filter(|corner| east.contains(corner)).count(),
            2
        );
    }
}
