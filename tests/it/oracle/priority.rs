//! Scores, lists of the most urgent and their steadiness against pandas and `PySAL`: `priority.md`
//! says how.

use crate::desk::Desk;
use crate::support::data;
use livelihood_map::analysis::{Component, Quota};
use livelihood_map::jobs::{FileChoice, FileRole};
use livelihood_map::model::{AreaLevel, TableKind};
use livelihood_map::session::Command;
use livelihood_map::words::Lang;
use std::collections::BTreeMap;
use std::sync::Arc;
use tempfile::TempDir;

/// The town of the tables, with a catalogue of no rules.
fn desk() -> (Desk, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = Desk::new(Lang::En);
    desk.does(Command::Create(folder.path().join("town.lmap")));
    let files = [
        ("areas.geojson", FileRole::Areas),
        ("households.csv", FileRole::Table(TableKind::Households)),
        ("needs.csv", FileRole::Table(TableKind::Needs)),
    ]
    .map(|(name, role)| (data(&format!("oracle/priority_{name}")), role));
    desk.does(Command::CloseDialog);
    let paths = files.each_ref().map(|(path, _)| path.clone());
    desk.does(Command::StartImport(paths.to_vec()));
    for (at, (path, role)) in files.into_iter().enumerate() {
        let choice = FileChoice::holding(path, role);
        desk.does(Command::ChooseForFile(at, choice));
    }
    desk.does(Command::RunImport);
    desk.does(Command::CloseDialog);
    let town = desk.session.town().unwrap();
    let mut catalogue = town.snapshot.catalogue.of_office();
    for scheme in &mut catalogue.schemes {
        scheme.rules.clear();
    }
    desk.does(Command::SaveCatalogue(Arc::new(catalogue)));
    (desk, folder)
}

/// The rows of the expected table by household, columns by name.
fn expected() -> BTreeMap<String, BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(data("oracle/priority_expected.csv")).unwrap();
    let rows = reader.deserialize::<BTreeMap<String, String>>();
    rows.map(|row| row.unwrap())
        .map(|row| (row["household_id"].clone(), row))
        .collect()
}

fn number(row: &BTreeMap<String, String>, column: &str) -> f64 {
    row[column].parse().unwrap()
}

/// The ids of the rows of the table.
fn ids(desk: &Desk) -> Vec<String> {
    let households = &desk.session.town().unwrap().snapshot.households;
    (0..households.len() as u32)
        .map(|row| households.id.get(row).to_owned())
        .collect()
}

#[test]
fn scores_and_their_parts_are_those_of_pandas() {
    let (desk, _folder) = desk();
    let expected = expected();
    assert_eq!(expected.len(), 640);
    let mut hot = 0;
    for (row, id) in (0..).zip(ids(&desk)) {
        let wanted = &expected[&id];
        let parts = desk.session.score_parts(row).unwrap();
        for part in parts {
            let value = number(wanted, part.component.code());
            assert!((part.value - value).abs() < 1e-6, "{id}: {part:?}, {value}");
        }
        let score: f64 = parts.iter().map(|part| part.points).sum();
        let wanted = number(wanted, "score");
        assert!((score - wanted).abs() < 1e-4, "{id}: {score}, {wanted}");
        hot += usize::from(parts[Component::HotSpot.place()].value > 0.0);
    }
    assert_eq!(hot, 79, "the corner with its rim");
}

#[test]
fn the_most_urgent_and_how_steady_they_are_is_what_pandas_lists() {
    let (mut desk, _folder) = desk();
    let expected = expected();
    for (kind, per, each) in [("top", None, 40), ("each", Some(AreaLevel::Grid), 2)] {
        desk.does(Command::SetQuota(Some(Quota { per, each })));
        let filtered = desk.session.results.filtered.clone().unwrap();
        let steady = Arc::clone(desk.session.steadiness().unwrap());
        for (row, id) in (0..).zip(ids(&desk)) {
            let wanted = &expected[&id];
            let is_wanted = number(wanted, kind) == 1.0;
            assert_eq!(filtered.rows.contains(row), is_wanted, "{kind} {id}");
            let times = number(wanted, &format!("{kind}_times"));
            assert_eq!((steady.share(row) * 76.0).round(), times, "{kind} {id}");
        }
        assert_eq!(steady.kept, filtered.order.len());
    }
}
