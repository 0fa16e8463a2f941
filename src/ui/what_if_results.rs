//! What would be different by programme. Every figure opens into its households.

use super::theme::{Theme, body_font, small_font, strong_font};
use super::what_if_areas;
use super::what_if_sheet::WhatIfState;
use super::widgets::{elided, note};
use crate::analysis::ProgrammeChange;
use crate::base::digits::{figure, grouped};
use crate::jobs::{Town, TrialRow, Tried, trial_rows};
use crate::session::{Command, Session};
use crate::words::Lang;
use egui::{
    Align2, Color32, CornerRadius, CursorIcon, FontId, Rect, RichText, Sense, Ui, WidgetInfo, pos2,
    vec2,
};
use std::cmp::Reverse;

/// Height of a line of figures.
pub(super) const LINE: f32 = 27.0;
/// Widths of the columns from the right: the difference, those who go, those who come in, the
/// eligible.
const COLUMNS: [f32; 4] = [92.0, 62.0, 62.0, 112.0];

/// Draws the results.
pub(super) fn show(
    ui: &mut Ui,
    session: &Session,
    town: &Town,
    state: &mut WhatIfState,
    out: &mut Vec<Command>,
) {
    let lang = session.lang;
    if session.trial.is_none() {
        ui.add_space(6.0);
        note(ui, lang.t("whatif.nothing"));
        return;
    }
    let Some(tried) = session.what_if() else {
        ui.add_space(6.0);
        note(ui, lang.t("whatif.computing"));
        return;
    };
    // The last result stays, quieter, while the next is worked out.
    let is_old = session.is_trying();
    ui.add_space(4.0);
    total(ui, session, tried, is_old, out);
    let mut changed: Vec<&ProgrammeChange> = tried
        .what_if
        .programmes
        .iter()
        .filter(|one| one.is_changed())
        .collect();
    if changed.is_empty() {
        note(ui, lang.t("whatif.no_change"));
        return;
    }
    // Of whom more or less is known comes behind who comes in and who goes.
    changed.sort_by_key(|one| {
        one.entrants + one.leavers == 0 && one.today.cost.yuan == one.trial.cost.yuan
    });
    head(ui, lang, &lang.t("whatif.col_programme_short"));
    let rows = trial_rows(town, tried, None);
    for one in &changed {
        let row = rows.iter().find(|row| row.place == usize::from(one.place));
        if let Some(row) = row {
            programme(ui, session, tried, one, row, state, out);
        }
    }
    let others = tried.what_if.programmes.iter();
    for one in others.filter(|one| one.blind_to != 0 && !one.is_changed()) {
        let own_name = name(tried, one.place, lang);
        let programmes = blind_names(tried, one, lang);
        let values = [("programme", own_name), ("programmes", &*programmes)];
        note(ui, lang.with("whatif.blind_other", &values));
    }
    let chosen = state
        .programme
        .and_then(|place| changed.iter().find(|one| one.place == place));
    let most = changed
        .iter()
        .max_by_key(|one| (one.entrants + one.leavers, Reverse(one.place)));
    if let Some(one) = chosen.or(most) {
        what_if_areas::show(ui, session, town, (tried, one), state, out);
    }
}

pub(super) fn name(tried: &Tried, place: u8, lang: Lang) -> &str {
    let term = tried.aligned.programmes.get(usize::from(place));
    term.map_or("", |term| term.short_name(lang))
}

/// Who comes in and who goes in all, and what it costs.
fn total(ui: &mut Ui, session: &Session, tried: &Tried, is_old: bool, out: &mut Vec<Command>) {
    let theme = Theme::of(ui);
    let lang = session.lang;
    let count = |count: usize| grouped(count as u64);
    let parts = [
        ("in", &*count(tried.entrants.count())),
        ("out", &*count(tried.leavers.count())),
    ];
    let mut text = lang.with("whatif.total_households", &parts);
    let rows = tried.what_if.programmes.iter();
    let paying = rows.filter(|one| one.has_amount.contains(&true));
    let difference: f64 = paying.map(ProgrammeChange::cost_difference_yuan).sum();
    text.push_str("  ·  ");
    text.push_str(&difference_text(difference, lang));
    ui.horizontal_wrapped(|ui| {
        let color = if is_old { theme.secondary } else { theme.text };
        ui.label(RichText::new(text).font(strong_font()).color(color));
        if is_old {
            let text = RichText::new(lang.t("whatif.computing")).font(small_font());
            ui.label(text.color(theme.secondary));
        }
    });
    if tried.moving > 0 {
        let count = count(tried.moving);
        note(
            ui,
            lang.with("whatif.moving_households", &[("count", &count)]),
        );
    }
    ui.horizontal_wrapped(|ui| {
        for (key, rows, enters) in [
            ("whatif.show_all_entrants", &tried.entrants, true),
            ("whatif.show_all_leavers", &tried.leavers, false),
        ] {
            let number = rows.count();
            if number == 0 {
                continue;
            }
            let sign = dot_sign(enters);
            let text = lang.with(key, &[("count", &count(number))]);
            let color = change_color(enters, &theme);
            let text = RichText::new(format!("{sign} {text}")).font(small_font());
            if ui.link(text.color(color)).clicked() {
                out.push(Command::ShowTrial {
                    programmes: u64::MAX,
                    enters,
                    area: None,
                });
            }
        }
    });
}

/// How the dot on the map looks.
fn dot_sign(enters: bool) -> &'static str {
    if enters { "●" } else { "○" }
}

fn change_color(enters: bool, theme: &Theme) -> Color32 {
    if enters { theme.accent } else { theme.gap }
}

fn difference_text(yuan: f64, lang: Lang) -> String {
    if yuan.abs() < 0.005 {
        return lang.t("whatif.cost_same").into_owned();
    }
    let amount = figure(yuan.abs(), 0);
    let sign = if yuan < 0.0 { "−" } else { "+" };
    lang.with(
        "whatif.cost_difference",
        &[("sign", sign), ("amount", &amount)],
    )
}

/// The rectangles of the columns of a line: the name, then from left to right.
pub(super) fn columns(rect: Rect) -> [Rect; 5] {
    let mut right = rect.right();
    let mut out = [rect; 5];
    for (at, width) in COLUMNS.iter().enumerate() {
        let column =
            Rect::from_min_max(pos2(right - width, rect.top()), pos2(right, rect.bottom()));
        if let Some(place) = out.get_mut(4 - at) {
            *place = column;
        }
        right -= width;
    }
    out[0] = Rect::from_min_max(rect.min, pos2(right - 6.0, rect.bottom()));
    out
}

pub(super) fn right_text(ui: &Ui, rect: Rect, text: &str, font: FontId, color: Color32) {
    let at = pos2(rect.right(), rect.center().y);
    ui.painter()
        .text(at, Align2::RIGHT_CENTER, text, font, color);
}

pub(super) fn head(ui: &mut Ui, lang: Lang, first: &str) {
    let theme = Theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 22.0), Sense::hover());
    let [name, eligible, entrants, leavers, difference] = columns(rect);
    let at = pos2(name.left(), name.center().y);
    ui.painter().text(
        at,
        Align2::LEFT_CENTER,
        first,
        small_font(),
        theme.secondary,
    );
    for (rect, key) in [
        (eligible, "whatif.col_eligible_short"),
        (entrants, "whatif.col_in_short"),
        (leavers, "whatif.col_out_short"),
        (difference, "whatif.col_difference_short"),
    ] {
        right_text(ui, rect, &lang.t(key), small_font(), theme.secondary);
    }
    ui.painter()
        .hline(rect.x_range(), rect.bottom(), theme.line());
}

/// A figure that opens into its households; nought is a quiet dash.
pub(super) fn opening(
    ui: &Ui,
    rect: Rect,
    count: u32,
    enters: bool,
    label: &str,
    id: impl std::hash::Hash + std::fmt::Debug,
) -> bool {
    let theme = Theme::of(ui);
    if count == 0 {
        right_text(ui, rect, "–", body_font(), theme.secondary);
        return false;
    }
    let sign = if enters { "+" } else { "−" };
    let text = format!("{sign}{}", grouped(u64::from(count)));
    let response = ui
        .interact(rect, ui.scope_id().with((id, enters)), Sense::click())
        .on_hover_cursor(CursorIcon::PointingHand)
        .on_hover_text(label);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, label));
    if response.hovered() || response.has_focus() {
        ui.painter()
            .rect_filled(rect.shrink(2.0), CornerRadius::same(4), theme.hover);
    }
    right_text(ui, rect, &text, body_font(), change_color(enters, &theme));
    response.clicked()
}

fn units(count: u32, change: &ProgrammeChange, lang: Lang) -> String {
    let key = format!("whatif.count_{}", change.unit.code());
    lang.with(&key, &[("count", &grouped(u64::from(count)))])
}

/// The line of a programme, and what belongs to it below.
fn programme(
    ui: &mut Ui,
    session: &Session,
    tried: &Tried,
    change: &ProgrammeChange,
    row: &TrialRow,
    state: &mut WhatIfState,
    out: &mut Vec<Command>,
) {
    let theme = Theme::of(ui);
    let lang = session.lang;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), LINE), Sense::hover());
    let cells = columns(rect);
    let own_name = name(tried, change.place, lang);
    let is_chosen = state.programme == Some(change.place);
    let response = ui
        .interact(
            cells[0],
            ui.scope_id().with(("what if programme", change.place)),
            Sense::click(),
        )
        .on_hover_cursor(CursorIcon::PointingHand)
        .on_hover_text(lang.t("whatif.where"));
    response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, is_chosen, own_name));
    if response.clicked() {
        state.programme = Some(change.place);
        ui.ctx().request_repaint();
    }
    let color = if is_chosen { theme.accent } else { theme.text };
    let galley = elided(ui, own_name, body_font(), color, cells[0].width());
    let at = pos2(cells[0].left(), cells[0].center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, color);
    let count = |count: u32| grouped(u64::from(count));
    let eligible = format!(
        "{} → {}",
        count(change.today.eligible),
        units(change.trial.eligible, change, lang)
    );
    right_text(ui, cells[1], &eligible, small_font(), theme.text);
    for (cell, enters, number, households) in [
        (cells[2], true, change.entrants, change.entrant_households),
        (cells[3], false, change.leavers, change.leaver_households),
    ] {
        let key = if enters {
            "whatif.show_entrants"
        } else {
            "whatif.show_leavers"
        };
        let values = [("count", &*count(households)), ("programme", own_name)];
        let label = lang.with(key, &values);
        if opening(ui, cell, number, enters, &label, ("what if", change.place)) {
            out.push(Command::ShowTrial {
                programmes: 1 << (change.place & 63),
                enters,
                area: None,
            });
        }
    }
    difference(ui, cells[4], row.difference_yuan());
    for line in lines(tried, change, row, lang) {
        note(ui, line);
    }
    let rect = ui
        .allocate_exact_size(vec2(ui.available_width(), 5.0), Sense::hover())
        .0;
    ui.painter()
        .hline(rect.x_range(), rect.center().y, theme.line());
}

pub(super) fn difference(ui: &Ui, rect: Rect, yuan: Option<f64>) {
    let theme = Theme::of(ui);
    let (text, color) = match yuan {
        None => ("–".to_owned(), theme.secondary),
        Some(yuan) if yuan.abs() < 0.005 => ("0".to_owned(), theme.secondary),
        Some(yuan) => {
            let sign = if yuan > 0.0 { "+" } else { "" };
            (format!("{sign}{}", figure(yuan, 0)), theme.text)
        }
    };
    right_text(ui, rect, &text, body_font(), color);
}

/// What belongs to a programme's figures and has no column.
fn lines(tried: &Tried, change: &ProgrammeChange, row: &TrialRow, lang: Lang) -> Vec<String> {
    let mut out = Vec::new();
    let count = |count: u32| grouped(u64::from(count));
    let mut facts = Vec::new();
    let (today, trial) = (&change.today, &change.trial);
    let from_to =
        |key: &str, from: &str, to: &str| lang.with(key, &[("today", from), ("trial", to)]);
    if row.difference_yuan().is_some() {
        let [before, after] = row.costs_yuan().map(|yuan| figure(yuan.unwrap_or(0.0), 0));
        facts.push(from_to("whatif.cost_line", &before, &after));
    } else {
        facts.push(lang.t("whatif.cost_none").into_owned());
    }
    if today.gap != trial.gap {
        facts.push(from_to(
            "whatif.gap_line",
            &count(today.gap),
            &count(trial.gap),
        ));
    }
    if today.unknown + trial.unknown > 0 {
        let [before, after] = [today, trial].map(|side| count(side.unknown));
        facts.push(from_to("whatif.unknown_line", &before, &after));
    }
    out.push(facts.join("  ·  "));
    let [before, after] = row.paid_yuan();
    if let (Some(before), Some(after)) = (before, after)
        && change.today.covered > 0
    {
        let [before, after] = [before, after].map(|yuan| figure(yuan, 0));
        out.push(from_to("whatif.paid_line", &before, &after));
    }
    for (to, number) in &change.moves {
        let values = [
            ("count", &*units(*number, change, lang)),
            ("programme", name(tried, *to, lang)),
        ];
        out.push(lang.with("whatif.moves", &values));
    }
    for (key, number) in [
        ("whatif.from_unknown", change.entrants_from_unknown),
        ("whatif.to_unknown", change.leavers_to_unknown),
    ] {
        if number > 0 {
            out.push(lang.with(key, &[("count", &units(number, change, lang))]));
        }
    }
    let unknown = today.cost.unknown.max(trial.cost.unknown);
    if unknown > 0 {
        out.push(lang.with("whatif.amounts_unknown", &[("count", &count(unknown))]));
    }
    if change.blind_to != 0 {
        let programmes = blind_names(tried, change, lang);
        out.push(lang.with("whatif.blind", &[("programmes", &programmes)]));
    }
    out
}

/// The programmes that a rule asks for and whose changes it does not see.
fn blind_names(tried: &Tried, change: &ProgrammeChange, lang: Lang) -> String {
    let seen = tried.what_if.programmes.iter().map(|one| one.place);
    let seen = seen.filter(|place| change.blind_to >> (place & 63) & 1 == 1);
    let names: Vec<&str> = seen.map(|place| name(tried, place, lang)).collect();
    names.join(lang.pick("、", ", "))
}
