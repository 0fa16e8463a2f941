//! Files of the office come in: this month's, last month's, and those that are none.

use crate::desk::{Desk, town_areas, town_households};
use crate::support::{inspected, today};
use livelihood_map::base::Cancelled;
use livelihood_map::jobs::{Event, ImportReport, Lane, Request};
use livelihood_map::layer::ListField;
use livelihood_map::model::Severity;
use livelihood_map::session::{
    BaseMapChoice, Command, Dialog, ImportStep, ImportWork, NoticeKind, PlannedFile,
};
use livelihood_map::words::{Fault, Lang};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;

/// A new workspace in a folder of its own.
fn empty(lang: Lang) -> (Desk, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = Desk::new(lang);
    desk.does(Command::Create(folder.path().join("民情.lmap")));
    (desk, folder)
}

fn report(desk: &Desk) -> Arc<ImportReport> {
    desk.session
        .document
        .as_ref()
        .unwrap()
        .last_import
        .clone()
        .unwrap()
}

fn numbers(report: &ImportReport) -> [u64; 6] {
    [
        report.read,
        report.stored,
        report.rejected,
        report.not_geocoded,
        report.outside_areas,
        report.outside_declared_area,
    ]
}

const TOWN: [u64; 6] = [3_015, 3_010, 5, 20, 2, 42];

#[test]
fn a_gbk_ledger_says_the_same_as_a_utf8_one() {
    let (mut desk, folder) = empty(Lang::Zh);
    desk.imports(&[town_areas()], &[town_households()]);
    let utf8 = report(&desk);
    assert_eq!((numbers(&utf8), utf8.areas), (TOWN, 113));
    assert_eq!(utf8.files[1].encoding, "utf-8");
    assert_eq!(desk.session.dialog, Some(Dialog::ImportReport));
    assert_eq!(desk.notices(), [], "the report says it all");
    let rows = |desk: &Desk| ListField::ALL.map(|field| desk.column(field, 4_000));
    let before = rows(&desk);

    let text = fs::read_to_string(town_households()).unwrap();
    let text = text.trim_start_matches('\u{FEFF}');
    let (gbk, _, lossy) = encoding_rs::GBK.encode(text);
    assert!(!lossy);
    let path = folder.path().join("低保台账.csv");
    fs::write(&path, gbk).unwrap();
    let (mut desk, _other) = empty(Lang::Zh);
    desk.imports(&[town_areas()], &[path]);
    let gbk = report(&desk);
    assert_eq!(numbers(&gbk), TOWN);
    assert!(
        gbk.files[1].encoding.starts_with("gb"),
        "{}",
        gbk.files[1].encoding
    );
    assert_eq!(rows(&desk), before);
    let problems = |report: &ImportReport| -> Vec<_> {
        let problems = report.problems.iter();
        problems
            .map(|problem| (problem.row, problem.kind, problem.text.clone()))
            .collect()
    };
    assert_eq!(problems(&gbk), problems(&utf8));
    assert_eq!(gbk.count(Severity::Rejected), 5);
}

#[test]
fn the_same_file_again_changes_nothing_and_a_new_one_only_its_rows() {
    let (mut desk, folder) = empty(Lang::En);
    desk.imports(&[town_areas()], &[town_households()]);
    let kept = desk.session.document.as_ref().unwrap().problems;
    let before = ListField::ALL.map(|field| desk.column(field, 4_000));
    desk.imports(&[town_areas()], &[town_households()]);
    assert_eq!(numbers(&report(&desk)), TOWN);
    assert_eq!(
        ListField::ALL.map(|field| desk.column(field, 4_000)),
        before
    );
    assert_eq!(desk.session.document.as_ref().unwrap().problems, kept);

    let next = folder.path().join("十二月.csv");
    fs::write(&next, "household_id,head_name,lon,lat,members\nSF0000002,示范人,121.24,30.16,4\nNEW1,示范人,,,1\n").unwrap();
    desk.types("id:SF0000002 or id:NEW1");
    desk.does(Command::SelectRows(
        desk.session.results.filtered.as_ref().unwrap().rows.clone(),
    ));
    desk.imports(&[], &[next]);
    assert_eq!(desk.session.view.selection, None, "rows have new numbers");
    assert_eq!(desk.count(), 2, "the filter still holds");
    desk.does(Command::SortBy(livelihood_map::query::SortKey::Id));
    assert_eq!(desk.column(ListField::Members, 2), ["1", "4"]);
    desk.types("");
    assert_eq!(desk.count(), 3_011);
}

#[test]
fn a_term_that_only_a_file_knows_can_be_asked_for_once_it_is_in() {
    let (mut desk, _folder) = empty(Lang::Zh);
    desk.types("programme:爱心超市");
    assert!(desk.session.filter_error.is_some());
    desk.imports(&[town_areas()], &[town_households()]);
    assert_eq!(desk.session.filter_error, None);
    assert_eq!(desk.count(), 5);
}

#[test]
fn a_file_that_is_none_leaves_the_workspace_as_it_was() {
    let (mut desk, folder) = empty(Lang::En);
    desk.imports(&[town_areas()], &[town_households()]);
    let generation = desk.session.town().unwrap().snapshot.generation;
    let last = report(&desk);
    desk.does(Command::CloseDialog);
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    let workbook = file("表.csv", b"PK\x03\x04\x14\0\0\0\x08\0xl/workbook.xml");
    let no_id = file("无编号.csv", "姓名,地址\n张三,示范路\n".as_bytes());
    let shapes = file("点.geojson", br#"{"type":"Topology"}"#);
    for (areas, households, words) in [
        (vec![], vec![workbook], "damaged or not complete"),
        (vec![], vec![no_id.clone()], "household's number"),
        (vec![shapes], vec![], "no features"),
        (
            vec![],
            vec![folder.path().join("gone.csv")],
            "There is no file",
        ),
        // The second of two files is bad: the first is not kept either.
        (
            vec![],
            vec![file("好.csv", b"household_id\nGOOD\n"), no_id],
            "household's number",
        ),
    ] {
        desk.imports(&areas, &households);
        // Where the window is open, it says so itself, and what was chosen stays.
        let plan = desk.session.import_plan.as_ref().unwrap();
        let text = plan.fault.as_ref().unwrap().text(Lang::En);
        assert!(text.contains(words), "{text}");
        assert!(!text.contains("张三"), "{text}");
        assert_eq!(plan.files.len(), areas.len() + households.len());
        assert_eq!((plan.work, desk.session.busy), (ImportWork::Idle, false));
        assert_eq!(desk.notices(), []);
        assert!(Arc::ptr_eq(&report(&desk), &last));
        assert_eq!(desk.session.town().unwrap().snapshot.generation, generation);
    }
    assert_eq!(desk.count(), 3_010);
    let path = desk.workspace().to_owned();
    desk.does(Command::Close);
    desk.does(Command::Open(path));
    assert_eq!(desk.count(), 3_010);
}

#[test]
fn dropped_files_are_taken_for_what_they_are() {
    let (mut desk, folder) = empty(Lang::Zh);
    desk.does(Command::DropFiles(vec![
        town_households(),
        town_areas(),
        "照片.jpg".into(),
    ]));
    assert_eq!(desk.session.dialog, Some(Dialog::Import));
    let names = |desk: &Desk| -> Vec<String> {
        let plan = desk.session.import_plan.as_ref().unwrap();
        plan.files.iter().map(PlannedFile::name).collect()
    };
    let offered = ["town_households.csv", "town_areas.geojson", "照片.jpg"];
    assert_eq!(names(&desk), offered, "whatever it is, the window says it");
    desk.does(Command::DropFiles(vec!["十二月.xlsx".into(), town_areas()]));
    assert_eq!(
        names(&desk).len(),
        4,
        "more files join those that wait, each once"
    );
    desk.does(Command::CloseDialog);
    desk.does(Command::StartImport(Vec::new()));
    assert_eq!(
        names(&desk).len(),
        4,
        "closed and opened again it is as it was left"
    );
    desk.does(Command::CloseDialog);
    desk.does(Command::DropFiles(vec![town_areas()]));
    assert_eq!(
        names(&desk),
        ["town_areas.geojson"],
        "a new drop is a new import"
    );
    assert!(
        desk.session
            .document
            .as_ref()
            .unwrap()
            .last_import
            .is_none(),
        "nothing is read unasked"
    );
    let map = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/demo/base-map.pmtiles");
    desk.does(Command::DropFiles(vec![map.clone()]));
    assert_eq!(desk.session.settings.base_map, BaseMapChoice::File(map));
    assert!(
        desk.session
            .base_map
            .as_ref()
            .is_some_and(|facts| facts.is_vector)
    );
    desk.does(Command::DropFiles(vec![folder.path().join("坏.pmtiles")]));
    assert_eq!(
        (desk.last_notice().0, desk.session.base_map.is_none()),
        (NoticeKind::Error, true)
    );

    let path = desk.workspace().to_owned();
    desk.does(Command::Close);
    desk.does(Command::DropFiles(vec![path.clone()]));
    assert_eq!(desk.workspace(), path);
}

#[test]
fn without_a_workspace_there_is_nothing_to_import_into() {
    let mut desk = Desk::new(Lang::En);
    desk.imports(&[town_areas()], &[town_households()]);
    assert_eq!(desk.last_notice().0, NoticeKind::Warning);
    assert_eq!((desk.asked.len(), desk.session.busy), (0, false));
    assert_eq!(
        desk.session.dialog,
        Some(Dialog::Create),
        "first a place for them"
    );
    let folder = tempfile::tempdir().unwrap();
    desk.does(Command::Create(folder.path().join("民情.lmap")));
    assert_eq!(
        desk.session.dialog,
        Some(Dialog::Import),
        "then they are next"
    );
    desk.does(Command::RunImport);
    assert_eq!(desk.count(), 3_010);
    assert_eq!(desk.session.today(), today());
}

/// Files of the stored town in a window that waits.
fn planned(lang: Lang) -> (Desk, TempDir) {
    let (mut desk, folder) = empty(lang);
    desk.does(Command::DropFiles(vec![town_areas(), town_households()]));
    (desk, folder)
}

#[test]
fn going_to_the_check_rehearses_and_keeps_nothing_and_coming_back_asks_again_only_after_a_change() {
    let (mut desk, _folder) = planned(Lang::Zh);
    let rehearsals = |desk: &mut Desk| {
        let asked = std::mem::take(&mut desk.asked);
        asked
            .iter()
            .filter(|lane| **lane == Lane::Workspace)
            .count()
    };
    rehearsals(&mut desk);
    desk.does(Command::SetImportStep(ImportStep::Check));
    assert_eq!(rehearsals(&mut desk), 1);
    let plan = desk.session.import_plan.as_ref().unwrap();
    let report = &plan.rehearsal.as_ref().unwrap().report;
    assert_eq!(numbers(report), TOWN);
    assert_eq!(plan.outcome().unwrap().new, 3_010);
    assert!(desk.session.town().unwrap().snapshot.households.is_empty());

    desk.does(Command::SetImportStep(ImportStep::Columns));
    desk.does(Command::SetImportStep(ImportStep::Check));
    assert_eq!(rehearsals(&mut desk), 0, "nothing has changed");
    let plan = desk.session.import_plan.as_ref().unwrap();
    let header = plan.files[1].table().unwrap().columns[2].header.clone();
    let choice = plan.files[1].with_column(&header, None);
    desk.does(Command::ChooseForFile(1, choice));
    let plan = desk.session.import_plan.as_ref().unwrap();
    assert!(plan.rehearsal.is_none(), "it was of another choice");
    assert!(plan.step < ImportStep::Check);
    desk.does(Command::SetImportStep(ImportStep::Check));
    assert_eq!(rehearsals(&mut desk), 1);

    desk.does(Command::RunImport);
    assert_eq!(desk.count(), 3_010);
    assert!(desk.session.import_plan.is_none());
    assert_eq!(desk.session.dialog, Some(Dialog::ImportReport));
}

#[test]
fn an_answer_about_files_that_have_changed_is_dropped() {
    let (mut desk, _folder) = empty(Lang::En);
    desk.session
        .apply(Command::StartImport(vec![town_areas(), town_households()]));
    let ask = |desk: &mut Desk| {
        let mut wanted = desk.session.wanted().into_iter();
        wanted.find_map(|request| match request {
            Request::Inspect(request) => Some(request),
            _ => None,
        })
    };
    let first = ask(&mut desk).unwrap();
    assert!(ask(&mut desk).is_none(), "asked once");
    desk.session.apply(Command::RemoveImportFile(0));
    desk.session.on_event(inspected(&first));
    let file = |desk: &Desk| desk.session.import_plan.as_ref().unwrap().files[0].clone();
    assert!(
        file(&desk).found.is_none(),
        "the answer was about another file"
    );
    let second = ask(&mut desk).unwrap();
    assert_eq!(second.files.len(), 1);
    desk.session.on_event(inspected(&second));
    assert!(file(&desk).table().is_some());
    // The name of a list and ticks change nothing of what a file is.
    let mut choice = file(&desk).choice;
    choice.list_name = "残联".to_owned();
    choice.accepted.swapped = true;
    desk.session
        .apply(Command::ChooseForFile(0, choice.clone()));
    assert!(ask(&mut desk).is_none());
    choice.header_row = Some(3);
    desk.session.apply(Command::ChooseForFile(0, choice));
    assert!(ask(&mut desk).is_some());
}

#[test]
fn a_rehearsal_that_is_left_stops_and_the_workspace_is_free_again() {
    let (mut desk, _folder) = planned(Lang::En);
    let effects = desk
        .session
        .apply(Command::SetImportStep(ImportStep::Check));
    assert_eq!((effects.requests.len(), desk.session.busy), (1, true));
    let effects = desk.session.apply(Command::CloseDialog);
    assert_eq!(effects.cancel, [Lane::Workspace]);
    let fault = Fault::from(Cancelled);
    desk.session.on_event(Event::Failed(Lane::Workspace, fault));
    let plan = desk.session.import_plan.as_ref().unwrap();
    assert_eq!((plan.work, desk.session.busy), (ImportWork::Idle, false));
    assert!(plan.fault.is_none() && desk.notices().is_empty());
}

#[test]
fn report_and_rejected_rows_can_be_saved_and_the_rows_imported_again() {
    let (mut desk, folder) = planned(Lang::En);
    desk.does(Command::RunImport);
    let (report, rows) = (
        folder.path().join("report.csv"),
        folder.path().join("rows.csv"),
    );
    desk.does(Command::ExportReport {
        path: report.clone(),
    });
    let text = fs::read_to_string(report).unwrap();
    let problems = desk
        .session
        .document
        .as_ref()
        .unwrap()
        .last_import
        .clone()
        .unwrap();
    assert_eq!(text.lines().count(), problems.problems.len() + 1);
    let before = desk.session.town().unwrap().snapshot.generation;
    desk.does(Command::ExportRejects { path: rows.clone() });
    assert_eq!(desk.last_notice().0, NoticeKind::Done);
    assert_eq!(fs::read_to_string(rows).unwrap().lines().count(), 6);
    assert_eq!(desk.session.town().unwrap().snapshot.generation, before);
    assert!(!desk.session.busy && !desk.session.exporting);
}
