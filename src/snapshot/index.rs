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
