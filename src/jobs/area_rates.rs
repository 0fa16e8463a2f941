//! The smoothed rates of the areas of a level, for the card of one of them.

use super::{LevelRate, Town};
use crate::analysis::RateForm;
use crate::base::{Generation, Progress};
use crate::layer::AreaFigure;
use crate::model::AreaLevel;
use crate::snapshot::AreaIndex;
use crate::words::Fault;
use std::sync::Arc;

/// Which rates: of all households, as the town was loaded.
#[derive(Debug, Clone)]
pub struct AreaRatesRequest {
    /// The town.
    pub town: Arc<Town>,
    /// The level.
    pub level: AreaLevel,
    /// The form.
    pub form: RateForm,
}

/// The rates of the areas of a level.
#[derive(Debug, Clone)]
pub struct AreaRates {
    /// The edition that they were computed from.
    pub generation: Generation,
    /// Their form.
    pub form: RateForm,
    /// In the order of the snapshot's areas.
    pub reach: Vec<LevelRate>,
    /// Likewise.
    pub full_coverage: Vec<LevelRate>,
    /// Likewise, of each programme that somebody is known to be eligible for, by its place in the
    /// catalogue.
    pub programmes: Vec<(u8, Vec<LevelRate>)>,
}

impl AreaRates {
    /// Reach and full coverage of an area; `None` where it is not of the level, or has no data.
    pub fn of(&self, area: AreaIndex) -> [Option<f64>; 2] {
        [&self.reach, &self.full_coverage].map(|rates| value_of(rates, area))
    }

    /// The coverage of a programme in an area; `None` likewise.
    pub fn of_programme(&self, area: AreaIndex, programme: usize) -> Option<f64> {
        let mut known = self.programmes.iter();
        let (_, rates) = known.find(|(place, _)| usize::from(*place) == programme)?;
        value_of(rates, area)
    }
}

fn value_of(rates: &[LevelRate], area: AreaIndex) -> Option<f64> {
    let at = rates.binary_search_by_key(&area, |one| one.area).ok()?;
    rates.get(at)?.value
}

impl AreaRatesRequest {
    pub(super) fn run(self, progress: &Progress) -> Result<AreaRates, Fault> {
        let town = &self.town;
        let source = town.figure_source();
        let rates = |figure| town.level_rates(self.level, (figure, self.form), &source, progress);
        let known = (0_u8..64)
            .zip(&town.entitled.total)
            .filter(|(_, all)| all.coverage().is_some());
        let programmes = known
            .map(|(place, _)| Ok((place, rates(AreaFigure::Programme(Some(place)))?)))
            .collect::<Result<_, Fault>>()?;
        Ok(AreaRates {
            programmes,
            generation: town.snapshot.generation,
            form: self.form,
            reach: rates(AreaFigure::Reach)?,
            full_coverage: rates(AreaFigure::FullCoverage)?,
        })
    }
}
