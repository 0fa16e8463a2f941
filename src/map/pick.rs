//! What is under the pointer.

use super::ScreenFromMerc;
use crate::datum::MercXY;
use crate::jobs::Painted;
use crate::model::AreaLevel;
use crate::session::{Inspected, Session};
use egui::Pos2;

/// How far from a dot the pointer still means it, in points.
const REACH_POINTS: f32 = 8.0;

/// The household dot at a point of the screen, else the smallest shown area there.
pub(super) fn pick(session: &Session, map: &ScreenFromMerc, at: Pos2) -> Option<Inspected> {
    let merc = map.merc(at);
    pick_dot(session, map, at).or_else(|| pick_area(session, merc))
}

/// Only a dot that is painted can be picked.
fn pick_dot(session: &Session, map: &ScreenFromMerc, at: Pos2) -> Option<Inspected> {
    let town = session.town()?;
    let painted = session
        .view
        .layers
        .iter()
        .filter(|layer| layer.visible)
        .filter_map(
            |layer| match &session.results.layers.get(&layer.id)?.painted {
                Painted::Dots { rows } => Some(rows),
                _ => None,
            },
        );
    let within_m = f64::from(REACH_POINTS) / map.points_per_merc_m();
    for rows in painted {
        let near = town.snapshot.points.nearest(map.merc(at), within_m);
        if let Some(row) = near.filter(|row| rows.binary_search(row).is_ok()) {
            return Some(Inspected::Household(row));
        }
        // The nearest household of all may not be among the painted ones.
        let nearest = rows
            .iter()
            .filter_map(|row| Some((row, town.snapshot.households.merc(*row)?)))
            .map(|(row, place)| (row, map.screen(place).distance(at)))
            .filter(|(_, distance)| *distance <= REACH_POINTS)
            .min_by(|(_, one), (_, other)| one.total_cmp(other));
        if let Some((row, _)) = nearest {
            return Some(Inspected::Household(*row));
        }
    }
    None
}

/// The level at which areas are picked: that of the topmost shown area layer, else grids.
fn picked_level(session: &Session) -> AreaLevel {
    session
        .view
        .layers
        .iter()
        .filter(|layer| layer.visible)
        .find_map(|layer| layer.kind.level())
        .unwrap_or(AreaLevel::Grid)
}

fn pick_area(session: &Session, merc: MercXY) -> Option<Inspected> {
    let town = session.town()?;
    town.snapshot
        .area_at(merc, picked_level(session))
        .map(Inspected::Area)
}
