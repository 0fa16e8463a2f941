//! The names of the base map: where each would stand.

use super::base_paint::{features_in_view, taken_by};
use super::base_style::{Draw, NamePlace, RULES, at_zoom};
use super::canvas::View;
use super::names::{Name, Names};
use super::ramp::Palette;
use super::text::{Fonts, TextStyle};
use crate::model::{BaseFeature, BaseGeometry};
use geo_types::{LineString, MultiPolygon};
use std::collections::BTreeMap;

/// The same name again only this far away, at 96 dpi.
const APART_PX: f32 = 380.0;

/// How far a stretch may bend and still carry a name, at 96 dpi.
const BEND_PX: f32 = 2.5;

type Chain = Vec<[f32; 2]>;

/// Asks for room for every name in view.
pub(super) fn want_base_names(
    names: &mut Names,
    features: &[BaseFeature],
    palette: &Palette,
    fonts: &Fonts,
    view: &View,
) {
    let zoom = view.zoom();
    let visible: Vec<&BaseFeature> = features_in_view(features, view)
        .into_iter()
        .filter(|feature| !feature.name.is_empty())
        .collect();
    for rule in RULES.iter().filter(|rule| rule.min_zoom <= zoom) {
        let Draw::Name {
            ink,
            halo,
            size_px,
            place,
            rank,
            bold,
        } = rule.draw
        else {
            continue;
        };
        let template = Name {
            text: String::new(),
            at_px: [0.0; 2],
            angle: 0.0,
            style: TextStyle {
                size_px: at_zoom(size_px, zoom) * view.scale,
                ink: palette.tone(ink),
                halo: Some((palette.tone(halo), 1.4 * view.scale)),
                bold,
            },
            dot: (place == NamePlace::UnderDot).then(|| palette.tone(ink)),
            rank,
            apart_px: APART_PX * view.scale,
        };
        let taken = taken_by(rule, &visible, zoom);
        match place {
            NamePlace::Point | NamePlace::UnderDot => want_points(names, taken, &template, view),
            NamePlace::Along => want_along(names, taken, &template, fonts, view),
            NamePlace::Inside => want_inside(names, taken, &template, fonts, view),
        }
    }
}

fn want_points<'a>(
    names: &mut Names,
    features: impl Iterator<Item = &'a BaseFeature>,
    template: &Name,
    view: &View,
) {
    for feature in features {
        if let BaseGeometry::Point(at) = &feature.geometry {
            names.want(Name {
                text: feature.name.clone(),
                at_px: view.px_from_merc(at.x(), at.y()),
                ..template.clone()
            });
        }
    }
}

/// Names along lines. Lines of one name are joined first, as tiles and crossings cut them up.
fn want_along<'a>(
    names: &mut Names,
    features: impl Iterator<Item = &'a BaseFeature>,
    template: &Name,
    fonts: &Fonts,
    view: &View,
) {
    let mut by_name: BTreeMap<&str, Vec<Chain>> = BTreeMap::new();
    for feature in features {
        if let BaseGeometry::Line(line) = &feature.geometry {
            let chain = px_chain(line, view);
            by_name.entry(&feature.name).or_default().push(chain);
        }
    }
    for (text, chains) in by_name {
        let width = fonts.measure(text, template.style.size_px) + 12.0 * view.scale;
        let mut places: Vec<(f32, Name)> = Vec::new();
        for chain in joined(chains) {
            for (from, till) in straight_stretches(&chain, BEND_PX * view.scale) {
                let (dx, dy) = (till[0] - from[0], till[1] - from[1]);
                let length = dx.hypot(dy);
                let count = (length / template.apart_px).floor().max(1.0);
                if length < width {
                    continue;
                }
                for index in 0..count as u32 {
                    let share = (index as f32 + 0.5) / count;
                    let name = Name {
                        text: text.to_owned(),
                        at_px: [from[0] + dx * share, from[1] + dy * share],
                        angle: upright(dy.atan2(dx)),
                        ..template.clone()
                    };
                    places.push((length, name));
                }
            }
        }
        // The longest stretch first.
        places.sort_by(|a, b| b.0.total_cmp(&a.0));
        for (_, name) in places {
            names.want(name);
        }
    }
}

fn px_chain(line: &LineString<f64>, view: &View) -> Chain {
    line.0
        .iter()
        .map(|at| view.px_from_merc(at.x, at.y))
        .collect()
}

/// An angle turned by half a turn where the text would stand on its head.
fn upright(angle: f32) -> f32 {
    use std::f32::consts::{FRAC_PI_2, PI};
    if angle > FRAC_PI_2 {
        angle - PI
    } else if angle <= -FRAC_PI_2 {
        angle + PI
    } else {
        angle
    }
}

/// Chains whose ends meet become one.
fn joined(mut chains: Vec<Chain>) -> Vec<Chain> {
    chains.retain(|chain| chain.len() > 1);
    let meet = |a: Option<&[f32; 2]>, b: Option<&[f32; 2]>| match (a, b) {
        (Some(a), Some(b)) => (a[0] - b[0]).abs() < 0.6 && (a[1] - b[1]).abs() < 0.6,
        _ => false,
    };
    let mut done: Vec<Chain> = Vec::new();
    while let Some(mut chain) = chains.pop() {
        let next = |chain: &Chain| {
            chains.iter().position(|other| {
                let ends = [other.first(), other.last()];
                ends.iter()
                    .any(|end| meet(chain.last(), *end) || meet(chain.first(), *end))
            })
        };
        let Some(at) = next(&chain) else {
            done.push(chain);
            continue;
        };
        let mut other = chains.swap_remove(at);
        // Bring both into the order: end of this one, start of the other.
        if meet(chain.first(), other.first()) || meet(chain.first(), other.last()) {
            chain.reverse();
        }
        if meet(chain.last(), other.last()) {
            other.reverse();
        }
        chain.extend(other.into_iter().skip(1));
        chains.push(chain);
    }
    done
}

/// The ends of stretches that are straight but for a small bend.
fn straight_stretches(chain: &Chain, bend_px: f32) -> Vec<([f32; 2], [f32; 2])> {
    let mut stretches = Vec::new();
    let mut start = 0;
    while start + 1 < chain.len() {
        let mut end = start + 1;
        while end + 1 < chain.len() && is_straight(&chain[start..=end + 1], bend_px) {
            end += 1;
        }
        stretches.push((chain[start], chain[end]));
        start = end;
    }
    stretches
}

fn is_straight(points: &[[f32; 2]], bend_px: f32) -> bool {
    let (Some(a), Some(b)) = (points.first(), points.last()) else {
        return false;
    };
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let length = dx.hypot(dy);
    points.iter().all(|at| {
        let (x, y) = (at[0] - a[0], at[1] - a[1]);
        let across = (x * dy - y * dx).abs() / length.max(f32::MIN_POSITIVE);
        let along = (x * dx + y * dy) / length.max(f32::MIN_POSITIVE);
        across <= bend_px && along >= -bend_px && along <= length + bend_px
    })
}

/// Names inside polygons, on the widest of a few level lines through the polygon.
fn want_inside<'a>(
    names: &mut Names,
    features: impl Iterator<Item = &'a BaseFeature>,
    template: &Name,
    fonts: &Fonts,
    view: &View,
) {
    for feature in features {
        let BaseGeometry::Polygon(boundary) = &feature.geometry else {
            continue;
        };
        let width = fonts.measure(&feature.name, template.style.size_px);
        let Some((room, at_px)) = widest_level_span(boundary, view) else {
            continue;
        };
        if room >= width * 0.9 {
            names.want(Name {
                text: feature.name.clone(),
                at_px,
                ..template.clone()
            });
        }
    }
}

/// The longest of some level lines that lie inside a boundary and the picture: its length and
/// its middle.
pub(super) fn widest_level_span(
    boundary: &MultiPolygon<f64>,
    view: &View,
) -> Option<(f32, [f32; 2])> {
    let rings: Vec<Chain> = boundary
        .iter()
        .flat_map(|part| std::iter::once(part.exterior()).chain(part.interiors()))
        .map(|ring| px_chain(ring, view))
        .collect();
    let heights = rings.iter().flatten().map(|at| at[1]);
    let top = heights.clone().fold(f32::INFINITY, f32::min).max(0.0);
    let bottom = heights
        .fold(f32::NEG_INFINITY, f32::max)
        .min(view.height_px);
    let mut best: Option<(f32, [f32; 2])> = None;
    for share in [0.5, 0.4, 0.6, 0.3, 0.7] {
        let y = top + (bottom - top) * share;
        let mut crossings: Vec<f32> = rings
            .iter()
            .flat_map(|ring| ring.windows(2))
            .filter_map(|side| match side {
                [a, b] if (a[1] > y) != (b[1] > y) => {
                    Some(a[0] + (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]))
                }
                _ => None,
            })
            .collect();
        crossings.sort_by(f32::total_cmp);
        for pair in crossings.chunks_exact(2) {
            let (left, right) = (pair[0].max(0.0), pair[1].min(view.width_px));
            let room = right - left;
            if room > best.map_or(0.0, |(room, _)| room * 1.1) {
                best = Some((room, [f32::midpoint(left, right), y]));
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::datum::MercBox;
    use geo_types::polygon;

    #[test]
    fn pieces_of_a_road_become_one_whatever_their_direction() {
        let pieces = vec![
            vec![[20.0, 0.0], [10.0, 0.0]],
            vec![[0.0, 0.0], [10.0, 0.0]],
            vec![[30.0, 0.0], [20.0, 0.0]],
            vec![[0.0, 90.0], [10.0, 90.0]],
        ];
        let mut lengths: Vec<usize> = joined(pieces).iter().map(Vec::len).collect();
        lengths.sort_unstable();
        assert_eq!(lengths, [2, 4]);
    }

    #[test]
    fn a_corner_ends_a_stretch() {
        let chain = vec![[0.0, 0.0], [50.0, 1.0], [100.0, 0.0], [100.0, 80.0]];
        assert_eq!(
            straight_stretches(&chain, 2.5),
            [([0.0, 0.0], [100.0, 0.0]), ([100.0, 0.0], [100.0, 80.0])]
        );
    }

    #[test]
    fn text_never_stands_on_its_head() {
        use std::f32::consts::PI;
        for step in -16..=16 {
            let angle = upright(step as f32 * PI / 16.0);
            assert!(angle.cos() >= -1e-6, "{step}");
        }
    }

    #[test]
    fn a_name_stands_inside_a_horseshoe() {
        let merc = MercBox {
            min_x: 0.0,
            min_y: 0.0,
            max_x: 100.0,
            max_y: 100.0,
        };
        let view = View::new(merc, 100, 100, 1.0);
        let horseshoe = polygon![(x: 0.0, y: 0.0), (x: 90.0, y: 0.0), (x: 90.0, y: 90.0), (x: 60.0, y: 90.0), (x: 60.0, y: 5.0), (x: 10.0, y: 5.0), (x: 10.0, y: 90.0), (x: 0.0, y: 90.0)];
        let (room, at) = widest_level_span(&MultiPolygon(vec![horseshoe]), &view).unwrap();
        assert!(
            (room - 30.0).abs() < 0.01 && (at[0] - 75.0).abs() < 0.01,
            "{room} {at:?}"
        );
    }
}
