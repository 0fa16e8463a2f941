//! The R-tree of the areas: which one is under a place on the map.

use super::{AreaIndex, Areas, Snapshot};
use crate::datum::MercXY;
use crate::model::AreaLevel;
use geo_types::MultiPolygon;
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

type Entry = GeomWithData<Rectangle<[f64; 2]>, u32>;

/// R-tree of the boxes around the areas of all levels, in Web Mercator metres.
#[derive(Debug, Default)]
pub struct AreaTree {
    tree: RTree<Entry>,
}

impl AreaTree {
    /// Builds the tree; areas without a boundary stay out.
    pub fn build(areas: &Areas) -> Self {
        let entries = areas
            .box_merc
            .iter()
            .zip(0..)
            .filter(|(around, _)| !around.is_empty())
            .map(|(around, at)| {
                let corners = ([around.min_x, around.min_y], [around.max_x, around.max_y]);
                Entry::new(Rectangle::from_corners(corners.0, corners.1), at)
            })
            .collect();
        Self {
            tree: RTree::bulk_load(entries),
        }
    }

    /// The areas whose box holds the place, ascending.
    fn candidates(&self, at: MercXY) -> Vec<AreaIndex> {
        let point = AABB::from_point([at.x, at.y]);
        let mut found: Vec<AreaIndex> = self
            .tree
            .locate_in_envelope_intersecting(&point)
            .map(|entry| AreaIndex(entry.data))
            .collect();
        found.sort_unstable();
        found
    }
}

impl Snapshot {
    /// The area of a level under a place on the map: for pointing, so the edge itself may fall
    /// to either side. Figures use the exact answer in [`super::Households::area`].
    pub fn area_at(&self, at: MercXY, level: AreaLevel) -> Option<AreaIndex> {
        self.area_tree.candidates(at).into_iter().find(|area| {
            let place = area.0 as usize;
            self.areas.level.get(place) == Some(&level)
                && self
                    .areas
                    .boundary_merc
                    .get(place)
                    .is_some_and(|boundary| is_inside(at, boundary))
        })
    }
}

/// Even-odd rule over all rings.
fn is_inside(at: MercXY, boundary: &MultiPolygon<f64>) -> bool {
    boundary
        .iter()
        .flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()))
        .flat_map(geo_types::LineString::lines)
        .filter(|side| (side.start.y > at.y) != (side.end.y > at.y))
        .fold(false, |inside, side| {
            let along = (at.y - side.start.y) / (side.end.y - side.start.y);
            inside != (at.x < side.start.x + along * (side.end.x - side.start.x))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo_types::{LineString, Polygon};

    #[test]
    fn a_hole_is_outside() {
        let square = |low: f64, high: f64| {
            LineString::from(vec![
                (low, low),
                (high, low),
                (high, high),
                (low, high),
                (low, low),
            ])
        };
        let ring = MultiPolygon(vec![Polygon::new(
            square(0.0, 10.0),
            vec![square(4.0, 6.0)],
        )]);
        assert!(is_inside(MercXY { x: 2.0, y: 5.0 }, &ring));
        assert!(!is_inside(MercXY { x: 5.0, y: 5.0 }, &ring));
        assert!(!is_inside(MercXY { x: 11.0, y: 5.0 }, &ring));
    }
}
