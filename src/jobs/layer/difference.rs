//! Areas filled by how much a figure moved between two days.

use super::super::level_rates::LevelRate;
use super::{AreaValue, LayerRequest, Painted};
use crate::analysis::{self, Coverage, ProgrammeCoverage, RateForm};
use crate::base::{Progress, digits};
use crate::layer::{
    AreaFigure, DIFFERENCE_CLASSES, FigureSource, Legend, LegendKind, Rgba, difference_class,
    difference_colors, difference_step, few_color,
};
use crate::model::{AreaLevel, Date};
use crate::query::RowSet;
use crate::words::{Fault, Message};
use std::sync::Arc;

/// What was counted on one of the days, as far as the figure needs it.
#[derive(Debug, Default)]
struct Counted {
    coverage: Coverage,
    entitled: ProgrammeCoverage,
}

/// What is compared.
#[derive(Debug, Clone, Copy)]
pub(super) struct Compared {
    pub(super) figure: AreaFigure,
    pub(super) level: AreaLevel,
    pub(super) since: Date,
    pub(super) labels: bool,
}

impl LayerRequest {
    pub(super) fn difference(
        &self,
        what: Compared,
        rows: &RowSet,
        progress: &Progress,
    ) -> Result<(Painted, Legend, usize), Fault> {
        let (town, snapshot) = (&self.town, &self.town.snapshot);
        if what.since >= town.as_of {
            return Err(Fault::input(
                Message::new("jobs.since_not_before")
                    .arg("since", what.since)
                    .arg("until", town.as_of),
            ));
        }
        progress.set_total(snapshot.households.len() as u64);
        let past = town.pasts.on(snapshot, what.since, progress)?;
        let quiet = progress.aside();
        let (mut before, mut after) = (Counted::default(), Counted::default());
        if what.figure.is_of_programmes() {
            let gaps = &town.gaps;
            before.entitled = analysis::past_programme_coverage(snapshot, &past, rows, &quiet)?;
            after.entitled = analysis::programme_coverage(snapshot, gaps, rows, &quiet)?;
        } else {
            let choice = self.choice;
            before.coverage = analysis::past_coverage(snapshot, &past, rows, choice, &quiet)?;
            after.coverage = analysis::coverage(snapshot, rows, choice, &quiet)?;
        }
        // Drawn to a mean, the rates of two days would be drawn to two means.
        let rates = |counted: &Counted| {
            let source = FigureSource {
                coverage: &counted.coverage,
                entitled: &counted.entitled,
                // Of all programmes those that had a rule on both days: the same are compared.
                programmes: self.choice.programmes & town.rules.benefits() & past.stated,
                ..town.figure_source()
            };
            town.level_rates(what.level, (what.figure, RateForm::Raw), &source, &quiet)
        };
        let mut values: Vec<AreaValue> = rates(&before)?
            .iter()
            .zip(&rates(&after)?)
            .map(|(then, now)| moved(then, now))
            .collect();
        let reliable = values.iter().filter(|area| !area.suppressed);
        // A tenth of a percentage point, a thousandth, or one.
        let least = if what.figure.is_rate() { 0.001 } else { 1.0 };
        let step = difference_step(reliable.filter_map(|area| area.value), least);
        for area in &mut values {
            area.class = area.value.map(|value| {
                if area.suppressed {
                    DIFFERENCE_CLASSES
                } else {
                    difference_class(value, step)
                }
            });
        }
        let mut colors = difference_colors(what.figure.more_is_better());
        let count = values.iter().filter(|area| area.value.is_some()).count();
        let legend = self.difference_legend(what, &values, &colors, step);
        colors.push(few_color());
        let text = |area: &AreaValue| {
            let text = what.figure.difference_text(area.value?, self.lang);
            Some((area.area, text))
        };
        let painted = Painted::Areas {
            labels: if what.labels {
                Arc::new(values.iter().filter_map(text).collect())
            } else {
                Arc::default()
            },
            values: Arc::new(values),
            colors,
            hot_spots: None,
        };
        Ok((painted, legend, count))
    }

    fn difference_legend(
        &self,
        what: Compared,
        values: &[AreaValue],
        colors: &[Rgba],
        step: f64,
    ) -> Legend {
        let lang = self.lang;
        let say = |value: f64| what.figure.difference_text(value, lang);
        let texts = [
            format!("< {}", say(-2.0 * step)),
            format!("{} – {}", say(-2.0 * step), say(-step)),
            format!("{} – 0", say(-step)),
            lang.t("layer.unchanged").into_owned(),
            format!("0 – {}", say(step)),
            format!("{} – {}", say(step), say(2.0 * step)),
            format!("> {}", say(2.0 * step)),
        ];
        let mut entries: Vec<(Rgba, String)> = colors.iter().copied().zip(texts).collect();
        let known = values.iter().filter(|area| area.value.is_some()).count();
        let few = values.iter().filter(|area| area.suppressed).count();
        entries.extend(self.few_entry(few));
        let days = [
            ("since", &*what.since.to_string()),
            ("until", &*self.town.as_of.to_string()),
        ];
        let counted = digits::grouped(known as u64);
        let level = lang.t(what.level.word());
        let level = [("level", &*level), ("count", &*counted)];
        let unit = if what.figure.is_share() {
            "layer.unit_points"
        } else {
            what.figure.unit(RateForm::Raw)
        };
        Legend {
            title: self.spec.kind.name(&self.town.snapshot.catalogue, lang),
            unit: lang.t(unit).into_owned(),
            kind: LegendKind::Classes {
                entries,
                hatched: self.without_data(values.len() - known),
            },
            notes: [
                lang.with("layer.between_days", &days),
                lang.with("layer.by_level", &level),
            ]
            .into_iter()
            .chain(what.figure.caution().map(|key| lang.t(key).into_owned()))
            .collect(),
        }
    }
}

/// How much a figure of an area moved.
fn moved(then: &LevelRate, now: &LevelRate) -> AreaValue {
    let value = then.value.zip(now.value).map(|(then, now)| now - then);
    AreaValue {
        area: now.area,
        // What is nothing but the last bits of two sums has not moved.
        value: value.map(|value| if value.abs() < 1e-9 { 0.0 } else { value }),
        class: None,
        suppressed: value.is_some() && (then.suppressed || now.suppressed),
    }
}
