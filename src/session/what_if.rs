//! The catalogue on trial: what is asked for it, and what comes back.

use super::{Effects, NoticeKind, Session};
use crate::base::Generation;
use crate::jobs::{Lane, Request, Town, Tried, WhatIfRequest};
use crate::model::{Catalogue, Date, ThresholdMove};
use crate::words::Message;
use std::sync::Arc;

/// Which catalogue was asked about, of which edition of the town.
#[derive(Debug, Default)]
pub(super) struct AskedTrial {
    asked: Option<(Generation, Arc<Catalogue>)>,
    waits: bool,
}

impl AskedTrial {
    pub(super) fn answered(&mut self) {
        self.waits = false;
    }
}

impl Session {
    /// What the catalogue on trial means for the open town: the last that is known while another
    /// is being tried.
    pub fn what_if(&self) -> Option<&Arc<Tried>> {
        let generation = self.town()?.snapshot.generation;
        let tried = self.results.what_if.as_ref();
        tried.filter(|tried| self.trial.is_some() && tried.generation == generation)
    }

    /// Whether a catalogue is being tried.
    pub fn is_trying(&self) -> bool {
        self.asked.work.trial.waits
    }

    pub(in crate::session) fn try_catalogue(
        &mut self,
        catalogue: Option<Arc<Catalogue>>,
        effects: &mut Effects,
    ) {
        let catalogue = catalogue.filter(|_| self.document.is_some());
        if catalogue.is_none() {
            self.results.what_if = None;
            self.asked.work.trial = AskedTrial::default();
            effects.cancel.push(Lane::WhatIf);
        }
        self.trial = catalogue;
    }

    pub(super) fn wanted_trial(&mut self, town: &Arc<Town>) -> Option<Request> {
        let catalogue = self.trial.as_ref()?;
        // The town of another day is on its way; it is asked then.
        if town.is_dated && town.as_of != self.view.as_of {
            return None;
        }
        let generation = town.snapshot.generation;
        let trial = &mut self.asked.work.trial;
        let is_asked = trial.asked.as_ref().is_some_and(|(of, asked)| {
            *of == generation && (Arc::ptr_eq(asked, catalogue) || asked == catalogue)
        });
        if is_asked {
            return None;
        }
        trial.asked = Some((generation, Arc::clone(catalogue)));
        trial.waits = true;
        Some(Request::WhatIf(WhatIfRequest {
            town: Arc::clone(town),
            catalogue: Arc::clone(catalogue),
        }))
    }

    pub(super) fn on_tried(&mut self, tried: Tried) {
        let is_current = self
            .town()
            .is_some_and(|town| town.snapshot.generation == tried.generation);
        let is_wanted = self.trial.as_ref() == Some(&tried.catalogue);
        if is_wanted {
            self.asked.work.trial.answered();
        }
        if is_current && is_wanted {
            self.results.what_if = Some(Arc::new(tried));
        }
    }

    /// The values of thresholds that the catalogue on trial has otherwise than the town's.
    pub fn trial_moves(&self) -> Vec<ThresholdMove> {
        let (Some(town), Some(trial)) = (self.town(), &self.trial) else {
            return Vec::new();
        };
        let own = &town.snapshot.catalogue;
        own.threshold_moves(&trial.aligned_to(own))
    }

    /// Whether programmes, rules or amounts are on trial too, and not thresholds alone.
    pub fn tries_rules(&self) -> bool {
        let (Some(town), Some(trial)) = (self.town(), &self.trial) else {
            return false;
        };
        let own = town.snapshot.catalogue.of_office();
        own.programmes != trial.programmes
            || own.schemes != trial.schemes
            || own.thresholds.len() != trial.thresholds.len()
    }

    /// Why what is on trial cannot be written into the catalogue from a day on.
    pub fn trial_refusal(&self, from: Date) -> Option<Message> {
        if !self.can_edit() {
            return Some(Message::new("whatif.apply_looks_only"));
        }
        if self.tries_rules() {
            return Some(Message::new("whatif.apply_rules"));
        }
        let thresholds = &self.town()?.snapshot.catalogue.thresholds;
        let moves = self.trial_moves();
        if moves.is_empty() {
            return Some(Message::new("whatif.nothing"));
        }
        // An earlier value would never be in force: the present one began after it.
        let too_early = moves.into_iter().find_map(|moved| {
            let threshold = thresholds.get(moved.threshold)?;
            let value = threshold.values.get(moved.value)?;
            (value.from > from).then_some((threshold, value))
        });
        too_early.map(|(threshold, value)| {
            Message::new("whatif.apply_too_early")
                .arg("name", threshold.name(self.lang))
                .arg("from", value.from)
        })
    }

    pub(super) fn apply_trial(&mut self, from: Date) {
        if let Some(refusal) = self.trial_refusal(from) {
            self.notices.say(NoticeKind::Warning, refusal);
            return;
        }
        let Some(town) = self.town() else { return };
        let own = town.snapshot.catalogue.of_office();
        let applied = own.with_moves(&self.trial_moves(), from);
        self.save_catalogue(Arc::new(applied));
        self.trial = None;
        self.results.what_if = None;
        self.asked.work.trial = AskedTrial::default();
    }
}
