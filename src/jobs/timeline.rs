//! The time line of a town, of its areas, or of some households.

use super::Town;
use crate::analysis::{self, TimeLine, TimeLineSpec};
use crate::base::{Generation, Progress};
use crate::model::Date;
use crate::query::{Choice, RowSet};
use crate::snapshot::AreaIndex;
use crate::words::Fault;
use std::sync::Arc;

/// Whose time line, and how far back.
#[derive(Debug, Clone)]
pub struct TimeLineRequest {
    /// The town.
    pub town: Arc<Town>,
    /// The households.
    pub rows: Arc<RowSet>,
    /// Which programmes and needs count.
    pub choice: Choice,
    /// The areas that get a line of their own.
    pub areas: Vec<AreaIndex>,
    /// The last day.
    pub as_of: Date,
    /// How many months.
    pub months: usize,
}

/// A time line, and of what it is.
#[derive(Debug)]
pub struct TimeLineFound {
    /// The edition that it was made from.
    pub generation: Generation,
    /// What was asked for.
    pub rows: Arc<RowSet>,
    /// Which programmes and needs count.
    pub choice: Choice,
    /// The line.
    pub line: TimeLine,
}

impl TimeLineRequest {
    pub(super) fn run(self, progress: &Progress) -> Result<TimeLineFound, Fault> {
        let spec = TimeLineSpec {
            rows: &self.rows,
            choice: self.choice,
            areas: &self.areas,
            as_of: self.as_of,
            months: self.months,
        };
        let line = analysis::timeline(&self.town.snapshot, spec, progress)?;
        Ok(TimeLineFound {
            generation: self.town.snapshot.generation,
            rows: self.rows,
            choice: self.choice,
            line,
        })
    }
}
