//! The standards of the catalogue that hold today, each to be moved on trial: by a slider, by a
//! figure, or by the steps that people ask for.

use super::theme::{Theme, body_font, small_font};
use super::widgets::{from_right, note, slider};
use super::{icon, what_if_sheet::WhatIfState};
use crate::base::digits::figure;
use crate::jobs::Town;
use crate::model::{Catalogue, Quantity, Threshold, ThresholdValue};
use crate::session::{Command, Session};
use crate::words::Lang;
use egui::{Button, RichText, Slider, Stroke, Ui, vec2};
use std::cmp::Reverse;
use std::sync::Arc;

/// As many are shown before somebody asks for the rest.
const FIRST: usize = 3;
/// Programmes that are named behind a standard.
const MOST_NAMED: usize = 4;

/// A value that can be moved.
struct Movable<'a> {
    threshold: &'a Threshold,
    value: &'a ThresholdValue,
    /// The programmes whose rule or amount asks for it, as bits.
    used_by: u64,
    /// Those for which it decides who is eligible.
    decides: u64,
    /// What it is on trial, where it is moved.
    trial: Option<f64>,
}

/// The values in force, those that decide for the most units first.
fn movable<'a>(session: &Session, town: &'a Town) -> Vec<Movable<'a>> {
    let thresholds = &town.snapshot.catalogue.thresholds;
    let moves = session.trial_moves();
    let mut all = Vec::new();
    for (place, threshold) in thresholds.iter().enumerate() {
        let used_by = town.rules.that_ask_for(place);
        for at in threshold.in_force(town.as_of) {
            let moved = moves
                .iter()
                .find(|one| one.threshold == place && one.value == at);
            if let Some(value) = threshold.values.get(at) {
                all.push(Movable {
                    threshold,
                    value,
                    used_by,
                    decides: town.rules.decided_by(place),
                    trial: moved.map(|moved| moved.trial),
                });
            }
        }
    }
    // Of those that decide for as many, who is eligible comes before how much there is.
    let eligible = |programmes: u64| -> u64 {
        let total = town.entitled.total.iter().enumerate();
        let asked = total.filter(|(place, _)| programmes >> (place & 63) & 1 == 1);
        asked
            .map(|(_, one)| u64::from(one.covered) + u64::from(one.gap))
            .sum()
    };
    all.sort_by_key(|one| (Reverse(eligible(one.used_by)), one.decides == 0));
    all
}

/// The catalogue with one value on trial beside those that are already; `None` where nothing is
/// left on trial.
fn with_value(
    session: &Session,
    town: &Town,
    one: &Movable<'_>,
    to: f64,
) -> Option<Arc<Catalogue>> {
    let own = town.snapshot.catalogue.of_office();
    let trial = session.trial.as_deref();
    let mut trial = trial.cloned().unwrap_or_else(|| own.clone());
    let thresholds = &mut trial.thresholds;
    let same = |other: &&mut Threshold| other.code == one.threshold.code;
    let threshold = thresholds.iter_mut().find(same)?;
    let same =
        |other: &&mut ThresholdValue| other.area == one.value.area && other.from == one.value.from;
    threshold.values.iter_mut().find(same)?.value = to;
    (trial != own).then(|| Arc::new(trial))
}

/// Draws the standards.
pub(super) fn show(
    ui: &mut Ui,
    session: &Session,
    town: &Town,
    state: &mut WhatIfState,
    out: &mut Vec<Command>,
) {
    let lang = session.lang;
    let all = movable(session, town);
    if all.is_empty() {
        note(ui, lang.t("whatif.not_in_force"));
        return;
    }
    let mut hidden = 0;
    for (at, one) in all.iter().enumerate() {
        // What is moved is never out of sight.
        if at < FIRST || state.all || one.trial.is_some() {
            show_one(ui, session, town, one, out);
        } else {
            hidden += 1;
        }
    }
    let text = if state.all {
        lang.t("whatif.fewer").into_owned()
    } else {
        lang.with("whatif.more", &[("count", &hidden.to_string())])
    };
    ui.horizontal(|ui| {
        if (hidden > 0 || state.all) && ui.link(RichText::new(text).font(small_font())).clicked() {
            state.all = !state.all;
            ui.ctx().request_repaint();
        }
        if session.trial.is_some() {
            from_right(ui, |ui| {
                if ui.button(lang.t("whatif.reset_all")).clicked() {
                    out.push(Command::TryCatalogue(None));
                }
            });
        }
    });
}

fn show_one(
    ui: &mut Ui,
    session: &Session,
    town: &Town,
    one: &Movable<'_>,
    out: &mut Vec<Command>,
) {
    let theme = Theme::of(ui);
    let lang = session.lang;
    let unit = one.threshold.unit;
    let today = one.value.value;
    let mut wanted = None;
    ui.horizontal(|ui| {
        let name = one.threshold.name(lang);
        let color = if one.trial.is_some() {
            theme.accent
        } else {
            theme.text
        };
        ui.label(RichText::new(name).font(body_font()).color(color));
        if !one.value.area.is_empty() {
            let area = lang.with("whatif.in_area", &[("area", &one.value.area)]);
            ui.label(
                RichText::new(area)
                    .font(small_font())
                    .color(theme.secondary),
            );
        }
        from_right(ui, |ui| {
            if one.trial.is_some() {
                let text = format!(
                    "{} {}",
                    icon::ARROW_COUNTER_CLOCKWISE,
                    lang.t("whatif.reset")
                );
                if ui.button(RichText::new(text).font(small_font())).clicked() {
                    wanted = Some(today);
                }
            }
            let value = format!("{} {}", figure(today, 3), unit_word(unit, lang));
            let text = lang.with("whatif.today_value", &[("value", value.trim_end())]);
            let text = RichText::new(text)
                .font(small_font())
                .color(theme.secondary);
            ui.label(text).on_hover_text(used_by(town, one, lang));
        });
    });
    let mut value = one.trial.unwrap_or(today);
    let scale = Scale::of(unit, today);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let steps = scale.steps;
        let buttons = steps.len() as f32 * 50.0;
        let width = (ui.available_width() - buttons - 74.0).max(60.0);
        let control = Slider::new(&mut value, scale.low..=scale.high)
            .step_by(scale.step)
            .max_decimals(scale.decimals)
            .clamping(egui::SliderClamping::Edits);
        let name = one.threshold.name(lang);
        if slider(ui, name, control, width).changed() {
            wanted = Some(value);
        }
        from_right(ui, |ui| {
            for step in steps.iter().rev() {
                let to = step.from(today);
                let is_here = one.trial == Some(to);
                if step_button(ui, &step.text(), name, is_here) {
                    wanted = Some(to);
                }
            }
        });
    });
    note(ui, used_by(town, one, lang));
    ui.add_space(6.0);
    let wanted = wanted.filter(|to| to.is_finite() && *to != one.trial.unwrap_or(today));
    if let Some(to) = wanted {
        out.push(Command::TryCatalogue(with_value(
            session,
            town,
            one,
            to.max(0.0),
        )));
    }
}

fn step_button(ui: &mut Ui, text: &str, name: &str, is_here: bool) -> bool {
    let theme = Theme::of(ui);
    let (ink, edge) = if is_here {
        (theme.accent, theme.accent)
    } else {
        (theme.text, theme.hairline)
    };
    let button = Button::new(RichText::new(text).font(small_font()).color(ink))
        .fill(if is_here {
            theme.accent_tint
        } else {
            theme.background
        })
        .stroke(Stroke::new(1.0, edge))
        .min_size(vec2(46.0, 24.0));
    let response = ui.add(button);
    let label = format!("{name} {text}");
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, is_here, &label));
    response.clicked()
}

/// The programmes that ask for it.
fn used_by(town: &Town, one: &Movable<'_>, lang: Lang) -> String {
    let programmes = town.snapshot.catalogue.programmes.iter().enumerate();
    let names: Vec<&str> = programmes
        .filter(|(place, _)| one.used_by >> (place & 63) & 1 == 1)
        .map(|(_, term)| term.short_name(lang))
        .collect();
    if names.is_empty() {
        return lang.t("whatif.used_by_none").into_owned();
    }
    let shown = names.iter().take(MOST_NAMED).copied().collect::<Vec<_>>();
    let mut text = shown.join(lang.pick("、", ", "));
    if names.len() > MOST_NAMED {
        text.push_str(" …");
    }
    lang.with("whatif.used_by", &[("programmes", &text)])
}

/// What stands behind a figure.
fn unit_word(unit: Quantity, lang: Lang) -> &'static str {
    match unit {
        Quantity::Yuan => lang.pick("元", "yuan"),
        Quantity::YuanPerMonth => lang.pick("元/月", "yuan a month"),
        Quantity::Years => lang.pick("岁", "years"),
        Quantity::Months => lang.pick("个月", "months"),
        Quantity::Days => lang.pick("天", "days"),
        Quantity::Metres => lang.pick("米", "m"),
        Quantity::Count | Quantity::Ratio => "",
    }
}

/// A step that people ask for.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Step {
    Percent(i8),
    Whole(i8),
}

impl Step {
    fn from(self, today: f64) -> f64 {
        match self {
            // 1,130 × 1.05 is 1,186.5, not a hair more.
            Self::Percent(percent) => {
                (today * (1_000.0 + 10.0 * f64::from(percent))).round() / 1_000.0
            }
            Self::Whole(step) => (today + f64::from(step)).max(0.0),
        }
    }

    fn text(self) -> String {
        let (number, unit) = match self {
            Self::Percent(percent) => (percent, "%"),
            Self::Whole(step) => (step, ""),
        };
        let sign = if number < 0 { "−" } else { "+" };
        format!("{sign}{}{unit}", number.unsigned_abs())
    }
}

/// How far and how finely a standard is moved.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Scale {
    low: f64,
    high: f64,
    step: f64,
    decimals: usize,
    steps: &'static [Step],
}

impl Scale {
    fn of(unit: Quantity, today: f64) -> Self {
        const PERCENT: &[Step] = &[
            Step::Percent(-10),
            Step::Percent(-5),
            Step::Percent(5),
            Step::Percent(10),
        ];
        const WHOLE: &[Step] = &[
            Step::Whole(-5),
            Step::Whole(-1),
            Step::Whole(1),
            Step::Whole(5),
        ];
        const ONE: &[Step] = &[Step::Whole(-1), Step::Whole(1)];
        let twice = today * 2.0;
        match unit {
            Quantity::Yuan | Quantity::YuanPerMonth | Quantity::Metres => Self {
                low: 0.0,
                high: (twice / 100.0).ceil().max(1.0) * 100.0,
                step: if today < 200.0 { 1.0 } else { 10.0 },
                decimals: 2,
                steps: PERCENT,
            },
            Quantity::Ratio => Self {
                low: 0.0,
                high: twice.ceil().max(1.0),
                step: 0.05,
                decimals: 3,
                steps: PERCENT,
            },
            Quantity::Years => Self {
                low: (today - 20.0).max(0.0),
                high: today + 20.0,
                step: 1.0,
                decimals: 0,
                steps: WHOLE,
            },
            Quantity::Months | Quantity::Days => Self {
                low: 0.0,
                high: twice.max(12.0),
                step: 1.0,
                decimals: 0,
                steps: WHOLE,
            },
            Quantity::Count => Self {
                low: 0.0,
                high: twice.max(4.0),
                step: 1.0,
                decimals: 0,
                steps: ONE,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_of_today_and_plain_figures() {
        assert_eq!(Step::Percent(5).from(1_130.0), 1_186.5);
        assert_eq!(Step::Percent(-10).from(1.5), 1.35);
        assert_eq!(Step::Whole(-5).from(80.0), 75.0);
        assert_eq!(Step::Whole(-5).from(2.0), 0.0);
        assert_eq!(Step::Percent(-5).text(), "−5%");
    }

    #[test]
    fn the_scale_holds_today_and_every_step() {
        for unit in Quantity::ALL {
            for today in [0.0, 1.5, 16.0, 80.0, 1_130.0] {
                let scale = Scale::of(unit, today);
                for to in scale
                    .steps
                    .iter()
                    .map(|step| step.from(today))
                    .chain([today])
                {
                    assert!(
                        (scale.low..=scale.high).contains(&to),
                        "{unit:?} {today} {to}"
                    );
                }
            }
        }
    }
}
