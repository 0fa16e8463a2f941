//! Wrong usage, odd surroundings, and what is said beside the results.

use super::{in_town, program, ran, run_in, two_grids, two_grids_imported};
use serde_json::Value;
use std::process::Stdio;

#[test]
fn help_lists_what_there_is() {
    let help = in_town(&["--help"]).ends_with(0).stdout;
    for command in [
        "demo", "import", "summary", "gaps", "list", "explain", "show", "add", "render",
        "generate", "convert",
    ] {
        assert!(help.contains(&format!("\n  {command} ")), "{command}");
    }
    let help = in_town(&["import", "--help"]).ends_with(0).stdout;
    for word in [
        "--members",
        "--receipts",
        "--needs",
        "--visits",
        "--resources",
        "--list",
        "--addresses",
        "--columns",
        "--datum",
        "--accept",
        "gcj02",
    ] {
        assert!(help.contains(word), "{word}");
    }
    assert!(
        in_town(&["--version"])
            .ends_with(0)
            .stdout
            .contains(env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn wrong_usage_ends_with_two_and_an_empty_stdout() {
    let folder = two_grids();
    for line in [
        &["import"][..],
        &["import", "a.lmap"],
        &["import", "a.lmap", "--members", "m.csv"],
        &[
            "import",
            "a.lmap",
            "--areas",
            "areas.geojson",
            "--datum",
            "epsg:2000",
        ],
        &[
            "import",
            "a.lmap",
            "--areas",
            "areas.geojson",
            "--encoding",
            "latin1",
        ],
        &["convert", "121", "30"],
        &["convert"],
        &["a.lmap", "demo"],
        &["summary", "a.lmap", "--level", "village"],
        &["summary", "a.lmap", "--as-of", "yesterday"],
        &["list", "a.lmap"],
        &["list", "a.lmap", "--out", "a.csv", "--fields", "salary"],
        &["generate", "town"],
        &["generate", "town", "--households", "-1"],
        &["--lang", "fr"],
    ] {
        let said = run_in(folder.path(), line).ends_with(2);
        assert!(
            said.stdout.is_empty() && !said.stderr.is_empty(),
            "{line:?}"
        );
    }
    assert_eq!(super::names(folder.path()), ["areas.geojson", "户.csv"]);
}

#[test]
fn a_foreign_locale_still_gets_utf_8() {
    let folder = two_grids_imported();
    let table = run_in(folder.path(), &["summary", "民情.lmap"])
        .ends_with(0)
        .stdout;
    assert!(
        table.contains("一网格") && table.contains("Households"),
        "{table}"
    );
    let mut chinese = program();
    chinese
        .current_dir(folder.path())
        .env("LC_ALL", "zh_CN.GB18030")
        .env("LANG", "zh_CN.GB18030");
    let table = ran(chinese.args(["summary", "民情.lmap"]))
        .ends_with(0)
        .stdout;
    assert!(
        table.contains("一网格") && table.contains("户数"),
        "{table}"
    );
}

#[test]
fn a_reader_who_has_gone_is_no_failure() {
    let mut command = program();
    command
        .current_dir(&super::TOWN.folder)
        .args(["summary", "镇.lmap", "--format", "json"]);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

#[test]
fn a_home_that_cannot_be_written_is_not_needed() {
    let folder = two_grids();
    let home = tempfile::tempdir().unwrap();
    let mut permissions = std::fs::metadata(home.path()).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(home.path(), permissions.clone()).unwrap();
    for line in [
        &super::IMPORT[..],
        &["summary", "民情.lmap"],
        &["list", "民情.lmap", "--out", "a.csv"],
    ] {
        let mut command = program();
        command.current_dir(folder.path()).env("HOME", home.path());
        command
            .env_remove("XDG_CONFIG_HOME")
            .env_remove("XDG_DATA_HOME")
            .env_remove("XDG_CACHE_HOME");
        ran(command.args(line)).ends_with(0);
    }
    // Whoever may write everywhere (the administrator) must find it untouched all the same.
    assert!(super::names(home.path()).is_empty());
}

#[test]
fn timings_are_one_line_on_stderr() {
    let said = in_town(&["summary", "镇.lmap", "--format", "json", "--timings"]).ends_with(0);
    assert!(said.json().is_array());
    assert_eq!(said.stderr.lines().count(), 1);
    let timings: Value = serde_json::from_str(&said.stderr).unwrap();
    for stage in ["open", "load_households", "summary"] {
        assert!(timings["stages"][stage].as_f64().unwrap() >= 0.0, "{stage}");
    }
    if cfg!(target_os = "linux") {
        assert!(timings["peak_memory_mb"].as_f64().unwrap() > 1.0);
    }
}

#[test]
fn quiet_says_only_what_was_asked_for() {
    let folder = two_grids();
    let quiet = |line: &[&str]| run_in(folder.path(), &[line, &["--quiet"]].concat()).ends_with(0);
    assert_eq!(quiet(&super::IMPORT).stdout, "");
    assert_eq!(quiet(&["list", "民情.lmap", "--out", "a.csv"]).stdout, "");
    assert!(
        quiet(&["summary", "民情.lmap", "--format", "json"])
            .json()
            .is_array()
    );
    let failed = run_in(folder.path(), &["summary", "没有.lmap", "--quiet"]).ends_with(2);
    assert!(!failed.stderr.is_empty());
}
