//! Streets, communities and grids: their codes, names and boundaries.

use super::geometry::{Ground, XyM, area2, is_inside};
use super::groups::{grid_counts, joined, neighbours};
use super::lattice::Lattice;
use super::names;
use super::plan::{Plan, STREET_BANDS, STREET_PLACES};
use crate::model::{Area, AreaLevel};
use geo_types::{LineString, MultiPolygon, Polygon};
use std::collections::{BTreeMap, BTreeSet};

/// Six digits that no county has.
const COUNTY_CODE: &str = "000000";

/// The areas, and the grid and community of every block.
#[derive(Debug)]
pub(super) struct Divisions {
    /// Streets, then communities, then grids, each by code.
    pub(super) areas: Vec<Area>,
    /// Code of the grid of each block.
    pub(super) grid_code: Vec<String>,
    /// Name of the community of each block.
    pub(super) community_name: Vec<String>,
    /// Blocks in the order of their grids' codes.
    pub(super) cells_by_grid: Vec<usize>,
}

impl Divisions {
    /// Divides the town so that grids have about the same weight; `weights` has one for each block.
    pub(super) fn new(plan: &Plan, lattice: &Lattice, ground: Ground, weights: &[f64]) -> Self {
        let mut cells_of = vec![Vec::new(); plan.communities()];
        for cell in 0..plan.cells() {
            cells_of[plan.community(cell)].push(cell);
        }
        let town: f64 = weights.iter().sum();
        // Mostly by people, a little by land, so that fields have their grids too.
        let shares: Vec<f64> = cells_of
            .iter()
            .map(|cells| {
                let people: f64 = cells.iter().map(|cell| weights[*cell]).sum();
                0.8 * people / town.max(1e-9) + 0.2 * cells.len() as f64 / plan.cells() as f64
            })
            .collect();
        let blocks: Vec<usize> = cells_of.iter().map(Vec::len).collect();
        let counts = grid_counts(&shares, &blocks, plan.grids);

        let outline = |cells: &[usize]| boundary(plan, lattice, ground, cells);
        let [mut streets, mut communities, mut grids] = [Vec::new(), Vec::new(), Vec::new()];
        let mut grid_code = vec![String::new(); plan.cells()];
        let mut community_name = vec![String::new(); plan.cells()];
        let mut cells_by_grid = Vec::with_capacity(plan.cells());
        for (street_at, members) in streets_of(plan).iter().enumerate() {
            let street_code = format!("{COUNTY_CODE}{:03}", street_at + 1);
            let cells: Vec<usize> = members
                .iter()
                .flat_map(|at| cells_of[*at].iter().copied())
                .collect();
            streets.push(Area {
                code: street_code.clone(),
                name: names::street(street_at),
                level: AreaLevel::Street,
                parent: String::new(),
                boundary: outline(&cells),
                derived: false,
            });
            for (place, community) in members.iter().enumerate() {
                let code = format!("{street_code}{:03}", place + 1);
                let short = names::community(*community);
                let name = format!("{short}社区");
                communities.push(Area {
                    code: code.clone(),
                    name: name.clone(),
                    level: AreaLevel::Community,
                    parent: street_code.clone(),
                    boundary: outline(&cells_of[*community]),
                    derived: false,
                });
                let groups = joined(plan, &cells_of[*community], weights, counts[*community]);
                for (number, cells) in (1..).zip(&groups) {
                    let grid = format!("{code}{number:03}");
                    for cell in cells {
                        grid_code[*cell].clone_from(&grid);
                        community_name[*cell].clone_from(&name);
                    }
                    cells_by_grid.extend(cells);
                    grids.push(Area {
                        code: grid,
                        name: format!("{name}第{number}网格"),
                        level: AreaLevel::Grid,
                        parent: code.clone(),
                        boundary: outline(cells),
                        derived: false,
                    });
                }
            }
        }
        streets.append(&mut communities);
        streets.append(&mut grids);
        Self {
            areas: streets,
            grid_code,
            community_name,
            cells_by_grid,
        }
    }
}

/// The communities of each street: some bands by some places.
fn streets_of(plan: &Plan) -> Vec<Vec<usize>> {
    let bands = plan.bands.len() - 1;
    let parts = |count: usize, of_each: usize| ((count + of_each / 2) / of_each).max(1);
    let (down, along) = (
        parts(bands, STREET_BANDS),
        parts(plan.places, STREET_PLACES),
    );
    let mut streets = vec![Vec::new(); down * along];
    for community in 0..plan.communities() {
        let (band, place) = (community / plan.places, community % plan.places);
        streets[band * down / bands * along + place * along / plan.places].push(community);
    }
    streets
}

/// The outline of some blocks, in degrees. Every vertex is one of the lattice's, so areas that
/// meet share theirs to the last digit.
fn boundary(plan: &Plan, lattice: &Lattice, ground: Ground, cells: &[usize]) -> MultiPolygon<f64> {
    let (mut outer, mut holes) = (Vec::new(), Vec::new());
    for ring in rings(plan, lattice, cells) {
        if area2(&ring) > 0.0 {
            outer.push((ring, Vec::new()));
        } else {
            holes.push(ring);
        }
    }
    for hole in holes {
        let inner_point = hole.first().copied().unwrap_or_default();
        let owner = outer
            .iter_mut()
            .find(|(ring, _)| is_inside(ring, inner_point) || ring.contains(&inner_point));
        if let Some((_, holes)) = owner {
            holes.push(hole);
        }
    }
    let line = |ring: &Vec<XyM>| -> LineString<f64> { ground.line_lonlat(ring) };
    MultiPolygon(
        outer
            .iter()
            .map(|(ring, holes)| Polygon::new(line(ring), holes.iter().map(line).collect()))
            .collect(),
    )
}

/// Closed rings around some blocks, the blocks on the left: outer ones counter-clockwise, holes
/// clockwise, none touching itself.
fn rings(plan: &Plan, lattice: &Lattice, cells: &[usize]) -> Vec<Vec<XyM>> {
    let own: BTreeSet<usize> = cells.iter().copied().collect();
    // From each junction the sides that leave it: where to, and along which points.
    let mut leaving: BTreeMap<usize, Vec<(usize, Vec<XyM>)>> = BTreeMap::new();
    let junction = |column: usize, row: usize| row * (plan.columns + 1) + column;
    for cell in cells {
        let (c, r) = plan.column_row(*cell);
        let reversed = |line: &[XyM]| line.iter().rev().copied().collect::<Vec<_>>();
        let sides = [
            (
                junction(c, r),
                junction(c + 1, r),
                lattice.across(c, r).to_vec(),
            ),
            (
                junction(c + 1, r),
                junction(c + 1, r + 1),
                lattice.up(c + 1, r).to_vec(),
            ),
            (
                junction(c + 1, r + 1),
                junction(c, r + 1),
                reversed(lattice.across(c, r + 1)),
            ),
            (
                junction(c, r + 1),
                junction(c, r),
                reversed(lattice.up(c, r)),
            ),
        ];
        for (other, (from, to, line)) in neighbours(plan, *cell).into_iter().zip(sides) {
            if !other.is_some_and(|other| own.contains(&other)) {
                leaving.entry(from).or_default().push((to, line));
            }
        }
    }

    let mut rings = Vec::new();
    while let Some(start) = leaving.keys().next().copied() {
        // Walk until a junction comes up again: what lies between is a ring.
        let mut path: Vec<(usize, Vec<XyM>)> = Vec::new();
        let mut at = start;
        loop {
            if let Some(first) = path.iter().position(|(from, _)| *from == at) {
                let mut ring: Vec<XyM> = Vec::new();
                for (_, line) in path.split_off(first) {
                    ring.extend(line.iter().skip(usize::from(!ring.is_empty())));
                }
                rings.push(ring);
                if path.is_empty() {
                    break;
                }
            }
            let Some(next) = leaving.get_mut(&at).and_then(Vec::pop) else {
                break;
            };
            if leaving.get(&at).is_some_and(Vec::is_empty) {
                leaving.remove(&at);
            }
            path.push((at, next.1));
            at = next.0;
        }
    }
    rings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn town() -> (Plan, Lattice) {
        let plan = Plan::new(12_000, 5);
        let lattice = Lattice::new(&plan);
        (plan, lattice)
    }

    #[test]
    fn a_ring_of_blocks_has_a_hole_and_blocks_that_touch_are_apart() {
        let (plan, lattice) = town();
        let cell = |column, row| plan.cell(column, row);
        let around: Vec<usize> = (0..9)
            .map(|at| cell(3 + at % 3, 3 + at / 3))
            .filter(|at| *at != cell(4, 4))
            .collect();
        let found = rings(&plan, &lattice, &around);
        assert_eq!(found.len(), 2);
        assert!(found.iter().any(|ring| area2(ring) < 0.0));

        let touching = rings(&plan, &lattice, &[cell(3, 3), cell(4, 4)]);
        assert_eq!(touching.len(), 2);
        assert!(touching.iter().all(|ring| area2(ring) > 0.0));

        // Seven of nine: the open corner touches the hole.
        let open: Vec<usize> = around.into_iter().filter(|at| *at != cell(5, 5)).collect();
        let found = rings(&plan, &lattice, &open);
        assert_eq!(found.len(), 2);
        let ground = Ground {
            center_m: lattice.size_m / 2.0,
        };
        let shape = boundary(&plan, &lattice, ground, &open);
        assert_eq!((shape.0.len(), shape.0[0].interiors().len()), (1, 1));
    }

    #[test]
    fn codes_start_with_their_parents_and_are_unique() {
        for households in [12_000, 400_000] {
            let plan = Plan::new(households, 5);
            let lattice = Lattice::new(&plan);
            let ground = Ground {
                center_m: lattice.size_m / 2.0,
            };
            let weights = vec![1.0; plan.cells()];
            let divisions = Divisions::new(&plan, &lattice, ground, &weights);
            let codes: BTreeSet<&str> = divisions
                .areas
                .iter()
                .map(|area| area.code.as_str())
                .collect();
            assert_eq!(codes.len(), divisions.areas.len());
            for area in &divisions.areas {
                let length = match area.level {
                    AreaLevel::Street => 9,
                    AreaLevel::Community => 12,
                    _ => 15,
                };
                assert_eq!(area.code.len(), length);
                assert!(area.code.starts_with(&area.parent));
                assert!(area.parent.is_empty() || codes.contains(area.parent.as_str()));
                assert_eq!(area.boundary.0.len(), 1, "{}", area.name);
            }
            let grids = divisions
                .areas
                .iter()
                .filter(|area| area.level == AreaLevel::Grid);
            assert_eq!(grids.count(), plan.grids);
        }
    }
}
