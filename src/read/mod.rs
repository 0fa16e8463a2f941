//! Floor 2: bytes → model, one format a file, streaming.

pub mod base_map;
