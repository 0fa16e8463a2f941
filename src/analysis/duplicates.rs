//! The same person or household twice.

mod blocks;
mod facts;

use crate::base::{Cancelled, Progress};
use crate::model::ProblemKind;
use blocks::Blocks;
use facts::Facts;
use std::collections::BTreeMap;

/// A telephone or a door that more households share (an office, a home for the aged) is no evidence.
const MAX_SHARED: usize = 5;

/// Of people who have the same name and half the same ID number, no more are compared with each other.
const MAX_BLOCK: usize = 64;

/// How often all rows are put in blocks and compared.
const COMPARISONS: u64 = 9;

/// One person of a household: its head, or a member.
#[derive(Debug, Clone, Copy, Default)]
pub struct PersonView<'a> {
    /// The household, by the caller's number.
    pub household: u32,
    /// Whether this is the household's own row, with its head, its telephone and its address.
    pub is_head: bool,
    /// Name.
    pub name: &'a str,
    /// Resident ID number, as written.
    pub id_number: &'a str,
    /// Telephone, as written.
    pub phone: &'a str,
    /// Address, as written; empty where it is the household's.
    pub address: &'a str,
}

/// Two rows that seem to be one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duplicate {
    /// [`ProblemKind::SameHousehold`], [`ProblemKind::SameIdNumber`] or [`ProblemKind::SamePerson`].
    pub kind: ProblemKind,
    /// The earlier row, by its place in the input.
    pub a: u32,
    /// The later row.
    pub b: u32,
    /// In what they agree, without repeats.
    pub evidence: Vec<Agreement>,
}

/// In what two rows agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Agreement {
    /// The same ID number (of 15 or 18 digits).
    IdNumber,
    /// ID numbers that differ by one wrong character or two exchanged neighbours.
    NearIdNumber,
    /// The same day of birth in two ID numbers.
    BirthDate,
    /// The same name.
    Name,
    /// A name with a homophone or one other character in the place of one.
    NearName,
    /// The same telephone.
    Phone,
    /// The same door: see [`crate::model::ParsedAddress::is_same_door`].
    Address,
}

/// Pairs of rows that seem to be one household or one person, in this order: households, equal ID
/// numbers, persons; within each by place.
///
/// * **The same household**: heads with the same ID number; or the same name at the same door; or the
///   same telephone at the same door. Of such a pair of households nothing else is said.
/// * **The same ID number** in two households.
/// * **The same person**: the same name, and ID numbers that differ by one slip, or that share the
///   day of birth where one of them fails its checksum or telephone or door agree; or, where not both
///   have an ID number, the same name or a homophone of it with the same telephone or door, or a
///   name with another character wrong where both agree. In one household only members, never the
///   head, are compared, by their ID numbers.
///
/// Masked values agree with nothing. A telephone or door shared by more than five households is no
/// evidence. Of n rows that agree with each other in what makes them one, n − 1 pairs are given,
/// each with the first that agrees. Rows are only compared where they share a key, so the time is
/// near linear: some seconds for three million rows. Limit: where more than 64 rows share a name and
/// half an ID number they are not compared.
///
/// # Errors
/// [`Cancelled`] where the work was stopped.
pub fn duplicates(
    persons: &[PersonView<'_>],
    progress: &Progress,
) -> Result<Vec<Duplicate>, Cancelled> {
    let facts = Facts::of(persons, progress)?;
    let mut found = Found {
        facts: &facts,
        households: BTreeMap::new(),
        rows: BTreeMap::new(),
    };
    let step = persons.len() as u64 / COMPARISONS;
    found.equal_id_numbers();
    progress.tick(step)?;
    found.equal_heads();
    progress.tick(2 * step)?;
    for part in 0..4 {
        found.compare(&Blocks::of(persons.len(), |row| {
            found.facts.name_id_key(row, part)
        }));
        progress.tick(step)?;
    }
    found.compare(&Blocks::of(persons.len(), |row| found.facts.phone_key(row)));
    progress.tick(step)?;
    found.compare(&Blocks::of(persons.len(), |row| found.facts.door_key(row)));
    progress.tick(step)?;
    Ok(found.sorted())
}

struct Found<'a> {
    facts: &'a Facts<'a>,
    /// Rows of two households that are one, by the households.
    households: BTreeMap<(u32, u32), (u32, u32)>,
    /// Other pairs of rows.
    rows: BTreeMap<(u32, u32), ProblemKind>,
}

impl Found<'_> {
    fn add(&mut self, a: u32, b: u32, kind: ProblemKind) {
        let (a, b) = (a.min(b), a.max(b));
        if kind == ProblemKind::SameHousehold {
            let (one, other) = (self.facts.household(a), self.facts.household(b));
            let key = (one.min(other), one.max(other));
            self.households.entry(key).or_insert((a, b));
        } else {
            self.rows.entry((a, b)).or_insert(kind);
        }
    }

    fn equal_id_numbers(&mut self) {
        let blocks = Blocks::of(self.facts.len(), |row| self.facts.id_key(row));
        for block in blocks.iter() {
            // Of a household the head, else the first member.
            let rows = self.facts.one_a_household(block);
            let Some((first, others)) = rows.split_first() else {
                continue;
            };
            for other in others {
                let heads = self.facts.is_head(*first) && self.facts.is_head(*other);
                let kind = if heads {
                    ProblemKind::SameHousehold
                } else {
                    ProblemKind::SameIdNumber
                };
                self.add(*first, *other, kind);
            }
        }
    }

    fn equal_heads(&mut self) {
        let by_name = Blocks::of(self.facts.len(), |row| self.facts.head_name_door_key(row));
        let by_phone = Blocks::of(self.facts.len(), |row| self.facts.head_phone_door_key(row));
        for block in by_name.iter().chain(by_phone.iter()) {
            let rows = self.facts.one_a_household(block);
            for (nth, row) in rows.iter().enumerate().skip(1) {
                // Not all of a block need agree: two units may both be like a door without one.
                let earlier = rows.iter().take(nth.min(MAX_BLOCK));
                let first = earlier
                    .copied()
                    .find(|first| self.is_same_household(*first, *row));
                if let Some(first) = first {
                    self.add(first, *row, ProblemKind::SameHousehold);
                }
            }
        }
    }

    fn is_same_household(&self, a: u32, b: u32) -> bool {
        let evidence = self.facts.evidence(a, b);
        let agree = |in_what| evidence.contains(&in_what);
        agree(Agreement::Address) && (agree(Agreement::Name) || agree(Agreement::Phone))
    }

    fn compare(&mut self, blocks: &Blocks) {
        for block in blocks.iter().filter(|block| block.len() <= MAX_BLOCK) {
            for (nth, a) in block.iter().enumerate() {
                for b in block.iter().skip(nth + 1) {
                    if self.facts.is_same_person(*a, *b) {
                        self.add(*a, *b, ProblemKind::SamePerson);
                    }
                }
            }
        }
    }

    fn sorted(self) -> Vec<Duplicate> {
        // The first of the households that are one with this one.
        let mut first_of: BTreeMap<u32, u32> = BTreeMap::new();
        let find = |first_of: &BTreeMap<u32, u32>, mut household: u32| {
            while let Some(earlier) = first_of.get(&household) {
                household = *earlier;
            }
            household
        };
        for (a, b) in self.households.keys() {
            let (a, b) = (find(&first_of, *a), find(&first_of, *b));
            if a != b {
                first_of.insert(a.max(b), a.min(b));
            }
        }
        let mut pairs: Vec<(ProblemKind, u32, u32)> = self
            .households
            .values()
            .map(|(a, b)| (ProblemKind::SameHousehold, *a, *b))
            .collect();
        pairs.extend(self.rows.iter().filter_map(|((a, b), kind)| {
            let (one, other) = (self.facts.household(*a), self.facts.household(*b));
            let is_said = one != other && find(&first_of, one) == find(&first_of, other);
            (!is_said).then_some((*kind, *a, *b))
        }));
        let rank = |kind: ProblemKind| match kind {
            ProblemKind::SameHousehold => 0,
            ProblemKind::SameIdNumber => 1,
            _ => 2,
        };
        pairs.sort_by_key(|(kind, a, b)| (rank(*kind), *a, *b));
        pairs
            .into_iter()
            .map(|(kind, a, b)| Duplicate {
                kind,
                a,
                b,
                evidence: self.facts.evidence(a, b),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests;
