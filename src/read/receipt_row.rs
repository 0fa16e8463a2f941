//! One row of a list of assistance → one receipt.

use super::batch::Records;
use super::cell;
use super::field::Field;
use super::row_reader::RowReader;
use super::row_typist::Row;
use crate::model::{ProblemKind, Receipt, is_masked_number};

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
        let reviewed_on = row.past_day(Field::ReviewedOn, true);
        if let (Some(start), Some(reviewed)) = (start, reviewed_on)
            && reviewed < start
        {
            row.doubt(ProblemKind::DatesReversed, Field::ReviewedOn);
        }
        Some(Self {
            household_id,
            member: row.member(),
            programme,
            start,
            end,
            monthly_amount: row.typed(Field::MonthlyAmount, ProblemKind::BadNumber, cell::amount),
            reviewed_on,
            notes: row.text(Field::Notes),
        })
    }

    fn records(rows: Vec<Self>) -> Records {
        Records::Receipts(rows)
    }
}

impl RowReader<'_, '_> {
    /// By what the row names a member: the office's number, else the ID number, else the name; the
    /// name before an ID number that cannot be right.
    pub(super) fn member(&mut self) -> String {
        let id = self.code(Field::MemberId);
        let (id_number, number) = self.id_number(Field::IdNumber);
        if !id.is_empty() {
            return id;
        }
        if let Some(number) = number {
            return number.as_str().to_owned();
        }
        let name = self.text(Field::Name);
        // A number with stars still tells one member from another.
        if name.is_empty() || is_masked_number(&id_number) {
            id_number
        } else {
            name
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Date, TableKind};
    use crate::read::trial::{problems, table};

    #[test]
    fn receipts_with_their_flaws() {
        let batch = table(
            TableKind::Receipts,
            "户编号,姓名,身份证号,救助项目,享受起始月,停发日期,月发放金额(元)
1,示范甲,000000198001010013,低保,2025-10,,\"1,200\"
1,示范乙,,爱心超市,2025年10月1日,2025-09-30,1.2万
2,,,高龄津贴,去年,,-5
2,,,,2025-10,,
,,,低保,,,
",
        );
        let problems = problems(&batch);
        assert_eq!(
            problems,
            [
                "3 unknown_programme 救助项目 爱心超市",
                "3 dates_reversed 停发日期 2025-09-30",
                "4 bad_date 享受起始月 去年",
                "4 bad_number 月发放金额(元) -5",
                "5 missing_value 救助项目",
                "6 missing_id 户编号",
            ]
        );
        let Records::Receipts(receipts) = batch.records else {
            panic!("no receipts")
        };
        assert_eq!(batch.rows, [2, 3, 4]);
        assert_eq!(receipts[0].programme, "dibao");
        assert_eq!(receipts[0].member, "000000198001010013");
        assert_eq!(receipts[0].start, Date::from_ymd(2025, 10, 1));
        assert_eq!(receipts[0].monthly_amount, Some(1200.0));
        assert_eq!(receipts[1].member, "示范乙");
        assert_eq!(receipts[1].programme, "爱心超市");
        assert_eq!(receipts[1].monthly_amount, Some(12_000.0));
        assert_eq!((&*receipts[2].member, receipts[2].start), ("", None));
    }

    #[test]
    fn a_member_is_named_by_the_number_that_can_be_right_else_by_the_name() {
        let batch = table(
            TableKind::Receipts,
            "户编号,姓名,身份证号,救助项目
1,示范甲,000000198001010013,低保
1,示范甲,000000198001010014,低保
1,示范甲,0000**********0013,低保
1,,000000198001010014,低保
1,示范甲,3.30282E+17,低保
",
        );
        let Records::Receipts(receipts) = batch.records else {
            panic!("no receipts")
        };
        let named: Vec<&str> = receipts.iter().map(|one| &*one.member).collect();
        assert_eq!(
            named,
            [
                "000000198001010013",
                "示范甲",
                "0000**********0013",
                "000000198001010014",
                "示范甲",
            ]
        );
    }

    #[test]
    fn a_review_is_of_the_past_and_of_the_receipt() {
        let batch = table(
            TableKind::Receipts,
            "household_id,programme,start,last review
1,dibao,2020-01-01,2026-10
1,dibian,2026-02-01,2026-01-31
1,linshi,2026-02-01,2026-11-22
1,tekun,,去年
",
        );
        assert_eq!(
            problems(&batch),
            [
                "3 dates_reversed last review 2026-01-31",
                "4 future_date last review 2026-11-22",
                "5 bad_date last review 去年",
            ]
        );
        let Records::Receipts(receipts) = batch.records else {
            panic!("no receipts")
        };
        let reviewed: Vec<_> = receipts.iter().map(|one| one.reviewed_on).collect();
        let day = Date::from_ymd;
        assert_eq!(reviewed, [day(2026, 10, 1), day(2026, 1, 31), None, None]);
    }

    #[test]
    fn an_id_number_names_the_household_where_nothing_else_does() {
        let batch = table(
            TableKind::Receipts,
            "姓名,身份证号,补贴类型\n示范甲,000000198001010013,困难残疾人生活补贴\n",
        );
        let Records::Receipts(receipts) = batch.records else {
            panic!("no receipts")
        };
        assert_eq!(receipts[0].household_id, "000000198001010013");
        assert_eq!(receipts[0].programme, "canji_shenghuo");
    }
}
