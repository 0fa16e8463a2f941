//! Opening a workspace file: what it is, whether it may be used, keeping others out.
//!
//! While a workspace is open, do not open its file by other means in the same program: on Unix,
//! closing any handle of a file gives up the program's claim on it.

use super::fault;
use super::migrate::{APPLICATION_ID, STEPS, VERSION, migrate};
use crate::words::{Fault, Message};
use rusqlite::{Connection, MAIN_DB, OpenFlags, Result};
use std::io;
use std::path::Path;
use std::time::Duration;

/// How long to wait for another program that is just letting go.
const PATIENCE: Duration = Duration::from_millis(300);

/// What a workspace is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// To change it: nobody else may have it open.
    ReadWrite,
    /// To look: others may look as well, nobody may change it.
    ReadOnly,
}

/// Opens the file of a workspace and says whether it holds demonstration data.
pub(super) fn open(path: &Path, access: Access) -> std::result::Result<(Connection, bool), Fault> {
    let wrap = |error: rusqlite::Error| fault::of(path, &error);
    check_place(path)?;
    let mut connection = connect(path, access).map_err(wrap)?;
    let version = match (look(&connection), access) {
        (Err(error), Access::ReadOnly) if fault::is_unfinished(&error) => {
            // Undo the unfinished work, if the place allows it, and look again.
            drop(connection);
            look(&connect(path, Access::ReadWrite).map_err(wrap)?).map_err(wrap)?;
            connection = connect(path, access).map_err(wrap)?;
            look(&connection)
        }
        (looked, _) => looked,
    };
    let version = version.map_err(wrap)?;
    let version = version.ok_or_else(|| fault::input("store.not_a_workspace", path))?;
    if version > VERSION {
        return Err(Fault::input(
            Message::new("store.newer")
                .arg("file", path.display())
                .arg("theirs", version)
                .arg("ours", VERSION),
        ));
    }
    tune(&connection).map_err(wrap)?;
    match access {
        Access::ReadOnly if version < VERSION => return Err(fault::input("store.older", path)),
        Access::ReadOnly => {}
        Access::ReadWrite => {
            if connection.is_readonly(MAIN_DB).map_err(wrap)? {
                return Err(fault::input("store.read_only", path));
            }
            claim(&connection, version).map_err(wrap)?;
            if version < VERSION {
                migrate(&mut connection, STEPS).map_err(wrap)?;
            }
        }
    }
    let is_demo = connection
        .query_row("SELECT is_demo FROM workspace", [], |row| row.get(0))
        .map_err(wrap)?;
    Ok((connection, is_demo))
}

/// What can be said of a place without opening it.
fn check_place(path: &Path) -> std::result::Result<(), Fault> {
    match std::fs::metadata(path) {
        Ok(there) if there.is_dir() => Err(fault::input("store.folder", path)),
        Ok(there) if there.len() == 0 => Err(fault::input("store.empty", path)),
        Ok(_) => Ok(()),
        Err(error) => Err(match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
                fault::input("store.missing", path)
            }
            _ => fault::input("store.cannot_open", path).because(error),
        }),
    }
}

fn connect(path: &Path, access: Access) -> Result<Connection> {
    // Without SQLITE_OPEN_URI and with an absolute path, no character of a name has a meaning.
    let absolute = std::path::absolute(path).unwrap_or_else(|_no_folder| path.to_owned());
    let flags = match access {
        Access::ReadWrite => OpenFlags::SQLITE_OPEN_READ_WRITE,
        Access::ReadOnly => OpenFlags::SQLITE_OPEN_READ_ONLY,
    };
    let connection =
        Connection::open_with_flags(absolute, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(PATIENCE)?;
    // A lock once taken is kept: a reader keeps writers out, a writer everybody.
    connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    Ok(connection)
}

/// How the file is read and written. These settings read the list of tables, so they come after
/// [`look`].
fn tune(connection: &Connection) -> Result<()> {
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "cache_size", -65_536)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "trusted_schema", false)
}

/// The version of a workspace, or `None` where the file is another program's. This is the first
/// read: it takes the reader's lock and undoes what a killed program left behind.
fn look(connection: &Connection) -> Result<Option<i64>> {
    let id: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if id != APPLICATION_ID {
        return Ok(None);
    }
    connection
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .map(Some)
}

/// Takes the writer's lock and tries whether writing is possible at all: the change is undone in
/// memory, but it makes `SQLite` open its journal in the folder.
fn claim(connection: &Connection, version: i64) -> Result<()> {
    connection.execute_batch("BEGIN EXCLUSIVE")?;
    let tried = connection.pragma_update(None, "user_version", version);
    connection.execute_batch("ROLLBACK")?;
    tried
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{FieldSet, Household};
    use crate::store::sample::NOW;
    use crate::store::{Import, ImportKind, ImportRecord, Workspace};
    use crate::words::Lang;
    use std::fs;

    const NAME: &str = "示范 街道?100%#1;=.lmap";

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().unwrap()
    }

    fn refusal(path: &Path, access: Access) -> String {
        let fault = Workspace::open(path, access).unwrap_err();
        let key = fault.message.key();
        for lang in Lang::ALL {
            assert!(lang.knows(key), "{key}");
            assert!(!fault.message.text(lang).contains('{'), "{key}");
        }
        key.to_owned()
    }

    /// A workspace with enough households that it has many pages.
    fn filled(path: &Path, households: usize) -> Workspace {
        let mut workspace = Workspace::create(path, false).unwrap();
        import(&mut workspace, households, "甲");
        workspace
    }

    fn import(workspace: &mut Workspace, households: usize, name: &str) {
        let mut import = workspace.begin_import().unwrap();
        import.begin_file(&record()).unwrap();
        for number in 0..households {
            put(&mut import, number, name);
        }
        import.commit(NOW).unwrap();
    }

    fn put(import: &mut Import<'_>, number: usize, name: &str) {
        let household = Household {
            id: format!("H{number:06}"),
            head_name: name.to_owned(),
            notes: "长".repeat(100),
            ..Household::default()
        };
        import.put_household(&household, FieldSet::ALL, 2).unwrap();
    }

    fn record() -> ImportRecord {
        ImportRecord {
            source: "户.csv".to_owned(),
            kind: ImportKind::Households,
            list_name: String::new(),
            encoding: "GB18030".to_owned(),
            datum: "wgs84".to_owned(),
            at_unix_secs: 1_790_000_000,
            read: 3,
            stored: 2,
            rejected: 1,
        }
    }

    fn names(workspace: &Workspace) -> Vec<String> {
        let mut names = Vec::new();
        workspace
            .each_household(&mut |household| {
                names.push(household.head_name.clone());
                Ok(())
            })
            .unwrap();
        names.dedup();
        names
    }

    #[test]
    fn closed_it_is_one_file_with_any_name() {
        let folder = folder();
        let path = folder.path().join(NAME);
        let mut workspace = filled(&path, 2000);
        workspace.set_setting("view", "{\"层\": 1}").unwrap();
        workspace.set_setting("view", "{\"层\": 2}").unwrap();
        drop(workspace);
        let files: Vec<_> = fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        assert_eq!(files, [NAME]);
        for access in [Access::ReadWrite, Access::ReadOnly] {
            let workspace = Workspace::open(&path, access).unwrap();
            assert_eq!(workspace.household_count().unwrap(), 2000);
            assert_eq!(workspace.imports().unwrap(), [record()]);
            assert_eq!(
                workspace.setting("view").unwrap().as_deref(),
                Some("{\"层\": 2}")
            );
            assert_eq!(workspace.setting("other").unwrap(), None);
            assert_eq!(workspace.path(), path);
        }
    }

    #[test]
    fn what_kind_it_is_stays() {
        let folder = folder();
        for is_demo in [true, false] {
            let path = folder.path().join(format!("{is_demo}.lmap"));
            let mut workspace = Workspace::create(&path, is_demo).unwrap();
            import(&mut workspace, 1, "甲");
            for sql in [
                "UPDATE workspace SET is_demo = 1 - is_demo",
                "DELETE FROM workspace",
            ] {
                workspace.connection().execute_batch(sql).unwrap_err();
            }
            drop(workspace);
            let again = Workspace::open(&path, Access::ReadOnly).unwrap();
            assert_eq!(again.is_demo(), is_demo);
        }
    }

    #[test]
    fn a_file_that_is_there_is_not_replaced() {
        let folder = folder();
        let path = folder.path().join("a.lmap");
        fs::write(&path, "mine").unwrap();
        let fault = Workspace::create(&path, false).unwrap_err();
        assert_eq!(fault.message.key(), "store.exists");
        assert_eq!(fs::read(&path).unwrap(), b"mine");
        let nowhere = folder.path().join("no/such/a.lmap");
        let fault = Workspace::create(&nowhere, false).unwrap_err();
        assert_eq!(fault.message.key(), "store.no_folder");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn bad_files_are_named_and_stay_as_they_are() {
        let folder = folder();
        let good = folder.path().join("good.lmap");
        drop(filled(&good, 2000));
        let bytes = fs::read(&good).unwrap();
        let half = bytes[..bytes.len() / 2].to_vec();
        let mut headless = bytes.clone();
        headless[..8192].fill(0);
        let mut other = bytes.clone();
        other[68..72].copy_from_slice(b"GPKG");
        let mut newer = bytes.clone();
        newer[60..64].copy_from_slice(&99_u32.to_be_bytes());
        for (bytes, key) in [
            (half, "store.damaged"),
            (headless, "store.not_a_workspace"),
            (
                "户编号,户主姓名\n".repeat(500).into_bytes(),
                "store.not_a_workspace",
            ),
            (bytes[..50].to_vec(), "store.not_a_workspace"),
            (Vec::new(), "store.empty"),
            (other, "store.not_a_workspace"),
            (newer, "store.newer"),
        ] {
            let path = folder.path().join("bad.lmap");
            fs::write(&path, &bytes).unwrap();
            for access in [Access::ReadWrite, Access::ReadOnly] {
                assert_eq!(refusal(&path, access), key);
            }
            assert_eq!(fs::read(&path).unwrap(), bytes, "{key}");
        }
        assert_eq!(refusal(folder.path(), Access::ReadOnly), "store.folder");
        let missing = folder.path().join("none.lmap");
        assert_eq!(refusal(&missing, Access::ReadWrite), "store.missing");
        assert!(!missing.exists());
    }

    #[test]
    fn damage_inside_is_found_while_reading() {
        let folder = folder();
        let path = folder.path().join("a.lmap");
        drop(filled(&path, 5000));
        let mut bytes = fs::read(&path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle..].fill(0xA5);
        fs::write(&path, &bytes).unwrap();
        let workspace = Workspace::open(&path, Access::ReadOnly).unwrap();
        let fault = workspace.each_household(&mut |_| Ok(())).unwrap_err();
        assert_eq!(fault.message.key(), "store.damaged");
    }

    #[test]
    fn one_writer_or_many_readers() {
        let folder = folder();
        let path = folder.path().join("a.lmap");
        let writer = Workspace::create(&path, false).unwrap();
        assert_eq!(refusal(&path, Access::ReadWrite), "store.in_use");
        assert_eq!(refusal(&path, Access::ReadOnly), "store.in_use");
        drop(writer);
        let reader = Workspace::open(&path, Access::ReadOnly).unwrap();
        let another = Workspace::open(&path, Access::ReadOnly).unwrap();
        assert_eq!(refusal(&path, Access::ReadWrite), "store.in_use");
        drop((reader, another));
        Workspace::open(&path, Access::ReadWrite).unwrap();
    }

    #[test]
    fn a_reader_cannot_write() {
        let folder = folder();
        let path = folder.path().join("a.lmap");
        drop(filled(&path, 1));
        let mut reader = Workspace::open(&path, Access::ReadOnly).unwrap();
        let fault = reader.begin_import().unwrap_err();
        assert_eq!(fault.message.key(), "store.read_only");
        let fault = reader.set_setting("a", "b").unwrap_err();
        assert_eq!(fault.message.key(), "store.read_only");
    }

    #[test]
    fn a_read_only_place_can_be_looked_at() {
        let folder = folder();
        let path = folder.path().join("a.lmap");
        drop(filled(&path, 10));
        let allow = |writing: bool| {
            for place in [&path, folder.path()] {
                let mut permissions = fs::metadata(place).unwrap().permissions();
                permissions.set_readonly(!writing);
                fs::set_permissions(place, permissions).unwrap();
            }
        };
        allow(false);
        // The system's administrator may write everywhere; there is nothing to refuse then.
        let enforced = fs::write(folder.path().join("probe"), "").is_err();
        let looked = Workspace::open(&path, Access::ReadOnly).map(|open| names(&open));
        let refused = enforced.then(|| refusal(&path, Access::ReadWrite));
        allow(true);
        assert_eq!(looked.unwrap(), ["甲"]);
        assert!(matches!(refused.as_deref(), None | Some("store.read_only")));
    }

    #[test]
    fn a_program_killed_in_the_middle_leaves_the_last_whole_state() {
        let folder = folder();
        let path = folder.path().join("a.lmap");
        let mut workspace = filled(&path, 3000);
        // Everything that changes goes to the disk at once, as in an import that outgrows memory.
        workspace
            .connection()
            .execute_batch("PRAGMA cache_size = 10")
            .unwrap();
        let mut under_way = workspace.begin_import().unwrap();
        under_way.begin_file(&record()).unwrap();
        for number in 0..6000 {
            put(&mut under_way, number, "乙");
        }
        for (access, name) in [(Access::ReadWrite, "b"), (Access::ReadOnly, "c")] {
            let copy = folder.path().join(name);
            fs::create_dir(&copy).unwrap();
            for file in ["a.lmap", "a.lmap-journal"] {
                fs::copy(folder.path().join(file), copy.join(file)).unwrap();
            }
            let found = fs::read(copy.join("a.lmap")).unwrap();
            let half_done = found.windows(3).filter(|part| *part == "乙".as_bytes());
            assert!(half_done.count() > 100, "nothing was written yet");
            let after = Workspace::open(&copy.join("a.lmap"), access).unwrap();
            assert_eq!(after.household_count().unwrap(), 3000);
            assert_eq!(names(&after), ["甲"]);
        }
        drop(under_way);
        assert_eq!(names(&workspace), ["甲"]);
    }

    #[test]
    fn what_the_system_says_becomes_a_sentence() {
        use rusqlite::ffi;
        for (code, key) in [
            (ffi::SQLITE_READONLY_ROLLBACK, "store.unfinished"),
            (ffi::SQLITE_READONLY_DIRECTORY, "store.read_only"),
            (ffi::SQLITE_FULL, "store.disk_full"),
            (ffi::SQLITE_IOERR_WRITE, "store.disk_failed"),
            (ffi::SQLITE_CANTOPEN, "store.cannot_open"),
            (ffi::SQLITE_CORRUPT, "store.damaged"),
            (ffi::SQLITE_NOMEM, "store.failed"),
        ] {
            let error = rusqlite::Error::SqliteFailure(ffi::Error::new(code), None);
            let fault = fault::of(Path::new("a.lmap"), &error);
            assert_eq!(fault.message.key(), key);
            assert!(Lang::ALL.iter().all(|lang| lang.knows(key)));
        }
    }
}
