//! Stage times of one run, for `--timings` and for whoever wonders where the time goes.

use std::time::{Duration, Instant};

/// Collects named stages in the order in which they ended. Times are wall clock.
#[derive(Debug, Clone)]
pub struct Stopwatch {
    last: Instant,
    stages: Vec<(&'static str, Duration)>,
}

impl Stopwatch {
    /// Starts the first stage now.
    pub fn start() -> Self {
        Self {
            last: Instant::now(),
            stages: Vec::new(),
        }
    }

    /// Ends the running stage under this name and starts the next. A name used twice adds up.
    pub fn lap(&mut self, stage: &'static str) {
        let now = Instant::now();
        let took = now - self.last;
        self.last = now;
        match self.stages.iter_mut().find(|(name, _)| *name == stage) {
            Some((_, total)) => *total += took,
            None => self.stages.push((stage, took)),
        }
    }

    /// Adds the stages of another stopwatch behind this one's.
    pub fn absorb(&mut self, other: &Self) {
        self.stages.extend(other.stages.iter().copied());
        self.last = Instant::now();
    }

    /// The stages so far.
    pub fn stages(&self) -> &[(&'static str, Duration)] {
        &self.stages
    }
}
