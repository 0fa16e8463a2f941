//! Builds a snapshot.

/// Takes areas and households, gives a [`super::Snapshot`].
#[derive(Debug)]
pub struct Builder;
