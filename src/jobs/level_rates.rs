//! A figure of every area of a level, in a form of rates, with what is too small to rely on.

use super::Town;
use crate::analysis::{self, RateForm, Weights};
use crate::base::{Cancelled, Progress};
use crate::layer::{AreaFigure, FigureSource, Measured};
use crate::model::AreaLevel;
use crate::snapshot::AreaIndex;
use std::sync::Arc;

/// The figure of one area.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LevelRate {
    /// The area.
    pub area: AreaIndex,
    /// What was counted.
    pub measured: Measured,
    /// The figure in its form; `None` is no data.
    pub value: Option<f64>,
    /// Whether it is a rate whose denominator is too small to rely on. Never a count: that needs
    /// no denominator.
    pub suppressed: bool,
}

impl Town {
    /// A figure of every area of a level, in the order of the snapshot. Rates drawn to their
    /// neighbours' are drawn to those of all areas that meet (queen).
    ///
    /// # Errors
    /// [`Cancelled`] where the progress says so.
    pub fn level_rates(
        &self,
        level: AreaLevel,
        (figure, form): (AreaFigure, RateForm),
        source: &FigureSource,
        progress: &Progress,
    ) -> Result<Vec<LevelRate>, Cancelled> {
        let areas = &self.snapshot.areas;
        let of_level: Vec<AreaIndex> = areas.of_level(level).collect();
        let measured: Vec<Measured> = of_level
            .iter()
            .map(|area| source.of(*area, figure))
            .collect();
        let values: Vec<Option<f64>> = if figure.is_rate() {
            let weights = if form == RateForm::EmpiricalBayesLocal {
                self.neighbours.queen(areas, level, progress)?
            } else {
                Arc::new(Weights::default())
            };
            let pairs: Vec<(f64, f64)> = measured.iter().map(|one| one.pair()).collect();
            analysis::rates(&pairs, form, &weights)
        } else {
            let amount = |one: &Measured| match one {
                Measured::Amount(amount) => Some(*amount).filter(|amount| amount.is_finite()),
                Measured::Rate { .. } => None,
            };
            measured.iter().map(amount).collect()
        };
        let least = analysis::min_denominator(&self.snapshot.catalogue);
        let rows = of_level.into_iter().zip(measured).zip(values);
        Ok(rows
            .map(|((area, measured), value)| LevelRate {
                area,
                measured,
                value,
                suppressed: form != RateForm::Count
                    && value.is_some()
                    && match measured {
                        Measured::Rate { whole, .. } => analysis::is_suppressed(whole, least),
                        Measured::Amount(_) => false,
                    },
            })
            .collect())
    }

    /// The figures of all households, as the town was loaded.
    pub fn figure_source(&self) -> FigureSource<'_> {
        FigureSource {
            coverage: &self.coverage,
            entitled: &self.entitled,
            programmes: self.rules.benefits(),
            ground_km2: &self.snapshot.areas.ground_km2,
        }
    }
}
