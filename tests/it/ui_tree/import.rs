//! The import window, step by step, over answers that are made up.

use super::import_samples::{grids, ledger, list, rehearsed, score};
use super::stage::{Stage, absolute, click, has, said, with_new, with_town, with_town_on, write};
use egui::Key;
use egui_kittest::kittest::Queryable;
use livelihood_map::datum::Datum;
use livelihood_map::jobs::{
    AreasInspection, DatumChoice, Encoding, EncodingChoice, Field, FileRole, Inspection, RowKey,
};
use livelihood_map::model::{HouseholdField, TableKind};
use livelihood_map::session::{Command, Decision, Dialog, ImportStep, ImportWork};
use livelihood_map::words::{Fault, Lang, Message};
use std::sync::Arc;

/// Boundaries and a ledger, looked at, in the first step.
fn planned(stage: &mut Stage) {
    let files = vec![absolute("网格.shp"), absolute("十一月台账.xlsx")];
    stage.state_mut().session.apply(Command::StartImport(files));
    stage.run_steps(3);
    let plan = stage.state_mut().session.import_plan.as_mut().unwrap();
    plan.files[0].found = Some(Arc::new(Ok(Inspection::Areas(grids()))));
    plan.files[1].found = Some(Arc::new(Ok(Inspection::Table(ledger()))));
    stage.run_steps(2);
}

/// Shows a step without the work that leads there.
fn at_step(stage: &mut Stage, step: ImportStep) {
    let session = &mut stage.state_mut().session;
    session.busy = false;
    let plan = session.import_plan.as_mut().unwrap();
    plan.step = step;
    plan.work = ImportWork::Idle;
    if step == ImportStep::Check {
        plan.rehearsal = Some(Arc::new(rehearsed()));
    }
    stage.run_steps(3);
}

#[test]
fn a_file_says_what_it_is_taken_for_and_can_be_told_otherwise() {
    for lang in Lang::ALL {
        let mut stage = with_town(lang);
        planned(&mut stage);
        let sheet = lang.with("ui.import_sheet_of", &[("sheet", "台账"), ("count", "2")]);
        let header = lang.with("ui.import_header_is", &[("row", "3")]);
        let rows = lang.with("ui.import_rows_looked_at", &[("count", "1,284")]);
        let kind = lang.t("ui.import_kind_households");
        let form = lang.t("ui.import_form_xlsx");
        let sentence = format!("{kind} · {form} · {sheet} · {header} · {rows}");
        assert!(has(&stage, &sentence), "{sentence}");
        click(&mut stage, &format!("{} {kind}", lang.t("ui.import_kind")));
        click(&mut stage, &lang.t("ui.import_kind_members"));
        let pushed = said(&mut stage);
        let [Command::ChooseForFile(1, choice)] = &pushed[..] else {
            panic!("{pushed:?}")
        };
        assert_eq!(choice.role, Some(FileRole::Table(TableKind::Members)));
    }
}

#[test]
fn a_typed_path_joins_and_a_cross_takes_a_file_out() {
    let lang = Lang::Zh;
    let mut stage = with_town(lang);
    stage
        .state_mut()
        .session
        .apply(Command::StartImport(Vec::new()));
    stage.run_steps(3);
    assert!(has(&stage, &lang.t("ui.dialog_import_nothing")));
    click(&mut stage, &lang.t("ui.import_next"));
    assert!(said(&mut stage).is_empty(), "the button is grey");
    let path = absolute("十一月 台账.csv");
    let typed = format!("\"{}\"", path.display());
    write(&mut stage, &lang.t("ui.import_path"), &typed);
    stage.key_press(Key::Enter);
    stage.run_steps(3);
    let pushed = said(&mut stage);
    assert!(
        matches!(&pushed[..], [Command::AddImportFiles(paths)] if *paths == [path]),
        "{pushed:?}"
    );
    let remove = lang.with("ui.dialog_remove", &[("name", "十一月 台账.csv")]);
    click(&mut stage, &remove);
    assert!(
        stage
            .state()
            .session
            .import_plan
            .as_ref()
            .unwrap()
            .files
            .is_empty()
    );
}

#[test]
fn an_encoding_in_doubt_is_clicked_by_how_it_reads() {
    let lang = Lang::En;
    let mut stage = with_town(lang);
    planned(&mut stage);
    let plan = stage.state_mut().session.import_plan.as_mut().unwrap();
    plan.files[1].found = Some(Arc::new(Ok(Inspection::Table(list()))));
    stage.run_steps(3);
    assert!(has(&stage, &lang.t("ui.import_encoding_doubt")));
    click(&mut stage, "UTF-8");
    let pushed = said(&mut stage);
    let [Command::ChooseForFile(1, choice)] = &pushed[..] else {
        panic!("{pushed:?}")
    };
    assert_eq!(choice.encoding, EncodingChoice::Fixed(Encoding::Utf8));
}

#[test]
fn a_file_that_cannot_be_read_says_why_in_its_place_and_holds_the_rest() {
    let lang = Lang::Zh;
    let mut stage = with_town(lang);
    planned(&mut stage);
    let fault = Fault::input(Message::new("session.open_first"));
    let text = fault.text(lang);
    let plan = stage.state_mut().session.import_plan.as_mut().unwrap();
    plan.files[0].found = Some(Arc::new(Err(fault)));
    stage.run_steps(3);
    assert!(has(&stage, &text));
    assert!(has(&stage, &lang.t("ui.import_faulty_file")));
    click(&mut stage, &lang.t("ui.import_next"));
    assert!(said(&mut stage).is_empty());
}

#[test]
fn a_column_is_chosen_from_the_fields_and_its_rival_is_left_out() {
    let lang = Lang::Zh;
    let mut stage = with_town(lang);
    planned(&mut stage);
    click(&mut stage, &lang.t("ui.import_next"));
    said(&mut stage);
    let out = lang.t("ui.import_leave_out");
    click(&mut stage, &format!("联系电话 {out}"));
    click(&mut stage, &lang.t("read.field_phone"));
    let pushed = said(&mut stage);
    let [Command::ChooseForFile(1, choice)] = &pushed[..] else {
        panic!("{pushed:?}")
    };
    assert_eq!(choice.columns["联系电话"].as_deref(), Some("phone"));
    assert_eq!(choice.columns["手机"], None);
}

#[test]
fn a_column_that_is_needed_and_missing_is_said_and_holds_the_check() {
    let lang = Lang::En;
    let mut stage = with_town(lang);
    planned(&mut stage);
    let mut table = ledger();
    table
        .columns
        .retain(|guess| !matches!(guess.field, Some(Field::HouseholdId | Field::IdNumber)));
    let plan = stage.state_mut().session.import_plan.as_mut().unwrap();
    plan.files[1].found = Some(Arc::new(Ok(Inspection::Table(table))));
    click(&mut stage, &lang.t("ui.import_next"));
    let or = lang.t("ui.import_or");
    let fields = format!(
        "{}{or}{}",
        lang.t("read.field_household_id"),
        lang.t("read.field_id_number")
    );
    assert!(has(
        &stage,
        &lang.with("ui.import_missing", &[("fields", &fields)])
    ));
    assert!(has(&stage, &lang.t("ui.import_missing_column")));
}

#[test]
fn templates_are_saved_and_used_by_path() {
    let lang = Lang::En;
    let mut stage = with_town(lang);
    planned(&mut stage);
    at_step(&mut stage, ImportStep::Columns);
    click(&mut stage, &lang.t("ui.import_template"));
    let path = absolute("ledger.toml");
    let text = path.display().to_string();
    write(&mut stage, &lang.t("ui.import_template_path"), &text);
    click(&mut stage, &lang.t("ui.import_template_save"));
    click(&mut stage, &lang.t("ui.import_template_use"));
    let pushed = said(&mut stage);
    assert!(
        matches!(&pushed[..], [Command::SaveTemplate { file: 1, path: to }, Command::ApplyTemplate { file: 1, path: from }]
            if *to == path && *from == path),
        "{pushed:?}"
    );
}

#[test]
fn positions_show_their_evidence_and_another_reading_is_one_click() {
    let lang = Lang::En;
    let mut stage = with_town(lang);
    planned(&mut stage);
    at_step(&mut stage, ImportStep::Position);
    let gcj = lang.t("jobs.datum_gcj02");
    let args = [("reading", &*gcj), ("share", "97.8 %"), ("count", "1,271")];
    let sentence = lang.with("ui.import_read_as_declared", &args);
    assert!(has(&stage, &sentence), "{sentence}");
    for (key, count) in [("ui.import_zero_rows", "4"), ("ui.import_far_rows", "1")] {
        assert!(has(&stage, &lang.with(key, &[("count", count)])), "{key}");
    }
    click(
        &mut stage,
        &lang.with("ui.import_accept_degrees", &[("count", "2")]),
    );
    let pushed = said(&mut stage);
    let [Command::ChooseForFile(1, choice)] = &pushed[..] else {
        panic!("{pushed:?}")
    };
    assert!(choice.accepted.degrees_text && !choice.accepted.swapped);
    assert_eq!(choice.datum, DatumChoice::Auto);
    click(&mut stage, &lang.t("jobs.datum_wgs84"));
    let pushed = said(&mut stage);
    let [Command::ChooseForFile(1, choice)] = &pushed[..] else {
        panic!("{pushed:?}")
    };
    let wgs84 = DatumChoice::Reading(score(Datum::Wgs84, 0, 0).reading);
    assert_eq!(choice.datum, wgs84);
}

#[test]
fn the_check_lists_what_would_change_and_each_tick_decides() {
    let lang = Lang::Zh;
    let mut stage = with_town(lang);
    planned(&mut stage);
    at_step(&mut stage, ImportStep::Check);
    let go = lang.with("ui.import_go_households", &[("count", "23")]);
    assert!(has(&stage, &go), "22 new, 1 changed");
    let args = [("id", "H4"), ("share", "93")];
    click(&mut stage, &lang.with("ui.import_like", &args));
    let compared = lang.t("ui.import_difference");
    let tab =
        |key: &str, count: &str| format!("{compared} {}", lang.with(key, &[("count", count)]));
    click(&mut stage, &tab("ui.import_tab_changed", "1"));
    assert!(has(&stage, &lang.t("ui.import_recorded")));
    click(&mut stage, &lang.t("read.field_notes"));
    click(&mut stage, &tab("ui.import_tab_vanished", "2"));
    click(&mut stage, &lang.t("ui.import_every"));
    let key = RowKey { file: 1, row: 7 };
    let pushed = said(&mut stage);
    let [
        Command::Decide(Decision::Same {
            key: same,
            id: Some(id),
        }),
        Command::Decide(Decision::Change { fields, .. }),
        Command::Decide(Decision::EveryVanished(true)),
    ] = &pushed[..]
    else {
        panic!("{pushed:?}")
    };
    assert_eq!((*same, id.as_str()), (key, "H4"));
    assert!(fields.contains(HouseholdField::Notes), "ticked by hand");
    let plan = stage.state().session.import_plan.as_ref().unwrap();
    assert!(!plan.decisions.remove.contains("H4"), "it is the new row 7");
    assert!(plan.decisions.remove.contains("H6"));
    click(&mut stage, &go);
    assert!(matches!(&said(&mut stage)[..], [Command::RunImport]));
    let plan = stage.state().session.import_plan.as_ref().unwrap();
    assert_eq!(plan.work, ImportWork::Importing);
    assert!(has(&stage, &lang.t("ui.import_stop")));
}

#[test]
fn the_sample_town_takes_no_files_and_leads_to_a_new_workspace() {
    let lang = Lang::En;
    let mut stage = super::stage::empty(lang);
    let files = vec![absolute("ledger.csv")];
    stage.state_mut().session.apply(Command::DropFiles(files));
    stage.run_steps(3);
    let session = &stage.state().session;
    assert_eq!(session.dialog, Some(Dialog::Create));
    let waiting = lang.with("ui.dialog_create_waiting", &[("count", "1")]);
    assert!(has(&stage, &waiting));
}

#[test]
fn where_nothing_is_doubtful_and_nothing_there_to_change_one_click_imports() {
    let lang = Lang::En;
    let mut stage = with_new(lang);
    planned(&mut stage);
    let now = lang.t("ui.import_now");
    assert!(
        !has(&stage, &now),
        "a boundary cannot be used, rows lie far off"
    );
    let mut table = ledger();
    let found = table.position.as_mut().unwrap();
    (found.zero_rows, found.far_rows) = (0, 0);
    (found.swapped_rows, found.degrees_rows) = (0, 0);
    let areas = AreasInspection {
        rejected: 0,
        ..grids()
    };
    let plan = stage.state_mut().session.import_plan.as_mut().unwrap();
    plan.files[0].found = Some(Arc::new(Ok(Inspection::Areas(areas))));
    plan.files[1].found = Some(Arc::new(Ok(Inspection::Table(table))));
    stage.run_steps(2);
    click(&mut stage, &now);
    assert!(matches!(&said(&mut stage)[..], [Command::RunImport]));
}

#[test]
fn enter_goes_on_step_by_step() {
    let lang = Lang::Zh;
    let mut stage = with_town(lang);
    planned(&mut stage);
    for step in [ImportStep::Columns, ImportStep::Position, ImportStep::Check] {
        stage.key_press(Key::Enter);
        stage.run_steps(3);
        let plan = stage.state().session.import_plan.as_ref().unwrap();
        assert_eq!(plan.step, step);
    }
    let plan = stage.state().session.import_plan.as_ref().unwrap();
    assert_eq!(plan.work, ImportWork::Rehearsing);
}

#[test]
fn every_step_fits_a_small_window_and_the_buttons_stay_in_sight() {
    for lang in Lang::ALL {
        let mut stage = with_town_on(lang, (1000.0, 640.0));
        planned(&mut stage);
        for step in ImportStep::ALL {
            at_step(&mut stage, step);
            let cancel = stage.get_by_label(&lang.t("ui.dialog_cancel")).rect();
            assert!(
                cancel.bottom() <= 640.0 && cancel.left() >= 0.0,
                "{step:?} {cancel:?}"
            );
            let title = stage.get_by_label(&lang.t("ui.dialog_close")).rect();
            assert!(
                title.top() >= 0.0 && title.right() <= 1000.0,
                "{step:?} {title:?}"
            );
        }
    }
}

/// A file as the window's system hands it over.
#[derive(Debug)]
struct Dropped(std::path::PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &std::path::Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        Err("never read by the window".to_owned())
    }
}

#[test]
fn files_dropped_on_the_window_wait_in_the_import() {
    let lang = Lang::Zh;
    let mut stage = with_new(lang);
    let paths = [absolute("网格.zip"), absolute("台账.xlsx")];
    let held = paths.iter().map(|path| egui::HoveredFile {
        path: Some(path.clone()),
        ..egui::HoveredFile::default()
    });
    stage.input_mut().hovered_files = held.collect();
    stage.run_steps(2);
    assert!(said(&mut stage).is_empty(), "held is not dropped");
    stage.input_mut().hovered_files.clear();
    for path in &paths {
        let dropped = Dropped(path.clone());
        stage.input_mut().dropped_files.push(Arc::new(dropped));
    }
    stage.run_steps(3);
    let pushed = said(&mut stage);
    let [Command::DropFiles(dropped)] = &pushed[..] else {
        panic!("{pushed:?}")
    };
    assert_eq!(dropped[..], paths);
    let session = &stage.state().session;
    assert_eq!(session.dialog, Some(Dialog::Import));
    let files = &session.import_plan.as_ref().unwrap().files;
    let waiting: Vec<_> = files.iter().map(|file| &file.choice.path).collect();
    assert_eq!(waiting, paths.iter().collect::<Vec<_>>());
}
