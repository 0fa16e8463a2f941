//! The imports of the workspace, the newest first; each can be taken back as a whole.

use super::forms::ImportsForm;
use super::parts::warning;
use super::sheet::Sheet;
use crate::base::digits::grouped;
use crate::jobs::{BatchKind, BatchRecord};
use crate::model::Date;
use crate::session::{Command, Session};
use crate::ui::theme::{Theme, small_font, strong_font};
use crate::ui::widgets::{elided, from_right, note};
use crate::words::Lang;
use egui::{Align, Button, Context, CornerRadius, Frame, Layout, Margin, RichText, Ui};

/// Draws the dialog.
pub(super) fn show(
    ctx: &Context,
    session: &Session,
    form: &mut ImportsForm,
    out: &mut Vec<Command>,
) {
    let lang = session.lang;
    let sheet = Sheet::new("imports", lang.t("ui.imports_title"), 620.0);
    sheet.show_and_close(ctx, session, out, |ui, out| {
        let batches = session.document.as_ref().map(|it| &it.batches[..]);
        let batches = batches.unwrap_or_default();
        let key = if batches.is_empty() {
            "ui.imports_empty"
        } else {
            "ui.imports_text"
        };
        note(ui, lang.t(key));
        for batch in batches {
            ui.push_id(batch.number, |ui| show_batch(ui, session, batch, form, out));
        }
    });
}

fn show_batch(
    ui: &mut Ui,
    session: &Session,
    batch: &BatchRecord,
    form: &mut ImportsForm,
    out: &mut Vec<Command>,
) {
    let theme = Theme::of(ui);
    let lang = session.lang;
    let frame = Frame::new()
        .fill(theme.panel)
        .stroke(theme.line())
        .corner_radius(CornerRadius::same(6))
        .inner_margin(Margin::symmetric(12, 8));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 4.0;
        let name = name(lang, batch);
        ui.horizontal(|ui| {
            from_right(ui, |ui| {
                undo_button(ui, session, batch, &name, form);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let room = ui.available_width();
                    let short = elided(ui, &name, strong_font(), theme.text, room);
                    ui.label(short).on_hover_text(&name);
                });
            });
        });
        for file in &batch.files {
            let counts = [
                ("file", file.source.as_str()),
                ("read", &*grouped(file.read)),
                ("stored", &*grouped(file.stored)),
                ("rejected", &*grouped(file.rejected)),
            ];
            note(ui, lang.with("ui.imports_file", &counts));
        }
        if form.asked == Some(batch.number) && batch.undone_at.is_none() {
            sure(ui, lang, batch, form, out);
        }
    });
}

/// Asks for the batch to be taken back, or says when it was.
fn undo_button(
    ui: &mut Ui,
    session: &Session,
    batch: &BatchRecord,
    name: &str,
    form: &mut ImportsForm,
) {
    let lang = session.lang;
    if let Some(at) = batch.undone_at {
        let text = lang.with("ui.imports_undone", &[("when", &Date::moment_text(at))]);
        let ink = Theme::of(ui).secondary;
        ui.label(RichText::new(text).font(small_font()).color(ink));
        return;
    }
    if form.asked == Some(batch.number) {
        return;
    }
    let looks_only = session.document.as_ref().is_some_and(|it| it.looks_only);
    let can = !session.busy && !session.is_demo() && !looks_only;
    let text = lang.t("ui.imports_undo");
    let response = ui.add_enabled(can, Button::new(&*text));
    let label = format!("{text} {name}");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, can, &label));
    if response.clicked() {
        form.asked = Some(batch.number);
    }
}

/// What taking back means, and the button that does it.
fn sure(
    ui: &mut Ui,
    lang: Lang,
    batch: &BatchRecord,
    form: &mut ImportsForm,
    out: &mut Vec<Command>,
) {
    let (text, go) = match batch.kind {
        BatchKind::Import => ("ui.imports_undo_text", "ui.imports_undo_go"),
        BatchKind::Edit => ("ui.imports_undo_edit_text", "ui.imports_undo_edit_go"),
    };
    warning(ui, &lang.t(text));
    ui.horizontal(|ui| {
        if ui.button(lang.t(go)).clicked() {
            form.asked = None;
            out.push(Command::UndoBatch(batch.number));
        }
        if ui.button(lang.t("ui.imports_undo_not")).clicked() {
            form.asked = None;
        }
    });
}

/// Number, day, and what it was.
fn name(lang: Lang, batch: &BatchRecord) -> String {
    let what = match batch.kind {
        _ if !batch.title.is_empty() => batch.title.clone(),
        BatchKind::Import => lang.t("ui.imports_kind_import").into_owned(),
        BatchKind::Edit => lang.t("ui.imports_kind_edit").into_owned(),
    };
    let number = batch.number.to_string();
    let when = Date::moment_text(batch.at_unix_secs);
    let args = [("number", &*number), ("when", &*when), ("what", &*what)];
    lang.with("ui.imports_name", &args)
}
