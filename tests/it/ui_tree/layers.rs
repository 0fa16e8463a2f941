//! Dialogs of what the map shows: layers and base map.

use super::stage::{self, click, has, open, said, with_town, with_town_on, write};
use egui::Key;
use egui_kittest::kittest::Queryable;
use livelihood_map::analysis::{HotSpotMeasure, HotSpotMethod, Neighbours, RateForm};
use livelihood_map::layer::{AreaFigure, HeatKind, LayerKind, Scope};
use livelihood_map::model::AreaLevel;
use livelihood_map::query;
use livelihood_map::session::{BaseMapChoice, Command, Dialog};
use livelihood_map::snapshot::Unsettled;
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
fn a_layer_is_added_from_the_menu_by_its_kind() {
    let lang = Lang::En;
    // All of it has room in a low window, and a programme chosen once stays.
    let mut stage = with_town_on(lang, (1280.0, 720.0));
    click(&mut stage, &lang.t("ui.add_layer"));
    let named = |word: &str, kind: &str| format!("{}  {}", lang.t(word), lang.t(kind));
    for (word, kind) in [
        ("layer.heat_gaps", "layer.kind_heat"),
        ("layer.heat_review", "layer.kind_heat"),
        ("layer.unknown_share", "layer.kind_areas"),
        ("layer.resources", "layer.kind_places"),
        ("layer.outlines_community", "layer.kind_outlines"),
    ] {
        let offer = stage.get_by_label(&named(word, kind)).rect();
        assert!(offer.bottom() < 720.0 && offer.right() < 1280.0, "{word}");
    }
    click(&mut stage, &named("layer.heat_unknown", "layer.kind_heat"));
    let kind = |stage: &stage::Stage| stage.state().session.view.layers[0].kind.clone();
    let heat = |what, programme| HeatKind::Unsettled(what, programme);
    let is = |stage: &stage::Stage, wanted| matches!(kind(stage), LayerKind::Heat { kind, .. } if kind == wanted);
    assert!(is(&stage, heat(Unsettled::Unknown, None)));
    let programme = lang.t("ui.dialog_layer_programme");
    let all = lang.t("ui.dialog_layer_programmes_all");
    click(&mut stage, &format!("{programme} {all}"));
    click(&mut stage, "Minimum living allowance");
    assert!(is(&stage, heat(Unsettled::Unknown, Some(0))));
    let what = lang.t("ui.dialog_layer_what");
    click(
        &mut stage,
        &format!("{what} {}", lang.t("layer.heat_review")),
    );
    assert!(is(&stage, heat(Unsettled::Review, Some(0))));
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
fn hot_spots_are_set_in_plain_words_and_undone() {
    let lang = Lang::En;
    let mut stage = with_town(lang);
    let spots = LayerKind::hot_spots(AreaLevel::Grid);
    stage.state_mut().session.apply(Command::AddLayer(spots));
    stage.run_steps(3);
    let spec = |stage: &stage::Stage| match &stage.state().session.view.layers[0].kind {
        LayerKind::HotSpots { spec, .. } => *spec,
        other => panic!("{other:?}"),
    };
    assert!(spec(&stage).false_discovery);
    let segment = |row: &str, text: &str| format!("{} {}", lang.t(row), lang.t(text));
    for (row, text) in [
        ("ui.dialog_spots_method", "ui.dialog_spots_moran"),
        ("ui.dialog_spots_neighbours", "ui.dialog_spots_nearest"),
        ("ui.dialog_spots_permutations", "ui.dialog_spots_normal"),
    ] {
        click(&mut stage, &segment(row, text));
    }
    click(&mut stage, &lang.t("ui.dialog_spots_fdr"));
    click(&mut stage, &lang.t("ui.dialog_spots_smooth"));
    let changed = spec(&stage);
    assert_eq!(changed.method, HotSpotMethod::LocalMoran);
    assert_eq!(changed.neighbours, Neighbours::Nearest(6));
    assert_eq!(changed.permutations, 0);
    assert!(!changed.false_discovery);
    assert_eq!(changed.measure, HotSpotMeasure::Raw);
    stage.state_mut().session.apply(Command::Undo);
    assert_eq!(spec(&stage).measure, HotSpotMeasure::EmpiricalBayes);
}

#[test]
fn the_form_of_rates_is_chosen_beside_the_figure_and_in_the_layer() {
    let lang = Lang::Zh;
    let mut stage = with_town(lang);
    let both = LayerKind::bivariate(AreaLevel::Grid);
    stage.state_mut().session.apply(Command::AddLayer(both));
    stage.run_steps(3);
    let form = lang.t("ui.rate_form");
    click(&mut stage, &format!("{form} {}", lang.t("layer.rate_eb")));
    let now = |stage: &stage::Stage| stage.state().session.view.rate_form;
    assert_eq!(now(&stage), RateForm::EmpiricalBayesGlobal);
    stage.state_mut().session.apply(Command::CloseDialog);
    stage.run_steps(2);
    // The menu of the inspector names the form that holds.
    click(&mut stage, &format!("{form} {}", lang.t("layer.rate_eb")));
    click(&mut stage, &lang.t("layer.rate_count"));
    assert_eq!(now(&stage), RateForm::Count);
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
