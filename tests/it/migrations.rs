//! Workspaces of every version that was ever written open and read the same.
//!
//! `tests/data/workspaces` holds a file a version, made by the program of its day and never made again.

use crate::support::{data, opened, run};
use livelihood_map::base::{Generation, Progress};
use livelihood_map::jobs::{Event, FileChoice, ImportRequest, OpenRequest, Request};
use livelihood_map::model::{Date, FieldSet, Household, Review};
use livelihood_map::store::{Access, Stamp, Workspace};
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
    dump_tables(workspace, &mut out);
    for problem in workspace.problems(1_000).unwrap() {
        writeln!(out, "{problem:?}").unwrap();
    }
    for import in workspace.imports().unwrap() {
        writeln!(out, "{import:?}").unwrap();
    }
    writeln!(out, "view: {:?}", workspace.setting("view").unwrap()).unwrap();
    out
}

/// The long tables, the lists, and what can be undone.
fn dump_tables(workspace: &Workspace, out: &mut String) {
    let mut say = |line: String| {
        out.push_str(&line);
        out.push('\n');
    };
    workspace
        .each_person(&mut |of, row| {
            say(format!("{of}: {row:?}"));
            Ok(())
        })
        .unwrap();
    workspace
        .each_receipt(&mut |of, row| {
            say(format!("{of}: {row:?}"));
            Ok(())
        })
        .unwrap();
    workspace
        .each_need(&mut |of, row| {
            say(format!("{of}: {row:?}"));
            Ok(())
        })
        .unwrap();
    workspace
        .each_visit(&mut |of, row| {
            say(format!("{of}: {row:?}"));
            Ok(())
        })
        .unwrap();
    workspace
        .each_review(&mut |of, row| {
            say(format!("{of}: {row:?}"));
            Ok(())
        })
        .unwrap();
    workspace
        .each_resource(&mut |row| {
            say(format!("{row:?}"));
            Ok(())
        })
        .unwrap();
    for list in workspace.lists().unwrap() {
        say(format!("{list:?}"));
        workspace
            .each_entry(list.number, &mut |row, entry| {
                say(format!("{row}: {entry:?}"));
                Ok(())
            })
            .unwrap();
    }
    for batch in workspace.batches().unwrap() {
        let (title, undone) = (batch.title, batch.undone_at);
        say(format!("{title}: undone {undone:?}"));
    }
}

/// A file of version 2 knows what each import said, so the newest can be taken back.
#[test]
fn the_last_import_of_the_second_version_can_be_undone() {
    let (path, _folder) = copy("v2.lmap");
    let mut workspace = Workspace::open(&path, Access::ReadWrite).unwrap();
    let ids = |workspace: &Workspace| {
        let mut ids = Vec::new();
        workspace
            .each_household(&mut |household| {
                ids.push((household.id.clone(), household.monthly_income));
                Ok(())
            })
            .unwrap();
        ids.sort_by(|a, b| a.0.cmp(&b.0));
        ids
    };
    let named = |id: &str, income| (id.to_owned(), income);
    assert!(ids(&workspace).contains(&named("0102", Some(4200.0))));
    let newest = workspace.batches().unwrap()[0].number;
    let progress = Progress::new();
    workspace
        .undo_batch(newest, 1_800_000_000, &progress)
        .unwrap();
    assert_eq!(
        ids(&workspace),
        [
            named("0001", Some(900.0)),
            named("0002", Some(4200.0)),
            named("0003", Some(1500.0)),
            named("0004", Some(6000.0)),
            named("0005", None),
        ]
    );
}

/// Version 5 knew neither until when a certificate counts nor when a receipt was reviewed, though its
/// files said so: read again they bring it, and its imports can still be taken back.
#[test]
fn what_the_fifth_version_left_out_comes_with_the_next_file() {
    let (path, folder) = copy("v5.lmap");
    let mut workspace = Workspace::open(&path, Access::ReadWrite).unwrap();
    let rows = |workspace: &Workspace| workspace.rows_of("H1").unwrap();
    let before = rows(&workspace);
    assert_eq!(before.members[0].record.certificate_until, None);
    let receipt = &before.receipts[0].record;
    assert_eq!(
        (receipt.monthly_amount, receipt.reviewed_on),
        (Some(650.0), None)
    );
    assert_eq!((before.visits.len(), before.notes.len()), (1, 1));
    assert_eq!(before.reviews, []);

    let batches = workspace.batches().unwrap();
    let later = batches
        .iter()
        .find(|batch| batch.title.contains("享受2"))
        .unwrap();
    workspace
        .undo_batch(later.number, 0, &Progress::new())
        .unwrap();
    let receipt = &rows(&workspace).receipts[0].record;
    assert_eq!(
        (receipt.monthly_amount, receipt.reviewed_on),
        (Some(600.0), None)
    );
    let review = Review {
        programme: "dibao".to_owned(),
        on: Date::parse("2026-11-01"),
        ..Review::default()
    };
    let stamp = Stamp {
        title: "复核",
        at_unix_secs: 1_800_000_000,
    };
    workspace.add_review("H1", &review, stamp).unwrap();
    assert_eq!(rows(&workspace).reviews.len(), 1);
    drop(workspace);

    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path
    };
    let files = [
        write(
            "成员.csv",
            "户编号,姓名,出生日期,残疾证有效期至\nH1,示范甲,1944-03-01,2026-12-01\n",
        ),
        write(
            "享受.csv",
            "户编号,救助项目,开始日期,最近复核日期\nH1,低保,2025-01-01,2026-01-10\n",
        ),
    ];
    let open = OpenRequest::Existing {
        path: path.clone(),
        read_only: false,
        generation: Generation::default(),
        as_of: crate::support::today(),
    };
    let opened = opened(run(Request::Open(open)));
    let import = ImportRequest {
        workspace: Some(opened.workspace.clone()),
        today: crate::support::today(),
        ..ImportRequest::of(files.map(FileChoice::of).to_vec())
    };
    let Event::Imported(imported) = run(Request::Import(import)) else {
        panic!("not imported");
    };
    drop((opened, imported));
    let workspace = Workspace::open(&path, Access::ReadOnly).unwrap();
    let after = rows(&workspace);
    let member = &after.members[0].record;
    assert_eq!(member.certificate_until, Date::parse("2026-12-01"));
    let receipt = &after.receipts[0].record;
    assert_eq!(receipt.reviewed_on, Date::parse("2026-01-10"));
    assert_eq!((after.receipts.len(), after.reviews.len()), (1, 1));
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

/// It gets the rules of the program that opens it, and keeps them.
#[test]
fn an_old_workspace_begins_with_the_catalogue_that_ships() {
    for name in versions() {
        let (path, _folder) = copy(&name);
        let workspace = Workspace::open(&path, Access::ReadWrite).unwrap();
        let before = workspace.catalogue().unwrap();
        // The fourth version was the first to keep one.
        assert_eq!(before.is_some(), name == "v5.lmap");
        drop(workspace);
        let open = OpenRequest::Existing {
            path: path.clone(),
            read_only: false,
            generation: Generation::default(),
            as_of: crate::support::today(),
        };
        drop(opened(run(Request::Open(open))));
        let workspace = Workspace::open(&path, Access::ReadOnly).unwrap();
        let text = workspace.catalogue().unwrap();
        let shipped = || livelihood_map::read::shipped_catalogue().to_owned();
        assert_eq!(text, Some(before.unwrap_or_else(shipped)));
        let versions = workspace.catalogue_versions().unwrap();
        assert_eq!((versions.len(), versions[0].batch), (1, None));
    }
}

/// A file of version 1 does not say which of several ledgers a household came from.
#[test]
fn what_the_first_version_did_not_say_is_one_batch_that_can_be_undone() {
    let (path, _folder) = copy("v1.lmap");
    let mut workspace = Workspace::open(&path, Access::ReadWrite).unwrap();
    let batches = workspace.batches().unwrap();
    let [earlier, import] = batches.as_slice() else {
        panic!("{batches:?}");
    };
    assert_eq!(import.files.len(), 8);
    assert!(import.title.starts_with("grids_with_parents.geojson、"));
    assert_eq!(earlier.files, []);
    let count = workspace.household_count().unwrap();
    let mut first = None;
    workspace
        .each_household(&mut |household| {
            first.get_or_insert_with(|| household.clone());
            Ok(())
        })
        .unwrap();
    let first = first.unwrap();
    let versions = workspace.versions(&first.id).unwrap();
    assert_eq!(versions.len(), 1);
    assert_eq!(versions[0].household, first);
    // Everything that has a value is stated, and nothing else.
    let said = FieldSet::differing(&first, &Household::default());
    assert_eq!(versions[0].stated, said);
    let origins = workspace.origins(&first.id).unwrap();
    assert!(
        origins
            .iter()
            .all(|(_, origin)| origin.batch == earlier.number)
    );
    let areas = workspace.areas().unwrap().len();
    let report = workspace
        .undo_batch(earlier.number, 0, &Progress::new())
        .unwrap();
    assert_eq!(report.removed as usize, count);
    assert_eq!(report.rows as usize, areas);
    assert_eq!(workspace.household_count().unwrap(), 0);
    // Its problems are those of the files, which stand.
    assert_eq!(workspace.problem_count().unwrap(), 71);
}

#[test]
fn looking_changes_nothing() {
    let newest = versions().pop().unwrap();
    let (path, folder) = copy(&newest);
    drop(Workspace::open(&path, Access::ReadWrite).unwrap());
    let before = fs::read(&path).unwrap();
    let workspace = Workspace::open(&path, Access::ReadOnly).unwrap();
    dump(&workspace);
    drop(workspace);
    assert_eq!(fs::read(&path).unwrap(), before);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}
