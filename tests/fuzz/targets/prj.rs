//! The coordinate system of a Shapefile whose other parts are sound.

#![no_main]

use livelihood_map_fuzz::{Files, areas_at};

const SHP: &[u8] = include_bytes!("../../data/good/streets_wrong_cpg.shp");
const DBF: &[u8] = include_bytes!("../../data/good/streets_wrong_cpg.dbf");

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let files = Files::of(&[("areas.shp", SHP), ("areas.dbf", DBF), ("areas.prj", bytes)]);
    areas_at(&files.path("areas.shp"));
});
