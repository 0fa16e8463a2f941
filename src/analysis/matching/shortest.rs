//! The least sum of distances for needs that can all be served: a transport problem.

use super::chains::chains;
use super::reach::Edge;
use super::transport::{Solved, transport};
use crate::base::{Cancelled, Progress};

/// Needs, each with the resources that it could go to (the nearest first), and an assignment of
/// all of them that keeps to the capacities.
pub(super) struct Served<'a> {
    pub(super) edges: &'a [&'a [Edge]],
    /// Of every resource.
    pub(super) capacity: &'a [u32],
    /// The resource of each need.
    pub(super) start: &'a [u32],
}

/// A resource for each need, and whether the sum of the distances is proven to be the least.
///
/// Needs go to the nearest resource. Where that is too small for all, those who wanted it are
/// assigned anew by a linear programme, among all that they can reach, while the others stay. If no
/// other resource becomes full by that, nobody could do better: the price of a place is nought
/// wherever places are left, and each need stands where distance and price together are least, which
/// proves the whole (the dual of the transport problem). If one does, it counts as too small too.
/// Where a part of the problem has more than `most_pairs` possible pairs, or the programme finds no
/// answer that it can vouch for, [`chains`] solves the whole: as exactly, and far faster when it is
/// large. Progress counts needs.
pub(super) fn shortest(
    served: &Served<'_>,
    most_pairs: usize,
    progress: &Progress,
) -> Result<(Vec<u32>, bool), Cancelled> {
    let mut given: Vec<u32> = (served.edges.iter().zip(served.start))
        .map(|(edges, start)| edges.first().map_or(*start, |edge| edge.resource))
        .collect();
    let nearest = given.clone();
    let mut wanted = vec![0_u32; served.capacity.len()];
    for at in &nearest {
        wanted[*at as usize] += 1;
    }
    let mut is_tight: Vec<bool> = (wanted.iter().zip(served.capacity))
        .map(|(wanted, capacity)| wanted > capacity)
        .collect();
    loop {
        progress.tick(0)?;
        let moving: Vec<usize> = (0..nearest.len())
            .filter(|need| is_tight[nearest[*need] as usize])
            .collect();
        if moving.is_empty() {
            progress.tick(nearest.len() as u64)?;
            return Ok((given, true));
        }
        let left: Vec<u32> = (0..wanted.len())
            .map(|at| {
                let stays = if is_tight[at] { 0 } else { wanted[at] };
                served.capacity[at].saturating_sub(stays)
            })
            .collect();
        let mut used = vec![0_u32; left.len()];
        let solved = transport(served, &moving, &left, most_pairs, progress)?;
        match &solved {
            Solved::Best(moved) => {
                for (need, at) in moving.iter().zip(moved) {
                    given[*need] = *at;
                    used[*at as usize] += 1;
                }
            }
            Solved::TooFull => {}
            Solved::TooHard => break,
        }
        let reached = moving.iter().flat_map(|need| served.edges[*need]);
        let mut full: Vec<usize> = reached
            .map(|edge| edge.resource as usize)
            .filter(|at| !is_tight[*at])
            .filter(|at| matches!(solved, Solved::TooFull) || used[*at] >= left[*at])
            .collect();
        full.dedup();
        match solved {
            _ if !full.is_empty() => full.into_iter().for_each(|at| is_tight[at] = true),
            Solved::Best(_) => {
                progress.tick(nearest.len() as u64)?;
                return Ok((given, true));
            }
            Solved::TooFull | Solved::TooHard => break,
        }
    }
    let found = chains(served, progress)?;
    // All are served at the start, so there is room for all.
    Ok(found.unwrap_or_else(|| (served.start.to_vec(), false)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The least sum over all assignments, by trying each.
    fn tried(edges: &[&[Edge]], left: &mut [u32]) -> Option<f64> {
        let Some((first, rest)) = edges.split_first() else {
            return Some(0.0);
        };
        let mut best: Option<f64> = None;
        for edge in *first {
            let at = edge.resource as usize;
            if left[at] == 0 {
                continue;
            }
            left[at] -= 1;
            if let Some(sum) = tried(rest, left).map(|sum| sum + edge.distance_m) {
                best = Some(best.map_or(sum, |best| best.min(sum)));
            }
            left[at] += 1;
        }
        best
    }

    fn first_fit(edges: &[&[Edge]], left: &mut [u32]) -> Option<Vec<u32>> {
        let Some((first, rest)) = edges.split_first() else {
            return Some(Vec::new());
        };
        first.iter().find_map(|edge| {
            let at = edge.resource as usize;
            left[at] = left[at].checked_sub(1)?;
            let more = first_fit(rest, left);
            left[at] += 1;
            more.map(|mut more| {
                more.insert(0, edge.resource);
                more
            })
        })
    }

    fn sum(edges: &[&[Edge]], given: &[u32]) -> f64 {
        let chosen = edges.iter().zip(given).map(|(edges, at)| {
            let edge = edges.iter().find(|edge| edge.resource == *at).unwrap();
            edge.distance_m
        });
        chosen.sum()
    }

    fn sorted(distances: &[Option<u16>]) -> Vec<Edge> {
        let mut edges: Vec<Edge> = (0..)
            .zip(distances)
            .filter_map(|(resource, m)| {
                m.map(|m| Edge {
                    resource,
                    distance_m: f64::from(m),
                })
            })
            .collect();
        edges.sort_by(|a, b| a.distance_m.total_cmp(&b.distance_m));
        edges
    }

    proptest! {
        #[test]
        fn no_assignment_has_a_smaller_sum(
            town in proptest::collection::vec(proptest::collection::vec(proptest::option::weighted(0.7, 0..9_u16), 4), 1..7),
            capacity in proptest::collection::vec(0..4_u32, 4),
        ) {
            let edges: Vec<Vec<Edge>> = town.iter().map(|row| sorted(row)).collect();
            let edges: Vec<&[Edge]> = edges.iter().map(Vec::as_slice).collect();
            let least = tried(&edges, &mut capacity.clone());
            prop_assume!(least.is_some());
            let start = first_fit(&edges, &mut capacity.clone()).unwrap();
            let served = Served { edges: &edges, capacity: &capacity, start: &start };
            let (given, is_shortest) = shortest(&served, usize::MAX, &Progress::new()).unwrap();
            prop_assert!(is_shortest);
            prop_assert_eq!(Some(sum(&edges, &given)), least);
            // By chains of moves it is as short, and proven too.
            let (given, is_shortest) = shortest(&served, 0, &Progress::new()).unwrap();
            prop_assert!(is_shortest);
            prop_assert_eq!(Some(sum(&edges, &given)), least);
            for (at, capacity) in (0..).zip(&capacity) {
                prop_assert!(given.iter().filter(|to| **to == at).count() as u32 <= *capacity);
            }
        }
    }

    #[test]
    fn a_cancelled_solver_stops() {
        let edges = sorted(&[Some(1)]);
        let progress = Progress::new();
        progress.cancel();
        let served = Served {
            edges: &[&edges],
            capacity: &[1],
            start: &[0],
        };
        assert_eq!(shortest(&served, 9, &progress), Err(Cancelled));
    }
}
