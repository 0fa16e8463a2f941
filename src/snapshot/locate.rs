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
        let mut touched: Vec<(u32, u32)> = Vec::new();
        for (part, cells) in cells_of_part.iter().enumerate() {
            for run in &cells.edge {
                let row = run.row * columns;
                for cell in row + run.first..=row + run.last {
                    // Behind a part that holds the whole cell, nobody is asked.
                    if (part as u32) < self.cells[cell] {
                        touched.push((cell as u32, part as u32));
                    }
                }
            }
        }
        touched.par_sort_unstable();
        for cell in &mut self.cells {
            *cell = self
                .area_of_part
                .get(*cell as usize)
                .copied()
                .unwrap_or(OUTSIDE);
        }
        for of_cell in touched.chunk_by(|a, b| a.0 == b.0) {
            let start = self.candidates.len() as u32;
            self.candidates.extend(of_cell.iter().map(|(_, part)| part));
            let Some((cell, _)) = of_cell.first() else {
                continue;
            };
            let cell = &mut self.cells[*cell as usize];
            let otherwise = if *cell == OUTSIDE { NONE } else { *cell };
            *cell = MIXED | self.mixed.len() as u32;
            self.mixed.push(MixedCell {
                start,
                end: self.candidates.len() as u32,
                otherwise,
            });
        }
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
