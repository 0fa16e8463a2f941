//! Hot and cold spots.

use super::{AreaValue, LayerRequest, Painted};
use crate::analysis::{self, HotSpot, HotSpotClass, HotSpotSpec, HotSpots};
use crate::base::{Progress, digits};
use crate::layer::{
    AreaFigure, Legend, LegendKind, hot_spot_classes, hot_spot_color, hot_spot_notes, hot_spot_word,
};
use crate::query::RowSet;
use crate::snapshot::AreaIndex;
use crate::words::Fault;
use std::sync::Arc;

impl LayerRequest {
    pub(super) fn hot_spots(
        &self,
        rows: &RowSet,
        (figure, spec): (AreaFigure, HotSpotSpec),
        progress: &Progress,
    ) -> Result<(Painted, Legend, usize), Fault> {
        let figures = self.figures(rows, &[figure], progress)?;
        let source = figures.source(self);
        let areas = &self.town.snapshot.areas;
        let pairs: Vec<(f64, f64)> = (0..areas.len())
            .map(|at| source.of(AreaIndex(at as u32), figure).pair())
            .collect();
        let found = analysis::hot_spots(areas, &pairs, spec, progress)?;
        let classes = hot_spot_classes(spec.method);
        let place = |class| classes.iter().position(|one| *one == class);
        let values = found.areas.iter().map(|one| AreaValue {
            area: one.area,
            value: one.value,
            class: place(one.class),
            suppressed: false,
        });
        // Colour is not all: what is remarkable carries its word.
        let label = |one: &HotSpot| {
            let is_told = !matches!(
                one.class,
                HotSpotClass::NotSignificant | HotSpotClass::NoNeighbours | HotSpotClass::NoData
            );
            is_told.then(|| (one.area, self.lang.t(hot_spot_word(one.class)).into_owned()))
        };
        let labels = Arc::new(found.areas.iter().filter_map(label).collect());
        let values = Arc::new(values.collect());
        let legend = self.hot_spots_legend(&found);
        let count = found.tested();
        let painted = Painted::Areas {
            values,
            colors: classes
                .iter()
                .filter_map(|class| hot_spot_color(*class))
                .collect(),
            labels,
            hot_spots: Some(Arc::new(found)),
        };
        Ok((painted, legend, count))
    }

    fn hot_spots_legend(&self, found: &HotSpots) -> Legend {
        let lang = self.lang;
        let said = |class: HotSpotClass| {
            let count = digits::grouped(found.count(class) as u64);
            format!("{} · {count}", lang.t(hot_spot_word(class)))
        };
        let entries = hot_spot_classes(found.spec.method)
            .iter()
            .filter_map(|class| Some((hot_spot_color(*class)?, said(*class))))
            .collect();
        let islands = found.count(HotSpotClass::NoNeighbours);
        let hatched = [
            (HotSpotClass::NoData, found.count(HotSpotClass::NoData)),
            (HotSpotClass::NoNeighbours, islands),
        ];
        let hatched: Vec<String> = hatched
            .into_iter()
            .filter(|(_, count)| *count > 0)
            .map(|(class, _)| said(class))
            .collect();
        let catalogue = &self.town.snapshot.catalogue;
        let notes = hot_spot_notes(found, lang);
        Legend {
            title: self.spec.kind.name(catalogue, lang),
            unit: String::new(),
            kind: LegendKind::Classes {
                entries,
                hatched: (!hatched.is_empty()).then(|| hatched.join(lang.pick("，", ", "))),
            },
            notes,
        }
    }
}
