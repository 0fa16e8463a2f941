//! Points of `GeoJSON` as rows of a table: a column for each property, and two for the position.

use super::area_properties::value_text;
use super::columns::field_of;
use super::crs::Crs;
use super::csv_chunks::Chunk;
use super::encoding::{self, Encoding, EncodingChoice, EncodingFinding};
use super::field::Field;
use super::file;
use super::json_pieces::{Pieces, elements, member, members, string};
use super::sheet_row::{MOST_COLUMNS, SheetRow};
use super::sheet_text::SheetText;
use super::text_stream::decode_whole;
use crate::base::Progress;
use crate::datum::Datum;
use crate::words::Fault;
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Features that one thread looks at, at a time.
const FEATURES_AT_A_TIME: usize = 1024;

/// The rows of a file of points.
pub(super) struct PointRows {
    path: PathBuf,
    text: String,
    /// Where each feature begins and ends.
    features: Vec<(usize, usize)>,
    next: usize,
    /// The file ends inside its list of features.
    is_cut: bool,
    /// The column of each property.
    places: BTreeMap<String, usize>,
    columns: usize,
    out: SheetText,
    ended: bool,
}

/// What is known of a file of points before its rows.
pub(super) struct PointsOpened {
    pub(super) finding: EncodingFinding,
    pub(super) header: Vec<String>,
    pub(super) datum: Option<Datum>,
}

impl PointRows {
    /// Reads a file and finds its columns.
    pub(super) fn open(
        path: &Path,
        choice: EncodingChoice,
        progress: &Progress,
    ) -> Result<(Self, PointsOpened), Fault> {
        let (mut source, file_bytes) = file::open_text(path)?;
        progress.set_total(file_bytes);
        let bytes = file::read_whole(&mut source, path)?;
        progress.tick(0)?;
        let finding = encoding::examine(&bytes, choice);
        let text = text_of(bytes, finding.encoding);
        let top = members(&text).ok_or_else(|| file::about("read.not_json", path))?;
        let datum = match member(&top.found, "crs").filter(|crs| *crs != "null") {
            Some(crs) => Some(datum_of(crs, path)?),
            None => None,
        };
        let (spans, is_cut) = features(&text, &top, path)?;
        let pieces: Vec<&str> = spans
            .iter()
            .filter_map(|(start, end)| text.get(*start..*end))
            .collect();
        let survey = survey(&pieces);
        progress.tick(0)?;
        if survey.points == 0 && survey.shapes > 0 {
            return Err(file::about("read.not_points", path));
        }
        let columns = survey.names.len();
        if columns + 2 > MOST_COLUMNS {
            return Err(file::too_many_columns(path, columns + 2, MOST_COLUMNS));
        }
        let mut header: Vec<String> = survey.names.iter().map(|name| header_of(name)).collect();
        header.extend(["lon".to_owned(), "lat".to_owned()]);
        let places = survey.names.into_iter().zip(0..).collect();
        let out = SheetText::new(header.len(), file_bytes, spans.len() as u64);
        let rows = Self {
            path: path.to_owned(),
            features: spans,
            next: 0,
            is_cut,
            places,
            columns,
            out,
            ended: false,
            text,
        };
        let opened = PointsOpened {
            finding,
            header,
            datum,
        };
        Ok((rows, opened))
    }

    /// The next rows, or `None` at the end. A row's number is that of its feature.
    pub(super) fn next(&mut self) -> Result<Option<Chunk>, Fault> {
        if self.ended {
            return Ok(None);
        }
        let mut row = SheetRow::default();
        while let Some((start, end)) = self.features.get(self.next) {
            self.next += 1;
            let feature = self.text.get(*start..*end).unwrap_or_default();
            row.begin(self.next as u64);
            let chunk = match fill(&mut row, feature, &self.places, self.columns) {
                Some(()) if row.is_blank() => None,
                Some(()) => self.out.add(&row, &self.path)?,
                None => self.out.add_unreadable(row.row, feature),
            };
            if chunk.is_some() {
                return Ok(chunk);
            }
        }
        if self.is_cut {
            self.out.add_unreadable(self.next as u64 + 1, "…");
        }
        self.ended = true;
        Ok(Some(self.out.take(true)))
    }
}

/// Takes the bytes as they are where they are UTF-8.
fn text_of(bytes: Vec<u8>, encoding: Encoding) -> String {
    if encoding != Encoding::Utf8 {
        return decode_whole(&bytes, encoding);
    }
    match String::from_utf8(bytes) {
        Ok(mut text) => {
            if text.starts_with('\u{FEFF}') {
                text.remove(0);
            }
            text
        }
        Err(error) => decode_whole(error.as_bytes(), encoding),
    }
}

/// The coordinate system that a file names.
fn datum_of(crs: &str, path: &Path) -> Result<Datum, Fault> {
    let name = members(crs).and_then(|crs| {
        let properties = members(member(&crs.found, "properties")?)?.found;
        value_text(member(&properties, "name").or_else(|| member(&properties, "code"))?)
    });
    let name = name.unwrap_or_else(|| crs.chars().take(40).collect());
    let crs = Crs::of_name(&name).unwrap_or(Crs::Foreign(name));
    crs.datum(path)
}

type Spans = Vec<(usize, usize)>;

/// Where the features are, and whether the file ends among them.
fn features(
    text: &str,
    top: &Pieces<(Cow<'_, str>, &str)>,
    path: &Path,
) -> Result<(Spans, bool), Fault> {
    // All pieces are parts of the text.
    let span = |piece: &str| {
        let start = (piece.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
        (start, start + piece.len())
    };
    if let Some(list) = member(&top.found, "features") {
        let list = elements(list).ok_or_else(|| file::about("read.not_geojson", path))?;
        return Ok((
            list.found.iter().map(|piece| span(piece)).collect(),
            !list.whole,
        ));
    }
    if !top.whole {
        return Err(file::about("read.not_json", path));
    }
    if member(&top.found, "geometry").is_some() {
        return Ok((vec![span(text)], false));
    }
    let is_shape = ["coordinates", "geometries"]
        .iter()
        .any(|name| member(&top.found, name).is_some());
    let key = if is_shape {
        "read.not_points"
    } else {
        "read.not_geojson"
    };
    Err(file::about(key, path))
}

/// What the features have.
#[derive(Default)]
struct Survey {
    /// Names of properties, as they first come.
    names: Vec<String>,
    points: u64,
    /// Areas and lines.
    shapes: u64,
}

fn survey(features: &[&str]) -> Survey {
    let parts: Vec<Survey> = features
        .par_chunks(FEATURES_AT_A_TIME)
        .map(survey_some)
        .collect();
    let mut all = Survey::default();
    let mut seen = BTreeSet::new();
    for part in parts {
        all.points += part.points;
        all.shapes += part.shapes;
        for name in part.names {
            if !seen.contains(&name) {
                seen.insert(name.clone());
                all.names.push(name);
            }
        }
    }
    all
}

fn survey_some(features: &[&str]) -> Survey {
    let mut all = Survey::default();
    let mut seen = BTreeSet::new();
    for feature in features {
        let Some(parts) = Parts::of(feature) else {
            continue;
        };
        match parts.geometry.map(position) {
            None | Some(Position::None) => {}
            Some(Position::Point(..)) => all.points += 1,
            Some(Position::Shape(_)) => all.shapes += 1,
        }
        for (name, _) in &parts.properties {
            if !seen.contains(name.as_ref()) {
                seen.insert(name.clone().into_owned());
                all.names.push(name.clone().into_owned());
            }
        }
    }
    all
}

/// A feature's properties and its shape.
struct Parts<'a> {
    properties: Vec<(Cow<'a, str>, &'a str)>,
    geometry: Option<&'a str>,
}

impl<'a> Parts<'a> {
    /// `None` where it is no feature.
    fn of(feature: &'a str) -> Option<Self> {
        let pieces = members(feature).filter(|pieces| pieces.whole)?;
        if !feature.trim_end().ends_with('}') {
            return None;
        }
        let of = |name| member(&pieces.found, name);
        let properties = match of("properties") {
            None | Some("null") => Vec::new(),
            Some(properties) => members(properties).filter(|found| found.whole)?.found,
        };
        Some(Self {
            properties,
            geometry: of("geometry").filter(|geometry| *geometry != "null"),
        })
    }
}

enum Position<'a> {
    /// Its two numbers, as they stand.
    Point(&'a str, &'a str),
    /// Something else, by its name.
    Shape(Cow<'a, str>),
    /// A point without coordinates.
    None,
}

fn position(geometry: &str) -> Position<'_> {
    let found = members(geometry)
        .map(|pieces| pieces.found)
        .unwrap_or_default();
    let kind = member(&found, "type").and_then(string).unwrap_or_default();
    let list = |text| {
        elements(text)
            .filter(|pieces| pieces.whole)
            .map(|pieces| pieces.found)
    };
    let coordinates = member(&found, "coordinates").and_then(list);
    let point = match (kind.as_ref(), coordinates.as_deref()) {
        ("Point", Some(numbers)) => numbers.to_vec(),
        ("MultiPoint", Some([one])) => list(one).unwrap_or_default(),
        ("Point", None) => Vec::new(),
        _ => return Position::Shape(kind),
    };
    match point.as_slice() {
        [lon, lat, ..] => Position::Point(lon, lat),
        _ => Position::None,
    }
}

/// The header of a property. Where it says a coordinate, that of the point is meant before it.
fn header_of(name: &str) -> String {
    match field_of(name) {
        Some(Field::Lon | Field::Lat) => format!("{} 2", name.trim()),
        _ => name.trim().to_owned(),
    }
}

/// Writes a feature as a row. `None` where it is no feature.
fn fill(
    row: &mut SheetRow,
    feature: &str,
    places: &BTreeMap<String, usize>,
    columns: usize,
) -> Option<()> {
    let parts = Parts::of(feature)?;
    for (name, value) in &parts.properties {
        if let Some(place) = places.get(name.as_ref()) {
            row.add(*place, |out| out.push_str(&told(value)));
        }
    }
    match parts.geometry.map(position) {
        None | Some(Position::None) => {}
        Some(Position::Point(lon, lat)) => {
            row.add(columns, |out| out.push_str(&told(lon)));
            row.add(columns + 1, |out| out.push_str(&told(lat)));
        }
        // No coordinate, and it says why.
        Some(Position::Shape(kind)) => row.add(columns, |out| out.push_str(&kind)),
    }
    Some(())
}

/// A value as the text of a cell; lists and objects without the space between their parts.
fn told(value: &str) -> Cow<'_, str> {
    match value.as_bytes() {
        b"null" => Cow::Borrowed(""),
        [b'"', ..] => string(value).unwrap_or(Cow::Borrowed(value)),
        [b'{' | b'[', ..] => match serde_json::from_str::<serde_json::Value>(value) {
            Ok(parsed) => Cow::Owned(parsed.to_string()),
            Err(_) => Cow::Borrowed(value),
        },
        _ => Cow::Borrowed(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::csv_chunks::Form;
    use crate::read::csv_records::cut;

    /// The headers, the coordinate system, the rows.
    type Told = (Vec<String>, Option<Datum>, Vec<String>);

    fn read(text: &str) -> Result<Told, Fault> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("点.geojson");
        std::fs::write(&path, text).unwrap();
        let progress = Progress::new();
        let (mut rows, opened) = PointRows::open(&path, EncodingChoice::Auto, &progress)?;
        let mut out = Vec::new();
        while let Some(chunk) = rows.next()? {
            let text = String::from_utf8(chunk.text).unwrap();
            for line in chunk.lines {
                let text = text.get(line.start..line.end).unwrap();
                let mut cells = Vec::new();
                cut(text, b',', line.quoted, &mut cells);
                let mark = if line.form == Form::Endless { "!" } else { "" };
                out.push(format!("{}{mark} {}", line.row, cells.join("|")));
            }
        }
        Ok((opened.header, opened.datum, out))
    }

    fn key_of(text: &str) -> &'static str {
        read(text).map_or_else(|fault| fault.message.key(), |_| "")
    }

    #[test]
    fn features_are_rows_and_their_properties_columns() {
        let (header, datum, rows) = read(
            r#"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4490"}},"features":[
{"type":"Feature","properties":{"户编号":"0001","身份证号":340524198001010011,"经度":1},"geometry":{"type":"Point","coordinates":[121.2665610, 30.17, 5]}},
{"type":"Feature","properties":{"户编号":"2","标签":["a", {"b" : 1}],"备注":"一\n\"二\""},"geometry":{"type":"MultiPoint","coordinates":[[121.5,30]]}},
{"type":"Feature","properties":{"户编号":"3"},"geometry":null},
{"type":"Feature","properties":{"户编号":"4"},"geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]}},
{"type":"Feature","properties":[1
2]},
{"type":"Feature","properties":null,"geometry":null}]}"#,
        )
        .unwrap();
        assert_eq!(
            header,
            ["户编号", "身份证号", "经度 2", "标签", "备注", "lon", "lat"]
        );
        assert_eq!(datum, Some(Datum::Wgs84));
        assert_eq!(
            rows,
            [
                "1 0001|340524198001010011|1|||121.2665610|30.17",
                "2 2|||[\"a\",{\"b\":1}]|一\n\"二\"|121.5|30",
                "3 3||||||",
                "4 4|||||LineString|",
                "5! {\"type\":\"Feature\"|\"properties\":[12]}",
            ]
        );
    }

    #[test]
    fn a_cut_file_says_that_something_is_missing() {
        let whole = r#"{"features":[{"properties":{"id":1},"geometry":{"type":"Point","coordinates":[1,2]}},{"properties":"#;
        let (_, _, rows) = read(whole).unwrap();
        assert_eq!(rows, ["1 1|1|2", "2! …"]);
    }

    #[test]
    fn what_holds_no_points_is_refused() {
        let area =
            r#"{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[]}}"#;
        assert_eq!(key_of(area), "read.not_points");
        assert_eq!(
            key_of(r#"{"type":"Point","coordinates":[1,2]}"#),
            "read.not_points"
        );
        assert_eq!(key_of(r#"{"a":1}"#), "read.not_geojson");
        assert_eq!(key_of(r#"{"a":1"#), "read.not_json");
        assert_eq!(key_of("[1]"), "read.not_json");
        let crs = |name: &str| {
            read(&format!(
                r#"{{"crs":{{"properties":{{"name":"{name}"}}}},"features":[]}}"#
            ))
            .map(|(_, datum, _)| datum)
            .map_err(|fault| fault.message.key())
        };
        assert_eq!(crs("EPSG:3857"), Ok(Some(Datum::WebMercator)));
        assert_eq!(crs("GCJ02"), Ok(Some(Datum::Gcj02)));
        assert_eq!(crs("EPSG:27700"), Err("read.unsupported_crs"));
    }
}
