//! Placing a household by hand: a click on the map says where it lives.

use super::{MapColors, ScreenFromMerc, outlines};
use crate::datum::lonlat_from_merc;
use crate::session::{Command, Placing, Session};
use egui::{CursorIcon, Key, Painter, PointerButton, Pos2, Response, Shape, Stroke, Ui};

/// Turns what the mouse does into commands. A drag still moves the map.
pub(super) fn use_click(
    ui: &Ui,
    response: &Response,
    map: &ScreenFromMerc,
    session: &Session,
    placing: Placing,
    out: &mut Vec<Command>,
) {
    if response.hovered() && !response.dragged() {
        ui.ctx().set_cursor_icon(CursorIcon::Crosshair);
    }
    let escape = session.dialog.is_none()
        && !ui.ctx().text_edit_focused()
        && ui.input(|input| input.key_pressed(Key::Escape));
    if escape {
        out.push(Command::StopPlacing);
        return;
    }
    // The second click of a double click would place the next household at the same place.
    let again = response.double_clicked() || response.triple_clicked();
    let clicked = response.clicked_by(PointerButton::Primary) && !again;
    if let (true, Some(at)) = (clicked, response.interact_pointer_pos()) {
        out.push(Command::Place {
            row: placing.row,
            at: lonlat_from_merc(map.merc(at)),
        });
    }
}

/// Paints the area that the household declares, where it is now, and where it would be.
pub(super) fn paint(
    painter: &Painter,
    map: &ScreenFromMerc,
    session: &Session,
    placing: Placing,
    pointer: Option<Pos2>,
    colors: &MapColors,
) {
    let Some(town) = session.town() else { return };
    let snapshot = &town.snapshot;
    if placing.area.get().is_some() {
        let line = Stroke::new(2.5, colors.accent);
        outlines::paint_one(painter, map, &snapshot.areas, placing.area, line);
    }
    let Some(pointer) = pointer else { return };
    if let Some(now) = snapshot.households.merc(placing.row) {
        let line = [map.screen(now), pointer];
        let stroke = Stroke::new(1.5, colors.accent);
        painter.extend(Shape::dashed_line(&line, stroke, 5.0, 4.0));
    }
    let halo = Stroke::new(4.0, colors.halo);
    let ring = Stroke::new(2.0, colors.accent);
    painter.circle_stroke(pointer, 9.0, halo);
    painter.circle_stroke(pointer, 9.0, ring);
    painter.circle_filled(pointer, 2.0, colors.accent);
}
