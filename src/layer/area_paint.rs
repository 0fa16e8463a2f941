//! Areas in the flat picture: fills, hatching where there is no data, outlines, labels.

use super::canvas::{Canvas, boundary_path};
use super::ramp::Rgba;
use geo_types::MultiPolygon;
use tiny_skia::{
    FillRule, FilterQuality, Paint, Path, Pattern, Pixmap, PremultipliedColorU8, SpreadMode,
    Transform,
};

/// One area and how it is drawn.
#[derive(Debug, Clone)]
pub struct AreaPaint<'a> {
    /// Its boundary in Web Mercator metres.
    pub boundary_merc: &'a MultiPolygon<f64>,
    /// Its fill, with straight alpha.
    pub fill: Option<Rgba>,
    /// Whether it is hatched, as there is no data.
    pub hatched: bool,
    /// Its outline.
    pub outline: Option<Outline>,
    /// A name or a figure to stand inside, where there is room.
    pub label: Option<String>,
}

/// The outline of an area.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outline {
    /// Its colour.
    pub color: Rgba,
    /// Its width at 96 dpi.
    pub width_px: f32,
    /// Whether it is dashed.
    pub dashed: bool,
}

/// Dashes and the gaps between them, at 96 dpi.
pub(super) const DASH_PX: [f32; 2] = [4.0, 4.0];

/// Paints fills first, then all outlines, so that no fill covers a neighbour's outline.
pub(super) fn paint_areas(canvas: &mut Canvas, areas: &[AreaPaint], opacity: f32, hatch: Rgba) {
    let scale = canvas.view.scale;
    let shown: Vec<(&AreaPaint, Path)> = areas
        .iter()
        .filter_map(|area| {
            let path = boundary_path(area.boundary_merc, &canvas.view)?;
            let own = path.bounds();
            let frame = canvas.view.frame();
            let in_view = own.left() < frame.right
                && own.right() > frame.left
                && own.top() < frame.bottom
                && own.bottom() > frame.top;
            in_view.then_some((area, path))
        })
        .collect();
    let tile = hatch_tile(faded(hatch, opacity), scale);
    for (area, path) in &shown {
        if let Some(fill) = area.fill {
            canvas.fill(path, faded(fill, opacity), FillRule::EvenOdd);
        }
        if area.hatched {
            hatch_path(canvas, path, tile.as_ref());
        }
    }
    for (area, path) in &shown {
        if let Some(outline) = area.outline {
            let dash = outline.dashed.then(|| DASH_PX.map(|length| length * scale));
            let color = faded(outline.color, opacity);
            canvas.stroke(path, color, outline.width_px * scale, dash);
        }
    }
}

/// A colour with its alpha lowered.
pub(super) fn faded([r, g, b, a]: Rgba, opacity: f32) -> Rgba {
    [
        r,
        g,
        b,
        (f32::from(a) * opacity.clamp(0.0, 1.0)).round() as u8,
    ]
}

/// Fills a path with a hatching.
pub(super) fn hatch_path(canvas: &mut Canvas, path: &Path, tile: Option<&Pixmap>) {
    let Some(tile) = tile else { return };
    let paint = Paint {
        shader: Pattern::new(
            tile.as_ref(),
            SpreadMode::Repeat,
            FilterQuality::Nearest,
            1.0,
            Transform::identity(),
        ),
        ..Paint::default()
    };
    canvas
        .pixmap
        .fill_path(path, &paint, FillRule::EvenOdd, Transform::identity(), None);
}

/// A square of diagonal lines that repeats without a seam.
pub(super) fn hatch_tile(color: Rgba, scale: f32) -> Option<Pixmap> {
    let size = (7.0 * scale).round().max(4.0) as u32;
    let half_width = 0.55 * scale;
    let mut tile = Pixmap::new(size, size)?;
    for (at, pixel) in tile.pixels_mut().iter_mut().enumerate() {
        let (x, y) = (at as u32 % size, at as u32 / size);
        let along = ((x + y) % size) as f32 + 0.5;
        let off = along.min(size as f32 - along) * std::f32::consts::FRAC_1_SQRT_2;
        let share = (half_width + 0.5 - off).clamp(0.0, 1.0);
        let [r, g, b, a] = super::heat::premultiplied(faded(color, share));
        if let Some(color) = PremultipliedColorU8::from_rgba(r, g, b, a) {
            *pixel = color;
        }
    }
    Some(tile)
}
