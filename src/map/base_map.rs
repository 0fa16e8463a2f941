//! The base map: a `PMTiles` file or a tile server, drawn by walkers in the house's style.

use super::ScreenFromMerc;
use crate::datum::{MERC_HALF_M, MercBox};
use crate::jobs::BaseMapFacts;
use crate::layer::base_style::{Draw, NamePlace, RULES, Rule, Stops};
use crate::layer::{Rgba, Tone, palette};
use crate::session::{BaseMapChoice, Session};
use egui::{Context, Rect, Shape, pos2, vec2};
use std::sync::Arc;
use walkers::sources::{Attribution, TileSource};
use walkers::{
    Color, Filter, Float, HttpTiles, Layout, Paint, PmTiles, Style, StyleLayer, Text, Tile, TileId,
    TilePiece, Tiles, json, linear_zoom_interpolation, place_texts,
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

/// Tiles that stay from frame to frame until the source or the theme changes. Shapes lie below
/// the layers; names stand over them.
#[derive(Default)]
pub(super) struct BaseMap {
    made_for: Option<(BaseMapSource, bool)>,
    shapes: Option<Box<dyn Tiles>>,
    names: Option<Box<dyn Tiles>>,
}

impl BaseMap {
    /// The tiles of a source in a theme.
    pub(super) fn tiles(
        &mut self,
        ctx: &Context,
        source: &BaseMapSource,
        dark: bool,
    ) -> Option<&mut dyn Tiles> {
        let wanted = (source.clone(), dark);
        if self.made_for.as_ref() != Some(&wanted) {
            (self.shapes, self.names) = match source {
                BaseMapSource::Nothing => (None, None),
                BaseMapSource::File(facts) => (
                    Some(file_tiles(ctx, facts, shapes_style(dark))),
                    facts
                        .is_vector
                        .then(|| file_tiles(ctx, facts, names_style(dark))),
                ),
                BaseMapSource::Template(template) => (Some(template_tiles(ctx, template)), None),
            };
            self.made_for = Some(wanted);
        }
        self.shapes
            .as_deref_mut()
            .map(|tiles| tiles as &mut dyn Tiles)
    }

    /// Names on screen, placed so that none covers another.
    pub(super) fn names(
        &mut self,
        ctx: &Context,
        map: &ScreenFromMerc,
        rect: Rect,
        zoom: f64,
    ) -> Vec<Shape> {
        let Some(tiles) = &mut self.names else {
            return Vec::new();
        };
        let tile_size = tiles.tile_size();
        let level =
            (zoom.round() as i32 - i32::from(tile_size == VECTOR_TILE_POINTS)).clamp(0, 22) as u8;
        let tile_zoom = zoom - f64::from(ZOOM_SHIFT);
        let mut texts: Vec<Text> = Vec::new();
        for tile in tiles_on_screen(map, rect, level) {
            let Some(TilePiece {
                tile: Tile::Vector { texts: found, .. },
                uv,
            }) = tiles.at(tile)
            else {
                continue;
            };
            let place = tile_rect(map, tile);
            let whole = Rect::from_min_size(
                place.min - vec2(place.width() * uv.min.x, place.height() * uv.min.y) / uv.width(),
                place.size() / uv.width(),
            );
            let scale = whole.width() / tile_size as f32;
            let on_screen = |text: Text| Text {
                position: whole.min + text.position.to_vec2() * scale,
                max_width: text.max_width.map(|width| width * scale),
                ..text
            };
            texts.extend(
                found
                    .into_iter()
                    .filter(|text| {
                        text.min_zoom
                            .is_none_or(|least| tile_zoom >= f64::from(least))
                    })
                    .map(on_screen)
                    .filter(|text| place.contains(text.position) && rect.contains(text.position)),
            );
        }
        // The style lists the more important names first; within one rule, by place, so that
        // names do not change places from frame to frame.
        texts.sort_by(|a, b| a.layer.cmp(&b.layer).then_with(|| a.text.cmp(&b.text)));
        place_texts(texts, ctx)
    }
}

/// Where a tile lies on screen.
fn tile_rect(map: &ScreenFromMerc, tile: TileId) -> Rect {
    let side_m = 2.0 * MERC_HALF_M / f64::from(tile.zoom).exp2();
    let west = f64::from(tile.x) * side_m - MERC_HALF_M;
    let north = MERC_HALF_M - f64::from(tile.y) * side_m;
    map.rect(MercBox {
        min_x: west,
        min_y: north - side_m,
        max_x: west + side_m,
        max_y: north,
    })
}

/// The tiles of a level on screen.
fn tiles_on_screen(map: &ScreenFromMerc, rect: Rect, level: u8) -> Vec<TileId> {
    let side_m = 2.0 * MERC_HALF_M / f64::from(level).exp2();
    let last = (f64::from(level).exp2() as u32).saturating_sub(1);
    let seen = map.box_merc(rect);
    let column = |x: f64| (((x + MERC_HALF_M) / side_m).max(0.0) as u32).min(last);
    let row = |y: f64| (((MERC_HALF_M - y) / side_m).max(0.0) as u32).min(last);
    let (west, east) = (column(seen.min_x), column(seen.max_x));
    let (north, south) = (row(seen.max_y), row(seen.min_y));
    (north..=south)
        .flat_map(|y| (west..=east).map(move |x| TileId { x, y, zoom: level }))
        .collect()
}

fn file_tiles(ctx: &Context, facts: &BaseMapFacts, style: Style) -> Box<dyn Tiles> {
    let tile_size = if facts.is_vector {
        VECTOR_TILE_POINTS
    } else {
        256
    };
    let inner = PmTiles::with_style_and_tile_size(&facts.path, style, tile_size, ctx.clone());
    Box::new(Overzoom {
        inner,
        min_zoom: facts.min_zoom,
        max_zoom: facts.max_zoom,
    })
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
        Attribution {
            text: "",
            url: "",
            logo_light: None,
            logo_dark: None,
        }
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
        let Some(deeper) = tile
            .zoom
            .checked_sub(self.max_zoom)
            .filter(|deeper| *deeper > 0)
        else {
            return self.inner.at(tile);
        };
        let parts = 1_u32.checked_shl(u32::from(deeper))?;
        let ancestor = TileId {
            x: tile.x / parts,
            y: tile.y / parts,
            zoom: self.max_zoom,
        };
        let piece = self.inner.at(ancestor)?;
        let size = piece.uv.size() / parts as f32;
        let offset = vec2(
            (tile.x % parts) as f32 * size.x,
            (tile.y % parts) as f32 * size.y,
        );
        let corner = pos2(piece.uv.min.x + offset.x, piece.uv.min.y + offset.y);
        Some(TilePiece::new(
            piece.tile,
            Rect::from_min_size(corner, size),
        ))
    }

    fn attribution(&self) -> Attribution {
        self.inner.attribution()
    }

    fn tile_size(&self) -> u32 {
        self.inner.tile_size()
    }
}

/// The house's style of what lies below the layers, as walkers reads it.
fn shapes_style(dark: bool) -> Style {
    let ground = color(palette(dark).tone(Tone::Land));
    let background = StyleLayer::Background {
        paint: Paint {
            background_color: Some(ground),
            ..Paint::default()
        },
    };
    let shapes = RULES
        .iter()
        .filter(|rule| !matches!(rule.draw, Draw::Name { .. }));
    Style {
        layers: std::iter::once(background)
            .chain(shapes.filter_map(|rule| style_layer(rule, dark)))
            .collect(),
    }
}

/// The house's style of the names, the more important ones first.
fn names_style(dark: bool) -> Style {
    let rank = |rule: &&Rule| match rule.draw {
        Draw::Name { rank, .. } => rank,
        _ => u8::MAX,
    };
    let mut names: Vec<&Rule> = RULES.iter().filter(|rule| rank(rule) < u8::MAX).collect();
    names.sort_by_key(rank);
    Style {
        layers: names
            .into_iter()
            .filter_map(|rule| style_layer(rule, dark))
            .collect(),
    }
}

fn style_layer(rule: &Rule, dark: bool) -> Option<StyleLayer> {
    let colors = palette(dark);
    let source_layer = rule.layer.code().into();
    let filter = Some(filter(rule));
    Some(match rule.draw {
        Draw::Fill { tone } => StyleLayer::Fill {
            source_layer,
            filter,
            paint: Paint {
                fill_color: Some(color(colors.tone(tone))),
                ..Paint::default()
            },
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
        Draw::Name {
            place: NamePlace::Inside,
            ..
        } => return None,
        Draw::Name {
            ink, halo, size_px, ..
        } => StyleLayer::Symbol {
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
    Color(json!(format!(
        "rgba({red}, {green}, {blue}, {})",
        f32::from(alpha) / 255.0
    )))
}

fn by_zoom(stops: Stops) -> Float {
    let stops: Vec<(f64, f64)> = stops
        .iter()
        .map(|(zoom, size)| (f64::from(zoom - ZOOM_SHIFT), f64::from(*size)))
        .collect();
    linear_zoom_interpolation(&stops)
}

/// Kinds and the smallest zoom level of a rule.
fn filter(rule: &Rule) -> Filter {
    let near = json!([">=", ["zoom"], (rule.min_zoom - ZOOM_SHIFT).floor()]);
    if rule.kinds.is_empty() {
        return Filter(json!(["all", near]));
    }
    // Walkers lists what is allowed behind the property, not in a list of its own.
    let mut kinds = vec![json!("in"), json!(["get", "kind"])];
    kinds.extend(rule.kinds.iter().map(|kind| json!(kind)));
    Filter(json!(["all", near, kinds]))
}

/// Which tiles the session asks for.
pub(super) fn base_map_source(session: &Session) -> BaseMapSource {
    match (&session.settings.base_map, &session.base_map) {
        (BaseMapChoice::Nothing, _) => BaseMapSource::Nothing,
        (BaseMapChoice::Template(template), _) => BaseMapSource::Template(template.clone()),
        (_, Some(facts)) => BaseMapSource::File(facts.clone()),
        (_, None) => BaseMapSource::Nothing,
    }
}

/// Whom to name for the tiles.
pub(super) fn attribution(session: &Session, source: &BaseMapSource) -> String {
    let who = match source {
        BaseMapSource::Nothing => return String::new(),
        BaseMapSource::File(facts) if facts.attribution.is_empty() => return facts.name.clone(),
        BaseMapSource::File(facts) => facts.attribution.as_str(),
        BaseMapSource::Template(template) => template.split('/').nth(2).unwrap_or(template),
    };
    // Makers of maps mostly bring their own sign.
    let sign = if who.starts_with('©') { "" } else { "© " };
    session
        .lang
        .with("map.base_map_by", &[("who", &format!("{sign}{who}"))])
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
        assert_eq!(
            template.tile_url(TileId {
                x: 3,
                y: 5,
                zoom: 4
            }),
            "https://tiles.example/4/3/5.png"
        );
    }
}
