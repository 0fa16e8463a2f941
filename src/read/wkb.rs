//! The geometry of a `GeoPackage` row → rings: a small header, then well-known binary. Counts are
//! checked against the bytes that are there.
//!
//! Read here and not by a crate: the one at hand takes curves (types 8 and up) for polygons by the
//! last bits of their number, and ignores the byte order of the parts.

use super::boundary::quoted;
use super::rings::{Ring, Shape, closed};
use geo_types::Coord;

/// Deepest nesting of collections.
const DEEPEST: usize = 8;

/// The shape of a `GeoPackage` geometry; `None` for an empty one. The error is what cannot be used.
pub(super) fn shape(blob: &[u8]) -> Result<Option<Shape>, String> {
    let bad = || "GP …".to_owned();
    let [b'G', b'P', _version, flags, ..] = blob else {
        return Err(bad());
    };
    if flags & 0b0010_0000 != 0 {
        return Err("ExtendedGeoPackageBinary".to_owned());
    }
    let envelope = match (flags >> 1) & 0b111 {
        0 => 0,
        1 => 32,
        2 | 3 => 48,
        4 => 64,
        _ => return Err(bad()),
    };
    if flags & 0b0001_0000 != 0 {
        return Ok(None);
    }
    let mut reader = Reader {
        rest: blob.get(8 + envelope..).ok_or_else(bad)?,
        big_endian: false,
    };
    let mut shape = Shape::default();
    geometry(&mut reader, &mut shape, 0)?;
    Ok((!shape.polygons.is_empty()).then_some(shape))
}

struct Reader<'a> {
    rest: &'a [u8],
    big_endian: bool,
}

impl Reader<'_> {
    fn bytes<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (head, rest) = self.rest.split_at_checked(N)?;
        self.rest = rest;
        head.try_into().ok()
    }

    fn count(&mut self) -> Option<usize> {
        let four = self.bytes()?;
        Some(if self.big_endian {
            u32::from_be_bytes(four)
        } else {
            u32::from_le_bytes(four)
        } as usize)
    }

    fn number(&mut self) -> Option<f64> {
        let eight = self.bytes()?;
        Some(if self.big_endian {
            f64::from_be_bytes(eight)
        } else {
            f64::from_le_bytes(eight)
        })
    }

    fn ring(&mut self, dimensions: usize) -> Option<Ring> {
        let corners = self.count()?;
        if corners > self.rest.len() / (8 * dimensions) {
            return None;
        }
        let mut ring = Vec::with_capacity(corners);
        for _ in 0..corners {
            let (x, y) = (self.number()?, self.number()?);
            for _ in 2..dimensions {
                self.number()?;
            }
            ring.push(Coord { x, y });
        }
        Some(ring)
    }
}

fn geometry(reader: &mut Reader<'_>, shape: &mut Shape, depth: usize) -> Result<(), String> {
    let cut = || "WKB …".to_owned();
    let [order] = reader.bytes().ok_or_else(cut)?;
    if order > 1 || depth > DEEPEST {
        return Err(cut());
    }
    reader.big_endian = order == 0;
    let code = reader.count().ok_or_else(cut)? as u32;
    // Two ways to say that there are heights and measures: thousands (ISO) and high bits (PostGIS).
    let (kind, thousands) = (code & 0x1FFF_FFFF, (code & 0x1FFF_FFFF) / 1000);
    let heights = thousands == 1 || thousands == 3 || code & 0x8000_0000 != 0;
    let measures = thousands == 2 || thousands == 3 || code & 0x4000_0000 != 0;
    let dimensions = 2 + usize::from(heights) + usize::from(measures);
    if code & 0x2000_0000 != 0 {
        reader.bytes::<4>().ok_or_else(cut)?;
    }
    match kind % 1000 {
        3 => {
            let rings = reader.count().ok_or_else(cut)?;
            let mut polygon = Vec::new();
            for _ in 0..rings {
                let mut ring = reader.ring(dimensions).ok_or_else(cut)?;
                shape.was_open |= closed(&mut ring)?;
                polygon.push(ring);
            }
            if !polygon.is_empty() {
                shape.polygons.push(polygon);
            }
        }
        6 | 7 => {
            let parts = reader.count().ok_or_else(cut)?;
            for _ in 0..parts {
                geometry(reader, shape, depth + 1)?;
            }
        }
        other => return Err(name_of(other)),
    }
    Ok(())
}

/// The name of a geometry that is no area.
fn name_of(kind: u32) -> String {
    let known = match kind {
        1 => "Point",
        2 => "LineString",
        4 => "MultiPoint",
        5 => "MultiLineString",
        8 => "CircularString",
        9 => "CompoundCurve",
        10 => "CurvePolygon",
        11 => "MultiCurve",
        12 => "MultiSurface",
        _ => return quoted(&format!("WKB {kind}")),
    };
    known.to_owned()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A triangle as a `GeoPackage` has it.
    pub(crate) fn triangle(code: u32, dimensions: usize, big_endian: bool) -> Vec<u8> {
        let mut blob = b"GP\0\x01\xE6\x10\0\0".to_vec();
        blob.push(u8::from(!big_endian));
        let int = |value: u32, blob: &mut Vec<u8>| {
            blob.extend(if big_endian {
                value.to_be_bytes()
            } else {
                value.to_le_bytes()
            });
        };
        int(code, &mut blob);
        int(1, &mut blob);
        int(4, &mut blob);
        for (x, y) in [
            (120.0_f64, 30.0_f64),
            (121.0, 30.0),
            (121.0, 31.0),
            (120.0, 30.0),
        ] {
            for number in [x, y, 5.0, 6.0].into_iter().take(dimensions) {
                blob.extend(if big_endian {
                    number.to_be_bytes()
                } else {
                    number.to_le_bytes()
                });
            }
        }
        blob
    }

    #[test]
    fn polygons_of_all_dimensions_and_byte_orders() {
        let expected = shape(&triangle(3, 2, false)).unwrap().unwrap();
        assert_eq!(expected.polygons[0][0].len(), 4);
        for (code, dimensions) in [
            (1003, 3),
            (2003, 3),
            (3003, 4),
            (0x8000_0003, 3),
            (0xC000_0003, 4),
        ] {
            for big_endian in [false, true] {
                let found = shape(&triangle(code, dimensions, big_endian)).unwrap();
                assert_eq!(found.as_ref(), Some(&expected), "{code}");
            }
        }
    }

    #[test]
    fn several_polygons_each_with_its_own_byte_order() {
        let mut blob = triangle(3, 2, false);
        let first = blob.split_off(8);
        blob.extend([0, 0, 0, 0, 6, 0, 0, 0, 2]);
        blob.extend(first);
        blob.extend(&triangle(3, 2, true)[8..]);
        assert_eq!(shape(&blob).unwrap().unwrap().polygons.len(), 2);
    }

    #[test]
    fn what_is_no_polygon_is_named_and_no_count_is_believed() {
        for (code, name) in [
            (1, "Point"),
            (11, "MultiCurve"),
            (1012, "MultiSurface"),
            (99, "WKB99"),
        ] {
            assert_eq!(shape(&triangle(code, 2, false)), Err(name.to_owned()));
        }
        let whole = triangle(3, 2, false);
        for end in 0..whole.len() {
            assert!(shape(&whole[..end]).is_err(), "{end}");
        }
        for at in 9..21 {
            let mut blob = whole.clone();
            blob[at] = 0xFF;
            let _ = shape(&blob);
        }
        let mut deep = whole[..8].to_vec();
        for _ in 0..50_000 {
            deep.extend([1, 7, 0, 0, 0, 1, 0, 0, 0]);
        }
        assert!(shape(&deep).is_err());
        let mut empty = whole;
        empty[3] |= 0b0001_0000;
        assert_eq!(shape(&empty), Ok(None));
        assert!(shape(b"").is_err());
    }
}
