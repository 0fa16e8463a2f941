//! What a table is, before it is read in earnest: its kind, and which column is which field, with
//! the reasons.

use super::choice::{FileChoice, FileRole};
use super::column_guess::guess;
use super::column_values::{CatalogueNames, ColumnValues};
use super::columns::plain_header;
use super::csv_records::cut;
use super::encoding::EncodingChoice;
use super::field::Field;
use super::file;
use super::inspection::{ColumnGuess, ColumnReason, TableInspection};
use super::kind_guess::guess_kind_with;
use super::row_reader::masked;
use super::row_source::{RowSource, SourceChoice, open_source};
use super::template::Template;
use crate::base::Progress;
use crate::model::{Catalogue, TableKind, is_phone, masked_id_number, masked_name, masked_phone};
use crate::words::Fault;
use std::borrow::Cow;

/// Rows whose values are looked at.
const SAMPLE_ROWS: usize = 200;
/// Values of a column that are shown.
const SHOWN_VALUES: usize = 3;
/// The longest value that is shown, in characters.
const SHOWN_CHARS: usize = 40;

impl TableInspection {
    /// Groups of fields of which the table has none, though its kind cannot do without one.
    pub fn missing(&self) -> Vec<&'static [Field]> {
        let has = |field: &Field| self.columns.iter().any(|one| one.field == Some(*field));
        Field::needed(self.kind)
            .iter()
            .copied()
            .filter(|group| !group.iter().any(has))
            .collect()
    }

    /// Whether an ID number stands in for the number of the household, which no column holds.
    pub fn is_keyed_by_id_number(&self) -> bool {
        let has = |field: Field| self.columns.iter().any(|one| one.field == Some(field));
        let is_keyed = matches!(
            self.kind,
            TableKind::Households
                | TableKind::Members
                | TableKind::Receipts
                | TableKind::Needs
                | TableKind::Visits
        );
        is_keyed && !has(Field::HouseholdId) && (has(Field::HeadIdNumber) || has(Field::IdNumber))
    }

    /// Opens the file as it was inspected.
    pub(super) fn source_choice<'a>(&'a self, choice: &FileChoice) -> SourceChoice<'a> {
        SourceChoice {
            encoding: EncodingChoice::Fixed(self.encoding),
            sheet: self.sheet.as_deref(),
            header_row: choice.header_row,
        }
    }
}

/// Looks at a table. Whatever `choice` leaves open is found out: a saved template whose columns are
/// all there is applied, then headers and values decide. `position` is left to whoever knows the areas.
///
/// # Errors
/// A file that is missing, empty or no table; cancelled work. A table without the columns that its
/// kind needs is no error here: somebody may still say which they are.
pub fn inspect_table(
    choice: &FileChoice,
    catalogue: &Catalogue,
    templates: &[Template],
    progress: &Progress,
) -> Result<TableInspection, Fault> {
    let asked = SourceChoice {
        encoding: choice.encoding,
        sheet: choice.sheet.as_deref(),
        header_row: choice.header_row,
    };
    let mut source = open_source(&choice.path, &asked, progress)?;
    let rows = sample(&mut source, progress)?;
    let names = CatalogueNames::of(catalogue);
    let column = |at: usize| {
        rows.iter()
            .filter_map(move |row| row.get(at))
            .map(String::as_str)
    };
    let values: Vec<ColumnValues> = (0..source.header.len())
        .map(|at| ColumnValues::of(column(at), &names))
        .collect();
    let template = templates
        .iter()
        .find(|template| template.fits(&source.header, choice.role));
    let kind = match choice.role.or(template.and_then(|one| one.role)) {
        Some(FileRole::Table(kind)) => kind,
        Some(FileRole::Areas) | None => guess_kind_with(
            &source.header,
            &values,
            &file::name_of(&choice.path),
            source.sheet.as_deref(),
        ),
    };
    let none = super::choice::ColumnChoices::new();
    let mapping = template.map_or(&none, |template| &template.columns);
    let guesses = guess(kind, &source.header, &values, &choice.columns, mapping);
    let columns = source.header.iter().zip(guesses).enumerate();
    let columns = columns
        .map(|(at, (header, (field, reason)))| ColumnGuess {
            header: header.clone(),
            field,
            reason,
            samples: match reason {
                ColumnReason::Sensitive => Vec::new(),
                _ => shown(header, field, column(at)),
            },
        })
        .collect();
    Ok(TableInspection {
        form: source.form,
        kind,
        encoding: source.encoding,
        encodings: source.encodings,
        sheets: source.sheets,
        sheet: source.sheet,
        header_row: source.header_row,
        titles: source.titles,
        columns,
        file_datum: source.datum,
        position: None,
        rows_looked_at: rows.len() as u64,
    })
}

/// The cells of the first rows.
fn sample(source: &mut RowSource, progress: &Progress) -> Result<Vec<Vec<String>>, Fault> {
    let mut rows = Vec::new();
    while rows.len() < SAMPLE_ROWS {
        progress.tick(0)?;
        let Some(chunk) = source.next()? else {
            break;
        };
        for line in &chunk.lines {
            if rows.len() >= SAMPLE_ROWS {
                break;
            }
            if !line.form.is_readable() {
                continue;
            }
            let bytes = chunk.text.get(line.start..line.end).unwrap_or_default();
            let text = String::from_utf8_lossy(bytes);
            let mut cells = Vec::new();
            cut(&text, source.delimiter, line.quoted, &mut cells);
            rows.push(cells.into_iter().map(Cow::into_owned).collect());
        }
    }
    Ok(rows)
}

/// The first values of a column, masked where they are personal.
fn shown<'a>(
    header: &str,
    field: Option<Field>,
    values: impl Iterator<Item = &'a str>,
) -> Vec<String> {
    let plain = plain_header(header);
    let names_people = ["姓名", "名字", "监护人", "联系人", "name"]
        .iter()
        .any(|word| plain.contains(word));
    values
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .take(SHOWN_VALUES)
        .map(|text| {
            let text = match field {
                Some(field) => masked(field, text),
                None if names_people => masked_name(text),
                None => text.to_owned(),
            };
            // A number of a person may stand in any column.
            if is_long_number(&text) {
                masked_id_number(&text)
            } else if is_phone(&text) {
                masked_phone(&text)
            } else {
                shortened(&text)
            }
        })
        .collect()
}

/// Whether a text could be an ID number or more, and no code of an area.
fn is_long_number(text: &str) -> bool {
    let mut digits = text.bytes().filter(u8::is_ascii_digit).count();
    digits += usize::from(text.ends_with(['x', 'X']));
    digits >= 18 && digits + 2 >= text.chars().count() && !text.contains('.')
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHOWN_CHARS) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(text)),
        None => text.to_owned(),
    }
}
