//! Where the values of a household came from, and what they were before. Loaded when somebody
//! opens it, never while the pointer passes.

use super::card::{self, Size};
use super::household::card_view;
use super::icon;
use super::theme::{Theme, body_font, small_font};
use super::widgets::note;
use crate::jobs::HouseholdHistory;
use crate::layer::{field_name, origin_text};
use crate::model::FieldSet;
use crate::session::{Command, Inspected, Session};
use crate::words::Lang;
use egui::{Label, RichText, Role, Sense, Ui, WidgetInfo, pos2, vec2};

/// Draws the section.
pub(super) fn show(ui: &mut Ui, session: &Session, row: u32, size: Size, out: &mut Vec<Command>) {
    // A card that only follows the pointer would look everything up on its way.
    if session.inspected != Some(Inspected::Household(row)) {
        return;
    }
    let lang = session.lang;
    ui.add_space(8.0);
    let open = session.sources_open;
    if fold(ui, &lang.t("ui.sources"), open) {
        out.push(Command::ShowSources(!open));
    }
    if !open {
        return;
    }
    let id = session
        .town()
        .map(|town| town.snapshot.households.id.get(row));
    let history = session.results.history.as_ref();
    let history = history.filter(|history| Some(history.id.as_str()) == id);
    let Some(history) = history else {
        let key = if session.is_looking_up() {
            "ui.updating"
        } else {
            "ui.sources_failed"
        };
        note(ui, lang.t(key));
        return;
    };
    sources(ui, lang, history);
    if let Some(town) = session.town() {
        card::history(ui, &card_view(session, town), &history.events, size);
    }
}

/// A line that opens and folds what is below it; gives whether it was clicked.
fn fold(ui: &mut Ui, text: &str, open: bool) -> bool {
    let theme = Theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 28.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, open, text));
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, 4.0, theme.hover);
    }
    let sign = if open {
        icon::CARET_UP
    } else {
        icon::CARET_DOWN
    };
    let painter = ui.painter();
    let middle = rect.center().y;
    painter.text(
        pos2(rect.left(), middle),
        egui::Align2::LEFT_CENTER,
        text,
        small_font(),
        theme.secondary,
    );
    painter.text(
        pos2(rect.right(), middle),
        egui::Align2::RIGHT_CENTER,
        sign,
        body_font(),
        theme.secondary,
    );
    response
        .on_hover_cursor(egui::CursorIcon::PointingHand)
        .clicked()
}

/// The names of values, in the order of the ledger.
fn names(fields: FieldSet, lang: Lang) -> String {
    let names: Vec<String> = fields.iter().map(|field| field_name(field, lang)).collect();
    names.join(lang.pick("、", ", "))
}

fn sources(ui: &mut Ui, lang: Lang, history: &HouseholdHistory) {
    for source in &history.sources {
        ui.add(
            Label::new(RichText::new(origin_text(&source.origin, lang)).font(body_font())).wrap(),
        );
        note(ui, names(source.fields, lang));
        ui.add_space(2.0);
    }
}
