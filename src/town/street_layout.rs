//! Lays the roads of a town along its lattice, and gives them their names.

use super::dice::{Dice, Stream};
use super::fabric::Fabric;
use super::geometry::{XyM, beside, drawn_out, length, mix, wave};
use super::lattice::Lattice;
use super::names;
use super::plan::Plan;
use super::streets::{BANK_ROAD_M, BEYOND_M, Class, Road, Side, Streets, TOWPATH_M};

/// Through roads first, then streets, banks and lanes, so that each can end at the ones before.
pub(super) fn lay(plan: &Plan, lattice: &Lattice, blocks: &[Fabric]) -> Streets {
    let mut dice = Dice::new(plan.seed, Stream::Streets);
    let mut order: Vec<usize> = (0..names::ROADS.len()).collect();
    dice.shuffle(&mut order);
    let mut lane_order = order.clone();
    dice.shuffle(&mut lane_order);
    let mut builder = Builder {
        plan,
        lattice,
        blocks,
        dice,
        order,
        lane_order,
        streets: 0,
        avenues: 0,
        lanes: 0,
        out: Streets {
            roads: Vec::new(),
            across: vec![Side::Nothing; plan.columns * (plan.rows + 1)],
            up: vec![Side::Nothing; (plan.columns + 1) * plan.rows],
            banks: [0, 0],
            lanes: vec![Vec::new(); plan.cells()],
            columns: plan.columns,
        },
    };
    builder.through_roads();
    builder.row_streets();
    builder.column_streets();
    builder.banks();
    builder.lanes();
    builder.out
}

struct Builder<'a> {
    plan: &'a Plan,
    lattice: &'a Lattice,
    blocks: &'a [Fabric],
    dice: Dice,
    order: Vec<usize>,
    lane_order: Vec<usize>,
    streets: usize,
    avenues: usize,
    lanes: usize,
    out: Streets,
}

impl Builder<'_> {
    fn add(&mut self, name: String, class: Class, line: Vec<XyM>) -> usize {
        self.out.roads.push(Road { name, class, line });
        self.out.roads.len() - 1
    }

    fn through_roads(&mut self) {
        let mut count = 0;
        for line in (0..=self.plan.rows).filter(|line| self.plan.is_arterial_row(*line)) {
            let name = if line == self.plan.rows {
                "环城北路".to_owned()
            } else {
                names::through_road(names::EAST_WEST, count, "东西大道")
            };
            let points = drawn_out(&self.lattice.row_line(line), BEYOND_M, BEYOND_M);
            let road = self.add(name, Class::Through, points);
            for column in 0..self.plan.columns {
                self.out.across[line * self.plan.columns + column] = Side::Road(road);
            }
            count += 1;
        }
        count = 0;
        for line in (0..=self.plan.columns).filter(|line| self.plan.is_arterial_column(*line)) {
            let name = if line == self.plan.columns {
                "环城东路".to_owned()
            } else {
                names::through_road(names::NORTH_SOUTH, count, "南北大道")
            };
            let points = self.lattice.column_line(line, 0, self.plan.rows);
            let road = self.add(name, Class::Through, drawn_out(&points, BEYOND_M, BEYOND_M));
            for row in 0..self.plan.rows {
                self.out.up[row * (self.plan.columns + 1) + line] = Side::Road(road);
            }
            count += 1;
        }
    }

    /// How likely there is no road between two blocks.
    fn gap(&self, one: usize, other: usize) -> f64 {
        let kinds = [one, other].map(|cell| self.blocks.get(cell).copied());
        match kinds {
            [Some(Fabric::Park), Some(Fabric::Park)] => 1.0,
            [Some(Fabric::Field), Some(Fabric::Field)] => 0.8,
            [Some(Fabric::Industrial), Some(Fabric::Industrial)] => 0.3,
            [Some(Fabric::Tower), Some(Fabric::Tower)] => 0.18,
            [Some(Fabric::Old), Some(Fabric::Old)] => 0.0,
            _ => 0.07,
        }
    }

    fn row_streets(&mut self) {
        for line in 1..self.plan.rows {
            if line == self.plan.river_row || self.plan.is_arterial_row(line) {
                continue;
            }
            let mut first = 0;
            for column in 0..=self.plan.columns {
                let is_end = column == self.plan.columns;
                let gap = is_end || {
                    let below = self.plan.cell(column, line - 1);
                    let chance = self.gap(below, below + self.plan.columns);
                    self.dice.chance(chance)
                };
                if gap || self.plan.is_arterial_column(column) {
                    self.row_street(line, first, column);
                    first = column + usize::from(gap);
                }
            }
        }
    }

    fn row_street(&mut self, line: usize, first: usize, end: usize) {
        if first >= end {
            return;
        }
        let mut points: Vec<XyM> = Vec::new();
        for column in first..end {
            let piece = self.lattice.across(column, line);
            points.extend(piece.iter().skip(usize::from(!points.is_empty())));
        }
        let name = names::road(&self.order, self.streets, "路");
        self.streets += 1;
        let road = self.add(name, Class::Street, points);
        for column in first..end {
            self.out.across[line * self.plan.columns + column] = Side::Road(road);
        }
    }

    fn column_streets(&mut self) {
        let river = self.plan.river_row;
        for line in 1..self.plan.columns {
            if self.plan.is_arterial_column(line) {
                continue;
            }
            let has_canal = line == self.plan.canal_column;
            let has_bridge = !has_canal && self.dice.chance(0.3);
            let mut first = 0;
            for row in 0..=self.plan.rows {
                let gap = row == self.plan.rows || (has_canal && row >= river) || {
                    let west = self.plan.cell(line - 1, row);
                    let chance = self.gap(west, west + 1);
                    self.dice.chance(chance)
                };
                let is_break = self.plan.is_arterial_row(row) || (row == river && !has_bridge);
                if gap || is_break {
                    self.column_street(line, first, row);
                    first = row + usize::from(gap);
                }
            }
            if has_canal {
                for row in river..self.plan.rows {
                    self.out.up[row * (self.plan.columns + 1) + line] = Side::Canal;
                }
            }
        }
    }

    fn column_street(&mut self, line: usize, first: usize, end: usize) {
        if first >= end {
            return;
        }
        let river = self.plan.river_row;
        let mut points = self.lattice.column_line(line, first, end);
        // A street that does not cross the river ends at the bank road.
        if first == river {
            points = trimmed(&points, BANK_ROAD_M, 0.0);
        }
        if end == river {
            points = trimmed(&points, 0.0, BANK_ROAD_M);
        }
        let name = names::road(&self.order, self.avenues, "街");
        self.avenues += 1;
        let road = self.add(name, Class::Street, points);
        for row in first..end {
            self.out.up[row * (self.plan.columns + 1) + line] = Side::Road(road);
        }
    }

    fn banks(&mut self) {
        let river = self.lattice.row_line(self.plan.river_row);
        for column in 0..self.plan.columns {
            self.out.across[self.plan.river_row * self.plan.columns + column] = Side::River;
        }
        let south = beside(&river, |_| -BANK_ROAD_M);
        let north = beside(&river, |_| BANK_ROAD_M);
        self.out.banks = [
            self.add("滨河南路".to_owned(), Class::Street, south),
            self.add("滨河北路".to_owned(), Class::Street, north),
        ];
        let canal =
            self.lattice
                .column_line(self.plan.canal_column, self.plan.river_row, self.plan.rows);
        for off_m in [-TOWPATH_M, TOWPATH_M] {
            let path = beside(&trimmed(&canal, BANK_ROAD_M, 0.0), |_| off_m);
            self.add(String::new(), Class::Path, path);
        }
    }

    fn lanes(&mut self) {
        for cell in 0..self.plan.cells() {
            let fabric = self.blocks[cell];
            let (along, across) = match fabric {
                Fabric::Old => (1, 1 + usize::from(self.dice.chance(0.4))),
                Fabric::Slab => (1, usize::from(self.dice.chance(0.35))),
                Fabric::Village => (usize::from(self.dice.chance(0.5)), 1),
                Fabric::Park => (1, usize::from(self.dice.chance(0.7))),
                Fabric::Tower | Fabric::Industrial | Fabric::Field => (1, 0),
                Fabric::School | Fabric::Hospital | Fabric::Office => (0, 1),
            };
            for (count, is_along) in [(along, true), (across, false)] {
                for place in 0..count {
                    let even = (place as f64 + 1.0) / (count as f64 + 1.0);
                    let at = even + self.dice.between(-0.08, 0.08);
                    self.lane(cell, at, is_along, fabric);
                }
            }
        }
    }

    /// A lane through a block: from south to north (`is_along`) or from west to east.
    fn lane(&mut self, cell: usize, at: f64, is_along: bool, fabric: Fabric) {
        let (column, row) = self.plan.column_row(cell);
        let [south, east, north, west] = self.out.sides(column, row);
        let bow = self.dice.between(-0.035, 0.035);
        let line: Vec<XyM> = (0..=10)
            .map(|step| {
                let share = f64::from(step) / 10.0;
                let off = at + bow * wave(share * 0.5);
                if is_along {
                    self.lattice.inside(column, row, off, share)
                } else {
                    self.lattice.inside(column, row, share, off)
                }
            })
            .collect();
        let (start, end) = if is_along {
            (south, north)
        } else {
            (west, east)
        };
        let line = trimmed(&line, short_of(start), short_of(end));
        let (class, name) = match fabric {
            Fabric::Park | Fabric::Field => (Class::Path, String::new()),
            _ => {
                let behind = if self.lanes.is_multiple_of(3) {
                    "弄"
                } else {
                    "巷"
                };
                let name = names::road(&self.lane_order, self.lanes, behind);
                self.lanes += 1;
                (Class::Lane, name)
            }
        };
        let road = self.add(name, class, line);
        self.out.lanes[cell].push(road);
    }
}

/// How far from the side's middle line a lane ends.
fn short_of(side: Side) -> f64 {
    match side {
        Side::Road(_) => 0.0,
        Side::River => BANK_ROAD_M,
        Side::Canal => TOWPATH_M,
        Side::Nothing => 26.0,
    }
}

/// The line without so many metres at its start and its end.
fn trimmed(line: &[XyM], start_m: f64, end_m: f64) -> Vec<XyM> {
    let cut = |line: Vec<XyM>, cut_m: f64| -> Vec<XyM> {
        let mut left_m = cut_m;
        let mut rest = line.as_slice();
        while let [from, to, ..] = rest {
            let step = length(*to - *from);
            if step > left_m {
                let mut out = vec![mix(*from, *to, left_m / step)];
                out.extend(rest.iter().skip(1));
                return out;
            }
            left_m -= step;
            rest = rest.get(1..).unwrap_or(&[]);
        }
        line
    };
    let mut out = cut(line.to_vec(), start_m);
    out.reverse();
    out = cut(out, end_m);
    out.reverse();
    out
}

#[cfg(test)]
mod tests {
    use super::super::geometry::xy;
    use super::*;

    #[test]
    fn lines_are_trimmed_at_both_ends() {
        let line = [xy(0.0, 0.0), xy(10.0, 0.0), xy(20.0, 0.0)];
        assert_eq!(trimmed(&line, 12.0, 3.0), [xy(12.0, 0.0), xy(17.0, 0.0)]);
        assert_eq!(trimmed(&line, 0.0, 0.0), line);
    }
}
