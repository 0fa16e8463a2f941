//! The tables of an import, kind after kind: what others refer to comes first.

use super::addresses::Addresses;
use super::households::Ledger;
use super::members::Memory;
use super::people::Rows;
use super::rejects::Rejects;
use super::report::FileReport;
use super::shares::Shares;
use super::target::Target;
use super::vanished::Newcomer;
use super::{ImportReport, ImportRequest};
use crate::base::{Progress, Stopwatch};
use crate::datum::Reading;
use crate::jobs::difference::Difference;
use crate::jobs::doctor::reading_of;
use crate::jobs::inspect::look_at_table;
use crate::jobs::places::Places;
use crate::model::{Catalogue, Problem, ProblemKind, TableKind};
use crate::read::{
    self, Batch, Field, FileChoice, FileRole, Records, TableInspection, TableOptions,
};
use crate::store::ImportKind;
use crate::words::Fault;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What the tables of an import share.
pub(super) struct Tables<'a, 'w> {
    pub(super) target: &'a mut Target<'w>,
    pub(super) request: &'a ImportRequest,
    /// The programmes and needs that cells may name.
    pub(super) catalogue: &'a Catalogue,
    pub(super) places: &'a Places,
    pub(super) report: &'a mut ImportReport,
    pub(super) difference: &'a mut Difference,
    pub(super) memory: Memory,
    /// Households that came as new where others were known.
    pub(super) newcomers: Vec<Newcomer>,
    pub(super) timings: &'a mut Stopwatch,
}

/// What a file calls itself and its columns.
pub(super) struct Names {
    pub(super) source: Arc<str>,
    headers: BTreeMap<Field, String>,
}

impl Names {
    fn of(table: &TableInspection, source: &str) -> Self {
        let named = |column: &read::ColumnGuess| Some((column.field?, column.header.clone()));
        Self {
            source: source.into(),
            headers: table.columns.iter().filter_map(named).collect(),
        }
    }

    /// A problem of the file as a whole.
    pub(super) fn of_file(&self, kind: ProblemKind) -> Problem {
        Problem {
            source: self.source.clone(),
            row: 0,
            column: String::new(),
            kind,
            text: String::new(),
        }
    }

    /// The column of a field: its header, or the field's own word.
    pub(super) fn column(&self, field: Field) -> String {
        let header = self.headers.get(&field).filter(|header| !header.is_empty());
        header.cloned().unwrap_or_else(|| field.code().to_owned())
    }

    /// A problem of a row, at the column of a field.
    pub(super) fn problem(&self, row: u64, kind: ProblemKind, field: Field, text: &str) -> Problem {
        Problem {
            source: self.source.clone(),
            row,
            column: self.column(field),
            kind,
            text: text.to_owned(),
        }
    }
}

/// Reads the rows of a file, for somebody who looks ahead.
pub(super) type Preview<'a> =
    dyn FnMut(&mut dyn FnMut(Batch) -> Result<(), Fault>) -> Result<(), Fault> + 'a;

/// What becomes of a batch of rows: which of them cannot be stored after all.
pub(super) trait Sink {
    /// Rows will come. Whoever must know all of them first may read them ahead.
    fn begin(&mut self, _: &mut Tables<'_, '_>, _: &mut Preview<'_>) -> Result<(), Fault> {
        Ok(())
    }

    /// Takes rows; gives the rows that cannot be stored, for reasons that it has reported.
    fn take(&mut self, to: &mut Tables<'_, '_>, batch: Batch) -> Result<Vec<u64>, Fault>;

    /// All rows are in.
    fn finish(&mut self, to: &mut Tables<'_, '_>, progress: &Progress) -> Result<Vec<u64>, Fault>;
}

impl Tables<'_, '_> {
    /// Reads all tables.
    pub(super) fn read_all(
        &mut self,
        shares: &mut Shares,
        progress: &Progress,
    ) -> Result<Rejects, Fault> {
        let mut rejects = Rejects::default();
        let files = &self.request.files;
        for kind in TableKind::ALL {
            for (at, choice) in files.iter().enumerate() {
                if choice.role == Some(FileRole::Table(kind)) {
                    let part = shares.next(std::iter::once(choice), progress);
                    rejects.add(kind, self.read_table(at, choice, &part)?);
                }
            }
            if kind == TableKind::Households {
                self.compare_vanished(progress)?;
            }
        }
        Ok(rejects)
    }

    fn read_table(
        &mut self,
        at: usize,
        choice: &FileChoice,
        progress: &Progress,
    ) -> Result<Vec<Vec<String>>, Fault> {
        let table = look_at_table(
            choice,
            self.catalogue,
            self.places,
            &progress.part(0.0, 0.05),
        )?;
        self.timings.lap("inspect");
        let mut file = file_report(choice, &table);
        self.target.begin_file(&file)?;
        self.note_doubtful_datum(&table, &file)?;
        let mut sink: Box<dyn Sink> = match table.kind {
            TableKind::Households => Box::new(Ledger::new(at, Names::of(&table, &file.source))),
            TableKind::Addresses => Box::new(Addresses::default()),
            _ => Box::new(Rows::of(&table, Names::of(&table, &file.source))),
        };
        let mut rejected: Vec<Vec<String>> = Vec::new();
        let mut late: BTreeSet<u64> = BTreeSet::new();
        let options = TableOptions {
            reading: reading_of(&table),
            accepted: choice.accepted,
            ..TableOptions::on(self.request.today)
        };
        sink.begin(self, &mut |see| {
            let ahead = progress.part(0.05, 0.2);
            read::read_table(choice, &table, &options, self.catalogue, &ahead, see).map(|_| ())
        })?;
        let keeps_rejects = self.request.rejects.is_some();
        let facts = read::read_table(
            choice,
            &table,
            &options,
            self.catalogue,
            &progress.part(0.2, 0.65),
            &mut |mut batch| {
                for problem in std::mem::take(&mut batch.problems) {
                    self.target.keep_problem(self.report, problem)?;
                }
                if keeps_rejects {
                    let records = std::mem::take(&mut batch.rejected);
                    rejected.extend(records.into_iter().map(|row| row.record));
                }
                if !batch.records.is_empty() {
                    late.extend(sink.take(self, batch)?);
                }
                Ok(())
            },
        )?;
        self.timings.lap("rows");
        late.extend(sink.finish(self, &progress.part(0.65, 1.0))?);
        if keeps_rejects && !late.is_empty() {
            let rows = read::read_rows(choice, &table, &late, &progress.aside())?;
            rejected.extend(rows.into_iter().map(|row| row.record));
        }
        file.read = facts.rows_read;
        file.stored = facts.stored.saturating_sub(late.len() as u64);
        file.rejected = facts.rejected + late.len() as u64;
        file.understood = facts
            .understood
            .iter()
            .map(|(header, field)| (header.clone(), field.code().to_owned()))
            .collect();
        file.ignored = facts.ignored;
        if table.kind == TableKind::Households {
            self.report.read += file.read;
            self.report.stored += file.stored;
            self.report.rejected += file.rejected;
        }
        self.target.end_file(&file)?;
        self.timings.lap("finish");
        self.report.files.push(file);
        let mut records = vec![facts.header];
        records.extend(rejected);
        Ok(records)
    }

    /// Where the evidence does not tell one datum from another, somebody should look.
    fn note_doubtful_datum(
        &mut self,
        table: &TableInspection,
        file: &FileReport,
    ) -> Result<(), Fault> {
        let is_doubtful = |finding: &read::PositionFinding| {
            // That a file is in WGS-84 unless something speaks against it needs no question; a few
            // rows cannot speak.
            let plain_reading = finding.reading == Reading::default();
            let contradicted = finding.far_rows * 2 > finding.rows;
            !finding.is_plain
                && self.places.region().is_some()
                && finding.rows > 0
                && (!plain_reading || contradicted || finding.better().is_some())
        };
        let Some(finding) = table.position.as_ref().filter(|found| is_doubtful(found)) else {
            return Ok(());
        };
        let problem = Problem {
            source: file.source.as_str().into(),
            row: 0,
            column: String::new(),
            kind: ProblemKind::UndecidedDatum,
            text: finding.reading.datum.code(),
        };
        self.target.keep_problem(self.report, problem)
    }
}

fn file_report(choice: &FileChoice, table: &TableInspection) -> FileReport {
    let source = super::run::file_name(&choice.path);
    let stem = choice.path.file_stem().unwrap_or_default();
    let list_name = match table.kind {
        TableKind::DepartmentList if choice.list_name.is_empty() => {
            stem.to_string_lossy().into_owned()
        }
        TableKind::DepartmentList => choice.list_name.clone(),
        _ => String::new(),
    };
    FileReport {
        source,
        kind: ImportKind::from(table.kind),
        form: table.form,
        list_name,
        encoding: table.encoding.code().to_owned(),
        datum: reading_of(table).datum.code(),
        position: table.position.clone(),
        datum_reason: table.position.as_ref().map(|found| found.reason),
        sheet: table.sheet.clone(),
        header_row: table.header_row,
        read: 0,
        stored: 0,
        rejected: 0,
        understood: Vec::new(),
        ignored: Vec::new(),
    }
}

/// How many records a batch has of which kind is settled by its file; a batch of another kind is
/// none of its rows.
pub(super) fn households_of(batch: &mut Batch) -> Vec<crate::model::Household> {
    match std::mem::replace(&mut batch.records, Records::Households(Vec::new())) {
        Records::Households(households) => households,
        _ => Vec::new(),
    }
}
