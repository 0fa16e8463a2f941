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
    let mut missing = Vec::new();
    let mut there: Vec<(&str, u32)> = Vec::new();
    for row in rows.iter() {
        match texts.get(row) {
            "" => missing.push(row),
            text => there.push((text, row)),
        }
    }
    there.par_sort_unstable_by(|(a, a_row), (b, b_row)| {
        directed(natural_order(a, b), direction).then(a_row.cmp(b_row))
    });
    there
        .into_iter()
        .map(|(_, row)| row)
        .chain(missing)
        .collect()
}

/// The place of each code among all, sorted.
fn ranks(codes: &[String]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..codes.len()).collect();
    order.sort_by(|a, b| natural_order(&codes[*a], &codes[*b]));
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
pub fn natural_order(a: &str, b: &str) -> Ordering {
    let (mut rest_a, mut rest_b) = after_common_start(a.as_bytes(), b.as_bytes());
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

/// What is left behind the common start, but for a number that it may cut in two. Addresses of one
/// street begin alike, so most of the work is here.
fn after_common_start<'a>(a: &'a [u8], b: &'a [u8]) -> (&'a [u8], &'a [u8]) {
    let blocks = a.chunks_exact(8).zip(b.chunks_exact(8));
    let blocks = blocks.take_while(|(a, b)| a == b).count() * 8;
    let pairs = a.iter().zip(b).skip(blocks);
    let common = blocks + pairs.take_while(|(a, b)| a == b).count();
    let start = a.get(..common).unwrap_or(&[]);
    let digits = start.iter().rev().take_while(|byte| byte.is_ascii_digit());
    let start = common - digits.count();
    (a.get(start..).unwrap_or(&[]), b.get(start..).unwrap_or(&[]))
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

#[cfg(test)]
mod tests {
    use super::super::eval::Town;
    use super::*;
    use crate::model::Catalogue;
    use crate::snapshot::{Areas, Households};

    const BOTH: [Direction; 2] = [Direction::Ascending, Direction::Descending];

    fn sorted(households: &Households, areas: &Areas, key: SortKey) -> [Vec<u32>; 2] {
        let catalogue = Catalogue::default();
        let town = Town {
            households,
            areas,
            catalogue: &catalogue,
        };
        let priority = [0.5, f32::NAN, 0.5, 0.9, -0.0, 0.0];
        BOTH.map(|direction| sort_town(&RowSet::all(6), key, direction, town, Some(&priority)))
    }

    fn column(texts: &[&str]) -> TextColumn {
        let mut column = TextColumn::default();
        for text in texts {
            column.push(text);
        }
        column
    }

    #[test]
    fn missing_values_come_last_and_ties_keep_the_order_of_rows() {
        let households = Households {
            id: column(&["H10", "H9", "", "H09", "A", "H9"]),
            head_name: column(&["b", "", "a", "b", "", "c"]),
            address: column(&["竹路10号", "竹路9号", "", "竹路", "竹路9号2-301", "梅路"]),
            area: [2, u32::MAX, 0, 1, 0, 3].map(AreaIndex).to_vec(),
            members: vec![3, -1, 1, 3, 0, -1],
            elderly: vec![-1; 6],
            monthly_income: vec![1.5, f64::NAN, 0.0, -0.0, 1e9, f64::NAN],
            needs: vec![0b111, 0, 0b1000, 0b1, 0, u64::MAX],
            last_visit: vec![5, Unknown::DAY, -5, 5, 0, Unknown::DAY],
            ..Households::default()
        };
        let areas = Areas {
            code: ["9", "30", "A", "08"].map(str::to_owned).to_vec(),
            ..Areas::default()
        };
        for (key, up, down) in [
            (SortKey::Id, [4, 3, 1, 5, 0, 2], [0, 1, 5, 3, 4, 2]),
            (SortKey::HeadName, [2, 0, 3, 5, 1, 4], [5, 0, 3, 2, 1, 4]),
            (SortKey::Address, [5, 3, 1, 4, 0, 2], [0, 4, 1, 3, 5, 2]),
            (SortKey::Area, [5, 2, 4, 3, 0, 1], [0, 3, 2, 4, 5, 1]),
            (SortKey::Members, [4, 2, 0, 3, 1, 5], [0, 3, 2, 4, 1, 5]),
            (SortKey::Elderly, [0, 1, 2, 3, 4, 5], [0, 1, 2, 3, 4, 5]),
            (SortKey::Income, [2, 3, 0, 4, 1, 5], [4, 0, 2, 3, 1, 5]),
            (SortKey::Needs, [1, 4, 2, 3, 0, 5], [5, 0, 2, 3, 1, 4]),
            (SortKey::LastVisit, [2, 4, 0, 3, 1, 5], [0, 3, 4, 2, 1, 5]),
            (SortKey::Priority, [4, 5, 0, 2, 3, 1], [3, 0, 2, 4, 5, 1]),
        ] {
            assert_eq!(
                sorted(&households, &areas, key),
                [up.to_vec(), down.to_vec()],
                "{key:?}"
            );
        }
    }

    #[test]
    fn only_the_rows_of_the_set_are_listed() {
        let households = Households {
            id: column(&["c", "b", "a"]),
            ..Households::default()
        };
        let areas = Areas::default();
        let catalogue = Catalogue::default();
        let town = Town {
            households: &households,
            areas: &areas,
            catalogue: &catalogue,
        };
        let mut rows = RowSet::none(3);
        rows.insert(0);
        rows.insert(2);
        for (key, order) in [(SortKey::Id, [2, 0]), (SortKey::Priority, [0, 2])] {
            assert_eq!(
                sort_town(&rows, key, Direction::Ascending, town, None),
                order
            );
        }
    }

    #[test]
    fn numbers_in_texts_count_as_numbers() {
        for (a, b) in [
            ("2", "10"),
            ("青竹路1号9-2", "青竹路1号10-1"),
            ("青竹路1号102", "青竹路1号1010"),
            ("12345678a", "12345678b"),
            ("123456789", "1234567890"),
            ("H2", "H10"),
            ("01", "1"),
            ("1a", "01b"),
            ("9号", "10号"),
            ("", "0"),
            ("1", "1a"),
            ("99999999999999999999998", "99999999999999999999999"),
        ] {
            assert_eq!(natural_order(a, b), Ordering::Less, "{a} {b}");
            assert_eq!(natural_order(b, a), Ordering::Greater, "{b} {a}");
        }
    }
}
