//! Figures and lists.

use super::{in_town, run_in, two_grids_imported};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

fn summary_json(folder: &Path, more: &[&str]) -> Value {
    run_in(
        folder,
        &[&["summary", "民情.lmap", "--format", "json"], more].concat(),
    )
    .ends_with(0)
    .json()
}

#[test]
fn a_summary_has_the_members_of_the_contract() {
    let folder = two_grids_imported();
    let expected = json!([
        {"code": "33028200100101", "name": "一网格", "level": "grid", "households": 1, "of_concern": 1, "receiving": 1,
         "fully_covered": 0, "reach": 1.0, "full_coverage": 0.0, "open_needs": 1, "gaps": 0, "unmet_load": 1.0,
         "suppressed": true},
        {"code": "33028200100102", "name": "=二网格", "level": "grid", "households": 2, "of_concern": 1, "receiving": 1,
         "fully_covered": 1, "reach": 1.0, "full_coverage": 1.0, "open_needs": 0, "gaps": 0, "unmet_load": 0.0,
         "suppressed": true},
    ]);
    assert_eq!(summary_json(folder.path(), &[]), expected);
}

#[test]
fn no_denominator_is_no_data() {
    let folder = two_grids_imported();
    let rows = summary_json(
        folder.path(),
        &["--programmes", "医疗救助", "--needs", "care"],
    );
    assert_eq!(rows[0]["of_concern"], 1);
    assert_eq!(rows[0]["reach"], 0.0);
    assert_eq!(rows[1]["of_concern"], 0);
    assert_eq!(rows[1]["reach"], Value::Null);
    assert_eq!(rows[1]["full_coverage"], Value::Null);
    assert_eq!(
        summary_json(folder.path(), &["--level", "county"]),
        json!([])
    );
}

#[test]
fn a_summary_as_csv_has_the_same_figures_and_no_formulas() {
    let folder = two_grids_imported();
    let csv = run_in(folder.path(), &["summary", "民情.lmap", "--format", "csv"])
        .ends_with(0)
        .stdout;
    let expected = "\u{feff}code,name,level,households,of_concern,receiving,fully_covered,reach,full_coverage,\
        open_needs,gaps,unmet_load,suppressed\r\n\
        33028200100101,一网格,grid,1,1,1,0,1,0,1,0,1,true\r\n\
        33028200100102,'=二网格,grid,2,1,1,1,1,1,0,0,0,true\r\n";
    assert_eq!(csv, expected);
}

#[test]
fn a_summary_as_table_says_what_is_in_no_area() {
    let folder = two_grids_imported();
    for (lang, words) in [
        (
            "zh",
            [
                "在所有区划之外",
                "未定位",
                "合计",
                "100.0 %*",
                "* 重点户不足 10 户",
            ],
        ),
        (
            "en",
            [
                "Outside every area",
                "Not geocoded",
                "Total",
                "100.0 %*",
                "* fewer than 10 households",
            ],
        ),
    ] {
        let table = run_in(folder.path(), &["summary", "民情.lmap", "--lang", lang])
            .ends_with(0)
            .stdout;
        for word in words {
            assert!(table.contains(word), "{word} in {table}");
        }
        let total = table.lines().find(|line| line.contains(words[2])).unwrap();
        assert!(total.split_whitespace().nth(1) == Some("5"), "{total}");
    }
}

#[test]
fn smoothed_rates_lie_between_the_raw_ones_and_the_mean() {
    let rates = |rate: &str| -> Vec<(f64, f64)> {
        let arguments = [
            "summary",
            "镇.lmap",
            "--level",
            "community",
            "--rate",
            rate,
            "--format",
            "json",
        ];
        let rows = in_town(&arguments).ends_with(0).json();
        let rows = rows.as_array().unwrap().iter();
        rows.map(|row| {
            (
                row["full_coverage"].as_f64().unwrap(),
                row["of_concern"].as_f64().unwrap(),
            )
        })
        .collect()
    };
    let (raw, smoothed) = (rates("raw"), rates("eb"));
    let households: f64 = raw.iter().map(|(_, count)| count).sum();
    let mean = raw.iter().map(|(share, count)| share * count).sum::<f64>() / households;
    assert!(raw.iter().any(|(share, _)| (share - mean).abs() > 0.05));
    for ((raw, _), (smoothed, _)) in raw.iter().zip(&smoothed) {
        assert!(
            (smoothed - mean).abs() <= (raw - mean).abs() + 1e-12,
            "{raw} → {smoothed}"
        );
        assert!(
            (smoothed - mean) * (raw - mean) >= -1e-12,
            "{raw} → {smoothed}"
        );
    }
    assert_ne!(raw, smoothed);
}

#[test]
fn an_unknown_programme_gets_the_nearest_one() {
    let said =
        in_town(&["summary", "镇.lmap", "--programmes", "dibo", "--lang", "zh"]).ends_with(2);
    assert!(
        said.stderr.contains("dibo") && said.stderr.contains("dibao"),
        "{}",
        said.stderr
    );
    let said = in_town(&["summary", "镇.lmap", "--needs", "zzzz"]).ends_with(2);
    assert!(
        said.stderr.contains("care") && said.stdout.is_empty(),
        "{}",
        said.stderr
    );
}

/// A list as CSV, without its byte order mark.
fn list(folder: &Path, more: &[&str]) -> String {
    run_in(
        folder,
        &[&["list", "民情.lmap", "--out", "名单.csv"], more].concat(),
    )
    .ends_with(0);
    let text = fs::read_to_string(folder.join("名单.csv")).unwrap();
    text.strip_prefix('\u{feff}').unwrap().to_owned()
}

#[test]
fn a_list_says_how_many_and_hides_what_is_sensitive() {
    let folder = two_grids_imported();
    let said = run_in(
        folder.path(),
        &[
            "list",
            "民情.lmap",
            "--where",
            "need:any",
            "--out",
            "名单.csv",
        ],
    )
    .ends_with(0);
    assert_eq!(said.stdout, "2 households → 名单.csv\n");
    let fields = [
        "--fields",
        "household_id,head_name,phone,address",
        "--sort",
        "id",
    ];
    let masked = list(folder.path(), &fields);
    let rows: Vec<&str> = masked.lines().skip(1).collect();
    assert_eq!(rows[0], "H1,王**,138****5678,'=HYPERLINK(1)");
    assert_eq!(rows.len(), 5);
    let unmasked = list(folder.path(), &[&fields[..], &["--unmasked"]].concat());
    assert_eq!(
        unmasked.lines().nth(1),
        Some("H1,王建国,13812345678,'=HYPERLINK(1)")
    );
}

#[test]
fn a_list_has_an_order_and_an_end() {
    let folder = two_grids_imported();
    let ids = |more: &[&str]| -> Vec<String> {
        let list = list(
            folder.path(),
            &[&["--fields", "household_id"], more].concat(),
        );
        list.lines().skip(1).map(str::to_owned).collect()
    };
    assert_eq!(ids(&["--sort", "id"]), ["H1", "H2", "H3", "H4", "H5"]);
    assert_eq!(
        ids(&["--sort", "id", "--descending", "--limit", "2"]),
        ["H5", "H4"]
    );
    assert_eq!(ids(&["--where", "located:no"]), ["H3"]);
    assert_eq!(
        ids(&["--sort", "elderly", "--descending", "--limit", "1"]),
        ["H3"]
    );
    // The most pressing first, without being asked.
    let priorities = list(folder.path(), &["--fields", "priority"]);
    let priorities: Vec<f64> = priorities
        .lines()
        .skip(1)
        .map(|cell| cell.parse().unwrap())
        .collect();
    assert_eq!(priorities.len(), 5);
    assert!(
        priorities.is_sorted_by(|a, b| a >= b) && priorities[0] > priorities[4],
        "{priorities:?}"
    );
}

#[test]
fn a_list_in_every_format() {
    let folder = two_grids_imported();
    run_in(folder.path(), &["list", "民情.lmap", "--out", "a.xlsx"]).ends_with(0);
    assert!(
        fs::read(folder.path().join("a.xlsx"))
            .unwrap()
            .starts_with(b"PK")
    );
    run_in(folder.path(), &["list", "民情.lmap", "--out", "a.geojson"]).ends_with(0);
    let text = fs::read_to_string(folder.path().join("a.geojson")).unwrap();
    let geojson: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(geojson["features"].as_array().unwrap().len(), 5);
    assert!(!text.contains("王建国"));
    let said = run_in(folder.path(), &["list", "民情.lmap", "--out", "a.pdf"]).ends_with(2);
    assert!(said.stderr.contains(".xlsx"), "{}", said.stderr);
    let no_folder = run_in(folder.path(), &["list", "民情.lmap", "--out", "没有/a.csv"]);
    no_folder.ends_with(1);
}

#[test]
fn a_wrong_query_is_marked_at_its_place() {
    let out = ["--out", "a.csv"];
    let folder = two_grids_imported();
    for (lang, sentence) in [("zh", "没有"), ("en", "There is no")] {
        let query = [
            "list",
            "民情.lmap",
            "--lang",
            lang,
            "--where",
            "独居:是 colour:red",
        ];
        let said = run_in(folder.path(), &[&query[..], &out].concat()).ends_with(2);
        let lines: Vec<&str> = said.stderr.lines().collect();
        assert_eq!(lines[..2], ["独居:是 colour:red", "        ^^^^^^"]);
        assert!(
            lines[2].contains(sentence) && lines[2].contains("colour"),
            "{}",
            lines[2]
        );
        assert!(said.stdout.is_empty());
    }
    assert!(!folder.path().join("a.csv").exists());
}
