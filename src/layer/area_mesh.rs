//! The areas as triangles, so that the window fills them in one draw.

use crate::analysis::triangulate;
use crate::datum::{MercBox, MercXY};
use crate::snapshot::{AreaIndex, Areas};
use std::ops::Range;

/// Triangles of many areas in one buffer. A colour for each area is a slice of vertices.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaMesh {
    /// What the vertices are relative to, so that 32 bits hold them to the centimetre.
    pub origin_merc: MercXY,
    /// Corners, in Mercator metres from the origin: x to the east, y to the north.
    pub vertices: Vec<[f32; 2]>,
    /// Three a triangle.
    pub indices: Vec<u32>,
    /// The areas in order, each with its range of `vertices` and its range of `indices`.
    pub parts: Vec<AreaPart>,
}

/// Where an area is in the mesh.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaPart {
    /// The area.
    pub area: AreaIndex,
    /// Its corners.
    pub vertices: Range<u32>,
    /// Its triangles.
    pub indices: Range<u32>,
}

/// Triangulates the boundaries of these areas.
pub fn area_mesh(areas: &Areas, which: &[AreaIndex]) -> AreaMesh {
    let known = || {
        which.iter().filter_map(|area| {
            let at = area.get()?;
            Some((*area, areas.boundary_merc.get(at)?, areas.box_merc.get(at)?))
        })
    };
    let around = known().fold(MercBox::EMPTY, |around, (_, _, own)| around.union(*own));
    let origin_merc = if around.is_empty() {
        MercXY { x: 0.0, y: 0.0 }
    } else {
        around.center()
    };
    let mut mesh = AreaMesh {
        origin_merc,
        vertices: Vec::new(),
        indices: Vec::new(),
        parts: Vec::new(),
    };
    for (area, boundary, _) in known() {
        let first_vertex = mesh.vertices.len() as u32;
        let first_index = mesh.indices.len() as u32;
        let (corners, triangles) = triangulate(boundary);
        mesh.vertices.extend(corners.iter().map(|at| {
            let (x, y) = (at.x - origin_merc.x, at.y - origin_merc.y);
            [x as f32, y as f32]
        }));
        mesh.indices
            .extend(triangles.iter().map(|corner| first_vertex + corner));
        mesh.parts.push(AreaPart {
            area,
            vertices: first_vertex..mesh.vertices.len() as u32,
            indices: first_index..mesh.indices.len() as u32,
        });
    }
    mesh
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo_types::{MultiPolygon, polygon};

    fn areas(boundaries: Vec<MultiPolygon<f64>>) -> Areas {
        let boxes = boundaries.iter().map(|boundary| {
            boundary
                .iter()
                .flat_map(|part| part.exterior().coords())
                .fold(MercBox::EMPTY, |around, at| {
                    around.with(MercXY { x: at.x, y: at.y })
                })
        });
        Areas {
            box_merc: boxes.collect(),
            boundary_merc: boundaries,
            ..Areas::default()
        }
    }

    fn area_of(mesh: &AreaMesh, part: &AreaPart) -> f64 {
        let corner = |at: u32| mesh.vertices[at as usize].map(f64::from);
        mesh.indices[part.indices.start as usize..part.indices.end as usize]
            .chunks_exact(3)
            .map(|triangle| {
                let [a, b, c] = [
                    corner(triangle[0]),
                    corner(triangle[1]),
                    corner(triangle[2]),
                ];
                ((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])).abs() / 2.0
            })
            .sum()
    }

    #[test]
    fn triangles_fill_each_area_and_leave_its_holes() {
        let far = 13_497_488.0;
        let ring = polygon!(
            exterior: [(x: far, y: 0.0), (x: far + 30.0, y: 0.0), (x: far + 30.0, y: 30.0), (x: far, y: 30.0)],
            interiors: [[(x: far + 10.0, y: 10.0), (x: far + 10.0, y: 20.0), (x: far + 20.0, y: 20.0), (x: far + 20.0, y: 10.0)]],
        );
        let beside =
            polygon![(x: far + 30.0, y: 0.0), (x: far + 40.0, y: 0.0), (x: far + 40.0, y: 10.0)];
        let areas = areas(vec![
            MultiPolygon(vec![ring]),
            MultiPolygon(Vec::new()),
            MultiPolygon(vec![beside]),
        ]);
        let mesh = area_mesh(
            &areas,
            &[
                AreaIndex(0),
                AreaIndex(1),
                AreaIndex(2),
                AreaIndex::NONE,
                AreaIndex(9),
            ],
        );
        let sizes: Vec<f64> = mesh.parts.iter().map(|part| area_of(&mesh, part)).collect();
        assert_eq!(sizes, [800.0, 0.0, 50.0]);
        assert!(
            mesh.vertices
                .iter()
                .flatten()
                .all(|value| value.abs() <= 20.0)
        );
    }
}
