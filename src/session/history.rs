//! Undo: one history of views, which are small cheap values, and of changes of the workspace,
//! which are taken back by a batch of their own.

use super::View;
use crate::jobs::Edit;

/// How many steps are kept.
const MOST: usize = 100;

/// A change of the workspace, with the batch that it was.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct EditStep {
    pub(super) edit: Edit,
    pub(super) batch: i64,
}

/// One step of the history.
#[derive(Debug)]
enum Step {
    View(Box<View>),
    Edit(EditStep),
}

/// Where a step leads.
#[derive(Debug)]
pub(super) enum Turn {
    /// To this view.
    View(View),
    /// To a workspace without this change, or with it again.
    Edit(EditStep),
}

/// What was, and what was undone.
#[derive(Debug, Default)]
pub(super) struct History {
    past: Vec<Step>,
    future: Vec<Step>,
}

impl History {
    /// Remembers the view as it was before a change.
    pub(super) fn remember(&mut self, before: View) {
        self.push(Step::View(Box::new(before)));
        self.future.clear();
    }

    /// Remembers a change of the workspace.
    pub(super) fn remember_edit(&mut self, step: EditStep) {
        self.push(Step::Edit(step));
        self.future.clear();
    }

    fn push(&mut self, step: Step) {
        if self.past.len() == MOST {
            self.past.remove(0);
        }
        self.past.push(step);
    }

    /// Goes a step back. A change of the workspace is told with [`History::undone`] once it is
    /// taken back, with [`History::holds`].
    pub(super) fn undo(&mut self, now: &View) -> Option<Turn> {
        Some(match self.past.pop()? {
            Step::View(before) => {
                self.future.push(Step::View(Box::new(now.clone())));
                Turn::View(*before)
            }
            Step::Edit(step) => Turn::Edit(step),
        })
    }

    /// Goes a step forward again.
    pub(super) fn redo(&mut self, now: &View) -> Option<Turn> {
        Some(match self.future.pop()? {
            Step::View(after) => {
                self.push(Step::View(Box::new(now.clone())));
                Turn::View(*after)
            }
            Step::Edit(step) => Turn::Edit(step),
        })
    }

    /// The change is taken back.
    pub(super) fn undone(&mut self, step: EditStep) {
        self.future.push(Step::Edit(step));
    }

    /// The change still holds, or holds again.
    pub(super) fn holds(&mut self, step: EditStep) {
        self.push(Step::Edit(step));
    }

    /// Whether the next step back changes the workspace.
    pub(super) fn undoes_edit(&self) -> bool {
        matches!(self.past.last(), Some(Step::Edit(_)))
    }

    /// Whether the next step forward changes the workspace.
    pub(super) fn redoes_edit(&self) -> bool {
        matches!(self.future.last(), Some(Step::Edit(_)))
    }

    pub(super) fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    pub(super) fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    /// The batch of a change was undone by other means: there is nothing to take back any more.
    pub(super) fn forget_edit(&mut self, batch: i64) {
        self.past
            .retain(|step| !matches!(step, Step::Edit(edit) if edit.batch == batch));
    }

    /// Every view that is remembered: rows have new numbers.
    pub(super) fn each_view(&mut self, mut change: impl FnMut(&mut View)) {
        for step in self.past.iter_mut().chain(&mut self.future) {
            if let Step::View(view) = step {
                change(view);
            }
        }
    }
}
