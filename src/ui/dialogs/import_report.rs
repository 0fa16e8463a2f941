//! What the last import found: counts, files, problems by kind.

use super::forms::{ReportSource, Saves};
use super::import_words::form_name;
use super::parts::{heading, path_line, typed_path};
use super::problem_groups::{Group, count_of};
use super::problem_list::{problems, remember};
use super::sheet::Sheet;
use crate::base::digits::grouped;
use crate::jobs::{Field, FileForm, FileReport, ImportKind, ImportReport};
use crate::model::Severity;
use crate::session::{Command, Figure, Session, Who, Worksheet};
use crate::ui::opens::{self, Piece};
use crate::ui::picker::Purpose;
use crate::ui::shell::UiState;
use crate::ui::theme::headline_font;
use crate::ui::widgets::{figure_row, note, primary_button, tag};
use crate::words::Lang;
use egui::{Context, RichText, Ui, vec2};
use std::path::PathBuf;
use std::sync::Arc;

/// Draws the dialog.
pub(super) fn show(ctx: &Context, session: &Session, state: &mut UiState, out: &mut Vec<Command>) {
    let lang = session.lang;
    let sheet = Sheet::new("import report", lang.t("ui.dialog_report_title"), 640.0);
    sheet.show_and_close(ctx, session, out, |ui, out| {
        let report = session
            .document
            .as_ref()
            .and_then(|document| document.last_import.as_ref());
        match report {
            Some(report) => {
                remember(
                    &mut state.forms.report,
                    &ReportSource::Import(Arc::clone(report)),
                );
                headline(ui, session, report, &state.forms.report.groups, out);
                saves(ui, session, report, state, out);
                for file in &report.files {
                    show_file(ui, lang, file);
                }
                problems(ui, session, report, &mut state.forms.report);
            }
            None => empty(ui, session, out),
        }
    });
}

/// Buttons that write the report and the rejected rows, and where to.
fn saves(
    ui: &mut Ui,
    session: &Session,
    report: &ImportReport,
    state: &mut UiState,
    out: &mut Vec<Command>,
) {
    let lang = session.lang;
    ui.add_space(8.0);
    let text = |what: Saves| match what {
        Saves::Report => lang.t("ui.report_export"),
        Saves::Rejects => lang.t("ui.report_rejects"),
    };
    ui.horizontal(|ui| {
        for what in [Saves::Report, Saves::Rejects] {
            let can = what == Saves::Report || report.rejected > 0;
            let button =
                egui::Button::new(text(what)).selected(state.forms.report.saves == Some(what));
            if ui.add_enabled(can, button).clicked() {
                let name = match what {
                    Saves::Report => lang.t("ui.report_export_file"),
                    Saves::Rejects => lang.t("ui.report_rejects_file"),
                };
                let path = session.suggested_path(&name, "csv");
                state.forms.report.path = path.display().to_string();
                state.forms.report.saves = Some(what);
            }
        }
        check_data(ui, session, out);
    });
    let Some(what) = state.forms.report.saves else {
        return;
    };
    note(
        ui,
        match what {
            Saves::Report => lang.t("ui.report_export_note"),
            Saves::Rejects => lang.t("ui.report_rejects_note"),
        },
    );
    let name = lang.t("ui.dialog_file");
    let (_, choose) = path_line(ui, lang, &name, &mut state.forms.report.path);
    if choose {
        let purpose = match what {
            Saves::Report => Purpose::ExportReport,
            Saves::Rejects => Purpose::ExportRejects,
        };
        let suggested = PathBuf::from(typed_path(&state.forms.report.path));
        let suggested = suggested
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        state.picker.ask(
            purpose,
            text(what).into_owned(),
            &suggested,
            ui.ctx().clone(),
        );
    }
    let path = PathBuf::from(typed_path(&state.forms.report.path));
    let can = path.is_absolute() && !session.busy && !session.exporting;
    let save = primary_button(ui, can, &lang.t("ui.report_save"));
    if save
        .on_disabled_hover_text(lang.t("ui.dialog_export_no_path"))
        .clicked()
    {
        state.forms.report.saves = None;
        out.push(match what {
            Saves::Report => Command::ExportReport { path },
            Saves::Rejects => Command::ExportRejects { path },
        });
    }
}

/// What the report says of one file, the check says of the whole workspace, with places and pairs.
fn check_data(ui: &mut Ui, session: &Session, out: &mut Vec<Command>) {
    let can = !session.busy;
    let button = egui::Button::new(session.lang.t("ui.report_check"));
    if ui.add_enabled(can, button).clicked() {
        out.push(Command::CloseDialog);
        out.push(Command::ShowWorksheet(Some(Worksheet::Check)));
    }
}

fn empty(ui: &mut Ui, session: &Session, out: &mut Vec<Command>) {
    let lang = session.lang;
    note(ui, lang.t("ui.dialog_report_empty"));
    ui.add_space(6.0);
    let can = session.document.is_some() && !session.busy;
    if ui
        .add_enabled(can, egui::Button::new(lang.t("ui.action_import")))
        .clicked()
    {
        out.push(Command::StartImport(Vec::new()));
    }
}

fn headline(
    ui: &mut Ui,
    session: &Session,
    report: &ImportReport,
    groups: &[Group],
    out: &mut Vec<Command>,
) {
    let lang = session.lang;
    // Without a ledger it is the rows of the other tables that count.
    let tables = report
        .files
        .iter()
        .filter(|file| file.kind != ImportKind::Areas);
    let (rows_read, rows_stored) = tables.fold((0, 0), |(read, stored), file| {
        (read + file.read, stored + file.stored)
    });
    let (key, read, stored) = if report.read == 0 && rows_read > 0 {
        ("ui.report_rows_stored", rows_read, rows_stored)
    } else {
        ("ui.dialog_report_stored", report.read, report.stored)
    };
    ui.horizontal(|ui| {
        ui.label(RichText::new(grouped(stored)).font(headline_font()));
        ui.label(lang.with(key, &[("read", &grouped(read))]));
    });
    let rejected = report
        .rejected
        .max(count_of(groups, Severity::Rejected) as u64);
    for (at, (key, count)) in [
        ("ui.dialog_report_areas", report.areas),
        ("ui.dialog_report_rejected", rejected),
    ]
    .into_iter()
    .enumerate()
    {
        figure_row(ui, &lang.t(key), &grouped(count), at > 0 && count > 0);
    }
    if report.placed > 0 {
        let words = lang.t("ui.dialog_report_placed");
        figure_row(ui, &words, &grouped(report.placed), false);
    }
    let quality = session.town().map(|town| town.snapshot.quality);
    let quality = quality.unwrap_or_default();
    for (key, count, now, query) in [
        (
            "ui.dialog_report_not_geocoded",
            report.not_geocoded,
            quality.not_geocoded,
            "located:no",
        ),
        (
            "ui.dialog_report_outside_areas",
            report.outside_areas,
            quality.outside_areas,
            "outside:areas",
        ),
        (
            "ui.dialog_report_outside_declared",
            report.outside_declared_area,
            quality.outside_declared,
            "outside:declared",
        ),
    ] {
        doubtful(ui, session, (&lang.t(key), count), (now as u64, query), out);
    }
    if report.not_geocoded + report.outside_areas + report.outside_declared_area > 0 {
        note(ui, lang.t("ui.dialog_report_see_hint"));
    }
}

/// How many of the files, which opens; where the workspace has others by now, how many these are.
fn doubtful(
    ui: &mut Ui,
    session: &Session,
    (words, count): (&str, u64),
    (now, query): (u64, &str),
    out: &mut Vec<Command>,
) {
    let lang = session.lang;
    let figure = Figure::households(now, Who::Query(query.to_owned(), None));
    let opened = out.len();
    let response = figure_row(ui, words, &grouped(count), count > 0);
    if count == now {
        let label = lang.with("ui.dialog_report_see", &[("what", words)]);
        opens::mark(response, lang, &label, figure, out);
    } else if now > 0 {
        let text = lang.with("ui.dialog_report_now", &[("count", &grouped(now))]);
        opens::line(ui, lang, words, vec![Piece::opens(text, figure)], out);
    }
    if out.len() > opened {
        out.push(Command::CloseDialog);
    }
}

fn show_file(ui: &mut Ui, lang: Lang, file: &FileReport) {
    ui.add_space(6.0);
    let source = file.source.as_str();
    heading(ui, source);
    let key = match file.kind {
        ImportKind::Areas => "ui.dialog_report_file_areas",
        _ => "ui.dialog_report_file_households",
    };
    let counts = [
        ("read", grouped(file.read)),
        ("stored", grouped(file.stored)),
        ("rejected", grouped(file.rejected)),
    ];
    let counts = counts
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    let mut parts = vec![form_name(lang, file.form)];
    // A workbook has no encoding that anybody could have got wrong.
    let has_encoding = matches!(
        file.form,
        FileForm::Csv | FileForm::GeoJson | FileForm::Shapefile
    );
    if has_encoding && !file.encoding.is_empty() {
        parts.push(file.encoding.to_uppercase());
    }
    parts.push(lang.with(key, &counts));
    note(ui, parts.join(" · "));
    if !file.understood.is_empty() {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
            note(ui, lang.t("ui.dialog_report_understood"));
            for (header, code) in &file.understood {
                let field = Field::from_code(code);
                let field = field.map_or_else(|| code.clone(), |field| field.name(lang));
                let text = if *header == field {
                    field
                } else {
                    format!("{header} → {field}")
                };
                tag(ui, &text);
            }
        });
    }
    if !file.ignored.is_empty() {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
            note(ui, lang.t("ui.dialog_report_ignored"));
            for header in &file.ignored {
                tag(ui, header);
            }
        });
    }
}
