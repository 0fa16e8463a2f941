//! How steady the list of the most urgent is.

use super::{Scores, Town};
use crate::analysis::{self, Quota, Steadiness};
use crate::base::{Generation, Progress};
use crate::query::RowSet;
use crate::words::Fault;
use std::sync::Arc;

/// Which list to try under moved weights.
#[derive(Debug, Clone)]
pub struct SteadinessRequest {
    /// The town.
    pub town: Arc<Town>,
    /// The households to pick from.
    pub rows: Arc<RowSet>,
    /// Their scores, with the weights about which is moved.
    pub scores: Arc<Scores>,
    /// What makes the list.
    pub quota: Quota,
}

/// What came of it.
#[derive(Debug)]
pub struct Steadied {
    /// The edition.
    pub generation: Generation,
    /// How steady the list is.
    pub steadiness: Steadiness,
}

impl SteadinessRequest {
    pub(super) fn run(self, progress: &Progress) -> Result<Steadied, Fault> {
        let snapshot = &self.town.snapshot;
        let priority = &self.scores.priority;
        let steadiness = analysis::steadiness(
            snapshot,
            &self.rows,
            &priority.components,
            &priority.weights,
            self.quota,
            progress,
        )?;
        Ok(Steadied {
            generation: snapshot.generation,
            steadiness,
        })
    }
}
