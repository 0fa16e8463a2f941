//! Earlier days of a town: each is made once and kept, so that a list of changes and a map of
//! differences share it.

use crate::analysis::{self, Past};
use crate::base::{Cancelled, Progress};
use crate::model::Date;
use crate::snapshot::Snapshot;
use std::sync::{Arc, Mutex, PoisonError};

/// So many days are kept: two maps, their list, and the one before.
const MOST: usize = 4;

/// The days that were asked for last, the newest question at the end.
#[derive(Debug, Default)]
pub struct Pasts(Mutex<Vec<Arc<Past>>>);

impl Pasts {
    /// The town on a day.
    ///
    /// # Errors
    /// [`Cancelled`] where the progress says so.
    pub(super) fn on(
        &self,
        town: &Snapshot,
        as_of: Date,
        progress: &Progress,
    ) -> Result<Arc<Past>, Cancelled> {
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(past) = known().iter().find(|past| past.as_of() == as_of) {
            return Ok(Arc::clone(past));
        }
        let past = analysis::past(town, &town.undated(), as_of, progress)?;
        let past = Arc::new(past);
        let mut known = known();
        known.retain(|past| past.as_of() != as_of);
        if known.len() >= MOST {
            known.remove(0);
        }
        known.push(Arc::clone(&past));
        Ok(past)
    }
}
