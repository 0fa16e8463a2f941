//! The catalogue as somebody is changing it: nothing holds before it is saved.

use super::{Effects, NoticeKind, Session, Worksheet};
use crate::analysis::WrongRule;
use crate::jobs::{DraftMistakes, draft_mistakes};
use crate::model::Catalogue;
use crate::words::Message;
use std::sync::Arc;

/// A changed catalogue that is not saved.
#[derive(Debug, Clone)]
pub struct CatalogueDraft {
    /// The catalogue.
    pub catalogue: Arc<Catalogue>,
    /// The workspace's, from which it was made.
    base: Catalogue,
    /// What is wrong with it.
    mistakes: DraftMistakes,
}

impl CatalogueDraft {
    fn new(catalogue: Arc<Catalogue>, base: Catalogue) -> Self {
        let mistakes = draft_mistakes(&catalogue);
        Self {
            catalogue,
            base,
            mistakes,
        }
    }

    /// The draft over another catalogue of the workspace: parts that nobody changed here are as
    /// they are there.
    fn moved_to(&self, office: &Catalogue) -> Catalogue {
        let mut draft = (*self.catalogue).clone();
        let base = &self.base;
        if (&draft.programmes, &draft.schemes) == (&base.programmes, &base.schemes) {
            draft.programmes.clone_from(&office.programmes);
            draft.schemes.clone_from(&office.schemes);
        }
        if draft.needs == base.needs {
            draft.needs.clone_from(&office.needs);
        }
        if draft.thresholds == base.thresholds {
            draft.thresholds.clone_from(&office.thresholds);
        }
        if draft.numbers == base.numbers {
            draft.numbers.clone_from(&office.numbers);
        }
        draft
    }

    /// Whether it can be saved: nothing is wrong with it.
    pub fn is_sound(&self) -> bool {
        self.mistakes.rules.is_empty() && self.mistakes.entries.is_empty()
    }

    /// Rules and amounts with a mistake, by programme.
    pub fn wrong_rules(&self) -> &[WrongRule] {
        &self.mistakes.rules
    }

    /// What else is wrong: names that two entries have, values that are missing.
    pub fn wrong_entries(&self) -> &[Message] {
        &self.mistakes.entries
    }
}

impl Session {
    /// The catalogue as it is in the workspace, without the terms that only files know.
    pub fn office_catalogue(&self) -> Option<Catalogue> {
        self.town().map(|town| town.snapshot.catalogue.of_office())
    }

    /// Takes up a changed catalogue; with none, or with one that is as it was, lets go of it.
    pub(super) fn draft_catalogue(&mut self, draft: Option<Arc<Catalogue>>, effects: &mut Effects) {
        self.leaving_draft = false;
        let office = self.office_catalogue();
        let can = self.can_edit();
        let draft = draft.filter(|_| can);
        self.catalogue_draft = match (draft, office) {
            (Some(draft), Some(office)) if *draft != office => {
                Some(CatalogueDraft::new(draft, office))
            }
            _ => None,
        };
        let trial = match &self.catalogue_draft {
            Some(draft) if !draft.is_sound() => return,
            Some(draft) => Some(Arc::clone(&draft.catalogue)),
            None => None,
        };
        // What a sound draft means is found out at once; of one with a mistake the last good state
        // is shown until it is mended.
        self.try_catalogue(trial, effects);
    }

    /// Saves the draft where nothing is wrong with it.
    pub(super) fn save_draft(&mut self) {
        let Some(draft) = self
            .catalogue_draft
            .as_ref()
            .filter(|draft| draft.is_sound())
        else {
            return;
        };
        let catalogue = Arc::clone(&draft.catalogue);
        self.save_catalogue(catalogue);
    }

    /// The town has another catalogue: a draft that says the same is done with, another goes on
    /// from it.
    pub(super) fn settle_draft(&mut self) {
        let (Some(draft), Some(office)) = (self.catalogue_draft.as_ref(), self.office_catalogue())
        else {
            return;
        };
        if office == draft.base {
            return;
        }
        let moved = draft.moved_to(&office);
        if moved == office {
            self.catalogue_draft = None;
            self.trial = None;
            self.results.what_if = None;
            if std::mem::take(&mut self.leaving_draft) {
                self.worksheet = None;
            }
            return;
        }
        let draft = CatalogueDraft::new(Arc::new(moved), office);
        if draft.is_sound() {
            self.trial = Some(Arc::clone(&draft.catalogue));
        }
        self.catalogue_draft = Some(draft);
    }

    /// Whether the draft may be left behind. Where there is one the sheet asks, and nothing is lost.
    pub(super) fn may_leave_draft(&mut self) -> bool {
        if self.catalogue_draft.is_none() {
            return true;
        }
        self.leaving_draft = true;
        self.worksheet = Some(Worksheet::Catalogue);
        self.dialog = None;
        let message = Message::new("session.draft_waits");
        self.notices.say(NoticeKind::Warning, message);
        false
    }
}
