//! What a base map consists of: water, parks, roads, buildings and names, as plain geometry.

use geo_types::{LineString, MultiPolygon, Point};

/// The layers of a base map (named as in the Protomaps schema, which the shipped town follows).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BaseLayer {
    /// The land itself.
    Earth,
    /// Parks, green, residential land.
    Landuse,
    /// Rivers, lakes, the sea.
    Water,
    /// Roads and paths.
    Roads,
    /// Buildings.
    Buildings,
    /// Names of places.
    Places,
    /// Names of single things: a school, a park.
    Pois,
}

impl BaseLayer {
    /// All layers in the order in which they are drawn.
    pub const ALL: [Self; 7] = [
        Self::Earth,
        Self::Landuse,
        Self::Water,
        Self::Buildings,
        Self::Roads,
        Self::Places,
        Self::Pois,
    ];

    /// The layer's name in a tile.
    pub fn code(self) -> &'static str {
        match self {
            Self::Earth => "earth",
            Self::Landuse => "landuse",
            Self::Water => "water",
            Self::Roads => "roads",
            Self::Buildings => "buildings",
            Self::Places => "places",
            Self::Pois => "pois",
        }
    }
}

/// The shape of a feature. The space of the coordinates is said where the feature is used.
#[derive(Debug, Clone, PartialEq)]
pub enum BaseGeometry {
    /// A point, for names.
    Point(Point<f64>),
    /// A line.
    Line(LineString<f64>),
    /// An area.
    Polygon(MultiPolygon<f64>),
}

/// One feature of a base map.
#[derive(Debug, Clone, PartialEq)]
pub struct BaseFeature {
    /// Its layer.
    pub layer: BaseLayer,
    /// Its kind within the layer: `park`, `river`, `major_road`, `minor_road`, `path`, …
    pub kind: String,
    /// Its name, or empty.
    pub name: String,
    /// The smallest zoom level at which it is in the tiles.
    pub min_zoom: u8,
    /// Its shape.
    pub geometry: BaseGeometry,
}
