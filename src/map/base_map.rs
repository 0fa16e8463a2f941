//! The base map: a PMTiles file or a tile server, drawn by walkers in the house's style.

use crate::jobs::BaseMapFacts;
use crate::layer::base_style::{Draw, NamePlace, RULES, Rule, Stops};
use crate::layer::{Rgba, Tone, palette};
use egui::{Context, Rect, pos2, vec2};
use std::sync::Arc;
use walkers::sources::{Attribution, TileSource};
use walkers::{
    Color, Filter, Float, HttpTiles, Layout, Paint, PmTiles, Style, StyleLayer, TileId, TilePiece, Tiles, json,
    linear_zoom_interpolation,
};

/// Which tiles are drawn, and how.
#[derive(Debug, Clone, PartialEq)]
pub enum BaseMapSource {
    /// None.
    Nothing,
    /// A file that was checked.
    File(Arc<BaseMapFacts>),
    /// A server's template.
    Template(String),
}

/// Vector tiles are made for this many points a side.
const VECTOR_TILE_POINTS: u32 = 512;

/// Zoom levels of the style count tiles of 256 points; walkers counts the tiles' own, which
/// for tiles of 512 is one less.
const ZOOM_SHIFT: f32 = 1.0;

/// Tiles that stay from frame to frame until the source or the theme changes.
#[derive(Default)]
pub(super) struct BaseMap {
    made_for: Option<(BaseMapSource, bool)>,
    tiles: Option<Box<dyn Tiles>>,
}

impl BaseMap {
    /// The tiles of a source in a theme.
    pub(super) fn tiles(&mut self, ctx: &Context, source: &BaseMapSource, dark: bool) -> Option<&mut dyn Tiles> {
        let wanted = (source.clone(), dark);
        if self.made_for.as_ref() != Some(&wanted) {
            self.tiles = match source {
                BaseMapSource::Nothing => None,
                BaseMapSource::File(facts) => Some(file_tiles(ctx, facts, dark)),
                BaseMapSource::Template(template) => Some(template_tiles(ctx, template)),
            };
            self.made_for = Some(wanted);
        }
        self.tiles.as_deref_mut().map(|tiles| tiles as &mut dyn Tiles)
    }
}

fn file_tiles(ctx: &Context, facts: &BaseMapFacts, dark: bool) -> Box<dyn Tiles> {
    let tile_size = if facts.is_vector { VECTOR_TILE_POINTS } else { 256 };
    let inner = PmTiles::with_style_and_tile_size(&facts.path, style(dark), tile_size, ctx.clone());
    Box::new(Overzoom { inner, min_zoom: facts.min_zoom, max_zoom: facts.max_zoom })
}

fn template_tiles(ctx: &Context, template: &str) -> Box<dyn Tiles> {
    Box::new(HttpTiles::new(Template(template.to_owned()), ctx.clone()))
}

/// A tile server's address with `{z}`, `{x}` and `{y}`.
struct Template(String);

impl TileSource for Template {
    fn tile_url(&self, tile: TileId) -> String {
        self.0
            .replace("{z}", &tile.zoom.to_string())
            .replace("{x}", &tile.x.to_string())
            .replace("{y}", &tile.y.to_string())
    }

    fn attribution(&self) -> Attribution {
        Attribution { text: "", url: "", logo_light: None, logo_dark: None }
    }
}

/// Asks for the deepest level that a file has where the map is closer than that.
struct Overzoom<T> {
    inner: T,
    min_zoom: u8,
    max_zoom: u8,
}

impl<T: Tiles> Tiles for Overzoom<T> {
    fn at(&mut self, tile: TileId) -> Option<TilePiece> {
        if tile.zoom < self.min_zoom {
            return None;
        }
        let Some(deeper) = tile.zoom.checked_sub(self.max_zoom).filter(|deeper| *deeper > 0) else {
            return self.inner.at(tile);
        };
        let parts = 1_u32.checked_shl(u32::from(deeper))?;
        let ancestor = TileId { x: tile.x / parts, y: tile.y / parts, zoom: self.max_zoom };
        let piece = self.inner.at(ancestor)?;
        let size = piece.uv.size() / parts as f32;
        let offset = vec2((tile.x % parts) as f32 * size.x, (tile.y % parts) as f32 * size.y);
        let corner = pos2(piece.uv.min.x + offset.x, piece.uv.min.y + offset.y);
        Some(TilePiece::new(piece.tile, Rect::from_min_size(corner, size)))
    }

    fn attribution(&self) -> Attribution {
        self.inner.attribution()
    }

    fn tile_size(&self) -> u32 {
        self.inner.tile_size()
    }
}

/// The house's style as walkers reads it.
fn style(dark: bool) -> Style {
    let colors = palette(dark);
    let background = StyleLayer::Background {
        paint: Paint { background_color: Some(color(colors.tone(Tone::Land))), ..Paint::default() },
    };
    let names = RULES.iter().filter(|rule| matches!(rule.draw, Draw::Name { .. }));
    let shapes = RULES.iter().filter(|rule| !matches!(rule.draw, Draw::Name { .. }));
    let layers = shapes.chain(names).filter_map(|rule| style_layer(rule, dark));
    Style { layers: std::iter::once(background).chain(layers).collect() }
}

fn style_layer(rule: &Rule, dark: bool) -> Option<StyleLayer> {
    let colors = palette(dark);
    let source_layer = rule.layer.code().into();
    let filter = Some(filter(rule));
    Some(match rule.draw {
        Draw::Fill { tone } => StyleLayer::Fill {
            source_layer,
            filter,
            paint: Paint { fill_color: Some(color(colors.tone(tone))), ..Paint::default() },
        },
        Draw::Line { tone, width_px } => StyleLayer::Line {
            source_layer,
            filter,
            paint: Paint {
                line_color: Some(color(colors.tone(tone))),
                line_width: Some(by_zoom(width_px)),
                ..Paint::default()
            },
        },
        // Walkers writes on points and along lines only.
        Draw::Name { place: NamePlace::Inside, .. } => return None,
        Draw::Name { ink, halo, size_px, .. } => StyleLayer::Symbol {
            source_layer,
            minzoom: Some(rule.min_zoom - ZOOM_SHIFT),
            filter,
            layout: Layout {
                text_field: Some(json!(["get", "name"])),
                text_size: Some(by_zoom(size_px)),
                text_padding: Some(Float(json!(6))),
            },
            paint: Some(Paint {
                text_color: Some(color(colors.tone(ink))),
                text_halo_color: Some(color(colors.tone(halo))),
                text_halo_width: Some(Float(json!(1.3))),
                ..Paint::default()
            }),
        },
    })
}

fn color([red, green, blue, alpha]: Rgba) -> Color {
    Color(json!(format!("rgba({red}, {green}, {blue}, {})", f32::from(alpha) / 255.0)))
}

fn by_zoom(stops: Stops) -> Float {
    let stops: Vec<(f64, f64)> =
        stops.iter().map(|(zoom, size)| (f64::from(zoom - ZOOM_SHIFT), f64::from(*size))).collect();
    linear_zoom_interpolation(&stops)
}

/// Kinds and the smallest zoom level of a rule.
fn filter(rule: &Rule) -> Filter {
    let near = json!([">=", ["zoom"], (rule.min_zoom - ZOOM_SHIFT).floor()]);
    if rule.kinds.is_empty() {
        return Filter(json!(["all", near]));
    }
    Filter(json!(["all", near, ["in", ["get", "kind"], ["literal", rule.kinds]]]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use walkers::Context as Features;

    #[test]
    fn a_rule_takes_its_kinds_from_its_zoom_level_on() {
        let rule = RULES.iter().find(|rule| rule.id == "minor").unwrap();
        let matches = |kind: &str, zoom: u8| {
            let properties = [("kind".to_owned(), json!(kind))].into_iter().collect();
            filter(rule).matches(&Features::new("LineString".to_owned(), properties, zoom))
        };
        assert!(matches("minor_road", 14));
        assert!(!matches("major_road", 14));
        assert!(!matches("minor_road", 10));
    }

    #[test]
    fn a_template_is_filled_in() {
        let template = Template("https://tiles.example/{z}/{x}/{y}.png".into());
        assert_eq!(template.tile_url(TileId { x: 3, y: 5, zoom: 4 }), "https://tiles.example/4/3/5.png");
    }
}
