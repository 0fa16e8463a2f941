//! What `SQLite` says of a file, in sentences that say what to do.

use crate::words::{Fault, Message};
use rusqlite::{Error, ErrorCode, ffi};
use std::path::Path;

/// A failure that is about the file.
pub(super) fn input(key: &'static str, path: &Path) -> Fault {
    Fault::input(Message::new(key).arg("file", path.display()))
}

/// A failure of the work, not of the file.
pub(super) fn failed(key: &'static str, path: &Path) -> Fault {
    Fault::failed(Message::new(key).arg("file", path.display()))
}

/// What the file holds cannot be what this program wrote.
pub(super) fn damaged(path: &Path) -> Fault {
    input("store.damaged", path)
}

/// Whether a killed program left work that must be undone, and undoing needs to write.
pub(super) fn is_unfinished(error: &Error) -> bool {
    error
        .sqlite_error()
        .is_some_and(|inner| inner.extended_code == ffi::SQLITE_READONLY_ROLLBACK)
}

/// The sentence for an error of `SQLite`, with its own words behind where they add something.
pub(super) fn of(path: &Path, error: &Error) -> Fault {
    let fault = match error {
        _ if is_unfinished(error) => return input("store.unfinished", path),
        Error::SqliteFailure(inner, _) => match inner.code {
            ErrorCode::NotADatabase => input("store.not_a_workspace", path),
            ErrorCode::DatabaseCorrupt => damaged(path),
            ErrorCode::DatabaseBusy
            | ErrorCode::DatabaseLocked
            | ErrorCode::FileLockingProtocolFailed => return failed("store.in_use", path),
            ErrorCode::ReadOnly => return input("store.read_only", path),
            ErrorCode::CannotOpen | ErrorCode::PermissionDenied => input("store.cannot_open", path),
            ErrorCode::DiskFull => failed("store.disk_full", path),
            ErrorCode::SystemIoFailure => failed("store.disk_failed", path),
            // A table or column that is not there: the list of tables was overwritten.
            ErrorCode::Unknown if inner.extended_code == ffi::SQLITE_ERROR => damaged(path),
            _ => failed("store.failed", path),
        },
        Error::FromSqlConversionFailure(..)
        | Error::IntegralValueOutOfRange(..)
        | Error::InvalidColumnType(..)
        | Error::QueryReturnedNoRows
        | Error::SqlInputError { .. }
        | Error::Utf8Error(..) => damaged(path),
        _ => failed("store.failed", path),
    };
    // As text: the error and its source say the same.
    fault.because(error.to_string())
}
