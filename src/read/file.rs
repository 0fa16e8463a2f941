//! Opening a file, and the sentences for files that cannot be what was asked for.

use super::encoding_evidence::utf16_of;
use crate::words::{Fault, Message};
use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::Path;
use std::sync::Arc;

/// How many bytes at the start tell a text from a workbook or a picture.
const SNIFF_BYTES: u64 = 8192;
/// Files that are not read piece by piece are no larger.
const MOST_WHOLE_BYTES: u64 = 1 << 30;

/// The name of a file without its folders, for Problems and sentences.
pub(super) fn name_of(path: &Path) -> Arc<str> {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into()
}

/// Opens a file. Returns it at its start, with its length in bytes.
pub(super) fn open(path: &Path) -> Result<(File, u64), Fault> {
    let refused = |error: io::Error| match error.kind() {
        // The system's words for it say nothing more, in another language.
        io::ErrorKind::NotFound => about("read.missing_file", path),
        _ => about("read.cannot_open", path).because(error),
    };
    // A pipe or a device is known before it is opened: opening one may wait for ever, and it has no end.
    let kind = std::fs::metadata(path).map_err(refused)?.file_type();
    if !kind.is_file() && !kind.is_dir() {
        return Err(about("read.no_regular_file", path));
    }
    let file = File::open(path).map_err(refused)?;
    let facts = file
        .metadata()
        .map_err(|error| cannot_read(path).because(error))?;
    if facts.is_dir() {
        return Err(about("read.is_folder", path));
    }
    if !facts.is_file() {
        return Err(about("read.no_regular_file", path));
    }
    Ok((file, facts.len()))
}

/// Opens a file that is not empty. Returns it at its start, with its length and its first bytes.
pub(super) fn open_with_head(path: &Path) -> Result<(File, u64, Vec<u8>), Fault> {
    let (mut file, file_bytes) = open(path)?;
    let mut head = Vec::new();
    file.by_ref()
        .take(SNIFF_BYTES)
        .read_to_end(&mut head)
        .and_then(|_| file.rewind())
        .map_err(|error| cannot_read(path).because(error))?;
    if head.is_empty() {
        return Err(about("read.empty_file", path));
    }
    Ok((file, file_bytes, head))
}

/// The rest of a file that is read whole. Whatever its length says, no more is taken than a real one has.
pub(super) fn read_whole(source: &mut File, path: &Path) -> Result<Vec<u8>, Fault> {
    let mut whole = Vec::new();
    source
        .take(MOST_WHOLE_BYTES + 1)
        .read_to_end(&mut whole)
        .map_err(|error| cannot_read(path).because(error))?;
    if whole.len() as u64 > MOST_WHOLE_BYTES {
        return Err(about("read.too_large", path));
    }
    Ok(whole)
}

/// Opens a file that should hold text. Returns it at its start, with its length in bytes.
pub(super) fn open_text(path: &Path) -> Result<(File, u64), Fault> {
    let (file, file_bytes, head) = open_with_head(path)?;
    match head.as_slice() {
        [b'P', b'K', 3, 4, ..] | [0xD0, 0xCF, 0x11, 0xE0, ..] => Err(about("read.workbook", path)),
        bytes if bytes.contains(&0) && utf16_of(bytes).is_none() => {
            Err(about("read.not_text", path))
        }
        _ => Ok((file, file_bytes)),
    }
}

/// There is no row where somebody says that the headers are, or none that could be the headers.
pub(super) fn no_header_row(path: &Path, said: Option<u64>) -> Fault {
    match said {
        Some(row) => {
            let mut fault = about("read.no_such_header_row", path);
            fault.message = fault.message.arg("row", row);
            fault
        }
        None => about("read.no_table", path),
    }
}

/// More columns than anybody's table has.
pub(super) fn too_many_columns(path: &Path, cells: usize, most: usize) -> Fault {
    let mut fault = about("read.too_many_columns", path);
    fault.message = fault.message.arg("cells", cells).arg("most", most);
    fault
}

/// Input that cannot be used, with the file's name filled in.
pub(super) fn about(key: &'static str, path: &Path) -> Fault {
    Fault::input(Message::new(key).arg("file", name_of(path)))
}

/// The system stopped giving bytes.
pub(super) fn cannot_read(path: &Path) -> Fault {
    Fault::failed(Message::new("read.cannot_read").arg("file", name_of(path)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key_of(name: &str, bytes: &[u8]) -> &'static str {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        open_text(&path).map_or_else(|fault| fault.message.key(), |_| "")
    }

    #[test]
    fn what_is_no_text_is_named() {
        assert_eq!(key_of("空.csv", b""), "read.empty_file");
        assert_eq!(key_of("a.csv", b"PK\x03\x04rest"), "read.workbook");
        assert_eq!(key_of("a.csv", b"\xFF\xFEa\0"), "");
        assert_eq!(key_of("a.csv", b"\x89PNG\0\0"), "read.not_text");
        assert_eq!(key_of("a.csv", b"id\n1\n"), "");
        let folder = tempfile::tempdir().unwrap();
        let fault = open_text(folder.path()).err().unwrap();
        assert_eq!(fault.message.key(), "read.is_folder");
        if cfg!(unix) {
            let fault = open_text(Path::new("/dev/zero")).err().unwrap();
            assert_eq!(fault.message.key(), "read.no_regular_file");
        }
        let fault = open_text(&folder.path().join("none.csv")).err().unwrap();
        assert_eq!(fault.message.key(), "read.missing_file");
    }
}
