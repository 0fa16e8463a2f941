//! A Shapefile: its main file and its table, one behind the other. Where the table begins, the length in the header of the main file says.

#![no_main]

use livelihood_map_fuzz::{Files, areas_at};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let words = bytes.get(24..28).and_then(|four| four.try_into().ok());
    let length = words.map_or(0, |four| u32::from_be_bytes(four) as usize * 2);
    let (shp, dbf) = bytes.split_at(length.min(bytes.len()));
    let files = Files::of(&[("areas.shp", shp), ("areas.dbf", dbf)]);
    areas_at(&files.path("areas.shp"));
});
