//! One import: one transaction. It happens as a whole or not at all.

use super::record::ImportRecord;
use super::{Workspace, area, fault, household, problem, record};
use crate::model::{Area, Household, Problem};
use crate::words::Fault;
use rusqlite::{Connection, OptionalExtension, Result, Statement};
use std::collections::HashMap;

/// What putting a household did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Put {
    /// The id was not there before.
    New,
    /// The id was there: the household is replaced and keeps its place.
    Replaced,
}

/// An import under way. Dropped without [`Import::commit`], it leaves everything as it was.
#[derive(Debug)]
pub struct Import<'w> {
    workspace: &'w Workspace,
    number: i64,
    put_area: Statement<'w>,
    put_problem: Statement<'w>,
    insert: Statement<'w>,
    update: Statement<'w>,
    numbers: Numbers<'w>,
}

/// How the row of an id is found.
#[derive(Debug)]
enum Numbers<'w> {
    /// No household came yet.
    Unasked,
    /// By the index of the file.
    Indexed { find: Statement<'w>, next: i64 },
    /// By memory: the table was empty, so the index is taken away and built at the end at once,
    /// which is faster than keeping it in order row by row.
    Fresh {
        by_id: HashMap<Box<str>, i64>,
        index_sql: String,
    },
}

const INDEX_SQL: &str =
    "SELECT sql FROM sqlite_schema WHERE type = 'index' AND name = 'household_id'";

impl<'w> Numbers<'w> {
    fn begin(connection: &'w Connection) -> Result<Self> {
        let last: Option<i64> =
            connection.query_row("SELECT max(number) FROM household", [], |row| row.get(0))?;
        if let Some(last) = last {
            let find = connection.prepare("SELECT number FROM household WHERE id = ?1")?;
            let next = last + 1;
            return Ok(Self::Indexed { find, next });
        }
        let index_sql = connection.query_row(INDEX_SQL, [], |row| row.get(0))?;
        connection.execute_batch("DROP INDEX household_id")?;
        let by_id = HashMap::new();
        Ok(Self::Fresh { by_id, index_sql })
    }

    /// The row of an id, a new one where there is none.
    fn of(&mut self, id: &str) -> Result<(i64, Put)> {
        match self {
            Self::Indexed { find, next } => {
                let known = find.query_row([id], |row| row.get(0)).optional()?;
                Ok(known.map_or_else(
                    || {
                        *next += 1;
                        (*next - 1, Put::New)
                    },
                    |number| (number, Put::Replaced),
                ))
            }
            Self::Fresh { by_id, .. } => {
                if let Some(number) = by_id.get(id) {
                    return Ok((*number, Put::Replaced));
                }
                let number = by_id.len() as i64 + 1;
                by_id.insert(id.into(), number);
                Ok((number, Put::New))
            }
            // Asked before it began: there is no row to find.
            Self::Unasked => Err(rusqlite::Error::QueryReturnedNoRows),
        }
    }
}

impl<'w> Import<'w> {
    pub(super) fn begin(workspace: &'w Workspace) -> std::result::Result<Self, Fault> {
        let wrap = |error| fault::of(workspace.path(), error);
        let connection = workspace.connection();
        connection.execute_batch("BEGIN IMMEDIATE").map_err(wrap)?;
        let prepared = Self::prepare(workspace, connection);
        if prepared.is_err() {
            // The first error is the one to tell.
            let _ = connection.execute_batch("ROLLBACK");
        }
        prepared.map_err(wrap)
    }

    fn prepare(workspace: &'w Workspace, connection: &'w Connection) -> Result<Self> {
        Ok(Self {
            workspace,
            number: record::next_number(connection)?,
            put_area: connection.prepare(area::PUT)?,
            put_problem: connection.prepare(problem::PUT)?,
            insert: connection.prepare(&household::insert_sql())?,
            update: connection.prepare(&household::update_sql())?,
            numbers: Numbers::Unasked,
        })
    }

    fn wrap(&self, error: rusqlite::Error) -> Fault {
        fault::of(self.workspace.path(), error)
    }

    /// Stores an area; one with the same code is replaced.
    pub fn put_area(&mut self, area: &Area) -> std::result::Result<(), Fault> {
        area::put(&mut self.put_area, area).map_err(|error| self.wrap(error))
    }

    /// Stores a household; one with the same id is replaced and keeps its place in the order.
    pub fn put_household(&mut self, household: &Household) -> std::result::Result<Put, Fault> {
        self.try_put_household(household)
            .map_err(|error| self.wrap(error))
    }

    fn try_put_household(&mut self, household: &Household) -> Result<Put> {
        if matches!(self.numbers, Numbers::Unasked) {
            self.numbers = Numbers::begin(self.workspace.connection())?;
        }
        let (number, put) = self.numbers.of(&household.id)?;
        let statement = match put {
            Put::New => &mut self.insert,
            Put::Replaced => &mut self.update,
        };
        household::put(statement, household, number)?;
        Ok(put)
    }

    /// Stores a problem of this import.
    pub fn put_problem(&mut self, problem: &Problem) -> std::result::Result<(), Fault> {
        problem::put(&mut self.put_problem, self.number, problem).map_err(|error| self.wrap(error))
    }

    /// The areas as this import sees them, by level (largest first), then by code.
    pub fn areas(&self) -> std::result::Result<Vec<Area>, Fault> {
        self.workspace.areas()
    }

    /// Makes it last: when this returns, it is on the disk. The problems of earlier imports of
    /// the same file fall away.
    pub fn commit(self, record: &ImportRecord) -> std::result::Result<(), Fault> {
        self.try_commit(record).map_err(|error| self.wrap(error))
    }

    fn try_commit(&self, record: &ImportRecord) -> Result<()> {
        let connection = self.workspace.connection();
        record::put(connection, self.number, record)?;
        problem::forget_earlier(connection, self.number, &record.source, record.kind.code())?;
        if let Numbers::Fresh { index_sql, .. } = &self.numbers {
            connection.execute_batch(index_sql)?;
        }
        connection.execute_batch("COMMIT")
    }
}

impl Drop for Import<'_> {
    fn drop(&mut self) {
        let connection = self.workspace.connection();
        if !connection.is_autocommit() {
            // Nothing more can be done here; the journal undoes it at the next open.
            let _ = connection.execute_batch("ROLLBACK");
        }
    }
}
