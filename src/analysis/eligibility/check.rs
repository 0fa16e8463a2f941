//! Every mistake in the rules of a catalogue, whenever they are in force.

use super::compile::RuleSet;
use super::mistake::RuleMistake;
use crate::model::{Catalogue, Date};
use std::collections::{BTreeMap, BTreeSet};

/// A rule or an amount with a mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongRule {
    /// The programme's place in the catalogue.
    pub programme: usize,
    /// The version's place among its rules; `None` for the amount.
    pub version: Option<usize>,
    /// What is wrong, and where in its text.
    pub mistake: RuleMistake,
}

/// The mistakes of all rules and amounts: the first of each, by programme, the amount before the
/// versions. Every version is read on the day on which it begins, with the rules that are in force
/// by then, so that one that asks for itself by way of others is found too.
pub fn wrong_rules(catalogue: &Catalogue) -> Vec<WrongRule> {
    let versions = catalogue.schemes.iter().flat_map(|scheme| &scheme.rules);
    let mut days: BTreeSet<Date> = versions.map(|version| version.from).collect();
    if days.is_empty() {
        days.insert(Date::from_days(0));
    }
    let mut found = BTreeMap::new();
    for day in days {
        let rules = RuleSet::compile(catalogue, day);
        for (programme, rule) in rules.programmes().iter().enumerate() {
            if let Some((version, mistake)) = &rule.mistake {
                found
                    .entry((programme, Some(*version)))
                    .or_insert_with(|| mistake.clone());
            }
            if let Some(mistake) = &rule.amount_mistake {
                found
                    .entry((programme, None))
                    .or_insert_with(|| mistake.clone());
            }
        }
    }
    let found = found.into_iter();
    found
        .map(|((programme, version), mistake)| WrongRule {
            programme,
            version,
            mistake,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::eligibility::samples;
    use crate::model::RuleVersion;

    #[test]
    fn a_version_that_is_not_in_force_today_is_read_too() {
        let mut catalogue = samples::catalogue(["members > 2", "age >= 80", "members > 1"]);
        assert_eq!(wrong_rules(&catalogue), []);
        let version = |day: &str, text: &str| RuleVersion {
            from: Date::parse(day).unwrap(),
            text: text.to_owned(),
            note_zh: String::new(),
            note_en: String::new(),
        };
        let last = catalogue.schemes[0].rules.len();
        catalogue.schemes[0]
            .rules
            .push(version("2090-01-01", "members >"));
        catalogue.schemes[0]
            .rules
            .push(version("2091-01-01", "members > 3"));
        catalogue.schemes[1].monthly_amount = "dibao_standard * nonsense".to_owned();
        let wrong: Vec<_> = wrong_rules(&catalogue)
            .into_iter()
            .map(|wrong| (wrong.programme, wrong.version, wrong.mistake.start))
            .collect();
        assert_eq!(wrong, [(0, Some(last), 9), (1, None, 17)]);
    }

    #[test]
    fn a_circle_is_found_on_the_day_on_which_it_closes() {
        let mut catalogue = samples::catalogue(["members > 2", "age >= 80", "members > 1"]);
        let codes: Vec<String> = catalogue
            .programmes
            .iter()
            .map(|term| term.code.clone())
            .collect();
        for (from, to) in [(0, 2), (2, 0)] {
            catalogue.schemes[from].rules.push(RuleVersion {
                from: Date::parse(&format!("209{from}-01-01")).unwrap(),
                text: format!("eligible({})", codes[to]),
                note_zh: String::new(),
                note_en: String::new(),
            });
        }
        let wrong = wrong_rules(&catalogue);
        let [wrong] = wrong.as_slice() else {
            panic!("{wrong:?}");
        };
        assert_eq!((wrong.programme, wrong.version), (0, Some(1)));
        assert_eq!(wrong.mistake.message.key(), "rules.circle");
    }
}
