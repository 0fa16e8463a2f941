//! Undo of the view: a history of small cheap values.

use super::View;

/// How many steps are kept.
const MOST: usize = 100;

/// Views that were, and views that were undone.
#[derive(Debug, Default)]
pub(super) struct History {
    past: Vec<View>,
    future: Vec<View>,
}

impl History {
    /// Remembers the view as it was before a change.
    pub(super) fn remember(&mut self, before: View) {
        if self.past.len() == MOST {
            self.past.remove(0);
        }
        self.past.push(before);
        self.future.clear();
    }

    pub(super) fn undo(&mut self, now: &View) -> Option<View> {
        let before = self.past.pop()?;
        self.future.push(now.clone());
        Some(before)
    }

    pub(super) fn redo(&mut self, now: &View) -> Option<View> {
        let after = self.future.pop()?;
        self.past.push(now.clone());
        Some(after)
    }

    pub(super) fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    pub(super) fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }
}
