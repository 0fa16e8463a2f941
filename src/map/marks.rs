//! What is chosen, selected or under the pointer.

use super::MapColors;
use super::{ScreenFromMerc, outlines, overlay};
use crate::layer::dot_radius_px;
use crate::session::{Inspected, Session};
use egui::{Painter, Shape, Stroke};

/// A larger selection than this is marked by colour, not by rings.
const MOST_RINGS: usize = 120;

/// What is chosen, selected or under the pointer.
pub(super) fn paint_marks(
    painter: &Painter,
    map: &ScreenFromMerc,
    session: &Session,
    colors: &MapColors,
) {
    let Some(town) = session.town() else { return };
    let snapshot = &town.snapshot;
    if let Some(selection) = &session.view.selection {
        let radius = dot_radius_px(map.points_per_merc_m());
        let places = selection
            .iter()
            .take(crate::jobs::MAX_DOTS)
            .filter_map(|row| snapshot.households.merc(row));
        let places = places.map(|merc| map.screen(merc));
        if selection.count() <= MOST_RINGS {
            painter.extend(
                places.map(|at| {
                    Shape::circle_stroke(at, radius + 2.0, Stroke::new(1.5, colors.accent))
                }),
            );
        } else {
            // So many rings would be a blot: the dots themselves change colour.
            painter.extend(places.map(|at| Shape::circle_filled(at, radius + 0.4, colors.accent)));
        }
    }
    for (what, width) in [(session.hovered, 1.5), (session.inspected, 2.5)] {
        match what {
            Some(Inspected::Area(area)) => {
                outlines::paint_one(
                    painter,
                    map,
                    &snapshot.areas,
                    area,
                    Stroke::new(width, colors.accent),
                );
                let name = snapshot.areas.name.get(area.0 as usize);
                let at = snapshot
                    .areas
                    .label_merc
                    .get(area.0 as usize)
                    .map(|at| map.screen(*at));
                if let (Some(name), Some(at)) = (name, at) {
                    overlay::paint_plate(painter, at, name, colors);
                }
            }
            Some(Inspected::Household(row)) => {
                if let Some(at) = snapshot.households.merc(row).map(|merc| map.screen(merc)) {
                    let radius = dot_radius_px(map.points_per_merc_m()) + 4.0;
                    painter.circle_filled(at, radius - 3.0, colors.dot);
                    painter.circle_stroke(at, radius, Stroke::new(width, colors.accent));
                }
            }
            None => {}
        }
    }
}
