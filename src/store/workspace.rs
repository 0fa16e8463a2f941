//! The workspace: making it, opening it, keeping others out, reading it.
//!
//! While a workspace is open, do not open its file by other means in the same program: on Unix,
//! closing any handle of a file gives up the program's claim on it.

use super::import::Import;
use super::migrate::{APPLICATION_ID, STEPS, VERSION, migrate};
use super::record::{self, ImportRecord};
use super::{area, create, fault, household, problem};
use crate::model::{Area, Household, Problem};
use crate::words::{Fault, Message};
use rusqlite::{Connection, MAIN_DB, OpenFlags, OptionalExtension, Result, params};
use std::io;
use std::path::{Path, PathBuf};
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

/// An open workspace file. It is claimed for as long as this lives; the system lets go of the
/// claim when the program ends, however it ends.
#[derive(Debug)]
pub struct Workspace {
    connection: Connection,
    path: PathBuf,
    is_demo: bool,
}

impl Workspace {
    /// Makes a new workspace and opens it. A file that is there already is refused; the new one
    /// appears whole or not at all. Whether it holds demonstration data never changes again.
    pub fn create(path: &Path, is_demo: bool) -> std::result::Result<Self, Fault> {
        create::create(path, is_demo)?;
        Self::open(path, Access::ReadWrite)
    }

    /// Opens a workspace. One of an older version is brought up to date.
    pub fn open(path: &Path, access: Access) -> std::result::Result<Self, Fault> {
        let wrap = |error| fault::of(path, error);
        check_place(path)?;
        let mut connection = connect(path, access).map_err(wrap)?;
        let version = match (look(&connection), access) {
            (Err(error), Access::ReadOnly) if fault::is_unfinished(&error) => {
                // Undo the unfinished work, if the place allows it, and look again.
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
        Ok(Self {
            connection,
            path: path.to_owned(),
            is_demo,
        })
    }

    pub(super) fn connection(&self) -> &Connection {
        &self.connection
    }

    fn wrap(&self, error: rusqlite::Error) -> Fault {
        fault::of(&self.path, error)
    }

    /// The file, as it was named when it was opened.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether this holds demonstration data.
    pub fn is_demo(&self) -> bool {
        self.is_demo
    }

    /// Begins an import; nothing changes before its commit.
    pub fn begin_import(&mut self) -> std::result::Result<Import<'_>, Fault> {
        Import::begin(self)
    }

    /// The areas, by level (largest first), then by code.
    pub fn areas(&self) -> std::result::Result<Vec<Area>, Fault> {
        area::all(&self.connection, &self.path)
    }

    /// Number of households.
    pub fn household_count(&self) -> std::result::Result<usize, Fault> {
        household::count(&self.connection).map_err(|error| self.wrap(error))
    }

    /// Shows every household to `visit`, in the order in which they first came. The value is
    /// used again for the next one. An error of `visit` ends it.
    pub fn each_household(
        &self,
        visit: &mut dyn FnMut(&Household) -> std::result::Result<(), Fault>,
    ) -> std::result::Result<(), Fault> {
        household::each(&self.connection, &self.path, visit)
    }

    /// At most `limit` problems, those of the newest import first.
    pub fn problems(&self, limit: usize) -> std::result::Result<Vec<Problem>, Fault> {
        problem::first(&self.connection, &self.path, limit)
    }

    /// What was imported, the oldest first.
    pub fn imports(&self) -> std::result::Result<Vec<ImportRecord>, Fault> {
        record::all(&self.connection, &self.path)
    }

    /// A setting that travels with the workspace, such as a saved view.
    pub fn setting(&self, key: &str) -> std::result::Result<Option<String>, Fault> {
        self.connection
            .query_row("SELECT value FROM setting WHERE key = ?1", [key], |row| {
                row.get(0)
            })
            .optional()
            .map_err(|error| self.wrap(error))
    }

    /// Keeps a setting; an earlier value is replaced.
    pub fn set_setting(&mut self, key: &str, value: &str) -> std::result::Result<(), Fault> {
        self.connection
            .execute(
                "INSERT OR REPLACE INTO setting (key, value) VALUES (?1, ?2)",
                params![key, value],
            )
            .map(|_| ())
            .map_err(|error| self.wrap(error))
    }
}

/// What can be said of a place without opening it.
fn check_place(path: &Path) -> std::result::Result<(), Fault> {
    match std::fs::metadata(path) {
        Ok(there) if there.is_dir() => Err(fault::input("store.folder", path)),
        Ok(there) if there.len() == 0 => Err(fault::input("store.empty", path)),
        Ok(_) => Ok(()),
        Err(error) => {
            let key = match error.kind() {
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => "store.missing",
                _ => "store.cannot_open",
            };
            Err(fault::input(key, path).because(error))
        }
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
    connection.pragma_update(None, "cache_size", -65_536)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    Ok(connection)
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
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.execute_batch("BEGIN EXCLUSIVE")?;
    let tried = connection.pragma_update(None, "user_version", version);
    connection.execute_batch("ROLLBACK")?;
    tried
}
