//! The fast way against the plain one, on random towns and random rules.

use crate::analysis::eligibility::samples::{Draw, as_of, catalogue, random_rule, random_town};
use crate::analysis::eligibility::{RuleSet, UnitRef, Verdict, eligible, explain};
use crate::base::Progress;
use crate::snapshot::Snapshot;
use proptest::collection::vec;
use proptest::prelude::*;

/// The fast way and the plain one, household by household and member by member.
fn compare(town: &Snapshot, rules: &RuleSet) -> Result<(), TestCaseError> {
    let fast = eligible(town, rules, &Progress::new()).unwrap();
    for row in 0..town.households.len() {
        let (mut yes, mut unknown) = (0_u64, 0_u64);
        for place in 0..3_u8 {
            let bit = 1 << place;
            for one in explain(town, rules, place, row as u32) {
                let verdict = one.reason.verdict;
                yes |= if verdict == Verdict::Yes { bit } else { 0 };
                unknown |= if verdict == Verdict::Unknown { bit } else { 0 };
                let missing = one.reason.missing();
                prop_assert_eq!(missing.is_empty(), verdict != Verdict::Unknown);
                if let UnitRef::Person(person) = one.unit {
                    let at = person as usize;
                    let found = (
                        fast.person_yes[at] & bit != 0,
                        fast.person_unknown[at] & bit != 0,
                    );
                    let expected = (verdict == Verdict::Yes, verdict == Verdict::Unknown);
                    prop_assert_eq!(found, expected, "member {}", person);
                }
            }
        }
        prop_assert_eq!(
            (fast.yes[row], fast.unknown[row]),
            (yes, unknown),
            "row {}",
            row
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn blocks_say_what_one_at_a_time_says(numbers in vec(any::<u16>(), 300..600), count in 1..140_usize) {
        let draw = &mut Draw::new(&numbers);
        let texts = [random_rule(draw, false, 3), random_rule(draw, true, 3), random_rule(draw, true, 4)];
        let [a, b, c] = &texts;
        let town = random_town(draw, catalogue([a, b, c]), count);
        let rules = RuleSet::compile(&town.catalogue, as_of());
        for (rule, text) in rules.programmes().iter().zip(&texts) {
            prop_assert!(rule.is_stated(), "{} {:?}", text, rule.mistake);
        }
        compare(&town, &rules)?;
    }
}
