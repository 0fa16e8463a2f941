//! How many needs are matched, and why the others are not: in all, by category, by resource.

use super::{MatchOutcome, Matching};
use crate::query::RowSet;
use std::ops::AddAssign;

/// Open needs by what is proposed for them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MatchCounts {
    /// All open needs.
    pub open: u32,
    /// A resource is proposed.
    pub matched: u32,
    /// Somebody has taken it on already.
    pub referred: u32,
    /// Nobody knows where the household is.
    pub not_geocoded: u32,
    /// Nobody offers this kind of help at a known place.
    pub no_resource: u32,
    /// None reaches so far.
    pub out_of_reach: u32,
    /// All that reach it are full.
    pub all_full: u32,
}

/// Which of the open needs are meant, by what is proposed for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MatchPart {
    /// All.
    Open,
    /// A resource is proposed.
    Matched,
    /// Somebody has taken it on already.
    Referred,
    /// Waits for help that nobody near can give, whatever the reason.
    Unmatched,
    /// Nobody knows where the household is.
    NotGeocoded,
    /// Nobody offers this kind of help at a known place.
    NoResource,
    /// None reaches so far.
    OutOfReach,
    /// All that reach it are full.
    AllFull,
}

impl MatchPart {
    /// Whether a need of this outcome is among them.
    pub fn has(self, outcome: MatchOutcome) -> bool {
        match self {
            Self::Open => true,
            Self::Matched => matches!(outcome, MatchOutcome::Matched { .. }),
            Self::Referred => outcome == MatchOutcome::Referred,
            Self::Unmatched => outcome.is_unmatched(),
            Self::NotGeocoded => outcome == MatchOutcome::NotGeocoded,
            Self::NoResource => outcome == MatchOutcome::NoResource,
            Self::OutOfReach => matches!(outcome, MatchOutcome::OutOfReach { .. }),
            Self::AllFull => outcome == MatchOutcome::AllFull,
        }
    }
}

impl MatchCounts {
    /// Needs that wait for help that nobody near can give.
    pub fn unmatched(&self) -> u32 {
        self.not_geocoded + self.no_resource + self.out_of_reach + self.all_full
    }

    fn of(outcome: MatchOutcome) -> Self {
        let mut counts = Self {
            open: 1,
            ..Self::default()
        };
        *match outcome {
            MatchOutcome::Matched { .. } => &mut counts.matched,
            MatchOutcome::Referred => &mut counts.referred,
            MatchOutcome::NotGeocoded => &mut counts.not_geocoded,
            MatchOutcome::NoResource => &mut counts.no_resource,
            MatchOutcome::OutOfReach { .. } => &mut counts.out_of_reach,
            MatchOutcome::AllFull => &mut counts.all_full,
        } = 1;
        counts
    }
}

impl AddAssign for MatchCounts {
    fn add_assign(&mut self, other: Self) {
        self.open += other.open;
        self.matched += other.matched;
        self.referred += other.referred;
        self.not_geocoded += other.not_geocoded;
        self.no_resource += other.no_resource;
        self.out_of_reach += other.out_of_reach;
        self.all_full += other.all_full;
    }
}

impl Matching {
    /// The places of the needs of these households in these categories.
    pub fn needs_of<'a>(
        &'a self,
        rows: &'a RowSet,
        categories: u64,
    ) -> impl Iterator<Item = usize> + 'a {
        let is_meant = move |at: &usize| {
            self.needs.get(*at).is_some_and(|need| {
                categories & (1 << (need.category & 63)) != 0 && rows.contains(need.household)
            })
        };
        (0..self.needs.len()).filter(is_meant)
    }

    /// The needs of these households in these categories: each category that has any, in the order of
    /// the catalogue, with its counts.
    pub fn counts(&self, rows: &RowSet, categories: u64) -> Vec<(u8, MatchCounts)> {
        let mut counts = [MatchCounts::default(); 64];
        for at in self.needs_of(rows, categories) {
            if let (Some(need), Some(outcome)) = (self.needs.get(at), self.outcomes.get(at)) {
                counts[usize::from(need.category & 63)] += MatchCounts::of(*outcome);
            }
        }
        let known = (0..).zip(counts);
        known.filter(|(_, counts)| counts.open > 0).collect()
    }

    /// Those of these households that have a need of these categories with such an outcome.
    pub fn rows(&self, rows: &RowSet, categories: u64, part: MatchPart) -> RowSet {
        let mut out = RowSet::none(rows.table_len());
        let is_meant = |at: &usize| self.outcomes.get(*at).is_some_and(|own| part.has(*own));
        let meant = self.needs_of(rows, categories).filter(is_meant);
        meant
            .filter_map(|at| Some(self.needs.get(at)?.household))
            .for_each(|row| out.insert(row));
        out
    }

    /// The needs that are proposed to a resource.
    pub fn needs_at(&self, resource: u32) -> impl Iterator<Item = usize> + '_ {
        let goes_there = move |at: &usize| {
            matches!(
                self.outcomes.get(*at),
                Some(MatchOutcome::Matched { resource: to, .. }) if *to == resource
            )
        };
        (0..self.needs.len()).filter(goes_there)
    }
}
