//! One category: who is served, then where.

use super::fair::fair;
use super::reach::{Edge, Offer};
use super::shortest::{Served, shortest};
use crate::base::{Cancelled, Progress};
use crate::model::LonLat;
use std::collections::BTreeMap;

/// At most so many pairs go into one linear programme: with more, moving needs along chains is far
/// faster.
const MOST_PAIRS: usize = 4_000;

/// What each need of a category gets, in the order in which they are served.
pub(super) struct Places {
    pub(super) given: Vec<Option<Edge>>,
    /// Whether the sum of the distances is proven to be the least.
    pub(super) is_shortest: bool,
}

/// `edges` and `places` are those of the needs in their order.
pub(super) fn solve(
    edges: &[Vec<Edge>],
    places: &[Option<LonLat>],
    offers: &[Option<Offer>],
    progress: &Progress,
) -> Result<Places, Cancelled> {
    let capacity: Vec<u32> = offers
        .iter()
        .map(|offer| offer.map_or(0, |offer| offer.capacity))
        .collect();
    let served = fair(edges, &capacity, progress)?;
    let (who, start): (Vec<usize>, Vec<u32>) = (0..)
        .zip(&served)
        .filter_map(|(need, given)| Some((need, (*given)?)))
        .unzip();
    let edges_of: Vec<&[Edge]> = who.iter().map(|need| edges[*need].as_slice()).collect();
    let problem = Served {
        edges: &edges_of,
        capacity: &capacity,
        start: &start,
    };
    let (mut resources, is_shortest) = shortest(&problem, MOST_PAIRS, progress)?;
    progress.tick((edges.len() - who.len()) as u64)?;
    neighbours_in_order(&who, places, &edges_of, &mut resources);
    let mut given = vec![None; edges.len()];
    for ((need, edges), resource) in who.iter().zip(&edges_of).zip(&resources) {
        given[*need] = edges
            .iter()
            .find(|edge| edge.resource == *resource)
            .copied();
    }
    Ok(Places { given, is_shortest })
}

/// Of needs at one place the first gets the nearest of the resources that they got together. The
/// sum stays the same, and which of many equal sums the solver found does not matter.
fn neighbours_in_order(
    who: &[usize],
    places: &[Option<LonLat>],
    edges: &[&[Edge]],
    resources: &mut [u32],
) {
    let mut at_place: BTreeMap<(u64, u64), Vec<usize>> = BTreeMap::new();
    for (at, need) in who.iter().enumerate() {
        if let Some(Some(place)) = places.get(*need) {
            let key = (place.lon.to_bits(), place.lat.to_bits());
            at_place.entry(key).or_default().push(at);
        }
    }
    for neighbours in at_place.values().filter(|all| all.len() > 1) {
        let mut theirs: Vec<u32> = neighbours.iter().map(|at| resources[*at]).collect();
        // Their edges are the same and sorted by distance.
        let how_near = |resource: &u32| {
            let mut edges = edges[neighbours[0]].iter();
            edges.position(|edge| edge.resource == *resource)
        };
        theirs.sort_by_key(how_near);
        for (at, resource) in neighbours.iter().zip(theirs) {
            resources[*at] = resource;
        }
    }
}
