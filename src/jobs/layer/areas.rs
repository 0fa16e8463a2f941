//! Areas filled by a figure.

use super::{AreaValue, LayerRequest, Painted};
use crate::analysis::{self, Coverage, Figures};
use crate::base::{Progress, digits};
use crate::layer::{AreaFigure, LayerKind, LayerSpec, Legend, LegendKind, Ramp, Scope};
use crate::query::{Choice, RowSet};
use crate::snapshot::AreaIndex;
use crate::words::{Fault, Lang, Message};
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
            ..
        } = &self.spec.kind
        else {
            return Err(Fault::failed(Message::new("jobs.panicked")));
        };
        let snapshot = &self.town.snapshot;
        let own;
        let coverage: &Coverage = match self.spec.scope {
            Scope::All if self.choice == Choice::default() => &self.town.coverage,
            Scope::Filtered => &self.coverage,
            _ => {
                own = analysis::coverage(snapshot, rows, self.choice, progress)?;
                &own
            }
        };
        let figures = |area: AreaIndex| coverage.by_area.get(area.0 as usize);
        let km2 = |area: AreaIndex| {
            snapshot
                .areas
                .ground_km2
                .get(area.0 as usize)
                .copied()
                .unwrap_or(f64::NAN)
        };
        let mut values: Vec<AreaValue> = snapshot
            .areas
            .of_level(*level)
            .map(|area| AreaValue {
                area,
                value: figures(area).and_then(|figures| area_figure(*figure, figures, km2(area))),
                class: None,
                suppressed: figure.is_rate()
                    && figures(area)
                        .is_some_and(|figures| figures.is_suppressed(analysis::MIN_DENOMINATOR)),
            })
            .collect();
        let known: Vec<f64> = values.iter().filter_map(|area| area.value).collect();
        let breaks = analysis::breaks(&known, *classes, method);
        for area in &mut values {
            area.class = area.value.map(|value| analysis::class_of(value, &breaks));
        }
        let ramp = if figure.is_rate() {
            Ramp::Coverage
        } else {
            Ramp::Need
        };
        let colors: Vec<[u8; 4]> = (0..breaks.len())
            .map(|class| {
                let [red, green, blue, _] = ramp.color((class as f32 + 0.5) / breaks.len() as f32);
                [red, green, blue, 255]
            })
            .collect();
        let count = values.iter().filter(|area| area.value.is_some()).count();
        let low = known.iter().copied().fold(f64::INFINITY, f64::min);
        let legend = areas_legend(
            &self.spec,
            *figure,
            low,
            &breaks,
            &colors,
            values.len() - count,
            count,
            self.lang,
        );
        Ok((
            Painted::Areas {
                values: Arc::new(values),
                colors,
            },
            legend,
            count,
        ))
    }
}

/// The figure of an area; `None` is no data.
fn area_figure(figure: AreaFigure, figures: &Figures, ground_km2: f64) -> Option<f64> {
    match figure {
        AreaFigure::Reach => figures.reach(),
        AreaFigure::FullCoverage => figures.full_coverage(),
        AreaFigure::OfConcern => Some(f64::from(figures.of_concern)),
        AreaFigure::Households => Some(f64::from(figures.households)),
        AreaFigure::OpenNeeds => Some(f64::from(figures.open_needs)),
        AreaFigure::UnmetLoad => Some(figures.unmet_load),
        AreaFigure::UnmetPerKm2 => {
            Some(figures.unmet_load / ground_km2).filter(|value| value.is_finite())
        }
    }
}

#[allow(clippy::too_many_arguments)] // All of them are what a choropleth's legend says.
fn areas_legend(
    spec: &LayerSpec,
    figure: AreaFigure,
    low: f64,
    breaks: &[f64],
    colors: &[[u8; 4]],
    no_data: usize,
    count: usize,
    lang: Lang,
) -> Legend {
    let say = |value: f64| {
        if figure.is_rate() {
            digits::percent(value)
        } else {
            digits::figure(value, 1)
        }
    };
    let mut from = low;
    let entries = breaks
        .iter()
        .zip(colors)
        .map(|(to, color)| {
            let text = format!("{} – {}", say(from), say(*to));
            from = *to;
            (*color, text)
        })
        .collect();
    let mut notes = Vec::new();
    if let LayerKind::Areas { level, .. } = &spec.kind {
        let level = lang.t(level.word());
        notes.push(lang.with(
            "layer.by_level",
            &[("level", &level), ("count", &digits::grouped(count as u64))],
        ));
    }
    if no_data > 0 {
        notes.push(lang.with(
            "layer.without_data",
            &[("count", &digits::grouped(no_data as u64))],
        ));
    }
    let unit = match figure {
        AreaFigure::Reach | AreaFigure::FullCoverage => "layer.unit_of_concern",
        AreaFigure::OfConcern | AreaFigure::Households => "layer.unit_households",
        AreaFigure::OpenNeeds | AreaFigure::UnmetLoad => "layer.unit_needs",
        AreaFigure::UnmetPerKm2 => "layer.unit_needs_per_km2",
    };
    Legend {
        title: lang.t(figure.word()).into_owned(),
        unit: lang.t(unit).into_owned(),
        kind: LegendKind::Classes {
            entries,
            no_data: no_data > 0,
        },
        notes,
    }
}
