//! Lines and points in the flat picture.

use super::area_paint::{DASH_PX, Outline, faded};
use super::canvas::Canvas;
use super::ramp::{Palette, Rgba, Tone};
use crate::base::{Cancelled, Progress};
use crate::datum::MercXY;
use tiny_skia::{FillRule, PathBuilder};

/// A point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PointPaint {
    /// Where it is.
    pub at_merc: MercXY,
    /// Its colour.
    pub color: Rgba,
    /// Its radius at 96 dpi.
    pub radius_px: f32,
}

/// Strokes lines, such as boundaries.
pub(super) fn paint_lines(
    canvas: &mut Canvas,
    lines: &[Vec<MercXY>],
    outline: Outline,
    opacity: f32,
) {
    let scale = canvas.view.scale;
    let dash = outline.dashed.then(|| DASH_PX.map(|length| length * scale));
    for line in lines {
        let mut path = PathBuilder::new();
        for (index, at) in line.iter().enumerate() {
            let [x, y] = canvas.view.px_from_merc(at.x, at.y);
            if index == 0 {
                path.move_to(x, y);
            } else {
                path.line_to(x, y);
            }
        }
        if let Some(path) = path.finish() {
            canvas.stroke(
                &path,
                faded(outline.color, opacity),
                outline.width_px * scale,
                dash,
            );
        }
    }
}

/// Fills a circle a point, with a ring around it.
pub(super) fn paint_points(
    canvas: &mut Canvas,
    points: &[PointPaint],
    palette: &Palette,
    progress: &Progress,
) -> Result<(), Cancelled> {
    let scale = canvas.view.scale;
    let ring = palette.tone(Tone::PointRing);
    for (index, point) in points.iter().enumerate() {
        if index % 1024 == 0 {
            progress.tick(0)?;
        }
        let [x, y] = canvas.view.px_from_merc(point.at_merc.x, point.at_merc.y);
        let radius = point.radius_px * scale;
        let reach = radius + 2.0 * scale;
        if x < -reach
            || y < -reach
            || x > canvas.view.width_px + reach
            || y > canvas.view.height_px + reach
        {
            continue;
        }
        // A small point is all ring; then it goes without.
        if point.radius_px >= 2.0
            && let Some(path) = PathBuilder::from_circle(x, y, radius + scale)
        {
            canvas.fill(&path, ring, FillRule::Winding);
        }
        if let Some(path) = PathBuilder::from_circle(x, y, radius) {
            canvas.fill(&path, point.color, FillRule::Winding);
        }
    }
    Ok(())
}
