//! The base map by the rules of [`base_style`](super::base_style): fills and lines.

use super::base_style::{Draw, RULES, Rule, at_zoom};
use super::canvas::{Canvas, PxBox, View, add_line, boundary_path};
use super::ramp::Palette;
use crate::base::{Cancelled, Progress};
use crate::datum::{MercBox, MercXY};
use crate::model::{BaseFeature, BaseGeometry, BaseLayer};
use geo_types::Coord;
use tiny_skia::{FillRule, PathBuilder};

/// Paints everything but the names.
pub(super) fn paint_base(
    canvas: &mut Canvas,
    features: &[BaseFeature],
    palette: &Palette,
    progress: &Progress,
) -> Result<(), Cancelled> {
    let zoom = canvas.view.zoom();
    let visible = features_in_view(features, &canvas.view);
    for rule in RULES.iter().filter(|rule| rule.min_zoom <= zoom) {
        progress.tick(0)?;
        let taken = visible
            .iter()
            .filter(|feature| rule.takes(feature.layer, &feature.kind));
        match rule.draw {
            Draw::Fill { tone } => {
                for feature in taken {
                    let BaseGeometry::Polygon(boundary) = &feature.geometry else {
                        continue;
                    };
                    if let Some(path) = boundary_path(boundary, &canvas.view) {
                        canvas.fill(&path, palette.tone(tone), FillRule::EvenOdd);
                        // Maps cut a river along tile edges; a hair more closes the seams.
                        if feature.layer == BaseLayer::Water {
                            let width = 0.8 * canvas.view.scale;
                            canvas.stroke(&path, palette.tone(tone), width, None);
                        }
                    }
                }
            }
            Draw::Line { tone, width_px } => {
                let mut path = PathBuilder::new();
                for feature in taken {
                    if let BaseGeometry::Line(line) = &feature.geometry {
                        add_line(&mut path, line, &canvas.view, false);
                    }
                }
                let width = at_zoom(width_px, zoom) * canvas.view.scale;
                if let Some(path) = path.finish() {
                    canvas.stroke(&path, palette.tone(tone), width, None);
                }
            }
            Draw::Name { .. } => {}
        }
    }
    Ok(())
}

/// The features that show at this zoom level, of this rule, among those in view.
pub(super) fn taken_by<'a>(
    rule: &'a Rule,
    visible: &'a [&'a BaseFeature],
    zoom: f32,
) -> impl Iterator<Item = &'a BaseFeature> {
    visible
        .iter()
        .copied()
        // Half a level early: between two levels the coarser one is magnified.
        .filter(move |feature| f32::from(feature.min_zoom) <= zoom + 0.5)
        .filter(|feature| rule.takes(feature.layer, &feature.kind))
}

/// The features whose box touches the picture.
pub(super) fn features_in_view<'a>(
    features: &'a [BaseFeature],
    view: &View,
) -> Vec<&'a BaseFeature> {
    let frame = view.frame().grown(24.0 * view.scale);
    features
        .iter()
        .filter(|feature| feature_box(&feature.geometry, view).touches(&frame))
        .collect()
}

fn feature_box(geometry: &BaseGeometry, view: &View) -> PxBox {
    let around = |coords: &mut dyn Iterator<Item = &Coord<f64>>| {
        coords.fold(MercBox::EMPTY, |around, at| {
            around.with(MercXY { x: at.x, y: at.y })
        })
    };
    let merc = match geometry {
        BaseGeometry::Point(at) => around(&mut std::iter::once(&at.0)),
        BaseGeometry::Line(line) => around(&mut line.coords()),
        BaseGeometry::Polygon(boundary) => {
            around(&mut boundary.iter().flat_map(|part| part.exterior().coords()))
        }
    };
    view.px_box(&merc)
}
