//! Counting what a chart shows.

use super::Town;
use crate::analysis::{self, Counted, Coverage, RateForm, ShareFigure, rows_within};
use crate::base::{Generation, Progress};
use crate::layer::{ChartData, ChartKind, ChartSpec};
use crate::model::Date;
use crate::query::{Choice, RowSet};
use crate::words::Fault;
use std::sync::Arc;

/// What to count.
#[derive(Debug, Clone)]
pub struct ChartRequest {
    /// The town.
    pub town: Arc<Town>,
    /// The chart.
    pub spec: ChartSpec,
    /// Households of the filter.
    pub rows: Arc<RowSet>,
    /// Their figures.
    pub coverage: Arc<Coverage>,
    /// Which programmes and needs count.
    pub choice: Choice,
    /// The form of the rates of areas.
    pub rate_form: RateForm,
    /// The day of the figures.
    pub as_of: Date,
    /// Counts up with every question about the chart.
    pub serial: u64,
}

/// What was counted, and of whom: enough to open every number into its households.
#[derive(Debug, Clone)]
pub struct Charted {
    /// The edition that was counted.
    pub generation: Generation,
    /// The chart.
    pub spec: ChartSpec,
    /// What it shows.
    pub data: Arc<ChartData>,
    /// Households of the filter, of those of the area where the chart is of one.
    pub rows: Arc<RowSet>,
    /// What counted.
    pub choice: Choice,
    /// The day of the figures.
    pub as_of: Date,
    /// The number of the question.
    pub serial: u64,
}

impl ChartRequest {
    pub(super) fn run(mut self, progress: &Progress) -> Result<Charted, Fault> {
        if let Some(area) = self.spec.area {
            self.rows = Arc::new(rows_within(&self.town.snapshot, &self.rows, area));
        }
        progress.set_total(self.rows.count() as u64);
        let data = self.count(progress)?;
        Ok(Charted {
            generation: self.town.snapshot.generation,
            spec: self.spec,
            data: Arc::new(data),
            rows: self.rows,
            choice: self.choice,
            as_of: self.as_of,
            serial: self.serial,
        })
    }

    fn count(&self, progress: &Progress) -> Result<ChartData, Fault> {
        let town = &self.town.snapshot;
        let (rows, choice, as_of) = (&self.rows, self.choice, self.as_of);
        Ok(match self.spec.kind {
            ChartKind::Coverage => ChartData::Coverage(self.shares(progress)?),
            ChartKind::Funnel => {
                let shares = self.shares(progress)?;
                let funnel = analysis::funnel(&shares);
                ChartData::Funnel(shares, funnel)
            }
            ChartKind::Needs => {
                let needs = analysis::need_counts(town, rows, choice, as_of, progress)?;
                ChartData::Needs(needs)
            }
            ChartKind::Trend => {
                let spec = analysis::TimeLineSpec {
                    rows,
                    choice,
                    areas: &[],
                    as_of,
                    months: usize::from(self.spec.months.0),
                };
                ChartData::Trend(analysis::timeline(town, spec, progress)?)
            }
            ChartKind::Ages => {
                let ages = analysis::age_pyramid(town, rows, choice, as_of, progress)?;
                ChartData::Ages(ages)
            }
        })
    }

    fn shares(&self, progress: &Progress) -> Result<analysis::AreaShares, Fault> {
        let town = &self.town.snapshot;
        let programmes = match self.spec.figure {
            ShareFigure::Programme(_) => Some(analysis::programme_coverage(
                town,
                &self.town.gaps,
                &self.rows,
                progress,
            )?),
            ShareFigure::Reach | ShareFigure::FullCoverage => None,
        };
        let counted = Counted {
            coverage: &self.coverage,
            programmes: programmes.as_ref(),
        };
        // In a funnel a smoothed rate would be drawn to the mean that it is compared with.
        let form = match self.spec.kind {
            ChartKind::Funnel => RateForm::Raw,
            _ => self.rate_form,
        };
        let shares = analysis::area_shares(
            &town.areas,
            self.spec.level,
            (self.spec.figure, form, self.spec.order),
            counted,
            analysis::min_denominator(&town.catalogue),
            progress,
        )?;
        Ok(shares)
    }
}
