//! One row of the ledger → one household, with what is wrong or doubtful about it.

use super::batch::Records;
use super::cell;
use super::field::Field;
use super::row_position::Placed;
use super::row_reader::RowReader;
use super::row_typist::Row;
use crate::model::{
    FieldSet, Household, PositionSource, ProblemKind, division_level, is_within, stated_by,
};

impl Row for Household {
    fn read(row: &mut RowReader<'_, '_>) -> Option<Self> {
        let id = row.household_id()?;
        let Placed {
            position,
            text: position_text,
            datum: position_datum,
        } = row.position();
        let typist = row.typist;
        Some(Self {
            id,
            head_name: row.text(Field::HeadName),
            id_number: row.id_number(Field::IdNumber).0,
            phone: row.phone(),
            address: row.text(Field::Address),
            position,
            position_text,
            position_datum,
            position_source: PositionSource::File,
            declared_area: declared_area(row),
            members: row.typed(Field::Members, ProblemKind::BadNumber, cell::count),
            elderly: row.typed(Field::Elderly, ProblemKind::BadNumber, cell::count),
            children: row.typed(Field::Children, ProblemKind::BadNumber, cell::count),
            disabled: row.typed(Field::Disabled, ProblemKind::BadNumber, cell::count),
            living_alone: row.typed(Field::LivingAlone, ProblemKind::BadYesNo, cell::yes_no),
            monthly_income: row.typed(Field::MonthlyIncome, ProblemKind::BadNumber, cell::amount),
            programmes: row.terms(
                Field::Programmes,
                &typist.programmes,
                ProblemKind::UnknownProgramme,
            ),
            needs: row.terms(Field::Needs, &typist.needs, ProblemKind::UnknownNeed),
            last_visit: row.past_day(Field::LastVisit, false),
            tags: row.tags(),
            notes: row.text(Field::Notes),
        })
    }

    fn key(&self) -> Option<(&str, Field)> {
        Some((&self.id, Field::HouseholdId))
    }

    fn stated(&self, file_stated: FieldSet) -> FieldSet {
        stated_by(self, file_stated)
    }

    fn records(rows: Vec<Self>) -> Records {
        Records::Households(rows)
    }
}

/// The grid that the row declares; where it names none, its division.
fn declared_area(row: &mut RowReader<'_, '_>) -> String {
    let grid = checked_code(row, Field::DeclaredArea);
    let fits = |form: &crate::model::CodeForm| form.fits(&grid);
    let has_form = row.typist.grid_form.as_ref().is_none_or(fits);
    let is_odd = !grid.is_empty() && !cell::is_rounded(&grid) && !has_form;
    if !row.has(Field::DivisionCode) {
        if is_odd {
            row.add(ProblemKind::BadGridCode, Some(Field::DeclaredArea), &grid);
        }
        return grid;
    }
    let division = checked_code(row, Field::DivisionCode);
    let is_plain = division.is_empty() || cell::is_rounded(&division);
    if !is_plain && division_level(&division).is_none() {
        row.add(
            ProblemKind::BadAreaCode,
            Some(Field::DivisionCode),
            &division,
        );
    }
    let is_elsewhere = !is_plain && !grid.is_empty() && !is_within(&grid, &division);
    if is_odd || is_elsewhere {
        row.add(ProblemKind::BadGridCode, Some(Field::DeclaredArea), &grid);
    }
    if grid.is_empty() { division } else { grid }
}

fn checked_code(row: &mut RowReader<'_, '_>, field: Field) -> String {
    let code = row.code(field);
    if cell::is_rounded(&code) {
        row.add(ProblemKind::LostDigits, Some(field), &code);
    }
    code
}

#[cfg(test)]
mod tests {
    use crate::model::{CodeForm, Date, TableKind};
    use crate::read::TableOptions;
    use crate::read::trial::{households, ledger, options, problems, read};
    use std::fmt::Write as _;

    #[test]
    fn doubtful_cells_are_named_and_private_ones_masked() {
        let (_, batch) = ledger(
            "户编号,身份证号,电话,人口数,独居,月收入（元）,最近走访日期,x坐标,y坐标,网格号
a,340524198001010011,12345678901,三百,不详,-5,2026-11-22,1,2,3.30282E+14
b,3.40524E+17,0574-63000000/13812345678,2.0,√,1200元,46296,1,2,
'c,340524800101001,,,,,昨天,1,2,
",
        )
        .unwrap();
        assert_eq!(
            problems(&batch),
            [
                "2 bad_id_number 身份证号 3405**********0011",
                "2 bad_phone 电话 123****8901",
                "2 lost_digits 网格号 3.30282E+14",
                "2 bad_number 人口数 三百",
                "2 bad_yes_no 独居 不详",
                "2 bad_number 月收入（元） -5",
                "2 future_date 最近走访日期 2026-11-22",
                "3 lost_digits 身份证号 ***********",
                "4 legacy_id_number 身份证号 3405*******1001",
                "4 bad_date 最近走访日期 昨天",
            ]
        );
        assert_eq!(households(&batch)[0].id_number, "340524198001010011");
        assert_eq!(
            households(&batch)[1].last_visit,
            Date::from_ymd(2026, 10, 1)
        );
        assert_eq!(households(&batch)[2].id, "c");
    }

    #[test]
    fn codes_of_grids_and_divisions_are_checked() {
        let mut text = String::from("户编号,网格编码,社区编码\n");
        for at in 0..30 {
            writeln!(text, "{at},330282001001{at:03},330282001001").unwrap();
        }
        text += "a,33028200100101,330282001001\nb,330282002001015,330282001001\nc,,330282001001\nd,330282001001001,33028200100\n";
        let (_, batch) = ledger(&text).unwrap();
        assert_eq!(
            problems(&batch),
            [
                "0 missing_coordinate",
                "32 bad_grid_code 网格编码 33028200100101",
                "33 bad_grid_code 网格编码 330282002001015",
                "35 bad_area_code 社区编码 33028200100",
            ]
        );
        assert_eq!(households(&batch)[32].declared_area, "330282001001");
        // A few codes prove no form; a form that is said needs no proof.
        let text = "户编号,网格编码\n1,330282001\n2,G1\n";
        assert_eq!(problems(&ledger(text).unwrap().1).len(), 1);
        let options = TableOptions {
            grid_form: CodeForm::parse("330282*"),
            ..options()
        };
        let (_, batch) = read(text.as_bytes(), TableKind::Households, &options).unwrap();
        assert_eq!(problems(&batch)[1..], ["3 bad_grid_code 网格编码 G1"]);
    }

    #[test]
    fn masked_values_are_noted_and_cells_that_say_nothing_are_empty() {
        let (_, batch) =
            ledger("户编号,身份证号,电话,人口数,最近走访日期,享受项目\n1,0000**********0012,199****0001,-,无,/\n")
                .unwrap();
        assert_eq!(
            problems(&batch)[1..],
            [
                "2 masked_value 身份证号 0000**********0012",
                "2 masked_value 电话 199****0001",
            ]
        );
        assert!(households(&batch)[0].programmes.is_empty());
    }
}
