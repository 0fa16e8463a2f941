//! Trials against one household at a time, and against a town whose answer is plain.

use super::*;
use crate::analysis::eligibility::samples::{
    Draw, as_of, catalogue, random_rule, random_town, town,
};
use crate::analysis::eligibility::{UnitRef, Verdict, explain};
use crate::model::{Catalogue, CodeList, Date, Household, LonLat, Person};
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::BTreeSet;

const RULES: [&str; 3] = [
    "income_per_head < dibao_standard",
    "age >= old_age",
    "receives(dibao) and has_disability",
];

fn tried(town: &Snapshot, trial: &Catalogue) -> WhatIf {
    let today = RuleSet::compile(&town.catalogue, as_of());
    let trial = RuleSet::compile(trial, as_of());
    let found = gaps(town, &today, &Progress::new()).unwrap();
    what_if(town, (&today, &found), &trial, &Progress::new()).unwrap()
}

fn home(income: Option<f64>, lon: f64, programmes: &str) -> Household {
    Household {
        members: Some(2),
        monthly_income: income,
        programmes: CodeList::split(programmes),
        position: LonLat::new(lon, 0.05),
        ..Household::default()
    }
}

/// Dibao pays the difference; from `old_age` on 100 a month, and who is under the standard but not
/// under half of it is on the edge.
fn with_amounts(rules: [&str; 3]) -> Catalogue {
    let mut catalogue = catalogue(rules);
    catalogue.schemes[0].monthly_amount = "dibao_standard * members - household_income".to_owned();
    catalogue.schemes[1].monthly_amount = "100 + own_income".to_owned();
    catalogue
}

#[test]
fn who_comes_in_who_goes_and_what_it_costs() {
    let elder = |born: &str, income: Option<f64>| Person {
        name: "示范".to_owned(),
        born: Date::parse(born),
        monthly_income: income,
        ..Person::default()
    };
    // The standard is 1,200 in g1 and 1,100 elsewhere.
    let homes = [
        (home(Some(2_000.0), 0.05, "dibao"), vec![]),
        (home(Some(2_300.0), 0.15, ""), vec![]),
        (home(None, 0.15, ""), vec![elder("1948-01-01", Some(10.0))]),
        (
            home(Some(9_000.0), 0.5, ""),
            vec![elder("1950-01-01", None), elder("1990-01-01", Some(0.0))],
        ),
        (home(Some(2_250.0), f64::NAN, ""), vec![]),
    ];
    let town = town(with_amounts(RULES), &homes, &[]);
    let mut trial = town.catalogue.clone();
    for value in &mut trial.thresholds[0].values {
        value.value += 100.0;
    }
    trial.thresholds[1].values[0].value = 75.0;
    let found = tried(&town, &trial);

    let dibao = &found.programmes[0];
    // Two of 1,000; one whose income is the member's alone, of whom no count of others is known.
    assert_eq!((dibao.today.eligible, dibao.trial.eligible), (2, 4));
    assert_eq!((dibao.entrants, dibao.leavers), (2, 0));
    assert_eq!((dibao.today.covered, dibao.today.gap), (1, 1));
    assert_eq!((dibao.trial.covered, dibao.trial.gap), (1, 3));
    // 400 and 2,190; then 600, 2,390, 100 and 150.
    assert_eq!(dibao.today.cost.yuan, 400.0 + 2_190.0);
    assert_eq!(dibao.trial.cost.yuan, 600.0 + 2_390.0 + 100.0 + 150.0);
    assert_eq!(
        (dibao.today.paid.yuan, dibao.trial.paid.yuan),
        (400.0, 600.0)
    );
    assert_eq!(dibao.cost_difference_yuan(), 650.0);
    assert_eq!(found.entrants(0b001).iter().collect::<Vec<_>>(), [1, 4]);
    // The disability subsidy asks who receives the allowance.
    assert_eq!(found.programmes[2].blind_to, 0b001);

    // 78 and 76 years: in; the amount of one of them hangs on an income that nobody knows.
    let gaoling = &found.programmes[1];
    assert_eq!((gaoling.entrants, gaoling.entrant_households), (2, 2));
    assert_eq!(gaoling.unit, ProgrammeUnit::Person);
    let cost = gaoling.trial.cost;
    assert_eq!((cost.yuan, cost.known, cost.unknown), (110.0, 1, 1));
    // Nobody has listed the members of three.
    assert_eq!((gaoling.today.unknown, gaoling.trial.unknown), (3, 3));

    // Where it happens: g2 has two, one more lies in no area, one has no place at all.
    let of = |area: u32, place: usize| {
        let change = found.of_area(AreaIndex(area), place);
        let difference = change.cost_difference_yuan();
        (change.entrants, change.leavers, difference)
    };
    assert_eq!(of(0, 0), (0, 0, 200.0));
    assert_eq!(of(1, 0), (1, 0, 300.0));
    assert_eq!((of(1, 1), found.outside[1].entrants), ((1, 0, 110.0), 1));
    assert_eq!(found.outside[1].trial.cost.unknown, 1);
    assert_eq!(found.not_geocoded[0].entrants, 1);
    assert_eq!(found.changed(), 0b011);
}

#[test]
fn who_goes_from_one_programme_into_another_is_told() {
    let edge = "income_per_head >= dibao_standard and income_per_head < 1500";
    let mut own = catalogue(["income_per_head < dibao_standard", "", ""]);
    own.schemes[1].unit = ProgrammeUnit::Household;
    own.schemes[1].rules = own.schemes[0].rules.clone();
    own.schemes[1].rules[0].text = edge.to_owned();
    let homes: Vec<_> = [2_100.0, 2_250.0, 2_350.0, 2_900.0]
        .map(|income| (home(Some(income), 0.5, ""), vec![]))
        .into();
    let town = town(own, &homes, &[]);
    let mut trial = town.catalogue.clone();
    trial.thresholds[0].values[1].value = 1_180.0;
    let found = tried(&town, &trial);
    assert_eq!(found.programmes[0].entrants, 2);
    assert_eq!(found.programmes[1].leavers, 2);
    assert_eq!(found.programmes[1].moves, [(0, 2)]);
    assert_eq!(found.programmes[0].moves, []);
    // A rule that is gone leaves nobody eligible.
    trial.schemes[1].rules.clear();
    let found = tried(&town, &trial);
    let gone = &found.programmes[1];
    assert_eq!((gone.leavers, gone.is_stated), (3, [true, false]));
}

#[test]
fn the_same_rules_change_nothing_and_a_trial_can_be_stopped() {
    let town = town(
        with_amounts(RULES),
        &[(home(Some(2_000.0), 0.05, ""), vec![])],
        &[],
    );
    let found = tried(&town, &town.catalogue);
    assert_eq!(found.changed(), 0);
    assert_eq!(found.programmes[0].today, found.programmes[0].trial);
    let rules = RuleSet::compile(&town.catalogue, as_of());
    let today = gaps(&town, &rules, &Progress::new()).unwrap();
    let progress = Progress::new();
    progress.cancel();
    assert!(what_if(&town, (&rules, &today), &rules, &progress).is_err());
}

/// A unit under one set of rules, asked for by itself.
fn plainly(
    town: &Snapshot,
    rules: &RuleSet,
    place: u8,
) -> Vec<(UnitRef, u32, Verdict, Option<f64>)> {
    (0..town.households.len() as u32)
        .flat_map(|row| {
            let asked = explain(town, rules, place, row).into_iter();
            asked.map(move |one| (one.unit, row, one.reason.verdict, one.monthly_amount))
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn columns_say_what_one_at_a_time_says(numbers in vec(any::<u16>(), 300..600), count in 1..140_usize) {
        let draw = &mut Draw::new(&numbers);
        let mut rule = |of_member| random_rule(draw, of_member, 2);
        let texts = [rule(false), rule(true), rule(true)];
        let others = [rule(false), texts[1].clone(), rule(true)];
        let own = with_amounts([&texts[0], &texts[1], &texts[2]]);
        let town = random_town(draw, own, count);
        let mut trial = with_amounts([&others[0], &others[1], &others[2]]);
        trial.thresholds[0].values[1].value = 900.0;
        let found = tried(&town, &trial);
        let sides = [&town.catalogue, &trial].map(|one| RuleSet::compile(one, as_of()));
        for (place, change) in found.programmes.iter().enumerate() {
            let [today, on_trial] = [0, 1].map(|side| plainly(&town, &sides[side], place as u8));
            let has_amount = change.has_amount;
            for (units, state, has_amount) in [(&today, change.today, has_amount[0]), (&on_trial, change.trial, has_amount[1])] {
                let count = |wanted: Verdict| units.iter().filter(|one| one.2 == wanted).count();
                let (yes, unknown) = (count(Verdict::Yes), count(Verdict::Unknown));
                prop_assert_eq!((state.eligible as usize, state.unknown as usize), (yes, unknown));
                let rows: BTreeSet<u32> =
                    units.iter().filter(|one| one.2 == Verdict::Yes).map(|one| one.1).collect();
                prop_assert_eq!(state.households as usize, rows.len());
                if has_amount {
                    let yuan: f64 = units.iter().filter_map(|one| one.3).sum();
                    let known = units.iter().filter(|one| one.3.is_some()).count();
                    prop_assert!((state.cost.yuan - yuan).abs() < 1e-6, "{} {}", state.cost.yuan, yuan);
                    prop_assert_eq!(state.cost.known as usize, known);
                    prop_assert_eq!(state.cost.unknown as usize, yes - known);
                }
            }
            let pairs = today.iter().zip(&on_trial);
            let entering: Vec<u32> = pairs
                .clone()
                .filter(|(before, after)| after.2 == Verdict::Yes && before.2 != Verdict::Yes)
                .map(|(one, _)| one.1)
                .collect();
            let leaving: Vec<u32> = pairs
                .filter(|(before, after)| before.2 == Verdict::Yes && after.2 != Verdict::Yes)
                .map(|(one, _)| one.1)
                .collect();
            let bit = 1 << place;
            let counts = [change.entrants, change.leavers].map(|count| count as usize);
            prop_assert_eq!(counts, [entering.len(), leaving.len()]);
            let rows = |all: Vec<u32>| all.into_iter().collect::<BTreeSet<u32>>();
            prop_assert_eq!(found.entrants(bit).iter().collect::<BTreeSet<_>>(), rows(entering));
            prop_assert_eq!(found.leavers(bit).iter().collect::<BTreeSet<_>>(), rows(leaving));
            // Every unit is in one area, outside all, or nowhere.
            let mut all = found.outside[place];
            all += found.not_geocoded[place];
            for area in 0..town.areas.len() {
                all += found.of_area(AreaIndex(area as u32), place);
            }
            prop_assert_eq!((all.entrants, all.leavers), (change.entrants, change.leavers));
            prop_assert_eq!(all.today.eligible, change.today.eligible);
            prop_assert_eq!(all.trial.eligible, change.trial.eligible);
            prop_assert!((all.cost_difference_yuan() - change.cost_difference_yuan()).abs() < 1e-6);
        }
    }
}
