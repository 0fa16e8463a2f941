//! The workspace: what it holds and how it is read.

use super::batch::{self, BatchRecord};
use super::import::Import;
use super::list::{self, ListRecord};
use super::open::{Access, open};
use super::record::ImportRecord;
use super::{area, create, fault, household, problem, rows};
use crate::model::{
    Area, Household, ListEntry, Need, Person, Problem, Receipt, Resource, Review, Visit,
};
use crate::words::Fault;
use rusqlite::{Connection, MAIN_DB, OptionalExtension, params};
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

    /// Refuses what would change a workspace that was opened to look.
    pub(super) fn check_writable(&self) -> std::result::Result<(), Fault> {
        let is_readonly = self.connection.is_readonly(MAIN_DB);
        if is_readonly.map_err(|error| self.wrap(&error))? {
            return Err(fault::input("store.read_only", &self.path));
        }
        Ok(())
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
        self.each_household_numbered(&mut |_, household| visit(household))
    }

    /// The same, with each household's number: rows of other tables name it by that.
    pub fn each_household_numbered(
        &self,
        visit: &mut dyn FnMut(i64, &Household) -> std::result::Result<(), Fault>,
    ) -> std::result::Result<(), Fault> {
        household::each(&self.connection, &self.path, visit)
    }

    /// Shows every member to `visit` with the number of the household, in the order in which
    /// they first came. Members of households that are gone are left out; so for the other tables.
    pub fn each_person(
        &self,
        visit: &mut dyn FnMut(i64, &Person) -> std::result::Result<(), Fault>,
    ) -> std::result::Result<(), Fault> {
        rows::each(&self.connection, &self.path, "", &mut |of, _, row| {
            visit(of, row)
        })
    }

    /// Shows every receipt to `visit` with the number of the household.
    pub fn each_receipt(
        &self,
        visit: &mut dyn FnMut(i64, &Receipt) -> std::result::Result<(), Fault>,
    ) -> std::result::Result<(), Fault> {
        rows::each(&self.connection, &self.path, "", &mut |of, _, row| {
            visit(of, row)
        })
    }

    /// Shows every need to `visit` with the number of the household.
    pub fn each_need(
        &self,
        visit: &mut dyn FnMut(i64, &Need) -> std::result::Result<(), Fault>,
    ) -> std::result::Result<(), Fault> {
        rows::each(&self.connection, &self.path, "", &mut |of, _, row| {
            visit(of, row)
        })
    }

    /// Shows every review that was recorded at the desk to `visit` with the number of the household.
    pub fn each_review(
        &self,
        visit: &mut dyn FnMut(i64, &Review) -> std::result::Result<(), Fault>,
    ) -> std::result::Result<(), Fault> {
        rows::each(&self.connection, &self.path, "", &mut |of, _, row| {
            visit(of, row)
        })
    }

    /// Shows every visit to `visit` with the number of the household.
    pub fn each_visit(
        &self,
        visit: &mut dyn FnMut(i64, &Visit) -> std::result::Result<(), Fault>,
    ) -> std::result::Result<(), Fault> {
        rows::each(&self.connection, &self.path, "", &mut |of, _, row| {
            visit(of, row)
        })
    }

    /// Shows everybody who offers help to `visit`.
    pub fn each_resource(
        &self,
        visit: &mut dyn FnMut(&Resource) -> std::result::Result<(), Fault>,
    ) -> std::result::Result<(), Fault> {
        let visit = &mut |_, _, resource: &Resource| visit(resource);
        rows::each(&self.connection, &self.path, "", visit)
    }

    /// The lists of other departments, by name.
    pub fn lists(&self) -> std::result::Result<Vec<ListRecord>, Fault> {
        list::all(&self.connection, &self.path)
    }

    /// Shows every entry of a list to `visit`, with the row of the file that it came from last.
    pub fn each_entry(
        &self,
        list: i64,
        visit: &mut dyn FnMut(u64, &ListEntry) -> std::result::Result<(), Fault>,
    ) -> std::result::Result<(), Fault> {
        let visit = &mut |_, row, entry: &ListEntry| visit(row, entry);
        rows::each(&self.connection, &self.path, &list::is_in(list), visit)
    }

    /// The imports and edits, the newest first, those that were undone among them.
    pub fn batches(&self) -> std::result::Result<Vec<BatchRecord>, Fault> {
        batch::all(&self.connection, &self.path)
    }

    /// At most `limit` problems, those of the newest import first. Those of an import that is
    /// undone, and of a file that was read again later, are not shown.
    pub fn problems(&self, limit: usize) -> std::result::Result<Vec<Problem>, Fault> {
        problem::first(&self.connection, &self.path, limit)
    }

    /// Number of problems that the imports left.
    pub fn problem_count(&self) -> std::result::Result<usize, Fault> {
        problem::count(&self.connection, &self.path)
    }

    /// The files that were imported and are not undone, the oldest first.
    pub fn imports(&self) -> std::result::Result<Vec<ImportRecord>, Fault> {
        let mut batches = self.batches()?;
        batches.retain(|batch| batch.undone_at.is_none());
        batches.reverse();
        Ok(batches.into_iter().flat_map(|batch| batch.files).collect())
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
