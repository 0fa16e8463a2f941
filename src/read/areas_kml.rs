//! Areas from KML: placemarks with polygons. Read event by event on one level, so that no nesting and no
//! size of the file matters. (The crate for KML calls itself once a folder deep and stops the program at
//! a point without a position.)

use super::area_properties::Properties;
use super::areas_gather::{Feature, Found, Unusable};
use super::boundary::quoted;
use super::crs::Crs;
use super::encoding::EncodingChoice;
use super::file;
use super::inspection::FileForm;
use super::rings::{Ring, Shape, closed};
use crate::base::Progress;
use crate::datum::Datum;
use crate::model::ProblemKind;
use crate::words::Fault;
use geo_types::Coord;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::path::Path;

/// Deepest nesting of elements; real files have ten.
const DEEPEST: usize = 500;
/// Events that are read between two looks at the progress.
const EVENTS_AT_A_TIME: u32 = 4096;

/// The encoding that the XML declaration states, where it is one of ours.
pub(super) fn stated_encoding(bytes: &[u8]) -> EncodingChoice {
    let head = String::from_utf8_lossy(bytes.get(..200).unwrap_or(bytes));
    let declared = head
        .split_once("<?xml")
        .and_then(|(_, rest)| rest.split_once("?>"))
        .and_then(|(declaration, _)| declaration.split_once("encoding"))
        .and_then(|(_, rest)| rest.split(['"', '\'']).nth(1));
    match declared.and_then(EncodingChoice::from_code) {
        // A file of another encoding is often declared as UTF-8; the bytes show whether it is.
        Some(EncodingChoice::Fixed(super::encoding::Encoding::Gb18030)) => {
            EncodingChoice::Fixed(super::encoding::Encoding::Gb18030)
        }
        _ => EncodingChoice::Auto,
    }
}

/// Reads the placemarks of a text. Progress counts bytes.
pub(super) fn read(text: &str, path: &Path, progress: &Progress) -> Result<Found, Fault> {
    let mut found = Found::of(FileForm::Kml);
    // KML knows no other.
    found.crs = Some(Crs::Known(Datum::Wgs84));
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut placemarks = Placemarks::default();
    let (mut events, mut told, mut is_kml) = (0_u32, 0, false);
    loop {
        let event = reader.read_event();
        events += 1;
        if events.is_multiple_of(EVENTS_AT_A_TIME) {
            let at = reader.buffer_position();
            progress.tick(at - told)?;
            told = at;
        }
        let ended = match event {
            Ok(Event::Eof) => true,
            Ok(event) => {
                if let Event::Start(start) = &event {
                    is_kml |= ["kml", "Placemark"].contains(&start.local_name().as_ref());
                }
                if let Some(feature) = placemarks.take(&event) {
                    found.push(feature);
                }
                placemarks.open.len() > DEEPEST
            }
            Err(_broken) => {
                placemarks.is_broken = true;
                true
            }
        };
        if ended {
            break;
        }
    }
    if !is_kml {
        return Err(file::about("read.areas_not_kml", path));
    }
    if placemarks.is_broken || placemarks.current.is_some() || placemarks.open.len() > DEEPEST {
        found.push(Err(Unusable::new(ProblemKind::BadFeature, "features", "…")));
    }
    Ok(found)
}

/// The placemark that is open.
#[derive(Debug, Default)]
struct Placemark {
    /// Names and texts: of `ExtendedData`, then of the description.
    cells: Vec<(String, String)>,
    name: String,
    shape: Shape,
    /// Rings of the polygon that is open; the first is the outer one.
    rings: Vec<Ring>,
    has_outer: bool,
    bad: Option<String>,
    /// A geometry that is no area.
    other: Option<String>,
}

/// Where the reader stands.
#[derive(Debug, Default)]
struct Placemarks {
    /// Names of the elements that are open.
    open: Vec<String>,
    current: Option<Placemark>,
    /// Name of the datum whose value comes.
    key: String,
    text: String,
    is_broken: bool,
}

impl Placemarks {
    /// Takes an event; returns the feature that it ends.
    fn take(&mut self, event: &Event<'_>) -> Option<Feature> {
        match event {
            Event::Start(start) => self.start(start),
            Event::End(end) => {
                let name = end.local_name().as_ref().to_owned();
                // What was left open inside is closed with it.
                let at = self.open.iter().rposition(|open| *open == name)?;
                self.open.truncate(at);
                return self.end(&name);
            }
            Event::Text(text) => self.text.push_str(&text.xml10_content()),
            Event::CData(text) => self.text.push_str(&text.xml10_content()),
            Event::GeneralRef(entity) => {
                match (entity.resolve_char_ref(), &*entity.xml10_content()) {
                    (Ok(Some(char)), _) => self.text.push(char),
                    (_, "amp") => self.text.push('&'),
                    (_, "lt") => self.text.push('<'),
                    (_, "gt") => self.text.push('>'),
                    (_, "quot") => self.text.push('"'),
                    (_, "apos") => self.text.push('\''),
                    _ => {}
                }
            }
            _ => {}
        }
        None
    }

    fn start(&mut self, start: &BytesStart<'_>) {
        let name = start.local_name().as_ref().to_owned();
        self.text.clear();
        match name.as_str() {
            "Placemark" => self.current = Some(Placemark::default()),
            "Data" | "SimpleData" => {
                let key = start.try_get_attribute("name").ok().flatten();
                self.key = key.map_or_else(String::new, |key| key.value.as_ref().to_owned());
            }
            "Polygon" => {
                if let Some(placemark) = &mut self.current {
                    placemark.rings.clear();
                    placemark.has_outer = false;
                }
            }
            "Point" | "LineString" | "Model" | "Track" | "MultiTrack" => {
                if let Some(placemark) = &mut self.current {
                    placemark.other = Some(name.clone());
                }
            }
            _ => {}
        }
        self.open.push(name);
    }

    fn end(&mut self, name: &str) -> Option<Feature> {
        let text = std::mem::take(&mut self.text);
        if name == "Placemark" {
            return self.current.take().map(Placemark::feature);
        }
        let placemark = self.current.as_mut()?;
        let is_in = |name: &str| self.open.iter().any(|open| open == name);
        match name {
            "name" if self.open.last().is_some_and(|open| open == "Placemark") => {
                text.trim().clone_into(&mut placemark.name);
            }
            "value" if is_in("Data") => placemark.cells.push((self.key.clone(), text)),
            "SimpleData" => placemark.cells.push((self.key.clone(), text)),
            "description" => placemark.cells.extend(cells_of_html(&text)),
            "coordinates" if is_in("Polygon") => {
                placemark.add_ring(&text, is_in("innerBoundaryIs"));
            }
            "Polygon" => placemark.close_polygon(),
            _ => {}
        }
        None
    }
}

impl Placemark {
    fn add_ring(&mut self, text: &str, is_hole: bool) {
        match corners(text) {
            Ok(mut ring) => match closed(&mut ring) {
                Ok(was_open) => {
                    self.shape.was_open |= was_open;
                    if is_hole {
                        self.rings.push(ring);
                    } else if self.has_outer {
                        self.bad = Some(quoted(text));
                    } else {
                        self.has_outer = true;
                        self.rings.insert(0, ring);
                    }
                }
                Err(few) => self.bad = Some(few),
            },
            Err(bad) => self.bad = Some(quoted(&bad)),
        }
    }

    fn close_polygon(&mut self) {
        let rings = std::mem::take(&mut self.rings);
        if self.has_outer {
            self.shape.polygons.push(rings);
        } else if self.bad.is_none() {
            self.bad = Some("Polygon".to_owned());
        }
    }

    fn feature(self) -> Feature {
        let mut cells: Vec<(&str, usize, String)> = Vec::new();
        for (key, value) in &self.cells {
            cells.push((key, 0, value.clone()));
        }
        cells.push(("name", 0, self.name.clone()));
        // Who draws areas on a globe gives each a name and nothing else: that is its code then.
        let name = (!self.name.is_empty()).then(|| self.name.clone());
        let described = Properties::of_columns(cells.into_iter()).describe(name);
        if let Some(bad) = self.bad {
            return Err(Unusable::geometry(bad));
        }
        match (self.shape.polygons.is_empty(), self.other) {
            (false, _) => Ok((described, self.shape)),
            (true, Some(other)) => Err(Unusable::geometry(other)),
            (true, None) => Err(Unusable::no_shape(&described)),
        }
    }
}

/// `lon,lat,height lon,lat,height …`. The error is what is no position.
fn corners(text: &str) -> Result<Ring, String> {
    let mut ring = Vec::new();
    let mut tuple = String::new();
    let mut words = text.split_whitespace().peekable();
    while let Some(word) = words.next() {
        tuple.push_str(word);
        // Some programs put a space behind the comma.
        let goes_on = word.ends_with(',') || words.peek().is_some_and(|next| next.starts_with(','));
        if goes_on && words.peek().is_some() {
            continue;
        }
        let mut numbers = tuple.split(',').map(str::parse::<f64>);
        let (Some(Ok(x)), Some(Ok(y))) = (numbers.next(), numbers.next()) else {
            return Err(tuple);
        };
        ring.push(Coord { x, y });
        tuple.clear();
    }
    Ok(ring)
}

/// The rows of two cells of an HTML table, in which `ArcGIS` puts attributes.
fn cells_of_html(html: &str) -> Vec<(String, String)> {
    let mut cells = Vec::new();
    for row in html.split("<tr").skip(1) {
        let texts: Vec<String> = row.split("<td").skip(1).map(text_of_html).collect();
        if let [key, value] = texts.as_slice() {
            cells.push((key.clone(), value.clone()));
        }
    }
    cells
}

/// The text of a cell up to its end, without tags. It begins inside the opening tag.
fn text_of_html(cell: &str) -> String {
    let cell = cell.split("</td").next().unwrap_or_default();
    let mut out = String::new();
    for part in cell.split('>').skip(1) {
        out.push_str(part.split('<').next().unwrap_or_default());
    }
    out.trim().replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::super::areas::{AreasRead, read_boundaries};
    use super::super::choice::FileChoice;
    use super::*;
    use crate::model::Problem;

    fn areas(bytes: &[u8]) -> Result<AreasRead, Fault> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.kml");
        std::fs::write(&path, bytes).unwrap();
        read_boundaries(&FileChoice::of(path), &Progress::new())
    }

    fn kml(inside: &str) -> String {
        format!(
            r#"<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder>{inside}</Folder></Document></kml>"#
        )
    }

    const RING: &str =
        "<LinearRing><coordinates>120,30,0 121,30,0 121,31,0 120,30,0</coordinates></LinearRing>";

    fn polygon() -> String {
        format!("<Polygon><outerBoundaryIs>{RING}</outerBoundaryIs></Polygon>")
    }

    fn kinds(read: &AreasRead) -> Vec<(u64, &'static str)> {
        let short = |problem: &Problem| (problem.row, problem.kind.code());
        read.problems.iter().map(short).collect()
    }

    #[test]
    fn attributes_stand_in_four_places() {
        let polygon = polygon();
        let text = kml(&format!(
            r#"<Placemark><name>一格</name><ExtendedData><Data name="网格编码"><value>G1</value></Data></ExtendedData>{polygon}</Placemark>
            <Placemark id="x"><ExtendedData><SchemaData schemaUrl="s"><SimpleData name="网格编码">G&#x32;</SimpleData><SimpleData name="网格名称"><![CDATA[二&格]]></SimpleData></SchemaData></ExtendedData><MultiGeometry>{polygon}<MultiGeometry>{polygon}</MultiGeometry></MultiGeometry></Placemark>
            <Placemark><name>三 &amp; 四格</name>{polygon}</Placemark>
            <Placemark><name>x</name><description><![CDATA[<table><tr><td>网格编码</td><td style="x">G4</td></tr></table>]]></description>{polygon}</Placemark>"#
        ));
        let read = areas(text.as_bytes()).unwrap();
        let found: Vec<_> = read
            .areas
            .iter()
            .map(|area| (&*area.code, &*area.name, area.boundary.0.len()))
            .collect();
        assert_eq!(
            found,
            [
                ("G1", "一格", 1),
                ("G2", "二&格", 2),
                ("三 & 四格", "三 & 四格", 1),
                ("G4", "x", 1)
            ]
        );
        assert_eq!(kinds(&read), [(0, "unknown_level")]);
        let gbk = text.replace("UTF-8", "GBK");
        let (gbk, _, _) = encoding_rs::GBK.encode(&gbk);
        assert_eq!(areas(&gbk).unwrap().areas, read.areas);
    }

    #[test]
    fn holes_and_spaces_behind_commas() {
        let hole = "<innerBoundaryIs><LinearRing><coordinates>\n120.5, 30.1, 0\n120.6, 30.1, 0\n120.6, 30.2, 0\n</coordinates></LinearRing></innerBoundaryIs>";
        let text = kml(&format!(
            "<Placemark><name>a</name><Polygon>{hole}<outerBoundaryIs>{RING}</outerBoundaryIs></Polygon></Placemark>"
        ));
        let read = areas(text.as_bytes()).unwrap();
        assert_eq!(read.areas[0].boundary.0[0].interiors().len(), 1);
        assert_eq!(kinds(&read)[0], (1, "unclosed_ring"));
    }

    #[test]
    fn bad_placemarks_are_problems_and_the_others_stay() {
        let polygon = polygon();
        let text = kml(&format!(
            "<Placemark><name>a</name><Point><coordinates></coordinates></Point></Placemark>
             <Placemark><name>b</name></Placemark>
             <Placemark><name>c</name><Polygon><outerBoundaryIs><LinearRing><coordinates>1,x 2,2 3,3</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>
             <Placemark><name>d</name><Polygon/></Placemark>
             <Placemark>{polygon}</Placemark>
             <Placemark><name>f</name>{polygon}</Placemark>"
        ));
        let read = areas(text.as_bytes()).unwrap();
        assert_eq!(
            kinds(&read),
            [
                (1, "bad_geometry"),
                (2, "null_geometry"),
                (3, "bad_geometry"),
                (4, "bad_geometry"),
                (5, "missing_code"),
                (0, "unknown_level"),
            ]
        );
        assert_eq!(read.areas.len(), 1);
    }

    #[test]
    fn cut_deep_and_foreign_files() {
        let text = kml(&format!(
            "<Placemark><name>a</name>{}</Placemark>",
            polygon()
        ));
        for end in 0..text.len() {
            if let Ok(read) = areas(&text.as_bytes()[..end]) {
                assert!(
                    read.areas.len() + read.problems.len() > 0 || end < 130,
                    "{end}"
                );
            }
        }
        let deep = format!("<kml>{}", "<Folder>".repeat(1_000_000));
        assert_eq!(
            kinds(&areas(deep.as_bytes()).unwrap()),
            [(1, "bad_feature")]
        );
        let fault = areas(b"<html><body>404</body></html>").unwrap_err();
        assert_eq!(fault.message.key(), "read.areas_not_kml");
    }
}
