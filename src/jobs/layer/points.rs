//! A dot a household, or a density where they are too many.

use super::{LayerRequest, MAX_DOTS, Painted, notes};
use crate::analysis;
use crate::base::{Progress, digits};
use crate::layer::{
    LayerSpec, Legend, LegendKind, Measure, Ramp, bandwidth_note, heat_image, point_color,
};
use crate::query::RowSet;
use crate::words::{Fault, Lang};
use std::sync::Arc;

/// Bandwidth of the raster that stands for too many dots, in metres on the ground.
const DOTS_BANDWIDTH_M: f64 = 40.0;

impl LayerRequest {
    pub(super) fn points(
        &self,
        of_concern: bool,
        rows: &RowSet,
        progress: &Progress,
    ) -> Result<(Painted, Legend, usize), Fault> {
        let snapshot = &self.town.snapshot;
        let concerned;
        let rows = if of_concern {
            concerned =
                Self::matching(rows, |row| analysis::of_concern(snapshot, row, self.choice));
            &concerned
        } else {
            rows
        };
        let in_view: Vec<u32> = rows
            .iter()
            .filter(|row| {
                snapshot
                    .households
                    .merc(*row)
                    .is_some_and(|at| self.view_merc.contains(at))
            })
            .collect();
        progress.tick(1)?;
        let count = self.located(rows);
        if in_view.len() <= MAX_DOTS {
            return Ok((
                Painted::Dots {
                    rows: Arc::new(in_view),
                },
                dots_legend(&self.spec, count, self.lang),
                count,
            ));
        }
        let grid = self.density(rows, DOTS_BANDWIDTH_M, |_| 1.0, progress)?;
        let full = self.upper_per_km2(Measure::Households, DOTS_BANDWIDTH_M, progress)?;
        let image = heat_image(&grid, Ramp::Households, full);
        let legend = too_many_legend(
            &self.spec,
            DOTS_BANDWIDTH_M,
            full,
            count,
            MAX_DOTS,
            self.lang,
        );
        Ok((self.raster(image), legend, count))
    }
}

fn dots_legend(spec: &LayerSpec, count: usize, lang: Lang) -> Legend {
    Legend {
        title: lang.t(spec.kind.word()).into_owned(),
        unit: lang.t("layer.unit_dot").into_owned(),
        kind: LegendKind::Points {
            color: point_color(),
        },
        notes: notes(spec, count, lang),
    }
}

/// Dots that are too many: what is drawn in their place, and why.
fn too_many_legend(
    spec: &LayerSpec,
    bandwidth_m: f64,
    full: f32,
    count: usize,
    most: usize,
    lang: Lang,
) -> Legend {
    let mut notes = notes(spec, count, lang);
    notes.push(lang.with("layer.too_many", &[("most", &digits::grouped(most as u64))]));
    notes.push(bandwidth_note(lang, bandwidth_m));
    Legend {
        title: lang.t(spec.kind.word()).into_owned(),
        unit: lang.t("layer.unit_households_per_km2").into_owned(),
        kind: LegendKind::density(Ramp::Households, full),
        notes,
    }
}
