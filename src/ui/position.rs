//! How the position of a household became known, and the way to put it right.

use super::action::Action;
use super::widgets::{figure_row, note};
use crate::base::local_day;
use crate::datum::Datum;
use crate::layer::{ListField, ListView, position_source_text};
use crate::model::{HouseholdField, PositionSource};
use crate::session::{Command, Inspected, Session};
use egui::{Button, Ui};

/// Draws the quality flag and the buttons of a household's card.
pub(super) fn show(
    ui: &mut Ui,
    session: &Session,
    view: &ListView<'_>,
    row: u32,
    out: &mut Vec<Command>,
) {
    let lang = session.lang;
    let is_placed = view.snapshot.households.merc(row).is_some();
    let words = lang.t("layer.field_position");
    if is_placed {
        figure_row(ui, &words, &quality(session, view, row), false);
    } else {
        figure_row(ui, &words, &lang.t("ui.not_geocoded"), true);
    }
    let text = view.snapshot.households.position_text.get(row);
    if !text.is_empty() {
        figure_row(ui, &lang.t("ui.position_text"), text, !is_placed);
    }
    ui.add_space(6.0);
    ui.horizontal_wrapped(|ui| {
        if is_placed && ui.button(lang.t("ui.zoom_here")).clicked() {
            out.push(Command::GoTo(Inspected::Household(row)));
        }
        let key = if is_placed {
            "ui.move_household"
        } else {
            "ui.place_household"
        };
        let in_hand = session.placing.is_some_and(|placing| placing.row == row);
        let button = Button::new(lang.t(key)).selected(in_hand);
        let tooltip = Action::Place.tooltip(lang, ui.ctx());
        let response = ui
            .add_enabled(session.can_edit(), button)
            .on_hover_text(tooltip)
            .on_disabled_hover_text(lang.t("session.looks_only"));
        if response.clicked() {
            out.push(if in_hand {
                Command::StopPlacing
            } else {
                Command::StartPlacing(row)
            });
        }
    });
    if !is_placed && view.cell(row, ListField::Address).text().is_empty() {
        note(ui, lang.t("ui.place_without_address"));
    }
}

/// `by hand · 2026-11-21`, `from the file (GCJ-02)`.
fn quality(session: &Session, view: &ListView<'_>, row: u32) -> String {
    let lang = session.lang;
    let households = &view.snapshot.households;
    let source = households.position_source.get(row as usize);
    let source = source.copied().unwrap_or_default();
    let mut text = position_source_text(source, lang);
    if source == PositionSource::File {
        let datum = households.position_datum.get(row);
        if let Some(datum) = Datum::parse(datum) {
            let datum = datum_name(datum);
            text = lang.with("ui.position_datum", &[("source", &text), ("datum", &datum)]);
        }
    }
    // The day is known once somebody looked up where the values came from.
    let history = session.results.history.as_ref();
    let of_this = history.filter(|history| history.id == households.id.get(row));
    if let Some(origin) = of_this.and_then(|history| history.origin(HouseholdField::Position)) {
        text.push_str(" · ");
        text.push_str(&local_day(origin.at_unix_secs));
    }
    text
}

/// The name of a datum as the field writes it.
fn datum_name(datum: Datum) -> String {
    match datum {
        Datum::Wgs84 => "WGS-84".to_owned(),
        Datum::Gcj02 => "GCJ-02".to_owned(),
        Datum::Bd09 => "BD-09".to_owned(),
        Datum::WebMercator | Datum::GaussKruger(_) => datum.code().to_uppercase(),
    }
}
