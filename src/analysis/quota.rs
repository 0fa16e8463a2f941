//! The most urgent households: so many of all, or so many in each area.

use crate::model::AreaLevel;
use crate::query::{RowSet, natural_order};
use crate::snapshot::{AreaIndex, Snapshot};
use std::cmp::Ordering;

/// How many of the most urgent households are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Quota {
    /// Of each area of this level, with one group more for households in none of them; `None` is
    /// of all together.
    pub per: Option<AreaLevel>,
    /// So many.
    pub each: usize,
}

/// The households that a quota keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picked {
    /// The quota.
    pub quota: Quota,
    /// The households.
    pub rows: RowSet,
    /// How many households there were to pick from.
    pub found: usize,
    /// How many areas have some of those; 1 where the quota is of all together.
    pub groups: usize,
    /// How many of these have fewer than the quota.
    pub short: usize,
    /// How many of the kept ones lie in no area of the level.
    pub outside: usize,
}

/// The households of a set, cut into the groups of a quota: one of all, or one an area of the
/// level in the order of the areas, then those in none. Empty groups are left out. Rows keep their
/// order.
pub(super) fn groups(
    quota: Quota,
    snapshot: &Snapshot,
    rows: &RowSet,
) -> Vec<(Option<AreaIndex>, Vec<u32>)> {
    let Some(level) = quota.per else {
        let all: Vec<u32> = rows.iter().collect();
        return Vec::from_iter((!all.is_empty()).then_some((None, all)));
    };
    let areas = &snapshot.areas;
    // Every area's own ancestor is looked up once, not once a household.
    let group_of: Vec<Option<AreaIndex>> = (0..areas.len())
        .map(|at| areas.at_level(AreaIndex(at as u32), level))
        .collect();
    let mut by_area: Vec<Vec<u32>> = vec![Vec::new(); areas.len()];
    let mut outside = Vec::new();
    for row in rows.iter() {
        let area = snapshot.households.area.get(row as usize);
        let area = area.and_then(|area| area.get());
        let group = area.and_then(|at| group_of.get(at).copied().flatten());
        match group.and_then(|group| by_area.get_mut(group.0 as usize)) {
            Some(group) => group.push(row),
            None => outside.push(row),
        }
    }
    let named = by_area
        .into_iter()
        .zip(0..)
        .map(|(rows, at)| (Some(AreaIndex(at)), rows));
    named
        .chain([(None, outside)])
        .filter(|(_, rows)| !rows.is_empty())
        .collect()
}

/// Which of two rows of the same urgency stands first: by the office's number as a person counts,
/// then by row.
pub(super) fn tie(snapshot: &Snapshot, a: u32, b: u32) -> Ordering {
    let ids = &snapshot.households.id;
    natural_order(ids.get(a), ids.get(b)).then(a.cmp(&b))
}

/// The households of a set that a quota keeps: in each group those of the highest score, at the
/// same score by the household's number. A group with fewer is kept whole. A row without a score
/// counts as 0.
///
/// `score` has one value a row of the table. Households in no area of the level (outside, or
/// without a position) are a group like the others, so that nobody is lost for want of a place.
pub fn pick(quota: Quota, snapshot: &Snapshot, rows: &RowSet, score: &[f32]) -> Picked {
    let of = |row: u32| score.get(row as usize).copied().unwrap_or(0.0);
    let mut picked = Picked {
        quota,
        rows: RowSet::none(rows.table_len()),
        found: 0,
        groups: 0,
        short: 0,
        outside: 0,
    };
    for (area, mut group) in groups(quota, snapshot, rows) {
        let is_outside = quota.per.is_some() && area.is_none();
        picked.found += group.len();
        if !is_outside {
            picked.groups += 1;
            picked.short += usize::from(group.len() < quota.each);
        }
        if group.len() > quota.each {
            if quota.each > 0 {
                group.select_nth_unstable_by(quota.each - 1, |a, b| {
                    of(*b)
                        .total_cmp(&of(*a))
                        .then_with(|| tie(snapshot, *a, *b))
                });
            }
            group.truncate(quota.each);
        }
        if is_outside {
            picked.outside = group.len();
        }
        for row in group {
            picked.rows.insert(row);
        }
    }
    picked
}

#[cfg(test)]
mod tests {
    use super::super::coverage::tests::blank_town;
    use super::*;
    use crate::snapshot::{Areas, TextColumn};

    /// A community with two grids; households in grid 1, in the community alone, and outside.
    fn town(places: &[Option<u32>], ids: &[&str]) -> Snapshot {
        let mut town = blank_town(places.len());
        town.areas = Areas {
            code: ["c", "g1", "g2"].map(str::to_owned).to_vec(),
            level: vec![AreaLevel::Community, AreaLevel::Grid, AreaLevel::Grid],
            parent: vec![AreaIndex::NONE, AreaIndex(0), AreaIndex(0)],
            ..Areas::default()
        };
        for (row, place) in places.iter().enumerate() {
            town.households.area[row] = place.map_or(AreaIndex::NONE, AreaIndex);
        }
        let mut column = TextColumn::default();
        for id in ids {
            column.push(id);
        }
        town.households.id = column;
        town
    }

    fn kept(picked: &Picked) -> Vec<u32> {
        picked.rows.iter().collect()
    }

    #[test]
    fn the_most_urgent_are_kept_and_ties_go_by_number() {
        let town = town(&[None; 5], &["H10", "H9", "H2", "H1", "H3"]);
        let score = [50.0, 50.0, 70.0, f32::NAN, 50.0];
        let quota = |each| Quota { per: None, each };
        let all = RowSet::all(5);
        let pick = |each| pick(quota(each), &town, &all, &score[..3]);
        assert_eq!(kept(&pick(1)), [2]);
        assert_eq!(kept(&pick(2)), [1, 2], "H9 stands before H10");
        assert_eq!(kept(&pick(4)), [0, 1, 2, 3], "without a score is the end");
        assert_eq!(kept(&pick(0)), [0_u32; 0]);
        let whole = pick(9);
        assert_eq!((whole.found, whole.groups, whole.short), (5, 1, 1));
    }

    #[test]
    fn each_area_has_its_own_and_those_in_none_are_a_group_too() {
        let places = [Some(1), Some(1), Some(1), Some(2), Some(0), None, None];
        let town = town(&places, &["1", "2", "3", "4", "5", "6", "7"]);
        let score = [1.0, 3.0, 2.0, 9.0, 8.0, 4.0, 5.0];
        let of = |per, each| {
            let quota = Quota {
                per: Some(per),
                each,
            };
            pick(quota, &town, &RowSet::all(7), &score)
        };
        let grids = of(AreaLevel::Grid, 2);
        assert_eq!(kept(&grids), [1, 2, 3, 4, 6]);
        let counts = (grids.found, grids.groups, grids.short, grids.outside);
        assert_eq!(counts, (7, 2, 1, 2), "of the three in no grid two are kept");
        let communities = of(AreaLevel::Community, 2);
        assert_eq!(kept(&communities), [3, 4, 5, 6]);
        assert_eq!((communities.groups, communities.short), (1, 0));
        // A level without areas has one group: those in none.
        let streets = of(AreaLevel::Street, 1);
        assert_eq!((kept(&streets), streets.groups), (vec![3], 0));
    }

    #[test]
    fn only_the_rows_of_the_set_are_kept() {
        let town = town(&[Some(1), Some(1), Some(2)], &["1", "2", "3"]);
        let mut rows = RowSet::none(3);
        rows.insert(0);
        let quota = Quota {
            per: Some(AreaLevel::Grid),
            each: 5,
        };
        let picked = pick(quota, &town, &rows, &[1.0, 2.0, 3.0]);
        assert_eq!((kept(&picked), picked.groups), (vec![0], 1));
        let nobody = pick(quota, &town, &RowSet::none(3), &[]);
        assert_eq!((nobody.found, nobody.groups, nobody.short), (0, 0, 0));
    }
}
