//! The time line against a naive recount, and against towns that are made for each day.

use super::*;
use crate::analysis::eligibility::samples::{catalogue, day};
use crate::analysis::{
    RuleSet, coverage, gaps, past_programme_coverage, programme_coverage, unmet_load,
};
use crate::base::Generation;
use crate::model::{Area, AreaLevel, CodeList, Household, LonLat, Need, Person, Receipt, Visit};
use crate::snapshot::{Builder, Tables};
use geo_types::{MultiPolygon, polygon};
use std::collections::BTreeSet;

const RULES: [&str; 3] = [
    "income_per_head < dibao_standard or need(care) and days_since_visit > 40",
    "age >= 80",
    "receives(dibao) and members >= 2",
];

/// Everything that is recorded of one household.
#[derive(Debug, Clone, Default)]
struct Home {
    household: Household,
    people: Vec<Person>,
    receipts: Vec<Receipt>,
    needs: Vec<Need>,
    visits: Vec<Visit>,
}

/// Numbers that look random and never change.
struct Dice(u64);

impl Dice {
    fn below(&mut self, count: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) % count
    }

    fn day(&mut self) -> Option<Date> {
        (self.below(5) > 0).then(|| day("2026-02-01").plus_days(self.below(330) as i32))
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len() as u64) as usize]
    }
}

fn homes(count: u64) -> Vec<Home> {
    let mut dice = Dice(20_261_121);
    (0..count)
        .map(|row| {
            let household = Household {
                id: row.to_string(),
                position: Some(dice.below(3))
                    .filter(|at| *at < 2)
                    .and_then(|at| LonLat::new(0.05 + 0.1 * at as f64, 0.05)),
                members: Some(dice.below(4) as u16),
                monthly_income: Some(dice.below(5) as f64 * 550.0),
                programmes: CodeList::split(dice.pick(&["", "", "dibao", "dibao;canji"])),
                needs: CodeList::split(dice.pick(&["", "care", "medical;legal"])),
                last_visit: dice.day(),
                ..Household::default()
            };
            let people = (0..dice.below(3)).map(|at| Person {
                name: format!("示范{at}"),
                born: Some(day("1946-02-01").plus_days(dice.below(400) as i32)),
                ..Person::default()
            });
            let people = people.collect();
            let receipts = (0..dice.below(3)).map(|_| Receipt {
                programme: dice.pick(&["dibao", "gaoling"]).to_owned(),
                member: dice.pick(&["", "示范0"]).to_owned(),
                start: dice.day(),
                end: dice.day(),
                ..Receipt::default()
            });
            let receipts = receipts.collect();
            let needs = (0..dice.below(3)).map(|_| Need {
                category: dice.pick(&["care", "medical", "other"]).to_owned(),
                raised_on: dice.day(),
                urgency: Some(dice.below(4) as u8).filter(|urgency| *urgency > 0),
                status: NeedStatus::ALL[dice.below(4) as usize],
                closed_on: dice.day(),
                ..Need::default()
            });
            let needs = needs.collect();
            let visits = (0..dice.below(3)).map(|_| Visit {
                done_on: dice.day(),
                ..Visit::default()
            });
            Home {
                household,
                people,
                receipts,
                needs,
                visits: visits.collect(),
            }
        })
        .collect()
}

/// A list as it is on a day: what has a row goes by its rows, the rest by the ledger.
fn list_on(ledger: &CodeList, rows: &[(&str, bool)]) -> BTreeSet<String> {
    let named = |code: &str| rows.iter().any(|(one, _)| *one == code);
    let of_ledger = ledger.iter().filter(|code| !named(code));
    let on = rows
        .iter()
        .filter(|(_, is_on)| *is_on)
        .map(|(code, _)| *code);
    of_ledger.chain(on).map(str::to_owned).collect()
}

fn standing(home: &Home, on: Date) -> (BTreeSet<String>, BTreeSet<String>, Option<Date>) {
    let receipts: Vec<_> = home
        .receipts
        .iter()
        .map(|one| (one.programme.as_str(), one.is_active(on)))
        .collect();
    let needs: Vec<_> = home
        .needs
        .iter()
        .map(|one| (one.category.as_str(), one.is_open(on)))
        .collect();
    let visits = home.visits.iter().map(|visit| visit.done_on);
    let visits = visits.chain([home.household.last_visit]).flatten();
    (
        list_on(&home.household.programmes, &receipts),
        list_on(&home.household.needs, &needs),
        visits.filter(|visit| *visit <= on).max(),
    )
}

/// The town as it is loaded as of a day.
fn town_on(homes: &[Home], on: Date) -> Snapshot {
    let mut builder = Builder::new(Generation::default(), catalogue(RULES), true);
    let square = |code: &str, level, parent: &str, west: f64, east: f64| Area {
        code: code.to_owned(),
        name: code.to_owned(),
        level,
        parent: parent.to_owned(),
        boundary: MultiPolygon(vec![polygon![
            (x: west, y: 0.0), (x: east, y: 0.0), (x: east, y: 0.1), (x: west, y: 0.1)
        ]]),
        derived: false,
    };
    let areas = vec![
        square("c", AreaLevel::Community, "", 0.0, 0.2),
        square("g1", AreaLevel::Grid, "c", 0.0, 0.1),
        square("g2", AreaLevel::Grid, "c", 0.1, 0.2),
    ];
    builder.set_areas(areas, Vec::new());
    let mut tables = Tables::default();
    for (home, number) in homes.iter().zip(0..) {
        let (programmes, needs, last_visit) = standing(home, on);
        let list = |codes: BTreeSet<String>| {
            CodeList::split(&codes.into_iter().collect::<Vec<_>>().join(";"))
        };
        let household = Household {
            programmes: list(programmes),
            needs: list(needs),
            last_visit,
            ..home.household.clone()
        };
        builder.push_on_day(&household, home.household.last_visit);
        for person in &home.people {
            tables.push_person(number, person);
        }
        for receipt in &home.receipts {
            tables.push_receipt(number, receipt);
        }
        for need in &home.needs {
            tables.push_need(number, need);
        }
        for visit in &home.visits {
            tables.push_visit(number, visit);
        }
    }
    builder.set_tables(tables, &(0..homes.len() as i64).collect::<Vec<_>>());
    let mut town = builder.finish(&Progress::new()).unwrap();
    town.needs.open_on(on);
    let rules = RuleSet::compile(&town.catalogue, on);
    town.households.entitlement.gap = gaps(&town, &rules, &Progress::new()).unwrap().gap;
    town
}

fn line(town: &Snapshot, rows: &RowSet, choice: Choice, months: usize) -> TimeLine {
    let areas: Vec<AreaIndex> = (0..3).map(AreaIndex).collect();
    let spec = TimeLineSpec {
        rows,
        choice,
        areas: &areas,
        as_of: day("2026-11-21"),
        months,
    };
    timeline(town, spec, &Progress::new()).unwrap()
}

#[test]
fn months_end_on_their_last_days() {
    let text = |as_of: &str, months| {
        let days = month_ends(day(as_of), months);
        days.iter().map(Date::to_string).collect::<Vec<_>>()
    };
    let four = ["2023-12-31", "2024-01-31", "2024-02-29", "2024-03-05"];
    assert_eq!(text("2024-03-05", 4), four);
    assert_eq!(text("2024-03-31", 2), ["2024-02-29", "2024-03-31"]);
    assert_eq!(text("2024-03-05", 1), ["2024-03-05"]);
    assert!(text("2024-03-05", 0).is_empty());
}

#[test]
fn every_point_is_the_town_of_that_day() {
    let homes = homes(700);
    let town = town_on(&homes, day("2026-11-21"));
    let mut rows = RowSet::none(700);
    (0..700)
        .filter(|row| row % 7 != 3)
        .for_each(|row| rows.insert(row));
    let choice = Choice {
        programmes: 0b011,
        needs: !0b10,
    };
    let line = line(&town, &rows, choice, 10);
    assert_eq!(line.days.len(), 10);
    let mut gaps_seen = BTreeSet::new();
    for (point, on) in line.days.iter().enumerate() {
        let then = town_on(&homes, *on);
        let expected = coverage(&then, &rows, choice, &Progress::new()).unwrap();
        // The same to the last bit, sums of weights among them.
        assert_eq!(line.total[point].figures, expected.total, "{on}");
        for area in 0..3_u32 {
            let of = &line.of(AreaIndex(area)).unwrap()[point];
            assert_eq!(of.figures, expected.by_area[area as usize], "{on}");
        }
        gaps_seen.insert(expected.total.gaps);
        let loads = rows.iter().map(|row| unmet_load(&then, row, choice));
        let sum: f64 = loads.sum();
        assert!((line.total[point].figures.unmet_load - sum).abs() < 1e-6);
    }
    assert!(gaps_seen.len() > 5, "the rules are asked anew of each day");
}

#[test]
fn programmes_of_an_earlier_day_are_those_of_a_town_of_that_day() {
    let homes = homes(400);
    let town = town_on(&homes, day("2026-11-21"));
    let mut rows = RowSet::none(400);
    (0..400)
        .filter(|row| row % 5 != 2)
        .for_each(|row| rows.insert(row));
    let progress = Progress::new();
    let mut seen = BTreeSet::new();
    for on in ["2026-04-30", "2026-08-15", "2026-11-20"].map(day) {
        let then = town_on(&homes, on);
        let rules = RuleSet::compile(&then.catalogue, on);
        let gaps = gaps(&then, &rules, &progress).unwrap();
        let expected = programme_coverage(&then, &gaps, &rows, &progress).unwrap();
        let past = crate::analysis::past(&town, &town.undated(), on, &progress).unwrap();
        let found = past_programme_coverage(&town, &past, &rows, &progress).unwrap();
        assert_eq!(found, expected, "{on}");
        let first = found.total[0];
        seen.insert((first.covered, first.gap, first.review, first.unknown));
    }
    assert!(seen.len() > 1, "the days differ");
}

#[test]
fn months_are_recounted_from_the_rows() {
    let homes = homes(500);
    let town = town_on(&homes, day("2026-11-21"));
    let all = RowSet::all(500);
    let choice = Choice {
        programmes: u64::MAX,
        needs: 0b01,
    };
    let line = line(&town, &all, choice, 8);
    let mut from = day("2026-04-01");
    for (point, to) in line.days.iter().enumerate() {
        let within = |on: Option<Date>| on.is_some_and(|on| on >= from && on <= *to);
        let cares = || {
            let needs = homes.iter().flat_map(|home| &home.needs);
            needs.filter(|need| need.category == "care")
        };
        let closed = |status| {
            let closed = cares().filter(|need| need.status == status);
            closed.filter(|need| within(need.closed_on)).count() as u32
        };
        let month = &line.total[point];
        let raised = cares().filter(|need| within(need.raised_on)).count() as u32;
        assert_eq!(month.raised, raised, "{to}");
        assert_eq!(month.met, closed(NeedStatus::Met), "{to}");
        assert_eq!(month.withdrawn, closed(NeedStatus::Withdrawn), "{to}");
        let visits = homes.iter().flat_map(|home| &home.visits);
        let visits = visits.filter(|visit| within(visit.done_on)).count() as u32;
        assert_eq!(month.visits, visits, "{to}");
        for (place, term) in town.catalogue.programmes.iter().enumerate() {
            let receive = homes
                .iter()
                .filter(|home| standing(home, *to).0.contains(&term.code));
            assert_eq!(month.by_programme[place], receive.count() as u32, "{to}");
        }
        let care = homes
            .iter()
            .filter(|home| standing(home, *to).1.contains("care"));
        assert_eq!(month.by_need[0], care.count() as u32, "{to}");
        assert!(month.by_need[1..].iter().all(|count| *count == 0));
        assert!(raised > 0 && visits > 0);
        // The grids and what lies in none make the whole.
        let of = |area: u32| line.of(AreaIndex(area)).unwrap()[point].visits;
        assert_eq!(of(0), of(1) + of(2));
        assert!(of(0) < visits);
        from = to.plus_days(1);
    }
}

#[test]
fn what_has_no_date_is_counted() {
    let ledger = Household {
        id: "0".to_owned(),
        programmes: CodeList::split("dibao;gaoling"),
        needs: CodeList::split("care"),
        ..Household::default()
    };
    let need = |status, raised: &str| Need {
        category: "medical".to_owned(),
        status,
        raised_on: Date::parse(raised),
        ..Need::default()
    };
    let home = Home {
        household: ledger,
        receipts: vec![Receipt {
            programme: "gaoling".to_owned(),
            ..Receipt::default()
        }],
        needs: vec![
            need(NeedStatus::Open, ""),
            need(NeedStatus::Met, "2026-10-01"),
        ],
        ..Home::default()
    };
    let town = town_on(&[home], day("2026-11-21"));
    let found = line(&town, &RowSet::all(1), Choice::default(), 2);
    let expected = UndatedCounts {
        programmes: 1,
        needs: 1,
        receipts_without_start: 1,
        needs_without_start: 1,
        closed_without_day: 1,
    };
    assert_eq!(found.undated, expected);
    assert_eq!(found.undated.total(), 5);
    assert_eq!(found.total[0].figures.open_needs, 2);
    assert_eq!((found.total[0].raised, found.total[0].met), (1, 0));
    let nobody = line(&town, &RowSet::none(1), Choice::default(), 2);
    assert_eq!(nobody.undated, UndatedCounts::default());
}

#[test]
fn a_line_can_be_stopped() {
    let town = town_on(&homes(5), day("2026-11-21"));
    let progress = Progress::new();
    progress.cancel();
    let spec = TimeLineSpec {
        rows: &RowSet::all(5),
        choice: Choice::default(),
        areas: &[],
        as_of: day("2026-11-21"),
        months: 3,
    };
    assert_eq!(timeline(&town, spec, &progress), Err(Cancelled));
}
