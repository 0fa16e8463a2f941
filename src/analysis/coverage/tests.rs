//! The figures by their definitions.

use super::*;
use crate::base::Generation;
use crate::datum::MercBox;
use crate::model::{AreaLevel, Catalogue, CodeList, Date, Household, Need, Scheme, Term};
use crate::snapshot::{
    AreaTree, Areas, Builder, Entitlement, Households, NeedRows, People, PointIndex, Quality,
    Receipts, Resources, Reviews, Tables, Unknown, VisitRows,
};

/// A town of this many households, nothing known of any, and no areas.
pub(in crate::analysis) fn blank_town(rows: usize) -> Snapshot {
    Snapshot {
        generation: Generation::default(),
        households: Households {
            lon: vec![f64::NAN; rows],
            lat: vec![f64::NAN; rows],
            x_merc: vec![f64::NAN; rows],
            y_merc: vec![f64::NAN; rows],
            area: vec![AreaIndex::NONE; rows],
            programmes: vec![0; rows],
            needs: vec![0; rows],
            members: vec![Unknown::COUNT; rows],
            elderly: vec![Unknown::COUNT; rows],
            children: vec![Unknown::COUNT; rows],
            disabled: vec![Unknown::COUNT; rows],
            living_alone: vec![Unknown::COUNT; rows],
            monthly_income: vec![f64::NAN; rows],
            last_visit: vec![Unknown::DAY; rows],
            entitlement: Entitlement::nothing(rows),
            ..Households::default()
        },
        people: People::default(),
        receipts: Receipts::default(),
        needs: NeedRows::default(),
        reviews: Reviews::default(),
        visits: VisitRows::default(),
        resources: Resources::default(),
        areas: Areas::default(),
        catalogue: Catalogue::default(),
        area_tree: AreaTree::default(),
        points: PointIndex::default(),
        quality: Quality::default(),
        extent_merc: MercBox::EMPTY,
        is_demo: false,
    }
}

/// One street of two communities; the first has two grids.
fn street() -> Areas {
    Areas {
        code: ["1", "11", "12", "111", "112"].map(str::to_owned).to_vec(),
        level: vec![
            AreaLevel::Street,
            AreaLevel::Community,
            AreaLevel::Community,
            AreaLevel::Grid,
            AreaLevel::Grid,
        ],
        parent: vec![
            AreaIndex::NONE,
            AreaIndex(0),
            AreaIndex(0),
            AreaIndex(1),
            AreaIndex(1),
        ],
        ..Areas::default()
    }
}

#[test]
fn figures_follow_the_definitions() {
    let mut town = blank_town(8);
    town.areas = street();
    // Three in grid 111, one in the second community, one in the first but in no grid of it,
    // one outside, two without a position.
    let places = [3, 3, 3, 2, 1];
    for (row, place) in places.into_iter().enumerate() {
        town.households.area[row] = AreaIndex(place);
    }
    town.households.x_merc[..6].fill(0.0);
    town.households.programmes = vec![0b01, 0b10, 0, 0b01, 0, 0b01, 0, 0];
    town.households.needs = vec![0, 0b011, 0, 0b100, 0b001, 0, 0b111, 0];
    let progress = Progress::new();
    let all = coverage(&town, &RowSet::all(8), Choice::default(), &progress).unwrap();

    let grid = all.by_area[3];
    assert_eq!(
        (
            grid.households,
            grid.of_concern,
            grid.receiving,
            grid.fully_covered
        ),
        (3, 2, 2, 1)
    );
    assert_eq!((grid.open_needs, grid.unmet_load, grid.gaps), (2, 2.0, 0));
    assert_eq!((grid.reach(), grid.full_coverage()), (Some(1.0), Some(0.5)));
    assert_eq!(all.by_area[4].reach(), None, "nobody is no data, not 0 %");
    assert_eq!(all.by_area[1].households, 4);
    assert_eq!(all.by_area[1].reach(), Some(2.0 / 3.0));
    assert_eq!((all.by_area[0].households, all.outside.households), (5, 1));
    assert_eq!(
        (all.not_geocoded.households, all.not_geocoded.open_needs),
        (2, 3)
    );
    assert_eq!((all.total.households, all.total.open_needs), (8, 7));
    assert!(grid.is_suppressed(MIN_DENOMINATOR) && !grid.is_suppressed(2));
    assert_eq!(progress.done(), 8);

    // Only programme 0 and need 2, and only some rows.
    let choice = Choice {
        programmes: 0b01,
        needs: 0b100,
    };
    let mut rows = RowSet::none(8);
    for row in [1, 3, 6] {
        rows.insert(row);
    }
    let some = coverage(&town, &rows, choice, &Progress::new()).unwrap();
    assert_eq!((some.total.households, some.total.of_concern), (3, 2));
    assert_eq!((some.total.receiving, some.total.fully_covered), (1, 0));
    assert_eq!(some.by_area[3].of_concern, 0);
}

#[test]
fn a_gap_makes_a_household_of_concern_and_weighs() {
    let mut town = blank_town(4);
    town.households.programmes = vec![0b01, 0b01, 0, 0];
    town.households.entitlement.gap = vec![0, 0b10, 0b110, 0];
    town.catalogue.schemes = [1.0, 2.0, 0.5]
        .map(|gap_weight| Scheme {
            gap_weight,
            ..Scheme::default()
        })
        .to_vec();
    let figures = |programmes| {
        let choice = Choice {
            programmes,
            ..Choice::default()
        };
        let all = coverage(&town, &RowSet::all(4), choice, &Progress::new());
        all.unwrap().total
    };
    let all = figures(u64::MAX);
    assert_eq!(
        (all.of_concern, all.receiving, all.fully_covered),
        (3, 2, 1)
    );
    assert_eq!((all.gaps, all.unmet_load), (3, 4.5));
    // A gap in a programme that was not chosen does not count.
    let first = figures(0b01);
    assert_eq!((first.of_concern, first.fully_covered), (2, 2));
    assert_eq!((first.gaps, first.unmet_load), (0, 0.0));
    assert_eq!(unmet_load(&town, 2, Choice::default()), 2.5);
}

#[test]
fn figures_agree_with_the_flags_of_each_household() {
    let rows = 5_000;
    let mut town = blank_town(rows);
    town.areas = street();
    town.catalogue.needs = (0..5)
        .map(|need| Term {
            weight: 0.5 * f64::from(need),
            ..Term::unknown("x")
        })
        .collect();
    for row in 0..rows {
        town.households.area[row] = AreaIndex((row * 7 % 5) as u32);
        town.households.programmes[row] = (row as u64 * 31) % 8;
        town.households.needs[row] = (row as u64 * 17) % 37;
        town.households.entitlement.gap[row] = (row as u64 * 13) % 9;
    }
    let choice = Choice {
        programmes: 0b101,
        needs: 0b11_1110,
    };
    let mut set = RowSet::none(rows);
    (0..rows as u32).step_by(3).for_each(|row| set.insert(row));
    let total = coverage(&town, &set, choice, &Progress::new())
        .unwrap()
        .total;

    let count = |flag: fn(&Snapshot, u32, Choice) -> bool| {
        set.iter().filter(|row| flag(&town, *row, choice)).count() as u32
    };
    assert_eq!(total.of_concern, count(of_concern));
    assert_eq!(total.receiving, count(receiving));
    assert_eq!(total.fully_covered, count(fully_covered));
    let loads = unmet_loads(&town, choice);
    let sum: f64 = set.iter().map(|row| f64::from(loads[row as usize])).sum();
    assert!((total.unmet_load - sum).abs() < 1e-6 && sum > 0.0);
    let one: f64 = set.iter().map(|row| unmet_load(&town, row, choice)).sum();
    assert!((total.unmet_load - one).abs() < 1e-6);
}

#[test]
fn an_urgent_need_weighs_more_and_each_need_counts() {
    let mut builder = Builder::new(
        Generation::default(),
        Catalogue {
            needs: [("care", 3.0), ("goods", 0.5)]
                .map(|(code, weight)| Term {
                    weight,
                    ..Term::unknown(code)
                })
                .to_vec(),
            ..Catalogue::default()
        },
        true,
    );
    for _ in 0..2 {
        builder.push(&Household {
            needs: CodeList::split("care;goods"),
            ..Household::default()
        });
    }
    let mut tables = Tables::default();
    for (member, urgency) in [("a", Some(3)), ("b", None), ("c", Some(1))] {
        tables.push_need(
            1,
            &Need {
                member: member.to_owned(),
                category: "care".to_owned(),
                urgency,
                ..Need::default()
            },
        );
    }
    builder.set_tables(tables, &[1, 2]);
    let mut town = builder.finish(&Progress::new()).unwrap();
    town.needs.open_on(Date::parse("2026-09-01").unwrap());
    let all = Choice::default();
    // Care by 3 + 1 + 1, and the goods of the list; the other household has its list alone.
    assert_eq!(unmet_load(&town, 0, all), 3.0 * 5.0 + 0.5);
    assert_eq!(unmet_load(&town, 1, all), 3.5);
    assert_eq!(unmet_loads(&town, all), [15.5, 3.5]);
    let figures = coverage(&town, &RowSet::all(2), all, &Progress::new());
    let total = figures.unwrap().total;
    assert_eq!((total.open_needs, total.unmet_load), (6, 19.0));
    let goods = Choice { needs: 0b10, ..all };
    assert_eq!(unmet_load(&town, 0, goods), 0.5);
}

#[test]
fn a_cancelled_count_stops() {
    let progress = Progress::new();
    progress.cancel();
    let town = blank_town(3);
    let result = coverage(&town, &RowSet::all(3), Choice::default(), &progress);
    assert_eq!(result, Err(Cancelled));
}

#[test]
fn an_empty_town_has_no_figures() {
    let none = coverage(
        &blank_town(0),
        &RowSet::all(0),
        Choice::default(),
        &Progress::new(),
    );
    assert_eq!(none, Ok(Coverage::default()));
}
