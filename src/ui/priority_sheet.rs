//! The sheet of the priority: what the score is made of, how much each part counts, and how steady
//! the list is when the weights move.

use super::opens;
use super::score_parts::{legend_entry, name, rule};
use super::theme::{Theme, body_font, small_font, strong_font};
use super::widgets::{from_right, note, primary_button, slider};
use super::worksheet;
use crate::analysis::{Component, Overlap, PriorityWeights, Steadiness, SteadyPart, TRIALS};
use crate::base::digits::{figure, grouped};
use crate::jobs::quota_text;
use crate::session::{Command, Figure, Session, Who};
use egui::{
    Align2, Button, DragValue, Margin, Rect, RichText, ScrollArea, Sense, Slider, Ui, pos2, vec2,
};

/// The largest weight that a slider gives; a larger one of the catalogue stays as it is.
const MOST_WEIGHT: f64 = 100.0;
/// Room for the name of a component.
const NAME_WIDTH: f32 = 116.0;
/// The longest list of which the steadiness is asked.
const MOST_TOP: usize = 100_000;

/// Draws the sheet.
pub(super) fn show(ui: &mut Ui, session: &Session, out: &mut Vec<Command>) {
    let footer = 76.0;
    let room = (ui.available_height() - footer).max(120.0);
    ScrollArea::vertical()
        .max_height(room)
        .auto_shrink([false, false])
        .content_margin(Margin {
            right: 10,
            ..Margin::ZERO
        })
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            ui.add_space(2.0);
            note(ui, session.lang.t("priority.what"));
            for component in Component::ALL {
                weight(ui, session, component, out);
            }
            ui.add_space(6.0);
            steady(ui, session, out);
            ui.add_space(8.0);
        });
    worksheet::rule(ui);
    foot(ui, session, out);
}

/// One component: its name, a slider with the number, its share, and its rule.
fn weight(ui: &mut Ui, session: &Session, component: Component, out: &mut Vec<Command>) {
    let theme = Theme::of(ui);
    let lang = session.lang;
    let weights = session.weights();
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        let start = ui.cursor().left();
        legend_entry(ui, component, lang);
        let used = ui.cursor().left() - start;
        ui.add_space((NAME_WIDTH - used).max(0.0));
        let mut value = weights.get(component);
        let named = [("name", &*name(component, lang))];
        let label = lang.with("priority.weight_input", &named);
        let most = MOST_WEIGHT.max(value);
        let control = Slider::new(&mut value, 0.0..=most)
            .step_by(1.0)
            .custom_formatter(|weight, _| figure(weight, 1));
        let width = (ui.available_width() - 118.0).max(60.0);
        if slider(ui, &label, control, width).changed() {
            let changed = weights.with(component, value);
            out.push(Command::TryWeights(Some(changed)));
        }
        from_right(ui, |ui| {
            let sum = weights.sum();
            let share = if sum > 0.0 {
                format!("{} %", figure(weights.get(component) / sum * 100.0, 0))
            } else {
                "–".to_owned()
            };
            ui.label(
                RichText::new(share)
                    .font(small_font())
                    .color(theme.secondary),
            );
        });
    });
    note(ui, rule(component, session));
}

/// How steady the list is.
fn steady(ui: &mut Ui, session: &Session, out: &mut Vec<Command>) {
    let theme = Theme::of(ui);
    let lang = session.lang;
    worksheet::rule(ui);
    ui.add_space(4.0);
    ui.label(RichText::new(lang.t("priority.steady_title")).font(strong_font()));
    let trials = grouped(TRIALS as u64);
    note(
        ui,
        lang.with("priority.steady_what", &[("trials", &trials)]),
    );
    match session.sheet_quota() {
        Some(quota) => {
            let by = lang.t("priority.steady_by_quota");
            note(ui, format!("{by} · {}", quota_text(quota, lang)));
        }
        None => {
            ui.horizontal(|ui| {
                ui.label(lang.t("priority.steady_top"));
                let mut top = session.steady_top;
                let unit = lang.t("priority.steady_top_unit");
                let field = DragValue::new(&mut top).range(1..=MOST_TOP);
                let changed = ui
                    .name_inputs(lang.t("priority.steady_top"), |ui| ui.add(field))
                    .changed();
                ui.label(unit);
                if changed {
                    out.push(Command::SetSteadyTop(top));
                }
            });
        }
    }
    ui.add_space(2.0);
    match session.steadiness() {
        None => {
            let text = lang.t("priority.steady_running");
            ui.label(RichText::new(text).color(theme.secondary));
        }
        Some(steady) if steady.kept == 0 => {
            note(ui, lang.t("priority.steady_nobody"));
        }
        Some(steady) => figures(ui, session, steady, out),
    }
}

fn opens(count: usize, part: SteadyPart) -> Figure {
    Figure::households(count as u64, Who::Steady(part))
}

fn figures(ui: &mut Ui, session: &Session, steady: &Steadiness, out: &mut Vec<Command>) {
    let lang = session.lang;
    let text = |count: usize| grouped(count as u64);
    let kept = || {
        (
            "kept",
            text(steady.kept),
            opens(steady.kept, SteadyPart::Kept),
        )
    };
    let mean = figure(steady.mean_stay, 1);
    let trials = grouped(TRIALS as u64);
    let always = opens(steady.always, SteadyPart::Always);
    let worst = steady.worst_joint.stay;
    let worst = ("stay", text(worst), opens(worst, SteadyPart::Worst));
    for pieces in [
        opens::sentence(
            lang,
            "priority.steady_mean",
            &[("stay", &mean)],
            vec![kept()],
        ),
        opens::sentence(
            lang,
            "priority.steady_always",
            &[("trials", &trials)],
            vec![("count", text(steady.always), always)],
        ),
        opens::sentence(lang, "priority.steady_worst", &[], vec![worst, kept()]),
    ] {
        opens::sentences(ui, lang, "", vec![pieces], out);
    }
    ui.add_space(4.0);
    let heads = ["priority.steady_less", "priority.steady_more"].map(|key| lang.t(key));
    let rect = line(ui, None, session);
    for (place, head) in places(rect).into_iter().zip(heads) {
        let ink = Theme::of(ui).secondary;
        let right = pos2(place.right(), place.center().y);
        ui.painter()
            .text(right, Align2::RIGHT_CENTER, head, small_font(), ink);
    }
    for one in &steady.alone {
        let rect = line(ui, Some(one.component), session);
        let parts = [
            (one.less, SteadyPart::WithLess(one.component)),
            (one.more, SteadyPart::WithMore(one.component)),
        ];
        let places = places(rect).into_iter().zip(parts).enumerate();
        for (at, (place, (overlap, part))) in places {
            let text = stays(overlap);
            let label = format!("{} {text}", name(one.component, lang));
            let cell = opens::Cell {
                rect: place,
                text: &text,
                name: &label,
                look: (body_font(), Theme::of(ui).text),
            };
            let id = ("steady", one.component.code(), at);
            opens::cell(ui, lang, id, &cell, opens(overlap.stay, part), out);
        }
    }
}

fn stays(overlap: Overlap) -> String {
    format!(
        "{} / {}",
        grouped(overlap.stay as u64),
        grouped(overlap.of as u64)
    )
}

/// The places of the two figures of a line.
fn places(rect: Rect) -> [Rect; 2] {
    const WIDTH: f32 = 104.0;
    let mut first = rect;
    first.set_right(rect.right() - WIDTH);
    [first, rect]
}

/// A line of the table: a component, and room for two figures.
fn line(ui: &mut Ui, component: Option<Component>, session: &Session) -> Rect {
    let theme = Theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 22.0), Sense::hover());
    let painter = ui.painter();
    if let Some(component) = component {
        let text = name(component, session.lang);
        let at = pos2(rect.left(), rect.center().y);
        painter.text(at, Align2::LEFT_CENTER, text, body_font(), theme.text);
    }
    painter.hline(rect.x_range(), rect.bottom(), theme.line());
    rect
}

fn foot(ui: &mut Ui, session: &Session, out: &mut Vec<Command>) {
    let theme = Theme::of(ui);
    let lang = session.lang;
    let is_draft = session.draft_weights.is_some();
    let shipped = PriorityWeights::default();
    ui.add_space(4.0);
    let (key, ink) = match () {
        () if session.weights().sum() <= 0.0 => ("priority.no_weight", theme.warning),
        () if is_draft && !session.can_edit() => ("priority.read_only", theme.warning),
        () if is_draft => ("priority.draft", theme.warning),
        () => ("priority.saved", theme.secondary),
    };
    ui.label(RichText::new(lang.t(key)).font(small_font()).color(ink));
    ui.horizontal(|ui| {
        let can_save = is_draft && session.can_edit() && !session.busy;
        if primary_button(ui, can_save, &lang.t("priority.save")).clicked() {
            out.push(Command::SaveWeights);
        }
        let revert = Button::new(lang.t("priority.revert"));
        if ui.add_enabled(is_draft, revert).clicked() {
            out.push(Command::TryWeights(None));
        }
        from_right(ui, |ui| {
            let button = Button::new(lang.t("priority.shipped"));
            if ui
                .add_enabled(session.weights() != shipped, button)
                .clicked()
            {
                out.push(Command::TryWeights(Some(shipped)));
            }
        });
    });
}
