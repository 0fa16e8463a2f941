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
    /// What is wrong with it.
    mistakes: DraftMistakes,
}

impl CatalogueDraft {
    fn new(catalogue: Arc<Catalogue>) -> Self {
        let mistakes = draft_mistakes(&catalogue);
        Self {
            catalogue,
            mistakes,
        }
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
        let draft = draft.filter(|draft| can && office.is_some() && office.as_ref() != Some(draft));
        self.catalogue_draft = draft.map(CatalogueDraft::new);
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

    /// The town has another catalogue: a draft that says the same is done with.
    pub(super) fn settle_draft(&mut self) {
        let office = self.office_catalogue();
        let is_done = self
            .catalogue_draft
            .as_ref()
            .is_some_and(|draft| office.as_ref() == Some(&*draft.catalogue));
        if is_done {
            self.catalogue_draft = None;
            self.trial = None;
            self.results.what_if = None;
            if std::mem::take(&mut self.leaving_draft) {
                self.worksheet = None;
            }
        }
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
