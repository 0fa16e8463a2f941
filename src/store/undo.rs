//! Undoing a batch: its versions do not count any more, and what follows from the others stands.

use super::batch::{self, Sources};
use super::household::{self, Households, Mark, Stored, unsettled_id};
use super::seen::Seen;
use super::version::{Chains, Fold, Place, Version};
use super::{Workspace, fault, undo_rows};
use crate::base::Progress;
use crate::model::{FieldSet, HouseholdField};
use crate::words::{Fault, Message};
use rusqlite::{Connection, ErrorCode, Result, Transaction, TransactionBehavior, ffi};
use std::collections::BTreeSet;

/// What undoing a batch did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct UndoReport {
    /// Households that have other values now.
    pub changed: u64,
    /// Households that are not there any more.
    pub removed: u64,
    /// Households that are there again.
    pub restored: u64,
    /// Rows of other tables (areas, members, …) that changed, went or came back.
    pub rows: u64,
}

impl Workspace {
    /// Undoes a batch as a whole, whatever came after it: what later batches say stays, what they
    /// only left as it was falls back. It happens as a whole or not at all.
    ///
    /// # Errors
    /// The batch is undone already; or a household would get back an id that a later batch has
    /// given to another household: that one has to be undone first.
    pub fn undo_batch(
        &mut self,
        number: i64,
        at_unix_secs: i64,
        progress: &Progress,
    ) -> std::result::Result<UndoReport, Fault> {
        let wrap = |error: rusqlite::Error| fault::of(self.path(), &error);
        self.check_writable()?;
        let connection = self.connection();
        let transaction =
            Transaction::new_unchecked(connection, TransactionBehavior::Immediate).map_err(wrap)?;
        batch::mark_undone(connection, self.path(), number, at_unix_secs)?;
        let imports = Sources::read(connection)
            .map_err(wrap)?
            .of_batch(number)
            .into_iter()
            .collect();
        let mut undo = Undo::prepare(connection, imports).map_err(wrap)?;
        undo.report.rows = undo_rows::undo_all(connection, &undo.imports, progress)
            .map_err(|error| error.into_fault(self.path()))?;
        undo.bulk().map_err(wrap)?;
        let affected = undo.affected().map_err(wrap)?;
        progress.set_total(affected.len() as u64);
        for household in affected {
            undo.household(household).map_err(wrap)?;
            progress.tick(1)?;
        }
        undo.settle().map_err(|error| {
            if is_clash(&error) {
                Fault::input(Message::new("store.undo_clash"))
            } else {
                wrap(error)
            }
        })?;
        undo_rows::forget_orphans(connection).map_err(wrap)?;
        let report = undo.report;
        drop(undo);
        transaction.commit().map_err(wrap)?;
        Ok(report)
    }
}

/// Whether two households would have one id.
pub(super) fn is_clash(error: &rusqlite::Error) -> bool {
    error.sqlite_error().is_some_and(|inner| {
        inner.code == ErrorCode::ConstraintViolation
            && inner.extended_code == ffi::SQLITE_CONSTRAINT_UNIQUE
    })
}

/// Numbers as `SQL` writes a list.
pub(super) fn sql_list(numbers: &BTreeSet<i64>) -> String {
    let numbers: Vec<String> = numbers.iter().map(i64::to_string).collect();
    numbers.join(", ")
}

struct Undo<'c> {
    connection: &'c Connection,
    chains: Chains<'c>,
    /// The files of the batch.
    imports: BTreeSet<i64>,
    /// The final ids, given at the end so that nobody is in another's way.
    ids: Vec<(i64, String)>,
    /// Households of which nothing is left.
    dead: Vec<i64>,
    report: UndoReport,
}

impl<'c> Undo<'c> {
    /// To be called when the batch is marked as undone.
    fn prepare(connection: &'c Connection, imports: BTreeSet<i64>) -> Result<Self> {
        Ok(Self {
            connection,
            chains: Chains::prepare(connection)?,
            imports,
            ids: Vec::new(),
            dead: Vec::new(),
            report: UndoReport::default(),
        })
    }

    /// Removes the households that only this batch speaks of, all at once: usually nearly all.
    fn bulk(&mut self) -> Result<()> {
        let kind = household::KIND;
        let removed = self.connection.execute(
            &format!(
                "DELETE FROM household WHERE import IN ({}) AND gone = 0 \
                 AND number NOT IN (SELECT number FROM household_past WHERE import IN ({LIVE})) \
                 AND number NOT IN \
                    (SELECT number FROM seen WHERE kind = {kind} AND import IN ({LIVE})) \
                 AND number NOT IN ({})",
                sql_list(&self.imports),
                undo_rows::referenced(),
            ),
            [],
        )?;
        self.report.removed += removed as u64;
        // What earlier undos left of them.
        self.connection.execute_batch(&format!(
            "DELETE FROM household_past WHERE number NOT IN (SELECT number FROM household); \
             DELETE FROM seen WHERE kind = {kind} AND number NOT IN (SELECT number FROM household)"
        ))
    }

    /// The other households that the batch speaks of. One that it has only seen changes where an
    /// edit stands before, or where it was all that was left.
    fn affected(&self) -> Result<BTreeSet<i64>> {
        let list = sql_list(&self.imports);
        let mut statement = self.connection.prepare(&format!(
            "SELECT number FROM household WHERE import IN ({list}) UNION \
             SELECT number FROM household_past WHERE import IN ({list}) UNION \
             SELECT number FROM seen WHERE kind = {} AND import IN ({list}) \
                AND number IN (SELECT number FROM household_past)",
            household::KIND
        ))?;
        let numbers = statement.query_map([], |row| row.get(0))?;
        numbers.collect()
    }

    /// Folds one household again.
    fn household(&mut self, number: i64) -> Result<()> {
        let mut chain = self.chains.of(number)?;
        let Some(current) = chain
            .iter()
            .position(|version| version.place == Place::Current)
        else {
            return Ok(());
        };
        let (old, new) = self.refold(number, &mut chain)?;
        let Some(row) = chain.get(current).map(|version| version.stored.clone()) else {
            return Ok(());
        };
        let was_gone = row.mark.gone;
        let is_gone = new.is_gone();
        match (was_gone, is_gone) {
            (false, true) => self.report.removed += 1,
            (true, false) => self.report.restored += 1,
            (false, false) => {
                let mut differing = FieldSet::differing(&old.household, &new.household);
                if !new.stated.contains(HouseholdField::Id) {
                    // An id that nobody states any more stays as it is.
                    differing.remove(HouseholdField::Id);
                }
                self.report.changed += u64::from(!differing.is_empty());
            }
            (true, true) => {}
        }
        self.write(&row, &new, &chain)
    }

    /// What followed from the live versions and what follows without this batch. A version without
    /// values of its own that leaned on this batch gets them written down.
    fn refold(&mut self, number: i64, chain: &mut [Version]) -> Result<(Fold, Fold)> {
        let (mut old, mut new) = (Fold::default(), Fold::default());
        let Chains {
            households,
            seen,
            sources,
        } = &mut self.chains;
        for (at, version) in chain.iter_mut().enumerate() {
            let mark = version.stored.mark;
            let is_undone = self.imports.contains(&mark.import);
            if !is_undone && !sources.is_live(mark.import) {
                continue;
            }
            if version.place == Place::Seen {
                old.see(&mark);
                let leans = !FieldSet::differing(&old.household, &new.household)
                    .and(mark.stated)
                    .is_empty();
                if is_undone {
                    continue;
                }
                if leans || new.is_gone() {
                    write_down(households, seen, version, &old, number)?;
                    new.apply(at, &version.stored, false);
                } else {
                    new.see(&mark);
                }
            } else {
                let is_edit = sources.is_edit(mark.import);
                old.apply(at, &version.stored, is_edit);
                if !is_undone {
                    new.apply(at, &version.stored, is_edit);
                }
            }
        }
        Ok((old, new))
    }

    /// Makes the row of a household what follows now.
    fn write(&mut self, row: &Stored, new: &Fold, chain: &[Version]) -> Result<()> {
        let number = row.number;
        let households = &mut self.chains.households;
        let says_something = new.has_import || !new.stated.is_empty();
        let newest = new.newest.filter(|_| says_something);
        let Some(newest) = newest.and_then(|at| chain.get(at)) else {
            let mark = Mark {
                gone: true,
                ..row.mark
            };
            self.dead.push(number);
            return households.update(number, &row.household, &mark);
        };
        let mut household = if new.is_gone() {
            // It keeps the values by which it may be known again.
            let mut household = row.household.clone();
            for field in new.stated.iter() {
                field.copy(&new.household, &mut household);
            }
            household
        } else {
            new.household.clone()
        };
        if !new.stated.contains(HouseholdField::Id) {
            household.id.clone_from(&row.household.id);
        }
        let mark = Mark {
            edited: new.edited,
            gone: new.is_gone(),
            ..newest.stored.mark
        };
        if newest.place != Place::Current {
            households.keep(number)?;
            households.drop_past(number, mark.import)?;
        }
        if !mark.gone && (household.id != row.household.id || row.mark.gone) {
            let id = std::mem::replace(&mut household.id, unsettled_id(number));
            self.ids.push((number, id));
        }
        households.update(number, &household, &mark)
    }

    /// Gives the ids, and clears away households of which nothing is left.
    fn settle(&mut self) -> Result<()> {
        for (number, id) in &self.ids {
            self.chains.households.set_id(*number, id)?;
        }
        if self.dead.is_empty() {
            return Ok(());
        }
        let mut statement = self.connection.prepare(&undo_rows::referenced())?;
        let referenced = statement.query_map([], |row| row.get(0))?;
        let referenced: BTreeSet<i64> = referenced.collect::<Result<_>>()?;
        let mut past = self
            .connection
            .prepare("DELETE FROM household_past WHERE number = ?1")?;
        let mut seen = self
            .connection
            .prepare("DELETE FROM seen WHERE kind = ?1 AND number = ?2")?;
        for number in &self.dead {
            // Members and visits of another file wait for their household to come back.
            if !referenced.contains(number) {
                self.chains.households.remove(*number)?;
                past.execute([number])?;
                seen.execute([household::KIND, *number])?;
            }
        }
        Ok(())
    }
}

/// The files and edits that are not undone.
const LIVE: &str = "SELECT import.number FROM import JOIN batch ON batch.number = import.batch \
    WHERE undone_at_unix_secs IS NULL";

/// Makes a version without values one with the values that it stood for.
fn write_down(
    households: &mut Households<'_>,
    seen: &mut Seen<'_>,
    version: &mut Version,
    old: &Fold,
    number: i64,
) -> Result<()> {
    version.stored.household = old.household.clone();
    version.stored.mark.edited = old.edited;
    version.place = Place::Past;
    let Stored {
        household, mark, ..
    } = &version.stored;
    households.put_past(number, household, mark)?;
    seen.take(number, mark.import)
}
