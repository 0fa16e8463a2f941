//! One file of an import: what it is understood as, and how to say otherwise.

use super::import_words::{encoding_name, form_name, role_name, shown};
use super::parts::{menu, named_edit, warning};
use crate::base::digits::grouped;
use crate::jobs::{
    EncodingCandidate, EncodingChoice, FileChoice, FileForm, FileRole, Inspection, TableInspection,
};
use crate::model::TableKind;
use crate::session::{Command, ImportPlan, PlannedFile, Session};
use crate::ui::icon;
use crate::ui::theme::{Theme, body_font, small_font, strong_font};
use crate::ui::widgets::{elided, from_right, icon_button, note};
use crate::words::Lang;
use egui::{
    CornerRadius, Frame, Margin, RichText, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2,
    vec2,
};
use std::path::Path;

/// Words of the encodings that can be said; those that this edition cannot read fall away.
const ENCODINGS: [&str; 6] = ["auto", "utf-8", "gb18030", "big5", "utf-16le", "utf-16be"];

/// Draws a file as a card.
pub(super) fn show(
    ui: &mut Ui,
    session: &Session,
    plan: &ImportPlan,
    (at, file): (usize, &PlannedFile),
    out: &mut Vec<Command>,
) {
    let theme = Theme::of(ui);
    let lang = session.lang;
    Frame::new()
        .fill(theme.panel)
        .stroke(theme.line())
        .corner_radius(CornerRadius::same(6))
        .inner_margin(Margin::symmetric(12, 8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 4.0;
            if title(ui, lang, file) {
                out.push(Command::RemoveImportFile(at));
            }
            match (file.inspection(), file.fault()) {
                (Some(found), _) => {
                    note(ui, understood(lang, found));
                    if let Inspection::Table(table) = found {
                        titles(ui, lang, table);
                    }
                }
                (_, Some(fault)) => warning(ui, &fault.text(lang)),
                _ if plan.is_waiting => {
                    note(ui, lang.t("ui.import_looking"));
                }
                _ => {
                    note(ui, lang.t("ui.import_not_looked_at"));
                }
            }
            let mut choice = file.choice.clone();
            controls(ui, lang, file, &mut choice);
            if let Some(found) = file.inspection() {
                let encodings = match found {
                    Inspection::Areas(areas) => &areas.encodings,
                    Inspection::Table(table) => &table.encodings,
                };
                if encodings.len() > 1 {
                    candidates(ui, lang, encodings, &mut choice);
                }
            }
            if choice != file.choice {
                out.push(Command::ChooseForFile(at, choice));
            }
        });
}

/// Its name and folder; gives whether its cross was clicked.
fn title(ui: &mut Ui, lang: Lang, file: &PlannedFile) -> bool {
    let theme = Theme::of(ui);
    let name = file.name();
    let path = &file.choice.path;
    let folder = path.parent().unwrap_or(Path::new("")).display().to_string();
    ui.horizontal(|ui| {
        ui.label(RichText::new(icon::TABLE).color(theme.accent));
        let room = ui.available_width() - 60.0;
        let text = elided(ui, &name, strong_font(), theme.text, room);
        let left = room - text.size().x;
        ui.label(text).on_hover_text(path.display().to_string());
        if left > 60.0 {
            ui.label(elided(ui, &folder, small_font(), theme.secondary, left));
        }
        from_right(ui, |ui| {
            let remove = lang.with("ui.dialog_remove", &[("name", &name)]);
            icon_button(ui, icon::X, &remove, false, true).clicked()
        })
    })
    .inner
}

/// One sentence: what it is taken for.
pub(super) fn understood(lang: Lang, found: &Inspection) -> String {
    let mut parts = vec![role_name(lang, found.role())];
    match found {
        Inspection::Table(table) => {
            parts.push(form_name(lang, table.form));
            if let Some(sheet) = &table.sheet {
                // Rows of the other sheets are not read: nobody should take them for imported.
                let count = table.sheets.len();
                let key = if count > 1 {
                    "ui.import_sheet_of"
                } else {
                    "ui.import_sheet_is"
                };
                let count = count.to_string();
                parts.push(lang.with(key, &[("sheet", sheet), ("count", &count)]));
            } else {
                parts.push(encoding_name(table.encoding));
            }
            let row = table.header_row.to_string();
            parts.push(lang.with("ui.import_header_is", &[("row", &row)]));
            let rows = grouped(table.rows_looked_at);
            parts.push(lang.with("ui.import_rows_looked_at", &[("count", &rows)]));
        }
        Inspection::Areas(areas) => {
            parts.push(form_name(lang, areas.form));
            if matches!(areas.form, FileForm::Shapefile | FileForm::GeoJson) {
                parts.push(encoding_name(areas.encoding));
            }
            if let Some(layer) = &areas.layer {
                parts.push(lang.with("ui.import_layer_is", &[("layer", layer)]));
            }
            let count: u64 = areas.levels.iter().map(|(_, count, ..)| count).sum();
            parts.push(lang.with("ui.import_areas_found", &[("count", &grouped(count))]));
            if areas.rejected > 0 {
                let count = grouped(areas.rejected);
                parts.push(lang.with("ui.import_areas_rejected", &[("count", &count)]));
            }
        }
    }
    parts.join(" · ")
}

/// The rows above the headers, as they stand there.
fn titles(ui: &mut Ui, lang: Lang, table: &TableInspection) {
    let theme = Theme::of(ui);
    let rows = table
        .titles
        .iter()
        .enumerate()
        .filter(|(_, text)| !text.is_empty());
    for (at, text) in rows.take(3) {
        let row = (at + 1).to_string();
        let text = lang.with(
            "ui.import_title_row",
            &[("row", &row), ("text", &shown(text))],
        );
        let room = ui.available_width();
        ui.label(elided(ui, &text, small_font(), theme.secondary, room));
    }
}

/// Menus that say otherwise.
fn controls(ui: &mut Ui, lang: Lang, file: &PlannedFile, choice: &mut FileChoice) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 4.0);
        kind(ui, lang, file, choice);
        let (sheets, sheet, key) = match file.inspection() {
            Some(Inspection::Table(table)) => (&table.sheets[..], &table.sheet, "ui.import_sheet"),
            Some(Inspection::Areas(areas)) => (&areas.layers[..], &areas.layer, "ui.import_layer"),
            None => (&[][..], &None, "ui.import_sheet"),
        };
        if sheets.len() > 1 {
            let options: Vec<_> = sheets
                .iter()
                .map(|name| (Some(name.clone()), name.clone()))
                .collect();
            let current = choice.sheet.as_ref().or(sheet.as_ref()).cloned();
            if let Some(sheet) = menu(ui, &lang.t(key), 150.0, &options, &current) {
                choice.sheet = sheet;
                // Another sheet has its headers elsewhere.
                choice.header_row = None;
            }
        }
        if let Some(table) = file.table() {
            header_row(ui, lang, table, choice);
        }
        encoding(ui, lang, file, choice);
        if file.role() == Some(FileRole::Table(TableKind::DepartmentList)) {
            let name = lang.t("ui.import_list_name");
            let hint = file.choice.path.file_stem().unwrap_or_default();
            named_edit(
                ui,
                &name,
                &hint.to_string_lossy(),
                &mut choice.list_name,
                180.0,
            )
            .on_hover_text(lang.t("ui.import_list_name_text"));
        }
    });
}

fn kind(ui: &mut Ui, lang: Lang, file: &PlannedFile, choice: &mut FileChoice) {
    let auto = file.inspection().filter(|_| file.choice.role.is_none());
    let auto = auto.map(Inspection::role);
    let mut options = vec![(None, lang.t("ui.import_kind_auto").into_owned())];
    let roles = [FileRole::Areas].into_iter();
    let roles = roles.chain(TableKind::ALL.into_iter().map(FileRole::Table));
    options.extend(roles.map(|role| (Some(role), role_name(lang, role))));
    let current = choice.role.or(auto);
    let name = lang.t("ui.import_kind");
    if let Some(role) = menu(ui, &name, 150.0, &options, &current) {
        choice.role = role;
    }
}

fn header_row(ui: &mut Ui, lang: Lang, table: &TableInspection, choice: &mut FileChoice) {
    let last = table.header_row.saturating_add(5).max(10);
    let options: Vec<_> = (1..=last.min(60))
        .map(|row| {
            let text = lang.with("ui.import_header_is", &[("row", &row.to_string())]);
            (row, text)
        })
        .collect();
    let current = choice.header_row.unwrap_or(table.header_row);
    if let Some(row) = menu(ui, &lang.t("ui.import_header"), 170.0, &options, &current) {
        choice.header_row = Some(row);
    }
}

fn encoding(ui: &mut Ui, lang: Lang, file: &PlannedFile, choice: &mut FileChoice) {
    let form = match file.inspection() {
        Some(Inspection::Table(table)) => Some(table.form),
        Some(Inspection::Areas(areas)) => Some(areas.form),
        None => None,
    };
    // Other forms say themselves how they are written. A file that could not be read may need it.
    let is_asked = match form {
        Some(form) => matches!(
            form,
            FileForm::Csv | FileForm::GeoJson | FileForm::Shapefile
        ),
        None => file.fault().is_some(),
    };
    if !is_asked {
        return;
    }
    let known = ENCODINGS
        .iter()
        .filter_map(|code| EncodingChoice::from_code(code));
    let options: Vec<_> = known
        .map(|encoding| match encoding {
            EncodingChoice::Auto => {
                let auto = lang.t("ui.dialog_import_encoding_auto").into_owned();
                (encoding, auto)
            }
            EncodingChoice::Fixed(fixed) => (encoding, encoding_name(fixed)),
        })
        .collect();
    let name = lang.t("ui.dialog_import_encoding");
    if let Some(encoding) = menu(ui, &name, 150.0, &options, &choice.encoding) {
        choice.encoding = encoding;
    }
}

/// The encodings in question side by side, with the lines that tell them apart, to be clicked.
fn candidates(ui: &mut Ui, lang: Lang, encodings: &[EncodingCandidate], choice: &mut FileChoice) {
    let count = encodings.len().min(3);
    warning(ui, &lang.t("ui.import_encoding_doubt"));
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        let gaps = 8.0 * (count - 1) as f32;
        let width = (ui.available_width() - gaps) / count as f32;
        for (at, candidate) in encodings.iter().take(count).enumerate() {
            let said = EncodingChoice::Fixed(candidate.encoding);
            let is_chosen = match choice.encoding {
                EncodingChoice::Auto => at == 0,
                EncodingChoice::Fixed(fixed) => fixed == candidate.encoding,
            };
            if preview(ui, width, candidate, is_chosen) {
                choice.encoding = said;
            }
        }
    });
}

/// One encoding with its lines; gives whether it was clicked.
fn preview(ui: &mut Ui, width: f32, candidate: &EncodingCandidate, is_chosen: bool) -> bool {
    const LINES: usize = 4;
    const LINE: f32 = 18.0;
    let theme = Theme::of(ui);
    let lines = candidate.preview.len().clamp(1, LINES);
    let size = vec2(width, 34.0 + LINE * lines as f32);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let name = encoding_name(candidate.encoding);
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, is_chosen, &name));
    let edge = if is_chosen || response.has_focus() {
        theme.accent
    } else {
        theme.hairline
    };
    let fill = if is_chosen {
        theme.accent_tint
    } else if response.hovered() {
        theme.hover
    } else {
        theme.background
    };
    let corner = CornerRadius::same(6);
    ui.painter().rect(
        rect,
        corner,
        fill,
        Stroke::new(1.0, edge),
        StrokeKind::Inside,
    );
    let room = width - 20.0;
    let ink = if is_chosen { theme.accent } else { theme.text };
    let head = elided(ui, &name, strong_font(), ink, room);
    let left = rect.left() + 10.0;
    ui.painter().galley(pos2(left, rect.top() + 7.0), head, ink);
    for (at, line) in candidate.preview.iter().take(LINES).enumerate() {
        let text = elided(ui, &shown(line), body_font(), theme.text, room);
        let top = rect.top() + 28.0 + LINE * at as f32;
        ui.painter().galley(pos2(left, top), text, theme.text);
    }
    response
        .on_hover_cursor(egui::CursorIcon::PointingHand)
        .clicked()
}
