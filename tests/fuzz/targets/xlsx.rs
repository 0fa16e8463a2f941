//! An XLSX workbook as a table; its parts are changed from within.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| livelihood_map_fuzz::table("list.xlsx", bytes));
libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    livelihood_map_fuzz::mutated_inside(data, size, max_size, seed)
});
