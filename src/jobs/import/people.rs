//! The long tables of an import (members, receipts, needs, visits, resources, lists), and the
//! search for those who stand in a file twice.

use super::tables::{Names, Sink, Tables};
use super::target::Target;
use crate::analysis::{Agreement, PersonView, duplicates};
use crate::base::Progress;
use crate::model::{Date, Household, IdNumber, Person, ProblemKind, TableKind};
use crate::read::{Batch, ColumnGuess, Field, Records, TableInspection};
use crate::snapshot::TextColumn;
use crate::store::{Import, Put, PutRow};
use crate::words::Fault;
use rayon::prelude::*;
use std::collections::HashMap;

/// More people of one file are not compared by everything that could make them one.
const MOST_COMPARED: usize = 300_000;

/// Names, numbers, telephones and addresses of a file, in few allocations.
#[derive(Debug, Default)]
pub(super) struct Crowd {
    row: Vec<u64>,
    household: Vec<u32>,
    is_head: bool,
    /// Numbers of households that members name, by their ids.
    households: HashMap<String, u32>,
    name: TextColumn,
    id_number: TextColumn,
    phone: TextColumn,
    address: TextColumn,
    /// What looks like an ID number, as a number, and whose it is.
    keys: Vec<(u64, u32)>,
}

/// A text that has the form of an ID number, as a number of base 11: ten digits and X.
fn id_key(text: &str) -> Option<u64> {
    let (last, digits) = text.as_bytes().split_last()?;
    let value = |digit: u8| u64::from(digit.wrapping_sub(b'0'));
    let check = match last {
        b'0'..=b'9' => value(*last),
        b'X' | b'x' => 10,
        _ => return None,
    };
    let has_form = digits.len() == 17 && digits.iter().all(u8::is_ascii_digit);
    has_form.then(|| digits.iter().fold(0, |sum, digit| sum * 10 + value(*digit)) * 11 + check)
}

/// Whether the ID number of such a key is a valid one.
fn is_valid(key: u64) -> bool {
    let check = match key % 11 {
        10 => "X".to_owned(),
        digit => digit.to_string(),
    };
    let text = format!("{:017}{check}", key / 11);
    let last_day = Date::from_ymd(9999, 12, 31);
    last_day.is_some_and(|day| IdNumber::parse(&text, day).is_ok())
}

impl Crowd {
    pub(super) fn add_head(&mut self, row: u64, household: &Household) {
        self.is_head = true;
        self.household.push(self.row.len() as u32);
        self.add(
            row,
            &household.id_number,
            [&household.head_name, &household.phone, &household.address],
        );
    }

    /// Keeps what is compared; of a large file the ID numbers alone.
    fn add(&mut self, row: u64, id_number: &str, [name, phone, address]: [&str; 3]) {
        let at = self.row.len() as u32;
        self.keys.extend(id_key(id_number).map(|key| (key, at)));
        self.row.push(row);
        if self.is_large() {
            for texts in [
                &mut self.name,
                &mut self.id_number,
                &mut self.phone,
                &mut self.address,
            ] {
                if !texts.is_empty() {
                    *texts = TextColumn::default();
                }
            }
            return;
        }
        self.id_number.push(id_number);
        self.name.push(name);
        self.phone.push(phone);
        self.address.push(address);
    }

    fn add_member(&mut self, row: u64, person: &Person) {
        let next = self.households.len() as u32;
        let number = if let Some(number) = self.households.get(&person.household_id) {
            *number
        } else {
            self.households.insert(person.household_id.clone(), next);
            next
        };
        self.household.push(number);
        self.add(row, &person.id_number, [&person.name, &person.phone, ""]);
    }

    /// Whether there are so many that only equal ID numbers are looked for: to compare everybody
    /// with everybody like them would take longer than the import itself.
    fn is_large(&self) -> bool {
        self.row.len() > MOST_COMPARED
    }

    /// Rows that seem to be another row once more: the later row, what they seem to be, and the
    /// earlier row. Two households that share nothing but an ID number need not be one.
    fn doubles(&self, progress: &Progress) -> Result<Vec<(u64, ProblemKind, u64)>, Fault> {
        if self.is_large() {
            return self.equal_id_numbers(progress);
        }
        let views: Vec<PersonView<'_>> = self
            .household
            .iter()
            .zip(0..)
            .map(|(household, at)| PersonView {
                household: *household,
                is_head: self.is_head,
                name: self.name.get(at),
                id_number: self.id_number.get(at),
                phone: self.phone.get(at),
                address: self.address.get(at),
            })
            .collect();
        let row = |at: u32| self.row.get(at as usize).copied().unwrap_or_default();
        let mut doubles: Vec<_> = duplicates(&views, progress)?
            .into_iter()
            .map(|pair| {
                let kind = match (pair.kind, pair.evidence.as_slice()) {
                    (ProblemKind::SameHousehold, [Agreement::IdNumber]) => {
                        ProblemKind::SameIdNumber
                    }
                    (kind, _) => kind,
                };
                (row(pair.b), kind, row(pair.a))
            })
            .collect();
        doubles.sort_unstable_by_key(|(later, kind, earlier)| (*later, *kind, *earlier));
        Ok(doubles)
    }

    /// Says who stands in the file twice, at the column of each kind.
    pub(super) fn say_doubles(
        &self,
        to: &mut Tables<'_, '_>,
        names: &Names,
        column: impl Fn(ProblemKind) -> Field,
        progress: &Progress,
    ) -> Result<(), Fault> {
        if self.is_large() {
            let problem = names.of_file(ProblemKind::LargeFile);
            to.target.keep_problem(to.report, problem)?;
        }
        for (row, kind, earlier) in self.doubles(progress)? {
            let problem = names.problem(row, kind, column(kind), &earlier.to_string());
            to.target.keep_problem(to.report, problem)?;
        }
        Ok(())
    }

    /// Rows of another household with a valid ID number that stood in an earlier row.
    fn equal_id_numbers(&self, progress: &Progress) -> Result<Vec<(u64, ProblemKind, u64)>, Fault> {
        let mut keys = self.keys.clone();
        keys.par_sort_unstable();
        progress.tick(0)?;
        let row = |at: u32| self.row.get(at as usize).copied().unwrap_or_default();
        let mut doubles = Vec::new();
        for same in keys.chunk_by(|(a, _), (b, _)| a == b) {
            let [(key, first), later @ ..] = same else {
                continue;
            };
            if later.is_empty() || !is_valid(*key) {
                continue;
            }
            for (_, at) in later {
                let lives_elsewhere =
                    self.household.get(*first as usize) != self.household.get(*at as usize);
                if lives_elsewhere {
                    doubles.push((row(*at), ProblemKind::SameIdNumber, row(*first)));
                }
            }
        }
        doubles.sort_unstable_by_key(|(later, ..)| *later);
        Ok(doubles)
    }
}

/// A long table.
pub(super) struct Rows {
    kind: TableKind,
    names: Names,
    crowd: Crowd,
    lists_disabilities: bool,
}

impl Rows {
    pub(super) fn of(table: &TableInspection, names: Names) -> Self {
        let field = |column: &ColumnGuess| column.field;
        let mut fields = table.columns.iter().filter_map(field);
        Self {
            kind: table.kind,
            names,
            crowd: Crowd::default(),
            lists_disabilities: fields.any(|field| {
                matches!(
                    field,
                    Field::Certificate | Field::DisabilityKind | Field::DisabilityLevel
                )
            }),
        }
    }

    /// The field that says whom or what a row is about.
    fn owner(&self) -> Field {
        match self.kind {
            TableKind::Resources => Field::ResourceId,
            _ => Field::HouseholdId,
        }
    }

    /// Stores the records of a batch one by one; gives what became of each.
    fn put_all(
        import: &mut Import<'_>,
        records: &Records,
        rows: &[u64],
    ) -> Result<Vec<PutRow>, Fault> {
        fn each<T>(
            records: &[T],
            rows: &[u64],
            mut put: impl FnMut(&T, u64) -> Result<PutRow, Fault>,
        ) -> Result<Vec<PutRow>, Fault> {
            records
                .iter()
                .zip(rows)
                .map(|(record, row)| put(record, *row))
                .collect()
        }
        match records {
            Records::Members(list) => each(list, rows, |one, row| import.put_person(one, row)),
            Records::Receipts(list) => each(list, rows, |one, row| import.put_receipt(one, row)),
            Records::Needs(list) => each(list, rows, |one, row| import.put_need(one, row)),
            Records::Visits(list) => each(list, rows, |one, row| import.put_visit(one, row)),
            // These name no household that could be unknown.
            Records::Resources(list) => each(list, rows, |one, row| {
                import.put_resource(one, row).map(stored)
            }),
            Records::Entries(list) => each(list, rows, |one, row| {
                import.put_entry(one, row).map(stored)
            }),
            Records::Households(_) | Records::Addresses(_) => Ok(Vec::new()),
        }
    }
}

fn stored(put: Put) -> PutRow {
    PutRow::Stored {
        put,
        is_member_known: true,
    }
}

/// The household that each record names, where its kind names one.
fn household_ids(records: &Records) -> Vec<&str> {
    match records {
        Records::Members(list) => list.iter().map(|one| &*one.household_id).collect(),
        Records::Receipts(list) => list.iter().map(|one| &*one.household_id).collect(),
        Records::Needs(list) => list.iter().map(|one| &*one.household_id).collect(),
        Records::Visits(list) => list.iter().map(|one| &*one.household_id).collect(),
        _ => Vec::new(),
    }
}

impl Sink for Rows {
    fn take(&mut self, to: &mut Tables<'_, '_>, batch: Batch) -> Result<Vec<u64>, Fault> {
        if let Records::Members(members) = &batch.records {
            for (member, row) in members.iter().zip(&batch.rows) {
                self.crowd.add_member(*row, member);
                to.remember_member(member, self.lists_disabilities);
            }
        }
        let ids = household_ids(&batch.records);
        let put = match to.target {
            Target::Store(import) => Self::put_all(import, &batch.records, &batch.rows)?,
            // A rehearsal without a workspace knows the households of its own ledgers.
            Target::Nowhere => ids
                .iter()
                .map(|id| {
                    if to.knows_household(id) {
                        PutRow::Stored {
                            put: Put::New,
                            is_member_known: true,
                        }
                    } else {
                        PutRow::UnknownHousehold
                    }
                })
                .collect(),
        };
        let mut refused = Vec::new();
        for (at, (put, row)) in put.into_iter().zip(&batch.rows).enumerate() {
            let id = ids.get(at).copied().unwrap_or_default().to_owned();
            let problem = match put {
                PutRow::UnknownHousehold => {
                    refused.push(*row);
                    let kind = ProblemKind::UnknownHousehold;
                    self.names.problem(*row, kind, Field::HouseholdId, &id)
                }
                PutRow::Stored {
                    is_member_known: false,
                    ..
                } => self
                    .names
                    .problem(*row, ProblemKind::UnknownMember, Field::MemberId, &id),
                PutRow::Stored {
                    put: Put::Repeated(earlier),
                    ..
                } => {
                    let (kind, earlier) = (ProblemKind::RepeatedRow, earlier.to_string());
                    self.names.problem(*row, kind, self.owner(), &earlier)
                }
                PutRow::Stored { .. } => continue,
            };
            to.target.keep_problem(to.report, problem)?;
        }
        Ok(refused)
    }

    fn finish(&mut self, to: &mut Tables<'_, '_>, progress: &Progress) -> Result<Vec<u64>, Fault> {
        if self.kind == TableKind::Members {
            let column = |_| Field::IdNumber;
            self.crowd.say_doubles(to, &self.names, column, progress)?;
        }
        Ok(Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_file_shows_who_has_an_id_number_twice() {
        let mut crowd = Crowd::default();
        let rows = [
            (2, "34052419800101001X"),
            (3, ""),
            (4, "370101190102039973"),
            (5, "34052419800101001x"),
            // The same digits with a wrong last one are nobody's.
            (6, "370101190102039970"),
            (7, "3405**********001X"),
        ];
        for (row, id_number) in rows {
            let household = Household {
                id_number: id_number.to_owned(),
                ..Household::default()
            };
            crowd.add_head(row, &household);
        }
        let doubles = crowd.equal_id_numbers(&Progress::new()).unwrap();
        assert_eq!(doubles, [(5, ProblemKind::SameIdNumber, 2)]);
    }
}
