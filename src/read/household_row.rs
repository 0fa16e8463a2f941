//! One row of the ledger → one household, with what is wrong or doubtful about it.

use super::cell;
use super::field::Field;
use super::row_position::Placed;
use super::row_reader::RowReader;
use super::row_typist::Row;
use super::table::Records;
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
        row.add(ProblemKind::BadAreaCode, Some(Field::DivisionCode), &division);
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
