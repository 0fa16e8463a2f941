//! Archives are changed from within: bytes that are changed anywhere in a zip only break its checksums.

use libfuzzer_sys::fuzzer_mutate;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Files of an archive that are kept.
const MOST_FILES: usize = 40;
/// Bytes of one of them that are kept.
const MOST_BYTES: u64 = 1 << 18;

/// Changes one file of an archive, and mostly packs it again; sometimes, and where the bytes are no archive,
/// changes the bytes themselves. A mutator in the sense of `fuzz_mutator!`.
pub fn mutated_inside(data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    let whole = data.get(..size).unwrap_or_default();
    let inside = if seed.is_multiple_of(8) {
        None
    } else {
        changed(whole, seed as usize / 8)
    };
    match inside {
        Some(bytes) if bytes.len() <= max_size && bytes.len() <= data.len() => {
            data[..bytes.len()].copy_from_slice(&bytes);
            bytes.len()
        }
        _ => fuzzer_mutate(data, size, max_size),
    }
}

fn changed(whole: &[u8], pick: usize) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(whole)).ok()?;
    let count = archive.len().min(MOST_FILES);
    let mut files = Vec::new();
    for at in 0..count {
        let entry = archive.by_index(at).ok()?;
        let name = entry.name().ok()?.into_owned();
        let mut bytes = Vec::new();
        entry.take(MOST_BYTES).read_to_end(&mut bytes).ok()?;
        files.push((name, bytes));
    }
    let (_, bytes) = files.get_mut(pick % count.max(1))?;
    let old = bytes.len();
    bytes.resize(old + 64, 0);
    let most = bytes.len();
    let new = fuzzer_mutate(bytes, old, most);
    bytes.truncate(new);
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(name, options).ok()?;
        writer.write_all(&bytes).ok()?;
    }
    Some(writer.finish().ok()?.into_inner())
}
