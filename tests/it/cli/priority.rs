//! Lists of the most urgent: so many of all, so many of each area, with the parts of the score.

use super::{TOWN, run_in};
use std::path::Path;

fn list(folder: &Path, more: &[&str]) -> (Vec<Vec<String>>, String) {
    let out = tempfile::tempdir().unwrap();
    let file = out.path().join("out.csv");
    let file = file.to_str().unwrap();
    let base = ["list", "镇.lmap", "--as-of", "2026-11-21", "--out", file];
    let ran = run_in(folder, &[&base, more].concat()).ends_with(0);
    let rows = csv::Reader::from_path(file).unwrap();
    let rows = rows.into_records().map(|row| row.unwrap());
    let rows = rows.map(|row| row.iter().map(str::to_owned).collect());
    (rows.collect(), ran.stdout)
}

#[test]
fn so_many_of_each_grid_are_the_most_urgent_of_it() {
    let folder = TOWN.folder.as_path();
    let fields = ["--fields", "household_id,priority,grid"];
    let (all, said) = list(folder, &fields);
    assert_eq!(said.lines().count(), 1, "{said}");
    let quota = ["--per", "grid", "--each", "2", "--lang", "en"];
    let (some, said) = list(folder, &[&fields[..], &quota].concat());
    // Without help: the first two of each grid, in the order of the whole list.
    let mut seen = std::collections::BTreeMap::<String, usize>::new();
    for row in &all {
        *seen.entry(row[2].clone()).or_default() += 1;
    }
    let of_grid = |rows: &[Vec<String>], grid: &str| -> Vec<f64> {
        let of_grid = rows.iter().filter(|row| row[2] == grid);
        of_grid.map(|row| row[1].parse().unwrap()).collect()
    };
    for (grid, count) in &seen {
        let scores = of_grid(&some, grid);
        assert_eq!(scores.len(), 2.min(*count), "{grid}");
        assert_eq!(scores[..], of_grid(&all, grid)[..scores.len()], "{grid}");
    }
    let grids = seen.keys().filter(|grid| !grid.is_empty()).count();
    let short = seen
        .iter()
        .filter(|(grid, count)| **count < 2 && !grid.is_empty());
    let mut wanted = format!(
        "{} of {} households: the 2 most urgent per Grid",
        some.len(),
        all.len()
    );
    let short = short.count();
    if short > 0 {
        let fewer = format!("; {short} of {grids} have fewer (Grid)");
        wanted.push_str(&fewer);
    }
    assert!(said.contains(&wanted), "{said}\nnot: {wanted}");
    assert!(said.contains("Weights moved by 20 % (76 lists)"), "{said}");
}

#[test]
fn the_most_urgent_of_all_come_with_the_parts_of_their_score() {
    let folder = TOWN.folder.as_path();
    let parts = [
        "priority_unmet_load",
        "priority_gaps",
        "priority_vulnerability",
        "priority_waiting",
        "priority_visit",
        "priority_hot_spot",
    ];
    let fields = format!("priority,{},steadiness", parts.join(","));
    let (rows, said) = list(folder, &["--limit", "15", "--fields", &fields]);
    assert_eq!(rows.len(), 15);
    for row in &rows {
        let numbers: Vec<f64> = row.iter().map(|cell| cell.parse().unwrap()).collect();
        let sum: f64 = numbers[1..7].iter().sum();
        assert!((sum - numbers[0]).abs() <= 0.5 + 6.0 * 0.05, "{row:?}");
        assert!((0.0..=100.0).contains(&numbers[7]));
    }
    assert!(said.contains("15"), "{said}");
    // In another order the end of the list is its end, and nothing is said of urgency.
    let more = ["--sort", "id", "--limit", "3", "--fields", "household_id"];
    let (rows, said) = list(folder, &more);
    assert_eq!((rows.len(), said.lines().count()), (3, 1), "{said}");
}

#[test]
fn a_quota_needs_both_words() {
    let folder = TOWN.folder.as_path();
    for half in [["--per", "grid"], ["--each", "3"], ["--per", "building"]] {
        let ran = run_in(
            folder,
            &[&["list", "镇.lmap", "--out", "a.csv"], &half[..]].concat(),
        );
        let ran = ran.ends_with(2);
        assert!(ran.stderr.contains("--"), "{}", ran.stderr);
    }
}
