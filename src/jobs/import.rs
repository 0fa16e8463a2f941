//! Reading files into the workspace: one transaction, all or nothing.

use super::Town;
use super::WorkspaceHandle;
use super::places::{Place, Places};
use super::town::load_town;
use crate::analysis;
use crate::base::{Generation, Progress, Stopwatch};
use crate::model::{Area, AreaLevel, Date, Problem, ProblemKind, Severity, TableKind};
use crate::read::{
    self, AreasRead, Batch, EncodingChoice, FileChoice, FileFacts, FileRole, NamedParent, Records,
    TableOptions,
};
use crate::store::{Import, ImportKind, ImportRecord, Workspace};
use crate::words::{Fault, Message};
use crate::write;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// Which files to read, and how.
#[derive(Debug, Clone)]
pub struct ImportRequest {
    /// The open workspace; `None` for a rehearsal without one.
    pub workspace: Option<WorkspaceHandle>,
    /// Boundary files.
    pub areas: Vec<PathBuf>,
    /// Household files.
    pub households: Vec<PathBuf>,
    /// The encoding, or to find it out.
    pub encoding: EncodingChoice,
    /// Today: dates after it are doubtful.
    pub today: Date,
    /// Where to write the rejected rows.
    pub rejects: Option<PathBuf>,
    /// Read and check only; keep nothing.
    pub dry_run: bool,
    /// The edition that the town will be; `None` where nobody wants to see it.
    pub reload: Option<Generation>,
}

/// What an import did. Counts are of this import's files.
#[derive(Debug, Clone, Default)]
pub struct ImportReport {
    /// Areas stored, those made from their children among them.
    pub areas: u64,
    /// Household rows read.
    pub read: u64,
    /// Households stored.
    pub stored: u64,
    /// Rows rejected.
    pub rejected: u64,
    /// Stored without a position.
    pub not_geocoded: u64,
    /// Stored with a position in no area.
    pub outside_areas: u64,
    /// Stored with a position outside the area that the row declares.
    pub outside_declared_area: u64,
    /// Problems, in the order of files and rows; at most [`ImportReport::MAX_OF_A_KIND`] of a kind.
    pub problems: Vec<Problem>,
    /// Problems past that number, by kind.
    pub more_problems: BTreeMap<ProblemKind, MoreProblems>,
    /// What was understood of each file.
    pub files: Vec<FileReport>,
    /// How many problems of each kind are listed.
    listed: BTreeMap<ProblemKind, usize>,
}

impl ImportReport {
    /// More problems of one kind than these are counted, not listed: memory does not grow with
    /// the file.
    pub const MAX_OF_A_KIND: usize = 10_000;

    fn add_problem(&mut self, problem: Problem) {
        let listed = self.listed.entry(problem.kind).or_default();
        if *listed < Self::MAX_OF_A_KIND {
            *listed += 1;
            self.problems.push(problem);
        } else {
            let more = self.more_problems.entry(problem.kind);
            more.or_insert_with(|| MoreProblems {
                first: problem,
                count: 0,
            })
            .count += 1;
        }
    }

    /// How many problems are of this severity.
    pub fn count(&self, severity: Severity) -> usize {
        let listed = self
            .problems
            .iter()
            .filter(|problem| problem.kind.severity() == severity)
            .count();
        let more = self
            .more_problems
            .iter()
            .filter(|(kind, _)| kind.severity() == severity);
        listed + more.map(|(_, more)| more.count as usize).sum::<usize>()
    }
}

/// Problems of one kind that are counted, not listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoreProblems {
    /// The first of them.
    pub first: Problem,
    /// How many there are.
    pub count: u64,
}

/// What was understood of one file.
#[derive(Debug, Clone)]
pub struct FileReport {
    /// File name.
    pub source: String,
    /// What it holds.
    pub kind: ImportKind,
    /// Its encoding.
    pub encoding: String,
    /// Rows or features read.
    pub read: u64,
    /// Households or areas stored.
    pub stored: u64,
    /// Rows or features rejected.
    pub rejected: u64,
    /// Headers that were understood, with the field's own name.
    pub understood: Vec<(String, String)>,
    /// Headers that were not.
    pub ignored: Vec<String>,
}

/// A finished import.
#[derive(Debug)]
pub struct Imported {
    /// What it did.
    pub report: ImportReport,
    /// The town as it is now, where it was asked for.
    pub town: Option<Arc<Town>>,
    /// How many problems the workspace holds now.
    pub problems: usize,
    /// What took how long.
    pub timings: Stopwatch,
}

impl ImportRequest {
    /// Files to read with the usual settings, without a workspace yet.
    pub fn of_files(areas: Vec<PathBuf>, households: Vec<PathBuf>) -> Self {
        Self {
            workspace: None,
            areas,
            households,
            encoding: EncodingChoice::Auto,
            today: Date::today(),
            rejects: None,
            dry_run: false,
            reload: None,
        }
    }

    pub(super) fn run(self, progress: &Progress) -> Result<Imported, Fault> {
        let mut timings = Stopwatch::start();
        let Some(handle) = &self.workspace else {
            let report = rehearse(&self, progress)?;
            timings.lap("import");
            return Ok(Imported {
                report,
                town: None,
                problems: 0,
                timings,
            });
        };
        if handle.is_demo() {
            return Err(Fault::input(Message::new("jobs.demo_stays")));
        }
        let report = handle.with(|workspace| import_files(workspace, &self, progress))?;
        timings.lap("import");
        let town = match self.reload {
            Some(generation) if !self.dry_run => Some(handle.with(|workspace| {
                load_town(workspace, generation, &Progress::new(), &mut timings)
            })?),
            _ => None,
        };
        let problems = handle.with(|workspace| workspace.problem_count())?;
        Ok(Imported {
            report,
            town: town.map(Arc::new),
            problems,
            timings,
        })
    }
}

/// Where the rows go: into a transaction, or nowhere.
enum Target<'a> {
    Store(Box<Import<'a>>),
    Nowhere,
}

impl Target<'_> {
    fn known_areas(&self) -> Result<Vec<Area>, Fault> {
        match self {
            Self::Store(import) => import.areas(),
            Self::Nowhere => Ok(Vec::new()),
        }
    }
}

fn rehearse(request: &ImportRequest, progress: &Progress) -> Result<ImportReport, Fault> {
    let mut report = ImportReport::default();
    run_into(&mut Target::Nowhere, request, &mut report, progress)?;
    Ok(report)
}

/// Reads the files into the workspace. Nothing is kept unless everything was read.
pub(super) fn import_files(
    workspace: &mut Workspace,
    request: &ImportRequest,
    progress: &Progress,
) -> Result<ImportReport, Fault> {
    let mut report = ImportReport::default();
    let mut target = Target::Store(Box::new(workspace.begin_import()?));
    run_into(&mut target, request, &mut report, progress)?;
    if let (Target::Store(import), false) = (target, request.dry_run) {
        let records: Vec<ImportRecord> = report.files.iter().map(record_of).collect();
        import.commit(&records)?;
    }
    Ok(report)
}

fn record_of(file: &FileReport) -> ImportRecord {
    let at_unix_secs = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs() as i64);
    ImportRecord {
        source: file.source.clone(),
        kind: file.kind,
        encoding: file.encoding.clone(),
        datum: "wgs84".to_owned(),
        at_unix_secs,
        read: file.read,
        stored: file.stored,
        rejected: file.rejected,
    }
}

fn run_into(
    target: &mut Target<'_>,
    request: &ImportRequest,
    report: &mut ImportReport,
    progress: &Progress,
) -> Result<(), Fault> {
    let areas = import_areas(target, request, report, progress)?;
    let places = Places::new(&areas);
    let mut rejects = Vec::new();
    for path in &request.households {
        let rejected = import_households(target, path, request, &places, report, progress)?;
        rejects.push(rejected);
    }
    match &request.rejects {
        Some(path) => write::write_records(path, &rejects),
        None => Ok(()),
    }
}

/// Reads the boundary files and gives all areas that the workspace then has.
fn import_areas(
    target: &mut Target<'_>,
    request: &ImportRequest,
    report: &mut ImportReport,
    progress: &Progress,
) -> Result<Vec<Area>, Fault> {
    let mut named: BTreeMap<String, NamedParent> = BTreeMap::new();
    let mut areas: BTreeMap<String, Area> = target
        .known_areas()?
        .into_iter()
        .map(|area| (area.code.clone(), area))
        .collect();
    let mut changed: BTreeSet<String> = BTreeSet::new();
    for path in &request.areas {
        let AreasRead {
            areas: read,
            named_parents,
            problems,
            features_read,
            encoding,
        } = read::read_areas(path, request.encoding, progress)?;
        let rejected = problems
            .iter()
            .filter(|problem| problem.kind.severity() == Severity::Rejected)
            .count() as u64;
        report.files.push(FileReport {
            source: file_name(path),
            kind: ImportKind::Areas,
            encoding: encoding.code().to_owned(),
            read: features_read,
            stored: read.len() as u64,
            rejected,
            understood: Vec::new(),
            ignored: Vec::new(),
        });
        for problem in problems {
            keep_problem(target, report, problem)?;
        }
        named.extend(
            named_parents
                .into_iter()
                .map(|parent| (parent.code.clone(), parent)),
        );
        for area in read {
            changed.insert(area.code.clone());
            areas.insert(area.code.clone(), area);
        }
    }
    // From the smallest level up, so that a street is dissolved from communities just made.
    for level in AreaLevel::ALL.into_iter().rev() {
        let missing = named.values().filter(|parent| parent.level == level);
        for parent in missing {
            if areas.get(&parent.code).is_some_and(|there| !there.derived) {
                continue;
            }
            let children: Vec<_> = areas
                .values()
                .filter(|area| area.parent == parent.code)
                .map(|area| &area.boundary)
                .collect();
            let boundary = analysis::dissolve(&children);
            changed.insert(parent.code.clone());
            areas.insert(
                parent.code.clone(),
                Area {
                    code: parent.code.clone(),
                    name: parent.name.clone(),
                    level,
                    parent: parent.parent.clone(),
                    boundary,
                    derived: true,
                },
            );
        }
        progress.tick(0)?;
    }
    report.areas = changed.len() as u64;
    if let Target::Store(import) = target {
        for area in changed.iter().filter_map(|code| areas.get(code)) {
            import.put_area(area)?;
        }
    }
    Ok(areas.into_values().collect())
}

/// Reads one household file and gives its rejected rows as they came, the header first.
fn import_households(
    target: &mut Target<'_>,
    path: &Path,
    request: &ImportRequest,
    places: &Places,
    report: &mut ImportReport,
    progress: &Progress,
) -> Result<Vec<Vec<String>>, Fault> {
    let mut rejects = vec![Vec::new()];
    let role = FileRole::Table(TableKind::Households);
    let choice = FileChoice {
        encoding: request.encoding,
        ..FileChoice::holding(path.to_owned(), role)
    };
    let catalogue = read::catalogue();
    let inspection = read::inspect_table(&choice, catalogue, &[], progress)?;
    let options = TableOptions::on(request.today);
    let mut sink = |batch: Batch| {
        let households = match batch.records {
            Records::Households(households) => households,
            _ => Vec::new(),
        };
        let located = places.locate_all(&households);
        for (household, place) in households.iter().zip(located) {
            match place {
                Place::NotGeocoded => report.not_geocoded += 1,
                Place::Outside { declared } => {
                    report.outside_areas += 1;
                    report.outside_declared_area += u64::from(declared);
                }
                Place::Inside { elsewhere } => {
                    report.outside_declared_area += u64::from(elsewhere);
                }
            }
            if let Target::Store(import) = target {
                import.put_household(household)?;
            }
        }
        for problem in batch.problems {
            keep_problem(target, report, problem)?;
        }
        if request.rejects.is_some() {
            rejects.extend(batch.rejected.into_iter().map(|rejected| rejected.record));
        }
        Ok(())
    };
    let facts: FileFacts = read::read_table(
        &choice,
        &inspection,
        &options,
        catalogue,
        progress,
        &mut sink,
    )?;
    report.read += facts.rows_read;
    report.stored += facts.stored;
    report.rejected += facts.rejected;
    if let Some(header) = rejects.first_mut() {
        header.clone_from(&facts.header);
    }
    report.files.push(FileReport {
        source: file_name(path),
        kind: ImportKind::Households,
        encoding: facts.encoding.code().to_owned(),
        read: facts.rows_read,
        stored: facts.stored,
        rejected: facts.rejected,
        understood: facts
            .understood
            .iter()
            .map(|(header, field)| (header.clone(), field.code().to_owned()))
            .collect(),
        ignored: facts.ignored,
    });
    Ok(rejects)
}

fn keep_problem(
    target: &mut Target<'_>,
    report: &mut ImportReport,
    problem: Problem,
) -> Result<(), Fault> {
    if let Target::Store(import) = target {
        import.put_problem(&problem)?;
    }
    report.add_problem(problem);
    Ok(())
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}
