//! What one layer of the map shows, for one view.

use super::Town;
use super::layer_legend::{
    areas_legend, dots_legend, heat_legend, outlines_legend, too_many_legend,
};
use crate::analysis::{self, Coverage, DensityGrid, DensitySpec, Figures};
use crate::base::{Generation, Progress, RgbaImage};
use crate::datum::{MercBox, MercXY};
use crate::layer::{
    AreaFigure, HeatKind, LayerId, LayerKind, LayerSpec, Legend, Measure, Ramp, Scope, heat_image,
    outline_lines, ratio_image,
};
use crate::model::{AreaLevel, Date};
use crate::query::{self, Choice, EvalContext, RowSet};
use crate::snapshot::AreaIndex;
use crate::words::{Fault, Lang, Message};
use std::sync::Arc;

/// At most so many dots are drawn one by one; more are drawn as a density raster.
pub const MAX_DOTS: usize = 6_000;

/// Bandwidth of the raster that stands for too many dots, in metres on the ground.
const DOTS_BANDWIDTH_M: f64 = 40.0;

/// Where the denominator of a coverage heat map is thinner than so many households of concern
/// in the middle of one kernel, the colour fades.
const FADE_BELOW_HOUSEHOLDS: f64 = 1.7;

/// One layer, one view.
#[derive(Debug, Clone)]
pub struct LayerRequest {
    /// The town.
    pub town: Arc<Town>,
    /// The layer.
    pub spec: LayerSpec,
    /// Households of the filter line, and their figures by area.
    pub rows: Arc<RowSet>,
    /// Figures of those households.
    pub coverage: Arc<Coverage>,
    /// Households selected on the map.
    pub selection: Option<Arc<RowSet>>,
    /// Which programmes and needs count.
    pub choice: Choice,
    /// The day of the figures.
    pub as_of: Date,
    /// What is to be drawn of the map.
    pub view_merc: MercBox,
    /// Width of a picture of that.
    pub width_px: u32,
    /// Height of a picture of that.
    pub height_px: u32,
    /// The language of the legend.
    pub lang: Lang,
    /// Counts up with every request, so that the newest result is known.
    pub serial: u64,
}

/// A layer as it is to be painted.
#[derive(Debug, Clone)]
pub enum Painted {
    /// A picture of a box of the map.
    Raster {
        /// The picture.
        image: Arc<RgbaImage>,
        /// Where it lies.
        box_merc: MercBox,
    },
    /// Dots at these households.
    Dots {
        /// Rows, ascending.
        rows: Arc<Vec<u32>>,
    },
    /// Areas by class; one entry an area of the level, in the snapshot's order.
    Areas {
        /// The area, its value, and its class among `colors`; `None` is no data.
        values: Arc<Vec<AreaValue>>,
        /// The colour of each class.
        colors: Vec<[u8; 4]>,
    },
    /// Boundaries of a level.
    Outlines {
        /// The level.
        level: AreaLevel,
        /// Each edge once, in Web Mercator metres.
        lines: Arc<Vec<Vec<MercXY>>>,
    },
}

/// The value of one area.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AreaValue {
    /// Which area.
    pub area: AreaIndex,
    /// Its figure; `None` is no data.
    pub value: Option<f64>,
    /// Its class.
    pub class: Option<usize>,
    /// Whether the denominator is too small to rely on.
    pub suppressed: bool,
}

/// A layer with its legend.
#[derive(Debug)]
pub struct Drawn {
    /// Which layer.
    pub layer: LayerId,
    /// The edition that it was computed from.
    pub generation: Generation,
    /// The request's number.
    pub serial: u64,
    /// The settings that it was computed for.
    pub spec: LayerSpec,
    /// What to paint.
    pub painted: Painted,
    /// What it means.
    pub legend: Legend,
    /// How many households (or areas, for areas) it shows.
    pub count: usize,
}

impl LayerRequest {
    pub(super) fn run(self, progress: &Progress) -> Result<Drawn, Fault> {
        let rows = self.scope_rows(progress)?;
        let (painted, legend, count) = match &self.spec.kind {
            LayerKind::Heat {
                kind,
                bandwidth_m,
                upper_per_km2,
            } => self.heat((*kind, *bandwidth_m, *upper_per_km2), &rows, progress)?,
            LayerKind::Points { of_concern } => self.points(*of_concern, &rows, progress)?,
            LayerKind::Areas { .. } => self.areas(&rows, progress)?,
            LayerKind::Outlines { level, .. } => {
                let areas = &self.town.snapshot.areas;
                let count = areas.of_level(*level).count();
                let lines = Arc::new(outline_lines(areas, areas.of_level(*level)));
                (
                    Painted::Outlines {
                        level: *level,
                        lines,
                    },
                    outlines_legend(&self.spec, count, self.lang),
                    count,
                )
            }
        };
        Ok(Drawn {
            layer: self.spec.id,
            generation: self.town.snapshot.generation,
            serial: self.serial,
            spec: self.spec,
            painted,
            legend,
            count,
        })
    }

    /// The households that the layer is about.
    fn scope_rows(&self, progress: &Progress) -> Result<Arc<RowSet>, Fault> {
        let snapshot = &self.town.snapshot;
        match &self.spec.scope {
            Scope::Filtered => Ok(Arc::clone(&self.rows)),
            Scope::All => Ok(Arc::new(RowSet::all(snapshot.households.len()))),
            Scope::Own(text) => {
                let filter = query::parse(text, &snapshot.catalogue).map_err(|error| {
                    Fault::input(
                        Message::new("jobs.layer_query")
                            .arg("query", text)
                            .arg("why", error.message.text(self.lang)),
                    )
                })?;
                Ok(Arc::new(query::eval(
                    &filter,
                    snapshot,
                    &self.eval_context(),
                    progress,
                )?))
            }
        }
    }

    fn eval_context(&self) -> EvalContext<'_> {
        EvalContext {
            as_of: self.as_of,
            selection: self.selection.as_deref(),
            choice: self.choice,
        }
    }

    fn matching(rows: &RowSet, keep: impl Fn(u32) -> bool) -> RowSet {
        let mut kept = RowSet::none(rows.table_len());
        rows.iter()
            .filter(|row| keep(*row))
            .for_each(|row| kept.insert(row));
        kept
    }

    fn density(
        &self,
        rows: &RowSet,
        bandwidth_m: f64,
        weight: impl Fn(u32) -> f32 + Sync,
        progress: &Progress,
    ) -> Result<DensityGrid, Fault> {
        let spec = DensitySpec {
            box_merc: self.view_merc,
            width_px: self.width_px,
            height_px: self.height_px,
            bandwidth_m,
        };
        let households = &self.town.snapshot.households;
        Ok(analysis::density(
            &households.x_merc,
            &households.y_merc,
            weight,
            rows,
            &spec,
            progress,
        )?)
    }

    fn raster(&self, image: RgbaImage) -> Painted {
        Painted::Raster {
            image: Arc::new(image),
            box_merc: self.view_merc,
        }
    }

    /// The upper end of a scale: of the whole town, whatever is in view or filtered.
    fn upper_per_km2(
        &self,
        measure: Measure,
        bandwidth_m: f64,
        progress: &Progress,
    ) -> Result<f32, Fault> {
        let town = &self.town;
        Ok(town.scales.upper_per_km2(
            &town.snapshot,
            measure,
            bandwidth_m,
            self.choice,
            progress,
        )?)
    }

    fn located(&self, rows: &RowSet) -> usize {
        rows.iter()
            .filter(|row| self.town.snapshot.households.merc(*row).is_some())
            .count()
    }

    fn heat(
        &self,
        (kind, bandwidth_m, upper_per_km2): (HeatKind, f64, Option<f32>),
        rows: &RowSet,
        progress: &Progress,
    ) -> Result<(Painted, Legend, usize), Fault> {
        let (snapshot, choice) = (&self.town.snapshot, self.choice);
        let measure = match kind {
            HeatKind::UnmetLoad => Measure::UnmetLoad,
            HeatKind::Gaps(None) => Measure::Gaps(choice.programmes),
            HeatKind::Gaps(Some(place)) => Measure::Gaps(1 << (place & 63)),
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
            HeatKind::Gaps(_) => {
                let programmes = match measure {
                    Measure::Gaps(programmes) => programmes,
                    _ => u64::MAX,
                };
                let gaps = |row| snapshot.households.entitlement.gaps(row, programmes);
                let wanting = Self::matching(rows, |row| gaps(row) > 0);
                let grid = self.density(&wanting, bandwidth_m, |row| gaps(row) as f32, progress)?;
                (heat_image(&grid, Ramp::Need, full), wanting)
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

    fn points(
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

    fn areas(&self, rows: &RowSet, progress: &Progress) -> Result<(Painted, Legend, usize), Fault> {
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
pub(super) fn area_figure(figure: AreaFigure, figures: &Figures, ground_km2: f64) -> Option<f64> {
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
