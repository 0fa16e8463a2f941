//! Boundary files inside a ZIP archive, within limits: what an archive says of its sizes is not believed.

use super::areas::ending_of;
use super::file;
use super::shp;
use crate::base::Progress;
use crate::words::Fault;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;
use zip::ZipArchive;

/// Most files that an archive may hold.
const MOST_ENTRIES: usize = 100_000;
/// From this size on, a file that was packed much tighter than boundaries can be is a trap.
const SUSPICIOUS_BYTES: u64 = 64 << 20;
/// How many times its packed size such a file may have.
const MOST_TIMES: u64 = 150;
/// Bytes that are unpacked between two looks at the progress.
const PIECE_BYTES: u64 = 1 << 20;

/// An archive and the names in it.
pub(super) struct Archive {
    zip: ZipArchive<BufReader<File>>,
    /// Names of the files, with their folders, in the order of the archive.
    names: Vec<String>,
    file: std::path::PathBuf,
}

impl Archive {
    /// Opens an archive.
    pub(super) fn of(opened: File, path: &Path) -> Result<Self, Fault> {
        let broken = |error| file::about("read.areas_broken_archive", path).because(error);
        let zip = ZipArchive::new(BufReader::new(opened)).map_err(broken)?;
        if zip.len() > MOST_ENTRIES {
            return Err(file::about("read.areas_archive_too_large", path));
        }
        let names = zip.file_names_raw().map(name_of).collect();
        Ok(Self {
            zip,
            names,
            file: path.to_owned(),
        })
    }

    /// The boundary files in it, by name.
    pub(super) fn boundary_files(&self) -> Vec<String> {
        let is_one = |name: &&String| {
            let ending = ending_of(Path::new(name));
            let hidden = name.starts_with("__MACOSX/")
                || name
                    .rsplit('/')
                    .next()
                    .is_some_and(|name| name.starts_with('.'));
            !hidden && ["shp", "geojson", "json", "kml", "gpkg"].contains(&ending.as_str())
        };
        let mut files: Vec<String> = self.names.iter().filter(is_one).cloned().collect();
        files.sort();
        files
    }

    /// Which of some files is read where nobody says: a Shapefile of polygons before all others.
    pub(super) fn most_likely(&mut self, files: &[String]) -> Option<usize> {
        let mut best: Option<(u8, usize)> = None;
        for (at, name) in files.iter().enumerate() {
            let rank = match ending_of(Path::new(name)).as_str() {
                "shp"
                    if self
                        .head(name)
                        .is_some_and(|head| shp::holds_polygons(&head)) =>
                {
                    0
                }
                "geojson" | "kml" => 1,
                "gpkg" => 2,
                "json" => 3,
                _ => 4,
            };
            if best.is_none_or(|(least, _)| rank < least) {
                best = Some((rank, at));
            }
        }
        best.map(|(_, at)| at)
    }

    fn head(&mut self, name: &str) -> Option<Vec<u8>> {
        let at = self.names.iter().position(|known| known == name)?;
        let mut head = Vec::new();
        let entry = self.zip.by_index(at).ok()?;
        entry.take(100).read_to_end(&mut head).ok()?;
        Some(head)
    }

    /// The file of the same name with another ending, where there is one.
    pub(super) fn beside(
        &mut self,
        name: &str,
        ending: &str,
        most_bytes: u64,
        progress: &Progress,
    ) -> Result<Option<Vec<u8>>, Fault> {
        let stem = |name: &str| Path::new(name).with_extension("");
        let wanted = stem(name);
        let found = self
            .names
            .iter()
            .find(|known| stem(known) == wanted && ending_of(Path::new(known)) == ending);
        match found.cloned() {
            Some(name) => self.whole(&name, most_bytes, progress).map(Some),
            None => Ok(None),
        }
    }

    /// The whole of a file.
    pub(super) fn whole(
        &mut self,
        name: &str,
        most_bytes: u64,
        progress: &Progress,
    ) -> Result<Vec<u8>, Fault> {
        let path = &self.file;
        let broken = || file::about("read.areas_broken_archive", path);
        let too_large = || file::about("read.areas_archive_too_large", path);
        let at = self.names.iter().position(|known| known == name);
        let at = at.ok_or_else(broken)?;
        let facts = self
            .zip
            .by_index_raw(at)
            .map_err(|error| broken().because(error))?;
        if facts.encrypted() {
            return Err(file::about("read.areas_locked_archive", path));
        }
        let packed = facts.compressed_size();
        drop(facts);
        let mut entry = self
            .zip
            .by_index(at)
            .map_err(|error| broken().because(error))?;
        let mut whole = Vec::new();
        loop {
            let piece = entry.by_ref().take(PIECE_BYTES).read_to_end(&mut whole);
            let read = piece.map_err(|error| broken().because(error))?;
            if read == 0 {
                return Ok(whole);
            }
            progress.tick(0)?;
            let size = whole.len() as u64;
            let is_trap = size > SUSPICIOUS_BYTES && size / MOST_TIMES > packed;
            if size > most_bytes || is_trap {
                return Err(too_large());
            }
        }
    }
}

/// A name in an archive: UTF-8 or, from Chinese Windows, GBK. Few programs mark which.
fn name_of(raw: &[u8]) -> String {
    let name = match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_not_utf8) => encoding_rs::GB18030
            .decode_without_bom_handling(raw)
            .0
            .into_owned(),
    };
    name.replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Seek, Write};
    use zip::write::SimpleFileOptions;

    fn archive(files: &[(&str, &[u8])]) -> Archive {
        let mut writer = zip::ZipWriter::new(tempfile::tempfile().unwrap());
        for (name, bytes) in files {
            writer
                .start_file(*name, SimpleFileOptions::default())
                .unwrap();
            writer.write_all(bytes).unwrap();
        }
        let mut file = writer.finish().unwrap();
        file.rewind().unwrap();
        Archive::of(file, Path::new("a.zip")).unwrap()
    }

    #[test]
    fn names_of_chinese_windows() {
        let (gbk, _, _) = encoding_rs::GBK.encode("边界\\街道.shp");
        assert_eq!(name_of(&gbk), "边界/街道.shp");
        assert_eq!(name_of("街道.shp".as_bytes()), "街道.shp");
    }

    #[test]
    fn the_shapefile_of_polygons_is_the_likely_one() {
        let mut polygons = vec![0, 0, 0x27, 0x0A];
        polygons.resize(100, 0);
        let points = polygons.clone();
        polygons[32] = 5;
        let mut archive = archive(&[
            ("__MACOSX/x/._a.shp", b"junk"),
            ("x/a.shp", &points),
            ("x/b.SHP", &polygons),
            ("x/b.dbf", b"table"),
            ("x/c.geojson", b"{}"),
            ("x/.hidden.shp", &polygons),
            ("readme.txt", b"x"),
        ]);
        let files = archive.boundary_files();
        assert_eq!(files, ["x/a.shp", "x/b.SHP", "x/c.geojson"]);
        assert_eq!(archive.most_likely(&files), Some(1));
        let progress = Progress::new();
        let table = archive.beside("x/b.SHP", "dbf", 10, &progress).unwrap();
        assert_eq!(table.as_deref(), Some(&b"table"[..]));
        assert!(
            archive
                .beside("x/b.SHP", "prj", 10, &progress)
                .unwrap()
                .is_none()
        );
    }

    #[test]
    fn what_unpacks_to_more_than_it_may_is_refused() {
        let zeros = vec![0; 70 << 20];
        let mut archive = archive(&[("a.geojson", &zeros)]);
        let progress = Progress::new();
        for most in [1 << 20, 1 << 40] {
            let fault = archive.whole("a.geojson", most, &progress).unwrap_err();
            assert_eq!(fault.message.key(), "read.areas_archive_too_large");
        }
        progress.cancel();
        let fault = archive.whole("a.geojson", 1 << 40, &progress).unwrap_err();
        assert!(fault.is_cancelled());
    }
}
