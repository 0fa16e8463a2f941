//! Which edition of something a result belongs to, so that a late result can be recognised.

/// A number that grows with every new edition of the data. Results carry the generation
/// that they were computed from; one of an older generation is dropped.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Generation(u64);

impl Generation {
    /// The next edition.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }
}
