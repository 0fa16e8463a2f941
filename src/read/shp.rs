//! The shapes of a `.shp`: polygons with or without heights and measures.
//!
//! They are read here and not by a crate: the one at hand reserves memory for whatever count a record
//! states, and gives up on the file at its first bad record.

use super::boundary::quoted;
use super::rings::{Ring, Shape};
use geo_types::Coord;
use std::io::{Read, Seek, SeekFrom};

const HEADER_BYTES: u64 = 100;
const FILE_CODE: [u8; 4] = [0, 0, 0x27, 0x0A];

/// Whether bytes begin as a `.shp` (or `.shx`) does.
pub(super) fn is_shp(head: &[u8]) -> bool {
    head.starts_with(&FILE_CODE)
}

/// Whether a `.shp` that begins so holds polygons.
pub(super) fn holds_polygons(head: &[u8]) -> bool {
    is_shp(head) && matches!(head.get(32..36), Some([5 | 15 | 25, 0, 0, 0]))
}

fn int(bytes: &[u8], at: usize) -> Option<usize> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    usize::try_from(i32::from_le_bytes(four.try_into().ok()?)).ok()
}

/// The shape of a record; `None` for the null shape.
pub(super) fn shape(record: &[u8]) -> Result<Option<Shape>, String> {
    let kind = int(record, 0).ok_or("Shape")?;
    match kind {
        0 => return Ok(None),
        5 | 15 | 25 => {}
        1 | 11 | 21 => return Err("Point".to_owned()),
        3 | 13 | 23 => return Err("PolyLine".to_owned()),
        8 | 18 | 28 => return Err("MultiPoint".to_owned()),
        31 => return Err("MultiPatch".to_owned()),
        _ => return Err(quoted(&format!("Shape {kind}"))),
    }
    let rings = rings(record).ok_or_else(|| "Polygon …".to_owned())?;
    if rings.is_empty() {
        return Ok(None);
    }
    Shape::of_directed(rings).map(Some)
}

/// The rings of a polygon: the places where they start, then all corners. Heights and measures behind
/// them are left.
fn rings(record: &[u8]) -> Option<Vec<Ring>> {
    let (parts, corners) = (int(record, 36)?, int(record, 40)?);
    let starts_end = 44_usize.checked_add(parts.checked_mul(4)?)?;
    let starts = record.get(44..starts_end)?;
    let corners_end = starts_end.checked_add(corners.checked_mul(16)?)?;
    let corners: Vec<Coord<f64>> = record
        .get(starts_end..corners_end)?
        .chunks_exact(16)
        .filter_map(|pair| {
            let (x, y) = pair.split_at_checked(8)?;
            Some(Coord {
                x: f64::from_le_bytes(x.try_into().ok()?),
                y: f64::from_le_bytes(y.try_into().ok()?),
            })
        })
        .collect();
    let starts = (0..parts).map(|part| int(starts, part * 4));
    let mut starts: Vec<usize> = starts.collect::<Option<_>>()?;
    starts.push(corners.len());
    let mut rings = Vec::new();
    for ends in starts.windows(2) {
        let [from, to] = ends else { continue };
        let ring = corners.get(*from..*to)?;
        if !ring.is_empty() {
            rings.push(ring.to_vec());
        }
    }
    Some(rings)
}

/// The records of a `.shp`, in the order of the `.shx` where there is a usable one: a program that
/// changed a shape may have left the old one in between.
pub(super) struct Records<R> {
    shp: R,
    bytes: u64,
    at: u64,
    /// Places of the records; `None` for one behind the other.
    places: Option<std::vec::IntoIter<u64>>,
    /// Bytes that may still be read: an index that names one record again and again ends.
    left: u64,
    ended: bool,
}

impl<R: Read + Seek> Records<R> {
    pub(super) fn of(shp: R, bytes: u64, shx: Option<&[u8]>) -> Self {
        Self {
            shp,
            bytes,
            at: HEADER_BYTES,
            places: shx.and_then(|shx| places(shx, bytes)).map(Vec::into_iter),
            left: bytes.saturating_mul(2),
            ended: false,
        }
    }

    /// Reads the header; whether it is one.
    pub(super) fn begin(&mut self) -> std::io::Result<bool> {
        let mut header = Vec::new();
        self.shp
            .by_ref()
            .take(HEADER_BYTES)
            .read_to_end(&mut header)?;
        let words = header.get(24..28).and_then(|four| four.try_into().ok());
        let stated = words.map_or(0, |four| u64::from(u32::from_be_bytes(four)) * 2);
        if (HEADER_BYTES + 1..self.bytes).contains(&stated) {
            self.bytes = stated;
        }
        Ok(is_shp(&header) && header.len() as u64 == HEADER_BYTES)
    }

    /// The next record; `Some(None)` for one that is cut, after which there is no other.
    #[allow(clippy::option_option)] // The end, and a record without contents.
    pub(super) fn next(&mut self) -> std::io::Result<Option<Option<Vec<u8>>>> {
        if self.ended {
            return Ok(None);
        }
        if let Some(places) = &mut self.places {
            match places.next() {
                Some(place) if place == self.at => {}
                Some(place) => {
                    self.shp.seek(SeekFrom::Start(place))?;
                    self.at = place;
                }
                None => return Ok(None),
            }
        }
        if self.at >= self.bytes {
            return Ok(None);
        }
        let mut head = Vec::new();
        self.shp.by_ref().take(8).read_to_end(&mut head)?;
        let words = head.get(4..8).and_then(|four| four.try_into().ok());
        let length = words.map(|four| u64::from(u32::from_be_bytes(four)) * 2);
        self.at += 8;
        let fits = |length: &u64| *length <= self.bytes.saturating_sub(self.at).min(self.left);
        let Some(length) = length.filter(fits) else {
            self.ended = true;
            return Ok(Some(None));
        };
        let mut record = Vec::new();
        self.shp.by_ref().take(length).read_to_end(&mut record)?;
        self.at += length;
        self.left -= length;
        if (record.len() as u64) < length {
            self.ended = true;
            return Ok(Some(None));
        }
        Ok(Some(Some(record)))
    }
}

/// The places of the records that a `.shx` names; `None` where it is none of this file.
fn places(shx: &[u8], shp_bytes: u64) -> Option<Vec<u64>> {
    let entries = shx.get(HEADER_BYTES as usize..)?;
    if !is_shp(shx) || entries.is_empty() {
        return None;
    }
    let place = |entry: &[u8]| {
        let words = u32::from_be_bytes(entry.get(..4)?.try_into().ok()?);
        let place = u64::from(words) * 2;
        (place >= HEADER_BYTES && place + 12 <= shp_bytes).then_some(place)
    };
    entries.chunks_exact(8).map(place).collect()
}
