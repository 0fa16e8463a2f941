//! Opening a workspace and loading the town into memory.

use super::demo::open_demo;
use super::{Scales, WorkspaceHandle};
use crate::analysis::{self, Coverage, ProgrammeCounts};
use crate::base::{Generation, Progress, Stopwatch};
use crate::datum::{MercXY, ground_m_per_merc_m, lonlat_from_merc};
use crate::layer::{AreaMesh, area_mesh, suggested_bandwidth_m};
use crate::model::LonLat;
use crate::query::{Choice, RowSet};
use crate::read;
use crate::snapshot::{AreaIndex, Builder, Snapshot};
use crate::store::{Access, Workspace};
use crate::words::Fault;
use std::path::PathBuf;
use std::sync::Arc;

/// Which workspace to open.
#[derive(Debug, Clone)]
pub enum OpenRequest {
    /// A workspace file that exists.
    Existing {
        /// Its path.
        path: PathBuf,
        /// Open it to look only.
        read_only: bool,
        /// The edition that this will be.
        generation: Generation,
    },
    /// A new, empty workspace file.
    New {
        /// Its path; nothing may be there yet.
        path: PathBuf,
        /// The edition that this will be.
        generation: Generation,
    },
    /// The sample town, in a folder of its own that goes with the program.
    Demo {
        /// The edition that this will be.
        generation: Generation,
    },
}

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

/// An open workspace.
#[derive(Debug)]
pub struct Opened {
    /// The file.
    pub workspace: WorkspaceHandle,
    /// The town in it.
    pub town: Arc<Town>,
    /// The base map that came with it.
    pub base_map: Option<PathBuf>,
    /// How many problems its imports left.
    pub problems: usize,
    /// What took how long.
    pub timings: Stopwatch,
}

impl OpenRequest {
    pub(super) fn run(self, progress: &Progress) -> Result<Opened, Fault> {
        let mut timings = Stopwatch::start();
        let (workspace, base_map, generation) = match self {
            Self::Existing {
                path,
                read_only,
                generation,
            } => {
                let access = if read_only {
                    Access::ReadOnly
                } else {
                    Access::ReadWrite
                };
                (Workspace::open(&path, access)?, None, generation)
            }
            Self::New { path, generation } => (Workspace::create(&path, false)?, None, generation),
            Self::Demo { generation } => {
                let (workspace, base_map) = open_demo(progress)?;
                (workspace, Some(base_map), generation)
            }
        };
        timings.lap("open");
        let handle = WorkspaceHandle::new(workspace);
        let town =
            handle.with(|workspace| load_town(workspace, generation, progress, &mut timings))?;
        let problems = handle.with(|workspace| workspace.problem_count())?;
        Ok(Opened {
            workspace: handle,
            town: Arc::new(town),
            base_map,
            problems,
            timings,
        })
    }
}

/// Reads the whole workspace into memory and computes what holds for all households.
pub(super) fn load_town(
    workspace: &Workspace,
    generation: Generation,
    progress: &Progress,
    timings: &mut Stopwatch,
) -> Result<Town, Fault> {
    let mut builder = Builder::new(generation, read::catalogue().clone(), workspace.is_demo());
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
    progress.set_total(workspace.household_count()? as u64);
    workspace.each_household(&mut |household| {
        builder.push(household);
        progress.tick(1)?;
        Ok(())
    })?;
    timings.lap("load_households");
    let snapshot = builder.finish(progress)?;
    timings.lap("index");
    let every: Vec<AreaIndex> = (0..snapshot.areas.len())
        .map(|at| AreaIndex(at as u32))
        .collect();
    let mesh = area_mesh(&snapshot.areas, &every);
    let all = RowSet::all(snapshot.households.len());
    let coverage = analysis::coverage(&snapshot, &all, Choice::default(), progress)?;
    let programmes = analysis::programme_counts(&snapshot);
    timings.lap("coverage");
    Ok(Town {
        snapshot,
        mesh,
        coverage,
        programmes,
        scales: Scales::default(),
    })
}
