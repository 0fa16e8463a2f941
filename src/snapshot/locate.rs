//! Which area a position is in.

use super::axis::Axis;
use super::part::{Cells, Part, is_usable};
use crate::model::LonLat;
use geo_types::{MultiPolygon, Polygon};
use rayon::prelude::*;
use robust::Coord;

/// At most so many cells: 4 MiB of them.
const MOST_CELLS: f64 = (1 << 20) as f64;
/// Cells for each edge, as long as there are not too many.
const CELLS_PER_EDGE: f64 = 16.0;
/// At most so many entries of edges in rows: 16 MiB of them.
const MOST_ROW_ENTRIES: f64 = (1 << 22) as f64;

/// No area, in answers.
const NONE: u32 = u32::MAX;
/// Set in a cell that edges go through; the other bits are its place in `mixed`.
const MIXED: u32 = 1 << 31;
/// A cell in no area.
const OUTSIDE: u32 = MIXED - 1;

/// Point in polygon over the areas of one level.
///
/// Exact: a position on an edge belongs to the area (what Shapely calls `covers`). In several
/// areas at once, on a shared edge or where they overlap, the smallest code wins, in the order
/// of strings. Polygons of one area are united; one with a coordinate that is no number is left out.
///
/// How: a grid of cells over all areas. Most cells are wholly in one area or in none and answer
/// at once; the others know the few polygons with an edge in them, and those are tested with
/// exact arithmetic, against the edges of one row of cells.
#[derive(Debug)]
pub struct Locator {
    x: Axis,
    y: Axis,
    /// The area of a cell, or [`OUTSIDE`], or [`MIXED`] and a place in `mixed`; rows from the south.
    cells: Vec<u32>,
    mixed: Vec<MixedCell>,
    /// Places in `parts`, smaller codes first.
    candidates: Vec<u32>,
    parts: Vec<Part>,
    /// The area of each part.
    area_of_part: Vec<u32>,
}

#[derive(Debug, Clone, Copy)]
struct MixedCell {
    start: u32,
    end: u32,
    /// The area that holds the whole cell, for where no candidate does, or [`NONE`].
    otherwise: u32,
}

impl Locator {
    /// Prepares the areas of one level, each with its code and its boundary in degrees.
    pub fn new(areas: &[(&str, &MultiPolygon<f64>)]) -> Self {
        let mut order: Vec<usize> = (0..areas.len()).collect();
        order.sort_by_key(|place| areas[*place].0);
        let polygons: Vec<(u32, &Polygon<f64>)> = order
            .into_iter()
            .flat_map(|place| areas[place].1.iter().map(move |one| (place as u32, one)))
            .filter(|(_, polygon)| is_usable(polygon))
            .collect();
        let (x, y) = axes(&polygons);
        let (parts, cells_of_part): (Vec<Part>, Vec<Cells>) = polygons
            .par_iter()
            .map(|(_, polygon)| Part::new(polygon, &x, &y))
            .unzip();
        let mut locator = Self {
            x,
            y,
            cells: vec![NONE; x.cells() * y.cells()],
            mixed: Vec::new(),
            candidates: Vec::new(),
            parts,
            area_of_part: polygons.iter().map(|(area, _)| *area).collect(),
        };
        locator.paint(&cells_of_part);
        locator
    }

    /// Fills the cells: first with the smallest part that holds each wholly, then with answers.
    fn paint(&mut self, cells_of_part: &[Cells]) {
        let columns = self.x.cells();
        // From the largest code to the smallest, so that the smallest stays.
        for (part, cells) in cells_of_part.iter().enumerate().rev() {
            for run in &cells.inside {
                let row = run.row * columns;
                self.cells[row + run.first..=row + run.last].fill(part as u32);
            }
        }
        // Sorted by counting: how many parts a cell has, then where they begin, then they.
        // Behind a part that holds the whole cell nobody is asked.
        let asked = |cells: &[u32], visit: &mut dyn FnMut(usize, u32)| {
            for (part, of_part) in cells_of_part.iter().enumerate() {
                for run in &of_part.edge {
                    let row = run.row * columns;
                    for (cell, holder) in
                        (row + run.first..).zip(&cells[row + run.first..=row + run.last])
                    {
                        if (part as u32) < *holder {
                            visit(cell, part as u32);
                        }
                    }
                }
            }
        };
        let mut next = vec![0_u32; self.cells.len()];
        asked(&self.cells, &mut |cell, _| next[cell] += 1);
        let holders = self.cells.clone();
        let mut total = 0;
        for (cell, next) in self.cells.iter_mut().zip(&mut next) {
            let area = self.area_of_part.get(*cell as usize);
            let count = std::mem::replace(next, total);
            *cell = if count == 0 {
                area.copied().unwrap_or(OUTSIDE)
            } else {
                self.mixed.push(MixedCell {
                    start: total,
                    end: total + count,
                    otherwise: area.copied().unwrap_or(NONE),
                });
                MIXED | (self.mixed.len() - 1) as u32
            };
            total += count;
        }
        self.candidates = vec![0; total as usize];
        let candidates = &mut self.candidates;
        asked(&holders, &mut |cell, part| {
            candidates[next[cell] as usize] = part;
            next[cell] += 1;
        });
    }

    /// The place of the area that a position is in.
    pub fn locate(&self, position: LonLat) -> Option<u32> {
        let area = self.find(position.lon, position.lat);
        (area != NONE).then_some(area)
    }

    /// The places of the areas of many positions; [`u32::MAX`] in none, or where a number is NaN.
    pub fn locate_all(&self, lon: &[f64], lat: &[f64]) -> Vec<u32> {
        lon.par_iter()
            .zip(lat)
            .with_min_len(1 << 12)
            .map(|(lon, lat)| self.find(*lon, *lat))
            .collect()
    }

    fn find(&self, lon: f64, lat: f64) -> u32 {
        if !(self.x.contains(lon) && self.y.contains(lat)) {
            return NONE;
        }
        let row = self.y.cell(lat);
        let cell = self.cells[row * self.x.cells() + self.x.cell(lon)];
        if cell == OUTSIDE {
            return NONE;
        }
        if cell & MIXED == 0 {
            return cell;
        }
        let mixed = self.mixed[(cell & !MIXED) as usize];
        let at = Coord { x: lon, y: lat };
        self.candidates[mixed.start as usize..mixed.end as usize]
            .iter()
            .find(|part| self.parts[**part as usize].covers(at, row))
            .map_or(mixed.otherwise, |part| self.area_of_part[*part as usize])
    }
}

/// A grid over all polygons, as fine as is worth its memory.
fn axes(polygons: &[(u32, &Polygon<f64>)]) -> (Axis, Axis) {
    let mut west_east = (f64::INFINITY, f64::NEG_INFINITY);
    let mut south_north = (f64::INFINITY, f64::NEG_INFINITY);
    let mut edges = 0;
    let mut climbed = 0.0;
    for (_, polygon) in polygons {
        for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
            edges += ring.0.len();
            for at in ring {
                west_east = (west_east.0.min(at.x), west_east.1.max(at.x));
                south_north = (south_north.0.min(at.y), south_north.1.max(at.y));
            }
            climbed += ring
                .lines()
                .map(|edge| (edge.end.y - edge.start.y).abs())
                .sum::<f64>();
        }
    }
    let (width, height) = (west_east.1 - west_east.0, south_north.1 - south_north.0);
    let cells = (edges as f64 * CELLS_PER_EDGE).clamp(1.0, MOST_CELLS);
    // Long edges stand in many rows: so many rows that all those entries stay within bounds.
    let most_rows = (MOST_ROW_ENTRIES - 2.0 * edges as f64).max(0.0) * height / climbed;
    // An empty box, or one without height, gives no number here; it is not cut.
    let rows = (cells * height / width).sqrt().min(most_rows).min(2048.0) as usize;
    let columns = (cells / rows.max(1) as f64).min(4096.0) as usize;
    (
        Axis::new(west_east.0, west_east.1, columns),
        Axis::new(south_north.0, south_north.1, rows),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo_types::{Coord as Point, LineString, polygon};
    use proptest::prelude::*;

    /// Lattice points: exact as whole numbers and, put on the map, exact as degrees.
    type Lattice = (i64, i64);
    type Rings = Vec<Vec<Lattice>>;
    type Area = Vec<Rings>;

    fn degrees((x, y): Lattice) -> LonLat {
        LonLat {
            lon: 121.0 + x as f64 / 4096.0,
            lat: 30.0 + y as f64 / 4096.0,
        }
    }

    fn boundary(area: &Area) -> MultiPolygon<f64> {
        let ring = |points: &Vec<Lattice>| -> LineString<f64> {
            let on_map = points.iter().map(|at| degrees(*at));
            on_map
                .map(|at| Point {
                    x: at.lon,
                    y: at.lat,
                })
                .collect()
        };
        area.iter()
            .map(|rings| Polygon::new(ring(&rings[0]), rings[1..].iter().map(ring).collect()))
            .collect()
    }

    /// Every edge of the polygon, in whole numbers.
    fn covers(rings: &Rings, at: Lattice) -> bool {
        let mut is_inside = false;
        for ring in rings {
            for place in 0..ring.len() {
                let (a, b) = (ring[place], ring[(place + 1) % ring.len()]);
                let side = (b.0 - a.0) * (at.1 - a.1) - (b.1 - a.1) * (at.0 - a.0);
                let is_between = a.0.min(b.0) <= at.0
                    && at.0 <= a.0.max(b.0)
                    && a.1.min(b.1) <= at.1
                    && at.1 <= a.1.max(b.1);
                if side == 0 && is_between {
                    return true;
                }
                if (a.1 <= at.1) != (b.1 <= at.1) && (side > 0) == (b.1 > a.1) {
                    is_inside = !is_inside;
                }
            }
        }
        is_inside
    }

    fn check(codes: &[String], areas: &[Area], size: i64) {
        let boundaries: Vec<_> = areas.iter().map(boundary).collect();
        let pairs: Vec<_> = codes
            .iter()
            .map(String::as_str)
            .zip(boundaries.iter())
            .collect();
        let locator = Locator::new(&pairs);
        let lattice: Vec<Lattice> = (-1..=size + 1)
            .flat_map(|x| (-1..=size + 1).map(move |y| (x, y)))
            .collect();
        let positions: Vec<LonLat> = lattice.iter().map(|at| degrees(*at)).collect();
        let lon: Vec<f64> = positions.iter().map(|at| at.lon).collect();
        let lat: Vec<f64> = positions.iter().map(|at| at.lat).collect();
        let all = locator.locate_all(&lon, &lat);
        for ((at, position), found) in lattice.iter().zip(&positions).zip(all) {
            let expected = (0..areas.len())
                .filter(|area| areas[*area].iter().any(|rings| covers(rings, *at)))
                .min_by_key(|area| &codes[*area])
                .map(|area| area as u32);
            assert_eq!(locator.locate(*position), expected, "at {at:?}");
            assert_eq!(found, expected.unwrap_or(u32::MAX), "at {at:?}");
        }
    }

    fn ring(size: i64) -> impl Strategy<Value = Vec<Lattice>> {
        proptest::collection::vec((0..=size, 0..=size), 3..9)
    }

    fn area(size: i64) -> impl Strategy<Value = Area> {
        let rings = proptest::collection::vec(ring(size), 1..3);
        proptest::collection::vec(rings, 0..3)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        /// Rings that cross and touch themselves, repeat points, run level, overlap others.
        #[test]
        fn any_areas_on_a_small_lattice(areas in proptest::collection::vec(area(12), 1..6)) {
            let codes: Vec<String> = (0..areas.len()).map(|at| format!("{}", at * 7 % 5)).collect();
            let distinct = codes.iter().collect::<std::collections::BTreeSet<_>>().len();
            prop_assert_eq!(distinct, codes.len());
            check(&codes, &areas, 12);
        }

        /// A few long edges and many cells.
        #[test]
        fn any_areas_on_a_large_lattice(areas in proptest::collection::vec(area(60), 1..3)) {
            let codes: Vec<String> = (0..areas.len()).map(|at| (9 - at).to_string()).collect();
            check(&codes, &areas, 60);
        }
    }

    /// Neighbours share irregular edges exactly; on them the smaller code, as text, wins.
    #[test]
    fn a_tiling_leaves_no_gap_and_no_doubt() {
        let corner = |x: i64, y: i64| (x * 20 + (x * 7 + y * 3) % 5, y * 20 + (x * 3 + y * 5) % 7);
        let mut codes = Vec::new();
        let mut areas: Vec<Area> = Vec::new();
        for x in 0..4 {
            for y in 0..4 {
                codes.push((x * 4 + y).to_string());
                areas.push(vec![vec![vec![
                    corner(x, y),
                    corner(x + 1, y),
                    corner(x + 1, y + 1),
                    corner(x, y + 1),
                ]]]);
            }
        }
        check(&codes, &areas, 90);
    }

    #[test]
    fn holes_belong_to_whoever_fills_them() {
        let outer = vec![(0, 0), (30, 0), (30, 30), (0, 30)];
        let hole = vec![(10, 10), (10, 20), (20, 20), (20, 10)];
        let with_hole = vec![vec![outer.clone(), hole.clone()]];
        let filling = vec![vec![hole]];
        let codes = ["b", "a", "c"].map(str::to_owned);
        check(&codes[..1], std::slice::from_ref(&with_hole), 30);
        check(&codes[..2], &[with_hole.clone(), filling], 30);
        // Everything behind, under the larger code: it is found in the hole only.
        check(&codes, &[with_hole, vec![], vec![vec![outer]]], 30);
    }

    #[test]
    fn nothing_to_find() {
        let nowhere = LonLat {
            lon: 121.0,
            lat: 30.0,
        };
        assert_eq!(Locator::new(&[]).locate(nowhere), None);
        let empty = MultiPolygon(vec![]);
        assert_eq!(Locator::new(&[("a", &empty)]).locate(nowhere), None);
        let broken = MultiPolygon(vec![polygon![
            (x: 120.0, y: 29.0), (x: f64::NAN, y: 29.0), (x: 122.0, y: 32.0),
        ]]);
        assert_eq!(Locator::new(&[("a", &broken)]).locate(nowhere), None);
        let whole = MultiPolygon(vec![polygon![
            (x: 120.0, y: 29.0), (x: 122.0, y: 29.0), (x: 122.0, y: 32.0),
        ]]);
        let locator = Locator::new(&[("a", &whole)]);
        let lon = [121.0, f64::NAN, 121.0, f64::INFINITY, 121.9];
        let lat = [29.5, 29.5, f64::NAN, 29.5, 40.0];
        let none = u32::MAX;
        assert_eq!(locator.locate_all(&lon, &lat), [0, none, none, none, none]);
    }

    /// Boundaries without width or height, and far smaller than any town.
    #[test]
    fn degenerate_boxes() {
        for size in [0.0, 1e-13, 1e-9, 1e-6] {
            let (w, s) = (121.0, 30.0);
            for (e, n) in [(w + size, s), (w, s + size), (w + size, s + size)] {
                let area = MultiPolygon(vec![polygon![
                    (x: w, y: s), (x: e, y: s), (x: e, y: n), (x: w, y: n),
                ]]);
                let locator = Locator::new(&[("a", &area)]);
                for (lon, lat) in [(w, s), (e, n), (f64::midpoint(w, e), f64::midpoint(s, n))] {
                    assert_eq!(locator.locate(LonLat { lon, lat }), Some(0), "{size}");
                }
                assert_eq!(locator.locate(LonLat { lon: 121.1, lat: s }), None);
            }
        }
    }
}
