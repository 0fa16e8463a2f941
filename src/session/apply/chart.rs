//! The charts: which one, what is behind its parts, and taking it out.

use crate::analysis::{ChartFacts, ChartPart, chart_rows};
use crate::datum::MercBox;
use crate::jobs::{ChartFileRequest, Request};
use crate::query::RowSet;
use crate::session::{
    BottomTab, ChartExport, Effects, Inspected, NoticeKind, Session, ThemeChoice,
};
use crate::snapshot::AreaIndex;
use crate::words::Message;
use std::sync::Arc;

/// Half the width of the map around a few households that are gone to, in Mercator metres.
const AROUND_ROWS_M: f64 = 250.0;

impl Session {
    /// Brings a tab to the front; a panel that is folded away opens.
    pub(super) fn show_tab(&mut self, tab: BottomTab, effects: &mut Effects) {
        self.settings.bottom = tab;
        self.settings.list_panel = true;
        effects.save_settings = true;
    }

    /// Selects the households that make a part of the chart, and shows where they are.
    pub(super) fn open_part(
        &mut self,
        part: ChartPart,
        area: Option<AreaIndex>,
        effects: &mut Effects,
    ) {
        let (Some(town), Some(chart)) = (self.town().cloned(), self.results.chart.clone()) else {
            return;
        };
        // Rows of an older edition are other households.
        if chart.generation != town.snapshot.generation {
            return;
        }
        if let ChartPart::Day(day) = part {
            self.view.as_of = day;
            return;
        }
        let facts = ChartFacts {
            gaps: &town.gaps,
            rows: &chart.rows,
            choice: chart.choice,
            as_of: chart.as_of,
        };
        let rows = chart_rows(&town.snapshot, &facts, part);
        effects.show = match area {
            Some(area) => {
                let around = town.snapshot.areas.box_merc.get(area.0 as usize).copied();
                around.filter(|around| !around.is_empty())
            }
            None => self.box_to_show(&rows),
        };
        self.inspected = area.map(Inspected::Area);
        self.view.selection = Some(Arc::new(rows));
    }

    /// The box around some households, where the map does not show them all already.
    pub(super) fn box_to_show(&self, rows: &RowSet) -> Option<MercBox> {
        let town = self.town()?;
        let places = rows
            .iter()
            .filter_map(|row| town.snapshot.households.merc(row));
        let around = places.fold(MercBox::EMPTY, MercBox::with);
        let seen = |view: super::super::Viewport| view.box_merc.covers(&around);
        let is_new = !around.is_empty() && !self.viewport.is_some_and(seen);
        is_new.then(|| around.grown(AROUND_ROWS_M))
    }

    pub(super) fn export_chart(&mut self, choice: ChartExport, effects: &mut Effects) {
        let (Some(document), Some(chart)) = (&self.document, &self.results.chart) else {
            return;
        };
        if self.exporting {
            self.notices
                .say(NoticeKind::Warning, Message::new("session.busy"));
            return;
        }
        if chart.generation != document.town.snapshot.generation {
            return;
        }
        effects.requests.push(Request::ChartFile(ChartFileRequest {
            town: Arc::clone(&document.town),
            chart: Arc::clone(chart),
            filter_text: self
                .view
                .filter
                .to_text(self.lang, &document.town.snapshot.catalogue),
            workspace_name: document.name(),
            size_px: choice.size_px.map(|side| side as f32),
            grows: true,
            scale: choice.scale.clamp(1, 3) as f32,
            dark: self.settings.theme == ThemeChoice::Dark,
            lang: self.lang,
            path: choice.path,
        }));
        self.exporting = true;
        self.dialog = None;
    }
}
