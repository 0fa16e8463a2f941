//! Weights and other numbers by which figures are made.

use super::fields::{self, SHORT, quantity_word};
use super::sheet::Desk;
use super::state::CatalogueState;
use crate::jobs::shipped_catalogue;
use crate::model::{Catalogue, NamedNumber};
use crate::ui::theme::Theme;
use crate::ui::widgets::{from_right, note};
use egui::{Label, RichText, Ui};

/// Draws the numbers.
pub(super) fn show(
    ui: &mut Ui,
    desk: &Desk<'_>,
    state: &mut CatalogueState,
    draft: &mut Catalogue,
) {
    note(ui, desk.t("ui.cat_numbers_note"));
    for number in &mut draft.numbers {
        let is_changed = !desk.office.numbers.contains(number);
        one(ui, desk, state, number, is_changed);
    }
    // A workspace of an earlier program goes by what the program ships until somebody says otherwise.
    let known: Vec<NamedNumber> = shipped_catalogue()
        .numbers
        .iter()
        .filter(|known| draft.numbers.iter().all(|one| one.code != known.code))
        .cloned()
        .collect();
    for shipped in known {
        let mut number = shipped.clone();
        one(ui, desk, state, &mut number, false);
        if number != shipped {
            draft.numbers.push(number);
        }
    }
}

fn one(
    ui: &mut Ui,
    desk: &Desk<'_>,
    state: &mut CatalogueState,
    number: &mut NamedNumber,
    is_changed: bool,
) {
    let name = number.name(desk.lang).to_owned();
    ui.horizontal(|ui| {
        let theme = Theme::of(ui);
        let color = if is_changed {
            theme.warning
        } else {
            theme.text
        };
        ui.add(Label::new(RichText::new(&name).color(color)).truncate());
        from_right(ui, |ui| {
            // From the right: what stands behind the field comes first.
            ui.allocate_ui_with_layout(
                egui::vec2(56.0, 28.0),
                egui::Layout::left_to_right(egui::Align::Center),
                |ui| {
                    ui.set_min_width(56.0);
                    fields::unit(ui, &quantity_word(number.unit, desk.lang));
                },
            );
            let wrong = &mut state.wrong_field;
            fields::number(ui, &name, SHORT, &mut number.value, wrong);
        });
    });
}
