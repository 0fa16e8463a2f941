//! Charts as pictures and as their numbers, beside what pandas and `SciPy` count.

use super::{in_town, run_in, two_grids_imported};
use crate::support::{csv_rows, data};
use std::fs;
use std::path::Path;

const DAY: &str = "2026-11-21";

/// A workspace with tables of the oracles, by the flag of each.
fn imported(tables: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let paths: Vec<String> = tables
        .iter()
        .map(|(_, name)| data(&format!("oracle/{name}")).display().to_string())
        .collect();
    let mut import = vec!["import", "民情.lmap", "--quiet"];
    for ((flag, _), path) in tables.iter().zip(&paths) {
        import.extend([flag, path.as_str()]);
    }
    let code = run_in(folder.path(), &import).code;
    assert!(matches!(code, 0 | 1), "{code:?}");
    folder
}

/// The numbers of a chart, without the header.
fn numbers(folder: &Path, more: &[&str]) -> Vec<Vec<String>> {
    let chart = ["chart", "民情.lmap", "--as-of", DAY, "--out", "数字.csv"];
    run_in(folder, &[&chart, more].concat()).ends_with(0);
    let text = fs::read_to_string(folder.join("数字.csv")).unwrap();
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
    let rows = reader.records().map(|row| row.unwrap());
    rows.map(|row| row.iter().map(str::to_owned).collect())
        .collect()
}

#[test]
fn needs_and_ages_are_those_that_pandas_counts() {
    let folder = imported(&[
        ("--households", "charts_households.csv"),
        ("--members", "charts_members.csv"),
        ("--needs", "charts_needs.csv"),
    ]);
    let mut needs: Vec<Vec<String>> = numbers(folder.path(), &["--kind", "needs"])
        .into_iter()
        // The code and the counts; the name stands between them.
        .map(|row| [&row[..1], &row[2..]].concat())
        .collect();
    let unmet = |row: &Vec<String>| row[1].parse::<u32>().unwrap() + row[2].parse::<u32>().unwrap();
    assert!(needs.is_sorted_by(|one, other| unmet(one) >= unmet(other)));
    needs.sort();
    assert_eq!(needs, csv_rows("oracle/charts_needs_expected.csv"));

    let ages = numbers(folder.path(), &["--kind", "ages", "--where", "need:any"]);
    let expected = csv_rows("oracle/charts_ages_expected.csv");
    assert_eq!(ages.len(), expected.len());
    for (found, expected) in ages.iter().zip(&expected) {
        assert_eq!(found[1..], expected[1..], "{}", found[0]);
    }
    assert_eq!((&*ages[16][0], &*ages[20][0]), ("80–84", "100+"));
}

#[test]
fn shares_have_their_denominators_and_the_intervals_of_scipy() {
    let folder = imported(&[
        ("--areas", "town_areas.geojson"),
        ("--households", "town_households.csv"),
    ]);
    let by_code = [
        "--kind",
        "coverage",
        "--level",
        "community",
        "--order",
        "code",
    ];
    let found = numbers(folder.path(), &by_code);
    let expected = csv_rows("oracle/charts_shares_expected.csv");
    for (found, expected) in found.iter().zip(&expected) {
        assert_eq!(
            [&found[0], &found[2], &found[3]],
            [&expected[0], &expected[1], &expected[2]]
        );
        for (place, wanted) in [(6, 3), (7, 4)] {
            let number = |text: &str| text.parse::<f64>().unwrap();
            let off = number(&found[place]) - number(&expected[wanted]);
            assert!(off.abs() < 1e-12, "{found:?} {expected:?}");
        }
        let is_small = expected[2].parse::<u32>().unwrap() < 10;
        assert_eq!(found[8], if is_small { "yes" } else { "no" }, "{found:?}");
    }
    // Behind the areas: outside, not geocoded, in all.
    assert_eq!(found.len(), expected.len() + 3);
    let total = found.last().unwrap();
    let row = csv_rows("oracle/town_expected.csv");
    let row = row.iter().find(|row| row[0] == "total").unwrap();
    assert_eq!([&total[2], &total[3]], [&row[4], &row[3]]);

    let ranked = numbers(folder.path(), &["--kind", "coverage"]);
    let low: Vec<f64> = ranked[..expected.len()]
        .iter()
        .map(|row| row[6].parse().unwrap())
        .collect();
    assert!(low.is_sorted_by(|one, other| one >= other), "{low:?}");
    let funnel = numbers(folder.path(), &["--kind", "funnel", "--figure", "full"]);
    assert_eq!(funnel.len(), found.len());
    assert!(
        funnel[..expected.len()]
            .iter()
            .all(|row| !row[13].is_empty())
    );
}

/// Width and height of a PNG.
fn size(path: &Path) -> (u32, u32) {
    let bytes = fs::read(path).unwrap();
    let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}

#[test]
fn a_trend_goes_back_as_far_as_asked_in_the_area_that_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("趋势.csv");
    let trend = |more: &[&str]| {
        let chart = [
            "chart",
            "镇.lmap",
            "--as-of",
            DAY,
            "--kind",
            "trend",
            "--out",
            path.to_str().unwrap(),
        ];
        in_town(&[&chart, more].concat()).ends_with(0);
        let text = fs::read_to_string(&path).unwrap();
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
        let rows = reader.records().map(|row| row.unwrap());
        // The day, of concern, receiving, visits.
        rows.map(|row| [0, 1, 2, 11].map(|at| row[at].to_owned()))
            .collect::<Vec<_>>()
    };
    let line = |more: &[&str]| {
        let line = ["timeline", "镇.lmap", "--as-of", DAY, "--format", "csv"];
        let text = in_town(&[&line, more].concat()).ends_with(0).stdout;
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
        let rows = reader.records().map(|row| row.unwrap());
        rows.map(|row| [3, 5, 6, 16].map(|at| row[at].to_owned()))
            .collect::<Vec<_>>()
    };
    assert_eq!(trend(&[]).len(), 12);
    let summary = in_town(&["summary", "镇.lmap", "--as-of", DAY, "--format", "json"]);
    let summary = summary.ends_with(0).json();
    let code = summary[0]["code"].as_str().unwrap();
    let area = ["--area", code, "--months", "24"];
    assert_eq!(trend(&area), line(&area));
    assert_eq!(trend(&area).len(), 24);
    assert_ne!(trend(&area), trend(&["--months", "24"]));

    let out = ["--out", path.to_str().unwrap()];
    let needs = ["chart", "镇.lmap", "--kind", "needs", "--area", code];
    let said = in_town(&[&needs[..], &out].concat()).ends_with(2).stderr;
    assert!(said.contains("trend"), "{said}");
    let nowhere = ["chart", "镇.lmap", "--kind", "trend", "--area", "没有"];
    in_town(&[&nowhere[..], &out].concat()).ends_with(2);
}

#[test]
fn every_chart_is_a_picture_of_the_size_that_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("图.png");
    let draw = |more: &[&str]| {
        let chart = [
            "chart",
            "镇.lmap",
            "--as-of",
            DAY,
            "--out",
            path.to_str().unwrap(),
        ];
        in_town(&[&chart, more].concat()).ends_with(0);
        (fs::read(&path).unwrap(), size(&path))
    };
    let mut pictures = Vec::new();
    for kind in ["coverage", "needs", "funnel"] {
        let (picture, size) = draw(&["--kind", kind, "--size", "600x400"]);
        assert_eq!(size, (600, 400));
        pictures.push(picture);
    }
    pictures.sort();
    pictures.dedup();
    assert_eq!(pictures.len(), 3);
    let grids = ["--kind", "coverage", "--level", "grid"];
    let (plain, (width, height)) = draw(&grids);
    assert!(width == 1000 && height > 400, "{width} × {height}");
    assert_eq!(draw(&grids).0, plain);
    for more in [
        &["--theme", "dark"][..],
        &["--lang", "zh"],
        &["--rate", "eb"],
        &["--rate", "count"],
        &["--order", "code"],
        &["--where", "elderly>=1"],
    ] {
        assert_ne!(draw(&[&grids, more].concat()).0, plain, "{more:?}");
    }
}

#[test]
fn what_cannot_be_a_chart_is_said_and_nothing_is_written() {
    let folder = two_grids_imported();
    let refused = |kind: &str, out: &str, more: &[&str]| {
        let chart = ["chart", "民情.lmap", "--kind", kind, "--out", out];
        let said = run_in(folder.path(), &[&chart, more].concat()).ends_with(2);
        assert!(!folder.path().join(out).exists());
        said.stderr
    };
    assert!(refused("needs", "图.pdf", &[]).contains(".png"));
    assert!(refused("coverage", "图.png", &["--figure", "打麻将"]).contains("打麻将"));
    assert!(refused("pie", "图.png", &[]).contains("funnel"));
    // No member is listed: the picture says so by being empty, and the program in words.
    let ages = ["chart", "民情.lmap", "--kind", "ages", "--out", "龄.png"];
    let said = run_in(folder.path(), &ages).ends_with(0);
    assert!(said.stderr.contains("members"), "{}", said.stderr);
}
