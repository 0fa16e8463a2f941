//! The order of the list.

use super::RowSet;
use super::eval::Town;
use crate::snapshot::{AreaIndex, Snapshot, TextColumn, Unknown};
use rayon::prelude::*;
use std::cmp::Ordering;

/// What the list is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SortKey {
    /// The office's number; numbers in it count as numbers.
    Id,
    /// Head of household, in Unicode order.
    HeadName,
    /// Address; house numbers count as numbers, so 9号 stands before 10号.
    Address,
    /// Code of the area in which the household is located.
    Area,
    /// Members.
    Members,
    /// Members of 60 and older.
    Elderly,
    /// Yuan a month for the whole household.
    Income,
    /// How many open needs.
    Needs,
    /// How many programmes received.
    Programmes,
    /// Day of the last visit.
    LastVisit,
    /// The priority that the caller computed.
    Priority,
}

/// Which end comes first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Smallest first.
    #[default]
    Ascending,
    /// Largest first.
    Descending,
}

/// The rows in order. Equal rows stand in the order of their row numbers; rows without a value
/// come last in either direction. `priority` has a value a row of the snapshot; without it every
/// priority is missing.
pub fn sort(
    rows: &RowSet,
    key: SortKey,
    direction: Direction,
    snapshot: &Snapshot,
    priority: Option<&[f32]>,
) -> Vec<u32> {
    sort_town(rows, key, direction, Town::of(snapshot), priority)
}

fn sort_town(
    rows: &RowSet,
    key: SortKey,
    direction: Direction,
    town: Town,
    priority: Option<&[f32]>,
) -> Vec<u32> {
    let households = town.households;
    let count = |column: &[i32], row: u32| {
        let count = column.get(row as usize).copied();
        count.filter(|count| *count > Unknown::COUNT).map(f64::from)
    };
    let bits = |column: &[u64], row: u32| {
        let bits = column.get(row as usize);
        bits.map(|bits| f64::from(bits.count_ones()))
    };
    match key {
        SortKey::Id => by_text(rows, direction, &households.id),
        SortKey::HeadName => by_text(rows, direction, &households.head_name),
        SortKey::Address => by_text(rows, direction, &households.address),
        SortKey::Area => {
            let ranks = ranks(&town.areas.code);
            by_number(rows, direction, |row| {
                let area = households.area.get(row as usize);
                area.and_then(|area| rank(&ranks, *area))
            })
        }
        SortKey::Members => by_number(rows, direction, |row| count(&households.members, row)),
        SortKey::Elderly => by_number(rows, direction, |row| count(&households.elderly, row)),
        SortKey::Income => by_number(rows, direction, |row| {
            households.monthly_income.get(row as usize).copied()
        }),
        SortKey::Needs => by_number(rows, direction, |row| bits(&households.needs, row)),
        SortKey::Programmes => by_number(rows, direction, |row| bits(&households.programmes, row)),
        SortKey::LastVisit => by_number(rows, direction, |row| {
            let day = households.last_visit.get(row as usize).copied();
            day.filter(|day| *day != Unknown::DAY).map(f64::from)
        }),
        SortKey::Priority => by_number(rows, direction, |row| {
            priority?.get(row as usize).copied().map(f64::from)
        }),
    }
}

fn directed(order: Ordering, direction: Direction) -> Ordering {
    match direction {
        Direction::Ascending => order,
        Direction::Descending => order.reverse(),
    }
}

/// By a number a row; NaN is missing.
fn by_number(rows: &RowSet, direction: Direction, value: impl Fn(u32) -> Option<f64>) -> Vec<u32> {
    let mut missing = Vec::new();
    let mut there: Vec<(f64, u32)> = Vec::new();
    for row in rows.iter() {
        match value(row).filter(|value| !value.is_nan()) {
            // Zero has no sign here.
            Some(value) => there.push((value + 0.0, row)),
            None => missing.push(row),
        }
    }
    there.par_sort_unstable_by(|(a, a_row), (b, b_row)| {
        directed(a.total_cmp(b), direction).then(a_row.cmp(b_row))
    });
    there
        .into_iter()
        .map(|(_, row)| row)
        .chain(missing)
        .collect()
}

/// By a text a row; an empty one is missing.
fn by_text(rows: &RowSet, direction: Direction, texts: &TextColumn) -> Vec<u32> {
    let (mut there, missing): (Vec<(&str, u32)>, Vec<(&str, u32)>) = rows
        .iter()
        .map(|row| (texts.get(row), row))
        .partition(|(text, _)| !text.is_empty());
    there.par_sort_unstable_by(|(a, a_row), (b, b_row)| {
        directed(natural(a, b), direction).then(a_row.cmp(b_row))
    });
    let sorted = there.into_iter().chain(missing);
    sorted.map(|(_, row)| row).collect()
}

/// The place of each code among all, sorted.
fn ranks(codes: &[String]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..codes.len()).collect();
    order.sort_by(|a, b| natural(&codes[*a], &codes[*b]));
    let mut ranks = vec![0.0; codes.len()];
    for (rank, area) in order.into_iter().enumerate() {
        ranks[area] = rank as f64;
    }
    ranks
}

fn rank(ranks: &[f64], area: AreaIndex) -> Option<f64> {
    area.get().and_then(|area| ranks.get(area).copied())
}

/// Unicode order, but runs of ASCII digits compare as numbers.
fn natural(a: &str, b: &str) -> Ordering {
    let (mut rest_a, mut rest_b) = (a.as_bytes(), b.as_bytes());
    while let ([first_a, tail_a @ ..], [first_b, tail_b @ ..]) = (rest_a, rest_b) {
        if first_a.is_ascii_digit() && first_b.is_ascii_digit() {
            let (digits_a, after_a) = leading_number(rest_a);
            let (digits_b, after_b) = leading_number(rest_b);
            let order = digits_a
                .len()
                .cmp(&digits_b.len())
                .then(digits_a.cmp(digits_b));
            if order.is_ne() {
                return order;
            }
            (rest_a, rest_b) = (after_a, after_b);
        } else {
            if first_a != first_b {
                return first_a.cmp(first_b);
            }
            (rest_a, rest_b) = (tail_a, tail_b);
        }
    }
    // "01" and "1" are the same number, and still have an order.
    rest_a.len().cmp(&rest_b.len()).then_with(|| a.cmp(b))
}

/// The digits at the start without leading zeros, and what is behind them.
fn leading_number(text: &[u8]) -> (&[u8], &[u8]) {
    let end = text
        .iter()
        .position(|byte| !byte.is_ascii_digit())
        .unwrap_or(text.len());
    let (digits, after) = text.split_at(end);
    let zeros = digits.iter().take_while(|digit| **digit == b'0').count();
    (digits.get(zeros..).unwrap_or(&[]), after)
}
