//! The households of a filter, in order, with their figures.

use super::Town;
use crate::analysis::{self, Components, Coverage, Picked, Priority, PriorityWeights, Quota};
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
    /// How much each component of the score counts.
    pub weights: PriorityWeights,
    /// How many of the most urgent to keep; `None` keeps all.
    pub quota: Option<Quota>,
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
    /// The households: those of the filter, or what the quota keeps of them.
    pub rows: Arc<RowSet>,
    /// The households of the filter, whatever the quota.
    pub found: Arc<RowSet>,
    /// What the quota did.
    pub picked: Option<PickedCounts>,
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

/// What a quota did to the households of a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PickedCounts {
    /// The quota.
    pub quota: Quota,
    /// How many households it kept.
    pub kept: usize,
    /// Of how many.
    pub found: usize,
    /// How many areas have some of those; 1 where the quota is of all together.
    pub groups: usize,
    /// How many of these have fewer than the quota.
    pub short: usize,
    /// How many of the kept ones lie in no area of the level.
    pub outside: usize,
}

impl PickedCounts {
    fn of(picked: &Picked) -> Self {
        Self {
            quota: picked.quota,
            kept: picked.rows.count(),
            found: picked.found,
            groups: picked.groups,
            short: picked.short,
            outside: picked.outside,
        }
    }
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
        let found = Arc::new(rows);
        let mut picked = None;
        let rows = match self.quota {
            None => Arc::clone(&found),
            Some(quota) => {
                let kept = analysis::pick(quota, snapshot, &found, &scores.priority.score);
                picked = Some(PickedCounts::of(&kept));
                timings.lap("quota");
                Arc::new(kept.rows)
            }
        };
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
            rows,
            found,
            picked,
            order: Arc::new(order),
            not_geocoded,
            scores,
            coverage: Arc::new(coverage),
            timings,
        })
    }

    /// The scores: the last ones where nothing that they depend on has changed; where only the
    /// weights have, their components weighed anew.
    fn scores(&self, progress: &Progress) -> Result<Arc<Scores>, Fault> {
        let snapshot = &self.town.snapshot;
        let holds = |scores: &&Arc<Scores>| {
            scores.generation == snapshot.generation
                && scores.choice == self.choice
                && scores.as_of == self.as_of
        };
        let last = self.priority.as_ref().filter(holds);
        if let Some(scores) = last.filter(|scores| scores.priority.weights == self.weights) {
            return Ok(Arc::clone(scores));
        }
        let components: Arc<Components> = match last {
            Some(scores) => Arc::clone(&scores.priority.components),
            None => Arc::new(analysis::components(
                snapshot,
                self.choice,
                self.as_of,
                progress,
            )?),
        };
        Ok(Arc::new(Scores {
            generation: snapshot.generation,
            choice: self.choice,
            as_of: self.as_of,
            priority: Priority::of(components, self.weights),
        }))
    }
}
