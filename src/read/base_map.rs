//! Base maps from `PMTiles` files: vector tiles of the Protomaps schema become plain features.

mod clip;
mod header;
mod tile;

pub use header::check_header;

use crate::base::{Broken, Progress, quietly};
use crate::datum::{MERC_HALF_M, MercBox, MercXY};
use crate::model::BaseFeature;
use crate::words::{Fault, Message};
use pmtiles::{
    AsyncBackend, AsyncPmTilesReader, BackendResponse, HashMapCache, PmtError, PmtResult, TileCoord,
};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// More tiles than this for one picture means a lower zoom level is asked for instead.
const MAX_TILES: u64 = 400;

/// A read longer than this is no directory and no tile of a base map, but damage.
const MAX_READ_BYTES: usize = 64 << 20;

/// An open base map.
pub struct BaseMapFile {
    reader: AsyncPmTilesReader<FileBackend, HashMapCache>,
    header: header::Header,
    name: String,
    attribution: String,
}

/// The attribution in a file's metadata. Metadata that cannot be read names nobody.
fn attribution_of(metadata: &str) -> String {
    let value: Option<serde_json::Value> = serde_json::from_str(metadata).ok();
    let text = value
        .as_ref()
        .and_then(|value| value.get("attribution")?.as_str())
        .unwrap_or("");
    // Tile makers write links; a window and a picture show their words alone.
    let mut in_tag = false;
    let plain: String = text
        .chars()
        .filter(|character| {
            in_tag = match character {
                '<' => true,
                '>' => {
                    in_tag = false;
                    return false;
                }
                _ => in_tag,
            };
            !in_tag
        })
        .collect();
    plain.trim().to_owned()
}

/// The file behind the reader. One read at a time; nothing ever waits.
struct FileBackend(Mutex<File>);

impl AsyncBackend for FileBackend {
    async fn read(&self, offset: usize, length: usize) -> PmtResult<BackendResponse> {
        if length > MAX_READ_BYTES {
            return Err(PmtError::InvalidEntry);
        }
        let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(offset as u64))?;
        let mut bytes = Vec::new();
        file.by_ref().take(length as u64).read_to_end(&mut bytes)?;
        Ok(BackendResponse::new(bytes.into()))
    }
}

impl BaseMapFile {
    /// Opens a `PMTiles` file. Its header and directory are checked before anything is believed.
    ///
    /// # Errors
    /// A file that cannot be read, is no `PMTiles` file, or is damaged.
    pub fn open(path: &Path) -> Result<Self, Fault> {
        let name = file_name(path);
        let header = header::read_header(path)?;
        let file = File::open(path).map_err(|error| unreadable(&name).because(error))?;
        let backend = FileBackend(Mutex::new(file));
        let reader = guarded(&name, || {
            pollster::block_on(AsyncPmTilesReader::try_from_cached_source(
                backend,
                HashMapCache::default(),
            ))
        })?;
        let metadata = guarded(&name, || pollster::block_on(reader.get_metadata()))?;
        let attribution = attribution_of(&metadata);
        Ok(Self {
            reader,
            header,
            name,
            attribution,
        })
    }

    /// Whom the file names as its makers, without markup; empty where it names nobody.
    pub fn attribution(&self) -> &str {
        &self.attribution
    }

    /// The box that the file says it covers.
    pub fn bounds_merc(&self) -> MercBox {
        self.header.bounds_merc
    }

    /// The lowest zoom level in the file.
    pub fn min_zoom(&self) -> u8 {
        self.header.min_zoom
    }

    /// The highest zoom level in the file.
    pub fn max_zoom(&self) -> u8 {
        self.header.max_zoom
    }

    /// Whether its tiles are vectors; pictures cannot be drawn in our style.
    pub fn is_vector(&self) -> bool {
        self.header.is_vector
    }

    /// The features in view, in Web Mercator metres, clipped to their tiles. The zoom level is
    /// brought into the file's range, and lowered where the view would need too many tiles.
    ///
    /// # Errors
    /// A map of pictures, a schema that is not known, a damaged tile, or a cancelled read.
    pub fn features(
        &self,
        view_merc: MercBox,
        zoom: u8,
        progress: &Progress,
    ) -> Result<Vec<BaseFeature>, Fault> {
        if !self.is_vector() {
            let message = Message::new("layer.base_map_pictures").arg("file", &self.name);
            return Err(Fault::input(message));
        }
        let mut zoom = zoom.clamp(self.min_zoom(), self.max_zoom());
        let view = intersection(view_merc, self.bounds_merc());
        if view.is_empty() {
            return Ok(Vec::new());
        }
        while zoom > self.min_zoom() && TileRange::of(view, zoom).count() > MAX_TILES {
            zoom -= 1;
        }
        let range = TileRange::of(view, zoom);
        progress.set_total(range.count());
        let mut found = tile::Found::default();
        for y in range.y_first..=range.y_last {
            for x in range.x_first..=range.x_last {
                self.read_tile(zoom, x, y, &mut found)?;
                progress.tick(1)?;
            }
        }
        if found.is_of_another_schema() {
            let message = Message::new("layer.base_map_schema").arg("file", &self.name);
            return Err(Fault::input(message));
        }
        Ok(found.features)
    }

    fn read_tile(&self, zoom: u8, x: u32, y: u32, found: &mut tile::Found) -> Result<(), Fault> {
        let bytes = guarded(&self.name, || {
            let coord = TileCoord::new(zoom, x, y)?;
            pollster::block_on(self.reader.get_tile_decompressed(coord))
        })?;
        let Some(bytes) = bytes else {
            return Ok(());
        };
        tile::read_tile(bytes.to_vec(), zoom, x, y, found)
            .map_err(|error| damaged(&self.name).because(error))
    }
}

/// Runs a call into the reader. It panics on some damaged directories (a count beyond all
/// memory, offsets that overflow), and a damaged file must be a sentence, not a dead window.
fn guarded<T>(name: &str, call: impl FnOnce() -> PmtResult<T>) -> Result<T, Fault> {
    match quietly(call) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(damaged(name).because(error)),
        Err(Broken) => Err(damaged(name)),
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    )
}

fn unreadable(name: &str) -> Fault {
    Fault::input(Message::new("layer.base_map_unreadable").arg("file", name))
}

fn damaged(name: &str) -> Fault {
    Fault::input(Message::new("layer.base_map_damaged").arg("file", name))
}

fn intersection(a: MercBox, b: MercBox) -> MercBox {
    MercBox {
        min_x: a.min_x.max(b.min_x),
        min_y: a.min_y.max(b.min_y),
        max_x: a.max_x.min(b.max_x),
        max_y: a.max_y.min(b.max_y),
    }
}

/// The tiles of one zoom level that a view touches.
#[derive(Debug, PartialEq, Eq)]
struct TileRange {
    x_first: u32,
    x_last: u32,
    y_first: u32,
    y_last: u32,
}

impl TileRange {
    fn of(view_merc: MercBox, zoom: u8) -> Self {
        let tiles = f64::from(zoom).exp2();
        // A cast from a float stops at the ends of the type, so only the far end needs a clamp.
        let index = |fraction: f64| ((fraction * tiles).floor() as u32).min(tiles as u32 - 1);
        let world_m = 2.0 * MERC_HALF_M;
        Self {
            x_first: index((view_merc.min_x + MERC_HALF_M) / world_m),
            x_last: index((view_merc.max_x + MERC_HALF_M) / world_m),
            y_first: index((MERC_HALF_M - view_merc.max_y) / world_m),
            y_last: index((MERC_HALF_M - view_merc.min_y) / world_m),
        }
    }

    fn count(&self) -> u64 {
        u64::from(self.x_last - self.x_first + 1) * u64::from(self.y_last - self.y_first + 1)
    }
}

/// The north-west corner of a tile and its width, in Mercator metres.
fn tile_corner_merc(zoom: u8, x: u32, y: u32) -> (MercXY, f64) {
    let width_m = 2.0 * MERC_HALF_M / f64::from(zoom).exp2();
    let corner = MercXY {
        x: f64::from(x) * width_m - MERC_HALF_M,
        y: MERC_HALF_M - f64::from(y) * width_m,
    };
    (corner, width_m)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::datum::merc_from_lonlat;
    use crate::model::{BaseGeometry, BaseLayer, LonLat};
    use crate::words::FaultKind;
    use pmtiles::{Compression, PmTilesWriter, TileType};
    use std::path::PathBuf;

    fn varint(mut value: u64) -> Vec<u8> {
        let mut bytes = Vec::new();
        while value >= 0x80 {
            bytes.push((value as u8) | 0x80);
            value >>= 7;
        }
        bytes.push(value as u8);
        bytes
    }

    fn field(number: u64, bytes: &[u8]) -> Vec<u8> {
        [
            varint(number << 3 | 2),
            varint(bytes.len() as u64),
            bytes.to_vec(),
        ]
        .concat()
    }

    fn number(number: u64, value: u64) -> Vec<u8> {
        [varint(number << 3), varint(value)].concat()
    }

    fn packed(values: &[u64]) -> Vec<u8> {
        values.iter().flat_map(|value| varint(*value)).collect()
    }

    /// A tile with one layer of one feature that has a kind and a name.
    fn tile(layer: &str, kind_key: &str, geometry_type: u64, commands: &[u64]) -> Vec<u8> {
        let feature = [
            field(2, &packed(&[0, 0, 1, 1])),
            number(3, geometry_type),
            field(4, &packed(commands)),
        ];
        let layer = [
            number(15, 2),
            field(1, layer.as_bytes()),
            field(2, &feature.concat()),
            field(3, kind_key.as_bytes()),
            field(3, b"name"),
            field(4, &field(1, b"major_road")),
            field(4, &field(1, "示范路".as_bytes())),
            number(5, 4096),
        ];
        field(3, &layer.concat())
    }

    /// Zigzag, as the tile format has it.
    fn zig(value: i64) -> u64 {
        ((value << 1) ^ (value >> 63)) as u64
    }

    /// A level line across the whole tile and its border, half way down.
    fn crossing_line() -> Vec<u64> {
        vec![9, zig(-100), zig(2048), 10, zig(4296), 0]
    }

    const TILE: (u8, u32, u32) = (12, 3_424, 1_673);

    struct Fixture {
        _folder: tempfile::TempDir,
        path: PathBuf,
    }

    fn written(kind: TileType, directory: Compression, tile: &[u8]) -> Fixture {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("底图.pmtiles");
        let mut writer = PmTilesWriter::new(kind)
            .internal_compression(directory)
            .min_zoom(12)
            .max_zoom(12)
            .bounds(120.0, 30.0, 122.0, 32.0)
            .create(File::create(&path).unwrap())
            .unwrap();
        let coord = TileCoord::new(TILE.0, TILE.1, TILE.2).unwrap();
        writer.add_tile(coord, tile).unwrap();
        writer.finalize().unwrap();
        Fixture {
            _folder: folder,
            path,
        }
    }

    fn view() -> MercBox {
        let (corner, width_m) = tile_corner_merc(TILE.0, TILE.1, TILE.2);
        MercBox {
            min_x: corner.x,
            min_y: corner.y - width_m,
            max_x: corner.x + width_m,
            max_y: corner.y,
        }
    }

    fn features(path: &Path) -> Result<Vec<BaseFeature>, Fault> {
        BaseMapFile::open(path)?.features(view(), 16, &Progress::new())
    }

    #[test]
    fn a_road_comes_out_in_mercator_metres_and_ends_at_the_tile() {
        for directory in [Compression::Gzip, Compression::None] {
            let bytes = tile("roads", "kind", 2, &crossing_line());
            let fixture = written(TileType::Mvt, directory, &bytes);
            let features = features(&fixture.path).unwrap();
            assert_eq!(features.len(), 1);
            let road = &features[0];
            assert_eq!(
                (road.layer, road.kind.as_str()),
                (BaseLayer::Roads, "major_road")
            );
            assert_eq!(road.name, "示范路");
            let BaseGeometry::Line(line) = &road.geometry else {
                panic!("a road is a line");
            };
            let (view, middle) = (view(), view().center());
            let ends: Vec<(f64, f64)> = line.coords().map(|at| (at.x, at.y)).collect();
            for (end, x) in ends.iter().zip([view.min_x, view.max_x]) {
                assert!((end.0 - x).abs() < 1e-6 && (end.1 - middle.y).abs() < 1e-6);
            }
        }
    }

    #[test]
    fn a_view_beside_the_map_is_empty() {
        let bytes = tile("roads", "kind", 2, &crossing_line());
        let fixture = written(TileType::Mvt, Compression::Gzip, &bytes);
        let map = BaseMapFile::open(&fixture.path).unwrap();
        let far = MercBox::EMPTY.with(merc_from_lonlat(LonLat {
            lon: 2.0,
            lat: 48.0,
        }));
        assert_eq!(map.features(far, 12, &Progress::new()).unwrap(), []);
        let progress = Progress::new();
        progress.cancel();
        assert!(
            map.features(view(), 12, &progress)
                .unwrap_err()
                .is_cancelled()
        );
    }

    #[test]
    fn pictures_and_other_schemas_are_named() {
        let picture = written(TileType::Png, Compression::Gzip, b"not looked at");
        assert!(!BaseMapFile::open(&picture.path).unwrap().is_vector());
        let fault = features(&picture.path).unwrap_err();
        assert_eq!(fault.message.key(), "layer.base_map_pictures");
        // Another schema has layers of the same names, but no kinds.
        for (layer, key) in [("transportation", "class"), ("water", "class")] {
            let bytes = tile(layer, key, 2, &crossing_line());
            let other = written(TileType::Mvt, Compression::Gzip, &bytes);
            let fault = features(&other.path).unwrap_err();
            assert_eq!(fault.message.key(), "layer.base_map_schema");
        }
    }

    #[test]
    fn what_is_no_base_map_gets_a_sentence() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.pmtiles");
        assert_eq!(
            check_header(&path).unwrap_err().message.key(),
            "layer.base_map_unreadable"
        );
        for (bytes, key) in [
            (&b""[..], "layer.base_map_not_pmtiles"),
            (b"SQLite format 3\0", "layer.base_map_not_pmtiles"),
            (b"PMTiles", "layer.base_map_damaged"),
            (b"PMTiles\x03 and no more", "layer.base_map_damaged"),
            (b"PMTiles\x02 and no more", "layer.base_map_unsupported"),
        ] {
            std::fs::write(&path, bytes).unwrap();
            let fault = check_header(&path).unwrap_err();
            assert_eq!((fault.message.key(), fault.kind), (key, FaultKind::Input));
        }
    }

    #[test]
    fn no_damage_to_the_first_bytes_or_the_end_is_worse_than_a_sentence() {
        for directory in [Compression::Gzip, Compression::None] {
            let bytes = tile("roads", "kind", 2, &crossing_line());
            let fixture = written(TileType::Mvt, directory, &bytes);
            let whole = std::fs::read(&fixture.path).unwrap();
            let mut refused = 0;
            for at in (0..160).chain(whole.len() - 40..whole.len()) {
                for value in [0x00, 0x01, 0x7f, 0xff] {
                    let mut damaged = whole.clone();
                    damaged[at] = value;
                    std::fs::write(&fixture.path, damaged).unwrap();
                    refused += u32::from(features(&fixture.path).is_err());
                }
            }
            assert!(refused > 100, "{refused}");
            for length in (0..whole.len()).step_by(whole.len() / 50) {
                std::fs::write(&fixture.path, &whole[..length]).unwrap();
                assert!(features(&fixture.path).is_err(), "{length}");
            }
        }
    }
}
