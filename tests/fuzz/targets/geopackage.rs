//! A GeoPackage as boundaries.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| livelihood_map_fuzz::areas("areas.gpkg", bytes));
