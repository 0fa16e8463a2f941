//! Neighbours by distance: the nearest few, or all within a distance.

use super::Weights;
use geo_types::Coord;
use rayon::prelude::*;

/// Points from west to east, so that a search can stop where the rest is too far.
struct Sweep<'a> {
    points: &'a [Option<Coord<f64>>],
    /// Points with numbers, by x and then by place.
    order: Vec<(f64, u32)>,
    /// The place of each point in the order.
    rank: Vec<Option<usize>>,
}

impl<'a> Sweep<'a> {
    fn of(points: &'a [Option<Coord<f64>>]) -> Self {
        let mut order: Vec<(f64, u32)> = points
            .iter()
            .enumerate()
            .filter_map(|(place, point)| {
                let at = (*point)?;
                (at.x.is_finite() && at.y.is_finite()).then_some((at.x, place as u32))
            })
            .collect();
        order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let mut rank = vec![None; points.len()];
        for (nth, (_, place)) in order.iter().enumerate() {
            if let Some(rank) = rank.get_mut(*place as usize) {
                *rank = Some(nth);
            }
        }
        Self {
            points,
            order,
            rank,
        }
    }

    /// Visits the others of a point, outwards to the east and then to the west, with the squared
    /// distance; `visit` answers how far (squared) it still wants to look.
    fn others(&self, point: usize, mut visit: impl FnMut(u32, f64) -> f64) {
        let (Some(Some(rank)), Some(Some(at))) = (self.rank.get(point), self.points.get(point))
        else {
            return;
        };
        let mut reach_2 = f64::INFINITY;
        let mut look = |(x, other): &(f64, u32)| {
            let apart = x - at.x;
            if apart * apart > reach_2 {
                return false;
            }
            if let Some(Some(there)) = self.points.get(*other as usize) {
                let (dx, dy) = (there.x - at.x, there.y - at.y);
                reach_2 = visit(*other, dx * dx + dy * dy);
            }
            true
        };
        let _ = self.order.iter().skip(rank + 1).all(&mut look);
        let _ = self.order.iter().take(*rank).rev().all(&mut look);
    }

    fn weights(&self, list: impl Fn(usize) -> Vec<u32> + Sync + Send) -> Weights {
        let lists = (0..self.points.len()).into_par_iter().map(list);
        Weights::from_lists(lists.collect())
    }
}

/// The `k` nearest of every point, in a plane with the same unit both ways.
///
/// Of others at the same distance the one that comes first in the list is nearer. A point without
/// a place is an island; with `k` or fewer others, all are neighbours. The result is usually not
/// mutual. O(n √n) for points that are spread out.
///
/// As `libpysal.weights.KNN`, which leaves the order of equal distances open.
pub fn k_nearest(points: &[Option<Coord<f64>>], k: usize) -> Weights {
    let sweep = Sweep::of(points);
    sweep.weights(|point| {
        let mut nearest: Vec<(f64, u32)> = Vec::new();
        if k == 0 {
            return Vec::new();
        }
        sweep.others(point, |other, apart_2| {
            let place = nearest.partition_point(|there| *there < (apart_2, other));
            if place < k {
                nearest.insert(place, (apart_2, other));
                nearest.truncate(k);
            }
            if nearest.len() < k {
                f64::INFINITY
            } else {
                nearest.last().map_or(f64::INFINITY, |last| last.0)
            }
        });
        nearest.into_iter().map(|(_, other)| other).collect()
    })
}

/// All points at most `band` away, in a plane with the same unit both ways and as `band`.
///
/// A point without a place, and one with nobody so near, is an island. Always mutual.
///
/// As `libpysal.weights.DistanceBand(…, binary=True)`.
pub fn distance_band(points: &[Option<Coord<f64>>], band: f64) -> Weights {
    let sweep = Sweep::of(points);
    sweep.weights(|point| {
        let mut near = Vec::new();
        sweep.others(point, |other, apart_2| {
            // Not squared: the band itself must be inside, as it is for whoever measures it.
            if apart_2.sqrt() <= band {
                near.push(other);
            }
            // A hair more than the square, so that rounding stops nobody on the edge.
            band * band * (1.0 + 1e-12)
        });
        near
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(places: &[(f64, f64)]) -> Vec<Option<Coord<f64>>> {
        places
            .iter()
            .map(|(x, y)| Some(Coord { x: *x, y: *y }))
            .collect()
    }

    /// Places without a pattern, and some of them twice.
    fn scattered() -> Vec<Option<Coord<f64>>> {
        let place = |at: u32| {
            let x = f64::from(at * 7_919 % 997);
            let y = f64::from(at * 104_729 % 1_009);
            (x, y)
        };
        let mut places = points(&(0..300).map(place).collect::<Vec<_>>());
        places.push(places[5]);
        places.push(None);
        places
    }

    #[test]
    fn a_sweep_finds_what_looking_at_all_pairs_finds() {
        let places = scattered();
        let apart = |a: usize, b: usize| {
            let (a, b) = (places[a]?, places[b]?);
            Some(((a.x - b.x).powi(2) + (a.y - b.y).powi(2)).sqrt())
        };
        let knn = k_nearest(&places, 5);
        let band = distance_band(&places, 90.0);
        for area in 0..places.len() {
            let mut all: Vec<(f64, u32)> = (0..places.len())
                .filter(|other| *other != area)
                .filter_map(|other| Some((apart(area, other)?, other as u32)))
                .collect();
            let mut near: Vec<u32> = all.iter().filter(|o| o.0 <= 90.0).map(|o| o.1).collect();
            near.sort_unstable();
            assert_eq!(band.neighbours(area), near, "{area}");
            all.sort_by(|a, b| a.partial_cmp(b).unwrap());
            let mut nearest: Vec<u32> = all.iter().take(5).map(|o| o.1).collect();
            nearest.sort_unstable();
            assert_eq!(knn.neighbours(area), nearest, "{area}");
        }
        assert!(knn.neighbours(301).is_empty(), "a point without a place");
    }

    #[test]
    fn the_edges_of_distance() {
        let three = points(&[(0.0, 0.0), (3.0, 4.0), (20.0, 0.0)]);
        let band = distance_band(&three, 5.0);
        assert_eq!(band.neighbours(0), [1], "the band itself is inside");
        assert_eq!(band.islands().collect::<Vec<_>>(), [2]);
        assert_eq!(distance_band(&three, f64::NAN).islands().count(), 3);
        assert_eq!(k_nearest(&three, 0).islands().count(), 3);
        assert_eq!(k_nearest(&three, 9).neighbours(2), [0, 1]);
        let tie = points(&[(0.0, 0.0), (1.0, 0.0), (-1.0, 0.0), (0.0, 1.0)]);
        assert_eq!(k_nearest(&tie, 2).neighbours(0), [1, 2]);
        assert!(k_nearest(&[], 3).is_empty());
    }
}
