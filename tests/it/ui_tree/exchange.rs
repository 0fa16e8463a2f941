//! Dialogs that read and write files: import, its report, list, picture.

use super::stage::{absolute, click, empty, has, import, open, said, with_town, write};
use egui::Key;
use livelihood_map::base::digits::grouped;
use livelihood_map::session::{Command, Dialog};
use livelihood_map::words::Lang;

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
