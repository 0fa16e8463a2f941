//! The town on one day after another: only what the days change is asked anew.

use super::eligibility::{DayAsked, Receiving, RuleSet, Turns};
use super::gaps::gap_of_some;
use super::past::Past;
use crate::base::{Cancelled, Progress};
use crate::model::Date;
use crate::snapshot::{Snapshot, Undated};
use rayon::prelude::*;

/// Neighbouring households that are looked at in one piece.
const ROWS_A_PIECE: usize = 1 << 12;

/// Days of a town, each made of the one that was asked for before.
pub(super) struct PastLine<'a> {
    town: &'a Snapshot,
    undated: &'a Undated,
    last: Option<Last>,
}

struct Last {
    past: Past,
    rules: RuleSet,
    receiving: Receiving,
}

impl Last {
    fn asked(&self) -> DayAsked<'_> {
        DayAsked {
            rules: &self.rules,
            day: self.past.day.columns(),
            receiving: &self.receiving,
        }
    }
}

impl<'a> PastLine<'a> {
    pub(super) fn new(town: &'a Snapshot, undated: &'a Undated) -> Self {
        Self {
            town,
            undated,
            last: None,
        }
    }

    /// The town on a day: equal to [`super::past`], whatever days were asked for before.
    ///
    /// What the rules say of a household is a function of facts that have no date, of receipts,
    /// needs and visits, of whole years of age, and of the versions and thresholds in force. So a
    /// programme is asked of everybody where its rule or a threshold in it is another one, and else
    /// of those alone for whom one of the others has turned. Ticks in households.
    ///
    /// # Errors
    /// [`Cancelled`] where the progress says so.
    pub(super) fn on(&mut self, as_of: Date, progress: &Progress) -> Result<&Past, Cancelled> {
        progress.tick(0)?;
        let town = self.town;
        let (day, (receiving, rules)) = rayon::join(
            || town.on_day(self.undated, as_of),
            || {
                let rules = RuleSet::compile(&town.catalogue, as_of);
                (Receiving::of(town, as_of), rules)
            },
        );
        let before = self.last.take();
        let asked = DayAsked {
            rules: &rules,
            day: day.columns(),
            receiving: &receiving,
        };
        let gap = gap(town, before.as_ref(), asked, progress)?;
        let past = Past {
            day,
            gap,
            stated: rules.stated(),
        };
        let last = Last {
            past,
            rules,
            receiving,
        };
        Ok(&self.last.insert(last).past)
    }
}

fn gap(
    town: &Snapshot,
    before: Option<&Last>,
    asked: DayAsked<'_>,
    progress: &Progress,
) -> Result<Vec<u64>, Cancelled> {
    let rows = town.households.len() as u32;
    let ask = |rows: &[u32], programmes: u64| {
        let DayAsked {
            rules,
            day,
            receiving,
        } = asked;
        let which = (rows, programmes);
        gap_of_some(town, day, rules, receiving, which, progress)
    };
    let Some(before) = before else {
        let all: Vec<u32> = (0..rows).collect();
        let gap = ask(&all, u64::MAX)?;
        progress.tick(u64::from(rows))?;
        return Ok(gap);
    };
    let mut gap = before.past.gap.clone();
    let other = asked.rules.other_than(&before.rules);
    if other != 0 {
        let all: Vec<u32> = (0..rows).collect();
        for (gap, anew) in gap.iter_mut().zip(ask(&all, other)?) {
            *gap = *gap & !other | anew;
        }
    }
    let turns = Turns::between(town, before.asked(), asked);
    let turned: Vec<u32> = (0..rows)
        .into_par_iter()
        .with_min_len(ROWS_A_PIECE)
        .filter(|row| turns.may_turn(*row))
        .collect();
    for (row, anew) in turned.iter().zip(ask(&turned, !other)?) {
        if let Some(gap) = gap.get_mut(*row as usize) {
            *gap = *gap & other | anew;
        }
    }
    progress.tick(u64::from(rows))?;
    Ok(gap)
}

#[cfg(test)]
mod tests {
    use super::super::past::past;
    use super::*;
    use crate::analysis::eligibility::samples::{
        Draw, as_of, catalogue, day, random_rule, random_town,
    };
    use crate::model::{RuleVersion, ThresholdValue};
    use proptest::collection::vec;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        #[test]
        fn day_after_day_is_each_day_by_itself(
            numbers in vec(any::<u16>(), 400..700),
            count in 1..140_usize,
            ago in vec(-40..500_i32, 2..9),
        ) {
            let draw = &mut Draw::new(&numbers);
            let texts = [false, true, true].map(|member| random_rule(draw, member, 3));
            let mut catalogue = catalogue(texts.each_ref().map(String::as_str));
            for (scheme, is_of_member) in catalogue.schemes.iter_mut().zip([false, true, true]) {
                // Another version before or after, sometimes of the same words.
                scheme.rules.push(RuleVersion {
                    from: as_of().plus_days(-(draw.below(400) as i32)),
                    text: match draw.below(3) {
                        0 => scheme.rules[0].text.clone(),
                        _ => random_rule(draw, is_of_member, 2),
                    },
                    note_zh: String::new(),
                    note_en: String::new(),
                });
            }
            for threshold in &mut catalogue.thresholds {
                threshold.values.push(ThresholdValue {
                    from: as_of().plus_days(-(draw.below(400) as i32)),
                    value: threshold.values[0].value * 1.1,
                    area: ["", "g1", "g"][draw.below(3)].to_owned(),
                });
            }
            let town = random_town(draw, catalogue, count);
            let undated = town.undated();
            let mut line = PastLine::new(&town, &undated);
            for ago in ago {
                let on = as_of().plus_days(-ago);
                let alone = past(&town, &undated, on, &Progress::new()).unwrap();
                prop_assert_eq!(line.on(on, &Progress::new()).unwrap(), &alone, "{} {:?}", on, texts);
            }
        }
    }

    #[test]
    fn a_birthday_a_visit_and_a_new_threshold_turn_a_gap() {
        let rules = [
            "days_since_visit > 30 and days_since_visit < 60",
            "age >= old_age",
            "",
        ];
        let mut catalogue = catalogue(rules);
        catalogue.thresholds[1].values.push(ThresholdValue {
            from: day("2026-10-01"),
            value: 79.0,
            area: String::new(),
        });
        let household = crate::model::Household {
            last_visit: Some(day("2026-08-10")),
            ..crate::model::Household::default()
        };
        let person = crate::model::Person {
            born: Some(day("1947-09-15")),
            ..crate::model::Person::default()
        };
        let none = crate::model::Household::default();
        let households = [(household, vec![person]), (none, Vec::new())];
        let town = crate::analysis::eligibility::samples::town(catalogue, &households, &[]);
        let undated = town.undated();
        let mut line = PastLine::new(&town, &undated);
        let mut gap = |text| line.on(day(text), &Progress::new()).unwrap().gap[0];
        assert_eq!(gap("2026-08-31"), 0b00);
        assert_eq!(gap("2026-09-30"), 0b01);
        assert_eq!(gap("2026-10-31"), 0b10);
        assert_eq!(gap("2026-09-30"), 0b01);
    }

    #[test]
    fn a_stopped_line_stops() {
        let town = random_town(
            &mut Draw::new(&[7, 1, 5]),
            catalogue(["members > 1", "", ""]),
            9,
        );
        let undated = town.undated();
        let progress = Progress::new();
        progress.cancel();
        let mut line = PastLine::new(&town, &undated);
        assert_eq!(line.on(as_of(), &progress).err(), Some(Cancelled));
    }
}
