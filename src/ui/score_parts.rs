//! The parts of a score: their colours, their names and rules, in the list, the card and the sheet.

use super::icon;
use super::theme::{Theme, headline_font, small_font};
use super::widgets::{bar, from_right, note, paint_bar};
use crate::analysis::{Component, Part, PriorityFact};
use crate::base::digits::figure;
use crate::layer::{ListField, ListView};
use crate::session::Session;
use crate::words::Lang;
use egui::{Align2, Color32, Id, Label, Rect, RichText, Sense, Ui, pos2, vec2};

/// Income a head under which the rule counts a household as poor, where the catalogue is silent.
const LOW_INCOME_YUAN: f64 = 1_000.0;

/// The colour of a component, in bars and beside its name.
pub(super) fn color(component: Component, theme: &Theme) -> Color32 {
    match component {
        Component::UnmetLoad => theme.gap,
        Component::Gaps => theme.gap_deep,
        Component::Vulnerability => theme.middle,
        Component::Waiting => theme.waiting,
        Component::Visit => theme.covered,
        Component::HotSpot => theme.hot_spot,
    }
}

/// The name of a component.
pub(super) fn name(component: Component, lang: Lang) -> String {
    lang.t(&format!("priority.part_{}", component.code()))
        .into_owned()
}

/// How the value of a component comes about.
pub(super) fn rule(component: Component, session: &Session) -> String {
    let town = session.town();
    let line = town.and_then(|town| town.snapshot.catalogue.number("priority_low_income"));
    let yuan = figure(line.unwrap_or(LOW_INCOME_YUAN), 0);
    let key = format!("priority.rule_{}", component.code());
    session.lang.with(&key, &[("yuan", &yuan)])
}

/// A dot in the colour of a component, and its name.
pub(super) fn legend_entry(ui: &mut Ui, component: Component, lang: Lang) {
    let theme = Theme::of(ui);
    let (dot, _) = ui.allocate_exact_size(vec2(10.0, 16.0), Sense::hover());
    ui.painter()
        .circle_filled(dot.center(), 4.0, color(component, &theme));
    ui.label(RichText::new(name(component, lang)).font(small_font()));
}

/// The parts of a score as shares of a bar that is full at 100.
fn shares(session: &Session, row: u32, theme: &Theme) -> Vec<(f32, Color32)> {
    let parts = session.score_parts(row).into_iter().flatten();
    parts
        .map(|part| (part.points as f32 / 100.0, color(part.component, theme)))
        .collect()
}

/// What the colours of the list's bars mean.
pub(super) fn legend(ui: &mut Ui, lang: Lang) {
    ui.label(lang.t("priority.list_legend"));
    for component in Component::ALL {
        ui.horizontal(|ui| legend_entry(ui, component, lang));
    }
}

/// The cell of the list: a small bar of the parts, the score, and whether it is steady.
pub(super) fn cell(ui: &Ui, session: &Session, view: &ListView<'_>, row: u32, cell: Rect) {
    let theme = Theme::of(ui);
    let steady = session.steadiness();
    let reserve = if steady.is_some() { 76.0 } else { 40.0 };
    let bar_width = (cell.width() - reserve).clamp(20.0, 96.0);
    let bar = Rect::from_center_size(
        pos2(cell.left() + bar_width / 2.0, cell.center().y),
        vec2(bar_width, 7.0),
    );
    paint_bar(ui, bar, &shares(session, row, &theme));
    let text = view.cell(row, ListField::Priority).text();
    let painter = ui.painter();
    let at = pos2(bar.right() + 8.0, cell.center().y);
    let drawn = painter.text(
        at,
        Align2::LEFT_CENTER,
        text,
        super::theme::body_font(),
        theme.text,
    );
    if steady.is_some_and(|steady| steady.share(row) >= 1.0) {
        let word = session.lang.t("priority.field_short").into_owned();
        let word = painter.layout_no_wrap(word, small_font(), theme.accent);
        let left = drawn.right() + 5.0;
        if left + word.size().x <= cell.right() {
            let at = pos2(left, cell.center().y - word.size().y / 2.0);
            painter.galley(at, word, theme.accent);
        } else {
            // The sign says it where there is no room; the word stands in the tooltip.
            let at = pos2(left, cell.center().y);
            painter.text(
                at,
                Align2::LEFT_CENTER,
                icon::CHECK,
                small_font(),
                theme.accent,
            );
        }
    }
}

/// The parts with their points, where the pointer rests on a score.
pub(super) fn tooltip(ui: &mut Ui, session: &Session, row: u32) {
    let lang = session.lang;
    for part in session.score_parts(row).into_iter().flatten() {
        ui.horizontal(|ui| {
            ui.set_width(220.0);
            legend_entry(ui, part.component, lang);
            points(ui, &part, lang);
        });
    }
    if let Some(steady) = session.steadiness() {
        let share = figure((steady.share(row) * 100.0).round(), 0);
        let heading = ListField::Steadiness.heading(lang);
        note(ui, format!("{heading} {share}"));
    }
}

fn points(ui: &mut Ui, part: &Part, lang: Lang) {
    let theme = Theme::of(ui);
    from_right(ui, |ui| {
        let points = lang.with("ui.points", &[("points", &figure(part.points, 1))]);
        ui.label(
            RichText::new(points)
                .font(small_font())
                .color(theme.secondary),
        );
    });
}

/// The score in the card: all parts with value, weight and points, the rules, and what is missing.
pub(super) fn card(ui: &mut Ui, session: &Session, view: &ListView<'_>, row: u32) {
    let theme = Theme::of(ui);
    let lang = session.lang;
    ui.add_space(8.0);
    ui.label(
        RichText::new(lang.t("layer.field_priority"))
            .font(small_font())
            .color(theme.secondary),
    );
    let score = view.cell(row, ListField::Priority).text();
    ui.horizontal(|ui| {
        ui.label(RichText::new(score).font(headline_font()));
        ui.label(
            RichText::new("/ 100")
                .font(small_font())
                .color(theme.secondary),
        );
    });
    bar(ui, 9.0, &shares(session, row, &theme));
    let unfolded = Id::unique("rules of the score");
    let mut open: bool = ui.data(|data| data.get_temp(unfolded)).unwrap_or(false);
    let unknown = session.score_unknowns(row);
    let weights = session
        .scores()
        .map_or_else(|| session.weights(), |scores| scores.priority.weights);
    for part in session.score_parts(row).into_iter().flatten() {
        let rule = rule(part.component, session);
        ui.horizontal(|ui| {
            legend_entry(ui, part.component, lang);
            points(ui, &part, lang);
        })
        .response
        .on_hover_text(&rule);
        if !open {
            continue;
        }
        let value = figure(part.value, 2);
        let weight = lang.with(
            "priority.weight_of",
            &[
                ("weight", &figure(weights.get(part.component), 1)),
                ("sum", &figure(weights.sum(), 1)),
            ],
        );
        let how = [("value", &*value), ("weight", &*weight)];
        inset(ui, &lang.with("priority.part_how", &how));
        inset(ui, &rule);
        let missing: Vec<_> = unknown
            .iter()
            .filter(|(component, _)| *component == part.component)
            .map(|(_, fact)| fact_name(*fact, lang))
            .collect();
        if part.component == Component::Visit && !missing.is_empty() {
            inset(ui, &lang.t("priority.unknown_visit"));
        } else if !missing.is_empty() {
            let facts = missing.join(lang.pick("、", ", "));
            let missing = lang.with("priority.unknown", &[("facts", &facts)]);
            let plain = lang.t("priority.unknown_plain");
            inset(ui, &format!("{missing}{}{plain}", lang.pick("；", ". ")));
        }
    }
    ui.horizontal(|ui| {
        let key = if open {
            "priority.fold"
        } else {
            "priority.unfold"
        };
        if ui.link(lang.t(key)).clicked() {
            open = !open;
            ui.data_mut(|data| data.insert_temp(unfolded, open));
        }
    });
    note(ui, lang.t("ui.score_note"));
    if session.draft_weights.is_some() {
        note(ui, lang.t("priority.draft"));
    }
}

/// A line below a part.
fn inset(ui: &mut Ui, text: &str) {
    let theme = Theme::of(ui);
    ui.scope(|ui| {
        // Lines of words stand closer than buttons.
        ui.spacing_mut().interact_size.y = 12.0;
        ui.horizontal(|ui| {
            ui.add_space(14.0);
            let text = RichText::new(text)
                .font(small_font())
                .color(theme.secondary);
            ui.add(Label::new(text).wrap());
        });
    });
}

fn fact_name(fact: PriorityFact, lang: Lang) -> String {
    lang.t(&format!("priority.fact_{}", fact.code()))
        .into_owned()
}
