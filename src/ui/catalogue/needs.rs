//! One category of need: its names, the words under which files know it, and its weight.

use super::fields;
use super::programme::{names, sure};
use super::sheet::Desk;
use super::state::CatalogueState;
use crate::model::Catalogue;
use crate::ui::dialogs::row;
use crate::ui::theme::title_font;
use crate::ui::widgets::{from_right, note};
use egui::{RichText, Ui};

/// Draws the category.
pub(super) fn show(
    ui: &mut Ui,
    desk: &Desk<'_>,
    state: &mut CatalogueState,
    draft: &mut Catalogue,
) {
    state.need = state.need.min(draft.needs.len().saturating_sub(1));
    let place = state.need;
    let Some(need) = draft.needs.get_mut(place) else {
        note(ui, desk.t("ui.cat_empty"));
        return;
    };
    let is_new = desk.office.needs.iter().all(|one| one.code != need.code);
    let name = need.name(desk.lang).to_owned();
    let mut goes = false;
    ui.push_id(("need", place), |ui| {
        ui.horizontal(|ui| {
            ui.label(RichText::new(&name).font(title_font()));
            from_right(ui, |ui| {
                if !state.removing && ui.button(desk.t("ui.cat_remove")).clicked() {
                    state.removing = true;
                }
            });
        });
        if state.removing {
            goes = sure(ui, desk, state, "ui.cat_remove_need", &name);
        }
        names(ui, desk, need, is_new);
        let label = desk.t("ui.cat_weight");
        row(ui, &label, |ui| {
            ui.horizontal(|ui| {
                fields::number(ui, &label, 56.0, &mut need.weight, &mut state.wrong_field);
                note(ui, desk.t("ui.cat_weight_note"));
            });
        });
    });
    if goes {
        draft.needs.remove(place);
        state.need = place.saturating_sub(1);
    }
}
