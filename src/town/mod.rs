//! Floor 2: the synthetic town.
