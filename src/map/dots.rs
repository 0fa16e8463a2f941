//! A dot a household.

use super::ScreenFromMerc;
use crate::layer::dot_radius_px;
use crate::snapshot::Snapshot;
use egui::{Color32, Painter, Rect, Stroke};

/// How dots look.
#[derive(Debug, Clone, Copy)]
pub(super) struct DotStyle {
    pub(super) fill: Color32,
    pub(super) ring: Color32,
}

impl DotStyle {
    /// The same, quieter.
    pub(super) fn faded(self) -> Self {
        Self {
            fill: self.fill.gamma_multiply(0.6),
            ring: self.ring.gamma_multiply(0.3),
        }
    }
}

/// Paints the households of these rows that are on screen.
pub(super) fn paint(
    painter: &Painter,
    rect: Rect,
    map: &ScreenFromMerc,
    snapshot: &Snapshot,
    rows: &[u32],
    style: DotStyle,
) {
    let radius = dot_radius_px(map.points_per_merc_m());
    // Rings around the smallest dots would be all that is seen of them.
    let ring = if radius < 2.2 {
        style.ring.gamma_multiply(0.45)
    } else {
        style.ring
    };
    let stroke = Stroke::new((radius * 0.3).clamp(0.4, 1.2), ring);
    let seen = rect.expand(radius);
    let places = rows
        .iter()
        .filter_map(|row| snapshot.households.merc(*row))
        .map(|merc| map.screen(merc));
    painter.extend(places.filter(|at| seen.contains(*at)).map(|at| {
        egui::epaint::CircleShape {
            center: at,
            radius,
            fill: style.fill,
            stroke,
        }
        .into()
    }));
}
