//! Base maps from PMTiles files: vector tiles of the Protomaps schema become plain features.

mod clip;
mod header;
mod tile;

pub use header::check_header;

use crate::base::Progress;
use crate::datum::{MERC_HALF_M, MercBox, MercXY};
use crate::model::BaseFeature;
use crate::words::{Fault, Message};
use pmtiles::{
    AsyncBackend, AsyncPmTilesReader, BackendResponse, HashMapCache, PmtError, PmtResult, TileCoord,
};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};
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
    /// Opens a PMTiles file. Its header and directory are checked before anything is believed.
    ///
    /// # Errors
    /// A file that cannot be read, is no PMTiles file, or is damaged.
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
        Ok(Self {
            reader,
            header,
            name,
        })
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
    match catch_unwind(AssertUnwindSafe(call)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(damaged(name).because(error)),
        Err(_) => Err(damaged(name)),
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
