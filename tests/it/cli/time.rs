//! Time from outside: each month of the time line is the town of that day, changes open into
//! households, and the difference of two days is a map.

use super::{office_of, run_in};
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const LEDGER: &str = "户编号,户主姓名,地址,经度,纬度,人口数,月收入(元),享受项目,需求,标签\n\
    H1,示范甲,示范路1号,121.003,30.005,1,400,低保,,财产符合\n\
    H2,示范乙,示范路2号,121.005,30.005,2,6000,,护理,\n\
    H3,示范丙,示范路3号,121.015,30.005,1,400,,,财产符合\n\
    H4,示范丁,示范路4号,121.016,30.005,1,9000,,,\n\
    H5,示范戊,示范路5号,,,1,9000,住房救助,,\n";
const RECEIPTS: &str = "户编号,姓名,救助项目,开始日期,停发日期,月发放金额(元)\n\
    H1,,最低生活保障,2026-10-01,,500\n\
    H4,,临时救助,2026-08-15,2026-10-20,300\n";
const NEEDS: &str = "户编号,姓名,需求类别,需求内容,来源,提出时间,紧急程度,状态,办结时间\n\
    H2,,医疗,,本人,2026-09-10,紧急,已办结,2026-10-05\n\
    H3,,住房,,网格员,2026-10-30,一般,待办,\n\
    H4,,就业,,本人,2026-11-02,不急,已撤回,2026-11-10\n";
const VISITS: &str = "户编号,计划走访日期,走访日期,走访人,是否见到本人,走访结果,下次走访日期\n\
    H2,,2026-10-31,示范员,是,,\n\
    H3,,2026-11-05,示范员,是,,\n\
    H3,,2026-11-15,示范员,否,,\n";

fn office() -> TempDir {
    office_of(&[
        ("--households", "户.csv", LEDGER),
        ("--receipts", "享受.csv", RECEIPTS),
        ("--needs", "需求.csv", NEEDS),
        ("--visits", "走访.csv", VISITS),
    ])
}

fn json(folder: &Path, line: &str) -> Value {
    let arguments: Vec<&str> = line.split(' ').collect();
    run_in(folder, &arguments).ends_with(0).json()
}

#[test]
fn every_month_is_the_town_that_is_loaded_as_of_its_last_day() {
    let folder = office();
    let folder = folder.path();
    let line = "timeline 民情.lmap --level grid --months 5 --as-of 2026-11-21 --format json";
    let line = json(folder, line);
    let line = line.as_array().unwrap();
    assert_eq!(line.len(), 10);
    let mut seen = std::collections::BTreeSet::new();
    for point in line {
        let day = point["day"].as_str().unwrap();
        let summary = format!("summary 民情.lmap --level grid --as-of {day} --format json");
        let summary = json(folder, &summary);
        let areas = summary.as_array().unwrap().iter();
        let area = areas
            .into_iter()
            .find(|area| area["code"] == point["code"])
            .unwrap();
        for key in [
            "households",
            "of_concern",
            "receiving",
            "fully_covered",
            "reach",
            "full_coverage",
            "open_needs",
            "gaps",
            "unmet_load",
        ] {
            assert_eq!(point[key], area[key], "{key} {day}");
        }
        seen.insert(format!("{} {}", point["of_concern"], point["open_needs"]));
    }
    assert!(seen.len() > 3, "{seen:?}");

    let total = "timeline 民情.lmap --months 3 --as-of 2026-11-21 --format json";
    let total = json(folder, total);
    let of = |at: usize, key: &str| total[at][key].as_u64().unwrap();
    let months: Vec<_> = (0..3)
        .map(|at| ["raised", "met", "withdrawn", "visits"].map(|key| of(at, key)))
        .collect();
    assert_eq!(months, [[1, 0, 0, 0], [1, 1, 0, 1], [1, 0, 1, 2]]);
    assert_eq!(total[0]["by_programme"]["linshi"], 1);
    assert_eq!(total[2]["by_need"]["care"], 1);

    let table = [
        "timeline",
        "民情.lmap",
        "--as-of",
        "2026-11-21",
        "--lang",
        "zh",
    ];
    let table = run_in(folder, &table).ends_with(0);
    let lines = table.stdout.lines();
    assert_eq!(lines.filter(|line| line.starts_with("20")).count(), 12);
    assert!(table.stdout.contains("不足 10 户"), "{}", table.stdout);
    assert!(
        table.stderr.contains("台账自列项目 1 项"),
        "{}",
        table.stderr
    );
    let unknown = ["timeline", "民情.lmap", "--area", "9"];
    let unknown = run_in(folder, &unknown).ends_with(2);
    assert!(unknown.stderr.contains('9'));
}

#[test]
fn changes_are_counted_and_open_into_their_households() {
    let folder = office();
    let folder = folder.path();
    let since = "changes 民情.lmap --since 2026-09-30 --as-of 2026-11-21 --format json";
    let found = json(folder, &format!("{since} --out 变化.csv"));
    let told: Vec<String> = found
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            let of = one["of"].as_str().unwrap_or("-");
            let kind = one["kind"].as_str().unwrap();
            format!("{kind} {of} {} {}", one["households"], one["times"])
        })
        .collect();
    let expected = [
        "started dibao 1 1",
        "stopped linshi 1 1",
        "gap_filled dibao 1 1",
        "raised housing 1 1",
        "raised employment 1 1",
        "met medical 1 1",
        "withdrawn employment 1 1",
        "visited - 2 3",
    ];
    assert_eq!(told, expected);
    let list = fs::read_to_string(folder.join("变化.csv")).unwrap();
    assert_eq!(list.lines().count(), 1 + 9);
    assert!(list.contains(",H1,示**,") && !list.contains("示范甲"));
    let whole = format!("{since} --out 变化.xlsx --unmasked");
    json(folder, &whole);
    assert!(fs::metadata(folder.join("变化.xlsx")).unwrap().len() > 1_000);

    let only = json(
        folder,
        &format!("{since} --where need:housing --programmes dibao"),
    );
    let kinds = only
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["kind"].clone());
    assert_eq!(kinds.collect::<Vec<_>>(), ["raised", "visited"]);

    let areas = json(folder, &format!("{since} --level grid"));
    let total = areas.as_array().unwrap().last().unwrap();
    assert_eq!(total["level"], "total");
    assert_eq!(
        (&total["open_needs_before"], &total["open_needs"]),
        (&2.into(), &2.into())
    );
    assert_eq!(
        (&total["gaps_before"], &total["gaps"]),
        (&2.into(), &1.into())
    );

    let late = [
        "changes",
        "民情.lmap",
        "--since",
        "2026-11-21",
        "--as-of",
        "2026-11-21",
    ];
    let late = run_in(folder, &late).ends_with(2);
    assert!(late.stderr.contains("2026-11-21"));
}

#[test]
fn the_difference_of_two_days_is_a_map() {
    let folder = office();
    let folder = folder.path();
    let mut pictures = Vec::new();
    for figure in [
        "difference",
        "difference:open_needs",
        "difference:programme",
        "difference:programme:dibao",
        "difference:unknown:高龄津贴",
    ] {
        let picture = [
            "render",
            "民情.lmap",
            "--layer",
            figure,
            "--since",
            "2026-09-30",
            "--as-of",
            "2026-11-21",
            "--size",
            "400x300",
            "--out",
            "图.png",
        ];
        run_in(folder, &picture).ends_with(0);
        let bytes = fs::read(folder.join("图.png")).unwrap();
        assert!(bytes.starts_with(b"\x89PNG"));
        pictures.push(bytes);
    }
    pictures.sort();
    pictures.dedup();
    assert_eq!(pictures.len(), 5, "two figures look the same");
    for (layer, advice) in [
        ("difference:luck", "open_needs"),
        ("difference:unmet:dibao", ":PROGRAMME"),
        ("difference:programme:luck", "luck"),
    ] {
        let wrong = ["render", "民情.lmap", "--layer", layer, "--out", "图.png"];
        let wrong = run_in(folder, &wrong).ends_with(2);
        assert!(wrong.stderr.contains(advice), "{}", wrong.stderr);
    }
}
