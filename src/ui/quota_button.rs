//! Over the list: how many of the most urgent are shown, of all or of each area.

use super::icon;
use super::theme::{Theme, small_font};
use super::widgets::note;
use crate::analysis::Quota;
use crate::jobs::quota_text;
use crate::model::AreaLevel;
use crate::session::{Command, Session};
use egui::{Button, DragValue, Id, Popup, PopupCloseBehavior, RichText, Ui};

/// How many are proposed.
const USUAL_EACH: usize = 10;
/// No list is longer on paper.
const MOST_EACH: usize = 100_000;

/// The button and its menu.
pub(super) fn show(ui: &mut Ui, session: &Session, out: &mut Vec<Command>) {
    let lang = session.lang;
    let theme = Theme::of(ui);
    let quota = session.view.quota;
    let text = match quota {
        Some(quota) => quota_text(quota, lang),
        None => lang.t("priority.quota_menu").into_owned(),
    };
    let ink = if quota.is_some() {
        theme.accent
    } else {
        theme.text
    };
    let text = RichText::new(format!("{text} {}", icon::CARET_DOWN)).color(ink);
    let button = ui
        .add(Button::new(text).frame(false))
        .on_hover_text(lang.t("priority.quota_title"));
    Popup::from_toggle_button_response(&button)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .show(|ui| menu(ui, session, out));
}

fn menu(ui: &mut Ui, session: &Session, out: &mut Vec<Command>) {
    let lang = session.lang;
    ui.set_min_width(200.0);
    let id = Id::unique("quota each");
    let current = session.view.quota;
    let remembered: Option<usize> = ui.data(|data| data.get_temp(id));
    let usual = current.map_or(USUAL_EACH, |quota| quota.each);
    let mut each = remembered.unwrap_or(usual);
    note(ui, lang.t("priority.quota_title"));
    ui.horizontal(|ui| {
        ui.label(RichText::new(lang.t("priority.quota_count")).font(small_font()));
        let field = DragValue::new(&mut each).range(1..=MOST_EACH);
        let label = lang.t("priority.quota_count");
        if ui.name_inputs(label, |ui| ui.add(field)).changed() {
            ui.data_mut(|data| data.insert_temp(id, each));
            if let Some(quota) = current {
                out.push(Command::SetQuota(Some(Quota { each, ..quota })));
            }
        }
    });
    let mut levels: Vec<Option<AreaLevel>> = vec![None];
    if let Some(town) = session.town() {
        levels.extend(town.snapshot.areas.levels().into_iter().rev().map(Some));
    }
    for per in levels {
        let wanted = Quota { per, each };
        let chosen = current.is_some_and(|quota| quota.per == per);
        let text = match per {
            None => lang.t("priority.quota_per_all").into_owned(),
            Some(level) => {
                let level = lang.t(level.word());
                lang.with("priority.quota_per", &[("level", &level)])
            }
        };
        if ui.radio(chosen, text).clicked() {
            out.push(Command::SetQuota(Some(wanted)));
        }
    }
    ui.add_space(2.0);
    let off = Button::new(lang.t("priority.quota_off"));
    if ui.add_enabled(current.is_some(), off).clicked() {
        out.push(Command::SetQuota(None));
        ui.close();
    }
}
