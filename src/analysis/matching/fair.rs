//! Which needs are served: each in its order, wherever all before it can still be served.

use super::reach::Edge;
use crate::base::{Cancelled, Progress};
use std::collections::VecDeque;

/// The resource of each need, or `None`. `edges` are those of the needs in their order, `capacity`
/// is that of every resource.
///
/// Each need looks for a chain of moves that ends at a free place (Kuhn's augmenting paths, breadth
/// first). Where there is none, the resources that it saw are full for good: nothing outside leads
/// into them that could be freed, so nobody looks at them again.
pub(super) fn fair(
    edges: &[Vec<Edge>],
    capacity: &[u32],
    progress: &Progress,
) -> Result<Vec<Option<u32>>, Cancelled> {
    let mut search = Search {
        given: vec![None; edges.len()],
        holders: vec![Vec::new(); capacity.len()],
        is_dead: vec![false; capacity.len()],
        came_by: vec![None; capacity.len()],
        edges,
        capacity,
    };
    for need in 0..edges.len() {
        search.serve(need);
        progress.tick(1)?;
    }
    Ok(search.given)
}

struct Search<'a> {
    edges: &'a [Vec<Edge>],
    capacity: &'a [u32],
    /// The resource of each need.
    given: Vec<Option<u32>>,
    /// The needs at each resource.
    holders: Vec<Vec<usize>>,
    /// Resources that are full for good.
    is_dead: Vec<bool>,
    /// The need that would come to each resource, within one search.
    came_by: Vec<Option<usize>>,
}

impl Search<'_> {
    fn serve(&mut self, first: usize) {
        let mut seen: Vec<u32> = Vec::new();
        let mut waiting = VecDeque::from([first]);
        let mut end = None;
        'search: while let Some(need) = waiting.pop_front() {
            for edge in &self.edges[need] {
                let at = edge.resource as usize;
                if self.is_dead[at] || self.came_by[at].is_some() {
                    continue;
                }
                self.came_by[at] = Some(need);
                seen.push(edge.resource);
                if self.holders[at].len() < self.capacity[at] as usize {
                    end = Some(edge.resource);
                    break 'search;
                }
                waiting.extend(&self.holders[at]);
            }
        }
        match end {
            Some(end) => self.move_along(end),
            None => seen.iter().for_each(|at| self.is_dead[*at as usize] = true),
        }
        for at in seen {
            self.came_by[at as usize] = None;
        }
    }

    /// Moves every need of the chain that ends here one resource on.
    fn move_along(&mut self, end: u32) {
        let mut to = Some(end);
        while let Some(resource) = to {
            let Some(need) = self.came_by[resource as usize] else {
                return;
            };
            let from = self.given[need].replace(resource);
            self.holders[resource as usize].push(need);
            if let Some(from) = from {
                self.holders[from as usize].retain(|other| *other != need);
            }
            to = from;
        }
    }
}
