//! The second step of an import: which column is what, and why.

use super::forms::ImportForm;
use super::import_words::{column_reason, role_name, shown};
use super::parts::{menu, path_line, typed_path, warning};
use crate::jobs::{ColumnGuess, ColumnReason, Field, FileChoice, FileRole, TableInspection};
use crate::session::{Command, ImportPlan, PlannedFile, Session};
use crate::ui::picker::Purpose;
use crate::ui::shell::UiState;
use crate::ui::theme::{Theme, body_font, small_font, strong_font};
use crate::ui::widgets::{elided, from_right, note};
use crate::words::Lang;
use egui::{Button, RichText, Sense, Ui, UiBuilder, pos2, vec2};
use std::path::PathBuf;

/// Height of a column's row.
const ROW: f32 = 34.0;
/// Width of the menu of fields.
const MENU: f32 = 168.0;

/// Draws the step.
pub(super) fn show(
    ui: &mut Ui,
    session: &Session,
    plan: &ImportPlan,
    state: &mut UiState,
    out: &mut Vec<Command>,
) {
    let lang = session.lang;
    note(ui, lang.t("ui.import_columns_text"));
    for (at, file) in plan.files.iter().enumerate() {
        let Some(table) = file.table() else { continue };
        ui.push_id(("columns", at), |ui| {
            ui.add_space(6.0);
            title(ui, session, (at, file, table), &mut state.forms.import);
            if state.forms.import.template_of == Some(at) {
                template(ui, session, at, state, out);
            }
            for fields in file.missing() {
                warning(ui, &missing(lang, fields));
            }
            heads(ui, lang);
            for (place, guess) in table.columns.iter().enumerate() {
                let chosen = ui
                    .push_id(place, |ui| column(ui, lang, file, table, guess))
                    .inner;
                if let Some(choice) = chosen {
                    out.push(Command::ChooseForFile(at, choice));
                }
            }
        });
    }
}

/// What is needed and not there, in words.
fn missing(lang: Lang, fields: &[Field]) -> String {
    let names: Vec<String> = fields.iter().map(|field| field.name(lang)).collect();
    let names = names.join(&lang.t("ui.import_or"));
    lang.with("ui.import_missing", &[("fields", &names)])
}

fn title(
    ui: &mut Ui,
    session: &Session,
    (at, file, table): (usize, &PlannedFile, &TableInspection),
    form: &mut ImportForm,
) {
    let lang = session.lang;
    let theme = Theme::of(ui);
    ui.horizontal(|ui| {
        let room = ui.available_width() - 260.0;
        let name = elided(ui, &file.name(), strong_font(), theme.text, room);
        ui.label(name);
        let kind = role_name(lang, FileRole::Table(table.kind));
        ui.label(
            RichText::new(kind)
                .font(small_font())
                .color(theme.secondary),
        );
        from_right(ui, |ui| {
            let is_open = form.template_of == Some(at);
            let button = Button::new(lang.t("ui.import_template")).selected(is_open);
            if ui.add(button).clicked() {
                form.template_of = (!is_open).then_some(at);
                let stem = file.choice.path.file_stem().unwrap_or_default();
                let path = session.suggested_path(&stem.to_string_lossy(), "toml");
                form.template_path = path.display().to_string();
            }
        });
    });
}

/// A line for a template: where it is, use it, save it.
fn template(
    ui: &mut Ui,
    session: &Session,
    at: usize,
    state: &mut UiState,
    out: &mut Vec<Command>,
) {
    let lang = session.lang;
    note(ui, lang.t("ui.import_template_text"));
    let name = lang.t("ui.import_template_path");
    let (_, choose) = path_line(ui, lang, &name, &mut state.forms.import.template_path);
    if choose {
        let title = lang.t("ui.import_template").into_owned();
        state
            .picker
            .ask(Purpose::Template, title, "", ui.ctx().clone());
    }
    let path = PathBuf::from(typed_path(&state.forms.import.template_path));
    let can = path.is_absolute();
    ui.horizontal(|ui| {
        let refusal = lang.t("ui.dialog_export_no_path");
        let button = |ui: &mut Ui, key: &str| {
            ui.add_enabled(can, Button::new(lang.t(key)))
                .on_disabled_hover_text(refusal.clone())
                .clicked()
        };
        if button(ui, "ui.import_template_use") {
            let path = path.clone();
            out.push(Command::ApplyTemplate { file: at, path });
        }
        if button(ui, "ui.import_template_save") {
            let path = path.clone();
            out.push(Command::SaveTemplate { file: at, path });
        }
    });
}

/// Where the cells of a row begin: header, samples, menu, reason.
fn places(width: f32) -> [f32; 4] {
    let rest = width - MENU;
    let header = rest * 0.26;
    let samples = header + rest * 0.36;
    [0.0, header, samples, samples + MENU + 12.0]
}

fn heads(ui: &mut Ui, lang: Lang) {
    let theme = Theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 24.0), Sense::hover());
    let keys = [
        "ui.import_head_column",
        "ui.import_head_samples",
        "ui.import_head_field",
        "ui.import_head_why",
    ];
    for (key, left) in keys.into_iter().zip(places(rect.width())) {
        let text = elided(ui, &lang.t(key), small_font(), theme.secondary, 200.0);
        let at = pos2(rect.left() + left, rect.center().y - text.size().y / 2.0);
        ui.painter().galley(at, text, theme.secondary);
    }
    ui.painter()
        .hline(rect.x_range(), rect.bottom(), theme.line());
}

/// One column; gives what is then said about the file where somebody chose a field for it, or to
/// leave it out.
fn column(
    ui: &mut Ui,
    lang: Lang,
    file: &PlannedFile,
    table: &TableInspection,
    guess: &ColumnGuess,
) -> Option<FileChoice> {
    let theme = Theme::of(ui);
    let (field, reason) = file.column(guess);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let [header_left, samples_left, menu_left, reason_left] = places(rect.width());
    let ink = if field.is_some() {
        theme.text
    } else {
        theme.secondary
    };
    let cell = |ui: &Ui, text: &str, font, ink, left: f32, right: f32| {
        let galley = elided(ui, text, font, ink, right - left - 10.0);
        let at = pos2(rect.left() + left, rect.center().y - galley.size().y / 2.0);
        ui.painter().galley(at, galley, ink);
    };
    let header = if guess.header.is_empty() {
        lang.t("ui.import_no_header").into_owned()
    } else {
        shown(&guess.header)
    };
    let header = header.as_str();
    cell(ui, header, body_font(), ink, header_left, samples_left);
    let samples = guess.samples.iter().filter(|it| !it.is_empty());
    let samples: Vec<String> = samples.map(|sample| shown(sample)).collect();
    let samples = samples.join(" · ");
    cell(
        ui,
        &samples,
        small_font(),
        theme.secondary,
        samples_left,
        menu_left,
    );
    let why = why(lang, field, reason);
    let why_ink = match reason {
        ColumnReason::Sensitive | ColumnReason::Doubled => theme.warning,
        _ => theme.secondary,
    };
    cell(
        ui,
        &why,
        small_font(),
        why_ink,
        reason_left,
        rect.width() + 10.0,
    );
    ui.painter()
        .hline(rect.x_range(), rect.bottom(), theme.line());
    response.on_hover_ui(|ui| {
        ui.label(RichText::new(header).font(strong_font()));
        for sample in &guess.samples {
            ui.label(shown(sample));
        }
        ui.label(RichText::new(&why).color(theme.secondary));
    });
    let place = egui::Rect::from_min_size(
        pos2(rect.left() + menu_left, rect.center().y - 14.0),
        vec2(MENU, 28.0),
    );
    let mut options = vec![(None, lang.t("ui.import_leave_out").into_owned())];
    let fields = Field::of(table.kind).iter();
    options.extend(fields.map(|field| (Some(*field), field.name(lang))));
    let builder = UiBuilder::new().max_rect(place).id_salt("field");
    let chosen = ui.scope_builder(builder, |ui| menu(ui, header, MENU, &options, &field));
    chosen
        .inner
        .map(|field| file.with_column(&guess.header, field))
}

/// Why a column is taken for a field, or left out.
fn why(lang: Lang, field: Option<Field>, reason: ColumnReason) -> String {
    let text = column_reason(lang, reason);
    let is_taken = field.is_some();
    let says_itself = matches!(reason, ColumnReason::Sensitive | ColumnReason::Doubled);
    if is_taken || says_itself {
        text
    } else {
        let key = if reason == ColumnReason::Unknown {
            "ui.import_column_left_out_unknown"
        } else {
            "ui.import_column_left_out"
        };
        lang.with(key, &[("why", &text)])
    }
}
