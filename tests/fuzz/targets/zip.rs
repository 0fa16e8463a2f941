//! An archive with a Shapefile, KML, GeoJSON or a workbook in it, as boundaries and as a table.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    livelihood_map_fuzz::areas("areas.zip", bytes);
    livelihood_map_fuzz::table("list.zip", bytes);
});
libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    livelihood_map_fuzz::mutated_inside(data, size, max_size, seed)
});
