//! Over the list: how many households, of how many, and what can be done with them.

use super::action::Action;
use super::bottom_panel::tabs;
use super::list_columns::{choose_columns, columns_button};
use super::opens::{self, Piece};
use super::shell::UiState;
use super::theme::{Theme, strong_font};
use super::widgets::{elided, from_right};
use super::{icon, quota_button};
use crate::base::digits::grouped;
use crate::jobs::{Filtered, picked_of, picked_short, picked_text};
use crate::session::{Command, Figure, Session, Who};
use egui::{Align, Layout, Popup, PopupCloseBehavior, Sense, Ui, UiBuilder, vec2};

/// Room for the button that lists the selected.
const SELECTED_WIDTH: f32 = 130.0;

/// How many, of how many, and what can be done with them.
pub(super) fn show(
    ui: &mut Ui,
    session: &Session,
    filtered: &Filtered,
    state: &mut UiState,
    out: &mut Vec<Command>,
) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 36.0), Sense::hover());
    let inner = UiBuilder::new().max_rect(rect.shrink2(vec2(12.0, 4.0)));
    ui.scope_builder(inner, |ui| {
        // What can be done is placed first: in a narrow panel the words beside the count fall away.
        from_right(ui, |ui| {
            controls(ui, session, state, rect.width(), out);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                tabs(ui, session, out);
                ui.spacing_mut().item_spacing.x = 8.0;
                counts(ui, session, filtered, out);
                selected_button(ui, session, out);
            });
        });
    });
}

fn controls(
    ui: &mut Ui,
    session: &Session,
    state: &mut UiState,
    width: f32,
    out: &mut Vec<Command>,
) {
    let lang = session.lang;
    let columns = columns_button(ui, lang, &state.list.columns, width);
    Popup::menu(&columns)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .show(|ui| choose_columns(ui, session, state));
    quota_button::show(ui, session, out);
    let tooltip = Action::ToggleMasked.tooltip(lang, ui.ctx());
    let sign = if session.settings.masked {
        icon::EYE_SLASH
    } else {
        icon::EYE
    };
    let warns = !session.settings.masked;
    if super::widgets::icon_button(ui, sign, &tooltip, warns, true).clicked() {
        out.push(Command::SetMasked(!session.settings.masked));
    }
}

/// How many households the list holds, of how many, as far as there is room.
fn counts(ui: &mut Ui, session: &Session, filtered: &Filtered, out: &mut Vec<Command>) {
    let theme = Theme::of(ui);
    let lang = session.lang;
    let count = grouped(filtered.order.len() as u64);
    let count = lang.with("ui.hits", &[("count", &count)]);
    let selected = if others_selected(session).is_some() {
        SELECTED_WIDTH
    } else {
        0.0
    };
    let room = ui.available_width() - selected;
    let whole = ui
        .painter()
        .layout_no_wrap(count.clone(), strong_font(), theme.text);
    // Half a number is a wrong number; the status bar says it too.
    if whole.size().x > room {
        return;
    }
    ui.label(whole);
    if let Some(counted) = session.opened_text(lang) {
        let room = ui.available_width() - selected - 8.0;
        let counted = elided(ui, &counted, strong_font(), theme.accent, room);
        ui.label(counted);
    }
    let room = ui.available_width() - selected - 8.0;
    if room >= 60.0 {
        beside(ui, session, filtered, room, out);
    }
}

/// How many are selected, where the list does not show just them already.
fn others_selected(session: &Session) -> Option<u64> {
    let selection = session.view.selection.as_ref()?;
    let is_other = !session.view.filter.uses_selection();
    is_other.then(|| selection.count() as u64)
}

fn selected_button(ui: &mut Ui, session: &Session, out: &mut Vec<Command>) {
    let Some(count) = others_selected(session) else {
        return;
    };
    let values = [("count", &*grouped(count))];
    let text = session.lang.with("ui.see_selected", &values);
    if ui.button(text).clicked() {
        let figure = Figure::households(count, Who::Selected);
        out.push(Command::OpenFigure(figure));
    }
}

/// Of how many, and how many of them have no place on the map, as far as there is room.
fn beside(ui: &mut Ui, session: &Session, filtered: &Filtered, room: f32, out: &mut Vec<Command>) {
    let lang = session.lang;
    let all = session
        .town()
        .map_or(0, |town| town.snapshot.quality.households);
    let mut pieces = if let Some(picked) = &filtered.picked {
        let of = Piece::households(picked_of(picked, lang), picked.found as u64, Who::Unlimited);
        let short = picked_short(picked, lang).into_iter().map(|(text, level)| {
            let Some(level) = level else {
                return Piece::words(text);
            };
            // Those in no area of the level.
            let who = Who::Listed(format!("{}:none", level.code()));
            Piece::households(text, picked.outside as u64, who)
        });
        std::iter::once(of).chain(short).collect()
    } else {
        let text = format!("/ {}", grouped(all as u64));
        let who = Who::Query(String::new(), None);
        vec![Piece::households(text, all as u64, who)]
    };
    if filtered.not_geocoded > 0 {
        let missing = grouped(filtered.not_geocoded as u64);
        let text = lang.with("ui.hits_not_geocoded", &[("count", &missing)]);
        let who = Who::Listed("located:no".to_owned());
        pieces.push(Piece::households(text, filtered.not_geocoded as u64, who));
    }
    let height = ui.available_height();
    let response = ui.allocate_ui(vec2(room, height), |ui| {
        opens::fitting(ui, lang, pieces, room, out);
    });
    if let Some(picked) = &filtered.picked {
        response.response.on_hover_text(picked_text(picked, lang));
    }
}
