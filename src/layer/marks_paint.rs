//! Lines and points in the flat picture.

use super::area_paint::{DASH_PX, Outline, faded};
use super::canvas::Canvas;
use super::place_mark::{PLACE_MARK_PX, PlaceMark};
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

/// The mark of a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MarkPaint {
    /// Where it is.
    pub at_merc: MercXY,
    /// Its shape and colour.
    pub mark: PlaceMark,
}

/// Fills a shape a place, with an edge around it.
pub(super) fn paint_marks(
    canvas: &mut Canvas,
    places: &[MarkPaint],
    opacity: f32,
    palette: &Palette,
) {
    let scale = canvas.view.scale;
    let ring = palette.tone(Tone::PointRing);
    for place in places {
        let at = canvas.view.px_from_merc(place.at_merc.x, place.at_merc.y);
        let size = (PLACE_MARK_PX * scale, opacity);
        draw_mark(canvas, place.mark, at, size, Some((ring, 1.2 * scale)));
    }
}

/// One mark of a size in pixels, and its edge.
pub(super) fn draw_mark(
    canvas: &mut Canvas,
    mark: PlaceMark,
    [x, y]: [f32; 2],
    (size_px, opacity): (f32, f32),
    edge: Option<(Rgba, f32)>,
) {
    let mut path = PathBuilder::new();
    for (index, [right, down]) in mark.corners(size_px).into_iter().enumerate() {
        if index == 0 {
            path.move_to(x + right, y + down);
        } else {
            path.line_to(x + right, y + down);
        }
    }
    path.close();
    if let Some(path) = path.finish() {
        canvas.fill(&path, faded(mark.color, opacity), FillRule::Winding);
        if let Some((color, width)) = edge {
            canvas.stroke(&path, faded(color, opacity), width, None);
        }
    }
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

#[cfg(test)]
mod tests {
    use super::super::canvas::View;
    use super::super::ramp::palette;
    use super::*;
    use crate::datum::MercBox;
    use tiny_skia::Pixmap;

    #[test]
    fn a_mark_has_its_shape_and_fades_with_its_layer() {
        let palette = palette(false);
        let drawn = |opacity: f32| {
            let view_merc = MercBox {
                min_x: 0.0,
                min_y: 0.0,
                max_x: 40.0,
                max_y: 40.0,
            };
            let mut canvas = Canvas {
                pixmap: Pixmap::new(40, 40).unwrap(),
                view: View::new(view_merc, 40, 40, 1.0),
            };
            let place = MarkPaint {
                at_merc: MercXY { x: 20.0, y: 20.0 },
                mark: PlaceMark::of(0),
            };
            paint_marks(&mut canvas, &[place], opacity, palette);
            let at = |x: u32, y: u32| canvas.pixmap.pixel(x, y).unwrap().demultiply();
            let of = |x, y| (at(x, y).blue(), at(x, y).alpha());
            [of(20, 20), of(20, 15), of(25, 25)]
        };
        // The corner of a diamond's box is free.
        assert_eq!(drawn(1.0), [(0xb2, 255), (0xb2, 255), (0, 0)]);
        let [(_, middle), ..] = drawn(0.5);
        assert!((120..=135).contains(&middle), "{middle}");
    }
}
