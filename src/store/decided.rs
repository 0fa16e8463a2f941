//! What somebody has decided about rows: they are this household, or they are to be placed.

use super::household;
use super::import::{Import, Numbers};
use super::propose::Proposal;
use crate::model::{FieldSet, Household};
use crate::words::Fault;
use rusqlite::Result;

impl Import<'_> {
    /// As [`Import::propose`], for a row of which somebody has said that it is the household of this id, whatever
    /// the row says. [`Proposal::New`] where there is none.
    pub fn propose_as(
        &mut self,
        id: &str,
        household: &Household,
        stated: FieldSet,
    ) -> std::result::Result<Proposal, Fault> {
        self.try_propose_as(id, household, stated)
            .map_err(|error| self.wrap(&error))
    }

    fn try_propose_as(
        &mut self,
        id: &str,
        household: &Household,
        stated: FieldSet,
    ) -> Result<Proposal> {
        self.begin_numbers()?;
        let file = self.file;
        let number = match &mut self.numbers {
            Numbers::Fresh { by_id, .. } => by_id.get(id),
            Numbers::Known(known) => {
                let number = self.chains.households.find(id)?;
                if let Some(number) = number {
                    known.take_number(number, file);
                }
                number
            }
            Numbers::Unasked => None,
        };
        match number {
            Some(number) => self.compare(number, household, stated),
            None => Ok(Proposal::New),
        }
    }

    /// Shows every household that has no position to `visit`, in the order in which they first
    /// came. An error of `visit` ends it.
    pub fn each_unplaced(
        &self,
        visit: &mut dyn FnMut(&Household) -> std::result::Result<(), Fault>,
    ) -> std::result::Result<(), Fault> {
        household::each(self.connection(), self.path(), &mut |_, household| {
            if household.position.is_none() {
                visit(household)
            } else {
                Ok(())
            }
        })
    }
}
