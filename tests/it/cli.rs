//! The built program from outside: stdout, stderr, exit codes, files.

#![allow(clippy::unwrap_used)] // The helpers of tests are tests too; clippy knows only `#[test]`.
#![allow(clippy::panic)] // Likewise.

mod answers;
mod card;
mod catalogue;
mod charts;
mod convert;
mod due;
mod files;
mod gaps;
mod history;
mod hot_spots;
mod matching;
mod pictures;
mod priority;
mod rates;
mod tables;
mod time;
mod usage;
mod whatif;

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
use tempfile::TempDir;

/// The program, where there is no display and nothing of the tester's own settings.
fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_livelihood-map"));
    command
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env("LC_ALL", "C")
        .env("LANG", "C");
    command
}

/// What a run left behind.
pub(crate) struct Ran {
    code: i32,
    pub(crate) stdout: String,
    stderr: String,
}

impl Ran {
    /// Stdout as JSON.
    fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}", self.stdout))
    }

    /// Checks the exit code, and shows the rest where it is another.
    #[track_caller]
    pub(crate) fn ends_with(self, code: i32) -> Self {
        assert_eq!(
            self.code, code,
            "stdout: {}\nstderr: {}",
            self.stdout, self.stderr
        );
        self
    }
}

/// Runs a command and reads what it says: UTF-8, and no key of a text that is not there.
fn ran(command: &mut Command) -> Ran {
    let output = command.output().unwrap();
    let ran = Ran {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    };
    for text in [&ran.stdout, &ran.stderr] {
        for room in [
            "chart", "cli", "jobs", "write", "read", "problem", "query", "store", "common",
        ] {
            let key =
                text.split(|char: char| !(char.is_ascii_alphanumeric() || "._".contains(char)));
            let key = key.into_iter().find(|word| {
                word.split_once('.').is_some_and(|(head, tail)| {
                    head == room
                        && !tail.is_empty()
                        && tail
                            .chars()
                            .all(|char| char.is_ascii_lowercase() || char == '_')
                })
            });
            assert_eq!(key, None, "a text is missing");
        }
    }
    ran
}

/// Runs the program in a folder.
pub(crate) fn run_in(folder: &Path, arguments: &[&str]) -> Ran {
    ran(program().current_dir(folder).args(arguments))
}

/// A generated town of 300 households, imported; its folder has a Chinese name and a space.
/// Tests look at it and change nothing.
struct Town {
    _root: TempDir,
    folder: PathBuf,
}

static TOWN: LazyLock<Town> = LazyLock::new(|| {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("街道 数据");
    std::fs::create_dir(&folder).unwrap();
    run_in(
        &folder,
        &["generate", "镇", "--households", "300", "--seed", "7"],
    )
    .ends_with(0);
    let import = [
        "import",
        "镇.lmap",
        "--areas",
        "镇/areas.geojson",
        "--households",
        "镇/households.csv",
        "--quiet",
    ];
    // Some of its rows are flawed on purpose.
    run_in(&folder, &import).ends_with(1);
    Town {
        _root: root,
        folder,
    }
});

/// Runs the program beside the town.
fn in_town(arguments: &[&str]) -> Ran {
    run_in(&TOWN.folder, arguments)
}

/// Two grids side by side, one household in each, one without a place, one far away, one in
/// another grid than it declares.
const AREAS: &str = r#"{"type": "FeatureCollection", "features": [
  {"type": "Feature", "properties": {"code": "33028200100101", "name": "一网格", "level": "grid"},
   "geometry": {"type": "Polygon", "coordinates": [[[121.0, 30.0], [121.01, 30.0], [121.01, 30.01], [121.0, 30.01], [121.0, 30.0]]]}},
  {"type": "Feature", "properties": {"code": "33028200100102", "name": "=二网格", "level": "grid"},
   "geometry": {"type": "Polygon", "coordinates": [[[121.01, 30.0], [121.02, 30.0], [121.02, 30.01], [121.01, 30.01], [121.01, 30.0]]]}}
]}"#;

const HOUSEHOLDS: &str = "户编号,户主姓名,电话,地址,经度,纬度,网格编码,老年人数,享受项目,需求\n\
    H1,王建国,13812345678,=HYPERLINK(1),121.005,30.005,33028200100101,1,低保,护理\n\
    H2,李秀英,13912345678,第二街2号,121.015,30.005,33028200100102,0,dibao,\n\
    H3,张伟,,第三街3号,,,33028200100101,2,,医疗\n\
    H4,刘洋,,第四街4号,122.5,31.5,,0,,\n\
    H5,陈静,,第五街5号,121.015,30.004,33028200100101,0,,\n";

/// A fresh folder with these two files.
fn two_grids() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("areas.geojson"), AREAS).unwrap();
    std::fs::write(folder.path().join("户.csv"), HOUSEHOLDS).unwrap();
    folder
}

/// The import of these two files.
const IMPORT: [&str; 6] = [
    "import",
    "民情.lmap",
    "--areas",
    "areas.geojson",
    "--households",
    "户.csv",
];

/// A fresh folder with the two grids imported.
fn two_grids_imported() -> TempDir {
    let folder = two_grids();
    run_in(folder.path(), &IMPORT).ends_with(0);
    folder
}

/// A fresh folder with tables in files of these names, each behind its option, imported with the two
/// grids.
fn office_of(tables: &[(&str, &str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("区划.geojson"), AREAS).unwrap();
    let mut import = vec!["import", "民情.lmap", "--areas", "区划.geojson"];
    for (option, name, text) in tables {
        std::fs::write(folder.path().join(name), text).unwrap();
        import.extend([option, name]);
    }
    run_in(folder.path(), &import).ends_with(0);
    folder
}

/// The ids of the households that `list` writes for a query, sorted; other arguments stand behind.
fn listed(folder: &Path, query: &str, more: &[&str]) -> Vec<String> {
    let file = "名单_.csv";
    let list = ["list", "民情.lmap", "--where", query];
    let only_ids = ["--fields", "household_id", "--out", file];
    run_in(folder, &[&list[..], &only_ids, more].concat()).ends_with(0);
    let text = std::fs::read_to_string(folder.join(file)).unwrap();
    let mut ids: Vec<String> = text.lines().skip(1).map(str::to_owned).collect();
    ids.sort();
    ids
}

/// Names of everything in a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}
