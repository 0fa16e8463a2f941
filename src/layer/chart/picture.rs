//! A chart as a flat picture, without a window: title and facts above it, source and mark below.

use super::drawing::{Drawing, Room, Shape};
use super::ink::{Ink, ground};
use crate::base::RgbaImage;
use crate::datum::MercBox;
use crate::layer::canvas::{Canvas, PxBox, View, round_box};
use crate::layer::panel::{SMALL_PX, TITLE_PX};
use crate::layer::text::{Align, Fonts, TextStyle};
use tiny_skia::{Color, FillRule, PathBuilder, Pixmap};

/// Room around everything.
const MARGIN_PX: f32 = 24.0;
const TITLE_LINE_PX: f32 = 28.0;
const LINE_PX: f32 = 18.0;

/// What stands around a chart in a picture.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartSheet {
    /// What the chart is about.
    pub title: String,
    /// Day, filter, counts: a line each.
    pub facts: Vec<String>,
    /// Where the figures are from.
    pub source: String,
    /// "Demonstration data", where it is.
    pub mark: Option<String>,
}

impl ChartSheet {
    /// The room that a picture of some points leaves to the chart itself.
    pub fn room(&self, size_px: [f32; 2]) -> Room {
        let width = (size_px[0] - 2.0 * MARGIN_PX).max(120.0);
        let fonts = Fonts::new(&[]);
        let above = self.head(&fonts, width).len() as f32 * LINE_PX + TITLE_LINE_PX + 8.0;
        let below = self.foot().len() as f32 * LINE_PX + 8.0;
        Room {
            width_px: width,
            height_px: (size_px[1] - 2.0 * MARGIN_PX - above - below).max(60.0),
            grows: false,
        }
    }

    /// The size of a picture of this width that is as high as a drawing needs.
    pub fn size_for(&self, drawing: &Drawing, size_px: [f32; 2]) -> [f32; 2] {
        let around = size_px[1] - self.room(size_px).height_px;
        [size_px[0], (drawing.size_px[1] + around).max(200.0)]
    }

    fn head(&self, fonts: &Fonts<'_>, width: f32) -> Vec<String> {
        let facts = self.facts.iter();
        facts
            .flat_map(|fact| fonts.wrap(fact, SMALL_PX, width))
            .collect()
    }

    fn foot(&self) -> Vec<(String, Ink)> {
        let mark = self.mark.iter().map(|mark| (mark.clone(), Ink::Warning));
        let source = Some((self.source.clone(), Ink::Secondary));
        mark.chain(source.filter(|(text, _)| !text.is_empty()))
            .collect()
    }
}

/// Paints a chart with what stands around it; `scale` pixels for a point. The same chart always has
/// the same pixels.
pub fn paint_chart(
    drawing: &Drawing,
    sheet: &ChartSheet,
    size_px: [f32; 2],
    scale: f32,
    dark: bool,
) -> RgbaImage {
    let fonts = Fonts::new(&[]);
    let width = (size_px[0] - 2.0 * MARGIN_PX).max(120.0);
    let facts = sheet.head(&fonts, width);
    let foot = sheet.foot();
    let top = MARGIN_PX + TITLE_LINE_PX + facts.len() as f32 * LINE_PX + 8.0;
    let height = size_px[1];
    let pixels = |points: f32| (points * scale).round().clamp(1.0, 16_384.0) as u32;
    let (width_px, height_px) = (pixels(size_px[0]), pixels(height));
    let Some(mut pixmap) = Pixmap::new(width_px, height_px) else {
        return RgbaImage::transparent(width_px, height_px);
    };
    let [red, green, blue, alpha] = ground(dark);
    pixmap.fill(Color::from_rgba8(red, green, blue, alpha));
    let view = View::new(MercBox::EMPTY, width_px, height_px, scale);
    let mut brush = Brush {
        canvas: Canvas { pixmap, view },
        fonts: &fonts,
        scale,
        dark,
        origin: [0.0; 2],
    };
    brush.text(
        &sheet.title,
        [MARGIN_PX, MARGIN_PX + 10.0],
        Align::Left,
        TITLE_PX,
        Ink::Text,
        true,
    );
    for (at, fact) in facts.iter().enumerate() {
        let y = MARGIN_PX + TITLE_LINE_PX + (at as f32 + 0.5) * LINE_PX;
        brush.text(
            fact,
            [MARGIN_PX, y],
            Align::Left,
            SMALL_PX,
            Ink::Secondary,
            false,
        );
    }
    for (at, (text, ink)) in foot.iter().rev().enumerate() {
        let y = height - MARGIN_PX - (at as f32 + 0.5) * LINE_PX;
        let is_mark = *ink == Ink::Warning;
        brush.text(text, [MARGIN_PX, y], Align::Left, SMALL_PX, *ink, is_mark);
    }
    brush.origin = [MARGIN_PX, top];
    for shape in &drawing.shapes {
        brush.shape(shape);
    }
    RgbaImage {
        width_px,
        height_px,
        pixels: brush.canvas.pixmap.take(),
    }
}

struct Brush<'a> {
    canvas: Canvas,
    fonts: &'a Fonts<'a>,
    scale: f32,
    dark: bool,
    origin: [f32; 2],
}

impl Brush<'_> {
    fn px(&self, [x, y]: [f32; 2]) -> [f32; 2] {
        [
            (self.origin[0] + x) * self.scale,
            (self.origin[1] + y) * self.scale,
        ]
    }

    fn text(&mut self, text: &str, at: [f32; 2], align: Align, size: f32, ink: Ink, bold: bool) {
        let style = TextStyle {
            size_px: size * self.scale,
            ink: ink.color(self.dark),
            halo: None,
            bold,
        };
        let at = self.px(at);
        self.fonts
            .draw(&mut self.canvas, text, &style, at, align, 0.0);
    }

    fn shape(&mut self, shape: &Shape) {
        let scale = self.scale;
        match shape {
            Shape::Bar { at, ink } => {
                let [left, top] = self.px([at.left, at.top]);
                let [right, bottom] = self.px([at.right, at.bottom]);
                let at = PxBox {
                    left,
                    top,
                    right,
                    bottom,
                };
                let radius = (2.0 * scale).min((right - left).min(bottom - top) / 2.0);
                if let Some(path) = round_box(&at, radius) {
                    let color = ink.color(self.dark);
                    self.canvas.fill(&path, color, FillRule::Winding);
                }
            }
            Shape::Line {
                points,
                ink,
                width,
                dashed,
            } => {
                let dash = dashed.then_some([4.0 * scale, 4.0 * scale]);
                if let Some(path) = self.path(points.iter().copied(), false) {
                    let color = ink.color(self.dark);
                    self.canvas.stroke(&path, color, width * scale, dash);
                }
            }
            Shape::Band { upper, lower, ink } => {
                let around = upper.iter().chain(lower.iter().rev()).copied();
                if let Some(path) = self.path(around, true) {
                    let color = ink.color(self.dark);
                    self.canvas.fill(&path, color, FillRule::Winding);
                }
            }
            Shape::Dot { at, radius, ink } => {
                let [x, y] = self.px(*at);
                for (radius, ink) in [(radius + 1.0, Ink::Ground), (*radius, *ink)] {
                    if let Some(path) = PathBuilder::from_circle(x, y, radius * scale) {
                        let color = ink.color(self.dark);
                        self.canvas.fill(&path, color, FillRule::Winding);
                    }
                }
            }
            Shape::Text {
                text,
                at,
                align,
                size,
                ink,
                bold,
            } => self.text(text, *at, *align, *size, *ink, *bold),
        }
    }

    fn path(
        &self,
        points: impl Iterator<Item = [f32; 2]>,
        closed: bool,
    ) -> Option<tiny_skia::Path> {
        let mut path = PathBuilder::new();
        for (index, point) in points.enumerate() {
            let [x, y] = self.px(point);
            if index == 0 {
                path.move_to(x, y);
            } else {
                path.line_to(x, y);
            }
        }
        if closed {
            path.close();
        }
        path.finish()
    }
}
