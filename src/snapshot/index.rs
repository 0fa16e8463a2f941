//! The R-tree of the households.

use crate::datum::{MercBox, MercXY};
use rstar::primitives::GeomWithData;
use rstar::{AABB, RTree};

/// A position with its row.
type Entry = GeomWithData<[f64; 2], u32>;

/// R-tree of the geocoded households.
#[derive(Debug, Default)]
pub struct PointIndex {
    tree: RTree<Entry>,
}

impl PointIndex {
    /// Builds the tree over positions in Web Mercator metres; rows with NaN stay out.
    pub fn build(x_merc: &[f64], y_merc: &[f64]) -> Self {
        let entries: Vec<Entry> = x_merc
            .iter()
            .zip(y_merc)
            .zip(0..)
            .filter(|((x, y), _)| x.is_finite() && y.is_finite())
            .map(|((x, y), row)| Entry::new([*x, *y], row))
            .collect();
        Self {
            tree: RTree::bulk_load(entries),
        }
    }

    /// The row nearest to a position, no further than so many Mercator metres (that far
    /// included). Of several equally near, the first row.
    pub fn nearest(&self, at: MercXY, within_m_merc: f64) -> Option<u32> {
        let nearest = self.tree.nearest_neighbors(&[at.x, at.y]);
        let distance_2 = |entry: &Entry| {
            let [x, y] = *entry.geom();
            (x - at.x).powi(2) + (y - at.y).powi(2)
        };
        nearest
            .into_iter()
            .filter(|entry| distance_2(entry) <= within_m_merc.powi(2))
            .map(|entry| entry.data)
            .min()
    }

    /// The rows in a box, its edges included, in the order of the tree.
    pub fn in_box(&self, area: MercBox) -> impl Iterator<Item = u32> + '_ {
        // The tree would turn an empty box inside out.
        let envelope = (!area.is_empty())
            .then(|| AABB::from_corners([area.min_x, area.min_y], [area.max_x, area.max_y]));
        envelope
            .into_iter()
            .flat_map(|envelope| self.tree.locate_in_envelope(&envelope))
            .map(|entry| entry.data)
    }

    /// Number of rows in the tree.
    pub fn len(&self) -> usize {
        self.tree.size()
    }

    /// Whether no row is in the tree.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// On a small lattice, so that points fall together and on edges; some are not geocoded.
    fn points() -> impl Strategy<Value = Vec<(f64, f64)>> {
        let on_lattice = (0..12_i32, 0..12_i32).prop_map(|(x, y)| (f64::from(x), f64::from(y)));
        let nowhere = Just((f64::NAN, f64::NAN));
        proptest::collection::vec(prop_oneof![9 => on_lattice, 1 => nowhere], 0..200)
    }

    fn index(points: &[(f64, f64)]) -> PointIndex {
        let (x, y): (Vec<f64>, Vec<f64>) = points.iter().copied().unzip();
        PointIndex::build(&x, &y)
    }

    proptest! {
        #[test]
        fn boxes_hold_what_a_look_at_every_point_finds(
            points in points(), x in 0..12_i32, y in 0..12_i32, w in 0..6_i32, h in 0..6_i32,
        ) {
            let area = MercBox {
                min_x: f64::from(x),
                min_y: f64::from(y),
                max_x: f64::from(x + w),
                max_y: f64::from(y + h),
            };
            let tree = index(&points);
            let mut found: Vec<u32> = tree.in_box(area).collect();
            found.sort_unstable();
            let expected: Vec<u32> = (0..)
                .zip(&points)
                .filter(|(_, (x, y))| area.contains(MercXY { x: *x, y: *y }))
                .map(|(row, _)| row)
                .collect();
            prop_assert_eq!(found, expected);
            let geocoded = points.iter().filter(|(x, _)| x.is_finite()).count();
            prop_assert_eq!(tree.len(), geocoded);
        }

        #[test]
        fn the_nearest_is_nearest(
            points in points(), x in -4..30_i32, y in -4..30_i32, within in 0..9_i32,
        ) {
            // Halves, so that ties between lattice points are common.
            let at = MercXY { x: f64::from(x) / 2.0, y: f64::from(y) / 2.0 };
            let within = f64::from(within) / 2.0;
            let expected = (0..)
                .zip(&points)
                .map(|(row, (x, y))| ((x - at.x).powi(2) + (y - at.y).powi(2), row))
                .filter(|(distance_2, _)| *distance_2 <= within * within)
                .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))
                .map(|(_, row): (f64, u32)| row);
            prop_assert_eq!(index(&points).nearest(at, within), expected);
        }
    }

    #[test]
    fn an_empty_box_holds_nothing() {
        let tree = index(&[(0.0, 0.0)]);
        assert_eq!(tree.in_box(MercBox::EMPTY).count(), 0);
        assert!(PointIndex::default().is_empty());
        let origin = MercXY { x: 0.0, y: 0.0 };
        assert_eq!(PointIndex::default().nearest(origin, 1e9), None);
    }
}
