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

/// Units of work that is counted by its parts.
const TICKS: u64 = 10_000;

#[derive(Debug, Default)]
struct Shared {
    cancelled: AtomicBool,
    /// Work of which this is a part: it is stopped with it.
    whole: Option<Progress>,
    /// From where to where this part moves the whole along.
    span: Option<(u64, u64)>,
    /// What has begun must be brought to its end, whoever wants it stopped.
    goes_on: bool,
    done: AtomicU64,
    total: AtomicU64,
}

/// A handle on one piece of slow work, shared between the worker and whoever watches it.
///
/// Work of several parts gives each its own handle ([`Progress::part`]), which moves the whole along
/// between two shares, so that the whole never goes back.
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

    /// A handle for a part of the work that counts for itself. It moves the whole from one share to
    /// another (0 to 1), and stops when the whole does.
    #[must_use]
    pub fn part(&self, from: f64, to: f64) -> Self {
        self.part_of(from, to, false)
    }

    /// The same for a part that must be brought to its end: it is seen, and cannot be stopped.
    #[must_use]
    pub fn last_part(&self, from: f64, to: f64) -> Self {
        self.part_of(from, to, true)
    }

    fn part_of(&self, from: f64, to: f64, goes_on: bool) -> Self {
        let ticks = |share: f64| (share.clamp(0.0, 1.0) * TICKS as f64) as u64;
        let part = Self(Arc::new(Shared {
            whole: Some(self.clone()),
            span: Some((ticks(from), ticks(to))),
            goes_on,
            ..Shared::default()
        }));
        self.set_total(TICKS);
        part.move_whole();
        part
    }

    /// Lets the whole stand where its part is. It never goes back.
    fn move_whole(&self) {
        if let (Some(whole), Some((from, to))) = (&self.0.whole, self.0.span) {
            let share = f64::from(self.fraction().unwrap_or(0.0));
            let gone = (to.saturating_sub(from) as f64 * share) as u64;
            whole.0.done.fetch_max(from + gone, Ordering::Relaxed);
            whole.move_whole();
        }
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
        self.move_whole();
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
        if self.0.goes_on {
            return false;
        }
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

    #[test]
    fn parts_move_the_whole_along_and_never_back() {
        let whole = Progress::new();
        let first = whole.part(0.0, 0.5);
        first.set_total(4);
        assert_eq!(first.tick(2), Ok(()));
        assert_eq!(whole.fraction(), Some(0.25));
        // It reads its file once more.
        first.set_total(40);
        assert_eq!(first.tick(1), Ok(()));
        assert_eq!(whole.fraction(), Some(0.25));
        let second = whole.part(0.5, 1.0);
        assert_eq!(whole.fraction(), Some(0.5));
        let nested = second.part(0.5, 1.0);
        assert_eq!(whole.fraction(), Some(0.75));
        whole.cancel();
        assert_eq!(nested.tick(1), Err(Cancelled));
        let last = whole.last_part(0.9, 1.0);
        last.set_total(1);
        assert_eq!(last.tick(1), Ok(()));
        assert_eq!(whole.fraction(), Some(1.0));
    }
}
