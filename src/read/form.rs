//! Which form a file has, by its bytes: names lie (a workbook saved as `.csv`, a text saved as `.xls`).

use super::archive::Archive;
use super::encoding_evidence::utf16_of;
use super::file;
use super::inspection::FileForm;
use super::ole::Ole;
use crate::words::Fault;
use std::fs::File;
use std::io::{Read, Seek};
use std::path::Path;

/// How many bytes at the start are looked at.
const SNIFF_BYTES: u64 = 8192;
/// A container of Excel 97 is read whole, and is never larger than this.
pub(super) const MOST_OLE_BYTES: u64 = 1 << 30;

/// The form of a file.
///
/// # Errors
/// A file that is missing, empty, a folder, encrypted, or none of these forms.
pub fn form_of(path: &Path) -> Result<FileForm, Fault> {
    let (mut source, file_bytes) = file::open(path)?;
    let mut head = Vec::new();
    source
        .by_ref()
        .take(SNIFF_BYTES)
        .read_to_end(&mut head)
        .map_err(|error| file::cannot_read(path).because(error))?;
    let is_whole = head.len() as u64 == file_bytes;
    match head.as_slice() {
        [] => Err(file::about("read.empty_file", path)),
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => packed_form(path),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => ole_form(path, source, file_bytes),
        [0x09, 0 | 2 | 4 | 8, 4 | 6 | 8 | 16, 0, ..] => {
            Err(file::about("read.ancient_workbook", path))
        }
        head if head.starts_with(b"SQLite format 3\0") => database_form(path, head),
        // The code of a Shapefile's main file and of its index, and a table of dBase.
        [0, 0, 0x27, 0x0A, ..] => shapefile_at(path),
        _ if is_part_of_shapefile(path) => shapefile_at(path),
        head => text_form(path, head, is_whole),
    }
}

fn packed_form(path: &Path) -> Result<FileForm, Fault> {
    let mut archive = Archive::open(path)?;
    let names: Vec<String> = archive
        .names()
        .iter()
        .map(|name| name.to_lowercase())
        .collect();
    let has = |ending: &str| names.iter().any(|name| name.ends_with(ending));
    if has("xl/workbook.bin") {
        return Err(file::about("read.binary_workbook", path));
    }
    if names
        .iter()
        .any(|name| name.starts_with("xl/") || name.starts_with("/xl/"))
    {
        return Ok(FileForm::Xlsx);
    }
    if let Some(at) = names.iter().position(|name| name == "mimetype") {
        let mime = archive.read(at, SNIFF_BYTES)?;
        if mime.starts_with(b"application/vnd.oasis.opendocument.spreadsheet") {
            return Ok(FileForm::Ods);
        }
    }
    if has(".shp") {
        Ok(FileForm::Shapefile)
    } else if has(".kml") {
        Ok(FileForm::Kml)
    } else if has("json") {
        Ok(FileForm::GeoJson)
    } else {
        Err(file::about("read.archive_without_table", path))
    }
}

fn ole_form(path: &Path, mut source: File, file_bytes: u64) -> Result<FileForm, Fault> {
    if file_bytes > MOST_OLE_BYTES {
        return Err(file::about("read.too_large_inside", path));
    }
    let mut bytes = Vec::new();
    source
        .rewind()
        .and_then(|()| source.read_to_end(&mut bytes))
        .map_err(|error| file::cannot_read(path).because(error))?;
    let ole = Ole::open(bytes).ok_or_else(|| file::about("read.damaged_workbook", path))?;
    if ole.has("EncryptedPackage") {
        Err(file::about("read.encrypted", path))
    } else if ole.has("Workbook") || ole.has("Book") {
        Ok(FileForm::Xls)
    } else {
        Err(file::about("read.not_text", path))
    }
}

fn database_form(path: &Path, head: &[u8]) -> Result<FileForm, Fault> {
    // The mark of the program that made the database: "GPKG", older "GP10" and "GP11", ours "LMAP".
    match head.get(68..72) {
        Some(b"LMAP") => Err(file::about("read.is_workspace", path)),
        Some([b'G', b'P', ..]) => Ok(FileForm::GeoPackage),
        _ if has_ending(path, &["gpkg"]) => Ok(FileForm::GeoPackage),
        _ => Err(file::about("read.other_database", path)),
    }
}

fn has_ending(path: &Path, endings: &[&str]) -> bool {
    path.extension()
        .and_then(|ending| ending.to_str())
        .is_some_and(|ending| endings.iter().any(|one| one.eq_ignore_ascii_case(ending)))
}

fn is_part_of_shapefile(path: &Path) -> bool {
    has_ending(path, &["shp", "dbf", "shx", "prj", "cpg"])
}

/// A Shapefile is several files; any of them stands for all where the main one is beside it.
fn shapefile_at(path: &Path) -> Result<FileForm, Fault> {
    let is_main = has_ending(path, &["shp"]) || !is_part_of_shapefile(path);
    let is_there = |ending: &str| path.with_extension(ending).is_file();
    if is_main || is_there("shp") || is_there("SHP") {
        Ok(FileForm::Shapefile)
    } else {
        Err(file::about("read.no_shp", path))
    }
}

fn text_form(path: &Path, head: &[u8], is_whole: bool) -> Result<FileForm, Fault> {
    let wide = utf16_of(head);
    if wide.is_none() && head.contains(&0) {
        return Err(file::about("read.not_text", path));
    }
    // Marks are ASCII in every encoding; in UTF-16 every other byte of them is zero.
    let plain: Vec<u8> = match wide {
        Some(_) => head.iter().copied().filter(|byte| *byte != 0).collect(),
        None => head.to_vec(),
    };
    let marks: &[&[u8]] = &[b"\xEF\xBB\xBF", b"\xFF\xFE", b"\xFE\xFF"];
    let plain = marks
        .iter()
        .find_map(|mark| plain.strip_prefix(*mark))
        .unwrap_or(&plain);
    let plain = plain.trim_ascii_start();
    match plain {
        [] if is_whole => Err(file::about("read.empty_file", path)),
        [b'{', ..] => Ok(FileForm::GeoJson),
        // A cell may begin with a bracket; a list of JSON goes on with another.
        [b'[', rest @ ..] if matches!(rest.trim_ascii_start(), [b'{' | b'[' | b']', ..]) => {
            Ok(FileForm::GeoJson)
        }
        [b'<', ..] => markup_form(path, plain),
        _ => Ok(FileForm::Csv),
    }
}

fn markup_form(path: &Path, text: &[u8]) -> Result<FileForm, Fault> {
    let text = String::from_utf8_lossy(text).to_ascii_lowercase();
    let holds = |word: &str| text.contains(word);
    if holds("<kml") || has_ending(path, &["kml"]) {
        Ok(FileForm::Kml)
    } else if holds("urn:schemas-microsoft-com:office:spreadsheet") && holds("<?mso-application") {
        Err(file::about("read.xml_workbook", path))
    } else if [
        "<html",
        "<!doctype html",
        "<table",
        "<meta",
        "<head",
        "<style",
    ]
    .iter()
    .any(|word| holds(word))
    {
        Err(file::about("read.web_page", path))
    } else if holds("<?xml") {
        Err(file::about("read.not_text", path))
    } else {
        Ok(FileForm::Csv)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The code of the form, or the key of the sentence.
    fn told(name: &str, bytes: &[u8]) -> &'static str {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        form_of(&path).map_or_else(|fault| fault.message.key(), FileForm::code)
    }

    fn database(mark: [u8; 4]) -> Vec<u8> {
        let mut bytes = b"SQLite format 3\0".to_vec();
        bytes.resize(100, 0);
        bytes[68..72].copy_from_slice(&mark);
        bytes
    }

    #[test]
    fn texts_are_told_by_what_they_begin_with() {
        for (bytes, form) in [
            (&b"id,name\n"[..], "csv"),
            (b"\xEF\xBB\xBF {\"type\":1}", "geojson"),
            (b"[ {}", "geojson"),
            (b"[1],b\n", "csv"),
            (b"<?xml version='1.0'?><kml xmlns=''>", "kml"),
            (b"<html><table>", "read.web_page"),
            (b"<5,>10\n", "csv"),
            (b"<?xml version='1.0'?><x/>", "read.not_text"),
            (b"\xFF\xFEi\0d\0", "csv"),
            (b"\xFF\xFE{\0}\0", "geojson"),
            (b"\x89PNG\0\0\0\x01", "read.not_text"),
            (b"%PDF-1.7\n\0", "read.not_text"),
            (b" \r\n", "read.empty_file"),
            (b"", "read.empty_file"),
        ] {
            assert_eq!(told("a.xls", bytes), form, "{bytes:?}");
        }
    }

    #[test]
    fn binary_files_are_told_by_their_marks() {
        assert_eq!(told("a", &database(*b"GPKG")), "geopackage");
        assert_eq!(told("a.lmap", &database(*b"LMAP")), "read.is_workspace");
        assert_eq!(told("a.db", &database([0; 4])), "read.other_database");
        assert_eq!(told("a", b"\0\0\x27\x0A\0\0"), "shapefile");
        assert_eq!(told("a.dbf", b"\x03\x7A\x01"), "read.no_shp");
        assert_eq!(told("a.csv", b"PK\x03\x04rest"), "read.damaged_archive");
        assert_eq!(
            told("a.csv", b"\xD0\xCF\x11\xE0rest"),
            "read.damaged_workbook"
        );
        assert_eq!(
            told("a.xls", b"\x09\x04\x06\0\0\0\x10\0"),
            "read.ancient_workbook"
        );
        let folder = tempfile::tempdir().unwrap();
        for ending in ["shp", "dbf"] {
            std::fs::write(folder.path().join("区.x").with_extension(ending), "x").unwrap();
        }
        let form = form_of(&folder.path().join("区.dbf")).map(FileForm::code);
        assert!(matches!(form, Ok("shapefile")));
    }

    #[test]
    fn archives_are_told_by_what_is_in_them() {
        use std::io::Write;
        let packed = |names: &[&str]| {
            let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
            for name in names {
                let options = zip::write::SimpleFileOptions::default();
                out.start_file(*name, options).unwrap();
                out.write_all(b"application/vnd.oasis.opendocument.spreadsheet")
                    .unwrap();
            }
            out.finish().unwrap().into_inner()
        };
        for (names, form) in [
            (&["[Content_Types].xml", "xl/workbook.xml"][..], "xlsx"),
            (&["xl/workbook.bin"], "read.binary_workbook"),
            (&["mimetype", "content.xml"], "ods"),
            (&["区划/街道.SHP", "区划/街道.dbf"], "shapefile"),
            (&["doc.kml"], "kml"),
            (&["a.csv"], "read.archive_without_table"),
            (&[], "read.archive_without_table"),
        ] {
            assert_eq!(told("a.zip", &packed(names)), form, "{names:?}");
        }
    }

    #[test]
    fn a_directory_that_claims_the_world_is_not_believed() {
        let mut bytes = b"PK\x03\x04".to_vec();
        bytes.extend(b"PK\x06\x06");
        bytes.extend(44_u64.to_le_bytes());
        bytes.extend([0; 12]);
        bytes.extend([0xFF, 0xFF, 0xFF, 0x0F, 0, 0, 0, 0].repeat(2));
        bytes.extend([0; 16]);
        bytes.extend(b"PK\x06\x07\0\0\0\0\x04\0\0\0\0\0\0\0\x01\0\0\0");
        bytes.extend(b"PK\x05\x06\0\0\0\0");
        bytes.extend([0xFF; 12]);
        bytes.extend([0, 0]);
        assert_eq!(told("a.zip", &bytes), "read.too_large_inside");
    }
}
