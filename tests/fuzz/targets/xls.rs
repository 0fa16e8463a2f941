//! A workbook of Excel 97 as a table.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| livelihood_map_fuzz::table("list.xls", bytes));
