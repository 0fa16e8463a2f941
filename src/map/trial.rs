//! Who would come in and who would go under the rules on trial, on the map: a dot for those who
//! come in, a ring for those who go.

use super::{MapColors, ScreenFromMerc};
use crate::layer::dot_radius_px;
use crate::query::RowSet;
use crate::session::{Session, Worksheet};
use egui::epaint::CircleShape;
use egui::{Color32, Painter, Pos2, Rect, Stroke};

/// Paints them while the sheet of trials is open.
pub(super) fn paint(
    painter: &Painter,
    rect: Rect,
    map: &ScreenFromMerc,
    session: &Session,
    colors: &MapColors,
) {
    if session.worksheet != Some(Worksheet::WhatIf) {
        return;
    }
    let (Some(town), Some(tried)) = (session.town(), session.what_if()) else {
        return;
    };
    let radius = dot_radius_px(map.points_per_merc_m()) + 1.0;
    let seen = rect.expand(radius);
    let places = |rows: &RowSet| -> Vec<Pos2> {
        let households = &town.snapshot.households;
        let rows = rows.iter().take(crate::jobs::MAX_DOTS);
        let places = rows.filter_map(|row| households.merc(row));
        let places = places.map(|merc| map.screen(merc));
        places.filter(|at| seen.contains(*at)).collect()
    };
    let circle = |center: Pos2, radius: f32, fill: Color32, stroke: Stroke| CircleShape {
        center,
        radius,
        fill,
        stroke,
    };
    // Rings lie around dots, so that who leaves one programme for another is seen as both.
    let halo = Stroke::new(1.0, colors.ring);
    painter.extend(
        places(&tried.entrants)
            .into_iter()
            .map(|at| circle(at, radius, colors.accent, halo).into()),
    );
    let ring = Stroke::new(2.0, colors.leaves);
    painter.extend(
        places(&tried.leavers)
            .into_iter()
            .map(|at| circle(at, radius + 2.5, Color32::TRANSPARENT, ring).into()),
    );
}
