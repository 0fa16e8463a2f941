//! Needs and resources in the session: what is asked when, what a click selects, what is written.

use crate::desk::Desk;
use crate::support::{create, run, today};
use livelihood_map::analysis::{MatchOutcome, MatchPart};
use livelihood_map::jobs::{
    Event, FileChoice, FileRole, ImportRequest, Lane, Painted, Request, TableWanted,
};
use livelihood_map::layer::{HeatKind, LayerKind, LegendKind};
use livelihood_map::model::{Date, TableKind};
use livelihood_map::session::{Command, Counted, Figure, Inspected, NoticeKind, Who, Worksheet};
use livelihood_map::words::Lang;
use std::fs;
use tempfile::TempDir;

const LEDGER: &str = "户编号,户主姓名,地址,经度,纬度,需求\n\
    H1,示范甲,示范路1号,121.0030,30.005,照料\n\
    H2,示范乙,示范路2号,121.0040,30.005,照料\n\
    H3,示范丙,示范路3号,121.0900,30.005,照料\n\
    H4,示范丁,示范路4号,121.0035,30.005,\n";
const NEEDS: &str = "户编号,需求类别,提出时间,紧急程度,状态\n\
    H1,照料,2026-03-01,不急,待办\n\
    H2,照料,2026-03-01,紧急,待办\n";
const RESOURCES: &str = "编号,名称,服务类别,地址,经度,纬度,容量,服务半径\n\
    Z1,示范助餐点,照料,示范路10号,121.0031,30.005,1,800\n\
    Z2,示范修理队,居住,示范路11号,,,5,800\n";

fn desk() -> (Desk, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("示范.lmap");
    let files = [
        ("户.csv", LEDGER, TableKind::Households),
        ("需求.csv", NEEDS, TableKind::Needs),
        ("资源.csv", RESOURCES, TableKind::Resources),
    ];
    let files = files.map(|(name, text, kind)| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        FileChoice::holding(path, FileRole::Table(kind))
    });
    let request = ImportRequest {
        workspace: Some(create(&path).workspace),
        today: today(),
        as_of: today(),
        reload: None,
        ..ImportRequest::of(files.to_vec())
    };
    match run(Request::Import(request)) {
        Event::Imported(_) => {}
        other => panic!("{other:?}"),
    }
    let mut desk = Desk::new(Lang::Zh);
    desk.does(Command::SetAsOf(Date::parse("2026-11-01").unwrap()));
    desk.does(Command::Open(path));
    (desk, folder)
}

fn selected(desk: &Desk) -> Vec<String> {
    let households = &desk.session.town().unwrap().snapshot.households;
    let selection = desk.session.view.selection.as_ref();
    selection.map_or_else(Vec::new, |rows| {
        rows.iter()
            .map(|row| households.id.get(row).to_owned())
            .collect()
    })
}

fn asked(desk: &Desk) -> usize {
    desk.asked
        .iter()
        .filter(|lane| **lane == Lane::Match)
        .count()
}

#[test]
fn the_sheet_asks_once_and_its_figures_open_into_households() {
    let (mut desk, folder) = desk();
    assert_eq!((asked(&desk), desk.session.matched().is_some()), (0, false));
    // The card of a household without a need asks nothing.
    desk.does(Command::Inspect(Some(Inspected::Household(3))));
    assert_eq!(asked(&desk), 0);
    desk.does(Command::ShowWorksheet(Some(Worksheet::Matching)));
    let matched = desk.session.matched().unwrap().clone();
    desk.does(Command::ShowWorksheet(None));
    desk.does(Command::Inspect(Some(Inspected::Household(0))));
    assert_eq!(asked(&desk), 1, "the card reads what the sheet asked for");
    assert_eq!(matched.matching.outcomes[0], MatchOutcome::AllFull);

    let waits = |category: Option<u8>, count: u32| {
        let who = Who::Needs(category, MatchPart::Unmatched);
        Command::OpenFigure(Figure::new(count, Counted::Needs, who))
    };
    desk.does(waits(None, 2));
    assert_eq!(selected(&desk), ["H1", "H3"]);
    assert_eq!(desk.count(), 2, "the list shows them");
    // The sheet goes on to count the list before.
    assert_eq!(desk.session.sheet_rows().unwrap().count(), 4);
    desk.does(Command::ChooseResource(Some(0)));
    assert_eq!(selected(&desk), ["H2"]);
    assert_eq!(desk.session.chosen_resource, Some(0));
    let shown = desk.shown.unwrap();
    let town = desk.session.town().unwrap();
    assert!(shown.contains(town.snapshot.households.merc(1).unwrap()));
    desk.does(Command::ChooseResource(None));
    assert_eq!(desk.session.chosen_resource, None);

    // A filter changes what a figure opens into, not who gets the place.
    desk.types("id:H1");
    desk.does(waits(Some(matched.matching.needs[0].category), 1));
    assert_eq!(selected(&desk), ["H1"]);
    assert_eq!(asked(&desk), 1);
    let path = folder.path().join("对接.csv");
    desk.does(Command::ExportTable {
        what: TableWanted::Matching,
        path: path.clone(),
        unmasked: false,
    });
    assert_eq!(desk.last_notice().0, NoticeKind::Done);
    let text = fs::read_to_string(path).unwrap();
    assert_eq!(text.lines().count(), 2);
    assert!(text.contains("示**") && !text.contains("示范甲") && text.contains("名额已满"));
}

#[test]
fn another_day_is_another_proposal_and_the_heat_map_shows_who_is_left() {
    let (mut desk, _folder) = desk();
    desk.does(Command::ShowWorksheet(Some(Worksheet::Matching)));
    // H1 and H2 had not asked yet: only the ledger of today names their needs, so they are closed then.
    desk.does(Command::SetAsOf(Date::parse("2026-02-01").unwrap()));
    let matched = desk.session.matched().unwrap();
    assert_eq!(matched.matching.needs.len(), 1);
    assert_eq!(asked(&desk), 2);
    desk.does(Command::SetAsOf(Date::parse("2026-11-01").unwrap()));
    desk.looks_at_all(400, 300);
    desk.does(Command::AddLayer(LayerKind::heat(
        HeatKind::Unmatched,
        150.0,
    )));
    let layer = desk.session.view.layers[0].clone();
    assert!(matches!(
        layer.kind,
        LayerKind::Heat {
            kind: HeatKind::Unmatched,
            ..
        }
    ));
    let drawn = desk.drawn(layer.id.0);
    assert_eq!(drawn.count, 2, "H1 and H3");
    let scale = drawn.legend.kind.clone();
    desk.types("id:H3");
    let drawn = desk.drawn(layer.id.0);
    assert_eq!(
        (drawn.count, &drawn.legend.kind),
        (1, &scale),
        "a filter does not move the scale"
    );
}

#[test]
fn resources_are_a_layer_and_a_click_shows_how_far_one_reaches() {
    let (mut desk, _folder) = desk();
    desk.looks_at_all(400, 300);
    desk.does(Command::AddLayer(LayerKind::Resources));
    let id = desk.session.view.layers[0].id.0;
    let drawn = desk.drawn(id);
    let Painted::Places { resources } = &drawn.painted else {
        panic!("{:?}", drawn.painted)
    };
    assert_eq!(**resources, [0], "nobody knows where the other is");
    assert_eq!(drawn.count, 1);
    let LegendKind::Marks { entries } = &drawn.legend.kind else {
        panic!("{:?}", drawn.legend)
    };
    let words: Vec<&str> = entries.iter().map(|(_, words)| words.as_str()).collect();
    assert_eq!(words, ["照料 1"]);
    let notes = drawn.legend.notes.join("\n");
    assert!(notes.contains("1 处没有位置"), "{notes}");
    // A filter is about households, not about those who help.
    desk.types("id:H4");
    assert_eq!(desk.drawn(id).count, 1);

    // Without the sheet a click selects nobody and asks nothing.
    let before = asked(&desk);
    desk.does(Command::MarkResource(Some(0)));
    assert_eq!(desk.session.chosen_resource, Some(0));
    assert!(selected(&desk).is_empty());
    assert_eq!(asked(&desk), before);
    desk.does(Command::MarkResource(None));
    assert_eq!(desk.session.chosen_resource, None);
    // With the sheet it is the same as a click in the sheet.
    desk.types("");
    desk.does(Command::ShowWorksheet(Some(Worksheet::Matching)));
    desk.does(Command::MarkResource(Some(0)));
    assert_eq!(selected(&desk), ["H2"]);
}
