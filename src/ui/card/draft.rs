//! What is typed in the forms of a card, and what it means.

use crate::jobs::{Entry, EntryField, EntryMistake};
use crate::model::{Date, Need, Note, Review, Visit};
use egui::{Context, Key, Modifiers};

/// Which form is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ui) enum Form {
    /// A visit, planned or done.
    Visit,
    /// A need.
    Need,
    /// A note.
    Note,
    /// A review of receipts.
    Review,
}

/// The forms of the card. What was typed for one household waits while another is looked at.
#[derive(Debug, Default)]
pub(in crate::ui) struct CardForms {
    /// The household that the draft is about.
    pub(super) id: String,
    pub(super) open: Option<Form>,
    pub(super) draft: Draft,
    /// Whether somebody types in it.
    pub(super) focused: bool,
    /// The first field wants the cursor.
    pub(super) begins: bool,
    /// What the keyboard asked for.
    pub(super) pressed: Option<Pressed>,
    /// Whether mistakes are said: after the first try, not while somebody begins.
    pub(super) tried: bool,
}

/// A key that the form answers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pressed {
    Save,
    Leave,
}

/// The fields of all forms.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Draft {
    pub(super) day: String,
    pub(super) worker: String,
    pub(super) seen: Option<bool>,
    /// What came of a visit, what exactly is needed, or a note.
    pub(super) text: String,
    pub(super) next_due: String,
    /// The planned visit that this one is: its number and day.
    pub(super) planned: Option<(i64, Option<Date>)>,
    pub(super) category: String,
    pub(super) urgency: u8,
    pub(super) source: usize,
    pub(super) member: String,
    /// The receipt that is reviewed: its programme and what it calls the member.
    pub(super) receipt: (String, String),
}

impl CardForms {
    /// Opens a form about a household, empty.
    pub(super) fn begin(&mut self, form: Form, id: &str, draft: Draft) {
        *self = Self {
            id: id.to_owned(),
            open: Some(form),
            draft,
            begins: true,
            ..Self::default()
        };
    }

    /// The form that is open for a household.
    pub(super) fn of(&self, id: &str) -> Option<Form> {
        self.open.filter(|_| self.id == id)
    }

    /// While somebody types in a form, Ctrl+Enter saves it and Escape leaves it; nobody else
    /// hears of these keys.
    pub(in crate::ui) fn take_keys(&mut self, ctx: &Context) {
        self.pressed = None;
        if !self.focused || self.open.is_none() {
            return;
        }
        ctx.input_mut(|input| {
            if input.consume_key(Modifiers::COMMAND, Key::Enter) {
                self.pressed = Some(Pressed::Save);
            } else if input.consume_key(Modifiers::NONE, Key::Escape) {
                self.pressed = Some(Pressed::Leave);
            }
        });
    }

    pub(super) fn close(&mut self) {
        *self = Self::default();
    }
}

/// What is wrong with a draft: a field and the key of a sentence.
fn wrong(field: EntryField, key: &'static str) -> EntryMistake {
    EntryMistake { field, key }
}

/// A day that may be left out.
fn day(text: &str, field: EntryField) -> Result<Option<Date>, EntryMistake> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    Date::parse(text)
        .map(Some)
        .ok_or_else(|| wrong(field, "ui.card_bad_day"))
}

impl Draft {
    /// The day of a visit that is still to come: then it is planned.
    pub(super) fn is_plan(&self, today: Date) -> bool {
        Date::parse(&self.day).is_some_and(|day| day > today)
    }

    /// What the draft of a form would record. `source` is the word for who raised a need.
    pub(super) fn entry(
        &self,
        form: Form,
        source: &str,
        today: Date,
    ) -> Result<Entry, EntryMistake> {
        let on = day(&self.day, EntryField::Day)?;
        if on.is_none() {
            return Err(wrong(EntryField::Day, "jobs.entry_no_day"));
        }
        let entry = match form {
            Form::Visit if self.is_plan(today) => Entry::Visit {
                visit: Visit {
                    planned_on: on,
                    worker: self.worker.trim().to_owned(),
                    notes: self.text.trim().to_owned(),
                    ..Visit::default()
                },
                planned: self.planned.map(|(number, _)| number),
            },
            Form::Visit => Entry::Visit {
                visit: Visit {
                    planned_on: self.planned.and_then(|(_, day)| day),
                    done_on: on,
                    worker: self.worker.trim().to_owned(),
                    seen: self.seen,
                    outcome: self.text.trim().to_owned(),
                    next_due: day(&self.next_due, EntryField::NextDue)?,
                    ..Visit::default()
                },
                planned: self.planned.map(|(number, _)| number),
            },
            Form::Need => Entry::Need(Need {
                member: self.member.clone(),
                category: self.category.clone(),
                detail: self.text.trim().to_owned(),
                source: source.to_owned(),
                raised_on: on,
                urgency: Some(self.urgency.clamp(1, 3)),
                ..Need::default()
            }),
            Form::Note => Entry::Note(Note {
                on,
                text: self.text.trim().to_owned(),
                author: self.worker.trim().to_owned(),
                ..Note::default()
            }),
            Form::Review => Entry::Review(Review {
                programme: self.receipt.0.clone(),
                member: self.receipt.1.clone(),
                on,
                author: self.worker.trim().to_owned(),
                ..Review::default()
            }),
        };
        match entry.mistake(today) {
            Some(mistake) => Err(mistake),
            None => Ok(entry),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> Date {
        Date::parse("2026-11-21").unwrap()
    }

    fn visit(draft: &Draft) -> Result<Visit, &'static str> {
        match draft.entry(Form::Visit, "", today()) {
            Ok(Entry::Visit { visit, .. }) => Ok(visit),
            Ok(other) => panic!("{other:?}"),
            Err(mistake) => Err(mistake.key),
        }
    }

    #[test]
    fn a_visit_of_later_is_a_plan_and_says_nothing_of_what_came_of_it() {
        let mut draft = Draft {
            day: "2026/12/1".to_owned(),
            worker: " 示范员 ".to_owned(),
            seen: Some(true),
            next_due: "2026-11-01".to_owned(),
            ..Draft::default()
        };
        let planned = visit(&draft).unwrap();
        assert_eq!((planned.done_on, planned.seen), (None, None));
        assert_eq!(planned.planned_on, Date::parse("2026-12-01"));
        assert_eq!(planned.worker, "示范员");
        draft.day = "2026-11-21".to_owned();
        assert_eq!(visit(&draft), Err("jobs.entry_next_before"));
        draft.next_due = "下周".to_owned();
        assert_eq!(visit(&draft), Err("ui.card_bad_day"));
        draft.next_due = "2026-12-21".to_owned();
        draft.planned = Some((7, Date::parse("2026-11-20")));
        let done = visit(&draft).unwrap();
        assert_eq!(
            (done.done_on, done.planned_on),
            (Some(today()), Date::parse("2026-11-20"))
        );
        draft.day.clear();
        assert_eq!(visit(&draft), Err("jobs.entry_no_day"));
    }

    #[test]
    fn a_need_keeps_its_member_and_who_says_so() {
        let draft = Draft {
            day: "2026-11-20".to_owned(),
            category: "care".to_owned(),
            member: "H1-2".to_owned(),
            text: "送餐\n".to_owned(),
            ..Draft::default()
        };
        let Ok(Entry::Need(need)) = draft.entry(Form::Need, "本人", today()) else {
            panic!("a need");
        };
        assert_eq!((need.urgency, need.detail.as_str()), (Some(1), "送餐"));
        assert_eq!(
            (need.member.as_str(), need.source.as_str()),
            ("H1-2", "本人")
        );
        let refused = draft.entry(Form::Note, "", Date::parse("2026-11-19").unwrap());
        assert_eq!(refused.unwrap_err().field, EntryField::Day);
    }
}
