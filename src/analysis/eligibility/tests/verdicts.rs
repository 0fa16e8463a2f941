//! What rules say of people of whom everything is known, or not.

use crate::analysis::eligibility::samples::{as_of, catalogue, day, town};
use crate::analysis::eligibility::{
    Explanation, Fact, FactSource, FactValue, MissingFact, RuleSet, Verdict, eligible, explain,
};
use crate::base::Progress;
use crate::model::{
    CodeList, DisabilityKind, Household, HouseholdField, LonLat, Person, ProgrammeUnit, Receipt,
};

fn person(name: &str, born: &str) -> Person {
    Person {
        name: name.to_owned(),
        born: crate::model::Date::parse(born),
        ..Person::default()
    }
}

/// The verdicts of one rule on one household and its members.
fn verdicts(rule: &str, unit: ProgrammeUnit, household: &Household, people: &[Person]) -> String {
    let place = usize::from(unit == ProgrammeUnit::Person);
    let mut rules = ["", "", ""];
    rules[place] = rule;
    let town = town(
        catalogue(rules),
        &[(household.clone(), people.to_vec())],
        &[],
    );
    let rules = RuleSet::compile(&town.catalogue, as_of());
    assert_eq!(rules.programmes()[place].mistake, None, "{rule}");
    let each = explain(&town, &rules, place as u8, 0);
    let codes: Vec<_> = each.iter().map(|one| one.reason.verdict.code()).collect();
    codes.join(" ")
}

#[test]
fn ages_turn_on_the_birthday() {
    use ProgrammeUnit::Person as P;
    let home = Household::default();
    let people = [
        person("a", "1946-11-21"),
        person("b", "1946-11-22"),
        person("c", ""),
        person("d", "2027-01-01"),
    ];
    assert_eq!(
        verdicts("age >= old_age", P, &home, &people),
        "yes no unknown no"
    );
    assert_eq!(verdicts("age < 80", P, &home, &people), "no yes unknown no");
    assert_eq!(verdicts("age >= 0", P, &home, &people), "yes yes yes no");
}

#[test]
fn the_level_of_no_disability_is_neither_low_nor_high() {
    use ProgrammeUnit::Person as P;
    let home = Household::default();
    let with = |kind, level| Person {
        disability_kind: kind,
        disability_level: level,
        ..person("a", "")
    };
    let people = [
        with(Some(DisabilityKind::Mental), Some(3)),
        with(None, None),
        with(Some(DisabilityKind::Limb), None),
        with(None, Some(1)),
    ];
    let ask = |rule| verdicts(rule, P, &home, &people);
    assert_eq!(ask("disability_level <= 2"), "no no unknown yes");
    assert_eq!(ask("disability_level >= 1"), "yes no unknown yes");
    assert_eq!(ask("not disability_level <= 2"), "yes yes unknown no");
    assert_eq!(ask("has_disability"), "yes no yes yes");
    assert_eq!(ask("disability = none"), "no yes no no");
    assert_eq!(ask("disability != none"), "yes no yes yes");
    assert_eq!(ask("disability = mental"), "yes no no unknown");
    assert_eq!(
        ask(
            "disability_level <= 2 or disability in (mental, intellectual) and disability_level <= 3"
        ),
        "yes no unknown yes"
    );
    // Where nobody has one, nobody says that there is none.
    let one = [with(None, None)];
    assert_eq!(verdicts("has_disability", P, &home, &one), "unknown");
    let none_by_ledger = Household {
        disabled: Some(0),
        ..Household::default()
    };
    assert_eq!(verdicts("has_disability", P, &none_by_ledger, &one), "no");
    assert_eq!(
        verdicts("disability_level >= 1", P, &none_by_ledger, &one),
        "no"
    );
}

#[test]
fn without_listed_members_the_ledger_settles_what_it_can() {
    use ProgrammeUnit::{Household as H, Person as P};
    let with = |members, elderly, children| Household {
        members,
        elderly,
        children,
        ..Household::default()
    };
    let none = &[][..];
    let ask = |rule, unit, household| verdicts(rule, unit, &household, none);
    assert_eq!(ask("age >= 80", P, with(Some(2), Some(0), None)), "no");
    assert_eq!(ask("age >= 80", P, with(Some(2), Some(1), None)), "unknown");
    // All are, but nobody knows who they are.
    assert_eq!(ask("age >= 60", P, with(Some(2), Some(2), None)), "unknown");
    assert_eq!(ask("age < 18", P, with(Some(2), None, Some(0))), "no");
    assert_eq!(ask("age < 18", P, with(Some(2), None, Some(2))), "unknown");
    let all_old = with(Some(2), Some(2), None);
    assert_eq!(ask("any member (age >= 60)", H, all_old), "yes");
    assert_eq!(
        ask("age >= 60", P, with(Some(2), Some(2), Some(2))),
        "unknown"
    );
    assert_eq!(
        ask("any member (age >= 80)", H, with(None, Some(0), None)),
        "no"
    );
    assert_eq!(
        ask("any member (age >= 80)", H, with(None, None, None)),
        "unknown"
    );
    assert_eq!(
        ask(
            "count member (age >= 60) >= 2",
            H,
            with(Some(3), Some(3), None)
        ),
        "yes"
    );
    assert_eq!(
        ask(
            "count member (age >= 80) >= 2",
            H,
            with(Some(1), None, None)
        ),
        "no"
    );
    assert_eq!(
        ask(
            "count member (age >= 80) >= 2",
            H,
            with(Some(2), None, None)
        ),
        "unknown"
    );
    let alone = Household {
        living_alone: Some(true),
        elderly: Some(1),
        ..Household::default()
    };
    assert_eq!(ask("age >= 60 and living_alone", P, alone), "unknown");
    // The household's part is a no already.
    assert_eq!(
        ask("age >= 80 and members = 2", P, with(Some(1), None, None)),
        "no"
    );
}

#[test]
fn a_silent_ledger_is_filled_from_the_members_and_says_so() {
    use ProgrammeUnit::Household as H;
    let people = [
        Person {
            monthly_income: Some(600.0),
            ..person("a", "1950-01-01")
        },
        Person {
            monthly_income: Some(0.0),
            ..person("b", "2015-01-01")
        },
        Person {
            monthly_income: Some(300.0),
            ..person("c", "")
        },
    ];
    let silent = Household::default();
    let ask = |rule| verdicts(rule, H, &silent, &people);
    assert_eq!(ask("members = 3"), "yes");
    assert_eq!(
        ask("household_income = 900 and income_per_head = 300"),
        "yes"
    );
    assert_eq!(ask("elderly >= 1"), "yes");
    assert_eq!(ask("elderly >= 2"), "unknown");
    assert_eq!(ask("elderly >= 3"), "no");
    assert_eq!(ask("children = 0"), "no");
    assert_eq!(ask("living_alone"), "no");
    let town = town(
        catalogue(["income_per_head < dibao_standard", "", ""]),
        &[(silent.clone(), people.to_vec())],
        &[],
    );
    let rules = RuleSet::compile(&town.catalogue, as_of());
    let found = &explain(&town, &rules, 0, 0)[0].reason.found;
    assert_eq!(found[0].value, FactValue::Number(300.0));
    assert_eq!(
        found[0].sources,
        [
            FactSource::ListedMembers("monthly_income"),
            FactSource::ListedMembers("name")
        ]
    );
    // The ledger's word counts before the members'.
    let stated = Household {
        members: Some(1),
        monthly_income: Some(2000.0),
        ..Household::default()
    };
    assert_eq!(
        verdicts("income_per_head = 2000", H, &stated, &people),
        "yes"
    );
}

#[test]
fn thresholds_are_those_of_the_day_and_the_area() {
    let at = |lon: Option<f64>, declared: &str| Household {
        position: lon.and_then(|lon| LonLat::new(lon, 0.05)),
        declared_area: declared.to_owned(),
        members: Some(1),
        monthly_income: Some(1150.0),
        ..Household::default()
    };
    let homes = [
        at(Some(0.05), "g2"),
        at(Some(0.15), "g1"),
        at(None, "g1"),
        at(None, ""),
    ];
    let homes: Vec<_> = homes.into_iter().map(|home| (home, Vec::new())).collect();
    let mut catalogue = catalogue(["income_per_head < dibao_standard", "", ""]);
    catalogue.schemes[0].rules[0].from = day("2020-01-01");
    catalogue.schemes[0].rules.push(crate::model::RuleVersion {
        from: day("2026-07-01"),
        text: "local_only = 3 and income_per_head < dibao_standard".to_owned(),
        note_zh: String::new(),
        note_en: String::new(),
    });
    let town = town(catalogue, &homes, &[]);
    let ask = |on: &str| {
        let rules = RuleSet::compile(&town.catalogue, day(on));
        let found = eligible(&town, &rules, &Progress::new()).unwrap();
        (found.yes, found.unknown)
    };
    // Income 1,150: over 1,000 everywhere in June.
    assert_eq!(ask("2026-06-30"), (vec![0, 0, 0, 0], vec![0, 0, 0, 0]));
    // From July 1,200 in g1; the other threshold is stated in g2 alone.
    assert_eq!(ask("2026-07-01"), (vec![0, 0, 0, 0], vec![1, 0, 1, 0]));
    let rules = RuleSet::compile(&town.catalogue, day("2026-07-01"));
    let missing = explain(&town, &rules, 0, 0)[0].reason.missing();
    let expected = MissingFact {
        fact: Fact::Threshold(2),
        member: None,
    };
    assert_eq!(missing, [expected]);
    let before = RuleSet::compile(&town.catalogue, day("2019-12-31"));
    assert_eq!((before.stated(), before.programmes()[0].version), (0, None));
    assert!(explain(&town, &before, 0, 0).is_empty());
}

#[test]
fn only_facts_that_matter_are_missing() {
    let home = Household {
        members: Some(2),
        ..Household::default()
    };
    let mut rich = person("a", "1940-01-01");
    rich.monthly_income = Some(5000.0);
    let town = town(
        catalogue([
            "income_per_head < dibao_standard and (days_since_visit > 30 or members = 2)",
            "age >= 80 and own_income < 1000 or self_care = unable and age < 90",
            "",
        ]),
        &[(home, vec![rich, person("b", "")])],
        &[],
    );
    let rules = RuleSet::compile(&town.catalogue, as_of());
    let of_household = explain(&town, &rules, 0, 0);
    let facts = |of: &Explanation| {
        let missing = of.reason.missing();
        missing
            .iter()
            .map(|one| (one.fact.code(), one.member))
            .collect::<Vec<_>>()
    };
    assert_eq!(facts(&of_household[0]), [("income_per_head", None)]);
    let of_persons = explain(&town, &rules, 1, 0);
    assert_eq!(facts(&of_persons[0]), [("self_care", Some(0))]);
    assert_eq!(
        facts(&of_persons[1]),
        [
            ("age", Some(1)),
            ("own_income", Some(1)),
            ("self_care", Some(1))
        ]
    );
    // Each clause knows its text.
    let first = &of_household[0].reason.parts[0];
    assert_eq!(
        (first.start, first.end, first.verdict),
        (0, 32, Verdict::Unknown)
    );
}

#[test]
fn a_rule_may_ask_for_another_but_not_for_itself() {
    let old = person("a", "1940-01-01");
    let homes = [
        (
            Household::default(),
            vec![old.clone(), person("b", "2000-01-01")],
        ),
        (Household::default(), vec![person("b", "2000-01-01")]),
    ];
    let with = |rules| {
        let town = town(catalogue(rules), &homes, &[]);
        let rules = RuleSet::compile(&town.catalogue, as_of());
        let found = eligible(&town, &rules, &Progress::new()).unwrap();
        (rules, found)
    };
    let (rules, found) = with([
        "eligible(gaoling)",
        "age >= 80",
        "eligible(dibao) and age < 80",
    ]);
    assert_eq!(rules.stated(), 0b111);
    assert_eq!(found.yes, [0b111, 0]);
    assert_eq!(found.person_yes, [0b010, 0b100, 0]);
    let (rules, _) = with(["eligible(canji)", "age >= 80", "eligible(dibao)"]);
    let keys: Vec<_> = rules
        .programmes()
        .iter()
        .map(|rule| {
            rule.mistake
                .as_ref()
                .map(|(_, mistake)| mistake.message.key())
        })
        .collect();
    // The first gives way, and the other has nobody to ask then.
    assert_eq!(rules.stated(), 0b010);
    assert!(
        keys[0].is_some() && keys[1].is_none() && keys[2].is_some(),
        "{keys:?}"
    );
}

#[test]
fn a_version_with_a_mistake_leaves_the_last_good_one_in_force() {
    let mut catalogue = catalogue(["members >= 1", "", ""]);
    catalogue.schemes[0].rules.push(crate::model::RuleVersion {
        from: day("2026-08-01"),
        text: "membrs >= 2".to_owned(),
        note_zh: String::new(),
        note_en: String::new(),
    });
    catalogue.schemes[0].monthly_amount = "dibao_standard * members - income".to_owned();
    let home = Household {
        members: Some(2),
        monthly_income: Some(500.0),
        ..Household::default()
    };
    let town = town(catalogue, &[(home, Vec::new())], &[]);
    let rules = RuleSet::compile(&town.catalogue, as_of());
    let rule = &rules.programmes()[0];
    assert_eq!(rule.version, Some(0));
    let (version, mistake) = rule.mistake.as_ref().unwrap();
    assert_eq!((*version, mistake.start, mistake.end), (1, 0, 6));
    let explained = &explain(&town, &rules, 0, 0)[0];
    assert_eq!(explained.reason.verdict, Verdict::Yes);
    assert_eq!(explained.monthly_amount, Some(1100.0 * 2.0 - 500.0));
    let earlier = RuleSet::compile(&town.catalogue, day("2026-07-31"));
    assert_eq!(earlier.programmes()[0].mistake, None);
}

#[test]
fn receiving_is_told_by_name_or_by_household() {
    let people = vec![person("甲", "1940-01-01"), person("乙", "1941-01-01")];
    let receipt = |member: &str| Receipt {
        member: member.to_owned(),
        programme: "gaoling".to_owned(),
        ..Receipt::default()
    };
    let home = |programmes: &str| Household {
        programmes: CodeList::split(programmes),
        ..Household::default()
    };
    let homes = [
        (home("gaoling"), people.clone()),
        (home("gaoling"), people.clone()),
        (home("gaoling"), people.clone()),
        (home(""), people),
    ];
    let receipts = [(0, receipt("甲")), (1, receipt(""))];
    let town = town(catalogue(["", "receives(gaoling)", ""]), &homes, &receipts);
    let rules = RuleSet::compile(&town.catalogue, as_of());
    let found = eligible(&town, &rules, &Progress::new()).unwrap();
    assert_eq!(found.person_yes, [2, 0, 2, 2, 2, 2, 0, 0]);
}

#[test]
fn what_is_received_stands_on_the_receipts_that_count() {
    let receipt = |member: &str, programme: &str, from: &str, until: &str| Receipt {
        member: member.to_owned(),
        programme: programme.to_owned(),
        start: crate::model::Date::parse(from),
        end: crate::model::Date::parse(until),
        ..Receipt::default()
    };
    let ledger = Household {
        // With what the receipts of the day say, as a town is loaded.
        programmes: CodeList::split("dibao;gaoling;canji"),
        position: LonLat::new(0.05, 0.05),
        declared_area: "g2".to_owned(),
        ..Household::default()
    };
    let nowhere = Household {
        programmes: CodeList::split("canji"),
        position: None,
        ..ledger.clone()
    };
    let people = vec![person("a", "1940-01-01"), person("b", "1941-01-01")];
    let homes = [(ledger, people), (nowhere, Vec::new())];
    let receipts = [
        (0, receipt("", "dibao", "2024-01-01", "2025-01-01")),
        (0, receipt("", "dibao", "2026-01-01", "")),
        (0, receipt("b", "gaoling", "2026-01-01", "")),
    ];
    let rule = "receives(gaoling) and receives(dibao) and receives(canji) and area(g*)";
    let town = town(catalogue([rule, rule, ""]), &homes, &receipts);
    let rules = RuleSet::compile(&town.catalogue, as_of());
    let sources = |programme, household, unit: usize| -> Vec<Vec<FactSource>> {
        let reason = &explain(&town, &rules, programme, household)[unit].reason;
        let mut reason = reason;
        while let [part] = reason.parts.as_slice() {
            reason = part;
        }
        let clauses = reason.parts.iter();
        clauses
            .map(|clause| clause.found[0].sources.clone())
            .collect()
    };
    let ledger = FactSource::Household(HouseholdField::Programmes);
    let here = vec![
        FactSource::Area,
        FactSource::Household(HouseholdField::Position),
    ];
    // Of two receipts the one that goes on; what no receipt says, the ledger does.
    let of_household = sources(0, 0, 0);
    assert_eq!(
        of_household,
        [
            vec![FactSource::Receipt(2)],
            vec![FactSource::Receipt(1)],
            vec![ledger],
            here.clone(),
        ]
    );
    // The first member has no receipt of their own; the second has.
    let none = vec![FactSource::Receipts, ledger];
    assert_eq!(sources(1, 0, 0)[0], none);
    assert_eq!(sources(1, 0, 1)[..], of_household[..]);
    // Without a position it is the declared area that speaks.
    let there = vec![
        FactSource::Area,
        FactSource::Household(HouseholdField::DeclaredArea),
    ];
    assert_eq!(sources(0, 1, 0), [none.clone(), none, vec![ledger], there]);
}
