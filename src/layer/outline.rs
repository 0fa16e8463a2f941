//! Boundaries as lines, each shared edge once: two areas that meet have one line between them.

use crate::datum::MercXY;
use crate::snapshot::{AreaIndex, Areas};
use std::collections::HashSet;

/// The boundaries of some areas as open lines in Web Mercator metres. An edge that two rings
/// share (with the same corners) is in the first one's line alone, so that dashes do not fill
/// each other's gaps.
pub fn outline_lines(areas: &Areas, which: impl Iterator<Item = AreaIndex>) -> Vec<Vec<MercXY>> {
    let mut drawn: HashSet<[u64; 4]> = HashSet::new();
    let mut lines = Vec::new();
    let boundaries = which.filter_map(|area| areas.boundary_merc.get(area.0 as usize));
    for polygon in boundaries.flat_map(geo_types::MultiPolygon::iter) {
        for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
            let mut line: Vec<MercXY> = Vec::new();
            for edge in ring.lines() {
                let ends = [edge.start, edge.end].map(|at| MercXY { x: at.x, y: at.y });
                if drawn.insert(edge_key(ends)) {
                    if line.is_empty() {
                        line.push(ends[0]);
                    }
                    line.push(ends[1]);
                } else if !line.is_empty() {
                    lines.push(std::mem::take(&mut line));
                }
            }
            if !line.is_empty() {
                lines.push(line);
            }
        }
    }
    lines
}

/// The same for both directions of an edge.
fn edge_key([one, other]: [MercXY; 2]) -> [u64; 4] {
    let bits = |at: MercXY| [at.x.to_bits(), at.y.to_bits()];
    let (a, b) = (bits(one).min(bits(other)), bits(one).max(bits(other)));
    [a[0], a[1], b[0], b[1]]
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo_types::{MultiPolygon, polygon};

    #[test]
    fn a_shared_edge_is_drawn_once() {
        let left = polygon![(x: 0.0, y: 0.0), (x: 1.0, y: 0.0), (x: 1.0, y: 1.0), (x: 0.0, y: 1.0)];
        let right =
            polygon![(x: 1.0, y: 0.0), (x: 2.0, y: 0.0), (x: 2.0, y: 1.0), (x: 1.0, y: 1.0)];
        let areas = Areas {
            boundary_merc: vec![MultiPolygon(vec![left]), MultiPolygon(vec![right])],
            ..Areas::default()
        };
        let lines = outline_lines(&areas, [AreaIndex(0), AreaIndex(1)].into_iter());
        let edges: usize = lines.iter().map(|line| line.len() - 1).sum();
        assert_eq!(edges, 7);
    }
}
