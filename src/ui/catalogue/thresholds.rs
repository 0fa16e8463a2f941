//! One threshold: its names and unit, and its values by day and place.

use super::fields::{self, SHORT, quantity_word};
use super::programme::sure;
use super::sheet::{Desk, heading_with};
use super::state::CatalogueState;
use crate::analysis::rule_thresholds;
use crate::model::{Catalogue, Quantity, Threshold, ThresholdValue};
use crate::ui::dialogs::{fact, menu, named_edit, row};
use crate::ui::icon;
use crate::ui::theme::{Theme, small_font, title_font};
use crate::ui::widgets::{from_right, icon_button, note};
use egui::{RichText, Ui};

/// Draws the threshold.
pub(super) fn show(
    ui: &mut Ui,
    desk: &Desk<'_>,
    state: &mut CatalogueState,
    draft: &mut Catalogue,
) {
    state.threshold = state
        .threshold
        .min(draft.thresholds.len().saturating_sub(1));
    let place = state.threshold;
    let used = used_by(desk, draft, place);
    let Some(threshold) = draft.thresholds.get_mut(place) else {
        note(ui, desk.t("ui.cat_empty"));
        return;
    };
    let lang = desk.lang;
    let mut all = desk.office.thresholds.iter();
    let is_new = all.all(|one| one.code != threshold.code);
    let name = threshold.name(lang).to_owned();
    let mut goes = false;
    ui.push_id(("threshold", place), |ui| {
        ui.horizontal(|ui| {
            ui.label(RichText::new(&name).font(title_font()));
            from_right(ui, |ui| {
                if !state.removing && ui.button(desk.t("ui.cat_remove")).clicked() {
                    state.removing = true;
                }
            });
        });
        if used.is_empty() {
            note(ui, desk.t("ui.cat_unused"));
        } else {
            let names = used.join(lang.pick("、", ", "));
            note(ui, lang.with("ui.cat_used_by", &[("names", &names)]));
        }
        if state.removing {
            goes = sure(ui, desk, state, "ui.cat_remove_threshold", &name);
        }
        values(ui, desk, state, threshold);
        heading_with(ui, &desk.t("ui.cat_what_it_is"), |_| ());
        if is_new {
            fields::text(ui, &desk.t("ui.cat_code"), &mut threshold.code);
            row(ui, "", |ui| note(ui, desk.t("ui.cat_code_note")));
        } else {
            fact(ui, &desk.t("ui.cat_code"), &threshold.code);
        }
        fields::text(ui, &desk.t("ui.cat_zh"), &mut threshold.zh);
        fields::text(ui, &desk.t("ui.cat_en"), &mut threshold.en);
        let label = desk.t("ui.cat_counts");
        row(ui, &label, |ui| {
            let options = Quantity::ALL.map(|unit| (unit, unit_word(desk, unit)));
            if let Some(unit) = menu(ui, &label, 160.0, &options, &threshold.unit) {
                threshold.unit = unit;
            }
        });
    });
    if goes {
        draft.thresholds.remove(place);
        state.threshold = place.saturating_sub(1);
    }
}

fn unit_word(desk: &Desk<'_>, unit: Quantity) -> String {
    match unit {
        Quantity::Ratio => desk.t("ui.cat_unit_factor"),
        other => quantity_word(other, desk.lang),
    }
}

/// The programmes whose rules or amounts name a threshold.
fn used_by(desk: &Desk<'_>, catalogue: &Catalogue, place: usize) -> Vec<String> {
    let programmes = catalogue.programmes.iter().zip(&catalogue.schemes);
    let names = |text: &str| rule_thresholds(text, catalogue).contains(&place);
    programmes
        .filter(|(_, scheme)| {
            names(&scheme.monthly_amount) || scheme.rules.iter().any(|rule| names(&rule.text))
        })
        .map(|(term, _)| term.short_name(desk.lang).to_owned())
        .collect()
}

fn values(ui: &mut Ui, desk: &Desk<'_>, state: &mut CatalogueState, threshold: &mut Threshold) {
    let add = heading_with(ui, &desk.t("ui.cat_values"), |ui| {
        let text = format!("{}  {}", icon::PLUS, desk.t("ui.cat_add_value"));
        ui.button(text).clicked()
    });
    note(ui, desk.t("ui.cat_values_note"));
    let now = threshold.value_on(desk.as_of, &std::iter::empty());
    let unit = quantity_word(threshold.unit, desk.lang);
    let mut removed = None;
    for (at, value) in threshold.values.iter_mut().enumerate() {
        ui.push_id(("value", at), |ui| {
            ui.horizontal(|ui| {
                let name = |key: &str| format!("{} {}", desk.t(key), at + 1);
                let wrong = &mut state.wrong_field;
                fields::day(ui, &name("ui.cat_from"), &mut value.from, wrong);
                fields::unit(ui, &desk.t("ui.cat_onwards"));
                fields::number(ui, &name("ui.cat_value"), SHORT, &mut value.value, wrong);
                if !unit.is_empty() {
                    fields::unit(ui, &unit);
                }
                let hint = desk.t("ui.cat_everywhere");
                let label = name("ui.cat_area");
                named_edit(ui, &label, &hint, &mut value.area, 112.0);
                if now == Some(at) {
                    let text = RichText::new(desk.t("ui.cat_now")).font(small_font());
                    ui.label(text.color(Theme::of(ui).accent));
                }
                from_right(ui, |ui| {
                    let tooltip = desk.t("ui.cat_remove_value");
                    if icon_button(ui, icon::TRASH, &tooltip, false, true).clicked() {
                        removed = Some(at);
                    }
                });
            });
        });
    }
    if threshold.values.is_empty() {
        note(ui, desk.t("ui.cat_no_value_yet"));
    }
    if let Some(at) = removed {
        threshold.values.remove(at);
    }
    if add {
        threshold.values.push(next_value(desk, threshold));
    }
}

/// A value from the day of the figures on, as it is today, to be changed.
fn next_value(desk: &Desk<'_>, threshold: &Threshold) -> ThresholdValue {
    let now = threshold.value_on(desk.as_of, &std::iter::empty());
    let now = now.and_then(|at| threshold.values.get(at));
    let mut from = desk.as_of;
    let is_taken = |from| {
        let mut all = threshold.values.iter();
        all.any(|value| value.from == from && value.area.is_empty())
    };
    while is_taken(from) {
        from = from.plus_days(1);
    }
    ThresholdValue {
        from,
        value: now.map_or(0.0, |value| value.value),
        area: String::new(),
    }
}
