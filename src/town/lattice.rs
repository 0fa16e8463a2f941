//! The net of junctions and the lines between them. Roads, water and every boundary run along
//! these lines, so neighbours share their vertices exactly.

use super::dice::{Dice, Stream};
use super::geometry::{XyM, bump, left, mix, on_line, unit, wave, xy};
use super::plan::Plan;

/// Mean side of a block.
const BLOCK_M: f64 = 250.0;
/// Pieces of a line between two junctions.
const PIECES: usize = 12;
/// How far the river swings to either side.
const RIVER_SWING_M: f64 = 300.0;

/// Junctions and the lines between neighbours.
#[derive(Debug)]
pub(super) struct Lattice {
    columns: usize,
    rows: usize,
    across: Vec<Vec<XyM>>,
    up: Vec<Vec<XyM>>,
    pub(super) size_m: XyM,
}

impl Lattice {
    pub(super) fn new(plan: &Plan) -> Self {
        let mut dice = Dice::new(plan.seed, Stream::Lattice);
        let (columns, rows) = (plan.columns, plan.rows);
        let xs = spaced(columns, &mut dice);
        let ys = spaced(rows, &mut dice);
        let size_m = xy(columns as f64 * BLOCK_M, rows as f64 * BLOCK_M);
        let river_y = ys[plan.river_row];

        let mut junctions = Vec::with_capacity((columns + 1) * (rows + 1));
        for (j, y) in ys.iter().enumerate() {
            for (i, x) in xs.iter().enumerate() {
                let swing = RIVER_SWING_M * wave(x / 4_600.0 + 0.62) * bump(y - river_y, 2_600.0);
                let sway = 70.0 * wave(y / 3_300.0 + 0.15) + 30.0 * wave(x / 2_100.0);
                let jitter = if j == plan.river_row {
                    0.0
                } else if plan.is_arterial_row(j) || plan.is_arterial_column(i) {
                    0.035
                } else {
                    0.12
                } * BLOCK_M;
                let shift = xy(dice.bell(), dice.bell()) * (jitter * 0.5);
                junctions.push(xy(*x + sway, *y + swing) + shift);
            }
        }

        let at = |i: usize, j: usize| junctions[j * (columns + 1) + i];
        let mut across = Vec::with_capacity(columns * (rows + 1));
        for j in 0..=rows {
            for i in 0..columns {
                let before = at(i.saturating_sub(1), j);
                let after = at((i + 2).min(columns), j);
                let bend = bend(j == plan.river_row || plan.is_arterial_row(j), &mut dice);
                across.push(curve(before, at(i, j), at(i + 1, j), after, bend));
            }
        }
        let mut up = Vec::with_capacity((columns + 1) * rows);
        for j in 0..rows {
            for i in 0..=columns {
                let before = at(i, j.saturating_sub(1));
                let after = at(i, (j + 2).min(rows));
                let bend = bend(
                    i == plan.canal_column || plan.is_arterial_column(i),
                    &mut dice,
                );
                up.push(curve(before, at(i, j), at(i, j + 1), after, bend));
            }
        }
        Self {
            columns,
            rows,
            across,
            up,
            size_m,
        }
    }

    /// The line from junction (column, row) to its eastern neighbour.
    pub(super) fn across(&self, column: usize, row: usize) -> &[XyM] {
        self.across
            .get(row * self.columns + column)
            .map_or(&[], Vec::as_slice)
    }

    /// The line from junction (column, row) to its northern neighbour.
    pub(super) fn up(&self, column: usize, row: usize) -> &[XyM] {
        self.up
            .get(row * (self.columns + 1) + column)
            .map_or(&[], Vec::as_slice)
    }

    /// A whole row line, from west to east.
    pub(super) fn row_line(&self, row: usize) -> Vec<XyM> {
        joined((0..self.columns).map(|column| self.across(column, row)))
    }

    /// A column line from one row line to another, from south to north.
    pub(super) fn column_line(&self, column: usize, first: usize, last: usize) -> Vec<XyM> {
        joined((first..last.min(self.rows)).map(|row| self.up(column, row)))
    }

    /// The boundary of a block, closed, counter-clockwise.
    pub(super) fn ring(&self, column: usize, row: usize) -> Vec<XyM> {
        let mut ring = self.across(column, row).to_vec();
        ring.extend(self.up(column + 1, row).iter().skip(1));
        ring.extend(self.across(column, row + 1).iter().rev().skip(1));
        ring.extend(self.up(column, row).iter().rev().skip(1));
        ring
    }

    /// A place inside a block: shares of the way from west to east and from south to north,
    /// following the curves of its sides (a Coons patch).
    pub(super) fn inside(&self, column: usize, row: usize, east: f64, north: f64) -> XyM {
        let (south_side, north_side) = (self.across(column, row), self.across(column, row + 1));
        let (west_side, east_side) = (self.up(column, row), self.up(column + 1, row));
        let between_rows = mix(on_line(south_side, east), on_line(north_side, east), north);
        let between_columns = mix(on_line(west_side, north), on_line(east_side, north), east);
        let corners = mix(
            mix(on_line(south_side, 0.0), on_line(south_side, 1.0), east),
            mix(on_line(north_side, 0.0), on_line(north_side, 1.0), east),
            north,
        );
        between_rows + between_columns - corners
    }

    /// The boundary of the part of a block between these shares, closed, counter-clockwise.
    pub(super) fn part(
        &self,
        column: usize,
        row: usize,
        east: [f64; 2],
        north: [f64; 2],
    ) -> Vec<XyM> {
        let corners = [
            (east[0], north[0]),
            (east[1], north[0]),
            (east[1], north[1]),
            (east[0], north[1]),
            (east[0], north[0]),
        ];
        let mut ring = Vec::new();
        for side in corners.windows(2) {
            let &[from, to] = side else { continue };
            for step in 0..8 {
                let share = f64::from(step) / 8.0;
                let (e, n) = (
                    from.0 + (to.0 - from.0) * share,
                    from.1 + (to.1 - from.1) * share,
                );
                ring.push(self.inside(column, row, e, n));
            }
        }
        ring.extend(ring.first().copied());
        ring
    }
}

/// Uneven places from 0 on, `count` steps whose mean is a block.
fn spaced(count: usize, dice: &mut Dice) -> Vec<f64> {
    let steps: Vec<f64> = (0..count).map(|_| dice.between(0.76, 1.24)).collect();
    let scale = BLOCK_M * count as f64 / steps.iter().sum::<f64>();
    let mut at = 0.0;
    let mut places = vec![0.0];
    for step in steps {
        at += step * scale;
        places.push(at);
    }
    places
}

fn bend(is_straight: bool, dice: &mut Dice) -> [f64; 2] {
    if is_straight {
        [0.0, 0.0]
    } else {
        [dice.bell() * 0.022, dice.bell() * 0.012]
    }
}

/// A smooth line through two junctions that knows where it comes from and goes to (Catmull and
/// Rom), with a small bend of its own.
fn curve(before: XyM, from: XyM, to: XyM, after: XyM, bend: [f64; 2]) -> Vec<XyM> {
    let (leave, arrive) = ((to - before) * 0.5, (after - from) * 0.5);
    let off = left(unit(to - from)) * super::geometry::length(to - from);
    (0..=PIECES)
        .map(|piece| {
            if piece == 0 {
                return from;
            }
            if piece == PIECES {
                return to;
            }
            let t = piece as f64 / PIECES as f64;
            let (t2, t3) = (t * t, t * t * t);
            from * (2.0 * t3 - 3.0 * t2 + 1.0)
                + leave * (t3 - 2.0 * t2 + t)
                + to * (3.0 * t2 - 2.0 * t3)
                + arrive * (t3 - t2)
                + off * (bend[0] * wave(t * 0.5) + bend[1] * wave(t))
        })
        .collect()
}

fn joined<'a>(pieces: impl Iterator<Item = &'a [XyM]>) -> Vec<XyM> {
    let mut line: Vec<XyM> = Vec::new();
    for piece in pieces {
        line.extend(piece.iter().skip(usize::from(!line.is_empty())));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::super::geometry::area2;
    use super::*;

    #[test]
    fn blocks_tile_the_town() {
        let plan = Plan::new(12_000, 3);
        let lattice = Lattice::new(&plan);
        let mut sum = 0.0;
        for row in 0..plan.rows {
            for column in 0..plan.columns {
                let area = area2(&lattice.ring(column, row)) / 2.0;
                assert!(area > 15_000.0, "{column} {row}: {area}");
                sum += area;
            }
        }
        let mut outline = lattice.row_line(0);
        outline.extend(
            lattice
                .column_line(plan.columns, 0, plan.rows)
                .iter()
                .skip(1),
        );
        outline.extend(lattice.row_line(plan.rows).iter().rev().skip(1));
        outline.extend(lattice.column_line(0, 0, plan.rows).iter().rev().skip(1));
        assert!((sum - area2(&outline) / 2.0).abs() < 1.0);
    }

    #[test]
    fn the_inside_of_a_block_meets_its_sides() {
        let plan = Plan::new(12_000, 3);
        let lattice = Lattice::new(&plan);
        let near = |a: XyM, b: XyM| super::super::geometry::length(a - b) < 1e-6;
        assert!(near(
            lattice.inside(2, 3, 0.5, 0.0),
            on_line(lattice.across(2, 3), 0.5)
        ));
        assert!(near(
            lattice.inside(2, 3, 1.0, 0.25),
            on_line(lattice.up(3, 3), 0.25)
        ));
    }
}
