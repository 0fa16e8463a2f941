//! The first step of an import: which files, and what they are understood as.

use super::forms::ImportForm;
use super::import_file;
use super::parts::{heading_with_button, named_edit, typed_path};
use crate::session::{Command, ImportPlan, Session};
use crate::ui::icon;
use crate::ui::picker::Purpose;
use crate::ui::shell::UiState;
use crate::ui::theme::{Theme, body_font};
use crate::ui::widgets::{elided, note};
use egui::{Align, Align2, FontId, Id, Key, Layout, Sense, Shape, Ui, UiBuilder, vec2};
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
    typed(ui, session, plan, &mut state.forms.import, out);
    if plan.files.is_empty() {
        drop_here(ui, &lang.t("ui.dialog_import_drop"));
    }
}

/// Where nothing is chosen yet: that files can be dropped.
fn drop_here(ui: &mut Ui, text: &str) {
    let theme = Theme::of(ui);
    ui.add_space(6.0);
    let size = vec2(ui.available_width(), 150.0);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let inner = rect.shrink(0.5);
    let corners = [
        inner.left_top(),
        inner.right_top(),
        inner.right_bottom(),
        inner.left_bottom(),
        inner.left_top(),
    ];
    let dashes = Shape::dashed_line(&corners, theme.line(), 6.0, 4.0);
    ui.painter().extend(dashes);
    let middle = rect.center();
    let sign = FontId::new(26.0, body_font().family);
    ui.painter().text(
        middle - vec2(0.0, 18.0),
        Align2::CENTER_CENTER,
        icon::DOWNLOAD_SIMPLE,
        sign,
        theme.accent,
    );
    let words = elided(ui, text, body_font(), theme.secondary, size.x - 24.0);
    let at = middle + vec2(-words.size().x / 2.0, 12.0);
    ui.painter().galley(at, words, theme.secondary);
}

/// A line for a path, where no dialog of the system helps.
fn typed(
    ui: &mut Ui,
    session: &Session,
    plan: &ImportPlan,
    form: &mut ImportForm,
    out: &mut Vec<Command>,
) {
    let lang = session.lang;
    let ImportForm {
        draft, seen_above, ..
    } = form;
    ui.allocate_ui_with_layout(
        vec2(ui.available_width(), 28.0),
        Layout::right_to_left(Align::Center),
        |ui| {
            let name = lang.t("ui.import_path");
            let enabled = !draft.trim().is_empty();
            let add = ui.add_enabled(enabled, egui::Button::new(lang.t("ui.dialog_add")));
            let width = ui.available_width();
            let hint = lang.t("ui.dialog_import_paste");
            // Files that are added above it push it down; it must stay the same line, so that the
            // next path can be typed at once.
            let same = UiBuilder::new().scope_id(Id::unique("import path"));
            let edit = ui
                .scope_builder(same, |ui| named_edit(ui, &name, &hint, draft, width))
                .inner;
            // Each file and what is found in it pushes the line down, out of a low window.
            let answers = plan.files.iter().filter(|file| file.found.is_some());
            let above = plan.files.len() + answers.count();
            if edit.has_focus() && *seen_above != above {
                edit.scroll_to_me(None);
                *seen_above = above;
            }
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
