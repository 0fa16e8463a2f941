//! Households whose ids change: an office may number all of them anew, so that every new id is
//! still another household's while the file is read. Ids are settled behind the last row.

use super::household::{Stored, unsettled_id};
use super::import::Import;
use crate::model::{FieldSet, HouseholdField};
use crate::words::Fault;
use rusqlite::Result;
use std::collections::BTreeMap;

/// A household whose new id was still another's when its row came.
#[derive(Debug)]
pub(super) struct Unsettled {
    number: i64,
    wanted: String,
    file: i64,
    row: u64,
    /// It was not there before this import, so there is no id that it could keep.
    is_new: bool,
    returns: bool,
}

impl Unsettled {
    pub(super) fn new_household(number: i64, wanted: String, file: i64, row: u64) -> Self {
        Self {
            number,
            wanted,
            file,
            row,
            is_new: true,
            returns: false,
        }
    }

    pub(super) fn renumbered(
        number: i64,
        wanted: String,
        file: i64,
        row: u64,
        returns: bool,
    ) -> Self {
        Self {
            number,
            wanted,
            file,
            row,
            is_new: false,
            returns,
        }
    }
}

/// A row whose household id belongs to another household that keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdClash {
    /// The file, by the number that [`Import::begin_file`] gave.
    pub file: i64,
    /// Its row.
    pub row: u64,
    /// The id that could not be given.
    pub wanted: String,
    /// The id that the household keeps; `None` where it is not stored at all.
    pub kept: Option<String>,
}

impl Import<'_> {
    /// Gives households the ids that their rows say, as far as no other household keeps them, and
    /// says which could not be given. To be called behind the last row of a ledger.
    pub fn finish_households(&mut self) -> std::result::Result<Vec<IdClash>, Fault> {
        self.settle().map_err(|error| self.wrap(&error))?;
        Ok(std::mem::take(&mut self.clashes))
    }

    pub(super) fn settle(&mut self) -> Result<()> {
        if self.unsettled.is_empty() {
            return Ok(());
        }
        self.build_index()?;
        let unsettled = std::mem::take(&mut self.unsettled);
        let refused = self.refused(&unsettled)?;
        let households = &mut self.chains.households;
        let all = unsettled.iter().zip(&refused);
        let (given, kept): (Vec<_>, Vec<_>) = all.partition(|(_, is_refused)| !**is_refused);
        // Out of each other's way first, then to their places.
        for (one, _) in &given {
            households.set_id(one.number, &unsettled_id(one.number))?;
        }
        for (one, _) in &given {
            households.set_id(one.number, &one.wanted)?;
        }
        for (one, _) in kept {
            let id = self.keep_id(one)?;
            self.clashes.push(IdClash {
                file: one.file,
                row: one.row,
                wanted: one.wanted.clone(),
                kept: id,
            });
        }
        Ok(())
    }

    /// Which of them cannot have what they want: another household has it and keeps it.
    fn refused(&mut self, unsettled: &[Unsettled]) -> Result<Vec<bool>> {
        let places = unsettled.iter().enumerate();
        let by_number: BTreeMap<i64, usize> = places.map(|(at, one)| (one.number, at)).collect();
        let mut refused = vec![false; unsettled.len()];
        let mut open = Vec::new();
        // Who waits for whose id.
        let mut waiting: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut wanted: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, one) in unsettled.iter().enumerate() {
            let holder = self.chains.households.find(&one.wanted)?;
            let holder = holder.filter(|holder| *holder != one.number);
            let is_first = wanted.insert(&one.wanted, at).is_none();
            match holder.map(|holder| by_number.get(&holder)) {
                Some(Some(holder)) if is_first => waiting.entry(*holder).or_default().push(at),
                None if is_first => {}
                _ => open.push(at),
            }
        }
        while let Some(at) = open.pop() {
            if let Some(is_refused) = refused.get_mut(at)
                && !std::mem::replace(is_refused, true)
            {
                open.extend(waiting.remove(&at).unwrap_or_default());
            }
        }
        Ok(refused)
    }

    /// Leaves a household its old id, which the file does not state. One that has none goes.
    fn keep_id(&mut self, one: &Unsettled) -> Result<Option<String>> {
        let households = &mut self.chains.households;
        if one.is_new {
            households.remove(one.number)?;
            return Ok(None);
        }
        if one.returns {
            // As gone as before.
            let past = households.past(one.number)?;
            if let Some(last) = past.iter().max_by_key(|version| version.mark.import) {
                households.update(one.number, &last.household, &last.mark)?;
                households.drop_past(one.number, last.mark.import)?;
            }
            return Ok(None);
        }
        households.unstate(one.number, FieldSet::from_iter([HouseholdField::Id]))?;
        let mut stored = Stored::default();
        households.get(one.number, &mut stored)?;
        Ok(Some(stored.household.id))
    }
}
