//! Dialogs of what the map shows: layers and base map.

use super::stage::{self, click, has, open, said, with_town, write};
use egui::Key;
use livelihood_map::layer::{AreaFigure, HeatKind, LayerKind, Scope};
use livelihood_map::query;
use livelihood_map::session::{BaseMapChoice, Command, Dialog};
use livelihood_map::words::Lang;

#[test]
fn settings_of_a_layer_apply_at_once() {
    let lang = Lang::En;
    let mut stage = with_town(lang);
    let heat = LayerKind::heat(HeatKind::UnmetLoad, 120.0);
    stage.state_mut().session.apply(Command::AddLayer(heat));
    stage.run_steps(3);
    let what = lang.t("ui.dialog_layer_what");
    click(
        &mut stage,
        &format!("{what} {}", lang.t("layer.heat_reach")),
    );
    let scope = lang.t("ui.dialog_layer_scope");
    click(
        &mut stage,
        &format!("{scope} {}", lang.t("ui.dialog_layer_scope_own")),
    );
    write(&mut stage, &lang.t("ui.dialog_layer_query"), "elderly>=");
    let catalogue = &stage.state().session.town().unwrap().snapshot.catalogue;
    let error = query::parse("elderly>=", catalogue).unwrap_err();
    assert!(has(&stage, &error.message.text(lang)), "said while typing");
    write(&mut stage, &lang.t("ui.dialog_layer_query"), "elderly>=1");
    stage.key_press(Key::Enter);
    stage.run_steps(2);
    let layer = stage.state().session.view.layers[0].clone();
    assert!(
        matches!(
            layer.kind,
            LayerKind::Heat {
                kind: HeatKind::Reach,
                ..
            }
        ),
        "{layer:?}"
    );
    assert_eq!(layer.scope, Scope::Own("elderly>=1".to_owned()));
    click(
        &mut stage,
        &format!("{}  {}", "\u{e4a6}", lang.t("ui.dialog_layer_remove")),
    );
    assert!(stage.state().session.view.layer(layer.id).is_none());
    assert_eq!(stage.state().session.dialog, None);
}

#[test]
fn areas_are_classed_by_hand_in_percent() {
    let lang = Lang::Zh;
    let mut stage = with_town(lang);
    let areas = LayerKind::Areas {
        figure: AreaFigure::Reach,
        level: livelihood_map::model::AreaLevel::Grid,
        method: livelihood_map::analysis::ClassMethod::Quantile,
        classes: 5,
        labels: false,
    };
    stage.state_mut().session.apply(Command::AddLayer(areas));
    stage.run_steps(3);
    click(
        &mut stage,
        &format!("{} {}", lang.t("ui.dialog_layer_classes"), 7),
    );
    let seven = |stage: &stage::Stage| stage.state().session.view.layers[0].kind.clone();
    assert!(matches!(seven(&stage), LayerKind::Areas { classes: 7, .. }));
    click(
        &mut stage,
        &format!(
            "{} {}",
            lang.t("ui.dialog_layer_method"),
            lang.t("ui.dialog_layer_manual")
        ),
    );
    let bounds = lang.t("ui.dialog_layer_breaks_percent");
    write(&mut stage, &bounds, "50, 30");
    assert!(has(&stage, &lang.t("ui.dialog_layer_breaks_bad")));
    write(&mut stage, &bounds, "30, 50");
    stage.key_press(Key::Enter);
    stage.run_steps(2);
    let LayerKind::Areas { method, .. } = seven(&stage) else {
        panic!("areas")
    };
    assert_eq!(
        method,
        livelihood_map::analysis::ClassMethod::Manual(vec![0.3, 0.5])
    );
}

#[test]
fn a_tile_server_is_taken_only_with_a_whole_address() {
    let lang = Lang::En;
    let mut stage = with_town(lang);
    open(&mut stage, Dialog::BaseMap);
    click(&mut stage, &lang.t("ui.dialog_base_map_template"));
    assert!(
        said(&mut stage).is_empty(),
        "nothing is asked of the network before an address is given"
    );
    let address = lang.t("ui.dialog_base_map_address");
    write(&mut stage, &address, "https://tiles.example/{z}/{x}.png");
    assert!(has(&stage, &lang.t("ui.dialog_base_map_template_bad")));
    click(&mut stage, &lang.t("ui.dialog_base_map_use_template"));
    assert!(said(&mut stage).is_empty());
    write(&mut stage, &address, "http://127.0.0.1:9/{z}/{x}/{y}.png");
    click(&mut stage, &lang.t("ui.dialog_base_map_use_template"));
    let pushed = said(&mut stage);
    assert!(
        matches!(
            &pushed[..],
            [Command::SetBaseMap(BaseMapChoice::Template(_))]
        ),
        "{pushed:?}"
    );
}
