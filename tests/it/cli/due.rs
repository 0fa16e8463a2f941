//! What is due: certificates and reviews, from the columns of files and from the desk.

use super::{listed, office_of, run_in};
use livelihood_map::base::Progress;
use livelihood_map::store::{Access, Workspace};
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const AS_OF: [&str; 2] = ["--as-of", "2026-02-01"];
const LEDGER: &str = "户编号,户主姓名,地址,经度,纬度,人口数,标签\n\
    H1,示范甲,示范路1号,121.003,30.005,1,\n\
    H2,示范乙,示范路2号,121.005,30.005,1,\n\
    H3,示范丙,示范路3号,121.005,30.004,2,收入不稳定\n";
const MEMBERS: &str = "户编号,姓名,出生日期,残疾类别,残疾等级,残疾证有效期至\n\
    H1,示范甲,1974-03-01,肢体,2,2026-02-20\n\
    H2,示范乙,1980-01-01,视力,1,\n\
    H3,示范丙,1982-01-01,听力,1,2026-01-31\n\
    H3,示范丁,1983-01-01,肢体,3,长期\n";
const RECEIPTS: &str = "户编号,姓名,救助项目,开始日期,最近复核日期\n\
    H2,,低保,2024-03-01,2025-02-10\n\
    H3,,低保,2025-07-01,\n\
    H3,示范丁,困难残疾人生活补贴,2024-06-01,2026-01-05\n";

fn office() -> TempDir {
    office_of(&[
        ("--households", "户.csv", LEDGER),
        ("--members", "成员.csv", MEMBERS),
        ("--receipts", "享受.csv", RECEIPTS),
    ])
}

fn ids(folder: &Path, query: &str) -> Vec<String> {
    listed(folder, query, &AS_OF)
}

fn show(folder: &Path, id: &str) -> Value {
    let show = [&["show", "民情.lmap", id, "--json"][..], &AS_OF].concat();
    run_in(folder, &show).ends_with(0).json()
}

/// Kind, day, state and the day from which it counts, of the clocks of a kind.
fn clocks(card: &Value, kind: &str) -> Vec<[String; 3]> {
    let clocks = card["clocks"].as_array().unwrap().iter();
    clocks
        .filter(|clock| clock["kind"] == kind)
        .map(|clock| {
            ["due", "state", "since"].map(|key| clock[key].as_str().unwrap_or("").to_owned())
        })
        .collect()
}

#[test]
fn a_certificate_is_due_on_its_last_day_and_none_without_one() {
    let folder = office();
    let folder = folder.path();
    assert_eq!(ids(folder, "due:certificate"), ["H1", "H3"]);
    assert_eq!(ids(folder, "待办:残疾证"), ["H1", "H3"]);
    assert_eq!(ids(folder, "due:certificate due:overdue"), ["H3"]);
    let h1 = show(folder, "H1");
    let soon = [["2026-02-20", "soon", ""].map(str::to_owned)];
    assert_eq!(clocks(&h1, "certificate"), soon);
    assert_eq!(h1["members"][0]["certificate_until"], "2026-02-20");
    assert_eq!(h1["members"][0]["file"], "成员.csv");
    let h3 = show(folder, "H3");
    let overdue = [["2026-01-31", "overdue", ""].map(str::to_owned)];
    assert_eq!(clocks(&h3, "certificate"), overdue, "one counts for good");
    assert_eq!(clocks(&show(folder, "H2"), "certificate"), [[""; 3]; 0]);
    for (lang, text) in [
        ("zh", "残疾证有效期至 2026-02-20"),
        ("en", "certificate until 2026-02-20"),
    ] {
        let page = ["show", "民情.lmap", "H1", "--lang", lang];
        let said = run_in(folder, &[&page[..], &AS_OF].concat()).ends_with(0);
        assert!(said.stdout.contains(text), "{}", said.stdout);
    }
    // Renewed: the next list says until when, and nothing is due.
    let renewed = MEMBERS.replace("2026-02-20", "2036-02-20");
    fs::write(folder.join("成员.csv"), renewed).unwrap();
    run_in(folder, &["import", "民情.lmap", "--members", "成员.csv"]).ends_with(0);
    assert_eq!(ids(folder, "due:certificate"), ["H3"]);
}

#[test]
fn a_review_is_a_decision_at_the_desk_and_no_visit() {
    let folder = office();
    let folder = folder.path();
    assert_eq!(ids(folder, "due:review"), ["H2", "H3"]);
    assert_eq!(ids(folder, "due:review due:overdue"), ["H3"]);
    let before = show(folder, "H3");
    // Twice a year, because the income is unsteady; the subsidy once.
    let expected = [
        ["2026-01-01", "overdue", "2025-07-01"],
        ["2027-01-05", "later", "2026-01-05"],
    ];
    assert_eq!(clocks(&before, "review"), expected);
    run_in(
        folder,
        &["add", "民情.lmap", "H3", "visit", "--on", "2026-01-25"],
    )
    .ends_with(0);
    assert_eq!(
        ids(folder, "due:review due:overdue"),
        ["H3"],
        "a visit is none"
    );

    let review = [
        "add",
        "民情.lmap",
        "H3",
        "review",
        "低保",
        "--on",
        "2026-01-20",
    ];
    let by = ["--by", "示范员", "--json"];
    let added = run_in(folder, &[&review[..], &by].concat())
        .ends_with(0)
        .json();
    assert_eq!(ids(folder, "due:review"), ["H2"]);
    let after = show(folder, "H3");
    let expected = [
        ["2026-07-20", "later", "2026-01-20"],
        ["2027-01-05", "later", "2026-01-05"],
    ];
    assert_eq!(clocks(&after, "review"), expected);
    let said = &after["reviews"][0];
    assert_eq!(
        (
            &said["on"],
            &said["programme"],
            &said["author"],
            &said["file"]
        ),
        (
            &"2026-01-20".into(),
            &"dibao".into(),
            &"示范员".into(),
            &Value::Null
        )
    );
    // The file is read again, and knows nothing of it.
    run_in(folder, &["import", "民情.lmap", "--receipts", "享受.csv"]).ends_with(0);
    assert_eq!(show(folder, "H3")["reviews"], after["reviews"]);
    for (lang, text) in [
        ("zh", "每 6 个月复核一次，上次 2026-01-20"),
        ("en", "A review every 6 months; the last was 2026-01-20"),
    ] {
        let page = ["show", "民情.lmap", "H3", "--lang", lang];
        let said = run_in(folder, &[&page[..], &AS_OF].concat()).ends_with(0);
        assert!(said.stdout.contains(text), "{}", said.stdout);
    }

    let path = folder.join("民情.lmap");
    let mut workspace = Workspace::open(&path, Access::ReadWrite).unwrap();
    let batch = added["batch"].as_i64().unwrap();
    workspace.undo_batch(batch, 0, &Progress::new()).unwrap();
    drop(workspace);
    let undone = show(folder, "H3");
    assert_eq!(
        (&undone["reviews"], clocks(&undone, "review")),
        (&before["reviews"], clocks(&before, "review"))
    );
}

#[test]
fn what_cannot_be_reviewed_is_refused() {
    let folder = office();
    let folder = folder.path();
    let member = ["H3", "review", "canji_shenghuo", "--member", "示范丁"];
    run_in(folder, &[&["add", "民情.lmap"], &member[..]].concat()).ends_with(0);
    for wrong in [
        // Not received, not begun, somebody else's, unknown, still to come, twice.
        vec!["H1", "review", "dibao"],
        vec!["H2", "review", "dibao", "--on", "2024-02-29"],
        vec!["H3", "review", "canji_shenghuo", "--member", "示范丙"],
        vec!["H2", "review", "爱心超市"],
        vec!["H2", "review", "dibao", "--on", "9998-01-01"],
        member.to_vec(),
    ] {
        let all = [&["add", "民情.lmap"][..], &wrong].concat();
        let said = run_in(folder, &all).ends_with(2);
        assert!(!said.stderr.contains("示范"), "{}", said.stderr);
    }
}
