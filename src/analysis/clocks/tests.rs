//! What falls due at the edges: ends of months, leap days, the day itself.

use super::*;
use crate::analysis::eligibility::samples::day;
use crate::base::Generation;
use crate::model::{
    Catalogue, CodeList, Household, NamedNumber, Person, ProgrammeGroup, ProgrammeUnit, Quantity,
    Receipt, Review, Scheme, Term, Visit,
};
use crate::snapshot::{Builder, Tables};

mod reviews;

/// dibao with reviews and grace, a duty of monthly visits, a programme without clocks.
fn catalogue() -> Catalogue {
    let scheme = |review, grace, visit| Scheme {
        group: ProgrammeGroup::Basic,
        review_months: review,
        grace_months: grace,
        visit_months: visit,
        ..Scheme::default()
    };
    Catalogue {
        programmes: ["dibao", "tanfang", "linshi"].map(Term::unknown).to_vec(),
        schemes: vec![
            scheme(Some(12), Some(6), None),
            scheme(None, None, Some(1)),
            scheme(None, None, None),
        ],
        ..Catalogue::default()
    }
}

#[derive(Default)]
struct Home {
    household: Household,
    people: Vec<Person>,
    receipts: Vec<Receipt>,
    reviews: Vec<Review>,
    visits: Vec<Visit>,
}

fn town(homes: &[Home], catalogue: Catalogue) -> Snapshot {
    let mut builder = Builder::new(Generation::default(), catalogue, true);
    let mut tables = Tables::default();
    let mut numbers = Vec::new();
    for (number, home) in (0..).zip(homes) {
        builder.push(&home.household);
        numbers.push(number);
        for person in &home.people {
            tables.push_person(number, person);
        }
        for receipt in &home.receipts {
            tables.push_receipt(number, receipt);
        }
        for review in &home.reviews {
            tables.push_review(number, review);
        }
        for visit in &home.visits {
            tables.push_visit(number, visit);
        }
    }
    builder.set_tables(tables, &numbers);
    builder.finish(&Progress::new()).unwrap()
}

/// Kind, day and nearness of what is due in one home.
fn due(home: Home, as_of: &str) -> Vec<(ClockKind, String, Nearness)> {
    let town = town(&[home], catalogue());
    let clocks = clocks(&town, 0, day(as_of));
    clocks
        .iter()
        .map(|clock| (clock.kind, clock.due.to_string(), clock.nearness))
        .collect()
}

fn one(kind: ClockKind, due: &str, nearness: Nearness) -> Vec<(ClockKind, String, Nearness)> {
    vec![(kind, due.to_owned(), nearness)]
}

fn receipt(programme: &str, start: &str, end: &str) -> Receipt {
    Receipt {
        programme: programme.to_owned(),
        start: Date::parse(start),
        end: Date::parse(end),
        ..Receipt::default()
    }
}

fn with_receipts(receipts: &[Receipt], last_visit: &str, tags: &str) -> Home {
    Home {
        household: Household {
            last_visit: Date::parse(last_visit),
            tags: CodeList::split(tags),
            ..Household::default()
        },
        receipts: receipts.to_vec(),
        ..Home::default()
    }
}

fn visited(programmes: &str, last_visit: &str) -> Home {
    Home {
        household: Household {
            programmes: CodeList::split(programmes),
            last_visit: Date::parse(last_visit),
            ..Household::default()
        },
        ..Home::default()
    }
}

#[test]
fn a_month_after_the_last_visit_the_next_is_due() {
    use Nearness::{Overdue, Soon};
    let visit = |last: &str, as_of: &str| due(visited("tanfang", last), as_of);
    let kind = ClockKind::Visit;
    // The last day of a month comes a month later on the last day of that.
    assert_eq!(
        visit("2026-01-31", "2026-02-28"),
        one(kind, "2026-02-28", Soon)
    );
    assert_eq!(
        visit("2026-01-31", "2026-03-01"),
        one(kind, "2026-02-28", Overdue)
    );
    assert_eq!(
        visit("2024-01-31", "2024-02-29"),
        one(kind, "2024-02-29", Soon)
    );
    // Never: at once. A visit of later does not count yet.
    assert_eq!(visit("", "2026-11-21"), one(kind, "2026-11-21", Soon));
    assert_eq!(
        visit("2026-12-01", "2026-11-21"),
        one(kind, "2026-11-21", Soon)
    );
    assert_eq!(due(visited("linshi", ""), "2026-11-21"), []);
}

#[test]
fn a_certificate_is_told_a_year_ahead_and_until_it_is_renewed() {
    use Nearness::{Later, Overdue, Soon};
    let until = |until: &str, as_of: &str| {
        let home = Home {
            people: vec![
                Person::default(),
                Person {
                    certificate_until: Date::parse(until),
                    ..Person::default()
                },
            ],
            ..Home::default()
        };
        due(home, as_of)
    };
    for (as_of, nearness) in [
        ("2027-02-28", Later),
        ("2028-01-29", Later),
        ("2028-01-30", Soon),
        ("2028-02-29", Soon),
        ("2028-03-01", Overdue),
        ("2031-03-01", Overdue),
    ] {
        let expected = match as_of {
            "2027-02-28" => vec![],
            _ => one(ClockKind::Certificate, "2028-02-29", nearness),
        };
        assert_eq!(until("2028-02-29", as_of), expected, "{as_of}");
    }
    // Nobody says until when: nothing is due, and nothing overdue.
    assert_eq!(until("", "2026-11-21"), []);
}

#[test]
fn grace_runs_from_the_end_and_is_over_with_it() {
    use Nearness::{Later, Soon};
    let kind = ClockKind::Grace;
    let ended = |end: &str, as_of: &str| {
        due(
            with_receipts(&[receipt("dibao", "2020-01-01", end)], "", ""),
            as_of,
        )
    };
    assert_eq!(
        ended("2026-08-31", "2026-08-31"),
        one(kind, "2027-02-28", Later)
    );
    assert_eq!(
        ended("2026-08-31", "2027-02-28"),
        one(kind, "2027-02-28", Soon)
    );
    assert_eq!(ended("2026-08-31", "2027-03-01"), []);
    let before = ended("2026-08-31", "2026-08-30");
    assert!(before.iter().all(|(one, ..)| *one != kind), "{before:?}");
    assert_eq!(
        ended("2027-08-31", "2028-02-29"),
        one(kind, "2028-02-29", Soon)
    );
    // Begun again: there is nothing to bridge.
    let again = [
        receipt("dibao", "2020-01-01", "2026-08-31"),
        receipt("dibao", "2026-09-15", ""),
    ];
    let kinds: Vec<ClockKind> = due(with_receipts(&again, "", ""), "2026-11-21")
        .into_iter()
        .map(|(kind, ..)| kind)
        .collect();
    assert_eq!(kinds, [ClockKind::Review]);
    // Ended twice: the grace of the last end holds.
    let twice = [
        receipt("dibao", "2025-01-01", "2026-06-30"),
        receipt("dibao", "2026-08-01", "2026-10-31"),
    ];
    assert_eq!(
        due(with_receipts(&twice, "", ""), "2026-11-21"),
        one(kind, "2027-04-30", Later)
    );
    // A programme without grace.
    let linshi = [receipt("linshi", "2026-01-01", "2026-08-31")];
    assert_eq!(due(with_receipts(&linshi, "", ""), "2026-11-21"), []);
}

#[test]
fn an_end_is_told_a_year_ahead() {
    let until = |end: &str| {
        let linshi = [receipt("linshi", "2026-01-01", end)];
        due(with_receipts(&linshi, "", ""), "2026-11-21")
    };
    assert_eq!(
        until("2026-12-21"),
        one(ClockKind::End, "2026-12-21", Nearness::Soon)
    );
    assert_eq!(
        until("2026-12-22"),
        one(ClockKind::End, "2026-12-22", Nearness::Later)
    );
    assert_eq!(until("2027-11-22"), []);
}

#[test]
fn plans_are_due_until_somebody_came() {
    use Nearness::{Later, Overdue};
    let plan = |planned: &str, done: &str, next: &str| Visit {
        planned_on: Date::parse(planned),
        done_on: Date::parse(done),
        next_due: Date::parse(next),
        ..Visit::default()
    };
    let home = |visits: &[Visit], last: &str| Home {
        visits: visits.to_vec(),
        ..visited("", last)
    };
    let planned = ClockKind::Planned;
    let waits = [plan("2026-11-01", "", "")];
    assert_eq!(
        due(home(&waits, "2026-10-31"), "2026-11-21"),
        one(planned, "2026-11-01", Overdue)
    );
    assert_eq!(due(home(&waits, "2026-11-01"), "2026-11-21"), []);
    // Done after the day that is asked for: on that day it still waited.
    let late = [plan("2026-11-01", "2026-11-25", "")];
    assert_eq!(
        due(home(&late, ""), "2026-11-21"),
        one(planned, "2026-11-01", Overdue)
    );
    // What the last visit agreed, and not what an earlier one did.
    let agreed = [
        plan("", "2026-10-01", "2026-10-15"),
        plan("", "2026-11-01", "2027-02-01"),
    ];
    assert_eq!(
        due(home(&agreed, "2026-11-01"), "2026-11-21"),
        one(ClockKind::Visit, "2027-02-01", Later)
    );
    assert_eq!(due(home(&agreed, "2026-11-05"), "2026-11-21"), []);
}

#[test]
fn birthdays_that_count_are_told_a_year_ahead() {
    use Nearness::{Later, Soon};
    let born = |day: &str, as_of: &str| {
        let home = Home {
            people: vec![Person {
                born: Date::parse(day),
                ..Person::default()
            }],
            ..Home::default()
        };
        due(home, as_of)
    };
    let kind = ClockKind::Age;
    assert_eq!(
        born("2010-11-21", "2026-11-21"),
        one(kind, "2026-11-21", Soon)
    );
    assert_eq!(born("2010-11-20", "2026-11-21"), []);
    assert_eq!(
        born("2009-01-01", "2026-11-21"),
        one(kind, "2027-01-01", Later)
    );
    assert_eq!(
        born("1946-12-01", "2026-11-21"),
        one(kind, "2026-12-01", Soon)
    );
    // The day before the birthday, the day itself, the day after; 18 and 80 as 16.
    for (born_on, birthday) in [("2008-11-21", "2026-11-21"), ("1946-11-21", "2026-11-21")] {
        assert_eq!(born(born_on, "2026-11-20"), one(kind, birthday, Soon));
        assert_eq!(born(born_on, birthday), one(kind, birthday, Soon));
        assert_eq!(born(born_on, "2026-11-22"), []);
    }
    // A year ahead and not a day more.
    assert_eq!(
        born("2011-11-21", "2026-11-21"),
        one(kind, "2027-11-21", Later)
    );
    assert_eq!(born("2011-11-22", "2026-11-21"), []);
    // 29 February: the first of March where there is none.
    assert_eq!(
        born("2008-02-29", "2025-12-01"),
        one(kind, "2026-03-01", Later)
    );
    assert_eq!(
        born("2008-02-29", "2024-02-01"),
        one(kind, "2024-02-29", Soon)
    );
    assert_eq!(
        born("2008-02-29", "2026-02-28"),
        one(kind, "2026-03-01", Soon)
    );
    assert_eq!(born("2008-02-29", "2026-03-02"), []);
}

#[test]
fn columns_say_what_the_clocks_say() {
    let homes = [
        visited("tanfang", "2026-09-01"),
        Home::default(),
        visited("tanfang", "2026-11-01"),
        with_receipts(&[receipt("dibao", "2026-03-10", "")], "", ""),
    ];
    let town = town(&homes, catalogue());
    let due = due_columns(&town, day("2026-11-21"), &Progress::new()).unwrap();
    assert_eq!(due.overdue, [1, 0, 0, 0]);
    assert_eq!(due.soon, [0, 0, 1, 0]);
    assert_eq!(due.first(0), Some(day("2026-10-01")));
    assert_eq!((due.first(1), due.first(3)), (None, None));
    assert_eq!(due.kinds(2).collect::<Vec<_>>(), [ClockKind::Visit]);
}

#[test]
fn the_days_that_count_as_soon_are_the_catalogues() {
    let mut catalogue = catalogue();
    catalogue.numbers.push(NamedNumber {
        code: "due_soon_days".to_owned(),
        zh: String::new(),
        en: String::new(),
        unit: Quantity::Days,
        value: 3.0,
    });
    let town = town(&[visited("tanfang", "2026-11-01")], catalogue);
    let nearness = |as_of: &str| clocks(&town, 0, day(as_of))[0].nearness;
    assert_eq!(nearness("2026-11-27"), Nearness::Later);
    assert_eq!(nearness("2026-11-28"), Nearness::Soon);
}
