//! Which household somebody lives in, by their ID number: tables of other departments know nothing
//! else of a household.

use super::known::id_number_key;
use ahash::AHashMap;
use rusqlite::{Connection, Result};

/// Heads of household and members, by ID number.
#[derive(Debug)]
pub(super) struct IdNumbers {
    /// The household, or nothing where the number stands in several.
    household: AHashMap<u64, Option<i64>>,
}

impl IdNumbers {
    pub(super) fn read(connection: &Connection) -> Result<Self> {
        let mut found = Self {
            household: AHashMap::new(),
        };
        for sql in [
            "SELECT number, id_number FROM household WHERE gone = 0 AND id_number <> ''",
            "SELECT household, id_number FROM person WHERE gone = 0 AND id_number <> ''",
        ] {
            let mut statement = connection.prepare(sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                found.add(row.get(0)?, row.get_ref(1)?.as_str()?);
            }
        }
        Ok(found)
    }

    fn add(&mut self, household: i64, id_number: &str) {
        let key = id_number_key(id_number);
        if key == 0 {
            return;
        }
        let known = self.household.entry(key).or_insert(Some(household));
        if *known != Some(household) {
            *known = None;
        }
    }

    /// The one household of an ID number.
    pub(super) fn household(&self, id_number: &str) -> Option<i64> {
        let key = id_number_key(id_number);
        self.household.get(&key).copied().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_stands_in_two_households_is_nobodys() {
        let mut numbers = IdNumbers {
            household: AHashMap::new(),
        };
        numbers.add(1, "34052419800101001X");
        numbers.add(1, "34052419800101001x");
        numbers.add(2, "370101190102039973");
        numbers.add(3, "370101190102039973");
        numbers.add(4, "not a number");
        assert_eq!(numbers.household("34052419800101001X"), Some(1));
        assert_eq!(numbers.household("370101190102039973"), None);
        assert_eq!(numbers.household("not a number"), None);
    }
}
