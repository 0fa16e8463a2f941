//! What people record about one household at the desk: a visit, a need and its life, a note, a review.

use super::WorkspaceHandle;
use super::edit::stamp;
use crate::model::{Date, Need, NeedStatus, Note, Review, Visit};
use crate::store::Workspace;
use crate::words::{Fault, Lang, Message};

/// Something to record.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    /// A visit, planned or done.
    Visit {
        /// What is known of it.
        visit: Visit,
        /// The planned visit that it is, by its number.
        planned: Option<i64>,
    },
    /// A need.
    Need(Need),
    /// Where a need stands now.
    NeedStatus {
        /// The need, by its number.
        need: i64,
        /// Where it stands.
        status: NeedStatus,
        /// Since when.
        on: Date,
    },
    /// A note.
    Note(Note),
    /// That receipts of a programme were decided anew.
    Review(Review),
}

/// What is wrong with an entry, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EntryMistake {
    /// The field that it is about.
    pub field: EntryField,
    /// The key of the sentence that says so.
    pub key: &'static str,
}

/// A field of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryField {
    /// The day of a visit, a need, a note or a review.
    Day,
    /// When the next visit is due.
    NextDue,
    /// The text of a note.
    Text,
}

impl Entry {
    /// What is wrong with it, seen from a day: what has happened is not of later, and a plan is.
    pub fn mistake(&self, today: Date) -> Option<EntryMistake> {
        let wrong = |field, key| Some(EntryMistake { field, key });
        match self {
            Self::Visit { visit, .. } => match (visit.done_on, visit.planned_on) {
                (None, None) => wrong(EntryField::Day, "jobs.entry_no_day"),
                (Some(done), _) if done > today => wrong(EntryField::Day, "jobs.entry_later"),
                (day, planned) => {
                    let day = day.or(planned);
                    let next = visit.next_due.filter(|next| Some(*next) <= day);
                    next.and_then(|_| wrong(EntryField::NextDue, "jobs.entry_next_before"))
                }
            },
            Self::Need(need) => match need.raised_on {
                None => wrong(EntryField::Day, "jobs.entry_no_day"),
                Some(day) if day > today => wrong(EntryField::Day, "jobs.entry_later"),
                Some(_) => None,
            },
            Self::NeedStatus { on, .. } if *on > today => {
                wrong(EntryField::Day, "jobs.entry_later")
            }
            Self::Note(note) if note.text.trim().is_empty() => {
                wrong(EntryField::Text, "jobs.entry_no_text")
            }
            Self::Note(note) if note.on.is_some_and(|day| day > today) => {
                wrong(EntryField::Day, "jobs.entry_later")
            }
            Self::Review(review) => match review.on {
                None => wrong(EntryField::Day, "jobs.entry_no_day"),
                Some(day) if day > today => wrong(EntryField::Day, "jobs.entry_later"),
                Some(_) => None,
            },
            Self::NeedStatus { .. } | Self::Note(_) => None,
        }
    }

    /// The key of what its batch is called; residents are named by their household's number only.
    fn title(&self) -> &'static str {
        match self {
            Self::Visit { visit, .. } if visit.done_on.is_none() => "jobs.edit_plan",
            Self::Visit { .. } => "jobs.edit_visit",
            Self::Need(_) => "jobs.edit_need",
            Self::NeedStatus { status, .. } => match status {
                NeedStatus::Open => "jobs.edit_need_open",
                NeedStatus::Referred => "jobs.edit_need_referred",
                NeedStatus::Met => "jobs.edit_need_met",
                NeedStatus::Withdrawn => "jobs.edit_need_withdrawn",
            },
            Self::Note(_) => "jobs.edit_note",
            Self::Review(_) => "jobs.edit_review",
        }
    }

    /// What it is called, as a sentence about a household.
    pub fn what(&self, id: &str) -> Message {
        Message::new(self.title()).arg("id", id)
    }

    pub(super) fn carry_out(
        &self,
        workspace: &mut Workspace,
        id: &str,
        lang: Lang,
    ) -> Result<i64, Fault> {
        let title = self.what(id).text(lang);
        let stamp = stamp(&title);
        match self {
            Self::Visit { visit, planned } => workspace.add_visit(id, visit, *planned, stamp),
            Self::Need(need) => workspace.add_need(id, need, stamp),
            Self::NeedStatus { need, status, on } => {
                workspace.set_need_status(id, *need, *status, *on, stamp)
            }
            Self::Note(note) => workspace.add_note(id, note, stamp),
            Self::Review(review) => workspace.add_review(id, review, stamp),
        }
    }
}

/// Records something in a workspace of which no town has to be loaded again; gives the number of
/// its batch.
///
/// # Errors
/// No such household, need or planned visit; the same is recorded already; or the file cannot be
/// written.
pub fn record(
    workspace: &WorkspaceHandle,
    id: &str,
    entry: &Entry,
    lang: Lang,
) -> Result<i64, Fault> {
    workspace.with(|workspace| entry.carry_out(workspace, id, lang))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_happened_is_not_of_tomorrow_and_plans_may_be() {
        let day = |text: &str| Date::parse(text);
        let today = day("2026-11-21").unwrap();
        let visit = |planned: &str, done: &str, next: &str| Entry::Visit {
            visit: Visit {
                planned_on: day(planned),
                done_on: day(done),
                next_due: day(next),
                ..Visit::default()
            },
            planned: None,
        };
        let need = |raised: &str| {
            Entry::Need(Need {
                raised_on: day(raised),
                ..Need::default()
            })
        };
        let status = |on: &str| Entry::NeedStatus {
            need: 1,
            status: NeedStatus::Met,
            on: day(on).unwrap(),
        };
        let note = |text: &str| {
            Entry::Note(Note {
                text: text.to_owned(),
                ..Note::default()
            })
        };
        let review = |on: &str| {
            Entry::Review(Review {
                on: day(on),
                ..Review::default()
            })
        };
        for (entry, mistake) in [
            (review("2026-11-21"), None),
            (review("2026-11-22"), Some("jobs.entry_later")),
            (review(""), Some("jobs.entry_no_day")),
            (visit("", "2026-11-21", ""), None),
            (visit("", "2026-11-22", ""), Some("jobs.entry_later")),
            (visit("2026-11-22", "", ""), None),
            (visit("2026-11-01", "", ""), None),
            (visit("", "", "2026-12-01"), Some("jobs.entry_no_day")),
            (
                visit("", "2026-11-20", "2026-11-20"),
                Some("jobs.entry_next_before"),
            ),
            (visit("", "2026-11-20", "2026-11-21"), None),
            (need("2026-11-21"), None),
            (need("2026-11-22"), Some("jobs.entry_later")),
            (need(""), Some("jobs.entry_no_day")),
            (status("2026-11-21"), None),
            (status("2026-11-22"), Some("jobs.entry_later")),
            (note(" \n"), Some("jobs.entry_no_text")),
            (note("有狗"), None),
        ] {
            let found = entry.mistake(today).map(|mistake| mistake.key);
            assert_eq!(found, mistake, "{entry:?}");
            for lang in Lang::ALL {
                assert!(lang.knows(entry.title()), "{}", entry.title());
                assert!(mistake.is_none_or(|key| lang.knows(key)), "{mistake:?}");
            }
        }
    }
}
