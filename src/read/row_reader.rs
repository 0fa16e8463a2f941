//! The cells of one row by field, each read with what is wrong or doubtful about it.

use super::cell::{self, code_text};
use super::csv_chunks::Form;
use super::day;
use super::field::Field;
use super::row_typist::{RowTypist, TermCodes};
use crate::model::{
    CodeList, Date, FieldSet, IdNumber, IdNumberError, IdWarning, Problem, ProblemKind,
    is_masked_number, is_phone, masked_id_number, masked_name, masked_phone,
};
use memchr::{memchr, memmem::Finder};
use std::borrow::Cow;
use std::sync::LazyLock;

/// Finds what stands in for bytes that are no text.
static BROKEN: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("\u{FFFD}"));
/// Longest text that a Problem carries, in characters.
const PROBLEM_TEXT_CHARS: usize = 80;

/// One row while it is typed.
pub(super) struct RowReader<'r, 'a> {
    pub(super) typist: &'a RowTypist,
    row: u64,
    pub(super) cells: &'r mut Vec<Cow<'a, str>>,
    pub(super) problems: Vec<Problem>,
    /// Fields whose cell held the error of a formula.
    formula_errors: Vec<Field>,
}

impl<'r, 'a> RowReader<'r, 'a> {
    pub(super) fn new(typist: &'a RowTypist, row: u64, cells: &'r mut Vec<Cow<'a, str>>) -> Self {
        Self {
            typist,
            row,
            cells,
            problems: Vec::new(),
            formula_errors: Vec::new(),
        }
    }
}

impl RowReader<'_, '_> {
    /// The trimmed cell of a field; empty where the row or the file has none.
    pub(super) fn cell(&self, field: Field) -> &str {
        self.typist
            .columns
            .place(field)
            .and_then(|at| self.cells.get(at))
            .map_or("", |cell| cell::trimmed(cell))
    }

    pub(super) fn text(&self, field: Field) -> String {
        self.cell(field).to_owned()
    }

    /// A code or number that stays text, without the apostrophe of spreadsheets.
    pub(super) fn code(&self, field: Field) -> String {
        code_text(self.cell(field)).to_owned()
    }

    pub(super) fn has(&self, field: Field) -> bool {
        self.typist.columns.has(field)
    }

    pub(super) fn add(&mut self, kind: ProblemKind, field: Option<Field>, text: &str) {
        let column = field.map_or_else(String::new, |field| self.typist.columns.name(field));
        self.add_at(kind, column, field, text);
    }

    fn add_at(&mut self, kind: ProblemKind, column: String, field: Option<Field>, text: &str) {
        self.problems.push(Problem {
            source: self.typist.source.clone(),
            row: self.row,
            column,
            kind,
            text: shortened(field.map_or_else(|| text.to_owned(), |field| masked(field, text))),
        });
    }

    /// A Problem about the cell of a field, with its text.
    pub(super) fn doubt(&mut self, kind: ProblemKind, field: Field) {
        let text = self.text(field);
        self.add(kind, Some(field), &text);
    }

    /// The row took in the rows behind it.
    pub(super) fn swallows(&mut self) {
        self.add(ProblemKind::UnclosedQuote, None, "");
        self.add(ProblemKind::UnreadableRow, None, "");
    }

    /// The row has no end.
    pub(super) fn is_endless(&mut self) {
        self.add(ProblemKind::UnreadableRow, None, "");
    }

    /// Problems of the row as a whole.
    pub(super) fn check_form(&mut self, form: Form, text: &str) {
        let expected = self.typist.columns.header.len();
        let found = self.cells.len();
        let extra = self.cells.get(expected..).unwrap_or_default();
        if found < expected || extra.iter().any(|cell| !cell.trim().is_empty()) {
            let text = format!("{found} / {expected}");
            self.add(ProblemKind::FieldCount, None, &text);
        }
        if form == Form::CutShort {
            self.add(ProblemKind::UnclosedQuote, None, "");
        }
        if BROKEN.find(text.as_bytes()).is_some() {
            let broken = |cell: &Cow<str>| cell.contains('\u{FFFD}');
            let at = self.cells.iter().position(broken).unwrap_or_default();
            let columns = &self.typist.columns;
            let column = columns.name_at(at);
            let field = columns.field_at(at);
            // A column that is not understood may hold anything; its text stays in the file.
            let cell = field.and(self.cells.get(at)).map(ToString::to_string);
            let cell = cell.unwrap_or_default();
            self.add_at(ProblemKind::BadEncoding, column, field, cell.trim());
        }
    }

    /// Cells of the row `text` that hold the error of a formula are empty from here on.
    pub(super) fn take_formula_errors(&mut self, text: &str) {
        if memchr(b'#', text.as_bytes()).is_none() {
            return;
        }
        for at in 0..self.cells.len() {
            let Some(cell) = self.cells.get(at).filter(|cell| cell.starts_with('#')) else {
                continue;
            };
            let text = cell.trim().to_owned();
            if !cell::is_formula_error(&text) {
                continue;
            }
            if let Some(field) = self.typist.columns.field_at(at) {
                self.formula_errors.push(field);
                let column = self.typist.columns.name(field);
                self.add_at(ProblemKind::FormulaError, column, None, &text);
            }
            if let Some(cell) = self.cells.get_mut(at) {
                *cell = Cow::Borrowed("");
            }
        }
    }

    /// What the row states, without the cells that an error has emptied.
    pub(super) fn really_stated(&self, mut stated: FieldSet) -> FieldSet {
        for field in &self.formula_errors {
            if let Some(value) = field.household_field() {
                stated.remove(value);
            }
        }
        stated
    }

    /// The number by which the row names its household; `None`, with a Problem, where there is none.
    pub(super) fn household_id(&mut self) -> Option<String> {
        let field = self.typist.household_key;
        let id = self.code(field);
        if id.is_empty() || is_total(&id) {
            self.add(ProblemKind::MissingId, Some(field), "");
            return None;
        }
        if field == Field::HouseholdId && cell::is_rounded(&id) {
            self.add(ProblemKind::LostDigits, Some(field), &id);
        }
        Some(id)
    }

    /// A cell's value; `None` where it is empty, and with a Problem where it says something else.
    pub(super) fn typed<T>(
        &mut self,
        field: Field,
        kind: ProblemKind,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.cell(field);
        if text.is_empty() || is_dash(text) {
            return None;
        }
        let value = read(text);
        if value.is_none() {
            self.doubt(kind, field);
        }
        value
    }

    /// A day; of a month alone the first, where the field may be a month.
    pub(super) fn day(&mut self, field: Field, may_be_month: bool) -> Option<Date> {
        if says_nothing(self.cell(field)) {
            return None;
        }
        let read = if may_be_month {
            day::day_or_month
        } else {
            day::day
        };
        self.typed(field, ProblemKind::BadDate, read)
    }

    /// A day that cannot be after today.
    pub(super) fn past_day(&mut self, field: Field, may_be_month: bool) -> Option<Date> {
        let day = self.day(field, may_be_month)?;
        if day > self.typist.today {
            self.doubt(ProblemKind::FutureDate, field);
            return None;
        }
        Some(day)
    }

    /// An ID number as it came, and checked where it is right; a wrong one is doubted, never dropped.
    pub(super) fn id_number(&mut self, field: Field) -> (String, Option<IdNumber>) {
        let text = self.code(field);
        if text.is_empty() {
            return (text, None);
        }
        let (kind, number) = match IdNumber::parse(&text, self.typist.today) {
            Ok((number, None)) => return (text, Some(number)),
            Ok((number, Some(IdWarning::Legacy))) => (ProblemKind::LegacyIdNumber, Some(number)),
            Err(IdNumberError::LostDigits) => (ProblemKind::LostDigits, None),
            Err(_) if is_masked_number(&text) => (ProblemKind::MaskedValue, None),
            Err(_) => (ProblemKind::BadIdNumber, None),
        };
        self.add(kind, Some(field), &text);
        (text, number)
    }

    /// The telephone as it came; a cell may hold several.
    pub(super) fn phone(&mut self) -> String {
        let text = self.code(Field::Phone);
        if text.is_empty() || is_plain_mobile(&text) {
            return text;
        }
        let plain = cell::folded(&text);
        let good = plain
            .split([';', '、', ',', '/'])
            .filter(|one| !one.trim().is_empty())
            .all(is_phone);
        if cell::is_rounded(&text) {
            self.add(ProblemKind::LostDigits, Some(Field::Phone), &text);
        } else if is_masked_number(&text) {
            self.add(ProblemKind::MaskedValue, Some(Field::Phone), &text);
        } else if !good {
            self.add(ProblemKind::BadPhone, Some(Field::Phone), &text);
        }
        text
    }

    pub(super) fn tags(&self) -> CodeList {
        match self.cell(Field::Tags) {
            "" => CodeList::new(),
            text => CodeList::split(text),
        }
    }

    /// Catalogue codes of a cell's entries; unknown ones stay as they came.
    pub(super) fn terms(&mut self, field: Field, codes: &TermCodes, kind: ProblemKind) -> CodeList {
        let text = self.cell(field);
        let mut list = CodeList::new();
        if text.is_empty() {
            return list;
        }
        // Most cells hold one entry; that costs one lookup.
        if let Some(code) = codes.plain_code_of(text) {
            list.push(code);
            return list;
        }
        if says_nothing(text) {
            return list;
        }
        let mut unknown = Vec::new();
        for entry in CodeList::split(text).iter() {
            if let Some(code) = codes.code_of(entry) {
                list.push(code);
            } else {
                list.push(entry);
                unknown.push(entry.to_owned());
            }
        }
        for entry in unknown {
            self.add(kind, Some(field), &entry);
        }
        list
    }

    /// The catalogue code of a cell with one entry; an unknown one as it came.
    pub(super) fn term(&mut self, field: Field, codes: &TermCodes, kind: ProblemKind) -> String {
        let text = self.cell(field);
        if text.is_empty() || says_nothing(text) {
            return String::new();
        }
        if let Some(code) = codes.code_of(text) {
            return code.to_owned();
        }
        self.doubt(kind, field);
        self.text(field)
    }
}

/// A field's text as a Problem may carry it.
pub(super) fn masked(field: Field, text: &str) -> String {
    match field {
        Field::HeadName | Field::Name | Field::Worker => masked_name(text),
        Field::IdNumber | Field::HeadIdNumber | Field::Certificate => masked_id_number(text),
        Field::Phone => masked_phone(text),
        _ => text.to_owned(),
    }
}

/// Whether a text is a mobile number in its usual form, as nearly all are.
fn is_plain_mobile(text: &str) -> bool {
    matches!(text.as_bytes(), [b'1', b'3'..=b'9', rest @ ..] if rest.len() == 9 && rest.iter().all(u8::is_ascii_digit))
}

/// Whether a cell says in a word that it is empty.
pub(super) fn says_nothing(text: &str) -> bool {
    is_dash(text) || matches!(text, "无" | "没有") || text.eq_ignore_ascii_case("none")
}

/// Whether a cell says by a mark that it is empty.
fn is_dash(text: &str) -> bool {
    matches!(text, "-" | "--" | "—" | "——" | "/" | "\\" | "n/a" | "N/A")
}

/// Whether a cell that should hold a number heads a row of totals.
fn is_total(text: &str) -> bool {
    let plain: String = text.chars().filter(|char| !char.is_whitespace()).collect();
    ["合计", "总计", "小计", "总数", "共计"].contains(&plain.trim_end_matches([':', '：']))
}

fn shortened(text: String) -> String {
    match text.char_indices().nth(PROBLEM_TEXT_CHARS) {
        Some((end, _)) => text.get(..end).map(|head| format!("{head}…")),
        None => None,
    }
    .unwrap_or(text)
}
