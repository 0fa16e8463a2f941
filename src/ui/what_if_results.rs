//! What would be different by programme. Every figure opens into its households.

use super::opens::{self, Piece};
use super::theme::{Theme, body_font, small_font, strong_font};
use super::what_if_areas;
use super::what_if_sheet::WhatIfState;
use super::widgets::{elided, note};
use crate::analysis::{ProgrammeChange, ProgrammeState, StandingPart, TrialPart};
use crate::base::digits::{figure, grouped};
use crate::jobs::{Town, TrialRow, Tried, trial_rows};
use crate::session::{Command, Counted, Figure, Session, TrialPlace, Who};
use crate::words::Lang;
use egui::{
    Align2, Color32, CursorIcon, FontId, Rect, RichText, Sense, Ui, WidgetInfo, pos2, vec2,
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
    let all = |number: usize, part: TrialPart| {
        let who = Who::Trial(u64::MAX, part, TrialPlace::Anywhere);
        Figure::households(number as u64, who)
    };
    if tried.moving > 0 {
        let figure = all(tried.moving, TrialPart::Moving);
        let figures = vec![("count", count(tried.moving), figure)];
        let moving = opens::sentence(lang, "whatif.moving_households", &[], figures);
        opens::sentences(ui, lang, "", vec![moving], out);
    }
    ui.horizontal_wrapped(|ui| {
        for (key, rows, part) in [
            (
                "whatif.show_all_entrants",
                &tried.entrants,
                TrialPart::Entrants,
            ),
            (
                "whatif.show_all_leavers",
                &tried.leavers,
                TrialPart::Leavers,
            ),
        ] {
            let number = rows.count();
            if number == 0 {
                continue;
            }
            let enters = part == TrialPart::Entrants;
            let sign = dot_sign(enters);
            let text = lang.with(key, &[("count", &count(number))]);
            let text = format!("{sign} {text}");
            let look = (small_font(), change_color(enters, &theme));
            opens::words(ui, lang, (&text, &text), look, all(number, part), out);
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
    lang: Lang,
    (rect, label, enters): (Rect, &str, bool),
    id: impl std::hash::Hash + std::fmt::Debug,
    figure: Figure,
    out: &mut Vec<Command>,
) {
    let theme = Theme::of(ui);
    if figure.count == 0 {
        right_text(ui, rect, "–", body_font(), theme.secondary);
        return;
    }
    let sign = if enters { "+" } else { "−" };
    let cell = opens::Cell {
        rect,
        text: &format!("{sign}{}", grouped(figure.count)),
        name: label,
        look: (body_font(), change_color(enters, &theme)),
    };
    opens::cell(ui, lang, (id, enters), &cell, figure, out);
}

/// The figures of a programme, today and on trial, anywhere or in an area.
pub(super) struct Both<'a> {
    pub(super) change: &'a ProgrammeChange,
    pub(super) place: TrialPlace,
}

impl Both<'_> {
    /// A number of the programme's units.
    pub(super) fn figure(&self, count: u32, part: TrialPart) -> Figure {
        let who = Who::Trial(1 << (self.change.place & 63), part, self.place);
        Figure::new(count, Counted::of(self.change.unit), who)
    }

    /// A number of units of both sides, with the unit behind the second.
    fn of(
        &self,
        lang: Lang,
        part: StandingPart,
        number: fn(&ProgrammeState) -> u32,
    ) -> [(String, Figure); 2] {
        let [before, after] = [&self.change.today, &self.change.trial].map(number);
        [
            (
                grouped(u64::from(before)),
                self.figure(before, TrialPart::Today(part)),
            ),
            (
                units(after, self.change, lang),
                self.figure(after, TrialPart::Trial(part)),
            ),
        ]
    }

    /// A sentence with a number of units, or of yuan, of both sides.
    fn sentence(
        &self,
        lang: Lang,
        key: &str,
        part: StandingPart,
        [before, after]: [(String, Figure); 2],
    ) -> Vec<Piece> {
        let side = |part: TrialPart, (text, mut figure): (String, Figure)| {
            figure.who = self.figure(0, part).who;
            (text, figure)
        };
        let (before, today) = side(TrialPart::Today(part), before);
        let (after, trial) = side(TrialPart::Trial(part), after);
        let figures = vec![("today", before, today), ("trial", after, trial)];
        opens::sentence(lang, key, &[], figures)
    }

    /// Units of both sides.
    fn counts(&self, numbers: [u32; 2]) -> [(String, Figure); 2] {
        numbers.map(|number| {
            let figure = self.figure(number, TrialPart::Moving);
            (grouped(u64::from(number)), figure)
        })
    }

    /// Yuan a month of both sides.
    fn yuan(&self, sums: [f64; 2]) -> [(String, Figure); 2] {
        sums.map(|yuan| {
            let mut sum = self.figure(0, TrialPart::Moving);
            sum.count = yuan.round().max(0.0) as u64;
            sum.counted = Counted::Yuan;
            (figure(yuan, 0), sum)
        })
    }
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
    let both = Both {
        change,
        place: TrialPlace::Anywhere,
    };
    let eligible = both.of(lang, StandingPart::Eligible, |state| state.eligible);
    let id = ("what if eligible", change.place);
    opens::from_to(
        ui,
        lang,
        id,
        (cells[1], own_name, theme.text),
        eligible,
        out,
    );
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
        let part = [TrialPart::Leavers, TrialPart::Entrants][usize::from(enters)];
        let figure = both.figure(number, part);
        opening(
            ui,
            lang,
            (cell, &label, enters),
            ("what if", change.place),
            figure,
            out,
        );
    }
    difference(ui, cells[4], row.difference_yuan());
    for line in lines(tried, change, row, lang) {
        opens::sentences(ui, lang, own_name, line, out);
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

/// What belongs to a programme's figures and has no column: sentences by line.
fn lines(
    tried: &Tried,
    change: &ProgrammeChange,
    row: &TrialRow,
    lang: Lang,
) -> Vec<Vec<Vec<Piece>>> {
    let both = Both {
        change,
        place: TrialPlace::Anywhere,
    };
    let (today, trial) = (&change.today, &change.trial);
    let mut facts = Vec::new();
    if row.difference_yuan().is_some() {
        let sums = row.costs_yuan().map(|yuan| yuan.unwrap_or(0.0));
        let part = StandingPart::Eligible;
        facts.push(both.sentence(lang, "whatif.cost_line", part, both.yuan(sums)));
    } else {
        facts.push(vec![Piece::words(lang.t("whatif.cost_none"))]);
    }
    if today.gap != trial.gap {
        let counts = both.counts([today.gap, trial.gap]);
        facts.push(both.sentence(lang, "whatif.gap_line", StandingPart::Gap, counts));
    }
    if today.unknown + trial.unknown > 0 {
        let counts = both.counts([today.unknown, trial.unknown]);
        facts.push(both.sentence(lang, "whatif.unknown_line", StandingPart::Unknown, counts));
    }
    let mut out = vec![facts];
    if let [Some(before), Some(after)] = row.paid_yuan()
        && change.today.covered > 0
    {
        let part = StandingPart::Covered;
        let paid = both.sentence(lang, "whatif.paid_line", part, both.yuan([before, after]));
        out.push(vec![paid]);
    }
    let one = |key: &str, plain: &[(&str, &str)], number: u32, part: TrialPart| {
        let figure = both.figure(number, part);
        let figures = vec![("count", units(number, change, lang), figure)];
        vec![opens::sentence(lang, key, plain, figures)]
    };
    for (to, number) in &change.moves {
        let programme = [("programme", name(tried, *to, lang))];
        let part = TrialPart::MovesTo(*to);
        out.push(one("whatif.moves", &programme, *number, part));
    }
    for (key, number, part) in [
        (
            "whatif.from_unknown",
            change.entrants_from_unknown,
            TrialPart::FromUnknown,
        ),
        (
            "whatif.to_unknown",
            change.leavers_to_unknown,
            TrialPart::ToUnknown,
        ),
    ] {
        if number > 0 {
            out.push(one(key, &[], number, part));
        }
    }
    let unknown = today.cost.unknown.max(trial.cost.unknown);
    if unknown > 0 {
        let figure = both.figure(unknown, TrialPart::AmountUnknown);
        let count = grouped(u64::from(unknown));
        let figures = vec![("count", count, figure)];
        out.push(vec![opens::sentence(
            lang,
            "whatif.amounts_unknown",
            &[],
            figures,
        )]);
    }
    if change.blind_to != 0 {
        let programmes = blind_names(tried, change, lang);
        let text = lang.with("whatif.blind", &[("programmes", &programmes)]);
        out.push(vec![vec![Piece::words(text)]]);
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
