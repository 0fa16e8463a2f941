//! One household, one file: everything about it in two columns.

use super::sheet::Sheet;
use crate::jobs::{Card, Town};
use crate::layer::{CardView, ListView};
use crate::session::{Command, Inspected, Session};
use crate::ui::card::{self, CardForms, Size};
use crate::ui::widgets::note;
use crate::ui::{eligibility, household, score_parts, sources};
use egui::{Context, Ui, vec2};

/// Room between the columns.
const BETWEEN: f32 = 28.0;

/// Draws the dialog.
pub(super) fn show(
    ctx: &Context,
    session: &Session,
    forms: &mut CardForms,
    out: &mut Vec<Command>,
) {
    let lang = session.lang;
    let (Some(town), Some(view), Some(Inspected::Household(row))) =
        (session.town(), session.list_view(), session.inspected)
    else {
        out.push(Command::CloseDialog);
        return;
    };
    let title = household::name_of(&view, row);
    let title = lang.with("ui.card_title", &[("name", &title)]);
    Sheet::new("card", title, 960.0).show_and_close(ctx, session, out, |ui, out| {
        household::contact(ui, &view, row);
        let Some(card) = session.card(row) else {
            note(ui, lang.t("ui.updating"));
            return;
        };
        let card_view = household::card_view(session, town);
        let width = ((ui.available_width() - BETWEEN) / 2.0).max(200.0);
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = BETWEEN;
            for left in [true, false] {
                ui.allocate_ui(vec2(width, 0.0), |ui| {
                    ui.vertical(|ui| {
                        ui.set_width(width);
                        ui.spacing_mut().item_spacing = vec2(8.0, 4.0);
                        let about = About {
                            session,
                            town,
                            view: &view,
                            card: &card,
                            card_view: &card_view,
                            row,
                        };
                        if left {
                            about.left(ui, forms, out);
                        } else {
                            about.right(ui, forms, out);
                        }
                    });
                });
            }
        });
    });
}

struct About<'a> {
    session: &'a Session,
    town: &'a Town,
    view: &'a ListView<'a>,
    card: &'a Card,
    card_view: &'a CardView<'a>,
    row: u32,
}

impl About<'_> {
    /// What is to be done and why.
    fn left(&self, ui: &mut Ui, forms: &mut CardForms, out: &mut Vec<Command>) {
        let Self {
            session,
            town,
            view,
            card,
            card_view,
            row,
        } = *self;
        card::actions(ui, session, card, forms);
        card::form(ui, session, card_view, card, forms, out);
        card::clocks(ui, card_view, card, Size::Full);
        score_parts::card(ui, session, view, row);
        household::reasons(ui, view, row);
        eligibility::show(ui, session, town, row);
        household::facts(ui, session, view, row);
    }

    /// What is recorded.
    fn right(&self, ui: &mut Ui, forms: &mut CardForms, out: &mut Vec<Command>) {
        let Self {
            session,
            card,
            card_view,
            row,
            ..
        } = *self;
        let with = (session, card_view);
        card::needs(ui, with, card, Size::Full, forms, out);
        card::visits(ui, with, card, Size::Full, forms);
        card::notes(ui, with, card, Size::Full, forms);
        card::members(ui, card_view, card, Size::Full);
        card::receipts(ui, with, card, Size::Full, forms);
        sources::show(ui, session, row, Size::Full, out);
    }
}
