//! Which area a position is in.

/// Point in polygon over the areas of one level.
#[derive(Debug)]
pub struct Locator;
