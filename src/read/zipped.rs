//! Boundary files inside an archive: which there are, which is read, and what belongs to it.

use super::archive::{Archive, damaged};
use super::areas::ending_of;
use super::shp;
use crate::base::Progress;
use crate::words::Fault;
use std::io::Read;
use std::path::{Path, PathBuf};

/// An archive and the names in it.
pub(super) struct Zipped {
    archive: Archive,
    /// Names of the files, with their folders, in the order of the archive.
    names: Vec<String>,
    path: PathBuf,
}

impl Zipped {
    /// Opens an archive.
    pub(super) fn open(path: &Path) -> Result<Self, Fault> {
        let archive = Archive::open(path)?;
        let names = archive.names().into_iter();
        Ok(Self {
            names: names.map(|name| name.replace('\\', "/")).collect(),
            archive,
            path: path.to_owned(),
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
        let entry = self.archive.zip.by_index(at).ok()?;
        entry.take(100).read_to_end(&mut head).ok()?;
        Some(head)
    }

    /// The file of the same name with another ending, where there is one.
    pub(super) fn beside(
        &mut self,
        name: &str,
        ending: &str,
        progress: &Progress,
    ) -> Result<Option<Vec<u8>>, Fault> {
        let stem = |name: &str| Path::new(name).with_extension("");
        let wanted = stem(name);
        let is_it = |known: &String| stem(known) == wanted && ending_of(Path::new(known)) == ending;
        match self.names.iter().position(is_it) {
            Some(at) => self.archive.unpack(at, progress).map(Some),
            None => Ok(None),
        }
    }

    /// The whole of a file.
    pub(super) fn whole(&mut self, name: &str, progress: &Progress) -> Result<Vec<u8>, Fault> {
        let at = self.names.iter().position(|known| known == name);
        let at = at.ok_or_else(|| damaged(&self.path))?;
        self.archive.unpack(at, progress)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::write::SimpleFileOptions;

    fn zipped(files: &[(&str, &[u8])]) -> (tempfile::TempDir, Zipped) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.zip");
        let mut writer = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
        for (name, bytes) in files {
            writer
                .start_file(*name, SimpleFileOptions::default())
                .unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap();
        let zipped = Zipped::open(&path).unwrap();
        (folder, zipped)
    }

    #[test]
    fn the_shapefile_of_polygons_is_the_likely_one() {
        let mut polygons = vec![0, 0, 0x27, 0x0A];
        polygons.resize(100, 0);
        let points = polygons.clone();
        polygons[32] = 5;
        let (_folder, mut archive) = zipped(&[
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
        let table = archive.beside("x/b.SHP", "dbf", &progress).unwrap();
        assert_eq!(table.as_deref(), Some(&b"table"[..]));
        assert!(
            archive
                .beside("x/b.SHP", "prj", &progress)
                .unwrap()
                .is_none()
        );
    }

    #[test]
    fn what_unpacks_to_more_than_it_may_is_refused() {
        let zeros = vec![0; 70 << 20];
        let (_folder, mut archive) = zipped(&[("a.geojson", &zeros)]);
        let progress = Progress::new();
        let fault = archive.whole("a.geojson", &progress).unwrap_err();
        assert_eq!(fault.message.key(), "read.too_large_inside");
        progress.cancel();
        let fault = archive.whole("a.geojson", &progress).unwrap_err();
        assert!(fault.is_cancelled());
    }
}
