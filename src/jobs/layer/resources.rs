//! The places that offer help, a mark each.

use super::{LayerRequest, Painted};
use crate::base::digits::grouped;
use crate::layer::{Legend, LegendKind, PlaceMark};
use std::collections::BTreeMap;
use std::sync::Arc;

impl LayerRequest {
    /// The resources of the chosen categories. A filter of households does not touch them.
    pub(super) fn resources(&self) -> (Painted, Legend, usize) {
        let snapshot = &self.town.snapshot;
        let resources = &snapshot.resources;
        let is_chosen = |category: u8| self.choice.needs >> (category & 63) & 1 == 1;
        let mut shown = Vec::new();
        let mut by_category: BTreeMap<u8, usize> = BTreeMap::new();
        let mut nowhere = 0;
        for (at, category) in resources.category.iter().enumerate() {
            if !is_chosen(*category) {
                continue;
            }
            if resources.position(at).is_some() {
                shown.push(at as u32);
                *by_category.entry(*category).or_default() += 1;
            } else {
                nowhere += 1;
            }
        }
        let lang = self.lang;
        let entries = by_category.into_iter().map(|(category, count)| {
            let term = snapshot.catalogue.needs.get(usize::from(category));
            let name = term.map_or("", |term| term.name(lang));
            let count = grouped(count as u64);
            let words = lang.with("layer.places_of", &[("category", name), ("count", &*count)]);
            (PlaceMark::of(category), words)
        });
        let count = shown.len();
        let mut notes = vec![lang.with("layer.shows_places", &[("count", &grouped(count as u64))])];
        if resources.is_empty() {
            notes.push(lang.t("layer.no_places").into_owned());
        }
        if nowhere > 0 {
            let nowhere = grouped(nowhere);
            notes.push(lang.with("layer.places_nowhere", &[("count", &*nowhere)]));
        }
        let legend = Legend {
            title: lang.t(self.spec.kind.word()).into_owned(),
            unit: String::new(),
            kind: LegendKind::Marks {
                entries: entries.collect(),
            },
            notes,
        };
        let painted = Painted::Places {
            resources: Arc::new(shown),
        };
        (painted, legend, count)
    }
}
