//! Boundaries as bytes: short, exact, and read without trust.
//!
//! Little endian: one version byte (1), the number of polygons, for each the number of rings
//! (the outer one first), for each the number of points, for each x and y. Numbers are `u32`,
//! coordinates `f64`.

use geo_types::{Coord, LineString, MultiPolygon, Polygon};

const VERSION: u8 = 1;
const POINT_BYTES: usize = 16;

/// The bytes of a boundary.
pub(super) fn encode(boundary: &MultiPolygon<f64>) -> Vec<u8> {
    let rings = boundary
        .iter()
        .flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()));
    let size = rings
        .map(|ring| 4 + POINT_BYTES * ring.0.len())
        .sum::<usize>();
    let mut bytes = Vec::with_capacity(5 + 4 * boundary.0.len() + size);
    bytes.push(VERSION);
    put_count(&mut bytes, boundary.0.len());
    for polygon in boundary {
        put_count(&mut bytes, 1 + polygon.interiors().len());
        put_ring(&mut bytes, polygon.exterior());
        for ring in polygon.interiors() {
            put_ring(&mut bytes, ring);
        }
    }
    bytes
}

fn put_count(bytes: &mut Vec<u8>, count: usize) {
    bytes.extend_from_slice(&(count as u32).to_le_bytes());
}

fn put_ring(bytes: &mut Vec<u8>, ring: &LineString<f64>) {
    put_count(bytes, ring.0.len());
    for point in ring {
        bytes.extend_from_slice(&point.x.to_le_bytes());
        bytes.extend_from_slice(&point.y.to_le_bytes());
    }
}

/// The boundary of bytes, or `None` where they are not what [`encode`] writes.
pub(super) fn decode(bytes: &[u8]) -> Option<MultiPolygon<f64>> {
    let (version, rest) = bytes.split_first()?;
    if *version != VERSION {
        return None;
    }
    let mut rest = Rest(rest);
    let polygons = rest.count(8)?;
    let mut out = Vec::with_capacity(polygons);
    for _ in 0..polygons {
        let holes = rest.count(4)?.checked_sub(1)?;
        let exterior = rest.ring()?;
        let interiors = (0..holes).map(|_| rest.ring()).collect::<Option<_>>()?;
        out.push(Polygon::new(exterior, interiors));
    }
    rest.0.is_empty().then_some(MultiPolygon(out))
}

/// The bytes that are still unread.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    /// A number of things of which each takes at least so many bytes: more than the rest can
    /// hold is damage, and is found before anything is allocated for it.
    fn count(&mut self, least_bytes: usize) -> Option<usize> {
        let (count, rest) = self.0.split_first_chunk::<4>()?;
        self.0 = rest;
        let count = u32::from_le_bytes(*count) as usize;
        (count <= rest.len() / least_bytes).then_some(count)
    }

    fn coordinate(&mut self) -> Option<f64> {
        let (number, rest) = self.0.split_first_chunk::<8>()?;
        self.0 = rest;
        Some(f64::from_le_bytes(*number))
    }

    fn ring(&mut self) -> Option<LineString<f64>> {
        let points = self.count(POINT_BYTES)?;
        let mut ring = Vec::with_capacity(points);
        for _ in 0..points {
            let x = self.coordinate()?;
            let y = self.coordinate()?;
            ring.push(Coord { x, y });
        }
        Some(LineString(ring))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo_types::polygon;

    fn with_hole() -> MultiPolygon<f64> {
        let one = polygon!(
            exterior: [(x: 0.1, y: 0.2), (x: 9.0 / 7.0, y: 0.0), (x: 1.0, y: 1e-300), (x: 0.0, y: 1.0)],
            interiors: [[(x: 0.3, y: 0.3), (x: 0.4, y: 0.3), (x: 0.4, y: 0.4)]],
        );
        let two = polygon![(x: 121.0, y: 30.0), (x: 122.0, y: 30.0), (x: 122.0, y: 31.0)];
        MultiPolygon(vec![one, two])
    }

    #[test]
    fn boundaries_come_back_exactly() {
        let nothing_outside = Polygon::new(LineString(vec![]), vec![]);
        for boundary in [
            with_hole(),
            MultiPolygon(vec![]),
            MultiPolygon(vec![nothing_outside]),
        ] {
            assert_eq!(decode(&encode(&boundary)), Some(boundary));
        }
    }

    #[test]
    fn damaged_bytes_give_nothing() {
        let bytes = encode(&with_hole());
        for end in 0..bytes.len() {
            assert_eq!(decode(&bytes[..end]), None, "cut at {end}");
        }
        let mut longer = bytes.clone();
        longer.push(0);
        assert_eq!(decode(&longer), None);
        let mut other_version = bytes.clone();
        other_version[0] = 2;
        assert_eq!(decode(&other_version), None);
        for at in 1..13 {
            let mut huge = bytes.clone();
            huge[at] = 0xFF;
            assert_eq!(decode(&huge), None, "count at {at}");
        }
        assert_eq!(
            decode(&[1, 1, 0, 0, 0, 0, 0, 0, 0]),
            None,
            "a polygon without a ring"
        );
    }
}
