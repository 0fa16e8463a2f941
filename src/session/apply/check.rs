//! The sheet of the data check.

use crate::datum::MercBox;
use crate::jobs::Found;
use crate::session::{Effects, Inspected, Session, Worksheet};
use std::sync::Arc;

/// Room around a place that is shown, in Mercator metres.
const AROUND_M: f64 = 120.0;

impl Session {
    pub(super) fn show_worksheet(&mut self, sheet: Option<Worksheet>) {
        if sheet != Some(Worksheet::Catalogue) && !self.may_leave_draft() {
            return;
        }
        self.worksheet = sheet.filter(|_| self.document.is_some());
        self.chosen_finding = None;
        self.chosen_resource = None;
        self.placing = None;
        self.dialog = None;
    }

    pub(super) fn show_sources(&mut self, open: bool) {
        self.sources_open = open;
        if self.results.history.is_none() {
            self.asked.work.forget_history();
        }
    }

    pub(super) fn check_again(&mut self) {
        self.results.check = None;
        self.chosen_finding = None;
        self.asked.work.forget_check();
    }

    /// Marks a finding and goes where it is.
    pub(super) fn choose_finding(&mut self, place: Option<usize>, effects: &mut Effects) {
        self.chosen_finding = None;
        let Some(check) = self.results.check.as_ref().map(Arc::clone) else {
            return;
        };
        let Some((place, finding)) = place.and_then(|at| Some((at, check.findings.get(at)?)))
        else {
            return;
        };
        self.chosen_finding = Some(place);
        match &finding.found {
            Found::Ground(ground) => {
                let around = ground.shape.box_merc.with(ground.at_merc);
                let room = around.width().max(around.height()).max(AROUND_M);
                effects.show = Some(around.grown(room));
                self.inspected = None;
            }
            Found::Pair(pair) => {
                let Some(town) = self.town() else { return };
                let households = &town.snapshot.households;
                let places = pair
                    .rows
                    .iter()
                    .flatten()
                    .filter_map(|row| households.merc(*row));
                let around = places.fold(MercBox::EMPTY, MercBox::with);
                if !around.is_empty() {
                    let room = around.width().max(around.height()).max(AROUND_M);
                    effects.show = Some(around.grown(room * 0.6));
                }
                self.inspected = None;
            }
            Found::Counts(counts) => {
                if let Some(row) = counts.row {
                    self.go_to(Inspected::Household(row), effects);
                }
            }
        }
    }
}
