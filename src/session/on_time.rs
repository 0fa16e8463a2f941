//! What comes back about time: the time line, and what changed since a day.

use super::{Counted, Effects, Session};
use crate::analysis::{Change, ChangeKind};
use crate::jobs::{ChangesFound, ChangesRequest, Request, TimeLineFound, TimeLineRequest, Town};
use crate::model::Date;
use crate::query::{Choice, RowSet};
use crate::snapshot::AreaIndex;
use std::sync::Arc;

/// So many months the time line goes back.
const MONTHS: usize = 24;

/// A town of more households gets its time line when somebody asks for it.
const MOST_UNASKED: usize = 300_000;

/// In a town of more areas only the one that is looked at gets a line of its own.
const MOST_AREAS: usize = 3_000;

impl Session {
    /// The earlier day with which the town is compared.
    pub fn since(&self) -> Date {
        let as_of = self.view.as_of;
        self.since
            .filter(|since| *since < as_of)
            .unwrap_or_else(|| as_of.plus_months(-1))
    }

    /// What changed since that day, where it is known.
    pub fn changes(&self) -> Option<&Arc<ChangesFound>> {
        let found = self.results.changes.as_ref()?;
        let is_current = found.since == self.since() && found.until == self.view.as_of;
        Some(found).filter(|_| is_current)
    }

    /// Whether it is being found out what changed.
    pub fn is_comparing_days(&self) -> bool {
        self.asked.work.comparing_days
    }

    /// The change that is looked at.
    pub fn chosen_change(&self) -> Option<&Change> {
        self.changes()?.of(self.chosen_change?)
    }

    /// Whether the time line waits for somebody to ask for it: it takes a while in a large town.
    pub fn timeline_waits(&self) -> bool {
        let large = |town: &Arc<Town>| town.snapshot.households.len() > MOST_UNASKED;
        !self.timeline_asked && self.town().is_some_and(large)
    }

    /// The areas that have a line of their own.
    fn timeline_areas(&self, town: &Town) -> Vec<AreaIndex> {
        let areas = town.snapshot.areas.len();
        if areas <= MOST_AREAS {
            return (0..areas).map(|at| AreaIndex(at as u32)).collect();
        }
        match self.inspected {
            Some(super::Inspected::Area(area)) => vec![area],
            _ => Vec::new(),
        }
    }

    pub(super) fn wanted_timeline(&mut self, town: &Arc<Town>) -> Option<Request> {
        let is_shown = self.settings.inspector_panel
            && !matches!(self.inspected, Some(super::Inspected::Household(_)));
        let is_stale = town.is_dated && town.as_of != self.view.as_of;
        if !is_shown || is_stale || self.timeline_waits() {
            return None;
        }
        let areas = self.timeline_areas(town);
        let wish = (town.snapshot.generation, areas);
        if self.asked.work.timeline.as_ref() == Some(&wish) {
            return None;
        }
        let request = TimeLineRequest {
            town: Arc::clone(town),
            rows: Arc::new(RowSet::all(town.snapshot.households.len())),
            choice: Choice::default(),
            areas: wish.1.clone(),
            as_of: town.as_of,
            months: MONTHS,
        };
        self.asked.work.timeline = Some(wish);
        Some(Request::TimeLine(request))
    }

    pub(super) fn wanted_changes(&mut self, town: &Arc<Town>) -> Option<Request> {
        let is_stale = town.as_of != self.view.as_of;
        if self.worksheet != Some(super::Worksheet::Changes) || self.busy || is_stale {
            return None;
        }
        if !self.view.filter.uses_selection() {
            // Somebody went on to other households.
            self.chosen_change = None;
        }
        let filtered = self.results.filtered.as_ref()?;
        let is_current =
            filtered.generation == town.snapshot.generation && filtered.filter == self.view.filter;
        // A change that was chosen is itself a filter; it must not take away the others.
        if !is_current || self.chosen_change.is_some() {
            return None;
        }
        let rows = Arc::clone(self.sheet_rows()?);
        let since = self.since();
        let wish = (town.snapshot.generation, since, rows);
        if self.asked.work.changes.as_ref() == Some(&wish) {
            return None;
        }
        let request = ChangesRequest {
            workspace: self.document.as_ref()?.workspace.clone(),
            town: Arc::clone(town),
            since,
            rows: Arc::clone(&wish.2),
            choice: self.view.choice,
        };
        self.asked.work.changes = Some(wish);
        self.asked.work.comparing_days = true;
        Some(Request::Changes(request))
    }

    pub(super) fn on_timeline(&mut self, found: TimeLineFound) {
        let town = self.town();
        if town.is_some_and(|town| town.snapshot.generation == found.generation) {
            self.results.timeline = Some(Arc::new(found));
        }
    }

    pub(super) fn on_changes(&mut self, found: ChangesFound) {
        self.asked.work.comparing_days = false;
        let town = self.town();
        if town.is_some_and(|town| town.snapshot.generation == found.generation) {
            self.results.changes = Some(Arc::new(found));
        }
    }

    /// Rows of another edition mean other households.
    pub(super) fn forget_times(&mut self) {
        self.results.timeline = None;
        self.results.changes = None;
        self.chosen_change = None;
        self.asked.work.timeline = None;
        self.asked.work.changes = None;
    }

    pub(super) fn set_since(&mut self, since: Date) {
        self.since = Some(since);
        self.leave_change();
    }

    /// What was chosen to be seen is no filter any more.
    pub(super) fn leave_change(&mut self) {
        if self.chosen_change.take().is_some() {
            self.view.selection = None;
            let before = std::mem::take(&mut self.filter_before_change);
            self.set_filter_text(before);
        }
    }

    /// The households of a change stand on the map and in the list.
    pub(super) fn choose_change(&mut self, kind: Option<ChangeKind>, effects: &mut Effects) {
        let chosen = kind.and_then(|kind| self.changes()?.of(kind).cloned());
        let (Some(change), Some(town)) = (chosen, self.town().cloned()) else {
            self.leave_change();
            return;
        };
        let base = self.as_base();
        let households = &town.snapshot.households;
        let mut rows = RowSet::none(households.len());
        change.rows.iter().for_each(|row| rows.insert(*row));
        let places = change.rows.iter().filter_map(|row| households.merc(*row));
        let around = places.fold(crate::datum::MercBox::EMPTY, crate::datum::MercBox::with);
        effects.show = Some(around).filter(|around| !around.is_empty());
        if self.chosen_change.is_none() {
            self.filter_before_change = self.filter_text.clone();
        }
        self.chosen_change = Some(change.kind);
        self.inspected = None;
        self.view.selection = Some(Arc::new(rows));
        self.set_filter_text("selected:yes".to_owned());
        let counted = if u64::from(change.times) > change.rows.len() as u64 {
            (u64::from(change.times), Counted::Times)
        } else {
            (change.rows.len() as u64, Counted::Households)
        };
        self.note_opened(counted, base, effects);
    }
}
