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
/// Values that are looked at, of tables that are wider than any that somebody keeps.
const SAMPLE_VALUES: usize = 1 << 18;
/// Values of a column that are shown.
const SHOWN_VALUES: usize = 3;
/// The longest value that is shown, in characters.
const SHOWN_CHARS: usize = 40;

impl TableInspection {
    /// Groups of fields of which the table has none, though its kind cannot do without one.
    pub fn missing(&self) -> Vec<&'static [Field]> {
        let fields: Vec<Field> = self.columns.iter().filter_map(|one| one.field).collect();
        Field::missing(self.kind, &fields)
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

    /// The sentence about a table without what its kind needs. It
    /// says how many columns there are, not which: a file without headers begins with a resident.
    pub(super) fn nothing_fits(&self, choice: &FileChoice) -> Fault {
        let key = match self.kind {
            TableKind::Households => "read.no_id_column",
            TableKind::Members => "read.no_member_columns",
            TableKind::Receipts => "read.no_receipt_columns",
            TableKind::Needs => "read.no_need_columns",
            TableKind::Visits => "read.no_visit_columns",
            TableKind::Resources => "read.no_resource_columns",
            TableKind::DepartmentList => "read.no_person_columns",
            TableKind::Addresses => "read.no_address_columns",
        };
        let mut fault = file::about(key, &choice.path);
        fault.message = fault.message.arg("cells", self.columns.len());
        fault
    }

    /// Opens the file as it was inspected.
    pub(super) fn source_choice<'a>(&'a self, choice: &FileChoice) -> SourceChoice<'a> {
        SourceChoice {
            encoding: EncodingChoice::Fixed(self.encoding),
            sheet: self.sheet.as_deref(),
            header_row: choice.header_row,
            is_clean: self.is_clean,
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
        is_clean: false,
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
                _ => shown(kind, header, field, column(at)),
            },
        })
        .collect();
    Ok(TableInspection {
        form: source.form,
        is_clean: source.is_clean,
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
    let most = SAMPLE_ROWS.min(SAMPLE_VALUES / source.header.len().max(1));
    let mut rows = Vec::new();
    while rows.len() < most {
        progress.tick(0)?;
        let Some(chunk) = source.next()? else {
            break;
        };
        for line in &chunk.lines {
            if rows.len() >= most {
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
    kind: TableKind,
    header: &str,
    field: Option<Field>,
    values: impl Iterator<Item = &'a str>,
) -> Vec<String> {
    let plain = plain_header(header);
    // What offers help is no person, and its name is no secret.
    let field = field.filter(|field| (kind, *field) != (TableKind::Resources, Field::Name));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::catalogue;
    use crate::read::trial::{inspect, options, read};
    use std::path::Path;

    const LIST: &str = "姓名,身份证号,电话,监护人姓名,备用,政治面貌,地址\n\
        示范甲,000000198001010013,19900000001,示范乙,000000195403070023,群众,示范路1号\n\
        示范丙,000000195403070023,无,,19900000002,群众,示范路2号\n";

    #[test]
    fn samples_are_masked_where_they_are_personal() {
        let found = inspect("残联.csv", LIST);
        let samples: Vec<String> = found
            .columns
            .iter()
            .map(|one| one.samples.join(" "))
            .collect();
        assert_eq!(
            samples,
            [
                "示** 示**",
                "0000**********0013 0000**********0023",
                "199****0001 *",
                "示**",
                "0000**********0023 199****0002",
                "",
                "示范路1号 示范路2号",
            ]
        );
        assert_eq!(found.kind, TableKind::DepartmentList);
        assert_eq!((found.rows_looked_at, found.header_row), (2, 1));
        assert!(found.missing().is_empty());
    }

    #[test]
    fn what_is_missing_is_named_and_an_id_number_stands_in() {
        let found = inspect("台账.csv", "户主姓名,人口数\n示范甲,2\n");
        assert_eq!(found.kind, TableKind::Households);
        assert_eq!(found.missing(), [&[Field::HouseholdId, Field::IdNumber]]);
        let found = inspect(
            "台账.csv",
            "户主姓名,户主身份证号,人口数\n示范甲,000000198001010013,2\n",
        );
        assert!(found.missing().is_empty() && found.is_keyed_by_id_number());
        let list = inspect("残联.csv", LIST);
        assert!(!list.is_keyed_by_id_number());
    }

    #[test]
    fn a_saved_template_is_found_by_its_columns() {
        let template = Template::parse(
            "name = \"x\"\nkind = \"visits\"\n[columns]\n\"甲\" = \"household_id\"\n\"乙\" = \"done_on\"\n",
            Path::new("x.toml"),
        )
        .unwrap();
        let folder = tempfile::tempdir().unwrap();
        let look = |text: &str, role| {
            let path = folder.path().join("a.csv");
            std::fs::write(&path, text).unwrap();
            let mut choice = FileChoice::of(path);
            choice.role = role;
            let templates = std::slice::from_ref(&template);
            inspect_table(&choice, catalogue(), templates, &Progress::new()).unwrap()
        };
        let found = look("甲,乙,丙\n1,2026-10-01,x\n", None);
        assert_eq!(found.kind, TableKind::Visits);
        assert_eq!(found.columns[1].field, Some(Field::DoneOn));
        assert_eq!(found.columns[1].reason, ColumnReason::Template);
        assert_eq!(look("甲,丙\n1,x\n", None).columns[0].field, None);
        let said = Some(FileRole::Table(TableKind::Resources));
        assert_eq!(look("甲,乙,丙\n1,2,x\n", said).columns[0].field, None);
    }

    #[test]
    fn every_kind_says_what_it_needs() {
        for (kind, key) in [
            (TableKind::Members, "read.no_member_columns"),
            (TableKind::Receipts, "read.no_receipt_columns"),
            (TableKind::Needs, "read.no_need_columns"),
            (TableKind::Visits, "read.no_visit_columns"),
            (TableKind::Resources, "read.no_resource_columns"),
            (TableKind::DepartmentList, "read.no_person_columns"),
            (TableKind::Addresses, "read.no_address_columns"),
        ] {
            let fault = read(b"p,q\n1,2\n", kind, &options()).unwrap_err();
            assert_eq!(fault.message.key(), key);
            for lang in crate::words::Lang::ALL {
                assert!(lang.knows(key), "{key}");
            }
            assert!(fault.text(crate::words::Lang::En).contains(" 2 "));
        }
    }
}
