//! One row of a list of visits → one visit.

use super::batch::Records;
use super::field::Field;
use super::row_reader::RowReader;
use super::row_typist::Row;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Date, TableKind};
    use crate::read::trial::{problems, table};

    #[test]
    fn visits_with_their_flaws() {
        let batch = table(
            TableKind::Visits,
            "户编号,走访日期,计划走访日期,走访人,是否见到本人,走访情况,下次走访日期
1,2026-10-01,,示范员,是,身体好,2026-11-01
1,2026-12-01,,示范员,也许,,
1,,2026-12-01,示范员,未见到,,
1,,,示范员,,,
",
        );
        assert_eq!(
            problems(&batch),
            [
                "3 future_date 走访日期 2026-12-01",
                "3 missing_value 走访日期",
                "5 missing_value 走访日期",
            ]
        );
        let Records::Visits(visits) = batch.records else {
            panic!("no visits")
        };
        assert_eq!((batch.rows, batch.rejected.len()), (vec![2, 4], 2));
        assert_eq!(visits[0].done_on, Date::from_ymd(2026, 10, 1));
        assert_eq!(visits[0].seen, Some(true));
        assert_eq!(visits[1].planned_on, Date::from_ymd(2026, 12, 1));
        assert_eq!(visits[1].seen, Some(false));
        let batch = table(
            TableKind::Visits,
            "户编号,走访日期,见面\n1,2026-10-01,也许\n",
        );
        assert_eq!(problems(&batch), ["2 bad_yes_no 见面 也许"]);
    }
}
