//! The map as a flat picture, written as PNG: no display and no GPU needed.

use super::Town;
use super::layer::{Drawn, LayerRequest, Painted};
use crate::analysis::{Coverage, RateForm};
use crate::base::{Progress, RgbaImage, digits};
use crate::datum::{MERC_HALF_M, MercBox, merc_from_lonlat};
use crate::layer::{
    AreaPaint, Layer, LayerKind, LayerSpec, MANY_DOTS, MarkPaint, Outline, Picture, PlaceMark,
    PointPaint, Raster, Tone, compose, dot_radius_px, palette, point_color,
};
use crate::model::{AreaLevel, BaseFeature, Date};
use crate::query::{Choice, RowSet};
use crate::read::base_map::BaseMapFile;
use crate::snapshot::AreaIndex;
use crate::words::{Fault, Lang};
use crate::write;
use std::path::PathBuf;
use std::sync::Arc;

/// What to draw, and where to write it.
#[derive(Debug, Clone)]
pub struct PictureRequest {
    /// The town.
    pub town: Arc<Town>,
    /// The layers, the topmost first.
    pub layers: Vec<LayerSpec>,
    /// Households of the filter.
    pub rows: Arc<RowSet>,
    /// Their figures.
    pub coverage: Arc<Coverage>,
    /// Households selected on the map.
    pub selection: Option<Arc<RowSet>>,
    /// Which programmes and needs count.
    pub choice: Choice,
    /// The form of the rates of areas.
    pub rate_form: RateForm,
    /// The day of the figures.
    pub as_of: Date,
    /// The filter in words.
    pub filter_text: String,
    /// The part of the world.
    pub view_merc: MercBox,
    /// Width in pixels.
    pub width_px: u32,
    /// Height in pixels.
    pub height_px: u32,
    /// Pixels for one pixel at 96 dpi.
    pub scale: f32,
    /// Whether the theme is dark.
    pub dark: bool,
    /// The base map.
    pub base_map: Option<PathBuf>,
    /// What the picture is about.
    pub title: String,
    /// The language.
    pub lang: Lang,
    /// The file.
    pub path: PathBuf,
}

/// A written picture.
#[derive(Debug, Clone)]
pub struct Pictured {
    /// Where it is.
    pub path: PathBuf,
    /// How many households (or areas) each layer shows, the topmost first.
    pub counts: Vec<usize>,
}

impl PictureRequest {
    pub(super) fn run(self, progress: &Progress) -> Result<Pictured, Fault> {
        let (image, counts) = self.draw(progress)?;
        write::write_png(&self.path, &image)?;
        Ok(Pictured {
            path: self.path,
            counts,
        })
    }

    /// The picture, and how many each layer shows.
    fn draw(&self, progress: &Progress) -> Result<(RgbaImage, Vec<usize>), Fault> {
        let (base, attribution) = self.base_features(progress)?;
        let drawn = self
            .layers
            .iter()
            .map(|spec| self.layer_request(spec).run(progress))
            .collect::<Result<Vec<Drawn>, Fault>>()?;
        let counts = drawn.iter().map(|drawn| drawn.count).collect();
        let layers = drawn
            .iter()
            .zip(&self.layers)
            .rev()
            .flat_map(|(drawn, spec)| self.paint(drawn, spec))
            .collect();
        let picture = Picture {
            width_px: self.width_px,
            height_px: self.height_px,
            scale: self.scale,
            view_merc: self.view_merc,
            dark: self.dark,
            base: &base,
            layers,
            legends: drawn.iter().map(|drawn| drawn.legend.clone()).collect(),
            title: self.title.clone(),
            facts: self.facts(),
            attribution,
            mark: self
                .town
                .snapshot
                .is_demo
                .then(|| self.lang.t("common.demo_mark").into_owned()),
            more_fonts: &[],
        };
        Ok((compose(&picture, progress)?, counts))
    }

    fn base_features(&self, progress: &Progress) -> Result<(Vec<BaseFeature>, String), Fault> {
        let Some(path) = &self.base_map else {
            return Ok((Vec::new(), String::new()));
        };
        let file = BaseMapFile::open(path)?;
        let merc_per_px =
            self.view_merc.width() / f64::from(self.width_px.max(1)) * f64::from(self.scale);
        // Vector tiles are made for 512 pixels a side.
        let zoom = (2.0 * MERC_HALF_M / (512.0 * merc_per_px)).log2().round();
        let zoom = (zoom.clamp(0.0, 22.0) as u8).clamp(file.min_zoom(), file.max_zoom());
        let features = file.features(self.view_merc, zoom, progress)?;
        Ok((
            features,
            self.lang
                .with("layer.base_map_source", &[("source", file.attribution())]),
        ))
    }

    fn layer_request(&self, spec: &LayerSpec) -> LayerRequest {
        LayerRequest {
            town: Arc::clone(&self.town),
            spec: spec.clone(),
            rows: Arc::clone(&self.rows),
            coverage: Arc::clone(&self.coverage),
            selection: self.selection.clone(),
            choice: self.choice,
            rate_form: self.rate_form,
            as_of: self.as_of,
            view_merc: self.view_merc,
            width_px: self.width_px,
            height_px: self.height_px,
            lang: self.lang,
            serial: 0,
        }
    }

    /// Date, filter and counts: what every picture that leaves the office says of itself.
    fn facts(&self) -> Vec<String> {
        let lang = self.lang;
        let quality = self.town.snapshot.quality;
        let missing = self
            .rows
            .iter()
            .filter(|row| self.town.snapshot.households.merc(*row).is_none())
            .count();
        let count = |number: usize| digits::grouped(number as u64);
        let mut facts = vec![lang.with("layer.fact_as_of", &[("date", &self.as_of.to_string())])];
        if !self.filter_text.is_empty() {
            facts.push(lang.with("layer.fact_filter", &[("filter", &self.filter_text)]));
        }
        facts.push(lang.with(
            "layer.fact_counts",
            &[
                ("filtered", &count(self.rows.count())),
                ("all", &count(quality.households)),
                ("missing", &count(missing)),
            ],
        ));
        facts
    }

    fn paint<'a>(&'a self, drawn: &'a Drawn, spec: &LayerSpec) -> Vec<Layer<'a>> {
        let snapshot = &self.town.snapshot;
        let colors = palette(self.dark);
        match &drawn.painted {
            Painted::Raster { image, box_merc } => {
                vec![Layer::Raster(Raster {
                    image,
                    box_merc: *box_merc,
                    opacity: spec.opacity,
                })]
            }
            Painted::Dots { rows } => vec![Layer::Points(self.points(rows, spec.opacity))],
            Painted::Areas {
                values,
                colors: classes,
                labels,
                ..
            } => {
                let label = |area: AreaIndex| {
                    let at = labels.binary_search_by_key(&area, |(area, _)| *area).ok()?;
                    labels.get(at).map(|(_, text)| text.clone())
                };
                let outline = Outline {
                    color: colors.tone(Tone::AreaOutline),
                    width_px: 0.8,
                    dashed: false,
                };
                let areas = values.iter().filter_map(|value| {
                    Some(AreaPaint {
                        boundary_merc: snapshot.areas.boundary_merc.get(value.area.0 as usize)?,
                        fill: value.class.and_then(|class| classes.get(class)).copied(),
                        hatched: value.class.is_none(),
                        outline: Some(outline),
                        label: label(value.area),
                    })
                });
                vec![Layer::Areas {
                    areas: areas.collect(),
                    opacity: spec.opacity,
                }]
            }
            Painted::Places { resources } => vec![Layer::Marks {
                places: self.marks(resources),
                opacity: spec.opacity,
            }],
            Painted::Outlines { level, lines } => {
                let outline = Outline {
                    color: colors.tone(Tone::AreaOutline),
                    width_px: if *level == AreaLevel::Grid { 1.0 } else { 1.6 },
                    dashed: *level == AreaLevel::Grid,
                };
                let mut layers = vec![Layer::Lines {
                    lines,
                    outline,
                    opacity: spec.opacity,
                }];
                if matches!(spec.kind, LayerKind::Outlines { labels: true, .. }) {
                    layers.push(Layer::Areas {
                        areas: self.names(*level),
                        opacity: spec.opacity,
                    });
                }
                layers
            }
        }
    }

    fn points(&self, rows: &[u32], opacity: f32) -> Vec<PointPaint> {
        let px_per_merc_m =
            f64::from(self.width_px) / self.view_merc.width() / f64::from(self.scale);
        let [red, green, blue, alpha] = point_color();
        // Thousands of dots over a heat map would hide it.
        let quiet = if rows.len() > MANY_DOTS { 0.6 } else { 1.0 };
        let color = [
            red,
            green,
            blue,
            (f32::from(alpha) * opacity * quiet).round() as u8,
        ];
        let places = rows
            .iter()
            .filter_map(|row| self.town.snapshot.households.merc(*row));
        places
            .map(|at_merc| PointPaint {
                at_merc,
                color,
                radius_px: dot_radius_px(px_per_merc_m),
            })
            .collect()
    }

    fn marks(&self, resources: &[u32]) -> Vec<MarkPaint> {
        let offered = &self.town.snapshot.resources;
        let mark = |at: usize| {
            Some(MarkPaint {
                at_merc: merc_from_lonlat(offered.position(at)?),
                mark: PlaceMark::of(*offered.category.get(at)?),
            })
        };
        let places = resources.iter().map(|at| *at as usize);
        places.filter_map(mark).collect()
    }

    /// The names of a level's areas, without fill and line.
    fn names(&self, level: AreaLevel) -> Vec<AreaPaint<'_>> {
        let areas = &self.town.snapshot.areas;
        let named = areas.of_level(level).filter_map(|area| {
            Some(AreaPaint {
                boundary_merc: areas.boundary_merc.get(area.0 as usize)?,
                fill: None,
                hatched: false,
                outline: None,
                label: areas.name.get(area.0 as usize).cloned(),
            })
        });
        named.collect()
    }
}
