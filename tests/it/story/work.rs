//! Work on the data: a place by hand, two entries that are one, lists against each other, and back.

use crate::desk::Desk;
use crate::prepared::{GRIDS, LIST, desk};
use livelihood_map::jobs::{
    BatchKind, Found, HouseholdHistory, ListsCell, SourceKind, TableWanted,
};
use livelihood_map::model::{
    HouseholdChange, HouseholdField, LonLat, PastChange, PositionSource, ProblemKind,
};
use livelihood_map::session::{Command, Inspected, NoticeKind, Worksheet};
use livelihood_map::words::Lang;

/// The row of a household.
fn row(desk: &Desk, id: &str) -> u32 {
    let households = &desk.session.town().unwrap().snapshot.households;
    let mut rows = 0..households.len() as u32;
    rows.find(|row| households.id.get(*row) == id).unwrap()
}

fn has(desk: &Desk, id: &str) -> bool {
    let households = &desk.session.town().unwrap().snapshot.households;
    (0..households.len() as u32).any(|row| households.id.get(row) == id)
}

fn position(desk: &Desk, id: &str) -> Option<LonLat> {
    let at = row(desk, id);
    desk.session
        .town()
        .unwrap()
        .snapshot
        .households
        .position(at)
}

const HERE: LonLat = LonLat {
    lon: 121.205,
    lat: 30.105,
};

/// The places of the open findings of a kind.
fn findings(desk: &Desk, kind: ProblemKind) -> Vec<usize> {
    let check = desk.session.results.check.as_ref().unwrap();
    check.open(kind).map(|(place, _)| place).collect()
}

#[test]
fn a_household_is_placed_by_a_click_and_undo_takes_it_back() {
    let (mut desk, _folder) = desk(Lang::En);
    let h3 = row(&desk, "H3");
    desk.does(Command::StartPlacing(h3));
    let placing = desk.session.placing.unwrap();
    assert!(!placing.goes_on, "the list holds located ones as well");
    let areas = &desk.session.town().unwrap().snapshot.areas;
    let declared = areas.by_code(GRIDS[1]).unwrap();
    assert_eq!(placing.area, declared);
    assert!(
        desk.shown
            .unwrap()
            .covers(&areas.box_merc[declared.0 as usize]),
        "the map shows where it should be"
    );
    assert_eq!(desk.session.inspected, Some(Inspected::Household(h3)));

    desk.does(Command::Place { row: h3, at: HERE });
    assert_eq!(desk.session.placing, None);
    assert_eq!(position(&desk, "H3"), Some(HERE));
    let town = desk.session.town().unwrap().clone();
    let households = &town.snapshot.households;
    assert_eq!(
        households.position_source[h3 as usize],
        PositionSource::Hand
    );
    let area = households.area[h3 as usize];
    assert_eq!(town.snapshot.areas.code[area.0 as usize], GRIDS[0]);
    assert_eq!(town.snapshot.quality.not_geocoded, 2);
    assert_eq!(desk.last_notice().0, NoticeKind::Done);
    desk.types("position:hand");
    assert_eq!(desk.count(), 1);

    // One history: the filter line first, then the place.
    desk.does(Command::Undo);
    assert_eq!(desk.session.filter_text, "");
    assert_eq!(position(&desk, "H3"), Some(HERE));
    desk.does(Command::Undo);
    assert_eq!(position(&desk, "H3"), None);
    assert!(!desk.session.can_undo());
    desk.does(Command::Redo);
    assert_eq!(position(&desk, "H3"), Some(HERE));
    desk.does(Command::Redo);
    assert_eq!(desk.count(), 1);
    desk.does(Command::Undo);
    desk.does(Command::Undo);
    assert_eq!(position(&desk, "H3"), None);
    assert!(!desk.session.busy);
}

#[test]
fn in_a_list_without_places_one_comes_after_the_other() {
    let (mut desk, _folder) = desk(Lang::Zh);
    desk.types("located:no");
    assert_eq!(desk.count(), 3);
    let order = desk
        .session
        .results
        .filtered
        .as_ref()
        .unwrap()
        .order
        .clone();
    desk.does(Command::StartPlacing(order[0]));
    assert_eq!(desk.session.left_to_place(), 3);
    desk.does(Command::Place {
        row: order[0],
        at: HERE,
    });
    let next = desk.session.placing.unwrap();
    assert_eq!((next.row, next.goes_on), (order[1], true));
    assert_eq!(desk.session.left_to_place(), 2);
    desk.does(Command::SkipPlacing);
    assert_eq!(desk.session.placing.unwrap().row, order[2]);
    desk.does(Command::SkipPlacing);
    assert_eq!(desk.session.placing.unwrap().row, order[1], "round again");
    desk.does(Command::Place {
        row: order[1],
        at: HERE,
    });
    desk.does(Command::Place {
        row: order[2],
        at: HERE,
    });
    assert_eq!(desk.session.placing, None, "none is left");
    assert_eq!(desk.count(), 0);
    for _ in 0..3 {
        desk.does(Command::Undo);
    }
    assert_eq!(desk.count(), 3);
}

#[test]
fn clicks_that_come_while_the_file_is_written_go_together() {
    let (mut desk, _folder) = desk(Lang::En);
    let (h3, h4) = (row(&desk, "H3"), row(&desk, "H4"));
    // Both before any job had its turn.
    let first = desk.session.apply(Command::Place { row: h3, at: HERE });
    let second = desk.session.apply(Command::Place { row: h4, at: HERE });
    assert!(first.requests.is_empty() && second.requests.is_empty());
    desk.asked.clear();
    desk.does(Command::Hover(None));
    assert_eq!(
        (position(&desk, "H3"), position(&desk, "H4")),
        (Some(HERE), Some(HERE))
    );
    let written = desk
        .asked
        .iter()
        .filter(|lane| **lane == livelihood_map::jobs::Lane::Workspace);
    assert_eq!(written.count(), 1);
    desk.does(Command::Undo);
    assert_eq!(
        (position(&desk, "H3"), position(&desk, "H4")),
        (Some(HERE), None)
    );
}

/// The statements about the household's row, the newest first, and whether each counts.
fn of_ledger(history: &HouseholdHistory) -> Vec<(bool, &HouseholdChange)> {
    let ledger = history
        .events
        .iter()
        .filter_map(|event| match &event.change {
            PastChange::Household(change) => Some((event.is_live, &**change)),
            _ => None,
        });
    ledger.collect()
}

#[test]
fn what_came_from_where_is_looked_up_when_it_is_asked_for() {
    let (mut desk, _folder) = desk(Lang::En);
    let h3 = row(&desk, "H3");
    desk.does(Command::GoTo(Inspected::Household(h3)));
    assert!(desk.session.results.history.is_none());
    desk.does(Command::ShowSources(true));
    let history = desk.session.results.history.clone().unwrap();
    assert_eq!(history.id, "H3");
    let origin = history.origin(HouseholdField::Address).unwrap();
    assert_eq!((&*origin.source, origin.row), ("台账.csv", 4));
    assert_eq!(of_ledger(&history).len(), 1);
    assert!(of_ledger(&history)[0].1.is_first);

    desk.does(Command::Place { row: h3, at: HERE });
    let history = desk.session.results.history.clone().unwrap();
    let by_hand = history.origin(HouseholdField::Position).unwrap();
    assert_eq!((&*by_hand.source, by_hand.row), ("", 0));
    assert!(by_hand.at_unix_secs > origin.at_unix_secs - 1_000_000_000);
    let (_, newest) = &of_ledger(&history)[0];
    assert_eq!(
        newest.changed.iter().collect::<Vec<_>>(),
        [HouseholdField::Position]
    );
    assert_eq!(
        (newest.before.position, newest.after.position),
        (None, Some(HERE))
    );
    desk.does(Command::Undo);
    let history = desk.session.results.history.clone().unwrap();
    let (is_live, newest) = &of_ledger(&history)[0];
    assert!(!is_live, "what was undone is still told");
    assert_eq!(newest.after.position, Some(HERE));
}

#[test]
fn the_check_finds_what_is_planted_and_goes_there() {
    let (mut desk, _folder) = desk(Lang::En);
    assert!(desk.session.results.check.is_none(), "nobody asked");
    desk.does(Command::ShowWorksheet(Some(Worksheet::Check)));
    let check = desk.session.results.check.clone().unwrap();
    let kinds: Vec<_> = check.kinds();
    assert_eq!(
        kinds,
        [
            (ProblemKind::AreaOverlap, 1),
            (ProblemKind::AreaGap, 1),
            (ProblemKind::SameHousehold, 1),
            (ProblemKind::SameIdNumber, 1),
            (ProblemKind::CountsContradict, 1),
        ]
    );
    let overlap = findings(&desk, ProblemKind::AreaOverlap)[0];
    let Found::Ground(ground) = &check.findings[overlap].found else {
        panic!("an overlap is ground")
    };
    assert_eq!(ground.codes, GRIDS);
    // 0.0004° × 0.01° at 30.105° north.
    assert!(
        (ground.ground_m2 - 38.56 * 1108.6).abs() < 120.0,
        "{}",
        ground.ground_m2
    );
    desk.does(Command::ChooseFinding(Some(overlap)));
    assert_eq!(desk.session.chosen_finding, Some(overlap));
    assert!(desk.shown.unwrap().covers(&ground.shape.box_merc));

    let counts = findings(&desk, ProblemKind::CountsContradict)[0];
    desk.does(Command::ChooseFinding(Some(counts)));
    let h5 = row(&desk, "H5");
    assert_eq!(desk.session.inspected, Some(Inspected::Household(h5)));
    desk.does(Command::ShowWorksheet(None));
    assert_eq!(desk.session.chosen_finding, None);
}

#[test]
fn two_entries_become_one_and_two_again() {
    let (mut desk, _folder) = desk(Lang::En);
    desk.does(Command::ShowWorksheet(Some(Worksheet::Check)));
    let pair = findings(&desk, ProblemKind::SameHousehold)[0];
    let check = desk.session.results.check.clone().unwrap();
    let Found::Pair(found) = &check.findings[pair].found else {
        panic!("two households")
    };
    assert_eq!(found.ids, ["H1", "H2"]);
    let moved = found.belongings[1];
    assert_eq!(
        (moved.members, moved.receipts, moved.needs, moved.visits),
        (1, 1, 0, 1)
    );
    desk.does(Command::ChooseFinding(Some(pair)));
    // A selection follows its households when rows move.
    desk.types("id:H8");
    let rows = desk.session.results.filtered.as_ref().unwrap().rows.clone();
    desk.does(Command::SelectRows(rows));
    desk.types("");
    let (keep, drop) = (row(&desk, "H1"), row(&desk, "H2"));
    desk.does(Command::Merge { keep, drop });
    assert!(!has(&desk, "H2"));
    assert_eq!(desk.count(), 7);
    assert!(findings(&desk, ProblemKind::SameHousehold).is_empty());
    assert_eq!(desk.session.chosen_finding, None);
    let selected = desk.session.view.selection.clone().unwrap();
    assert_eq!(selected.iter().collect::<Vec<_>>(), [row(&desk, "H8")]);
    // The counts of the others still lead to the right household.
    let counts = findings(&desk, ProblemKind::CountsContradict)[0];
    desk.does(Command::ChooseFinding(Some(counts)));
    let h5 = row(&desk, "H5");
    assert_eq!(desk.session.inspected, Some(Inspected::Household(h5)));

    desk.does(Command::Undo);
    assert!(has(&desk, "H2"));
    assert_eq!(findings(&desk, ProblemKind::SameHousehold), [pair]);
    let selected = desk.session.view.selection.clone().unwrap();
    assert_eq!(selected.iter().collect::<Vec<_>>(), [row(&desk, "H8")]);
}

#[test]
fn a_merge_stands_among_the_imports_and_is_undone_there_as_well() {
    let (mut desk, _folder) = desk(Lang::En);
    desk.does(Command::ShowWorksheet(Some(Worksheet::Check)));
    let households = desk.session.results.check.as_ref().unwrap().households;
    let (keep, drop) = (row(&desk, "H1"), row(&desk, "H2"));
    desk.does(Command::Merge { keep, drop });
    let newest = desk.session.document.as_ref().unwrap().batches[0].clone();
    assert_eq!((newest.kind, newest.undone_at), (BatchKind::Edit, None));
    let check = desk.session.results.check.as_ref().unwrap();
    assert_eq!(check.households, households - 1);
    desk.does(Command::UndoBatch(newest.number));
    assert!(has(&desk, "H2"));
    let newest = &desk.session.document.as_ref().unwrap().batches[0];
    assert!(newest.undone_at.is_some());
    assert!(!desk.session.can_undo(), "nothing is left to take back");
}

#[test]
fn a_pair_that_is_two_is_not_asked_about_again_until_that_is_undone() {
    let (mut desk, folder) = desk(Lang::En);
    desk.does(Command::ShowWorksheet(Some(Worksheet::Check)));
    let pair = findings(&desk, ProblemKind::SameHousehold);
    let (one, other) = (row(&desk, "H1"), row(&desk, "H2"));
    let generation = desk.session.town().unwrap().snapshot.generation;
    desk.does(Command::KeepBoth { one, other });
    assert!(findings(&desk, ProblemKind::SameHousehold).is_empty());
    assert_eq!(
        desk.session.town().unwrap().snapshot.generation,
        generation,
        "no household changed"
    );
    desk.does(Command::CheckAgain);
    assert!(findings(&desk, ProblemKind::SameHousehold).is_empty());
    desk.does(Command::Undo);
    assert_eq!(findings(&desk, ProblemKind::SameHousehold), pair);
    desk.does(Command::Redo);
    desk.does(Command::Close);
    desk.does(Command::Open(folder.path().join("滨河.lmap")));
    desk.does(Command::ShowWorksheet(Some(Worksheet::Check)));
    assert!(findings(&desk, ProblemKind::SameHousehold).is_empty());
}

#[test]
fn findings_are_exported_without_names() {
    let (mut desk, folder) = desk(Lang::Zh);
    desk.does(Command::ShowWorksheet(Some(Worksheet::Check)));
    let path = folder.path().join("检查.csv");
    desk.does(Command::ExportTable {
        what: TableWanted::Findings,
        path: path.clone(),
        unmasked: false,
    });
    let text = std::fs::read_to_string(&path).unwrap();
    assert_eq!(text.lines().count(), 1 + 5);
    assert!(text.contains("台账.csv,2,H1,H2,"), "{text}");
    assert!(text.contains("330282001001,330282001002"));
    assert!(text.contains("示**") && !text.contains("示例双"), "{text}");
    let path = folder.path().join("检查.xlsx");
    desk.does(Command::ExportTable {
        what: TableWanted::Findings,
        path: path.clone(),
        unmasked: true,
    });
    assert!(path.exists());
    assert!(!desk.session.exporting);
    desk.does(Command::ExportTable {
        what: TableWanted::Findings,
        path: folder.path().join("检查.geojson"),
        unmasked: true,
    });
    assert_eq!(desk.last_notice().0, NoticeKind::Warning);
}

/// The cell of two lists by their names.
fn cell(desk: &Desk, on: &SourceKind, not_on: &SourceKind) -> ListsCell {
    let lists = desk.session.results.lists.as_ref().unwrap();
    let place = |kind: &SourceKind| {
        let mut sources = lists.sources.iter();
        sources.position(|source| source.kind == *kind).unwrap()
    };
    ListsCell {
        on: place(on),
        not_on: place(not_on),
    }
}

#[test]
fn lists_are_compared_and_a_cell_stands_on_the_map_and_in_the_list() {
    let (mut desk, folder) = desk(Lang::Zh);
    desk.does(Command::ShowWorksheet(Some(Worksheet::Lists)));
    let lists = desk.session.results.lists.clone().unwrap();
    let (ledger, list) = (SourceKind::Ledger, SourceKind::List(LIST.to_owned()));
    let dibao = SourceKind::Programme("dibao".to_owned());
    let kinds: Vec<_> = lists.sources.iter().map(|source| &source.kind).collect();
    assert_eq!(kinds, [&ledger, &list, &dibao]);
    let count = |on, not_on| lists.count(cell(&desk, on, not_on));
    assert_eq!(count(&list, &list), 4);
    assert_eq!(count(&list, &ledger), 1, "one is unknown");
    assert_eq!(count(&list, &dibao), 2, "H1 and H6 receive it");
    // The receipt and the ledger's own column together: H1, H2, H6.
    assert_eq!(count(&dibao, &dibao), 3);

    let unknown = cell(&desk, &list, &ledger);
    desk.does(Command::ChooseCell(unknown));
    let found = desk.session.results.cell.clone().unwrap();
    assert_eq!((found.rows.count(), found.unmatched.len()), (0, 1));
    let path = folder.path().join("对不上.csv");
    desk.does(Command::ExportTable {
        what: TableWanted::Unmatched,
        path: path.clone(),
        unmasked: false,
    });
    let text = std::fs::read_to_string(&path).unwrap();
    assert_eq!(text.lines().count(), 2, "{text}");
    assert!(text.contains("残联名单,5,示**,0000**********"), "{text}");
    assert!(text.contains("199****9999") && text.contains("外街9号"));

    let without = cell(&desk, &list, &dibao);
    desk.does(Command::ChooseCell(without));
    let found = desk.session.results.cell.clone().unwrap();
    assert_eq!(found.rows.iter().collect::<Vec<_>>(), [row(&desk, "H3")]);
    assert_eq!(desk.count(), 1);
    assert_eq!(desk.session.view.selection.as_deref(), Some(&*found.rows));
    // One step back is the filter and the selection as they were.
    desk.does(Command::Undo);
    desk.does(Command::Undo);
    assert_eq!((desk.count(), desk.session.filter_text.as_str()), (8, ""));
    let whole = cell(&desk, &list, &list);
    desk.does(Command::ChooseCell(whole));
    assert_eq!(desk.count(), 4, "H1, H3, H6, H7");
    assert!(!desk.shown.unwrap().is_empty());
}

#[test]
fn nothing_can_be_changed_in_a_workspace_that_is_open_to_look() {
    let (mut desk, _folder) = desk(Lang::En);
    desk.session.document.as_mut().unwrap().looks_only = true;
    let h3 = row(&desk, "H3");
    desk.does(Command::StartPlacing(h3));
    assert_eq!(desk.session.placing, None);
    desk.does(Command::Place { row: h3, at: HERE });
    assert_eq!(position(&desk, "H3"), None);
    assert_eq!(desk.last_notice().0, NoticeKind::Warning);
}
