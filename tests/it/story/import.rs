//! Files of the office come in: this month's, last month's, and those that are none.

use crate::desk::{Desk, town_areas, town_households};
use crate::support::today;
use livelihood_map::jobs::ImportReport;
use livelihood_map::layer::ListField;
use livelihood_map::model::Severity;
use livelihood_map::session::{BaseMapChoice, Command, Dialog, NoticeKind};
use livelihood_map::words::Lang;
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
        (vec![], vec![workbook], "Excel workbook"),
        (vec![], vec![no_id.clone()], "household’s number"),
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
            "household’s number",
        ),
    ] {
        desk.imports(&areas, &households);
        let (kind, text) = desk.last_notice();
        assert_eq!(kind, NoticeKind::Error);
        assert!(text.contains(words), "{text}");
        assert!(!text.contains("张三"), "{text}");
        assert!(!desk.session.busy && desk.session.dialog.is_none());
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
    assert_eq!(desk.last_notice().0, NoticeKind::Warning);
    let offered = Dialog::Import {
        areas: vec![town_areas()],
        households: vec![town_households()],
    };
    assert_eq!(desk.session.dialog, Some(offered));
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
    assert_eq!(desk.session.today(), today());
}
