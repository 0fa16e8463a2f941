//! Workspaces of every version that was ever written open and read the same.
//!
//! `tests/data/workspaces` holds a file a version, made by the program of its day and never made again.

use crate::support::{data, opened, run};
use livelihood_map::base::Generation;
use livelihood_map::jobs::{OpenRequest, Request};
use livelihood_map::store::{Access, Workspace};
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

/// A copy to work on.
fn copy(name: &str) -> (PathBuf, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::copy(data("workspaces").join(name), &path).unwrap();
    (path, folder)
}

/// Everything in a workspace, as text.
fn dump(workspace: &Workspace) -> String {
    let mut out = format!("demo: {}\n", workspace.is_demo());
    for area in workspace.areas().unwrap() {
        writeln!(out, "{area:?}").unwrap();
    }
    let mut household = |household: &livelihood_map::model::Household| {
        writeln!(out, "{household:?}").unwrap();
        Ok(())
    };
    workspace.each_household(&mut household).unwrap();
    for problem in workspace.problems(1_000).unwrap() {
        writeln!(out, "{problem:?}").unwrap();
    }
    for import in workspace.imports().unwrap() {
        writeln!(out, "{import:?}").unwrap();
    }
    writeln!(out, "view: {:?}", workspace.setting("view").unwrap()).unwrap();
    out
}

fn versions() -> Vec<String> {
    let entries = fs::read_dir(data("workspaces")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names
        .filter(|name| {
            std::path::Path::new(name)
                .extension()
                .is_some_and(|ending| ending == "lmap")
        })
        .collect();
    names.sort();
    assert!(!names.is_empty());
    names
}

#[test]
fn every_old_workspace_opens_and_reads_the_same() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(data("snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for name in versions() {
        let (path, _folder) = copy(&name);
        let changed = dump(&Workspace::open(&path, Access::ReadWrite).unwrap());
        settings.bind(|| insta::assert_snapshot!(format!("workspace-{name}"), changed));
        // Brought up to date once, it is so for good.
        let again = Workspace::open(&path, Access::ReadOnly).unwrap();
        assert_eq!(dump(&again), changed);
    }
}

#[test]
fn an_old_workspace_loads_and_takes_an_import() {
    for name in versions() {
        let (path, _folder) = copy(&name);
        let generation = Generation::default();
        let open = OpenRequest::Existing {
            path,
            read_only: false,
            generation,
            as_of: crate::support::today(),
        };
        let opened = opened(run(Request::Open(open)));
        let before = opened.town.snapshot.households.len();
        assert!(before > 0 && !opened.town.snapshot.areas.is_empty());
        let ledger = data("good/one_column.csv");
        let (report, town) = crate::support::import(&opened.workspace, &[], &[ledger]);
        assert_eq!(report.stored, 2);
        assert_eq!(town.snapshot.households.len(), before + 2);
    }
}

#[test]
fn looking_changes_nothing() {
    let newest = versions().pop().unwrap();
    let (path, folder) = copy(&newest);
    let before = fs::read(&path).unwrap();
    let workspace = Workspace::open(&path, Access::ReadOnly).unwrap();
    dump(&workspace);
    drop(workspace);
    assert_eq!(fs::read(&path).unwrap(), before);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}
