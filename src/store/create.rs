//! A new workspace file: there whole, or not at all.

use super::fault;
use super::migrate::{STEPS, migrate};
use crate::words::Fault;
use rusqlite::{Connection, OpenFlags, Result};
use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// Tells the unfinished files of one program apart.
static UNFINISHED: AtomicU32 = AtomicU32::new(0);

/// Makes the file under a temporary name and then gives it its own.
pub(super) fn create(path: &Path, is_demo: bool) -> std::result::Result<(), Fault> {
    if fs::symlink_metadata(path).is_ok() {
        return Err(fault::input("store.exists", path));
    }
    let temporary = Temporary::beside(path).map_err(|error| refused(path, error))?;
    write(&temporary.0, is_demo).map_err(|error| fault::of(path, &error))?;
    give_name(&temporary.0, path).map_err(|error| refused(path, error))
}

fn refused(path: &Path, error: io::Error) -> Fault {
    let key = match error.kind() {
        io::ErrorKind::AlreadyExists => "store.exists",
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => "store.no_folder",
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "store.read_only_folder"
        }
        io::ErrorKind::StorageFull => "store.disk_full",
        _ => return fault::input("store.cannot_create", path).because(error),
    };
    fault::input(key, path)
}

/// A file that goes away with this value.
struct Temporary(PathBuf);

impl Temporary {
    fn beside(path: &Path) -> io::Result<Self> {
        let name = path.file_name().ok_or(io::ErrorKind::InvalidFilename)?;
        let count = UNFINISHED.fetch_add(1, Ordering::Relaxed);
        let mut hidden = std::ffi::OsString::from(".");
        hidden.push(name);
        hidden.push(format!(".{}-{count}.part", std::process::id()));
        let temporary = path.with_file_name(hidden);
        OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .open(&temporary)?;
        Ok(Self(temporary))
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // Renamed, it is gone already; that is fine.
        let _ = fs::remove_file(&self.0);
    }
}

fn write(path: &Path, is_demo: bool) -> Result<()> {
    let absolute = std::path::absolute(path).unwrap_or_else(|_no_folder| path.to_owned());
    let mut connection = Connection::open_with_flags(
        absolute,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    connection.pragma_update(None, "page_size", 8192)?;
    // Nobody knows this file yet: broken off, it is thrown away, so nothing needs undoing.
    connection.pragma_update(None, "journal_mode", "MEMORY")?;
    migrate(&mut connection, STEPS)?;
    let now_unix_secs = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs() as i64);
    connection.execute(
        "INSERT INTO workspace (one, is_demo, created_at_unix_secs) VALUES (1, ?1, ?2)",
        (is_demo, now_unix_secs),
    )?;
    connection.close().map_err(|(_, error)| error)
}

/// A second name fails where there is a file by then; a rename would replace it. Sticks without
/// second names get the rename.
fn give_name(temporary: &Path, path: &Path) -> io::Result<()> {
    match fs::hard_link(temporary, path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        Err(_) if fs::symlink_metadata(path).is_ok() => Err(io::ErrorKind::AlreadyExists.into()),
        Err(_) => fs::rename(temporary, path),
        Ok(()) => Ok(()),
    }
}
