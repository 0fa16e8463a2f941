//! The score by its definition, at the edges of each rule.

use super::super::coverage::tests::blank_town;
use super::*;
use crate::base::Generation;
use crate::model::{Catalogue, CodeList, Household, NamedNumber, Need, NeedStatus, Quantity, Term};
use crate::snapshot::{AreaIndex, Areas, Builder, HotGrade, Tables};

fn as_of() -> Date {
    Date::from_days(20_000)
}

fn weights(values: [f64; Component::COUNT]) -> PriorityWeights {
    Component::ALL
        .into_iter()
        .fold(PriorityWeights::default(), |all, one| {
            all.with(one, values[one.place()])
        })
}

fn value(town: &Snapshot, row: u32, component: Component) -> f64 {
    let weights = PriorityWeights::default();
    let opened = parts(town, row, Choice::default(), as_of(), &weights);
    opened.0[component.place()].value
}

#[test]
fn a_household_of_which_nothing_is_known_only_waits_for_a_visit() {
    let town = blank_town(1);
    let weights = PriorityWeights::default();
    let opened = parts(&town, 0, Choice::default(), as_of(), &weights);
    assert_eq!(
        opened.0.map(|part| part.value),
        [0.0, 0.0, 0.0, 0.0, 1.0, 0.0]
    );
    assert_eq!(opened.score(), 15.0);
    assert_eq!(
        reasons(&town, 0, as_of(), Choice::default(), &weights),
        [Reason::NeverVisited]
    );
}

#[test]
fn an_elder_alone_with_needs_leads() {
    let mut town = blank_town(1);
    let all = &mut town.households;
    (all.elderly[0], all.living_alone[0], all.members[0]) = (1, 1, 1);
    all.monthly_income[0] = 999.0;
    all.needs[0] = 0b101;
    all.last_visit[0] = 20_000 - 45;
    let weights = PriorityWeights::default();
    let opened = parts(&town, 0, Choice::default(), as_of(), &weights);
    assert_eq!(
        opened.0.map(|part| part.value),
        [0.5, 0.0, 0.7, 0.0, 0.25, 0.0]
    );
    assert!((opened.score() - (12.5 + 17.5 + 3.75)).abs() < 1e-9);
    assert_eq!(
        reasons(&town, 0, as_of(), Choice::default(), &weights),
        [
            Reason::OpenNeeds(2),
            Reason::LivingAloneElder,
            Reason::LowIncome,
            Reason::LongSinceVisit(45),
            Reason::NoAssistance,
        ]
    );
    // 45 days are long for an elder living alone, and not for a family.
    town.households.living_alone[0] = 0;
    town.households.children[0] = 2;
    let reasons = reasons(&town, 0, as_of(), Choice::default(), &weights);
    assert!(reasons.contains(&Reason::Elderly(1)) && reasons.contains(&Reason::Children(2)));
    assert!(!reasons.contains(&Reason::LongSinceVisit(45)));
}

#[test]
fn every_score_opens_into_its_parts() {
    let rows = 40_000;
    let mut town = blank_town(rows);
    for row in 0..rows {
        let all = &mut town.households;
        let number = row as i32;
        all.members[row] = number % 6 - 1;
        all.elderly[row] = number % 4 - 1;
        all.children[row] = number % 5 - 1;
        all.disabled[row] = number % 3 - 1;
        all.living_alone[row] = number % 3 - 1;
        all.monthly_income[row] = f64::from(number % 50) * 200.0;
        all.needs[row] = (row as u64 * 13) % 64;
        all.last_visit[row] = 20_050 - number % 400;
    }
    let weights = weights([3.0, 1.0, 30.0, 0.0, -7.0, 2.0]);
    let choice = Choice {
        needs: 0b11_0111,
        ..Choice::default()
    };
    let scores = priority(&town, choice, as_of(), &weights, &Progress::new()).unwrap();
    assert_eq!(scores.score.len(), rows);
    for (row, score) in scores.score.iter().enumerate() {
        let opened = parts(&town, row as u32, choice, as_of(), &weights);
        assert!((f64::from(*score) - opened.score()).abs() < 1e-4);
        assert!((0.0..=100.0).contains(score));
        assert!(
            opened
                .0
                .iter()
                .all(|part| (0.0..=1.0).contains(&part.value))
        );
    }
    let least = scores.score.iter().copied().fold(f32::MAX, f32::min);
    let most = scores.score.iter().copied().fold(0.0, f32::max);
    assert!(least < 5.0 && most > 90.0, "{least} to {most}");
}

#[test]
fn a_visit_after_the_day_asked_does_not_count() {
    let mut town = blank_town(1);
    town.households.last_visit[0] = 20_001;
    let weights = PriorityWeights::default();
    let visit = |as_of| parts(&town, 0, Choice::default(), as_of, &weights).0[4].value;
    assert_eq!(visit(as_of()), 1.0);
    assert_eq!(visit(as_of().plus_days(1)), 0.0);
    assert_eq!(visit(as_of().plus_days(91)), 0.5);
}

#[test]
fn no_weight_gives_no_score_and_a_cancelled_score_stops() {
    let weights = weights([0.0, f64::NAN, 0.0, -1.0, 0.0, f64::INFINITY]);
    let town = blank_town(2);
    let progress = Progress::new();
    let none = priority(&town, Choice::default(), as_of(), &weights, &progress).unwrap();
    assert_eq!(none.score, [0.0, 0.0]);
    progress.cancel();
    let stopped = priority(&town, Choice::default(), as_of(), &weights, &progress);
    assert_eq!(stopped, Err(Cancelled));
}

/// A need: household, category, days since raised, status, days since closed.
type NeedRow = (i64, &'static str, Option<i32>, NeedStatus, Option<i32>);

/// Three households with these needs.
fn waiting_town(needs: &[NeedRow]) -> Snapshot {
    let term = |code: &str| Term {
        known: true,
        ..Term::unknown(code)
    };
    let catalogue = Catalogue {
        needs: vec![term("care"), term("medical")],
        ..Catalogue::default()
    };
    let mut builder = Builder::new(Generation::default(), catalogue, true);
    let mut tables = Tables::default();
    let before = |days: Option<i32>| days.map(|days| as_of().plus_days(-days));
    for number in 0..3 {
        let mut open = CodeList::new();
        for (household, category, raised, status, closed) in needs {
            let need = Need {
                category: (*category).to_owned(),
                raised_on: before(*raised),
                status: *status,
                closed_on: before(*closed),
                ..Need::default()
            };
            if *household == number {
                tables.push_need(number, &need);
                if need.is_open(as_of()) {
                    open.push(category);
                }
            }
        }
        builder.push(&Household {
            id: format!("H{number}"),
            needs: open,
            ..Household::default()
        });
    }
    builder.set_tables(tables, &[0, 1, 2]);
    builder.finish(&Progress::new()).unwrap()
}

#[test]
fn waiting_counts_from_the_oldest_need_that_is_still_open() {
    use NeedStatus::{Met, Open, Referred, Withdrawn};
    let town = waiting_town(&[
        (0, "care", Some(45), Open, None),
        (0, "medical", Some(90), Referred, None),
        (0, "care", Some(400), Met, Some(100)),
        (0, "care", Some(500), Withdrawn, None),
        (1, "care", None, Open, None),
        (2, "care", Some(900), Met, Some(-1)),
    ]);
    assert_eq!(value(&town, 0, Component::Waiting), 0.5);
    assert_eq!(
        value(&town, 1, Component::Waiting),
        0.0,
        "nobody knows since when"
    );
    assert_eq!(
        value(&town, 2, Component::Waiting),
        1.0,
        "met tomorrow, open today"
    );
    let unknown = |row| unknown_facts(&town, row, Choice::default(), as_of());
    let need_date = (Component::Waiting, PriorityFact::NeedDate);
    assert!(unknown(1).contains(&need_date) && !unknown(0).contains(&need_date));
    // Needs that were not chosen do not wait.
    let care = Choice {
        needs: 0b01,
        ..Choice::default()
    };
    let weights = PriorityWeights::default();
    assert_eq!(parts(&town, 0, care, as_of(), &weights).0[3].value, 0.25);
    assert!(
        reasons(&town, 0, as_of(), Choice::default(), &weights).contains(&Reason::LongWaiting(90))
    );
    // A day before it was raised a need does not wait.
    let early = as_of().plus_days(-60);
    assert_eq!(
        parts(&town, 0, Choice::default(), early, &weights).0[3].value,
        30.0 / 180.0
    );
    let only_care = parts(&town, 0, care, early, &weights);
    assert_eq!(only_care.0[3].value, 0.0);
}

#[test]
fn a_household_in_a_hot_grid_scores_by_the_grade() {
    let mut town = blank_town(5);
    let grades = [
        Some(HotGrade::No),
        Some(HotGrade::Hot95),
        Some(HotGrade::Hot99),
        None,
    ];
    town.areas = Areas {
        hot_grades: grades.to_vec(),
        ..Areas::default()
    };
    for row in 0..4 {
        town.households.area[row] = AreaIndex(row as u32);
    }
    let found = [0, 1, 2, 3, 4].map(|row| value(&town, row, Component::HotSpot));
    assert_eq!(found, [0.0, 0.5, 1.0, 0.0, 0.0]);
    let unknown = |row| {
        let unknown = unknown_facts(&town, row, Choice::default(), as_of());
        unknown.contains(&(Component::HotSpot, PriorityFact::Grid))
    };
    assert_eq!(
        [0, 1, 2, 3, 4].map(unknown),
        [false, false, false, true, true]
    );
    let weights = PriorityWeights::default();
    let why = |row| reasons(&town, row, as_of(), Choice::default(), &weights);
    assert!(why(1).contains(&Reason::HotSpot) && !why(0).contains(&Reason::HotSpot));
}

#[test]
fn what_nobody_recorded_is_named_and_adds_nothing() {
    let mut town = blank_town(2);
    let facts = |town: &Snapshot, row| {
        let unknown = unknown_facts(town, row, Choice::default(), as_of());
        unknown
            .into_iter()
            .map(|(_, fact)| fact)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        facts(&town, 0),
        [
            PriorityFact::Elderly,
            PriorityFact::Disabled,
            PriorityFact::Children,
            PriorityFact::Income,
            PriorityFact::Visit,
            PriorityFact::Grid
        ]
    );
    let all = &mut town.households;
    (all.elderly[1], all.disabled[1], all.children[1]) = (1, 0, 0);
    (all.members[1], all.monthly_income[1], all.last_visit[1]) = (1, 0.0, 20_000);
    all.area[1] = AreaIndex(0);
    town.areas.hot_grades = vec![Some(HotGrade::No)];
    assert_eq!(facts(&town, 1), [PriorityFact::LivingAlone]);
    assert_eq!(
        facts(&town, 9).len(),
        6,
        "a row that is not there is unknown"
    );
}

#[test]
fn weights_are_those_of_the_catalogue() {
    let number = |code: &str, value| NamedNumber {
        code: code.to_owned(),
        zh: code.to_owned(),
        en: code.to_owned(),
        unit: Quantity::Ratio,
        value,
    };
    let mut catalogue = Catalogue::default();
    assert_eq!(PriorityWeights::of(&catalogue), PriorityWeights::default());
    assert_eq!(PriorityWeights::default().sum(), 100.0);
    catalogue.numbers = Component::ALL
        .into_iter()
        .map(|one| number(one.number(), one.place() as f64))
        .collect();
    let of = PriorityWeights::of(&catalogue);
    assert_eq!(
        Component::ALL.map(|one| of.get(one)),
        [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]
    );
    catalogue.numbers.truncate(2);
    assert_eq!(PriorityWeights::of(&catalogue).get(Component::Visit), 15.0);
    // The line under which a household is poor is a number of the catalogue, too.
    let mut town = blank_town(1);
    town.households.members[0] = 2;
    town.households.monthly_income[0] = 2_000.0;
    assert_eq!(value(&town, 0, Component::Vulnerability), 0.0);
    town.catalogue.numbers = vec![number("priority_low_income", 1_000.5)];
    assert_eq!(value(&town, 0, Component::Vulnerability), 0.3);
}
