//! The import as a whole.

use super::ImportReport;
use super::areas::{ImportedAreas, import_areas};
use super::members::Memory;
use super::shares::Shares;
use super::tables::Tables;
use super::target::Target;
use super::topology::check_topology;
use crate::base::{Generation, Progress, Stopwatch};
use crate::jobs::catalogue::office_catalogue;
use crate::jobs::difference::{Decisions, Difference, Rehearsed};
use crate::jobs::inspect::look_at;
use crate::jobs::places::Places;
use crate::jobs::request::Event;
use crate::jobs::town::{Edition, load_changed_town};
use crate::jobs::{Town, WorkspaceHandle};
use crate::model::{Catalogue, Date, TableKind};
use crate::read::{self, FileChoice, FileRole};
use crate::store::{BatchRecord, Stamp, Workspace};
use crate::words::{Fault, Message};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// Which files to read, and how.
#[derive(Debug, Clone)]
pub struct ImportRequest {
    /// The open workspace; `None` for a rehearsal without one.
    pub workspace: Option<WorkspaceHandle>,
    /// The files, and what was said about them.
    pub files: Vec<FileChoice>,
    /// What was decided about the households in them.
    pub decisions: Arc<Decisions>,
    /// Today: dates after it are doubtful.
    pub today: Date,
    /// Where to write the rejected rows.
    pub rejects: Option<PathBuf>,
    /// Read and check only; keep nothing.
    pub dry_run: bool,
    /// The edition that the town will be; `None` where nobody wants to see it.
    pub reload: Option<Generation>,
    /// The day of which receipts, needs and visits count in it.
    pub as_of: Date,
}

/// A finished import.
#[derive(Debug)]
pub struct Imported {
    /// What it did.
    pub report: ImportReport,
    /// What it changed among the households.
    pub difference: Difference,
    /// The town as it is now, where it was asked for.
    pub town: Option<Arc<Town>>,
    /// How many problems the workspace holds now.
    pub problems: usize,
    /// The imports and edits, the newest first; empty without a workspace.
    pub batches: Vec<BatchRecord>,
    /// What took how long.
    pub timings: Stopwatch,
}

impl ImportRequest {
    /// Files to read with the usual settings, without a workspace yet.
    pub fn of(files: Vec<FileChoice>) -> Self {
        Self {
            workspace: None,
            files,
            decisions: Arc::default(),
            today: Date::today(),
            rejects: None,
            dry_run: false,
            reload: None,
            as_of: Date::today(),
        }
    }

    /// Boundaries and ledgers to read with the usual settings.
    pub fn of_files(areas: Vec<PathBuf>, households: Vec<PathBuf>) -> Self {
        let areas = areas
            .into_iter()
            .map(|path| FileChoice::holding(path, FileRole::Areas));
        let ledger = FileRole::Table(TableKind::Households);
        let households = households
            .into_iter()
            .map(|path| FileChoice::holding(path, ledger));
        Self::of(areas.chain(households).collect())
    }

    /// A rehearsal in a workspace says what would change; everything else is an import.
    pub(in crate::jobs) fn run_as_event(self, progress: &Progress) -> Result<Event, Fault> {
        let is_rehearsal = self.dry_run && self.workspace.is_some();
        let imported = self.run(progress)?;
        Ok(if is_rehearsal {
            Event::Rehearsed(Box::new(Rehearsed {
                report: imported.report,
                difference: imported.difference,
                timings: imported.timings,
            }))
        } else {
            Event::Imported(Box::new(imported))
        })
    }

    pub(in crate::jobs) fn run(mut self, progress: &Progress) -> Result<Imported, Fault> {
        let catalogue = match &self.workspace {
            Some(handle) => {
                handle
                    .with(|workspace| office_catalogue(workspace))?
                    .catalogue
            }
            None => read::catalogue().clone(),
        };
        let mut work = Work::begin(catalogue);
        for choice in &mut self.files {
            if choice.role.is_none() {
                choice.role = Some(look_at(choice, &work.catalogue, &progress.aside())?.role());
            }
        }
        let is_shown = self.reload.is_some() && !self.dry_run;
        let (whole, progress) = (
            progress,
            progress.part(0.0, if is_shown { 0.75 } else { 1.0 }),
        );
        work.timings.lap("inspect");
        let Some(handle) = self.workspace.clone() else {
            work.run_into(&mut Target::Nowhere, &self, &progress)?;
            return Ok(work.imported(None, &Stopwatch::start()));
        };
        if handle.is_demo() {
            return Err(Fault::input(Message::new("jobs.demo_stays")));
        }
        handle.with(|workspace| work.run_on(workspace, &self, &progress))?;
        let mut load = Stopwatch::start();
        let town = match self.reload {
            Some(generation) if is_shown => Some(handle.with(|workspace| {
                let edition = Edition {
                    generation,
                    as_of: self.as_of,
                };
                load_changed_town(workspace, edition, &whole.last_part(0.75, 1.0), &mut load)
            })?),
            _ => None,
        };
        let mut imported = work.imported(town, &load);
        imported.problems = handle.with(|workspace| workspace.problem_count())?;
        imported.batches = handle.with(|workspace| workspace.batches())?;
        Ok(imported)
    }
}

/// Reads the files into the workspace. Nothing is kept unless everything was read.
pub(in crate::jobs) fn import_files(
    workspace: &mut Workspace,
    request: &ImportRequest,
    progress: &Progress,
) -> Result<ImportReport, Fault> {
    let mut work = Work::begin(office_catalogue(workspace)?.catalogue);
    work.run_on(workspace, request, progress)?;
    Ok(work.report)
}

/// What an import gathers as it goes.
struct Work {
    catalogue: Catalogue,
    report: ImportReport,
    difference: Difference,
    timings: Stopwatch,
}

impl Work {
    fn begin(catalogue: Catalogue) -> Self {
        Self {
            catalogue,
            report: ImportReport::default(),
            difference: Difference::default(),
            timings: Stopwatch::start(),
        }
    }

    fn imported(self, town: Option<Arc<Town>>, load: &Stopwatch) -> Imported {
        let mut timings = self.timings;
        timings.absorb(load);
        Imported {
            report: self.report,
            difference: self.difference,
            town,
            problems: 0,
            batches: Vec::new(),
            timings,
        }
    }

    fn run_on(
        &mut self,
        workspace: &mut Workspace,
        request: &ImportRequest,
        progress: &Progress,
    ) -> Result<(), Fault> {
        let mut target = Target::Store(Box::new(workspace.begin_import()?));
        self.run_into(&mut target, request, progress)?;
        if let (Target::Store(import), false) = (target, request.dry_run) {
            import.commit(Stamp {
                title: &title(&request.files),
                at_unix_secs: now_unix_secs(),
            })?;
            self.timings.lap("commit");
        }
        Ok(())
    }

    fn run_into(
        &mut self,
        target: &mut Target<'_>,
        request: &ImportRequest,
        progress: &Progress,
    ) -> Result<(), Fault> {
        let mut shares = Shares::of(&request.files);
        let areas = shares.next_areas(&request.files, progress);
        let ImportedAreas { all, changed } =
            import_areas(target, &request.files, &mut self.report, &areas)?;
        self.timings.lap("areas");
        check_topology(target, &all, &changed, &mut self.report, progress)?;
        self.timings.lap("topology");
        let places = Places::new(&all);
        self.timings.lap("places");
        let mut tables = Tables {
            target,
            request,
            catalogue: &self.catalogue,
            places: &places,
            report: &mut self.report,
            difference: &mut self.difference,
            memory: Memory::for_files(&request.files),
            newcomers: Vec::new(),
            timings: &mut self.timings,
        };
        let rejects = tables.read_all(&mut shares, progress)?;
        tables.check_counts(request.today)?;
        if let Some(path) = &request.rejects {
            let sources: Vec<PathBuf> = request.files.iter().map(|of| of.path.clone()).collect();
            self.report.rejects = rejects.write(path, &sources)?;
        }
        Ok(())
    }
}

/// What a person calls the import: its files.
fn title(files: &[FileChoice]) -> String {
    let names: Vec<String> = files.iter().map(|file| file_name(&file.path)).collect();
    names.join("、")
}

/// Seconds since 1970-01-01 UTC.
pub(in crate::jobs) fn now_unix_secs() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs() as i64)
}

/// The name of a file without its folders.
pub(in crate::jobs) fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}
