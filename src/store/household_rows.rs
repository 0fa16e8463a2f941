//! The rows of the long tables that belong to one household, each with where it came from.

use super::batch::Sources;
use super::household::{Households, Mark};
use super::rows::{self, Record};
use super::{Workspace, fault};
use crate::model::{FieldSet, Need, Note, Origin, Person, Receipt, Review, Visit};
use crate::words::Fault;
use rusqlite::{Connection, Result};

/// The numbers of the edits among the imports.
pub(super) const EDITS: &str = "SELECT number FROM import WHERE kind = 'edit'";

/// A row and where it came from.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded<T> {
    /// Its number in its table: it stays the same from version to version.
    pub number: i64,
    /// The file and row, or the edit, that said it last.
    pub origin: Origin,
    /// What it says.
    pub record: T,
}

/// The rows of one household, in the order in which they first came.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct HouseholdRows {
    /// The members.
    pub members: Vec<Recorded<Person>>,
    /// The receipts, those that have ended among them.
    pub receipts: Vec<Recorded<Receipt>>,
    /// The needs, those that are met among them.
    pub needs: Vec<Recorded<Need>>,
    /// The visits, planned and done.
    pub visits: Vec<Recorded<Visit>>,
    /// What people wrote down.
    pub notes: Vec<Recorded<Note>>,
    /// The reviews of receipts that people recorded.
    pub reviews: Vec<Recorded<Review>>,
}

impl Workspace {
    /// The rows of a household. Its id stands in each.
    ///
    /// # Errors
    /// No household has this id.
    pub fn rows_of(&self, id: &str) -> std::result::Result<HouseholdRows, Fault> {
        let wrap = |error: rusqlite::Error| fault::of(self.path(), &error);
        let connection = self.connection();
        let number = Households::prepare(connection)
            .and_then(|mut households| households.find(id))
            .map_err(wrap)?
            .ok_or_else(|| Fault::input(crate::words::Message::new("store.no_household")))?;
        read_all(connection, number, id).map_err(wrap)
    }
}

fn read_all(connection: &Connection, number: i64, id: &str) -> Result<HouseholdRows> {
    let sources = Sources::read(connection)?;
    Ok(HouseholdRows {
        members: read(connection, &sources, number, id)?,
        receipts: read(connection, &sources, number, id)?,
        needs: read(connection, &sources, number, id)?,
        visits: read(connection, &sources, number, id)?,
        notes: read(connection, &sources, number, id)?,
        reviews: read(connection, &sources, number, id)?,
    })
}

fn read<T: Record>(
    connection: &Connection,
    sources: &Sources,
    household: i64,
    id: &str,
) -> Result<Vec<Recorded<T>>> {
    let mut recorded = Vec::new();
    let condition = format!("AND {} = {household}", T::TABLE.owner);
    for stored in rows::all_of::<T>(connection, &condition)? {
        let mark = Mark {
            import: stored.import,
            row: stored.row,
            stated: FieldSet::NONE,
            ..Mark::default()
        };
        let mut record = stored.record;
        if let Some(place) = record.household_id() {
            id.clone_into(place);
        }
        recorded.extend(sources.origin(&mark).map(|origin| Recorded {
            number: stored.number,
            origin,
            record,
        }));
    }
    Ok(recorded)
}
