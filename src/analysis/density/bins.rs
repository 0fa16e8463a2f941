//! Many points into one grid, on all cores, with the same result on every machine.

use crate::base::{Cancelled, Progress};
use crate::query::RowSet;
use rayon::prelude::*;

/// The rows to count, with where they are and what they weigh.
pub(super) struct Points<'a, W> {
    pub(super) x_merc: &'a [f64],
    pub(super) y_merc: &'a [f64],
    pub(super) weight: W,
    pub(super) rows: &'a RowSet,
}

/// A grid that each part may have to itself without crowding the caches of the others.
const SMALL_GRID: usize = 1 << 18;
const ROWS_PER_PART: usize = 1 << 15;

/// Puts every point into a grid of cells by `splat(grid, x, y, weight)`.
///
/// Each part of the rows has a grid of its own, and these are added in order. How many parts
/// there are depends on the rows and the grid alone, never on the machine: sums of floats come
/// out the same everywhere.
pub(super) fn scatter<W, S>(
    points: &Points<W>,
    cells: usize,
    splat: S,
    progress: &Progress,
) -> Result<Vec<f32>, Cancelled>
where
    W: Fn(u32) -> f32 + Sync,
    S: Fn(&mut [f32], f64, f64, f32) + Sync,
{
    let words = points.rows.words();
    let most = if cells <= SMALL_GRID { 16 } else { 4 };
    let parts = points.rows.count().div_ceil(ROWS_PER_PART).clamp(1, most);
    let per_part = words.len().div_ceil(parts).max(1);
    let grids = words
        .par_chunks(per_part)
        .enumerate()
        .map(|(part, words)| {
            let mut grid = vec![0.0; cells];
            let first_word = part * per_part;
            for (block, words) in words.chunks(256).enumerate() {
                let rows =
                    scatter_block(points, first_word + block * 256, words, &mut grid, &splat);
                progress.tick(rows)?;
            }
            Ok(grid)
        })
        .collect::<Result<Vec<_>, Cancelled>>()?;

    let mut grids = grids.into_iter();
    let mut sum = grids.next().unwrap_or_else(|| vec![0.0; cells]);
    let others: Vec<_> = grids.collect();
    if !others.is_empty() {
        const BLOCK: usize = 1 << 13;
        sum.par_chunks_mut(BLOCK)
            .enumerate()
            .for_each(|(block, sum)| {
                for other in &others {
                    let other = other.iter().skip(block * BLOCK);
                    sum.iter_mut()
                        .zip(other)
                        .for_each(|(sum, other)| *sum += other);
                }
            });
    }
    Ok(sum)
}

fn scatter_block<W, S>(
    points: &Points<W>,
    first_word: usize,
    words: &[u64],
    grid: &mut [f32],
    splat: &S,
) -> u64
where
    W: Fn(u32) -> f32,
    S: Fn(&mut [f32], f64, f64, f32),
{
    let mut rows = 0;
    for (index, word) in words.iter().enumerate() {
        let mut rest = *word;
        rows += u64::from(rest.count_ones());
        let first_row = (first_word + index) * 64;
        // A whole word is the common case, and a straight run over the columns is the fastest.
        let of_word = first_row..first_row + 64;
        if rest == u64::MAX
            && let Some(x) = points.x_merc.get(of_word.clone())
            && let Some(y) = points.y_merc.get(of_word)
        {
            for (row, (x, y)) in (first_row as u32..).zip(x.iter().zip(y)) {
                splat(grid, *x, *y, (points.weight)(row));
            }
            continue;
        }
        while rest != 0 {
            let row = first_row + rest.trailing_zeros() as usize;
            rest &= rest - 1;
            if let (Some(&x), Some(&y)) = (points.x_merc.get(row), points.y_merc.get(row)) {
                splat(grid, x, y, (points.weight)(row as u32));
            }
        }
    }
    rows
}
