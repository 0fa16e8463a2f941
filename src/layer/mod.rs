//! Floor 5: what to draw, as plain data.
