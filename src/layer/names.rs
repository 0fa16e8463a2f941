//! Names on the map: the important ones first, none over another, none cut off.

use super::canvas::{Canvas, PxBox};
use super::ramp::Rgba;
use super::text::{Align, Fonts, TextStyle};
use tiny_skia::{FillRule, PathBuilder};

/// A name that would like to be on the map.
#[derive(Debug, Clone)]
pub(super) struct Name {
    pub(super) text: String,
    /// Its middle, or the dot above it.
    pub(super) at_px: [f32; 2],
    /// Radians, clockwise.
    pub(super) angle: f32,
    pub(super) style: TextStyle,
    /// A dot at the place, with the name under it.
    pub(super) dot: Option<Rgba>,
    /// Lower goes first.
    pub(super) rank: u8,
    /// The same name does not come again within this distance.
    pub(super) apart_px: f32,
}

/// Collects names and finds room for them.
#[derive(Debug, Default)]
pub(super) struct Names {
    wanted: Vec<Name>,
    taken: Vec<PxBox>,
}

/// Radius of the dot at 96 dpi.
const DOT_PX: f32 = 2.2;

impl Names {
    pub(super) fn want(&mut self, name: Name) {
        self.wanted.push(name);
    }

    /// Keeps names out of a box.
    pub(super) fn block(&mut self, at: PxBox) {
        self.taken.push(at);
    }

    /// Draws as many names as there is room for. The order in which they came decides between
    /// equals, so the same map always has the same names.
    pub(super) fn draw(mut self, canvas: &mut Canvas, fonts: &Fonts) {
        let scale = canvas.view.scale;
        self.wanted.sort_by_key(|name| name.rank);
        let mut placed: Vec<&Name> = Vec::new();
        for name in &self.wanted {
            let boxes = boxes_of(name, fonts, scale);
            let frame = canvas.view.frame();
            let inside = boxes.iter().all(|own| {
                own.left >= frame.left
                    && own.top >= frame.top
                    && own.right <= frame.right
                    && own.bottom <= frame.bottom
            });
            let free = || {
                boxes
                    .iter()
                    .all(|own| !self.taken.iter().any(|other| own.touches(other)))
            };
            let apart = || {
                placed.iter().all(|other| {
                    let [x, y] = other.at_px;
                    let distance = (x - name.at_px[0]).hypot(y - name.at_px[1]);
                    other.text != name.text || distance > name.apart_px
                })
            };
            if inside && apart() && free() {
                self.taken.extend(boxes);
                placed.push(name);
            }
        }
        // Important names were placed first; they are drawn last, over the halos of the others.
        for name in placed.iter().rev() {
            draw_name(name, canvas, fonts);
        }
    }
}

/// The middle of the text.
fn text_at(name: &Name, scale: f32) -> [f32; 2] {
    let [x, y] = name.at_px;
    let below = name
        .dot
        .map_or(0.0, |_| name.style.size_px * 0.75 + DOT_PX * scale);
    [x, y + below]
}

/// Boxes that cover the name: one where it lies level, a chain of squares where it is turned.
fn boxes_of(name: &Name, fonts: &Fonts, scale: f32) -> Vec<PxBox> {
    let width = fonts.measure(&name.text, name.style.size_px);
    let height = name.style.size_px * 1.25;
    let room = 3.0 * scale;
    let [x, y] = text_at(name, scale);
    if name.angle.abs() < 0.05 {
        let mut own = PxBox::around([x, y], width, height);
        if name.dot.is_some() {
            own.top = name.at_px[1] - DOT_PX * scale;
        }
        return vec![own.grown(room)];
    }
    let count = (width / height).ceil().max(1.0);
    let (sin, cos) = name.angle.sin_cos();
    (0..count as u32)
        .map(|index| {
            let along = ((index as f32 + 0.5) / count - 0.5) * width;
            PxBox::around([x + along * cos, y + along * sin], height, height).grown(room * 0.5)
        })
        .collect()
}

fn draw_name(name: &Name, canvas: &mut Canvas, fonts: &Fonts) {
    let scale = canvas.view.scale;
    if let Some(color) = name.dot {
        let [x, y] = name.at_px;
        let halo = name.style.halo.map_or(color, |(color, _)| color);
        for (color, radius) in [(halo, DOT_PX + 1.0), (color, DOT_PX)] {
            if let Some(circle) = PathBuilder::from_circle(x, y, radius * scale) {
                canvas.fill(&circle, color, FillRule::Winding);
            }
        }
    }
    let at = text_at(name, scale);
    fonts.draw(
        canvas,
        &name.text,
        &name.style,
        at,
        Align::Center,
        name.angle,
    );
}
