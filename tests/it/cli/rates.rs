//! Rates in every form, and areas in the order of what is sure of them.

use super::{AREAS, IMPORT, in_town, run_in};
use serde_json::Value;
use std::fs;

const FORMS: [&str; 4] = ["raw", "eb", "eb-local", "count"];

fn summary(more: &[&str]) -> Vec<Value> {
    let arguments = ["summary", "镇.lmap", "--level", "grid", "--format", "json"];
    let said = in_town(&[&arguments[..], more].concat()).ends_with(0);
    said.json().as_array().unwrap().clone()
}

fn number(row: &Value, key: &str) -> f64 {
    row[key].as_f64().unwrap()
}

#[test]
fn a_rate_has_four_forms_and_its_counts_one() {
    let [raw, smoothed, local, count] = FORMS.map(|form| summary(&["--rate", form]));
    let known = || raw.iter().filter(|row| number(row, "of_concern") > 0.0);
    let sum = |key: &str| known().map(|row| number(row, key)).sum::<f64>();
    let mean = sum("receiving") / sum("of_concern");
    let (mut drawn, mut differs) = (0, 0);
    for (((raw, smoothed), local), count) in raw.iter().zip(&smoothed).zip(&local).zip(&count) {
        let few = number(raw, "of_concern") < 10.0;
        for row in [raw, smoothed, local, count] {
            assert_eq!(row["suppressed"], few);
            assert_eq!(row["of_concern"], raw["of_concern"]);
        }
        // A count needs no denominator; a rate of nobody is no data in any form.
        assert_eq!(number(count, "reach"), number(raw, "receiving"));
        assert_eq!(number(count, "full_coverage"), number(raw, "fully_covered"));
        if number(raw, "of_concern") == 0.0 {
            for row in [raw, smoothed, local] {
                assert_eq!(row["reach"], Value::Null);
            }
            continue;
        }
        let share = number(raw, "receiving") / number(raw, "of_concern");
        assert!((number(raw, "reach") - share).abs() < 1e-12);
        let off = |row: &Value| (number(row, "reach") - mean).abs();
        assert!(off(smoothed) <= off(raw) + 1e-12, "{raw} {smoothed}");
        drawn += usize::from(off(smoothed) < off(raw) - 1e-6);
        differs += usize::from((number(local, "reach") - number(smoothed, "reach")).abs() > 1e-6);
    }
    assert!(drawn > 0 && differs > 0, "{drawn} {differs}");
}

/// The lower end of the 95 % interval of Wilson (1927).
fn bound(row: &Value) -> f64 {
    let (k, n) = (number(row, "receiving"), number(row, "of_concern"));
    if n == 0.0 {
        return -1.0;
    }
    let (z, share) = (1.959_963_984_540_054_f64, k / n);
    let half = z * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    ((share + z * z / (2.0 * n) - half) / (1.0 + z * z / n)).max(0.0)
}

#[test]
fn few_households_never_top_the_list_by_luck() {
    let by_code = summary(&[]);
    let ranked = summary(&["--sort", "rate"]);
    assert_eq!(by_code.len(), ranked.len());
    assert!(by_code.is_sorted_by_key(|row| row["code"].as_str().unwrap()));
    let bounds: Vec<f64> = ranked.iter().map(bound).collect();
    assert!(
        bounds.windows(2).all(|pair| pair[0] >= pair[1] - 1e-12),
        "{bounds:?}"
    );

    // One household of one against eleven of twelve.
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = "户编号,经度,纬度,享受项目,需求\nA,121.005,30.005,低保,\n".to_owned();
    for nth in 0..12 {
        let (programme, need) = if nth == 0 {
            ("", "护理")
        } else {
            ("低保", "")
        };
        ledger.extend([format!("B{nth},121.015,30.005,{programme},{need}\n")]);
    }
    fs::write(folder.path().join("户.csv"), ledger).unwrap();
    fs::write(folder.path().join("areas.geojson"), AREAS).unwrap();
    run_in(folder.path(), &IMPORT).ends_with(0);
    let arguments = [
        "summary",
        "民情.lmap",
        "--level",
        "grid",
        "--sort",
        "rate",
        "--format",
        "json",
    ];
    let said = run_in(folder.path(), &arguments).ends_with(0).json();
    let names = ["=二网格", "一网格"];
    for ((row, name), (reach, few)) in said
        .as_array()
        .unwrap()
        .iter()
        .zip(names)
        .zip([(11.0 / 12.0, false), (1.0, true)])
    {
        assert_eq!(
            (&row["name"], &row["suppressed"]),
            (&name.into(), &few.into())
        );
        assert!((number(row, "reach") - reach).abs() < 1e-12);
    }
}

#[test]
fn the_table_says_its_form_and_marks_what_says_little() {
    let table = |form: &str| {
        let arguments = ["--lang", "en", "summary", "镇.lmap", "--rate", form];
        in_town(&arguments).ends_with(0).stdout
    };
    let [raw, smoothed, local, count] = FORMS.map(table);
    assert!(raw.contains("%*") && raw.contains("fewer than 10 households"));
    assert!(!raw.contains("mpirical Bayes"));
    assert!(smoothed.contains("Empirical Bayes") && smoothed.contains("%*"));
    assert!(local.contains("Local empirical Bayes"));
    assert!(count.contains("the numerator alone") && !count.contains('*'));
    let wrong = in_town(&["summary", "镇.lmap", "--rate", "bayes"]).ends_with(2);
    assert!(wrong.stderr.contains("eb-local"), "{}", wrong.stderr);
}
