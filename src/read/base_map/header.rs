//! The header of a `PMTiles` file, checked before the reader believes it: a wild offset or length
//! there would make the reader panic.

use super::{damaged, file_name, unreadable};
use crate::datum::{MERC_HALF_M, MercBox, merc_from_lonlat};
use crate::model::LonLat;
use crate::words::{Fault, Message};
use std::fs::File;
use std::io::Read;
use std::path::Path;

const HEADER_BYTES: u64 = 127;

/// Header and root directory stand within these first bytes; the format says so.
const FIRST_BYTES: u64 = 16_384;

/// The highest zoom level that any base map of ours or others' has.
const HIGHEST_ZOOM: u8 = 24;

/// What is worth knowing of a checked header.
#[derive(Debug)]
pub(super) struct Header {
    pub(super) bounds_merc: MercBox,
    pub(super) min_zoom: u8,
    pub(super) max_zoom: u8,
    pub(super) is_vector: bool,
}

/// Whether a file is a `PMTiles` file with a sane header: magic, version 3, offsets and lengths
/// inside the file, a bounded root directory, compressions that we can read.
///
/// # Errors
/// A sentence that says what is wrong with the file.
pub fn check_header(path: &Path) -> Result<(), Fault> {
    read_header(path).map(|_| ())
}

pub(super) fn read_header(path: &Path) -> Result<Header, Fault> {
    let name = file_name(path);
    let refuse = |error: std::io::Error| unreadable(&name).because(error);
    // Opening a pipe may wait for ever.
    if !std::fs::metadata(path).map_err(refuse)?.is_file() {
        return Err(unreadable(&name));
    }
    let file = File::open(path).map_err(refuse)?;
    let file_bytes = file.metadata().map_err(refuse)?.len();
    let mut first = Vec::new();
    file.take(FIRST_BYTES)
        .read_to_end(&mut first)
        .map_err(refuse)?;
    if !first.starts_with(b"PMTiles") {
        let message = Message::new("layer.base_map_not_pmtiles").arg("file", name);
        return Err(Fault::input(message));
    }
    match parse(&first, file_bytes) {
        Some(Parsed::Readable(header)) => Ok(header),
        Some(Parsed::Unsupported) => Err(Fault::input(
            Message::new("layer.base_map_unsupported").arg("file", &name),
        )),
        None => Err(damaged(&name)),
    }
}

/// What a header that is not damaged says.
enum Parsed {
    Readable(Header),
    /// A version or a compression that we do not read.
    Unsupported,
}

/// The header of a file that begins with these bytes. `None` is damage.
fn parse(first: &[u8], file_bytes: u64) -> Option<Parsed> {
    let byte = |at: usize| first.get(at).copied();
    // Early writers put the character 3 where the number 3 belongs.
    if !matches!(byte(7)?, 3 | b'3') {
        return Some(Parsed::Unsupported);
    }
    let mut sections = [(0, 0); 4];
    for (index, section) in sections.iter_mut().enumerate() {
        *section = (
            u64_at(first, 8 + index * 16)?,
            u64_at(first, 16 + index * 16)?,
        );
    }
    for (offset, length) in sections {
        if length > 0 && offset.checked_add(length)? > file_bytes {
            return None;
        }
    }
    let (root_offset, root_length) = sections[0];
    let root_end = root_offset.checked_add(root_length)?;
    if root_offset < HEADER_BYTES || root_length == 0 || root_end > FIRST_BYTES {
        return None;
    }
    let (internal, tiles, kind) = (byte(97)?, byte(98)?, byte(99)?);
    if internal > 4 || tiles > 4 || !(1..=6).contains(&kind) {
        return None;
    }
    let is_vector = kind == 1;
    // 1 is none, 2 is gzip.
    if !matches!(internal, 1 | 2) || (is_vector && !matches!(tiles, 1 | 2)) || kind == 6 {
        return Some(Parsed::Unsupported);
    }
    if internal == 1 {
        let root = first.get(root_offset as usize..root_end as usize)?;
        check_directory(root)?;
    }
    let (min_zoom, max_zoom) = (byte(100)?, byte(101)?);
    if min_zoom > max_zoom || max_zoom > HIGHEST_ZOOM {
        return None;
    }
    Some(Parsed::Readable(Header {
        bounds_merc: bounds_merc(first)?,
        min_zoom,
        max_zoom,
        is_vector,
    }))
}

/// The box of the header; the whole world where the writer left it empty.
fn bounds_merc(first: &[u8]) -> Option<MercBox> {
    let degrees = |at: usize| i32_at(first, at).map(|value| f64::from(value) / 1e7);
    let west_south = LonLat::new(degrees(102)?, degrees(106)?)?;
    let east_north = LonLat::new(degrees(110)?, degrees(114)?)?;
    if west_south.lon > east_north.lon || west_south.lat > east_north.lat {
        return None;
    }
    let world = MercBox {
        min_x: -MERC_HALF_M,
        min_y: -MERC_HALF_M,
        max_x: MERC_HALF_M,
        max_y: MERC_HALF_M,
    };
    if west_south == east_north {
        return Some(world);
    }
    let bounds = MercBox::EMPTY
        .with(merc_from_lonlat(west_south))
        .with(merc_from_lonlat(east_north));
    Some(super::intersection(bounds, world))
}

/// Walks an uncompressed directory as the reader will, but with checked sums. A compressed one
/// has a checksum, which the reader compares.
fn check_directory(bytes: &[u8]) -> Option<()> {
    let mut rest = bytes;
    let count = varint(&mut rest)?;
    // An entry has four numbers of at least a byte each.
    if count.checked_mul(4)? > rest.len() as u64 {
        return None;
    }
    let mut tile_id = 0_u64;
    for _ in 0..count {
        tile_id = tile_id.checked_add(varint(&mut rest)?)?;
    }
    for _ in 0..count {
        u32::try_from(varint(&mut rest)?).ok()?;
    }
    let mut lengths = Vec::new();
    for _ in 0..count {
        lengths.push(u64::from(u32::try_from(varint(&mut rest)?).ok()?));
    }
    let mut last_end = None;
    for length in lengths {
        let offset = match varint(&mut rest)? {
            0 => last_end?,
            offset => offset - 1,
        };
        last_end = Some(offset.checked_add(length)?);
    }
    Some(())
}

fn varint(rest: &mut &[u8]) -> Option<u64> {
    let mut value = 0_u64;
    for shift in (0..63).step_by(7) {
        let (first, behind) = rest.split_first()?;
        *rest = behind;
        value |= u64::from(first & 0x7f) << shift;
        if first & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    let eight = bytes.get(at..at + 8)?.try_into().ok()?;
    Some(u64::from_le_bytes(eight))
}

fn i32_at(bytes: &[u8], at: usize) -> Option<i32> {
    let four = bytes.get(at..at + 4)?.try_into().ok()?;
    Some(i32::from_le_bytes(four))
}
