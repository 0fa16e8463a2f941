//! The picture under the brush: pixels, and where Mercator metres fall on them.

use super::ramp::Rgba;
use crate::datum::{MERC_HALF_M, MercBox, ground_m_per_merc_m};
use geo_types::{LineString, MultiPolygon};
use tiny_skia::{
    Color, FillRule, LineCap, LineJoin, Paint, Path, PathBuilder, Pixmap, Stroke, StrokeDash,
    Transform,
};

/// A box in pixels: left, top, right, bottom.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PxBox {
    /// Its left edge.
    pub left: f32,
    /// Its upper edge.
    pub top: f32,
    /// Its right edge.
    pub right: f32,
    /// Its lower edge.
    pub bottom: f32,
}

impl PxBox {
    /// The box around a middle.
    pub(super) fn around([x, y]: [f32; 2], width: f32, height: f32) -> Self {
        Self {
            left: x - width / 2.0,
            top: y - height / 2.0,
            right: x + width / 2.0,
            bottom: y + height / 2.0,
        }
    }

    pub(super) fn grown(self, by: f32) -> Self {
        Self {
            left: self.left - by,
            top: self.top - by,
            right: self.right + by,
            bottom: self.bottom + by,
        }
    }

    pub(super) fn touches(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }
}

/// Which part of the world the picture shows, and how large.
#[derive(Debug, Clone, Copy)]
pub(super) struct View {
    merc: MercBox,
    px_per_m: [f64; 2],
    pub(super) width_px: f32,
    pub(super) height_px: f32,
    /// Pixels for one pixel at 96 dpi; text and lines grow with it.
    pub(super) scale: f32,
}

impl View {
    pub(super) fn new(merc: MercBox, width_px: u32, height_px: u32, scale: f32) -> Self {
        let per_m = |px: u32, m: f64| if m > 0.0 { f64::from(px) / m } else { 1.0 };
        Self {
            merc,
            px_per_m: [
                per_m(width_px, merc.width()),
                per_m(height_px, merc.height()),
            ],
            width_px: width_px as f32,
            height_px: height_px as f32,
            scale,
        }
    }

    pub(super) fn px_from_merc(&self, x: f64, y: f64) -> [f32; 2] {
        [
            ((x - self.merc.min_x) * self.px_per_m[0]) as f32,
            ((self.merc.max_y - y) * self.px_per_m[1]) as f32,
        ]
    }

    pub(super) fn px_box(&self, merc: &MercBox) -> PxBox {
        let [left, top] = self.px_from_merc(merc.min_x, merc.max_y);
        let [right, bottom] = self.px_from_merc(merc.max_x, merc.min_y);
        PxBox {
            left,
            top,
            right,
            bottom,
        }
    }

    pub(super) fn frame(&self) -> PxBox {
        PxBox {
            left: 0.0,
            top: 0.0,
            right: self.width_px,
            bottom: self.height_px,
        }
    }

    /// The zoom level: at 0 the world is 256 pixels of 96 dpi wide, as on web maps.
    pub(super) fn zoom(&self) -> f32 {
        let world_px = 2.0 * MERC_HALF_M * self.px_per_m[0] / f64::from(self.scale);
        (world_px / 256.0).log2() as f32
    }

    /// Metres on the ground for a pixel in the middle of the picture.
    pub(super) fn ground_m_per_px(&self) -> f64 {
        ground_m_per_merc_m(self.merc.center().y) / self.px_per_m[0]
    }
}

/// The brush and the paper.
pub(super) struct Canvas {
    pub(super) pixmap: Pixmap,
    pub(super) view: View,
}

impl Canvas {
    pub(super) fn fill(&mut self, path: &Path, color: Rgba, rule: FillRule) {
        let paint = paint_of(color);
        self.pixmap
            .fill_path(path, &paint, rule, Transform::identity(), None);
    }

    /// Strokes with round ends; `dash_px` is the length of dashes and of gaps.
    pub(super) fn stroke(
        &mut self,
        path: &Path,
        color: Rgba,
        width_px: f32,
        dash_px: Option<[f32; 2]>,
    ) {
        let stroke = Stroke {
            width: width_px,
            line_cap: LineCap::Round,
            line_join: LineJoin::Round,
            dash: dash_px.and_then(|dash| StrokeDash::new(dash.to_vec(), 0.0)),
            ..Stroke::default()
        };
        self.pixmap
            .stroke_path(path, &paint_of(color), &stroke, Transform::identity(), None);
    }
}

pub(super) fn paint_of([r, g, b, a]: Rgba) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color(Color::from_rgba8(r, g, b, a));
    paint
}

/// Corners closer than this to the last one are left out: nobody sees them.
const STEP_PX: f32 = 0.35;

/// Adds a line to a path; a ring is closed.
pub(super) fn add_line(to: &mut PathBuilder, line: &LineString<f64>, view: &View, closed: bool) {
    let mut last: Option<[f32; 2]> = None;
    let end = line.0.len().saturating_sub(1);
    for (index, at) in line.0.iter().enumerate() {
        let [x, y] = view.px_from_merc(at.x, at.y);
        if !(x.is_finite() && y.is_finite()) {
            continue;
        }
        let Some([last_x, last_y]) = last else {
            to.move_to(x, y);
            last = Some([x, y]);
            continue;
        };
        if closed && index == end {
            break;
        }
        let step = (x - last_x).abs().max((y - last_y).abs());
        if step >= STEP_PX || index == end {
            to.line_to(x, y);
            last = Some([x, y]);
        }
    }
    if closed && last.is_some() {
        to.close();
    }
}

/// The outlines of a boundary as one path.
pub(super) fn boundary_path(boundary: &MultiPolygon<f64>, view: &View) -> Option<Path> {
    let mut path = PathBuilder::new();
    for polygon in boundary {
        add_line(&mut path, polygon.exterior(), view, true);
        for hole in polygon.interiors() {
            add_line(&mut path, hole, view, true);
        }
    }
    path.finish()
}

/// A rectangle with round corners.
pub(super) fn round_box(at: &PxBox, radius: f32) -> Option<Path> {
    // How far the handles of a cubic stand out for a quarter of a circle.
    let k = radius * 0.552_284_8;
    let PxBox {
        left,
        top,
        right,
        bottom,
    } = *at;
    let mut path = PathBuilder::new();
    path.move_to(left + radius, top);
    path.line_to(right - radius, top);
    path.cubic_to(
        right - radius + k,
        top,
        right,
        top + radius - k,
        right,
        top + radius,
    );
    path.line_to(right, bottom - radius);
    path.cubic_to(
        right,
        bottom - radius + k,
        right - radius + k,
        bottom,
        right - radius,
        bottom,
    );
    path.line_to(left + radius, bottom);
    path.cubic_to(
        left + radius - k,
        bottom,
        left,
        bottom - radius + k,
        left,
        bottom - radius,
    );
    path.line_to(left, top + radius);
    path.cubic_to(
        left,
        top + radius - k,
        left + radius - k,
        top,
        left + radius,
        top,
    );
    path.close();
    path.finish()
}
