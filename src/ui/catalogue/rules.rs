//! The rule of a programme: its versions by date, the text of one, and what it says.

use super::entries::value_text;
use super::fields;
use super::rule_text::{self, Insertion};
use super::rule_words;
use super::sheet::{Desk, heading_with};
use super::state::CatalogueState;
use crate::analysis::{RuleMistake, check_rule, rule_in_words, rule_thresholds};
use crate::model::{Catalogue, Date, ProgrammeUnit, RuleVersion};
use crate::ui::dialogs::{row, segments};
use crate::ui::icon;
use crate::ui::theme::{Theme, small_font};
use crate::ui::widgets::note;
use egui::{Button, Label, RichText, Ui};

/// Draws the versions and the chosen one.
pub(super) fn show(
    ui: &mut Ui,
    desk: &Desk<'_>,
    state: &mut CatalogueState,
    draft: &mut Catalogue,
    place: usize,
) {
    let lang = desk.lang;
    let add = heading_with(ui, &desk.t("ui.cat_rule"), |ui| {
        let text = format!("{}  {}", icon::PLUS, desk.t("ui.cat_add_version"));
        ui.button(text).clicked()
    });
    // Thresholds and other programmes are asked of the whole.
    let whole = draft.clone();
    let Some(scheme) = draft.schemes.get_mut(place) else {
        return;
    };
    let unit = scheme.unit;
    let in_force = scheme.rule_on(desk.as_of);
    let rules = &mut scheme.rules;
    let last = rules.len().saturating_sub(1);
    let chosen = state.version.or(in_force).unwrap_or(last).min(last);
    if add {
        state.version = Some(add_version(rules, chosen, desk.as_of));
        return;
    }
    if rules.is_empty() {
        note(ui, desk.t("ui.cat_rule_none"));
        return;
    }
    let versions: Vec<(usize, String)> = rules
        .iter()
        .enumerate()
        .map(|(at, version)| (at, version_name(desk, version, Some(at) == in_force)))
        .collect();
    if let Some(other) = segments(ui, &desk.t("ui.cat_rule"), &versions, Some(chosen)) {
        state.version = Some(other);
    }
    let Some(version) = rules.get_mut(chosen) else {
        return;
    };
    let mut from = version.from;
    let label = desk.t("ui.cat_from");
    let removes = ui.push_id(chosen, |ui| {
        row(ui, &label, |ui| {
            ui.horizontal(|ui| {
                fields::day(ui, &label, &mut from, &mut state.wrong_field);
                ui.button(desk.t("ui.cat_remove_version")).clicked()
            })
            .inner
        })
    });
    rule_field(
        ui,
        desk,
        state,
        version,
        (unit, &whole),
        Some(chosen) == in_force,
    );
    let note_text = match lang {
        crate::words::Lang::Zh => &mut version.note_zh,
        crate::words::Lang::En => &mut version.note_en,
    };
    fields::text(ui, &desk.t("ui.cat_note"), note_text);
    if from != version.from {
        version.from = from;
        rules.sort_by_key(|version| version.from);
        state.version = rules.iter().position(|version| version.from == from);
    }
    if removes.inner {
        rules.remove(chosen);
        state.version = None;
    }
}

fn version_name(desk: &Desk<'_>, version: &RuleVersion, in_force: bool) -> String {
    let key = if in_force {
        "ui.cat_version_now"
    } else if version.from > desk.as_of {
        "ui.cat_version_later"
    } else {
        "ui.cat_version_before"
    };
    let day = version.from.to_string();
    desk.lang.with(key, &[("day", &day)])
}

/// A new version that begins on the day of the figures, with the text of the chosen one; gives
/// its place.
fn add_version(rules: &mut Vec<RuleVersion>, chosen: usize, as_of: Date) -> usize {
    let mut from = as_of;
    while rules.iter().any(|version| version.from == from) {
        from = from.plus_days(1);
    }
    let copied = rules.get(chosen).cloned();
    let version = copied.unwrap_or(RuleVersion {
        from,
        text: String::new(),
        note_zh: String::new(),
        note_en: String::new(),
    });
    rules.push(RuleVersion { from, ..version });
    rules.sort_by_key(|version| version.from);
    rules
        .iter()
        .position(|version| version.from == from)
        .unwrap_or_default()
}

/// The text of a version with what is wrong in it or what it says, the thresholds that it names,
/// and the words that it may use.
fn rule_field(
    ui: &mut Ui,
    desk: &Desk<'_>,
    state: &mut CatalogueState,
    version: &mut RuleVersion,
    (unit, whole): (ProgrammeUnit, &Catalogue),
    in_force: bool,
) {
    let mistake = wrong_in(desk, state, version, (unit, whole));
    let id = rule_text::show(ui, desk, &mut version.text, mistake.as_ref());
    let mut insertion = None;
    match &mistake {
        Some(mistake) => {
            told(ui, desk, mistake);
            if let Some(near) = mistake.proposal() {
                let text = desk.lang.with("ui.cat_take", &[("word", near)]);
                if ui.button(text).clicked() {
                    insertion = Some(Insertion::Instead(
                        mistake.start..mistake.end,
                        near.to_owned(),
                    ));
                }
            }
            note(
                ui,
                desk.t(if in_force {
                    "ui.cat_last_good"
                } else {
                    "ui.cat_not_used"
                }),
            );
        }
        None => reading(ui, desk, &version.text, whole),
    }
    thresholds(ui, desk, state, &version.text, whole);
    let words = rule_words::show(ui, desk, state, unit, whole);
    if let Some(insertion) = words.or(insertion) {
        rule_text::insert(ui, id, &mut version.text, &insertion);
    }
}

/// The mistake of a version: of its own text, or one that shows only with the others, such as a
/// circle.
fn wrong_in(
    desk: &Desk<'_>,
    state: &CatalogueState,
    version: &RuleVersion,
    (unit, whole): (ProgrammeUnit, &Catalogue),
) -> Option<RuleMistake> {
    if let Err(mistake) = check_rule(&version.text, unit, whole) {
        return Some(mistake);
    }
    let scheme = whole.schemes.get(state.programme)?;
    let place = scheme.rules.iter().position(|one| one == version)?;
    let mut wrong = desk.draft()?.wrong_rules().iter();
    let found =
        wrong.find(|wrong| wrong.programme == state.programme && wrong.version == Some(place))?;
    Some(found.mistake.clone())
}

/// What is wrong.
pub(super) fn told(ui: &mut Ui, desk: &Desk<'_>, mistake: &RuleMistake) {
    let theme = Theme::of(ui);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.label(RichText::new(icon::WARNING).color(theme.error));
        let text = RichText::new(mistake.message.text(desk.lang)).color(theme.error);
        ui.add(Label::new(text).wrap());
    });
}

/// What a rule or an amount says, in plain words.
pub(super) fn reading(ui: &mut Ui, desk: &Desk<'_>, text: &str, catalogue: &Catalogue) {
    let theme = Theme::of(ui);
    let Some(words) = rule_in_words(text, catalogue, desk.lang) else {
        return;
    };
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.label(RichText::new(icon::CHECK_CIRCLE).color(theme.accent));
        let text = RichText::new(words)
            .font(small_font())
            .color(theme.secondary);
        ui.add(Label::new(text).wrap());
    });
}

/// The thresholds that the rule names, with their values; a click leads to them.
fn thresholds(
    ui: &mut Ui,
    desk: &Desk<'_>,
    state: &mut CatalogueState,
    text: &str,
    whole: &Catalogue,
) {
    let places = rule_thresholds(text, whole);
    if places.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        note(ui, desk.t("ui.cat_uses"));
        for place in places {
            let Some(threshold) = whole.thresholds.get(place) else {
                continue;
            };
            let value = value_text(desk, threshold).unwrap_or_else(|| desk.t("ui.cat_no_value"));
            let unit = fields::quantity_word(threshold.unit, desk.lang);
            let text = format!("{} {value} {unit}", threshold.name(desk.lang));
            let text = RichText::new(text.trim_end()).font(small_font());
            let button = ui.add(Button::new(text));
            if button
                .on_hover_text(desk.t("ui.cat_go_threshold"))
                .clicked()
            {
                state.choose_threshold(place);
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_version_begins_where_none_does_and_copies_the_chosen_one() {
        let day = |text: &str| Date::parse(text).unwrap();
        let version = |from: &str, text: &str| RuleVersion {
            from: day(from),
            text: text.to_owned(),
            note_zh: String::new(),
            note_en: String::new(),
        };
        let mut rules = vec![version("2026-07-01", "a"), version("2026-11-21", "b")];
        assert_eq!(add_version(&mut rules, 0, day("2026-11-21")), 2);
        assert_eq!(rules[2], version("2026-11-22", "a"));
        assert_eq!(add_version(&mut rules, 1, day("2026-08-01")), 1);
        assert_eq!(rules[1], version("2026-08-01", "b"));
        let mut none = Vec::new();
        assert_eq!(add_version(&mut none, 0, day("2026-08-01")), 0);
        assert_eq!(none, [version("2026-08-01", "")]);
    }
}
