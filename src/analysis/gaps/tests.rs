//! Gaps against their definitions.

use super::*;
use crate::analysis::eligibility::samples::{Draw, as_of, catalogue, random_town, town};
use crate::analysis::eligibility::{UnitRef, Verdict, explain};
use crate::model::{CodeList, Date, Household, LonLat, Person, Receipt};
use proptest::collection::vec;
use proptest::prelude::*;

const RULES: [&str; 3] = ["income_per_head < dibao_standard", "age >= 80", ""];

fn person(name: &str, born: &str) -> Person {
    Person {
        name: name.to_owned(),
        born: Date::parse(born),
        ..Person::default()
    }
}

fn home(income: Option<f64>, programmes: &str) -> Household {
    Household {
        members: Some(1),
        monthly_income: income,
        programmes: CodeList::split(programmes),
        position: LonLat::new(0.05, 0.05),
        ..Household::default()
    }
}

fn receipt(member: &str, programme: &str) -> Receipt {
    Receipt {
        member: member.to_owned(),
        programme: programme.to_owned(),
        ..Receipt::default()
    }
}

fn found(homes: &[(Household, Vec<Person>)], receipts: &[(usize, Receipt)]) -> (Snapshot, Gaps) {
    let town = town(catalogue(RULES), homes, receipts);
    let rules = RuleSet::compile(&town.catalogue, as_of());
    let gaps = gaps(&town, &rules, &Progress::new()).unwrap();
    (town, gaps)
}

fn figures(covered: u32, gap: u32, review: u32, unknown: u32, no_rule: u32) -> ProgrammeFigures {
    ProgrammeFigures {
        covered,
        gap,
        review,
        unknown,
        no_rule,
    }
}

#[test]
fn households_are_covered_missed_to_look_at_or_unknown() {
    let none = Vec::new;
    let homes = [
        (home(Some(500.0), "dibao"), none()),
        (home(Some(500.0), ""), none()),
        (home(Some(5000.0), "dibao"), none()),
        (home(None, "dibao"), none()),
        (home(Some(5000.0), "canji"), none()),
    ];
    let (town, gaps) = found(&homes, &[]);
    assert_eq!(gaps.stated, 0b011);
    assert_eq!(
        gaps.gap.iter().map(|bits| bits & 1).collect::<Vec<_>>(),
        [0, 1, 0, 0, 0]
    );
    assert_eq!(gaps.review, [0, 0, 1, 0, 0]);
    let all = RowSet::all(5);
    let counted = programme_coverage(&town, &gaps, &all, &Progress::new()).unwrap();
    assert_eq!(counted.total[0], figures(1, 1, 1, 1, 0));
    assert_eq!(counted.total[0].coverage(), Some(0.5));
    assert_eq!(counted.total[2], figures(0, 0, 0, 0, 1));
    assert_eq!(counted.total[2].coverage(), None);
    assert_eq!(counted.of(AreaIndex(0), 0), counted.total[0]);
    assert_eq!(counted.of(AreaIndex(1), 0), ProgrammeFigures::default());
    let one = RowSet::from_words(vec![0b10], 5);
    let counted = programme_coverage(&town, &gaps, &one, &Progress::new()).unwrap();
    assert_eq!(counted.total[0], figures(0, 1, 0, 0, 0));
}

#[test]
fn a_receipt_without_a_name_covers_every_eligible_member() {
    let old = || {
        vec![
            person("甲", "1940-01-01"),
            person("乙", "1941-01-01"),
            person("丙", "2000-01-01"),
        ]
    };
    let young = || vec![person("丁", "2000-01-01"), person("戊", "2001-01-01")];
    let rich = |programmes| home(Some(9000.0), programmes);
    let homes = [
        // By the ledger's row, nobody knows for whom.
        (rich("gaoling"), old()),
        // In the name of one.
        (rich("gaoling"), old()),
        // In the name of somebody who is not listed.
        (rich("gaoling"), old()),
        // Nobody can be meant.
        (rich("gaoling"), young()),
        // One receives who should not.
        (rich("gaoling"), young()),
        // Nobody can say.
        (
            rich("gaoling"),
            vec![person("己", ""), person("庚", "2000-01-01")],
        ),
    ];
    let receipts = [
        (1, receipt("甲", "gaoling")),
        (2, receipt("别人", "gaoling")),
        (4, receipt("戊", "gaoling")),
    ];
    let (town, gaps) = found(&homes, &receipts);
    assert_eq!(
        gaps.person_covered,
        [2, 2, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    );
    assert_eq!(
        gaps.person_gap,
        [0, 0, 0, 0, 2, 0, 2, 2, 0, 0, 0, 0, 0, 0, 0]
    );
    assert_eq!(
        gaps.person_review,
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0]
    );
    assert_eq!(gaps.gap, [0, 2, 2, 0, 0, 0]);
    assert_eq!(gaps.review, [0, 0, 0, 2, 2, 0]);
    let all = RowSet::all(6);
    let counted = programme_coverage(&town, &gaps, &all, &Progress::new()).unwrap();
    assert_eq!(counted.total[1], figures(3, 3, 2, 1, 0));
}

#[test]
fn members_whom_nobody_has_listed_are_one_unit() {
    let with = |elderly, programmes| Household {
        elderly: Some(elderly),
        ..home(Some(9000.0), programmes)
    };
    let homes = [
        (with(0, "gaoling"), Vec::new()),
        (with(1, "gaoling"), Vec::new()),
        (with(0, ""), Vec::new()),
    ];
    let (town, gaps) = found(&homes, &[]);
    let all = RowSet::all(3);
    let counted = programme_coverage(&town, &gaps, &all, &Progress::new()).unwrap();
    assert_eq!(counted.total[1], figures(0, 0, 1, 1, 0));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Against a plain loop over explanations and receipts.
    #[test]
    fn the_masks_are_what_the_definitions_say(numbers in vec(any::<u16>(), 300..500), count in 1..80_usize) {
        let draw = &mut Draw::new(&numbers);
        let rules = ["income_per_head < dibao_standard", "age >= 60", "has_disability"];
        let town = random_town(draw, catalogue(rules), count);
        let rules = RuleSet::compile(&town.catalogue, as_of());
        let found = gaps(&town, &rules, &Progress::new()).unwrap();
        let mut total = vec![ProgrammeFigures::default(); 3];
        for row in 0..count as u32 {
            for place in 0..3_u8 {
                let (mut gap, mut review, mut covered, mut unknown) = (0, 0, 0, 0);
                let on = |at: &usize| town.receipts.is_active(*at, as_of()) && town.receipts.programme[*at] == place;
                let own: Vec<u32> = town.receipts.of(row).filter(on).map(|at| town.receipts.person[at]).collect();
                let receives = town.households.programmes[row as usize] >> place & 1 == 1;
                let unnamed = receives && (own.is_empty() || own.contains(&crate::snapshot::People::NONE));
                let each = explain(&town, &rules, place, row);
                for one in &each {
                    let gets = match one.unit {
                        UnitRef::Person(person) => own.contains(&person),
                        _ => receives,
                    };
                    match one.reason.verdict {
                        Verdict::Yes if gets || unnamed => covered += 1,
                        Verdict::Yes => gap += 1,
                        Verdict::No if gets => review += 1,
                        Verdict::No => {}
                        Verdict::Unknown => unknown += 1,
                    }
                }
                let is_listed = matches!(each[0].unit, UnitRef::Person(_));
                let nobody = each.iter().all(|one| one.reason.verdict == Verdict::No);
                if is_listed && unnamed && nobody && review == 0 {
                    review = 1;
                }
                let bit = |column: &[u64]| column[row as usize] >> place & 1 == 1;
                prop_assert_eq!((bit(&found.gap), bit(&found.review), bit(&found.covered)), (gap > 0, review > 0, covered > 0));
                total[usize::from(place)] += ProgrammeFigures { covered, gap, review, unknown, no_rule: 0 };
            }
        }
        let all = RowSet::all(count);
        let counted = programme_coverage(&town, &found, &all, &Progress::new()).unwrap();
        prop_assert_eq!(counted.total, total);
    }
}
