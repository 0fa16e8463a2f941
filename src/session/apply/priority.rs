//! The weights of the score.

use crate::analysis::{Component, PriorityWeights};
use crate::model::{Catalogue, NamedNumber, Quantity};
use crate::session::Session;
use crate::words::Lang;
use std::sync::Arc;

impl Session {
    /// Orders the list by weights that nobody saved. Those of the workspace are no draft.
    pub(super) fn try_weights(&mut self, weights: Option<PriorityWeights>) {
        let saved = self.saved_weights();
        self.draft_weights = weights.filter(|weights| *weights != saved);
    }

    /// Keeps the draft in the workspace's catalogue. It stays a draft until that is done.
    pub(super) fn save_weights(&mut self) {
        let (Some(weights), Some(town)) = (self.draft_weights, self.town()) else {
            return;
        };
        let mut catalogue = town.snapshot.catalogue.of_office();
        for component in Component::ALL {
            set_weight(&mut catalogue, component, weights.get(component));
        }
        self.save_catalogue(Arc::new(catalogue));
    }

    /// Weights that the workspace has are no draft any more.
    pub(in crate::session) fn drop_kept_draft(&mut self) {
        let saved = self.saved_weights();
        self.draft_weights = self.draft_weights.filter(|weights| *weights != saved);
    }
}

/// Writes a weight into a catalogue; one of an earlier program has no place for it yet.
fn set_weight(catalogue: &mut Catalogue, component: Component, weight: f64) {
    let code = component.number();
    if let Some(number) = catalogue.numbers.iter_mut().find(|one| one.code == code) {
        number.value = weight;
        return;
    }
    let name = |lang: Lang| lang.t(&format!("layer.field_{code}")).into_owned();
    catalogue.numbers.push(NamedNumber {
        code: code.to_owned(),
        zh: name(Lang::Zh),
        en: name(Lang::En),
        unit: Quantity::Ratio,
        value: weight,
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weight_finds_its_place_or_gets_one() {
        let mut catalogue = Catalogue::default();
        set_weight(&mut catalogue, Component::Waiting, 12.0);
        set_weight(&mut catalogue, Component::Waiting, 13.0);
        assert_eq!(catalogue.numbers.len(), 1);
        let number = &catalogue.numbers[0];
        assert_eq!(
            (number.value, number.code.as_str()),
            (13.0, "priority_waiting")
        );
        assert!(!number.zh.is_ascii() && number.en.is_ascii());
        let weights = PriorityWeights::of(&catalogue);
        assert_eq!(weights.get(Component::Waiting), 13.0);
    }
}
