//! Roads: through roads, streets, lanes and paths, with their names; the banks of the water.

use super::fabric::Fabric;
use super::geometry::XyM;
use super::lattice::Lattice;
use super::plan::Plan;
use super::street_layout::lay;

/// Half the river's width, and how far its bank roads are from the middle.
pub(super) const RIVER_HALF_M: f64 = 38.0;
pub(super) const BANK_ROAD_M: f64 = 58.0;
/// The same of the canal.
pub(super) const CANAL_HALF_M: f64 = 9.0;
pub(super) const TOWPATH_M: f64 = 17.0;
/// How far through roads run on beyond the town.
pub(super) const BEYOND_M: f64 = 2_400.0;

/// The rank of a road.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Through,
    Street,
    Lane,
    Path,
}

impl Class {
    /// From the middle of the road to the nearest wall.
    pub(super) fn setback_m(self) -> f64 {
        match self {
            Self::Through => 24.0,
            Self::Street => 15.0,
            Self::Lane => 7.0,
            Self::Path => 5.0,
        }
    }
}

/// A road with one name.
#[derive(Debug)]
pub(super) struct Road {
    pub(super) name: String,
    pub(super) class: Class,
    pub(super) line: Vec<XyM>,
}

/// What runs along one side of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// The road of this place in the list.
    Road(usize),
    River,
    Canal,
    /// No road: a hedge, a wall, a field path.
    Nothing,
}

/// All roads, and which stands where.
#[derive(Debug)]
pub(super) struct Streets {
    pub(super) roads: Vec<Road>,
    pub(super) across: Vec<Side>,
    pub(super) up: Vec<Side>,
    /// Roads of the south and the north bank.
    pub(super) banks: [usize; 2],
    /// Lanes inside each block.
    pub(super) lanes: Vec<Vec<usize>>,
    pub(super) columns: usize,
}

impl Streets {
    pub(super) fn new(plan: &Plan, lattice: &Lattice, blocks: &[Fabric]) -> Self {
        lay(plan, lattice, blocks)
    }

    /// What runs along the south, east, north and west side of a block.
    pub(super) fn sides(&self, column: usize, row: usize) -> [Side; 4] {
        let get = |list: &[Side], at: usize| list.get(at).copied().unwrap_or(Side::Nothing);
        [
            get(&self.across, row * self.columns + column),
            get(&self.up, row * (self.columns + 1) + column + 1),
            get(&self.across, (row + 1) * self.columns + column),
            get(&self.up, row * (self.columns + 1) + column),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lanes_have_names_that_stand_once_in_a_small_town() {
        let plan = Plan::new(12_000, 20_261_121);
        let lattice = Lattice::new(&plan);
        let blocks = super::super::fabric::lay_out(&plan);
        let streets = Streets::new(&plan, &lattice, &blocks);
        let mut names: Vec<&str> = streets
            .roads
            .iter()
            .map(|road| road.name.as_str())
            .filter(|name| !name.is_empty())
            .collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
        assert!(streets.roads.iter().all(|road| road.line.len() >= 2));
    }
}
