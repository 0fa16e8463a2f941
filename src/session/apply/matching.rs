//! The sheet of needs and resources.

use crate::analysis::MatchOutcome;
use crate::datum::{MercBox, merc_from_lonlat};
use crate::jobs::{Matched, TableSource};
use crate::query::RowSet;
use crate::session::{Effects, NeedsWanted, Session, Worksheet};
use std::sync::Arc;

/// Room around a resource and those whom it is proposed for, in Mercator metres.
const AROUND_M: f64 = 150.0;

impl Session {
    pub(in crate::session) fn on_matched(&mut self, matched: Matched) {
        self.asked.work.match_answered();
        let town = self.town();
        if town.is_some_and(|town| town.snapshot.generation == matched.generation) {
            self.results.matched = Some(Arc::new(matched));
        }
    }

    /// The proposal for the open town, if it is known.
    pub fn matched(&self) -> Option<&Arc<Matched>> {
        let generation = self.town()?.snapshot.generation;
        let matched = self.results.matched.as_ref()?;
        (matched.generation == generation).then_some(matched)
    }

    /// Marks a resource, selects those whom it is proposed for and goes where they are.
    pub(super) fn choose_resource(&mut self, resource: Option<u32>, effects: &mut Effects) {
        self.chosen_resource = None;
        let Some((at, matched)) = resource.zip(self.matched().map(Arc::clone)) else {
            return;
        };
        let Some(town) = self.town().map(Arc::clone) else {
            return;
        };
        self.chosen_resource = Some(at);
        let households = &town.snapshot.households;
        let needs = matched.matching.needs_at(at);
        let rows: Vec<u32> = needs
            .filter_map(|need| Some(matched.matching.needs.get(need)?.household))
            .collect();
        let places = rows.iter().filter_map(|row| households.merc(*row));
        let position = town.snapshot.resources.position(at as usize);
        let around = places
            .chain(position.map(merc_from_lonlat))
            .fold(MercBox::EMPTY, MercBox::with);
        if !around.is_empty() {
            let room = around.width().max(around.height()) * 0.15;
            effects.show = Some(around.grown(room.max(AROUND_M)));
        }
        self.select(rows);
    }

    /// Shows how far a resource reaches; while the sheet is open, also whom it is proposed for.
    pub(super) fn mark_resource(&mut self, resource: Option<u32>, effects: &mut Effects) {
        if self.worksheet == Some(Worksheet::Matching) && resource.is_some() {
            self.choose_resource(resource, effects);
        } else {
            self.chosen_resource = resource;
        }
    }

    /// Selects the households of the filter whose needs have such a proposal.
    pub(super) fn select_needs(&mut self, wanted: NeedsWanted) {
        self.chosen_resource = None;
        let (Some(matched), Some(filtered)) = (self.matched(), &self.results.filtered) else {
            return;
        };
        let matching = &matched.matching;
        let categories = wanted
            .category
            .map_or(self.view.choice.needs, |category| 1 << (category & 63));
        let rows: Vec<u32> = matching
            .needs_of(&filtered.rows, categories)
            .filter(|at| {
                matching.outcomes.get(*at).is_some_and(|outcome| {
                    if wanted.matched {
                        matches!(outcome, MatchOutcome::Matched { .. })
                    } else {
                        outcome.is_unmatched()
                    }
                })
            })
            .filter_map(|at| Some(matching.needs.get(at)?.household))
            .collect();
        self.select(rows);
    }

    fn select(&mut self, rows: Vec<u32>) {
        let Some(town) = self.town() else { return };
        let mut selection = RowSet::none(town.snapshot.households.len());
        for row in rows {
            selection.insert(row);
        }
        self.view.selection = (selection.count() > 0).then(|| Arc::new(selection));
    }

    /// The proposal for the households of the filter, to be written.
    pub(super) fn matching_source(&self) -> Option<TableSource> {
        let rows = &self.results.filtered.as_ref()?.rows;
        Some(TableSource::Matching {
            matching: Arc::clone(&self.matched()?.matching),
            rows: Arc::clone(rows),
            categories: self.view.choice.needs,
        })
    }
}
