//! Why a need got the resource that it got, or none.

use super::reach::reach;
use super::{MatchOutcome, Matching};
use crate::snapshot::Snapshot;

/// A resource that reaches a need.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MatchOption {
    /// Place in the snapshot's resources.
    pub resource: u32,
    /// Metres on the ground.
    pub distance_m: f64,
    /// For how many it is enough.
    pub capacity: u32,
    /// Needs that come before this one (see [`super::matching`]) and have a place there.
    pub before: u32,
    /// Needs that come behind this one and have a place there, because they, or those who would
    /// have to make room for them, would have further to go in all.
    pub behind: u32,
}

impl MatchOption {
    /// Whether all of its places are taken.
    pub fn is_full(&self) -> bool {
        self.before + self.behind >= self.capacity
    }
}

/// Why a need got what it got.
#[derive(Debug, Clone, PartialEq)]
pub struct MatchReason {
    /// What is proposed.
    pub outcome: MatchOutcome,
    /// Every resource that reaches it, the nearest first. The need itself is counted in none.
    pub options: Vec<MatchOption>,
}

impl Matching {
    /// Opens the proposal for the need at this place into its reasons. `None` where there is none.
    pub fn explain(&self, town: &Snapshot, at: usize) -> Option<MatchReason> {
        let (need, outcome) = (self.needs.get(at)?, *self.outcomes.get(at)?);
        let edges = need
            .position(town)
            .map(|from| reach(&self.offers, need.category, from).0)
            .unwrap_or_default();
        let mut options: Vec<MatchOption> = edges
            .into_iter()
            .filter_map(|edge| {
                let offer = self.offers.get(edge.resource as usize)?.as_ref()?;
                Some(MatchOption {
                    resource: edge.resource,
                    distance_m: edge.distance_m,
                    capacity: offer.capacity,
                    before: 0,
                    behind: 0,
                })
            })
            .collect();
        let rank = self.ranks.get(at)?;
        for (other, (theirs, its_rank)) in self.outcomes.iter().zip(&self.ranks).enumerate() {
            let MatchOutcome::Matched { resource, .. } = theirs else {
                continue;
            };
            let mut all = options.iter_mut();
            let option = all.find(|option| option.resource == *resource);
            if let Some(option) = option.filter(|_| other != at) {
                if its_rank < rank {
                    option.before += 1;
                } else {
                    option.behind += 1;
                }
            }
        }
        Some(MatchReason { outcome, options })
    }
}
