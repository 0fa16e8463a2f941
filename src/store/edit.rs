//! What people change here: each time a batch of its own, which can be undone like an import.

use super::batch::{self, BatchKind, Stamp};
use super::household::{Mark, Stored};
use super::rows::{Record, Rows};
use super::undo::is_clash;
use super::version::Chains;
use super::{Workspace, fault, record};
use crate::model::{FieldSet, Household, Need, Note, Person, Receipt, Review, Visit};
use crate::words::{Fault, Message};
use rusqlite::{Connection, Transaction, TransactionBehavior};

/// Values that somebody gives a household.
#[derive(Debug, Clone, PartialEq)]
pub struct HouseholdEdit {
    /// Its id as it is now.
    pub id: String,
    /// A household with the new values.
    pub household: Household,
    /// Which of its values are meant.
    pub fields: FieldSet,
}

impl Workspace {
    /// Gives a household some values; gives the number of the batch.
    pub fn edit_household(
        &mut self,
        edit: &HouseholdEdit,
        stamp: Stamp<'_>,
    ) -> std::result::Result<i64, Fault> {
        self.edit_many(std::slice::from_ref(edit), stamp)
    }

    /// Gives many households some values, all in one batch; gives its number.
    pub fn edit_many(
        &mut self,
        edits: &[HouseholdEdit],
        stamp: Stamp<'_>,
    ) -> std::result::Result<i64, Fault> {
        self.in_batch(stamp, |chains, _, import| {
            for edit in edits {
                let number = find(self, chains, &edit.id)?;
                write(chains, number, edit, import).map_err(|error| {
                    if is_clash(&error) {
                        Fault::input(Message::new("store.id_taken"))
                    } else {
                        fault::of(self.path(), &error)
                    }
                })?;
            }
            Ok(())
        })
    }

    /// Makes two households one: members, receipts, needs, visits, notes and reviews of the second become
    /// the first one's, but for those that it has already; the second is gone. Gives the number of
    /// the batch.
    pub fn merge_households(
        &mut self,
        keep_id: &str,
        drop_id: &str,
        stamp: Stamp<'_>,
    ) -> std::result::Result<i64, Fault> {
        self.in_batch(stamp, |chains, connection, import| {
            let wrap = |error: rusqlite::Error| fault::of(self.path(), &error);
            let keep = find(self, chains, keep_id)?;
            let drop = find(self, chains, drop_id)?;
            if keep == drop {
                return Err(Fault::input(Message::new("store.merge_with_itself")));
            }
            give::<Person>(connection, drop, keep, import).map_err(wrap)?;
            give::<Receipt>(connection, drop, keep, import).map_err(wrap)?;
            give::<Need>(connection, drop, keep, import).map_err(wrap)?;
            give::<Visit>(connection, drop, keep, import).map_err(wrap)?;
            give::<Note>(connection, drop, keep, import).map_err(wrap)?;
            give::<Review>(connection, drop, keep, import).map_err(wrap)?;
            let mut stored = Stored::default();
            chains.households.get(drop, &mut stored).map_err(wrap)?;
            chains.households.keep(drop).map_err(wrap)?;
            let mark = Mark {
                import,
                row: 0,
                stated: FieldSet::NONE,
                edited: stored.mark.edited,
                gone: true,
            };
            chains
                .households
                .update(drop, &stored.household, &mark)
                .map_err(wrap)
        })
    }

    /// Runs an edit in a transaction and a batch of its own.
    pub(super) fn in_batch(
        &self,
        stamp: Stamp<'_>,
        edit: impl FnOnce(&mut Chains<'_>, &Connection, i64) -> std::result::Result<(), Fault>,
    ) -> std::result::Result<i64, Fault> {
        let wrap = |error: rusqlite::Error| fault::of(self.path(), &error);
        self.check_writable()?;
        let connection = self.connection();
        let transaction =
            Transaction::new_unchecked(connection, TransactionBehavior::Immediate).map_err(wrap)?;
        let batch = batch::next_number(connection).map_err(wrap)?;
        let import = record::next_number(connection).map_err(wrap)?;
        batch::put(connection, batch, BatchKind::Edit, stamp).map_err(wrap)?;
        record::put_edit(connection, import, batch, stamp.at_unix_secs).map_err(wrap)?;
        let mut chains = Chains::prepare(connection).map_err(wrap)?;
        edit(&mut chains, connection, import)?;
        drop(chains);
        transaction.commit().map_err(wrap)?;
        Ok(batch)
    }
}

pub(super) fn find(
    workspace: &Workspace,
    chains: &mut Chains<'_>,
    id: &str,
) -> std::result::Result<i64, Fault> {
    let found = chains.households.find(id);
    found
        .map_err(|error| fault::of(workspace.path(), &error))?
        .ok_or_else(|| Fault::input(Message::new("store.no_household")))
}

fn write(
    chains: &mut Chains<'_>,
    number: i64,
    edit: &HouseholdEdit,
    import: i64,
) -> rusqlite::Result<()> {
    let mut stored = Stored::default();
    chains.households.get(number, &mut stored)?;
    for field in edit.fields.iter() {
        field.copy(&edit.household, &mut stored.household);
    }
    let mut mark = Mark {
        import,
        row: 0,
        stated: edit.fields,
        edited: stored.mark.edited.or(edit.fields),
        gone: false,
    };
    if stored.mark.import == import {
        mark.stated = mark.stated.or(stored.mark.stated);
    } else {
        chains.households.keep(number)?;
    }
    chains.households.update(number, &stored.household, &mark)
}

fn give<T: Record>(
    connection: &Connection,
    from: i64,
    to: i64,
    import: i64,
) -> rusqlite::Result<()> {
    Rows::<T>::open(connection)?.give(connection, from, to, import)
}
