//! Households that were on the list last time and are not now.

use super::tables::Tables;
use super::target::Target;
use crate::analysis::{HouseholdView, likely_same};
use crate::base::Progress;
use crate::jobs::difference::RowKey;
use crate::model::{Problem, ProblemKind};
use crate::words::Fault;
use std::sync::Arc;

/// Households of other lists with which a list of nothing but new ones is compared, at most.
const MOST_COMPARED: usize = 200_000;

/// A household that came as new where others were known.
pub(super) struct Newcomer {
    pub(super) key: RowKey,
    pub(super) source: Arc<str>,
    /// What the file calls the column of household ids.
    pub(super) column: String,
    pub(super) name: String,
    pub(super) address: String,
}

impl Tables<'_, '_> {
    /// Some of those that vanished go, as it is decided; some may be rows that came as new.
    pub(super) fn compare_vanished(&mut self, progress: &Progress) -> Result<(), Fault> {
        let Target::Store(import) = self.target else {
            return Ok(());
        };
        let vanished = import.vanished()?;
        self.report.vanished = vanished.len() as u64;
        for (number, household) in &vanished {
            if self.request.decisions.remove.contains(&household.id) {
                import.remove(*number)?;
            }
        }
        let newcomers = std::mem::take(&mut self.newcomers);
        // A list that was numbered anew, and has no ID numbers, has nothing in common with its last
        // edition but names and addresses.
        let is_unlike_all =
            vanished.is_empty() && self.difference.same == 0 && !newcomers.is_empty();
        let others = if is_unlike_all {
            import.unseen(MOST_COMPARED)?
        } else {
            Vec::new()
        };
        let known = if is_unlike_all { &others } else { &vanished };
        let new: Vec<HouseholdView<'_>> = newcomers
            .iter()
            .map(|one| HouseholdView {
                name: &one.name,
                address: &one.address,
            })
            .collect();
        let gone: Vec<HouseholdView<'_>> = known
            .iter()
            .map(|(_, household)| HouseholdView {
                name: &household.head_name,
                address: &household.address,
            })
            .collect();
        for pair in likely_same(&new, &gone, &progress.aside())? {
            let (Some(one), Some((_, household))) = (
                newcomers.get(pair.new as usize),
                known.get(pair.vanished as usize),
            ) else {
                continue;
            };
            let per_cent = (pair.score() * 100.0).round() as u8;
            let mut shown = self.difference.new.shown.iter_mut();
            if let Some(new) = shown.find(|new| new.key == one.key) {
                new.like = Some((household.id.clone(), per_cent));
            }
            let problem = Problem {
                source: one.source.clone(),
                row: one.key.row,
                column: one.column.clone(),
                kind: ProblemKind::MaybeSameHousehold,
                text: household.id.clone(),
            };
            self.target.keep_problem(self.report, problem)?;
        }
        for (_, household) in vanished {
            self.difference.vanished.add(|| household);
        }
        Ok(())
    }
}
