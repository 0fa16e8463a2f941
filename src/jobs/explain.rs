//! Why one household should have a programme, should not, or why nobody knows.

use super::Town;
use crate::analysis::{self, Explanation, SilentReasons};
use crate::base::{Generation, Progress};
use crate::words::Fault;
use std::sync::Arc;

/// A household to ask the rules about.
#[derive(Debug, Clone)]
pub struct ExplainRequest {
    /// The town, with the rules of its day.
    pub town: Arc<Town>,
    /// The row of the household.
    pub row: u32,
}

/// What the rules say of a household.
#[derive(Debug, Clone, PartialEq)]
pub struct Explained {
    /// The edition of which it was asked.
    pub generation: Generation,
    /// The row of the household.
    pub row: u32,
    /// One entry a programme that has a rule on the day, in the order of the catalogue: the verdict
    /// on the household, or on each of its members.
    pub programmes: Vec<Vec<Explanation>>,
    /// Whether it is silent, and why it is or is not.
    pub silence: SilentReasons,
}

impl ExplainRequest {
    pub(super) fn run(self, progress: &Progress) -> Result<Explained, Fault> {
        let Town {
            snapshot,
            rules,
            gaps,
            as_of,
            ..
        } = &*self.town;
        progress.tick(0)?;
        let mut programmes = analysis::explain_all(snapshot, rules, self.row);
        programmes.retain(|asked| !asked.is_empty());
        let months = analysis::silent_period_months(&snapshot.catalogue);
        Ok(Explained {
            generation: snapshot.generation,
            row: self.row,
            programmes,
            silence: analysis::silent_reasons(snapshot, gaps, self.row, *as_of, months),
        })
    }
}
