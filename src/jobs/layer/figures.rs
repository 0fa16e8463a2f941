//! The figures that layers of areas are made of: of all households, of the filter's, or of a
//! query's own.

use super::LayerRequest;
use crate::analysis::{self, Coverage, ProgrammeCoverage};
use crate::base::{Cancelled, Progress};
use crate::layer::{AreaFigure, FigureSource, Scope};
use crate::query::{Choice, RowSet};
use std::borrow::Cow;

/// Counts by area, borrowed where they are known.
pub(super) struct LayerFigures<'a> {
    coverage: Cow<'a, Coverage>,
    entitled: Cow<'a, ProgrammeCoverage>,
}

impl LayerFigures<'_> {
    pub(super) fn source<'a>(&'a self, request: &'a LayerRequest) -> FigureSource<'a> {
        FigureSource {
            coverage: &self.coverage,
            entitled: &self.entitled,
            programmes: request.choice.programmes & request.town.rules.benefits(),
            ground_km2: &request.town.snapshot.areas.ground_km2,
        }
    }
}

impl LayerRequest {
    /// Counts the layer's households by area, as far as these figures need it.
    pub(super) fn figures(
        &self,
        rows: &RowSet,
        wanted: &[AreaFigure],
        progress: &Progress,
    ) -> Result<LayerFigures<'_>, Cancelled> {
        let town = &self.town;
        let is_all = rows.count() == town.snapshot.households.len();
        let coverage = match self.spec.scope {
            Scope::All if self.choice == Choice::default() => Cow::Borrowed(&town.coverage),
            Scope::Filtered => Cow::Borrowed(&*self.coverage),
            _ => Cow::Owned(analysis::coverage(
                &town.snapshot,
                rows,
                self.choice,
                progress,
            )?),
        };
        let needs_programmes = |figure: &AreaFigure| figure.is_of_programmes();
        let entitled = if is_all || !wanted.iter().any(needs_programmes) {
            Cow::Borrowed(&town.entitled)
        } else {
            let quiet = progress.aside();
            let counted = analysis::programme_coverage(&town.snapshot, &town.gaps, rows, &quiet)?;
            Cow::Owned(counted)
        };
        Ok(LayerFigures { coverage, entitled })
    }
}
