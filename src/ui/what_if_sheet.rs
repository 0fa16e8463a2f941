//! The sheet of trials: standards to move above, what would be different below, before anything is
//! changed.

use super::theme::{Theme, small_font};
use super::widgets::{from_right, note, primary_button};
use super::{what_if_results, what_if_thresholds, worksheet};
use crate::jobs::TableWanted;
use crate::model::{AreaLevel, Date};
use crate::session::{Command, Dialog, Session};
use egui::{Button, Label, Margin, RichText, ScrollArea, TextEdit, Ui, vec2};

/// What of the sheet only the window knows.
#[derive(Default)]
pub(super) struct WhatIfState {
    /// Whether all standards are shown, not the first alone.
    pub(super) all: bool,
    /// The level of the areas that are shown.
    pub(super) level: Option<AreaLevel>,
    /// The programme of which areas are shown.
    pub(super) programme: Option<u8>,
    /// The day from which it is to be in force, while somebody is about to apply it.
    from: Option<String>,
}

/// Draws the sheet.
pub(super) fn show(
    ui: &mut Ui,
    session: &Session,
    state: &mut WhatIfState,
    out: &mut Vec<Command>,
) {
    let Some(town) = session.town() else { return };
    if session.trial.is_none() {
        state.from = None;
    }
    let footer = match &state.from {
        Some(_) => 150.0,
        None if session.trial.is_some() => 46.0,
        None => 0.0,
    };
    let room = (ui.available_height() - footer).max(80.0);
    ScrollArea::vertical()
        .max_height(room)
        .auto_shrink([false, false])
        .content_margin(Margin {
            right: 10,
            ..Margin::ZERO
        })
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            note(ui, session.lang.t("whatif.what"));
            ui.add_space(6.0);
            if session.tries_rules() {
                note(ui, session.lang.t("whatif.other_rules"));
            }
            what_if_thresholds::show(ui, session, town, state, out);
            ui.add_space(4.0);
            worksheet::rule(ui);
            what_if_results::show(ui, session, town, state, out);
        });
    if session.trial.is_some() {
        worksheet::rule(ui);
        apply(ui, session, state, out);
        foot(ui, session, state, out);
    }
}

fn foot(ui: &mut Ui, session: &Session, state: &mut WhatIfState, out: &mut Vec<Command>) {
    let lang = session.lang;
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        let can = session.what_if().is_some() && !session.exporting;
        for (key, what) in [
            ("whatif.export_figures", TableWanted::TrialFigures),
            ("whatif.export_changes", TableWanted::TrialChanges),
        ] {
            if ui.add_enabled(can, Button::new(lang.t(key))).clicked() {
                out.push(Command::Show(Dialog::ExportTable(what)));
            }
        }
        from_right(ui, |ui| {
            let is_open = state.from.is_some();
            let button = Button::new(lang.t("whatif.apply")).selected(is_open);
            if ui.add(button).clicked() {
                // What is above the button is drawn before it.
                ui.ctx().request_repaint();
                state.from = (!is_open).then(|| session.view.as_of.to_string());
            }
        });
    });
}

/// From which day it is to be in force, and the button that does it.
fn apply(ui: &mut Ui, session: &Session, state: &mut WhatIfState, out: &mut Vec<Command>) {
    let theme = Theme::of(ui);
    let lang = session.lang;
    let Some(typed) = &mut state.from else { return };
    ui.add_space(6.0);
    note(ui, lang.t("whatif.apply_text"));
    let name = lang.t("whatif.apply_from");
    let from = ui
        .horizontal(|ui| {
            ui.label(&*name);
            let edit = TextEdit::singleline(typed)
                .desired_width(110.0)
                .min_size(vec2(0.0, 26.0));
            let response = ui.add(edit);
            ui.ctx()
                .accesskit_node_builder(response.id, |node| node.set_label(&*name));
            Date::parse(typed)
        })
        .inner;
    let refusal = match from {
        None => Some(lang.t("whatif.apply_bad_date").into_owned()),
        Some(from) => session
            .trial_refusal(from)
            .map(|refusal| refusal.text(lang)),
    };
    if let Some(refusal) = &refusal {
        let text = RichText::new(refusal)
            .font(small_font())
            .color(theme.warning);
        ui.add(Label::new(text).wrap());
    }
    let date = from.map_or_else(|| typed.clone(), |from| from.to_string());
    let text = lang.with("whatif.apply_go", &[("date", &date)]);
    let can = refusal.is_none() && !session.busy;
    if primary_button(ui, can, &text).clicked()
        && let Some(from) = from
    {
        out.push(Command::ApplyTrial(from));
        state.from = None;
    }
}
