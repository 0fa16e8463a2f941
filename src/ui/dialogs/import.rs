//! Files to import: boundaries, households, and how to read them.

use super::parts::{heading_with_button, named_edit, row, segments, typed_path, warning};
use super::sheet::{Footer, Outcome, Primary, Sheet};
use crate::jobs::EncodingChoice;
use crate::session::{Command, Dialog, Session};
use crate::ui::icon;
use crate::ui::picker::Purpose;
use crate::ui::shell::UiState;
use crate::ui::theme::{Theme, body_font, small_font};
use crate::ui::widgets::{elided, from_right, icon_button, note};
use egui::{
    Align, Context, CornerRadius, Key, Layout, Rect, Sense, StrokeKind, Ui, UiBuilder, pos2, vec2,
};
use std::path::{Path, PathBuf};

/// Draws the dialog.
pub(super) fn show(
    ctx: &Context,
    session: &Session,
    state: &mut UiState,
    (areas, households): (&[PathBuf], &[PathBuf]),
    out: &mut Vec<Command>,
) {
    let lang = session.lang;
    let (mut new_areas, mut new_households) = (areas.to_vec(), households.to_vec());
    let sheet = Sheet::new("import", lang.t("ui.dialog_import_title"), 580.0);
    let outcome = sheet.show(ctx, session, |ui| {
        files(ui, session, state, Purpose::ImportAreas, &mut new_areas);
        ui.add_space(10.0);
        files(
            ui,
            session,
            state,
            Purpose::ImportHouseholds,
            &mut new_households,
        );
        ui.add_space(10.0);
        row(ui, &lang.t("ui.dialog_import_encoding"), |ui| {
            let options = [
                (0, lang.t("ui.dialog_import_encoding_auto").into_owned()),
                (1, "UTF-8".to_owned()),
                (2, "GBK / GB18030".to_owned()),
            ];
            let codes = ["auto", "utf-8", "gb18030"];
            let encoding = &mut state.forms.import.encoding;
            let current = codes.iter().position(|code| code == encoding).unwrap_or(0);
            let name = lang.t("ui.dialog_import_encoding");
            if let Some(code) =
                segments(ui, &name, &options, Some(current)).and_then(|at| codes.get(at))
            {
                (*code).clone_into(encoding);
            }
        });
        ui.add_space(4.0);
        what_happens(ui, session, &new_areas, &new_households);
        Footer {
            hint: lang.t("ui.dialog_import_drop").into_owned(),
            primary: Some(Primary {
                text: lang.t("ui.dialog_import_go").into_owned(),
                refusal: refusal(session, &new_areas, &new_households),
            }),
        }
    });
    match outcome {
        Outcome::Open if new_areas != areas || new_households != households => {
            out.push(Command::Show(Dialog::Import {
                areas: new_areas,
                households: new_households,
            }));
        }
        Outcome::Open => {}
        Outcome::Close => out.push(Command::CloseDialog),
        Outcome::Primary => out.push(Command::Import {
            areas: new_areas,
            households: new_households,
            encoding: EncodingChoice::from_code(&state.forms.import.encoding).unwrap_or_default(),
        }),
    }
}

/// Why nothing can be imported now.
fn refusal(session: &Session, areas: &[PathBuf], households: &[PathBuf]) -> Option<String> {
    let key = if session.document.is_none() {
        "ui.dialog_import_no_workspace"
    } else if session.is_demo() {
        "ui.dialog_import_demo_refused"
    } else if session.busy {
        "ui.dialog_busy"
    } else if areas.is_empty() && households.is_empty() {
        "ui.dialog_import_nothing"
    } else {
        return None;
    };
    Some(session.lang.t(key).into_owned())
}

fn what_happens(ui: &mut Ui, session: &Session, areas: &[PathBuf], households: &[PathBuf]) {
    let lang = session.lang;
    if session.is_demo() {
        warning(ui, &lang.t("ui.dialog_import_demo"));
    } else {
        let workspace = session
            .document
            .as_ref()
            .map(crate::session::Document::name)
            .unwrap_or_default();
        let (areas, households) = (areas.len().to_string(), households.len().to_string());
        note(
            ui,
            lang.with(
                "ui.dialog_import_what",
                &[
                    ("areas", &areas),
                    ("households", &households),
                    ("workspace", &workspace),
                ],
            ),
        );
    }
}

/// One list of files with its ways to add to it.
fn files(
    ui: &mut Ui,
    session: &Session,
    state: &mut UiState,
    purpose: Purpose,
    paths: &mut Vec<PathBuf>,
) {
    let lang = session.lang;
    let (title, text, field) = if purpose == Purpose::ImportAreas {
        (
            "ui.dialog_import_areas",
            "ui.dialog_import_areas_text",
            "ui.dialog_import_areas_path",
        )
    } else {
        (
            "ui.dialog_import_households",
            "ui.dialog_import_households_text",
            "ui.dialog_import_households_path",
        )
    };
    let choose = format!(
        "{}  {}",
        icon::FOLDER_OPEN,
        lang.t("ui.dialog_choose_files")
    );
    if heading_with_button(ui, &lang.t(title), &choose) {
        state
            .picker
            .ask(purpose, lang.t(title).into_owned(), "", ui.ctx().clone());
    }
    if paths.is_empty() {
        note(ui, lang.t(text));
    }
    let mut removed = None;
    for (at, path) in paths.iter().enumerate() {
        if file_row(ui, session, path, at) {
            removed = Some(at);
        }
    }
    if let Some(at) = removed {
        paths.remove(at);
    }
    let draft = if purpose == Purpose::ImportAreas {
        &mut state.forms.import.areas_draft
    } else {
        &mut state.forms.import.households_draft
    };
    ui.allocate_ui_with_layout(
        vec2(ui.available_width(), 28.0),
        Layout::right_to_left(Align::Center),
        |ui| {
            let name = lang.t(field);
            let add = ui.add_enabled(
                !draft.trim().is_empty(),
                egui::Button::new(lang.t("ui.dialog_add")),
            );
            let label = format!("{} {name}", lang.t("ui.dialog_add"));
            let enabled = !draft.trim().is_empty();
            add.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, enabled, &label));
            let width = ui.available_width();
            let edit = named_edit(ui, &name, &lang.t("ui.dialog_import_paste"), draft, width);
            let entered = edit.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            if entered {
                // Enter adds the path; it must not also press the button below.
                ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, Key::Enter));
                edit.request_focus();
            }
            if add.clicked() || entered {
                let path = PathBuf::from(typed_path(draft));
                if !path.as_os_str().is_empty() && !paths.contains(&path) {
                    paths.push(path);
                }
                draft.clear();
            }
        },
    );
}

/// A file with its folder and a cross; gives whether the cross was clicked.
fn file_row(ui: &mut Ui, session: &Session, path: &Path, at: usize) -> bool {
    let theme = Theme::of(ui);
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let folder = path.parent().unwrap_or(Path::new("")).display().to_string();
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 32.0), Sense::hover());
    ui.painter().rect(
        rect,
        CornerRadius::same(6),
        theme.panel,
        theme.line(),
        StrokeKind::Inside,
    );
    let left = rect.left() + 10.0;
    let sign = elided(ui, icon::TABLE, body_font(), theme.accent, 24.0);
    ui.painter().galley(
        pos2(left, rect.center().y - sign.size().y / 2.0),
        sign,
        theme.accent,
    );
    let room = rect.width() - 76.0;
    let name_text = elided(ui, &name, body_font(), theme.text, room);
    let name_width = name_text.size().x;
    let text_left = left + 24.0;
    ui.painter().galley(
        pos2(text_left, rect.center().y - name_text.size().y / 2.0),
        name_text,
        theme.text,
    );
    if room - name_width > 40.0 {
        let folder_text = elided(
            ui,
            &folder,
            small_font(),
            theme.secondary,
            room - name_width - 12.0,
        );
        let at = pos2(
            text_left + name_width + 12.0,
            rect.center().y - folder_text.size().y / 2.0,
        );
        ui.painter().galley(at, folder_text, theme.secondary);
    }
    response.on_hover_text(path.display().to_string());
    let cross = Rect::from_min_max(
        pos2(rect.right() - 32.0, rect.top() + 2.0),
        rect.max - vec2(3.0, 2.0),
    );
    let builder = UiBuilder::new().max_rect(cross).id_salt(("file", at));
    ui.scope_builder(builder, |ui| {
        let remove = session.lang.with("ui.dialog_remove", &[("name", &name)]);
        from_right(ui, |ui| {
            icon_button(ui, icon::X, &remove, false, true).clicked()
        })
    })
    .inner
}
