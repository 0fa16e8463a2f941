//! Making a synthetic town of any size as the files that every import starts from.

use super::town_tables::write_town_tables;
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
    /// The boundaries, the households, the base map; then members, receipts, needs, visits and
    /// resources.
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
        // The ledger first, then all that hangs on it.
        progress.set_total(progress.done() + 2 * self.households as u64);
        let rows = town.households().map(TownRow::into_cells);
        write::write_town_csv(&households, &HOUSEHOLD_HEADER, rows, progress)?;
        let mut files = vec![areas, households, base_map];
        let tables = write_town_tables(&town, &self.folder, progress)?;
        files.extend(tables.into_iter().map(|(_, path)| path));
        Ok(Generated {
            files,
            households: self.households,
            areas: town.areas.len(),
        })
    }
}
