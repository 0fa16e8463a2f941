//! The dialog that is open, in its frame.

use super::{
    about, base_map, card, export, export_chart, export_table, filter_panel, import, import_report,
    imports, layer, palette, picture, query_help, settings, workspace,
};
use crate::jobs::Running;
use crate::map::MapView;
use crate::session::{Command, Dialog, Session};
use crate::ui::shell::UiState;
use egui::Context;

/// Draws the panel of the filter and the open dialog, if one is.
pub(in crate::ui) fn show(
    ctx: &Context,
    session: &Session,
    running: &[Running],
    state: &mut UiState,
    map: &mut MapView,
    out: &mut Vec<Command>,
) {
    if state.filter_panel && session.document.is_some() {
        filter_panel::show(ctx, session, state, out);
    }
    state.forms.follow(session);
    match &session.dialog {
        None => {}
        Some(Dialog::Import) => import::show(ctx, session, running, state, out),
        Some(Dialog::Imports) => imports::show(ctx, session, &mut state.forms.imports, out),
        Some(Dialog::Create | Dialog::Open) => workspace::show(ctx, session, state, out),
        Some(Dialog::Export) => export::show(ctx, session, state, out),
        Some(Dialog::ExportPicture) => picture::show(ctx, session, state, out),
        Some(Dialog::ExportChart) => export_chart::show(ctx, session, state, out),
        Some(Dialog::ImportReport) => {
            import_report::show(ctx, session, state, out);
        }
        Some(Dialog::Layer(id)) => layer::show(ctx, session, *id, &mut state.forms.layer, out),
        Some(Dialog::BaseMap) => base_map::show(ctx, session, state, out),
        Some(Dialog::Palette) => palette::show(ctx, session, state, map, out),
        Some(Dialog::Settings) => settings::show(ctx, session, &mut state.forms.settings, out),
        Some(Dialog::QueryHelp) => query_help::show(ctx, session, out),
        Some(Dialog::Card) => card::show(ctx, session, &mut state.card, out),
        Some(Dialog::About) => about::show(ctx, session, out),
        Some(Dialog::ExportTable(what)) => export_table::show(ctx, session, *what, state, out),
    }
}
