//! The sheet of needs and resources.

use crate::datum::{MercBox, merc_from_lonlat};
use crate::jobs::{Matched, TableSource};
use crate::query::RowSet;
use crate::session::{Counted, Effects, Session, Worksheet};
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
        let (mut rows, mut used) = (RowSet::none(households.len()), 0_u64);
        for row in needs.filter_map(|need| Some(matched.matching.needs.get(need)?.household)) {
            rows.insert(row);
            used += 1;
        }
        let places = rows.iter().filter_map(|row| households.merc(row));
        let position = town.snapshot.resources.position(at as usize);
        let around = places
            .chain(position.map(merc_from_lonlat))
            .fold(MercBox::EMPTY, MercBox::with);
        if used > 0 {
            let base = self.as_base();
            self.pick_rows(rows, "selected:yes".to_owned(), effects);
            self.note_opened((used, Counted::Needs), base, effects);
        }
        if !around.is_empty() {
            let room = around.width().max(around.height()) * 0.15;
            effects.show = Some(around.grown(room.max(AROUND_M)));
        }
    }

    /// Shows how far a resource reaches; while the sheet is open, also whom it is proposed for.
    pub(super) fn mark_resource(&mut self, resource: Option<u32>, effects: &mut Effects) {
        if self.worksheet == Some(Worksheet::Matching) && resource.is_some() {
            self.choose_resource(resource, effects);
        } else {
            self.chosen_resource = resource;
        }
    }

    /// The proposal for the households of the filter, to be written.
    pub(super) fn matching_source(&self) -> Option<TableSource> {
        let rows = self.sheet_rows()?;
        Some(TableSource::Matching {
            matching: Arc::clone(&self.matched()?.matching),
            rows: Arc::clone(rows),
            categories: self.view.choice.needs,
        })
    }
}
