//! `catalogue`: written out, checked, set.

use super::{TOWN, in_town, run_in};
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

/// A copy of the town's workspace, to be changed.
fn copy() -> (TempDir, PathBuf) {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().to_owned();
    fs::copy(TOWN.folder.join("镇.lmap"), folder.join("镇.lmap")).unwrap();
    (root, folder)
}

#[test]
fn what_is_written_out_is_what_is_set() {
    let (_root, folder) = copy();
    run_in(&folder, &["catalogue", "镇.lmap", "--out", "目录.toml"]).ends_with(0);
    let shipped = fs::read_to_string(folder.join("目录.toml")).unwrap();
    let printed = run_in(&folder, &["catalogue", "镇.lmap"]).ends_with(0);
    assert_eq!(printed.stdout, shipped);
    let same = run_in(
        &folder,
        &["--lang", "en", "catalogue", "镇.lmap", "--set", "目录.toml"],
    );
    assert!(same.ends_with(0).stdout.contains("nothing was changed"));
    let gaps = |folder: &PathBuf| {
        let line = [
            "gaps",
            "镇.lmap",
            "--as-of",
            "2026-11-21",
            "--format",
            "json",
        ];
        run_in(folder, &line).ends_with(0).stdout
    };
    let before = gaps(&folder);
    let changed = shipped.replacen("value = 1130.0", "value = 2260.0", 1);
    assert_ne!(changed, shipped);
    // A mark at the beginning and Windows line ends do no harm.
    let windows = format!("\u{feff}{}", changed.replace('\n', "\r\n"));
    fs::write(folder.join("改.toml"), windows).unwrap();
    let set = run_in(
        &folder,
        &["--lang", "zh", "catalogue", "镇.lmap", "--set", "改.toml"],
    );
    assert!(set.ends_with(0).stdout.contains("修改目录：低保标准"));
    assert_ne!(gaps(&folder), before);
    let out = run_in(&folder, &["catalogue", "镇.lmap"])
        .ends_with(0)
        .stdout;
    assert!(out.contains("value = 2260.0"));
}

#[test]
fn a_file_with_mistakes_is_told_by_line_and_column_and_changes_nothing() {
    let (_root, folder) = copy();
    let text = run_in(&folder, &["catalogue", "镇.lmap"])
        .ends_with(0)
        .stdout;
    let line = text
        .lines()
        .position(|line| line.contains("age >= gaoling_age"))
        .unwrap()
        + 1;
    let wrong = text.replace("age >= gaoling_age", "age >= gaoling_aeg");
    fs::write(folder.join("错.toml"), &wrong).unwrap();
    for option in ["--check", "--set"] {
        let ran = run_in(
            &folder,
            &["--lang", "en", "catalogue", "镇.lmap", option, "错.toml"],
        );
        let ran = ran.ends_with(2);
        assert!(
            ran.stderr.contains(&format!("错.toml:{line}:16: ")),
            "{}",
            ran.stderr
        );
        assert!(ran.stderr.contains("gaoling_age"), "{}", ran.stderr);
        assert_eq!(ran.stdout, "");
    }
    assert_eq!(
        run_in(&folder, &["catalogue", "镇.lmap"])
            .ends_with(0)
            .stdout,
        text
    );
    // Several mistakes of the form, each with its place; no workspace is needed.
    let broken = "[[programmes]]\ncode = \"A\"\nzh = \"甲\"\nen = \"A\"\ncolour = 3\n";
    fs::write(folder.join("坏.toml"), broken).unwrap();
    let ran = run_in(
        &folder,
        &["--lang", "en", "catalogue", "--check", "坏.toml"],
    )
    .ends_with(2);
    assert!(ran.stderr.contains("坏.toml:2:8: ") && ran.stderr.contains("坏.toml:5:1: "));
    fs::write(folder.join("乱.toml"), [0x5b, 0xff, 0xfe, 0x5d]).unwrap();
    run_in(&folder, &["catalogue", "--check", "乱.toml"]).ends_with(2);
    run_in(&folder, &["catalogue", "--check", "没有.toml"]).ends_with(2);
    fs::write(folder.join("好.toml"), &text).unwrap();
    let good = run_in(
        &folder,
        &["--lang", "en", "catalogue", "--check", "好.toml"],
    )
    .ends_with(0);
    assert!(good.stdout.contains("19 programmes"), "{}", good.stdout);
}

#[test]
fn the_rules_of_a_day_are_listed_in_plain_words() {
    let line = [
        "--lang",
        "zh",
        "catalogue",
        "镇.lmap",
        "--as-of",
        "2026-11-21",
    ];
    let now = in_town(&line).ends_with(0).stdout;
    assert!(now.contains("人均月收入低于低保标准"), "{now}");
    let line = [
        "--lang",
        "en",
        "catalogue",
        "镇.lmap",
        "--as-of",
        "2000-01-01",
    ];
    let early = in_town(&line).ends_with(0).stdout;
    assert_eq!(early.matches("No rule on this day").count(), 19);
}

#[test]
fn a_workspace_or_a_file_to_check_is_needed() {
    run_in(&TOWN.folder, &["catalogue"]).ends_with(2);
    run_in(&TOWN.folder, &["catalogue", "没有.lmap"]).ends_with(2);
}
