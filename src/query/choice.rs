//! Which programmes and needs a figure is about.

/// Chosen programmes and needs, as bit masks over the places of the snapshot's catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Choice {
    /// Bit i: programme i counts.
    pub programmes: u64,
    /// Bit i: need i counts.
    pub needs: u64,
}

impl Default for Choice {
    /// Everything counts.
    fn default() -> Self {
        Self {
            programmes: u64::MAX,
            needs: u64::MAX,
        }
    }
}
