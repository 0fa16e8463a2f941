//! Name, workspace, the filter line with its chips, day, import, export, language.

use super::action::{Action, shortcut_text};
use super::shell::{UiState, act};
use super::theme::{Theme, small_font};
use super::widgets::{chip, from_right, icon_button, primary_button};
use super::{dialogs, icon};
use crate::map::MapView;
use crate::query;
use crate::session::{Command, Session};
use crate::words::Lang;
use egui::{
    Align, Button, CornerRadius, Frame, Id, Layout, Margin, Popup, Response, RichText, ScrollArea,
    Stroke, TextEdit, Ui, vec2,
};

/// Draws the bar.
pub(super) fn show(
    ui: &mut Ui,
    session: &Session,
    state: &mut UiState,
    map: &mut MapView,
    out: &mut Vec<Command>,
) {
    let theme = Theme::of(ui);
    ui.painter().hline(
        ui.max_rect().expand2(vec2(12.0, 0.0)).x_range(),
        ui.max_rect().bottom(),
        theme.line(),
    );
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
        ui.label(
            RichText::new(icon::MAP_TRIFOLD)
                .size(19.0)
                .color(theme.accent),
        );
        ui.label(
            RichText::new(session.lang.t("common.app_name"))
                .size(15.0)
                .family(super::theme::semibold()),
        );
        workspace_menu(ui, session, state, map, out);
        demo_mark(ui, session);
        from_right(ui, |ui| {
            language(ui, session, out);
            if session.document.is_some() {
                let text = Action::ExportList.text(session.lang);
                let enabled = Action::ExportList.is_enabled(session);
                let tooltip = Action::ExportList.tooltip(session.lang, ui.ctx());
                if primary_button(ui, enabled, &text)
                    .on_hover_text(tooltip)
                    .clicked()
                {
                    act(Action::ExportList, session, state, map, out);
                }
                let import = Button::new(Action::Import.text(session.lang));
                if ui
                    .add_enabled(Action::Import.is_enabled(session), import)
                    .clicked()
                {
                    act(Action::Import, session, state, map, out);
                }
                as_of(ui, session, state, out);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    filter_line(ui, session, state, out);
                });
            }
        });
    });
}

fn workspace_menu(
    ui: &mut Ui,
    session: &Session,
    state: &mut UiState,
    map: &mut MapView,
    out: &mut Vec<Command>,
) {
    let name = session.document.as_ref().map_or_else(
        || session.lang.t("ui.no_workspace").into_owned(),
        |document| format!("{}.lmap", document.name()),
    );
    let button = ui.button(format!("{name} {}", icon::CARET_DOWN));
    Popup::menu(&button).show(|ui| {
        ui.set_min_width(240.0);
        let groups: [&[Action]; 6] = [
            &[Action::Open, Action::Create, Action::OpenDemo],
            &[Action::Import, Action::ImportReport, Action::Imports],
            &[
                Action::CheckData,
                Action::CompareLists,
                Action::WhatIf,
                Action::MatchNeeds,
                Action::Priority,
                Action::Catalogue,
                Action::Changes,
            ],
            &[Action::ExportList, Action::ExportPicture],
            &[Action::BaseMap, Action::Settings, Action::Palette],
            &[Action::About, Action::Close],
        ];
        // In a low window the last entries are scrolled to.
        let room = ui.ctx().content_rect().bottom() - ui.cursor().top() - 16.0;
        // A popup has a height of its own, which would cut the menu off in a high window too.
        ui.set_max_height(room);
        ScrollArea::vertical().max_height(room).show(ui, |ui| {
            for (index, group) in groups.into_iter().enumerate() {
                if index > 0 {
                    ui.separator();
                }
                for action in group {
                    menu_entry(ui, *action, session, state, map, out);
                }
                if index == 0 {
                    recent(ui, session, out);
                }
            }
        });
    });
}

/// The mark stands in the bar where this much room is left, in points.
const ROOM_FOR_MARK: f32 = 860.0;

/// Says of the sample town what it is, wherever one looks.
fn demo_mark(ui: &mut Ui, session: &Session) {
    // The map says it too; where room is short, the filter line needs it more.
    if session.is_demo() && ui.available_width() > ROOM_FOR_MARK {
        let theme = Theme::of(ui);
        let text = RichText::new(session.lang.t("common.demo_mark")).font(small_font());
        ui.label(text.color(theme.warning));
    }
}

/// One action as a line of a menu.
pub(super) fn menu_entry(
    ui: &mut Ui,
    action: Action,
    session: &Session,
    state: &mut UiState,
    map: &mut MapView,
    out: &mut Vec<Command>,
) {
    let ctx = ui.ctx().clone();
    let shortcut = action
        .shortcut()
        .map(|shortcut| shortcut_text(&ctx, shortcut))
        .unwrap_or_default();
    let text = format!("{}  {}", action.icon(), action.text(session.lang));
    let button = Button::new(text)
        .shortcut_text(shortcut)
        .frame_when_inactive(false)
        .min_size(vec2(228.0, 0.0));
    if ui.add_enabled(action.is_enabled(session), button).clicked() {
        act(action, session, state, map, out);
        ui.close();
    }
}

fn recent(ui: &mut Ui, session: &Session, out: &mut Vec<Command>) {
    let open = session.document.as_ref();
    let open = open.map(|document| document.workspace.path());
    let others = session.settings.recent.iter();
    for path in others.filter(|path| Some(path.as_path()) != open).take(4) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let button = Button::new(format!("{}  {name}", icon::CLOCK))
            .frame_when_inactive(false)
            .min_size(vec2(228.0, 0.0));
        if ui
            .add_enabled(!session.busy, button)
            .on_hover_text(path.display().to_string())
            .clicked()
        {
            out.push(Command::Open(path.clone()));
            ui.close();
        }
    }
}

fn language(ui: &mut Ui, session: &Session, out: &mut Vec<Command>) {
    let theme = Theme::of(ui);
    let other = if session.lang == Lang::Zh {
        Lang::En
    } else {
        Lang::Zh
    };
    let text = RichText::new("中 / EN")
        .font(small_font())
        .color(theme.secondary);
    let button = ui
        .add(Button::new(text).frame(false))
        .on_hover_text(session.lang.t("ui.switch_language"));
    if button.clicked() {
        out.push(Command::SetLang(other));
    }
}

fn as_of(ui: &mut Ui, session: &Session, state: &mut UiState, out: &mut Vec<Command>) {
    let date = session.view.as_of.to_string();
    let text = session.lang.with("ui.as_of", &[("date", &date)]);
    let button = ui
        .button(format!("{text} {}", icon::CARET_DOWN))
        .on_hover_text(session.lang.t("ui.as_of_tooltip"));
    Popup::menu(&button)
        .close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside)
        .show(|ui| {
            dialogs::as_of_menu(ui, session, &mut state.forms.as_of, out);
        });
}

/// The one line of the filter: conditions as chips, the rest as text.
fn filter_line(ui: &mut Ui, session: &Session, state: &mut UiState, out: &mut Vec<Command>) {
    let theme = Theme::of(ui);
    let edge = if session.filter_error.is_some() {
        theme.warning
    } else {
        theme.hairline
    };
    let frame = Frame::new()
        .fill(theme.background)
        .stroke(Stroke::new(1.0, edge))
        .corner_radius(CornerRadius::same(6))
        .inner_margin(Margin::symmetric(8, 1));
    let response = frame.show(ui, |ui| {
        ui.set_height(28.0);
        ui.set_width((ui.available_width()).max(80.0));
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.label(RichText::new(icon::MAGNIFYING_GLASS).color(theme.secondary));
        from_right(ui, |ui| {
            let panel = Action::FilterPanel.tooltip(session.lang, ui.ctx());
            if icon_button(
                ui,
                icon::SLIDERS_HORIZONTAL,
                &panel,
                state.filter_panel,
                true,
            )
            .clicked()
            {
                state.filter_panel = !state.filter_panel;
            }
            if !session.filter_text.is_empty()
                && icon_button(
                    ui,
                    icon::X,
                    &Action::ClearFilter.tooltip(session.lang, ui.ctx()),
                    false,
                    true,
                )
                .clicked()
            {
                state.forms.filter.draft.clear();
                out.push(Command::ClearFilter);
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                chips_and_text(ui, session, state, out);
            });
        });
    });
    if let Some(error) = &session.filter_error {
        let text = error.message.text(session.lang);
        let place = response.response.rect;
        egui::Area::new(Id::unique("filter error"))
            .fixed_pos(place.left_bottom() + vec2(0.0, 4.0))
            .order(egui::Order::Foreground)
            .show(ui.ctx(), |ui| {
                Frame::popup(ui.style()).show(ui, |ui| {
                    ui.label(
                        RichText::new(format!("{}  {text}", icon::WARNING)).color(theme.warning),
                    );
                });
            });
    }
}

/// Chips stand for the conditions in force while nobody types; typing shows the whole text.
fn chips_and_text(ui: &mut Ui, session: &Session, state: &mut UiState, out: &mut Vec<Command>) {
    let id = Id::unique("filter line");
    let typing = ui.memory(|memory| memory.has_focus(id));
    let wants_focus = std::mem::take(&mut state.focus_filter);
    let form = &mut state.forms.filter;
    if !typing && !wants_focus {
        form.draft.clone_from(&session.filter_text);
        if let (None, Some(town)) = (&session.filter_error, session.town()) {
            let parts = query::chips(&session.view.filter);
            let remove = session.lang.t("ui.remove_condition");
            let mut left = ui.available_width() - 150.0;
            let mut hidden = 0_usize;
            for (index, part) in parts.iter().enumerate() {
                let text = part.describe(session.lang, &town.snapshot.catalogue);
                left -= text.chars().count() as f32 * 13.0 + 36.0;
                if left < 0.0 && index > 0 {
                    hidden += 1;
                    continue;
                }
                if chip(ui, &text, &remove) {
                    out.push(Command::RemoveChip(index));
                }
            }
            if hidden > 0 {
                let theme = Theme::of(ui);
                ui.label(RichText::new(format!("+{hidden}")).color(theme.secondary));
            }
            let hint = if parts.is_empty() {
                "ui.filter_hint"
            } else {
                "ui.filter_more_hint"
            };
            line_edit(ui, session, id, &mut String::new(), hint);
            return;
        }
    }
    let response = line_edit(ui, session, id, &mut form.draft, "ui.filter_hint");
    if wants_focus {
        response.request_focus();
    }
    if response.changed() {
        out.push(Command::SetFilterText(form.draft.clone()));
    }
}

/// The text field of the filter line.
fn line_edit(ui: &mut Ui, session: &Session, id: Id, text: &mut String, hint: &str) -> Response {
    let edit = TextEdit::singleline(text)
        .id(id)
        .hint_text(session.lang.t(hint))
        .frame(Frame::NONE)
        .min_size(vec2(0.0, 24.0))
        .align(egui::Align2::LEFT_CENTER)
        .desired_width(f32::INFINITY);
    let response = ui.add(edit);
    let name = session.lang.t("ui.filter_name");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, &name));
    response
}
