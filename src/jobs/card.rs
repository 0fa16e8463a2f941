//! Everything that is recorded of one household, for its card (一户一档).

use super::fact_origins::fact_origins;
use super::{Town, WorkspaceHandle};
use crate::analysis::{self, Clock};
use crate::base::{Generation, Progress};
use crate::layer::FactOrigins;
use crate::store::HouseholdRows;
use crate::words::Fault;
use std::sync::Arc;

/// A household whose card is looked at.
#[derive(Debug, Clone)]
pub struct CardRequest {
    /// The town.
    pub town: Arc<Town>,
    /// The workspace that it was loaded from: the texts of its rows stay there.
    pub workspace: WorkspaceHandle,
    /// The row of the household.
    pub row: u32,
}

/// One household, one file.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// The edition that it belongs to.
    pub generation: Generation,
    /// The row of the household.
    pub row: u32,
    /// Its number.
    pub id: String,
    /// Its members, receipts, needs, visits, notes and reviews, each with where it came from. Receipts,
    /// needs, visits and reviews stand the newest first, those without a day last.
    pub rows: HouseholdRows,
    /// What falls due, the earliest first.
    pub clocks: Vec<Clock>,
    /// Where the facts that rules find in it were read.
    pub origins: FactOrigins,
}

impl CardRequest {
    pub(super) fn run(self, progress: &Progress) -> Result<Card, Fault> {
        progress.tick(0)?;
        let snapshot = &self.town.snapshot;
        let id = snapshot.households.id.get(self.row).to_owned();
        let (mut rows, origins) = self.workspace.with(|workspace| {
            let rows = workspace.rows_of(&id)?;
            progress.tick(0)?;
            let origins = fact_origins(workspace, &self.town, self.row, &rows, progress)?;
            Ok((rows, origins))
        })?;
        progress.tick(0)?;
        rows.receipts
            .sort_by_key(|one| std::cmp::Reverse((one.record.start, one.number)));
        rows.needs
            .sort_by_key(|one| std::cmp::Reverse((one.record.raised_on, one.number)));
        rows.visits.sort_by_key(|one| {
            let visit = &one.record;
            std::cmp::Reverse((visit.done_on.or(visit.planned_on), one.number))
        });
        rows.reviews
            .sort_by_key(|one| std::cmp::Reverse((one.record.on, one.number)));
        rows.notes
            .sort_by_key(|one| std::cmp::Reverse((one.record.on, one.number)));
        Ok(Card {
            generation: snapshot.generation,
            row: self.row,
            clocks: analysis::clocks(snapshot, self.row, self.town.as_of),
            id,
            rows,
            origins,
        })
    }
}
