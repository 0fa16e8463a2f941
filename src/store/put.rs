//! Rows of an import that belong to households, and those of other departments' lists.

use super::import::{Import, opened};
use super::members::Members;
use super::rows::Put;
use crate::model::{ListEntry, Need, Person, Receipt, Resource, Visit};
use crate::words::Fault;
use rusqlite::Result;

/// What putting a row of a household did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PutRow {
    /// It is stored; the ledger knows its household.
    Stored {
        /// What it did.
        put: Put,
        /// Whether the household has the member that the row names. True as well where the row
        /// names none, or where no member of the household is known.
        is_member_known: bool,
    },
    /// The ledger does not have its household: it is not stored.
    UnknownHousehold,
}

macro_rules! puts {
    ($($(#[$doc:meta])* $name:ident $record:ident $rows:ident |$row:ident| $member:expr;)*) => {
        impl Import<'_> {
            $(
                $(#[$doc])*
                pub fn $name(
                    &mut self,
                    $row: &$record,
                    row: u64,
                ) -> std::result::Result<PutRow, Fault> {
                    self.household_and_member(&$row.household_id, $member)
                        .and_then(|found| {
                            let Some((household, is_member_known)) = found else {
                                return Ok(PutRow::UnknownHousehold);
                            };
                            let (connection, file) = (self.connection(), self.file);
                            let rows = opened(&mut self.tables.$rows, connection)?;
                            let put = rows.put(household, $row, file, row)?;
                            Ok(PutRow::Stored { put, is_member_known })
                        })
                        .map_err(|error| self.wrap(&error))
                }
            )*
        }
    };
}

puts! {
    /// Stores a member: known again by ID number, own number or name within the household.
    put_person Person persons |person| "";
    /// Stores a receipt: known again by member, programme and first day.
    put_receipt Receipt receipts |receipt| &receipt.member;
    /// Stores a need: known again by member, category, day and detail.
    put_need Need needs |need| &need.member;
    /// Stores a visit: known again by its days and who went. One that was planned and is done now
    /// is the same.
    put_visit Visit visits |visit| "";
}

impl Import<'_> {
    /// The household of an id, and whether it has a member; nothing where there is none.
    fn household_and_member(&mut self, id: &str, member: &str) -> Result<Option<(i64, bool)>> {
        self.settle()?;
        self.build_index()?;
        let Some(household) = self.chains.households.find(id)? else {
            return Ok(None);
        };
        if member.is_empty() {
            return Ok(Some((household, true)));
        }
        let connection = self.connection();
        let members = match self.members.take() {
            Some(members) => members,
            None => Members::read(connection)?,
        };
        let members = self.members.insert(members);
        let is_known = members.knows(connection, household, member)?;
        Ok(Some((household, is_known)))
    }

    /// Stores somebody who offers help: known again by the id.
    pub fn put_resource(
        &mut self,
        resource: &Resource,
        row: u64,
    ) -> std::result::Result<Put, Fault> {
        let (connection, file) = (self.connection(), self.file);
        opened(&mut self.tables.resources, connection)
            .and_then(|resources| resources.put(0, resource, file, row))
            .map_err(|error| self.wrap(&error))
    }

    /// Stores an entry of the list that the file holds. From the end of the file on the list
    /// holds what the file has; what only an earlier edition had is not shown any more.
    pub fn put_entry(&mut self, entry: &ListEntry, row: u64) -> std::result::Result<Put, Fault> {
        let (connection, file, list) = (self.connection(), self.file, self.list());
        opened(&mut self.tables.entries, connection)
            .and_then(|entries| entries.put(list, entry, file, row))
            .map_err(|error| self.wrap(&error))
    }
}
