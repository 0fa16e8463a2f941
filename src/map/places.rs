//! The resources as a layer: a mark each, and how far the one under the pointer reaches.

use super::{MapColors, ScreenFromMerc, overlay};
use crate::analysis::Unstated;
use crate::datum::{ground_m_per_merc_m, merc_from_lonlat};
use crate::jobs::{Painted, Town};
use crate::layer::{PLACE_MARK_PX, PlaceMark};
use crate::session::{Session, Worksheet};
use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, pos2, vec2};

/// How far from a mark the pointer still means it, in points.
const REACH_POINTS: f32 = 9.0;

/// Where a resource is on screen.
pub(super) fn place(town: &Town, map: &ScreenFromMerc, resource: u32) -> Option<Pos2> {
    let position = town.snapshot.resources.position(resource as usize)?;
    Some(map.screen(merc_from_lonlat(position)))
}

/// Paints the marks of a layer.
pub(super) fn paint(
    painter: &Painter,
    rect: Rect,
    map: &ScreenFromMerc,
    town: &Town,
    resources: &[u32],
    (opacity, colors): (f32, &MapColors),
) {
    let seen = rect.expand(PLACE_MARK_PX);
    for resource in resources {
        if let Some(at) = place(town, map, *resource).filter(|at| seen.contains(*at)) {
            mark(painter, town, (*resource, at), 1.0, (opacity, colors));
        }
    }
}

/// One mark, so many times its usual size.
pub(super) fn mark(
    painter: &Painter,
    town: &Town,
    (resource, at): (u32, Pos2),
    times: f32,
    (opacity, colors): (f32, &MapColors),
) {
    let resources = &town.snapshot.resources;
    let Some(category) = resources.category.get(resource as usize) else {
        return;
    };
    let mark = PlaceMark::of(*category);
    let [red, green, blue, _] = mark.color;
    let fill = Color32::from_rgb(red, green, blue).gamma_multiply(opacity);
    let edge = Stroke::new(1.2, colors.ring.gamma_multiply(opacity));
    let corners = mark.corners(PLACE_MARK_PX * times);
    let corners = corners.into_iter().map(|[x, y]| at + vec2(x, y)).collect();
    painter.add(Shape::convex_polygon(corners, fill, edge));
}

/// The resource under a point of the screen, of the layers that are shown.
pub(super) fn pick(session: &Session, map: &ScreenFromMerc, at: Pos2) -> Option<u32> {
    let town = session.town()?;
    let near = |resource: &u32| {
        let distance = place(town, map, *resource)?.distance(at);
        (distance <= REACH_POINTS).then_some((distance, *resource))
    };
    let shown = shown(session).flatten();
    let nearest = shown.filter_map(near);
    let nearest = nearest.min_by(|(one, _), (other, _)| one.total_cmp(other));
    nearest.map(|(_, resource)| resource)
}

/// The resources of every layer of them that is shown.
fn shown(session: &Session) -> impl Iterator<Item = &Vec<u32>> {
    let layers = session.view.layers.iter().filter(|layer| layer.visible);
    layers.filter_map(
        |layer| match &session.results.layers.get(&layer.id)?.painted {
            Painted::Places { resources } => Some(&**resources),
            _ => None,
        },
    )
}

/// Paints how far the resource under the pointer reaches, and the one that was chosen; what they are
/// stands on a plate.
pub(super) fn paint_reach(
    painter: &Painter,
    map: &ScreenFromMerc,
    session: &Session,
    pointer: Option<Pos2>,
    colors: &MapColors,
) {
    // The sheet of needs and resources marks and names them itself.
    if session.worksheet == Some(Worksheet::Matching) {
        return;
    }
    let Some(town) = session.town() else { return };
    let under = pointer.and_then(|at| pick(session, map, at));
    let chosen = session
        .chosen_resource
        .filter(|chosen| shown(session).any(|resources| resources.contains(chosen)));
    let other = chosen.filter(|chosen| Some(*chosen) != under);
    for resource in [other, under].into_iter().flatten() {
        paint_one(painter, map, session, (town, resource), colors);
    }
}

fn paint_one(
    painter: &Painter,
    map: &ScreenFromMerc,
    session: &Session,
    (town, resource): (&Town, u32),
    colors: &MapColors,
) {
    let (lang, resources) = (session.lang, &town.snapshot.resources);
    let at = resource as usize;
    let Some(position) = resources.position(at) else {
        return;
    };
    let position = merc_from_lonlat(position);
    let there = map.screen(position);
    let stated_m = resources.radius_m.get(at).copied();
    let stated_m = stated_m.filter(|metres| metres.is_finite());
    let radius_m = stated_m.unwrap_or_else(|| Unstated::of(&town.snapshot.catalogue).radius_m);
    let radius = radius_m / ground_m_per_merc_m(position.y) * map.points_per_merc_m();
    let radius = radius as f32;
    painter.circle(
        there,
        radius,
        colors.accent.gamma_multiply(0.06),
        Stroke::new(1.0, colors.accent),
    );
    mark(painter, town, (resource, there), 1.4, (1.0, colors));
    let category = resources.category.get(at).copied().unwrap_or_default();
    let term = town.snapshot.catalogue.needs.get(usize::from(category));
    let distance = overlay::distance_text(radius_m);
    let key = if stated_m.is_some() {
        "ui.matching_reach"
    } else {
        "ui.place_reach_assumed"
    };
    let facts = [
        term.map_or("", |term| term.name(lang)).to_owned(),
        lang.with(key, &[("distance", &distance)]),
        resources.hours.get(resource).to_owned(),
    ];
    let facts: Vec<String> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
    let text = format!("{}\n{}", resources.name.get(resource), facts.join(" · "));
    overlay::paint_plate(painter, pos2(there.x, there.y - 34.0), &text, colors);
}
