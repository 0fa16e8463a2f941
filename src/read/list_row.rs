//! One row of a department's list → one entry.

use super::batch::Records;
use super::field::Field;
use super::row_disability::Disability;
use super::row_reader::RowReader;
use super::row_typist::Row;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::TableKind;
    use crate::read::trial::{problems, table};

    #[test]
    fn a_list_keeps_what_it_says_in_its_own_words() {
        let batch = table(
            TableKind::DepartmentList,
            "序号,姓名,残疾人证号,残疾类别,残疾等级,联系电话,补贴金额
1,示范甲,00000019800101001342,肢体,二级,19900000001,350
2,示范乙,123,视力,,,
3,,,,,,
",
        );
        assert_eq!(
            problems(&batch),
            ["3 bad_certificate 残疾人证号 ***", "4 missing_value 姓名"]
        );
        let Records::Entries(entries) = batch.records else {
            panic!("no entries")
        };
        assert_eq!(entries[0].id_number, "000000198001010013");
        assert_eq!(
            entries[0].details.as_str(),
            "残疾类别 肢体;残疾等级 二级;补贴金额 350"
        );
        assert_eq!((&*entries[1].name, &*entries[1].id_number), ("示范乙", ""));
    }
}
