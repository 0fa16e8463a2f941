//! The map in the middle with its tools, and the inspector over it where the window is narrow.

use super::action::Action;
use super::shell::{UiState, act};
use super::theme::{RIGHT_PANEL, Theme};
use super::widgets::icon_button;
use super::{inspector, placing_bar};
use crate::map::MapView;
use crate::session::{Command, Session};
use egui::{Area, Context, CornerRadius, Frame, Id, Margin, Order, Pos2, Ui, pos2, vec2};

/// Draws the map and what floats over it.
pub(super) fn show(
    ui: &mut Ui,
    session: &Session,
    state: &mut UiState,
    map: &mut MapView,
    is_narrow: bool,
    out: &mut Vec<Command>,
) {
    let theme = Theme::of(ui);
    map.show(ui, session, &theme.map_colors(), out);
    let rect = map.rect();
    let ctx = ui.ctx().clone();
    let tools = [
        Action::ToolPan,
        Action::ToolBox,
        Action::ToolLasso,
        Action::ToolMeasure,
    ];
    float(&ctx, "tools", rect.min + vec2(12.0, 12.0), false, |ui| {
        for action in tools {
            let tooltip = action.tooltip(session.lang, ui.ctx());
            if icon_button(
                ui,
                action.icon(),
                &tooltip,
                action.is_tool_in_hand(map),
                true,
            )
            .clicked()
            {
                act(action, session, state, map, out);
            }
        }
    });
    let zooms = [Action::ZoomIn, Action::ZoomOut, Action::ShowAll];
    let right = if is_narrow && session.settings.inspector_panel && session.inspected.is_some() {
        rect.right() - RIGHT_PANEL
    } else {
        rect.right()
    };
    float(
        &ctx,
        "zoom",
        pos2(right - 12.0 - 36.0, rect.top() + 12.0),
        true,
        |ui| {
            for action in zooms {
                let tooltip = action.tooltip(session.lang, ui.ctx());
                if icon_button(ui, action.icon(), &tooltip, false, true).clicked() {
                    act(action, session, state, map, out);
                }
            }
        },
    );
    placing_bar::show(&ctx, session, rect, out);
    if is_narrow && session.settings.inspector_panel && session.inspected.is_some() {
        let place = pos2(rect.right() - RIGHT_PANEL, rect.top());
        Area::new(Id::unique("inspector over map"))
            .fixed_pos(place)
            .order(Order::Middle)
            .show(&ctx, |ui| {
                let frame = Frame::new()
                    .fill(theme.panel)
                    .stroke(theme.line())
                    .inner_margin(Margin::symmetric(12, 8));
                frame.show(ui, |ui| {
                    ui.set_width(RIGHT_PANEL - 26.0);
                    ui.set_height(rect.height() - 18.0);
                    inspector::show(ui, session, state, out);
                });
            });
    }
}

/// A small panel over the map.
fn float(ctx: &Context, name: &str, at: Pos2, vertical: bool, content: impl FnOnce(&mut Ui)) {
    Area::new(Id::unique(("float", name)))
        .fixed_pos(at)
        .order(Order::Middle)
        .show(ctx, |ui| {
            let theme = Theme::of(ui);
            let frame = Frame::new()
                .fill(theme.background)
                .stroke(theme.line())
                .corner_radius(CornerRadius::same(8))
                .inner_margin(Margin::same(3));
            frame.show(ui, |ui| {
                ui.spacing_mut().item_spacing = vec2(2.0, 2.0);
                if vertical {
                    ui.vertical(content);
                } else {
                    ui.horizontal(content);
                }
            });
        });
}
