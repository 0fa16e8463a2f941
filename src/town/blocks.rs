//! Buildings on the blocks, and how many households live in each.

use super::dice::{Dice, Stream};
use super::fabric::Fabric;
use super::geometry::{XyM, is_inside, left, nearest, unit, xy};
use super::lattice::Lattice;
use super::plan::Plan;
use super::streets::{BANK_ROAD_M, CANAL_HALF_M, Class, Side, Streets, TOWPATH_M};
use crate::base::{Cancelled, Progress};

/// One building.
#[derive(Debug, Clone)]
pub(super) struct Building {
    pub(super) center: XyM,
    /// Direction of its long side.
    pub(super) along: XyM,
    pub(super) length_m: f64,
    pub(super) width_m: f64,
    pub(super) cell: usize,
    /// The road of its address, and its number there.
    pub(super) road: usize,
    pub(super) number: u32,
    pub(super) floors: u32,
    pub(super) entrances: u32,
    /// How many households it has, in proportion.
    pub(super) weight: f64,
}

impl Building {
    /// Its four corners.
    pub(super) fn corners(&self) -> [XyM; 4] {
        let ahead = self.along * (self.length_m / 2.0);
        let aside = left(self.along) * (self.width_m / 2.0);
        [
            self.center - ahead - aside,
            self.center + ahead - aside,
            self.center + ahead + aside,
            self.center - ahead + aside,
        ]
    }
}

/// The buildings of a kind of block.
struct Style {
    length_m: [f64; 2],
    width_m: f64,
    gap_m: f64,
    row_m: f64,
    /// Share of the places that stay empty.
    empty: f64,
    floors: [i32; 2],
    weight: f64,
    entrance_m: f64,
}

fn style(fabric: Fabric) -> Option<Style> {
    let style = |length_m, width_m, gap_m, row_m, empty, floors, weight, entrance_m| Style {
        length_m,
        width_m,
        gap_m,
        row_m,
        empty,
        floors,
        weight,
        entrance_m,
    };
    Some(match fabric {
        Fabric::Old => style([15.0, 28.0], 11.0, 5.0, 22.0, 0.10, [2, 3], 3.6, 40.0),
        Fabric::Slab => style([38.0, 60.0], 12.5, 13.0, 33.0, 0.08, [5, 6], 11.0, 18.0),
        Fabric::Tower => style([26.0, 34.0], 20.0, 28.0, 56.0, 0.14, [11, 18], 24.0, 60.0),
        Fabric::Village => style([12.0, 17.0], 11.0, 9.0, 29.0, 0.34, [2, 3], 1.1, 60.0),
        Fabric::Industrial => style([48.0, 88.0], 36.0, 16.0, 58.0, 0.12, [1, 3], 0.0, 90.0),
        Fabric::School => style([46.0, 64.0], 15.0, 26.0, 62.0, 0.30, [4, 5], 0.0, 90.0),
        Fabric::Hospital => style([40.0, 60.0], 22.0, 18.0, 54.0, 0.15, [6, 12], 0.0, 90.0),
        Fabric::Office => style([40.0, 56.0], 17.0, 24.0, 52.0, 0.35, [4, 6], 0.0, 90.0),
        Fabric::Park | Fabric::Field => return None,
    })
}

/// Something that buildings keep away from.
struct Limit<'a> {
    line: &'a [XyM],
    distance_m: f64,
}

/// Puts buildings on every block.
pub(super) fn build_up(
    plan: &Plan,
    lattice: &Lattice,
    streets: &Streets,
    fabrics: &[Fabric],
    progress: &Progress,
) -> Result<Vec<Building>, Cancelled> {
    let mut dice = Dice::new(plan.seed, Stream::Blocks);
    let mut buildings = Vec::new();
    for (cell, fabric) in fabrics.iter().enumerate() {
        progress.tick(1)?;
        if let Some(style) = style(*fabric) {
            fill(
                cell,
                &style,
                plan,
                lattice,
                streets,
                &mut dice,
                &mut buildings,
            );
        }
    }
    Ok(buildings)
}

fn fill(
    cell: usize,
    style: &Style,
    plan: &Plan,
    lattice: &Lattice,
    streets: &Streets,
    dice: &mut Dice,
    out: &mut Vec<Building>,
) {
    let (column, row) = plan.column_row(cell);
    let ring = lattice.ring(column, row);
    let sides = streets.sides(column, row);
    let edges = [
        lattice.across(column, row),
        lattice.up(column + 1, row),
        lattice.across(column, row + 1),
        lattice.up(column, row),
    ];
    let mut limits: Vec<Limit<'_>> = sides
        .iter()
        .zip(edges)
        .map(|(side, line)| Limit {
            line,
            distance_m: match side {
                Side::Road(road) => setback_m(streets, *road),
                Side::River => BANK_ROAD_M + Class::Street.setback_m() - 2.0,
                Side::Canal => TOWPATH_M.max(CANAL_HALF_M) + 7.0,
                Side::Nothing => 6.0,
            },
        })
        .collect();
    for lane in &streets.lanes[cell] {
        if let Some(road) = streets.roads.get(*lane) {
            limits.push(Limit {
                line: &road.line,
                distance_m: road.class.setback_m(),
            });
        }
    }

    // Rows run along the southern side, as houses there face the sun.
    let (first, last) = (edges[0].first(), edges[0].last());
    let (Some(first), Some(last)) = (first.copied(), last.copied()) else {
        return;
    };
    let along = unit(last - first + xy(0.0, (last.y - first.y) * -0.3));
    let aside = left(along);
    let across = |at: XyM, axis: XyM| (at.x - first.x) * axis.x + (at.y - first.y) * axis.y;
    let span = |axis: XyM| {
        ring.iter()
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), at| {
                (low.min(across(*at, axis)), high.max(across(*at, axis)))
            })
    };
    let ((west, east), (south, north)) = (span(along), span(aside));
    let mut y = south + style.width_m / 2.0 + dice.between(5.0, 12.0);
    while y < north {
        let mut x = west + dice.between(4.0, 14.0);
        while x < east {
            let length_m = dice.between(style.length_m[0], style.length_m[1]);
            let is_empty = dice.chance(style.empty);
            let shift = dice.bell() * 0.05 * style.row_m;
            let floors = dice.whole(style.floors[0], style.floors[1]);
            let weight = style.weight * dice.between(0.6, 1.4);
            // A house that does not fit is tried smaller, then a little further on.
            let fitting = [1.0, 0.72].into_iter().find_map(|size| {
                let building = Building {
                    center: first + along * (x + length_m * size / 2.0) + aside * (y + shift),
                    along,
                    length_m: length_m * size,
                    width_m: style.width_m,
                    cell,
                    road: usize::MAX,
                    number: 0,
                    floors: floors as u32,
                    entrances: ((length_m * size / style.entrance_m).round() as u32).clamp(1, 4),
                    weight: weight * size,
                };
                stands_free(&building, &ring, &limits).then_some(building)
            });
            match fitting {
                Some(building) => {
                    x += building.length_m + style.gap_m;
                    if !is_empty {
                        out.push(building);
                    }
                }
                None => x += 5.0,
            }
        }
        y += style.row_m;
    }
}

fn setback_m(streets: &Streets, road: usize) -> f64 {
    streets
        .roads
        .get(road)
        .map_or(6.0, |road| road.class.setback_m())
}

/// Whether both long walls are inside the block and far enough from everything.
fn stands_free(building: &Building, ring: &[XyM], limits: &[Limit<'_>]) -> bool {
    let steps = (building.length_m / 10.0).ceil().max(1.0) as u32;
    let aside = left(building.along) * (building.width_m / 2.0);
    (0..=steps).all(|step| {
        let share = f64::from(step) / f64::from(steps) - 0.5;
        let middle = building.center + building.along * (building.length_m * share);
        [middle - aside, middle + aside].into_iter().all(|at| {
            is_inside(ring, at)
                && limits
                    .iter()
                    .all(|limit| nearest(limit.line, at).0 >= limit.distance_m)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::fabric::lay_out;
    use super::*;

    #[test]
    fn buildings_stand_on_their_block_and_off_the_roads() {
        let plan = Plan::new(12_000, 9);
        let lattice = Lattice::new(&plan);
        let fabrics = lay_out(&plan);
        let streets = Streets::new(&plan, &lattice, &fabrics);
        let buildings = build_up(&plan, &lattice, &streets, &fabrics, &Progress::new()).unwrap();
        assert!(buildings.len() > 3_000, "{}", buildings.len());
        for building in &buildings {
            let (column, row) = plan.column_row(building.cell);
            let ring = lattice.ring(column, row);
            assert!(building.corners().iter().all(|at| is_inside(&ring, *at)));
        }
        // A street through a sample of buildings would be seen here.
        for building in buildings.iter().step_by(97) {
            for road in &streets.roads {
                assert!(
                    nearest(&road.line, building.center).0 > 5.0,
                    "{}",
                    road.name
                );
            }
        }
    }
}
