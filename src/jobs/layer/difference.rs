//! Areas filled by how much a figure moved between two days.

use super::areas::area_figure;
use super::{AreaValue, LayerRequest, Painted};
use crate::analysis::{self, Figures, MIN_DENOMINATOR};
use crate::base::{Progress, digits};
use crate::layer::{
    AreaFigure, Legend, LegendKind, Rgba, difference_class, difference_colors, difference_step,
    difference_text,
};
use crate::model::{AreaLevel, Date};
use crate::query::RowSet;
use crate::words::{Fault, Message};
use std::sync::Arc;

/// The class of areas that are too small to rely on, behind those of the differences.
const TOO_SMALL: usize = 7;

/// What is compared.
#[derive(Debug, Clone, Copy)]
pub(super) struct Compared {
    pub(super) figure: AreaFigure,
    pub(super) level: AreaLevel,
    pub(super) since: Date,
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
        let before = analysis::past_coverage(snapshot, &past, rows, self.choice, &quiet)?;
        let after = analysis::coverage(snapshot, rows, self.choice, &quiet)?;
        let is_small =
            |figures: &Figures| what.figure.is_rate() && figures.is_suppressed(MIN_DENOMINATOR);
        let mut values: Vec<AreaValue> = snapshot
            .areas
            .of_level(what.level)
            .filter_map(|area| {
                let at = area.0 as usize;
                let km2 = snapshot.areas.ground_km2.get(at).copied();
                let km2 = km2.unwrap_or(f64::NAN);
                let (then, now) = (before.by_area.get(at)?, after.by_area.get(at)?);
                let of = |figures: &Figures| area_figure(what.figure, figures, km2);
                let moved = of(then).zip(of(now)).map(|(then, now)| now - then);
                Some(AreaValue {
                    area,
                    // What is nothing but the last bits of two sums has not moved.
                    value: moved.map(|moved| if moved.abs() < 1e-9 { 0.0 } else { moved }),
                    class: None,
                    suppressed: is_small(then) || is_small(now),
                })
            })
            .collect();
        let reliable = values.iter().filter(|area| !area.suppressed);
        // A tenth of a percentage point, or one.
        let least = if what.figure.is_rate() { 0.001 } else { 1.0 };
        let step = difference_step(reliable.filter_map(|area| area.value), least);
        for area in &mut values {
            area.class = area.value.map(|value| match area.suppressed {
                true => TOO_SMALL,
                false => difference_class(value, step),
            });
        }
        let colors = difference_colors(what.figure.more_is_better());
        let count = values.iter().filter(|area| area.value.is_some()).count();
        let legend = self.difference_legend(what, &values, &colors, step);
        let painted = Painted::Areas {
            values: Arc::new(values),
            colors,
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
        let say = |value: f64| difference_text(what.figure, value, lang);
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
        let has = |class: usize| values.iter().any(|area| area.class == Some(class));
        if has(TOO_SMALL)
            && let Some([r, g, b, alpha]) = colors.get(TOO_SMALL)
        {
            let min = MIN_DENOMINATOR.to_string();
            let text = lang.with("layer.too_small", &[("min", &min)]);
            entries.push(([*r, *g, *b, alpha / 3], text));
        }
        let no_data = values.iter().filter(|area| area.value.is_none()).count();
        let counted = digits::grouped((values.len() - no_data) as u64);
        let level = lang.t(what.level.word());
        let mut notes = vec![lang.with(
            "layer.between_days",
            &[
                ("since", &*what.since.to_string()),
                ("until", &*self.town.as_of.to_string()),
            ],
        )];
        notes.push(lang.with(
            "layer.by_level",
            &[("level", &*level), ("count", &*counted)],
        ));
        if no_data > 0 {
            let count = digits::grouped(no_data as u64);
            notes.push(lang.with("layer.without_data", &[("count", &count)]));
        }
        let unit = match what.figure {
            AreaFigure::Reach | AreaFigure::FullCoverage => "layer.unit_points",
            AreaFigure::OfConcern | AreaFigure::Households => "layer.unit_households",
            AreaFigure::OpenNeeds | AreaFigure::UnmetLoad => "layer.unit_needs",
            AreaFigure::UnmetPerKm2 => "layer.unit_needs_per_km2",
        };
        Legend {
            title: lang.with(
                "layer.difference_of",
                &[("figure", &lang.t(what.figure.word()))],
            ),
            unit: lang.t(unit).into_owned(),
            kind: LegendKind::Classes {
                entries,
                no_data: no_data > 0,
            },
            notes,
        }
    }
}
