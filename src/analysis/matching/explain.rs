//! Why a need got the resource that it got, or none.

use super::reach::{Edge, reach};
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
        let rank = self.ranks.get(at)?;
        let option = |edge: Edge| {
            let offer = self.offers.get(edge.resource as usize)?.as_ref()?;
            let there = self.ranks_at.get(edge.resource as usize)?;
            let before = there.partition_point(|other| other < rank);
            let is_here = matches!(outcome, MatchOutcome::Matched { resource, .. } if resource == edge.resource);
            Some(MatchOption {
                resource: edge.resource,
                distance_m: edge.distance_m,
                capacity: offer.capacity,
                before: before as u32,
                behind: (there.len() - before - usize::from(is_here)) as u32,
            })
        };
        let options = edges.into_iter().filter_map(option).collect();
        Some(MatchReason { outcome, options })
    }
}
