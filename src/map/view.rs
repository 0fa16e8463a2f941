//! The map widget.

use super::MapColors;
use super::base_map::{BaseMap, attribution, base_map_source};
use super::camera::{center, center_at, set_zoom, show_box};
use super::marks::paint_marks;
use super::texture_cache::TextureCache;
use super::tools::{Drawing, Tool};
use super::{
    ScreenFromMerc, dots, fills, finding, labels, matching, outlines, overlay, pick, places,
    placing, trial,
};
use crate::datum::{MercBox, MercXY, lonlat_from_merc, merc_from_lonlat};
use crate::jobs::Painted;
use crate::layer::MANY_DOTS;
use crate::model::LonLat;
use crate::session::{Command, Inspected, Session, Viewport};
use egui::{Context, DragPanButtons, Key, Painter, PointerButton, Rect, Response, Ui, pos2, vec2};
use walkers::{Map, MapMemory, lon_lat};

/// How far the wheel turns for one zoom level, in points of scrolling.
const WHEEL_POINTS_PER_LEVEL: f64 = 130.0;

/// The map: where it looks, its tiles and textures, the tool in hand.
pub struct MapView {
    memory: MapMemory,
    home: MercXY,
    base_map: BaseMap,
    textures: TextureCache,
    /// The tool in hand.
    pub tool: Tool,
    drawing: Option<Drawing>,
    wanted: Option<MercBox>,
    rect: Rect,
    /// Whether the pointer was over the map in the last frame.
    pointed: bool,
}

impl Default for MapView {
    fn default() -> Self {
        let mut memory = MapMemory::default();
        // All of China, until something is opened.
        let home = merc_from_lonlat(LonLat {
            lon: 105.0,
            lat: 35.0,
        });
        center_at(&mut memory, home);
        set_zoom(&mut memory, 4.0);
        Self {
            memory,
            home,
            base_map: BaseMap::default(),
            textures: TextureCache::default(),
            tool: Tool::default(),
            drawing: None,
            wanted: None,
            rect: Rect::NOTHING,
            pointed: false,
        }
    }
}

impl MapView {
    /// Moves the map to a box as soon as its size on screen is known.
    pub fn show_box(&mut self, box_merc: MercBox) {
        self.wanted = Some(box_merc);
    }

    /// Zooms about the middle.
    pub fn zoom_by(&mut self, levels: f64) {
        let zoom = self.memory.zoom() + levels;
        set_zoom(&mut self.memory, zoom);
    }

    /// The zoom level, as tiles count it.
    pub fn zoom(&self) -> f64 {
        self.memory.zoom()
    }

    /// Moves the middle by a share of the screen.
    pub fn pan_by(&mut self, right: f32, down: f32) {
        let map = self.screen_from_merc();
        let to = self.rect.center() + vec2(right * self.rect.width(), down * self.rect.height());
        center_at(&mut self.memory, map.merc(to));
    }

    /// Where the map was on screen in the last frame.
    pub fn rect(&self) -> Rect {
        self.rect
    }

    /// The place under the pointer.
    pub fn pointer_lonlat(&self, ctx: &Context) -> Option<LonLat> {
        let at = ctx
            .pointer_hover_pos()
            .filter(|at| self.rect.contains(*at))?;
        Some(lonlat_from_merc(self.screen_from_merc().merc(at)))
    }

    fn screen_from_merc(&self) -> ScreenFromMerc {
        ScreenFromMerc::new(
            self.rect,
            center(&self.memory, self.home),
            self.memory.zoom(),
        )
    }

    /// Draws the map and turns what the mouse does into commands.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        colors: &MapColors,
        out: &mut Vec<Command>,
    ) {
        self.rect = ui.available_rect_before_wrap();
        if let Some(wanted) = self.wanted.take() {
            show_box(&mut self.memory, wanted, self.rect);
        }
        ui.painter().rect_filled(self.rect, 0.0, colors.land);
        let source = base_map_source(session);
        let at = lonlat_from_merc(self.home);
        let pans = self.tool == Tool::Pan || session.placing.is_some();
        let tiles = self.base_map.tiles(ui.ctx(), &source, colors.dark);
        let map = Map::new(
            tiles.map(|tiles| tiles as &mut dyn walkers::Tiles),
            &mut self.memory,
            lon_lat(at.lon, at.lat),
        )
        .zoom_gesture(false)
        .panning(false)
        .drag_pan_buttons(if pans {
            DragPanButtons::all()
        } else {
            DragPanButtons::SECONDARY
        })
        .pull_to_my_position_threshold(0.0);
        let response = map.show(ui, |_, _, _, _| ()).response;
        self.zoom_by_gesture(ui, &response, session.placing.is_none());
        let map = self.screen_from_merc();
        let painter = ui.painter().with_clip_rect(self.rect);
        self.paint_layers(ui.ctx(), &painter, &map, session, colors);
        let names = self
            .base_map
            .names(ui.ctx(), &map, self.rect, self.memory.zoom());
        labels::paint(&painter, self.rect, &map, session, names, colors);
        paint_marks(&painter, &map, session, colors);
        trial::paint(&painter, self.rect, &map, session, colors);
        finding::paint(&painter, &map, session, colors);
        places::paint_reach(&painter, &map, session, response.hover_pos(), colors);
        matching::paint(&painter, &map, session, response.hover_pos(), colors);
        self.use_tool(ui, &response, &map, session, out);
        if let Some(placing) = session.placing {
            let pointer = response.hover_pos();
            placing::paint(&painter, &map, session, placing, pointer, colors);
        } else if let Some(drawing) = &self.drawing {
            overlay::paint_drawing(&painter, &map, self.tool, drawing, colors);
        }
        let mark = session
            .is_demo()
            .then(|| session.lang.t("common.demo_mark"));
        let attributed = overlay::paint_attribution(
            &painter,
            self.rect,
            mark.as_deref(),
            &attribution(session, &source),
            colors,
        );
        overlay::paint_scale_bar(&painter, self.rect, &map, attributed, colors);
        self.report_viewport(ui, &map, session, out);
    }

    /// The wheel, a pinch and a double click zoom about the pointer: what is under it stays.
    fn zoom_by_gesture(&mut self, ui: &Ui, response: &Response, by_double_click: bool) {
        let Some(at) = response.hover_pos() else {
            return;
        };
        let (scroll_points, pinch) =
            ui.input(|input| (input.smooth_scroll_delta.y, input.zoom_delta()));
        let mut levels =
            f64::from(scroll_points) / WHEEL_POINTS_PER_LEVEL + f64::from(pinch).log2();
        if self.tool == Tool::Pan
            && by_double_click
            && response.double_clicked_by(PointerButton::Primary)
        {
            levels += 1.0;
        }
        if levels.abs() < 1e-4 {
            return;
        }
        let under = self.screen_from_merc().merc(at);
        let zoom = self.memory.zoom() + levels;
        set_zoom(&mut self.memory, zoom);
        let now = self.screen_from_merc();
        let middle = now.merc(self.rect.center());
        let moved = now.merc(at);
        center_at(
            &mut self.memory,
            MercXY {
                x: middle.x + under.x - moved.x,
                y: middle.y + under.y - moved.y,
            },
        );
        ui.ctx().request_repaint();
    }

    fn report_viewport(
        &self,
        ui: &Ui,
        map: &ScreenFromMerc,
        session: &Session,
        out: &mut Vec<Command>,
    ) {
        let pixels = ui.ctx().pixels_per_point();
        let viewport = Viewport {
            box_merc: map.box_merc(self.rect),
            width_px: (self.rect.width() * pixels).round().max(1.0) as u32,
            height_px: (self.rect.height() * pixels).round().max(1.0) as u32,
            zoom: self.memory.zoom(),
        };
        if session.viewport != Some(viewport) {
            out.push(Command::SetViewport(viewport));
        }
    }

    /// Paints the stack from the bottom up.
    fn paint_layers(
        &mut self,
        ctx: &Context,
        painter: &Painter,
        map: &ScreenFromMerc,
        session: &Session,
        colors: &MapColors,
    ) {
        self.textures
            .keep(|layer| session.results.layers.contains_key(&layer));
        let Some(town) = session.town() else { return };
        for spec in session.view.layers.iter().rev().filter(|spec| spec.visible) {
            let Some(result) = session.results.layers.get(&spec.id) else {
                continue;
            };
            match &result.painted {
                Painted::Raster { image, box_merc } => {
                    let texture = self.textures.texture(ctx, spec.id, result.serial, image);
                    let uv = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
                    let tint = colors.untinted.gamma_multiply(spec.opacity);
                    painter.image(texture.id(), map.rect(*box_merc), uv, tint);
                }
                Painted::Dots { rows } => {
                    let style = dots::DotStyle {
                        fill: colors.dot.gamma_multiply(spec.opacity),
                        ring: colors.ring.gamma_multiply(spec.opacity),
                    };
                    // Thousands of dots over a heat map would hide it.
                    let style = if rows.len() > MANY_DOTS {
                        style.faded()
                    } else {
                        style
                    };
                    dots::paint(painter, self.rect, map, &town.snapshot, rows, style);
                }
                Painted::Areas {
                    values,
                    colors: classes,
                    ..
                } => {
                    fills::paint(
                        painter,
                        map,
                        &town.mesh,
                        values,
                        classes,
                        spec.opacity,
                        colors.hatch,
                    );
                }
                Painted::Places { resources } => {
                    let look = (spec.opacity, colors);
                    places::paint(painter, self.rect, map, town, resources, look);
                }
                Painted::Outlines { level, lines } => {
                    let line = colors.outline.gamma_multiply(spec.opacity);
                    outlines::paint(painter, self.rect, map, lines, *level, line);
                }
            }
        }
    }

    fn use_tool(
        &mut self,
        ui: &Ui,
        response: &Response,
        map: &ScreenFromMerc,
        session: &Session,
        out: &mut Vec<Command>,
    ) {
        let pointer = response.hover_pos();
        if let Some(placing) = session.placing {
            placing::use_click(ui, response, map, session, placing, out);
            return;
        }
        if self.tool == Tool::Pan {
            let under = pointer
                .filter(|_| !response.dragged())
                .and_then(|at| pick::pick(session, map, at));
            // What the list points at stays while the pointer is not over the map.
            let leaves = std::mem::replace(&mut self.pointed, pointer.is_some());
            if under != session.hovered && (pointer.is_some() || leaves) {
                out.push(Command::Hover(under));
            }
            let resource = pointer.and_then(|at| places::pick(session, map, at));
            if response.clicked_by(PointerButton::Primary) {
                if resource.is_some() || session.chosen_resource.is_some() {
                    out.push(Command::MarkResource(resource));
                }
                if resource.is_none() {
                    out.push(Command::Inspect(under));
                }
            }
            let is_household = under.is_some_and(|under| matches!(under, Inspected::Household(_)));
            if is_household || resource.is_some() {
                ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
            }
            return;
        }
        if response.hovered() {
            ui.ctx().set_cursor_icon(egui::CursorIcon::Crosshair);
        }
        if ui.input(|input| input.key_pressed(Key::Escape)) {
            self.drawing = None;
            self.tool = Tool::Pan;
            return;
        }
        let at = response.interact_pointer_pos().map(|at| map.merc(at));
        if response.drag_started_by(PointerButton::Primary) {
            let from = ui
                .input(|input| input.pointer.press_origin())
                .map(|at| map.merc(at))
                .or(at);
            self.drawing = Some(Drawing {
                line: from.into_iter().collect(),
            });
        }
        if let (true, Some(drawing), Some(at)) = (
            response.dragged_by(PointerButton::Primary),
            &mut self.drawing,
            at,
        ) {
            if self.tool == Tool::Measure {
                drawing.line.truncate(1);
            }
            drawing.extend(self.tool, at);
        }
        if response.drag_stopped_by(PointerButton::Primary) && self.tool != Tool::Measure {
            out.extend(
                self.drawing
                    .take()
                    .and_then(|drawing| drawing.finish(self.tool)),
            );
        }
    }
}
