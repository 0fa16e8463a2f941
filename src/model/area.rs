//! Areas: a boundary with code, name, level and parent.

use geo_types::MultiPolygon;

/// The levels, from the largest to the smallest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AreaLevel {
    /// 县(市、区)
    County,
    /// 街道/乡镇
    Street,
    /// 社区/村
    Community,
    /// 网格
    Grid,
}

impl AreaLevel {
    /// All levels, from the largest to the smallest.
    pub const ALL: [Self; 4] = [Self::County, Self::Street, Self::Community, Self::Grid];

    /// The word of the command line and of the workspace file.
    pub fn code(self) -> &'static str {
        match self {
            Self::County => "county",
            Self::Street => "street",
            Self::Community => "community",
            Self::Grid => "grid",
        }
    }

    /// The key of its word in the word lists.
    pub fn word(self) -> &'static str {
        match self {
            Self::County => "common.level_county",
            Self::Street => "common.level_street",
            Self::Community => "common.level_community",
            Self::Grid => "common.level_grid",
        }
    }

    /// The level of its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.code() == code)
    }

    /// The next larger level.
    pub fn parent(self) -> Option<Self> {
        match self {
            Self::County => None,
            Self::Street => Some(Self::County),
            Self::Community => Some(Self::Street),
            Self::Grid => Some(Self::Community),
        }
    }
}

/// One area.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// Its code: text, unique in the workspace, never empty.
    pub code: String,
    /// Its name; the code where none is known.
    pub name: String,
    /// Its level.
    pub level: AreaLevel,
    /// Code of the area that it belongs to; empty where none is known.
    pub parent: String,
    /// Its boundary in degrees, WGS-84. Rings are closed; outer rings counter-clockwise, holes clockwise.
    pub boundary: MultiPolygon<f64>,
    /// Whether the boundary was dissolved from the children, not read from a file.
    pub derived: bool,
}
