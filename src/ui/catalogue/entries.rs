//! The entries of a part of the catalogue, to choose one; new ones are added below.

use super::fields::{number_text, quantity_word};
use super::sheet::Desk;
use super::state::{CatalogueState, Tab};
use crate::analysis::ProgrammeFigures;
use crate::base::digits::grouped;
use crate::model::{Catalogue, ProgrammeUnit, Quantity, Scheme, Term, Threshold, ThresholdValue};
use crate::ui::icon;
use crate::ui::theme::{Theme, body_font, small_font};
use crate::ui::widgets::elided;
use egui::{Button, CursorIcon, Role, Sense, Ui, WidgetInfo, pos2, vec2};

/// Height of an entry.
const LINE: f32 = 42.0;

/// How an entry stands.
struct Line {
    name: String,
    below: String,
    is_changed: bool,
    is_wrong: bool,
}

/// Draws the list.
pub(super) fn show(
    ui: &mut Ui,
    desk: &Desk<'_>,
    state: &mut CatalogueState,
    draft: &mut Catalogue,
) {
    ui.spacing_mut().item_spacing.y = 2.0;
    ui.add_space(6.0);
    let lines: Vec<Line> = match state.tab {
        Tab::Programmes => (0..draft.programmes.len())
            .map(|place| programme(desk, draft, place))
            .collect(),
        Tab::Needs => draft
            .needs
            .iter()
            .map(|need| need_line(desk, need))
            .collect(),
        Tab::Thresholds => {
            let all = draft.thresholds.iter();
            all.map(|threshold| threshold_line(desk, threshold))
                .collect()
        }
        Tab::Numbers => Vec::new(),
    };
    let chosen = match state.tab {
        Tab::Programmes => state.programme,
        Tab::Needs => state.need,
        _ => state.threshold,
    };
    for (place, line) in lines.iter().enumerate() {
        if draw(ui, line, place == chosen) {
            choose(state, place);
        }
    }
    ui.add_space(6.0);
    let key = match state.tab {
        Tab::Programmes => "ui.cat_add_programme",
        Tab::Needs => "ui.cat_add_need",
        _ => "ui.cat_add_threshold",
    };
    let text = format!("{}  {}", icon::PLUS, desk.t(key));
    if ui.add(Button::new(text)).clicked() {
        let place = add(desk, state.tab, draft);
        choose(state, place);
    }
}

fn choose(state: &mut CatalogueState, place: usize) {
    match state.tab {
        Tab::Programmes => state.choose_programme(place),
        Tab::Needs => state.need = place,
        _ => state.threshold = place,
    }
    state.removing = false;
}

/// Adds an entry with a code and names that nobody has; gives its place.
fn add(desk: &Desk<'_>, tab: Tab, draft: &mut Catalogue) -> usize {
    let codes: Vec<&str> = match tab {
        Tab::Programmes => draft.programmes.iter().map(|one| &*one.code).collect(),
        Tab::Needs => draft.needs.iter().map(|one| &*one.code).collect(),
        _ => draft.thresholds.iter().map(|one| &*one.code).collect(),
    };
    let word = match tab {
        Tab::Programmes => "programme",
        Tab::Needs => "need",
        _ => "threshold",
    };
    let number = (1..)
        .find(|number| !codes.contains(&&*format!("{word}_{number}")))
        .unwrap_or(1_usize);
    let key = match tab {
        Tab::Programmes => "ui.cat_new_programme",
        Tab::Needs => "ui.cat_new_need",
        _ => "ui.cat_new_threshold",
    };
    let name = |lang: crate::words::Lang| lang.with(key, &[("number", &number.to_string())]);
    let code = format!("{word}_{number}");
    let (zh, en) = (name(crate::words::Lang::Zh), name(crate::words::Lang::En));
    if tab == Tab::Thresholds {
        draft.thresholds.push(Threshold {
            code,
            zh,
            en,
            unit: Quantity::YuanPerMonth,
            values: vec![ThresholdValue {
                from: desk.as_of,
                value: 0.0,
                area: String::new(),
            }],
        });
        return draft.thresholds.len() - 1;
    }
    let term = Term {
        zh,
        en,
        known: true,
        ..Term::unknown(&code)
    };
    if tab == Tab::Programmes {
        draft.programmes.push(term);
        draft.schemes.push(Scheme::default());
        draft.programmes.len() - 1
    } else {
        draft.needs.push(term);
        draft.needs.len() - 1
    }
}

fn programme(desk: &Desk<'_>, draft: &Catalogue, place: usize) -> Line {
    let lang = desk.lang;
    let term = draft.programmes.get(place);
    let scheme = draft.schemes.get(place);
    let code = term.map_or("", |term| term.code.as_str());
    let before = desk
        .office
        .programmes
        .iter()
        .position(|one| one.code == code);
    let is_same = before.is_some_and(|before| {
        desk.office.programmes.get(before) == term && desk.office.schemes.get(before) == scheme
    });
    let has_rule = scheme.is_some_and(|scheme| scheme.rule_on(desk.as_of).is_some());
    let figures = figures(desk, code);
    let below = if has_rule {
        let unit = lang.t(match scheme.map(|scheme| scheme.unit) {
            Some(ProgrammeUnit::Person) => "ui.cat_unit_persons",
            _ => "ui.cat_unit_households",
        });
        let eligible = grouped(u64::from(figures.covered + figures.gap));
        let gap = grouped(u64::from(figures.gap));
        lang.with(
            "ui.cat_figures",
            &[("eligible", &eligible), ("gap", &gap), ("unit", &unit)],
        )
    } else {
        lang.t("ui.cat_no_rule").into_owned()
    };
    let wrong = desk.draft().map(|draft| draft.wrong_rules());
    Line {
        name: term.map_or_else(String::new, |term| term.short_name(lang).to_owned()),
        below,
        is_changed: !is_same,
        is_wrong: wrong.is_some_and(|all| all.iter().any(|one| one.programme == place)),
    }
}

/// How many are eligible and go without, as the saved rules say.
fn figures(desk: &Desk<'_>, code: &str) -> ProgrammeFigures {
    let town = desk.session.town();
    let found = town.and_then(|town| {
        let mut all = town.snapshot.catalogue.programmes.iter();
        let place = all.position(|term| term.code == code)?;
        town.entitled.total.get(place).copied()
    });
    found.unwrap_or_default()
}

fn need_line(desk: &Desk<'_>, need: &Term) -> Line {
    let weight = number_text(need.weight);
    Line {
        name: need.name(desk.lang).to_owned(),
        below: desk.lang.with("ui.cat_weight_of", &[("weight", &weight)]),
        is_changed: !desk.office.needs.contains(need),
        is_wrong: false,
    }
}

fn threshold_line(desk: &Desk<'_>, threshold: &Threshold) -> Line {
    let unit = quantity_word(threshold.unit, desk.lang);
    Line {
        name: threshold.name(desk.lang).to_owned(),
        below: value_text(desk, threshold).map_or_else(
            || desk.t("ui.cat_no_value"),
            |value| format!("{value} {unit}").trim_end().to_owned(),
        ),
        is_changed: !desk.office.thresholds.contains(threshold),
        is_wrong: threshold.values.is_empty(),
    }
}

/// What a threshold is on the day, everywhere; more where it differs from place to place.
pub(super) fn value_text(desk: &Desk<'_>, threshold: &Threshold) -> Option<String> {
    let everywhere = threshold.value_on(desk.as_of, &std::iter::empty());
    let value = everywhere.and_then(|at| threshold.values.get(at));
    let begun = |value: &&ThresholdValue| value.from <= desk.as_of && !value.area.is_empty();
    let local = threshold.values.iter().any(|value| begun(&value));
    let text = value.map(|value| number_text(value.value));
    match (text, local) {
        (Some(text), false) => Some(text),
        (Some(text), true) => Some(desk.lang.with("ui.cat_value_local", &[("value", &text)])),
        (None, true) => Some(desk.t("ui.cat_value_only_local")),
        (None, false) => None,
    }
}

/// One entry in two lines; gives whether it was clicked.
fn draw(ui: &mut Ui, line: &Line, is_chosen: bool) -> bool {
    let theme = Theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), LINE), Sense::click());
    let label = format!("{} {}", line.name, line.below);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_chosen, &label));
    if is_chosen {
        ui.painter().rect_filled(rect, 6.0, theme.accent_tint);
    } else if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, 6.0, theme.hover);
    }
    let room = rect.width() - 30.0;
    let ink = if is_chosen { theme.accent } else { theme.text };
    let name = elided(ui, &line.name, body_font(), ink, room);
    let below = elided(ui, &line.below, small_font(), theme.secondary, room + 14.0);
    let left = rect.left() + 8.0;
    ui.painter().galley(pos2(left, rect.top() + 4.0), name, ink);
    ui.painter()
        .galley(pos2(left, rect.top() + 22.0), below, theme.secondary);
    let at = pos2(rect.right() - 11.0, rect.top() + 13.0);
    if line.is_wrong {
        let sign = elided(ui, icon::WARNING, small_font(), theme.error, 20.0);
        ui.painter()
            .galley(at - sign.size() / 2.0, sign, theme.error);
    } else if line.is_changed {
        ui.painter().circle_filled(at, 3.5, theme.warning);
    }
    response.on_hover_cursor(CursorIcon::PointingHand).clicked()
}
