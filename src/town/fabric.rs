//! What each block is built of, and how its people live: old quarters, slabs, towers, villages,
//! works, parks; and the fields from which need, income and the reach of assistance follow.

use super::dice::{Dice, Stream};
use super::geometry::{XyM, bump, length, wave, xy};
use super::plan::Plan;

/// What stands on a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fabric {
    /// Small old houses along lanes.
    Old,
    /// Rows of five- and six-storey slabs.
    Slab,
    /// High-rise of the new town.
    Tower,
    /// Farmhouses.
    Village,
    /// Works and stores.
    Industrial,
    Park,
    School,
    Hospital,
    /// The street office.
    Office,
    /// Fields.
    Field,
}

/// A place of the pattern (shares of the town's width and height) with a radius.
struct Spot {
    at: [f64; 2],
    radius: f64,
}

const fn spot(x: f64, y: f64, radius: f64) -> Spot {
    Spot { at: [x, y], radius }
}

/// Old quarters: one badly reached, one well, a workers' estate.
const OLD_QUARTERS: [Spot; 3] = [
    spot(0.40, 0.54, 0.15),
    spot(0.27, 0.20, 0.11),
    spot(0.60, 0.18, 0.09),
];
const NEW_TOWN: Spot = spot(0.82, 0.62, 0.20);
const WORKS: Spot = spot(0.10, 0.10, 0.16);
const DISABILITY: Spot = spot(0.58, 0.80, 0.10);
/// Where assistance hardly arrives and nobody visits.
const COLD: [Spot; 3] = [
    spot(0.38, 0.56, 0.13),
    spot(0.90, 0.24, 0.12),
    spot(0.10, 0.84, 0.12),
];
/// The heart of the first of them.
pub(super) const COLD_HEART: [f64; 2] = COLD[0].at;
const CENTRAL_PARK: [f64; 2] = [0.70, 0.71];
const RIVER_PARK: f64 = 0.50;

/// How people live at a place; each from 0 to about 1.
#[derive(Debug, Clone, Copy)]
pub(super) struct Social {
    /// How many are old.
    pub(super) elder: f64,
    pub(super) poverty: f64,
    pub(super) disability: f64,
    /// Which part of those entitled are reached.
    pub(super) uptake: f64,
}

/// Shares of the width and height within one repetition of the pattern; larger towns repeat it,
/// every other time mirrored.
fn in_pattern(plan: &Plan, share: XyM) -> [f64; 2] {
    [share.x, share.y].map(|value| {
        let scaled = (value * plan.repeats).clamp(0.0, plan.repeats);
        let turn = (scaled as i64).min(plan.repeats as i64 - 1);
        let within = scaled - turn as f64;
        if turn % 2 == 0 { within } else { 1.0 - within }
    })
}

fn strength(spot: &Spot, at: [f64; 2]) -> f64 {
    let off = xy(at[0] - spot.at[0], at[1] - spot.at[1]);
    bump(length(off), spot.radius)
}

fn strongest(spots: &[Spot], at: [f64; 2]) -> f64 {
    spots
        .iter()
        .map(|spot| strength(spot, at))
        .fold(0.0, f64::max)
}

/// How people live at a place of the town.
pub(super) fn social(plan: &Plan, share: XyM, fabric: Fabric) -> Social {
    let at = in_pattern(plan, share);
    let old = strongest(&OLD_QUARTERS, at);
    let cold = strongest(&COLD, at);
    // A slow unevenness, so that no two communities are alike.
    let uneven = 0.5 * wave(share.x * 3.1 + share.y * 1.7) + 0.5 * wave(share.y * 4.3 - share.x);
    let new = f64::from(u8::from(fabric == Fabric::Tower));
    let rural = f64::from(u8::from(fabric == Fabric::Village));
    Social {
        elder: (0.18 + 0.62 * old + 0.25 * rural - 0.15 * new + 0.06 * uneven).clamp(0.02, 0.95),
        poverty: (0.14
            + 0.62 * old
            + 0.30 * strength(&WORKS, at)
            + 0.25 * strength(&COLD[1], at)
            + 0.20 * rural
            - 0.12 * new
            + 0.08 * uneven)
            .clamp(0.0, 0.95),
        disability: (0.10 + 0.90 * strength(&DISABILITY, at) + 0.08 * old).clamp(0.0, 1.0),
        uptake: (0.90 - 0.80 * cold + 0.06 * uneven).clamp(0.10, 0.97),
    }
}

/// What every block of a town is built of.
pub(super) fn lay_out(plan: &Plan) -> Vec<Fabric> {
    let mut dice = Dice::new(plan.seed, Stream::Fabric);
    let share = |cell| {
        let (column, row) = plan.column_row(cell);
        xy(
            (column as f64 + 0.5) / plan.columns as f64,
            (row as f64 + 0.5) / plan.rows as f64,
        )
    };
    let mut blocks: Vec<Fabric> = (0..plan.cells())
        .map(|cell| natural(plan, cell, share(cell), &mut dice))
        .collect();

    // Public buildings stand where people live: a school for some sixteen blocks, a hospital for
    // some hundred, an office for each street.
    let mut homes: Vec<usize> = (0..plan.cells())
        .filter(|cell| matches!(blocks[*cell], Fabric::Slab | Fabric::Tower))
        .collect();
    dice.shuffle(&mut homes);
    let patterns = (plan.repeats * plan.repeats) as usize;
    let mut taken: Vec<usize> = Vec::new();
    let wanted = [
        (Fabric::Office, patterns),
        (Fabric::Hospital, 2 * patterns),
        (Fabric::School, plan.cells() / 20),
    ];
    for (fabric, count) in wanted {
        let mut left = count;
        for cell in &homes {
            let (column, row) = plan.column_row(*cell);
            let is_near = taken.iter().any(|other| {
                let (c, r) = plan.column_row(*other);
                c.abs_diff(column) + r.abs_diff(row) < 3
            });
            if left == 0 {
                break;
            }
            if !is_near {
                taken.push(*cell);
                blocks[*cell] = fabric;
                left -= 1;
            }
        }
    }
    blocks
}

fn natural(plan: &Plan, cell: usize, share: XyM, dice: &mut Dice) -> Fabric {
    let at = in_pattern(plan, share);
    let (column, row) = plan.column_row(cell);
    let luck = dice.share();
    let block = 1.0 / (plan.columns as f64 / plan.repeats);
    let is_riverside = row == plan.river_row || row + 1 == plan.river_row;
    let edge = column
        .min(plan.columns - 1 - column)
        .min(row)
        .min(plan.rows - 1 - row);
    if row == plan.river_row && (at[0] - RIVER_PARK).abs() < block {
        return Fabric::Park;
    }
    if (at[0] - CENTRAL_PARK[0]).abs() < block * 0.9 && (at[1] - CENTRAL_PARK[1]).abs() < 0.05 {
        return Fabric::Park;
    }
    if strength(&WORKS, at) > 0.22 {
        return if luck < 0.9 {
            Fabric::Industrial
        } else {
            Fabric::Slab
        };
    }
    if strongest(&OLD_QUARTERS, at) > 0.30 {
        return if luck < 0.88 {
            Fabric::Old
        } else {
            Fabric::Slab
        };
    }
    if edge == 0 {
        return if luck < 0.42 {
            Fabric::Field
        } else {
            Fabric::Village
        };
    }
    if strength(&NEW_TOWN, at) > 0.24 {
        return if luck < 0.80 {
            Fabric::Tower
        } else {
            Fabric::Slab
        };
    }
    if luck < 0.03 + 0.05 * f64::from(u8::from(is_riverside)) {
        return Fabric::Park;
    }
    if edge == 1 && luck < 0.45 {
        return Fabric::Village;
    }
    Fabric::Slab
}
