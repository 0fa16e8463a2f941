//! An import before it happens: the files, what was understood of them, what is said about them.

use crate::datum::Reading;
use crate::jobs::{
    ColumnGuess, ColumnReason, DatumChoice, Decisions, Field, FileChoice, FileRole, Inspection,
    PositionFinding, Rehearsed, TableInspection,
};
use crate::model::TableKind;
use crate::words::Fault;
use std::path::PathBuf;
use std::sync::Arc;

/// The steps of an import, in their order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum ImportStep {
    /// Which files, and what they hold.
    #[default]
    Files,
    /// Which column is what.
    Columns,
    /// How positions are read.
    Position,
    /// What would happen.
    Check,
}

impl ImportStep {
    /// Every step, in order.
    pub const ALL: [Self; 4] = [Self::Files, Self::Columns, Self::Position, Self::Check];
}

/// What is being done with a plan.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ImportWork {
    /// Nothing.
    #[default]
    Idle,
    /// It is being rehearsed.
    Rehearsing,
    /// It is being carried out.
    Importing,
}

/// A file of a plan.
#[derive(Debug, Clone)]
pub struct PlannedFile {
    /// What is said about it.
    pub choice: FileChoice,
    /// What was understood of it; `None` until it was looked at.
    pub found: Option<Arc<Result<Inspection, Fault>>>,
}

/// An import before it happens.
#[derive(Debug, Clone, Default)]
pub struct ImportPlan {
    /// The files.
    pub files: Vec<PlannedFile>,
    /// The step that is shown.
    pub step: ImportStep,
    /// What the import would do, once it was rehearsed with everything that is now said.
    pub rehearsal: Option<Arc<Rehearsed>>,
    /// Why the rehearsal failed.
    pub fault: Option<Arc<Fault>>,
    /// What is decided about the households.
    pub decisions: Decisions,
    /// What is being done with it.
    pub work: ImportWork,
    /// The files are being looked at.
    pub is_waiting: bool,
    /// What was last asked about the files: the workspace and what was said.
    pub(super) asked: Option<(Option<PathBuf>, Vec<FileChoice>)>,
    /// The number of that question; 0 where no answer is wanted any more.
    pub(super) ticket: u64,
}

impl PlannedFile {
    /// A file of which nothing is known.
    pub fn of(path: PathBuf) -> Self {
        Self {
            choice: FileChoice::of(path),
            found: None,
        }
    }

    /// Its name, without folders.
    pub fn name(&self) -> String {
        let path = &self.choice.path;
        let name = path.file_name().unwrap_or(path.as_os_str());
        name.to_string_lossy().into_owned()
    }

    /// What was understood of it.
    pub fn inspection(&self) -> Option<&Inspection> {
        self.found.as_deref()?.as_ref().ok()
    }

    /// Why it cannot be read.
    pub fn fault(&self) -> Option<&Fault> {
        self.found.as_deref()?.as_ref().err()
    }

    /// What was understood of it as a table.
    pub fn table(&self) -> Option<&TableInspection> {
        match self.inspection()? {
            Inspection::Table(table) => Some(table),
            Inspection::Areas(_) => None,
        }
    }

    /// How its positions are read, with the evidence.
    pub fn position(&self) -> Option<&PositionFinding> {
        self.table()?.position.as_ref()
    }

    /// What it holds: as somebody says, else as it was understood.
    pub fn role(&self) -> Option<FileRole> {
        self.choice.role.or(self.inspection().map(Inspection::role))
    }

    /// What a column is taken for, and why: as somebody says, else as it was understood.
    pub fn column(&self, guess: &ColumnGuess) -> (Option<Field>, ColumnReason) {
        match (self.choice.columns.get(&guess.header), self.table()) {
            (Some(code), Some(table)) => {
                let field = code.as_deref().and_then(|code| field(table.kind, code));
                let reason = if field == guess.field {
                    guess.reason
                } else {
                    ColumnReason::Said
                };
                (field, reason)
            }
            _ => (guess.field, guess.reason),
        }
    }

    /// The choice with a column taken for a field, or left out. A field has one column: another
    /// that was taken for it is left out.
    pub fn with_column(&self, header: &str, field: Option<Field>) -> FileChoice {
        let mut choice = self.choice.clone();
        if let (Some(field), Some(table)) = (field, self.table()) {
            for other in &table.columns {
                if other.header != header && self.column(other).0 == Some(field) {
                    choice.columns.insert(other.header.clone(), None);
                }
            }
        }
        let code = field.map(|field| field.code().to_owned());
        choice.columns.insert(header.to_owned(), code);
        choice
    }

    /// The groups of fields of which one is needed and none has a column.
    pub fn missing(&self) -> Vec<&'static [Field]> {
        let Some(table) = self.table() else {
            return Vec::new();
        };
        let columns = table.columns.iter();
        let fields: Vec<Field> = columns.filter_map(|guess| self.column(guess).0).collect();
        Field::missing(table.kind, &fields)
    }

    /// How its positions are read: as somebody says, else as it was understood.
    pub fn reading(&self) -> Option<Reading> {
        let found = self.position()?.reading;
        Some(match self.choice.datum {
            DatumChoice::Auto => found,
            DatumChoice::Datum(datum) => Reading { datum, ..found },
            DatumChoice::Reading(reading) => reading,
        })
    }

    /// Whether somebody should look at what was understood in a step.
    pub fn is_doubtful(&self, step: ImportStep) -> bool {
        let Some(inspection) = self.inspection() else {
            return step == ImportStep::Files && self.fault().is_some();
        };
        let encodings = match inspection {
            Inspection::Areas(areas) => &areas.encodings,
            Inspection::Table(table) => &table.encodings,
        };
        match step {
            ImportStep::Files => {
                encodings.len() > 1 && self.choice.encoding == crate::jobs::EncodingChoice::Auto
                    || matches!(inspection, Inspection::Areas(areas) if areas.rejected > 0)
            }
            ImportStep::Columns => !self.missing().is_empty(),
            ImportStep::Position => self.position().is_some_and(|found| {
                let is_open = self.choice.datum == DatumChoice::Auto;
                let flawed = found.zero_rows + found.far_rows;
                let swapped = found.swapped_rows > 0 && !self.choice.accepted.swapped;
                let degrees = found.degrees_rows > 0 && !self.choice.accepted.degrees_text;
                (is_open && !found.is_plain) || flawed > 0 || swapped || degrees
            }),
            ImportStep::Check => false,
        }
    }

    /// The choice with everything said that was understood, so that it can serve for another file.
    pub fn as_template(&self) -> FileChoice {
        let mut choice = self.choice.clone();
        choice.role = self.role();
        if let Some(table) = self.table() {
            for guess in &table.columns {
                let code = self.column(guess).0.map(|field| field.code().to_owned());
                choice.columns.insert(guess.header.clone(), code);
            }
        }
        choice
    }
}

fn field(kind: TableKind, code: &str) -> Option<Field> {
    let mut fields = Field::of(kind).iter().copied();
    fields.find(|field| field.code() == code)
}

impl ImportPlan {
    /// A plan for these files, each once.
    pub fn of(paths: Vec<PathBuf>) -> Self {
        let mut plan = Self::default();
        plan.add(paths);
        plan
    }

    pub(super) fn add(&mut self, paths: Vec<PathBuf>) {
        for path in paths {
            if !self.files.iter().any(|file| file.choice.path == path) {
                self.files.push(PlannedFile::of(path));
            }
        }
    }

    /// Whether every file was looked at and understood, with everything that is now said.
    pub fn is_understood(&self) -> bool {
        let understood = |file: &PlannedFile| file.inspection().is_some();
        !self.files.is_empty() && !self.is_waiting && self.files.iter().all(understood)
    }

    /// Whether it can be rehearsed and carried out as it stands.
    pub fn is_ready(&self) -> bool {
        self.is_understood() && self.files.iter().all(|file| file.missing().is_empty())
    }

    /// Whether somebody should look at a step.
    pub fn is_doubtful(&self, step: ImportStep) -> bool {
        let in_check = self.fault.is_some()
            || self
                .rehearsal
                .as_ref()
                .is_some_and(|rehearsal| rehearsal.report.rejected > 0);
        match step {
            ImportStep::Check => in_check,
            _ => self.files.iter().any(|file| file.is_doubtful(step)),
        }
    }

    /// Whether a step has anything to say for these files.
    pub fn has(&self, step: ImportStep) -> bool {
        let is_table = |file: &PlannedFile| matches!(file.role(), Some(FileRole::Table(_)));
        step != ImportStep::Columns || self.files.is_empty() || self.files.iter().any(is_table)
    }

    /// The step after the one that is shown.
    pub fn next_step(&self) -> Option<ImportStep> {
        let mut later = ImportStep::ALL.into_iter().filter(|step| *step > self.step);
        later.find(|step| self.has(*step))
    }

    /// The step before the one that is shown.
    pub fn step_before(&self) -> Option<ImportStep> {
        let mut earlier = ImportStep::ALL.into_iter().rev();
        earlier.find(|step| *step < self.step && self.has(*step))
    }

    /// What is said about the files, with what they hold.
    pub(super) fn choices(&self) -> Vec<FileChoice> {
        let choice = |file: &PlannedFile| FileChoice {
            role: file.role(),
            ..file.choice.clone()
        };
        self.files.iter().map(choice).collect()
    }

    /// What was said has changed: what was understood and rehearsed no longer holds.
    pub(super) fn changed(&mut self) {
        self.rehearsal = None;
        self.fault = None;
        self.step = self.step.min(ImportStep::Position);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jobs::{Encoding, FileForm};

    fn guess(header: &str, field: Option<Field>) -> ColumnGuess {
        ColumnGuess {
            header: header.to_owned(),
            field,
            reason: ColumnReason::Header,
            samples: Vec::new(),
        }
    }

    fn ledger() -> PlannedFile {
        let table = TableInspection {
            form: FileForm::Csv,
            kind: TableKind::Households,
            encoding: Encoding::Utf8,
            encodings: Vec::new(),
            sheets: Vec::new(),
            sheet: None,
            header_row: 1,
            titles: Vec::new(),
            columns: vec![
                guess("编号", Some(Field::HouseholdId)),
                guess("电话", Some(Field::Phone)),
                guess("手机", None),
            ],
            file_datum: None,
            is_clean: false,
            position: None,
            rows_looked_at: 9,
        };
        PlannedFile {
            found: Some(Arc::new(Ok(Inspection::Table(table)))),
            ..PlannedFile::of("台账.csv".into())
        }
    }

    fn fields(file: &PlannedFile) -> Vec<Option<Field>> {
        let columns = &file.table().unwrap().columns;
        columns.iter().map(|guess| file.column(guess).0).collect()
    }

    #[test]
    fn a_field_has_one_column_and_the_last_word_counts() {
        let mut file = ledger();
        let (id, phone) = (Some(Field::HouseholdId), Some(Field::Phone));
        file.choice = file.with_column("手机", phone);
        assert_eq!(fields(&file), [id, None, phone]);
        file.choice = file.with_column("电话", phone);
        assert_eq!(fields(&file), [id, phone, None]);
        assert_eq!(file.choice.columns.len(), 2);
    }

    #[test]
    fn without_the_column_that_names_the_household_nothing_can_be_read() {
        let mut file = ledger();
        assert!(file.missing().is_empty());
        file.choice = file.with_column("编号", None);
        assert_eq!(file.missing(), [&[Field::HouseholdId, Field::IdNumber]]);
        assert!(file.is_doubtful(ImportStep::Columns));
        file.choice = file.with_column("编号", Some(Field::IdNumber));
        assert!(file.missing().is_empty(), "the ID number will do");
    }

    #[test]
    fn boundaries_alone_have_no_columns_to_look_at() {
        let mut plan = ImportPlan::of(vec!["a.geojson".into(), "a.geojson".into()]);
        assert_eq!(plan.files.len(), 1);
        plan.files[0].choice.role = Some(FileRole::Areas);
        assert_eq!(plan.next_step(), Some(ImportStep::Position));
        plan.step = ImportStep::Position;
        assert_eq!(plan.step_before(), Some(ImportStep::Files));
        plan.files.push(ledger());
        assert_eq!(plan.step_before(), Some(ImportStep::Columns));
    }

    #[test]
    fn a_template_says_everything_that_was_understood() {
        let template = ledger().as_template();
        assert_eq!(template.role, Some(FileRole::Table(TableKind::Households)));
        assert_eq!(template.columns["编号"].as_deref(), Some("household_id"));
        assert_eq!(template.columns["手机"], None);
    }
}
