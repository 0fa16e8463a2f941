//! Heat maps: densities, and shares of densities.

use super::{LayerRequest, Painted, notes};
use crate::analysis;
use crate::base::Progress;
use crate::layer::{
    AreaFigure, HeatKind, LayerSpec, Legend, LegendKind, Measure, Ramp, bandwidth_note, caution,
    heat_image, ratio_image,
};
use crate::model::Catalogue;
use crate::query::RowSet;
use crate::snapshot::Unsettled;
use crate::words::{Fault, Lang};

/// Where the denominator of a coverage heat map is thinner than so many households of concern
/// in the middle of one kernel, the colour fades.
const FADE_BELOW_HOUSEHOLDS: f64 = 1.7;

impl LayerRequest {
    /// The programme of a place, or all chosen that give something; a bit each.
    fn programmes(&self, place: Option<u8>) -> u64 {
        match place {
            Some(place) => 1 << (place & 63),
            None => self.choice.programmes & self.town.rules.benefits(),
        }
    }

    pub(super) fn heat(
        &self,
        (kind, bandwidth_m, upper_per_km2): (HeatKind, f64, Option<f32>),
        rows: &RowSet,
        progress: &Progress,
    ) -> Result<(Painted, Legend, usize), Fault> {
        let (snapshot, choice) = (&self.town.snapshot, self.choice);
        let measure = match kind {
            HeatKind::UnmetLoad => Measure::UnmetLoad,
            HeatKind::Unsettled(what, place) => Measure::Unsettled(what, self.programmes(place)),
            HeatKind::Unmatched => Measure::Unmatched,
            _ => Measure::Households,
        };
        let full = match upper_per_km2 {
            Some(upper) => upper,
            None => self.upper_per_km2(measure, bandwidth_m, progress)?,
        };
        let (image, counted) = match kind {
            HeatKind::Households => {
                let grid = self.density(rows, bandwidth_m, |_| 1.0, progress)?;
                (heat_image(&grid, Ramp::Households, full), rows.clone())
            }
            HeatKind::UnmetLoad => {
                let loaded = Self::matching(rows, |row| {
                    analysis::unmet_load(snapshot, row, choice) > 0.0
                });
                let grid = self.density(
                    &loaded,
                    bandwidth_m,
                    |row| analysis::unmet_load(snapshot, row, choice) as f32,
                    progress,
                )?;
                (heat_image(&grid, Ramp::Need, full), loaded)
            }
            HeatKind::Unsettled(what, place) => {
                let programmes = self.programmes(place);
                let entitlement = &snapshot.households.entitlement;
                let count = |row| entitlement.count(what, row, programmes);
                let unsettled = Self::matching(rows, |row| count(row) > 0);
                let grid =
                    self.density(&unsettled, bandwidth_m, |row| count(row) as f32, progress)?;
                (heat_image(&grid, ramp_of(what), full), unsettled)
            }
            HeatKind::Unmatched => {
                let loads = self.town.unmatched_loads(choice, progress)?;
                let load = |row: u32| loads.get(row as usize).copied().unwrap_or(0.0);
                let waiting = Self::matching(rows, |row| load(row) > 0.0);
                let grid = self.density(&waiting, bandwidth_m, load, progress)?;
                (heat_image(&grid, Ramp::Need, full), waiting)
            }
            HeatKind::Reach | HeatKind::FullCoverage => {
                let concerned =
                    Self::matching(rows, |row| analysis::of_concern(snapshot, row, choice));
                let reached = Self::matching(&concerned, |row| match kind {
                    HeatKind::Reach => analysis::receiving(snapshot, row, choice),
                    _ => analysis::fully_covered(snapshot, row, choice),
                });
                let kernel_km2 = std::f64::consts::TAU * (bandwidth_m / 1000.0).powi(2);
                let fade_below = FADE_BELOW_HOUSEHOLDS / kernel_km2;
                let numerator = self.density(&reached, bandwidth_m, |_| 1.0, progress)?;
                let denominator = self.density(&concerned, bandwidth_m, |_| 1.0, progress)?;
                (
                    ratio_image(&numerator, &denominator, Ramp::Coverage, fade_below as f32),
                    concerned,
                )
            }
        };
        let count = self.located(&counted);
        Ok((
            self.raster(image),
            heat_legend(
                (&self.spec, &snapshot.catalogue),
                kind,
                bandwidth_m,
                full,
                count,
                self.lang,
            ),
            count,
        ))
    }
}

/// What is unsettled by area and as a density has the same colours.
fn ramp_of(what: Unsettled) -> Ramp {
    AreaFigure::Unsettled(what, None).ramp()
}

fn heat_legend(
    (spec, catalogue): (&LayerSpec, &Catalogue),
    kind: HeatKind,
    bandwidth_m: f64,
    full: f32,
    count: usize,
    lang: Lang,
) -> Legend {
    let (scale, unit) = match kind {
        HeatKind::Households => (
            LegendKind::density(Ramp::Households, full),
            "layer.unit_households_per_km2",
        ),
        HeatKind::UnmetLoad | HeatKind::Unmatched => (
            LegendKind::density(Ramp::Need, full),
            "layer.unit_needs_per_km2",
        ),
        HeatKind::Unsettled(what, _) => (
            LegendKind::density(ramp_of(what), full),
            match what {
                Unsettled::Gap => "layer.unit_gaps_per_km2",
                Unsettled::Review => "layer.unit_reviews_per_km2",
                Unsettled::Unknown => "layer.unit_unknowns_per_km2",
            },
        ),
        HeatKind::Reach | HeatKind::FullCoverage => {
            (LegendKind::share(Ramp::Coverage), "layer.unit_of_concern")
        }
    };
    let mut notes = notes(spec, count, lang);
    if let HeatKind::Unsettled(what, _) = kind {
        notes.extend(caution(what).map(|key| lang.t(key).into_owned()));
    }
    notes.insert(0, bandwidth_note(lang, bandwidth_m));
    Legend {
        title: spec.kind.name(catalogue, lang),
        unit: lang.t(unit).into_owned(),
        kind: scale,
        notes,
    }
}
