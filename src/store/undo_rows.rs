//! Undoing a batch in the tables of whole rows: earlier versions come back.

use super::rows::{STOOD_AGAINST, TAKEN_BACK, Table};
use super::undo::sql_list;
use super::{area, fault, household, list, need, note, person, receipt, resource, review, visit};
use crate::base::{Cancelled, Progress};
use crate::words::Fault;
use rusqlite::{Connection, Error, OptionalExtension, Result, params};
use std::collections::BTreeSet;
use std::path::Path;

/// All tables of whole rows.
const TABLES: [Table; 9] = [
    area::TABLE,
    person::TABLE,
    receipt::TABLE,
    need::TABLE,
    visit::TABLE,
    note::TABLE,
    review::TABLE,
    resource::TABLE,
    list::TABLE,
];

/// Why undoing stopped.
pub(super) enum Stopped {
    Cancelled(Cancelled),
    Failed(Error),
}

impl Stopped {
    pub(super) fn into_fault(self, path: &Path) -> Fault {
        match self {
            Self::Cancelled(cancelled) => cancelled.into(),
            Self::Failed(error) => fault::of(path, &error),
        }
    }
}

impl From<Cancelled> for Stopped {
    fn from(cancelled: Cancelled) -> Self {
        Self::Cancelled(cancelled)
    }
}

impl From<Error> for Stopped {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

/// Takes the versions of some files out of all tables; gives the number of rows that this
/// changed.
pub(super) fn undo_all(
    connection: &Connection,
    imports: &BTreeSet<i64>,
    progress: &Progress,
) -> std::result::Result<u64, Stopped> {
    let mut changed = 0;
    for table in TABLES {
        changed += undo(connection, table, imports, progress)?;
    }
    Ok(changed)
}

fn undo(
    connection: &Connection,
    table: Table,
    imports: &BTreeSet<i64>,
    progress: &Progress,
) -> std::result::Result<u64, Stopped> {
    let Table { name, kind, .. } = table;
    let undone = sql_list(imports);
    keep_for_the_history(connection, table, &undone)?;
    // Rows that only this batch knows, all at once.
    let removed = connection.execute(
        &format!(
            "DELETE FROM {name} WHERE import IN ({undone}) \
             AND number NOT IN (SELECT number FROM {name}_past WHERE gone < {TAKEN_BACK}) \
             AND number NOT IN (SELECT number FROM seen WHERE kind = {kind})"
        ),
        [],
    )?;
    let mut changed = removed as u64;
    let mut steps = Steps {
        connection,
        table,
        undone: &undone,
    };
    for number in steps.affected()? {
        changed += u64::from(steps.row(number)?);
        progress.tick(1)?;
    }
    connection.execute(
        &format!("DELETE FROM seen WHERE kind = {kind} AND import IN ({undone})"),
        [],
    )?;
    Ok(changed)
}

/// Keeps what the files say of the rows of households that stay, marked as taken back.
fn keep_for_the_history(connection: &Connection, table: Table, undone: &str) -> Result<()> {
    let Table { name, owner, .. } = table;
    if owner != "household" {
        return Ok(());
    }
    let columns = table.all_columns();
    let taken = columns.replace("gone", &format!("gone + {TAKEN_BACK}"));
    // With a household that only these files know, its rows go for good.
    let stays = format!(
        "household IN (SELECT number FROM household WHERE import NOT IN ({undone}) \
         UNION SELECT number FROM household_past WHERE import NOT IN ({undone}) \
         UNION SELECT number FROM seen WHERE kind = {KIND} AND import NOT IN ({undone}))",
        KIND = household::KIND
    );
    let sql = format!(
        "INSERT INTO {name}_past ({columns}) \
         SELECT {taken} FROM {name} WHERE import IN ({undone}) AND {stays} UNION ALL \
         SELECT {taken} FROM {name}_past WHERE import IN ({undone}) AND gone < {TAKEN_BACK} \
            AND {stays}"
    );
    connection.execute(&sql, []).map(|_| ())
}

/// The households that rows of other tables belong to, now or in a past that counts (`SQL`).
pub(super) fn referenced() -> String {
    let of_households = TABLES.iter().filter(|table| table.owner == "household");
    let selects: Vec<String> = of_households
        .map(|Table { name, .. }| {
            format!(
                "SELECT household FROM {name} UNION \
                 SELECT household FROM {name}_past WHERE gone < {TAKEN_BACK}"
            )
        })
        .collect();
    selects.join(" UNION ")
}

/// Forgets what was taken back of households that are there no more: their numbers are given anew.
pub(super) fn forget_orphans(connection: &Connection) -> Result<()> {
    for Table { name, owner, .. } in TABLES {
        if owner == "household" {
            let sql = format!(
                "DELETE FROM {name}_past WHERE gone >= {TAKEN_BACK} \
                 AND household NOT IN (SELECT number FROM household)"
            );
            connection.execute(&sql, [])?;
        }
    }
    Ok(())
}

struct Steps<'a> {
    connection: &'a Connection,
    table: Table,
    /// The files of the batch, as `SQL` writes a list.
    undone: &'a str,
}

impl Steps<'_> {
    fn affected(&self) -> Result<BTreeSet<i64>> {
        let (name, undone) = (self.table.name, self.undone);
        let mut statement = self.connection.prepare(&format!(
            "SELECT number FROM {name} WHERE import IN ({undone}) UNION \
             SELECT number FROM {name}_past WHERE import IN ({undone}) AND gone < {TAKEN_BACK}"
        ))?;
        let numbers = statement.query_map([], |row| row.get(0))?;
        numbers.collect()
    }

    /// Takes the versions of one row out; gives whether the row is another now.
    fn row(&mut self, number: i64) -> Result<bool> {
        self.pass_on(number)?;
        let (name, undone) = (self.table.name, self.undone);
        let mut past = self.connection.prepare_cached(&format!(
            "DELETE FROM {name}_past WHERE number = ?1 AND import IN ({undone}) \
             AND gone < {TAKEN_BACK}"
        ))?;
        past.execute([number])?;
        let mut current = self.connection.prepare_cached(&format!(
            "DELETE FROM {name} WHERE number = ?1 AND import IN ({undone})"
        ))?;
        if current.execute([number])? == 0 {
            return Ok(false);
        }
        let columns = self.table.all_columns();
        // What a file said against the desk's word counts only where nothing else is left.
        let newest = format!(
            "(SELECT rowid FROM {name}_past WHERE number = ?1 AND gone < {TAKEN_BACK} \
             ORDER BY gone = {STOOD_AGAINST}, import DESC LIMIT 1)"
        );
        let as_said = columns.replace("gone", &format!("gone % {STOOD_AGAINST}"));
        let mut back = self.connection.prepare_cached(&format!(
            "INSERT INTO {name} ({columns}) SELECT {as_said} FROM {name}_past \
             WHERE rowid = {newest}"
        ))?;
        back.execute([number])?;
        let mut taken = self
            .connection
            .prepare_cached(&format!("DELETE FROM {name}_past WHERE rowid = {newest}"))?;
        taken.execute([number])?;
        Ok(true)
    }

    /// A version that a later file has confirmed becomes that file's.
    fn pass_on(&mut self, number: i64) -> Result<()> {
        let Table { name, kind, .. } = self.table;
        let undone = self.undone;
        let mut versions = self.connection.prepare_cached(&format!(
            "SELECT import, import IN ({undone}), true FROM {name} WHERE number = ?1 UNION ALL \
             SELECT import, import IN ({undone}), false FROM {name}_past WHERE number = ?1 \
                AND gone < {STOOD_AGAINST} ORDER BY 1"
        ))?;
        let versions =
            versions.query_map([number], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let versions: Vec<(i64, bool, bool)> = versions.collect::<Result<_>>()?;
        let ends = versions.iter().skip(1).map(|(import, ..)| *import);
        for ((import, is_undone, is_current), end) in versions.iter().zip(ends.chain([i64::MAX])) {
            if !is_undone {
                continue;
            }
            let mut seen = self.connection.prepare_cached(&format!(
                "SELECT import, row FROM seen WHERE kind = {kind} AND number = ?1 \
                 AND import > ?2 AND import < ?3 AND import NOT IN ({undone}) \
                 ORDER BY import LIMIT 1"
            ))?;
            let heir: Option<(i64, i64)> = seen
                .query_row([number, *import, end], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            let Some((heir, row)) = heir else {
                continue;
            };
            let place = if *is_current { "" } else { "_past" };
            let mut pass = self.connection.prepare_cached(&format!(
                "UPDATE {name}{place} SET import = ?3, row = ?4 \
                 WHERE number = ?1 AND import = ?2 AND gone < {TAKEN_BACK}"
            ))?;
            pass.execute(params![number, import, heir, row])?;
            let mut take = self.connection.prepare_cached(&format!(
                "DELETE FROM seen WHERE kind = {kind} AND number = ?1 AND import = ?2"
            ))?;
            take.execute([number, heir])?;
        }
        Ok(())
    }
}
