//! Who should have what: what the rules of eligibility say of each household on the snapshot's day.

/// One value a household in every column. A bit is the place of a programme in the snapshot's
/// catalogue. All are nought until somebody has asked the rules.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entitlement {
    /// Eligible: the household, or one of its members.
    pub eligible: Vec<u64>,
    /// Not known whether eligible, for want of a fact.
    pub unknown: Vec<u64>,
    /// Eligible and not receiving.
    pub gap: Vec<u64>,
    /// Receiving and not eligible: to look at.
    pub review: Vec<u64>,
    /// Whether it has a gap and never asked.
    pub silent: Vec<bool>,
}

impl Entitlement {
    /// Nothing known of so many households.
    pub fn nothing(households: usize) -> Self {
        Self {
            eligible: vec![0; households],
            unknown: vec![0; households],
            gap: vec![0; households],
            review: vec![0; households],
            silent: vec![false; households],
        }
    }

    /// The gaps of a household; none for a row that is not there.
    pub fn gap_of(&self, row: u32) -> u64 {
        self.gap.get(row as usize).copied().unwrap_or(0)
    }

    /// How many gaps a household has in the programmes of some bits.
    pub fn gaps(&self, row: u32, programmes: u64) -> u32 {
        (self.gap_of(row) & programmes).count_ones()
    }

    /// Whether a household is silent.
    pub fn is_silent(&self, row: u32) -> bool {
        self.silent.get(row as usize).copied().unwrap_or(false)
    }
}
