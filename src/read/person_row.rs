//! One row of a member list → one member.

use super::batch::Records;
use super::cell;
use super::day;
use super::field::Field;
use super::row_disability::Disability;
use super::row_reader::RowReader;
use super::row_typist::Row;
use super::value_words::sex;
use crate::model::{Date, IdNumber, Person, ProblemKind};

impl Row for Person {
    fn read(row: &mut RowReader<'_, '_>) -> Option<Self> {
        let household_id = row.household_id()?;
        let name = row.text(Field::Name);
        let (id_number, number) = row.id_number(Field::IdNumber);
        let id = row.code(Field::MemberId);
        let Disability {
            certificate,
            kind,
            level,
            id_number: certified,
        } = row.disability(number.as_ref());
        let certified_born = certified.as_ref().and_then(IdNumber::born);
        let id_number = match certified {
            Some(certified) if id_number.is_empty() => certified.as_str().to_owned(),
            _ => id_number,
        };
        if name.is_empty() && id_number.is_empty() && id.is_empty() {
            let field = [Field::Name, Field::IdNumber, Field::MemberId]
                .into_iter()
                .find(|field| row.has(*field));
            row.add(ProblemKind::MissingValue, field, "");
            return None;
        }
        let sex = checked_sex(row, number.as_ref());
        let born = checked_birth(row, number.as_ref());
        let certificate_until = row.certificate_until(born.or(certified_born));
        Some(Self {
            household_id,
            id,
            name,
            id_number,
            phone: row.phone(),
            relation: row.text(Field::Relation),
            sex,
            born,
            disability_certificate: certificate,
            certificate_until,
            disability_kind: kind,
            disability_level: level,
            health: row.text(Field::Health),
            self_care: row.text(Field::SelfCare),
            schooling: row.text(Field::Schooling),
            work: row.text(Field::Work),
            monthly_income: row.typed(Field::MonthlyIncome, ProblemKind::BadNumber, cell::amount),
            tags: row.tags(),
            notes: row.text(Field::Notes),
        })
    }

    fn records(rows: Vec<Self>) -> Records {
        Records::Members(rows)
    }
}

/// The sex of the column, else of the ID number; a contradiction is doubted.
fn checked_sex(
    row: &mut RowReader<'_, '_>,
    number: Option<&IdNumber>,
) -> Option<crate::model::Sex> {
    let stated = row.typed(Field::Sex, ProblemKind::UnknownValue, sex);
    let numbered = number.and_then(IdNumber::sex);
    if let (Some(stated), Some(numbered)) = (stated, numbered)
        && stated != numbered
    {
        row.doubt(ProblemKind::ContradictsIdNumber, Field::Sex);
    }
    stated.or(numbered)
}

/// The day of birth of the column, else of the ID number; a contradiction is doubted. A month alone
/// is made whole by the ID number.
fn checked_birth(row: &mut RowReader<'_, '_>, number: Option<&IdNumber>) -> Option<Date> {
    let stated = row.past_day(Field::Born, true);
    let numbered = number.and_then(IdNumber::born);
    let (Some(day), Some(numbered)) = (stated, numbered) else {
        return stated.or(numbered);
    };
    if day == numbered {
        return stated;
    }
    let text = row.cell(Field::Born);
    let (year, month, _) = day.ymd();
    let (numbered_year, numbered_month, _) = numbered.ymd();
    // A spreadsheet makes 1980.1 of 1980.10.
    let same_month = month == numbered_month || month == 1 && numbered_month == 10;
    if day::month(text).is_some() && year == numbered_year && same_month {
        return Some(numbered);
    }
    row.doubt(ProblemKind::ContradictsIdNumber, Field::Born);
    stated
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DisabilityKind, Sex, TableKind};
    use crate::read::trial::{problems, table};

    fn members(text: &str) -> (Vec<Person>, Vec<String>) {
        let batch = table(TableKind::Members, text);
        let problems = problems(&batch);
        match batch.records {
            Records::Members(members) => (members, problems),
            _ => panic!("no members"),
        }
    }

    #[test]
    fn sex_and_birth_come_from_the_id_number_and_are_held_against_it() {
        let (members, problems) = members(
            "户编号,姓名,身份证号,与户主关系,性别,出生年月,文化程度
1,示范甲,000000198001010013,户主,,,小学
1,示范乙,000000195403070023,配偶,男,1954-03,
1,示范丙,000000195403070023,,女,1954.1.1,
2,示范丁,,子女,不明,2062-01-01,
",
        );
        assert_eq!(
            problems,
            [
                "3 contradicts_id_number 性别 男",
                "4 contradicts_id_number 出生年月 1954.1.1",
                "5 unknown_value 性别 不明",
                "5 future_date 出生年月 2062-01-01",
            ]
        );
        assert_eq!(members[0].sex, Some(Sex::Male));
        assert_eq!(members[0].born, Date::from_ymd(1980, 1, 1));
        assert_eq!(members[1].sex, Some(Sex::Male));
        assert_eq!(members[1].born, Date::from_ymd(1954, 3, 7));
        assert_eq!(members[2].born, Date::from_ymd(1954, 1, 1));
        assert_eq!((members[3].sex, members[3].born), (None, None));
        assert_eq!(members[0].schooling, "小学");
    }

    #[test]
    fn a_certificate_tells_kind_and_level_and_contradictions_are_named() {
        let (members, problems) = members(
            "户编号,姓名,身份证号,残疾人证号,残疾类别,残疾等级
1,示范甲,000000198001010013,00000019800101001342,,
1,示范乙,,00000019540307002311,肢体,一级
1,示范丙,000000198001010013,00000019540307002342,肢体残疾,三级
1,示范丁,000000198001010013,000000198001010013,听力,二级
1,示范戊,,,否,无
",
        );
        assert_eq!(
            problems,
            [
                "3 bad_certificate 残疾类别 肢体",
                "4 bad_certificate 残疾人证号 0000************2342",
                "4 bad_certificate 残疾等级 三级",
                "5 bad_certificate 残疾人证号 0000**********0013",
            ]
        );
        let facts: Vec<_> = members
            .iter()
            .map(|one| (one.disability_kind, one.disability_level))
            .collect();
        assert_eq!(facts[0], (Some(DisabilityKind::Limb), Some(2)));
        assert_eq!(facts[1], (Some(DisabilityKind::Limb), Some(1)));
        assert_eq!(members[1].id_number, "000000195403070023");
        assert_eq!(facts[2].1, Some(3));
        assert_eq!(facts[3], (Some(DisabilityKind::Hearing), Some(2)));
        assert_eq!(facts[4], (None, None));
    }

    #[test]
    fn a_certificate_says_until_when_and_never_before_the_birth() {
        let (members, problems) = members(
            "户编号,姓名,出生日期,残疾人证号,残疾证有效期至
1,示范甲,1980-01-01,,2028-02-29
1,示范乙,1980-01-01,,1979-12-31
1,示范丙,,00000019800101001342,1979-12-31
1,示范丁,,,长期
1,示范戊,,,下个月
1,示范己,,,2017年3月至2027年2月
1,示范庚,,,
",
        );
        let until: Vec<String> = members
            .iter()
            .map(|one| {
                one.certificate_until
                    .map_or_else(String::new, |day| day.to_string())
            })
            .collect();
        assert_eq!(until, ["2028-02-29", "", "", "", "", "2027-02-28", ""]);
        assert_eq!(
            problems,
            [
                "3 dates_reversed 残疾证有效期至 1979-12-31",
                "4 dates_reversed 残疾证有效期至 1979-12-31",
                "6 bad_date 残疾证有效期至 下个月",
            ]
        );
    }

    #[test]
    fn rows_without_a_household_or_anybody_are_rejected() {
        let (members, problems) = members(
            "户主身份证号,姓名,身份证号\n000000198001010013,示范甲,\n,示范乙,\n000000198001010013,,\n",
        );
        assert_eq!(members.len(), 1);
        assert_eq!(members[0].household_id, "000000198001010013");
        assert_eq!(
            problems,
            ["3 missing_id 户主身份证号", "4 missing_value 姓名"]
        );
    }
}
