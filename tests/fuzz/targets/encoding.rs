//! Text in an encoding that is said, and in one that is found out.

#![no_main]

use livelihood_map::read::{Encoding, EncodingChoice};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let choice = match bytes.len() % 6 {
        0 => EncodingChoice::Fixed(Encoding::Utf8),
        1 => EncodingChoice::Fixed(Encoding::Gb18030),
        2 => EncodingChoice::Fixed(Encoding::Utf16Le),
        3 => EncodingChoice::Fixed(Encoding::Utf16Be),
        4 => EncodingChoice::Fixed(Encoding::Big5),
        _ => EncodingChoice::Auto,
    };
    livelihood_map_fuzz::table_in("list.csv", bytes, choice);
});
