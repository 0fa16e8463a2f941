//! The kinds of the Protomaps schema, grouped as the style draws them.

/// Kinds of green, here and as places with a name.
pub(super) const GREEN: &[&str] = &[
    "park",
    "wood",
    "forest",
    "grass",
    "garden",
    "green",
    "cemetery",
    "nature_reserve",
    "national_park",
    "protected_area",
    "golf_course",
    "recreation_ground",
    "pitch",
    "meadow",
    "scrub",
    "grassland",
    "village_green",
    "playground",
    "allotments",
    "farmland",
    "farm",
    "orchard",
    "vineyard",
    "zoo",
    "dog_park",
    "stadium",
];

/// Green that is worth a name.
pub(super) const PARKS: &[&str] = &[
    "park",
    "garden",
    "nature_reserve",
    "national_park",
    "zoo",
    "forest",
    "wood",
];

pub(super) const BUILT: &[&str] = &[
    "residential",
    "commercial",
    "industrial",
    "retail",
    "pedestrian",
    "parking",
    "railway",
    "neighbourhood",
    "plaza",
];

pub(super) const CIVIC: &[&str] = &[
    "school",
    "university",
    "college",
    "kindergarten",
    "hospital",
    "civic",
    "government",
    "community_centre",
];

pub(super) const STREAMS: &[&str] = &["river", "stream", "canal", "drain", "ditch"];

/// Single things by which people find their way.
pub(super) const LANDMARKS: &[&str] = &[
    "school",
    "university",
    "college",
    "kindergarten",
    "hospital",
    "clinic",
    "library",
    "museum",
    "townhall",
    "government",
    "community_centre",
    "social_facility",
    "nursing_home",
    "police",
    "fire_station",
    "post_office",
    "marketplace",
    "market",
    "station",
    "bus_station",
    "stadium",
    "theatre",
    "place_of_worship",
    "temple",
    "civic",
];

pub(super) const HIGHWAY: &[&str] = &["highway"];

pub(super) const MAJOR: &[&str] = &["major_road", "medium_road"];

pub(super) const MINOR: &[&str] = &["minor_road", "other"];

pub(super) const PATH: &[&str] = &["path"];

pub(super) const RAIL: &[&str] = &["rail"];

pub(super) const BIG_ROADS: &[&str] = &["highway", "major_road", "medium_road"];
