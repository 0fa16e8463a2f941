//! Boundaries of a level.

use super::{LayerRequest, Painted};
use crate::base::digits;
use crate::layer::{LayerSpec, Legend, LegendKind, line_color, outline_lines};
use crate::model::AreaLevel;
use crate::words::Lang;
use std::sync::Arc;

impl LayerRequest {
    pub(super) fn outlines(&self, level: AreaLevel) -> (Painted, Legend, usize) {
        let areas = &self.town.snapshot.areas;
        let count = areas.of_level(level).count();
        let lines = Arc::new(outline_lines(areas, areas.of_level(level)));
        (
            Painted::Outlines { level, lines },
            outlines_legend(&self.spec, count, self.lang),
            count,
        )
    }
}

fn outlines_legend(spec: &LayerSpec, count: usize, lang: Lang) -> Legend {
    Legend {
        title: lang.t(spec.kind.word()).into_owned(),
        unit: String::new(),
        kind: LegendKind::Lines {
            color: line_color(),
        },
        notes: vec![lang.with(
            "layer.shows_areas",
            &[("count", &digits::grouped(count as u64))],
        )],
    }
}
