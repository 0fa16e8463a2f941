//! Texts on the map: the names of the base map, and what stands in areas, none over another.

use super::outlines::halo_text;
use super::{MapColors, ScreenFromMerc};
use crate::jobs::Painted;
use crate::layer::LayerKind;
use crate::session::Session;
use crate::snapshot::{AreaIndex, Areas};
use egui::{FontId, Painter, Pos2, Rect, Shape, Vec2, vec2};

/// How far a text that is not the area's name may step aside for a name, in points: to either side,
/// and up or down.
const ASIDE: [f32; 5] = [0.0, -10.0, 10.0, -20.0, 20.0];
const DOWN: [f32; 9] = [0.0, 7.0, -7.0, 14.0, -14.0, 21.0, -21.0, 28.0, -28.0];

/// Paints what stands in the areas of the layers, of the topmost layer first, and the names of the
/// base map that this leaves room for.
pub(super) fn paint(
    painter: &Painter,
    rect: Rect,
    map: &ScreenFromMerc,
    session: &Session,
    names: Vec<Shape>,
    colors: &MapColors,
) {
    let mut room = Room {
        names: names.iter().map(Shape::visual_bounding_rect).collect(),
        taken: Vec::new(),
    };
    if let Some(town) = session.town() {
        let areas = &town.snapshot.areas;
        for spec in session.view.layers.iter().filter(|spec| spec.visible) {
            let Some(result) = session.results.layers.get(&spec.id) else {
                continue;
            };
            match &result.painted {
                Painted::Areas { labels, .. } => {
                    let texts = labels.iter().map(|(area, text)| (*area, text.as_str()));
                    paint_texts(painter, rect, map, areas, (texts, true), &mut room, colors);
                }
                Painted::Outlines { level, .. }
                    if matches!(spec.kind, LayerKind::Outlines { labels: true, .. }) =>
                {
                    let named = areas
                        .of_level(*level)
                        .filter_map(|area| Some((area, areas.name.get(area.0 as usize)?.as_str())));
                    paint_texts(painter, rect, map, areas, (named, false), &mut room, colors);
                }
                _ => {}
            }
        }
    }
    let left = names
        .into_iter()
        .filter(|name| room.leaves(name.visual_bounding_rect()));
    painter.extend(left);
}

/// What stands on the map already.
struct Room {
    /// The names of the base map.
    names: Vec<Rect>,
    /// What was painted in areas.
    taken: Vec<Rect>,
}

impl Room {
    /// Whether a name of the base map has nothing over it.
    fn leaves(&self, name: Rect) -> bool {
        !touches(&self.taken, name)
    }

    /// Where a text of this size goes: over nothing where that is possible, else over a name of the
    /// base map, which then is left out; never over another text. Only a text that may move steps
    /// aside for a name: an area's own name takes the place of the same name below it.
    fn place(&self, at: Pos2, size: Vec2, space: Rect, may_move: bool) -> Option<Rect> {
        let is_free = |place: &Rect| !touches(&self.taken, place.expand(2.0));
        let middle = Rect::from_center_size(at, size);
        if !may_move || !touches(&self.names, middle) {
            return Some(middle).filter(is_free);
        }
        let mut steps: Vec<Vec2> = ASIDE
            .iter()
            .flat_map(|right| DOWN.map(|down| vec2(*right, down)))
            .collect();
        steps.sort_by(|one, other| one.length_sq().total_cmp(&other.length_sq()));
        let aside = steps
            .into_iter()
            .map(|step| middle.translate(step))
            .find(|place| {
                let is_inside = space.contains(place.center());
                is_inside && !touches(&self.names, *place) && is_free(place)
            });
        aside.or(Some(middle).filter(is_free))
    }
}

fn touches(others: &[Rect], place: Rect) -> bool {
    others.iter().any(|other| other.intersects(place))
}

/// Paints texts inside areas, those that fit.
fn paint_texts<'a>(
    painter: &Painter,
    rect: Rect,
    map: &ScreenFromMerc,
    areas: &Areas,
    (texts, may_move): (impl Iterator<Item = (AreaIndex, &'a str)>, bool),
    room: &mut Room,
    colors: &MapColors,
) {
    for (area, text) in texts {
        let at = area.0 as usize;
        let around = areas.box_merc.get(at).filter(|around| !around.is_empty());
        let (Some(around), Some(label)) = (around, areas.label_merc.get(at)) else {
            continue;
        };
        let (space, at) = (map.rect(*around), map.screen(*label));
        if !rect.contains(at) {
            continue;
        }
        let font = FontId::proportional(12.0);
        let galley = painter.layout_no_wrap(text.to_owned(), font, colors.ink);
        let size = galley.size();
        if size.x >= space.width() * 1.05 || size.y >= space.height() {
            continue;
        }
        if let Some(place) = room.place(at, size, space, may_move) {
            room.taken.push(place);
            halo_text(painter, place.center(), text, colors.ink, colors.halo);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::{pos2, vec2};

    fn at(x: f32, y: f32) -> Rect {
        Rect::from_center_size(pos2(x, y), vec2(60.0, 14.0))
    }

    fn place(room: &Room, may_move: bool) -> Option<Rect> {
        let space = Rect::from_center_size(pos2(0.0, 0.0), vec2(100.0, 60.0));
        room.place(pos2(0.0, 0.0), vec2(30.0, 14.0), space, may_move)
    }

    #[test]
    fn a_text_steps_aside_for_a_name_and_a_name_for_an_areas_own() {
        let mut room = Room {
            names: vec![at(10.0, 3.0)],
            taken: Vec::new(),
        };
        let aside = place(&room, true).unwrap();
        assert_eq!(aside.center(), pos2(0.0, -14.0), "nearer it would touch");
        room.taken.push(aside);
        assert!(room.leaves(room.names[0]));

        room.taken.clear();
        let own = place(&room, false).unwrap();
        assert_eq!(own.center(), pos2(0.0, 0.0));
        room.taken.push(own);
        assert!(!room.leaves(room.names[0]));
    }

    #[test]
    fn texts_never_lie_over_each_other() {
        for names in [Vec::new(), vec![at(0.0, 0.0)]] {
            let mut room = Room {
                names,
                taken: Vec::new(),
            };
            while let Some(next) = place(&room, true) {
                assert!(!touches(&room.taken, next));
                room.taken.push(next);
            }
            assert!(!room.taken.is_empty());
            assert_eq!(place(&room, false), None, "then there is no room");
        }
    }
}
