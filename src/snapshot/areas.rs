//! The areas of all levels, with their tree.

use crate::datum::{MercBox, MercXY};
use crate::model::{AreaCodes, AreaLevel};
use geo_types::MultiPolygon;

/// The place of an area in [`Areas`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AreaIndex(pub u32);

impl AreaIndex {
    /// No area.
    pub const NONE: Self = Self(u32::MAX);

    /// The place as an option.
    pub fn get(self) -> Option<usize> {
        (self != Self::NONE).then_some(self.0 as usize)
    }
}

/// Whether need gathers around an area more than chance would have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HotGrade {
    /// As chance would have it.
    No,
    /// Found at 95 %.
    Hot95,
    /// Found at 99 %.
    Hot99,
}

/// One value an area in every column, sorted by level (largest first), then by code.
#[derive(Debug, Clone, Default)]
pub struct Areas {
    /// Codes.
    pub code: Vec<String>,
    /// Names.
    pub name: Vec<String>,
    /// Levels.
    pub level: Vec<AreaLevel>,
    /// The area that each belongs to, or [`AreaIndex::NONE`].
    pub parent: Vec<AreaIndex>,
    /// Boundaries in Web Mercator metres; may be empty.
    pub boundary_merc: Vec<MultiPolygon<f64>>,
    /// Boxes around the boundaries.
    pub box_merc: Vec<MercBox>,
    /// Where a name stands well: inside the boundary.
    pub label_merc: Vec<MercXY>,
    /// Ground area in km².
    pub ground_km2: Vec<f64>,
    /// Whether the boundary was dissolved from the children.
    pub derived: Vec<bool>,
    /// All codes, for what households declare.
    pub codes: AreaCodes,
    /// Whether need gathers around them; `None` where nobody can tell, and the column empty until
    /// somebody has asked.
    pub hot_grades: Vec<Option<HotGrade>>,
}

impl Areas {
    /// Number of areas.
    pub fn len(&self) -> usize {
        self.code.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.code.is_empty()
    }

    /// The area of a code.
    pub fn by_code(&self, code: &str) -> Option<AreaIndex> {
        self.code
            .iter()
            .position(|there| there == code)
            .map(|at| AreaIndex(at as u32))
    }

    /// The places of all areas of a level.
    pub fn of_level(&self, level: AreaLevel) -> impl Iterator<Item = AreaIndex> + '_ {
        (0..self.len())
            .filter(move |at| self.level[*at] == level)
            .map(|at| AreaIndex(at as u32))
    }

    /// The levels that have areas, from the largest to the smallest.
    pub fn levels(&self) -> Vec<AreaLevel> {
        AreaLevel::ALL
            .into_iter()
            .filter(|level| self.level.contains(level))
            .collect()
    }

    /// The smallest level that has areas.
    pub fn smallest_level(&self) -> Option<AreaLevel> {
        let mut levels = AreaLevel::ALL.into_iter().rev();
        levels.find(|level| self.level.contains(level))
    }

    /// The area itself, then its parent, and so on up.
    pub fn chain(&self, area: AreaIndex) -> impl Iterator<Item = AreaIndex> + '_ {
        std::iter::successors(
            Some(area).filter(|area| *area != AreaIndex::NONE),
            move |at| {
                self.parent
                    .get(at.0 as usize)
                    .copied()
                    .filter(|parent| *parent != AreaIndex::NONE)
            },
        )
        .take(AreaLevel::ALL.len())
    }

    /// Whether need gathers around an area; `None` where nobody can tell.
    pub fn hot_grade(&self, area: AreaIndex) -> Option<HotGrade> {
        area.get()
            .and_then(|at| self.hot_grades.get(at).copied())
            .flatten()
    }

    /// The codes of all areas, as [`Areas::codes`] keeps them.
    pub(crate) fn known_codes(&self) -> AreaCodes {
        AreaCodes::new(self.code.iter().enumerate().map(|(at, code)| {
            let parent = self.parent.get(at).and_then(|parent| parent.get());
            let parent = parent.and_then(|at| self.code.get(at));
            let level = self.level.get(at).copied().unwrap_or(AreaLevel::Grid);
            (code.as_str(), level, parent.map_or("", String::as_str))
        }))
    }

    /// Whether a household in this area lies where it declares: in the area of that code or in the
    /// nearest one around it that is known.
    pub fn is_declared(&self, area: AreaIndex, declared: &str) -> bool {
        let code = |at: AreaIndex| self.code.get(at.0 as usize);
        let mut codes = self.chain(area).filter_map(code);
        codes.any(|code| self.codes.is_within(declared, code))
    }

    /// The ancestor of an area (or itself) at a level.
    pub fn at_level(&self, area: AreaIndex, level: AreaLevel) -> Option<AreaIndex> {
        self.chain(area)
            .find(|at| self.level.get(at.0 as usize) == Some(&level))
    }
}
