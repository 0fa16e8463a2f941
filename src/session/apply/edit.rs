//! Changes by hand: placing, merging, and going back.

use crate::jobs::{Edit, Entry};
use crate::model::{Catalogue, LonLat};
use crate::session::edits::Reason;
use crate::session::history::Turn;
use crate::session::placing::is_unplaced;
use crate::session::{Effects, Inspected, NoticeKind, Placing, Session};
use crate::words::Message;
use std::sync::Arc;

impl Session {
    /// The id of a household; `None` where there is none at the row.
    fn household_id(&self, row: u32) -> Option<String> {
        let households = &self.town()?.snapshot.households;
        ((row as usize) < households.len()).then(|| households.id.get(row).to_owned())
    }

    /// Nothing can be changed in a workspace that is open to look at.
    fn may_edit(&mut self) -> bool {
        let can = self.can_edit();
        if !can {
            let message = Message::new("session.looks_only");
            self.notices.say(NoticeKind::Warning, message);
        }
        can
    }

    pub(super) fn start_placing(&mut self, row: u32, effects: &mut Effects) {
        if self.household_id(row).is_none() || !self.may_edit() {
            return;
        }
        let Some(town) = self.town() else { return };
        // In a list of households that all wait for a place, one comes after the other.
        let goes_on = is_unplaced(&town.snapshot.households, row)
            && self.results.filtered.as_ref().is_some_and(|filtered| {
                filtered.order.len() == filtered.not_geocoded && filtered.rows.contains(row)
            });
        self.dialog = None;
        self.take_in_hand(row, goes_on, effects);
    }

    fn take_in_hand(&mut self, row: u32, goes_on: bool, effects: &mut Effects) {
        let placing = Placing {
            row,
            goes_on,
            area: self.declared_area(row),
        };
        self.placing = Some(placing);
        self.inspected = Some(Inspected::Household(row));
        let at = self
            .town()
            .and_then(|town| town.snapshot.households.merc(row));
        match at {
            Some(_) => self.go_to(Inspected::Household(row), effects),
            None => effects.show = self.where_to_place(placing),
        }
    }

    pub(super) fn skip_placing(&mut self, effects: &mut Effects) {
        let next = self
            .placing
            .and_then(|placing| self.next_to_place(placing.row));
        match next {
            Some(row) => self.take_in_hand(row, true, effects),
            None => self.placing = None,
        }
    }

    pub(super) fn place(&mut self, row: u32, at: LonLat, effects: &mut Effects) {
        let (Some(id), Some(at)) = (self.household_id(row), LonLat::new(at.lon, at.lat)) else {
            return;
        };
        if !self.may_edit() {
            return;
        }
        self.edits.ask(Edit::Place { id, at }, Reason::New);
        let in_hand = self.placing.filter(|placing| placing.row == row);
        match in_hand {
            Some(placing) if placing.goes_on => self.skip_placing(effects),
            Some(_) => self.placing = None,
            None => {}
        }
    }

    /// Records something about a household: nothing that the forms would have refused.
    pub(super) fn record(&mut self, row: u32, entry: Entry) {
        let Some(id) = self.household_id(row) else {
            return;
        };
        if !self.may_edit() {
            return;
        }
        if let Some(mistake) = entry.mistake(self.desk_day()) {
            self.notices
                .say(NoticeKind::Warning, Message::new(mistake.key));
            return;
        }
        self.edits.ask(Edit::Record { id, entry }, Reason::New);
    }

    pub(super) fn merge(&mut self, keep: u32, drop: u32) {
        let (Some(kept), Some(dropped)) = (self.household_id(keep), self.household_id(drop)) else {
            return;
        };
        if keep == drop || !self.may_edit() {
            return;
        }
        let edit = Edit::Merge {
            keep: kept,
            drop: dropped,
        };
        self.edits.ask(edit, Reason::New);
    }

    pub(super) fn keep_both(&mut self, one: u32, other: u32) {
        let (Some(one_id), Some(other_id)) = (self.household_id(one), self.household_id(other))
        else {
            return;
        };
        if one == other || !self.may_edit() {
            return;
        }
        let edit = Edit::KeepBoth {
            one: one_id,
            other: other_id,
        };
        self.edits.ask(edit, Reason::New);
    }

    /// What is as it was makes no version.
    pub(in crate::session) fn save_catalogue(&mut self, catalogue: Arc<Catalogue>) {
        let Some(town) = self.town() else { return };
        if town.snapshot.catalogue.of_office() == *catalogue || !self.may_edit() {
            return;
        }
        self.edits.ask(Edit::Catalogue(catalogue), Reason::New);
    }

    /// Whether a step that changes the workspace can be taken now: one after the other.
    fn is_free_to_turn(&mut self, changes_workspace: bool) -> bool {
        let free = !changes_workspace || !(self.busy || self.edits.is_waiting());
        if !free {
            let message = Message::new("session.busy");
            self.notices.say(NoticeKind::Warning, message);
        }
        free
    }

    pub(super) fn undo(&mut self) {
        if !self.is_free_to_turn(self.history.undoes_edit()) {
            return;
        }
        match self.history.undo(&self.view) {
            Some(Turn::View(view)) => self.restore(view),
            Some(Turn::Edit(step)) => {
                let inverse = step.edit.inverse(step.batch);
                self.edits.ask(inverse, Reason::Undo(step));
            }
            None => {}
        }
    }

    pub(super) fn redo(&mut self) {
        if !self.is_free_to_turn(self.history.redoes_edit()) {
            return;
        }
        match self.history.redo(&self.view) {
            Some(Turn::View(view)) => self.restore(view),
            Some(Turn::Edit(step)) => {
                let again = step.edit.clone();
                self.edits.ask(again, Reason::Redo(step));
            }
            None => {}
        }
    }
}
