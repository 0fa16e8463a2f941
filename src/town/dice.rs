//! Random numbers that are the same on every machine.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// What a stream of random numbers is for, so that a change in one part of the town does not
/// stir the others.
#[derive(Debug, Clone, Copy)]
pub(super) enum Stream {
    Lattice,
    Divisions,
    Fabric,
    Streets,
    Blocks,
    Scenery,
    Household(u64),
    /// Where help is offered.
    Resources,
    /// The members of a household, and what is planted in it.
    Members(u64),
    Receipts(u64),
    Needs(u64),
    Visits(u64),
    /// Whether somebody looked at the assets of a household.
    Assets(u64),
    /// The days of certificates and reviews in a household.
    DueDays(u64),
    /// The grid worker of a grid, by the grid's code as a number.
    Worker(u64),
}

/// Streams of a kind that has one a household: more than there will ever be households.
const APART: u64 = 1 << 48;

impl Stream {
    fn number(self) -> u64 {
        match self {
            Self::Lattice => 1,
            Self::Divisions => 2,
            Self::Fabric => 3,
            Self::Streets => 4,
            Self::Blocks => 5,
            Self::Scenery => 6,
            Self::Household(index) => 1_000 + index,
            Self::Resources => 7,
            Self::Members(index) => APART + index,
            Self::Receipts(index) => 2 * APART + index,
            Self::Needs(index) => 3 * APART + index,
            Self::Visits(index) => 4 * APART + index,
            Self::Assets(index) => 6 * APART + index,
            Self::DueDays(index) => 7 * APART + index,
            Self::Worker(code) => 5 * APART + code % APART,
        }
    }
}

/// A pair of dice of one seed and stream.
#[derive(Debug)]
pub(super) struct Dice(ChaCha8Rng);

impl Dice {
    pub(super) fn new(seed: u64, stream: Stream) -> Self {
        let mut key = [0; 32];
        for (to, from) in key.iter_mut().zip(seed.to_le_bytes()) {
            *to = from;
        }
        let mut rng = ChaCha8Rng::from_seed(key);
        rng.set_stream(stream.number());
        Self(rng)
    }

    /// 0 to 1, without 1.
    pub(super) fn share(&mut self) -> f64 {
        // 53 bits: all that a double holds.
        (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub(super) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.share()
    }

    /// 0 to `count`, without `count`; 0 where there is nothing to choose from.
    pub(super) fn below(&mut self, count: usize) -> usize {
        (self.share() * count as f64) as usize
    }

    /// A whole number from `low` to `high`, both possible.
    pub(super) fn whole(&mut self, low: i32, high: i32) -> i32 {
        low + self.below((high - low + 1).max(1) as usize) as i32
    }

    pub(super) fn chance(&mut self, probability: f64) -> bool {
        self.share() < probability
    }

    /// Near the bell curve of mean 0 and deviation 1, within ±3.5.
    pub(super) fn bell(&mut self) -> f64 {
        let sum: f64 = (0..4).map(|_| self.share()).sum();
        (sum - 2.0) * 1.732_050_807_568_877_2
    }

    /// One of a list. The list is never empty where this is called; an empty one gives the default.
    pub(super) fn pick<T: Copy + Default>(&mut self, list: &[T]) -> T {
        list.get(self.below(list.len()))
            .copied()
            .unwrap_or_default()
    }

    /// Puts a list into a random order.
    pub(super) fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            let other = self.below(at + 1);
            list.swap(at, other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_never_change() {
        // Computed once; another value means that every shipped town changes.
        let mut dice = Dice::new(20_261_121, Stream::Household(7));
        let drawn: Vec<_> = (0..4).map(|_| dice.below(1_000_000)).collect();
        assert_eq!(drawn, NUMBERS);
        let mut other = Dice::new(20_261_121, Stream::Household(8));
        assert_ne!(other.below(1_000_000), NUMBERS[0]);
    }

    const NUMBERS: [usize; 4] = [660_657, 32_839, 430_756, 45_065];

    #[test]
    fn all_choices_come_up() {
        let mut dice = Dice::new(1, Stream::Lattice);
        let mut seen = [0; 3];
        (0..300).for_each(|_| seen[(dice.whole(-1, 1) + 1) as usize] += 1);
        assert!(seen.iter().all(|count| *count > 60), "{seen:?}");
    }
}
