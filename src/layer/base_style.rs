//! The one style of the base map, as plain data. The flat picture is painted by it, and the window
//! makes its own style of it, so both look the same.

use super::base_kinds::{
    BIG_ROADS, BUILT, CIVIC, GREEN, HIGHWAY, LANDMARKS, MAJOR, MINOR, PARKS, PATH, RAIL, STREAMS,
};
use super::ramp::Tone;
use crate::model::BaseLayer::{self, Buildings, Earth, Landuse, Places, Pois, Roads, Water};

/// A figure by zoom level, linear between the stops and level beyond them. Zoom levels are those
/// of web maps: at 0 the world is 256 pixels wide. Figures are pixels at 96 dpi.
pub type Stops = &'static [(f32, f32)];

/// What is drawn of which features. Rules are drawn in order; a feature may meet several.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Its name, for whoever needs to tell rules apart.
    pub id: &'static str,
    /// The layer of the features.
    pub layer: BaseLayer,
    /// Their kinds; none means every kind.
    pub kinds: &'static [&'static str],
    /// From this zoom level on.
    pub min_zoom: f32,
    /// How.
    pub draw: Draw,
}

/// How features are drawn. Each way takes the geometries that it can: fills take polygons, lines
/// take lines.
#[derive(Debug, Clone, Copy)]
pub enum Draw {
    /// Polygons, filled.
    Fill {
        /// The colour.
        tone: Tone,
    },
    /// Lines.
    Line {
        /// The colour.
        tone: Tone,
        /// The width.
        width_px: Stops,
    },
    /// Names.
    Name {
        /// The colour.
        ink: Tone,
        /// The colour around it.
        halo: Tone,
        /// Height of the type.
        size_px: Stops,
        /// Where it stands.
        place: NamePlace,
        /// Lower goes first where there is no room for all.
        rank: u8,
        /// Whether it is bold.
        bold: bool,
    },
}

/// Where a name stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NamePlace {
    /// On a point.
    Point,
    /// Under a dot on the point.
    UnderDot,
    /// Along a line.
    Along,
    /// Inside a polygon that is wide enough for it.
    Inside,
}

const HIGHWAY_PX: Stops = &[
    (8.0, 0.8),
    (11.0, 1.6),
    (13.0, 3.0),
    (15.0, 6.5),
    (17.0, 13.0),
    (19.0, 30.0),
];
const HIGHWAY_CASING_PX: Stops = &[
    (8.0, 1.4),
    (11.0, 2.6),
    (13.0, 4.4),
    (15.0, 8.3),
    (17.0, 15.2),
    (19.0, 33.0),
];
const MAJOR_PX: Stops = &[
    (10.0, 0.7),
    (13.0, 1.9),
    (15.0, 5.0),
    (17.0, 11.0),
    (19.0, 24.0),
];
const MAJOR_CASING_PX: Stops = &[
    (10.0, 1.0),
    (13.0, 3.0),
    (15.0, 6.6),
    (17.0, 13.0),
    (19.0, 26.6),
];
const MINOR_PX: Stops = &[
    (12.5, 0.5),
    (14.0, 1.2),
    (15.0, 2.4),
    (16.0, 4.2),
    (17.0, 7.0),
    (19.0, 16.0),
];
const MINOR_CASING_PX: Stops = &[
    (12.5, 0.9),
    (14.0, 2.0),
    (15.0, 3.6),
    (16.0, 5.6),
    (17.0, 8.6),
    (19.0, 18.0),
];
const PATH_PX: Stops = &[(15.0, 0.7), (17.0, 1.5), (19.0, 3.0)];
const RAIL_PX: Stops = &[(11.0, 0.7), (15.0, 1.2), (18.0, 2.4)];
const STREAM_PX: Stops = &[(9.0, 0.6), (13.0, 1.4), (16.0, 4.0), (18.0, 8.0)];

const SMALL_TYPE: Stops = &[(14.0, 11.0), (18.0, 12.5)];
const ROAD_TYPE: Stops = &[(13.0, 10.5), (16.0, 11.5), (18.0, 13.0)];
const PLACE_TYPE: Stops = &[(8.0, 11.5), (12.0, 13.0), (16.0, 14.0)];

const fn fill(
    id: &'static str,
    layer: BaseLayer,
    kinds: &'static [&'static str],
    tone: Tone,
) -> Rule {
    Rule {
        id,
        layer,
        kinds,
        min_zoom: 0.0,
        draw: Draw::Fill { tone },
    }
}

const fn line(
    id: &'static str,
    layer: BaseLayer,
    kinds: &'static [&'static str],
    min_zoom: f32,
    tone: Tone,
    width_px: Stops,
) -> Rule {
    Rule {
        id,
        layer,
        kinds,
        min_zoom,
        draw: Draw::Line { tone, width_px },
    }
}

const fn name(
    id: &'static str,
    (layer, kinds): (BaseLayer, &'static [&'static str]),
    min_zoom: f32,
    (ink, halo): (Tone, Tone),
    size_px: Stops,
    place: NamePlace,
    rank: u8,
) -> Rule {
    Rule {
        id,
        layer,
        kinds,
        min_zoom,
        draw: Draw::Name {
            ink,
            halo,
            size_px,
            place,
            rank,
            bold: false,
        },
    }
}

/// The style. The ground under everything is [`Tone::Land`].
pub const RULES: &[Rule] = &[
    fill("earth", Earth, &[], Tone::Land),
    fill("built", Landuse, BUILT, Tone::Built),
    fill("civic", Landuse, CIVIC, Tone::Civic),
    fill("green", Landuse, GREEN, Tone::Park),
    line("stream", Water, STREAMS, 9.0, Tone::Water, STREAM_PX),
    fill("water", Water, &[], Tone::Water),
    Rule {
        min_zoom: 13.5,
        ..fill("building", Buildings, &[], Tone::Building)
    },
    line("path", Roads, PATH, 15.0, Tone::Path, PATH_PX),
    line("rail", Roads, RAIL, 11.0, Tone::Rail, RAIL_PX),
    line(
        "minor-casing",
        Roads,
        MINOR,
        12.5,
        Tone::RoadCasing,
        MINOR_CASING_PX,
    ),
    line(
        "major-casing",
        Roads,
        MAJOR,
        9.0,
        Tone::RoadCasing,
        MAJOR_CASING_PX,
    ),
    line(
        "highway-casing",
        Roads,
        HIGHWAY,
        6.0,
        Tone::RoadCasing,
        HIGHWAY_CASING_PX,
    ),
    line("minor", Roads, MINOR, 12.5, Tone::Road, MINOR_PX),
    line("major", Roads, MAJOR, 9.0, Tone::Road, MAJOR_PX),
    line("highway", Roads, HIGHWAY, 6.0, Tone::Road, HIGHWAY_PX),
    Rule {
        id: "place-name",
        layer: Places,
        kinds: &[],
        min_zoom: 4.0,
        draw: Draw::Name {
            ink: Tone::PlaceInk,
            halo: Tone::Halo,
            size_px: PLACE_TYPE,
            place: NamePlace::Point,
            rank: 1,
            bold: true,
        },
    },
    name(
        "river-name",
        (Water, STREAMS),
        11.0,
        (Tone::WaterInk, Tone::WaterHalo),
        PLACE_TYPE,
        NamePlace::Along,
        2,
    ),
    name(
        "lake-name",
        (Water, &[]),
        12.0,
        (Tone::WaterInk, Tone::WaterHalo),
        PLACE_TYPE,
        NamePlace::Inside,
        2,
    ),
    name(
        "water-point-name",
        (Water, &[]),
        12.0,
        (Tone::WaterInk, Tone::WaterHalo),
        PLACE_TYPE,
        NamePlace::Point,
        2,
    ),
    name(
        "park-name",
        (Landuse, PARKS),
        13.5,
        (Tone::ParkInk, Tone::Halo),
        SMALL_TYPE,
        NamePlace::Inside,
        3,
    ),
    name(
        "park-point-name",
        (Pois, PARKS),
        13.5,
        (Tone::ParkInk, Tone::Halo),
        SMALL_TYPE,
        NamePlace::Point,
        3,
    ),
    name(
        "big-road-name",
        (Roads, BIG_ROADS),
        13.0,
        (Tone::Ink, Tone::Halo),
        ROAD_TYPE,
        NamePlace::Along,
        4,
    ),
    name(
        "landmark-name",
        (Pois, LANDMARKS),
        14.5,
        (Tone::Ink, Tone::Halo),
        SMALL_TYPE,
        NamePlace::UnderDot,
        5,
    ),
    name(
        "minor-road-name",
        (Roads, MINOR),
        14.8,
        (Tone::Ink, Tone::Halo),
        ROAD_TYPE,
        NamePlace::Along,
        6,
    ),
];

impl Rule {
    /// Whether the rule is for features of this layer and kind.
    pub fn takes(&self, layer: BaseLayer, kind: &str) -> bool {
        self.layer == layer && (self.kinds.is_empty() || self.kinds.contains(&kind))
    }
}

/// The figure at a zoom level.
pub fn at_zoom(stops: Stops, zoom: f32) -> f32 {
    let mut before: Option<(f32, f32)> = None;
    for &(stop, figure) in stops {
        if zoom <= stop {
            return before.map_or(figure, |(from, low)| {
                low + (figure - low) * (zoom - from) / (stop - from)
            });
        }
        before = Some((stop, figure));
    }
    before.map_or(0.0, |(_, figure)| figure)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn figures_are_level_beyond_the_stops() {
        let stops: Stops = &[(10.0, 1.0), (12.0, 3.0)];
        assert_eq!(at_zoom(stops, 3.0), 1.0);
        assert_eq!(at_zoom(stops, 11.0), 2.0);
        assert_eq!(at_zoom(stops, 20.0), 3.0);
        assert_eq!(at_zoom(&[], 20.0), 0.0);
    }

    #[test]
    fn rules_have_names_of_their_own_and_rising_stops() {
        let ids: BTreeSet<&str> = RULES.iter().map(|rule| rule.id).collect();
        assert_eq!(ids.len(), RULES.len());
        for rule in RULES {
            let (Draw::Line {
                width_px: stops, ..
            }
            | Draw::Name { size_px: stops, .. }) = rule.draw
            else {
                continue;
            };
            assert!(
                stops.is_sorted_by(|a, b| a.0 < b.0 && a.1 <= b.1),
                "{}",
                rule.id
            );
        }
    }

    #[test]
    fn a_casing_is_wider_than_its_road() {
        for (road, casing) in [
            (MINOR_PX, MINOR_CASING_PX),
            (MAJOR_PX, MAJOR_CASING_PX),
            (HIGHWAY_PX, HIGHWAY_CASING_PX),
        ] {
            for step in 0..40 {
                let zoom = step as f32 / 2.0;
                assert!(at_zoom(casing, zoom) > at_zoom(road, zoom), "zoom {zoom}");
            }
        }
    }
}
