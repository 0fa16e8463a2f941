//! Coverage against need: nine classes in one map.

use super::super::level_rates::LevelRate;
use super::{AreaValue, LayerRequest, Painted};
use crate::analysis::{BIVARIATE_CLASSES, BivariateClass, BivariateCuts, RateForm};
use crate::base::{Cancelled, Progress, digits};
use crate::layer::{
    AreaFigure, BivariateLegend, FigureSource, Legend, LegendKind, bivariate_classes,
    bivariate_color, few_color, rate_form_note,
};
use crate::model::AreaLevel;
use crate::query::RowSet;
use crate::words::Fault;
use std::sync::Arc;

/// Low coverage where need is high.
const WORST: BivariateClass = BivariateClass {
    coverage: 0,
    need: 2,
};

/// Coverage and need of the areas of a level, in the same order.
type Both = [Vec<LevelRate>; 2];

impl LayerRequest {
    pub(super) fn bivariate(
        &self,
        rows: &RowSet,
        level: AreaLevel,
        axes: [AreaFigure; 2],
        progress: &Progress,
    ) -> Result<(Painted, Legend, usize), Fault> {
        let figures = self.figures(rows, &axes, progress)?;
        let shown = self.both(level, axes, &figures.source(self), progress)?;
        // What a colour means is settled by all households; a filter only moves areas about.
        let all = self.both(level, axes, &self.town.figure_source(), progress)?;
        let [coverage, need] = all.each_ref().map(|rates| {
            let known = rates
                .iter()
                .map(|one| one.value.filter(|_| !one.suppressed));
            known.collect::<Vec<_>>()
        });
        let cuts = BivariateCuts::terciles(&coverage, &need);
        let [coverage, need] = &shown;
        let places = usize::from(BIVARIATE_CLASSES * BIVARIATE_CLASSES);
        let values: Vec<AreaValue> = coverage
            .iter()
            .zip(need)
            .map(|(coverage, need)| {
                let class = cuts.and_then(|cuts| cuts.class(coverage.value, need.value));
                let suppressed = class.is_some() && (coverage.suppressed || need.suppressed);
                AreaValue {
                    area: coverage.area,
                    value: coverage.value,
                    class: match class {
                        Some(_) if suppressed => Some(places),
                        class => class.map(place),
                    },
                    suppressed,
                }
            })
            .collect();
        let labels = values.iter().filter_map(|value| {
            // The corner that somebody looks for is told without colour.
            let is_told = value
                .class
                .and_then(|class| bivariate_classes().nth(class))?
                == WORST;
            is_told.then(|| (value.area, self.lang.t("layer.look_first").into_owned()))
        });
        let labels = Arc::new(labels.collect());
        let count = values.iter().filter(|value| value.class.is_some()).count();
        let legend = self.bivariate_legend(level, axes, cuts, &values);
        let mut colors: Vec<[u8; 4]> = bivariate_classes().map(bivariate_color).collect();
        colors.push(few_color());
        let painted = Painted::Areas {
            values: Arc::new(values),
            colors,
            labels,
            hot_spots: None,
        };
        Ok((painted, legend, count))
    }

    fn both(
        &self,
        level: AreaLevel,
        [coverage, need]: [AreaFigure; 2],
        source: &FigureSource,
        progress: &Progress,
    ) -> Result<Both, Cancelled> {
        let form = self.form_of_rates();
        let rates = |figure| {
            self.town
                .level_rates(level, (figure, form), source, progress)
        };
        Ok([rates(coverage)?, rates(need)?])
    }

    fn bivariate_legend(
        &self,
        level: AreaLevel,
        [coverage, need]: [AreaFigure; 2],
        cuts: Option<BivariateCuts>,
        values: &[AreaValue],
    ) -> Legend {
        let lang = self.lang;
        let form = self.form_of_rates();
        let catalogue = &self.town.snapshot.catalogue;
        let of_class = |class: usize| {
            let of_class = values.iter().filter(|value| value.class == Some(class));
            of_class.count()
        };
        let bounds = |figure: AreaFigure, cuts: Option<[f64; 2]>| {
            cuts.map(|cuts| cuts.map(|cut| figure.text(cut, form)))
                .unwrap_or_default()
        };
        let axis = |figure: AreaFigure, form: RateForm| {
            let unit = lang.t(figure.unit(form));
            format!("{} ({unit})", figure.name(catalogue, lang))
        };
        let no_data = values.iter().filter(|value| value.class.is_none()).count();
        let few = values.iter().filter(|value| value.suppressed).count();
        let classed = values.len() - few - no_data;
        let notes = vec![
            lang.t("layer.bivariate_note").into_owned(),
            lang.t(rate_form_note(form)).into_owned(),
            lang.with(
                "layer.by_level",
                &[
                    ("level", &lang.t(level.word())),
                    ("count", &digits::grouped(classed as u64)),
                ],
            ),
        ];
        let mut counts = [0; 9];
        for (class, count) in counts.iter_mut().enumerate() {
            *count = of_class(class);
        }
        Legend {
            title: lang.t("layer.bivariate").into_owned(),
            unit: String::new(),
            kind: LegendKind::Bivariate(Box::new(BivariateLegend {
                coverage: axis(coverage, form),
                need: axis(need, form),
                coverage_cuts: bounds(coverage, cuts.map(|cuts| cuts.coverage)),
                need_cuts: bounds(need, cuts.map(|cuts| cuts.need)),
                counts,
                few: self.few_entry(few).map(|(_, words)| words),
                hatched: self.without_data(no_data),
            })),
            notes,
        }
    }
}

fn place(class: BivariateClass) -> usize {
    usize::from(class.coverage * BIVARIATE_CLASSES + class.need)
}
