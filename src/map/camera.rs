//! Where the map looks: between walkers' memory and Mercator metres on screen.

use crate::datum::{MERC_HALF_M, MercBox, MercXY, lonlat_from_merc, merc_from_lonlat};
use crate::model::LonLat;
use egui::{Pos2, Rect, pos2};
use walkers::{MapMemory, lon_lat};

/// Points of a tile side at its own zoom level.
const TILE_POINTS: f64 = 256.0;

/// The closest that the map goes: a street fills the screen.
const MAX_ZOOM: f64 = 20.0;

/// The farthest that the map goes: a province fits.
const MIN_ZOOM: f64 = 3.0;

/// The linear map from Mercator metres to points on screen, for one frame.
#[derive(Debug, Clone, Copy)]
pub struct ScreenFromMerc {
    center_screen: Pos2,
    center_merc: MercXY,
    points_per_merc_m: f64,
}

impl ScreenFromMerc {
    /// From a zoom level and what is in the middle of a rectangle.
    pub fn new(rect: Rect, center_merc: MercXY, zoom: f64) -> Self {
        let points_per_merc_m = TILE_POINTS * zoom.exp2() / (2.0 * MERC_HALF_M);
        Self {
            center_screen: rect.center(),
            center_merc,
            points_per_merc_m,
        }
    }

    /// Where a place is on screen.
    pub fn screen(&self, merc: MercXY) -> Pos2 {
        pos2(
            self.center_screen.x + ((merc.x - self.center_merc.x) * self.points_per_merc_m) as f32,
            self.center_screen.y - ((merc.y - self.center_merc.y) * self.points_per_merc_m) as f32,
        )
    }

    /// Which place is at a point of the screen.
    pub fn merc(&self, screen: Pos2) -> MercXY {
        MercXY {
            x: self.center_merc.x
                + f64::from(screen.x - self.center_screen.x) / self.points_per_merc_m,
            y: self.center_merc.y
                - f64::from(screen.y - self.center_screen.y) / self.points_per_merc_m,
        }
    }

    /// The rectangle of a box on screen.
    pub fn rect(&self, box_merc: MercBox) -> Rect {
        Rect::from_two_pos(
            self.screen(MercXY {
                x: box_merc.min_x,
                y: box_merc.max_y,
            }),
            self.screen(MercXY {
                x: box_merc.max_x,
                y: box_merc.min_y,
            }),
        )
    }

    /// The box of a rectangle of the screen.
    pub fn box_merc(&self, rect: Rect) -> MercBox {
        MercBox::EMPTY
            .with(self.merc(rect.min))
            .with(self.merc(rect.max))
    }

    /// Points of the screen for one Mercator metre.
    pub fn points_per_merc_m(&self) -> f64 {
        self.points_per_merc_m
    }
}

/// What is in the middle of the map.
pub(super) fn center(memory: &MapMemory, fallback: MercXY) -> MercXY {
    memory.detached().map_or(fallback, |at| {
        merc_from_lonlat(LonLat {
            lon: at.x(),
            lat: at.y(),
        })
    })
}

/// Points the map at a box so that all of it is seen.
pub(super) fn show_box(memory: &mut MapMemory, box_merc: MercBox, rect: Rect) {
    if box_merc.is_empty() {
        return;
    }
    // A little room around, so that nothing sits on the edge.
    let (width, height) = (
        box_merc.width().max(1.0) * 1.06,
        box_merc.height().max(1.0) * 1.06,
    );
    let points_per_merc_m =
        (f64::from(rect.width()) / width).min(f64::from(rect.height()) / height);
    let zoom = (points_per_merc_m * 2.0 * MERC_HALF_M / TILE_POINTS).log2();
    center_at(memory, box_merc.center());
    set_zoom(memory, zoom);
}

pub(super) fn center_at(memory: &mut MapMemory, merc: MercXY) {
    let at = lonlat_from_merc(merc);
    memory.center_at(lon_lat(at.lon, at.lat));
}

/// Sets the zoom level within what the map allows.
pub(super) fn set_zoom(memory: &mut MapMemory, zoom: f64) {
    // The range is walkers' own, so a clamped level is always valid.
    let _ = memory.set_zoom(if zoom.is_finite() {
        zoom.clamp(MIN_ZOOM, MAX_ZOOM)
    } else {
        MIN_ZOOM
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let rect = Rect::from_min_max(pos2(10.0, 20.0), pos2(810.0, 620.0));
        let map = ScreenFromMerc::new(
            rect,
            MercXY {
                x: 13_500_000.0,
                y: 3_520_000.0,
            },
            15.0,
        );
        let place = map.merc(pos2(100.0, 100.0));
        let back = map.screen(place);
        assert!((back - pos2(100.0, 100.0)).length() < 0.01);
        assert!(map.merc(pos2(100.0, 90.0)).y > place.y);
        let shown = map.rect(map.box_merc(rect));
        assert!((shown.min - rect.min).length() < 0.01 && (shown.max - rect.max).length() < 0.01);
    }

    #[test]
    fn a_box_is_shown_whole() {
        let rect = Rect::from_min_max(pos2(0.0, 0.0), pos2(800.0, 600.0));
        let mut memory = MapMemory::default();
        let around = MercBox {
            min_x: 13_490_000.0,
            min_y: 3_520_000.0,
            max_x: 13_495_000.0,
            max_y: 3_529_000.0,
        };
        show_box(&mut memory, around, rect);
        let map = ScreenFromMerc::new(rect, center(&memory, around.center()), memory.zoom());
        assert!(map.box_merc(rect).covers(&around));
        assert!(map.rect(around).height() > 500.0);
    }
}
