//! Standards on trial: figures against pandas, against the town in which they are in force, and the
//! list of those who come in and go.

use super::{AREAS, office_of, run_in};
use crate::support::{csv_rows, data};
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const DAY: &str = "2026-11-21";

/// The town of the pandas script.
fn office() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("区划.geojson"), AREAS).unwrap();
    let [households, members] = ["households", "members"].map(|table| {
        let path = data(&format!("oracle/what_if_{table}.csv"));
        path.display().to_string()
    });
    let import = [
        "import",
        "民情.lmap",
        "--areas",
        "区划.geojson",
        "--households",
        &households,
        "--members",
        &members,
        "--quiet",
    ];
    run_in(folder.path(), &import).ends_with(0);
    folder
}

fn tried(folder: &Path, set: &[&str]) -> Value {
    let whatif = ["whatif", "民情.lmap", "--as-of", DAY, "--format", "json"];
    run_in(folder, &[&whatif[..], set].concat())
        .ends_with(0)
        .json()
}

fn of<'a>(answer: &'a Value, programme: &str) -> &'a Value {
    let mut rows = answer["programmes"].as_array().unwrap().iter();
    rows.find(|row| row["programme"] == programme).unwrap()
}

/// What pandas counted.
const COLUMNS: [&str; 8] = [
    "eligible_today",
    "eligible_trial",
    "entrants",
    "leavers",
    "unknown_today",
    "unknown_trial",
    "cost_today",
    "cost_trial",
];

#[test]
fn trials_equal_pandas() {
    let office = office();
    let trials: [(&str, &[&str]); 5] = [
        ("standard_up", &["--set", "dibao_standard=+5%"]),
        ("standard_down", &["--set", "低保标准=1073.5"]),
        ("factor", &["--set", "dibian_factor=1.6"]),
        ("age", &["--set", "gaoling_age=75"]),
        (
            "all",
            &[
                "--set",
                "dibao_standard=1300",
                "--set",
                "dibian_factor=1.4",
                "--set",
                "gaoling_age=70",
            ],
        ),
    ];
    let expected = csv_rows("oracle/what_if_expected.csv");
    let mut compared = 0;
    for (trial, set) in trials {
        let answer = tried(office.path(), set);
        for row in expected.iter().filter(|row| row[0] == trial) {
            let found = of(&answer, &row[1]);
            for (column, expected) in COLUMNS.iter().zip(&row[2..]) {
                let number = found[column].as_f64();
                // pandas was not asked for all of them.
                if let Ok(expected) = expected.parse::<f64>() {
                    assert_eq!(number, Some(expected), "{trial} {} {column}", row[1]);
                    compared += 1;
                }
            }
        }
    }
    assert_eq!(compared, 5 * (8 + 6 + 6));
}

const LEDGER: &str = "户编号,户主姓名,地址,经度,纬度,人口数,月收入(元),享受项目,标签\n\
    H1,示范甲,示范路1号,121.003,30.005,1,1100,最低生活保障,财产符合\n\
    H2,示范乙,示范路2号,121.005,30.005,2,2300,,财产符合\n\
    H3,示范丙,示范路3号,121.015,30.005,1,1150,,\n\
    H4,示范丁,示范路4号,121.016,30.005,1,1200,,财产符合\n\
    H5,示范戊,示范路5号,,,2,2340,,财产符合\n";
const MEMBERS: &str = "户编号,姓名,出生日期,与户主关系\n\
    H1,示范甲,1949-03-01,户主\n\
    H4,示范丁,1980-01-01,户主\n\
    H4,示范母,1951-11-21,母亲\n";

fn small_office() -> TempDir {
    office_of(&[
        ("--households", "户.csv", LEDGER),
        ("--members", "成员.csv", MEMBERS),
    ])
}

#[test]
fn who_comes_in_is_counted_by_area_listed_with_the_reason_and_masked() {
    let office = small_office();
    let folder = office.path();
    let answer = tried(
        folder,
        &[
            "--set",
            "dibao_standard=+5%",
            "--set",
            "gaoling_age=75",
            "--level",
            "grid",
            "--out",
            "进出.csv",
            "--lang",
            "zh",
        ],
    );
    let moved = &answer["thresholds"][0];
    assert_eq!(
        (&moved["threshold"], &moved["today"], &moved["trial"]),
        (&"dibao_standard".into(), &1130.0.into(), &1186.5.into())
    );
    // H2 with 1,150 a head and H5 with 1,170 come in; H3's assets are not known.
    let dibao = of(&answer, "dibao");
    let counts = ["entrants", "leavers", "unknown_today", "unknown_trial"];
    assert_eq!(counts.map(|key| dibao[key].as_u64().unwrap()), [2, 0, 0, 1]);
    // 30 for H1; then 86.5, 73 and 33.
    let costs = ["cost_today", "cost_trial", "cost_difference", "paid_trial"];
    let costs = costs.map(|key| dibao[key].as_f64().unwrap());
    assert_eq!(costs, [30.0, 192.5, 162.5, 86.5]);
    // Both leave the edge for it.
    let edge = of(&answer, "dibian");
    assert_eq!(edge["leavers"], 2);
    assert_eq!(
        edge["moves"],
        serde_json::json!([{"to": "dibao", "count": 2}])
    );
    // 77 and, today, 75 years.
    let elders = of(&answer, "gaoling");
    assert_eq!(
        (&elders["entrants"], &elders["unit"]),
        (&2.into(), &"person".into())
    );

    // H5 has no place: the grids have one of the two.
    let areas = answer["areas"].as_array().unwrap();
    let in_grid = |code: &str, programme: &str| {
        let mut rows = areas.iter();
        let row = rows.find(|row| row["code"] == code && row["programme"] == programme);
        row.map(|row| row["entrants"].as_u64().unwrap())
    };
    assert_eq!(in_grid("33028200100101", "dibao"), Some(1));
    assert_eq!(in_grid("33028200100102", "gaoling"), Some(1));

    let text = fs::read_to_string(folder.join("进出.csv")).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 1 + 2 + 2 + 2, "{text}");
    let line = |id: &str, programme: &str| {
        let mut lines = lines.iter();
        let found = lines.find(|line| line.contains(id) && line.contains(programme));
        (*found.unwrap()).to_owned()
    };
    let entrant = line("H2", "进入,最低生活保障");
    assert!(entrant.contains("同时退出：低边"), "{entrant}");
    assert!(
        entrant.contains("1,150") && entrant.contains("1,186.5"),
        "{entrant}"
    );
    let elder = line("H4", "高龄津贴");
    assert!(
        elder.contains("示**") && !text.contains("示范母"),
        "{elder}"
    );
    assert!(elder.contains("75"), "{elder}");

    // Nothing is changed: the same question of today's standards has the same answer.
    let again = tried(folder, &["--set", "dibao_standard=+0%"]);
    assert_eq!(
        of(&again, "dibao")["eligible_today"],
        dibao["eligible_today"]
    );
    assert_eq!(of(&again, "dibao")["entrants"], 0);
    assert_eq!(again["thresholds"], Value::Array(Vec::new()));
}

#[test]
fn a_whole_catalogue_is_tried_and_mistakes_are_said() {
    let office = small_office();
    let folder = office.path();
    let shipped = fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/assets/catalogue.toml"
    ));
    let shipped = shipped.unwrap();
    let rule = "income_per_head < dibao_standard and assets_ok and not receives(tekun)";
    assert!(shipped.contains(rule), "the rule that is changed here");
    let wider = shipped.replace(rule, "income_per_head < 2 * dibao_standard and assets_ok");
    fs::write(folder.join("目录.toml"), wider).unwrap();
    let answer = tried(folder, &["--catalogue", "目录.toml"]);
    assert_eq!(of(&answer, "dibao")["entrants"], 3);
    // The word that nobody knows puts the version aside; the one before stays in force.
    let wrong = shipped.replace(rule, "income_per_haed < dibao_standard");
    fs::write(folder.join("目录.toml"), wrong).unwrap();
    let said = run_in(
        folder,
        &[
            "whatif",
            "民情.lmap",
            "--catalogue",
            "目录.toml",
            "--as-of",
            DAY,
            "--lang",
            "en",
        ],
    )
    .ends_with(0);
    assert!(said.stderr.contains("income_per_head"), "{}", said.stderr);
    fs::write(folder.join("目录.toml"), "programmes = 3\n").unwrap();
    let usage: [&[&str]; 5] = [
        &["--catalogue", "目录.toml"],
        &["--catalogue", "nirgends.toml"],
        &["--set", "nichts=3"],
        &["--set", "dibao_standard@99=3"],
        &[],
    ];
    for more in usage {
        let whatif = ["whatif", "民情.lmap", "--lang", "en"];
        let said = run_in(folder, &[&whatif[..], more].concat()).ends_with(2);
        assert!(
            said.stdout.is_empty() && !said.stderr.is_empty(),
            "{more:?}"
        );
    }
}

#[test]
fn the_table_says_where_leavers_go_and_csv_has_every_column() {
    let office = small_office();
    let whatif = [
        "whatif",
        "民情.lmap",
        "--set",
        "dibao_standard=+5%",
        "--as-of",
        DAY,
    ];
    let said = |more: &[&str]| {
        let run = run_in(office.path(), &[&whatif[..], more].concat());
        run.ends_with(0)
    };
    let table = said(&["--lang", "zh", "--programme", "低边"]);
    assert!(table.stdout.contains("转入低保"), "{}", table.stdout);
    assert!(!table.stdout.contains("高龄"), "{}", table.stdout);
    assert!(table.stderr.contains("1,186.5"), "{}", table.stderr);
    let csv = said(&["--format", "csv", "--level", "grid", "--quiet"]).stdout;
    let head = csv.lines().next().unwrap().trim_start_matches('\u{feff}');
    assert!(
        head.starts_with("code,name,level,programme,unit,eligible_today"),
        "{head}"
    );
    assert!(
        csv.contains("33028200100101") && csv.contains(",total,dibao,household,"),
        "{csv}"
    );
}
