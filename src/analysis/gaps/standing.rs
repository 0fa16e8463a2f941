//! The households behind the figures of a programme.

use super::Gaps;
use crate::query::RowSet;

/// Which of those are meant of whom the figures of a programme tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StandingPart {
    /// Eligible, whether or not there is anything to receive.
    Eligible,
    /// Eligible for what can be received.
    Entitled,
    /// Eligible, and receives.
    Covered,
    /// Eligible, and does not receive.
    Gap,
    /// Receives, and is not eligible.
    Review,
    /// Nobody knows whether it is eligible.
    Unknown,
}

impl Gaps {
    /// The households of which at least one unit is counted there, of any of these programmes (bits
    /// over their places).
    pub fn rows(&self, programmes: u64, part: StandingPart) -> RowSet {
        let [first, second]: [&[u64]; 2] = match part {
            StandingPart::Eligible => [&self.eligible.yes, &[]],
            StandingPart::Entitled => [&self.covered, &self.gap],
            StandingPart::Covered => [&self.covered, &[]],
            StandingPart::Gap => [&self.gap, &[]],
            StandingPart::Review => [&self.review, &[]],
            StandingPart::Unknown => [&self.eligible.unknown, &[]],
        };
        let mut rows = RowSet::none(self.gap.len());
        for column in [first, second] {
            let meant = (0..)
                .zip(column)
                .filter(|(_, bits)| *bits & programmes != 0);
            meant.for_each(|(row, _)| rows.insert(row));
        }
        rows
    }
}
