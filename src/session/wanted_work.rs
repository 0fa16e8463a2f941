//! Which changes, look-ups and checks the present state needs that have not been asked for.

use super::{Inspected, Session, Worksheet};
use crate::analysis::RateForm;
use crate::base::Generation;
use crate::jobs::{
    AreaRatesRequest, CardRequest, CellRequest, CheckRequest, EditRequest, ExplainRequest,
    HistoryRequest, ListsCell, ListsRequest, MatchRequest, Request, Town,
};
use crate::model::{AreaLevel, Date};
use crate::query::RowSet;
use crate::snapshot::AreaIndex;
use std::sync::Arc;

/// How far the check of the data is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum CheckAsked {
    #[default]
    No,
    /// It runs; whether it has to run again afterwards.
    UnderWay { again: bool },
    /// There is an answer, or somebody stopped it.
    Answered,
}

/// What has been asked for.
// Which answers are still out: each of them on its own.
#[allow(clippy::struct_excessive_bools)]
#[derive(Debug, Default)]
pub(super) struct AskedWork {
    history: Option<(Generation, String)>,
    explained: Option<(Generation, u32)>,
    card: Option<(Generation, u32)>,
    area_rates: Option<(Generation, AreaLevel, RateForm)>,
    looking_up: bool,
    check: CheckAsked,
    lists: Option<Generation>,
    comparing: bool,
    cell: Option<ListsCell>,
    pub(super) timeline: Option<(Generation, Vec<AreaIndex>)>,
    pub(super) changes: Option<(Generation, Date, Arc<RowSet>)>,
    pub(super) comparing_days: bool,
    matched: Option<Generation>,
    is_matching: bool,
    pub(super) trial: super::what_if::AskedTrial,
    pub(super) steadiness: super::priority::AskedSteadiness,
}

impl AskedWork {
    pub(super) fn match_answered(&mut self) {
        self.is_matching = false;
    }

    pub(super) fn forget_match(&mut self) {
        self.matched = None;
    }

    pub(super) fn history_answered(&mut self) {
        self.looking_up = false;
    }

    pub(super) fn forget_history(&mut self) {
        self.history = None;
    }

    pub(super) fn check_answered(&mut self) {
        self.check = match self.check {
            CheckAsked::UnderWay { again: true } => CheckAsked::No,
            _ => CheckAsked::Answered,
        };
    }

    pub(super) fn lists_answered(&mut self) {
        self.comparing = false;
    }

    pub(super) fn forget_check(&mut self) {
        self.check = match self.check {
            CheckAsked::UnderWay { .. } => CheckAsked::UnderWay { again: true },
            _ => CheckAsked::No,
        };
    }

    pub(super) fn forget_lists(&mut self) {
        self.lists = None;
    }

    pub(super) fn forget_cell(&mut self) {
        self.cell = None;
    }
}

impl Session {
    /// Whether the past of a household is being looked up.
    pub fn is_looking_up(&self) -> bool {
        self.asked.work.looking_up || self.busy
    }

    /// Whether the data are being checked.
    pub fn is_checking(&self) -> bool {
        matches!(self.asked.work.check, CheckAsked::UnderWay { .. })
    }

    /// Whether lists are being compared.
    pub fn is_comparing(&self) -> bool {
        self.asked.work.comparing
    }

    /// Whether resources are being proposed for needs.
    pub fn is_matching(&self) -> bool {
        self.asked.work.is_matching
    }

    pub(super) fn wanted_work(&mut self, town: &Arc<Town>) -> Vec<Request> {
        let mut requests = Vec::new();
        requests.extend(self.wanted_edit(town));
        requests.extend(self.wanted_history(town));
        requests.extend(self.wanted_explanation(town));
        requests.extend(self.wanted_card(town));
        requests.extend(self.wanted_area_rates(town));
        requests.extend(self.wanted_check(town));
        requests.extend(self.wanted_lists(town));
        requests.extend(self.wanted_timeline(town));
        requests.extend(self.wanted_changes(town));
        requests.extend(self.wanted_match(town));
        requests.extend(self.wanted_trial(town));
        requests.extend(self.wanted_steadiness(town));
        requests
    }

    /// Changes wait while the workspace file is in use, and then go together.
    fn wanted_edit(&mut self, town: &Arc<Town>) -> Option<Request> {
        // Receipts, needs and visits are those of the day that the town was loaded for.
        let is_stale = town.is_dated && town.as_of != self.view.as_of;
        if self.busy || !(self.edits.is_waiting() || is_stale) {
            return None;
        }
        let workspace = self.document.as_ref()?.workspace.clone();
        self.busy = true;
        self.generation = self.generation.next();
        Some(Request::Edit(EditRequest {
            workspace,
            edits: self.edits.start(),
            before: Arc::clone(town),
            lang: self.lang,
            generation: self.generation,
            as_of: self.view.as_of,
        }))
    }

    fn wanted_history(&mut self, town: &Arc<Town>) -> Option<Request> {
        // While the file is being written to, the answer would have to wait, and be old.
        if !self.sources_open || self.busy {
            return None;
        }
        let Some(Inspected::Household(row)) = self.inspected else {
            return None;
        };
        let snapshot = &town.snapshot;
        let wish = (
            snapshot.generation,
            snapshot.households.id.get(row).to_owned(),
        );
        if self.asked.work.history.as_ref() == Some(&wish) {
            return None;
        }
        let (generation, id) = wish.clone();
        self.asked.work.history = Some(wish);
        self.asked.work.looking_up = true;
        Some(Request::History(HistoryRequest {
            workspace: self.document.as_ref()?.workspace.clone(),
            id,
            generation,
        }))
    }

    /// The card of a chosen household says what the rules say of it.
    fn wanted_explanation(&mut self, town: &Arc<Town>) -> Option<Request> {
        let Some(Inspected::Household(row)) = self.inspected else {
            return None;
        };
        let wish = (town.snapshot.generation, row);
        if self.asked.work.explained == Some(wish) {
            return None;
        }
        self.asked.work.explained = Some(wish);
        Some(Request::Explain(ExplainRequest {
            town: Arc::clone(town),
            row,
        }))
    }

    /// So is everything that is recorded of it looked up, when the file is not being written to.
    fn wanted_card(&mut self, town: &Arc<Town>) -> Option<Request> {
        let Some(Inspected::Household(row)) = self.inspected else {
            return None;
        };
        let wish = (town.snapshot.generation, row);
        if self.busy || self.asked.work.card == Some(wish) {
            return None;
        }
        self.asked.work.card = Some(wish);
        Some(Request::Card(CardRequest {
            town: Arc::clone(town),
            workspace: self.document.as_ref()?.workspace.clone(),
            row,
        }))
    }

    /// The card of an area says its rates in the form of the view; smoothing needs the others.
    fn wanted_area_rates(&mut self, town: &Arc<Town>) -> Option<Request> {
        let form = self.view.rate_form;
        if matches!(form, RateForm::Raw | RateForm::Count) {
            return None;
        }
        let Some(Inspected::Area(area)) = self.inspected.or(self.hovered) else {
            return None;
        };
        let snapshot = &town.snapshot;
        let level = *snapshot.areas.level.get(area.0 as usize)?;
        let wish = (snapshot.generation, level, form);
        if self.asked.work.area_rates == Some(wish) {
            return None;
        }
        self.asked.work.area_rates = Some(wish);
        Some(Request::AreaRates(AreaRatesRequest {
            town: Arc::clone(town),
            level,
            form,
        }))
    }

    /// The sheet of needs and resources shows them all, the card those of one household.
    fn wanted_match(&mut self, town: &Arc<Town>) -> Option<Request> {
        let snapshot = &town.snapshot;
        let asks = |row| snapshot.open_needs(row, u64::MAX).next().is_some();
        let is_seen = match self.inspected {
            _ if self.worksheet == Some(Worksheet::Matching) => true,
            Some(Inspected::Household(row)) => !snapshot.resources.is_empty() && asks(row),
            _ => false,
        };
        let generation = snapshot.generation;
        if !is_seen || self.asked.work.matched == Some(generation) {
            return None;
        }
        self.asked.work.matched = Some(generation);
        self.asked.work.is_matching = true;
        Some(Request::Match(MatchRequest {
            town: Arc::clone(town),
        }))
    }

    fn wanted_check(&mut self, town: &Arc<Town>) -> Option<Request> {
        let work = &mut self.asked.work;
        let is_open = self.worksheet == Some(Worksheet::Check);
        if !is_open || self.busy || work.check != CheckAsked::No {
            return None;
        }
        work.check = CheckAsked::UnderWay { again: false };
        Some(Request::Check(CheckRequest {
            workspace: self.document.as_ref()?.workspace.clone(),
            town: Arc::clone(town),
            as_of: self.view.as_of,
        }))
    }

    fn wanted_lists(&mut self, town: &Arc<Town>) -> Option<Request> {
        if self.worksheet != Some(Worksheet::Lists) || self.busy {
            return None;
        }
        let generation = town.snapshot.generation;
        let work = &mut self.asked.work;
        if work.lists != Some(generation) {
            work.lists = Some(generation);
            work.comparing = true;
            return Some(Request::Lists(ListsRequest {
                workspace: self.document.as_ref()?.workspace.clone(),
                town: Arc::clone(town),
                as_of: self.view.as_of,
            }));
        }
        let lists = self.results.lists.as_ref()?;
        let cell = self.chosen_cell.filter(|cell| work.cell != Some(*cell))?;
        work.cell = Some(cell);
        Some(Request::Cell(CellRequest {
            lists: Arc::clone(lists),
            town: Arc::clone(town),
            cell,
        }))
    }
}
