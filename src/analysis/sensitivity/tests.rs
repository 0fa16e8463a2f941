//! Against lists that are made again, one by one, from all households.

use super::super::coverage::tests::blank_town;
use super::super::{Priority, pick};
use super::*;
use crate::model::AreaLevel;
use crate::snapshot::{AreaIndex, Areas, TextColumn};
use std::sync::Arc;

/// A town whose components are as scattered as a multiplication makes them, with many ties.
fn town(rows: usize, grids: u32) -> (Snapshot, Arc<Components>) {
    let mut town = blank_town(rows);
    let mut ids = TextColumn::default();
    for row in 0..rows {
        ids.push(&format!("H{}", (row * 7919) % rows));
        let grid = (row as u32 * 31) % (grids + 1);
        town.households.area[row] = if grid == grids {
            AreaIndex::NONE
        } else {
            AreaIndex(grid)
        };
    }
    town.households.id = ids;
    town.areas = Areas {
        code: (0..grids).map(|grid| grid.to_string()).collect(),
        level: vec![AreaLevel::Grid; grids as usize],
        parent: vec![AreaIndex::NONE; grids as usize],
        ..Areas::default()
    };
    let value = |row: usize, place: usize| {
        let mixed = (row as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (8 * place);
        // A third of all values is nought, the rest stands on a few steps.
        [0.0, 0.0, 0.25, 0.5, 0.75, 1.0][(mixed % 6) as usize]
    };
    let values = (0..rows)
        .map(|row| std::array::from_fn(|place| value(row, place)))
        .collect();
    (town, Arc::new(Components { values }))
}

/// The same by making every list anew with the quota.
fn naive(
    town: &Snapshot,
    rows: &RowSet,
    components: &Arc<Components>,
    weights: PriorityWeights,
    quota: Quota,
) -> (Vec<Overlap>, BTreeMap<u32, u32>, usize) {
    let list = |weights: PriorityWeights| {
        let priority = Priority::of(Arc::clone(components), weights);
        pick(quota, town, rows, &priority.score).rows
    };
    let today = list(weights);
    let mut times: BTreeMap<u32, u32> = BTreeMap::new();
    let mut overlaps = Vec::new();
    for factors in trials() {
        let moved = list(weights.times(factors));
        for row in moved.iter() {
            *times.entry(row).or_default() += 1;
        }
        overlaps.push(Overlap {
            stay: moved.and(&today).count(),
            of: today.count(),
        });
    }
    let always = today
        .iter()
        .filter(|row| times.get(row) == Some(&(TRIALS as u32)))
        .count();
    (overlaps, times, always)
}

#[test]
fn the_lists_are_those_of_the_quota_made_again() {
    let (town, components) = town(900, 7);
    let weights = PriorityWeights::default();
    let mut rows = RowSet::none(900);
    for row in (0..900).filter(|row| row % 5 != 0) {
        rows.insert(row);
    }
    for (per, each) in [
        (None, 1),
        (None, 40),
        (None, 700),
        (None, 5_000),
        (None, 0),
        (Some(AreaLevel::Grid), 10),
        (Some(AreaLevel::Grid), 95),
        (Some(AreaLevel::Street), 30),
    ] {
        let quota = Quota { per, each };
        let progress = Progress::new();
        let found = steadiness(&town, &rows, &components, &weights, quota, &progress).unwrap();
        let (overlaps, times, always) = naive(&town, &rows, &components, weights, quota);
        let alone: Vec<Overlap> = found
            .alone
            .iter()
            .flat_map(|one| [one.less, one.more])
            .collect();
        assert_eq!(alone, overlaps[..12], "{quota:?}");
        assert_eq!(found.in_trials, times, "{quota:?}");
        assert_eq!(found.always, always, "{quota:?}");
        assert_eq!(found.kept, overlaps[0].of, "{quota:?}");
        let worst = overlaps[12..].iter().map(|one| one.stay).min().unwrap();
        assert_eq!(found.worst_joint.stay, worst, "{quota:?}");
        let mean = overlaps.iter().map(|one| one.stay).sum::<usize>() as f64 / 76.0;
        assert!((found.mean_stay - mean).abs() < 1e-9, "{quota:?}");
    }
}

#[test]
fn the_best_in_everything_stays_and_a_tie_of_opposites_does_not() {
    let (mut town, _) = town(3, 1);
    town.households.id = TextColumn::default();
    for id in ["A", "B", "C"] {
        town.households.id.push(id);
    }
    // A leads whatever the weights; B has only need, C only vulnerability, and both weigh alike.
    let components = Components {
        values: vec![
            [1.0, 1.0, 1.0, 1.0, 1.0, 1.0],
            [1.0, 0.0, 0.0, 0.0, 0.0, 0.0],
            [0.0, 0.0, 1.0, 0.0, 0.0, 0.0],
        ],
    };
    let quota = Quota { per: None, each: 2 };
    let found = steadiness(
        &town,
        &RowSet::all(3),
        &components,
        &PriorityWeights::default(),
        quota,
        &Progress::new(),
    )
    .unwrap();
    assert_eq!((found.kept, found.always), (2, 1));
    assert_eq!(found.share(0), 1.0);
    // B is on today's list by its number. It goes where need weighs less or vulnerability more:
    // 2 of the 12, and 16 of the 64.
    assert_eq!(found.share(1), 58.0 / 76.0);
    assert_eq!(found.share(2), 18.0 / 76.0);
    let need = found.alone[Component::UnmetLoad.place()];
    assert_eq!((need.less.stay, need.more.stay), (1, 2));
    assert_eq!(need.less.share(), Some(0.5));
    assert_eq!(need.less.jaccard(), Some(1.0 / 3.0));
    assert_eq!(found.worst_joint, Overlap { stay: 1, of: 2 });
    assert!((found.mean_stay - (2.0 - 18.0 / 76.0)).abs() < 1e-12);
}

#[test]
fn nobody_and_no_weights_are_no_trouble_and_work_can_be_stopped() {
    let (town, components) = town(50, 2);
    let nothing = Component::ALL
        .into_iter()
        .fold(PriorityWeights::default(), |all, one| all.with(one, 0.0));
    let quota = Quota { per: None, each: 5 };
    let steady = |rows: RowSet, weights| {
        let progress = Progress::new();
        steadiness(&town, &rows, &components, &weights, quota, &progress).unwrap()
    };
    let level = steady(RowSet::all(50), nothing);
    assert_eq!((level.kept, level.always, level.mean_stay), (5, 5, 5.0));
    let nobody = steady(RowSet::none(50), PriorityWeights::default());
    assert_eq!((nobody.kept, nobody.worst_joint.share()), (0, None));
    assert_eq!((nobody.worst_joint.jaccard(), nobody.share(3)), (None, 0.0));
    let progress = Progress::new();
    progress.cancel();
    let weights = PriorityWeights::default();
    let rows = RowSet::all(50);
    let stopped = steadiness(&town, &rows, &components, &weights, quota, &progress);
    assert_eq!(stopped, Err(Cancelled));
}
