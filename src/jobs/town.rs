//! A loaded town: the snapshot with what holds for all of its households.

use super::catalogue::office_catalogue;
use super::dated::Dated;
use super::listed::rows_of_lists;
use super::{LevelNeighbours, MatchingOnce, Pasts, Scales};
use crate::analysis::{self, Coverage, Gaps, ProgrammeCounts, ProgrammeCoverage, RuleSet};
use crate::base::{Generation, Progress, Stopwatch};
use crate::datum::{MercXY, ground_m_per_merc_m, lonlat_from_merc};
use crate::layer::{AreaMesh, area_mesh, suggested_bandwidth_m};
use crate::model::{Date, LonLat};
use crate::query::{Choice, RowSet};
use crate::read::CatalogueMistake;
use crate::snapshot::{AreaIndex, Builder, Entitlement, Snapshot, Tables};
use crate::store::Workspace;
use crate::words::Fault;
use std::sync::Arc;

/// A loaded town with the figures that hold for all of its households.
#[derive(Debug)]
pub struct Town {
    /// The households and areas.
    pub snapshot: Snapshot,
    /// Triangles of the areas, for filling.
    pub mesh: AreaMesh,
    /// Figures of all households.
    pub coverage: Coverage,
    /// How many receive each programme.
    pub programmes: ProgrammeCounts,
    /// Upper ends of the heat maps' scales.
    pub scales: Scales,
    /// Earlier days that were asked for.
    pub pasts: Pasts,
    /// Resources for needs, once they were asked for.
    pub(super) matching: MatchingOnce,
    /// Which areas of a level are neighbours.
    pub neighbours: LevelNeighbours,
    /// The rules of eligibility on the day.
    pub rules: RuleSet,
    /// Eligible against receiving, by the rules.
    pub gaps: Gaps,
    /// Who of those who should have each programme has it, by area.
    pub entitled: ProgrammeCoverage,
    /// The day of which receipts, needs, visits and rules are shown.
    pub as_of: Date,
    /// Whether anything has a date, rules among them, so that another day shows another town.
    pub is_dated: bool,
    /// Names of the departments' lists.
    pub lists: Vec<String>,
    /// What is wrong with the catalogue that the workspace holds; the shipped one is used then.
    pub catalogue_mistake: Option<CatalogueMistake>,
}

impl Town {
    /// A bandwidth for heat maps of the whole town, in metres on the ground.
    pub fn suggested_bandwidth_m(&self) -> f64 {
        let extent = self.snapshot.extent_merc;
        if extent.is_empty() {
            return 150.0;
        }
        suggested_bandwidth_m(extent.width() * ground_m_per_merc_m(extent.center().y))
    }
}

/// Which edition of the town to load.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edition {
    pub(super) generation: Generation,
    /// The day of which receipts, needs and visits count.
    pub(super) as_of: Date,
}

/// Loads the town once more after a change: what was changed must be seen, whoever cancels by now,
/// so `progress` should be a [`Progress::last_part`].
pub(super) fn load_changed_town(
    workspace: &Workspace,
    edition: Edition,
    progress: &Progress,
    timings: &mut Stopwatch,
) -> Result<Arc<Town>, Fault> {
    load_town(workspace, edition, progress, timings).map(Arc::new)
}

/// Reads the whole workspace into memory and computes what holds for all households.
pub(super) fn load_town(
    workspace: &Workspace,
    edition: Edition,
    progress: &Progress,
    timings: &mut Stopwatch,
) -> Result<Town, Fault> {
    let office = office_catalogue(workspace)?;
    let mut builder = Builder::new(edition.generation, office.catalogue, workspace.is_demo());
    let areas = workspace.areas()?;
    let labels = areas
        .iter()
        .map(|area| {
            analysis::label_point(&area.boundary).and_then(|(lon, lat)| LonLat::new(lon, lat))
        })
        .map(|label| label.unwrap_or(lonlat_from_merc(MercXY { x: 0.0, y: 0.0 })))
        .collect();
    builder.set_areas(areas, labels);
    timings.lap("load_areas");
    let reading = progress.part(0.0, 0.5);
    reading.set_total(workspace.household_count()? as u64);
    let mut tables = Tables::default();
    let dated = Dated::read(workspace, edition.as_of, &mut tables, &reading)?;
    workspace.each_person(&mut |number, person| {
        tables.push_person(number, person);
        reading.tick(0)?;
        Ok(())
    })?;
    workspace.each_resource(&mut |resource| {
        tables.push_resource(resource);
        reading.tick(0)?;
        Ok(())
    })?;
    let mut numbers = Vec::new();
    workspace.each_household_numbered(&mut |number, household| {
        match dated.applied(number, household) {
            Some(changed) => builder.push_on_day(&changed, household.last_visit),
            None => builder.push(household),
        }
        numbers.push(number);
        reading.tick(1)?;
        Ok(())
    })?;
    builder.set_tables(tables, &numbers);
    let lists = rows_of_lists(workspace, builder.households(), &numbers, &reading)?;
    let named = lists
        .iter()
        .map(|(name, rows)| (name.as_str(), rows.as_slice()));
    builder.set_lists(named);
    timings.lap("load_households");
    let mut snapshot = builder.finish(&progress.part(0.5, 0.7))?;
    snapshot.needs.open_on(edition.as_of);
    timings.lap("index");
    let (rules, gaps) = entitle(&mut snapshot, edition.as_of, &progress.part(0.7, 0.85))?;
    timings.lap("eligibility");
    let every: Vec<AreaIndex> = (0..snapshot.areas.len())
        .map(|at| AreaIndex(at as u32))
        .collect();
    let mesh = area_mesh(&snapshot.areas, &every);
    let all = RowSet::all(snapshot.households.len());
    let counting = progress.part(0.85, 1.0);
    counting.set_total(snapshot.households.len() as u64);
    let coverage = analysis::coverage(&snapshot, &all, Choice::default(), &counting)?;
    timings.lap("coverage");
    snapshot.areas.hot_grades =
        analysis::hot_grades(&snapshot.areas, &coverage, &progress.aside())?;
    timings.lap("hot_spots");
    let entitled = analysis::programme_coverage(&snapshot, &gaps, &all, &progress.aside())?;
    let programmes = analysis::programme_counts(&snapshot);
    timings.lap("coverage");
    Ok(Town {
        snapshot,
        mesh,
        coverage,
        programmes,
        scales: Scales::default(),
        pasts: Pasts::default(),
        matching: MatchingOnce::default(),
        neighbours: LevelNeighbours::default(),
        as_of: edition.as_of,
        is_dated: !dated.is_empty() || rules.stated() != 0,
        rules,
        gaps,
        entitled,
        lists: lists.into_iter().map(|(name, _)| name).collect(),
        catalogue_mistake: office.mistake,
    })
}

/// Asks the rules of the day who should have what.
fn entitle(
    snapshot: &mut Snapshot,
    as_of: Date,
    progress: &Progress,
) -> Result<(RuleSet, Gaps), Fault> {
    let quiet = progress.aside();
    let rules = RuleSet::compile(&snapshot.catalogue, as_of);
    let gaps = analysis::gaps(snapshot, &rules, &quiet)?;
    let months = analysis::silent_period_months(&snapshot.catalogue);
    let silent = analysis::silent(snapshot, &gaps, as_of, months, &quiet)?;
    let mut is_silent = vec![false; snapshot.households.len()];
    for row in silent.iter() {
        if let Some(is_silent) = is_silent.get_mut(row as usize) {
            *is_silent = true;
        }
    }
    snapshot.households.entitlement = Entitlement {
        eligible: gaps.eligible.yes.clone(),
        unknown: gaps.eligible.unknown.clone(),
        gap: gaps.gap.clone(),
        review: gaps.review.clone(),
        silent: is_silent,
    };
    snapshot.households.due = analysis::due_columns(snapshot, as_of, &quiet)?;
    Ok((rules, gaps))
}
