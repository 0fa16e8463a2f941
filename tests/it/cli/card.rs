//! One household, one file: shown, added to, and what every other command then says of it.

use super::{listed, office_of, run_in};
use livelihood_map::base::Progress;
use livelihood_map::store::{Access, Workspace};
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const LEDGER: &str = "户编号,户主姓名,电话,地址,经度,纬度,人口数,老年人数,独居,月收入(元)\n\
    H1,示范甲,19900001111,示范路1号,121.003,30.005,1,1,是,5000\n\
    H2,示范乙,19900002222,示范路2号,121.005,30.005,2,0,否,6000\n";
const MEMBERS: &str = "户编号,姓名,出生日期,与户主关系,性别,残疾类别,残疾等级\n\
    H1,示范甲,1944-03-01,户主,男,肢体,2\n\
    H2,示范乙,1980-01-01,户主,女,,\n";
const NEEDS: &str = "户编号,需求,具体内容,来源,提出日期,紧急程度,状态\n\
    H2,照料,陪诊,本人,2026-01-05,2,待办\n";

fn office() -> TempDir {
    office_of(&[
        ("--households", "户.csv", LEDGER),
        ("--members", "成员.csv", MEMBERS),
        ("--needs", "需求.csv", NEEDS),
    ])
}

fn ids(folder: &Path, query: &str) -> Vec<String> {
    listed(folder, query, &[])
}

fn show(folder: &Path, id: &str) -> Value {
    run_in(folder, &["show", "民情.lmap", id, "--json"])
        .ends_with(0)
        .json()
}

/// Records something; gives the batch.
fn add(folder: &Path, what: &[&str]) -> i64 {
    let arguments = [&["add", "民情.lmap"], what, &["--json"]].concat();
    let said = run_in(folder, &arguments).ends_with(0).json();
    said["batch"].as_i64().unwrap()
}

/// Takes a batch back, as the window does.
fn undo(folder: &Path, batch: i64) {
    let path = folder.join("民情.lmap");
    let mut workspace = Workspace::open(&path, Access::ReadWrite).unwrap();
    workspace.undo_batch(batch, 0, &Progress::new()).unwrap();
}

#[test]
fn a_visit_changes_every_answer_and_its_undo_brings_them_back() {
    let folder = office();
    let folder = folder.path();
    // An elder living alone, never visited: owed a visit a month, and with gaps never heard.
    assert_eq!(ids(folder, "due:visit"), ["H1"]);
    assert_eq!(ids(folder, "silent:yes"), ["H1"]);
    let before = show(folder, "H1");
    let clock = &before["clocks"][0];
    assert_eq!(
        (&clock["kind"], &clock["state"]),
        (&"visit".into(), &"soon".into())
    );
    assert_eq!(clock["programme"], "tanfang");

    let visit = [
        "H1",
        "visit",
        "--worker",
        "示范员",
        "--seen",
        "yes",
        "--outcome",
        "情况稳定",
    ];
    let batch = add(folder, &visit);
    let after = show(folder, "H1");
    let visits = after["visits"].as_array().unwrap();
    assert_eq!(visits.len(), 1);
    assert_eq!(
        (&visits[0]["seen"], &visits[0]["outcome"]),
        (&true.into(), &"情况稳定".into())
    );
    assert_eq!(visits[0]["file"], Value::Null, "recorded by hand");
    assert!(after["priority"].as_f64() < before["priority"].as_f64());
    assert_eq!(ids(folder, "silent:yes"), [""; 0]);
    assert_eq!(ids(folder, "visited:any"), ["H1"]);
    // The same visit twice is refused and leaves nothing.
    let again = [&["add", "民情.lmap"][..], &visit].concat();
    let said = run_in(folder, &again).ends_with(2);
    assert!(!said.stderr.contains("示范"), "{}", said.stderr);

    undo(folder, batch);
    assert_eq!(ids(folder, "silent:yes"), ["H1"]);
    // The history alone remembers it.
    let (mut after, mut before) = (show(folder, "H1"), before);
    let mut told = after["history"].take();
    let told = told.as_array_mut().unwrap();
    let visit = told.remove(0);
    assert_eq!(
        (&visit["kind"], &visit["undone"]),
        (&"visit".into(), &true.into())
    );
    assert_eq!(&*told, before["history"].take().as_array().unwrap());
    assert_eq!(after, before);
}

#[test]
fn a_need_lives_from_open_to_met_and_outlives_the_offices_next_file() {
    let folder = office();
    let folder = folder.path();
    assert_eq!(ids(folder, "need:care"), ["H2"]);
    let number = show(folder, "H2")["needs"][0]["number"].as_i64().unwrap();
    let number = number.to_string();
    add(folder, &["H2", "need-status", &number, "referred"]);
    assert_eq!(ids(folder, "need:care"), ["H2"], "referred is still open");
    let met = add(
        folder,
        &["H2", "need-status", &number, "met", "--on", "2026-02-01"],
    );
    assert_eq!(ids(folder, "need:care"), [""; 0]);
    add(
        folder,
        &[
            "H1",
            "need",
            "医疗",
            "--detail",
            "买药",
            "--source",
            "本人",
            "--urgency",
            "3",
        ],
    );
    add(folder, &["H1", "note", "白天在女儿家", "--by", "示范员"]);
    assert_eq!(ids(folder, "need:medical"), ["H1"]);
    assert_eq!(ids(folder, "silent:yes"), [""; 0], "it has asked now");

    // The office sends the same file again: it knows of neither.
    run_in(folder, &["import", "民情.lmap", "--needs", "需求.csv"]).ends_with(0);
    let h1 = show(folder, "H1");
    assert_eq!(
        (&h1["needs"][0]["detail"], &h1["needs"][0]["urgency"]),
        (&"买药".into(), &3.into())
    );
    assert_eq!(h1["notes"][0]["text"], "白天在女儿家");
    let need = &show(folder, "H2")["needs"][0];
    assert_eq!(
        (&need["status"], &need["closed_on"]),
        (&"met".into(), &"2026-02-01".into())
    );
    // On a day before, it was open.
    let list = [
        "list",
        "民情.lmap",
        "--where",
        "need:care",
        "--as-of",
        "2026-01-31",
    ];
    let list = [
        &list[..],
        &["--fields", "household_id", "--out", "当时.csv"],
    ]
    .concat();
    run_in(folder, &list).ends_with(0);
    assert!(
        fs::read_to_string(folder.join("当时.csv"))
            .unwrap()
            .contains("H2")
    );
    undo(folder, met);
    assert_eq!(show(folder, "H2")["needs"][0]["status"], "referred");
    // A file with news counts.
    let closed = NEEDS.replace("待办", "已撤回");
    fs::write(folder.join("需求.csv"), closed).unwrap();
    run_in(folder, &["import", "民情.lmap", "--needs", "需求.csv"]).ends_with(0);
    assert_eq!(show(folder, "H2")["needs"][0]["status"], "withdrawn");
}

#[test]
fn a_plan_is_due_until_it_is_made() {
    let folder = office();
    let folder = folder.path();
    let plan = [
        "H2",
        "visit",
        "--planned",
        "2026-01-10",
        "--worker",
        "示范员",
    ];
    add(folder, &plan);
    assert_eq!(ids(folder, "due:planned"), ["H2"]);
    assert_eq!(ids(folder, "待办:逾期"), ["H2"]);
    let number = show(folder, "H2")["visits"][0]["number"].as_i64().unwrap();
    let number = number.to_string();
    let made = [
        "H2",
        "visit",
        "--number",
        &number,
        "--planned",
        "2026-01-10",
    ];
    add(
        folder,
        &[&made[..], &["--on", "2026-01-12", "--seen", "no"]].concat(),
    );
    let visits = show(folder, "H2")["visits"].clone();
    assert_eq!(visits.as_array().unwrap().len(), 1);
    assert_eq!(visits[0]["done_on"], "2026-01-12");
    assert_eq!(ids(folder, "due:planned"), [""; 0]);
}

#[test]
fn the_card_is_masked_and_mistakes_are_said() {
    let folder = office();
    let folder = folder.path();
    let show = [
        "show",
        "民情.lmap",
        "H1",
        "--as-of",
        "2026-11-01",
        "--lang",
        "zh",
    ];
    let said = run_in(folder, &show).ends_with(0);
    for hidden in ["示范甲", "19900001111"] {
        assert!(!said.stdout.contains(hidden), "{}", said.stdout);
    }
    assert!(
        said.stdout
            .contains("示**  户主 · 男 · 82 岁 · 肢体残疾 2 级"),
        "{}",
        said.stdout
    );
    assert!(
        said.stdout.contains("成员.csv · 第 2 行"),
        "{}",
        said.stdout
    );
    let full = run_in(folder, &["show", "民情.lmap", "H1", "--unmasked"]).ends_with(0);
    assert!(full.stdout.contains("示范甲") && full.stdout.contains("19900001111"));
    for wrong in [
        vec!["show", "民情.lmap", "H9"],
        vec!["add", "民情.lmap", "H9", "note", "有狗"],
        vec!["add", "民情.lmap", "H1", "note", " "],
        vec!["add", "民情.lmap", "H1", "visit", "--on", "9998-01-01"],
        vec!["add", "民情.lmap", "H1", "need", "没有的类别"],
        vec!["add", "民情.lmap", "H1", "need", "care", "--urgency", "4"],
        vec!["add", "民情.lmap", "H1", "need-status", "77", "met"],
        vec!["add", "没有.lmap", "H1", "note", "有狗"],
    ] {
        run_in(folder, &wrong).ends_with(2);
    }
}
