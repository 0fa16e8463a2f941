//! The households behind the figures of rules on trial.

use super::super::gaps::{Gaps, StandingPart};
use super::WhatIf;
use crate::query::RowSet;

/// Who is meant of a programme under today's rules and under those on trial.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrialPart {
    /// Who comes in.
    Entrants,
    /// Who goes.
    Leavers,
    /// Entrants of whom it is not known today.
    FromUnknown,
    /// Leavers of whom it is not known on trial.
    ToUnknown,
    /// Leavers who enter the programme of this place.
    MovesTo(u8),
    /// Who goes from some programme and comes into some.
    Moving,
    /// How it stands today.
    Today(StandingPart),
    /// How it would stand on trial. Of receipts to look at nothing is counted there.
    Trial(StandingPart),
    /// An amount that cannot be worked out, under either.
    AmountUnknown,
}

impl WhatIf {
    /// The households behind a figure of these programmes (bits over their places): exactly those of
    /// whom at least one unit is counted there. `today` is what today's rules say. [`TrialPart::Moving`]
    /// and the parts of few are of any of the programmes.
    pub fn rows(&self, today: &Gaps, programmes: u64, part: TrialPart) -> RowSet {
        let some = &self.some;
        let is_meant = |place: u8| programmes >> (place & 63) & 1 == 1;
        let of = |units: &[(u32, u8)]| {
            let mut rows = RowSet::none(self.entering.len());
            let meant = units.iter().filter(|(_, place)| is_meant(*place));
            meant.for_each(|(row, _)| rows.insert(*row));
            rows
        };
        let with = |column: &[u64]| super::rows_with(column, programmes);
        let on_trial = &self.on_trial;
        match part {
            TrialPart::Entrants => self.entrants(programmes),
            TrialPart::Leavers => self.leavers(programmes),
            TrialPart::Moving => self.entrants(programmes).and(&self.leavers(programmes)),
            TrialPart::FromUnknown => of(&some.from_unknown),
            TrialPart::ToUnknown => of(&some.to_unknown),
            TrialPart::MovesTo(to) => {
                let mut rows = RowSet::none(self.entering.len());
                let moves = some.moves.iter();
                let meant = moves.filter(|(_, from, into)| is_meant(*from) && *into == to);
                meant.for_each(|(row, _, _)| rows.insert(*row));
                rows
            }
            TrialPart::Today(standing) => today.rows(programmes, standing),
            TrialPart::Trial(standing) => match standing {
                StandingPart::Eligible => with(&on_trial.eligible),
                StandingPart::Entitled => with(&on_trial.covered).or(&with(&on_trial.gap)),
                StandingPart::Covered => with(&on_trial.covered),
                StandingPart::Gap => with(&on_trial.gap),
                StandingPart::Unknown => with(&on_trial.unknown),
                StandingPart::Review => RowSet::none(self.entering.len()),
            },
            TrialPart::AmountUnknown => {
                let [before, after] = &some.amount_unknown;
                of(before).or(&of(after))
            }
        }
    }
}
