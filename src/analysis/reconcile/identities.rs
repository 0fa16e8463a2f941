//! Which rows are one person.

use super::{EntryView, LedgerPerson, ListMembers, ListView, MatchedBy, Members, households_of};
use crate::analysis::each_row::each_row;
use crate::analysis::person_key::{PlainId, plain_name, plain_phone};
use crate::base::{Cancelled, Progress};
use crate::model::ParsedAddress;
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

/// A person: a number from 0; those of the ledger come first.
type Identity = u32;

/// What a key leads to where it fits two persons.
const SEVERAL: Identity = u32::MAX;

/// A row in the form in which it is compared; 0 where nothing is known. Texts are compared by
/// hashes of 64 bits, the same in every run.
#[derive(Debug, Clone, Copy, Default)]
struct Row {
    id: u64,
    name: u64,
    household: u64,
    phone: u64,
}

/// Persons by their keys.
#[derive(Debug, Default)]
struct Known {
    /// The valid ID number of each person, 0 where none is known.
    id: Vec<u64>,
    by_id: HashMap<u64, Identity>,
    by_key: HashMap<u64, Identity>,
}

pub(super) struct Identities {
    /// Of each person of the ledger.
    ledger: Vec<Identity>,
    /// Of each row of each list, and by what the ledger knows them.
    rows: Vec<Vec<(Identity, Option<MatchedBy>)>>,
}

impl Identities {
    pub(super) fn of(
        persons: &[LedgerPerson<'_>],
        lists: &[&[EntryView<'_>]],
        progress: &Progress,
    ) -> Result<Self, Cancelled> {
        let ledger_rows = each_row(persons, progress, |person| {
            Row::of(
                person.name,
                person.id_number,
                person.phone,
                person.household_id,
            )
        })?;
        let list_rows: Vec<Vec<Row>> = lists
            .iter()
            .map(|entries| {
                each_row(entries, progress, |entry| {
                    Row::of(entry.name, entry.id_number, entry.phone, entry.household_id)
                })
            })
            .collect::<Result<_, Cancelled>>()?;

        let mut known = Known::default();
        let ledger = known.ledger(persons, &ledger_rows);
        for (row, identity) in ledger_rows.iter().zip(&ledger) {
            for key in [row.key(MatchedBy::Household), row.key(MatchedBy::Phone)] {
                known.add_key(key, *identity);
            }
        }
        progress.tick(0)?;
        let mut rows: Vec<Vec<(Identity, Option<MatchedBy>)>> = list_rows
            .par_iter()
            .map(|rows| rows.iter().map(|row| known.find(row)).collect())
            .collect();

        // Addresses take long to read: only those of names that are still looked for.
        let sought: HashSet<u64> = list_rows
            .iter()
            .zip(&rows)
            .flat_map(|(rows, found)| rows.iter().zip(found))
            .filter(|(row, found)| found.1.is_none() && row.name != 0)
            .map(|(row, _)| row.name)
            .collect();
        let doors: Vec<Option<u64>> = persons
            .par_iter()
            .zip(&ledger_rows)
            .map(|(person, row)| {
                let is_sought = sought.contains(&row.name);
                is_sought.then(|| door_key(row.name, person.address))?
            })
            .collect();
        for (door, identity) in doors.iter().zip(&ledger) {
            known.add_key(*door, *identity);
        }
        progress.tick(0)?;
        let ledger_people = known.id.len() as u32;
        let doors: Vec<Vec<Option<u64>>> = lists
            .iter()
            .zip(&list_rows)
            .zip(&rows)
            .map(|((entries, list_rows), found)| {
                let rows = entries.par_iter().zip(list_rows).zip(found);
                rows.map(|((entry, row), found)| {
                    let is_sought = found.1.is_none() && row.name != 0;
                    is_sought.then(|| door_key(row.name, entry.address))?
                })
                .collect()
            })
            .collect();
        for ((list_rows, found), doors) in list_rows.iter().zip(&mut rows).zip(&doors) {
            for ((row, found), door) in list_rows.iter().zip(found).zip(doors) {
                if found.1.is_none()
                    && let Some(identity) = known.at(*door, row.id)
                {
                    *found = (identity, Some(MatchedBy::Address));
                }
            }
        }
        progress.tick(0)?;

        // Whom the ledger does not know: those with an ID number first, they tell more.
        let mut strangers = Known {
            id: vec![0; ledger_people as usize],
            ..Known::default()
        };
        for has_id in [true, false] {
            for ((list_rows, found), doors) in list_rows.iter().zip(&mut rows).zip(&doors) {
                for ((row, found), door) in list_rows.iter().zip(found).zip(doors) {
                    if found.1.is_none() && (row.id != 0) == has_id {
                        found.0 = strangers.settle(row, *door);
                    }
                }
            }
        }
        Ok(Self { ledger, rows })
    }

    /// Identity and household of everybody in the ledger, sorted, each once.
    pub(super) fn households(&self, persons: &[LedgerPerson<'_>]) -> Vec<(u32, u32)> {
        let of = self.ledger.iter().zip(persons);
        let mut pairs: Vec<(u32, u32)> = of
            .map(|(identity, person)| (*identity, person.household))
            .collect();
        pairs.par_sort_unstable();
        pairs.dedup();
        pairs
    }

    /// The members of a list, and how many of its rows were matched by what.
    pub(super) fn members(
        &self,
        nth: usize,
        list: &ListView<'_>,
        households: &[(u32, u32)],
    ) -> (Members, [usize; 4]) {
        let mut of_list = Members::default();
        let mut matched_by = [0; 4];
        match list.members {
            ListMembers::Entries(_) => {
                let rows = self.rows.get(nth).map_or(&[][..], Vec::as_slice);
                for (row, (identity, by)) in rows.iter().enumerate() {
                    of_list.who.push(*identity);
                    match by {
                        Some(by) => {
                            if let Some(count) = matched_by.get_mut(*by as usize) {
                                *count += 1;
                            }
                        }
                        None => of_list.unmatched.push((*identity, row as u32)),
                    }
                }
                of_list.unmatched.sort_unstable();
            }
            ListMembers::Persons(persons) => {
                let persons = persons.iter();
                let known = persons.filter_map(|person| self.ledger.get(*person as usize));
                of_list.who = known.copied().collect();
            }
            ListMembers::Households(households) => {
                of_list.counts_households = true;
                of_list.who = households.to_vec();
            }
        }
        of_list.who.par_sort_unstable();
        of_list.who.dedup();
        if !of_list.counts_households {
            let members = of_list.who.iter();
            of_list.households = members
                .flat_map(|member| households_of(households, *member))
                .collect();
            of_list.households.par_sort_unstable();
            of_list.households.dedup();
        }
        (of_list, matched_by)
    }
}

impl Known {
    fn person(&mut self, id: u64) -> Identity {
        let identity = self.id.len() as Identity;
        self.id.push(id);
        identity
    }

    /// A key leads to its person, or to nobody where it fits two.
    fn add_key(&mut self, key: Option<u64>, identity: Identity) {
        let Some(key) = key else { return };
        let there = self.by_key.entry(key).or_insert(identity);
        if *there != identity {
            *there = SEVERAL;
        }
    }

    /// Whom a key leads to, where the ID numbers of both do not say otherwise.
    fn at(&self, key: Option<u64>, id: u64) -> Option<Identity> {
        let identity = *self.by_key.get(&key?)?;
        let known = *self.id.get(identity as usize)?;
        (known == 0 || id == 0 || known == id).then_some(identity)
    }

    /// One identity for a head and the member who is the same.
    fn ledger(&mut self, persons: &[LedgerPerson<'_>], rows: &[Row]) -> Vec<Identity> {
        let mut ledger = vec![SEVERAL; rows.len()];
        for (row, identity) in rows.iter().zip(&mut ledger).filter(|(row, _)| row.id != 0) {
            let known = self.by_id.get(&row.id).copied();
            *identity = known.unwrap_or_else(|| self.person(row.id));
            self.by_id.insert(row.id, *identity);
        }
        let mut within = Self::default();
        let key = |row: &Row, person: &LedgerPerson<'_>| {
            (row.name != 0).then(|| hash(&(row.name, person.household)))
        };
        for ((row, person), identity) in rows.iter().zip(persons).zip(&ledger) {
            if row.id != 0 {
                within.add_key(key(row, person), *identity);
            }
        }
        within.id.clone_from(&self.id);
        for ((row, person), identity) in rows.iter().zip(persons).zip(&mut ledger) {
            if row.id == 0 {
                let known = within.at(key(row, person), 0);
                *identity = known.unwrap_or_else(|| {
                    within.id.push(0);
                    self.person(0)
                });
                within.add_key(key(row, person), *identity);
            }
        }
        ledger
    }

    /// Whom the ledger has for a row, by all but the address.
    fn find(&self, row: &Row) -> (Identity, Option<MatchedBy>) {
        let by_id = (row.id != 0).then(|| self.by_id.get(&row.id)).flatten();
        if let Some(identity) = by_id {
            return (*identity, Some(MatchedBy::IdNumber));
        }
        [MatchedBy::Household, MatchedBy::Phone]
            .into_iter()
            .find_map(|by| Some((self.at(row.key(by), row.id)?, Some(by))))
            .unwrap_or((SEVERAL, None))
    }

    /// Somebody whom the ledger does not know: the same as an earlier row, or new.
    fn settle(&mut self, row: &Row, door: Option<u64>) -> Identity {
        let keys = [
            row.key(MatchedBy::Household),
            row.key(MatchedBy::Phone),
            door,
        ];
        let by_id = (row.id != 0).then(|| self.by_id.get(&row.id).copied());
        let earlier = match by_id {
            Some(by_id) => by_id,
            None => keys.into_iter().find_map(|key| self.at(key, 0)),
        };
        let identity = earlier.unwrap_or_else(|| self.person(row.id));
        if row.id != 0 {
            self.by_id.insert(row.id, identity);
        }
        for key in keys {
            self.add_key(key, identity);
        }
        identity
    }
}

impl Row {
    fn of(name: &str, id_number: &str, phone: &str, household_id: &str) -> Self {
        let id = PlainId::parse(id_number).filter(|id| id.is_valid);
        let name = plain_name(name);
        let household = household_id.trim().trim_start_matches('\'');
        Self {
            id: id.map_or(0, PlainId::code),
            name: if name.is_empty() { 0 } else { hash(&name) },
            household: if household.is_empty() {
                0
            } else {
                hash(&household)
            },
            phone: plain_phone(phone),
        }
    }

    /// The name with the household's id or the telephone.
    fn key(&self, by: MatchedBy) -> Option<u64> {
        let value = match by {
            MatchedBy::Household => self.household,
            MatchedBy::Phone => self.phone,
            MatchedBy::IdNumber | MatchedBy::Address => 0,
        };
        (self.name != 0 && value != 0).then(|| hash(&(by as u8, self.name, value)))
    }
}

/// The name with the door.
fn door_key(name: u64, address: &str) -> Option<u64> {
    let door = ParsedAddress::parse(address).door_key()?;
    Some(hash(&(MatchedBy::Address as u8, name, door)))
}

/// The same in every run; never 0.
fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish().max(1)
}
