//! Floor 4: one algorithm a file.

pub mod triangulate;
