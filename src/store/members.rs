//! Whether a household has the member that a receipt or a need names.

use super::person::is_masked;
use crate::model::{Date, IdNumber};
use rusqlite::{Connection, OptionalExtension, Result};
use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

/// The members of all households, by what they may be named with.
#[derive(Debug)]
pub(super) struct Members {
    hasher: RandomState,
    /// Household and name, ID number or own number, as one hash: a wrong hit would only cost a
    /// note, and comes once in a million million rows.
    named: HashSet<u64>,
    /// Households of which members are known.
    listed: HashSet<i64>,
}

impl Members {
    pub(super) fn read(connection: &Connection) -> Result<Self> {
        let mut members = Self {
            hasher: RandomState::new(),
            named: HashSet::new(),
            listed: HashSet::new(),
        };
        let mut statement = connection.prepare(
            "SELECT household, id, id_number, name, born_day FROM person WHERE gone = 0",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let household: i64 = row.get(0)?;
            members.listed.insert(household);
            for at in 1..=3 {
                let text = row.get_ref(at)?.as_str()?;
                if !text.is_empty() {
                    let key = members.key(household, text);
                    members.named.insert(key);
                }
            }
            // Who has no ID number is known by the birth that one says.
            let born: Option<i32> = row.get(4)?;
            if let Some(born) = born
                && row.get_ref(2)?.as_str()?.is_empty()
            {
                let key = members.key_of_birth(household, born);
                members.named.insert(key);
            }
        }
        Ok(members)
    }

    fn key(&self, household: i64, text: &str) -> u64 {
        self.hasher.hash_one((household, text))
    }

    fn key_of_birth(&self, household: i64, born: i32) -> u64 {
        self.hasher.hash_one((household, born))
    }

    /// Whether somebody of a household has no ID number, and the birth that this one says.
    fn is_born_as(&self, household: i64, id_number: &str) -> bool {
        // Only its form is asked: no ID number is from after the year 9999.
        let day = Date::from_ymd(9999, 12, 31).unwrap_or(Date::from_days(0));
        let number = IdNumber::parse(id_number, day).ok();
        number
            .and_then(|(number, _)| number.born())
            .is_some_and(|born| {
                self.named
                    .contains(&self.key_of_birth(household, born.days()))
            })
    }

    /// Whether a household has a member. Nobody can tell where none of its members is known, or
    /// where the name is masked; then it counts as known.
    pub(super) fn knows(
        &self,
        connection: &Connection,
        household: i64,
        member: &str,
    ) -> Result<bool> {
        if member.is_empty() || is_masked(member) || !self.listed.contains(&household) {
            return Ok(true);
        }
        if self.named.contains(&self.key(household, member)) {
            return Ok(true);
        }
        if self.is_born_as(household, member) {
            return Ok(true);
        }
        let mut statement = connection.prepare_cached(
            "SELECT 1 FROM household WHERE number = ?1 AND (head_name = ?2 OR id_number = ?2)",
        )?;
        let is_head = statement.query_row((household, member), |_| Ok(()));
        Ok(is_head.optional()?.is_some())
    }
}
