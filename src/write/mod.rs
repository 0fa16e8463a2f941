//! Floor 2: model → bytes, one format a file, streaming.
