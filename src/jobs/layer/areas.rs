//! Areas filled by a figure.

use super::super::level_rates::LevelRate;
use super::{AreaValue, LayerRequest, Painted};
use crate::analysis::{self, RateForm};
use crate::base::{Progress, digits};
use crate::layer::{AreaFigure, LayerKind, Legend, LegendKind, few_color, rate_form_note};
use crate::model::AreaLevel;
use crate::query::RowSet;
use crate::words::{Fault, Message};
use std::sync::Arc;

impl LayerRequest {
    pub(super) fn areas(
        &self,
        rows: &RowSet,
        progress: &Progress,
    ) -> Result<(Painted, Legend, usize), Fault> {
        let LayerKind::Areas {
            figure,
            level,
            method,
            classes,
            labels,
        } = &self.spec.kind
        else {
            return Err(Fault::failed(Message::new("jobs.panicked")));
        };
        let figures = self.figures(rows, &[*figure], progress)?;
        let form = self.rate_form;
        let source = figures.source(self);
        let found = self
            .town
            .level_rates(*level, (*figure, form), &source, progress)?;
        let reliable: Vec<f64> = found
            .iter()
            .filter(|one| !one.suppressed)
            .filter_map(|one| one.value)
            .collect();
        let breaks = analysis::breaks(&reliable, *classes, method);
        // Behind the classes stands the grey of those that say too little.
        let class = |one: &LevelRate| match one.value {
            Some(_) if one.suppressed => Some(breaks.len()),
            value => value.map(|value| analysis::class_of(value, &breaks)),
        };
        let values = found.iter().map(|one| AreaValue {
            area: one.area,
            value: one.value,
            class: class(one),
            suppressed: one.suppressed,
        });
        let ramp = figure.ramp();
        let mut colors: Vec<[u8; 4]> = (0..breaks.len())
            .map(|class| ramp.solid((class as f32 + 0.5) / breaks.len() as f32))
            .collect();
        let low = reliable.iter().copied().fold(f64::INFINITY, f64::min);
        let legend = self.areas_legend(&found, (*figure, *level), (low, &breaks), &colors);
        colors.push(few_color());
        let count = found.iter().filter(|one| one.value.is_some()).count();
        let text = |one: &LevelRate| Some((one.area, figure.text(one.value?, form)));
        Ok((
            Painted::Areas {
                values: Arc::new(values.collect()),
                colors,
                labels: if *labels {
                    Arc::new(found.iter().filter_map(text).collect())
                } else {
                    Arc::default()
                },
                hot_spots: None,
            },
            legend,
            count,
        ))
    }

    fn areas_legend(
        &self,
        found: &[LevelRate],
        (figure, level): (AreaFigure, AreaLevel),
        (low, breaks): (f64, &[f64]),
        colors: &[[u8; 4]],
    ) -> Legend {
        let (lang, form) = (self.lang, self.rate_form);
        let mut from = low;
        let mut entries: Vec<_> = breaks
            .iter()
            .zip(colors)
            .map(|(to, color)| {
                let text = format!("{} – {}", figure.text(from, form), figure.text(*to, form));
                from = *to;
                (*color, text)
            })
            .collect();
        let known = found.iter().filter(|one| one.value.is_some()).count();
        entries.extend(self.few_entry(found.iter().filter(|one| one.suppressed).count()));
        let mut notes: Vec<String> = Vec::new();
        notes.extend(figure.caution().map(|key| lang.t(key).into_owned()));
        if figure.is_rate() {
            notes.push(lang.t(rate_form_note(form)).into_owned());
        }
        let level = lang.t(level.word());
        notes.push(lang.with(
            "layer.by_level",
            &[("level", &level), ("count", &digits::grouped(known as u64))],
        ));
        Legend {
            title: figure.name(&self.town.snapshot.catalogue, lang),
            unit: lang.t(figure.unit(form)).into_owned(),
            kind: LegendKind::Classes {
                entries,
                hatched: self.without_data(found.len() - known),
            },
            notes,
        }
    }

    /// The grey of areas whose denominator is too small, and how many they are.
    pub(super) fn few_entry(&self, few: usize) -> Option<([u8; 4], String)> {
        let least = analysis::min_denominator(&self.town.snapshot.catalogue);
        (few > 0).then(|| {
            let text = self.lang.with(
                "layer.too_few",
                &[
                    ("least", &digits::grouped(u64::from(least))),
                    ("count", &digits::grouped(few as u64)),
                ],
            );
            (few_color(), text)
        })
    }

    /// What the hatching means, and how many it is; nothing where there is none.
    pub(super) fn without_data(&self, count: usize) -> Option<String> {
        let number = digits::grouped(count as u64);
        (count > 0).then(|| self.lang.with("layer.without_data", &[("count", &number)]))
    }

    /// The form in which rates stand where a count would say nothing.
    pub(super) fn form_of_rates(&self) -> RateForm {
        match self.rate_form {
            RateForm::Count => RateForm::Raw,
            form => form,
        }
    }
}
