//! What is chosen or under the pointer: a household's card, an area's or that of all.

use super::shell::UiState;
use super::theme::{Theme, small_font, title_font};
use super::widgets::{figure_row, note, section, tag};
use super::{area_card, eligibility, icon, list_cells, position, score_parts, sources};
use crate::jobs::Town;
use crate::layer::ListField;
use crate::session::{Command, Inspected, Session};
use crate::snapshot::AreaIndex;
use egui::{Label, Margin, RichText, ScrollArea, Ui};

/// Draws the inspector.
pub(super) fn show(ui: &mut Ui, session: &Session, _state: &mut UiState, out: &mut Vec<Command>) {
    let Some(town) = session.town() else { return };
    ScrollArea::vertical()
        .auto_shrink([false, false])
        .content_margin(Margin {
            right: 8,
            ..Margin::ZERO
        })
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            // What was chosen stays; without a choice the panel follows the pointer.
            match session.inspected.or(session.hovered) {
                Some(Inspected::Household(row)) => household(ui, session, town, row, out),
                Some(Inspected::Area(area)) => area_card::show(ui, session, town, area, out),
                None => area_card::overview(ui, session, town, out),
            }
        });
}

pub(super) fn crumbs(
    ui: &mut Ui,
    session: &Session,
    town: &Town,
    area: AreaIndex,
    with_itself: bool,
    out: &mut Vec<Command>,
) {
    let theme = Theme::of(ui);
    let areas = &town.snapshot.areas;
    let mut chain: Vec<AreaIndex> = areas.chain(area).skip(usize::from(!with_itself)).collect();
    chain.reverse();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for (index, parent) in chain.iter().enumerate() {
            if index > 0 {
                ui.label(RichText::new("›").font(small_font()).color(theme.secondary));
            }
            let name = areas.name.get(parent.0 as usize).map_or("", String::as_str);
            let text = RichText::new(name)
                .font(small_font())
                .color(theme.secondary);
            let response = ui.add(Label::new(text).sense(egui::Sense::click()));
            if response
                .on_hover_cursor(egui::CursorIcon::PointingHand)
                .clicked()
            {
                out.push(Command::GoTo(Inspected::Area(*parent)));
            }
        }
        if session.inspected.is_some() {
            super::widgets::from_right(ui, |ui| {
                if super::widgets::icon_button(
                    ui,
                    icon::X,
                    &session.lang.t("ui.close_card"),
                    false,
                    true,
                )
                .clicked()
                {
                    out.push(Command::Inspect(None));
                }
            });
        }
    });
}

fn household(ui: &mut Ui, session: &Session, town: &Town, row: u32, out: &mut Vec<Command>) {
    let Some(view) = session.list_view() else {
        return;
    };
    let theme = Theme::of(ui);
    let lang = session.lang;
    let snapshot = &town.snapshot;
    let area = snapshot
        .households
        .area
        .get(row as usize)
        .copied()
        .unwrap_or(AreaIndex::NONE);
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
            RichText::new(format!("{}  {}", icon::WARNING, lang.t(key)))
                .font(small_font())
                .color(theme.warning),
        );
    } else {
        crumbs(ui, session, town, area, true, out);
    }
    let name = [ListField::HeadName, ListField::HouseholdId]
        .into_iter()
        .map(|field| view.cell(row, field).text())
        .find(|text| !text.is_empty())
        .unwrap_or_default();
    ui.label(RichText::new(name).font(title_font()));
    note(ui, list_cells::text(&view, row, ListField::Address));
    position::show(ui, session, &view, row, out);
    score_parts::card(ui, session, &view, row);
    tags(ui, &lang.t("layer.field_needs"), &view.needs(row));
    tags(ui, &lang.t("layer.field_programmes"), &view.programmes(row));
    eligibility::show(ui, session, town, row);
    let reasons = view.reasons(row);
    if !reasons.is_empty() {
        section(ui, &lang.t("layer.field_reasons"));
        for reason in reasons {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 6.0;
                ui.label(RichText::new("•").color(theme.secondary));
                ui.add(Label::new(reason).wrap());
            });
        }
    }
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
        let text = list_cells::text(&view, row, field);
        figure_row(ui, &field.heading(lang), &text, false);
    }
    sources::show(ui, session, &view, row, out);
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
