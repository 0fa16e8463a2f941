//! Floor 2: the whole town in memory: immutable, columnar, with R-trees; shared as `Arc`.

mod area_tree;
mod areas;
mod assign;
mod axis;
mod builder;
mod column;
mod due;
mod entitlement;
mod ground;
mod index;
mod locate;
mod need_rows;
mod offsets;
mod on_day;
mod open_needs;
mod part;
mod people;
mod receipts;
mod resources;
mod reviews;
mod tables;
mod terms;
mod visit_rows;

pub use area_tree::AreaTree;
pub use areas::{AreaIndex, Areas, HotGrade};
pub use builder::Builder;
pub use column::{Households, TextColumn, Unknown};
pub use due::Due;
pub use entitlement::{Entitlement, Unsettled};
pub use index::PointIndex;
pub use locate::Locator;
pub use need_rows::NeedRows;
pub use offsets::Offsets;
pub use on_day::{DayColumns, OnDay, Undated};
pub use open_needs::OpenNeed;
pub use people::People;
pub use receipts::Receipts;
pub use resources::Resources;
pub use reviews::Reviews;
pub use tables::Tables;
pub use visit_rows::VisitRows;

use crate::base::Generation;
use crate::datum::MercBox;
use crate::model::Catalogue;

/// The town as it was at one moment. Never changes; a new import makes a new one.
#[derive(Debug)]
pub struct Snapshot {
    /// Which edition this is.
    pub generation: Generation,
    /// The households, a column a field. Row numbers are places in these columns.
    pub households: Households,
    /// The members, where there is a table of them.
    pub people: People,
    /// The receipts, those that have ended among them.
    pub receipts: Receipts,
    /// The needs that have a row of their own, those that are met among them.
    pub needs: NeedRows,
    /// The reviews of receipts that were recorded at the desk.
    pub reviews: Reviews,
    /// The visits.
    pub visits: VisitRows,
    /// Those who offer help.
    pub resources: Resources,
    /// The areas of all levels.
    pub areas: Areas,
    /// The catalogue, with the unknown terms of the files behind the shipped ones.
    pub catalogue: Catalogue,
    /// R-tree of the areas.
    pub area_tree: AreaTree,
    /// R-tree of the geocoded households.
    pub points: PointIndex,
    /// What has no place, or another place than declared.
    pub quality: Quality,
    /// Box around everything: areas and households.
    pub extent_merc: MercBox,
    /// Whether this is demonstration data.
    pub is_demo: bool,
}

/// Counts that stand beside every figure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Quality {
    /// All households.
    pub households: usize,
    /// Households without a position.
    pub not_geocoded: usize,
    /// Households with a position in no area.
    pub outside_areas: usize,
    /// Households with a position that declare an area and are not in it (those outside every
    /// area among them).
    pub outside_declared: usize,
}
