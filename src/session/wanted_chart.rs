//! Whether the chart has to be counted again.

use super::wanted::FilterKey;
use super::{BottomTab, Inspected, Session};
use crate::analysis::RateForm;
use crate::jobs::{ChartRequest, Charted, Filtered, Request, Town};
use crate::layer::{ChartKind, ChartSpec};
use std::sync::Arc;

/// What a chart depends on.
#[derive(Debug, Clone, PartialEq)]
struct ChartKey {
    spec: ChartSpec,
    /// Nothing where the chart shows no rates.
    rate_form: Option<RateForm>,
    filter: FilterKey,
}

/// What has been asked for.
#[derive(Debug, Default)]
pub(super) struct AskedChart {
    key: Option<ChartKey>,
    serial: u64,
    is_waiting: bool,
}

impl Session {
    /// Whether the charts are in front.
    pub fn shows_charts(&self) -> bool {
        self.settings.list_panel && self.settings.bottom == BottomTab::Charts
    }

    /// Whether the chart is being counted.
    pub fn is_charting(&self) -> bool {
        self.asked.chart.is_waiting
    }

    /// The chart is counted while it is looked at, once the filter has its households.
    pub(super) fn wanted_chart(
        &mut self,
        town: &Arc<Town>,
        filtered: &Filtered,
        filter: FilterKey,
    ) -> Option<Request> {
        if !self.shows_charts() {
            return None;
        }
        let area = match self.inspected {
            Some(Inspected::Area(area)) if self.chart.kind == ChartKind::Trend => Some(area),
            _ => None,
        };
        let spec = ChartSpec { area, ..self.chart };
        let key = ChartKey {
            spec,
            rate_form: (spec.kind == ChartKind::Coverage).then_some(self.view.rate_form),
            filter,
        };
        let asked = &mut self.asked.chart;
        if asked.key.as_ref() == Some(&key) {
            return None;
        }
        asked.key = Some(key);
        asked.serial += 1;
        asked.is_waiting = true;
        Some(Request::Chart(ChartRequest {
            town: Arc::clone(town),
            spec,
            rows: Arc::clone(&filtered.rows),
            coverage: Arc::clone(&filtered.coverage),
            choice: self.view.choice,
            rate_form: self.view.rate_form,
            as_of: self.view.as_of,
            serial: asked.serial,
        }))
    }

    pub(super) fn on_charted(&mut self, charted: Charted) {
        let asked = &mut self.asked.chart;
        if asked.serial != charted.serial {
            return;
        }
        asked.is_waiting = false;
        let current = self
            .town()
            .is_some_and(|town| town.snapshot.generation == charted.generation);
        if current {
            self.results.chart = Some(Arc::new(charted));
        }
    }

    pub(super) fn chart_failed(&mut self) {
        self.asked.chart.is_waiting = false;
    }
}
