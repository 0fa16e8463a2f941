//! One row of a list of visits → one visit.

use super::field::Field;
use super::row_reader::RowReader;
use super::row_typist::Row;
use super::table::Records;
use super::value_words::seen;
use crate::model::{ProblemKind, Visit};

impl Row for Visit {
    fn read(row: &mut RowReader<'_, '_>) -> Option<Self> {
        let household_id = row.household_id()?;
        let planned_on = row.day(Field::PlannedOn, false);
        let done_on = row.past_day(Field::DoneOn, false);
        if planned_on.is_none() && done_on.is_none() {
            let field = [Field::DoneOn, Field::PlannedOn]
                .into_iter()
                .find(|field| row.has(*field));
            row.add(ProblemKind::MissingValue, field, "");
            return None;
        }
        if row.has(Field::IdNumber) && row.typist.household_key != Field::IdNumber {
            row.id_number(Field::IdNumber);
        }
        Some(Self {
            household_id,
            planned_on,
            done_on,
            worker: row.text(Field::Worker),
            seen: row.typed(Field::Seen, ProblemKind::BadYesNo, seen),
            outcome: row.text(Field::Outcome),
            next_due: row.day(Field::NextDue, false),
            notes: row.text(Field::Notes),
        })
    }

    fn records(rows: Vec<Self>) -> Records {
        Records::Visits(rows)
    }
}
