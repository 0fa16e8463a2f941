//! First start: three doors.

use super::action::Action;
use super::shell::{UiState, act};
use super::theme::{Theme, body_font, headline_font, small_font, title_font};
use crate::map::MapView;
use crate::session::{Command, Session};
use egui::{
    Align2, CornerRadius, CursorIcon, FontId, Rect, RichText, Sense, StrokeKind, Ui, pos2, vec2,
};

const DOOR_WIDTH: f32 = 236.0;
const DOOR_HEIGHT: f32 = 178.0;
const GAP: f32 = 18.0;

/// Draws the doors: the sample town, a new workspace for my files, a workspace that exists.
pub(super) fn show(
    ui: &mut Ui,
    session: &Session,
    state: &mut UiState,
    map: &mut MapView,
    out: &mut Vec<Command>,
) {
    let theme = Theme::of(ui);
    let lang = session.lang;
    let room = ui.available_size();
    ui.vertical_centered(|ui| {
        ui.add_space((room.y * 0.16).max(16.0));
        ui.label(
            RichText::new(lang.t("common.app_name"))
                .font(headline_font())
                .color(theme.text),
        );
        ui.add_space(4.0);
        ui.label(
            RichText::new(lang.t("ui.welcome_line"))
                .font(body_font())
                .color(theme.secondary),
        );
        ui.add_space(30.0);
        let doors = [
            (Action::OpenDemo, "ui.door_demo", "ui.door_demo_text"),
            (Action::Create, "ui.door_import", "ui.door_import_text"),
            (Action::Open, "ui.door_open", "ui.door_open_text"),
        ];
        let width = DOOR_WIDTH * 3.0 + GAP * 2.0;
        let (row, _) =
            ui.allocate_exact_size(vec2(width.min(room.x - 24.0), DOOR_HEIGHT), Sense::hover());
        let door_width = (row.width() - GAP * 2.0) / 3.0;
        for (index, (action, title, text)) in doors.into_iter().enumerate() {
            let left = row.left() + index as f32 * (door_width + GAP);
            let rect = Rect::from_min_size(pos2(left, row.top()), vec2(door_width, DOOR_HEIGHT));
            if door(ui, rect, action, &lang.t(title), &lang.t(text), session) {
                act(action, session, state, map, out);
            }
        }
        ui.add_space(22.0);
        if session.busy {
            ui.label(
                RichText::new(lang.t("ui.working"))
                    .font(body_font())
                    .color(theme.accent),
            );
        }
        recent(ui, session, out);
        ui.add_space(18.0);
        ui.label(
            RichText::new(lang.t("ui.welcome_drop"))
                .font(small_font())
                .color(theme.secondary),
        );
    });
}

fn door(
    ui: &mut Ui,
    rect: Rect,
    action: Action,
    title: &str,
    text: &str,
    session: &Session,
) -> bool {
    let theme = Theme::of(ui);
    let enabled = action.is_enabled(session);
    let sense = if enabled {
        Sense::click()
    } else {
        Sense::hover()
    };
    let response = ui
        .interact(rect, ui.scope_id().with(title), sense)
        .on_hover_cursor(CursorIcon::PointingHand);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, enabled, title));
    let lit = enabled && (response.hovered() || response.has_focus());
    let fill = if lit { theme.accent_tint } else { theme.panel };
    let edge = if lit {
        egui::Stroke::new(1.0, theme.accent)
    } else {
        theme.line()
    };
    let painter = ui.painter();
    painter.rect(rect, CornerRadius::same(8), fill, edge, StrokeKind::Inside);
    let left = rect.left() + 18.0;
    let icon_at = pos2(left, rect.top() + 34.0);
    painter.text(
        icon_at,
        Align2::LEFT_CENTER,
        action.icon(),
        FontId::proportional(26.0),
        theme.accent,
    );
    painter.text(
        pos2(left, rect.top() + 74.0),
        Align2::LEFT_CENTER,
        title,
        title_font(),
        theme.text,
    );
    let body = painter.layout(
        text.to_owned(),
        small_font(),
        theme.secondary,
        rect.width() - 36.0,
    );
    painter.galley(pos2(left, rect.top() + 94.0), body, theme.secondary);
    enabled && response.clicked()
}

fn recent(ui: &mut Ui, session: &Session, out: &mut Vec<Command>) {
    if session.settings.recent.is_empty() {
        return;
    }
    let theme = Theme::of(ui);
    ui.label(
        RichText::new(session.lang.t("ui.recent"))
            .font(small_font())
            .color(theme.secondary),
    );
    for path in session.settings.recent.iter().take(5) {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if ui
            .link(name)
            .on_hover_text(path.display().to_string())
            .clicked()
        {
            out.push(Command::Open(path.clone()));
        }
    }
}
