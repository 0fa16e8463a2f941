//! Writing what a check or a comparison found as a table.

use super::compared::{CellFound, Compared, ListedEntry, SourceKind};
use super::finding::{
    Checked, CountsFinding, Finding, Found, PairFinding, agreement_word, counts_text,
};
use super::match_table::{MatchShown, match_table};
use super::plain_table::PlainTable;
use super::trial_table::{trial_about, trial_changes, trial_figures};
use super::{ExportFormat, Town, Tried, WorkspaceHandle};
use crate::analysis::Matching;
use crate::base::{Progress, digits};
use crate::datum::lonlat_from_merc;
use crate::model::{HouseholdField, LonLat, masked_id_number, masked_name, masked_phone};
use crate::query::RowSet;
use crate::words::{Fault, Lang, Message};
use crate::write::{self, Cell, CellKind, RowSource as _, SheetNames};
use std::path::PathBuf;
use std::sync::Arc;

/// What somebody wants as a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableWanted {
    /// What the check of the data found.
    Findings,
    /// Entries of a list that no household answers to.
    Unmatched,
    /// The figures of the rules on trial.
    TrialFigures,
    /// Who comes in and who goes under the rules on trial.
    TrialChanges,
    /// What is proposed for each open need.
    Matching,
}

/// What to write.
#[derive(Debug, Clone)]
pub enum TableSource {
    /// What the check found.
    Findings(Arc<Checked>),
    /// The entries of a cell without a household.
    Unmatched {
        /// The comparison.
        lists: Arc<Compared>,
        /// The cell.
        cell: Arc<CellFound>,
    },
    /// The figures of a trial: all of the town, then its smallest areas.
    TrialFigures(Arc<Tried>),
    /// Who comes in and who goes in a trial, each with the reason.
    TrialChanges(Arc<Tried>),
    /// What is proposed for the open needs of some households, in the categories of these bits.
    Matching {
        /// The proposal.
        matching: Arc<Matching>,
        /// The households.
        rows: Arc<RowSet>,
        /// The categories.
        categories: u64,
    },
}

/// What to write, and where.
#[derive(Debug, Clone)]
pub struct TableRequest {
    /// The workspace, to look up the files that households came from.
    pub workspace: WorkspaceHandle,
    /// The town.
    pub town: Arc<Town>,
    /// What to write.
    pub source: TableSource,
    /// The workspace's name, for the sheet that says what this is.
    pub workspace_name: String,
    /// Whether names, ID numbers and phones stand in full.
    pub unmasked: bool,
    /// The language of headings.
    pub lang: Lang,
    /// The file; its ending says the format.
    pub path: PathBuf,
}

/// A written table.
#[derive(Debug, Clone)]
pub struct TableWritten {
    /// Where it is.
    pub path: PathBuf,
    /// How many rows it has.
    pub rows: usize,
}

impl TableRequest {
    pub(super) fn run(self, progress: &Progress) -> Result<TableWritten, Fault> {
        let format = ExportFormat::of_path(&self.path)?;
        let lang = self.lang;
        let mut table = match &self.source {
            TableSource::Findings(checked) => self.findings(checked, progress)?,
            TableSource::Unmatched { lists, cell } => self.unmatched(lists, cell),
            TableSource::TrialFigures(tried) => trial_figures(&self.town, tried, lang),
            TableSource::TrialChanges(tried) => {
                trial_changes(&self.town, tried, lang, !self.unmasked, progress)?
            }
            TableSource::Matching {
                matching,
                rows,
                categories,
            } => {
                let shown = MatchShown {
                    rows,
                    categories: *categories,
                    lang,
                    unmasked: self.unmasked,
                };
                match_table(&self.town, matching, &shown)
            }
        };
        if self.town.snapshot.is_demo {
            table.mark(lang);
        }
        progress.set_total(table.len() as u64);
        match format {
            ExportFormat::Csv => write::write_csv(&self.path, &table, progress)?,
            ExportFormat::Xlsx => {
                let (list, about) = (lang.t("write.sheet_list"), lang.t("write.sheet_about"));
                let names = SheetNames {
                    table: &list,
                    about: &about,
                };
                write::write_xlsx(&self.path, &table, &self.about(&table), names, progress)?;
            }
            ExportFormat::GeoJson => {
                let message = Message::new("jobs.table_format").arg("path", self.path.display());
                return Err(Fault::input(message));
            }
        }
        Ok(TableWritten {
            rows: table.len(),
            path: self.path,
        })
    }

    fn about(&self, table: &PlainTable) -> Vec<(String, String)> {
        let lang = self.lang;
        let what = match self.source {
            TableSource::Findings(_) => "jobs.table_findings",
            TableSource::Unmatched { .. } => "jobs.table_unmatched",
            TableSource::TrialFigures(_) => "whatif.table_figures",
            TableSource::TrialChanges(_) => "whatif.table_changes",
            TableSource::Matching { .. } => "jobs.table_matching",
        };
        let hidden = if self.unmasked {
            "write.about_in_full"
        } else {
            "write.about_hidden"
        };
        let mut about = vec![
            ("write.about_what", lang.t(what).into_owned()),
            ("write.about_workspace", self.workspace_name.clone()),
            ("jobs.table_rows", digits::grouped(table.len() as u64)),
            ("write.about_masked", lang.t(hidden).into_owned()),
        ];
        if let TableSource::TrialFigures(tried) | TableSource::TrialChanges(tried) = &self.source {
            about.extend(trial_about(&self.town, tried, lang));
        }
        if self.town.snapshot.is_demo {
            about.push(("write.about_mark", lang.t("common.demo_mark").into_owned()));
        }
        let said = about.into_iter();
        said.map(|(key, value)| (lang.t(key).into_owned(), value))
            .collect()
    }

    fn findings(&self, checked: &Checked, progress: &Progress) -> Result<PlainTable, Fault> {
        let lang = self.lang;
        let mut table = PlainTable::new(
            lang,
            &[
                ("file", CellKind::Text, 20.0),
                ("row", CellKind::Number, 8.0),
                ("id", CellKind::Text, 20.0),
                ("other_id", CellKind::Text, 20.0),
                ("what", CellKind::Text, 30.0),
                ("details", CellKind::Text, 40.0),
                ("advice", CellKind::Text, 50.0),
                ("lon", CellKind::Number, 12.0),
                ("lat", CellKind::Number, 12.0),
            ],
        );
        for finding in checked.findings.iter().filter(|finding| finding.is_open()) {
            progress.tick(0)?;
            let [id, other] = ids(finding);
            let place = self.place(finding);
            let (file, row) = self.origin(finding, &id)?;
            let cells = vec![
                Cell::text(file),
                Cell::number(row.map(|row| row as f64)),
                Cell::text(id),
                Cell::text(other),
                Cell::text(finding.kind.text(lang)),
                Cell::text(self.details(finding)),
                Cell::text(finding.kind.advice(lang)),
                Cell::number(place.map(|at| at.lon)),
                Cell::number(place.map(|at| at.lat)),
            ];
            table.push(cells, place);
        }
        Ok(table)
    }

    /// The file and row that a household came from.
    fn origin(&self, finding: &Finding, id: &str) -> Result<(String, Option<u64>), Fault> {
        if matches!(finding.found, Found::Ground(_)) {
            return Ok((String::new(), None));
        }
        let origins = self.workspace.with(|workspace| workspace.origins(id))?;
        let of_id = origins
            .into_iter()
            .find(|(field, _)| *field == HouseholdField::Id);
        Ok(of_id.map_or((String::new(), None), |(_, origin)| {
            let row = Some(origin.row).filter(|row| *row > 0);
            (origin.source.to_string(), row)
        }))
    }

    fn place(&self, finding: &Finding) -> Option<LonLat> {
        let households = &self.town.snapshot.households;
        match &finding.found {
            Found::Ground(ground) => Some(lonlat_from_merc(ground.at_merc)),
            Found::Pair(PairFinding { rows, .. }) => rows
                .iter()
                .flatten()
                .find_map(|row| households.position(*row)),
            Found::Counts(CountsFinding { row, .. }) => {
                row.and_then(|row| households.position(row))
            }
        }
    }

    fn details(&self, finding: &Finding) -> String {
        let lang = self.lang;
        match &finding.found {
            Found::Ground(ground) => format!("{} m²", digits::figure(ground.ground_m2, 0)),
            Found::Pair(pair) => {
                let mut parts: Vec<String> = pair
                    .agree
                    .iter()
                    .map(|agreement| lang.t(agreement_word(*agreement)).into_owned())
                    .collect();
                let named = pair.persons.iter().filter(|name| !name.is_empty());
                parts.extend(named.map(|name| self.shown(name, masked_name)));
                parts.join(lang.pick("、", ", "))
            }
            Found::Counts(counts) => counts_text(&counts.counts, lang),
        }
    }

    fn shown(&self, plain: &str, mask: fn(&str) -> String) -> String {
        if self.unmasked {
            plain.to_owned()
        } else {
            mask(plain)
        }
    }

    fn unmatched(&self, lists: &Compared, cell: &CellFound) -> PlainTable {
        let mut table = PlainTable::new(
            self.lang,
            &[
                ("list", CellKind::Text, 20.0),
                ("row", CellKind::Number, 8.0),
                ("name", CellKind::Text, 12.0),
                ("id_number", CellKind::Text, 21.0),
                ("phone", CellKind::Text, 16.0),
                ("address", CellKind::Text, 40.0),
            ],
        );
        let Some(source) = lists.sources.get(cell.cell.on) else {
            return table;
        };
        let SourceKind::List(name) = &source.kind else {
            return table;
        };
        let unmatched = cell.unmatched.iter();
        for listed in unmatched.filter_map(|at| source.entries.get(*at as usize)) {
            let ListedEntry { row, entry } = listed;
            let cells = vec![
                Cell::text(name.clone()),
                Cell::number(Some(*row as f64).filter(|row| *row > 0.0)),
                Cell::text(self.shown(&entry.name, masked_name)),
                Cell::text(self.shown(&entry.id_number, masked_id_number)),
                Cell::text(self.shown(&entry.phone, masked_phone)),
                Cell::text(entry.address.clone()),
            ];
            table.push(cells, None);
        }
        table
    }
}

/// Ids of households or codes of areas.
fn ids(finding: &Finding) -> [String; 2] {
    match &finding.found {
        Found::Ground(ground) => {
            let mut codes = ground.codes.iter().cloned();
            [
                codes.next().unwrap_or_default(),
                codes.collect::<Vec<_>>().join("; "),
            ]
        }
        Found::Pair(pair) => pair.ids.clone(),
        Found::Counts(counts) => [counts.id.clone(), String::new()],
    }
}
