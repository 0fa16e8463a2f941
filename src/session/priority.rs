//! The weights of the score, and how steady the list is by them.

use super::{Session, Worksheet};
use crate::analysis::{
    Component, Part, PriorityFact, PriorityWeights, Quota, Steadiness, unknown_facts,
};
use crate::base::Generation;
use crate::jobs::{Filtered, Request, Scores, Steadied, SteadinessRequest, Town};
use crate::query::RowSet;
use std::sync::Arc;

/// What the steadiness of a list depends on.
#[derive(Debug, Clone)]
struct SteadyKey {
    generation: Generation,
    found: Arc<RowSet>,
    scores: Arc<Scores>,
    quota: Quota,
}

impl SteadyKey {
    fn is(&self, other: &Self) -> bool {
        self.generation == other.generation
            && self.quota == other.quota
            && Arc::ptr_eq(&self.scores, &other.scores)
            && self.found == other.found
    }
}

/// What has been asked for.
#[derive(Debug, Default)]
pub(super) struct AskedSteadiness {
    key: Option<SteadyKey>,
    is_waiting: bool,
    /// A column of the list shows it.
    pub(super) is_shown: bool,
}

impl AskedSteadiness {
    pub(super) fn answered(&mut self) {
        self.is_waiting = false;
    }
}

impl Session {
    /// The weights by which the list is ordered: those that are tried, else the workspace's.
    pub fn weights(&self) -> PriorityWeights {
        self.draft_weights.unwrap_or_else(|| self.saved_weights())
    }

    /// The weights of the workspace's catalogue.
    pub fn saved_weights(&self) -> PriorityWeights {
        self.town().map_or_else(PriorityWeights::default, |town| {
            PriorityWeights::of(&town.snapshot.catalogue)
        })
    }

    /// A household's score, opened into its parts.
    pub fn score_parts(&self, row: u32) -> Option<[Part; Component::COUNT]> {
        let generation = self.town()?.snapshot.generation;
        let scores = self.scores()?;
        if scores.generation != generation {
            return None;
        }
        scores.priority.parts(row).map(|parts| parts.0)
    }

    /// What nobody recorded of a household and its score depends on.
    pub fn score_unknowns(&self, row: u32) -> Vec<(Component, PriorityFact)> {
        self.town().map_or_else(Vec::new, |town| {
            unknown_facts(&town.snapshot, row, self.view.choice, self.view.as_of)
        })
    }

    /// Of which list the steadiness is asked: the limited one, else so many of the most urgent.
    pub fn steady_quota(&self) -> Quota {
        self.quota_or_top(self.sheet_quota())
    }

    /// What the list of the sheets is limited to: while one of their figures is opened, the list
    /// before.
    pub fn sheet_quota(&self) -> Option<Quota> {
        self.base().map_or(self.view.quota, |base| base.quota)
    }

    fn quota_or_top(&self, quota: Option<Quota>) -> Quota {
        quota.unwrap_or(Quota {
            per: None,
            each: self.steady_top,
        })
    }

    /// How steady the list is, if that is known of the present one.
    pub fn steadiness(&self) -> Option<&Arc<Steadiness>> {
        let filtered = self.results.filtered.as_ref()?;
        let steady = self.results.steadiness.as_ref()?;
        let asked = self.asked.work.steadiness.key.as_ref()?;
        let key = self.steady_key(filtered);
        (key.is(asked) && steady.quota == key.quota).then_some(steady)
    }

    /// Whether lists are being made to see how steady the present one is.
    pub fn is_steadying(&self) -> bool {
        self.asked.work.steadiness.is_waiting
    }

    /// Whether the list shows how steady it is.
    pub fn is_steadiness_shown(&self) -> bool {
        self.asked.work.steadiness.is_shown
    }

    /// How to find out how steady a found list is.
    pub(super) fn steadiness_request(
        &self,
        town: &Arc<Town>,
        filtered: &Filtered,
    ) -> SteadinessRequest {
        SteadinessRequest {
            town: Arc::clone(town),
            rows: Arc::clone(&filtered.found),
            scores: Arc::clone(&filtered.scores),
            quota: self.quota_or_top(self.view.quota),
        }
    }

    fn steady_key(&self, filtered: &Filtered) -> SteadyKey {
        SteadyKey {
            generation: filtered.generation,
            found: Arc::clone(self.base().map_or(&filtered.found, |base| &base.found)),
            scores: Arc::clone(&filtered.scores),
            quota: self.steady_quota(),
        }
    }

    /// Asked where it is seen: in the sheet of the weights, in the list's column, or where the
    /// list is limited.
    pub(super) fn wanted_steadiness(&mut self, town: &Arc<Town>) -> Option<Request> {
        let is_seen = self.worksheet == Some(Worksheet::Priority)
            || self.is_steadiness_shown()
            || self.sheet_quota().is_some();
        let filtered = self.results.filtered.as_ref()?;
        let is_current = filtered.generation == town.snapshot.generation
            && filtered.scores.priority.weights == self.weights();
        if !is_seen || !is_current {
            return None;
        }
        let key = self.steady_key(filtered);
        let asked = &mut self.asked.work.steadiness;
        if asked.key.as_ref().is_some_and(|last| last.is(&key)) {
            return None;
        }
        let request = SteadinessRequest {
            town: Arc::clone(town),
            rows: Arc::clone(&key.found),
            scores: Arc::clone(&key.scores),
            quota: key.quota,
        };
        asked.key = Some(key);
        asked.is_waiting = true;
        Some(Request::Steadiness(request))
    }

    pub(super) fn on_steadied(&mut self, steadied: Steadied) {
        self.asked.work.steadiness.answered();
        let is_current = self
            .town()
            .is_some_and(|town| town.snapshot.generation == steadied.generation);
        if is_current {
            self.results.steadiness = Some(Arc::new(steadied.steadiness));
        }
    }
}
