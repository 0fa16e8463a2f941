//! The households of a filter, in order, with their figures.

use super::Town;
use crate::analysis::{self, Coverage, Priority, PriorityWeights};
use crate::base::{Generation, Progress, Stopwatch};
use crate::model::Date;
use crate::query::{self, Choice, Direction, EvalContext, Filter, RowSet, SortKey};
use crate::words::Fault;
use std::sync::Arc;

/// What to find, and how to order it.
#[derive(Debug, Clone)]
pub struct FilterRequest {
    /// The town.
    pub town: Arc<Town>,
    /// Which households.
    pub filter: Filter,
    /// The households selected on the map, for `selected:yes`.
    pub selection: Option<Arc<RowSet>>,
    /// Which programmes and needs count.
    pub choice: Choice,
    /// The day of the figures.
    pub as_of: Date,
    /// The scores of the last answer, where they still hold.
    pub priority: Option<Arc<Scores>>,
    /// By what to sort.
    pub sort: SortKey,
    /// Which way.
    pub direction: Direction,
}

/// The scores of all households, with what they were computed for.
#[derive(Debug)]
pub struct Scores {
    /// The edition.
    pub generation: Generation,
    /// Which programmes and needs counted.
    pub choice: Choice,
    /// The day.
    pub as_of: Date,
    /// The scores.
    pub priority: Priority,
}

/// What was found.
#[derive(Debug)]
pub struct Filtered {
    /// The edition that it was found in.
    pub generation: Generation,
    /// The filter that was asked.
    pub filter: Filter,
    /// The households.
    pub rows: Arc<RowSet>,
    /// The same in order.
    pub order: Arc<Vec<u32>>,
    /// How many of them have no place on the map.
    pub not_geocoded: usize,
    /// The scores of all households.
    pub scores: Arc<Scores>,
    /// Figures of these households by area.
    pub coverage: Arc<Coverage>,
    /// What took how long.
    pub timings: Stopwatch,
}

impl FilterRequest {
    pub(super) fn run(self, progress: &Progress) -> Result<Filtered, Fault> {
        let mut timings = Stopwatch::start();
        let snapshot = &self.town.snapshot;
        let context = EvalContext {
            as_of: self.as_of,
            selection: self.selection.as_deref(),
            choice: self.choice,
        };
        let rows = query::eval(&self.filter, snapshot, &context, progress)?;
        timings.lap("filter");
        let scores = self.scores(progress)?;
        timings.lap("priority");
        let score = Some(scores.priority.score.as_slice());
        let order = query::sort(&rows, self.sort, self.direction, snapshot, score);
        timings.lap("sort");
        let coverage = analysis::coverage(snapshot, &rows, self.choice, progress)?;
        timings.lap("coverage");
        let not_geocoded = rows
            .iter()
            .filter(|row| snapshot.households.merc(*row).is_none())
            .count();
        Ok(Filtered {
            generation: snapshot.generation,
            filter: self.filter,
            rows: Arc::new(rows),
            order: Arc::new(order),
            not_geocoded,
            scores,
            coverage: Arc::new(coverage),
            timings,
        })
    }

    /// The scores: the last ones where nothing that they depend on has changed.
    fn scores(&self, progress: &Progress) -> Result<Arc<Scores>, Fault> {
        let snapshot = &self.town.snapshot;
        let holds = |scores: &&Arc<Scores>| {
            scores.generation == snapshot.generation
                && scores.choice == self.choice
                && scores.as_of == self.as_of
        };
        if let Some(scores) = self.priority.as_ref().filter(holds) {
            return Ok(Arc::clone(scores));
        }
        let priority = analysis::priority(
            snapshot,
            self.choice,
            self.as_of,
            &PriorityWeights::default(),
            progress,
        )?;
        Ok(Arc::new(Scores {
            generation: snapshot.generation,
            choice: self.choice,
            as_of: self.as_of,
            priority,
        }))
    }
}
