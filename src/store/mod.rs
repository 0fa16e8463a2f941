//! Floor 2: the workspace file.
