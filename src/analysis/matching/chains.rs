//! The least sum of distances by the shortest chains of moves: for problems too large for a linear
//! programme.

use super::reach::Edge;
use super::shortest::Served;
use crate::base::{Cancelled, Progress};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A resource for each need at the least sum of the distances, and whether that is proven; `None`
/// where there is not room for all. Distances count in whole micrometres, so nothing is rounded on
/// the way.
///
/// All begin at their nearest resource. As long as one holds more than it can, the shortest chain of
/// moves is sought that ends at a free place: one need goes to another resource, one from there to a
/// third, and so on. "Shortest" is what the chain adds to the sum. This is the method of successive
/// shortest paths (Ahuja, Magnanti and Orlin 1993, Network Flows, 9.7) with the resources as its
/// nodes: what a step from one to another costs is the least that any need there has to go further.
/// The potentials of the method are the prices of the places; in the end they prove the sum: no
/// need has, distance and price together, a better resource, and a place costs nothing where places
/// are left.
///
/// Progress counts needs, all of them once every resource holds what it can. Ties go to the need that stands first, so the outcome is the same on every machine.
pub(super) fn chains(
    served: &Served<'_>,
    progress: &Progress,
) -> Result<Option<(Vec<u32>, bool)>, Cancelled> {
    let mut search = Search::new(served);
    let resources = 0..served.capacity.len();
    let too_many: u64 = resources.clone().map(|at| search.too_many(at)).sum();
    let needs = served.edges.len() as u64;
    let (mut moved, mut told) = (0, 0);
    for over in resources {
        while search.too_many(over) > 0 {
            progress.tick(0)?;
            let Some(end) = search.find(over) else {
                return Ok(None);
            };
            search.move_along(over, end);
            moved += 1;
            let done = needs * moved / too_many;
            progress.tick(done - told)?;
            told = done;
        }
    }
    progress.tick(needs - told)?;
    let is_proven = search.is_proven();
    Ok(Some((search.given, is_proven)))
}

fn micrometres(edge: &Edge) -> i64 {
    (edge.distance_m * 1e6).round() as i64
}

/// Needs that could go from one resource to another, the one that has least to lose first. Those
/// that have left are still among them.
struct Leavers {
    to: u32,
    needs: BinaryHeap<Reverse<(i64, u32)>>,
}

struct Search<'a> {
    served: &'a Served<'a>,
    /// The resource of each need.
    given: Vec<u32>,
    /// How many needs each resource has.
    load: Vec<u32>,
    /// The needs of each resource as long as nobody has asked who could leave it.
    holders: Vec<Vec<u32>>,
    /// Who could leave each resource, by where to; `None` as long as nobody has asked.
    leavers: Vec<Option<Vec<Leavers>>>,
    /// Nought, or less by the price of a place.
    potential: Vec<i64>,
    /// Within one search: what it adds to the sum to come to each resource, if it was reached;
    /// from where, and who moves.
    reached: Vec<Option<Reached>>,
    seen: Vec<usize>,
}

#[derive(Clone, Copy)]
struct Reached {
    cost: i64,
    is_settled: bool,
    from: usize,
    need: u32,
}

impl<'a> Search<'a> {
    fn new(served: &'a Served<'a>) -> Self {
        let resources = served.capacity.len();
        let mut search = Self {
            served,
            given: Vec::with_capacity(served.edges.len()),
            load: vec![0; resources],
            holders: vec![Vec::new(); resources],
            leavers: (0..resources).map(|_| None).collect(),
            potential: vec![0; resources],
            reached: vec![None; resources],
            seen: Vec::new(),
        };
        for (need, (edges, start)) in (0..).zip(served.edges.iter().zip(served.start)) {
            let nearest = edges.first().map_or(*start, |edge| edge.resource);
            search.given.push(nearest);
            search.load[nearest as usize] += 1;
            search.holders[nearest as usize].push(need);
        }
        search
    }

    /// How many needs a resource has more than places.
    fn too_many(&self, at: usize) -> u64 {
        u64::from(self.load[at].saturating_sub(self.served.capacity[at]))
    }

    /// The free place to which the shortest chain leads from a resource (Dijkstra over what steps
    /// cost after the potentials, which is never less than nought).
    fn find(&mut self, start: usize) -> Option<usize> {
        let mut waiting = BinaryHeap::from([Reverse((0_i64, start))]);
        self.reach(start, 0, start, u32::MAX);
        let mut end = None;
        while let Some(Reverse((cost, at))) = waiting.pop() {
            match &mut self.reached[at] {
                Some(reached) if !reached.is_settled && reached.cost == cost => {
                    reached.is_settled = true;
                }
                _ => continue,
            }
            if self.load[at] < self.served.capacity[at] {
                end = Some((at, cost));
                break;
            }
            let mut leavers = self.leavers[at]
                .take()
                .unwrap_or_else(|| self.leavers_of(at));
            for Leavers { to, needs } in &mut leavers {
                while needs
                    .peek()
                    .is_some_and(|Reverse((_, need))| self.given[*need as usize] as usize != at)
                {
                    needs.pop();
                }
                let Some(Reverse((further, need))) = needs.peek() else {
                    continue;
                };
                let to = *to as usize;
                let cost = cost + further + self.potential[at] - self.potential[to];
                if self.reached[to].is_none_or(|known| cost < known.cost) {
                    self.reach(to, cost, at, *need);
                    waiting.push(Reverse((cost, to)));
                }
            }
            self.leavers[at] = Some(leavers);
        }
        if let Some((_, cost)) = end {
            for at in &self.seen {
                if let Some(reached) = self.reached[*at].filter(|one| one.is_settled) {
                    self.potential[*at] += reached.cost - cost;
                }
            }
        }
        end.map(|(at, _)| at)
    }

    fn reach(&mut self, at: usize, cost: i64, from: usize, need: u32) {
        if self.reached[at].is_none() {
            self.seen.push(at);
        }
        self.reached[at] = Some(Reached {
            cost,
            is_settled: false,
            from,
            need,
        });
    }

    /// Who could leave a resource that nobody has asked about yet.
    fn leavers_of(&mut self, at: usize) -> Vec<Leavers> {
        let mut leavers = Vec::new();
        for need in std::mem::take(&mut self.holders[at]) {
            self.could_leave(need, at, &mut leavers);
        }
        leavers
    }

    /// Notes where a need could go from a resource.
    fn could_leave(&self, need: u32, at: usize, leavers: &mut Vec<Leavers>) {
        let edges = self.served.edges[need as usize];
        let here = edges.iter().find(|edge| edge.resource as usize == at);
        let here = here.map_or(0, micrometres);
        for edge in edges.iter().filter(|edge| edge.resource as usize != at) {
            let place = leavers.binary_search_by_key(&edge.resource, |one| one.to);
            let place = place.unwrap_or_else(|place| {
                let (to, needs) = (edge.resource, BinaryHeap::new());
                leavers.insert(place, Leavers { to, needs });
                place
            });
            leavers[place]
                .needs
                .push(Reverse((micrometres(edge) - here, need)));
        }
    }

    /// Moves every need of the chain that was found one resource on.
    fn move_along(&mut self, start: usize, end: usize) {
        self.load[start] -= 1;
        self.load[end] += 1;
        let mut to = end;
        while let Some(Reached { from, need, .. }) = self.reached[to].filter(|_| to != start) {
            self.given[need as usize] = to as u32;
            match self.leavers[to].take() {
                Some(mut leavers) => {
                    self.could_leave(need, to, &mut leavers);
                    self.leavers[to] = Some(leavers);
                }
                None => self.holders[to].push(need),
            }
            to = from;
        }
        for at in self.seen.drain(..) {
            self.reached[at] = None;
        }
    }

    /// Whether the prices prove that no other assignment has a smaller sum (complementary slackness).
    fn is_proven(&self) -> bool {
        let price = |at: u32| -self.potential[at as usize];
        let free = (0..).zip(self.load.iter().zip(self.served.capacity));
        let is_free_for_nothing =
            |(at, (load, capacity)): (u32, (&u32, &u32))| load == capacity || price(at) == 0;
        let stands_best = |(edges, given): (&&[Edge], &u32)| {
            let all = || {
                edges
                    .iter()
                    .map(|edge| micrometres(edge) + price(edge.resource))
            };
            let here = edges.iter().position(|edge| edge.resource == *given);
            here.and_then(|here| all().nth(here)) == all().min()
        };
        free.into_iter().all(is_free_for_nothing)
            && self.potential.iter().all(|potential| *potential <= 0)
            && self.served.edges.iter().zip(&self.given).all(stands_best)
    }
}

#[cfg(test)]
mod tests {
    use super::super::fair::fair;
    use super::super::shortest::shortest;
    use super::*;

    /// Needs and resources strewn over a square, twice as many needs as places; each need with those
    /// that reach it, the nearest first.
    fn strewn(needs: u64, resources: u64, places: u32, seed: u64) -> (Vec<Vec<Edge>>, Vec<u32>) {
        let mut state = seed;
        let mut below = move |most: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 33) % most
        };
        let mut at = || [below(4_000) as f64, below(4_000) as f64];
        let offered: Vec<[f64; 2]> = (0..resources).map(|_| at()).collect();
        let edges = (0..needs).map(|_| {
            let [x, y] = at();
            let all = (0..).zip(&offered).map(|(resource, to)| Edge {
                resource,
                distance_m: (to[0] - x).hypot(to[1] - y),
            });
            let mut edges: Vec<Edge> = all.filter(|edge| edge.distance_m < 1_800.0).collect();
            edges.sort_by(|a, b| a.distance_m.total_cmp(&b.distance_m));
            edges
        });
        (edges.collect(), vec![places; resources as usize])
    }

    fn sum(edges: &[&[Edge]], given: &[u32]) -> f64 {
        let distances = edges.iter().zip(given).map(|(edges, at)| {
            let edge = edges.iter().find(|edge| edge.resource == *at).unwrap();
            edge.distance_m
        });
        distances.sum()
    }

    #[test]
    fn chains_and_the_linear_programme_find_the_same_sum() {
        for seed in 1..=6 {
            let (edges, capacity) = strewn(160, 16, 5, seed);
            let served = fair(&edges, &capacity, &Progress::new()).unwrap();
            let (edges, start): (Vec<&[Edge]>, Vec<u32>) = edges
                .iter()
                .zip(&served)
                .filter_map(|(edges, at)| Some((edges.as_slice(), (*at)?)))
                .unzip();
            let served = Served {
                edges: &edges,
                capacity: &capacity,
                start: &start,
            };
            let (given, is_proven) = chains(&served, &Progress::new()).unwrap().unwrap();
            let (solved, _) = shortest(&served, usize::MAX, &Progress::new()).unwrap();
            assert!(is_proven && start.len() > 70, "{seed}");
            let off = sum(&edges, &given) - sum(&edges, &solved);
            assert!(off.abs() < 1e-3, "{seed}: {off}");
            assert!(sum(&edges, &given) < sum(&edges, &start));
            for (at, capacity) in (0..).zip(&capacity) {
                assert!(given.iter().filter(|to| **to == at).count() as u32 <= *capacity);
            }
        }
    }

    #[test]
    fn progress_counts_every_need_and_chains_can_be_stopped() {
        let (edges, capacity) = strewn(90, 9, 20, 7);
        let edges: Vec<&[Edge]> = edges.iter().map(Vec::as_slice).collect();
        let edges: Vec<&[Edge]> = edges.into_iter().filter(|one| !one.is_empty()).collect();
        let nearest = edges.iter().map(|edges| edges[0].resource);
        let start: Vec<u32> = nearest.collect();
        let served = Served {
            edges: &edges,
            capacity: &capacity,
            start: &start,
        };
        let progress = Progress::new();
        progress.set_total(edges.len() as u64);
        assert!(chains(&served, &progress).unwrap().is_some());
        assert_eq!(progress.fraction(), Some(1.0));
        // Fewer places than needs.
        let served = Served {
            capacity: &[3; 9],
            ..served
        };
        assert_eq!(chains(&served, &Progress::new()), Ok(None));
        progress.cancel();
        assert_eq!(chains(&served, &progress), Err(Cancelled));
    }
}
