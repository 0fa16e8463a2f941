//! A loaded town: the snapshot with what holds for all of its households.

use super::Scales;
use crate::analysis::{self, Coverage, ProgrammeCounts};
use crate::base::{Generation, Progress, Stopwatch};
use crate::datum::{MercXY, ground_m_per_merc_m, lonlat_from_merc};
use crate::layer::{AreaMesh, area_mesh, suggested_bandwidth_m};
use crate::model::{CodeList, LonLat};
use crate::query::{Choice, RowSet};
use crate::read;
use crate::snapshot::{AreaIndex, Builder, Snapshot};
use crate::store::Workspace;
use crate::words::Fault;

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
        builder.push(household, &CodeList::new());
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
