//! The R-tree of the households.

/// R-tree of the geocoded households.
#[derive(Debug, Default)]
pub struct PointIndex;
