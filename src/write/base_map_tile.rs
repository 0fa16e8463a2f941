//! One vector tile: features simplified, cut at the tile's edge and encoded.

use super::base_map_cut::{EXTENT, Line, MARGIN, Ring, cut_line, rounded, simplified, whole_ring};
use crate::model::{BaseFeature, BaseLayer};
use geo_types::{Coord, LineString, MultiPolygon};
use mvt::{Error, GeomData, GeomEncoder, GeomType, Layer, Tile};
use std::ops::RangeInclusive;

/// How far a simplified line may stand from the true one, in tile units (8 are a pixel or less).
const TOLERANCE: f64 = 6.0;
const TOLERANCE_LAST_ZOOM: f64 = 1.0;

/// A feature's shape in the unit square of the tile scheme: x to the east, y to the south.
#[derive(Debug)]
pub(super) enum WorldShape {
    Point(Coord<f64>),
    Line(LineString<f64>),
    Polygon(MultiPolygon<f64>),
}

/// A feature with its shape.
pub(super) struct Placed<'a> {
    pub(super) feature: &'a BaseFeature,
    pub(super) shape: &'a WorldShape,
}

/// Columns and rows of the tiles that a shape touches with its margin, or `None` for an empty one.
pub(super) fn tile_span(
    shape: &WorldShape,
    zoom: u8,
) -> Option<(RangeInclusive<u32>, RangeInclusive<u32>)> {
    let side = f64::from(1_u32 << zoom);
    let margin = match shape {
        WorldShape::Point(_) => 0.0,
        _ => MARGIN / EXTENT,
    };
    let all: Box<dyn Iterator<Item = Coord<f64>>> = match shape {
        WorldShape::Point(at) => Box::new(std::iter::once(*at)),
        WorldShape::Line(line) => Box::new(line.0.iter().copied()),
        WorldShape::Polygon(polygons) => Box::new(
            polygons
                .0
                .iter()
                .flat_map(|it| it.exterior().0.iter().copied()),
        ),
    };
    let [mut min_x, mut min_y, mut max_x, mut max_y] = [
        f64::INFINITY,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::NEG_INFINITY,
    ];
    for at in all {
        min_x = min_x.min(at.x);
        min_y = min_y.min(at.y);
        max_x = max_x.max(at.x);
        max_y = max_y.max(at.y);
    }
    let number = |at: f64| at.floor().clamp(0.0, side - 1.0) as u32;
    let finite = min_x.is_finite() && min_y.is_finite() && max_x.is_finite() && max_y.is_finite();
    finite.then(|| {
        (
            number(min_x * side - margin)..=number(max_x * side + margin),
            number(min_y * side - margin)..=number(max_y * side + margin),
        )
    })
}

/// Encodes a tile. Layers without a feature are left out; a tile without a layer is empty.
pub(super) fn encode_tile<'a>(
    features: impl Iterator<Item = Placed<'a>>,
    zoom: u8,
    column: u32,
    row: u32,
    is_last_zoom: bool,
) -> Result<Vec<u8>, Error> {
    let frame = Frame {
        side: f64::from(1_u32 << zoom),
        column: f64::from(column),
        row: f64::from(row),
        tolerance: if is_last_zoom {
            TOLERANCE_LAST_ZOOM
        } else {
            TOLERANCE
        },
    };
    let mut tile = Tile::new(EXTENT as u32);
    let mut layers: Vec<(BaseLayer, Layer)> = BaseLayer::ALL
        .into_iter()
        .map(|layer| (layer, tile.create_layer(layer.code())))
        .collect();
    for Placed { feature, shape } in features {
        let Some(geometry) = frame.geometry(shape)? else {
            continue;
        };
        let Some((_, layer)) = layers.iter_mut().find(|(code, _)| *code == feature.layer) else {
            continue;
        };
        // The crate builds a feature out of its layer and gives the layer back behind it.
        let mut encoded = std::mem::take(layer).into_feature(geometry);
        encoded.add_tag_string("kind", &feature.kind);
        if !feature.name.is_empty() {
            encoded.add_tag_string("name", &feature.name);
        }
        encoded.add_tag_int("min_zoom", i64::from(feature.min_zoom));
        *layer = encoded.into_layer();
    }
    for (_, layer) in layers {
        if layer.num_features() > 0 {
            tile.add_layer(layer)?;
        }
    }
    tile.to_bytes()
}

/// Where a tile lies, and how exact its lines are.
struct Frame {
    side: f64,
    column: f64,
    row: f64,
    tolerance: f64,
}

impl Frame {
    fn tile_from_world(&self, at: Coord<f64>) -> Coord<f64> {
        Coord {
            x: (at.x * self.side - self.column) * EXTENT,
            y: (at.y * self.side - self.row) * EXTENT,
        }
    }

    /// The shape in tile units, or `None` where nothing of it is left.
    fn geometry(&self, shape: &WorldShape) -> Result<Option<GeomData>, Error> {
        let line = |line: &LineString<f64>| -> Line {
            let placed: Line = line.0.iter().map(|at| self.tile_from_world(*at)).collect();
            simplified(&placed, self.tolerance)
        };
        let data = match shape {
            WorldShape::Point(at) => {
                let at = self.tile_from_world(*at);
                let inside = |value: f64| (0.0..EXTENT).contains(&value);
                if !(inside(at.x) && inside(at.y)) {
                    return Ok(None);
                }
                GeomEncoder::new(GeomType::Point)
                    .point(at.x, at.y)?
                    .encode()?
            }
            WorldShape::Line(path) => encode_lines(&cut_line(&line(path)))?,
            WorldShape::Polygon(polygons) => {
                let mut rings: Vec<Ring> = Vec::new();
                for polygon in &polygons.0 {
                    let Some(outer) = whole_ring(&line(polygon.exterior()), true) else {
                        continue;
                    };
                    rings.push(outer);
                    rings.extend(
                        polygon
                            .interiors()
                            .iter()
                            .filter_map(|hole| whole_ring(&line(hole), false)),
                    );
                }
                encode_rings(rings)?
            }
        };
        Ok((!data.is_empty()).then_some(data))
    }
}

fn encode_lines(parts: &[Line]) -> Result<GeomData, Error> {
    let mut encoder = GeomEncoder::new(GeomType::Linestring);
    for part in parts {
        let whole = rounded(part);
        if whole.len() < 2 {
            continue;
        }
        for at in whole {
            encoder.add_point(f64::from(at.x), f64::from(at.y))?;
        }
        encoder.complete_geom()?;
    }
    encoder.encode()
}

fn encode_rings(rings: Vec<Ring>) -> Result<GeomData, Error> {
    let mut encoder = GeomEncoder::new(GeomType::Polygon);
    let mut end: Option<Coord<i32>> = None;
    for mut ring in rings {
        // The encoder takes a ring that starts where the last one ended for its continuation.
        if end.is_some() && ring.first().copied() == end {
            ring.rotate_left(1);
        }
        for at in &ring {
            encoder.add_point(f64::from(at.x), f64::from(at.y))?;
        }
        end = ring.last().copied();
        encoder.complete_geom()?;
    }
    encoder.encode()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::BaseGeometry;
    use geo_types::{Geometry, Point, Polygon};

    const ZOOM: u8 = 14;
    const COLUMN: u32 = 13_710;
    const ROW: u32 = 6_750;

    /// A position of the tile, in its units.
    fn at(x: f64, y: f64) -> Coord<f64> {
        let side = f64::from(1_u32 << ZOOM);
        Coord {
            x: (f64::from(COLUMN) + x / EXTENT) / side,
            y: (f64::from(ROW) + y / EXTENT) / side,
        }
    }

    fn ring(points: &[(f64, f64)]) -> LineString<f64> {
        LineString(points.iter().map(|(x, y)| at(*x, *y)).collect())
    }

    fn read_back(layer: BaseLayer, shape: &WorldShape) -> Vec<Geometry<i32>> {
        let feature = BaseFeature {
            layer,
            kind: "park".to_owned(),
            name: "滨河公园".to_owned(),
            min_zoom: 12,
            geometry: BaseGeometry::Point(Point::new(0.0, 0.0)),
        };
        let placed = Placed {
            feature: &feature,
            shape,
        };
        let bytes = encode_tile(std::iter::once(placed), ZOOM, COLUMN, ROW, true).unwrap();
        let reader = mvt_reader::Reader::new(bytes).unwrap();
        let layers = reader.get_layer_metadata().unwrap();
        if layers.is_empty() {
            return Vec::new();
        }
        assert_eq!(layers.len(), 1);
        assert_eq!(
            (layers[0].name.as_str(), layers[0].extent),
            (layer.code(), 4096)
        );
        let features = reader.get_features_as::<i32>(0).unwrap();
        for feature in &features {
            let properties = feature.properties.as_ref().unwrap();
            let text = |key: &str| match &properties[key] {
                mvt_reader::feature::Value::String(text) => text.clone(),
                other => panic!("{other:?}"),
            };
            assert_eq!(
                (text("kind"), text("name")),
                ("park".into(), "滨河公园".into())
            );
        }
        features.into_iter().map(|it| it.geometry).collect()
    }

    fn polygons(shape: &WorldShape) -> Vec<Polygon<i32>> {
        match read_back(BaseLayer::Landuse, shape).remove(0) {
            Geometry::MultiPolygon(polygons) => polygons.0,
            other => panic!("{other:?}"),
        }
    }

    fn area2(ring: &LineString<i32>) -> i64 {
        ring.lines()
            .map(|line| {
                i64::from(line.start.x) * i64::from(line.end.y)
                    - i64::from(line.end.x) * i64::from(line.start.y)
            })
            .sum()
    }

    #[test]
    fn a_polygon_with_a_hole_comes_back_whichever_way_it_was_wound() {
        let outer = [
            (100.0, 100.0),
            (900.0, 100.0),
            (900.0, 700.0),
            (100.0, 700.0),
            (100.0, 100.0),
        ];
        // The hole begins where the outer ring ends: the place where the encoder slips.
        let hole = [
            (100.0, 700.0),
            (300.0, 600.0),
            (300.0, 300.0),
            (100.0, 700.0),
        ];
        let reversed = |points: &[(f64, f64)]| points.iter().rev().copied().collect::<Vec<_>>();
        for (outer, hole) in [
            (outer.to_vec(), hole.to_vec()),
            (reversed(&outer), hole.to_vec()),
            (outer.to_vec(), reversed(&hole)),
        ] {
            let shape = WorldShape::Polygon(MultiPolygon(vec![Polygon::new(
                ring(&outer),
                vec![ring(&hole)],
            )]));
            let read = polygons(&shape);
            assert_eq!(read.len(), 1);
            assert_eq!(area2(read[0].exterior()), 2 * 800 * 600);
            assert_eq!(read[0].interiors().len(), 1);
            assert_eq!(area2(&read[0].interiors()[0]), -(300 * 200));
        }
    }

    #[test]
    fn what_is_outside_is_cut_at_the_margin() {
        let wide = ring(&[
            (-9e3, -9e3),
            (9e3, -9e3),
            (9e3, 9e3),
            (-9e3, 9e3),
            (-9e3, -9e3),
        ]);
        let shape = WorldShape::Polygon(MultiPolygon(vec![Polygon::new(wide, Vec::new())]));
        let side = (EXTENT + 2.0 * MARGIN) as i64;
        assert_eq!(area2(polygons(&shape)[0].exterior()), 2 * side * side);

        let away = ring(&[(5e3, 5e3), (6e3, 5e3), (6e3, 6e3), (5e3, 5e3)]);
        let shape = WorldShape::Polygon(MultiPolygon(vec![Polygon::new(away, Vec::new())]));
        assert_eq!(read_back(BaseLayer::Landuse, &shape), []);
    }

    #[test]
    fn a_line_that_leaves_and_comes_back_is_two_parts() {
        let line = ring(&[
            (100.0, 100.0),
            (100.0, 8000.0),
            (300.0, 8000.0),
            (300.0, 100.0),
        ]);
        let Geometry::MultiLineString(read) =
            read_back(BaseLayer::Roads, &WorldShape::Line(line)).remove(0)
        else {
            panic!("no lines");
        };
        let ends: Vec<_> = read
            .iter()
            .map(|part| (part.0[0], part.0[part.0.len() - 1]))
            .collect();
        let coord = |x, y| Coord { x, y };
        assert_eq!(
            ends,
            [
                (coord(100, 100), coord(100, 4176)),
                (coord(300, 4176), coord(300, 100))
            ]
        );
    }
}
