//! House numbers: every building belongs to the nearest named road of its block and is counted
//! along it, odd on the left, even on the right.

use super::blocks::Building;
use super::geometry::nearest;
use super::plan::Plan;
use super::streets::{Side, Streets};
use std::collections::BTreeMap;

/// Gives every building its road and number.
pub(super) fn number(plan: &Plan, streets: &Streets, buildings: &mut [Building]) {
    // Road → (side, distance along it, building).
    let mut along: BTreeMap<usize, Vec<(bool, f64, usize)>> = BTreeMap::new();
    for (at, building) in buildings.iter_mut().enumerate() {
        let found = candidates(plan, streets, building.cell)
            .filter_map(|road| Some((road, streets.roads.get(road)?)))
            .filter(|(_, road)| !road.name.is_empty())
            .map(|(id, road)| (id, nearest(&road.line, building.center)))
            .min_by(|a, b| a.1.0.total_cmp(&b.1.0).then(a.0.cmp(&b.0)));
        if let Some((road, (_, chainage_m, is_left))) = found {
            building.road = road;
            along
                .entry(road)
                .or_default()
                .push((is_left, chainage_m, at));
        }
    }
    for houses in along.values_mut() {
        houses.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.2.cmp(&b.2)));
        let mut next = [1, 2];
        for (is_left, _, at) in houses.iter() {
            let [odd, even] = &mut next;
            let number = if *is_left { odd } else { even };
            if let Some(building) = buildings.get_mut(*at) {
                building.number = *number;
            }
            *number += 2;
        }
    }
}

/// Roads around and in a block.
fn candidates(plan: &Plan, streets: &Streets, cell: usize) -> impl Iterator<Item = usize> {
    let (column, row) = plan.column_row(cell);
    let [south, east, north, west] = streets.sides(column, row);
    let bank = match (south, north) {
        (Side::River, _) => Some(streets.banks[1]),
        (_, Side::River) => Some(streets.banks[0]),
        _ => None,
    };
    let lanes = streets.lanes.get(cell).cloned().unwrap_or_default();
    [south, east, north, west]
        .into_iter()
        .filter_map(|side| match side {
            Side::Road(road) => Some(road),
            _ => None,
        })
        .chain(bank)
        .chain(lanes)
}
