//! Who should have what and has not: members and receipts in, gaps and their reasons out.

use super::{AREAS, listed, office_of, run_in};
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const LEDGER: &str = "户编号,户主姓名,地址,经度,纬度,人口数,月收入(元),享受项目,需求,标签\n\
    H1,示范甲,示范路1号,121.003,30.005,1,5000,,,\n\
    H2,示范乙,示范路2号,121.005,30.005,2,6000,高龄津贴,,\n\
    H3,示范丙,示范路3号,121.015,30.005,1,400,,护理,财产符合\n\
    H4,示范丁,示范路4号,121.016,30.005,1,400,,,\n\
    H5,示范戊,示范路5号,121.017,30.005,1,9000,最低生活保障,,\n";
const MEMBERS: &str = "户编号,姓名,出生日期,与户主关系,残疾类别,残疾等级,自理能力\n\
    H1,示范甲,1944-03-01,户主,,,\n\
    H2,示范乙,1943-05-05,户主,,,\n\
    H2,示范子,1975-01-01,子女,肢体,1,\n\
    H3,示范丙,1980-01-01,户主,,,\n\
    H5,示范戊,1990-01-01,户主,,,\n";

/// A workspace with a ledger and its members.
fn office() -> TempDir {
    office_of(&[
        ("--households", "户.csv", LEDGER),
        ("--members", "成员.csv", MEMBERS),
    ])
}

fn ids(folder: &Path, query: &str) -> Vec<String> {
    listed(folder, query, &["--as-of", "2026-11-01"])
}

fn json(folder: &Path, arguments: &[&str]) -> Value {
    run_in(folder, arguments).ends_with(0).json()
}

#[test]
fn gaps_are_found_counted_listed_and_explained() {
    let folder = office();
    let folder = folder.path();
    // 82 years and nothing; the son's disability; poor with assets looked at.
    assert_eq!(ids(folder, "gap:any"), ["H1", "H2", "H3"]);
    assert_eq!(ids(folder, "gap:高龄津贴"), ["H1"]);
    assert_eq!(ids(folder, "gap:canji_huli"), ["H2"]);
    assert_eq!(ids(folder, "gap:dibao"), ["H3"]);
    // Nobody has looked at the assets of H4; H5 earns too much for what it receives.
    assert_eq!(ids(folder, "unclear:dibao"), ["H4"]);
    assert_eq!(ids(folder, "review:dibao"), ["H5"]);
    // H3 has raised a need and H2 receives something: the others never asked.
    assert_eq!(ids(folder, "silent:yes"), ["H1"]);

    let summary = [
        "summary",
        "民情.lmap",
        "--level",
        "grid",
        "--format",
        "json",
        "--as-of",
        "2026-11-01",
    ];
    let rows = json(folder, &summary);
    let grid = &rows.as_array().unwrap()[0];
    let counts = [
        "households",
        "of_concern",
        "receiving",
        "fully_covered",
        "gaps",
    ]
    .map(|key| grid[key].as_u64().unwrap());
    assert_eq!(counts, [2, 2, 1, 0, 2]);
    // A gap in the care of the severely disabled weighs two.
    assert_eq!(grid["unmet_load"], 3.0);

    let explain = |id: &str, programme: &str| {
        json(
            folder,
            &[
                "explain",
                "民情.lmap",
                id,
                "--programme",
                programme,
                "--as-of",
                "2026-11-01",
                "--json",
                "--lang",
                "zh",
            ],
        )
    };
    let reason = explain("H1", "gaoling");
    assert_eq!(reason["silent"], true);
    let programme = &reason["programmes"][0];
    assert_eq!(programme["standing"], "gap");
    let unit = &programme["units"][0];
    assert_eq!(
        (&unit["verdict"], &unit["unit"]),
        (&"yes".into(), &"示**".into())
    );
    let line = unit["reason"][0].as_str().unwrap();
    assert!(
        line.contains("年龄") && line.contains("82") && line.contains("80"),
        "{line}"
    );
    let reason = explain("H4", "dibao");
    let unit = &reason["programmes"][0]["units"][0];
    assert_eq!(unit["verdict"], "unknown");
    assert_eq!(unit["missing"], Value::from(vec!["assets_ok"]));

    let picture = |layer: &str| {
        let render = ["render", "民情.lmap", "--layer", layer, "--out", "图.png"];
        let more = ["--size", "400x300", "--as-of", "2026-11-01"];
        run_in(folder, &[&render[..], &more].concat()).ends_with(0);
        fs::read(folder.join("图.png")).unwrap()
    };
    // Gap, review and unknown are different maps, of one programme and of all.
    let layers = [
        "gaps",
        "gaps:高龄津贴",
        "review",
        "unknown",
        "unknown:dibao",
        "areas:gaps",
        "areas:review:dibao",
        "areas:unknown",
    ];
    let mut pictures: Vec<Vec<u8>> = layers.map(picture).into();
    pictures.sort();
    pictures.dedup();
    assert_eq!(pictures.len(), layers.len());
}

#[test]
fn a_ledger_alone_claims_no_gap_and_says_what_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("区划.geojson"), AREAS).unwrap();
    let ledger = LEDGER.replace("财产符合", "");
    fs::write(folder.join("户.csv"), ledger).unwrap();
    let import = [
        "import",
        "民情.lmap",
        "--areas",
        "区划.geojson",
        "--households",
        "户.csv",
    ];
    run_in(folder, &import).ends_with(0);
    assert_eq!(ids(folder, "gap:any"), [] as [&str; 0]);
    let said = run_in(
        folder,
        &[
            "explain",
            "民情.lmap",
            "H1",
            "--programme",
            "gaoling",
            "--lang",
            "en",
        ],
    )
    .ends_with(0)
    .stdout;
    assert!(
        said.contains("not known") && said.contains("missing:"),
        "{said}"
    );
    let said = run_in(folder, &["explain", "民情.lmap", "H77", "--lang", "en"]).ends_with(2);
    assert!(said.stderr.contains("H77"), "{}", said.stderr);
}

#[test]
fn every_programme_has_its_coverage_with_what_is_not_known_apart() {
    let folder = office();
    let gaps = [
        "gaps",
        "民情.lmap",
        "--as-of",
        "2026-11-01",
        "--format",
        "json",
    ];
    let rows = json(folder.path(), &gaps);
    let of = |code: &str, programme: &str| {
        let mut rows = rows.as_array().unwrap().iter();
        let row = rows.find(|row| row["code"] == code && row["programme"] == programme);
        let row = row.unwrap();
        let counts = ["covered", "gap", "review", "unknown"].map(|key| row[key].as_u64().unwrap());
        (row["unit"].clone(), counts, row["coverage"].clone())
    };
    // The ledger says that H2 receives it; nobody says for whom, so it is the one who is eligible.
    let share = Value::from(0.5);
    // Nobody has listed the members of H4.
    assert_eq!(of("", "gaoling"), ("person".into(), [1, 1, 0, 1], share));
    assert_eq!(
        of("", "dibao"),
        ("household".into(), [0, 1, 1, 1], 0.0.into())
    );
    assert_eq!(of("33028200100101", "gaoling").1, [1, 1, 0, 0]);
    // Denominator nought is no data.
    assert_eq!(of("33028200100102", "gaoling").2, Value::Null);
    let text = run_in(
        folder.path(),
        &[
            "gaps",
            "民情.lmap",
            "--programme",
            "高龄津贴",
            "--lang",
            "zh",
        ],
    )
    .ends_with(0)
    .stdout;
    assert!(text.contains("应享覆盖率") && text.contains("50"), "{text}");
}

#[test]
fn coverage_of_programmes_comes_in_the_forms_of_rates() {
    let folder = office();
    let rows = |form: &[&str]| -> Vec<(u64, Value)> {
        let gaps = [
            "gaps",
            "民情.lmap",
            "--as-of",
            "2026-11-01",
            "--programme",
            "canji_huli",
            "--format",
            "json",
        ];
        let rows = json(folder.path(), &[&gaps[..], form].concat());
        let of = |row: &Value| (row["covered"].as_u64().unwrap(), row["coverage"].clone());
        rows.as_array().unwrap().iter().map(of).collect()
    };
    let raw = rows(&[]);
    assert_eq!(rows(&["--rate", "raw"]), raw);
    let counts = rows(&["--rate", "count"]);
    assert!(!counts.is_empty());
    for (covered, shown) in &counts {
        assert_eq!(shown.as_f64(), Some(*covered as f64));
    }
    // All together have no others to be drawn to.
    let smoothed = rows(&["--rate", "eb"]);
    assert_eq!(smoothed.last(), raw.last());
    for ((_, raw), (_, smoothed)) in raw.iter().zip(&smoothed) {
        assert_eq!(raw.is_null(), smoothed.is_null(), "no data stays no data");
    }
}
