//! A whole town from a number of households and a seed.

use super::assistance::{Situation, assets_tag, situation};
use super::blocks::{Building, build_up};
use super::dice::{Dice, Stream};
use super::divisions::Divisions;
use super::fabric::{self, Fabric};
use super::flaws::spoil;
use super::geometry::{Ground, XyM, left, xy};
use super::lattice::Lattice;
use super::numbers::number;
use super::people::{People, people};
use super::plan::Plan;
use super::row::TownRow;
use super::scenery::{Scene, features};
use super::streets::Streets;
use crate::base::{Cancelled, Progress};
use crate::model::{Area, BaseFeature};

/// What town is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TownSpec {
    /// Rows of the ledger.
    pub households: usize,
    /// The same seed gives the same town.
    pub seed: u64,
}

/// A synthetic town: areas, base map, and households that are made as they are asked for.
#[derive(Debug)]
pub struct Town {
    /// Streets, communities and grids, in degrees; the grids tile the town exactly.
    pub areas: Vec<Area>,
    /// Water, parks, roads, buildings and names, in degrees.
    pub base: Vec<BaseFeature>,
    pub(super) plan: Plan,
    pub(super) ground: Ground,
    size_m: XyM,
    fabrics: Vec<Fabric>,
    /// Of every block.
    pub(super) grid_code: Vec<String>,
    /// Of every block.
    pub(super) community_name: Vec<String>,
    pub(super) road_name: Vec<String>,
    /// In the order of the grids' codes.
    pub(super) buildings: Vec<Building>,
    /// Weight of all buildings up to and with each.
    weight_up_to: Vec<f64>,
}

/// Lays out a town. Households cost nothing here; the area grows with them beyond 62,500.
///
/// # Errors
/// [`Cancelled`] where somebody asked for the work to stop.
pub fn build_town(spec: &TownSpec, progress: &Progress) -> Result<Town, Cancelled> {
    let plan = Plan::new(spec.households, spec.seed);
    progress.set_total(plan.cells() as u64);
    let lattice = Lattice::new(&plan);
    let size_m = lattice.size_m;
    let ground = Ground {
        center_m: size_m / 2.0,
    };
    let fabrics = fabric::lay_out(&plan);
    let streets = Streets::new(&plan, &lattice, &fabrics);
    let mut buildings = build_up(&plan, &lattice, &streets, &fabrics, progress)?;
    number(&plan, &streets, &mut buildings);

    let mut weights = vec![0.0; plan.cells()];
    for building in &buildings {
        weights[building.cell] += building.weight;
    }
    let divisions = Divisions::new(&plan, &lattice, ground, &weights);
    progress.tick(0)?;
    let base = features(&Scene {
        plan: &plan,
        lattice: &lattice,
        ground,
        fabrics: &fabrics,
        streets: &streets,
        buildings: &buildings,
        areas: &divisions.areas,
    });

    let mut order = vec![0; plan.cells()];
    for (place, cell) in divisions.cells_by_grid.iter().enumerate() {
        order[*cell] = place;
    }
    buildings.retain(|building| building.weight > 0.0);
    buildings.sort_by_key(|building| (order[building.cell], building.road, building.number));
    let mut sum = 0.0;
    let weight_up_to = buildings
        .iter()
        .map(|building| {
            sum += building.weight;
            sum
        })
        .collect();
    progress.tick(0)?;
    Ok(Town {
        areas: divisions.areas,
        base,
        size_m,
        ground,
        fabrics,
        grid_code: divisions.grid_code,
        community_name: divisions.community_name,
        road_name: streets.roads.into_iter().map(|road| road.name).collect(),
        buildings,
        weight_up_to,
        plan,
    })
}

impl Town {
    /// Number of rows of the ledger.
    pub fn household_count(&self) -> usize {
        self.plan.households
    }

    /// The rows of the ledger, grid by grid and street by street. Each is made when it is asked
    /// for, so a million of them need no room.
    pub fn households(&self) -> impl Iterator<Item = TownRow> + '_ {
        (0..self.plan.households).map(|index| self.household(index))
    }

    /// One row of the ledger. It depends on the seed and its place alone.
    pub fn household(&self, index: usize) -> TownRow {
        self.home_life(index)
            .map(|home| home.row)
            .unwrap_or_default()
    }

    /// A household with all that is known of it; nobody where there are no buildings.
    pub(super) fn home_life(&self, index: usize) -> Option<HomeLife> {
        let (building, tenant) = self.home(index)?;
        let mut dice = Dice::new(self.plan.seed, Stream::Household(index as u64));
        let entrance = tenant % building.entrances as usize;
        let at_m = door(building, entrance, &mut dice);
        let share = xy(at_m.x / self.size_m.x, at_m.y / self.size_m.y);
        let fabric = self
            .fabrics
            .get(building.cell)
            .copied()
            .unwrap_or(Fabric::Slab);
        let social = fabric::social(&self.plan, share, fabric);
        let people = people(&social, &mut dice);
        let mut situation = situation(&people, &social, &mut dice);
        let mut of_assets = Dice::new(self.plan.seed, Stream::Assets(index as u64));
        let tag = assets_tag(&people, &situation, &mut of_assets);
        situation.tags.extend(tag);
        let lonlat = self.ground.lonlat_from_m(at_m);
        let unknown = |probability: f64, text: String, dice: &mut Dice| {
            if dice.chance(probability) {
                String::new()
            } else {
                text
            }
        };
        let phone = format!("1990000{:04}", dice.below(10_000));
        let income = format!("{}", people.monthly_income);
        let id_number = people.id_number(&mut dice);
        let phone = unknown(0.05, phone, &mut dice);
        let mut row = TownRow {
            household_id: household_id(index),
            id_number: id_number.clone(),
            phone: phone.clone(),
            address: self.address(building, tenant),
            lon: format!("{:.6}", lonlat.x),
            lat: format!("{:.6}", lonlat.y),
            grid_code: self.declared_grid(building.cell, &mut dice),
            members: people.members.to_string(),
            elderly: people.elderly.to_string(),
            children: people.children.to_string(),
            disabled: people.disabled.to_string(),
            living_alone: if people.lives_alone() { "是" } else { "否" }.to_owned(),
            monthly_income: unknown(0.03, income, &mut dice),
            programmes: situation.programmes.join("、"),
            needs: situation.needs.join("、"),
            last_visit: situation
                .last_visit
                .map(|day| day.to_string())
                .unwrap_or_default(),
            tags: situation.tags.join("、"),
            notes: situation.notes.to_owned(),
            head_name: people.head_name.clone(),
            is_flawed: false,
        };
        spoil(&mut row, index.checked_sub(1).map(household_id), &mut dice);
        Some(HomeLife {
            index: index as u64,
            cell: building.cell,
            is_on_the_ledger: row.household_id == household_id(index),
            people,
            situation,
            id_number,
            phone,
            row,
        })
    }

    /// The building of a row, and which of its households it is. Households are spread over the
    /// buildings by weight, in order.
    fn home(&self, index: usize) -> Option<(&Building, usize)> {
        let total = *self.weight_up_to.last()?;
        let a_row = total / self.plan.households.max(1) as f64;
        let at = (index as f64 + 0.5) * a_row;
        let place = self
            .weight_up_to
            .partition_point(|up_to| *up_to <= at)
            .min(self.buildings.len() - 1);
        let before = place
            .checked_sub(1)
            .and_then(|at| self.weight_up_to.get(at))
            .copied();
        let first = (before.unwrap_or(0.0) / a_row - 0.5).ceil().max(0.0) as usize;
        Some((self.buildings.get(place)?, index.saturating_sub(first)))
    }

    /// 滨河社区青竹路18号2-301: road and number, then entrance and room where there are many.
    fn address(&self, building: &Building, tenant: usize) -> String {
        let community = self
            .community_name
            .get(building.cell)
            .map_or("", String::as_str);
        let road = self.road_name.get(building.road).map_or("", String::as_str);
        let number = building.number;
        let (entrances, floors) = (building.entrances as usize, building.floors as usize);
        let (entrance, nth) = (tenant % entrances + 1, tenant / entrances);
        // Neighbours in the list live on different floors.
        let stride = if floors.is_multiple_of(5) { 7 } else { 5 };
        let floor = (nth * stride + number as usize) % floors + 1;
        let door = nth / floors + 1;
        match building.floors {
            0..=3 if tenant == 0 => format!("{community}{road}{number}号"),
            0..=3 => format!("{community}{road}{number}号{floor}0{door}"),
            _ => format!("{community}{road}{number}号{entrance}-{floor}{door:02}"),
        }
    }

    /// The grid that the ledger states: mostly the right one.
    fn declared_grid(&self, cell: usize, dice: &mut Dice) -> String {
        let luck = dice.share();
        let own = self.grid_code.get(cell).cloned().unwrap_or_default();
        if luck < 0.012 {
            // The household was counted to the next block.
            let other = if cell == 0 { 1 } else { cell - 1 };
            return self.grid_code.get(other).cloned().unwrap_or(own);
        }
        if luck < 0.02 { String::new() } else { own }
    }
}

/// A household behind its row of the ledger.
pub(super) struct HomeLife {
    /// Its place in the ledger.
    pub(super) index: u64,
    /// The block.
    pub(super) cell: usize,
    /// Whether its row has its own id, so that other tables can name it.
    pub(super) is_on_the_ledger: bool,
    pub(super) people: People,
    pub(super) situation: Situation,
    /// The head's right number, whatever the row has.
    pub(super) id_number: String,
    /// The right telephone; empty where there is none.
    pub(super) phone: String,
    pub(super) row: TownRow,
}

fn household_id(index: usize) -> String {
    format!("SF{:07}", index + 1)
}

/// Before the southern wall, at the entrance, a step to one side or the other.
fn door(building: &Building, entrance: usize, dice: &mut Dice) -> XyM {
    let place = (entrance as f64 + 0.5) / f64::from(building.entrances) - 0.5;
    let along = building.along * (place * building.length_m + dice.between(-3.0, 3.0));
    let aside = left(building.along) * (building.width_m * dice.between(-0.42, 0.1));
    building.center + along + aside
}

#[cfg(test)]
mod tests {
    use super::super::geometry::is_inside;
    use super::*;
    use crate::model::{AreaLevel, BaseLayer};
    use std::collections::{BTreeMap, BTreeSet};

    fn town(households: usize, seed: u64) -> Town {
        build_town(&TownSpec { households, seed }, &Progress::new()).unwrap()
    }

    /// The two ends of a boundary's piece, to the last bit.
    type Piece = [[u64; 2]; 2];

    fn pieces(area: &Area) -> impl Iterator<Item = Piece> + '_ {
        let bits = |at: XyM| [at.x.to_bits(), at.y.to_bits()];
        area.boundary.0.iter().flat_map(move |polygon| {
            std::iter::once(polygon.exterior())
                .chain(polygon.interiors())
                .flat_map(move |ring| ring.lines().map(move |it| [bits(it.start), bits(it.end)]))
        })
    }

    #[test]
    fn grids_tile_their_communities_and_the_street_exactly() {
        for (households, seed) in [(12_000, 20_261_121), (300_000, 7)] {
            let town = town(households, seed);
            for level in [AreaLevel::Street, AreaLevel::Community] {
                for parent in town.areas.iter().filter(|area| area.level == level) {
                    // Every piece of a grid is met by the same piece of its neighbour, run the
                    // other way, or lies on the parent's boundary; and there is no other.
                    let grids = town.areas.iter().filter(|area| {
                        area.level == AreaLevel::Grid && area.code.starts_with(&parent.code)
                    });
                    let mut seen: BTreeMap<Piece, usize> = BTreeMap::new();
                    grids
                        .flat_map(pieces)
                        .for_each(|it| *seen.entry(it).or_default() += 1);
                    assert!(seen.values().all(|times| *times == 1));
                    let outer: BTreeSet<Piece> = seen
                        .keys()
                        .filter(|[from, to]| !seen.contains_key(&[*to, *from]))
                        .copied()
                        .collect();
                    assert_eq!(outer, pieces(parent).collect(), "{}", parent.name);
                }
            }
        }
    }

    #[test]
    fn households_stand_in_the_grid_that_they_declare() {
        let town = town(12_000, 20_261_121);
        let grids: BTreeMap<&str, &Area> = town
            .areas
            .iter()
            .filter(|area| area.level == AreaLevel::Grid)
            .map(|area| (area.code.as_str(), area))
            .collect();
        let mut households: BTreeMap<&str, usize> = BTreeMap::new();
        let (mut flawed, mut elsewhere, mut receiving, mut in_need, mut of_concern) =
            (0, 0, 0, 0, 0);
        for row in town.households() {
            flawed += usize::from(row.is_flawed);
            let (receives, needs) = (!row.programmes.is_empty(), !row.needs.is_empty());
            receiving += usize::from(receives);
            in_need += usize::from(needs);
            of_concern += usize::from(receives || needs);
            let Some((code, area)) = grids.get_key_value(row.grid_code.as_str()) else {
                continue;
            };
            if row.is_flawed {
                continue;
            }
            let at = xy(row.lon.parse().unwrap(), row.lat.parse().unwrap());
            let ring = &area.boundary.0[0].exterior().0;
            elsewhere += usize::from(!is_inside(ring, at));
            *households.entry(code).or_default() += 1;
        }
        assert_eq!(households.len(), grids.len());
        assert!(
            households.values().all(|count| *count >= 20),
            "{households:?}"
        );
        // One row of a hundred declares the grid of the block beside, which may be its own.
        assert!((60..200).contains(&elsewhere), "{elsewhere}");
        assert!((120..240).contains(&flawed), "{flawed}");
        assert!((1_300..1_900).contains(&receiving), "{receiving}");
        assert!((900..1_400).contains(&in_need), "{in_need}");
        assert!((1_900..2_700).contains(&of_concern), "{of_concern}");
    }

    #[test]
    fn a_seed_is_a_town_and_a_row_needs_no_other() {
        let (one, same, other) = (town(3_000, 1), town(3_000, 1), town(3_000, 2));
        assert_eq!(one.areas, same.areas);
        assert_eq!(one.base, same.base);
        assert!(one.households().eq(same.households()));
        assert_eq!(one.household(1_234), same.households().nth(1_234).unwrap());
        assert_ne!(one.areas, other.areas);
        assert_ne!(one.household(0), other.household(0));
        assert_eq!(one.households().count(), 3_000);
    }

    #[test]
    fn everybody_is_visibly_invented() {
        let town = town(2_000, 5);
        for row in town.households().filter(|row| !row.is_flawed) {
            assert!(row.id_number.starts_with("000000"));
            assert!(row.phone.is_empty() || row.phone.starts_with("1990000"));
            assert!(
                row.address.contains("社区") && row.address.contains('号'),
                "{}",
                row.address
            );
        }
        assert!(
            town.areas
                .iter()
                .all(|area| area.code.starts_with("000000"))
        );
    }

    #[test]
    fn the_base_map_has_every_layer() {
        let town = town(100, 5);
        for layer in BaseLayer::ALL {
            assert!(
                town.base.iter().any(|it| it.layer == layer),
                "{}",
                layer.code()
            );
        }
    }

    #[test]
    fn a_town_of_few_or_of_nobody_still_stands() {
        assert_eq!(town(0, 1).households().count(), 0);
        assert_eq!(
            town(1, 1)
                .households()
                .filter(|row| row.lon.is_empty())
                .count(),
            0
        );
    }

    #[test]
    fn cancelling_is_heard() {
        let progress = Progress::new();
        progress.cancel();
        let spec = TownSpec {
            households: 10,
            seed: 1,
        };
        assert_eq!(build_town(&spec, &progress).err(), Some(Cancelled));
    }
}
