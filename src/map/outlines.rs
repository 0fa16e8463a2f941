//! Boundaries and the names of areas.

use super::ScreenFromMerc;
use crate::datum::MercXY;
use crate::model::AreaLevel;
use crate::snapshot::{AreaIndex, Areas};
use egui::{Align2, Color32, FontId, Painter, Pos2, Rect, Shape, Stroke, vec2};

/// Rings of an area on screen.
fn rings<'a>(
    areas: &'a Areas,
    area: AreaIndex,
    map: &'a ScreenFromMerc,
) -> impl Iterator<Item = Vec<Pos2>> + 'a {
    areas
        .boundary_merc
        .get(area.0 as usize)
        .into_iter()
        .flat_map(move |boundary| {
            boundary.iter().flat_map(move |polygon| {
                std::iter::once(polygon.exterior())
                    .chain(polygon.interiors())
                    .map(move |ring| {
                        thinned(
                            ring.0
                                .iter()
                                .map(|at| map.screen(MercXY { x: at.x, y: at.y })),
                        )
                    })
            })
        })
}

/// Paints the boundaries of a level; grids with a dashed line.
pub(super) fn paint(
    painter: &Painter,
    rect: Rect,
    map: &ScreenFromMerc,
    lines: &[Vec<MercXY>],
    level: AreaLevel,
    color: Color32,
) {
    let (width, dash) = match level {
        AreaLevel::County => (2.0, None),
        AreaLevel::Street => (1.8, None),
        AreaLevel::Community => (1.4, None),
        AreaLevel::Grid => (1.0, Some((4.0, 3.0))),
    };
    let stroke = Stroke::new(width, color);
    // A dashed line is many shapes: where the dashes would run together, a plain one does.
    let dash = dash.filter(|_| map.points_per_merc_m() > 0.05);
    for line in lines {
        let points = thinned(line.iter().map(|at| map.screen(*at)));
        if !Rect::from_points(&points).intersects(rect) {
            continue;
        }
        match dash {
            Some((dash, gap)) => painter.extend(Shape::dashed_line(&points, stroke, dash, gap)),
            None => {
                painter.add(Shape::line(points, stroke));
            }
        }
    }
}

/// Steps under half a point are not seen and only cost.
fn thinned(line: impl Iterator<Item = Pos2>) -> Vec<Pos2> {
    let mut points: Vec<Pos2> = Vec::new();
    for point in line {
        if points.last().is_none_or(|last| last.distance(point) > 0.5) {
            points.push(point);
        }
    }
    points
}

/// Paints one boundary strongly: what is chosen or under the pointer.
pub(super) fn paint_one(
    painter: &Painter,
    map: &ScreenFromMerc,
    areas: &Areas,
    area: AreaIndex,
    stroke: Stroke,
) {
    for ring in rings(areas, area, map) {
        painter.add(Shape::line(ring, stroke));
    }
}

/// Text that can be read over anything: with a halo around.
pub(super) fn halo_text(painter: &Painter, at: Pos2, text: &str, ink: Color32, halo: Color32) {
    let font = FontId::proportional(12.0);
    for offset in [
        vec2(-1.0, 0.0),
        vec2(1.0, 0.0),
        vec2(0.0, -1.0),
        vec2(0.0, 1.0),
        vec2(0.7, 0.7),
        vec2(-0.7, -0.7),
        vec2(0.7, -0.7),
        vec2(-0.7, 0.7),
    ] {
        painter.text(
            at + offset * 1.3,
            Align2::CENTER_CENTER,
            text,
            font.clone(),
            halo,
        );
    }
    painter.text(at, Align2::CENTER_CENTER, text, font, ink);
}
