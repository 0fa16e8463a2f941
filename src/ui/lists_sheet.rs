//! The sheet that compares lists: who is on one and not on another. A click on a cell shows these
//! households on the map and in the list.

use super::action::{Action, Effect};
use super::lists_matrix;
use super::theme::{Theme, strong_font};
use super::widgets::note;
use super::worksheet;
use crate::base::digits::grouped;
use crate::jobs::{Compared, Lane, ListsCell, SourceKind, TableWanted};
use crate::session::{Command, Dialog, Session};
use crate::words::Lang;
use egui::{Button, Label, RichText, ScrollArea, Ui};

/// The name of a list of the comparison.
pub(super) fn source_name(session: &Session, kind: &SourceKind) -> String {
    let lang = session.lang;
    match kind {
        SourceKind::Ledger => lang.t("ui.lists_ledger").into_owned(),
        SourceKind::List(name) => name.clone(),
        SourceKind::Programme(code) => {
            let town = session.town();
            let terms = town.map(|town| &town.snapshot.catalogue.programmes);
            let term = terms.and_then(|terms| terms.iter().find(|term| term.code == *code));
            let name = term.map_or(code.as_str(), |term| term.short_name(lang));
            lang.with("ui.lists_programme", &[("programme", name)])
        }
    }
}

/// Draws the sheet.
pub(super) fn show(ui: &mut Ui, session: &Session, out: &mut Vec<Command>) {
    let lang = session.lang;
    let Some(lists) = &session.results.lists else {
        ui.add_space(8.0);
        note(ui, lang.t("ui.lists_what"));
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            if session.is_comparing() || session.busy {
                ui.label(lang.t("ui.lists_running"));
                if ui.button(lang.t("ui.cancel")).clicked() {
                    out.push(Command::Cancel(Lane::Lists));
                }
            } else if ui.button(lang.t("ui.lists_again")).clicked() {
                out.push(Command::CompareAgain);
            }
        });
        return;
    };
    let footer = if session.chosen_cell.is_some() {
        112.0
    } else {
        0.0
    };
    let room = (ui.available_height() - footer).max(120.0);
    ScrollArea::vertical()
        .max_height(room)
        .auto_shrink([false, false])
        .show(ui, |ui| {
            if !lists.has_lists() {
                no_lists(ui, session, out);
            }
            if lists.sources.len() > 1 {
                note(ui, lang.t("ui.lists_what"));
                ui.add_space(6.0);
                lists_matrix::show(ui, session, lists, out);
                ui.add_space(6.0);
                note(ui, lang.t("ui.lists_identity"));
            }
        });
    if let Some(cell) = session.chosen_cell {
        worksheet::rule(ui);
        chosen(ui, session, lists, cell, out);
    }
}

/// What would be here, and how to get it.
fn no_lists(ui: &mut Ui, session: &Session, out: &mut Vec<Command>) {
    let lang = session.lang;
    ui.add_space(8.0);
    ui.label(RichText::new(lang.t("ui.lists_empty")).font(strong_font()));
    ui.add(Label::new(lang.t("ui.lists_empty_text")).wrap());
    ui.add_space(4.0);
    let import = Action::Import;
    let button = Button::new(import.text(lang));
    if ui.add_enabled(import.is_enabled(session), button).clicked()
        && let Effect::Command(command) = import.effect(session)
    {
        out.push(command);
    }
    ui.add_space(10.0);
}

/// `On A, not on B` or `On A`.
pub(super) fn cell_text(session: &Session, lists: &Compared, cell: ListsCell) -> String {
    let lang = session.lang;
    let name = |at: usize| {
        let source = lists.sources.get(at);
        source.map_or_else(String::new, |source| source_name(session, &source.kind))
    };
    if cell.on == cell.not_on {
        lang.with("ui.lists_on", &[("on", &name(cell.on))])
    } else {
        lang.with(
            "ui.lists_on_not",
            &[("on", &name(cell.on)), ("not", &name(cell.not_on))],
        )
    }
}

/// Who is in the chosen cell, and what can be done about those without a household.
fn chosen(
    ui: &mut Ui,
    session: &Session,
    lists: &Compared,
    cell: ListsCell,
    out: &mut Vec<Command>,
) {
    let theme = Theme::of(ui);
    let lang = session.lang;
    ui.add_space(4.0);
    let title = format!(
        "{}  ·  {}",
        cell_text(session, lists, cell),
        members(lists, cell.on, lists.count(cell), lang)
    );
    ui.add(Label::new(RichText::new(title).font(strong_font())).wrap());
    let Some(found) = session
        .results
        .cell
        .as_ref()
        .filter(|found| found.cell == cell)
    else {
        note(ui, lang.t("ui.updating"));
        return;
    };
    let households = grouped(found.rows.count() as u64);
    let text = lang.with("ui.lists_selected", &[("count", &households)]);
    ui.label(RichText::new(text).color(theme.secondary));
    let unmatched = found.unmatched.len();
    if unmatched > 0 {
        ui.horizontal_wrapped(|ui| {
            let count = grouped(unmatched as u64);
            ui.label(lang.with("ui.lists_unmatched", &[("count", &count)]));
            let export = Button::new(lang.t("ui.lists_export"));
            if ui.add_enabled(!session.exporting, export).clicked() {
                out.push(Command::Show(Dialog::ExportTable(TableWanted::Unmatched)));
            }
        });
    }
}

/// `48 persons` or `48 households`, by what the list counts.
pub(super) fn members(lists: &Compared, list: usize, count: usize, lang: Lang) -> String {
    let source = lists.sources.get(list);
    let key = if source.is_some_and(|source| source.counts_households) {
        "ui.lists_households"
    } else {
        "ui.lists_persons"
    };
    lang.with(key, &[("count", &grouped(count as u64))])
}
