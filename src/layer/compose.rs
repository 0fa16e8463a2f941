//! One flat picture of the map, without a window: for exports, for the command line, for tests.

use super::area_paint::{AreaPaint, Outline, paint_areas};
use super::base_names::{want_base_names, widest_level_span};
use super::base_paint::paint_base;
use super::canvas::{Canvas, View};
use super::furniture::Furniture;
use super::legend::Legend;
use super::marks_paint::{MarkPaint, PointPaint, paint_lines, paint_marks, paint_points};
use super::names::{Name, Names};
use super::ramp::{Palette, Tone, palette};
use super::text::{Fonts, TextStyle};
use crate::base::{Cancelled, Progress, RgbaImage};
use crate::datum::{MercBox, MercXY};
use crate::model::BaseFeature;
use tiny_skia::{Color, FilterQuality, Pixmap, PixmapPaint, PixmapRef, Transform};

/// What the picture shows.
#[derive(Debug, Clone)]
pub struct Picture<'a> {
    /// Width in pixels.
    pub width_px: u32,
    /// Height in pixels.
    pub height_px: u32,
    /// Pixels for one pixel at 96 dpi; text and lines grow with it.
    pub scale: f32,
    /// The part of the world in the picture. Its shape should be that of the picture.
    pub view_merc: MercBox,
    /// Whether the theme is dark.
    pub dark: bool,
    /// The base map, in Web Mercator metres.
    pub base: &'a [BaseFeature],
    /// What lies over it, from the lowest to the highest.
    pub layers: Vec<Layer<'a>>,
    /// What the colours mean.
    pub legends: Vec<Legend>,
    /// What the picture is about.
    pub title: String,
    /// Counts, date, filter: a line each.
    pub facts: Vec<String>,
    /// Where the base map is from.
    pub attribution: String,
    /// "Demonstration data", where it is.
    pub mark: Option<String>,
    /// Font files for characters that the shipped font has not.
    pub more_fonts: &'a [&'a [u8]],
}

/// One layer over the base map.
#[derive(Debug, Clone)]
pub enum Layer<'a> {
    /// Pixels.
    Raster(Raster<'a>),
    /// Areas.
    Areas {
        /// The areas; labels go over every layer.
        areas: Vec<AreaPaint<'a>>,
        /// 0 to 1.
        opacity: f32,
    },
    /// Lines, such as boundaries with each edge once.
    Lines {
        /// In Web Mercator metres.
        lines: &'a [Vec<MercXY>],
        /// How they are drawn.
        outline: Outline,
        /// 0 to 1.
        opacity: f32,
    },
    /// Points.
    Points(Vec<PointPaint>),
    /// Marks of places.
    Marks {
        /// The places.
        places: Vec<MarkPaint>,
        /// 0 to 1.
        opacity: f32,
    },
}

/// A picture that lies on the map.
#[derive(Debug, Clone)]
pub struct Raster<'a> {
    /// The pixels.
    pub image: &'a RgbaImage,
    /// Where they lie.
    pub box_merc: MercBox,
    /// 0 to 1.
    pub opacity: f32,
}

/// Draws the picture: base map, layers, names, then the furniture around it. The same picture
/// always has the same pixels.
///
/// # Errors
/// [`Cancelled`] where somebody asked for it.
pub fn compose(picture: &Picture, progress: &Progress) -> Result<RgbaImage, Cancelled> {
    progress.set_total(picture.layers.len() as u64 + 3);
    let scale = if picture.scale > 0.0 {
        picture.scale
    } else {
        1.0
    };
    let Some(mut pixmap) = Pixmap::new(picture.width_px, picture.height_px) else {
        return Ok(RgbaImage::transparent(picture.width_px, picture.height_px));
    };
    let palette = palette(picture.dark);
    let [r, g, b, a] = palette.tone(Tone::Land);
    pixmap.fill(Color::from_rgba8(r, g, b, a));
    let view = View::new(
        picture.view_merc,
        picture.width_px,
        picture.height_px,
        scale,
    );
    let mut canvas = Canvas { pixmap, view };
    let fonts = Fonts::new(picture.more_fonts);
    let furniture = Furniture::lay_out(picture, &view, &fonts, palette);

    paint_base(&mut canvas, picture.base, palette, progress)?;
    progress.tick(1)?;
    for layer in &picture.layers {
        match layer {
            Layer::Raster(raster) => paint_raster(&mut canvas, raster),
            Layer::Areas { areas, opacity } => {
                paint_areas(&mut canvas, areas, *opacity, palette.tone(Tone::Hatch));
            }
            Layer::Lines {
                lines,
                outline,
                opacity,
            } => paint_lines(&mut canvas, lines, *outline, *opacity),
            Layer::Marks { places, opacity } => {
                paint_marks(&mut canvas, places, *opacity, palette);
            }
            Layer::Points(points) => paint_points(&mut canvas, points, palette, progress)?,
        }
        progress.tick(1)?;
    }

    let mut names = Names::default();
    for panel in &furniture.0 {
        names.block(panel.px_box(scale));
    }
    for layer in &picture.layers {
        if let Layer::Areas { areas, .. } = layer {
            want_area_labels(&mut names, areas, palette, &fonts, &view);
        }
    }
    want_base_names(&mut names, picture.base, palette, &fonts, &view);
    names.draw(&mut canvas, &fonts);
    progress.tick(1)?;
    furniture.draw(&mut canvas, &fonts, palette);
    progress.tick(1)?;
    Ok(RgbaImage {
        width_px: picture.width_px,
        height_px: picture.height_px,
        pixels: canvas.pixmap.take(),
    })
}

fn paint_raster(canvas: &mut Canvas, raster: &Raster) {
    let image = raster.image;
    let (width, height) = (image.width_px, image.height_px);
    let Some(pixels) = PixmapRef::from_bytes(&image.pixels, width, height) else {
        return;
    };
    let at = canvas.view.px_box(&raster.box_merc);
    let place = Transform::from_row(
        (at.right - at.left) / width as f32,
        0.0,
        0.0,
        (at.bottom - at.top) / height as f32,
        at.left,
        at.top,
    );
    let opacity = raster.opacity.clamp(0.0, 1.0);
    // A picture made for this very view is laid on pixel by pixel, which is much faster.
    let near = |a: f32, b: f32| (a - b).abs() < 0.01;
    let frame = canvas.view.frame();
    if (width, height) == (canvas.pixmap.width(), canvas.pixmap.height())
        && near(at.left, frame.left)
        && near(at.top, frame.top)
        && near(at.right, frame.right)
        && near(at.bottom, frame.bottom)
    {
        lay_over(canvas.pixmap.data_mut(), &image.pixels, opacity);
        return;
    }
    let paint = PixmapPaint {
        opacity,
        quality: FilterQuality::Bilinear,
        ..PixmapPaint::default()
    };
    canvas.pixmap.draw_pixmap(0, 0, pixels, &paint, place, None);
}

/// Premultiplied pixels over opaque ones.
fn lay_over(under: &mut [u8], over: &[u8], opacity: f32) {
    let share = (opacity * 256.0) as u32;
    for (under, over) in under.chunks_exact_mut(4).zip(over.chunks_exact(4)) {
        let &[.., alpha] = over else { continue };
        if alpha == 0 {
            continue;
        }
        let keep = 255 - ((u32::from(alpha) * share) >> 8);
        for (under, over) in under.iter_mut().zip(over) {
            let mixed = ((u32::from(*over) * share) >> 8) + (u32::from(*under) * keep + 127) / 255;
            *under = mixed.min(255) as u8;
        }
    }
}

fn want_area_labels(
    names: &mut Names,
    areas: &[AreaPaint],
    palette: &Palette,
    fonts: &Fonts,
    view: &View,
) {
    let style = TextStyle {
        size_px: 12.5 * view.scale,
        ink: palette.tone(Tone::PlaceInk),
        halo: Some((palette.tone(Tone::Halo), 1.6 * view.scale)),
        bold: true,
    };
    for area in areas {
        let Some(label) = &area.label else { continue };
        let Some((room, at_px)) = widest_level_span(area.boundary_merc, view) else {
            continue;
        };
        if room >= fonts.measure(label, style.size_px) {
            names.want(Name {
                text: label.clone(),
                at_px,
                angle: 0.0,
                style,
                dot: None,
                rank: 0,
                apart_px: 0.0,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layer::area_paint::Outline;
    use crate::layer::legend::LegendKind;
    use crate::layer::ramp::Ramp;
    use crate::model::{BaseGeometry, BaseLayer};
    use geo_types::{MultiPolygon, polygon};

    /// A view of 100 × 100 m, a pixel a metre, far from everything.
    const VIEW: MercBox = MercBox {
        min_x: 0.0,
        min_y: 0.0,
        max_x: 100.0,
        max_y: 100.0,
    };

    fn picture(base: &[BaseFeature]) -> Picture<'_> {
        Picture {
            width_px: 100,
            height_px: 100,
            scale: 1.0,
            view_merc: VIEW,
            dark: false,
            base,
            layers: Vec::new(),
            legends: Vec::new(),
            title: String::new(),
            facts: Vec::new(),
            attribution: String::new(),
            mark: None,
            more_fonts: &[],
        }
    }

    fn drawn(picture: &Picture) -> RgbaImage {
        compose(picture, &Progress::new()).unwrap()
    }

    fn square(left: f64, bottom: f64, side: f64) -> MultiPolygon<f64> {
        let (right, top) = (left + side, bottom + side);
        MultiPolygon(vec![
            polygon![(x: left, y: bottom), (x: right, y: bottom), (x: right, y: top), (x: left, y: top)],
        ])
    }

    fn water(boundary: MultiPolygon<f64>) -> BaseFeature {
        BaseFeature {
            layer: BaseLayer::Water,
            kind: "lake".to_owned(),
            name: String::new(),
            min_zoom: 0,
            geometry: BaseGeometry::Polygon(boundary),
        }
    }

    #[test]
    fn north_is_up_and_the_base_map_is_under_the_layers() {
        let base = [water(square(50.0, 50.0, 50.0))];
        let boundary = square(75.0, 75.0, 25.0);
        let red = [200, 0, 0, 255];
        let area = AreaPaint {
            boundary_merc: &boundary,
            fill: Some(red),
            hatched: false,
            outline: None,
            label: None,
        };
        let mut picture = picture(&base);
        picture.layers.push(Layer::Areas {
            areas: vec![area],
            opacity: 1.0,
        });
        let image = drawn(&picture);
        let palette = palette(false);
        assert_eq!(image.get(20, 20), Some(palette.tone(Tone::Land)));
        assert_eq!(image.get(60, 40), Some(palette.tone(Tone::Water)));
        assert_eq!(image.get(90, 10), Some(red));
        assert_eq!(image.get(90, 96), Some(palette.tone(Tone::Land)));
    }

    #[test]
    fn a_raster_lies_where_its_box_is_and_later_layers_cover_earlier_ones() {
        let pixels = [[0, 0, 200, 255]; 4].concat();
        let image = RgbaImage {
            width_px: 2,
            height_px: 2,
            pixels,
        };
        let raster = Raster {
            image: &image,
            box_merc: MercBox {
                min_x: 20.0,
                max_x: 60.0,
                min_y: 40.0,
                max_y: 80.0,
            },
            opacity: 1.0,
        };
        let point = PointPaint {
            at_merc: MercXY { x: 40.0, y: 60.0 },
            color: [0, 150, 0, 255],
            radius_px: 5.0,
        };
        let mut picture = picture(&[]);
        picture.layers = vec![Layer::Raster(raster), Layer::Points(vec![point])];
        let image = drawn(&picture);
        assert_eq!(image.get(30, 30), Some([0, 0, 200, 255]));
        assert_eq!(image.get(40, 40), Some([0, 150, 0, 255]));
        assert_eq!(image.get(80, 30), Some(palette(false).tone(Tone::Land)));
        picture.layers.reverse();
        assert_eq!(drawn(&picture).get(40, 40), Some([0, 0, 200, 255]));
    }

    #[test]
    fn a_raster_of_the_very_view_is_mixed_as_any_other() {
        let image = RgbaImage {
            width_px: 100,
            height_px: 100,
            pixels: [60, 0, 30, 120].repeat(100 * 100),
        };
        let mut picture = picture(&[]);
        for grown in [0.0, 0.05] {
            picture.layers.push(Layer::Raster(Raster {
                image: &image,
                box_merc: VIEW.grown(grown),
                opacity: 0.5,
            }));
        }
        let exact = Picture {
            layers: picture.layers[..1].to_vec(),
            ..picture.clone()
        };
        picture.layers.remove(0);
        let (exact, other) = (drawn(&exact), drawn(&picture));
        let (exact, other) = (exact.get(50, 20).unwrap(), other.get(50, 20).unwrap());
        for (exact, other) in exact.iter().zip(other) {
            assert!(exact.abs_diff(other) <= 2, "{exact} {other}");
        }
        assert_ne!(exact, palette(false).tone(Tone::Land));
    }

    #[test]
    fn no_data_is_hatched_and_is_no_colour_of_a_class() {
        let boundary = square(0.0, 0.0, 100.0);
        let area = AreaPaint {
            boundary_merc: &boundary,
            fill: None,
            hatched: true,
            outline: Some(Outline {
                color: [0, 0, 0, 255],
                width_px: 1.0,
                dashed: true,
            }),
            label: None,
        };
        let mut picture = picture(&[]);
        picture.layers.push(Layer::Areas {
            areas: vec![area],
            opacity: 1.0,
        });
        let image = drawn(&picture);
        let row: std::collections::BTreeSet<_> =
            (20..40).filter_map(|x| image.get(x, 50)).collect();
        assert!(row.contains(&palette(false).tone(Tone::Land)));
        // Grey on a nearly grey ground: the channels stay close together.
        let spread = |[r, g, b, _]: [u8; 4]| r.abs_diff(g).max(g.abs_diff(b)).max(r.abs_diff(b));
        assert!(
            row.len() > 1 && row.iter().all(|pixel| spread(*pixel) <= 20),
            "{row:?}"
        );
    }

    #[test]
    fn the_mark_is_on_the_picture_and_small_or_empty_pictures_do_not_fail() {
        let plain = drawn(&picture(&[]));
        let mut marked = picture(&[]);
        marked.mark = Some("演示数据".to_owned());
        assert_ne!(drawn(&marked), plain);
        marked.title = "一个很长的标题，长得放不下".to_owned();
        marked.legends = vec![Legend {
            title: "图例".to_owned(),
            unit: "件/km²".to_owned(),
            kind: LegendKind::density(Ramp::Need, 300.0),
            notes: Vec::new(),
        }];
        for (width_px, height_px) in [(0, 0), (1, 1), (40, 3)] {
            marked.width_px = width_px;
            marked.height_px = height_px;
            let image = drawn(&marked);
            assert_eq!(image.pixels.len() as u32, width_px * height_px * 4);
        }
        marked.view_merc = MercBox::EMPTY;
        marked.width_px = 50;
        marked.height_px = 50;
        assert_eq!(drawn(&marked).width_px, 50);
    }

    #[test]
    fn cancelling_stops_it() {
        let progress = Progress::new();
        progress.cancel();
        assert_eq!(compose(&picture(&[]), &progress), Err(Cancelled));
    }
}
