//! The receipts of a household and their reviews.

use super::draft::{CardForms, Form};
use super::fold::Fold;
use super::form::begin;
use super::lines::{Size, line, origin};
use super::lists::{Ledger, ledger_only, people};
use crate::jobs::{Card, Recorded};
use crate::layer::CardView;
use crate::model::{ClockKind, Date, Receipt, Review};
use crate::session::Session;
use crate::ui::theme::Theme;
use crate::ui::widgets::note;
use egui::{Button, RichText, Ui, vec2};

/// The receipts: those that go on, and below them those that have ended.
pub(in crate::ui) fn receipts(
    ui: &mut Ui,
    (session, view): (&Session, &CardView<'_>),
    card: &Card,
    size: Size,
    forms: &mut CardForms,
) {
    let lang = view.lang;
    let all = &card.rows.receipts;
    let has_ended = |one: &&Recorded<Receipt>| one.record.end.is_some_and(|end| end <= view.as_of);
    let ended: Vec<_> = all.iter().filter(has_ended).collect();
    let going: Vec<_> = all.iter().filter(|one| !has_ended(one)).collect();
    let members = people(card);
    let fold = Fold {
        key: "receipts",
        title: &lang.t("ui.card_receipts"),
        count: going.len(),
        add: None,
        open: true,
    };
    let reviews: Vec<&Review> = card.rows.reviews.iter().map(|one| &one.record).collect();
    let under_review: Vec<_> = under_review(session, card).collect();
    let mut starts = None;
    let mut draw = |ui: &mut Ui, one: &Recorded<Receipt>, is_over: bool| {
        let theme = Theme::of(ui);
        let ink = if is_over { theme.secondary } else { theme.text };
        let key = (one.record.programme.clone(), one.record.member.clone());
        ui.push_id(one.number, |ui| {
            let said = view.receipt(&one.record, &members, &reviews);
            line(ui, &said, ink, |ui| {
                if !is_over && session.can_edit() && under_review.contains(&key) {
                    let text = RichText::new(lang.t("ui.card_add_review"));
                    let button = Button::new(text).min_size(vec2(0.0, 24.0));
                    if ui.add(button).clicked() {
                        starts = Some(key);
                    }
                }
            });
            origin(ui, size, &one.origin, lang);
        });
    };
    fold.show(ui, |ui| {
        if all.is_empty() {
            note(ui, lang.t("ui.card_no_receipts"));
        }
        ledger_only(ui, view, card, Ledger::Programmes);
        for one in going {
            draw(ui, one, false);
        }
        if !ended.is_empty() {
            let fold = Fold {
                key: "ended receipts",
                title: &lang.t("ui.card_ended"),
                count: ended.len(),
                add: None,
                open: size == Size::Full,
            };
            fold.show(ui, |ui| {
                for one in ended {
                    draw(ui, one, true);
                }
            });
        }
        if !card.rows.reviews.is_empty() {
            let fold = Fold {
                key: "reviews",
                title: &lang.t("ui.card_reviews"),
                count: card.rows.reviews.len(),
                add: None,
                open: size == Size::Full,
            };
            fold.show(ui, |ui| {
                let theme = Theme::of(ui);
                for one in &card.rows.reviews {
                    let said = view.review(&one.record, &members);
                    line(ui, &said, theme.text, |_| {});
                    origin(ui, size, &one.origin, lang);
                }
            });
        }
    });
    if let Some(receipt) = starts {
        begin(forms, Form::Review, session, card);
        forms.draft.receipt = receipt;
    }
}

/// The receipts of a household that are reviewed from time to time and go on: programme and what the
/// receipt calls its member. Those whose review is due first stand first.
pub(super) fn under_review(
    session: &Session,
    card: &Card,
) -> impl Iterator<Item = (String, String)> + use<> {
    let mut receipts: Vec<(Option<Date>, (String, String))> = Vec::new();
    if let Some(town) = session.town() {
        let catalogue = &town.snapshot.catalogue;
        for one in card.rows.receipts.iter().map(|one| &one.record) {
            let place = catalogue
                .programmes
                .iter()
                .position(|term| term.is_called(&one.programme));
            let scheme = place.and_then(|place| catalogue.schemes.get(place));
            if scheme.is_some_and(|scheme| scheme.review_months.is_some())
                && one.is_active(town.as_of)
            {
                let clock = card.clocks.iter().find(|clock| {
                    clock.kind == ClockKind::Review && clock.programme.map(usize::from) == place
                });
                let key = (one.programme.clone(), one.member.clone());
                receipts.push((clock.map(|clock| clock.due), key));
            }
        }
    }
    receipts.sort_by_key(|(due, _)| (due.is_none(), *due));
    receipts.into_iter().map(|(_, key)| key)
}
