//! The list to export: format, file, columns, and whether names stand in full.

use super::parts::{
    heading, heading_with_button, path_line, row, segments, tick, typed_path, warning,
};
use super::sheet::{Footer, Outcome, Primary, Sheet};
use crate::base::digits::grouped;
use crate::jobs::ExportFormat;
use crate::layer::ListField;
use crate::session::{Command, ExportChoice, Session};
use crate::ui::picker::Purpose;
use crate::ui::shell::UiState;
use crate::ui::theme::headline_font;
use crate::ui::widgets::note;
use crate::words::Lang;
use egui::{Context, RichText, Ui};
use std::path::{Path, PathBuf};

/// The columns that a grid worker carries into the street.
pub(super) const USUAL: &[ListField] = &[
    ListField::Priority,
    ListField::HouseholdId,
    ListField::HeadName,
    ListField::Phone,
    ListField::Address,
    ListField::Community,
    ListField::Grid,
    ListField::Members,
    ListField::Programmes,
    ListField::Needs,
    ListField::Reasons,
    ListField::LastVisit,
];

/// Records at which the law draws its lines (personal information: location and property; health
/// and dealings; everything else).
const LINES: [usize; 3] = [50, 500, 5_000];

/// Draws the dialog.
pub(super) fn show(ctx: &Context, session: &Session, state: &mut UiState, out: &mut Vec<Command>) {
    let lang = session.lang;
    let count = session
        .results
        .filtered
        .as_ref()
        .map_or(0, |filtered| filtered.order.len());
    // The file's ending says the format: one typed by hand moves the switch.
    if let Ok(format) = ExportFormat::of_path(Path::new(&state.forms.export.path)) {
        state.forms.export.format = format;
    }
    let sheet = Sheet::new("export", lang.t("ui.dialog_export_title"), 600.0);
    let outcome = sheet.show(ctx, session, |ui| {
        headline(ui, session, count);
        format(ui, session, state);
        file(ui, session, state);
        ui.add_space(6.0);
        fields(ui, lang, &mut state.forms.export.fields);
        ui.add_space(6.0);
        sensitive(ui, lang, state, count);
        let text = lang.with("ui.dialog_export_go", &[("count", &grouped(count as u64))]);
        Footer {
            primary: Some(Primary {
                text,
                refusal: refusal(session, state, count),
            }),
            ..Footer::default()
        }
    });
    match outcome {
        Outcome::Open | Outcome::Other(_) => {}
        Outcome::Close => out.push(Command::CloseDialog),
        Outcome::Primary => {
            let form = &state.forms.export;
            out.push(Command::Export(ExportChoice {
                path: PathBuf::from(typed_path(&form.path)),
                fields: form.fields.clone(),
                unmasked: form.unmasked && has_sensitive(&form.fields),
            }));
        }
    }
}

/// Why nothing can be exported now.
fn refusal(session: &Session, state: &UiState, count: usize) -> Option<String> {
    let form = &state.forms.export;
    let path = PathBuf::from(typed_path(&form.path));
    let key = if session.document.is_none() || session.results.filtered.is_none() {
        "ui.dialog_export_not_ready"
    } else if session.exporting {
        "ui.dialog_busy"
    } else if count == 0 {
        "ui.dialog_export_no_households"
    } else if form.fields.is_empty() {
        "ui.dialog_export_no_columns"
    } else if !path.is_absolute() {
        "ui.dialog_export_no_path"
    } else if ExportFormat::of_path(&path).is_err() {
        "ui.dialog_export_bad_ending"
    } else {
        return None;
    };
    Some(session.lang.t(key).into_owned())
}

fn headline(ui: &mut Ui, session: &Session, count: usize) {
    let lang = session.lang;
    ui.horizontal(|ui| {
        ui.label(RichText::new(grouped(count as u64)).font(headline_font()));
        let filter = session
            .town()
            .map(|town| session.view.filter.describe(lang, &town.snapshot.catalogue));
        let filter = filter.unwrap_or_default();
        ui.label(lang.with("ui.dialog_export_which", &[("filter", &filter)]));
    });
}

fn format(ui: &mut Ui, session: &Session, state: &mut UiState) {
    let lang = session.lang;
    let name = lang.t("ui.dialog_export_format");
    row(ui, &name, |ui| {
        let options = ExportFormat::ALL.map(|format| {
            let key = match format {
                ExportFormat::Xlsx => "ui.dialog_export_xlsx",
                ExportFormat::Csv => "ui.dialog_export_csv",
                ExportFormat::GeoJson => "ui.dialog_export_geojson",
            };
            (format, lang.t(key).into_owned())
        });
        let form = &mut state.forms.export;
        if let Some(format) = segments(ui, &name, &options, Some(form.format)) {
            form.format = format;
            let path = PathBuf::from(typed_path(&form.path)).with_extension(format.extension());
            form.path = path.display().to_string();
        }
    });
}

fn file(ui: &mut Ui, session: &Session, state: &mut UiState) {
    let lang = session.lang;
    let name = lang.t("ui.dialog_file");
    row(ui, &name, |ui| {
        let (_, choose) = path_line(ui, lang, &name, &mut state.forms.export.path);
        if choose {
            let path = PathBuf::from(typed_path(&state.forms.export.path));
            let suggested = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let title = lang.t("ui.dialog_export_title").into_owned();
            state
                .picker
                .ask(Purpose::ExportList, title, &suggested, ui.ctx().clone());
        }
    });
}

fn fields(ui: &mut Ui, lang: Lang, fields: &mut Vec<ListField>) {
    let all = ListField::ALL;
    let counts = [
        ("chosen", fields.len().to_string()),
        ("all", all.len().to_string()),
    ];
    let counts = counts
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    let is_all = fields.len() == all.len();
    let button = lang.t(if is_all {
        "ui.dialog_export_usual"
    } else {
        "ui.dialog_export_all"
    });
    if heading_with_button(ui, &lang.with("ui.dialog_export_columns", &counts), &button) {
        *fields = if is_all { USUAL.to_vec() } else { all.to_vec() };
    }
    let columns = if lang == Lang::Zh { 4 } else { 3 };
    let width = (ui.available_width() - 8.0 * (columns - 1) as f32) / columns as f32;
    egui::Grid::new("columns")
        .num_columns(columns)
        .spacing([8.0, 0.0])
        .min_col_width(width)
        .max_col_width(width)
        .show(ui, |ui| {
            for (at, field) in all.into_iter().enumerate() {
                let mut on = fields.contains(&field);
                if tick(ui, true, &mut on, &field.heading(lang)).clicked() {
                    // The order is that of a full export, whatever was clicked first.
                    *fields = all
                        .into_iter()
                        .filter(|other| {
                            if *other == field {
                                on
                            } else {
                                fields.contains(other)
                            }
                        })
                        .collect();
                }
                if (at + 1) % columns == 0 {
                    ui.end_row();
                }
            }
        });
}

/// Whether a column names somebody.
fn has_sensitive(fields: &[ListField]) -> bool {
    let names = [ListField::HeadName, ListField::IdNumber, ListField::Phone];
    fields.iter().any(|field| names.contains(field))
}

fn sensitive(ui: &mut Ui, lang: Lang, state: &mut UiState, count: usize) {
    let form = &mut state.forms.export;
    let possible = has_sensitive(&form.fields);
    heading(ui, &lang.t("ui.dialog_export_privacy"));
    let box_text = lang.t("ui.dialog_export_unmasked");
    let mut on = form.unmasked && possible;
    if tick(ui, possible, &mut on, &box_text).clicked() {
        form.unmasked = on;
    }
    if !possible {
        note(ui, lang.t("ui.dialog_export_nothing_sensitive"));
    } else if on {
        let figures = [
            ("count", grouped(count as u64)),
            ("passed", passed(lang, count)),
        ];
        let figures = figures
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        warning(ui, &lang.with("ui.dialog_export_warning", &figures));
    } else {
        note(ui, lang.t("ui.dialog_export_masked"));
    }
}

/// Which of the law's lines so many records reach.
fn passed(lang: Lang, count: usize) -> String {
    match LINES.into_iter().rev().find(|line| count >= *line) {
        Some(line) => lang.with(
            "ui.dialog_export_reaches",
            &[("line", &grouped(line as u64))],
        ),
        None => lang.t("ui.dialog_export_reaches_none").into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_of_the_law_are_reached_at_their_number() {
        let none = Lang::En.t("ui.dialog_export_reaches_none");
        assert_eq!(passed(Lang::En, 49), none);
        for (count, line) in [(50, "50"), (499, "50"), (500, "500"), (12_000, "5,000")] {
            let text = Lang::En.with("ui.dialog_export_reaches", &[("line", line)]);
            assert_eq!(passed(Lang::En, count), text);
        }
    }

    #[test]
    fn only_columns_that_name_somebody_are_sensitive() {
        assert!(has_sensitive(USUAL));
        assert!(!has_sensitive(&[ListField::Grid, ListField::Needs]));
    }
}
