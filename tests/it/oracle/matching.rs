//! The assignment of needs to resources against `SciPy`: `matching.md` says how.

use crate::support::data;
use livelihood_map::analysis::{MatchOutcome, matching};
use livelihood_map::base::{Generation, Progress};
use livelihood_map::model::{Catalogue, CodeList, Date, Household, LonLat, Need, Resource, Term};
use livelihood_map::snapshot::{Builder, Snapshot, Tables};
use std::collections::BTreeMap;

type Row = BTreeMap<String, String>;

fn rows(name: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(data(name)).unwrap();
    reader.deserialize().map(|row| row.unwrap()).collect()
}

fn number(row: &Row, column: &str) -> f64 {
    row[column].parse().unwrap()
}

fn position(row: &Row) -> Option<LonLat> {
    LonLat::new(number(row, "lon"), number(row, "lat"))
}

fn town(needs: &[Row], categories: &[Row]) -> Snapshot {
    let catalogue = Catalogue {
        needs: categories
            .iter()
            .map(|row| Term::unknown(&row["category"]))
            .collect(),
        ..Catalogue::default()
    };
    let mut builder = Builder::new(Generation::default(), catalogue, true);
    let mut tables = Tables::default();
    let numbers: Vec<i64> = (0..needs.len() as i64).collect();
    for (number_of, row) in numbers.iter().zip(needs) {
        builder.push(&Household {
            id: row["household"].clone(),
            position: position(row),
            needs: CodeList::split(&row["category"]),
            ..Household::default()
        });
        let need = Need {
            category: row["category"].clone(),
            urgency: Some(number(row, "urgency") as u8),
            raised_on: Date::parse(&row["raised_on"]),
            ..Need::default()
        };
        tables.push_need(*number_of, &need);
    }
    for row in rows("oracle/matching_resources.csv") {
        tables.push_resource(&Resource {
            id: row["id"].clone(),
            category: row["category"].clone(),
            position: position(&row),
            capacity: Some(number(&row, "capacity") as u32),
            radius_m: Some(number(&row, "radius_m")),
            ..Resource::default()
        });
    }
    builder.set_tables(tables, &numbers);
    builder.finish(&Progress::new()).unwrap()
}

#[test]
fn the_same_needs_are_served_over_the_same_distance() {
    let needs = rows("oracle/matching_needs.csv");
    let categories = rows("oracle/matching_expected.csv");
    let as_of = Date::parse("2026-09-01").unwrap();
    let mut town = town(&needs, &categories);
    town.needs.open_on(as_of);
    let found = matching(&town, as_of, &Progress::new()).unwrap();
    assert!(found.is_shortest);
    assert_eq!(found.needs.len(), needs.len());
    let mut used = vec![0_u32; found.used.len()];
    for (place, expected) in (0..).zip(&categories) {
        let (mut served, mut value, mut total_m) = (0.0, 0.0, 0.0);
        for (need, outcome) in found.needs.iter().zip(&found.outcomes) {
            let row = &needs[need.household as usize];
            if need.category != place {
                continue;
            }
            let is_matched = matches!(outcome, MatchOutcome::Matched { .. });
            assert_eq!(is_matched, row["served"] == "1", "{row:?}");
            if let MatchOutcome::Matched {
                resource,
                distance_m,
            } = outcome
            {
                served += 1.0;
                let waited = f64::from(need.waiting_days.unwrap());
                value += 1_000.0 * f64::from(need.urgency) + waited + 1.0;
                total_m += distance_m;
                used[*resource as usize] += 1;
            }
        }
        assert_eq!(served, number(expected, "served"));
        assert_eq!(value, number(expected, "value"));
        let total = number(expected, "total_distance_m");
        assert!(
            (total_m - total).abs() < 1e-6 * total,
            "{total_m} instead of {total}"
        );
    }
    assert_eq!(used, found.used);
    for (used, row) in used.iter().zip(rows("oracle/matching_resources.csv")) {
        assert!(f64::from(*used) <= number(&row, "capacity"), "{row:?}");
    }
}
