//! The layers of the map, and selecting on it.

use crate::desk::Desk;
use crate::support::csv_rows;
use livelihood_map::datum::{MercBox, MercXY, merc_from_lonlat};
use livelihood_map::jobs::{Lane, Painted};
use livelihood_map::layer::{HeatKind, LayerId, LayerKind, LegendKind, Scope};
use livelihood_map::model::{AreaLevel, LonLat};
use livelihood_map::session::{Command, Dialog, Inspected, NoticeKind};
use livelihood_map::words::Lang;

fn merc(lon: f64, lat: f64) -> MercXY {
    merc_from_lonlat(LonLat { lon, lat })
}

/// The corners of a shape of `town_filters.csv`, and how many households it holds.
fn stored_shape(kind: &str) -> (Vec<MercXY>, usize) {
    let rows = csv_rows("oracle/town_filters.csv");
    let row = rows.iter().find(|row| row[0].starts_with(kind)).unwrap();
    let numbers = row[0]
        .split(' ')
        .skip(1)
        .map(|number| number.parse::<f64>().unwrap());
    let numbers: Vec<f64> = numbers.collect();
    let corners = numbers
        .chunks(2)
        .map(|pair| merc(pair[0], pair[1]))
        .collect();
    (corners, row[1].parse().unwrap())
}

#[test]
fn box_and_lasso_select_what_lies_in_them() {
    let (mut desk, _folder) = Desk::with_town(Lang::En);
    let selected = |desk: &Desk| {
        desk.session
            .view
            .selection
            .as_ref()
            .map(|rows| rows.count())
    };
    let (corners, count) = stored_shape("#box");
    let around = corners
        .iter()
        .fold(MercBox::EMPTY, |around, corner| around.with(*corner));
    desk.does(Command::SelectBox(around));
    assert_eq!(selected(&desk), Some(count));
    let (corners, count) = stored_shape("#lasso");
    desk.does(Command::SelectLasso(corners.clone()));
    assert_eq!(selected(&desk), Some(count));

    // The selection is a filter like any other, and undo brings the one before back.
    desk.types("selected:yes");
    assert_eq!(desk.count(), count);
    desk.types("");
    desk.does(Command::Undo);
    desk.does(Command::Undo);
    desk.does(Command::Undo);
    assert!(selected(&desk) > Some(count));

    // Under a filter only households that it shows are selected.
    desk.types("need:care");
    desk.does(Command::SelectLasso(corners));
    let both = selected(&desk).unwrap();
    assert!(both > 0 && both < 40);
    desk.does(Command::ClearSelection);
    assert_eq!(selected(&desk), None);
}

#[test]
fn only_visible_layers_are_computed_and_each_once() {
    let (mut desk, _folder) = Desk::with_town(Lang::En);
    assert!(
        desk.session.results.layers.is_empty(),
        "there is no map yet"
    );
    desk.looks_at_all(400, 300);
    let computed: Vec<u32> = desk.session.results.layers.keys().map(|id| id.0).collect();
    assert_eq!(computed, [1, 2, 6]);
    desk.asked.clear();

    desk.does(Command::ShowLayer(LayerId(5), true));
    assert_eq!(desk.asked, [Lane::Layer(5)]);
    let Painted::Areas { values, .. } = &desk.drawn(5).painted else {
        panic!("areas are filled")
    };
    assert_eq!(
        values.len(),
        desk.session
            .town()
            .unwrap()
            .snapshot
            .areas
            .of_level(AreaLevel::Grid)
            .count()
    );
    desk.asked.clear();
    // Neither opacity nor order needs a new picture.
    desk.does(Command::SetOpacity(LayerId(5), 0.25));
    desk.does(Command::MoveLayer(LayerId(5), 0));
    desk.does(Command::ShowLayer(LayerId(5), false));
    desk.does(Command::ShowLayer(LayerId(5), true));
    assert_eq!(desk.asked, []);
    assert_eq!(desk.layer(5).opacity, 0.25);
    assert_eq!(desk.session.view.layers[0].id, LayerId(5));
    desk.does(Command::SetOpacity(LayerId(5), 7.0));
    assert_eq!(desk.layer(5).opacity, 1.0);
    desk.does(Command::Undo);
    desk.does(Command::Undo);
    desk.does(Command::Undo);
    assert!(!desk.session.view.layers.is_empty());

    // A small step of the map is within what was drawn; a large one is not.
    desk.asked.clear();
    let extent = desk
        .session
        .town()
        .unwrap()
        .snapshot
        .extent_merc
        .grown(100.0);
    let moved = |by: f64| MercBox {
        min_x: extent.min_x + by,
        max_x: extent.max_x + by,
        ..extent
    };
    desk.looks_at(moved(200.0), 400, 300);
    assert_eq!(desk.asked, []);
    desk.looks_at(moved(30_000.0), 400, 300);
    assert_eq!(
        desk.asked,
        [Lane::Layer(1), Lane::Layer(2)],
        "outlines do not follow the view"
    );
}

#[test]
fn a_layer_is_about_the_households_of_its_scope() {
    let (mut desk, _folder) = Desk::with_town(Lang::En);
    desk.does(Command::ShowLayer(LayerId(4), true));
    desk.looks_at_all(400, 300);
    let located = 3_010 - 20;
    assert_eq!(desk.drawn(4).count, located);
    desk.types("need:care located:yes");
    let care = desk.count();
    assert_eq!(desk.drawn(4).count, care);
    desk.does(Command::SetScope(LayerId(4), Scope::All));
    assert_eq!(desk.drawn(4).count, located);
    desk.does(Command::SetScope(
        LayerId(4),
        Scope::Own("独居:是 located:yes".to_owned()),
    ));
    let alone = desk.drawn(4).count;
    desk.types("living_alone:yes located:yes");
    assert_eq!((desk.drawn(4).count, desk.count()), (alone, alone));
    // A query that says nothing is told, and the last good picture stays.
    desk.does(Command::SetScope(
        LayerId(4),
        Scope::Own("colour:red".to_owned()),
    ));
    assert_eq!(desk.last_notice().0, NoticeKind::Error);
    assert_eq!(desk.drawn(4).count, alone);
    assert!(!desk.session.is_updating());
}

#[test]
fn colours_mean_the_same_whatever_is_shown() {
    let (mut desk, _folder) = Desk::with_town(Lang::En);
    desk.looks_at_all(400, 300);
    let scale = |desk: &Desk| match &desk.drawn(2).legend.kind {
        LegendKind::Ramp { ramp, ticks } => (*ramp, ticks.clone()),
        other => panic!("{other:?}"),
    };
    let before = scale(&desk);
    desk.types("need:care");
    let near = MercBox::EMPTY.with(merc(121.24, 30.16)).grown(300.0);
    desk.looks_at(near, 400, 300);
    assert_eq!(scale(&desk), before);
    let wide = LayerKind::heat(HeatKind::UnmetLoad, 400.0);
    desk.does(Command::SetKind(LayerId(2), wide));
    assert!(
        desk.drawn(2)
            .legend
            .notes
            .iter()
            .any(|note| note.contains("400 m"))
    );
}

#[test]
fn layers_come_and_go() {
    let (mut desk, _folder) = Desk::with_town(Lang::Zh);
    desk.looks_at_all(400, 300);
    desk.does(Command::AddLayer(LayerKind::Points { of_concern: false }));
    let added = desk.session.view.layers[0].id;
    assert_eq!(desk.session.dialog, Some(Dialog::Layer(added)));
    let Painted::Dots { rows } = &desk.drawn(added.0).painted else {
        panic!("3,000 dots fit")
    };
    assert_eq!(rows.len(), desk.drawn(added.0).count);
    desk.does(Command::RemoveLayer(added));
    assert_eq!(desk.session.dialog, None);
    assert!(!desk.session.results.layers.contains_key(&added));
    desk.does(Command::Undo);
    assert!(desk.session.view.layer(added).is_some());
    assert!(
        desk.drawn(added.0).count > 0,
        "brought back, it is drawn again"
    );
    desk.does(Command::ResetLayers);
    assert!(desk.session.view.layer(added).is_none());
}

#[test]
fn going_somewhere_moves_the_map_only_where_it_must() {
    let (mut desk, _folder) = Desk::with_town(Lang::Zh);
    desk.looks_at_all(400, 300);
    desk.types("id:SF0000310");
    let row = desk.session.results.filtered.as_ref().unwrap().order[0];
    desk.shown = None;
    desk.does(Command::GoTo(Inspected::Household(row)));
    assert_eq!(
        (desk.shown, desk.session.inspected),
        (None, Some(Inspected::Household(row)))
    );
    desk.looks_at(
        MercBox::EMPTY.with(merc(121.0, 31.0)).grown(300.0),
        400,
        300,
    );
    desk.does(Command::GoTo(Inspected::Household(row)));
    assert!(desk.shown.unwrap().contains(merc(121.2445, 30.161_196)));
    let snapshot = desk.session.town().unwrap().clone();
    let area = snapshot.snapshot.areas.by_code("000000001002003").unwrap();
    desk.does(Command::GoTo(Inspected::Area(area)));
    assert_eq!(
        desk.shown,
        Some(snapshot.snapshot.areas.box_merc[area.0 as usize])
    );
    desk.does(Command::ShowAll);
    assert_eq!(desk.shown, Some(snapshot.snapshot.extent_merc));
}
