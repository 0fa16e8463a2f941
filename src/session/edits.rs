//! Changes by hand that wait for the workspace file or are under way.

use super::history::EditStep;
use crate::jobs::Edit;
use std::collections::VecDeque;

/// Why a change is made.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Reason {
    /// Somebody wants it.
    New,
    /// An earlier one is undone.
    Undo(EditStep),
    /// One that was undone is done again.
    Redo(EditStep),
}

/// A change that was asked for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct AskedEdit {
    pub(super) edit: Edit,
    pub(super) reason: Reason,
}

/// What waits and what is under way: one request at a time, and everything that waits goes into
/// the next, so that the town is loaded once for many.
#[derive(Debug, Default)]
pub(super) struct Edits {
    waiting: VecDeque<AskedEdit>,
    under_way: Vec<AskedEdit>,
}

impl Edits {
    pub(super) fn ask(&mut self, edit: Edit, reason: Reason) {
        self.waiting.push_back(AskedEdit { edit, reason });
    }

    pub(super) fn is_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// Everything that waits, now under way.
    pub(super) fn start(&mut self) -> Vec<Edit> {
        self.under_way = self.waiting.drain(..).collect();
        let edits = self.under_way.iter();
        edits.map(|asked| asked.edit.clone()).collect()
    }

    /// What was under way.
    pub(super) fn finish(&mut self) -> Vec<AskedEdit> {
        std::mem::take(&mut self.under_way)
    }

    /// Whether a household is about to get a position.
    pub(super) fn places(&self, household: &str) -> bool {
        let all = self.waiting.iter().chain(&self.under_way);
        all.into_iter()
            .any(|asked| matches!(&asked.edit, Edit::Place { id, .. } if id == household))
    }
}
