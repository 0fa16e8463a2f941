//! The workspace: what it holds and how it is read.

use super::import::Import;
use super::open::{Access, open};
use super::record::{self, ImportRecord};
use super::{area, create, fault, household, problem};
use crate::model::{Area, Household, Problem};
use crate::words::Fault;
use rusqlite::{Connection, OptionalExtension, params};
use std::path::{Path, PathBuf};

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
        let (connection, is_demo) = open(path, access)?;
        Ok(Self {
            connection,
            path: path.to_owned(),
            is_demo,
        })
    }

    pub(super) fn connection(&self) -> &Connection {
        &self.connection
    }

    fn wrap(&self, error: &rusqlite::Error) -> Fault {
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
        household::count(&self.connection).map_err(|error| self.wrap(&error))
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

    /// Number of problems that the imports left.
    pub fn problem_count(&self) -> std::result::Result<usize, Fault> {
        problem::count(&self.connection, &self.path)
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
            .map_err(|error| self.wrap(&error))
    }

    /// Keeps a setting; an earlier value is replaced.
    pub fn set_setting(&mut self, key: &str, value: &str) -> std::result::Result<(), Fault> {
        self.connection
            .execute(
                "INSERT OR REPLACE INTO setting (key, value) VALUES (?1, ?2)",
                params![key, value],
            )
            .map(|_| ())
            .map_err(|error| self.wrap(&error))
    }
}
