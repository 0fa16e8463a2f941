//! What a check found, on the map: a piece of ground, or two households and a line between them.

use super::{MapColors, ScreenFromMerc, outlines, overlay};
use crate::base::digits;
use crate::jobs::{Found, GroundFinding, PairFinding};
use crate::layer::dot_radius_px;
use crate::session::{Session, Worksheet};
use egui::epaint::{Mesh, Vertex, WHITE_UV};
use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, vec2};

/// A finding that is smaller on screen than this is ringed, so that it is seen.
const SMALL_POINTS: f32 = 24.0;

/// Paints the finding that is looked at, if one is.
pub(super) fn paint(
    painter: &Painter,
    map: &ScreenFromMerc,
    session: &Session,
    colors: &MapColors,
) {
    if session.worksheet != Some(Worksheet::Check) {
        return;
    }
    let finding = session
        .results
        .check
        .as_ref()
        .zip(session.chosen_finding)
        .and_then(|(check, at)| check.findings.get(at));
    match finding.map(|finding| &finding.found) {
        Some(Found::Ground(ground)) => paint_ground(painter, map, session, ground, colors),
        Some(Found::Pair(pair)) => paint_pair(painter, map, session, pair, colors),
        Some(Found::Counts(_)) | None => {}
    }
}

fn paint_ground(
    painter: &Painter,
    map: &ScreenFromMerc,
    session: &Session,
    ground: &GroundFinding,
    colors: &MapColors,
) {
    let Some(town) = session.town() else { return };
    let areas = &town.snapshot.areas;
    for code in &ground.codes {
        if let Some(area) = areas.by_code(code) {
            let line = Stroke::new(1.5, colors.warning.gamma_multiply(0.7));
            outlines::paint_one(painter, map, areas, area, line);
        }
    }
    let shape = &ground.shape;
    let corners = shape.corners.iter().map(|at| map.screen(*at));
    painter.add(Shape::mesh(mesh(
        corners,
        &shape.triangles,
        colors.warning.gamma_multiply(0.35),
    )));
    for ring in &shape.rings {
        let line: Vec<Pos2> = ring.iter().map(|at| map.screen(*at)).collect();
        painter.add(Shape::line(line, Stroke::new(2.0, colors.warning)));
    }
    let on_screen = map.rect(shape.box_merc);
    let at = map.screen(ground.at_merc);
    if shape.box_merc.is_empty() || on_screen.size().max_elem() < SMALL_POINTS {
        painter.circle_stroke(at, SMALL_POINTS * 0.8, Stroke::new(2.0, colors.warning));
    }
    let text = format!("{} m²", digits::figure(ground.ground_m2, 0));
    let top = if on_screen.is_positive() {
        Rect::from_two_pos(on_screen.min, on_screen.max).top()
    } else {
        at.y
    };
    let plate = Pos2::new(at.x, top.min(at.y - SMALL_POINTS) - 14.0);
    overlay::paint_plate(painter, plate, &text, colors);
}

fn mesh(corners: impl Iterator<Item = Pos2>, triangles: &[u32], color: Color32) -> Mesh {
    let vertices = corners.map(|pos| Vertex {
        pos,
        uv: WHITE_UV,
        color,
    });
    Mesh {
        vertices: vertices.collect(),
        indices: triangles.to_vec(),
        ..Mesh::default()
    }
}

fn paint_pair(
    painter: &Painter,
    map: &ScreenFromMerc,
    session: &Session,
    pair: &PairFinding,
    colors: &MapColors,
) {
    let Some(town) = session.town() else { return };
    let households = &town.snapshot.households;
    let places = pair
        .rows
        .iter()
        .zip(&pair.ids)
        .filter_map(|(row, id)| Some((map.screen(households.merc((*row)?)?), id)));
    let places: Vec<(Pos2, &String)> = places.collect();
    let stroke = Stroke::new(2.0, colors.warning);
    if let [(one, _), (other, _)] = places.as_slice() {
        painter.extend(Shape::dashed_line(&[*one, *other], stroke, 6.0, 4.0));
    }
    let radius = dot_radius_px(map.points_per_merc_m()) + 4.0;
    for (index, (at, id)) in places.iter().enumerate() {
        painter.circle_filled(*at, radius - 3.0, colors.dot);
        painter.circle_stroke(*at, radius, stroke);
        // Two plates at one place must not cover each other.
        let side = if index == 0 { -1.0 } else { 1.0 };
        overlay::paint_plate(painter, *at + vec2(0.0, side * (radius + 14.0)), id, colors);
    }
}
