//! Where the values of a household came from, and what they were before. Loaded when somebody
//! opens it, never while the pointer passes.

use super::icon;
use super::theme::{Theme, body_font, small_font, strong_font};
use super::widgets::note;
use crate::jobs::{HouseholdHistory, PastVersion};
use crate::layer::{ListView, field_name, origin_text, value_text};
use crate::model::{FieldSet, HouseholdField};
use crate::session::{Command, Inspected, Session};
use crate::words::Lang;
use egui::{Label, RichText, Role, Sense, Ui, WidgetInfo, pos2, vec2};

/// Draws the section.
pub(super) fn show(
    ui: &mut Ui,
    session: &Session,
    view: &ListView<'_>,
    row: u32,
    out: &mut Vec<Command>,
) {
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
    let id = view.snapshot.households.id.get(row);
    let history = session
        .results
        .history
        .as_ref()
        .filter(|history| history.id == id);
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
    versions(ui, session, view, history);
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

fn versions(ui: &mut Ui, session: &Session, view: &ListView<'_>, history: &HouseholdHistory) {
    let theme = Theme::of(ui);
    let lang = session.lang;
    ui.add_space(4.0);
    ui.label(RichText::new(lang.t("ui.history")).font(strong_font()));
    for version in &history.versions {
        let mut title = origin_text(&version.origin, lang);
        if !version.is_live {
            title.push_str(" · ");
            title.push_str(&lang.t("ui.version_undone"));
        }
        let ink = if version.is_live {
            theme.text
        } else {
            theme.secondary
        };
        ui.add(Label::new(RichText::new(title).font(body_font()).color(ink)).wrap());
        if version.is_removal {
            note(ui, lang.t("ui.version_removed"));
        } else if version.is_first {
            note(ui, lang.t("ui.version_first"));
        } else if version.changed.is_empty() {
            note(ui, lang.t("ui.version_same"));
        } else {
            for field in version.changed.iter() {
                change(ui, session, view, version, field);
            }
        }
        ui.add_space(4.0);
    }
}

/// `电话  138****5678 → 139****1234`; struck through where it was taken back.
fn change(
    ui: &mut Ui,
    session: &Session,
    view: &ListView<'_>,
    version: &PastVersion,
    field: HouseholdField,
) {
    let theme = Theme::of(ui);
    let lang = session.lang;
    let catalogue = &view.snapshot.catalogue;
    let value = |household| {
        let text = value_text(household, field, catalogue, lang, view.masked);
        if text.is_empty() {
            "–".to_owned()
        } else {
            text
        }
    };
    let text = format!(
        "{}  {} → {}",
        field_name(field, lang),
        value(&version.before),
        value(&version.after)
    );
    let mut text = RichText::new(text)
        .font(small_font())
        .color(theme.secondary);
    if !version.is_live {
        text = text.strikethrough();
    }
    ui.add(Label::new(text).wrap());
}
