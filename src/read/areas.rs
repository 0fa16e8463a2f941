//! Boundaries, whatever the form of their file: the one way in.

use super::areas_gather::Found;
use super::areas_shapefile::{self, Parts};
use super::choice::FileChoice;
use super::encoding::{self, Encoding, EncodingChoice};
use super::file;
use super::inspection::{AreasInspection, DatumReason, EncodingCandidate, FileForm};
use super::shp;
use super::text_stream::decode_whole;
use super::zipped::Zipped;
use super::{areas_geojson, areas_geopackage, areas_kml};
use crate::base::Progress;
use crate::datum::Datum;
use crate::model::{Area, AreaLevel, Problem, Severity};
use crate::words::Fault;
use std::io::BufReader;
use std::path::{Path, PathBuf};

/// The areas of a file.
#[derive(Debug)]
pub struct AreasRead {
    /// Areas with a boundary, in file order.
    pub areas: Vec<Area>,
    /// The feature that each of them came from, counted from 1, in the same order.
    pub features: Vec<u64>,
    /// Areas that others name as their parents.
    pub named_parents: Vec<NamedParent>,
    /// What is wrong or doubtful.
    pub problems: Vec<Problem>,
    /// Features in the file.
    pub features_read: u64,
    /// The form of the file.
    pub form: FileForm,
    /// What the text was read as.
    pub encoding: Encoding,
    /// Encodings to choose from, the best first; empty where there is no doubt.
    pub encodings: Vec<EncodingCandidate>,
    /// The layers of a `GeoPackage` or the files of an archive; empty for other forms.
    pub layers: Vec<String>,
    /// The layer that was read.
    pub layer: Option<String>,
    /// The coordinate system that the file is in.
    pub datum: Datum,
    /// Who says so.
    pub datum_reason: DatumReason,
    /// The file has y before x. Metres were exchanged; degrees only where that was accepted.
    pub swapped: bool,
}

/// An area named only by a property of its children, without a feature of its own in this file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedParent {
    /// Its code, or its name where the file gives no code.
    pub code: String,
    /// Its name; the code where none is known.
    pub name: String,
    /// Its level.
    pub level: AreaLevel,
    /// Code of the area that it belongs to; empty where none is known.
    pub parent: String,
}

/// Reads the areas of a file: `GeoJSON`, Shapefile (loose or zipped), `GeoPackage`, KML or KMZ. Progress
/// counts bytes.
///
/// # Errors
/// A file that is missing, empty or of no such form, one whose coordinate system is none of ours or
/// cannot be known; cancelled work.
pub fn read_boundaries(choice: &FileChoice, progress: &Progress) -> Result<AreasRead, Fault> {
    let (found, stem) = found(choice, progress)?;
    found.into_areas(choice, &stem, progress)
}

/// Says what a boundary file is understood to be. Reads the whole file: whether its features can be
/// used shows only then.
///
/// # Errors
/// As [`read_boundaries`].
pub fn inspect_areas(choice: &FileChoice, progress: &Progress) -> Result<AreasInspection, Fault> {
    let read = read_boundaries(choice, progress)?;
    let levels = AreaLevel::ALL.into_iter().filter_map(|level| {
        let mut of_level = read.areas.iter().filter(|area| area.level == level);
        let first = of_level.next()?;
        let count = 1 + of_level.count() as u64;
        Some((level, count, first.code.clone(), first.name.clone()))
    });
    let rejected = |problem: &&Problem| problem.kind.severity() == Severity::Rejected;
    Ok(AreasInspection {
        form: read.form,
        encoding: read.encoding,
        levels: levels.collect(),
        rejected: read.problems.iter().filter(rejected).count() as u64,
        encodings: read.encodings,
        layers: read.layers,
        layer: read.layer,
        datum: read.datum,
        datum_reason: read.datum_reason,
        swapped: read.swapped,
    })
}

/// The features of a file, and the name that may say their coordinate system.
fn found(choice: &FileChoice, progress: &Progress) -> Result<(Found, String), Fault> {
    let path = main_file(&choice.path);
    let stem = stem_of(&path);
    let (opened, bytes, head) = file::open_with_head(&path)?;
    progress.set_total(bytes);
    if areas_geopackage::is_sqlite(&head) {
        return Ok((areas_geopackage::read(&path, choice, progress)?, stem));
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        let archive = Zipped::open(&path)?;
        return in_archive(archive, choice, &stem, progress);
    }
    if shp::is_shp(&head) {
        let beside = |ending: &str| read_beside(&path, ending);
        let parts = Parts {
            shp: BufReader::new(opened),
            shp_bytes: bytes,
            shx: beside("shx")?,
            dbf: beside("dbf")?,
            prj: beside("prj")?,
            cpg: beside("cpg")?,
            stem: stem.clone(),
        };
        let found = areas_shapefile::read(parts, choice.encoding, &path, progress)?;
        return Ok((found, stem));
    }
    let (mut opened, _) = file::open_text(&path)?;
    let whole = file::read_whole(&mut opened, &path)?;
    let found = of_text(whole, &stem, choice.encoding, &path, progress)?;
    Ok((found, stem))
}

/// The features of a text: KML or `GeoJSON`.
fn of_text(
    bytes: Vec<u8>,
    stem: &str,
    choice: EncodingChoice,
    path: &Path,
    progress: &Progress,
) -> Result<Found, Fault> {
    let choice = match choice {
        EncodingChoice::Auto => areas_kml::stated_encoding(&bytes),
        said @ EncodingChoice::Fixed(_) => said,
    };
    let finding = encoding::examine(&bytes, choice);
    let text = text_of(bytes, finding.encoding);
    let mut found = if text.trim_start().starts_with('<') {
        areas_kml::read(&text, path, progress)?
    } else {
        areas_geojson::read(&text, stem, path, progress)?
    };
    found.encoding = finding.encoding;
    found.encodings = finding.candidates;
    Ok(found)
}

/// Bytes as text, without a second copy where they are UTF-8.
fn text_of(bytes: Vec<u8>, encoding: Encoding) -> String {
    if encoding != Encoding::Utf8 || bytes.starts_with(b"\xEF\xBB\xBF") {
        return decode_whole(&bytes, encoding);
    }
    String::from_utf8(bytes).unwrap_or_else(|error| decode_whole(error.as_bytes(), encoding))
}

/// The features of one file of an archive.
fn in_archive(
    mut archive: Zipped,
    choice: &FileChoice,
    archive_stem: &str,
    progress: &Progress,
) -> Result<(Found, String), Fault> {
    let path = choice.path.clone();
    let layers = archive.boundary_files();
    let at = match &choice.sheet {
        Some(wanted) => layers.iter().position(|layer| layer == wanted),
        None => archive.most_likely(&layers),
    };
    let Some(layer) = at.and_then(|at| layers.get(at)).cloned() else {
        return Err(match &choice.sheet {
            Some(wanted) if !layers.is_empty() => no_layer(&path, wanted, &layers),
            _ => file::about("read.areas_none_in_archive", &path),
        });
    };
    let inner_stem = stem_of(Path::new(&layer));
    let ending = ending_of(Path::new(&layer));
    let mut found = match ending.as_str() {
        "shp" => {
            let shp = archive.whole(&layer, progress)?;
            progress.set_total(shp.len() as u64);
            let mut beside = |ending: &str| archive.beside(&layer, ending, progress);
            let parts = Parts {
                shp_bytes: shp.len() as u64,
                shp: std::io::Cursor::new(shp),
                shx: beside("shx")?,
                dbf: beside("dbf")?,
                prj: beside("prj")?,
                cpg: beside("cpg")?,
                stem: inner_stem.clone(),
            };
            areas_shapefile::read(parts, choice.encoding, &path, progress)?
        }
        "gpkg" => return Err(file::about("read.areas_unpack_first", &path)),
        _ => {
            let bytes = archive.whole(&layer, progress)?;
            progress.set_total(bytes.len() as u64);
            of_text(bytes, &inner_stem, choice.encoding, &path, progress)?
        }
    };
    // The file inside says more of itself than the name of the archive.
    let stem = format!("{archive_stem} {inner_stem}");
    found.layer = (layers.len() > 1).then_some(layer);
    found.layers = if layers.len() > 1 { layers } else { Vec::new() };
    Ok((found, stem))
}

/// There is no layer of a name.
pub(super) fn no_layer(path: &Path, wanted: &str, layers: &[String]) -> Fault {
    let mut fault = file::about("read.areas_no_such_layer", path);
    fault.message = fault
        .message
        .arg("layer", wanted)
        .arg("layers", layers.join(", "));
    fault
}

/// The `.shp` where somebody chose another part of a Shapefile.
fn main_file(path: &Path) -> PathBuf {
    if ["dbf", "shx", "prj", "cpg", "sbn", "sbx"].contains(&ending_of(path).as_str()) {
        for ending in ["shp", "SHP"] {
            let shp = path.with_extension(ending);
            if shp.is_file() {
                return shp;
            }
        }
    }
    path.to_owned()
}

/// The whole of a file beside another, where there is one.
fn read_beside(path: &Path, ending: &str) -> Result<Option<Vec<u8>>, Fault> {
    for ending in [ending.to_owned(), ending.to_ascii_uppercase()] {
        let beside = path.with_extension(ending);
        if !beside.is_file() {
            continue;
        }
        let (mut source, _) = file::open(&beside)?;
        return file::read_whole(&mut source, &beside).map(Some);
    }
    Ok(None)
}

fn stem_of(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default();
    stem.to_string_lossy().into_owned()
}

/// The ending of a name, in lower case.
pub(super) fn ending_of(path: &Path) -> String {
    let ending = path.extension().unwrap_or_default();
    ending.to_string_lossy().to_ascii_lowercase()
}
