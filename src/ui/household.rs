//! The card of a household in the inspector: how it stands, and, once it is chosen, everything that
//! is recorded of it.

use super::action::Action;
use super::card::{self, CardForms, Size};
use super::inspector::crumbs;
use super::theme::{Theme, small_font, title_font};
use super::widgets::{figure_row, from_right, icon_button, note, section, tag};
use super::{eligibility, icon, list_cells, position, proposals, score_parts, sources};
use crate::jobs::Town;
use crate::layer::{CardView, ListField, ListView};
use crate::session::{Command, Dialog, Inspected, Session};
use crate::snapshot::AreaIndex;
use egui::{Label, RichText, Ui};

/// Draws the card in the inspector.
pub(super) fn show(
    ui: &mut Ui,
    session: &Session,
    town: &Town,
    row: u32,
    forms: &mut CardForms,
    out: &mut Vec<Command>,
) {
    let Some(view) = session.list_view() else {
        return;
    };
    let lang = session.lang;
    where_it_is(ui, session, town, row, out);
    // A card that only follows the pointer says how things stand, not what is recorded.
    let is_chosen = session.inspected == Some(Inspected::Household(row));
    ui.horizontal(|ui| {
        ui.label(RichText::new(name_of(&view, row)).font(title_font()));
        if is_chosen {
            from_right(ui, |ui| {
                let large = Action::Card.tooltip(lang, ui.ctx());
                if icon_button(ui, Action::Card.icon(), &large, false, true).clicked() {
                    out.push(Command::Show(Dialog::Card));
                }
            });
        }
    });
    contact(ui, &view, row);
    position::show(ui, session, &view, row, out);
    // What is recorded stands in one place at a time, and so does the form.
    let is_large = session.dialog == Some(Dialog::Card);
    let card = session.card(row).filter(|_| is_chosen && !is_large);
    let Some(card) = card else {
        score_parts::card(ui, session, &view, row);
        tags(ui, &lang.t("layer.field_needs"), &view.needs(row));
        tags(ui, &lang.t("layer.field_programmes"), &view.programmes(row));
        eligibility::show(ui, session, town, row);
        reasons(ui, &view, row);
        facts(ui, session, &view, row);
        return;
    };
    let card_view = card_view(session, town);
    card::actions(ui, session, &card, forms);
    card::form(ui, session, &card_view, &card, forms, out);
    card::clocks(ui, &card_view, &card, Size::Column);
    score_parts::card(ui, session, &view, row);
    reasons(ui, &view, row);
    let with = (session, &card_view);
    card::needs(ui, with, &card, Size::Column, forms, out);
    proposals::show(ui, session, town, row);
    card::visits(ui, with, &card, Size::Column, forms);
    card::notes(ui, with, &card, Size::Column, forms);
    card::members(ui, &card_view, &card, Size::Column);
    card::receipts(ui, with, &card, Size::Column, forms);
    eligibility::show(ui, session, town, row);
    facts(ui, session, &view, row);
    sources::show(ui, session, row, Size::Column, out);
}

/// The areas that hold a household, or that it has none.
fn where_it_is(ui: &mut Ui, session: &Session, town: &Town, row: u32, out: &mut Vec<Command>) {
    let theme = Theme::of(ui);
    let snapshot = &town.snapshot;
    let area = snapshot.households.area.get(row as usize).copied();
    let area = area.unwrap_or(AreaIndex::NONE);
    let is_placed = snapshot.households.merc(row).is_some();
    if is_placed && snapshot.areas.is_empty() {
        // Without areas there is nothing to be outside of.
    } else if area == AreaIndex::NONE {
        let key = if is_placed {
            "ui.outside_areas"
        } else {
            "ui.not_geocoded"
        };
        ui.label(
            RichText::new(format!("{}  {}", icon::WARNING, session.lang.t(key)))
                .font(small_font())
                .color(theme.warning),
        );
    } else {
        crumbs(ui, session, town, area, true, out);
    }
}

/// What a household is called: its head, or else its number.
pub(super) fn name_of(view: &ListView<'_>, row: u32) -> String {
    [ListField::HeadName, ListField::HouseholdId]
        .into_iter()
        .map(|field| view.cell(row, field).text())
        .find(|text| !text.is_empty())
        .unwrap_or_default()
}

/// Number, telephone and address.
pub(super) fn contact(ui: &mut Ui, view: &ListView<'_>, row: u32) {
    let parts = [ListField::HouseholdId, ListField::Phone]
        .map(|field| view.cell(row, field).text())
        .into_iter()
        .filter(|text| !text.is_empty());
    note(ui, parts.collect::<Vec<_>>().join("  ·  "));
    note(ui, list_cells::text(view, row, ListField::Address));
}

/// What the lines of a card depend on.
pub(super) fn card_view<'a>(session: &Session, town: &'a Town) -> CardView<'a> {
    CardView {
        snapshot: &town.snapshot,
        lang: session.lang,
        masked: session.settings.masked,
        as_of: session.view.as_of,
    }
}

/// Why the score is what it is.
pub(super) fn reasons(ui: &mut Ui, view: &ListView<'_>, row: u32) {
    let theme = Theme::of(ui);
    let reasons = view.reasons(row);
    if reasons.is_empty() {
        return;
    }
    section(ui, &view.lang.t("layer.field_reasons"));
    for reason in reasons {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            ui.label(RichText::new("•").color(theme.secondary));
            ui.add(Label::new(reason).wrap());
        });
    }
}

/// The values of the ledger.
pub(super) fn facts(ui: &mut Ui, session: &Session, view: &ListView<'_>, row: u32) {
    let lang = session.lang;
    section(ui, &lang.t("ui.household_facts"));
    let facts = [
        ListField::HouseholdId,
        ListField::IdNumber,
        ListField::Phone,
        ListField::GridCode,
        ListField::Members,
        ListField::Elderly,
        ListField::Children,
        ListField::Disabled,
        ListField::LivingAlone,
        ListField::MonthlyIncome,
        ListField::LastVisit,
        ListField::Tags,
        ListField::Notes,
    ];
    for field in facts {
        let text = list_cells::text(view, row, field);
        figure_row(ui, &field.heading(lang), &text, false);
    }
}

fn tags(ui: &mut Ui, title: &str, texts: &[String]) {
    let theme = Theme::of(ui);
    section(ui, title);
    if texts.is_empty() {
        ui.label(RichText::new("–").color(theme.secondary));
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(5.0, 5.0);
        for text in texts {
            tag(ui, text);
        }
    });
}
