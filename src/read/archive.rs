//! Zip archives (workbooks, zipped Shapefiles, KMZ), with limits: an archive of a few kilobytes may hold
//! terabytes of nothing. Nothing is unpacked before it was counted.

use super::file;
use crate::base::Progress;
use crate::words::Fault;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use zip::ZipArchive;
use zip::result::ZipError;

/// Files that an archive may hold.
const MOST_FILES: u64 = 10_000;
/// Bytes that it may hold.
const MOST_BYTES: u64 = 4 << 30;
/// Below this it may be packed as tightly as it likes.
const SMALL_BYTES: u64 = 16 << 20;
/// How much tighter than that a real file is packed: workbooks of equal rows come to about a hundred.
const MOST_RATIO: u64 = 400;
/// Bytes of one of its files that are taken whole.
const MOST_WHOLE_BYTES: u64 = 1 << 30;
/// Bytes that are unpacked between two looks at the progress.
const PIECE_BYTES: u64 = 1 << 20;
/// Where the directory's end can be, from the end of the file: it may have a comment behind it.
const TAIL_BYTES: u64 = 66_000;

/// An archive that is open.
pub(super) struct Archive {
    pub(super) zip: ZipArchive<BufReader<File>>,
    path: PathBuf,
    file_bytes: u64,
}

impl Archive {
    /// Reads its directory.
    pub(super) fn open(path: &Path) -> Result<Self, Fault> {
        let (mut source, file_bytes) = file::open(path)?;
        let files = files_stated(&mut source, file_bytes)
            .map_err(|error| file::cannot_read(path).because(error))?;
        if files > MOST_FILES {
            return Err(file::about("read.too_large_inside", path));
        }
        let zip = ZipArchive::new(BufReader::new(source)).map_err(|error| fault(path, error))?;
        if zip.len() as u64 > MOST_FILES {
            return Err(file::about("read.too_large_inside", path));
        }
        Ok(Self {
            zip,
            path: path.to_owned(),
            file_bytes,
        })
    }

    /// The names of its files, in the order of its directory. Names that are no UTF-8 are GB18030:
    /// that is how Chinese Windows packs.
    pub(super) fn names(&self) -> Vec<String> {
        let names = self.zip.file_names_raw();
        names
            .map(|raw| match std::str::from_utf8(raw) {
                Ok(name) => name.to_owned(),
                Err(_) => encoding_rs::GB18030.decode(raw).0.into_owned(),
            })
            .collect()
    }

    /// Unpacks every file into nothing and counts. `look` sees the bytes in passing, with how many the
    /// file takes in the archive, and says whether it goes on.
    ///
    /// # Errors
    /// More than real files hold, damage, cancelled work.
    pub(super) fn weigh(
        &mut self,
        progress: &Progress,
        look: &mut dyn FnMut(&str, &[u8], u64) -> bool,
    ) -> Result<(), Fault> {
        let names = self.names();
        let mut buffer = vec![0; 1 << 16];
        let mut total = 0_u64;
        for (at, name) in names.iter().enumerate() {
            let mut entry = self
                .zip
                .by_index(at)
                .map_err(|error| fault(&self.path, error))?;
            let packed = entry.compressed_size().min(self.file_bytes);
            let mut bytes = 0_u64;
            loop {
                let read = entry
                    .read(&mut buffer)
                    .map_err(|error| damaged(&self.path).because(error))?;
                if read == 0 {
                    break;
                }
                progress.tick(0)?;
                bytes += read as u64;
                total += read as u64;
                let seen = buffer.get(..read).unwrap_or_default();
                let is_bomb = is_bomb(bytes, packed) || is_bomb(total, self.file_bytes);
                if is_bomb || !look(name, seen, packed) {
                    return Err(file::about("read.too_large_inside", &self.path));
                }
            }
        }
        Ok(())
    }

    /// The bytes of the file at a place of the directory, `most` at most.
    pub(super) fn read(&mut self, at: usize, most: u64) -> Result<Vec<u8>, Fault> {
        let path = &self.path;
        let entry = self.zip.by_index(at).map_err(|error| fault(path, error))?;
        let mut bytes = Vec::new();
        entry
            .take(most.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|error| damaged(path).because(error))?;
        if bytes.len() as u64 > most {
            return Err(file::about("read.too_large_inside", path));
        }
        Ok(bytes)
    }

    /// The bytes of the file at a place of the directory, as long as they may be of a real file.
    /// Progress is looked at, not told.
    pub(super) fn unpack(&mut self, at: usize, progress: &Progress) -> Result<Vec<u8>, Fault> {
        let path = &self.path;
        let mut entry = self.zip.by_index(at).map_err(|error| fault(path, error))?;
        let packed = entry.compressed_size().min(self.file_bytes);
        let mut bytes = Vec::new();
        loop {
            let piece = entry.by_ref().take(PIECE_BYTES).read_to_end(&mut bytes);
            if piece.map_err(|error| damaged(path).because(error))? == 0 {
                return Ok(bytes);
            }
            progress.tick(0)?;
            let unpacked = bytes.len() as u64;
            if unpacked > MOST_WHOLE_BYTES || is_bomb(unpacked, packed) {
                return Err(file::about("read.too_large_inside", path));
            }
        }
    }
}

fn is_bomb(bytes: u64, packed: u64) -> bool {
    bytes > MOST_BYTES || bytes > SMALL_BYTES && bytes / MOST_RATIO > packed
}

pub(super) fn damaged(path: &Path) -> Fault {
    file::about("read.damaged_archive", path)
}

fn fault(path: &Path, error: ZipError) -> Fault {
    match error {
        ZipError::UnsupportedArchive(why) if why == ZipError::PASSWORD_REQUIRED => {
            file::about("read.encrypted", path)
        }
        error => damaged(path).because(error),
    }
}

/// How many files the directory claims to list. The zip crate makes room for as many, so a wild number
/// has to be seen before.
fn files_stated(source: &mut File, file_bytes: u64) -> std::io::Result<u64> {
    let start = file_bytes.saturating_sub(TAIL_BYTES);
    source.seek(SeekFrom::Start(start))?;
    let mut tail = Vec::new();
    source.by_ref().take(TAIL_BYTES).read_to_end(&mut tail)?;
    let mut most = 0;
    for (at, window) in tail.windows(4).enumerate() {
        let behind = tail.get(at..).unwrap_or_default();
        match window {
            // The end of a large directory, and where it says that this end is.
            b"PK\x06\x06" => most = most.max(count_of(behind)),
            b"PK\x06\x07" => {
                if let Some(place) = number(behind, 8) {
                    source.seek(SeekFrom::Start(place.min(file_bytes)))?;
                    let mut end = Vec::new();
                    source.by_ref().take(56).read_to_end(&mut end)?;
                    if end.starts_with(b"PK\x06\x06") {
                        most = most.max(count_of(&end));
                    }
                }
            }
            _ => {}
        }
    }
    source.rewind()?;
    Ok(most)
}

/// The larger of the two numbers of files in the end of a large directory.
fn count_of(end: &[u8]) -> u64 {
    number(end, 24).max(number(end, 32)).unwrap_or_default()
}

fn number(bytes: &[u8], at: usize) -> Option<u64> {
    let bytes = bytes.get(at..)?.first_chunk::<8>()?;
    Some(u64::from_le_bytes(*bytes))
}
