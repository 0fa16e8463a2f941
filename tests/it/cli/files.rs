//! Generating, importing, and what is left when it fails.

use super::{
    HOUSEHOLDS, IMPORT, in_town, names, program, ran, run_in, two_grids, two_grids_imported,
};
use std::fs;

/// The import of the two grids with the JSON report.
fn import_json(folder: &std::path::Path, more: &[&str]) -> super::Ran {
    run_in(folder, &[&IMPORT[..], &["--json"], more].concat())
}

#[test]
fn the_same_seed_makes_the_same_town() {
    let folder = tempfile::tempdir().unwrap();
    let said = run_in(
        folder.path(),
        &["generate", "甲", "--households", "40", "--seed", "3"],
    )
    .ends_with(0);
    assert_eq!(said.stdout.lines().count(), 9);
    run_in(
        folder.path(),
        &[
            "generate",
            "乙",
            "--households",
            "40",
            "--seed",
            "3",
            "--quiet",
        ],
    )
    .ends_with(0);
    run_in(
        folder.path(),
        &["generate", "丙", "--households", "40", "--seed", "4"],
    )
    .ends_with(0);
    let read = |town: &str, file: &str| fs::read(folder.path().join(town).join(file)).unwrap();
    for file in [
        "areas.geojson",
        "households.csv",
        "base-map.pmtiles",
        "members.csv",
        "receipts.csv",
        "needs.csv",
        "visits.csv",
        "resources.csv",
    ] {
        assert!(!read("甲", file).is_empty());
        assert_eq!(read("甲", file), read("乙", file), "{file}");
    }
    for file in ["households.csv", "members.csv", "resources.csv"] {
        assert_ne!(read("甲", file), read("丙", file));
    }
}

#[test]
fn an_import_counts_what_it_read() {
    let folder = two_grids();
    let report = import_json(folder.path(), &[]).ends_with(0).json();
    assert_eq!(report["areas"], 2);
    let households = serde_json::json!({
        "read": 5, "stored": 5, "rejected": 0, "not_geocoded": 1, "outside_areas": 1, "outside_declared_area": 1,
    });
    assert_eq!(report["households"], households);
    assert_eq!(report["datum"], "wgs84");
    assert_eq!(report["encoding"], "utf-8");
    let problem = |row: u64, kind: &str| {
        serde_json::json!(
            {"file": "户.csv", "row": row, "column": "经度", "kind": kind, "count": 1}
        )
    };
    let problems = [
        problem(4, "missing_coordinate"),
        problem(5, "out_of_region"),
    ];
    assert_eq!(report["problems"], serde_json::json!(problems));
}

#[test]
fn the_report_is_readable_in_both_languages() {
    let folder = two_grids();
    for (lang, words) in [
        (
            "zh",
            [
                "5 行，5 户",
                "户编号 → household_id",
                "待核对 · 1",
                "第 4 行",
            ],
        ),
        (
            "en",
            [
                "5 rows, 5 households",
                "户编号 → household_id",
                "To check · 1",
                "row 4",
            ],
        ),
    ] {
        let said = run_in(folder.path(), &[&IMPORT[..], &["--lang", lang]].concat()).ends_with(0);
        for word in words {
            assert!(said.stdout.contains(word), "{word} in {}", said.stdout);
        }
        assert!(said.stderr.is_empty(), "{}", said.stderr);
    }
}

#[test]
fn a_second_import_of_the_same_files_changes_nothing() {
    let folder = two_grids();
    let imported = || import_json(folder.path(), &[]).ends_with(0).json();
    let mut first = imported();
    let summary = || {
        run_in(folder.path(), &["summary", "民情.lmap", "--format", "json"])
            .ends_with(0)
            .stdout
    };
    let figures = summary();
    let changes =
        |new, same| serde_json::json!({"new": new, "changed": 0, "same": same, "vanished": 0});
    assert_eq!(first["changes"], changes(5, 0));
    first["changes"] = changes(0, 5);
    assert_eq!(imported(), first);
    assert_eq!(summary(), figures);
}

#[test]
fn gbk_is_recognised() {
    let folder = two_grids();
    let (gbk, _, _) = encoding_rs::GBK.encode(HOUSEHOLDS);
    fs::write(folder.path().join("户.csv"), gbk).unwrap();
    assert_eq!(
        import_json(folder.path(), &[]).ends_with(0).json()["encoding"],
        "gb18030"
    );
    assert_eq!(
        import_json(folder.path(), &["--encoding", "gbk"])
            .ends_with(0)
            .json()["encoding"],
        "gb18030"
    );
    let list = [
        "list",
        "民情.lmap",
        "--unmasked",
        "--fields",
        "head_name",
        "--out",
        "a.csv",
    ];
    run_in(folder.path(), &list).ends_with(0);
    assert!(
        fs::read_to_string(folder.path().join("a.csv"))
            .unwrap()
            .contains("王建国")
    );
}

#[test]
fn rejected_rows_are_done_in_part_and_can_be_mended() {
    let folder = two_grids();
    let flawed = format!(
        "{HOUSEHOLDS}H1,周磊,,重复街1号,121.005,30.006,,0,,\n,吴敏,,无号街1号,121.005,30.006,,0,,\n"
    );
    fs::write(folder.path().join("户.csv"), flawed).unwrap();
    let rejects = import_json(folder.path(), &["--rejects", "被拒.csv"]).ends_with(1);
    let report = rejects.json();
    assert_eq!(report["households"]["read"], 7);
    assert_eq!(report["households"]["stored"], 5);
    assert_eq!(report["households"]["rejected"], 2);
    assert!(
        rejects.stderr.contains("2 of 7 rows") && rejects.stderr.contains("5 households"),
        "{}",
        rejects.stderr
    );
    for name in ["周磊", "吴敏"] {
        assert!(
            !rejects.stdout.contains(name) && !rejects.stderr.contains(name),
            "a report names a resident"
        );
    }

    let path = folder.path().join("被拒.csv");
    let rejected = fs::read_to_string(&path).unwrap();
    assert!(rejected.starts_with("\u{feff}户编号,户主姓名,"));
    assert!(rejected.contains("\nH1,周磊,") && rejected.contains("\n,吴敏,"));
    assert_eq!(rejected.lines().count(), 3);
    fs::write(
        &path,
        rejected.replace("\nH1,", "\nH6,").replace("\n,", "\nH7,"),
    )
    .unwrap();
    run_in(
        folder.path(),
        &["import", "民情.lmap", "--households", "被拒.csv", "--quiet"],
    )
    .ends_with(0);
    let said = run_in(folder.path(), &["list", "民情.lmap", "--out", "a.csv"]).ends_with(0);
    assert!(said.stdout.starts_with("7 households"), "{}", said.stdout);
}

#[test]
fn rejected_rows_are_not_written_over_their_source() {
    let folder = two_grids();
    let said = import_json(folder.path(), &["--rejects", "./户.csv"]).ends_with(2);
    assert!(said.stderr.contains("户.csv"));
    assert_eq!(
        fs::read_to_string(folder.path().join("户.csv")).unwrap(),
        HOUSEHOLDS
    );
    assert_eq!(names(folder.path()), ["areas.geojson", "户.csv"]);
}

#[test]
fn a_trial_run_keeps_nothing() {
    let folder = two_grids();
    let trial = import_json(folder.path(), &["--dry-run"])
        .ends_with(0)
        .stdout;
    assert_eq!(names(folder.path()), ["areas.geojson", "户.csv"]);
    assert_eq!(import_json(folder.path(), &[]).ends_with(0).stdout, trial);

    let before = fs::read(folder.path().join("民情.lmap")).unwrap();
    fs::write(folder.path().join("户.csv"), HOUSEHOLDS.replace("H5", "H9")).unwrap();
    // Without boundaries of its own it knows those of the workspace.
    let arguments = [
        "import",
        "民情.lmap",
        "--households",
        "户.csv",
        "--dry-run",
        "--json",
    ];
    let report = run_in(folder.path(), &arguments).ends_with(0).json();
    assert_eq!(report["areas"], 0);
    assert_eq!(report["households"]["outside_areas"], 1);
    assert_eq!(fs::read(folder.path().join("民情.lmap")).unwrap(), before);
    assert_eq!(
        names(folder.path()),
        ["areas.geojson", "户.csv", "民情.lmap"]
    );
}

#[test]
fn a_failed_first_import_leaves_no_file() {
    let folder = two_grids();
    let missing = [
        "import",
        "a.lmap",
        "--areas",
        "areas.geojson",
        "--households",
        "没有.csv",
    ];
    let said = run_in(folder.path(), &missing).ends_with(2);
    assert!(
        said.stderr.contains("没有.csv") && said.stdout.is_empty(),
        "{}",
        said.stderr
    );
    let no_table = ["import", "a.lmap", "--households", "areas.geojson"];
    run_in(folder.path(), &no_table).ends_with(2);
    let no_folder = ["import", "没有/a.lmap", "--areas", "areas.geojson"];
    run_in(folder.path(), &no_folder).ends_with(2);
    assert_eq!(names(folder.path()), ["areas.geojson", "户.csv"]);
}

#[test]
fn a_failed_later_import_leaves_what_was_there() {
    let folder = two_grids_imported();
    let before = fs::read(folder.path().join("民情.lmap")).unwrap();
    fs::write(folder.path().join("新.csv"), HOUSEHOLDS.replace("H1", "H9")).unwrap();
    let arguments = [
        "import",
        "民情.lmap",
        "--households",
        "新.csv",
        "--households",
        "没有.csv",
    ];
    run_in(folder.path(), &arguments).ends_with(2);
    assert_eq!(fs::read(folder.path().join("民情.lmap")).unwrap(), before);
    assert_eq!(
        names(folder.path()),
        ["areas.geojson", "户.csv", "新.csv", "民情.lmap"]
    );
}

#[test]
fn other_files_are_no_workspaces_and_stay_as_they_are() {
    let folder = two_grids();
    run_in(
        folder.path(),
        &["import", "户.csv", "--areas", "areas.geojson"],
    )
    .ends_with(2);
    assert_eq!(
        fs::read_to_string(folder.path().join("户.csv")).unwrap(),
        HOUSEHOLDS
    );
    run_in(folder.path(), &["summary", "户.csv"]).ends_with(2);
    run_in(folder.path(), &["summary", "没有.lmap"]).ends_with(2);
}

#[test]
fn demonstration_data_takes_no_real_data() {
    let folder = two_grids();
    let path = folder.path().join("示范.lmap");
    drop(livelihood_map::store::Workspace::create(&path, true).unwrap());
    let before = fs::read(&path).unwrap();
    run_in(
        folder.path(),
        &["import", "示范.lmap", "--areas", "areas.geojson"],
    )
    .ends_with(2);
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn past_ten_thousand_problems_of_a_kind_stand_in_one_entry() {
    let folder = tempfile::tempdir().unwrap();
    let rows: Vec<String> = (1..=10_050)
        .map(|number| format!("H{number},abc,30\n"))
        .collect();
    let rows = rows.concat();
    fs::write(
        folder.path().join("户.csv"),
        format!("户编号,经度,纬度\n{rows}H1,121,30\n"),
    )
    .unwrap();
    let report = run_in(
        folder.path(),
        &["import", "a.lmap", "--households", "户.csv", "--json"],
    )
    .ends_with(1)
    .json();
    let problems = report["problems"].as_array().unwrap();
    let of_kind = |kind: &str| {
        problems
            .iter()
            .filter(|problem| problem["kind"] == kind)
            .collect::<Vec<_>>()
    };
    let bad = of_kind("bad_coordinate");
    assert_eq!(bad.len(), 10_001);
    assert_eq!(
        bad.iter()
            .map(|problem| problem["count"].as_u64().unwrap())
            .sum::<u64>(),
        10_050
    );
    let rows_listed = bad.iter().map(|problem| problem["row"].as_u64().unwrap());
    assert!(rows_listed.eq(2..=10_002));
    assert_eq!(of_kind("duplicate_id").len(), 1);
}

#[test]
fn the_figures_of_a_town_add_up() {
    let folder = super::TOWN.folder.clone();
    let arguments = ["import", "无.lmap", "--dry-run", "--json"];
    let files = [
        "--areas",
        "镇/areas.geojson",
        "--households",
        "镇/households.csv",
    ];
    let report = ran(program().current_dir(folder).args(arguments).args(files))
        .ends_with(1)
        .json();
    let count = |name: &str| report["households"][name].as_u64().unwrap();
    assert_eq!(count("read"), 300);
    assert_eq!(count("read"), count("stored") + count("rejected"));
    for level in ["grid", "community", "street"] {
        let rows = in_town(&["summary", "镇.lmap", "--level", level, "--format", "json"])
            .ends_with(0)
            .json();
        let households = rows
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["households"].as_u64().unwrap());
        assert_eq!(
            households.sum::<u64>(),
            count("stored") - count("not_geocoded") - count("outside_areas"),
            "{level}"
        );
    }
}
