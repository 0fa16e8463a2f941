//! The import window, step by step, over answers that are made up here.

use super::stage::{Stage, absolute, click, has, said, with_town, with_town_on, write};
use egui::Key;
use livelihood_map::base::Stopwatch;
use livelihood_map::datum::{Datum, Reading};
use livelihood_map::jobs::{
    AreasInspection, ChangedHousehold, ColumnGuess, ColumnReason, Counted, DatumChoice,
    DatumReason, Difference, Encoding, EncodingCandidate, EncodingChoice, Field, FileForm,
    FileRole, ImportReport, Inspection, NewHousehold, PositionFinding, ReadingScore, Rehearsed,
    RowKey, TableInspection,
};
use livelihood_map::model::{
    AreaLevel, FieldSet, Household, HouseholdField, LonLat, Problem, ProblemKind, TableKind,
};
use livelihood_map::session::{Command, Decision, Dialog, ImportStep, ImportWork};
use livelihood_map::words::{Fault, Lang, Message};
use std::sync::Arc;

fn guess(
    header: &str,
    field: Option<Field>,
    reason: ColumnReason,
    samples: [&str; 3],
) -> ColumnGuess {
    ColumnGuess {
        header: header.to_owned(),
        field,
        reason,
        samples: samples.map(ToOwned::to_owned).to_vec(),
    }
}

fn score(datum: Datum, inside_declared: u64, inside_any: u64) -> ReadingScore {
    let reading = Reading {
        datum,
        swapped: false,
    };
    ReadingScore {
        reading,
        inside_declared,
        inside_any,
    }
}

/// A ledger in a workbook with a title row, read as GCJ-02.
fn ledger() -> TableInspection {
    use ColumnReason::{Doubled, Header, Sensitive, Unknown, Values};
    let columns = vec![
        guess("序号", None, Unknown, ["1", "2", "3"]),
        guess(
            "户编号",
            Some(Field::HouseholdId),
            Header,
            ["BH-0001", "BH-0002", "BH-0003"],
        ),
        guess(
            "姓名",
            Some(Field::HeadName),
            Header,
            ["示**", "示**", "示**"],
        ),
        guess(
            "证件",
            Some(Field::IdNumber),
            Values(97),
            ["0000**********0015", "0000**********0023", ""],
        ),
        guess(
            "手机",
            Some(Field::Phone),
            Header,
            ["199****0001", "199****0002", ""],
        ),
        guess("联系电话", None, Doubled, ["", "", "199****0003"]),
        guess("政治面貌", None, Sensitive, ["*", "*", "*"]),
        guess(
            "X坐标",
            Some(Field::Lon),
            Values(100),
            ["121.2095", "121.2101", "121.2154"],
        ),
        guess(
            "Y坐标",
            Some(Field::Lat),
            Values(100),
            ["30.1023", "30.1040", "30.1051"],
        ),
        guess(
            "网格编码",
            Some(Field::DeclaredArea),
            Header,
            ["330282001001", "330282001001", "330282001002"],
        ),
        guess("楼栋", None, Unknown, ["3", "3", "4"]),
    ];
    TableInspection {
        form: FileForm::Xlsx,
        kind: TableKind::Households,
        encoding: Encoding::Utf8,
        encodings: Vec::new(),
        sheets: vec!["说明".to_owned(), "台账".to_owned()],
        sheet: Some("台账".to_owned()),
        header_row: 3,
        titles: vec![
            "滨河街道困难家庭台账（2026年11月）".to_owned(),
            String::new(),
        ],
        columns,
        position: Some(PositionFinding {
            reading: score(Datum::Gcj02, 0, 0).reading,
            reason: DatumReason::Evidence,
            is_plain: true,
            rows: 1_284,
            declaring: 1_271,
            scores: vec![
                score(Datum::Gcj02, 1_243, 1_281),
                score(Datum::Wgs84, 704, 1_262),
                score(Datum::Bd09, 31, 940),
            ],
            swapped_rows: 3,
            degrees_rows: 2,
            zero_rows: 4,
            far_rows: 1,
        }),
        rows_looked_at: 1_284,
    }
}

/// A list in a text file whose encoding is in doubt.
fn list() -> TableInspection {
    let candidate = |encoding, score, lines: [&str; 2]| EncodingCandidate {
        encoding,
        score,
        preview: lines.map(ToOwned::to_owned).to_vec(),
    };
    TableInspection {
        form: FileForm::Csv,
        kind: TableKind::DepartmentList,
        encoding: Encoding::Gb18030,
        encodings: vec![
            candidate(
                Encoding::Gb18030,
                0.6,
                ["姓名,证件号码,残疾类别", "示例甲,0000…,肢体"],
            ),
            candidate(Encoding::Utf8, 0.4, ["���,������", "���,0000…"]),
        ],
        sheets: Vec::new(),
        sheet: None,
        header_row: 1,
        titles: Vec::new(),
        columns: vec![guess(
            "证件号码",
            Some(Field::IdNumber),
            ColumnReason::Header,
            ["0000**********0015", "", ""],
        )],
        position: None,
        rows_looked_at: 356,
    }
}

fn grids() -> AreasInspection {
    AreasInspection {
        form: FileForm::Shapefile,
        encoding: Encoding::Gb18030,
        encodings: Vec::new(),
        layers: Vec::new(),
        layer: None,
        datum: Datum::parse("epsg:4549").unwrap(),
        datum_reason: DatumReason::File,
        levels: vec![
            (
                AreaLevel::Community,
                14,
                "330282001".into(),
                "滨河社区".into(),
            ),
            (
                AreaLevel::Grid,
                98,
                "330282001001".into(),
                "滨河第1网格".into(),
            ),
        ],
        rejected: 1,
    }
}

fn household(id: &str, name: &str, address: &str) -> Household {
    Household {
        id: id.to_owned(),
        head_name: name.to_owned(),
        address: address.to_owned(),
        phone: "19900000001".to_owned(),
        ..Household::default()
    }
}

fn rehearsed() -> Rehearsed {
    let row = |row| RowKey { file: 1, row };
    let new = |at, id: &str, like: Option<(&str, u8)>| NewHousehold {
        key: row(at),
        household: household(id, "示例庚", "青竹路7号"),
        like: like.map(|(id, share)| (id.to_owned(), share)),
    };
    let before = household("H1", "示例甲", "青竹路1号");
    let mut after = household("H1", "示例甲", "青竹路1号2幢302室");
    after.phone = "19900000009".to_owned();
    after.notes = "已搬到二楼".to_owned();
    after.needs.push("care");
    after.position = LonLat::new(121.205, 30.105);
    let changed = ChangedHousehold {
        key: row(4),
        id: "H1".to_owned(),
        fields: FieldSet::differing(&before, &after),
        recorded: [HouseholdField::Notes].into_iter().collect(),
        before,
        after,
    };
    let problem = |row, kind| Problem {
        source: "十一月台账.xlsx".into(),
        row,
        column: "证件".to_owned(),
        kind,
        text: "000000".to_owned(),
    };
    let mut report = ImportReport::default();
    report.areas = 112;
    report.read = 1_284;
    report.stored = 1_275;
    report.rejected = 9;
    report.not_geocoded = 4;
    report.outside_areas = 3;
    report.outside_declared_area = 28;
    report.problems = vec![
        problem(9, ProblemKind::DuplicateId),
        problem(12, ProblemKind::BadIdNumber),
        problem(40, ProblemKind::BadIdNumber),
    ];
    Rehearsed {
        report,
        difference: Difference {
            new: Counted {
                count: 22,
                shown: vec![new(7, "H21", Some(("H4", 93))), new(8, "H22", None)],
            },
            changed: Counted {
                count: 1,
                shown: vec![changed],
            },
            same: 1_252,
            vanished: Counted {
                count: 2,
                shown: vec![
                    household("H4", "示例丁", "青竹路4号"),
                    household("H6", "示例己", "青竹路6号"),
                ],
            },
        },
        timings: Stopwatch::start(),
    }
}

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
        let sheet = lang.with("ui.import_sheet_is", &[("sheet", "台账")]);
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
    click(&mut stage, &lang.t("ui.field_phone"));
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
        lang.t("ui.field_household_id"),
        lang.t("ui.field_id_number")
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
    let gcj = lang.t("ui.import_datum_gcj02");
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
    click(&mut stage, "WGS-84 / CGCS2000");
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
    click(&mut stage, &lang.t("ui.field_notes"));
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
fn every_step_fits_a_small_window_and_the_buttons_stay_in_sight() {
    for lang in Lang::ALL {
        let mut stage = with_town_on(lang, (1000.0, 640.0));
        planned(&mut stage);
        for step in ImportStep::ALL {
            at_step(&mut stage, step);
            use egui_kittest::kittest::Queryable;
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

#[test]
fn zz_pictures() {
    std::fs::create_dir_all("/tmp/g_shots").unwrap();
    for (lang, theme, size) in [
        (
            Lang::Zh,
            livelihood_map::session::ThemeChoice::Light,
            (1440.0, 900.0),
        ),
        (
            Lang::En,
            livelihood_map::session::ThemeChoice::Dark,
            (1000.0, 640.0),
        ),
        (
            Lang::En,
            livelihood_map::session::ThemeChoice::Light,
            (1000.0, 640.0),
        ),
    ] {
        let mut stage = with_town_on(lang, size);
        let is_dark = theme == livelihood_map::session::ThemeChoice::Dark;
        stage.ctx.set_theme(if is_dark {
            egui::Theme::Dark
        } else {
            egui::Theme::Light
        });
        planned(&mut stage);
        let file = absolute("残联.csv");
        stage
            .state_mut()
            .session
            .apply(Command::AddImportFiles(vec![file]));
        stage.run_steps(2);
        let plan = stage.state_mut().session.import_plan.as_mut().unwrap();
        plan.files[0].found = Some(Arc::new(Ok(Inspection::Areas(grids()))));
        plan.files[1].found = Some(Arc::new(Ok(Inspection::Table(ledger()))));
        plan.files[2].found = Some(Arc::new(Ok(Inspection::Table(list()))));
        let tag = format!("{}-{}", lang.code(), if is_dark { "dark" } else { "light" });
        for step in ImportStep::ALL {
            at_step(&mut stage, step);
            let image = stage.render().unwrap();
            image
                .save(format!("/tmp/g_shots/{tag}-{step:?}.png"))
                .unwrap();
        }
        let compared = lang.t("ui.import_difference");
        for (key, n, count) in [
            ("ui.import_tab_changed", "changed", "1"),
            ("ui.import_tab_vanished", "vanished", "2"),
        ] {
            click(
                &mut stage,
                &format!("{compared} {}", lang.with(key, &[("count", count)])),
            );
            stage
                .render()
                .unwrap()
                .save(format!("/tmp/g_shots/{tag}-{n}.png"))
                .unwrap();
        }
    }
}
