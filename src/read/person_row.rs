//! One row of a member list → one member.

use super::cell;
use super::day;
use super::field::Field;
use super::row_disability::Disability;
use super::row_reader::RowReader;
use super::row_typist::Row;
use super::table::Records;
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
