//! Areas filled by class; no data is hatched, never the lowest class.

use super::ScreenFromMerc;
use crate::datum::MercXY;
use crate::jobs::AreaValue;
use crate::layer::AreaMesh;
use crate::snapshot::AreaIndex;
use egui::epaint::{Mesh, Vertex, WHITE_UV};
use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, pos2};
use std::collections::BTreeMap;

/// Paints the areas in the colours of their classes.
pub(super) fn paint(
    painter: &Painter,
    map: &ScreenFromMerc,
    mesh: &AreaMesh,
    values: &[AreaValue],
    colors: &[[u8; 4]],
    opacity: f32,
    hatch: Color32,
) {
    let rect = painter.clip_rect();
    let by_area: BTreeMap<AreaIndex, &AreaValue> =
        values.iter().map(|value| (value.area, value)).collect();
    let mut filled = Mesh::default();
    for part in &mesh.parts {
        let Some(value) = by_area.get(&part.area) else {
            continue;
        };
        let corners = mesh
            .vertices
            .get(part.vertices.start as usize..part.vertices.end as usize)
            .unwrap_or_default();
        let triangles = mesh
            .indices
            .get(part.indices.start as usize..part.indices.end as usize)
            .unwrap_or_default();
        let places: Vec<Pos2> = corners
            .iter()
            .map(|[x, y]| {
                map.screen(MercXY {
                    x: mesh.origin_merc.x + f64::from(*x),
                    y: mesh.origin_merc.y + f64::from(*y),
                })
            })
            .collect();
        let around = Rect::from_points(&places);
        if !around.intersects(rect) {
            continue;
        }
        let Some([red, green, blue, alpha]) = value.class.and_then(|class| colors.get(class))
        else {
            hatch_area(
                painter,
                around.intersect(rect),
                &places,
                triangles,
                part.vertices.start,
                hatch,
            );
            continue;
        };
        let color =
            Color32::from_rgba_unmultiplied(*red, *green, *blue, *alpha).gamma_multiply(opacity);
        let first = filled.vertices.len() as u32;
        filled.vertices.extend(places.iter().map(|at| Vertex {
            pos: *at,
            uv: WHITE_UV,
            color,
        }));
        filled.indices.extend(
            triangles
                .iter()
                .map(|index| index - part.vertices.start + first),
        );
    }
    painter.add(Shape::mesh(filled));
}

/// Diagonal lines over an area.
fn hatch_area(
    painter: &Painter,
    seen: Rect,
    places: &[Pos2],
    triangles: &[u32],
    first: u32,
    color: Color32,
) {
    const STEP: f32 = 7.0;
    let stroke = Stroke::new(1.0, color);
    let corner = |index: u32| places.get((index - first) as usize).copied();
    for triangle in triangles.chunks_exact(3) {
        let &[a, b, c] = triangle else { continue };
        let (Some(a), Some(b), Some(c)) = (corner(a), corner(b), corner(c)) else {
            continue;
        };
        // Lines x + y = k cut a triangle in a segment between two of its sides.
        let sums = [a, b, c].map(|at| at.x + at.y);
        let low = sums
            .iter()
            .copied()
            .fold(f32::INFINITY, f32::min)
            .max(seen.min.x + seen.min.y);
        let high = sums
            .iter()
            .copied()
            .fold(f32::NEG_INFINITY, f32::max)
            .min(seen.max.x + seen.max.y);
        let mut line = (low / STEP).ceil() * STEP;
        while line <= high {
            let cuts: Vec<Pos2> = [(a, b), (b, c), (c, a)]
                .into_iter()
                .filter_map(|(from, to)| cut(from, to, line))
                .collect();
            if let [from, to, ..] = cuts[..] {
                painter.line_segment([from, to], stroke);
            }
            line += STEP;
        }
    }
}

/// Where a side crosses the line x + y = sum.
fn cut(from: Pos2, to: Pos2, sum: f32) -> Option<Pos2> {
    let (start, end) = (from.x + from.y, to.x + to.y);
    if (start > sum) == (end > sum) {
        return None;
    }
    let along = (sum - start) / (end - start);
    Some(pos2(
        from.x + (to.x - from.x) * along,
        from.y + (to.y - from.y) * along,
    ))
}
