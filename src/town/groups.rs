//! Neighbouring blocks joined to grids of like weight.

use super::plan::Plan;
use std::collections::{BTreeMap, BTreeSet};

/// Shares out `total` grids among communities by weight (a seat at a time, to the one with the
/// largest weight a seat), at most as many as a community has blocks and at least one.
pub(super) fn grid_counts(weights: &[f64], blocks: &[usize], total: usize) -> Vec<usize> {
    let mut counts: Vec<usize> = blocks
        .iter()
        .map(|blocks| usize::from(*blocks > 0))
        .collect();
    for _ in counts.iter().sum::<usize>()..total {
        let next = (0..counts.len())
            .filter(|at| counts[*at] < blocks[*at])
            .max_by(|a, b| {
                let a_seat = weights[*a] / (counts[*a] as f64 + 0.5);
                let b_seat = weights[*b] / (counts[*b] as f64 + 0.5);
                a_seat.total_cmp(&b_seat).then(b.cmp(a))
            });
        let Some(next) = next else { break };
        counts[next] += 1;
    }
    counts
}

/// Joins the blocks of one community to `count` connected groups: again and again the lightest
/// group joins the neighbour with which it is light and compact.
pub(super) fn joined(
    plan: &Plan,
    cells: &[usize],
    weights: &[f64],
    count: usize,
) -> Vec<Vec<usize>> {
    let mut groups: BTreeMap<usize, Vec<usize>> =
        cells.iter().map(|cell| (*cell, vec![*cell])).collect();
    let mut group_of: BTreeMap<usize, usize> = cells.iter().map(|cell| (*cell, *cell)).collect();
    let weight = |group: &[usize]| group.iter().map(|cell| weights[*cell]).sum::<f64>();
    let mean = weight(cells) / count.max(1) as f64;
    while groups.len() > count.max(1) {
        let mut lightest: Vec<usize> = groups.keys().copied().collect();
        lightest.sort_by(|a, b| {
            weight(&groups[a])
                .total_cmp(&weight(&groups[b]))
                .then(a.cmp(b))
        });
        // The lightest group that has a neighbour at all.
        let join = lightest.iter().find_map(|from| {
            let borders = borders(plan, &groups[from], &group_of);
            let best = borders.iter().min_by(|a, b| {
                let cost = |(other, sides): (&usize, &usize)| {
                    let cells = groups[other].len() + groups[from].len();
                    weight(&groups[other]) / mean + 0.12 * cells as f64 - 0.25 * *sides as f64
                };
                cost(*a).total_cmp(&cost(*b)).then(a.0.cmp(b.0))
            });
            best.map(|(other, _)| (*from, *other))
        });
        let Some((from, into)) = join else { break };
        let moved = groups.remove(&from).unwrap_or_default();
        for cell in &moved {
            group_of.insert(*cell, into);
        }
        if let Some(group) = groups.get_mut(&into) {
            group.extend(moved);
            group.sort_unstable();
        }
    }
    groups.into_values().collect()
}

/// How many sides a group shares with each of its neighbours.
fn borders(
    plan: &Plan,
    group: &[usize],
    group_of: &BTreeMap<usize, usize>,
) -> BTreeMap<usize, usize> {
    let own: BTreeSet<usize> = group.iter().copied().collect();
    let mut borders = BTreeMap::new();
    for cell in group {
        for other in neighbours(plan, *cell).into_iter().flatten() {
            if let Some(there) = group_of.get(&other)
                && !own.contains(&other)
            {
                *borders.entry(*there).or_insert(0) += 1;
            }
        }
    }
    borders
}

/// The blocks to the south, east, north and west.
pub(super) fn neighbours(plan: &Plan, cell: usize) -> [Option<usize>; 4] {
    let (column, row) = plan.column_row(cell);
    [
        (row > 0).then(|| cell - plan.columns),
        (column + 1 < plan.columns).then_some(cell + 1),
        (row + 1 < plan.rows).then_some(cell + plan.columns),
        (column > 0).then(|| cell - 1),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grids_are_shared_out_exactly() {
        assert_eq!(grid_counts(&[1.0, 3.0, 0.0], &[9, 9, 9], 9), [2, 6, 1]);
        assert_eq!(grid_counts(&[9.0, 1.0], &[2, 9], 6), [2, 4]);
    }

    #[test]
    fn groups_hold_every_block_once_and_hang_together() {
        let plan = Plan::new(12_000, 1);
        let cells: Vec<usize> = (0..plan.cells())
            .filter(|cell| plan.community(*cell) == 5)
            .collect();
        let weights: Vec<f64> = (0..plan.cells()).map(|cell| (cell % 7) as f64).collect();
        let groups = joined(&plan, &cells, &weights, 7);
        assert_eq!(groups.len(), 7);
        let mut all: Vec<usize> = groups.iter().flatten().copied().collect();
        all.sort_unstable();
        assert_eq!(all, cells);
        for group in groups {
            let mut reached = BTreeSet::from([group[0]]);
            while let Some(next) = group.iter().find(|cell| {
                !reached.contains(*cell)
                    && neighbours(&plan, **cell)
                        .into_iter()
                        .flatten()
                        .any(|other| reached.contains(&other))
            }) {
                reached.insert(*next);
            }
            assert_eq!(reached.len(), group.len());
        }
    }
}
