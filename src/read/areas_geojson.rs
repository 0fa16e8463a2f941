//! Areas from `GeoJSON`: feature collections, single features and bare polygons. Each feature is read
//! by itself, so that a bad one is a Problem and the others stay.

use super::area_parents::Parents;
use super::area_properties::{Described, Properties, value_text};
use super::boundary::{Boundary, boundary, quoted};
use super::encoding::{self, Encoding, EncodingChoice};
use super::file;
use super::json_pieces::{elements, member, members, string};
use super::text_stream::decode_whole;
use crate::base::Progress;
use crate::model::{Area, AreaLevel, Problem, ProblemKind};
use crate::words::Fault;
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::HashSet;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

/// The areas of a file.
#[derive(Debug, Default)]
pub struct AreasRead {
    /// Areas with a boundary, in file order.
    pub areas: Vec<Area>,
    /// Areas that others name as their parents.
    pub named_parents: Vec<NamedParent>,
    /// What is wrong or doubtful.
    pub problems: Vec<Problem>,
    /// Features in the file.
    pub features_read: u64,
    /// What the text was read as.
    pub encoding: Encoding,
}

/// An area named only by a property of its children, without a feature of its own in this file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedParent {
    /// Its code, or its name where the file gives no code.
    pub code: String,
    /// Its name; the code where none is known.
    pub name: String,
    /// Its level.
    pub level: AreaLevel,
    /// Code of the area that it belongs to; empty where none is known.
    pub parent: String,
}

/// Features that are read between two looks at the progress.
const FEATURES_AT_A_TIME: usize = 256;

/// Reads the areas of a file. Progress counts bytes.
///
/// # Errors
/// A file that is missing, empty or no `GeoJSON`, one in projected coordinates; cancelled work.
pub fn read_areas(
    path: &Path,
    encoding: EncodingChoice,
    progress: &Progress,
) -> Result<AreasRead, Fault> {
    let (text, encoding) = whole_text(path, encoding, progress)?;
    let source = file::name_of(path);
    let top = members(&text).ok_or_else(|| file::about("read.not_json", path))?;
    if let Some(crs) = member(&top.found, "crs").and_then(foreign_crs) {
        let mut fault = file::about("read.other_crs", path);
        fault.message = fault.message.arg("crs", crs);
        return Err(fault);
    }
    let mut gathered = Gathered::new(source);
    if let Some(features) = member(&top.found, "features") {
        let features = elements(features).ok_or_else(|| file::about("read.not_geojson", path))?;
        for some in features.found.chunks(FEATURES_AT_A_TIME) {
            let read: Vec<_> = some
                .par_iter()
                .map(|feature| read_feature(feature))
                .collect();
            for feature in read {
                gathered.add(feature);
            }
            progress.tick(some.iter().map(|feature| feature.len() as u64).sum())?;
        }
        if !features.whole {
            gathered.add(Err(Unusable::new(ProblemKind::BadFeature, "features", "…")));
        }
    } else if !top.whole {
        return Err(file::about("read.not_json", path));
    } else if member(&top.found, "geometry").is_some() {
        gathered.add(read_feature(&text));
    } else if member(&top.found, "coordinates").is_some()
        || member(&top.found, "geometries").is_some()
    {
        // A bare geometry has no properties; the file's name is its code.
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let described = Properties::default().describe(Some(stem.into_owned()));
        let shape = boundary(&text).map_err(Unusable::geometry);
        gathered.add(shape.map(|shape| (described, shape)));
    } else {
        return Err(file::about("read.not_geojson", path));
    }
    Ok(AreasRead {
        encoding,
        ..gathered.finish()
    })
}

fn whole_text(
    path: &Path,
    encoding: EncodingChoice,
    progress: &Progress,
) -> Result<(String, Encoding), Fault> {
    let (mut source, file_bytes) = file::open_text(path)?;
    progress.set_total(file_bytes);
    let mut bytes = Vec::new();
    source
        .read_to_end(&mut bytes)
        .map_err(|error| file::cannot_read(path).because(error))?;
    let encoding = encoding::find_in(&bytes, encoding);
    Ok((decode_whole(&bytes, encoding), encoding))
}

/// The name of a coordinate system that is not longitude and latitude in WGS-84 or CGCS2000.
fn foreign_crs(crs: &str) -> Option<String> {
    let found = members(crs)?.found;
    let properties = members(member(&found, "properties")?)?.found;
    let name = member(&properties, "name").or_else(|| member(&properties, "code"))?;
    let name = value_text(name)?;
    let code = name.rsplit([':', '/']).next().unwrap_or_default();
    let ours = ["CRS84", "CRS84H", "4326", "4490", "4979", "4480"];
    let is_ours = ours.iter().any(|known| known.eq_ignore_ascii_case(code));
    (!is_ours).then(|| quoted(&name))
}

/// Why a feature cannot be used.
struct Unusable {
    kind: ProblemKind,
    column: &'static str,
    text: String,
}

impl Unusable {
    fn new(kind: ProblemKind, column: &'static str, text: &str) -> Self {
        Self {
            kind,
            column,
            text: quoted(text),
        }
    }

    fn geometry(text: String) -> Self {
        Self {
            kind: ProblemKind::BadGeometry,
            column: "geometry",
            text,
        }
    }
}

type Feature = Result<(Described, Boundary), Unusable>;

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
    let name = described.name.as_deref().unwrap_or_default();
    match of("geometry") {
        None | Some("null") => {
            let text = described.code.as_deref().unwrap_or(name);
            Err(Unusable::new(ProblemKind::NullGeometry, "geometry", text))
        }
        Some(geometry) => {
            let shape = boundary(geometry).map_err(Unusable::geometry)?;
            if described.code.is_none() {
                return Err(Unusable::new(ProblemKind::MissingCode, "properties", name));
            }
            Ok((described, shape))
        }
    }
}

/// The areas gathered so far.
struct Gathered {
    source: Arc<str>,
    out: AreasRead,
    codes: HashSet<String>,
    parents: Parents,
    level_is_guessed: bool,
}

impl Gathered {
    fn new(source: Arc<str>) -> Self {
        Self {
            source,
            out: AreasRead::default(),
            codes: HashSet::new(),
            parents: Parents::default(),
            level_is_guessed: false,
        }
    }

    fn problem(&mut self, row: u64, kind: ProblemKind, column: &str, text: String) {
        self.out.problems.push(Problem {
            source: self.source.clone(),
            row,
            column: column.to_owned(),
            kind,
            text,
        });
    }

    fn add(&mut self, feature: Feature) {
        self.out.features_read += 1;
        let row = self.out.features_read;
        let (described, shape) = match feature {
            Ok(feature) => feature,
            Err(Unusable { kind, column, text }) => {
                self.problem(row, kind, column, text);
                return;
            }
        };
        let code = described.code.clone().unwrap_or_default();
        if !self.codes.insert(code.clone()) {
            self.problem(row, ProblemKind::DuplicateCode, "code", code);
            return;
        }
        if shape.was_open {
            self.problem(row, ProblemKind::UnclosedRing, "geometry", code.clone());
        }
        self.level_is_guessed |= !described.level_is_known;
        let parent = self.parents.note(&described);
        self.out.areas.push(Area {
            name: described.name.unwrap_or_else(|| code.clone()),
            level: described.level,
            parent: if parent == code {
                String::new()
            } else {
                parent
            },
            boundary: shape.polygons,
            derived: false,
            code,
        });
    }

    fn finish(mut self) -> AreasRead {
        if self.level_is_guessed {
            self.problem(0, ProblemKind::UnknownLevel, "", String::new());
        }
        let mut out = self.out;
        out.named_parents = self.parents.without_features(&mut out.areas);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, bytes: &[u8]) -> Result<AreasRead, Fault> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        read_areas(&path, EncodingChoice::Auto, &Progress::new())
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
        assert_eq!(
            key(&with("urn:ogc:def:crs:EPSG::4548")),
            Some("read.other_crs")
        );
    }
}
