//! One row of a department's list → one entry.

use super::field::Field;
use super::row_disability::Disability;
use super::row_reader::RowReader;
use super::row_typist::Row;
use super::table::Records;
use crate::model::{CodeList, ListEntry, ProblemKind};

/// What an entry says besides who it is.
const DETAILS: [Field; 12] = [
    Field::DisabilityKind,
    Field::DisabilityLevel,
    Field::Programme,
    Field::MonthlyAmount,
    Field::Start,
    Field::End,
    Field::Health,
    Field::SelfCare,
    Field::Category,
    Field::Detail,
    Field::RaisedOn,
    Field::Status,
];

impl Row for ListEntry {
    fn read(row: &mut RowReader<'_, '_>) -> Option<Self> {
        let name = row.text(Field::Name);
        let (id_number, number) = row.id_number(Field::IdNumber);
        let Disability {
            id_number: certified,
            ..
        } = row.disability(number.as_ref());
        let id_number = match certified {
            Some(certified) if id_number.is_empty() => certified.as_str().to_owned(),
            _ => id_number,
        };
        if name.is_empty() && id_number.is_empty() {
            let field = [Field::Name, Field::IdNumber, Field::Certificate]
                .into_iter()
                .find(|field| row.has(*field));
            row.add(ProblemKind::MissingValue, field, "");
            return None;
        }
        let mut details = CodeList::new();
        for field in DETAILS {
            let text = row.cell(field);
            if !text.is_empty() {
                details.push(&format!("{} {text}", row.typist.columns.name(field)));
            }
        }
        Some(Self {
            name,
            id_number,
            phone: row.phone(),
            address: row.text(Field::Address),
            household_id: row.code(Field::HouseholdId),
            details,
            notes: row.text(Field::Notes),
        })
    }

    fn records(rows: Vec<Self>) -> Records {
        Records::Entries(rows)
    }
}
