//! Who is on one list and not on another.

mod identities;

use crate::base::{Cancelled, Progress};
use identities::Identities;
use rayon::prelude::*;

/// A person of the ledger: a head or a member; the same person may come as both.
#[derive(Debug, Clone, Copy, Default)]
pub struct LedgerPerson<'a> {
    /// The household, by the caller's number.
    pub household: u32,
    /// The household's id, as lists may state it.
    pub household_id: &'a str,
    /// Name.
    pub name: &'a str,
    /// Resident ID number, as written.
    pub id_number: &'a str,
    /// Telephone, as written.
    pub phone: &'a str,
    /// Address, as written: of the person, or of the household.
    pub address: &'a str,
}

/// A row of a department's list.
#[derive(Debug, Clone, Copy, Default)]
pub struct EntryView<'a> {
    /// Name.
    pub name: &'a str,
    /// Resident ID number, as written.
    pub id_number: &'a str,
    /// Telephone, as written.
    pub phone: &'a str,
    /// Address, as written.
    pub address: &'a str,
    /// Id of the household, where the list knows it.
    pub household_id: &'a str,
}

/// Who is on a list.
#[derive(Debug, Clone, Copy)]
pub enum ListMembers<'a> {
    /// Rows of another department, to be matched with the ledger. Counts persons.
    Entries(&'a [EntryView<'a>]),
    /// Persons of the ledger, by their places: the ledger itself, or who receives a programme.
    /// Counts persons.
    Persons(&'a [u32]),
    /// Households of the ledger, by the caller's numbers. Counts households.
    Households(&'a [u32]),
}

/// A list and its name.
#[derive(Debug, Clone, Copy)]
pub struct ListView<'a> {
    /// Its name.
    pub name: &'a str,
    /// Who is on it.
    pub members: ListMembers<'a>,
}

/// By what a list's rows were matched, surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MatchedBy {
    /// A valid ID number.
    IdNumber,
    /// Name and household id.
    Household,
    /// Name and telephone.
    Phone,
    /// Name and door.
    Address,
}

/// What is to be known of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListFacts {
    /// Its name.
    pub name: String,
    /// Whether its members are households; else they are persons.
    pub counts_households: bool,
    /// Rows, or members as given.
    pub entries: usize,
    /// Different members.
    pub members: usize,
    /// Members whom the ledger knows …
    pub matched: usize,
    /// … and those whom it does not know.
    pub unmatched: usize,
    /// Rows matched by ID number, household, telephone and address, in the order of [`MatchedBy`].
    pub rows_matched_by: [usize; 4],
}

/// A cell of the matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MatrixCell {
    /// On the first list and not on the second.
    OnlyFirst,
    /// On both.
    Both,
}

/// Who is in a cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CellMembers {
    /// The households of those whom the ledger knows, ascending, each once.
    pub households: Vec<u32>,
    /// The rows of the first list whom the ledger does not know, by their places, ascending.
    pub unmatched: Vec<u32>,
}

/// Lists against each other.
#[derive(Debug, Clone)]
pub struct Reconciliation {
    /// The lists, as given.
    pub lists: Vec<ListFacts>,
    /// `only_first[a][b]`: members of a who are not on b.
    pub only_first: Vec<Vec<usize>>,
    /// `both[a][b]`: members of a who are on b too. Where one of the lists counts households and
    /// the other persons, it is not `both[b][a]`.
    pub both: Vec<Vec<usize>>,
    members: Vec<Members>,
    /// Identity and household, sorted: of all whom the ledger knows.
    households: Vec<(u32, u32)>,
}

/// The members of one list.
#[derive(Debug, Clone, Default)]
struct Members {
    counts_households: bool,
    /// Identities, or households; ascending, each once.
    who: Vec<u32>,
    /// All households of the members whom the ledger knows; ascending, each once.
    households: Vec<u32>,
    /// Identity and row, sorted: of rows whom the ledger does not know.
    unmatched: Vec<(u32, u32)>,
}

/// Matches lists with the ledger and with each other.
///
/// A person is who has the same valid ID number; without one, the same name and household id; else
/// the same name and telephone; else the same name and door. Two different valid ID numbers are two
/// persons, whatever else agrees, and a name that fits two persons fits none. Masked values fit
/// nothing. Rows whom the ledger does not know are matched with each other in the same way, so that
/// two departments' lists can be compared beyond the ledger.
///
/// Of a list of persons and one of households, a person is on the latter where a household of theirs
/// is, and a household on the former where one of its members is. Places and numbers that the
/// ledger does not have are left out of `Persons`; any household is kept.
///
/// Near linear in persons and rows, and in lists × lists × members for the matrix.
///
/// # Errors
/// [`Cancelled`] where the work was stopped.
pub fn reconcile(
    persons: &[LedgerPerson<'_>],
    lists: &[ListView<'_>],
    progress: &Progress,
) -> Result<Reconciliation, Cancelled> {
    let rows = lists.iter().map(|list| match list.members {
        ListMembers::Entries(entries) => entries.len(),
        ListMembers::Persons(_) | ListMembers::Households(_) => 0,
    });
    progress.set_total((persons.len() + rows.sum::<usize>()) as u64);
    let entries: Vec<&[EntryView<'_>]> = lists
        .iter()
        .map(|list| match list.members {
            ListMembers::Entries(entries) => entries,
            ListMembers::Persons(_) | ListMembers::Households(_) => &[],
        })
        .collect();
    let identities = Identities::of(persons, &entries, progress)?;
    let households = identities.households(persons);
    let mut facts = Vec::with_capacity(lists.len());
    let mut members = Vec::with_capacity(lists.len());
    for (nth, list) in lists.iter().enumerate() {
        let (of_list, rows_matched_by) = identities.members(nth, list, &households);
        let unmatched = of_list.strangers();
        facts.push(ListFacts {
            name: list.name.to_owned(),
            counts_households: of_list.counts_households,
            entries: match list.members {
                ListMembers::Entries(entries) => entries.len(),
                ListMembers::Persons(of) | ListMembers::Households(of) => of.len(),
            },
            members: of_list.who.len(),
            matched: of_list.who.len() - unmatched,
            unmatched,
            rows_matched_by,
        });
        members.push(of_list);
    }
    let mut reconciliation = Reconciliation {
        lists: facts,
        only_first: Vec::new(),
        both: Vec::new(),
        members,
        households,
    };
    let of_lists = reconciliation.members.par_iter();
    reconciliation.both = of_lists
        .map(|first| {
            let others = reconciliation.members.iter();
            others
                .map(|second| {
                    progress.tick(0)?;
                    if first.counts_households == second.counts_households {
                        return Ok(shared(&first.who, &second.who));
                    }
                    let is_on = |member: &&u32| reconciliation.is_on(first, **member, second);
                    Ok(first.who.iter().filter(is_on).count())
                })
                .collect()
        })
        .collect::<Result<_, Cancelled>>()?;
    let cells = reconciliation.both.iter().zip(&reconciliation.lists);
    reconciliation.only_first = cells
        .map(|(row, list)| row.iter().map(|both| list.members - both).collect())
        .collect();
    Ok(reconciliation)
}

impl Members {
    /// How many the ledger does not know.
    fn strangers(&self) -> usize {
        self.unmatched.chunk_by(|a, b| a.0 == b.0).count()
    }
}

impl Reconciliation {
    /// Who is in a cell; empty for lists that are not there.
    pub fn cell(&self, first: usize, second: usize, cell: MatrixCell) -> CellMembers {
        let (Some(one), Some(other)) = (self.members.get(first), self.members.get(second)) else {
            return CellMembers::default();
        };
        let mut found = CellMembers::default();
        for member in &one.who {
            if self.is_on(one, *member, other) != (cell == MatrixCell::Both) {
                continue;
            }
            if one.counts_households {
                found.households.push(*member);
                continue;
            }
            found.households.extend(self.households_of(*member));
            let from = one.unmatched.partition_point(|(of, _)| of < member);
            let rows = one.unmatched.iter().skip(from);
            let rows = rows.take_while(|(of, _)| of == member);
            found.unmatched.extend(rows.map(|(_, row)| *row));
        }
        found.households.sort_unstable();
        found.households.dedup();
        found.unmatched.sort_unstable();
        found
    }

    fn households_of(&self, identity: u32) -> impl Iterator<Item = u32> {
        households_of(&self.households, identity)
    }

    /// Whether a member of one list is on another.
    fn is_on(&self, first: &Members, member: u32, second: &Members) -> bool {
        let has = |sorted: &[u32], value: u32| sorted.binary_search(&value).is_ok();
        match (first.counts_households, second.counts_households) {
            (false, false) | (true, true) => has(&second.who, member),
            (true, false) => has(&second.households, member),
            (false, true) => {
                let mut households = self.households_of(member);
                households.any(|household| has(&second.who, household))
            }
        }
    }
}

/// How many numbers two ascending lists share.
fn shared(a: &[u32], b: &[u32]) -> usize {
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    let mut count = 0;
    while let (Some(one), Some(other)) = (a.peek(), b.peek()) {
        let order = one.cmp(other);
        count += usize::from(order.is_eq());
        if order.is_le() {
            a.next();
        }
        if order.is_ge() {
            b.next();
        }
    }
    count
}

/// The households of one identity.
fn households_of(sorted: &[(u32, u32)], identity: u32) -> impl Iterator<Item = u32> {
    let from = sorted.partition_point(|(of, _)| *of < identity);
    let from = sorted.iter().skip(from);
    let own = from.take_while(move |(of, _)| *of == identity);
    own.map(|(_, household)| *household)
}

#[cfg(test)]
mod tests;
