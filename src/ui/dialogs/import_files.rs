//! The first step of an import: which files, and what they are understood as.

use super::forms::ImportForm;
use super::import_file;
use super::parts::{heading_with_button, named_edit, typed_path};
use crate::session::{Command, ImportPlan, Session};
use crate::ui::icon;
use crate::ui::picker::Purpose;
use crate::ui::shell::UiState;
use crate::ui::widgets::note;
use egui::{Align, Key, Layout, Ui, vec2};
use std::path::PathBuf;

/// Draws the step.
pub(super) fn show(
    ui: &mut Ui,
    session: &Session,
    plan: &ImportPlan,
    state: &mut UiState,
    out: &mut Vec<Command>,
) {
    let lang = session.lang;
    let choose = format!(
        "{}  {}",
        icon::FOLDER_OPEN,
        lang.t("ui.dialog_choose_files")
    );
    let title = lang.t("ui.import_files_title");
    if heading_with_button(ui, &title, &choose) {
        state
            .picker
            .ask(Purpose::Import, title.into_owned(), "", ui.ctx().clone());
    }
    note(ui, lang.t("ui.import_files_text"));
    for (at, file) in plan.files.iter().enumerate() {
        ui.push_id(("file", at), |ui| {
            import_file::show(ui, session, plan, (at, file), out);
        });
    }
    typed(ui, session, &mut state.forms.import, out);
}

/// A line for a path, where no dialog of the system helps.
fn typed(ui: &mut Ui, session: &Session, form: &mut ImportForm, out: &mut Vec<Command>) {
    let lang = session.lang;
    let draft = &mut form.draft;
    ui.allocate_ui_with_layout(
        vec2(ui.available_width(), 28.0),
        Layout::right_to_left(Align::Center),
        |ui| {
            let name = lang.t("ui.import_path");
            let enabled = !draft.trim().is_empty();
            let add = ui.add_enabled(enabled, egui::Button::new(lang.t("ui.dialog_add")));
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
                if !path.as_os_str().is_empty() {
                    out.push(Command::AddImportFiles(vec![path]));
                }
                draft.clear();
            }
        },
    );
}
