//! Visits to a household: the ledger's last one, earlier ones, and some that are only planned.

use super::build::HomeLife;
use super::dice::{Dice, Stream};
use super::people::name;
use super::row::reference_date;
use super::truth::Truth;
use crate::model::Date;

/// One visit, planned or done.
#[derive(Debug, Clone)]
pub(super) struct VisitRow {
    pub(super) planned_on: Option<Date>,
    pub(super) done_on: Option<Date>,
    pub(super) is_seen: Option<bool>,
    pub(super) outcome: &'static str,
    pub(super) next_due: Option<Date>,
}

const SEEN: &[&str] = &[
    "身体平稳，无新需求",
    "精神尚可，谈了近况",
    "宣传救助政策",
    "检查用电用气安全",
    "帮助整理药品",
    "家中整洁，有人照应",
];
const NOT_SEEN: &[&str] = &["家中无人", "电话未接，已留便条", "邻居称外出就医"];

/// The visits of a household, from the first: the newest done one is the ledger's last visit.
pub(super) fn visits(home: &HomeLife, truth: &Truth, dice: &mut Dice) -> Vec<VisitRow> {
    if truth.is_silent || truth.has_only_asked {
        return Vec::new();
    }
    let situation = &home.situation;
    let of_concern = !situation.programmes.is_empty() || !situation.needs.is_empty();
    let mut rows = Vec::new();
    if let Some(last) = situation.last_visit {
        let mut day = last;
        rows.push(done(day, of_concern, dice));
        for _ in 0..dice.whole(0, if of_concern { 4 } else { 1 }) {
            day = day.plus_days(-dice.whole(25, 95));
            rows.push(done(day, of_concern, dice));
        }
    }
    rows.reverse();
    let today = reference_date();
    if dice.chance(if of_concern { 0.02 } else { 0.004 }) {
        // Planned, and nobody went.
        rows.push(planned(today.plus_days(-dice.whole(1, 60))));
    }
    if dice.chance(if of_concern { 0.12 } else { 0.01 }) {
        rows.push(planned(today.plus_days(dice.whole(1, 30))));
    }
    rows
}

fn done(day: Date, of_concern: bool, dice: &mut Dice) -> VisitRow {
    let is_seen = dice.chance(0.86);
    let is_planned = dice.chance(0.3);
    VisitRow {
        planned_on: is_planned.then(|| day.plus_days(-dice.whole(0, 5))),
        done_on: Some(day),
        is_seen: Some(is_seen),
        outcome: dice.pick(if is_seen { SEEN } else { NOT_SEEN }),
        next_due: of_concern.then(|| day.plus_days(30)),
    }
}

fn planned(day: Date) -> VisitRow {
    VisitRow {
        planned_on: Some(day),
        done_on: None,
        is_seen: None,
        outcome: "",
        next_due: None,
    }
}

/// The worker who goes round in a grid, always the same.
pub(super) fn worker(seed: u64, grid_code: &str) -> String {
    let number = grid_code.parse().unwrap_or(0);
    let mut dice = Dice::new(seed, Stream::Worker(number));
    let is_man = dice.chance(0.4);
    name(is_man, dice.whole(26, 58), &mut dice)
}
