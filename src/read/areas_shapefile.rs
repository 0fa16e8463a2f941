//! Areas from a Shapefile: shapes (`.shp`), their order (`.shx`), attributes (`.dbf`), coordinate system
//! (`.prj`) and encoding (`.cpg`).

use super::area_names::code_of_stem;
use super::area_properties::Properties;
use super::areas_gather::{Feature, Found, Unusable};
use super::boundary::quoted;
use super::crs::Crs;
use super::dbf::{self, Dbf};
use super::encoding::{self, Encoding, EncodingChoice};
use super::file;
use super::inspection::{EncodingCandidate, FileForm};
use super::shp::{Records, shape};
use super::text_stream::decode_whole;
use crate::base::Progress;
use crate::model::ProblemKind;
use crate::words::Fault;
use std::io::{Read, Seek};
use std::path::Path;

/// Texts shown of an encoding that is in doubt.
const PREVIEW_LINES: usize = 5;

/// The files of a Shapefile.
pub(super) struct Parts<R> {
    pub(super) shp: R,
    pub(super) shp_bytes: u64,
    pub(super) shx: Option<Vec<u8>>,
    pub(super) dbf: Option<Vec<u8>>,
    pub(super) prj: Option<Vec<u8>>,
    pub(super) cpg: Option<Vec<u8>>,
    /// Its name without ending.
    pub(super) stem: String,
}

/// Reads the features of a Shapefile. Progress counts the bytes of the `.shp`.
pub(super) fn read<R: Read + Seek>(
    parts: Parts<R>,
    encoding: EncodingChoice,
    path: &Path,
    progress: &Progress,
) -> Result<Found, Fault> {
    let mut found = Found::of(FileForm::Shapefile);
    let table = parts.dbf.and_then(Dbf::of);
    if let Some(table) = &table {
        let cpg = parts.cpg.as_deref().map(String::from_utf8_lossy);
        let stated = cpg.and_then(|text| dbf::encoding_of_cpg(&text));
        (found.encoding, found.encodings) = table_encoding(table, stated, encoding);
    }
    found.crs = parts.prj.and_then(|bytes| {
        let text = decode_whole(&bytes, encoding::find_in(&bytes, EncodingChoice::Auto));
        Crs::of_wkt(&text).or_else(|| Crs::of_name(&text).filter(|_| text.len() < 200))
    });
    let headers = table.as_ref().map(|table| table.headers(found.encoding));
    let headers = headers.unwrap_or_default();
    let mut records = Records::of(parts.shp, parts.shp_bytes, parts.shx.as_deref());
    if !records
        .begin()
        .map_err(|error| file::cannot_read(path).because(error))?
    {
        return Err(file::about("read.not_shapefile", path));
    }
    let mut row = 0;
    loop {
        let record = records
            .next()
            .map_err(|error| file::cannot_read(path).because(error))?;
        let Some(record) = record else { break };
        progress.tick(record.as_ref().map_or(0, |record| record.len() as u64 + 8))?;
        let is_deleted = table.as_ref().is_some_and(|table| table.is_deleted(row));
        if !is_deleted {
            let values = table.as_ref().map(|table| table.texts(row, found.encoding));
            let feature = feature(record.as_deref(), &headers, values);
            found.features.push((row as u64 + 1, feature));
        }
        row += 1;
    }
    // Rows of the table for which no shape is left.
    if let Some(table) = &table {
        for row in row..table.rows() {
            if !table.is_deleted(row) {
                let values = Some(table.texts(row, found.encoding));
                let feature = feature(Some(&[0; 4]), &headers, values);
                found.features.push((row as u64 + 1, feature));
            }
        }
    } else if let [(_, Ok((only, _)))] = found.features.as_mut_slice() {
        // One shape without a table: the outline of the whole town. The file's name is its code.
        *only = Properties::default().describe(Some(code_of_stem(&parts.stem)));
    } else if !found.features.is_empty() {
        return Err(file::about("read.no_dbf", path));
    }
    Ok(found)
}

/// One shape with its attributes.
fn feature(
    record: Option<&[u8]>,
    headers: &[(String, usize)],
    values: Option<Vec<String>>,
) -> Feature {
    let cells = headers.iter().zip(values.unwrap_or_default());
    let cells = cells.map(|((header, bytes), value)| (header.as_str(), *bytes, value));
    let described = Properties::of_columns(cells).describe(None);
    let Some(record) = record else {
        return Err(Unusable::new(ProblemKind::BadFeature, "features", "…"));
    };
    match shape(record).map_err(Unusable::geometry)? {
        Some(shape) => Ok((described, shape)),
        None => Err(Unusable::no_shape(&described)),
    }
}

/// The encoding of a table and, where the evidence contradicts what the file says, the candidates.
fn table_encoding(
    table: &Dbf,
    cpg: Option<Encoding>,
    choice: EncodingChoice,
) -> (Encoding, Vec<EncodingCandidate>) {
    if let EncodingChoice::Fixed(encoding) = choice {
        return (encoding, Vec::new());
    }
    let sample = table.sample();
    let finding = encoding::examine(&sample, EncodingChoice::Auto);
    let seen = finding.encoding;
    let Some(said) = cpg.or_else(|| table.stated_encoding()) else {
        return (seen, finding.candidates);
    };
    if said == seen || sample.is_empty() {
        return (said, Vec::new());
    }
    // Chinese text of another encoding is valid UTF-8 only by a miracle; else what loses less is right.
    let (of_said, of_seen) = (damage(&sample, said), damage(&sample, seen));
    if seen == Encoding::Utf8 || of_said > of_seen {
        let candidates = vec![candidate(&sample, seen), candidate(&sample, said)];
        return (seen, candidates);
    }
    (said, Vec::new())
}

/// Characters that are lost, read so.
fn damage(sample: &[u8], encoding: Encoding) -> usize {
    let text = decode_whole(sample, encoding);
    text.chars().filter(|char| *char == '\u{FFFD}').count()
}

fn candidate(sample: &[u8], encoding: Encoding) -> EncodingCandidate {
    let text = decode_whole(sample, encoding);
    let lines = text.lines().count().max(1);
    let whole = text
        .lines()
        .filter(|line| !line.contains('\u{FFFD}'))
        .count();
    EncodingCandidate {
        encoding,
        score: whole as f64 / lines as f64,
        preview: text.lines().take(PREVIEW_LINES).map(quoted).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::areas::{AreasRead, inspect_areas, read_boundaries};
    use super::super::choice::FileChoice;
    use super::dbf::tests::table;
    use super::*;
    use crate::datum::Datum;
    use crate::model::{AreaLevel, Problem};
    use std::io::Write;
    use std::path::PathBuf;

    /// A square as a polygon of a kind: 5, or 15 with heights and measures.
    fn square(kind: u8, west: f64) -> Vec<u8> {
        let corners = [(0.0, 0.0), (0.0, 1.0), (1.0, 1.0), (1.0, 0.0), (0.0, 0.0)];
        let mut out = vec![kind, 0, 0, 0];
        out.resize(36, 0);
        for count in [1_u32, 5, 0] {
            out.extend(count.to_le_bytes());
        }
        for (x, y) in corners {
            out.extend((west + x / 10.0_f64).to_le_bytes());
            out.extend((30.0 + y / 10.0_f64).to_le_bytes());
        }
        if kind == 15 {
            out.resize(out.len() + 2 * (16 + 5 * 8), 0);
        }
        out
    }

    fn shp(records: &[Vec<u8>]) -> Vec<u8> {
        let mut out = vec![0, 0, 0x27, 0x0A];
        out.resize(100, 0);
        out[28..36].copy_from_slice(&[0xE8, 3, 0, 0, 5, 0, 0, 0]);
        for (at, record) in records.iter().enumerate() {
            out.extend((at as u32 + 1).to_be_bytes());
            out.extend((record.len() as u32 / 2).to_be_bytes());
            out.extend(record);
        }
        let words = out.len() as u32 / 2;
        out[24..28].copy_from_slice(&words.to_be_bytes());
        out
    }

    fn gbk(text: &str) -> Vec<u8> {
        encoding_rs::GBK.encode(text).0.into_owned()
    }

    fn utf8(text: &str) -> Vec<u8> {
        text.as_bytes().to_vec()
    }

    const NAMES: [(&str, &str); 2] = [("G1", "一号网格在东边"), ("G2", "二号网格在西边")];

    /// Two grids with Chinese names in an encoding. Headers have ten bytes at most.
    fn grids(encode: fn(&str) -> Vec<u8>) -> Vec<u8> {
        let header = |text: &str| encode(text).into_iter().take(10).collect::<Vec<u8>>();
        let (code, name) = (header("网格编码"), header("网格名称"));
        let (east, west) = (encode(NAMES[0].1), encode(NAMES[1].1));
        table(
            &[(&code, 4), (&name, 24)],
            &[&[b"G1", &east], &[b"G2", &west]],
        )
    }

    fn files(parts: &[(&str, &[u8])]) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        for (ending, bytes) in parts {
            std::fs::write(folder.path().join(format!("网格.{ending}")), bytes).unwrap();
        }
        let shp = folder.path().join("网格.shp");
        (folder, shp)
    }

    fn read_parts(parts: &[(&str, &[u8])]) -> Result<AreasRead, Fault> {
        let (_folder, path) = files(parts);
        read_boundaries(&FileChoice::of(path), &Progress::new())
    }

    fn names(read: &AreasRead) -> Vec<(&str, &str)> {
        let areas = read.areas.iter();
        areas.map(|area| (&*area.code, &*area.name)).collect()
    }

    fn kinds(read: &AreasRead) -> Vec<(u64, &'static str)> {
        let short = |problem: &Problem| (problem.row, problem.kind.code());
        read.problems.iter().map(short).collect()
    }

    #[test]
    fn names_are_right_whatever_the_cpg_says() {
        let shapes = shp(&[square(5, 120.0), square(15, 121.0)]);
        for cpg in [
            None,
            Some("GBK"),
            Some("936"),
            Some("UTF-8"),
            Some("OEM"),
            Some(""),
        ] {
            for (table, is_gbk) in [(grids(gbk), true), (grids(utf8), false)] {
                let mut parts: Vec<(&str, &[u8])> = vec![("shp", &shapes), ("dbf", &table)];
                parts.extend(cpg.map(|cpg| ("cpg", cpg.as_bytes())));
                let read = read_parts(&parts).unwrap();
                assert_eq!(names(&read), NAMES, "{cpg:?} {is_gbk}");
                assert_eq!(read.encoding == Encoding::Gb18030, is_gbk);
                // Where the file says nothing, two short names may leave a doubt.
                let contradicted = match cpg {
                    Some("UTF-8") => is_gbk,
                    Some("GBK" | "936") => !is_gbk,
                    _ => continue,
                };
                assert_eq!(!read.encodings.is_empty(), contradicted, "{cpg:?} {is_gbk}");
            }
        }
    }

    #[test]
    fn any_part_and_a_zip_of_them_open() {
        let (shapes, table) = (shp(&[square(5, 120.0), square(5, 121.0)]), grids(gbk));
        let (folder, path) = files(&[("shp", &shapes), ("dbf", &table), ("cpg", b"GBK")]);
        for ending in ["shp", "dbf", "cpg"] {
            let choice = FileChoice::of(path.with_extension(ending));
            let read = read_boundaries(&choice, &Progress::new()).unwrap();
            assert_eq!(names(&read), NAMES);
        }
        let zipped = folder.path().join("a.zip");
        let mut writer = zip::ZipWriter::new(std::fs::File::create(&zipped).unwrap());
        let options = zip::write::SimpleFileOptions::default();
        for (ending, bytes) in [("shp", &shapes), ("dbf", &table)] {
            writer
                .start_file(format!("边界/网格.{ending}"), options)
                .unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap();
        let inspection = inspect_areas(&FileChoice::of(zipped), &Progress::new()).unwrap();
        assert_eq!(inspection.form, FileForm::Shapefile);
        let (code, name) = NAMES[0];
        let grids = (AreaLevel::Grid, 2, code.to_owned(), name.to_owned());
        assert_eq!(inspection.levels, [grids]);
        assert_eq!(inspection.rejected, 0);
    }

    #[test]
    fn the_index_says_which_shape_is_which() {
        // The first shape was changed: the old one is left, the new one stands at the end.
        let whole = shp(&[square(5, 100.0), square(5, 121.0), square(5, 120.0)]);
        let record = (square(5, 0.0).len() + 8) as u32;
        let mut shx = whole[..100].to_vec();
        for place in [100 + 2 * record, 100 + record] {
            shx.extend((place / 2).to_be_bytes());
            shx.extend(((record - 8) / 2).to_be_bytes());
        }
        let table = grids(gbk);
        let read = read_parts(&[("shp", &whole), ("dbf", &table), ("shx", &shx)]).unwrap();
        let west = |at: usize| read.areas[at].boundary.0[0].exterior().0[0].x;
        assert_eq!((west(0), west(1)), (120.0, 121.0));
    }

    #[test]
    fn shapes_that_cannot_be_used_are_problems_in_their_rows() {
        let mut point = vec![1, 0, 0, 0];
        point.resize(20, 0);
        let cells: Vec<[&[u8]; 1]> = vec![[b"A"], [b"B"], [b"C"], [b"D"], [b"E"]];
        let rows: Vec<&[&[u8]]> = cells.iter().map(|row| &row[..]).collect();
        let mut of = table(&[(b"CODE", 4)], &rows);
        // The second row is deleted; its shape goes with it.
        of[32 + 32 + 1 + 5] = b'*';
        let shapes = shp(&[square(5, 120.0), square(5, 121.0), vec![0; 4], point]);
        let read = read_parts(&[("shp", &shapes), ("dbf", &of)]).unwrap();
        assert_eq!(read.areas.len(), 1);
        let expected = [
            (3, "null_geometry"),
            (4, "bad_geometry"),
            (5, "null_geometry"),
            (0, "unknown_level"),
        ];
        assert_eq!(kinds(&read), expected);
    }

    #[test]
    fn a_shape_without_a_table_is_the_file_and_many_are_refused() {
        let one = shp(&[square(5, 120.0)]);
        let read = read_parts(&[("shp", &one)]).unwrap();
        assert_eq!(names(&read), [("网格", "网格")]);
        let two = shp(&[square(5, 120.0), square(5, 121.0)]);
        let fault = read_parts(&[("shp", &two)]).unwrap_err();
        assert_eq!(fault.message.key(), "read.no_dbf");
        let fault = read_parts(&[("shp", &one[..50])]).unwrap_err();
        assert_eq!(fault.message.key(), "read.not_shapefile");
    }

    #[test]
    fn the_prj_says_the_datum() {
        let (shapes, table) = (shp(&[square(5, 120.0), square(5, 121.0)]), grids(gbk));
        let with =
            |prj: &str| read_parts(&[("shp", &shapes), ("dbf", &table), ("prj", prj.as_bytes())]);
        let old =
            r#"GEOGCS["GCS_Beijing_1954",DATUM["D_Beijing_1954",SPHEROID["K",6378245.0,298.3]]]"#;
        assert_eq!(with(old).unwrap_err().message.key(), "read.old_survey_crs");
        let plain = with(r#"GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984"]]"#).unwrap();
        assert_eq!(plain.datum, Datum::Wgs84);
    }

    #[test]
    fn lengths_and_counts_that_lie_do_no_harm() {
        let whole = shp(&[square(5, 120.0), square(15, 121.0)]);
        let table = grids(gbk);
        let found = |shp: Vec<u8>| {
            let parts = Parts {
                shp_bytes: shp.len() as u64,
                shp: std::io::Cursor::new(shp),
                shx: None,
                dbf: Some(table.clone()),
                prj: None,
                cpg: None,
                stem: "a".to_owned(),
            };
            let path = PathBuf::from("a.shp");
            read(parts, EncodingChoice::Auto, &path, &Progress::new())
        };
        for at in (0..whole.len()).step_by(3) {
            for value in [0xFF, 0x7F, 0] {
                let mut bytes = whole.clone();
                bytes[at..]
                    .iter_mut()
                    .take(4)
                    .for_each(|byte| *byte = value);
                // Every row of the table comes out as something.
                if let Ok(found) = found(bytes) {
                    assert!(found.features.len() >= 2, "{at} {value}");
                }
            }
            if let Ok(found) = found(whole[..at].to_vec()) {
                assert!(found.features.len() >= 2, "{at}");
            }
        }
    }
}
