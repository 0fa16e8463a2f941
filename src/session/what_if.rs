//! The catalogue on trial: what is asked for it, and what comes back.

use super::{Effects, Session};
use crate::base::Generation;
use crate::jobs::{Lane, Request, Town, Tried, WhatIfRequest};
use crate::model::Catalogue;
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
}
