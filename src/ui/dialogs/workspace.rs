//! Where a new workspace goes, and which one to open.

use super::parts::{path_line, row, typed_path};
use super::sheet::{Footer, Outcome, Primary, Sheet};
use crate::session::{Command, Dialog, Session};
use crate::ui::picker::Purpose;
use crate::ui::shell::UiState;
use crate::ui::widgets::note;
use egui::Context;
use std::path::PathBuf;

/// Draws the dialog for a new workspace, or the one for a workspace that exists.
pub(super) fn show(ctx: &Context, session: &Session, state: &mut UiState, out: &mut Vec<Command>) {
    let lang = session.lang;
    let creates = session.dialog == Some(Dialog::Create);
    let key = |what: &str| {
        format!(
            "ui.dialog_{}_{what}",
            if creates { "create" } else { "open" }
        )
    };
    let title = lang.t(&key("title")).into_owned();
    let sheet = Sheet::new(
        if creates { "create" } else { "open" },
        title.clone(),
        560.0,
    );
    let outcome = sheet.show(ctx, session, |ui| {
        note(ui, lang.t(&key("note")));
        let waiting = session
            .import_plan
            .as_ref()
            .map_or(0, |plan| plan.files.len());
        if creates && waiting > 0 {
            let count = waiting.to_string();
            note(
                ui,
                lang.with("ui.dialog_create_waiting", &[("count", &count)]),
            );
        }
        let name = lang.t("ui.dialog_file");
        row(ui, &name, |ui| {
            let (_, choose) = path_line(ui, lang, &name, &mut state.forms.workspace.path);
            if choose {
                let purpose = if creates {
                    Purpose::CreateWorkspace
                } else {
                    Purpose::OpenWorkspace
                };
                let path = PathBuf::from(typed_path(&state.forms.workspace.path));
                let suggested = path
                    .file_name()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned();
                state
                    .picker
                    .ask(purpose, title.clone(), &suggested, ui.ctx().clone());
            }
        });
        let text = lang.t(&key("go")).into_owned();
        Footer {
            primary: Some(Primary {
                text,
                refusal: refusal(session, state),
            }),
            ..Footer::default()
        }
    });
    match outcome {
        Outcome::Open | Outcome::Other(_) => {}
        Outcome::Close => out.push(Command::CloseDialog),
        Outcome::Primary => {
            let path = PathBuf::from(typed_path(&state.forms.workspace.path));
            out.push(if creates {
                Command::Create(path)
            } else {
                Command::Open(path)
            });
        }
    }
}

fn refusal(session: &Session, state: &UiState) -> Option<String> {
    let path = PathBuf::from(typed_path(&state.forms.workspace.path));
    let is_workspace = path
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("lmap"));
    let key = if session.busy {
        "ui.dialog_busy"
    } else if !path.is_absolute() {
        "ui.dialog_export_no_path"
    } else if !is_workspace {
        "ui.dialog_workspace_bad_ending"
    } else {
        return None;
    };
    Some(session.lang.t(key).into_owned())
}
