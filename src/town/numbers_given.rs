//! Which ID numbers are given away, so that nobody gets the number of somebody else.

use super::dice::Dice;
use super::people::{ORDERS, id_number};
use super::row::reference_date;
use crate::model::{Date, IdNumber};

/// Days of birth that are told apart: 110 years.
const DAYS: usize = 40_200;
/// Numbers of one day: 0 to 997, odd for men.
const A_DAY: usize = 2 * ORDERS;

/// One bit a number: five megabytes, however large the town.
#[derive(Debug)]
pub(super) struct NumbersGiven(Vec<u64>);

impl NumbersGiven {
    pub(super) fn new() -> Self {
        Self(vec![0; (DAYS * A_DAY).div_ceil(64)])
    }

    /// Marks the number of somebody who has one.
    pub(super) fn mark(&mut self, number: &str) {
        let order = number.get(14..17).and_then(|order| order.parse().ok());
        let day = reference_date();
        let born = IdNumber::parse(number, day).ok().and_then(|it| it.0.born());
        if let (Some(born), Some(order)) = (born, order) {
            self.take(born, order);
        }
    }

    /// A number for somebody; the next free one behind a drawn one. Where a day has no number
    /// left, somebody else's comes again.
    pub(super) fn give(&mut self, born: Date, is_man: bool, dice: &mut Dice) -> String {
        let first = dice.below(ORDERS);
        let orders = (first..ORDERS).chain(0..first);
        let mut orders = orders.map(|at| at * 2 + usize::from(is_man));
        let free = orders.find(|order| self.take(born, *order));
        id_number(born, free.unwrap_or(first * 2 + usize::from(is_man)))
    }

    /// Takes a number; `false` where it was taken before.
    fn take(&mut self, born: Date, order: usize) -> bool {
        let days_before = reference_date().days().saturating_sub(born.days());
        let day = usize::try_from(days_before).unwrap_or(0).min(DAYS - 1);
        let at = day * A_DAY + order.min(A_DAY - 1);
        let Some(word) = self.0.get_mut(at / 64) else {
            return false;
        };
        let bit = 1 << (at % 64);
        let is_free = *word & bit == 0;
        *word |= bit;
        is_free
    }
}

#[cfg(test)]
mod tests {
    use super::super::dice::Stream;
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_day_gives_each_number_once_and_then_has_none() {
        let mut given = NumbersGiven::new();
        let mut dice = Dice::new(3, Stream::Members(0));
        let born = Date::from_ymd(1956, 2, 29).unwrap();
        given.mark(&id_number(born, 7));
        let men: BTreeSet<String> = (0..ORDERS - 1)
            .map(|_| given.give(born, true, &mut dice))
            .collect();
        assert_eq!(men.len(), ORDERS - 1);
        assert!(!men.contains(&id_number(born, 7)));
        let beyond = given.give(born, true, &mut dice);
        assert!(men.contains(&beyond) || beyond == id_number(born, 7));
        let woman = given.give(born, false, &mut dice);
        assert!(IdNumber::parse(&woman, reference_date()).is_ok() && !men.contains(&woman));
        // What is no number is nobody's.
        given.mark("1.9560E+11");
    }
}
