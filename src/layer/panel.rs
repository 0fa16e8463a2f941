//! A panel over the map as a list of things to draw, laid out in pixels of 96 dpi.

use super::area_paint::{hatch_path, hatch_tile};
use super::canvas::{Canvas, PxBox, round_box};
use super::marks_paint::draw_mark;
use super::place_mark::PlaceMark;
use super::ramp::{Palette, Ramp, Rgba, Tone, ink_on};
use super::text::{Align, Fonts, TextStyle};
use tiny_skia::{
    Color, FillRule, GradientStop, LinearGradient, Paint, PathBuilder, Point, Rect, SpreadMode,
    Transform,
};

/// Body text, secondary text, title.
pub(super) const BODY_PX: f32 = 13.0;
pub(super) const SMALL_PX: f32 = 12.0;
pub(super) const TITLE_PX: f32 = 17.0;

/// Room between the edge of a panel and what is in it.
pub(super) const PADDING_PX: f32 = 12.0;

const RADIUS_PX: f32 = 8.0;

/// One thing on a panel; positions count from the panel's corner.
#[derive(Debug, Clone)]
pub(super) enum Item {
    Text {
        text: String,
        at: [f32; 2],
        align: Align,
        size: f32,
        tone: Tone,
        bold: bool,
    },
    Ramp {
        at: PxBox,
        ramp: Ramp,
    },
    Swatch {
        at: PxBox,
        color: Option<Rgba>,
    },
    Cell {
        at: PxBox,
        color: Rgba,
        text: String,
    },
    Dot {
        at: [f32; 2],
        color: Rgba,
    },
    Mark {
        at: [f32; 2],
        mark: PlaceMark,
    },
    Line {
        points: Vec<[f32; 2]>,
        color: Rgba,
        width: f32,
    },
}

/// A panel: its corner, its size, and what is on it.
#[derive(Debug, Clone)]
pub(super) struct Panel {
    pub(super) corner: [f32; 2],
    pub(super) size: [f32; 2],
    pub(super) items: Vec<Item>,
}

impl Panel {
    /// Where it is, in pixels.
    pub(super) fn px_box(&self, scale: f32) -> PxBox {
        PxBox {
            left: self.corner[0] * scale,
            top: self.corner[1] * scale,
            right: (self.corner[0] + self.size[0]) * scale,
            bottom: (self.corner[1] + self.size[1]) * scale,
        }
    }

    pub(super) fn draw(&self, canvas: &mut Canvas, fonts: &Fonts, palette: &Palette) {
        let scale = canvas.view.scale;
        // The edge stands on the middle of pixels, or it would smear over two.
        let edge = self.px_box(scale).grown(-0.5);
        if let Some(path) = round_box(&edge, RADIUS_PX * scale) {
            canvas.fill(&path, palette.tone(Tone::Panel), FillRule::Winding);
            canvas.stroke(&path, palette.tone(Tone::Hairline), scale.max(1.0), None);
        }
        for item in &self.items {
            self.draw_item(item, canvas, fonts, palette);
        }
    }

    fn draw_item(&self, item: &Item, canvas: &mut Canvas, fonts: &Fonts, palette: &Palette) {
        let scale = canvas.view.scale;
        let px = |[x, y]: [f32; 2]| [(self.corner[0] + x) * scale, (self.corner[1] + y) * scale];
        let px_box = |at: &PxBox| {
            let [left, top] = px([at.left, at.top]);
            let [right, bottom] = px([at.right, at.bottom]);
            PxBox {
                left,
                top,
                right,
                bottom,
            }
        };
        match item {
            Item::Text {
                text,
                at,
                align,
                size,
                tone,
                bold,
            } => {
                let style = TextStyle {
                    size_px: size * scale,
                    ink: palette.tone(*tone),
                    halo: None,
                    bold: *bold,
                };
                fonts.draw(canvas, text, &style, px(*at), *align, 0.0);
            }
            Item::Ramp { at, ramp } => draw_ramp(canvas, &px_box(at), *ramp),
            Item::Swatch { at, color } => {
                let at = px_box(at);
                let Some(path) = round_box(&at, 2.0 * scale) else {
                    return;
                };
                if let Some(color) = color {
                    canvas.fill(&path, *color, FillRule::Winding);
                } else {
                    let hatch = palette.tone(Tone::Hatch);
                    hatch_path(canvas, &path, hatch_tile(hatch, scale).as_ref());
                    canvas.stroke(&path, hatch, 0.8 * scale, None);
                }
            }
            Item::Cell { at, color, text } => {
                let at = px_box(at);
                if let Some(rect) = Rect::from_ltrb(at.left, at.top, at.right, at.bottom) {
                    canvas.fill(&PathBuilder::from_rect(rect), *color, FillRule::Winding);
                }
                let style = TextStyle {
                    size_px: SMALL_PX * scale,
                    ink: ink_on(*color),
                    halo: None,
                    bold: false,
                };
                let middle = [
                    f32::midpoint(at.left, at.right),
                    f32::midpoint(at.top, at.bottom),
                ];
                fonts.draw(canvas, text, &style, middle, Align::Center, 0.0);
            }
            Item::Dot { at, color } => {
                let [x, y] = px(*at);
                if let Some(path) = PathBuilder::from_circle(x, y, 4.5 * scale) {
                    canvas.fill(&path, *color, FillRule::Winding);
                }
            }
            Item::Mark { at, mark } => {
                draw_mark(canvas, *mark, px(*at), (5.5 * scale, 1.0), None);
            }
            Item::Line {
                points,
                color,
                width,
            } => {
                let mut path = PathBuilder::new();
                for (index, point) in points.iter().enumerate() {
                    let [x, y] = px(*point);
                    if index == 0 {
                        path.move_to(x, y);
                    } else {
                        path.line_to(x, y);
                    }
                }
                if let Some(path) = path.finish() {
                    canvas.stroke(&path, *color, width * scale, None);
                }
            }
        }
    }
}

fn draw_ramp(canvas: &mut Canvas, at: &PxBox, ramp: Ramp) {
    const STEPS: usize = 16;
    let stops = (0..=STEPS)
        .map(|step| {
            let t = step as f32 / STEPS as f32;
            let [r, g, b, a] = ramp.solid(t);
            GradientStop::new(t, Color::from_rgba8(r, g, b, a))
        })
        .collect();
    let shader = LinearGradient::new(
        Point::from_xy(at.left, 0.0),
        Point::from_xy(at.right, 0.0),
        stops,
        SpreadMode::Pad,
        Transform::identity(),
    );
    let rect = Rect::from_ltrb(at.left, at.top, at.right, at.bottom);
    if let (Some(shader), Some(rect)) = (shader, rect) {
        let paint = Paint {
            shader,
            ..Paint::default()
        };
        canvas
            .pixmap
            .fill_rect(rect, &paint, Transform::identity(), None);
    }
}
