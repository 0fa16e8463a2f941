//! What one layer of the map shows, for one view.

mod areas;
mod bivariate;
mod difference;
mod figures;
mod heat;
mod hot_spots;
mod outlines;
mod points;
mod resources;

use super::Town;
use crate::analysis::{self, Coverage, DensityGrid, DensitySpec, HotSpots, RateForm};
use crate::base::{Generation, Progress, RgbaImage, digits};
use crate::datum::{MercBox, MercXY};
use crate::layer::{LayerId, LayerKind, LayerSpec, Legend, Measure, Scope};
use crate::model::{AreaLevel, Date};
use crate::query::{self, Choice, EvalContext, RowSet};
use crate::snapshot::AreaIndex;
use crate::words::{Fault, Lang, Message};
use std::sync::Arc;

/// At most so many dots are drawn one by one; more are drawn as a density raster.
pub const MAX_DOTS: usize = 6_000;

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
    /// The form of the rates of areas.
    pub rate_form: RateForm,
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
        /// What stands in an area, where there is room.
        labels: Arc<Vec<(AreaIndex, String)>>,
        /// How it was found, where hot spots are shown.
        hot_spots: Option<Arc<HotSpots>>,
    },
    /// Marks at these resources.
    Places {
        /// Their places in the snapshot, ascending.
        resources: Arc<Vec<u32>>,
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
    /// How many households (or areas, or places) it shows.
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
            LayerKind::Difference {
                figure,
                level,
                since,
                labels,
            } => {
                let what = difference::Compared {
                    figure: *figure,
                    level: *level,
                    since: *since,
                    labels: *labels,
                };
                self.difference(what, &rows, progress)?
            }
            LayerKind::HotSpots { figure, spec } => {
                self.hot_spots(&rows, (*figure, *spec), progress)?
            }
            LayerKind::Bivariate {
                level,
                coverage,
                need,
            } => self.bivariate(&rows, *level, [*coverage, *need], progress)?,
            LayerKind::Resources => self.resources(),
            LayerKind::Outlines { level, .. } => self.outlines(*level),
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
        Ok(town
            .scales
            .upper_per_km2(town, measure, bandwidth_m, self.choice, progress)?)
    }

    fn located(&self, rows: &RowSet) -> usize {
        rows.iter()
            .filter(|row| self.town.snapshot.households.merc(*row).is_some())
            .count()
    }
}

/// The notes that every layer about households carries: whom it shows.
fn notes(spec: &LayerSpec, count: usize, lang: Lang) -> Vec<String> {
    let shown = lang.with(
        "layer.shows_households",
        &[("count", &digits::grouped(count as u64))],
    );
    match &spec.scope {
        Scope::Own(query) if !query.is_empty() => {
            vec![shown, lang.with("layer.own_query", &[("query", query)])]
        }
        Scope::All => vec![shown, lang.t("layer.scope_all").into_owned()],
        _ => vec![shown],
    }
}
