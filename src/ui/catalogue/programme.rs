//! One programme: its rules first, then what it is.

use super::fields;
use super::rules;
use super::sheet::{Desk, heading_with};
use super::state::CatalogueState;
use crate::analysis::check_amount;
use crate::model::{Catalogue, ProgrammeGroup, ProgrammeUnit, Scheme, Term};
use crate::ui::dialogs::{menu, row, segments, tick, warning};
use crate::ui::theme::title_font;
use crate::ui::widgets::{from_right, note};
use crate::words::Lang;
use egui::{RichText, Ui};

/// Draws the programme.
pub(super) fn show(
    ui: &mut Ui,
    desk: &Desk<'_>,
    state: &mut CatalogueState,
    draft: &mut Catalogue,
) {
    state.programme = state
        .programme
        .min(draft.programmes.len().saturating_sub(1));
    let place = state.programme;
    let Some(term) = draft.programmes.get(place) else {
        note(ui, desk.t("ui.cat_empty"));
        return;
    };
    ui.push_id(("programme", term.code.clone(), place), |ui| {
        head(ui, desk, state, draft, place);
        rules::show(ui, desk, state, draft, place);
        what_it_is(ui, desk, state, draft, place);
    });
}

fn head(
    ui: &mut Ui,
    desk: &Desk<'_>,
    state: &mut CatalogueState,
    draft: &mut Catalogue,
    place: usize,
) {
    let Some(name) = draft
        .programmes
        .get(place)
        .map(|term| term.name(desk.lang).to_owned())
    else {
        return;
    };
    ui.horizontal(|ui| {
        ui.label(RichText::new(&name).font(title_font()));
        from_right(ui, |ui| {
            if !state.removing && ui.button(desk.t("ui.cat_remove")).clicked() {
                state.removing = true;
            }
        });
    });
    if state.removing && sure(ui, desk, state, "ui.cat_remove_programme", &name) {
        draft.programmes.remove(place);
        if place < draft.schemes.len() {
            draft.schemes.remove(place);
        }
        state.choose_programme(place.saturating_sub(1));
    }
}

/// Asks whether an entry should really go; gives the answer.
pub(super) fn sure(
    ui: &mut Ui,
    desk: &Desk<'_>,
    state: &mut CatalogueState,
    key: &str,
    name: &str,
) -> bool {
    warning(ui, &desk.lang.with(key, &[("name", name)]));
    ui.horizontal(|ui| {
        let goes = ui.button(desk.t("ui.cat_remove_go")).clicked();
        if goes || ui.button(desk.t("ui.cat_remove_not")).clicked() {
            state.removing = false;
        }
        goes
    })
    .inner
}

fn what_it_is(
    ui: &mut Ui,
    desk: &Desk<'_>,
    state: &mut CatalogueState,
    draft: &mut Catalogue,
    place: usize,
) {
    heading_with(ui, &desk.t("ui.cat_what_it_is"), |_| ());
    let is_new = draft.programmes.get(place).is_some_and(|term| {
        desk.office
            .programmes
            .iter()
            .all(|one| one.code != term.code)
    });
    if let Some(term) = draft.programmes.get_mut(place) {
        names(ui, desk, term, is_new);
        row(ui, &desk.t("ui.cat_short_zh"), |ui| {
            short(ui, desk, &mut term.short_zh, "ui.cat_short_zh");
        });
        row(ui, &desk.t("ui.cat_short_en"), |ui| {
            short(ui, desk, &mut term.short_en, "ui.cat_short_en");
        });
    }
    // The amount may name thresholds, so it is checked against the whole.
    let whole = draft.clone();
    let Some(scheme) = draft.schemes.get_mut(place) else {
        return;
    };
    choices(ui, desk, scheme);
    fields::text(ui, &desk.t("ui.cat_law_zh"), &mut scheme.law_zh);
    fields::text(ui, &desk.t("ui.cat_law_en"), &mut scheme.law_en);
    let wrong = &mut state.wrong_field;
    let lang = desk.lang;
    let label = desk.t("ui.cat_review");
    fields::months(ui, lang, &label, &mut scheme.review_months, wrong);
    let label = desk.t("ui.cat_unsteady_review");
    fields::months(ui, lang, &label, &mut scheme.unsteady_review_months, wrong);
    row(ui, "", |ui| note(ui, desk.t("ui.cat_unsteady_note")));
    let label = desk.t("ui.cat_grace");
    fields::months(ui, lang, &label, &mut scheme.grace_months, wrong);
    let label = desk.t("ui.cat_visit");
    fields::months(ui, lang, &label, &mut scheme.visit_months, wrong);
    let label = desk.t("ui.cat_gap_weight");
    row(ui, &label, |ui| {
        ui.horizontal(|ui| {
            fields::number(ui, &label, 56.0, &mut scheme.gap_weight, wrong);
            note(ui, desk.t("ui.cat_gap_weight_note"));
        });
    });
    fields::text(ui, &desk.t("ui.cat_amount"), &mut scheme.monthly_amount);
    amount(ui, desk, scheme, &whole);
}

fn short(ui: &mut Ui, desk: &Desk<'_>, value: &mut String, key: &str) {
    crate::ui::dialogs::named_edit(ui, &desk.t(key), &desk.t("ui.cat_short_hint"), value, 160.0);
}

/// Code, names and the other names under which files know it.
pub(super) fn names(ui: &mut Ui, desk: &Desk<'_>, term: &mut Term, is_new: bool) {
    if is_new {
        fields::text(ui, &desk.t("ui.cat_code"), &mut term.code);
        row(ui, "", |ui| note(ui, desk.t("ui.cat_code_note")));
    }
    fields::text(ui, &desk.t("ui.cat_zh"), &mut term.zh);
    fields::text(ui, &desk.t("ui.cat_en"), &mut term.en);
    let before = term.aliases.join("、");
    let mut aliases = before.clone();
    fields::text(ui, &desk.t("ui.cat_aliases"), &mut aliases);
    if aliases != before {
        term.aliases = aliases
            .split(['、', ';', '；', ',', '，'])
            .map(|alias| alias.trim_start().to_owned())
            .collect();
    }
}

fn choices(ui: &mut Ui, desk: &Desk<'_>, scheme: &mut Scheme) {
    let label = desk.t("ui.cat_counted");
    row(ui, &label, |ui| {
        let options = ProgrammeUnit::ALL.map(|unit| {
            let key = match unit {
                ProgrammeUnit::Household => "ui.cat_by_household",
                ProgrammeUnit::Person => "ui.cat_by_person",
            };
            (unit, desk.t(key))
        });
        if let Some(unit) = segments(ui, &label, &options, Some(scheme.unit)) {
            scheme.unit = unit;
        }
    });
    let label = desk.t("ui.cat_group");
    row(ui, &label, |ui| {
        let options = ProgrammeGroup::ALL.map(|group| (group, group_word(group, desk.lang)));
        if let Some(group) = menu(ui, &label, 240.0, &options, &scheme.group) {
            scheme.group = group;
        }
        tick(ui, true, &mut scheme.has_benefit, &desk.t("ui.cat_benefit"));
    });
}

fn group_word(group: ProgrammeGroup, lang: Lang) -> String {
    let key = match group {
        ProgrammeGroup::Basic => "ui.cat_group_basic",
        ProgrammeGroup::Special => "ui.cat_group_special",
        ProgrammeGroup::Emergency => "ui.cat_group_emergency",
        ProgrammeGroup::Service => "ui.cat_group_service",
        ProgrammeGroup::Welfare => "ui.cat_group_welfare",
    };
    lang.t(key).into_owned()
}

fn amount(ui: &mut Ui, desk: &Desk<'_>, scheme: &Scheme, catalogue: &Catalogue) {
    row(ui, "", |ui| {
        if scheme.monthly_amount.trim().is_empty() {
            note(ui, desk.t("ui.cat_amount_none"));
            return;
        }
        match check_amount(&scheme.monthly_amount, scheme.unit, catalogue) {
            Ok(()) => rules::reading(ui, desk, &scheme.monthly_amount, catalogue),
            Err(mistake) => rules::told(ui, desk, &mistake),
        }
    });
}
