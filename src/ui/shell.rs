//! The window's parts in their places.

use super::action::{Action, Effect, WindowEffect};
use super::card::CardForms;
use super::dialogs::Forms;
use super::picker::{Picker, Purpose};
use super::theme::{
    LEFT_PANEL, LIST_PANEL, NARROW, RIGHT_PANEL, STATUS_BAR, TOP_BAR, Theme, strong_font,
};
use super::{
    bottom_panel, catalogue, changes_sheet, chart_panel, check_sheet, dialogs, inspector,
    layers_panel, list_panel, map_panel, shortcuts, status_bar, toasts, top_bar, welcome,
    what_if_sheet, worksheet,
};
use crate::jobs::Running;
use crate::map::MapView;
use crate::session::{BaseMapChoice, Command, Dialog, Session, Worksheet};
use egui::{
    CentralPanel, Context, CornerRadius, Frame, Id, LayerId, Margin, Order, Panel, Rect, Stroke,
    StrokeKind, Ui, vec2,
};
use std::path::PathBuf;

/// What the window remembers between frames and the session need not know: forms being filled
/// in, the file dialog that is open, whether the filter line wants the cursor.
#[derive(Default)]
pub struct UiState {
    pub(super) forms: Forms,
    pub(super) picker: Picker,
    pub(super) focus_filter: bool,
    pub(super) filter_panel: bool,
    pub(super) list: list_panel::ListState,
    pub(super) check: check_sheet::CheckState,
    pub(super) catalogue: catalogue::CatalogueState,
    pub(super) changes: changes_sheet::ChangesState,
    pub(super) what_if: what_if_sheet::WhatIfState,
    pub(super) card: CardForms,
    pub(super) chart: chart_panel::ChartState,
}

/// Draws the window. Panels read the session and push commands; nothing else changes it.
pub fn show(
    ui: &mut Ui,
    session: &Session,
    running: &[Running],
    state: &mut UiState,
    map: &mut MapView,
    out: &mut Vec<Command>,
) {
    let ctx = ui.ctx().clone();
    take_picked(session, state, out);
    take_dropped(&ctx, out);
    shortcuts::handle(&ctx, session, state, map, out);
    let theme = Theme::of(ui);
    let bar = Frame::new()
        .fill(theme.panel)
        .inner_margin(Margin::symmetric(12, 0));
    Panel::top("top bar")
        .exact_size(TOP_BAR)
        .resizable(false)
        .frame(bar)
        .show(ui, |ui| {
            top_bar::show(ui, session, state, map, out);
        });
    Panel::bottom("status bar")
        .exact_size(STATUS_BAR)
        .resizable(false)
        .frame(bar)
        .show(ui, |ui| {
            status_bar::show(ui, session, running, map, out);
        });
    if session.document.is_none() {
        CentralPanel::default()
            .frame(Frame::new().fill(theme.background))
            .show(ui, |ui| {
                welcome::show(ui, session, state, map, out);
            });
    } else {
        show_town(ui, session, state, map, out);
    }
    dialogs::show(&ctx, session, running, state, map, out);
    toasts::show(&ctx, session, out);
    if ctx.input(|input| !input.raw.hovered_files.is_empty()) {
        drop_here(&ctx, session);
    }
}

/// While files are held over the window: that they can be let go, and what then happens.
fn drop_here(ctx: &Context, session: &Session) {
    let layer = LayerId::new(Order::Tooltip, Id::unique("drop here"));
    let painter = ctx.layer_painter(layer);
    let theme = Theme::of_ctx(ctx);
    let room = ctx.content_rect().shrink(6.0);
    let edge = Stroke::new(2.0, theme.accent);
    painter.rect_stroke(room, CornerRadius::same(8), edge, StrokeKind::Inside);
    let text = session.lang.t("ui.drop_to_import");
    let words = painter.layout_no_wrap(text.into_owned(), strong_font(), theme.on_accent);
    let plate = Rect::from_center_size(room.center(), words.size() + vec2(36.0, 24.0));
    painter.rect_filled(plate, CornerRadius::same(8), theme.accent);
    painter.galley(plate.center() - words.size() / 2.0, words, theme.on_accent);
}

fn show_town(
    ui: &mut Ui,
    session: &Session,
    state: &mut UiState,
    map: &mut MapView,
    out: &mut Vec<Command>,
) {
    let theme = Theme::of(ui);
    let settings = &session.settings;
    let is_narrow = ui.available_width() < NARROW;
    let side = Frame::new()
        .fill(theme.panel)
        .inner_margin(Margin::symmetric(12, 8));
    // What scrolls has its bar in the margin, beside the figures and not on them.
    let scrolled = side.inner_margin(Margin {
        right: 4,
        ..Margin::symmetric(12, 8)
    });
    if let Some(sheet) = session.worksheet {
        // A sheet takes the layers' place, so that it covers nothing that it points to.
        Panel::left(("worksheet", sheet == Worksheet::Check))
            .exact_size(worksheet::width(ui, session, sheet))
            .resizable(false)
            .frame(side)
            .show(ui, |ui| worksheet::show(ui, session, state, sheet, out));
    } else if settings.layers_panel {
        Panel::left("layers")
            .exact_size(LEFT_PANEL)
            .resizable(false)
            .frame(scrolled)
            .show(ui, |ui| {
                layers_panel::show(ui, session, state, out);
            });
    }
    if settings.inspector_panel && !is_narrow {
        Panel::right("inspector")
            .exact_size(RIGHT_PANEL)
            .resizable(false)
            .frame(scrolled)
            .show(ui, |ui| {
                inspector::show(ui, session, state, out);
            });
    }
    if settings.list_panel {
        let most = (ui.available_height() - 180.0).max(120.0);
        let frame = Frame::new().fill(theme.background);
        Panel::bottom("list")
            .default_size(LIST_PANEL)
            .size_range(120.0..=most)
            .resizable(true)
            .frame(frame)
            .show(ui, |ui| bottom_panel::show(ui, session, state, out));
    }
    CentralPanel::default()
        .frame(Frame::new().fill(theme.background))
        .show(ui, |ui| {
            map_panel::show(ui, session, state, map, is_narrow, out);
        });
}

/// Does an action now.
pub(super) fn act(
    action: Action,
    session: &Session,
    state: &mut UiState,
    map: &mut MapView,
    out: &mut Vec<Command>,
) {
    if !action.is_enabled(session) {
        return;
    }
    // The palette goes before what was chosen in it comes: that may be a dialog.
    if action != Action::Palette && session.dialog == Some(Dialog::Palette) {
        out.push(Command::CloseDialog);
    }
    match action.effect(session) {
        Effect::Command(command) => out.push(command),
        Effect::Window(WindowEffect::FocusFilter) => state.focus_filter = true,
        Effect::Window(WindowEffect::FilterPanel) => state.filter_panel = !state.filter_panel,
        Effect::Window(WindowEffect::Take(tool)) => map.tool = tool,
        Effect::Window(WindowEffect::Zoom(levels)) => map.zoom_by(levels),
    }
}

/// Files that the system's dialog gave.
fn take_picked(session: &Session, state: &mut UiState, out: &mut Vec<Command>) {
    let Some((purpose, paths)) = state.picker.poll() else {
        return;
    };
    let Some(first) = paths.first().cloned() else {
        return;
    };
    match purpose {
        Purpose::OpenWorkspace => state.forms.workspace.path = first.display().to_string(),
        Purpose::CreateWorkspace => {
            state.forms.workspace.path = with_ending(first, "lmap").display().to_string();
        }
        Purpose::BaseMap => out.push(Command::SetBaseMap(BaseMapChoice::File(first))),
        Purpose::Import => {
            if session.dialog == Some(Dialog::Import) {
                out.push(Command::AddImportFiles(paths));
            }
        }
        Purpose::Template => state.forms.import.template_path = first.display().to_string(),
        Purpose::ExportReport | Purpose::ExportRejects => {
            state.forms.report.path = with_ending(first, "csv").display().to_string();
        }
        Purpose::ExportChart => {
            state.forms.chart.path = with_ending(first, "png").display().to_string();
        }
        Purpose::ExportTable => state.forms.table.path = first.display().to_string(),
        Purpose::ExportList => state.forms.export.path = first.display().to_string(),
        Purpose::ExportPicture => {
            state.forms.picture.path = with_ending(first, "png").display().to_string();
        }
    }
}

/// A name without an ending gets the one that its kind has.
fn with_ending(path: PathBuf, ending: &str) -> PathBuf {
    if path.extension().is_some() {
        path
    } else {
        path.with_extension(ending)
    }
}

fn take_dropped(ctx: &Context, out: &mut Vec<Command>) {
    let paths: Vec<PathBuf> = ctx.input(|input| {
        input
            .raw
            .dropped_files
            .iter()
            .map(|file| file.path().to_owned())
            .collect()
    });
    if !paths.is_empty() {
        out.push(Command::DropFiles(paths));
    }
}
