//! A base map of tiles.

#![no_main]

use livelihood_map::base::Progress;
use livelihood_map::read::base_map::BaseMapFile;
use livelihood_map_fuzz::{Files, answered};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let files = Files::of(&[("map.pmtiles", bytes)]);
    answered(
        BaseMapFile::open(&files.path("map.pmtiles")).and_then(|map| {
            let (view_merc, zoom) = (map.bounds_merc(), map.max_zoom());
            map.features(view_merc, zoom, &Progress::new()).map(|_| ())
        }),
    );
});
