//! Filter + snapshot → the set of rows: 64 rows a word, chunks in parallel, cheap parts first.
//!
//! "Not" is the plain complement of the rows that its part holds; what an unknown value means is
//! decided in the leaves (`leaf.rs`).

use super::leaf::{self, Leaf};
use super::{Choice, Filter, RowSet};
use crate::base::{Cancelled, Progress};
use crate::model::{Catalogue, Date};
use crate::snapshot::{Areas, Households, Snapshot};
use rayon::prelude::*;

/// Words of 64 rows that one task fills: few enough to stay in the cache, enough to be worth it.
const CHUNK_WORDS: usize = 256;

/// What a filter needs beside the snapshot.
#[derive(Debug, Clone, Copy)]
pub struct EvalContext<'a> {
    /// The day from which relative days count.
    pub as_of: Date,
    /// The households selected on the map; without it, none is.
    pub selection: Option<&'a RowSet>,
    /// The programmes and needs that "concern" and "receiving" are about. `need:any` and
    /// `programme:any` are about all, chosen or not.
    pub choice: Choice,
}

/// The parts of a snapshot that a filter reads.
#[derive(Clone, Copy)]
pub(super) struct Town<'a> {
    pub(super) households: &'a Households,
    pub(super) areas: &'a Areas,
    pub(super) catalogue: &'a Catalogue,
}

impl<'a> Town<'a> {
    pub(super) fn of(snapshot: &'a Snapshot) -> Self {
        Self {
            households: &snapshot.households,
            areas: &snapshot.areas,
            catalogue: &snapshot.catalogue,
        }
    }
}

/// The households that a filter holds. Ticks once a chunk, in rows.
///
/// # Errors
/// [`Cancelled`] where the work was cancelled.
pub fn eval(
    filter: &Filter,
    snapshot: &Snapshot,
    context: &EvalContext,
    progress: &Progress,
) -> Result<RowSet, Cancelled> {
    eval_town(filter, Town::of(snapshot), context, progress)
}

fn eval_town(
    filter: &Filter,
    town: Town,
    context: &EvalContext,
    progress: &Progress,
) -> Result<RowSet, Cancelled> {
    let rows = town.households.len();
    let plan = Plan::of(filter, town, context);
    let mut words = vec![0; rows.div_ceil(64)];
    words
        .par_chunks_mut(CHUNK_WORDS)
        .enumerate()
        .try_for_each(|(chunk, out)| {
            let first_word = chunk * CHUNK_WORDS;
            plan.fill(first_word, &vec![u64::MAX; out.len()], out);
            progress.tick((out.len() * 64).min(rows - first_word * 64) as u64)
        })?;
    Ok(RowSet::from_words(words, rows))
}

/// The filter with its codes, names and days looked up once.
enum Plan<'a> {
    All,
    And(Vec<Plan<'a>>),
    Or(Vec<Plan<'a>>),
    Not(Box<Plan<'a>>),
    Leaf(Leaf<'a>),
}

impl<'a> Plan<'a> {
    fn of(filter: &Filter, town: Town<'a>, context: &EvalContext<'a>) -> Self {
        // The order changes no result, and the dear parts then look at fewer rows.
        let sorted = |parts: &[Filter]| {
            let mut plans: Vec<Self> = parts
                .iter()
                .map(|part| Self::of(part, town, context))
                .collect();
            plans.sort_by_key(Self::cost);
            plans
        };
        match filter {
            Filter::All => Self::All,
            Filter::And(parts) => Self::And(sorted(parts)),
            Filter::Or(parts) => Self::Or(sorted(parts)),
            Filter::Not(inner) => Self::Not(Box::new(Self::of(inner, town, context))),
            Filter::Where(condition) => Self::Leaf(leaf::of(condition, town, context)),
        }
    }

    fn cost(&self) -> u8 {
        match self {
            Self::All => 0,
            Self::And(parts) | Self::Or(parts) => parts.iter().map(Self::cost).max().unwrap_or(0),
            Self::Not(inner) => inner.cost(),
            Self::Leaf(leaf) => leaf.cost,
        }
    }

    /// Puts into `out` those of the `live` rows that the plan holds.
    fn fill(&self, first_word: usize, live: &[u64], out: &mut [u64]) {
        match self {
            Self::All => out.copy_from_slice(live),
            Self::Leaf(leaf) => (leaf.fill)(first_word, live, out),
            Self::Not(inner) => {
                inner.fill(first_word, live, out);
                for (word, live) in out.iter_mut().zip(live) {
                    *word = live & !*word;
                }
            }
            Self::And(parts) => {
                let mut left = live.to_vec();
                for part in parts {
                    part.fill(first_word, &left, out);
                    left.copy_from_slice(out);
                }
                out.copy_from_slice(&left);
            }
            Self::Or(parts) => {
                let mut left = live.to_vec();
                for part in parts {
                    part.fill(first_word, &left, out);
                    for (left, found) in left.iter_mut().zip(out.iter()) {
                        *left &= !found;
                    }
                }
                for ((word, live), left) in out.iter_mut().zip(live).zip(&left) {
                    *word = live & !left;
                }
            }
        }
    }
}
