//! Who receives what on a day: the household, or one of its members.

use crate::model::Date;
use crate::snapshot::{DayColumns, People, Snapshot};

/// What members receive, and what households receive of which nobody says for whom.
#[derive(Debug, Default)]
pub(in crate::analysis) struct Receiving {
    /// Programmes of each member by receipts in their name; empty where there is none.
    own: Vec<u64>,
    /// Programmes of each household by receipts in somebody's name, but none without one; empty
    /// where there is none.
    named_only: Vec<u64>,
}

impl Receiving {
    /// Of all households on a day. A town without receipts costs nothing.
    pub(in crate::analysis) fn of(town: &Snapshot, on: Date) -> Self {
        let receipts = &town.receipts;
        if receipts.is_empty() {
            return Self::default();
        }
        let mut out = Self {
            own: vec![0; town.people.len()],
            named_only: vec![0; town.households.len()],
        };
        let mut unnamed = vec![0_u64; town.households.len()];
        for at in 0..receipts.len() {
            let bit = 1_u64 << receipts.programme[at].min(63);
            if !receipts.is_active(at, on) {
                continue;
            }
            let household = receipts.household[at] as usize;
            match receipts.person[at] {
                People::NONE => unnamed[household] |= bit,
                person => {
                    out.named_only[household] |= bit;
                    if let Some(own) = out.own.get_mut(person as usize) {
                        *own |= bit;
                    }
                }
            }
        }
        for (named, unnamed) in out.named_only.iter_mut().zip(unnamed) {
            *named &= !unnamed;
        }
        out
    }

    /// Programmes that a member receives in their own name.
    #[inline]
    pub(in crate::analysis) fn own(&self, person: usize) -> u64 {
        self.own.get(person).copied().unwrap_or(0)
    }

    /// Programmes that a household receives by receipts in somebody's name alone.
    #[inline]
    pub(in crate::analysis) fn named_only(&self, household: u32) -> u64 {
        let named = self.named_only.get(household as usize);
        named.copied().unwrap_or(0)
    }

    /// Programmes that a household receives and of which nobody says for whom: by its ledger row,
    /// or by a receipt without a name.
    #[inline]
    pub(in crate::analysis) fn unnamed(&self, day: DayColumns<'_>, household: usize) -> u64 {
        let all = day.programmes_of(household as u32);
        all & !self.named_only(household as u32)
    }
}
