//! What a changed catalogue would mean, before anything is changed.

use super::Town;
use crate::analysis::{self, RuleSet, WhatIf};
use crate::base::{Generation, Progress};
use crate::model::Catalogue;
use crate::query::RowSet;
use crate::words::Fault;
use std::sync::Arc;

/// A catalogue to try.
#[derive(Debug, Clone)]
pub struct WhatIfRequest {
    /// The town, with the rules of its day.
    pub town: Arc<Town>,
    /// The catalogue on trial.
    pub catalogue: Arc<Catalogue>,
}

/// What a catalogue on trial means for the town.
#[derive(Debug)]
pub struct Tried {
    /// The edition of which it was asked.
    pub generation: Generation,
    /// The catalogue as it was asked for.
    pub catalogue: Arc<Catalogue>,
    /// The same with programmes and needs in the places of the town's. Places below are its places.
    pub aligned: Catalogue,
    /// Its rules on the town's day.
    pub rules: RuleSet,
    /// These rules against the town's own.
    pub what_if: WhatIf,
    /// Households that enter any programme.
    pub entrants: RowSet,
    /// Households that leave any programme.
    pub leavers: RowSet,
    /// Households that leave one programme for another.
    pub moving: usize,
}

impl WhatIfRequest {
    pub(super) fn run(self, progress: &Progress) -> Result<Tried, Fault> {
        let Town {
            snapshot,
            rules: today,
            gaps,
            as_of,
            ..
        } = &*self.town;
        let aligned = self.catalogue.aligned_to(&snapshot.catalogue);
        let rules = RuleSet::compile(&aligned, *as_of);
        // The rules are asked, and then everybody is counted.
        progress.set_total(2 * snapshot.households.len() as u64);
        let what_if = analysis::what_if(snapshot, (today, gaps), &rules, progress)?;
        let (entrants, leavers) = (what_if.entrants(u64::MAX), what_if.leavers(u64::MAX));
        Ok(Tried {
            generation: snapshot.generation,
            catalogue: self.catalogue,
            aligned,
            rules,
            moving: entrants.clone().and(&leavers).count(),
            entrants,
            leavers,
            what_if,
        })
    }
}
