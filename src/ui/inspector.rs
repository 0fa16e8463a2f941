//! What is chosen or under the pointer: a household's card, an area's or that of all.

use super::shell::UiState;
use super::theme::{Theme, small_font};
use super::{area_card, household, icon};
use crate::jobs::Town;
use crate::session::{Command, Inspected, Session};
use crate::snapshot::AreaIndex;
use egui::{Label, Margin, RichText, ScrollArea, Ui};

/// Draws the inspector.
pub(super) fn show(ui: &mut Ui, session: &Session, state: &mut UiState, out: &mut Vec<Command>) {
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
                Some(Inspected::Household(row)) => {
                    household::show(ui, session, town, row, &mut state.card, out);
                }
                Some(Inspected::Area(area)) => area_card::show(ui, session, town, area, out),
                None => area_card::overview(ui, session, town, out),
            }
        });
}

/// The areas above an area, each a way there.
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
