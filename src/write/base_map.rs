//! A base map as vector tiles in one `PMTiles` file (version 3, Mapbox Vector Tiles, gzip), with the
//! layers of the Protomaps schema.

use super::base_map_tile::{Placed, WorldShape, encode_tile, tile_span};
use super::output;
use crate::base::Progress;
use crate::datum::{MERC_HALF_M, MercBox, MercXY, lonlat_from_merc, merc_from_lonlat};
use crate::model::{BaseFeature, BaseGeometry, BaseLayer, LonLat};
use crate::words::Fault;
use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use geojson::JsonValue;
use pmtiles::{PmTilesWriter, PmtError, TileCoord, TileId, TileType};
use std::collections::BTreeMap;
use std::path::Path;

/// Tiles of a side at this zoom level must fit the tile numbers.
const MAX_ZOOM: u8 = 20;

/// Writes features in longitude and latitude (WGS-84) as tiles of the zoom levels `min_zoom` to
/// `max_zoom`. A feature stands in the tiles from its own `min_zoom` on; lines and areas are
/// simplified by zoom level and cut at the tile's edge with a margin. `attribution` names the
/// source wherever the map is shown.
pub fn write_base_map(
    path: &Path,
    features: &[BaseFeature],
    min_zoom: u8,
    max_zoom: u8,
    attribution: &str,
    progress: &Progress,
) -> Result<(), Fault> {
    let failed = || output::failed::<PmtError>(path);
    let max_zoom = max_zoom.min(MAX_ZOOM);
    let world: Vec<WorldShape> = features
        .iter()
        .map(|feature| world_from_lonlat(&feature.geometry))
        .collect();
    let tiles = tiles(features, &world, min_zoom, max_zoom);
    progress.set_total(tiles.len() as u64);

    let bounds = features.iter().fold(MercBox::EMPTY, |bounds, feature| {
        coordinates(&feature.geometry).fold(bounds, |bounds, at| bounds.with(merc(at)))
    });
    let mut file = output::open(path)?;
    let mut writer = PmTilesWriter::new(TileType::Mvt)
        .min_zoom(min_zoom)
        .max_zoom(max_zoom)
        .metadata(&metadata(features, min_zoom, max_zoom, attribution));
    if !bounds.is_empty() {
        let corner = |x, y| lonlat_from_merc(MercXY { x, y });
        let south_west = corner(bounds.min_x, bounds.min_y);
        let north_east = corner(bounds.max_x, bounds.max_y);
        let center = lonlat_from_merc(bounds.center());
        writer = writer
            .bounds(
                south_west.lon,
                south_west.lat,
                north_east.lon,
                north_east.lat,
            )
            .center(center.lon, center.lat)
            .center_zoom(min_zoom);
    }
    let mut archive = writer.create(&mut file).map_err(failed())?;
    for (coord, members) in tiles.values() {
        progress.tick(1)?;
        let placed = members.iter().filter_map(|at| {
            let (feature, shape) = (features.get(*at)?, world.get(*at)?);
            Some(Placed { feature, shape })
        });
        let bytes = encode_tile(
            placed,
            coord.z(),
            coord.x(),
            coord.y(),
            coord.z() == max_zoom,
        )
        .map_err(output::failed(path))?;
        archive.add_tile(*coord, &bytes).map_err(failed())?;
    }
    archive.finalize().map_err(failed())?;
    progress.tick(0)?;
    output::finish(path, file)
}

type Tiles = BTreeMap<u64, (TileCoord, Vec<usize>)>;

/// Which features stand in which tile, in the order of the archive.
fn tiles(features: &[BaseFeature], world: &[WorldShape], min_zoom: u8, max_zoom: u8) -> Tiles {
    let mut tiles = Tiles::new();
    for zoom in min_zoom..=max_zoom {
        for (at, (feature, shape)) in features.iter().zip(world).enumerate() {
            if feature.min_zoom > zoom {
                continue;
            }
            let Some((columns, rows)) = tile_span(shape, zoom) else {
                continue;
            };
            for x in columns {
                for y in rows.clone() {
                    if let Ok(coord) = TileCoord::new(zoom, x, y) {
                        tiles
                            .entry(TileId::from(coord).value())
                            .or_insert_with(|| (coord, Vec::new()))
                            .1
                            .push(at);
                    }
                }
            }
        }
    }
    tiles
}

fn merc(at: Coord<f64>) -> MercXY {
    merc_from_lonlat(LonLat {
        lon: at.x,
        lat: at.y,
    })
}

/// Degrees → the unit square of the tile scheme: x to the east, y to the south.
fn world_from_lonlat(geometry: &BaseGeometry) -> WorldShape {
    let point = |at: Coord<f64>| {
        let merc = merc(at);
        Coord {
            x: f64::midpoint(1.0, merc.x / MERC_HALF_M),
            y: f64::midpoint(1.0, -merc.y / MERC_HALF_M),
        }
    };
    let line = |line: &LineString<f64>| LineString(line.0.iter().copied().map(point).collect());
    match geometry {
        BaseGeometry::Point(at) => WorldShape::Point(point(at.0)),
        BaseGeometry::Line(path) => WorldShape::Line(line(path)),
        BaseGeometry::Polygon(polygons) => WorldShape::Polygon(MultiPolygon(
            polygons
                .0
                .iter()
                .map(|polygon| {
                    Polygon::new(
                        line(polygon.exterior()),
                        polygon.interiors().iter().map(line).collect(),
                    )
                })
                .collect(),
        )),
    }
}

fn coordinates(geometry: &BaseGeometry) -> Box<dyn Iterator<Item = Coord<f64>> + '_> {
    match geometry {
        BaseGeometry::Point(at) => Box::new(std::iter::once(at.0)),
        BaseGeometry::Line(line) => Box::new(line.0.iter().copied()),
        BaseGeometry::Polygon(polygons) => Box::new(
            polygons
                .0
                .iter()
                .flat_map(|polygon| polygon.exterior().0.iter().copied()),
        ),
    }
}

/// The archive's description of itself (`TileJSON` 3.0).
fn metadata(features: &[BaseFeature], min_zoom: u8, max_zoom: u8, attribution: &str) -> String {
    let layers: Vec<JsonValue> = BaseLayer::ALL
        .into_iter()
        .filter(|layer| features.iter().any(|feature| feature.layer == *layer))
        .map(|layer| {
            let fields = object([
                ("kind", JsonValue::from("String")),
                ("name", JsonValue::from("String")),
                ("min_zoom", JsonValue::from("Number")),
            ]);
            object([
                ("id", JsonValue::from(layer.code())),
                ("fields", fields),
                ("minzoom", JsonValue::from(min_zoom)),
                ("maxzoom", JsonValue::from(max_zoom)),
            ])
        })
        .collect();
    object([
        ("name", JsonValue::from("Livelihood Map base map")),
        ("type", JsonValue::from("baselayer")),
        ("attribution", JsonValue::from(attribution)),
        ("vector_layers", JsonValue::from(layers)),
    ])
    .to_string()
}

fn object<const N: usize>(members: [(&str, JsonValue); N]) -> JsonValue {
    JsonValue::Object(
        members
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo_types::Point;

    fn point(lon: f64, lat: f64, min_zoom: u8) -> BaseFeature {
        BaseFeature {
            layer: BaseLayer::Pois,
            kind: "school".to_owned(),
            name: "示范小学".to_owned(),
            min_zoom,
            geometry: BaseGeometry::Point(Point::new(lon, lat)),
        }
    }

    #[test]
    fn features_stand_in_their_tiles_from_their_zoom_on() {
        let features = [point(121.25, 30.17, 14)];
        let world: Vec<_> = features
            .iter()
            .map(|feature| world_from_lonlat(&feature.geometry))
            .collect();
        let tiles = tiles(&features, &world, 12, 15);
        // Tile numbers of 121.25 E, 30.17 N by the formula of the OpenStreetMap wiki.
        let found: Vec<_> = tiles
            .values()
            .map(|(coord, _)| (coord.z(), coord.x(), coord.y()))
            .collect();
        assert_eq!(found, [(14, 13_710, 6_750), (15, 27_420, 13_501)]);
    }

    #[test]
    fn the_archive_starts_as_a_pmtiles_file_of_version_3() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("base-map.pmtiles");
        let features = [point(121.25, 30.17, 12), point(121.3, 30.2, 12)];
        write_base_map(&path, &features, 12, 13, "示例", &Progress::new()).unwrap();
        let bytes = std::fs::read(&path).unwrap();
        assert!(bytes.starts_with(b"PMTiles\x03"));
        // Header fields of the specification: internal and tile compression gzip, tile type MVT,
        // zoom levels, bounds in 1e-7 degrees.
        assert_eq!(bytes[97..102], [2, 2, 1, 12, 13]);
        assert_eq!(bytes[102..106], 1_212_500_000_i32.to_le_bytes());
        assert_eq!(bytes[114..118], 302_000_000_i32.to_le_bytes());
    }

    #[test]
    fn a_map_without_features_is_still_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("base-map.pmtiles");
        write_base_map(&path, &[], 12, 15, "", &Progress::new()).unwrap();
        assert!(std::fs::read(&path).unwrap().starts_with(b"PMTiles\x03"));
    }

    #[test]
    fn cancelled_nothing_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let progress = Progress::new();
        progress.cancel();
        let features = [point(121.25, 30.17, 12)];
        let path = folder.path().join("base-map.pmtiles");
        let fault = write_base_map(&path, &features, 12, 15, "", &progress).unwrap_err();
        assert!(fault.is_cancelled());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
