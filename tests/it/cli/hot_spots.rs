//! Hot spots from outside: the two grids that are planted in the sample town are found.

use super::{in_town, run_in};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use tempfile::TempDir;

/// The day of the sample town's ledger.
const DAY: &str = "2026-11-21";

/// The sample town with all its tables.
fn sample_town() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let arguments = [
        "generate",
        "镇",
        "--households",
        "12000",
        "--seed",
        "20261121",
    ];
    run_in(folder.path(), &arguments).ends_with(0);
    let mut import = vec![
        "import".to_owned(),
        "镇.lmap".to_owned(),
        "--quiet".to_owned(),
    ];
    for (option, file) in [
        ("--areas", "areas.geojson"),
        ("--households", "households.csv"),
        ("--members", "members.csv"),
        ("--receipts", "receipts.csv"),
        ("--needs", "needs.csv"),
        ("--visits", "visits.csv"),
    ] {
        import.extend([option.to_owned(), format!("镇/{file}")]);
    }
    let import: Vec<&str> = import.iter().map(String::as_str).collect();
    // Some of its rows are flawed on purpose.
    run_in(folder.path(), &import).ends_with(1);
    folder
}

fn ask(folder: &Path, more: &[&str]) -> Value {
    let arguments = ["hotspots", "镇.lmap", "--as-of", DAY, "--format", "json"];
    let arguments = [&arguments[..], more].concat();
    run_in(folder, &arguments).ends_with(0).json()
}

/// The codes of the areas of a class, the most remarkable first.
fn of_class(answer: &Value, class: &str) -> Vec<String> {
    let areas = answer["areas"].as_array().unwrap().iter();
    let mut found: Vec<(f64, String)> = areas
        .filter(|area| area["class"] == class)
        .map(|area| {
            let code = area["code"].as_str().unwrap().to_owned();
            (area["z"].as_f64().unwrap().abs(), code)
        })
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.into_iter().map(|(_, code)| code).collect()
}

/// The two grids in which most households lack one of the three programmes whose gaps are planted.
fn planted(folder: &Path) -> Vec<String> {
    let answer = |command: &str| {
        let arguments = [
            command, "镇.lmap", "--level", "grid", "--as-of", DAY, "--format", "json",
        ];
        let rows = run_in(folder, &arguments).ends_with(0).json();
        rows.as_array().unwrap().clone()
    };
    let mut gaps: BTreeMap<String, f64> = BTreeMap::new();
    for row in answer("gaps") {
        let programme = row["programme"].as_str().unwrap();
        if ["dibao", "gaoling", "canji_huli"].contains(&programme) {
            let code = row["code"].as_str().unwrap().to_owned();
            *gaps.entry(code).or_default() += row["gap"].as_f64().unwrap();
        }
    }
    let mut shares: Vec<(f64, String)> = answer("summary")
        .iter()
        .map(|row| {
            let code = row["code"].as_str().unwrap().to_owned();
            (
                gaps[&code] / row["households"].as_f64().unwrap().max(1.0),
                code,
            )
        })
        .collect();
    shares.sort_by(|a, b| b.0.total_cmp(&a.0));
    assert!(shares[1].0 > 1.2 * shares[2].0, "two stand out");
    shares.into_iter().take(2).map(|(_, code)| code).collect()
}

#[test]
fn the_planted_hot_spot_is_found_and_little_else() {
    let town = sample_town();
    let folder = town.path();
    let mut truth = planted(folder);
    truth.sort();

    // As the window offers it: of all areas together no more than 5 % are false alarms.
    let sure = ask(folder, &["--fdr"]);
    let mut found = of_class(&sure, "hot");
    assert!(found.len() <= 4, "{found:?}");
    found.truncate(2);
    found.sort();
    assert_eq!(found, truth, "the two with the highest z");
    // What is cold is a quiet part of town, not noise: its own need is under the mean of all.
    let all = sure["areas"].as_array().unwrap();
    let value = |area: &serde_json::Value| area["value"].as_f64();
    let known: Vec<f64> = all.iter().filter_map(value).collect();
    let mean = known.iter().sum::<f64>() / known.len() as f64;
    let cold = of_class(&sure, "cold");
    assert!(cold.len() <= 2, "{cold:?}");
    let is_cold = |area: &&serde_json::Value| area["class"] == "cold";
    assert!(
        all.iter()
            .filter(is_cold)
            .all(|area| value(area).unwrap() < mean)
    );
    assert_eq!(sure["permutations"], 9_999);
    assert_eq!(sure["areas"].as_array().unwrap().len(), 100);

    // Gaps alone, of whichever programme.
    let found = of_class(&ask(folder, &["--figure", "gaps", "--fdr"]), "hot");
    assert!(found.len() <= 5 && truth.iter().all(|code| found.contains(code)));
    // Moran's I calls both hot, and knows those that are not like them.
    let moran = ask(folder, &["--figure", "gaps", "--statistic", "moran"]);
    let hot = of_class(&moran, "hot");
    assert!(truth.iter().all(|code| hot.contains(code)), "{hot:?}");
    let classes = moran["areas"].as_array().unwrap().iter();
    let outliers = classes.filter(|area| {
        ["low_high", "high_low"]
            .iter()
            .any(|it| area["class"] == *it)
    });
    assert!(outliers.count() > 0);

    // The same seed gives the same answer; another is another throw of the dice.
    let seeded = |seed| ask(folder, &["--permutations", "199", "--seed", seed]);
    let [one, again, other] = ["7", "7", "8"].map(seeded);
    assert_eq!(one, again);
    assert_ne!(one["areas"], other["areas"]);
    // Without permutations the normal distribution is asked, and no seed matters.
    let normal = |seed| ask(folder, &["--permutations", "0", "--seed", seed])["areas"].clone();
    assert_eq!(normal("7"), normal("8"));

    let picture = [
        "render",
        "镇.lmap",
        "--layer",
        "hotspots",
        "--size",
        "400x300",
        "--as-of",
        DAY,
        "--out",
        "热点.png",
    ];
    run_in(folder, &picture).ends_with(0);
    assert!(folder.join("热点.png").exists());
}

#[test]
fn neighbours_are_those_that_were_asked_for() {
    let ask = |weights: &str| {
        let arguments = [
            "hotspots",
            "镇.lmap",
            "--level",
            "grid",
            "--weights",
            weights,
            "--permutations",
            "99",
            "--format",
            "json",
        ];
        in_town(&arguments).ends_with(0).json()
    };
    let [queen, rook, nearest, far] = ["queen", "rook", "knn:3", "distance:1000000"].map(ask);
    for (answer, weights) in [(&queen, "queen"), (&nearest, "knn:3")] {
        assert_eq!(answer["weights"], weights);
    }
    let counts = |answer: &Value| -> Vec<u64> {
        let areas = answer["areas"].as_array().unwrap().iter();
        let known = areas.filter(|area| area["class"] != "no_data");
        known
            .map(|area| area["neighbours"].as_u64().unwrap())
            .collect()
    };
    let (of_queen, of_rook) = (counts(&queen), counts(&rook));
    assert!(
        of_queen
            .iter()
            .zip(&of_rook)
            .all(|(queen, rook)| queen >= rook)
    );
    assert!(counts(&nearest).iter().all(|count| *count == 3));
    let others = of_queen.len() as u64 - 1;
    assert!(counts(&far).iter().all(|count| *count == others));

    for wrong in ["knn:0", "bishop", "distance:-1"] {
        let said = in_town(&["hotspots", "镇.lmap", "--weights", wrong]).ends_with(2);
        assert!(said.stderr.contains("knn:N"), "{}", said.stderr);
    }
    let said = in_town(&["hotspots", "镇.lmap", "--figure", "programme:月球"]).ends_with(2);
    assert!(said.stderr.contains("月球"), "{}", said.stderr);
}

#[test]
fn the_answer_is_a_table_a_spreadsheet_and_json() {
    let ask = |format: &str| {
        let arguments = [
            "--lang",
            "en",
            "hotspots",
            "镇.lmap",
            "--permutations",
            "99",
            "--format",
            format,
        ];
        in_town(&arguments).ends_with(0).stdout
    };
    let table = ask("table");
    for words in [
        "Getis-Ord Gi*",
        "Neighbours share a point",
        "99 permutations, seed 1",
        "Not significant",
    ] {
        assert!(table.contains(words), "{words}: {table}");
    }
    let csv = ask("csv");
    let header = csv.trim_start_matches('\u{feff}').lines().next().unwrap();
    assert!(
        header.starts_with("code,name,level,class,value,neighbours,"),
        "{header}"
    );
    let json: Value = serde_json::from_str(&ask("json")).unwrap();
    let areas = json["areas"].as_array().unwrap();
    assert_eq!(csv.lines().count(), areas.len() + 1);
    assert!(areas.is_sorted_by_key(|area| area["code"].as_str().unwrap()));
}
