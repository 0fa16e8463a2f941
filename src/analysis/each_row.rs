//! The same work for every row of a list, in parallel and in order.

use crate::base::{Cancelled, Progress};
use rayon::prelude::*;

/// Rows between two looks at the progress.
const CHUNK: usize = 4_096;

/// What `row` makes of each. Progress counts rows.
pub(super) fn each_row<'a, T: Sync, R: Send>(
    of: &'a [T],
    progress: &Progress,
    row: impl Fn(&'a T) -> R + Sync,
) -> Result<Vec<R>, Cancelled> {
    let chunks: Vec<Vec<R>> = of
        .par_chunks(CHUNK)
        .map(|chunk| {
            progress.tick(chunk.len() as u64)?;
            Ok(chunk.iter().map(&row).collect())
        })
        .collect::<Result<_, Cancelled>>()?;
    Ok(chunks.into_iter().flatten().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_their_order_and_work_can_be_stopped() {
        let numbers: Vec<u32> = (0..10_000).collect();
        let progress = Progress::new();
        let doubled = each_row(&numbers, &progress, |number| number * 2).unwrap();
        assert!(
            doubled
                .iter()
                .zip(&numbers)
                .all(|(two, one)| *two == one * 2)
        );
        assert_eq!(doubled.len(), numbers.len());
        progress.cancel();
        assert!(each_row(&numbers, &progress, |number| *number).is_err());
    }
}
