//! Above the chart: which one it is, of what, and the way out.

use super::action::Action;
use super::bottom_panel::tabs;
use super::chart_panel::kind_text;
use super::dialogs::{menu, segments};
use super::icon;
use super::theme::{Theme, body_font, strong_font};
use super::widgets::{from_right, icon_button, note};
use crate::analysis::{RateForm, ShareFigure, ShareOrder, usual_level};
use crate::layer::{
    ChartKind, ChartSpec, TrendMonths, figure_name, months_text, rate_form_word, trend_of,
};
use crate::model::AreaLevel;
use crate::session::{Command, Dialog, Session};
use egui::{Label, Popup, PopupCloseBehavior, RichText, Ui, vec2};

/// Room for all that stands behind the choice of charts.
const BEHIND: f32 = 336.0;
const FIGURE_WIDTH: f32 = 190.0;
const LEVEL_WIDTH: f32 = 116.0;
const KIND_WIDTH: f32 = 128.0;
const MONTHS_WIDTH: f32 = 108.0;
/// A panel narrower than this has two lines.
const TWO_LINES: f32 = 660.0;

/// Draws the line; in a narrow panel, what the chart is of stands below it.
pub(super) fn show(ui: &mut Ui, session: &Session, out: &mut Vec<Command>) {
    let is_narrow = ui.available_width() < TWO_LINES;
    ui.horizontal(|ui| {
        ui.set_height(28.0);
        from_right(ui, |ui| {
            let spec = session.chart;
            let tooltip = Action::ExportChart.tooltip(session.lang, ui.ctx());
            let can = Action::ExportChart.is_enabled(session);
            if icon_button(ui, icon::EXPORT, &tooltip, false, can).clicked() {
                out.push(Command::Show(Dialog::ExportChart));
            }
            if spec.kind.is_by_area() {
                order_button(ui, session, out);
            }
            let left = egui::Layout::left_to_right(egui::Align::Center);
            ui.with_layout(left, |ui| {
                tabs(ui, session, out);
                kinds(ui, session, out);
                if !is_narrow {
                    of_what(ui, session, out);
                }
            });
        });
    });
    let kind = session.chart.kind;
    if is_narrow && (kind.is_by_area() || kind == ChartKind::Trend) {
        ui.horizontal(|ui| of_what(ui, session, out));
    }
}

fn of_what(ui: &mut Ui, session: &Session, out: &mut Vec<Command>) {
    if session.chart.kind.is_by_area() {
        figure(ui, session, out);
        level(ui, session, out);
    }
    if session.chart.kind == ChartKind::Trend {
        months(ui, session, out);
    }
}

/// How far the trend goes back, and whose it is: that of the chosen area, where one is chosen.
fn months(ui: &mut Ui, session: &Session, out: &mut Vec<Command>) {
    let lang = session.lang;
    let options = TrendMonths::OFFERED.map(|months| (months, months_text(months, lang)));
    let name = lang.t("ui.chart_months");
    let current = session.chart.months;
    if let Some(months) = menu(ui, &name, MONTHS_WIDTH, &options, &current) {
        out.push(Command::SetChart(ChartSpec {
            months,
            ..session.chart
        }));
    }
    let (Some(town), Some(chart)) = (session.town(), &session.results.chart) else {
        return;
    };
    // What stands below is said, not what is being counted.
    if chart.spec.kind == ChartKind::Trend && chart.generation == town.snapshot.generation {
        let of = trend_of(&chart.spec, &town.snapshot, lang);
        let text = RichText::new(of).font(strong_font());
        ui.add(Label::new(text).truncate());
    }
}

/// The charts side by side where there is room, else in a menu.
fn kinds(ui: &mut Ui, session: &Session, out: &mut Vec<Command>) {
    let lang = session.lang;
    let name = lang.t("ui.chart_kind");
    let options = ChartKind::ALL.map(|kind| (kind, kind_text(kind, lang)));
    let ink = Theme::of(ui).text;
    let wide: f32 = options
        .iter()
        .map(|(_, text)| {
            let galley = ui.painter().layout_no_wrap(text.clone(), body_font(), ink);
            galley.size().x + 24.0
        })
        .sum();
    let current = session.chart.kind;
    let chosen = if wide + BEHIND <= ui.available_width() {
        segments(ui, &name, &options, Some(current))
    } else {
        menu(ui, &name, KIND_WIDTH, &options, &current)
    };
    if let Some(kind) = chosen {
        let spec = ChartSpec {
            kind,
            ..session.chart
        };
        out.push(Command::SetChart(spec));
    }
}

/// Whose share: of those of concern, or of the eligible of a programme.
fn figure(ui: &mut Ui, session: &Session, out: &mut Vec<Command>) {
    let lang = session.lang;
    let Some(town) = session.town() else { return };
    let programmes = (0_u8..)
        .zip(&town.entitled.total)
        .filter(|(_, figures)| figures.covered + figures.gap > 0)
        .map(|(place, _)| ShareFigure::Programme(place));
    let figures = [ShareFigure::Reach, ShareFigure::FullCoverage]
        .into_iter()
        .chain(programmes);
    let options: Vec<(ShareFigure, String)> = figures
        .map(|figure| (figure, figure_name(figure, &town.snapshot, lang)))
        .collect();
    let name = lang.t("ui.chart_figure");
    let current = session.chart.figure;
    if let Some(figure) = menu(ui, &name, FIGURE_WIDTH, &options, &current) {
        out.push(Command::SetChart(ChartSpec {
            figure,
            ..session.chart
        }));
    }
}

fn level(ui: &mut Ui, session: &Session, out: &mut Vec<Command>) {
    let lang = session.lang;
    let Some(town) = session.town() else { return };
    let areas = &town.snapshot.areas;
    let options: Vec<(AreaLevel, String)> = areas
        .levels()
        .into_iter()
        .map(|level| (level, lang.t(level.word()).into_owned()))
        .collect();
    let Some(current) = session.chart.level.or_else(|| usual_level(areas)) else {
        return;
    };
    let name = lang.t("ui.chart_level");
    if let Some(level) = menu(ui, &name, LEVEL_WIDTH, &options, &current) {
        out.push(Command::SetChart(ChartSpec {
            level: Some(level),
            ..session.chart
        }));
    }
}

/// The order of the areas and the form of their rates, behind a button.
fn order_button(ui: &mut Ui, session: &Session, out: &mut Vec<Command>) {
    let lang = session.lang;
    if session.chart.kind != ChartKind::Coverage {
        return;
    }
    let tooltip = lang.t("ui.chart_options");
    let button = icon_button(ui, icon::SLIDERS_HORIZONTAL, &tooltip, false, true);
    Popup::menu(&button)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .show(|ui| {
            ui.set_width(300.0);
            ui.spacing_mut().item_spacing = vec2(8.0, 6.0);
            let name = lang.t("ui.chart_order");
            note(ui, name.as_ref());
            let orders = [
                (ShareOrder::Bound, "ui.chart_order_bound"),
                (ShareOrder::Code, "ui.chart_order_code"),
            ]
            .map(|(order, key)| (order, lang.t(key).into_owned()));
            if let Some(order) = segments(ui, &name, &orders, Some(session.chart.order)) {
                out.push(Command::SetChart(ChartSpec {
                    order,
                    ..session.chart
                }));
            }
            let name = lang.t("ui.chart_form");
            note(ui, name.as_ref());
            let forms = [
                RateForm::Raw,
                RateForm::EmpiricalBayesGlobal,
                RateForm::EmpiricalBayesLocal,
                RateForm::Count,
            ]
            .map(|form| (form, lang.t(rate_form_word(form)).into_owned()));
            let current = Some(session.view.rate_form);
            if let Some(form) = segments(ui, &name, &forms, current) {
                out.push(Command::SetRateForm(form));
            }
        });
}
