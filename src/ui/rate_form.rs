//! The forms in which the rate of an area can stand.

use super::icon;
use super::theme::{Theme, small_font};
use crate::analysis::RateForm;
use crate::layer::{rate_form_note, rate_form_word};
use crate::session::{Command, Session};
use crate::words::Lang;
use egui::{Button, Popup, RichText, Role, Ui, WidgetInfo};

/// Every form, in the order in which they are offered.
pub(super) const FORMS: [RateForm; 4] = [
    RateForm::Raw,
    RateForm::EmpiricalBayesGlobal,
    RateForm::EmpiricalBayesLocal,
    RateForm::Count,
];

/// The forms with their words.
pub(super) fn options(lang: Lang) -> [(RateForm, String); 4] {
    FORMS.map(|form| (form, lang.t(rate_form_word(form)).into_owned()))
}

/// The form that holds, with a menu of the others.
pub(super) fn menu(ui: &mut Ui, session: &Session, out: &mut Vec<Command>) {
    let theme = Theme::of(ui);
    let lang = session.lang;
    let current = session.view.rate_form;
    let shown = lang.t(rate_form_word(current));
    let text = RichText::new(format!("{shown} {}", icon::CARET_DOWN)).font(small_font());
    let button = ui.add(Button::new(text.color(theme.accent)).frame_when_inactive(false));
    let label = format!("{} {shown}", lang.t("ui.rate_form"));
    button.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
    let button = button.on_hover_text(&label);
    Popup::menu(&button).show(|ui| {
        ui.set_min_width(160.0);
        for (form, text) in options(lang) {
            let entry = Button::selectable(form == current, text.as_str());
            let entry = ui.add(entry).on_hover_text(lang.t(rate_form_note(form)));
            if entry.clicked() {
                out.push(Command::SetRateForm(form));
                ui.close();
            }
        }
    });
}
