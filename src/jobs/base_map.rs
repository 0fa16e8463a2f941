//! Looking at a base-map file before anybody draws it.

use crate::base::Progress;
use crate::read::base_map::BaseMapFile;
use crate::words::Fault;
use std::path::PathBuf;
use std::sync::Arc;

/// Which file.
#[derive(Debug, Clone)]
pub struct BaseMapRequest {
    /// A `PMTiles` file.
    pub path: PathBuf,
}

/// What a checked file holds.
#[derive(Debug, Clone, PartialEq)]
pub struct BaseMapFacts {
    /// The file.
    pub path: PathBuf,
    /// Its name without the ending.
    pub name: String,
    /// The coarsest zoom level in it.
    pub min_zoom: u8,
    /// The finest.
    pub max_zoom: u8,
    /// Whether its tiles are shapes, not pictures.
    pub is_vector: bool,
    /// Whom to name for it.
    pub attribution: String,
}

impl BaseMapRequest {
    pub(super) fn run(self, _progress: &Progress) -> Result<Arc<BaseMapFacts>, Fault> {
        let file = BaseMapFile::open(&self.path)?;
        Ok(Arc::new(BaseMapFacts {
            name: self
                .path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
            min_zoom: file.min_zoom(),
            max_zoom: file.max_zoom(),
            is_vector: file.is_vector(),
            attribution: file.attribution().to_owned(),
            path: self.path,
        }))
    }
}
