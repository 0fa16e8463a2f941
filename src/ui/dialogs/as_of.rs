//! The day of the figures.

use super::forms::AsOfForm;
use crate::model::Date;
use crate::session::{Command, Session};
use crate::ui::theme::Theme;
use crate::ui::widgets::note;
use egui::{RichText, TextEdit, Ui};

/// Draws the menu: a day to type, and the days that people mostly want.
pub(in crate::ui) fn show(
    ui: &mut Ui,
    session: &Session,
    form: &mut AsOfForm,
    out: &mut Vec<Command>,
) {
    let theme = Theme::of(ui);
    let lang = session.lang;
    ui.set_width(220.0);
    note(ui, lang.t("ui.as_of_note"));
    if form.draft.is_empty() {
        form.draft = session.view.as_of.to_string();
    }
    let response = ui.add(TextEdit::singleline(&mut form.draft).desired_width(f32::INFINITY));
    match Date::parse(&form.draft) {
        Some(date) => {
            if response.lost_focus() && date != session.view.as_of {
                out.push(Command::SetAsOf(date));
            }
        }
        None => {
            ui.label(RichText::new(lang.t("ui.as_of_bad")).color(theme.warning));
        }
    }
    let today = session.today();
    for (key, date) in [
        ("ui.as_of_today", today),
        ("ui.as_of_month_ago", today.plus_days(-30)),
        ("ui.as_of_year_ago", today.plus_days(-365)),
    ] {
        if ui.button(format!("{}  {date}", lang.t(key))).clicked() {
            form.draft = date.to_string();
            out.push(Command::SetAsOf(date));
            ui.close();
        }
    }
}
