//! Settings of the program: language, theme, text size, masking.

use super::forms::SettingsForm;
use super::parts::{row, segments, slider, tick};
use super::sheet::Sheet;
use crate::session::{Command, Session, ThemeChoice};
use crate::ui::widgets::note;
use crate::words::Lang;
use egui::{Context, Slider, Ui};

/// Draws the dialog.
pub(super) fn show(
    ctx: &Context,
    session: &Session,
    form: &mut SettingsForm,
    out: &mut Vec<Command>,
) {
    let lang = session.lang;
    Sheet::new("settings", lang.t("ui.dialog_settings_title"), 480.0).show_and_close(
        ctx,
        session,
        out,
        |ui, out| {
            let name = lang.t("ui.dialog_settings_language");
            row(ui, &name, |ui| {
                let options = [(0, "简体中文".to_owned()), (1, "English".to_owned())];
                let current = Lang::ALL.iter().position(|other| *other == lang);
                let chosen =
                    segments(ui, &name, &options, current).and_then(|at| Lang::ALL.get(at));
                out.extend(chosen.map(|lang| Command::SetLang(*lang)));
            });
            let name = lang.t("ui.dialog_settings_theme");
            row(ui, &name, |ui| {
                let options = [
                    (
                        ThemeChoice::System,
                        lang.t("ui.dialog_settings_system").into_owned(),
                    ),
                    (
                        ThemeChoice::Light,
                        lang.t("ui.dialog_settings_light").into_owned(),
                    ),
                    (
                        ThemeChoice::Dark,
                        lang.t("ui.dialog_settings_dark").into_owned(),
                    ),
                ];
                out.extend(
                    segments(ui, &name, &options, Some(session.settings.theme))
                        .map(Command::SetTheme),
                );
            });
            text_size(ui, session, form, out);
            row(ui, &lang.t("ui.dialog_settings_privacy"), |ui| {
                let mut masked = session.settings.masked;
                if tick(ui, true, &mut masked, &lang.t("ui.dialog_settings_masked")).clicked() {
                    out.push(Command::SetMasked(masked));
                }
                note(ui, lang.t("ui.dialog_settings_masked_note"));
            });
        },
    );
}

/// The window grows when the slider is let go: under a moving slider it would run away.
fn text_size(ui: &mut Ui, session: &Session, form: &mut SettingsForm, out: &mut Vec<Command>) {
    let name = session.lang.t("ui.dialog_settings_text");
    row(ui, &name, |ui| {
        let now = (session.settings.text_scale * 100.0).round();
        let mut percent = form.text_percent.unwrap_or(now);
        let control = Slider::new(&mut percent, 90.0..=150.0)
            .step_by(5.0)
            .suffix(" %")
            .fixed_decimals(0);
        let response = slider(ui, &name, control);
        if response.dragged() {
            form.text_percent = Some(percent);
        } else if response.changed() || form.text_percent.is_some() {
            form.text_percent = None;
            if percent != now {
                out.push(Command::SetTextScale(percent / 100.0));
            }
        }
    });
}
