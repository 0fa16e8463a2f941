//! The fourth step of an import: what it would do, before it does it.

use super::forms::ReportSource;
use super::import_difference;
use super::parts::warning;
use super::problem_list::{problems, remember};
use crate::base::digits::grouped;
use crate::jobs::{ImportReport, Lane, Rehearsed, Running};
use crate::session::{Command, ImportPlan, ImportWork, Session};
use crate::ui::shell::UiState;
use crate::ui::theme::{Theme, headline_font};
use crate::ui::widgets::{note, so_far};
use crate::words::Lang;
use egui::{ProgressBar, RichText, Ui, vec2};
use std::sync::Arc;

/// Draws the step.
pub(super) fn show(
    ui: &mut Ui,
    session: &Session,
    running: &[Running],
    plan: &ImportPlan,
    state: &mut UiState,
    out: &mut Vec<Command>,
) {
    let lang = session.lang;
    if plan.work != ImportWork::Idle {
        under_way(ui, lang, plan, running);
    }
    if let Some(fault) = &plan.fault {
        warning(ui, &fault.text(lang));
        note(ui, lang.t("ui.import_nothing_kept"));
    }
    let Some(rehearsal) = &plan.rehearsal else {
        if plan.work == ImportWork::Idle && plan.fault.is_none() {
            note(ui, lang.t("ui.import_not_checked"));
        }
        return;
    };
    figures(ui, lang, rehearsal);
    let form = &mut state.forms.import;
    import_difference::show(ui, session, plan, &rehearsal.difference, form, out);
    let report = &mut form.report;
    remember(report, &ReportSource::Rehearsal(Arc::clone(rehearsal)));
    problems(ui, session, &rehearsal.report, report);
}

fn under_way(ui: &mut Ui, lang: Lang, plan: &ImportPlan, running: &[Running]) {
    let theme = Theme::of(ui);
    let key = if plan.work == ImportWork::Rehearsing {
        "ui.import_rehearsing"
    } else {
        "ui.import_importing"
    };
    let work = running.iter().find(|work| work.lane == Lane::Workspace);
    let share = work.and_then(|work| work.progress.fraction());
    let text = so_far(share);
    ui.add_space(4.0);
    ui.label(format!("{} {text}", lang.t(key)));
    let bar = ProgressBar::new(share.unwrap_or(0.0))
        .desired_width(ui.available_width())
        .desired_height(5.0)
        .fill(theme.accent);
    ui.add(bar);
    note(ui, lang.t("ui.import_stop_keeps"));
    ui.ctx()
        .request_repaint_after(std::time::Duration::from_millis(80));
}

/// What would be stored, and what not.
fn figures(ui: &mut Ui, lang: Lang, rehearsal: &Rehearsed) {
    let report = &rehearsal.report;
    if report.read > 0 {
        ui.horizontal(|ui| {
            ui.label(RichText::new(grouped(report.stored)).font(headline_font()));
            let read = grouped(report.read);
            ui.label(lang.with("ui.import_would_store", &[("read", &read)]));
        });
    }
    let theme = Theme::of(ui);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(18.0, 4.0);
        for (key, count, is_flaw) in counts(report) {
            if count > 0 {
                let ink = if is_flaw { theme.warning } else { theme.text };
                let text = format!("{} {}", lang.t(key), grouped(count));
                ui.label(RichText::new(text).color(ink));
            }
        }
    });
}

fn counts(report: &ImportReport) -> [(&'static str, u64, bool); 6] {
    [
        ("ui.import_areas", report.areas, false),
        ("ui.dialog_report_placed", report.placed, false),
        ("ui.dialog_report_rejected", report.rejected, true),
        ("ui.dialog_report_not_geocoded", report.not_geocoded, true),
        ("ui.dialog_report_outside_areas", report.outside_areas, true),
        (
            "ui.dialog_report_outside_declared",
            report.outside_declared_area,
            true,
        ),
    ]
}
