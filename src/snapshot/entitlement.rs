//! Who should have what: what the rules of eligibility say of each household on the snapshot's day.

/// What is not settled between the rules and the receipts of a household. Never one of the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unsettled {
    /// Eligible and not receiving.
    Gap,
    /// Receiving and not eligible: to look at.
    Review,
    /// Not known whether eligible, for want of a fact.
    Unknown,
}

impl Unsettled {
    /// All of them, the most pressing first.
    pub const ALL: [Self; 3] = [Self::Gap, Self::Review, Self::Unknown];
}

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

    /// In how many programmes of some bits something of a household is unsettled.
    pub fn count(&self, what: Unsettled, row: u32, programmes: u64) -> u32 {
        let column = match what {
            Unsettled::Gap => &self.gap,
            Unsettled::Review => &self.review,
            Unsettled::Unknown => &self.unknown,
        };
        let bits = column.get(row as usize).copied().unwrap_or(0);
        (bits & programmes).count_ones()
    }

    /// Whether a household is silent.
    pub fn is_silent(&self, row: u32) -> bool {
        self.silent.get(row as usize).copied().unwrap_or(false)
    }
}
