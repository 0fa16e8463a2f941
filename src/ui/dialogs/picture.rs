//! The map to export as a picture.

use super::parts::{path_line, row, segments, typed_path};
use super::sheet::{Footer, Outcome, Primary, Sheet};
use crate::base::digits::grouped;
use crate::session::{Command, Session};
use crate::ui::picker::Purpose;
use crate::ui::shell::UiState;
use crate::ui::widgets::note;
use egui::Context;
use std::path::PathBuf;

/// Draws the dialog.
pub(super) fn show(ctx: &Context, session: &Session, state: &mut UiState, out: &mut Vec<Command>) {
    let lang = session.lang;
    if state.forms.picture.scale == 0 {
        state.forms.picture.scale = 2;
    }
    let sheet = Sheet::new("picture", lang.t("ui.dialog_picture_title"), 640.0);
    let outcome = sheet.show(ctx, session, |ui| {
        note(ui, lang.t("ui.dialog_picture_note"));
        let name = lang.t("ui.dialog_file");
        row(ui, &name, |ui| {
            let (_, choose) = path_line(ui, lang, &name, &mut state.forms.picture.path);
            if choose {
                let path = PathBuf::from(typed_path(&state.forms.picture.path));
                let suggested = path
                    .file_name()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned();
                let title = lang.t("ui.dialog_picture_title").into_owned();
                state
                    .picker
                    .ask(Purpose::ExportPicture, title, &suggested, ui.ctx().clone());
            }
        });
        let name = lang.t("ui.dialog_picture_size");
        row(ui, &name, |ui| {
            let options = [1_u32, 2, 3].map(|scale| (scale, size_text(session, scale)));
            if let Some(scale) = segments(ui, &name, &options, Some(state.forms.picture.scale)) {
                state.forms.picture.scale = scale;
            }
        });
        let text = lang.t("ui.dialog_picture_go").into_owned();
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
            let path = PathBuf::from(typed_path(&state.forms.picture.path));
            out.push(Command::ExportPicture {
                path,
                scale: state.forms.picture.scale,
            });
        }
    }
}

/// The scale with the pixels that it gives: `2× 2,760 × 1,736 px`.
fn size_text(session: &Session, scale: u32) -> String {
    let Some(viewport) = session.viewport else {
        return format!("{scale}×");
    };
    let width = grouped(u64::from(viewport.width_px * scale));
    let height = grouped(u64::from(viewport.height_px * scale));
    format!("{scale}×  {width} × {height} px")
}

fn refusal(session: &Session, state: &UiState) -> Option<String> {
    let path = PathBuf::from(typed_path(&state.forms.picture.path));
    let is_png = path
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("png"));
    let key = if session.viewport.is_none() || session.results.filtered.is_none() {
        "ui.dialog_picture_not_ready"
    } else if session.exporting {
        "ui.dialog_busy"
    } else if !path.is_absolute() {
        "ui.dialog_export_no_path"
    } else if !is_png {
        "ui.dialog_picture_bad_ending"
    } else {
        return None;
    };
    Some(session.lang.t(key).into_owned())
}
