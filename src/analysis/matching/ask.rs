//! The open needs of a town, in the order in which they are served.

use crate::model::{Date, LonLat, NeedStatus};
use crate::snapshot::{Snapshot, Unknown};

/// An open need that asks for a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MatchNeed {
    /// Row of the household.
    pub household: u32,
    /// Place of its row in the snapshot's needs; `None` where only the ledger's list names it.
    pub at: Option<u32>,
    /// Place of the category in the catalogue.
    pub category: u8,
    /// 1 (can wait) to 3 (at once); 0 where not known.
    pub urgency: u8,
    /// Days since it was raised, where that is known.
    pub waiting_days: Option<u32>,
}

impl MatchNeed {
    pub(super) fn position(&self, town: &Snapshot) -> Option<LonLat> {
        town.households.position(self.household)
    }
}

/// Needs, and which of them are to be assigned.
pub(super) struct Asked {
    /// By row of the household, then as [`Snapshot::open_needs`] has them.
    pub(super) needs: Vec<MatchNeed>,
    /// Each category with the places of its needs in the order in which they are served; those that
    /// are referred are not among them.
    pub(super) by_category: Vec<(u8, Vec<usize>)>,
}

pub(super) fn asked(town: &Snapshot, as_of: Date) -> Asked {
    let mut needs = Vec::new();
    let mut waiting: Vec<usize> = Vec::new();
    for row in 0..town.households.len() as u32 {
        for need in town.open_needs(row, u64::MAX) {
            let at = need.at.map(|at| at as usize);
            let status = at.and_then(|at| town.needs.status.get(at));
            if status != Some(&NeedStatus::Referred) {
                waiting.push(needs.len());
            }
            let raised_on = at.and_then(|at| town.needs.raised_on.get(at));
            let raised_on = raised_on.filter(|raised| **raised != Unknown::DAY);
            needs.push(MatchNeed {
                household: row,
                at: need.at,
                category: need.category,
                urgency: need.urgency,
                waiting_days: raised_on
                    .and_then(|raised| u32::try_from(as_of.days().saturating_sub(*raised)).ok()),
            });
        }
    }
    let order = |at: &usize| {
        let need = &needs[*at];
        let urgent_first = std::cmp::Reverse(need.urgency.max(1));
        let longest_first = std::cmp::Reverse(need.waiting_days.unwrap_or(0));
        let id = town.households.id.get(need.household);
        (need.category, urgent_first, longest_first, id, *at)
    };
    waiting.sort_by(|a, b| order(a).cmp(&order(b)));
    let by_category = waiting
        .chunk_by(|a, b| needs[*a].category == needs[*b].category)
        .map(|chunk| (needs[chunk[0]].category, chunk.to_vec()))
        .collect();
    Asked { needs, by_category }
}
