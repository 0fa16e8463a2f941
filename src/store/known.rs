//! Which stored household a row means: by the head's ID number first, then by the household id.

use super::household::{self, Households};
use crate::model::{Date, Household, IdNumber};
use ahash::AHashMap;
use rusqlite::{Connection, Result};
use std::collections::BTreeMap;

/// What is kept in memory of a stored household.
#[derive(Debug)]
struct Entry {
    number: i64,
    /// The newest file that spoke of it; 0 where none did.
    last_import: i64,
    /// The ID number as a number; 0 where it is none that can be trusted.
    id_number: u64,
    /// The file of this import that has it; 0 for none.
    taken_by: i64,
    is_gone: bool,
}

/// A key that more than one has.
const SEVERAL: usize = usize::MAX;

/// All stored households, as far as matching needs them.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// In the order of their numbers.
    entries: Vec<Entry>,
    /// Places of those that are there.
    by_id_number: AHashMap<u64, usize>,
    /// Places of those that were gone when this began.
    gone_by_id_number: AHashMap<u64, usize>,
    /// The same by id and name of the head.
    gone_by_id: AHashMap<(String, String), usize>,
    /// How often an ID number stands in the file that is being read.
    in_file: AHashMap<u64, u8>,
}

/// The 17 digits of a valid ID number as a number (15 for the old form, marked), or 0.
pub(super) fn id_number_key(text: &str) -> u64 {
    // Whether a birth date lies in the future is not the question here.
    let Some(last_day) = Date::from_ymd(9999, 12, 31) else {
        return 0;
    };
    if text.is_empty() {
        return 0;
    }
    let Ok((number, _)) = IdNumber::parse(text, last_day) else {
        return 0;
    };
    let is_legacy = number.as_str().len() == 15;
    let digits = number.as_str().bytes().take(17);
    let value = digits.fold(0_u64, |sum, digit| {
        sum * 10 + u64::from(digit.wrapping_sub(b'0'))
    });
    value | u64::from(is_legacy) << 63
}

impl Known {
    /// Reads what is stored.
    pub(super) fn read(connection: &Connection) -> Result<Self> {
        let mut known = Self::default();
        let mut statement = connection.prepare(
            "SELECT number, id, id_number, head_name, gone, \
             CASE WHEN import IN (SELECT number FROM import \
             WHERE kind IN ('edit', 'addresses')) THEN 0 ELSE import END FROM household ORDER BY number",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let text = |at: usize| -> Result<&str> { Ok(row.get_ref(at)?.as_str()?) };
            let entry = Entry {
                number: row.get(0)?,
                last_import: row.get(5)?,
                id_number: id_number_key(text(2)?),
                taken_by: 0,
                is_gone: row.get(4)?,
            };
            let at = known.entries.len();
            if entry.is_gone {
                let by_id = (text(1)?.to_owned(), text(3)?.to_owned());
                known.gone_by_id.insert(by_id, at);
                if entry.id_number != 0 {
                    known.gone_by_id_number.insert(entry.id_number, at);
                }
            } else {
                known.claim_id_number(at, entry.id_number);
            }
            known.entries.push(entry);
        }
        known.read_last_imports(connection)?;
        Ok(known)
    }

    /// Earlier versions and sightings may be of newer files than the version that is current.
    fn read_last_imports(&mut self, connection: &Connection) -> Result<()> {
        let mut statement = connection.prepare(&format!(
            "WITH live AS (SELECT import.number FROM import JOIN batch ON batch.number = batch \
             WHERE undone_at_unix_secs IS NULL AND import.kind NOT IN ('edit', 'addresses')) \
             SELECT number, import FROM household_past WHERE import IN live UNION ALL \
             SELECT number, import FROM seen WHERE kind = {} AND import IN live",
            household::KIND
        ))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (number, import): (i64, i64) = (row.get(0)?, row.get(1)?);
            let at = self.place(number);
            if let Some(entry) = at.and_then(|at| self.entries.get_mut(at)) {
                entry.last_import = entry.last_import.max(import);
            }
        }
        Ok(())
    }

    /// The number that the next household gets.
    pub(super) fn next_number(&self) -> i64 {
        self.entries.last().map_or(1, |entry| entry.number + 1)
    }

    fn place(&self, number: i64) -> Option<usize> {
        let found = self
            .entries
            .binary_search_by_key(&number, |entry| entry.number);
        found.ok()
    }

    fn claim_id_number(&mut self, at: usize, id_number: u64) {
        if id_number != 0 {
            self.by_id_number
                .entry(id_number)
                .and_modify(|place| *place = SEVERAL)
                .or_insert(at);
        }
    }

    /// Another file begins.
    pub(super) fn begin_file(&mut self) {
        self.in_file.clear();
    }

    /// The file will have a row with this ID number.
    pub(super) fn foresee(&mut self, id_number: &str) {
        let key = id_number_key(id_number);
        if key != 0 {
            let count = self.in_file.entry(key).or_default();
            *count = count.saturating_add(1);
        }
    }

    /// A row of the file `import` is this household.
    pub(super) fn take_number(&mut self, number: i64, import: i64) {
        if let Some(at) = self.place(number) {
            self.take(at, import);
        }
    }

    /// The only one with an ID number.
    fn holder(&self, key: u64) -> Option<usize> {
        let at = *self.by_id_number.get(&key)?;
        (at != SEVERAL).then_some(at)
    }

    /// Takes a household for a row of the file `import`, unless another row has it.
    fn take(&mut self, at: usize, import: i64) -> Option<i64> {
        let entry = self.entries.get_mut(at)?;
        if entry.taken_by == import {
            return None;
        }
        entry.taken_by = import;
        Some(entry.number)
    }

    /// The stored household that a row of the file `import` means, taken for that row.
    pub(super) fn find(
        &mut self,
        household: &Household,
        import: i64,
        households: &mut Households<'_>,
    ) -> Result<Option<i64>> {
        let key = id_number_key(&household.id_number);
        if key != 0
            && self.in_file.get(&key).is_none_or(|count| *count == 1)
            && let Some(at) = self.holder(key)
            && let Some(number) = self.take(at, import)
        {
            return Ok(Some(number));
        }
        if let Some(number) = households.find(&household.id)?
            && let Some(at) = self.place(number)
            && !self.is_anothers(at, key)
            && let Some(number) = self.take(at, import)
        {
            return Ok(Some(number));
        }
        Ok(self.find_gone(household, key, import))
    }

    /// Whether another row of the file has the ID number of this household: it is that row's.
    fn is_anothers(&self, at: usize, key: u64) -> bool {
        self.entries.get(at).is_some_and(|entry| {
            entry.id_number != key
                && self.holder(entry.id_number) == Some(at)
                && self.in_file.get(&entry.id_number) == Some(&1)
        })
    }

    /// One that was there before. Ids are given to others, so the id alone does not do.
    fn find_gone(&mut self, household: &Household, key: u64, import: i64) -> Option<i64> {
        if self.gone_by_id.is_empty() {
            return None;
        }
        let by_id = (household.id.clone(), household.head_name.clone());
        let by_id_number = self.gone_by_id_number.get(&key);
        let at = *by_id_number.or_else(|| self.gone_by_id.get(&by_id))?;
        let entry = self.entries.get_mut(at)?;
        let contradicts = key != 0 && entry.id_number != 0 && key != entry.id_number;
        if !entry.is_gone || contradicts {
            return None;
        }
        entry.is_gone = false;
        entry.id_number = key;
        self.claim_id_number(at, key);
        self.take(at, import)
    }

    /// A household that this import adds.
    pub(super) fn add(&mut self, number: i64, id_number: &str, import: i64) {
        let at = self.entries.len();
        let id_number = id_number_key(id_number);
        self.entries.push(Entry {
            number,
            last_import: import,
            id_number,
            taken_by: import,
            is_gone: false,
        });
        self.claim_id_number(at, id_number);
    }

    /// The ID number of a household has changed.
    pub(super) fn set_id_number(&mut self, number: i64, id_number: &str) {
        let Some(at) = self.place(number) else {
            return;
        };
        let key = id_number_key(id_number);
        if let Some(entry) = self.entries.get_mut(at)
            && entry.id_number != key
        {
            if self.by_id_number.get(&entry.id_number) == Some(&at) {
                self.by_id_number.remove(&entry.id_number);
            }
            entry.id_number = key;
            self.claim_id_number(at, key);
        }
    }

    /// For each file of this import (the first of them is `first`) the earlier file that most of
    /// its households were last spoken of by, where that is at least half of them.
    pub(super) fn earlier_editions(&self, first: i64) -> Vec<i64> {
        let mut counts: BTreeMap<i64, BTreeMap<i64, u64>> = BTreeMap::new();
        for entry in &self.entries {
            if entry.taken_by != 0 && entry.last_import < first {
                let of_file = counts.entry(entry.taken_by).or_default();
                *of_file.entry(entry.last_import).or_default() += 1;
            }
        }
        let editions = counts.values().filter_map(|of_file| {
            let matched: u64 = of_file.values().sum();
            let (list, count) = of_file.iter().max_by_key(|(_, count)| **count)?;
            let is_only = of_file.values().filter(|other| *other == count).count() == 1;
            (*list != 0 && is_only && count * 2 >= matched).then_some(*list)
        });
        editions.collect()
    }

    /// The households of some earlier files that no file of this import has.
    pub(super) fn missing(&self, earlier: &[i64]) -> Vec<i64> {
        let missing = self.entries.iter().filter(|entry| {
            entry.taken_by == 0 && !entry.is_gone && earlier.contains(&entry.last_import)
        });
        missing.map(|entry| entry.number).collect()
    }

    /// The households that no file of this import has, whatever file they are from.
    pub(super) fn unseen(&self, first: i64) -> Vec<i64> {
        let unseen = self
            .entries
            .iter()
            .filter(|entry| entry.taken_by == 0 && !entry.is_gone && entry.last_import < first);
        unseen.map(|entry| entry.number).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_valid_id_numbers_are_keys() {
        assert_eq!(id_number_key("34052419800101001X"), 34_052_419_800_101_001);
        assert_eq!(
            id_number_key("'34052419800101001x"),
            id_number_key("34052419800101001X")
        );
        assert_ne!(id_number_key("340524800101001"), 0);
        for text in ["", "340524198001010011", "3405**********001X", "3.4E+17"] {
            assert_eq!(id_number_key(text), 0, "{text}");
        }
    }
}
