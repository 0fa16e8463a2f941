//! Needs and resources in, a fair proposal out: as counts, as rows, as files, as a map.

use super::{office_of, run_in};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const LEDGER: &str = "户编号,户主姓名,电话,地址,经度,纬度,需求\n\
    H1,示范甲,19900000001,示范路1号,121.0030,30.005,照料\n\
    H2,示范乙,19900000002,示范路2号,121.0040,30.005,照料\n\
    H3,示范丙,19900000003,示范路3号,121.0050,30.005,照料、医疗\n\
    H4,示范丁,19900000004,示范路4号,,,照料\n\
    H5,示范戊,19900000005,示范路5号,121.0190,30.005,照料\n\
    H6,示范己,19900000006,示范路6号,121.0035,30.005,\n";
const NEEDS: &str = "户编号,需求类别,需求内容,提出时间,紧急程度,状态\n\
    H1,照料,助浴,2026-03-01,不急,待办\n\
    H2,照料,助餐,2026-03-01,紧急,待办\n\
    H3,照料,保洁,2026-09-01,一般,待办\n\
    H4,照料,保洁,2026-09-01,一般,待办\n\
    H5,照料,保洁,2026-09-01,一般,待办\n\
    H6,照料,助浴,2026-09-01,紧急,已转介\n";
const RESOURCES: &str = "编号,名称,服务类别,地址,经度,纬度,容量,服务半径,服务时间\n\
    Z1,示范助餐点,照料,示范路10号,121.0031,30.005,2,800,每天\n";

/// A workspace with a ledger, needs and one place that helps two.
fn office() -> TempDir {
    office_of(&[
        ("--households", "户.csv", LEDGER),
        ("--needs", "需求.csv", NEEDS),
        ("--resources", "资源.csv", RESOURCES),
    ])
}

fn matched(folder: &Path, more: &[&str]) -> Value {
    let command = [
        "match",
        "民情.lmap",
        "--as-of",
        "2026-11-01",
        "--format",
        "json",
    ];
    let command = [&command, more].concat();
    run_in(folder, &command).ends_with(0).json()
}

#[test]
fn the_urgent_and_the_long_waiting_get_the_two_places() {
    let folder = office();
    let folder = folder.path();
    let all = matched(folder, &[]);
    let outcomes: Vec<(&str, &str, &str)> = all["needs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|need| {
            let text = |key: &str| need[key].as_str().unwrap();
            (text("household"), text("category"), text("outcome"))
        })
        .collect();
    assert_eq!(
        outcomes,
        [
            ("H1", "care", "all_full"),
            ("H2", "care", "matched"),
            ("H3", "care", "matched"),
            // Only the ledger names it.
            ("H3", "medical", "no_resource"),
            ("H4", "care", "not_geocoded"),
            ("H5", "care", "out_of_reach"),
            ("H6", "care", "referred"),
        ]
    );
    let nearest = all["needs"][1]["distance_m"].as_f64().unwrap();
    assert!((nearest - 86.8).abs() < 0.5, "{nearest}");
    assert_eq!(all["needs"][3]["urgency"], Value::Null);
    assert_eq!(all["needs"][1]["waiting_days"], 245);
    assert_eq!(all["resources"][0]["used"], 2);
    assert_eq!(all["shortest"], true);

    // A filter chooses what is shown; H1 gets no place by that.
    let one = matched(folder, &["--where", "id:H1", "--needs", "care"]);
    assert_eq!(
        one["categories"],
        json!([{
            "category": "care", "open": 1, "matched": 0, "referred": 0, "all_full": 1,
            "out_of_reach": 0, "no_resource": 0, "not_geocoded": 0,
        }])
    );
    // Before it was raised there was no such need, and room for H1.
    let before = run_in(
        folder,
        &[
            "match",
            "民情.lmap",
            "--as-of",
            "2026-08-01",
            "--format",
            "json",
            "--where",
            "id:H1",
        ],
    );
    assert_eq!(before.ends_with(0).json()["needs"][0]["outcome"], "matched");
}

#[test]
fn rows_are_masked_and_say_why() {
    let folder = office();
    let folder = folder.path();
    let of_day = ["match", "民情.lmap", "--as-of", "2026-11-01"];
    let csv = run_in(
        folder,
        &[&of_day[..], &["--format", "csv", "--lang", "zh"]].concat(),
    );
    let csv = csv.ends_with(0).stdout;
    let row = |id: &str| csv.lines().find(|line| line.starts_with(id)).unwrap();
    assert!(row("H2").contains("示**,199****0002") && row("H2").contains("示范助餐点"));
    assert!(row("H1").contains("名额已满") && row("H1").contains("2 个名额给了排在前面的需求"));
    assert!(row("H5").contains("服务半径只有 800 m"), "{}", row("H5"));

    let table = run_in(folder, &[&of_day[..], &["--lang", "en"]].concat());
    let table = table.ends_with(0).stdout;
    let care = table.lines().find(|line| line.starts_with("Care")).unwrap();
    let numbers: Vec<&str> = care.split_whitespace().skip(1).collect();
    assert_eq!(numbers, ["6", "2", "1", "1", "1", "0", "1"]);

    for (name, more) in [("表.xlsx", None), ("表.csv", Some("--unmasked"))] {
        let mut command = of_day.to_vec();
        command.extend(["--out", name]);
        command.extend(more);
        run_in(folder, &command).ends_with(0);
    }
    let full = fs::read_to_string(folder.join("表.csv")).unwrap();
    assert!(full.contains("示范乙") && full.contains("19900000002"));
    assert!(fs::read(folder.join("表.xlsx")).unwrap().starts_with(b"PK"));
    run_in(folder, &[&of_day[..], &["--needs", "nothing"]].concat()).ends_with(2);
    run_in(folder, &[&of_day[..], &["--out", "表.txt"]].concat()).ends_with(2);
}

/// What a resource does not say is the office's to say, and shown where a proposal rests on it.
#[test]
fn what_a_resource_leaves_open_is_a_number_of_the_catalogue() {
    let folder = office_of(&[
        ("--households", "户.csv", LEDGER),
        ("--needs", "需求.csv", NEEDS),
        (
            "--resources",
            "资源.csv",
            "编号,名称,服务类别,地址,经度,纬度,服务时间\n\
             Z1,示范助餐点,照料,示范路10号,121.0031,30.005,工作日 9–17 时\n",
        ),
    ]);
    let folder = folder.path();
    let found = matched(folder, &[]);
    let resource = &found["resources"][0];
    assert_eq!(
        (&resource["capacity"], &resource["radius_m"]),
        (&json!(10), &json!(1_500.0))
    );
    assert_eq!(resource["capacity_assumed"], true);
    assert_eq!(resource["radius_assumed"], true);
    assert_eq!(resource["used"], 3);

    let catalogue = ["catalogue", "民情.lmap"];
    let text = run_in(folder, &catalogue).ends_with(0).stdout;
    let stated = |text: &str, code: &str, value: &str, new: &str| {
        let start = text.find(&format!("code = \"{code}\"")).unwrap();
        let (before, after) = text.split_at(start);
        assert!(after.contains(value));
        before.to_owned() + &after.replacen(value, new, 1)
    };
    let one = stated(&text, "unstated_capacity", "value = 10.0", "value = 1.0");
    let one = stated(&one, "unstated_radius_m", "value = 1500.0", "value = 700.0");
    fs::write(folder.join("目录.toml"), &one).unwrap();
    let set = ["catalogue", "民情.lmap", "--set", "目录.toml"];
    run_in(folder, &set).ends_with(0);
    let found = matched(folder, &[]);
    let resource = &found["resources"][0];
    assert_eq!(
        (&resource["capacity"], &resource["used"]),
        (&json!(1), &json!(1))
    );
    let csv = [
        "match",
        "民情.lmap",
        "--as-of",
        "2026-11-01",
        "--format",
        "csv",
        "--lang",
        "zh",
    ];
    let csv = run_in(folder, &csv).ends_with(0).stdout;
    let row = |id: &str| csv.lines().find(|line| line.starts_with(id)).unwrap();
    // The need in its own words, the hours, and what is assumed.
    for part in ["助餐", "工作日 9–17 时", "按 1 个、700 m 计"] {
        assert!(row("H2").contains(part), "{}", row("H2"));
    }
    assert!(row("H5").contains("按 1 个、700 m 计"), "{}", row("H5"));

    let none = stated(&one, "unstated_capacity", "value = 1.0", "value = -1.0");
    fs::write(folder.join("目录.toml"), none).unwrap();
    let said = run_in(folder, &["--lang", "zh", set[0], set[1], set[2], set[3]]);
    let said = said.ends_with(2).stderr;
    assert!(said.contains("资源没写名额时按"), "{said}");
}

#[test]
fn urgency_weighs_in_the_unmet_load_and_unmatched_need_is_drawn() {
    let folder = office();
    let folder = folder.path();
    let summary = [
        "summary",
        "民情.lmap",
        "--as-of",
        "2026-11-01",
        "--format",
        "json",
    ];
    let summary = run_in(folder, &summary).ends_with(0).json();
    let grid = &summary[0];
    // Of the first grid: care by 1, by 3, by 2 and, referred, by 3; and medical that only the
    // ledger names.
    assert_eq!(grid["open_needs"], 5, "{grid}");
    assert_eq!(grid["unmet_load"], 10.0, "{grid}");
    let picture = |layer: &str, more: &[&str]| {
        let render = [
            "render",
            "民情.lmap",
            "--layer",
            layer,
            "--as-of",
            "2026-11-01",
            "--size",
            "400x300",
            "--out",
            "图.png",
        ];
        run_in(folder, &[&render[..], more].concat()).ends_with(0);
        fs::read(folder.join("图.png")).unwrap()
    };
    assert!(picture("unmatched", &["--bandwidth-m", "150"]).len() > 2_000);
    // Where help is does not depend on whom the map shows.
    let places = picture("resources", &[]);
    assert_ne!(picture("resources", &["--theme", "dark"]), places);
    assert!(places.len() > 2_000);
}
