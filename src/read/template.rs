//! A saved way to read a kind of file: which column is which field, and what else somebody has
//! decided, as a small TOML text that people can read.

use super::choice::{ColumnChoices, DatumChoice, FileChoice, FileRole};
use super::columns::column_key;
use super::encoding::EncodingChoice;
use super::field::Field;
use super::file;
use super::inspection::TableInspection;
use crate::datum::{Datum, Reading};
use crate::model::TableKind;
use crate::words::Fault;
use std::path::Path;
use toml::{Table, Value};

/// The largest file that is taken for a template.
const MOST_BYTES: u64 = 1 << 20;

/// A named mapping. What it leaves open is found out as for any file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Template {
    /// Its name.
    pub name: String,
    /// What such files hold.
    pub role: Option<FileRole>,
    /// Their columns, by header (or `#3` for the third column where it has none).
    pub columns: ColumnChoices,
    /// Their coordinate system.
    pub datum: DatumChoice,
    /// Their encoding.
    pub encoding: EncodingChoice,
    /// Their sheet.
    pub sheet: Option<String>,
    /// The row of their headers.
    pub header_row: Option<u64>,
    /// The name of the list that they are an edition of.
    pub list_name: String,
}

impl Template {
    /// What was decided and understood of a file, under a name.
    pub fn of(choice: &FileChoice, inspection: Option<&TableInspection>, name: &str) -> Self {
        let mut columns = choice.columns.clone();
        if let Some(inspection) = inspection {
            let headers: Vec<String> = inspection
                .columns
                .iter()
                .map(|column| column.header.clone())
                .collect();
            for (at, column) in inspection.columns.iter().enumerate() {
                let code = column.field.map(|field| field.code().to_owned());
                columns.insert(column_key(&headers, at), code);
            }
        }
        let understood = inspection.map(|inspection| FileRole::Table(inspection.kind));
        Self {
            name: name.to_owned(),
            role: choice.role.or(understood),
            columns,
            datum: choice.datum,
            encoding: choice.encoding,
            sheet: choice.sheet.clone(),
            header_row: choice.header_row,
            list_name: choice.list_name.clone(),
        }
    }

    /// Decides for a file what the template says; what it leaves open stays as it was.
    pub fn apply(&self, choice: &mut FileChoice) {
        choice.role = self.role.or(choice.role);
        for (header, field) in &self.columns {
            choice.columns.insert(header.clone(), field.clone());
        }
        if self.datum != DatumChoice::Auto {
            choice.datum = self.datum;
        }
        if self.encoding != EncodingChoice::Auto {
            choice.encoding = self.encoding;
        }
        if self.sheet.is_some() {
            choice.sheet.clone_from(&self.sheet);
        }
        choice.header_row = self.header_row.or(choice.header_row);
        if !self.list_name.is_empty() {
            choice.list_name.clone_from(&self.list_name);
        }
    }

    /// Whether a file has every column that the template knows, and is not said to hold something else.
    pub(super) fn fits(&self, headers: &[String], role: Option<FileRole>) -> bool {
        let is_there = |key: &String| (0..headers.len()).any(|at| column_key(headers, at) == *key);
        let is_other = matches!((self.role, role), (Some(own), Some(said)) if own != said);
        !is_other && !self.columns.is_empty() && self.columns.keys().all(is_there)
    }

    /// As text.
    pub fn to_toml(&self) -> String {
        let mut table = Table::new();
        let mut put = |key: &str, value: Value| table.insert(key.to_owned(), value);
        put("name", self.name.clone().into());
        match self.role {
            Some(FileRole::Areas) => put("kind", AREAS.into()),
            Some(FileRole::Table(kind)) => put("kind", kind.code().into()),
            None => None,
        };
        match self.datum {
            DatumChoice::Auto => {}
            DatumChoice::Datum(datum) => {
                put("datum", datum.code().into());
            }
            DatumChoice::Reading(reading) => {
                put("datum", reading.datum.code().into());
                put("swapped", reading.swapped.into());
            }
        }
        if let EncodingChoice::Fixed(encoding) = self.encoding {
            put("encoding", encoding.code().into());
        }
        if let Some(sheet) = &self.sheet {
            put("sheet", sheet.clone().into());
        }
        if let Some(row) = self.header_row {
            put("header_row", i64::try_from(row).unwrap_or(i64::MAX).into());
        }
        if !self.list_name.is_empty() {
            put("list_name", self.list_name.clone().into());
        }
        let columns: Table = self
            .columns
            .iter()
            .map(|(header, field)| (header.clone(), field.clone().unwrap_or_default().into()))
            .collect();
        put("columns", columns.into());
        table.to_string()
    }

    /// Reads what [`Template::to_toml`] wrote, or somebody by hand. `source` is the file, for the
    /// sentences about it.
    ///
    /// # Errors
    /// A text that is no TOML; a key or value that is not known, with those that are.
    pub fn parse(text: &str, source: &Path) -> Result<Self, Fault> {
        let table: Table =
            text.trim_start_matches('\u{FEFF}')
                .parse()
                .map_err(|error: toml::de::Error| {
                    file::about("read.template_no_toml", source).because(error.message().to_owned())
                })?;
        let mut template = Self::default();
        let mut swapped = false;
        for (key, value) in &table {
            let wrong = |known: String| {
                let mut fault = file::about("read.template_bad_value", source);
                fault.message = fault.message.arg("key", key).arg("known", known);
                fault
            };
            let text = || value.as_str().ok_or_else(|| wrong("\"…\"".to_owned()));
            match key.as_str() {
                "name" => text()?.clone_into(&mut template.name),
                "kind" => {
                    let role = role_of(text()?).ok_or_else(|| wrong(kinds()))?;
                    template.role = Some(role);
                }
                "datum" => match text()? {
                    "auto" => {}
                    word => {
                        let datum = Datum::parse(word).ok_or_else(|| wrong(DATUMS.to_owned()))?;
                        template.datum = DatumChoice::Datum(datum);
                    }
                },
                "swapped" => {
                    swapped = value.as_bool().ok_or_else(|| wrong(BOOLEANS.to_owned()))?;
                }
                "encoding" => {
                    template.encoding = EncodingChoice::from_code(text()?)
                        .ok_or_else(|| wrong(ENCODINGS.to_owned()))?;
                }
                "sheet" => template.sheet = Some(text()?.to_owned()),
                "header_row" => {
                    let row = value.as_integer().and_then(|row| u64::try_from(row).ok());
                    let row = row.filter(|row| *row > 0);
                    template.header_row = Some(row.ok_or_else(|| wrong("1, 2, 3 …".to_owned()))?);
                }
                "list_name" => text()?.clone_into(&mut template.list_name),
                "columns" => {
                    let columns = value
                        .as_table()
                        .ok_or_else(|| wrong("[columns]".to_owned()))?;
                    template.columns = columns_of(columns, template_role(&table), source)?;
                }
                _ => {
                    let mut fault = file::about("read.template_unknown_key", source);
                    fault.message = fault.message.arg("key", key).arg("known", KEYS);
                    return Err(fault);
                }
            }
        }
        if let (true, DatumChoice::Datum(datum)) = (table.contains_key("swapped"), template.datum) {
            template.datum = DatumChoice::Reading(Reading { datum, swapped });
        }
        Ok(template)
    }
}

const AREAS: &str = "areas";
const KEYS: &str = "name, kind, datum, swapped, encoding, sheet, header_row, list_name, [columns]";
const DATUMS: &str = "auto, wgs84, cgcs2000, gcj02, bd09, epsg:N";
const ENCODINGS: &str = "auto, utf-8, gb18030, gbk, big5, utf-16le, utf-16be";
const BOOLEANS: &str = "true, false";

/// Reads a template file.
///
/// # Errors
/// A file that cannot be read or is far too large; see [`Template::parse`] for the rest.
pub fn read_template(path: &Path) -> Result<Template, Fault> {
    let (mut source, bytes) = file::open_text(path)?;
    if bytes > MOST_BYTES {
        return Err(file::about("read.template_no_toml", path));
    }
    let mut text = Vec::new();
    std::io::Read::read_to_end(&mut source, &mut text)
        .map_err(|error| file::cannot_read(path).because(error))?;
    let text = String::from_utf8(text)
        .map_err(|error| file::about("read.template_no_toml", path).because(error))?;
    Template::parse(&text, path)
}

fn role_of(word: &str) -> Option<FileRole> {
    if word == AREAS {
        return Some(FileRole::Areas);
    }
    TableKind::from_code(word).map(FileRole::Table)
}

fn kinds() -> String {
    let codes = TableKind::ALL.iter().map(|kind| kind.code());
    let codes: Vec<&str> = codes.chain([AREAS]).collect();
    codes.join(", ")
}

/// The kind that the text states, whichever key comes first.
fn template_role(table: &Table) -> Option<FileRole> {
    table.get("kind").and_then(Value::as_str).and_then(role_of)
}

fn columns_of(
    columns: &Table,
    role: Option<FileRole>,
    source: &Path,
) -> Result<ColumnChoices, Fault> {
    let fields = match role {
        Some(FileRole::Table(kind)) => Field::of(kind),
        _ => Field::ALL,
    };
    let mut choices = ColumnChoices::new();
    for (header, value) in columns {
        let code = value.as_str().unwrap_or("?");
        let is_known = fields.iter().any(|field| field.code() == code);
        if !code.is_empty() && !is_known {
            let known: Vec<&str> = fields.iter().map(|field| field.code()).collect();
            let mut fault = file::about("read.template_unknown_field", source);
            fault.message = fault
                .message
                .arg("key", header)
                .arg(
                    "value",
                    value
                        .as_str()
                        .map_or_else(|| value.to_string(), str::to_owned),
                )
                .arg("known", known.join(", "));
            return Err(fault);
        }
        let choice = (!code.is_empty()).then(|| code.to_owned());
        choices.insert(header.clone(), choice);
    }
    Ok(choices)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Encoding;

    fn parse(text: &str) -> Result<Template, Fault> {
        Template::parse(text, Path::new("残联.toml"))
    }

    #[test]
    fn what_is_written_reads_back_as_itself() {
        let columns = [
            ("X坐标", Some("lon")),
            ("Y坐标", Some("lat")),
            ("户号", Some("household_id")),
            ("政治面貌", None),
            ("#5", Some("phone")),
            ("带\"引号\" = 的", None),
        ];
        let template = Template {
            name: "浒山台账".into(),
            role: Some(FileRole::Table(TableKind::Households)),
            columns: columns
                .into_iter()
                .map(|(header, code)| (header.to_owned(), code.map(str::to_owned)))
                .collect(),
            datum: DatumChoice::Reading(Reading {
                datum: Datum::Gcj02,
                swapped: true,
            }),
            encoding: EncodingChoice::Fixed(Encoding::Gb18030),
            sheet: Some("台账".into()),
            header_row: Some(3),
            list_name: "残联".into(),
        };
        assert_eq!(parse(&template.to_toml()).unwrap(), template);
        let open = Template::default();
        assert_eq!(parse(&open.to_toml()).unwrap(), open);
        let plain = parse("\u{FEFF}kind = \"list\"\ndatum = \"bd09\"\n").unwrap();
        assert_eq!(plain.datum, DatumChoice::Datum(Datum::Bd09));

        let mut choice = FileChoice::of("a.csv".into());
        choice.columns.insert("户号".into(), None);
        choice.columns.insert("电话".into(), Some("phone".into()));
        template.apply(&mut choice);
        assert_eq!(choice.columns.len(), 7);
        assert_eq!(choice.columns["户号"].as_deref(), Some("household_id"));
        let again = Template::of(&choice, None, "again");
        assert_eq!((again.datum, again.sheet), (template.datum, template.sheet));
    }

    #[test]
    fn what_is_wrong_is_named_with_what_is_known() {
        let fault = |text: &str| {
            let fault = parse(text).unwrap_err();
            (fault.message.key(), fault.text(crate::words::Lang::En))
        };
        let (key, text) = fault("kind = \"list\"\n[columns]\n\"X坐标\" = \"lonn\"");
        assert_eq!(key, "read.template_unknown_field");
        assert!(text.contains("X坐标") && text.contains("lonn"), "{text}");
        assert!(text.contains("id_number") && !text.contains("living_alone"));
        for (wrong, key) in [
            ("[columns]\n\"a\" = 3", "read.template_unknown_field"),
            ("kind = \"people\"", "read.template_bad_value"),
            ("datum = \"mars\"", "read.template_bad_value"),
            ("encoding = \"latin1\"", "read.template_bad_value"),
            ("header_row = 0", "read.template_bad_value"),
            ("header_row = \"3\"", "read.template_bad_value"),
            ("columns = 3", "read.template_bad_value"),
            ("swapped = 1", "read.template_bad_value"),
            ("colums = 3", "read.template_unknown_key"),
            ("name = ", "read.template_no_toml"),
        ] {
            assert_eq!(fault(wrong).0, key, "{wrong}");
        }
    }

    #[test]
    fn a_file_is_a_template_or_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.toml");
        std::fs::write(&path, "name = \"甲\"\n").unwrap();
        assert_eq!(read_template(&path).unwrap().name, "甲");
        std::fs::write(&path, b"name = \"\xFF\"\n").unwrap();
        let fault = read_template(&path).unwrap_err();
        assert_eq!(fault.message.key(), "read.template_no_toml");
    }
}
