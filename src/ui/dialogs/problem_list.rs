//! The problems of an import by kind, each kind to be opened.

use super::forms::{ReportForm, ReportSource};
use super::parts::heading;
use super::problem_groups::{Group, MOST_LISTED, columns, count_of, first_rows, groups};
use crate::base::digits::grouped;
use crate::jobs::ImportReport;
use crate::model::{Problem, ProblemKind, Severity, masked_id_number, masked_phone};
use crate::session::Session;
use crate::ui::icon;
use crate::ui::theme::{Theme, body_font, small_font};
use crate::ui::widgets::{elided, note};
use crate::words::Lang;
use egui::{Color32, Label, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use std::sync::Arc;

/// Groups the problems once a report, not once a frame.
pub(super) fn remember(form: &mut ReportForm, source: &ReportSource) {
    let (is_known, report) = match (source, &form.of) {
        (ReportSource::Import(report), known) => {
            let is_known =
                matches!(known, Some(ReportSource::Import(known)) if Arc::ptr_eq(known, report));
            (is_known, report.as_ref())
        }
        (ReportSource::Rehearsal(rehearsed), known) => {
            let is_known = matches!(known, Some(ReportSource::Rehearsal(known)) if Arc::ptr_eq(known, rehearsed));
            (is_known, &rehearsed.report)
        }
    };
    if !is_known {
        form.groups = groups(&report.problems);
        form.unfolded.clear();
        form.of = Some(source.clone());
    }
}

/// The problems by kind, each to be opened.
pub(super) fn problems(
    ui: &mut Ui,
    session: &Session,
    report: &ImportReport,
    form: &mut ReportForm,
) {
    let lang = session.lang;
    ui.add_space(8.0);
    heading(ui, &lang.t("ui.dialog_report_problems"));
    if form.groups.is_empty() {
        note(ui, lang.t("ui.dialog_report_no_problems"));
        return;
    }
    let rejected = grouped(count_of(&form.groups, Severity::Rejected) as u64);
    let doubtful = grouped(count_of(&form.groups, Severity::Doubtful) as u64);
    let notes = grouped(count_of(&form.groups, Severity::Note) as u64);
    let counts = [
        ("rejected", &*rejected),
        ("doubtful", &*doubtful),
        ("notes", &*notes),
    ];
    note(ui, lang.with("ui.dialog_report_severities", &counts));
    for group in &form.groups {
        let open = form.unfolded.contains(&group.kind);
        if show_group(ui, session, group, &report.problems, open) {
            if open {
                form.unfolded.remove(&group.kind);
            } else {
                form.unfolded.insert(group.kind);
            }
        }
    }
    let more: u64 = report.more_problems.values().map(|more| more.count).sum();
    if more > 0 {
        note(
            ui,
            lang.with("ui.dialog_report_more", &[("count", &grouped(more))]),
        );
    }
}

/// One kind of problem; gives whether its line was clicked.
fn show_group(
    ui: &mut Ui,
    session: &Session,
    group: &Group,
    problems: &[Problem],
    open: bool,
) -> bool {
    let theme = Theme::of(ui);
    let lang = session.lang;
    let (sign, color) = sign_of(group.kind.severity(), &theme);
    let text = group.kind.text(lang);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 44.0), Sense::click());
    let label = format!("{text} {}", grouped(group.count as u64));
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, open, &label));
    if response.hovered() || response.has_focus() {
        ui.painter()
            .rect_filled(rect.expand2(vec2(6.0, 0.0)), 6.0, theme.hover);
    }
    let line = |y: f32, galley: &egui::Galley| rect.top() + y - galley.size().y / 2.0;
    let sign = elided(ui, sign, body_font(), color, 24.0);
    ui.painter()
        .galley(pos2(rect.left(), line(14.0, &sign)), sign, color);
    let caret = if open {
        icon::CARET_UP
    } else {
        icon::CARET_DOWN
    };
    let count = format!("{}  {caret}", grouped(group.count as u64));
    let count = elided(ui, &count, body_font(), theme.text, 120.0);
    let room = rect.width() - count.size().x - 36.0;
    ui.painter().galley(
        pos2(rect.right() - count.size().x, line(14.0, &count)),
        count,
        theme.text,
    );
    let words = elided(ui, &text, body_font(), theme.text, room);
    ui.painter().galley(
        pos2(rect.left() + 24.0, line(14.0, &words)),
        words,
        theme.text,
    );
    let place = where_it_is(lang, group, problems, open);
    let place = elided(
        ui,
        &place,
        small_font(),
        theme.secondary,
        rect.width() - 24.0,
    );
    ui.painter().galley(
        pos2(rect.left() + 24.0, line(33.0, &place)),
        place,
        theme.secondary,
    );
    ui.painter()
        .hline(rect.x_range(), rect.bottom(), theme.line());
    if open {
        listed(ui, session, group, problems);
    }
    response
        .on_hover_cursor(egui::CursorIcon::PointingHand)
        .clicked()
}

fn sign_of(severity: Severity, theme: &Theme) -> (&'static str, Color32) {
    match severity {
        Severity::Rejected => (icon::WARNING_CIRCLE, theme.error),
        Severity::Doubtful => (icon::WARNING, theme.warning),
        Severity::Note => (icon::INFO, theme.secondary),
    }
}

/// What to do, then columns and first rows. What to do stands whole below an open group.
fn where_it_is(lang: Lang, group: &Group, problems: &[Problem], open: bool) -> String {
    let mut parts = if open {
        Vec::new()
    } else {
        vec![group.kind.advice(lang)]
    };
    let columns = columns(group, problems);
    if !columns.is_empty() {
        let columns = columns.join(&lang.t("query.chip_list"));
        parts.push(lang.with("ui.dialog_report_column", &[("columns", &columns)]));
    }
    let rows = first_rows(group, problems);
    if !rows.is_empty() {
        let more = if group.count > 4 { " …" } else { "" };
        parts.push(lang.with(
            "ui.dialog_report_rows",
            &[("rows", &format!("{rows}{more}"))],
        ));
    }
    parts.join("  ")
}

fn listed(ui: &mut Ui, session: &Session, group: &Group, problems: &[Problem]) {
    let lang = session.lang;
    ui.indent(("problems", group.kind.code()), |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.add(Label::new(group.kind.advice(lang)).wrap());
        ui.add_space(4.0);
        let heads = [
            lang.t("ui.dialog_report_head_file"),
            lang.t("ui.dialog_report_head_row"),
            lang.t("ui.dialog_report_head_column"),
            lang.t("ui.dialog_report_head_text"),
        ];
        table_row(ui, [&heads[0], &heads[1], &heads[2], &heads[3]], true);
        for problem in group.listed.iter().filter_map(|at| problems.get(*at)) {
            let row = if problem.row == 0 {
                String::new()
            } else {
                problem.row.to_string()
            };
            let text = shown_text(problem, session.settings.masked);
            table_row(ui, [&problem.source, &row, &problem.column, &text], false);
        }
        if group.count > MOST_LISTED {
            let more = grouped((group.count - MOST_LISTED) as u64);
            note(ui, lang.with("ui.dialog_report_more", &[("count", &more)]));
        }
        ui.add_space(6.0);
    });
}

/// The offending text; ID numbers and phones are masked where the window masks them.
fn shown_text(problem: &Problem, masked: bool) -> String {
    match problem.kind {
        ProblemKind::BadIdNumber | ProblemKind::LostDigits | ProblemKind::LegacyIdNumber
            if masked =>
        {
            masked_id_number(&problem.text)
        }
        ProblemKind::BadPhone if masked => masked_phone(&problem.text),
        _ => problem.text.clone(),
    }
}

fn table_row(ui: &mut Ui, cells: [&str; 4], is_head: bool) {
    const SHARES: [f32; 4] = [0.3, 0.1, 0.24, 0.36];
    let theme = Theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 22.0), Sense::hover());
    if !ui.is_rect_visible(rect) {
        return;
    }
    let ink = if is_head { theme.secondary } else { theme.text };
    let mut left = rect.left();
    for (text, share) in cells.into_iter().zip(SHARES) {
        let width = rect.width() * share;
        let galley = elided(ui, text, small_font(), ink, width - 8.0);
        ui.painter().galley(
            pos2(left, rect.center().y - galley.size().y / 2.0),
            galley,
            ink,
        );
        left += width;
    }
    ui.painter()
        .hline(rect.x_range(), rect.bottom(), theme.line());
    if !is_head && !cells[3].is_empty() {
        response.on_hover_text(cells[3]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_masked_window_shows_no_number_in_full() {
        let problem = |kind| Problem {
            source: "a.csv".into(),
            row: 2,
            column: String::new(),
            kind,
            text: "330282199001011234".to_owned(),
        };
        for kind in [
            ProblemKind::BadIdNumber,
            ProblemKind::BadPhone,
            ProblemKind::LostDigits,
        ] {
            let problem = problem(kind);
            assert!(
                !shown_text(&problem, true).contains("19900101"),
                "{}",
                kind.code()
            );
            assert_eq!(shown_text(&problem, false), problem.text);
        }
    }
}
