//! Pictures, the sample town, and the window that cannot open here.

use super::{in_town, names, program, ran, run_in, two_grids_imported};
use std::fs;
use std::path::Path;

/// Width and height of a PNG.
fn size(path: &Path) -> (u32, u32) {
    let bytes = fs::read(path).unwrap();
    assert!(bytes.starts_with(b"\x89PNG\r\n\x1a\n"));
    let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}

#[test]
fn every_layer_is_drawn() {
    let folder = two_grids_imported();
    let mut pictures = Vec::new();
    for layer in [
        "households",
        "coverage",
        "unmet",
        "areas:coverage",
        "areas:unmet",
        "areas:full",
        "bivariate",
    ] {
        let arguments = [
            "render",
            "民情.lmap",
            "--size",
            "400x300",
            "--layer",
            layer,
            "--out",
            "图.png",
        ];
        let said = run_in(folder.path(), &arguments).ends_with(0);
        assert_eq!(said.stdout, "Map → 图.png\n");
        assert_eq!(size(&folder.path().join("图.png")), (400, 300));
        pictures.push(fs::read(folder.path().join("图.png")).unwrap());
    }
    pictures.sort();
    pictures.dedup();
    assert_eq!(pictures.len(), 7, "two layers look the same");
}

#[test]
fn what_is_asked_for_changes_the_picture_and_nothing_else_does() {
    let draw = |more: &[&str]| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.png");
        let arguments = [
            "render",
            "镇.lmap",
            "--layer",
            "unmet",
            "--size",
            "320x200",
            "--out",
            path.to_str().unwrap(),
        ];
        in_town(&[&arguments, more].concat()).ends_with(0);
        fs::read(path).unwrap()
    };
    let plain = draw(&[]);
    assert_eq!(draw(&[]), plain);
    for more in [
        &["--theme", "dark"][..],
        &["--bandwidth-m", "300"],
        &["--where", "elderly>=1"],
        &["--bbox", "121.24,30.16,121.25,30.17"],
        &["--basemap", "镇/base-map.pmtiles"],
        &["--lang", "zh"],
    ] {
        assert_ne!(draw(more), plain, "{more:?}");
    }
}

#[test]
fn pictures_that_cannot_be_drawn() {
    let folder = two_grids_imported();
    let render = |more: &[&str]| {
        let said = run_in(
            folder.path(),
            &[&["render", "民情.lmap", "--out", "图.png", "--layer"], more].concat(),
        )
        .ends_with(2);
        assert!(!folder.path().join("图.png").exists());
        said.stderr
    };
    assert!(render(&["gaps:打麻将"]).contains("打麻将"));
    assert!(render(&["heat"]).contains("areas:coverage"));
    assert!(render(&["unmet", "--where", "need:"]).contains("need:"));
    assert!(render(&["unmet", "--bbox", "2,2,1,1"]).contains("--bbox"));
    assert!(render(&["unmet", "--size", "9000x10"]).contains("8192"));
    assert!(render(&["unmet", "--basemap", "户.csv"]).contains("户.csv"));
    assert!(render(&["unmet", "--out", "a.jpg"]).contains("cannot be used multiple times"));
    run_in(
        folder.path(),
        &["render", "民情.lmap", "--layer", "unmet", "--out", "a.jpg"],
    )
    .ends_with(2);
}

#[test]
fn an_empty_workspace_has_nothing_to_draw_but_a_named_place() {
    let folder = tempfile::tempdir().unwrap();
    drop(livelihood_map::store::Workspace::create(&folder.path().join("空.lmap"), false).unwrap());
    let render = [
        "render",
        "空.lmap",
        "--layer",
        "households",
        "--size",
        "200x200",
        "--out",
        "a.png",
    ];
    run_in(folder.path(), &render).ends_with(2);
    run_in(
        folder.path(),
        &[&render[..], &["--bbox", "121,30,121.1,30.1"]].concat(),
    )
    .ends_with(0);
    assert_eq!(
        run_in(folder.path(), &["summary", "空.lmap", "--format", "json"])
            .ends_with(0)
            .json(),
        serde_json::json!([])
    );
}

#[test]
fn the_sample_town_comes_as_three_files_and_leaves_nothing_behind() {
    let (folder, temporary) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut command = program();
    command
        .current_dir(folder.path())
        .env("TMPDIR", temporary.path())
        .env("TMP", temporary.path());
    let said =
        ran(command.args(["demo", "--headless", "示范/一", "--as-of", "2026-11-01"])).ends_with(0);
    let out = folder.path().join("示范").join("一");
    assert_eq!(names(&out), ["map.png", "priority.xlsx", "summary.csv"]);
    assert_eq!(said.stdout.lines().count(), 3);
    assert!(said.stderr.is_empty(), "{}", said.stderr);
    assert_eq!(size(&out.join("map.png")), (1600, 1000));
    let summary = fs::read_to_string(out.join("summary.csv")).unwrap();
    assert!(summary.starts_with("\u{feff}code,name,level,households,"));
    assert!(summary.lines().count() > 50 && summary.contains(",grid,"));
    assert!(fs::metadata(out.join("priority.xlsx")).unwrap().len() > 50_000);
    assert!(names(temporary.path()).is_empty());
}

#[cfg(all(target_os = "linux", feature = "gui"))]
#[test]
fn without_a_display_the_sample_town_is_written_down() {
    let folder = tempfile::tempdir().unwrap();
    let said = run_in(folder.path(), &["demo"]).ends_with(0);
    assert!(said.stderr.contains("no display"), "{}", said.stderr);
    assert_eq!(
        names(&folder.path().join("livelihood-map-demo")),
        ["map.png", "priority.xlsx", "summary.csv"]
    );
}

#[cfg(all(target_os = "linux", feature = "gui"))]
#[test]
fn without_a_display_a_workspace_is_not_shown() {
    let folder = two_grids_imported();
    let said = run_in(folder.path(), &["民情.lmap"]).ends_with(1);
    assert!(said.stderr.contains("民情.lmap"), "{}", said.stderr);
    let said = run_in(folder.path(), &["--lang", "zh"]).ends_with(1);
    assert!(said.stderr.contains("没有显示器"), "{}", said.stderr);
    run_in(folder.path(), &["sumary"]).ends_with(2);
}
