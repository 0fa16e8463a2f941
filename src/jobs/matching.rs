//! Needs and resources: who could be helped by whom. Made once a town, since all share its capacity.

use super::Town;
use crate::analysis::{self, Matching};
use crate::base::{Cancelled, Generation, Progress};
use crate::query::Choice;
use crate::words::Fault;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

/// The proposal for a town, once somebody has asked for it.
#[derive(Debug, Default)]
pub struct MatchingOnce(Mutex<Option<Arc<Matching>>>);

impl Town {
    /// A resource for each open need, by [`analysis::matching`] on the day of the town. Whoever asks
    /// first computes it.
    ///
    /// # Errors
    /// [`Cancelled`] where the progress says so.
    pub fn matching(&self, progress: &Progress) -> Result<Arc<Matching>, Cancelled> {
        let known = || {
            self.matching
                .0
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
        };
        if let Some(matching) = &*known() {
            return Ok(Arc::clone(matching));
        }
        // Two may come at once and both compute: the same, and neither waits for one that is stopped.
        let found = Arc::new(analysis::matching(&self.snapshot, self.as_of, progress)?);
        *known() = Some(Arc::clone(&found));
        Ok(found)
    }

    /// The sum of weight × urgency of each household's chosen needs that wait for help which nobody
    /// near can give: one value a row.
    ///
    /// # Errors
    /// [`Cancelled`] where the progress says so.
    pub fn unmatched_loads(
        &self,
        choice: Choice,
        progress: &Progress,
    ) -> Result<Vec<f32>, Cancelled> {
        let matching = self.matching(&progress.aside())?;
        let mut loads = vec![0.0; self.snapshot.households.len()];
        let waiting = matching.needs.iter().map(|need| need.household);
        for row in waiting.collect::<BTreeSet<u32>>() {
            let (_, load) = matching.unmatched(&self.snapshot, row, choice.needs);
            if let Some(place) = loads.get_mut(row as usize) {
                *place = load as f32;
            }
        }
        Ok(loads)
    }
}

/// A town whose needs ask for resources.
#[derive(Debug, Clone)]
pub struct MatchRequest {
    /// The town.
    pub town: Arc<Town>,
}

/// A proposal for every open need.
#[derive(Debug, Clone)]
pub struct Matched {
    /// The edition of which it was made.
    pub generation: Generation,
    /// The proposal.
    pub matching: Arc<Matching>,
}

impl MatchRequest {
    pub(super) fn run(self, progress: &Progress) -> Result<Matched, Fault> {
        Ok(Matched {
            generation: self.town.snapshot.generation,
            matching: self.town.matching(progress)?,
        })
    }
}
