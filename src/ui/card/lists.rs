//! What is recorded of a household: members, needs, visits, notes.

use super::draft::{CardForms, Form};
use super::fold::Fold;
use super::form::begin;
use super::lines::{Size, line, origin};
use crate::jobs::{Card, Entry, Recorded};
use crate::layer::{CardView, need_status_name};
use crate::model::{Need, NeedStatus, Person, Visit};
use crate::session::{Command, Session};
use crate::ui::dialogs::parts;
use crate::ui::theme::Theme;
use crate::ui::widgets::{note, tag};
use egui::{Button, RichText, Ui, vec2};

/// Visits that a column shows at once.
const FEW: usize = 3;

/// The members.
pub(in crate::ui) fn members(ui: &mut Ui, view: &CardView<'_>, card: &Card, size: Size) {
    let lang = view.lang;
    let fold = Fold {
        key: "members",
        title: &lang.t("ui.card_members"),
        count: card.rows.members.len(),
        add: None,
        open: true,
    };
    fold.show(ui, |ui| {
        if card.rows.members.is_empty() {
            note(ui, lang.t("ui.card_no_members"));
        }
        for one in &card.rows.members {
            let theme = Theme::of(ui);
            ui.scope(|ui| {
                line(ui, &view.member(&one.record), theme.text, |_| {});
                origin(ui, size, &one.origin, lang);
            });
        }
    });
}

pub(super) fn people(card: &Card) -> Vec<&Person> {
    card.rows.members.iter().map(|one| &one.record).collect()
}

/// Which list of the ledger.
#[derive(Clone, Copy)]
pub(super) enum Ledger {
    Programmes,
    Needs,
}

/// What only the ledger's own list says, without a row that knows more.
pub(super) fn ledger_only(ui: &mut Ui, view: &CardView<'_>, card: &Card, which: Ledger) {
    let snapshot = view.snapshot;
    let households = &snapshot.households;
    let (column, terms) = match which {
        Ledger::Programmes => (&households.programmes, &snapshot.catalogue.programmes),
        Ledger::Needs => (&households.needs, &snapshot.catalogue.needs),
    };
    let bits = column.get(card.row as usize).copied().unwrap_or(0);
    let has_row = |term: &crate::model::Term| match which {
        Ledger::Programmes => {
            let mut receipts = card.rows.receipts.iter();
            receipts.any(|one| term.is_called(&one.record.programme))
        }
        Ledger::Needs => {
            let mut needs = card.rows.needs.iter();
            needs.any(|one| term.is_called(&one.record.category))
        }
    };
    let only: Vec<&str> = terms
        .iter()
        .take(64)
        .enumerate()
        .filter(|(place, term)| bits >> place & 1 == 1 && !has_row(term))
        .map(|(_, term)| term.short_name(view.lang))
        .collect();
    if only.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(5.0, 5.0);
        for text in only {
            tag(ui, text);
        }
    });
    note(ui, view.lang.t("ui.card_ledger_only"));
    ui.add_space(4.0);
}

/// The needs, each with where it stands and a menu to change that.
pub(in crate::ui) fn needs(
    ui: &mut Ui,
    (session, view): (&Session, &CardView<'_>),
    card: &Card,
    size: Size,
    forms: &mut CardForms,
    out: &mut Vec<Command>,
) {
    let lang = view.lang;
    let members = people(card);
    let open = |one: &Recorded<Need>| one.record.is_open(view.as_of);
    let name = lang.t("ui.card_add_need");
    let fold = Fold {
        key: "needs",
        title: &lang.t("ui.card_needs"),
        count: card.rows.needs.iter().filter(|one| open(one)).count(),
        add: Some(&*name).filter(|_| session.can_edit()),
        open: true,
    };
    let added = fold.show(ui, |ui| {
        if card.rows.needs.is_empty() {
            note(ui, lang.t("ui.card_no_needs"));
        }
        ledger_only(ui, view, card, Ledger::Needs);
        for one in &card.rows.needs {
            let theme = Theme::of(ui);
            let ink = if open(one) {
                theme.text
            } else {
                theme.secondary
            };
            ui.push_id(one.number, |ui| {
                line(ui, &view.need(&one.record, &members), ink, |ui| {
                    status(ui, session, card, one, out);
                });
                origin(ui, size, &one.origin, lang);
            });
        }
    });
    if added {
        begin(forms, Form::Need, session, card);
    }
}

/// Where a need stands; a menu where it can be changed.
fn status(
    ui: &mut Ui,
    session: &Session,
    card: &Card,
    one: &Recorded<Need>,
    out: &mut Vec<Command>,
) {
    let lang = session.lang;
    let now = one.record.status;
    if !session.can_edit() {
        ui.label(need_status_name(now, lang));
        return;
    }
    let options = NeedStatus::ALL.map(|status| (status, need_status_name(status, lang)));
    let name = lang.t("ui.card_status");
    if let Some(status) = parts::menu(ui, &name, 96.0, &options, &now) {
        let entry = Entry::NeedStatus {
            need: one.number,
            status,
            on: session.desk_day(),
        };
        out.push(Command::Record {
            row: card.row,
            entry,
        });
    }
}

/// The visits, the last first.
pub(in crate::ui) fn visits(
    ui: &mut Ui,
    (session, view): (&Session, &CardView<'_>),
    card: &Card,
    size: Size,
    forms: &mut CardForms,
) {
    let lang = view.lang;
    let all = &card.rows.visits;
    let name = lang.t("ui.card_add_visit");
    let fold = Fold {
        key: "visits",
        title: &lang.t("ui.card_visits"),
        count: all.len(),
        add: Some(&*name).filter(|_| session.can_edit()),
        open: true,
    };
    let mut starts = None;
    let added = fold.show(ui, |ui| {
        if all.is_empty() {
            let last = view.snapshot.households.last_visit(card.row);
            note(
                ui,
                match last {
                    Some(day) => lang.with("ui.card_visit_by_ledger", &[("day", &day.to_string())]),
                    None => lang.t("ui.card_no_visits").into_owned(),
                },
            );
        }
        let few = if size == Size::Full { all.len() } else { FEW };
        let mut draw = |ui: &mut Ui, one: &Recorded<Visit>| {
            if visit(ui, session, view, one, size) {
                starts = Some((one.number, one.record.clone()));
            }
        };
        for one in all.iter().take(few) {
            draw(ui, one);
        }
        if all.len() > few {
            let fold = Fold {
                key: "earlier visits",
                title: &lang.t("ui.card_earlier"),
                count: all.len() - few,
                add: None,
                open: false,
            };
            fold.show(ui, |ui| {
                for one in all.iter().skip(few) {
                    draw(ui, one);
                }
            });
        }
    });
    if added {
        begin(forms, Form::Visit, session, card);
    }
    if let Some((number, visit)) = starts {
        begin(forms, Form::Visit, session, card);
        forms.draft.planned = Some((number, visit.planned_on));
        if !visit.worker.is_empty() {
            forms.draft.worker = visit.worker;
        }
    }
}

/// One visit; gives whether somebody wants to record a planned one as done.
fn visit(
    ui: &mut Ui,
    session: &Session,
    view: &CardView<'_>,
    one: &Recorded<Visit>,
    size: Size,
) -> bool {
    let theme = Theme::of(ui);
    let is_planned = one.record.done_on.is_none();
    let mut starts = false;
    ui.push_id(one.number, |ui| {
        let ink = if is_planned { theme.accent } else { theme.text };
        line(ui, &view.visit(&one.record), ink, |ui| {
            if is_planned && session.can_edit() {
                let text = RichText::new(view.lang.t("ui.card_visit_made"));
                starts = ui
                    .add(Button::new(text).min_size(vec2(0.0, 24.0)))
                    .clicked();
            }
        });
        origin(ui, size, &one.origin, view.lang);
    });
    starts
}

/// What people wrote down.
pub(in crate::ui) fn notes(
    ui: &mut Ui,
    (session, view): (&Session, &CardView<'_>),
    card: &Card,
    size: Size,
    forms: &mut CardForms,
) {
    let lang = view.lang;
    let name = lang.t("ui.card_add_note");
    let fold = Fold {
        key: "notes",
        title: &lang.t("ui.card_notes"),
        count: card.rows.notes.len(),
        add: Some(&*name).filter(|_| session.can_edit()),
        open: true,
    };
    let added = fold.show(ui, |ui| {
        if card.rows.notes.is_empty() {
            note(ui, lang.t("ui.card_no_notes"));
        }
        for one in &card.rows.notes {
            let theme = Theme::of(ui);
            ui.scope(|ui| {
                line(ui, &view.note(&one.record), theme.text, |_| {});
                origin(ui, size, &one.origin, lang);
            });
        }
    });
    if added {
        begin(forms, Form::Note, session, card);
    }
}
