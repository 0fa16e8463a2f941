//! Needs and resources (心愿单与资源库): who could be helped by whom, by capacity and distance, fairly.

mod ask;
mod chains;
mod count;
mod explain;
mod fair;
mod reach;
mod shortest;
mod solve;
mod transport;

pub use ask::MatchNeed;
pub use count::{MatchCounts, MatchPart};
pub use explain::{MatchOption, MatchReason};
pub use reach::{Offer, Unstated};

use crate::base::{Cancelled, Progress};
use crate::model::Date;
use crate::snapshot::Snapshot;
use ask::asked;
use rayon::prelude::*;
use reach::{Edge, offers, reach};
use solve::{Places, solve};

/// What is proposed for an open need.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum MatchOutcome {
    /// This resource, so far away on the ground.
    Matched {
        /// Place in the snapshot's resources.
        resource: u32,
        /// Metres on the ground.
        distance_m: f64,
    },
    /// Nothing: somebody has taken it on already.
    Referred,
    /// Nothing: nobody knows where the household is.
    NotGeocoded,
    /// Nothing: nobody offers this kind of help at a known place.
    NoResource,
    /// Nothing: none reaches so far.
    OutOfReach {
        /// The nearest one of the category.
        nearest: u32,
        /// Metres on the ground.
        distance_m: f64,
    },
    /// Nothing: all that reach it are full, with needs that come first.
    AllFull,
}

impl MatchOutcome {
    /// Whether the need waits for help that nobody near can give.
    pub fn is_unmatched(self) -> bool {
        !matches!(self, Self::Matched { .. } | Self::Referred)
    }
}

/// A proposal for every open need of a town. Nothing is decided by it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Matching {
    /// The open needs: by row of the household, then category.
    pub needs: Vec<MatchNeed>,
    /// What is proposed for each of them.
    pub outcomes: Vec<MatchOutcome>,
    /// The place of each need in the order in which they are served: 0 is the first. Ranks are
    /// compared within a category.
    pub ranks: Vec<u32>,
    /// What each resource of the snapshot offers; `None` where nobody knows where it is.
    pub offers: Vec<Option<Offer>>,
    /// How many needs each resource of the snapshot is proposed for.
    pub used: Vec<u32>,
    /// The ranks of the needs that each resource is proposed for, in their order.
    ranks_at: Vec<Vec<u32>>,
    /// Whether the distances are proven to be the least possible, by prices of the places: nobody
    /// should ever see that they are not.
    pub is_shortest: bool,
}

impl Matching {
    /// The places of a household's open needs.
    pub fn of(&self, household: u32) -> std::ops::Range<usize> {
        let from = |row: u32| self.needs.partition_point(|need| need.household < row);
        from(household)..from(household.saturating_add(1))
    }

    /// The needs of a household in these categories that wait for help which nobody near can give:
    /// how many, and the sum of weight × urgency.
    pub fn unmatched(&self, town: &Snapshot, household: u32, categories: u64) -> (u32, f64) {
        self.of(household)
            .filter_map(|at| Some((self.needs.get(at)?, self.outcomes.get(at)?)))
            .filter(|(need, outcome)| {
                outcome.is_unmatched() && categories & (1 << (need.category & 63)) != 0
            })
            .fold((0, 0.0), |(count, load), (need, _)| {
                let term = town.catalogue.needs.get(usize::from(need.category));
                let weight = term.map_or(1.0, |term| term.weight);
                (count + 1, load + weight * f64::from(need.urgency.max(1)))
            })
    }
}

/// Proposes a resource for the open needs of a town on a day.
///
/// A pair is possible where the resource serves the need's category, its place is known, and the
/// household lies within its radius on the ground (geodesic on WGS-84). Each need takes one place
/// of a resource. A resource that does not say how far it reaches or for how many it is enough
/// counts as the catalogue says ([`Unstated`]). Needs with the status "referred" are not assigned again.
///
/// **Fairness.** Within a category needs stand in one strict order: the more urgent first (unknown
/// counts 1), then the longer wait (unknown counts 0 days), then the household's id, then the need's
/// place in its table. The sets of needs that the resources can serve together are the independent
/// sets of a transversal matroid, so taking each in this order, wherever all that were taken before
/// can still be served, gives the one set that is best in every sense at once: no set serves more
/// needs, none more of the urgent, and for any positive values that fall along the order (such as
/// weight × urgency × waiting) none a greater sum (Edmonds 1971, Matroids and the greedy algorithm).
/// A need stays out only if every resource that reaches it is full, and none of the needs there
/// that come behind it could make room. A resource serves one category, so weights of categories never
/// decide between two needs, nor does the community in which a household lives.
///
/// Then, with this set of needs fixed, the sum of the distances is made the least possible: a
/// transport problem, by a linear programme (its corners are whole numbers) where it is small, and by
/// shortest chains of moves where it is large. Both are exact. Of needs at one place
/// the first in order gets the nearest of their resources.
///
/// Progress counts every need twice: who is served, then where. The outcome is the same on every machine and does not depend on any
/// filter: capacity is shared by the whole town.
///
/// # Errors
/// [`Cancelled`] where the progress says so.
///
/// Limits: distances are straight lines, hours and opening days are not weighed, and the capacity is
/// what the resource's row says is free today; see [`Matching::is_shortest`].
pub fn matching(town: &Snapshot, as_of: Date, progress: &Progress) -> Result<Matching, Cancelled> {
    let asked = asked(town, as_of);
    // Each is served or not, and then sent somewhere.
    progress.set_total(2 * asked.needs.len() as u64);
    let offers = offers(town);
    let solved: Vec<(Places, Vec<usize>, Vec<bool>)> = asked
        .by_category
        .par_iter()
        .map(|(category, ranked)| {
            let edges = ranked
                .par_iter()
                .map(|at| {
                    let at = asked.needs[*at].position(town);
                    at.map_or_else(Vec::new, |at| reach(&offers, *category, at).0)
                })
                .collect::<Vec<Vec<Edge>>>();
            let places = ranked.iter().map(|at| asked.needs[*at].position(town));
            let places: Vec<_> = places.collect();
            let reached = edges.iter().map(|edges| !edges.is_empty()).collect();
            let places = solve(&edges, &places, &offers, progress)?;
            Ok((places, ranked.clone(), reached))
        })
        .collect::<Result<_, Cancelled>>()?;

    let mut out = Matching {
        outcomes: vec![MatchOutcome::Referred; asked.needs.len()],
        ranks: vec![0; asked.needs.len()],
        used: vec![0; offers.len()],
        ranks_at: vec![Vec::new(); offers.len()],
        needs: asked.needs,
        is_shortest: solved.iter().all(|(places, ..)| places.is_shortest),
        offers,
    };
    for (places, ranked, reached) in solved {
        let given = places.given.into_iter().zip(reached);
        for ((rank, at), (given, is_reached)) in (0..).zip(ranked).zip(given) {
            out.ranks[at] = rank;
            out.outcomes[at] = match given {
                Some(edge) => {
                    out.used[edge.resource as usize] += 1;
                    // Needs come in the order of their ranks.
                    out.ranks_at[edge.resource as usize].push(rank);
                    MatchOutcome::Matched {
                        resource: edge.resource,
                        distance_m: edge.distance_m,
                    }
                }
                None if is_reached => MatchOutcome::AllFull,
                None => why_not(town, &out.offers, &out.needs[at]),
            };
        }
    }
    Ok(out)
}

/// Why a need that no resource reaches got nothing.
fn why_not(town: &Snapshot, offers: &[Option<Offer>], need: &MatchNeed) -> MatchOutcome {
    let Some(at) = need.position(town) else {
        return MatchOutcome::NotGeocoded;
    };
    match reach(offers, need.category, at).1 {
        Some(nearest) => MatchOutcome::OutOfReach {
            nearest: nearest.resource,
            distance_m: nearest.distance_m,
        },
        None => MatchOutcome::NoResource,
    }
}

#[cfg(test)]
mod tests;
