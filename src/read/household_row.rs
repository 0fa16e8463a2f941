//! One row of the ledger → one household, with what is wrong or doubtful about it.

use super::cell::{self, code_text};
use super::columns::{Columns, Field};
use super::csv_chunks::{Form, Line};
use super::csv_records::cut;
use super::id_set::fingerprint;
use crate::model::{
    Catalogue, CodeList, Date, Household, IdNumber, IdNumberError, IdWarning, LonLat,
    PositionSource, Problem, ProblemKind, Term, is_phone, masked_id_number, masked_name,
    masked_phone,
};
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

/// Longest text that a Problem carries, in characters.
const PROBLEM_TEXT_CHARS: usize = 80;

/// What a row came to.
pub(super) struct TypedRow {
    pub(super) line: Line,
    /// The household with the fingerprint of its id, or `None` where the row is rejected.
    pub(super) household: Option<(Household, u128)>,
    pub(super) problems: Vec<Problem>,
}

/// All that typing a row needs to know; shared by all threads.
pub(super) struct RowTypist {
    pub(super) source: Arc<str>,
    pub(super) columns: Columns,
    pub(super) delimiter: u8,
    today: Date,
    programmes: TermCodes,
    needs: TermCodes,
    /// Both coordinates have a column.
    has_position: bool,
}

impl RowTypist {
    pub(super) fn new(
        source: Arc<str>,
        columns: Columns,
        delimiter: u8,
        catalogue: &Catalogue,
        today: Date,
    ) -> Self {
        let has_position =
            columns.place(Field::Lon).is_some() && columns.place(Field::Lat).is_some();
        Self {
            source,
            columns,
            delimiter,
            today,
            programmes: TermCodes::of(&catalogue.programmes),
            needs: TermCodes::of(&catalogue.needs),
            has_position,
        }
    }

    /// What is wrong with the file as a whole: no row can have a position.
    pub(super) fn file_problem(&self) -> Option<Problem> {
        (!self.has_position).then(|| Problem {
            source: self.source.clone(),
            row: 0,
            column: String::new(),
            kind: ProblemKind::MissingCoordinate,
            text: String::new(),
        })
    }

    /// Types one line of a text. `cells` is only room to work in.
    pub(super) fn type_row<'a>(
        &'a self,
        text: &'a str,
        line: Line,
        cells: &mut Vec<Cow<'a, str>>,
    ) -> TypedRow {
        let mut row = RowReader {
            typist: self,
            row: line.row,
            cells,
            problems: Vec::new(),
        };
        let household = match line.form {
            Form::Whole | Form::CutShort => {
                cut(text, self.delimiter, line.quoted, row.cells);
                row.check_form(line.form, text);
                row.household()
            }
            Form::Swallowing => {
                row.add(ProblemKind::UnclosedQuote, None, "");
                row.add(ProblemKind::UnreadableRow, None, "");
                None
            }
            Form::Endless => {
                row.add(ProblemKind::UnreadableRow, None, "");
                None
            }
        };
        TypedRow {
            line,
            household,
            problems: row.problems,
        }
    }
}

/// Code by name, so that a lookup costs one hash.
struct TermCodes(HashMap<String, String>);

impl TermCodes {
    fn of(terms: &[Term]) -> Self {
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

    fn code_of(&self, name: &str) -> Option<&str> {
        let found = self.0.get(name);
        found
            .or_else(|| self.0.get(&cell::half_width(name).to_lowercase()))
            .map(String::as_str)
    }
}

struct RowReader<'r, 'a> {
    typist: &'a RowTypist,
    row: u64,
    cells: &'r mut Vec<Cow<'a, str>>,
    problems: Vec<Problem>,
}

impl RowReader<'_, '_> {
    /// The trimmed cell of a field; empty where the row or the file has none.
    fn cell(&self, field: Field) -> &str {
        self.typist
            .columns
            .place(field)
            .and_then(|at| self.cells.get(at))
            .map_or("", |cell| cell::trimmed(cell))
    }

    fn text(&self, field: Field) -> String {
        self.cell(field).to_owned()
    }

    fn add(&mut self, kind: ProblemKind, field: Option<Field>, text: &str) {
        let column = field.map_or("", |field| self.typist.columns.name(field));
        self.add_at(kind, column.to_owned(), field, text);
    }

    fn add_at(&mut self, kind: ProblemKind, column: String, field: Option<Field>, text: &str) {
        let text = match field {
            Some(Field::HeadName) => masked_name(text),
            Some(Field::IdNumber) => masked_id_number(text),
            Some(Field::Phone) => masked_phone(text),
            _ => text.to_owned(),
        };
        self.problems.push(Problem {
            source: self.typist.source.clone(),
            row: self.row,
            column,
            kind,
            text: shortened(text),
        });
    }

    /// Problems of the row as a whole.
    fn check_form(&mut self, form: Form, text: &str) {
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
        if text.contains('\u{FFFD}') {
            let broken = |cell: &Cow<str>| cell.contains('\u{FFFD}');
            let at = self.cells.iter().position(broken).unwrap_or_default();
            let columns = &self.typist.columns;
            let column = columns.header.get(at).cloned().unwrap_or_default();
            let field = columns.field_at(at);
            // A column that is not understood may hold anything; its text stays in the file.
            let cell = field.and(self.cells.get(at)).map(ToString::to_string);
            let cell = cell.unwrap_or_default();
            self.add_at(ProblemKind::BadEncoding, column, field, cell.trim());
        }
    }

    fn household(&mut self) -> Option<(Household, u128)> {
        let id = code_text(self.cell(Field::HouseholdId)).to_owned();
        if id.is_empty() {
            self.add(ProblemKind::MissingId, Some(Field::HouseholdId), "");
            return None;
        }
        if cell::is_rounded(&id) {
            self.add(ProblemKind::LostDigits, Some(Field::HouseholdId), &id);
        }
        let print = fingerprint(&id);
        let (position, position_text) = self.position();
        let household = Household {
            id,
            head_name: self.text(Field::HeadName),
            id_number: self.id_number(),
            phone: self.phone(),
            address: self.text(Field::Address),
            position,
            position_text,
            position_datum: String::new(),
            position_source: PositionSource::File,
            declared_area: self.declared_area(),
            members: self.typed(Field::Members, ProblemKind::BadNumber, cell::count),
            elderly: self.typed(Field::Elderly, ProblemKind::BadNumber, cell::count),
            children: self.typed(Field::Children, ProblemKind::BadNumber, cell::count),
            disabled: self.typed(Field::Disabled, ProblemKind::BadNumber, cell::count),
            living_alone: self.typed(Field::LivingAlone, ProblemKind::BadYesNo, cell::yes_no),
            monthly_income: self.typed(Field::MonthlyIncome, ProblemKind::BadNumber, cell::amount),
            programmes: self.terms(
                Field::Programmes,
                &self.typist.programmes,
                ProblemKind::UnknownProgramme,
            ),
            needs: self.terms(Field::Needs, &self.typist.needs, ProblemKind::UnknownNeed),
            last_visit: self.last_visit(),
            tags: self.tags(),
            notes: self.text(Field::Notes),
        };
        Some((household, print))
    }

    /// A cell's value; `None` where it is empty, and with a Problem where it says something else.
    fn typed<T>(
        &mut self,
        field: Field,
        kind: ProblemKind,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.cell(field);
        if text.is_empty() {
            return None;
        }
        let value = read(text);
        if value.is_none() {
            let text = text.to_owned();
            self.add(kind, Some(field), &text);
        }
        value
    }

    fn last_visit(&mut self) -> Option<Date> {
        let day = self.typed(Field::LastVisit, ProblemKind::BadDate, cell::day)?;
        if day > self.typist.today {
            let text = self.text(Field::LastVisit);
            self.add(ProblemKind::FutureDate, Some(Field::LastVisit), &text);
            return None;
        }
        Some(day)
    }

    /// Where the household is; where that cannot be used, what the file said instead.
    fn position(&mut self) -> (Option<LonLat>, String) {
        let lon_text = self.cell(Field::Lon);
        let lat_text = self.cell(Field::Lat);
        let both_text = if lon_text.is_empty() && lat_text.is_empty() {
            String::new()
        } else {
            format!("{lon_text}, {lat_text}")
        };
        if !self.typist.has_position {
            return (None, both_text);
        }
        let (kind, field, text) = if lon_text.is_empty() || lat_text.is_empty() {
            let field = if lon_text.is_empty() {
                Field::Lon
            } else {
                Field::Lat
            };
            (ProblemKind::MissingCoordinate, field, both_text.clone())
        } else {
            match (cell::coordinate(lon_text), cell::coordinate(lat_text)) {
                (None, _) => (ProblemKind::BadCoordinate, Field::Lon, lon_text.to_owned()),
                (_, None) => (ProblemKind::BadCoordinate, Field::Lat, lat_text.to_owned()),
                (Some(lon), Some(lat)) => {
                    if let Some(position) = LonLat::new(lon, lat) {
                        return (Some(position), String::new());
                    }
                    let (kind, field) = if LonLat::new(lat, lon).is_some() {
                        (ProblemKind::SwappedCoordinates, Field::Lon)
                    } else if lon.abs() > 180.0 {
                        (ProblemKind::CoordinateOutOfRange, Field::Lon)
                    } else {
                        (ProblemKind::CoordinateOutOfRange, Field::Lat)
                    };
                    (kind, field, both_text.clone())
                }
            }
        };
        self.add(kind, Some(field), &text);
        (None, both_text)
    }

    /// The ID number as it came; a wrong one is doubted, never dropped.
    fn id_number(&mut self) -> String {
        let text = code_text(self.cell(Field::IdNumber)).to_owned();
        if text.is_empty() {
            return text;
        }
        let kind = match IdNumber::parse(&text, self.typist.today) {
            Ok((_, None)) => return text,
            Ok((_, Some(IdWarning::Legacy))) => ProblemKind::LegacyIdNumber,
            Err(IdNumberError::LostDigits) => ProblemKind::LostDigits,
            Err(_) => ProblemKind::BadIdNumber,
        };
        self.add(kind, Some(Field::IdNumber), &text);
        text
    }

    /// The telephone as it came; a cell may hold several.
    fn phone(&mut self) -> String {
        let text = code_text(self.cell(Field::Phone)).to_owned();
        if text.is_empty() || is_plain_mobile(&text) {
            return text;
        }
        let plain = cell::half_width(&text);
        let good = plain
            .split([';', '、', ',', '/'])
            .filter(|one| !one.trim().is_empty())
            .all(is_phone);
        if cell::is_rounded(&text) {
            self.add(ProblemKind::LostDigits, Some(Field::Phone), &text);
        } else if !good {
            self.add(ProblemKind::BadPhone, Some(Field::Phone), &text);
        }
        text
    }

    fn declared_area(&mut self) -> String {
        let code = code_text(self.cell(Field::DeclaredArea)).to_owned();
        if cell::is_rounded(&code) {
            self.add(ProblemKind::LostDigits, Some(Field::DeclaredArea), &code);
        }
        code
    }

    fn tags(&self) -> CodeList {
        match self.cell(Field::Tags) {
            "" => CodeList::new(),
            text => CodeList::split(text),
        }
    }

    /// Catalogue codes of a cell's entries; unknown ones stay as they came.
    fn terms(&mut self, field: Field, codes: &TermCodes, kind: ProblemKind) -> CodeList {
        let text = self.cell(field);
        let mut list = CodeList::new();
        if text.is_empty() {
            return list;
        }
        // Most cells hold one entry; that costs one lookup.
        if let Some(code) = codes.0.get(text) {
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
}

/// Whether a text is a mobile number in its usual form, as nearly all are.
fn is_plain_mobile(text: &str) -> bool {
    matches!(text.as_bytes(), [b'1', b'3'..=b'9', rest @ ..] if rest.len() == 9 && rest.iter().all(u8::is_ascii_digit))
}

/// Whether a list cell says in a word that it is empty.
fn says_nothing(text: &str) -> bool {
    ["无", "没有", "none", "-", "—", "/", "n/a"]
        .iter()
        .any(|word| word.eq_ignore_ascii_case(text))
}

fn shortened(text: String) -> String {
    match text.char_indices().nth(PROBLEM_TEXT_CHARS) {
        Some((end, _)) => text.get(..end).map(|head| format!("{head}…")),
        None => None,
    }
    .unwrap_or(text)
}
