//! What typing a row needs to know, and the row as its lines are cut: shared by all kinds of tables.

use super::batch::Records;
use super::cell;
use super::choice::Accepted;
use super::columns::Columns;
use super::csv_chunks::{Form, Line};
use super::csv_records::cut;
use super::field::Field;
use super::row_reader::RowReader;
use super::table::print_of;
use crate::datum::Reading;
use crate::model::{Catalogue, CodeForm, Date, FieldSet, Problem, Term};
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

/// A kind of record that the rows of a table are typed to.
pub(super) trait Row: Sized + Send {
    /// The record of a row, or `None` where the row is rejected; its Problems say why.
    fn read(row: &mut RowReader<'_, '_>) -> Option<Self>;

    /// What no two rows of a file may share, with the field that holds it.
    fn key(&self) -> Option<(&str, Field)> {
        None
    }

    /// The values that the row states, of those for which the file has columns.
    fn stated(&self, _file_stated: FieldSet) -> FieldSet {
        FieldSet::NONE
    }

    /// Records as a batch has them.
    fn records(rows: Vec<Self>) -> Records;
}

/// What a row came to.
pub(super) struct TypedRow<R> {
    pub(super) line: Line,
    /// The record, or `None` where the row is rejected.
    pub(super) record: Option<R>,
    /// The fingerprint of its key.
    pub(super) print: Option<u128>,
    pub(super) stated: FieldSet,
    pub(super) problems: Vec<Problem>,
}

/// All that typing a row needs to know; shared by all threads.
pub(super) struct RowTypist {
    pub(super) source: Arc<str>,
    pub(super) columns: Columns,
    pub(super) delimiter: u8,
    pub(super) today: Date,
    pub(super) reading: Reading,
    /// The word of the datum that the workspace keeps; empty for WGS-84.
    pub(super) datum_code: String,
    pub(super) accepted: Accepted,
    pub(super) programmes: TermCodes,
    pub(super) needs: TermCodes,
    /// Both coordinates have a column.
    pub(super) has_position: bool,
    /// The field by which a row names its household.
    pub(super) household_key: Field,
    /// The values of a household for which there are columns.
    pub(super) stated: FieldSet,
    /// The form that grid codes have.
    pub(super) grid_form: Option<CodeForm>,
}

impl RowTypist {
    /// A typist for WGS-84 that accepts nothing.
    pub(super) fn new(
        source: Arc<str>,
        columns: Columns,
        delimiter: u8,
        catalogue: &Catalogue,
        today: Date,
    ) -> Self {
        let stated = columns.stated();
        let household_key = [Field::HouseholdId, Field::HeadIdNumber, Field::IdNumber]
            .into_iter()
            .find(|field| columns.has(*field))
            .unwrap_or(Field::HouseholdId);
        Self {
            has_position: columns.has(Field::Lon) && columns.has(Field::Lat),
            source,
            columns,
            delimiter,
            today,
            reading: Reading::default(),
            datum_code: String::new(),
            accepted: Accepted::default(),
            programmes: TermCodes::of(&catalogue.programmes),
            needs: TermCodes::of(&catalogue.needs),
            household_key,
            stated,
            grid_form: None,
        }
    }

    /// The field by which a key of the record is written: where a table has no number of the
    /// household, an ID number stands in for it.
    pub(super) fn stand_in(&self, field: Field) -> Field {
        if field == Field::HouseholdId {
            self.household_key
        } else {
            field
        }
    }

    /// Types one line of a text. `cells` is only room to work in.
    pub(super) fn type_row<'a, R: Row>(
        &'a self,
        text: &'a str,
        line: Line,
        cells: &mut Vec<Cow<'a, str>>,
    ) -> TypedRow<R> {
        let mut row = RowReader::new(self, line.row, cells);
        let record = match line.form {
            Form::Whole | Form::CutShort => {
                cut(text, self.delimiter, line.quoted, row.cells);
                row.check_form(line.form, text);
                row.take_formula_errors(text);
                R::read(&mut row)
            }
            Form::Swallowing => {
                row.swallows();
                None
            }
            Form::Endless => {
                row.is_endless();
                None
            }
        };
        let stated = record.as_ref().map_or(FieldSet::NONE, |record| {
            row.really_stated(record.stated(self.stated))
        });
        TypedRow {
            line,
            print: record.as_ref().and_then(print_of),
            record,
            stated,
            problems: row.problems,
        }
    }
}

/// Code by name, so that a lookup costs one hash.
pub(super) struct TermCodes(HashMap<String, String>);

impl TermCodes {
    pub(super) fn of(terms: &[Term]) -> Self {
        let mut codes = HashMap::new();
        for term in terms {
            for name in [&term.code, &term.zh, &term.en]
                .into_iter()
                .chain(&term.aliases)
            {
                codes
                    .entry(name.to_lowercase())
                    .or_insert_with(|| term.code.clone());
            }
        }
        Self(codes)
    }

    /// The code of a name that is written as the catalogue has it.
    pub(super) fn plain_code_of(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    pub(super) fn code_of(&self, name: &str) -> Option<&str> {
        self.plain_code_of(name)
            .or_else(|| self.plain_code_of(&cell::folded(name).to_lowercase()))
    }
}
