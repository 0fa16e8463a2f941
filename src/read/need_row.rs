//! One row of a list of needs or wishes → one need.

use super::field::Field;
use super::row_reader::RowReader;
use super::row_typist::Row;
use super::table::Records;
use super::value_words::{need_status, urgency};
use crate::model::{Need, NeedStatus, ProblemKind};

impl Row for Need {
    fn read(row: &mut RowReader<'_, '_>) -> Option<Self> {
        let household_id = row.household_id()?;
        let typist = row.typist;
        let detail = row.text(Field::Detail);
        let mut category = row.term(Field::Category, &typist.needs, ProblemKind::UnknownNeed);
        if category.is_empty() && !detail.is_empty() {
            // A wish without a category is still a wish.
            let known = typist.needs.code_of(&detail);
            let known = known.or_else(|| typist.needs.code_of("other"));
            category = known.unwrap_or(&detail).to_owned();
        }
        if category.is_empty() {
            let field = [Field::Category, Field::Detail]
                .into_iter()
                .find(|field| row.has(*field));
            row.add(ProblemKind::MissingValue, field, "");
            return None;
        }
        let raised_on = row.past_day(Field::RaisedOn, true);
        let closed_on = row.past_day(Field::ClosedOn, true);
        if let (Some(raised), Some(closed)) = (raised_on, closed_on)
            && closed < raised
        {
            row.doubt(ProblemKind::DatesReversed, Field::ClosedOn);
        }
        let status = row.typed(Field::Status, ProblemKind::UnknownValue, need_status);
        let implied = if closed_on.is_some() && row.cell(Field::Status).is_empty() {
            NeedStatus::Met
        } else {
            NeedStatus::Open
        };
        Some(Self {
            household_id,
            member: row.member(),
            category,
            detail,
            source: row.text(Field::Source),
            raised_on,
            urgency: row.typed(Field::Urgency, ProblemKind::UnknownValue, urgency),
            status: status.unwrap_or(implied),
            closed_on,
        })
    }

    fn records(rows: Vec<Self>) -> Records {
        Records::Needs(rows)
    }
}
