//! Making a synthetic town of any size as the three files that every import starts from.

use crate::base::Progress;
use crate::town::{HOUSEHOLD_HEADER, TOWN_ATTRIBUTION, TOWN_ZOOMS, TownRow, TownSpec, build_town};
use crate::words::{Fault, Message};
use crate::write;
use std::fs;
use std::path::PathBuf;

/// Which town, and where.
#[derive(Debug, Clone)]
pub struct GenerateRequest {
    /// The folder; made where it is not there.
    pub folder: PathBuf,
    /// How many household rows.
    pub households: usize,
    /// The same seed makes the same town.
    pub seed: u64,
}

/// A made town.
#[derive(Debug, Clone)]
pub struct Generated {
    /// The boundaries, the households and the base map.
    pub files: Vec<PathBuf>,
    /// Household rows written.
    pub households: usize,
    /// Areas written.
    pub areas: usize,
}

impl GenerateRequest {
    pub(super) fn run(self, progress: &Progress) -> Result<Generated, Fault> {
        fs::create_dir_all(&self.folder).map_err(|cause| {
            Fault::input(
                Message::new("jobs.cannot_make_folder").arg("folder", self.folder.display()),
            )
            .because(cause)
        })?;
        progress.set_total(self.households as u64);
        let spec = TownSpec {
            households: self.households,
            seed: self.seed,
        };
        let town = build_town(&spec, progress)?;
        let areas = self.folder.join("areas.geojson");
        let households = self.folder.join("households.csv");
        let base_map = self.folder.join("base-map.pmtiles");
        write::write_areas_geojson(&areas, &town.areas)?;
        let (coarsest, finest) = (*TOWN_ZOOMS.start(), *TOWN_ZOOMS.end());
        write::write_base_map(
            &base_map,
            &town.base,
            coarsest,
            finest,
            TOWN_ATTRIBUTION,
            progress,
        )?;
        let rows = town.households().map(TownRow::into_cells);
        write::write_town_csv(&households, &HOUSEHOLD_HEADER, rows, progress)?;
        Ok(Generated {
            files: vec![areas, households, base_map],
            households: self.households,
            areas: town.areas.len(),
        })
    }
}
