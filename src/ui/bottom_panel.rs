//! What stands under the map: the list or the charts, one tab each.

use super::action::Action;
use super::shell::UiState;
use super::theme::{Theme, body_font, strong_font};
use super::{chart_panel, list_panel};
use crate::session::{BottomTab, Command, Session};
use egui::{CursorIcon, Role, Sense, Ui, WidgetInfo, pos2, vec2};

/// Draws the panel.
pub(super) fn show(ui: &mut Ui, session: &Session, state: &mut UiState, out: &mut Vec<Command>) {
    match session.settings.bottom {
        BottomTab::List => list_panel::show(ui, session, state, out),
        BottomTab::Charts => chart_panel::show(ui, session, state, out),
    }
}

/// The tabs, at the left end of the panel's first line.
pub(super) fn tabs(ui: &mut Ui, session: &Session, out: &mut Vec<Command>) {
    let lang = session.lang;
    ui.spacing_mut().item_spacing.x = 4.0;
    for (tab, key) in [
        (BottomTab::List, "ui.tab_list"),
        (BottomTab::Charts, "ui.tab_charts"),
    ] {
        let is_front = session.settings.bottom == tab;
        let tooltip = Action::Charts.tooltip(lang, ui.ctx());
        let clicked = one(ui, &lang.t(key), is_front)
            .on_hover_text(tooltip)
            .clicked();
        if clicked && !is_front {
            out.push(Command::ShowTab(tab));
        }
    }
    ui.add_space(6.0);
}

fn one(ui: &mut Ui, text: &str, is_front: bool) -> egui::Response {
    let theme = Theme::of(ui);
    let font = if is_front { strong_font() } else { body_font() };
    let ink = if is_front {
        theme.text
    } else {
        theme.secondary
    };
    let galley = ui.painter().layout_no_wrap(text.to_owned(), font, ink);
    let size = vec2(galley.size().x + 12.0, 28.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, is_front, text));
    if response.hovered() && !is_front {
        ui.painter().rect_filled(rect, 4.0, theme.hover);
    }
    if response.has_focus() {
        let edge = egui::Stroke::new(1.0, theme.accent);
        ui.painter()
            .rect_stroke(rect, 4.0, edge, egui::StrokeKind::Inside);
    }
    let at = pos2(rect.left() + 6.0, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, ink);
    if is_front {
        let line = egui::Stroke::new(2.0, theme.accent);
        let wide = (rect.left() + 6.0)..=(rect.right() - 6.0);
        ui.painter().hline(wide, rect.bottom() - 1.0, line);
    }
    response.on_hover_cursor(CursorIcon::PointingHand)
}
