//! Thresholds moved on trial: what is moved, and how it comes into force.

use super::{Catalogue, Date, Threshold, ThresholdValue};

/// A value of a threshold that another catalogue has otherwise.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ThresholdMove {
    /// The place of the threshold in both catalogues.
    pub threshold: usize,
    /// The place of the value among its values.
    pub value: usize,
    /// What it is today.
    pub today: f64,
    /// What it is on trial.
    pub trial: f64,
}

impl Threshold {
    /// The places of the values in force on a day: for every area that has one of its own the
    /// latest that has begun, what holds everywhere first.
    pub fn in_force(&self, day: Date) -> Vec<usize> {
        let begun = self.values.iter().enumerate();
        let mut begun: Vec<_> = begun.filter(|(_, value)| value.from <= day).collect();
        begun.sort_by_key(|(place, value)| (&value.area, value.from, *place));
        let last_of_area = begun
            .iter()
            .enumerate()
            .filter(|(at, (_, value))| {
                let next = begun.get(at + 1);
                next.is_none_or(|(_, next)| next.area != value.area)
            })
            .map(|(_, (place, _))| *place);
        last_of_area.collect()
    }
}

impl Catalogue {
    /// The values that a trial has otherwise. Thresholds and values that only one of the two has
    /// are left out.
    pub fn threshold_moves(&self, trial: &Self) -> Vec<ThresholdMove> {
        let pairs = self.thresholds.iter().zip(&trial.thresholds).enumerate();
        pairs
            .filter(|(_, (own, other))| own.code == other.code)
            .flat_map(|(threshold, (own, other))| {
                let values = own.values.iter().zip(&other.values).enumerate();
                values
                    .filter(|(_, (own, other))| own.area == other.area && own.value != other.value)
                    .map(move |(value, (own, other))| ThresholdMove {
                        threshold,
                        value,
                        today: own.value,
                        trial: other.value,
                    })
            })
            .collect()
    }

    /// This catalogue with the moved values in force from a day on; what held before stays for the
    /// days before.
    #[must_use]
    pub fn with_moves(&self, moves: &[ThresholdMove], from: Date) -> Self {
        let mut out = self.clone();
        for one in moves {
            let threshold = out.thresholds.get_mut(one.threshold);
            let Some(threshold) = threshold else { continue };
            let Some(area) = threshold.values.get(one.value).map(|old| old.area.clone()) else {
                continue;
            };
            let mut values = threshold.values.iter_mut();
            match values.find(|value| value.from == from && value.area == area) {
                Some(same) => same.value = one.trial,
                None => threshold.values.push(ThresholdValue {
                    from,
                    value: one.trial,
                    area,
                }),
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Quantity;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn catalogue() -> Catalogue {
        let value = |from: &str, value: f64, area: &str| ThresholdValue {
            from: day(from),
            value,
            area: area.to_owned(),
        };
        Catalogue {
            thresholds: vec![Threshold {
                code: "dibao_standard".to_owned(),
                zh: String::new(),
                en: String::new(),
                unit: Quantity::YuanPerMonth,
                values: vec![
                    value("2026-07-01", 1_200.0, ""),
                    value("2024-07-01", 1_000.0, ""),
                    value("2025-07-01", 1_300.0, "330282"),
                    value("2027-01-01", 1_400.0, "330282"),
                ],
            }],
            ..Catalogue::default()
        }
    }

    #[test]
    fn one_value_an_area_is_in_force() {
        let threshold = &catalogue().thresholds[0];
        assert_eq!(threshold.in_force(day("2026-11-21")), [0, 2]);
        assert_eq!(threshold.in_force(day("2025-01-01")), [1]);
        assert_eq!(threshold.in_force(day("2027-01-01")), [0, 3]);
        assert_eq!(threshold.in_force(day("2020-01-01")), [] as [usize; 0]);
    }

    #[test]
    fn what_is_moved_holds_from_its_day_on_and_not_before() {
        let own = catalogue();
        let mut trial = own.clone();
        trial.thresholds[0].values[0].value = 1_260.0;
        trial.thresholds[0].values[2].value = 1_365.0;
        let moves = own.threshold_moves(&trial);
        assert_eq!(moves.len(), 2);
        assert_eq!(
            (moves[0].value, moves[0].today, moves[0].trial),
            (0, 1_200.0, 1_260.0)
        );
        let applied = own.with_moves(&moves, day("2026-12-01"));
        let on = |text: &str, code: &str| {
            let threshold = &applied.thresholds[0];
            let codes = Some(code).filter(|code| !code.is_empty()).into_iter();
            threshold.values[threshold.value_on(day(text), &codes).unwrap()].value
        };
        assert_eq!(on("2026-11-30", ""), 1_200.0);
        assert_eq!(on("2026-12-01", ""), 1_260.0);
        assert_eq!(on("2026-12-31", "330282001"), 1_365.0);
        // What is stated for later stays.
        assert_eq!(on("2027-01-01", "330282001"), 1_400.0);
        // Once more on the same day takes the place of the first.
        let again = applied.with_moves(&moves, day("2026-12-01"));
        assert_eq!(again, applied);
        assert_eq!(own.threshold_moves(&own), []);
    }
}
