//! Progress and cancelling in one call: a slow function takes `&Progress` and ticks.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// The work was cancelled. Whoever sees it stops and leaves what was there before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cancelled;

impl fmt::Display for Cancelled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("cancelled")
    }
}

impl std::error::Error for Cancelled {}

#[derive(Debug, Default)]
struct Shared {
    cancelled: AtomicBool,
    /// Work of which this is a part: it is stopped with it.
    whole: Option<Progress>,
    done: AtomicU64,
    total: AtomicU64,
}

/// A handle on one piece of slow work, shared between the worker and whoever watches it.
///
/// The worker reports units done (rows, bytes, tiles: whatever it counts); the watcher reads
/// the fraction and may cancel. Clones are handles on the same work.
#[derive(Debug, Clone, Default)]
pub struct Progress(Arc<Shared>);

impl Progress {
    /// A fresh handle: nothing done, total unknown, not cancelled.
    pub fn new() -> Self {
        Self::default()
    }

    /// A handle for a part of the work that counts for itself: what it reports is not seen, and it
    /// stops when the whole does.
    #[must_use]
    pub fn aside(&self) -> Self {
        Self(Arc::new(Shared {
            whole: Some(self.clone()),
            ..Shared::default()
        }))
    }

    /// Says how many units the whole work has. Zero means unknown.
    pub fn set_total(&self, units: u64) {
        self.0.total.store(units, Ordering::Relaxed);
    }

    /// Reports `units` more done.
    ///
    /// # Errors
    /// [`Cancelled`] where somebody asked for the work to stop: pass it up with `?`.
    pub fn tick(&self, units: u64) -> Result<(), Cancelled> {
        self.0.done.fetch_add(units, Ordering::Relaxed);
        if self.is_cancelled() {
            Err(Cancelled)
        } else {
            Ok(())
        }
    }

    /// Asks the work to stop at its next tick.
    pub fn cancel(&self) {
        self.0.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether somebody asked the work to stop.
    pub fn is_cancelled(&self) -> bool {
        self.0.cancelled.load(Ordering::Relaxed)
            || self.0.whole.as_ref().is_some_and(Self::is_cancelled)
    }

    /// Units done so far.
    pub fn done(&self) -> u64 {
        self.0.done.load(Ordering::Relaxed)
    }

    /// Share done, 0 to 1, or `None` where the total is unknown.
    pub fn fraction(&self) -> Option<f32> {
        let total = self.0.total.load(Ordering::Relaxed);
        (total > 0).then(|| (self.done() as f32 / total as f32).min(1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tick_reports_and_a_cancelled_tick_stops() {
        let progress = Progress::new();
        assert_eq!(progress.fraction(), None);
        progress.set_total(10);
        assert_eq!(progress.tick(4), Ok(()));
        assert_eq!(progress.fraction(), Some(0.4));
        progress.clone().cancel();
        assert_eq!(progress.tick(1), Err(Cancelled));
    }
}
