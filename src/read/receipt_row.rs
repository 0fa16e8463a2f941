//! One row of a list of assistance → one receipt.

use super::cell;
use super::field::Field;
use super::row_reader::RowReader;
use super::row_typist::Row;
use super::table::Records;
use crate::model::{ProblemKind, Receipt};

impl Row for Receipt {
    fn read(row: &mut RowReader<'_, '_>) -> Option<Self> {
        let household_id = row.household_id()?;
        let typist = row.typist;
        let programme = row.term(
            Field::Programme,
            &typist.programmes,
            ProblemKind::UnknownProgramme,
        );
        if programme.is_empty() {
            row.add(ProblemKind::MissingValue, Some(Field::Programme), "");
            return None;
        }
        let start = row.day(Field::Start, true);
        let end = row.day(Field::End, true);
        if let (Some(start), Some(end)) = (start, end)
            && end < start
        {
            row.doubt(ProblemKind::DatesReversed, Field::End);
        }
        Some(Self {
            household_id,
            member: row.member(),
            programme,
            start,
            end,
            monthly_amount: row.typed(Field::MonthlyAmount, ProblemKind::BadNumber, cell::amount),
            notes: row.text(Field::Notes),
        })
    }

    fn records(rows: Vec<Self>) -> Records {
        Records::Receipts(rows)
    }
}

impl RowReader<'_, '_> {
    /// By what the row names a member: the office's number, else the ID number, else the name.
    pub(super) fn member(&mut self) -> String {
        let id = self.code(Field::MemberId);
        let (id_number, number) = self.id_number(Field::IdNumber);
        if !id.is_empty() {
            return id;
        }
        match number {
            Some(number) => number.as_str().to_owned(),
            None if id_number.is_empty() => self.text(Field::Name),
            None => id_number,
        }
    }
}
