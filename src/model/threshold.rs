//! Numbers that rules and figures go by, with names: local thresholds and weights.

use super::{Date, is_within};
use crate::words::Lang;

/// What a number counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quantity {
    /// 元
    Yuan,
    /// 元/月
    YuanPerMonth,
    /// 岁
    Years,
    /// 月
    Months,
    /// 天
    Days,
    /// 米
    Metres,
    /// A number of people, households, levels …
    Count,
    /// A factor or weight without a unit.
    #[default]
    Ratio,
}

impl Quantity {
    /// Every quantity.
    pub const ALL: [Self; 8] = [
        Self::Yuan,
        Self::YuanPerMonth,
        Self::Years,
        Self::Months,
        Self::Days,
        Self::Metres,
        Self::Count,
        Self::Ratio,
    ];

    /// Its word in the catalogue.
    pub fn code(self) -> &'static str {
        match self {
            Self::Yuan => "yuan",
            Self::YuanPerMonth => "yuan_per_month",
            Self::Years => "years",
            Self::Months => "months",
            Self::Days => "days",
            Self::Metres => "metres",
            Self::Count => "count",
            Self::Ratio => "ratio",
        }
    }

    /// The quantity of its word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.code() == code)
    }
}

/// A value of a threshold: from a day on, in an area.
#[derive(Debug, Clone, PartialEq)]
pub struct ThresholdValue {
    /// The first day.
    pub from: Date,
    /// The value.
    pub value: f64,
    /// The code with which those of the areas begin where it holds; empty for everywhere.
    pub area: String,
}

/// A number that rules name: local, and dated.
#[derive(Debug, Clone, PartialEq)]
pub struct Threshold {
    /// Its word in rules.
    pub code: String,
    /// Its Chinese name, as good as the code.
    pub zh: String,
    /// Its English name.
    pub en: String,
    /// What it counts.
    pub unit: Quantity,
    /// Its values, in no order that matters.
    pub values: Vec<ThresholdValue>,
}

impl Threshold {
    /// The name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }

    /// The place of the value that holds on a day in an area of these codes: of those that have
    /// begun the one whose area begins the code by the most characters, and of these the latest.
    /// Without a code only what holds everywhere does.
    pub fn value_on<'a>(
        &self,
        day: Date,
        area_codes: &(impl Iterator<Item = &'a str> + Clone),
    ) -> Option<usize> {
        let holds = |value: &ThresholdValue| {
            value.from <= day
                && (value.area.is_empty()
                    || area_codes.clone().any(|code| is_within(code, &value.area)))
        };
        let all = self.values.iter().enumerate();
        all.filter(|(_, value)| holds(value))
            .max_by_key(|(place, value)| (value.area.len(), value.from, *place))
            .map(|(place, _)| place)
    }
}

/// A weight or another number by which figures are made.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedNumber {
    /// Its word.
    pub code: String,
    /// Its Chinese name.
    pub zh: String,
    /// Its English name.
    pub en: String,
    /// What it counts.
    pub unit: Quantity,
    /// The number.
    pub value: f64,
}

impl NamedNumber {
    /// For how many a resource counts as being enough that does not say it.
    pub const UNSTATED_CAPACITY: &'static str = "unstated_capacity";
    /// How far a resource counts as reaching that does not say it, in metres on the ground.
    pub const UNSTATED_RADIUS_M: &'static str = "unstated_radius_m";

    /// The least and the most that the number of a code can be, where that is known.
    pub fn limits_of(code: &str) -> Option<(f64, f64)> {
        match code {
            Self::UNSTATED_CAPACITY => Some((0.0, 100_000.0)),
            Self::UNSTATED_RADIUS_M => Some((1.0, 1_000_000.0)),
            _ => None,
        }
    }

    /// The name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_area_counts_before_the_latest_day() {
        let day = |text: &str| Date::parse(text).unwrap();
        let value = |from: &str, value: f64, area: &str| ThresholdValue {
            from: day(from),
            value,
            area: area.to_owned(),
        };
        let standard = Threshold {
            code: "dibao_standard".to_owned(),
            zh: "低保标准".to_owned(),
            en: "dibao standard".to_owned(),
            unit: Quantity::YuanPerMonth,
            values: vec![
                value("2026-07-01", 1200.0, ""),
                value("2024-07-01", 1000.0, ""),
                value("2024-07-01", 1100.0, "330282"),
                value("2025-07-01", 1150.0, "330282"),
                value("2025-07-01", 1300.0, "330282001"),
            ],
        };
        let on = |text: &str, code: &str| {
            let codes = Some(code).filter(|code| !code.is_empty()).into_iter();
            let place = standard.value_on(day(text), &codes)?;
            Some(standard.values[place].value)
        };
        assert_eq!(on("2024-06-30", "330282001"), None);
        assert_eq!(on("2024-07-01", "330282001"), Some(1100.0));
        assert_eq!(on("2026-11-21", "330282002003"), Some(1150.0));
        assert_eq!(on("2026-11-21", "330282001003"), Some(1300.0));
        assert_eq!(on("2026-11-21", "330283"), Some(1200.0));
        assert_eq!(on("2026-06-30", ""), Some(1000.0));
    }
}
