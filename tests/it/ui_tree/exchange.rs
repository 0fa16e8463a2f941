//! Dialogs that write files, and the report of an import.

use super::stage::{absolute, click, empty, has, open, said, with_town, write};
use egui::Key;
use livelihood_map::base::digits::grouped;
use livelihood_map::jobs::{BatchKind, BatchRecord};
use livelihood_map::model::Date;
use livelihood_map::session::{Command, Dialog, Worksheet};
use livelihood_map::words::Lang;

#[test]
fn the_report_counts_lists_and_leads_to_the_households() {
    let lang = Lang::Zh;
    let mut stage = with_town(lang);
    open(&mut stage, Dialog::ImportReport);
    let kind = livelihood_map::model::ProblemKind::DuplicateId.text(lang);
    click(&mut stage, &format!("{kind} 1"));
    click(&mut stage, &lang.t("ui.report_check"));
    let pushed = said(&mut stage);
    let sheet = Some(Worksheet::Check);
    assert!(
        matches!(&pushed[..], [Command::CloseDialog, Command::ShowWorksheet(which)] if *which == sheet),
        "{pushed:?}"
    );
    open(&mut stage, Dialog::ImportReport);
    let missing = lang.t("ui.dialog_report_not_geocoded");
    click(
        &mut stage,
        &lang.with("ui.dialog_report_see", &[("what", &missing)]),
    );
    let pushed = said(&mut stage);
    assert!(
        matches!(&pushed[..], [Command::OpenFigure(figure), Command::CloseDialog] if figure.count == 1),
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
fn report_and_rejected_rows_are_saved_where_somebody_says() {
    let lang = Lang::Zh;
    let mut stage = with_town(lang);
    for (key, file) in [
        ("ui.report_export", "报告.csv"),
        ("ui.report_rejects", "被拒绝.csv"),
    ] {
        open(&mut stage, Dialog::ImportReport);
        click(&mut stage, &lang.t(key));
        let path = absolute(file);
        let name = lang.t("ui.dialog_file");
        write(&mut stage, &name, &path.display().to_string());
        click(&mut stage, &lang.t("ui.report_save"));
        let pushed = said(&mut stage);
        assert!(
            matches!(&pushed[..], [Command::ExportReport { path: said } | Command::ExportRejects { path: said }] if *said == path),
            "{pushed:?}"
        );
        stage.state_mut().session.exporting = false;
    }
}

#[test]
fn an_import_is_undone_after_a_second_word() {
    let lang = Lang::En;
    let mut stage = with_town(lang);
    let batch = |number, undone_at| BatchRecord {
        number,
        at_unix_secs: 1_795_000_000,
        kind: BatchKind::Import,
        title: format!("ledger {number}"),
        files: Vec::new(),
        undone_at,
    };
    let document = stage.state_mut().session.document.as_mut().unwrap();
    document.batches = vec![batch(3, None), batch(2, Some(1_795_000_900))];
    open(&mut stage, Dialog::Imports);
    let undo = lang.t("ui.imports_undo");
    let when = Date::moment_text(1_795_000_000);
    let name = |number| format!("{undo} {number} · {when} · ledger {number}");
    assert!(!has(&stage, &name(2)), "what was undone cannot be undone");
    click(&mut stage, &name(3));
    assert!(said(&mut stage).is_empty(), "first it says what that means");
    click(&mut stage, &lang.t("ui.imports_undo_not"));
    click(&mut stage, &name(3));
    click(&mut stage, &lang.t("ui.imports_undo_go"));
    let pushed = said(&mut stage);
    assert!(matches!(&pushed[..], [Command::UndoBatch(3)]), "{pushed:?}");
}
