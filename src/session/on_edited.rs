//! What comes back from changes by hand, from the check of the data and from the comparison of
//! lists.

use super::edits::Reason;
use super::follow_catalogue::Moved;
use super::history::EditStep;
use super::{Counted, Effects, Inspected, NoticeKind, Session};
use crate::jobs::{
    CellFound, Checked, Compared, Edit, Edited, Finding, HouseholdHistory, Reloaded, RowMap, Town,
};
use crate::query::RowSet;
use crate::words::Message;
use std::sync::Arc;

impl Session {
    pub(super) fn on_edited(&mut self, edited: Edited) {
        self.busy = false;
        for (at, asked) in self.edits.finish().into_iter().enumerate() {
            match (asked.reason, edited.batches.get(at)) {
                (Reason::New, Some(batch)) => {
                    let edit = asked.edit;
                    self.made(&edit);
                    self.history.remember_edit(EditStep {
                        edit,
                        batch: *batch,
                    });
                }
                (Reason::Undo(step), Some(_)) => {
                    self.unmade(&step.edit);
                    self.history.undone(step);
                }
                (Reason::Redo(step), Some(batch)) => {
                    self.made(&step.edit);
                    self.history.holds(EditStep {
                        batch: *batch,
                        ..step
                    });
                }
                (reason, None) => self.not_edited(reason),
            }
        }
        if let Some(document) = &mut self.document {
            document.batches = edited.records;
        }
        if let Some(fault) = edited.failed {
            self.notices.fault(fault);
        }
        if let Some(reloaded) = edited.reloaded {
            self.on_reloaded(reloaded);
        }
    }

    /// The whole request failed.
    pub(super) fn edits_failed(&mut self) {
        for asked in self.edits.finish() {
            self.not_edited(asked.reason);
        }
    }

    /// A change that was not made: the history is as it was.
    fn not_edited(&mut self, reason: Reason) {
        match reason {
            Reason::New => {}
            Reason::Undo(step) => self.history.holds(step),
            Reason::Redo(step) => self.history.undone(step),
        }
    }

    /// Says what was done.
    fn made(&mut self, edit: &Edit) {
        let message = match edit {
            Edit::Place { id, .. } => Message::new("session.placed").arg("id", id),
            Edit::Merge { keep, drop } => Message::new("session.merged")
                .arg("keep", keep)
                .arg("drop", drop),
            Edit::KeepBoth { one, other } => {
                self.settle_pair(one, other, true);
                Message::new("session.kept")
                    .arg("one", one)
                    .arg("other", other)
            }
            Edit::Record { id, entry } => entry.what(id),
            Edit::Catalogue(_) => Message::new("session.catalogue_saved"),
            Edit::AskAgain { .. } | Edit::TakeBack { .. } => return,
        };
        self.notices.say(NoticeKind::Done, message);
    }

    /// Says what was taken back.
    fn unmade(&mut self, edit: &Edit) {
        let message = match edit {
            Edit::Place { id, .. } => Message::new("session.place_undone").arg("id", id),
            Edit::Merge { keep, drop } => Message::new("session.merge_undone")
                .arg("keep", keep)
                .arg("drop", drop),
            Edit::KeepBoth { one, other } => {
                self.settle_pair(one, other, false);
                Message::new("session.keep_undone")
                    .arg("one", one)
                    .arg("other", other)
            }
            Edit::Record { id, entry } => {
                Message::new("session.record_undone").arg("what", entry.what(id).text(self.lang))
            }
            Edit::Catalogue(_) => Message::new("session.catalogue_undone"),
            Edit::AskAgain { .. } | Edit::TakeBack { .. } => return,
        };
        self.notices.say(NoticeKind::Done, message);
    }

    /// Another edition of the same town: what points at rows follows them.
    pub(super) fn on_reloaded(&mut self, reloaded: Reloaded) {
        let Reloaded {
            town,
            rows,
            problems,
        } = reloaded;
        let Some(document) = &mut self.document else {
            return;
        };
        let before = std::mem::replace(&mut document.town, town);
        document.problems = problems;
        // Its rows are those of the edition before; it is asked for again.
        self.results.what_if = None;
        self.follow_rows(&rows);
        self.follow_catalogue(&before);
        self.reparse_filter();
    }

    /// The town has another catalogue, perhaps; `before` is the one that was looked at.
    pub(super) fn follow_catalogue(&mut self, before: &Town) {
        self.settle_draft();
        self.drop_kept_draft();
        let Some(town) = self.town() else { return };
        let (was, is) = (&before.snapshot.catalogue, &town.snapshot.catalogue);
        let is_another = was.of_office() != is.of_office();
        let moved = Moved::between(&before.snapshot.catalogue, &town.snapshot.catalogue);
        if let Some(moved) = moved {
            moved.follow(&mut self.view);
            self.history.each_view(|view| moved.follow(view));
        }
        // What is on trial was moved from standards that are others now.
        if is_another {
            self.trial = None;
        }
    }

    fn follow_rows(&mut self, rows: &RowMap) {
        let follow = |what: Inspected| match what {
            Inspected::Household(row) => rows.row(row).map(Inspected::Household),
            Inspected::Area(area) => Some(Inspected::Area(area)),
        };
        self.inspected = self.inspected.and_then(follow);
        self.hovered = self.hovered.and_then(follow);
        if let Some(placing) = self.placing {
            self.placing = rows
                .row(placing.row)
                .map(|row| super::Placing { row, ..placing });
        }
        if matches!(rows, RowMap::Moved { .. }) {
            let follow = |selection: &Arc<RowSet>| Arc::new(rows.rows(selection));
            self.view.selection = self.view.selection.as_ref().map(follow);
            self.history.each_view(|view| {
                view.selection = view.selection.as_ref().map(follow);
            });
        }
        if let (Some(check), Some(document)) = (&mut self.results.check, &self.document) {
            Arc::make_mut(check).follow(rows, &document.town.snapshot);
        }
        self.forget_closed_finding();
        // Lists are compared again, with the households as they are now.
        self.results.lists = None;
        self.results.cell = None;
        self.chosen_cell = None;
        self.forget_times();
    }

    /// A finding that is settled is not looked at any more.
    fn forget_closed_finding(&mut self) {
        let check = self.results.check.as_ref();
        self.chosen_finding = self.chosen_finding.filter(|at| {
            check
                .and_then(|check| check.findings.get(*at))
                .is_some_and(Finding::is_open)
        });
    }

    /// A pair was said to be two households, or is asked about again.
    fn settle_pair(&mut self, one: &str, other: &str, settled: bool) {
        if let Some(check) = &mut self.results.check {
            Arc::make_mut(check).settle(one, other, settled);
        }
        self.forget_closed_finding();
    }

    pub(super) fn on_history(&mut self, history: HouseholdHistory) {
        self.asked.work.history_answered();
        self.results.history = Some(Arc::new(history));
    }

    pub(super) fn on_checked(&mut self, checked: Checked) {
        self.asked.work.check_answered();
        let current = self
            .town()
            .is_some_and(|town| town.snapshot.generation == checked.generation);
        if current {
            self.results.check = Some(Arc::new(checked));
            self.chosen_finding = None;
        } else {
            self.asked.work.forget_check();
        }
    }

    pub(super) fn on_compared(&mut self, compared: Compared) {
        self.asked.work.lists_answered();
        let current = self
            .town()
            .is_some_and(|town| town.snapshot.generation == compared.generation);
        if current {
            self.chosen_cell = None;
            self.results.lists = Some(Arc::new(compared));
        }
    }

    /// How many of a cell have a household, and what they are.
    fn counted_in(&self, found: &CellFound) -> (u64, Counted) {
        let Some(lists) = &self.results.lists else {
            return (found.rows.count() as u64, Counted::Households);
        };
        let source = lists.sources.get(found.cell.on);
        let all = lists.count(found.cell);
        let known = all.saturating_sub(found.unmatched.len()) as u64;
        match source {
            Some(source) if !source.counts_households => (known, Counted::Persons),
            _ => (known, Counted::Households),
        }
    }

    /// The households of a cell stand on the map and in the list at once.
    pub(super) fn on_cell(&mut self, found: CellFound, effects: &mut Effects) {
        let current = self
            .town()
            .is_some_and(|town| town.snapshot.generation == found.generation);
        if !current || self.chosen_cell != Some(found.cell) {
            return;
        }
        if found.rows.count() > 0 {
            let before = self.view.clone();
            self.view.selection = Some(Arc::clone(&found.rows));
            self.set_filter_text("selected:yes".to_owned());
            self.note_opened(self.counted_in(&found), None, effects);
            if self.view != before {
                self.history.remember(before);
            }
        }
        effects.show = Some(found.box_merc).filter(|around| !around.is_empty());
        self.results.cell = Some(Arc::new(found));
    }
}
