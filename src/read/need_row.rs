//! One row of a list of needs or wishes → one need.

use super::batch::Records;
use super::field::Field;
use super::row_reader::RowReader;
use super::row_typist::Row;
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
            known.unwrap_or(&detail).clone_into(&mut category);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Date, TableKind};
    use crate::read::trial::{problems, table};

    #[test]
    fn needs_and_wishes_with_their_flaws() {
        let batch = table(
            TableKind::Needs,
            "户编号,姓名,需求类别,心愿内容,提出时间,紧急程度,状态,办结时间
1,示范甲,照料,助浴,2026.9.1,紧急,进行中,
1,,,想要一副拐杖,二〇二六年九月,一般,,2026-10-01
2,,打麻将,,2062-01-01,随便,再说,
2,,,,,,,
3,,医疗,,2026-09-02,3,已办结,2026-09-01
",
        );
        assert_eq!(
            problems(&batch),
            [
                "4 unknown_need 需求类别 打麻将",
                "4 future_date 提出时间 2062-01-01",
                "4 unknown_value 状态 再说",
                "4 unknown_value 紧急程度 随便",
                "5 missing_value 需求类别",
                "6 dates_reversed 办结时间 2026-09-01",
            ]
        );
        let Records::Needs(needs) = batch.records else {
            panic!("no needs")
        };
        assert_eq!(needs[0].category, "care");
        assert_eq!(
            (needs[0].status, needs[0].urgency),
            (NeedStatus::Referred, Some(3))
        );
        assert_eq!(needs[0].member, "示范甲");
        // A wish without a category, done on a day without a word about it.
        assert_eq!(
            (&*needs[1].category, needs[1].status),
            ("other", NeedStatus::Met)
        );
        assert_eq!(needs[1].raised_on, Date::from_ymd(2026, 9, 1));
        assert_eq!(
            (&*needs[2].category, needs[2].status),
            ("打麻将", NeedStatus::Open)
        );
        assert_eq!(needs[3].status, NeedStatus::Met);
    }
}
