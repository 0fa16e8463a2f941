//! One vector tile: its features in Mercator metres.

use super::clip::{ClipBox, clip_line, clip_ring};
use super::tile_corner_merc;
use crate::datum::MercXY;
use crate::model::{BaseFeature, BaseGeometry, BaseLayer};
use geo_types::{Coord, Geometry, LineString, MultiPolygon, Point, Polygon};
use mvt_reader::Reader;
use mvt_reader::error::ParserError;
use mvt_reader::feature::Value;
use std::collections::HashMap;

/// Polygons keep this share of a tile beyond its edge, so that no seam shows between neighbours
/// whose edges are both smoothed.
const OVERLAP_SHARE: f64 = 1.0 / 512.0;

/// What has been found so far.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) features: Vec<BaseFeature>,
    /// Features seen in any layer.
    seen: u64,
    /// Features that speak our schema: a known layer, and a `kind`.
    known: u64,
}

impl Found {
    /// Whether there was something, and nothing of it is of the schema that we know.
    pub(super) fn is_of_another_schema(&self) -> bool {
        self.seen > 0 && self.known == 0
    }
}

/// From tile units to Mercator metres.
struct Frame {
    corner: MercXY,
    m_per_unit: f64,
    extent: f64,
}

impl Frame {
    fn merc(&self, at: Coord<f64>) -> Coord<f64> {
        Coord {
            x: self.corner.x + at.x * self.m_per_unit,
            y: self.corner.y - at.y * self.m_per_unit,
        }
    }

    fn merc_line(&self, line: &LineString<f64>) -> LineString<f64> {
        line.0.iter().map(|at| self.merc(*at)).collect()
    }

    fn exact(&self) -> ClipBox {
        ClipBox {
            min: 0.0,
            max: self.extent,
        }
    }

    fn overlapping(&self) -> ClipBox {
        ClipBox {
            min: -self.extent * OVERLAP_SHARE,
            max: self.extent * (1.0 + OVERLAP_SHARE),
        }
    }
}

/// Adds the features of a tile to what has been found.
pub(super) fn read_tile(
    bytes: Vec<u8>,
    zoom: u8,
    x: u32,
    y: u32,
    found: &mut Found,
) -> Result<(), ParserError> {
    let reader = Reader::new(bytes)?;
    let (corner, width_m) = tile_corner_merc(zoom, x, y);
    for layer in reader.get_layer_metadata()? {
        found.seen += layer.feature_count as u64;
        let known = BaseLayer::ALL
            .into_iter()
            .find(|known| known.code() == layer.name);
        let Some(known) = known else { continue };
        let extent = f64::from(layer.extent.max(1));
        let frame = Frame {
            corner,
            m_per_unit: width_m / extent,
            extent,
        };
        for feature in reader.get_features(layer.layer_index)? {
            let properties = feature.properties.unwrap_or_default();
            let Some(kind) = text(&properties, &["kind", "pmap:kind"]) else {
                continue;
            };
            found.known += 1;
            // What runs under the ground is not on the map.
            if kind == "rail"
                && (properties.contains_key("is_tunnel")
                    || text(&properties, &["kind_detail"]).as_deref() == Some("subway"))
            {
                continue;
            }
            let name = text(&properties, &["name:zh-Hans", "name:zh", "name"]);
            let template = BaseFeature {
                layer: known,
                kind,
                name: name.unwrap_or_default(),
                min_zoom: whole(&properties, &["min_zoom", "pmap:min_zoom"]),
                geometry: BaseGeometry::Point(Point::new(0.0, 0.0)),
            };
            for geometry in geometries(feature.geometry, &frame) {
                found.features.push(BaseFeature {
                    geometry,
                    ..template.clone()
                });
            }
        }
    }
    Ok(())
}

/// The clipped geometries of a feature. A name of many points becomes many features, and so does
/// a line of many parts.
fn geometries(geometry: Geometry<f32>, frame: &Frame) -> Vec<BaseGeometry> {
    match geometry {
        Geometry::MultiPoint(points) => points
            .into_iter()
            .map(|at| coord(at.0))
            .filter(|at| frame.exact().contains(*at))
            .map(|at| BaseGeometry::Point(frame.merc(at).into()))
            .collect(),
        Geometry::LineString(line) => lines(&line, frame),
        Geometry::MultiLineString(many) => {
            many.iter().flat_map(|line| lines(line, frame)).collect()
        }
        Geometry::Polygon(polygon) => polygons(&[polygon], frame),
        Geometry::MultiPolygon(many) => polygons(&many.0, frame),
        _ => Vec::new(),
    }
}

fn lines(line: &LineString<f32>, frame: &Frame) -> Vec<BaseGeometry> {
    clip_line(&widened(line), frame.exact())
        .iter()
        .map(|part| BaseGeometry::Line(frame.merc_line(part)))
        .collect()
}

fn polygons(many: &[Polygon<f32>], frame: &Frame) -> Vec<BaseGeometry> {
    let clipped = |ring: &LineString<f32>| {
        clip_ring(&widened(ring), frame.overlapping()).map(|ring| frame.merc_line(&ring))
    };
    let kept: Vec<Polygon<f64>> = many
        .iter()
        .filter_map(|polygon| {
            let outer = clipped(polygon.exterior())?;
            let holes = polygon.interiors().iter().filter_map(clipped).collect();
            Some(Polygon::new(outer, holes))
        })
        .collect();
    if kept.is_empty() {
        return Vec::new();
    }
    vec![BaseGeometry::Polygon(MultiPolygon(kept))]
}

fn coord(at: Coord<f32>) -> Coord<f64> {
    Coord {
        x: f64::from(at.x),
        y: f64::from(at.y),
    }
}

fn widened(line: &LineString<f32>) -> LineString<f64> {
    line.0.iter().map(|at| coord(*at)).collect()
}

/// The first of these properties that is a text with something in it.
fn text(properties: &HashMap<String, Value>, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|key| match properties.get(*key) {
        Some(Value::String(text)) if !text.is_empty() => Some(text.clone()),
        _ => None,
    })
}

/// The first of these properties that is a number, as a whole number; 0 where there is none.
fn whole(properties: &HashMap<String, Value>, keys: &[&str]) -> u8 {
    keys.iter()
        .find_map(|key| match properties.get(*key)? {
            Value::Float(value) => Some(*value as u8),
            Value::Double(value) => Some(*value as u8),
            Value::Int(value) | Value::SInt(value) => Some((*value).clamp(0, 255) as u8),
            Value::UInt(value) => Some((*value).min(255) as u8),
            _ => None,
        })
        .unwrap_or(0)
}
