//! Rows that a file said again as they were known: one short row each, not a whole version.

use super::household::Mark;
use crate::model::FieldSet;
use rusqlite::{Connection, Result, Statement, params};

/// The table `seen`, for one kind of rows.
#[derive(Debug)]
pub(super) struct Seen<'c> {
    kind: i64,
    put: Statement<'c>,
    of: Statement<'c>,
    take: Statement<'c>,
    /// What is not written yet. It is written in the order of the table, which is much faster
    /// than in the order of the file.
    waiting: Vec<(i64, Mark)>,
}

impl<'c> Seen<'c> {
    pub(super) fn prepare(connection: &'c Connection, kind: i64) -> Result<Self> {
        Ok(Self {
            kind,
            put: connection.prepare("INSERT OR REPLACE INTO seen VALUES (?1, ?2, ?3, ?4, ?5)")?,
            of: connection
                .prepare("SELECT import, row, stated FROM seen WHERE kind = ?1 AND number = ?2")?,
            take: connection
                .prepare("DELETE FROM seen WHERE kind = ?1 AND number = ?2 AND import = ?3")?,
            waiting: Vec::new(),
        })
    }

    /// A row was seen.
    pub(super) fn push(&mut self, number: i64, import: i64, row: u64, stated: FieldSet) {
        let mark = Mark {
            import,
            row,
            stated,
            ..Mark::default()
        };
        self.waiting.push((number, mark));
    }

    /// Writes what waits.
    pub(super) fn flush(&mut self) -> Result<()> {
        self.waiting.sort_by_key(|(number, _)| *number);
        for (number, mark) in self.waiting.drain(..) {
            self.put.execute(params![
                self.kind,
                number,
                mark.import,
                mark.row as i64,
                mark.stated.bits()
            ])?;
        }
        Ok(())
    }

    /// Where a row was seen, in no order.
    pub(super) fn of(&mut self, number: i64) -> Result<Vec<Mark>> {
        let rows = self.of.query_map([self.kind, number], |row| {
            Ok(Mark {
                import: row.get(0)?,
                row: row.get::<_, i64>(1)? as u64,
                stated: FieldSet::from_bits(row.get(2)?),
                ..Mark::default()
            })
        })?;
        rows.collect()
    }

    /// Takes one away.
    pub(super) fn take(&mut self, number: i64, import: i64) -> Result<()> {
        let parameters = [self.kind, number, import];
        self.take.execute(parameters).map(|_| ())
    }
}
