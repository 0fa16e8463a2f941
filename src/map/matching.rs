//! Resources on the map, and lines to those for whom they are proposed.

use super::places::{mark, place};
use super::{MapColors, ScreenFromMerc, overlay};
use crate::analysis::{MatchOutcome, Matching};
use crate::datum::{ground_m_per_merc_m, merc_from_lonlat};
use crate::jobs::Town;
use crate::layer::PLACE_MARK_PX;
use crate::session::{Inspected, Session, Worksheet};
use egui::{Painter, Pos2, Rect, Shape, Stroke, Vec2};

/// How far from its mark a name stands, in points.
const NAME_AWAY: f32 = 18.0;

/// Paints the resources while their sheet is open, and the lines of what is looked at.
pub(super) fn paint(
    painter: &Painter,
    map: &ScreenFromMerc,
    session: &Session,
    pointer: Option<Pos2>,
    colors: &MapColors,
) {
    let (Some(town), Some(matched)) = (session.town(), session.matched()) else {
        return;
    };
    let matching = &*matched.matching;
    let at = |resource: u32| place(town, map, resource);
    let mut named: Vec<u32> = Vec::new();
    if let Some(Inspected::Household(row)) = session.inspected
        && let Some(home) = town.snapshot.households.merc(row)
    {
        for outcome in matching.outcomes.get(matching.of(row)).unwrap_or_default() {
            if let MatchOutcome::Matched { resource, .. } = outcome
                && let Some(there) = at(*resource)
            {
                line(painter, map.screen(home), there, colors);
                mark(painter, town, (*resource, there), 1.0, (1.0, colors));
                named.push(*resource);
            }
        }
    }
    if session.worksheet == Some(Worksheet::Matching) {
        if let Some(chosen) = session.chosen_resource {
            paint_chosen(painter, map, (town, matching), chosen, colors);
            named.push(chosen);
        }
        let all = 0..town.snapshot.resources.len() as u32;
        for (resource, there) in all.filter_map(|resource| Some((resource, at(resource)?))) {
            mark(painter, town, (resource, there), 1.0, (1.0, colors));
            let touched = Rect::from_center_size(there, Vec2::splat(PLACE_MARK_PX * 2.6));
            if pointer.is_some_and(|pointer| touched.contains(pointer)) {
                named.push(resource);
            }
        }
    }
    named.sort_unstable();
    named.dedup();
    let plates: Vec<(Pos2, f32, &str)> = named
        .into_iter()
        .filter_map(|resource| {
            let name = town.snapshot.resources.name.get(resource);
            Some((at(resource)?, NAME_AWAY, name))
        })
        .collect();
    overlay::paint_plates(painter, &plates, colors);
}

/// How far a resource reaches, and to whom it is proposed.
fn paint_chosen(
    painter: &Painter,
    map: &ScreenFromMerc,
    (town, matching): (&Town, &Matching),
    chosen: u32,
    colors: &MapColors,
) {
    let offer = matching.offers.get(chosen as usize).copied().flatten();
    let (Some(there), Some(offer)) = (place(town, map, chosen), offer) else {
        return;
    };
    let m_per_merc = ground_m_per_merc_m(merc_from_lonlat(offer.at).y);
    let radius = (offer.radius_m / m_per_merc * map.points_per_merc_m()) as f32;
    painter.circle_stroke(there, radius, Stroke::new(1.0, colors.accent));
    for need in matching.needs_at(chosen) {
        let row = matching.needs.get(need).map(|need| need.household);
        if let Some(home) = row.and_then(|row| town.snapshot.households.merc(row)) {
            line(painter, map.screen(home), there, colors);
        }
    }
    mark(painter, town, (chosen, there), 1.6, (1.0, colors));
}

fn line(painter: &Painter, from: Pos2, to: Pos2, colors: &MapColors) {
    let stroke = Stroke::new(1.2, colors.accent.gamma_multiply(0.6));
    painter.add(Shape::line_segment([from, to], stroke));
}
