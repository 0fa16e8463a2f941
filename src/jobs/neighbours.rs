//! Which areas of a level are neighbours: sought once a town, as smoothing asks again and again.

use crate::analysis::{Neighbours, Weights, level_weights};
use crate::base::{Cancelled, Progress};
use crate::model::AreaLevel;
use crate::snapshot::Areas;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Areas with a common point of their borders, by level.
#[derive(Debug, Default)]
pub struct LevelNeighbours(Mutex<BTreeMap<AreaLevel, Arc<Weights>>>);

impl LevelNeighbours {
    /// The neighbours of a level, an entry an area in the order of the snapshot.
    ///
    /// # Errors
    /// [`Cancelled`] where the progress says so.
    pub fn queen(
        &self,
        areas: &Areas,
        level: AreaLevel,
        progress: &Progress,
    ) -> Result<Arc<Weights>, Cancelled> {
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = known().get(&level) {
            return Ok(Arc::clone(found));
        }
        let (_, weights) = level_weights(areas, level, Neighbours::Queen, progress)?;
        let weights = Arc::new(weights);
        known().insert(level, Arc::clone(&weights));
        Ok(weights)
    }
}
