//! Whom to visit first: weights that are tried and kept, lists of the most urgent, and how steady
//! they are.

use crate::desk::Desk;
use livelihood_map::analysis::{Component, PriorityWeights, Quota};
use livelihood_map::jobs::{ExportFormat, Lane, picked_text};
use livelihood_map::layer::ListField;
use livelihood_map::model::AreaLevel;
use livelihood_map::session::{Command, ExportChoice, NoticeKind, Worksheet};
use livelihood_map::words::Lang;

/// All for those whom nobody has visited for long.
fn only_visits() -> PriorityWeights {
    Component::ALL
        .into_iter()
        .fold(PriorityWeights::default(), |all, one| {
            all.with(one, f64::from(u8::from(one == Component::Visit)) * 40.0)
        })
}

fn scores(desk: &Desk) -> Vec<f32> {
    let scores = desk.session.scores().unwrap();
    scores.priority.score.clone()
}

#[test]
fn the_shipped_weights_are_those_of_the_catalogue() {
    let (desk, _folder) = Desk::with_town(Lang::Zh);
    let catalogue = &desk.session.town().unwrap().snapshot.catalogue;
    for component in Component::ALL {
        assert!(catalogue.number(component.number()).is_some());
    }
    assert_eq!(desk.session.saved_weights(), PriorityWeights::default());
}

#[test]
fn weights_are_tried_at_once_kept_when_somebody_says_so_and_taken_back() {
    let (mut desk, _folder) = Desk::with_town(Lang::Zh);
    let before = scores(&desk);
    let batches = |desk: &Desk| desk.session.document.as_ref().unwrap().batches.len();
    let imports = batches(&desk);
    desk.asked.clear();
    desk.does(Command::TryWeights(Some(only_visits())));
    assert_eq!(desk.asked, [Lane::Filter], "nothing is stored");
    let tried = scores(&desk);
    assert_ne!(tried, before);
    let visits = desk.column(ListField::DaysSinceVisit, 1);
    assert_eq!(visits, [""], "who was never visited is first");
    desk.does(Command::TryWeights(None));
    assert_eq!(scores(&desk), before);
    // The workspace's own weights are no draft.
    desk.does(Command::TryWeights(Some(PriorityWeights::default())));
    assert_eq!(desk.session.draft_weights, None);

    desk.does(Command::TryWeights(Some(only_visits())));
    desk.does(Command::SaveWeights);
    assert_eq!(desk.last_notice().0, NoticeKind::Done);
    assert_eq!(desk.session.draft_weights, None);
    assert_eq!(desk.session.saved_weights(), only_visits());
    assert_eq!(
        (scores(&desk), batches(&desk)),
        (tried.clone(), imports + 1)
    );
    desk.does(Command::Undo);
    assert_eq!(desk.session.saved_weights(), PriorityWeights::default());
    assert_eq!(scores(&desk), before);
    desk.does(Command::Redo);
    assert_eq!(scores(&desk), tried);
    // What was saved is there when the workspace is opened again.
    let path = desk.workspace().to_owned();
    desk.does(Command::Close);
    desk.does(Command::Open(path));
    assert_eq!(desk.session.saved_weights(), only_visits());
    assert_eq!(scores(&desk), tried);
}

#[test]
fn the_most_urgent_of_each_grid_are_the_same_on_map_and_list() {
    let (mut desk, folder) = Desk::with_town(Lang::Zh);
    desk.looks_at_all(400, 300);
    let all = desk.count();
    desk.types("concern:yes");
    let found = desk.count();
    let quota = |per, each| Command::SetQuota(Some(Quota { per, each }));
    desk.does(quota(Some(AreaLevel::Grid), 3));
    let filtered = desk.session.results.filtered.clone().unwrap();
    let picked = filtered.picked.unwrap();
    assert_eq!((picked.found, picked.kept), (found, desk.count()));
    assert!(picked.kept < found && found < all);
    let mut per_grid = std::collections::BTreeMap::<u32, usize>::new();
    let snapshot = &desk.session.town().unwrap().snapshot;
    for row in filtered.order.iter() {
        *per_grid
            .entry(snapshot.households.area[*row as usize].0)
            .or_default() += 1;
    }
    assert!(per_grid.values().all(|count| *count <= 3));
    let short = per_grid
        .iter()
        .filter(|(area, count)| **count < 3 && **area != u32::MAX);
    assert_eq!(short.count(), picked.short);
    // The heat map is of the same households.
    let shown: usize = desk.drawn(2).count;
    desk.does(Command::SetQuota(None));
    assert!(shown > 0 && shown < desk.drawn(2).count);
    assert_eq!(desk.count(), found);

    // A step back limits the list again; the most urgent of all are another list.
    desk.does(Command::Undo);
    assert_eq!(desk.count(), picked.kept);
    desk.does(quota(None, 48));
    assert_eq!(desk.count(), 48);
    let file = folder.path().join("最急.csv");
    assert_eq!(ExportFormat::of_path(&file).unwrap(), ExportFormat::Csv);
    desk.does(Command::Export(ExportChoice {
        path: file.clone(),
        fields: vec![
            ListField::HouseholdId,
            ListField::Priority,
            ListField::PriorityPart(Component::UnmetLoad),
            ListField::Steadiness,
        ],
        unmasked: false,
    }));
    let text = std::fs::read_to_string(&file).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 49);
    assert!(lines[0].ends_with("户编号,优先级,优先分：未满足需求,稳定度（%）"));
    let steady: Vec<f64> = lines[1..]
        .iter()
        .map(|line| line.rsplit(',').next().unwrap().parse().unwrap())
        .collect();
    assert_eq!(steady[0], 100.0);
    assert!(steady.iter().all(|share| (0.0..=100.0).contains(share)));
    let picked = desk.session.results.filtered.as_ref().unwrap().picked;
    let said = picked_text(&picked.unwrap(), Lang::Zh);
    assert_eq!(said, format!("48 户，取自 {found} 户：最急的 48 户"));
}

#[test]
fn how_steady_the_list_is_follows_what_is_looked_at() {
    let (mut desk, _folder) = Desk::with_town(Lang::En);
    assert!(desk.session.steadiness().is_none(), "nobody asked");
    desk.does(Command::ShowWorksheet(Some(Worksheet::Priority)));
    let steady = desk.session.steadiness().unwrap().clone();
    assert_eq!((steady.quota.each, steady.kept), (100, 100));
    assert!(steady.always <= 100 && steady.mean_stay <= 100.0);
    desk.does(Command::SetSteadyTop(20));
    assert_eq!(desk.session.steadiness().unwrap().kept, 20);
    // Another order of the list is the same list of the most urgent.
    desk.asked.clear();
    desk.does(Command::SortBy(livelihood_map::query::SortKey::Id));
    assert_eq!(desk.asked, [Lane::Filter]);
    assert_eq!(desk.session.steadiness().unwrap().kept, 20);
    desk.does(Command::TryWeights(Some(only_visits())));
    let visits = desk.session.steadiness().unwrap();
    assert_eq!(visits.weights, only_visits());
    assert_eq!(
        visits.mean_stay, 20.0,
        "one weight alone cannot move anybody"
    );
    desk.types("id:SF0000002");
    assert_eq!(desk.session.steadiness().unwrap().kept, 1);
    assert!(!desk.session.is_steadying());
}

#[test]
fn a_column_of_steadiness_is_full_though_nobody_looked_before() {
    let (mut desk, folder) = Desk::with_town(Lang::Zh);
    assert!(desk.session.steadiness().is_none());
    let file = folder.path().join("全部.csv");
    desk.does(Command::Export(ExportChoice {
        path: file.clone(),
        fields: vec![ListField::Steadiness],
        unmasked: false,
    }));
    let text = std::fs::read_to_string(&file).unwrap();
    let shares: Vec<f64> = text
        .lines()
        .skip(1)
        .map(|cell| cell.trim_matches('"').parse().unwrap())
        .collect();
    assert_eq!(shares.len(), desk.count());
    // A hundred are on each list.
    let sum: f64 = shares.iter().sum();
    assert!((9_900.0..=10_100.0).contains(&sum), "{sum}");
}
