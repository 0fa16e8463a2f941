//! The window by role and label: every dialog opens, says what it does, and pushes the command
//! that it promises.

#[cfg(test)]
mod stage;

use egui::Key;
use egui_kittest::kittest::Queryable;
use livelihood_map::base::digits::grouped;
use livelihood_map::layer::{AreaFigure, HeatKind, LayerKind, Scope};
use livelihood_map::query;
use livelihood_map::session::{BaseMapChoice, Command, Dialog, ThemeChoice};
use livelihood_map::words::Lang;
use stage::{absolute, click, empty, has, open, said, with_town, write};

fn import() -> Dialog {
    Dialog::Import {
        areas: Vec::new(),
        households: Vec::new(),
    }
}

#[test]
fn every_dialog_opens_in_both_languages_and_escape_closes_it() {
    for lang in Lang::ALL {
        let mut stage = with_town(lang);
        let layer = stage.state().session.view.layers[0].id;
        let dialogs = [
            import(),
            Dialog::ImportReport,
            Dialog::Export,
            Dialog::ExportPicture,
            Dialog::Layer(layer),
            Dialog::BaseMap,
            Dialog::Palette,
            Dialog::Settings,
            Dialog::QueryHelp,
            Dialog::About,
        ];
        for dialog in dialogs {
            let is_palette = dialog == Dialog::Palette;
            open(&mut stage, dialog.clone());
            assert!(
                is_palette || has(&stage, &lang.t("ui.dialog_close")),
                "{dialog:?}"
            );
            stage.key_press(Key::Escape);
            stage.run_steps(2);
            assert_eq!(stage.state().session.dialog, None, "{dialog:?}");
        }
    }
}

#[test]
fn the_import_dialog_says_why_it_waits_and_then_imports_what_was_typed() {
    let lang = Lang::Zh;
    let mut stage = with_town(lang);
    open(&mut stage, import());
    assert!(has(&stage, &lang.t("ui.dialog_import_nothing")));
    click(&mut stage, &lang.t("ui.dialog_import_go"));
    assert!(said(&mut stage).is_empty(), "the button is grey");
    let path = absolute("十一月 台账.csv");
    write(
        &mut stage,
        &lang.t("ui.dialog_import_households_path"),
        &format!("\"{}\"", path.display()),
    );
    stage.key_press(Key::Enter);
    stage.run_steps(3);
    let pushed = said(&mut stage);
    assert!(
        matches!(&pushed[..], [Command::Show(Dialog::Import { areas, households })] if areas.is_empty() && *households == [path.clone()]),
        "{pushed:?}"
    );
    let name = lang.t("ui.dialog_import_encoding");
    click(&mut stage, &format!("{name} GBK / GB18030"));
    click(&mut stage, &lang.t("ui.dialog_import_go"));
    let pushed = said(&mut stage);
    let gbk = livelihood_map::jobs::EncodingChoice::from_code("gbk").unwrap();
    assert!(
        matches!(&pushed[..], [Command::Import { areas, households, encoding }]
            if areas.is_empty() && *households == [path] && *encoding == gbk),
        "{pushed:?}"
    );
}

#[test]
fn a_file_can_be_taken_out_of_the_import_again() {
    let lang = Lang::En;
    let mut stage = with_town(lang);
    let file = absolute("grids.geojson");
    open(
        &mut stage,
        Dialog::Import {
            areas: vec![file],
            households: Vec::new(),
        },
    );
    click(
        &mut stage,
        &lang.with("ui.dialog_remove", &[("name", "grids.geojson")]),
    );
    assert_eq!(stage.state().session.dialog, Some(import()));
}

#[test]
fn the_report_counts_lists_and_leads_to_the_households() {
    let lang = Lang::Zh;
    let mut stage = with_town(lang);
    open(&mut stage, Dialog::ImportReport);
    let kind = livelihood_map::model::ProblemKind::DuplicateId.text(lang);
    click(&mut stage, &format!("{kind} 1"));
    let missing = lang.t("ui.dialog_report_not_geocoded");
    click(
        &mut stage,
        &lang.with("ui.dialog_report_see", &[("what", &missing)]),
    );
    let pushed = said(&mut stage);
    assert!(
        matches!(&pushed[..], [Command::SetFilterText(text), Command::CloseDialog] if text == "located:no"),
        "{pushed:?}"
    );
    let filtered = stage.state().session.results.filtered.clone().unwrap();
    assert_eq!(filtered.order.len(), 1, "the one without coordinates");
}

#[test]
fn without_an_import_the_report_says_what_would_be_there() {
    let lang = Lang::En;
    let mut stage = empty(lang);
    open(&mut stage, Dialog::ImportReport);
    assert!(has(&stage, &lang.t("ui.dialog_report_empty")));
}

#[test]
fn the_export_writes_what_was_chosen() {
    let lang = Lang::Zh;
    let mut stage = with_town(lang);
    open(&mut stage, Dialog::Export);
    let count = stage
        .state()
        .session
        .results
        .filtered
        .as_ref()
        .unwrap()
        .order
        .len();
    let path = absolute("清单.xlsx");
    write(
        &mut stage,
        &lang.t("ui.dialog_file"),
        &path.display().to_string(),
    );
    let format = lang.t("ui.dialog_export_format");
    click(
        &mut stage,
        &format!("{format} {}", lang.t("ui.dialog_export_csv")),
    );
    click(&mut stage, &lang.t("ui.dialog_export_unmasked"));
    click(
        &mut stage,
        &lang.with("ui.dialog_export_go", &[("count", &grouped(count as u64))]),
    );
    let pushed = said(&mut stage);
    let [Command::Export(choice)] = &pushed[..] else {
        panic!("{pushed:?}")
    };
    assert_eq!(choice.path, absolute("清单.csv"));
    assert!(choice.unmasked);
    assert!(!choice.fields.is_empty());
    // In full is for once.
    stage.state_mut().session.exporting = false;
    open(&mut stage, Dialog::Export);
    click(
        &mut stage,
        &lang.with("ui.dialog_export_go", &[("count", &grouped(count as u64))]),
    );
    let pushed = said(&mut stage);
    assert!(
        matches!(&pushed[..], [Command::Export(choice)] if !choice.unmasked),
        "{pushed:?}"
    );
}

#[test]
fn a_disabled_export_says_why() {
    let lang = Lang::En;
    let mut stage = with_town(lang);
    stage
        .state_mut()
        .session
        .apply(Command::SetFilterText("id:nobody".to_owned()));
    open(&mut stage, Dialog::Export);
    assert!(has(&stage, &lang.t("ui.dialog_export_no_households")));
    click(
        &mut stage,
        &lang.with("ui.dialog_export_go", &[("count", "0")]),
    );
    stage.key_press(Key::Enter);
    stage.run_steps(2);
    assert!(said(&mut stage).is_empty());
    stage.state_mut().session.apply(Command::ClearFilter);
    stage.run_steps(2);
    for (path, why) in [
        ("清单.xlsx", "ui.dialog_export_no_path"),
        ("/清单.doc", "ui.dialog_export_bad_ending"),
    ] {
        if cfg!(windows) && path.starts_with('/') {
            continue;
        }
        write(&mut stage, &lang.t("ui.dialog_file"), path);
        assert!(has(&stage, &lang.t(why)), "{path}");
    }
}

#[test]
fn a_picture_is_exported_at_the_chosen_size() {
    let lang = Lang::En;
    let mut stage = with_town(lang);
    open(&mut stage, Dialog::ExportPicture);
    write(
        &mut stage,
        &lang.t("ui.dialog_file"),
        &absolute("map.png").display().to_string(),
    );
    let viewport = stage.state().session.viewport.expect("the map is drawn");
    let (width, height) = (
        grouped(u64::from(viewport.width_px * 3)),
        grouped(u64::from(viewport.height_px * 3)),
    );
    let size = lang.t("ui.dialog_picture_size");
    click(&mut stage, &format!("{size} 3×  {width} × {height} px"));
    click(&mut stage, &lang.t("ui.dialog_picture_go"));
    let pushed = said(&mut stage);
    assert!(
        matches!(&pushed[..], [Command::ExportPicture { path, scale: 3 }] if *path == absolute("map.png")),
        "{pushed:?}"
    );
}

#[test]
fn settings_of_a_layer_apply_at_once() {
    let lang = Lang::En;
    let mut stage = with_town(lang);
    let heat = LayerKind::Heat {
        kind: HeatKind::UnmetLoad,
        bandwidth_m: 120.0,
    };
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
    assert!(!has(&stage, &lang.t("ui.dialog_layer_query_hint")));
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

#[test]
fn the_palette_finds_acts_and_makes_room_for_a_dialog() {
    let lang = Lang::Zh;
    let mut stage = with_town(lang);
    stage.key_press_modifiers(egui::Modifiers::COMMAND, Key::K);
    stage.run_steps(3);
    assert_eq!(stage.state().session.dialog, Some(Dialog::Palette));
    for key in [
        "ui.action_import",
        "ui.action_export_list",
        "ui.action_settings",
        "ui.action_about",
    ] {
        assert!(
            stage
                .query_all_by_role_and_label(egui::Role::ListBoxOption, &lang.t(key))
                .next()
                .is_some(),
            "{key}"
        );
    }
    let undo = lang.t("ui.action_undo");
    assert!(
        stage
            .query_all_by_role_and_label(egui::Role::ListBoxOption, &undo)
            .next()
            .is_none(),
        "nothing to undo"
    );
    // The English name works in the Chinese window.
    let english = Lang::En.t("ui.action_about").into_owned();
    stage
        .get_by_label(&lang.t("ui.dialog_palette_search"))
        .type_text(&english);
    stage.run_steps(2);
    stage.key_press(Key::Enter);
    stage.run_steps(3);
    assert_eq!(stage.state().session.dialog, Some(Dialog::About));
}

#[test]
fn settings_change_at_once() {
    let lang = Lang::Zh;
    let mut stage = empty(lang);
    open(&mut stage, Dialog::Settings);
    click(
        &mut stage,
        &format!(
            "{} {}",
            lang.t("ui.dialog_settings_theme"),
            lang.t("ui.dialog_settings_dark")
        ),
    );
    assert_eq!(stage.state().session.settings.theme, ThemeChoice::Dark);
    click(&mut stage, &lang.t("ui.dialog_settings_masked"));
    assert!(!stage.state().session.settings.masked);
    click(
        &mut stage,
        &format!("{} English", lang.t("ui.dialog_settings_language")),
    );
    assert_eq!(stage.state().session.lang, Lang::En);
    assert!(
        has(&stage, &Lang::En.t("ui.dialog_settings_text")),
        "the open dialog follows"
    );
}

#[test]
fn an_example_of_the_query_help_is_one_click_from_the_filter_line() {
    for lang in Lang::ALL {
        let mut stage = with_town(lang);
        open(&mut stage, Dialog::QueryHelp);
        let catalogue = stage
            .state()
            .session
            .town()
            .unwrap()
            .snapshot
            .catalogue
            .clone();
        let filter = query::parse("living_alone:yes visited<30d", &catalogue).unwrap();
        let text = filter.to_text(lang, &catalogue);
        click(
            &mut stage,
            &lang.with("ui.dialog_query_try", &[("query", &text)]),
        );
        assert_eq!(stage.state().session.view.filter, filter);
        assert_eq!(stage.state().session.dialog, None);
    }
}

#[test]
fn about_names_version_licences_and_network() {
    let lang = Lang::En;
    let mut stage = empty(lang);
    open(&mut stage, Dialog::About);
    assert!(has(
        &stage,
        &lang.with(
            "ui.dialog_about_version",
            &[("version", env!("CARGO_PKG_VERSION"))]
        )
    ));
    for key in [
        "ui.dialog_about_fonts_text",
        "ui.dialog_about_sample_text",
        "ui.dialog_about_network_text",
    ] {
        assert!(has(&stage, &lang.t(key)), "{key}");
    }
}

#[test]
fn the_filter_panel_writes_the_filter_line_and_leaves_the_rest_of_it() {
    let lang = Lang::Zh;
    let mut stage = with_town(lang);
    stage
        .state_mut()
        .session
        .apply(Command::SetFilterText("地址:青竹路".to_owned()));
    let modifiers = egui::Modifiers::COMMAND.plus(egui::Modifiers::SHIFT);
    stage.key_press_modifiers(modifiers, Key::F);
    stage.run_steps(3);
    assert!(has(
        &stage,
        &lang.with("ui.dialog_filter_others", &[("count", "1")])
    ));
    click(
        &mut stage,
        &format!("{} ≥ 1", lang.t("ui.dialog_filter_elderly")),
    );
    click(
        &mut stage,
        &format!(
            "{} {}",
            lang.t("ui.dialog_filter_living_alone"),
            lang.t("ui.dialog_yes")
        ),
    );
    let session = &stage.state().session;
    let catalogue = &session.town().unwrap().snapshot.catalogue;
    let wanted = query::parse("address:青竹路 elderly>=1 living_alone:yes", catalogue).unwrap();
    assert_eq!(session.view.filter, wanted, "{}", session.filter_text);
    assert!(has(
        &stage,
        &lang.with("ui.dialog_filter_hits", &[("count", "2")])
    ));
    click(&mut stage, &lang.t("ui.dialog_filter_clear"));
    assert_eq!(stage.state().session.view.filter, query::Filter::All);
    click(&mut stage, &lang.t("ui.dialog_filter_close"));
    assert!(!has(&stage, &lang.t("ui.dialog_filter_clear")));
}
