//! A sheet in place of the layers: a title, a body that scrolls, buttons below. It stands beside
//! the map and covers nothing of it.

use super::shell::UiState;
use super::theme::{Theme, title_font};
use super::widgets::{from_right, icon_button};
use super::{
    catalogue, changes_sheet, check_sheet, icon, lists_matrix, lists_sheet, matching_sheet,
    priority_sheet, what_if_sheet,
};
use crate::session::{Command, Session, Worksheet};
use egui::{RichText, Ui};

/// Width of the sheet of the check.
const CHECK_WIDTH: f32 = 404.0;
/// The sheet of lists is no wider than this, and scrolls.
const LISTS_WIDTH: f32 = 600.0;
/// The sheet of the catalogue is no wider than this.
const CATALOGUE_WIDTH: f32 = 716.0;
/// It needs this, though little is left of the map.
const CATALOGUE_LEAST: f32 = 620.0;
/// Width of the sheet of trials, where there is room.
const WHAT_IF_WIDTH: f32 = 480.0;
/// The map keeps at least this width.
const MAP_WIDTH: f32 = 300.0;

/// How wide a sheet is in this window.
pub(super) fn width(ui: &Ui, session: &Session, sheet: Worksheet) -> f32 {
    match sheet {
        Worksheet::Check | Worksheet::Matching | Worksheet::Priority | Worksheet::Changes => {
            CHECK_WIDTH
        }
        Worksheet::Catalogue => {
            let inspector = if session.settings.inspector_panel {
                super::theme::RIGHT_PANEL
            } else {
                0.0
            };
            let room = ui.available_width() - inspector - MAP_WIDTH - 40.0;
            room.clamp(CATALOGUE_LEAST, CATALOGUE_WIDTH)
        }
        Worksheet::WhatIf => {
            let room = ui.available_width() - super::theme::RIGHT_PANEL - MAP_WIDTH;
            room.clamp(CHECK_WIDTH, WHAT_IF_WIDTH)
        }
        Worksheet::Lists => {
            let room = ui.available_width() - super::theme::RIGHT_PANEL - MAP_WIDTH;
            let lists = session.results.lists.as_ref();
            let wanted = lists.map_or(CHECK_WIDTH, |lists| {
                lists_matrix::width(lists.sources.len()) + 40.0
            });
            wanted.min(room.min(LISTS_WIDTH)).max(CHECK_WIDTH)
        }
    }
}

/// Draws the sheet.
pub(super) fn show(
    ui: &mut Ui,
    session: &Session,
    state: &mut UiState,
    sheet: Worksheet,
    out: &mut Vec<Command>,
) {
    head(ui, session, sheet, out);
    match sheet {
        Worksheet::Check => check_sheet::show(ui, session, &mut state.check, out),
        Worksheet::Lists => lists_sheet::show(ui, session, out),
        Worksheet::Changes => changes_sheet::show(ui, session, &mut state.changes, out),
        Worksheet::WhatIf => what_if_sheet::show(ui, session, &mut state.what_if, out),
        Worksheet::Matching => matching_sheet::show(ui, session, out),
        Worksheet::Catalogue => catalogue::show(ui, session, &mut state.catalogue, out),
        Worksheet::Priority => priority_sheet::show(ui, session, out),
    }
}

fn head(ui: &mut Ui, session: &Session, sheet: Worksheet, out: &mut Vec<Command>) {
    let lang = session.lang;
    let title = lang.t(match sheet {
        Worksheet::Check => "ui.check_title",
        Worksheet::Lists => "ui.lists_title",
        Worksheet::Changes => "ui.changes_title",
        Worksheet::WhatIf => "whatif.title",
        Worksheet::Matching => "ui.matching_title",
        Worksheet::Catalogue => "ui.catalogue_title",
        Worksheet::Priority => "priority.title",
    });
    ui.horizontal(|ui| {
        ui.set_height(30.0);
        ui.label(RichText::new(title).font(title_font()));
        from_right(ui, |ui| {
            let close = lang.t("ui.worksheet_close");
            if icon_button(ui, icon::X, &close, false, true).clicked() {
                out.push(Command::ShowWorksheet(None));
            }
        });
    });
    rule(ui);
}

/// A hairline across the sheet.
pub(super) fn rule(ui: &mut Ui) {
    let theme = Theme::of(ui);
    let size = egui::vec2(ui.available_width(), 1.0);
    let (rect, _) = ui.allocate_exact_size(size, egui::Sense::hover());
    ui.painter()
        .hline(rect.x_range(), rect.center().y, theme.line());
}
