//! The map of a workspace as a picture: which part of the world, which layers.

use super::args::{Bbox, MapLayer, Size};
use super::desk::Desk;
use super::summary::place;
use crate::analysis::{ClassMethod, HotSpotSpec, RateForm};
use crate::datum::{MercBox, merc_from_lonlat};
use crate::jobs::{Filtered, Opened, PictureRequest, Pictured};
use crate::layer::{AreaFigure, HeatKind, LayerId, LayerKind, LayerSpec, Scope};
use crate::model::{AreaLevel, Date, LonLat};
use crate::query::Choice;
use crate::snapshot::Snapshot;
use crate::words::{Fault, Message};
use std::path::PathBuf;
use std::sync::Arc;

/// The picture for which text and lines have their own size; larger ones grow them.
const PLAIN: Size = Size {
    width_px: 1600,
    height_px: 1000,
};

/// How much of the town's size is left free around it.
const MARGIN: f64 = 0.04;

/// A town of one household still lies in a street.
const MIN_SIDE_MERC_M: f64 = 200.0;

/// What to draw, beside the town and the households.
pub(super) struct Shot {
    /// The layers, the topmost first.
    pub(super) layers: Vec<LayerSpec>,
    /// The part of the world; all of the town where none is named.
    pub(super) bbox: Option<Bbox>,
    pub(super) size: Size,
    pub(super) dark: bool,
    pub(super) base_map: Option<PathBuf>,
    pub(super) as_of: Date,
    pub(super) rate_form: RateForm,
    pub(super) path: PathBuf,
}

/// Draws and writes.
pub(super) fn draw(
    opened: &Opened,
    filtered: &Filtered,
    shot: Shot,
    desk: &mut Desk,
) -> Result<Pictured, Fault> {
    let snapshot = &opened.town.snapshot;
    let view_merc = view(snapshot, shot.bbox, shot.size)?;
    let (width, height) = (shot.size.width_px as f32, shot.size.height_px as f32);
    let scale = (width / PLAIN.width_px as f32)
        .min(height / PLAIN.height_px as f32)
        .max(1.0);
    desk.picture(PictureRequest {
        town: Arc::clone(&opened.town),
        layers: shot.layers,
        rows: Arc::clone(&filtered.rows),
        coverage: Arc::clone(&filtered.coverage),
        selection: None,
        choice: Choice::default(),
        rate_form: shot.rate_form,
        as_of: shot.as_of,
        filter_text: filtered.filter.to_text(desk.lang, &snapshot.catalogue),
        view_merc,
        width_px: shot.size.width_px,
        height_px: shot.size.height_px,
        scale,
        dark: shot.dark,
        base_map: shot.base_map,
        title: opened
            .workspace
            .path()
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned(),
        lang: desk.lang,
        path: shot.path,
    })
}

/// The layer that was asked for, over the outlines of the smallest areas.
pub(super) fn layers(
    layer: &MapLayer,
    bandwidth_m: f64,
    level: Option<AreaLevel>,
    since: Date,
    snapshot: &Snapshot,
) -> Result<Vec<LayerSpec>, Fault> {
    let smallest = level.or_else(|| snapshot.areas.smallest_level());
    let level_or_smallest = smallest.unwrap_or(AreaLevel::Grid);
    let place = |programme: Option<&str>| {
        let programmes = &snapshot.catalogue.programmes;
        let place = |name| place(name, programmes, "cli.unknown_programme");
        let place = programme.map(place).transpose()?;
        Ok::<_, Fault>(place.map(|place| place.min(63) as u8))
    };
    let heat = |kind| LayerKind::heat(kind, bandwidth_m);
    let areas = |figure| LayerKind::Areas {
        figure,
        level: level_or_smallest,
        method: ClassMethod::Quantile,
        classes: 5,
        labels: false,
    };
    let (kind, opacity) = match layer {
        MapLayer::Households => (heat(HeatKind::Households), 0.8),
        MapLayer::Coverage => (heat(HeatKind::Reach), 0.8),
        MapLayer::Unmet => (heat(HeatKind::UnmetLoad), 0.85),
        MapLayer::Unmatched => (heat(HeatKind::Unmatched), 0.85),
        MapLayer::AreasCoverage => (areas(AreaFigure::Reach), 0.75),
        MapLayer::AreasUnmet => (areas(AreaFigure::UnmetPerKm2), 0.75),
        MapLayer::Difference(figure, programme) => (
            LayerKind::Difference {
                figure: figure.of_programme(place(programme.as_deref())?),
                level: level_or_smallest,
                since,
                labels: false,
            },
            0.8,
        ),
        MapLayer::Unsettled(what, programme) => {
            let place = place(programme.as_deref())?;
            (heat(HeatKind::Unsettled(*what, place)), 0.85)
        }
        MapLayer::AreasFull => (areas(AreaFigure::FullCoverage), 0.75),
        MapLayer::AreasProgramme(figure, programme) => {
            let place = place(programme.as_deref())?;
            (areas(figure.of_programme(place)), 0.75)
        }
        MapLayer::HotSpots(method) => {
            let spec = HotSpotSpec {
                method: *method,
                ..HotSpotSpec::of(level_or_smallest)
            };
            let figure = AreaFigure::UnmetPerHousehold;
            (LayerKind::HotSpots { figure, spec }, 0.85)
        }
        MapLayer::Bivariate => (LayerKind::bivariate(level_or_smallest), 0.9),
        MapLayer::Resources => (LayerKind::Resources, 1.0),
    };
    let spec = |id, kind, opacity| LayerSpec {
        id: LayerId(id),
        kind,
        visible: true,
        opacity,
        scope: Scope::Filtered,
    };
    let outlines = smallest.map(|level| {
        spec(
            2,
            LayerKind::Outlines {
                level,
                labels: false,
            },
            1.0,
        )
    });
    Ok([spec(1, kind, opacity)]
        .into_iter()
        .chain(outlines)
        .collect())
}

/// The part of the world in the shape of the picture.
fn view(snapshot: &Snapshot, bbox: Option<Bbox>, size: Size) -> Result<MercBox, Fault> {
    let aspect = f64::from(size.width_px) / f64::from(size.height_px);
    if let Some(Bbox {
        west,
        south,
        east,
        north,
    }) = bbox
    {
        let (low, high) = (
            LonLat {
                lon: west,
                lat: south,
            },
            LonLat {
                lon: east,
                lat: north,
            },
        );
        let view = MercBox::EMPTY
            .with(merc_from_lonlat(low))
            .with(merc_from_lonlat(high));
        return Ok(fitted(view, aspect));
    }
    let boxes = snapshot
        .areas
        .box_merc
        .iter()
        .filter(|area| !area.is_empty());
    let areas = boxes.fold(MercBox::EMPTY, |all, area| all.union(*area));
    let extent = if areas.is_empty() {
        snapshot.extent_merc
    } else {
        areas
    };
    if extent.is_empty() {
        return Err(Fault::input(Message::new("cli.nothing_to_draw")));
    }
    let side = extent.width().max(extent.height());
    let extent = extent.grown((side * MARGIN).max((MIN_SIDE_MERC_M - side) / 2.0));
    Ok(fitted(extent, aspect))
}

/// The smallest box of a shape (width / height) around the middle of another that holds it.
fn fitted(inner: MercBox, aspect: f64) -> MercBox {
    let middle = inner.center();
    let width = inner.width().max(inner.height() * aspect);
    let height = width / aspect;
    MercBox {
        min_x: middle.x - width / 2.0,
        min_y: middle.y - height / 2.0,
        max_x: middle.x + width / 2.0,
        max_y: middle.y + height / 2.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_takes_the_shape_of_the_picture() {
        let flat = MercBox {
            min_x: 0.0,
            min_y: 0.0,
            max_x: 400.0,
            max_y: 100.0,
        };
        for aspect in [0.5, 1.6, 4.0, 8.0] {
            let view = fitted(flat, aspect);
            assert!(
                (view.width() / view.height() - aspect).abs() < 1e-9,
                "{aspect}"
            );
            assert!(view.grown(1e-9).covers(&flat), "{aspect}");
            assert_eq!(view.center(), flat.center());
        }
    }
}
