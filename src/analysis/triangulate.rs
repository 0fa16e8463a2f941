//! Polygons to triangles.

use geo::TriangulateEarcut;
use geo_types::{Coord, MultiPolygon};

/// Corners of a boundary and the triangles between them, three corner numbers each, by ear
/// cutting. Holes stay open. Boundaries that cross themselves give overlapping triangles.
pub fn triangulate(boundary: &MultiPolygon<f64>) -> (Vec<Coord<f64>>, Vec<u32>) {
    let mut corners: Vec<Coord<f64>> = Vec::new();
    let mut triangles = Vec::new();
    for polygon in boundary {
        let raw = polygon.earcut_triangles_raw();
        let first = corners.len() as u32;
        corners.extend(raw.vertices.iter().map(|[x, y]| Coord { x: *x, y: *y }));
        triangles.extend(raw.triangle_indices.iter().map(|at| first + *at as u32));
    }
    (corners, triangles)
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo_types::polygon;

    #[test]
    fn an_l_shape_is_four_triangles() {
        let shape = polygon![(x: 0.0, y: 0.0), (x: 2.0, y: 0.0), (x: 2.0, y: 1.0), (x: 1.0, y: 1.0), (x: 1.0, y: 2.0), (x: 0.0, y: 2.0)];
        let (corners, triangles) = triangulate(&MultiPolygon(vec![shape]));
        assert_eq!(triangles.len(), 12);
        assert!(triangles.iter().all(|at| (*at as usize) < corners.len()));
    }

    #[test]
    fn nothing_has_no_triangles() {
        let (corners, triangles) = triangulate(&MultiPolygon(Vec::new()));
        assert!(corners.is_empty() && triangles.is_empty());
    }
}
