//! The file that a writer fills: whole or not at all, with its failures in words.

use crate::base::AtomicFile;
use crate::words::{Fault, Message};
use std::error::Error;
use std::io;
use std::path::Path;

/// Rows between two looks at the progress.
pub(super) const ROWS_A_TICK: usize = 512;

/// Opens the temporary file beside the target.
pub(super) fn open(path: &Path) -> Result<AtomicFile, Fault> {
    AtomicFile::create(path).map_err(|error| {
        let key = match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => "write.no_folder",
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                "write.not_allowed"
            }
            _ => return failed(path)(error),
        };
        Fault::failed(Message::new(key).arg("file", path.display()))
    })
}

/// Puts the finished file in its place.
pub(super) fn finish(path: &Path, file: AtomicFile) -> Result<(), Fault> {
    file.commit().map_err(|error| match error.kind() {
        // Windows says so while another program has the target open.
        io::ErrorKind::PermissionDenied => {
            Fault::failed(Message::new("write.in_use").arg("file", path.display())).because(error)
        }
        _ => failed(path)(error),
    })
}

/// Turns what the system or a library says into the fault of this file.
pub(super) fn failed<E>(path: &Path) -> impl Fn(E) -> Fault
where
    E: Into<Box<dyn Error + Send + Sync>>,
{
    move |error| {
        Fault::failed(Message::new("write.failed").arg("file", path.display())).because(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    #[test]
    fn a_folder_that_is_not_there_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let fault = open(&folder.path().join("没有").join("名单.csv")).unwrap_err();
        assert_eq!(fault.message.key(), "write.no_folder");
        for lang in Lang::ALL {
            assert!(fault.text(lang).contains("名单.csv"));
            assert!(!fault.text(lang).contains("{file}"));
        }
    }
}
