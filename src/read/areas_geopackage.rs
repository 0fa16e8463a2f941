//! Areas from a `GeoPackage`: an `SQLite` file with its layers, systems and geometries in tables. It is
//! opened for reading alone and not believed: no views, no virtual tables, no functions.

use super::area_properties::Properties;
use super::areas::no_layer;
use super::areas_gather::{Feature, Found, Unusable};
use super::choice::FileChoice;
use super::crs::Crs;
use super::file;
use super::inspection::FileForm;
use super::wkb;
use crate::base::Progress;
use crate::datum::Datum;
use crate::model::ProblemKind;
use crate::words::Fault;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags, Row};
use std::path::Path;

/// Most layers that are listed.
const MOST_LAYERS: usize = 1000;

/// Whether bytes begin as an `SQLite` file does.
pub(super) fn is_sqlite(head: &[u8]) -> bool {
    head.starts_with(b"SQLite format 3\0")
}

/// A table with geometries that may be areas.
#[derive(Debug)]
struct Layer {
    name: String,
    geometry: String,
    /// What is stated of its geometries, in capitals.
    kind: String,
    crs: Option<Crs>,
}

impl Layer {
    fn may_be_areas(&self) -> bool {
        let kinds = [
            "POLYGON",
            "SURFACE",
            "GEOMETRY",
            "GEOMETRYCOLLECTION",
            "GEOMCOLLECTION",
        ];
        kinds.iter().any(|kind| self.kind.ends_with(kind))
    }

    /// The less, the sooner it is read where nobody says which: polygons in degrees, then polygons.
    fn rank(&self) -> u8 {
        let in_degrees = self.crs == Some(Crs::Known(Datum::Wgs84));
        let is_polygons = self.kind.ends_with("POLYGON") || self.kind.ends_with("SURFACE");
        u8::from(!in_degrees) + 2 * u8::from(!is_polygons)
    }
}

/// Reads the features of a layer: the one that is chosen, else the likeliest. Progress counts bytes.
pub(super) fn read(path: &Path, choice: &FileChoice, progress: &Progress) -> Result<Found, Fault> {
    let broken =
        |error: rusqlite::Error| file::about("read.areas_broken_geopackage", path).because(error);
    let database = open(path).map_err(broken)?;
    let known = known_tables(&database).map_err(broken)?;
    if !known.iter().any(|table| table == "gpkg_geometry_columns") {
        return Err(file::about("read.other_database", path));
    }
    let mut layers = layers(&database).map_err(broken)?;
    layers.retain(|layer| layer.may_be_areas() && known.contains(&layer.name));
    let names: Vec<String> = layers.iter().map(|layer| layer.name.clone()).collect();
    let layer = match &choice.sheet {
        Some(wanted) => layers.iter().find(|layer| layer.name == *wanted),
        None => layers.iter().min_by_key(|layer| layer.rank()),
    };
    let Some(layer) = layer else {
        return Err(match &choice.sheet {
            Some(wanted) if !names.is_empty() => no_layer(path, wanted, &names),
            _ => file::about("read.areas_no_layer", path),
        });
    };
    let mut found = Found::of(FileForm::GeoPackage);
    found.crs.clone_from(&layer.crs);
    read_layer(&database, layer, &mut found, path, progress)?;
    found.layer = Some(layer.name.clone());
    found.layers = names;
    Ok(found)
}

/// Opens the file so that nothing of it is changed and nothing in it is run.
fn open(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let ready = |database: Connection| {
        database.execute_batch(
            "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA query_only = ON;",
        )?;
        // The first look at the file itself.
        database.query_row("SELECT count(*) FROM sqlite_master", [], |_| Ok(()))?;
        Ok(database)
    };
    // What another program has not yet written back stands in a file beside it.
    let mut journal = path.as_os_str().to_owned();
    journal.push("-wal");
    let has_journal = std::fs::metadata(journal).is_ok_and(|facts| facts.len() > 0);
    if has_journal && let Ok(database) = Connection::open_with_flags(path, flags).and_then(ready) {
        return Ok(database);
    }
    // A file on a stick that may not be written to opens only as one that nobody changes.
    let uri = format!("{}?immutable=1", uri_of(path));
    Connection::open_with_flags(uri, flags | OpenFlags::SQLITE_OPEN_URI).and_then(ready)
}

/// A path as `SQLite` takes it in a URI.
fn uri_of(path: &Path) -> String {
    let path = path.to_string_lossy().replace('\\', "/");
    let has_drive = path.chars().nth(1) == Some(':');
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/.-_:".contains(&byte);
    let bytes = path.bytes().map(|byte| match byte {
        byte if plain(byte) => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    });
    let path: String = bytes.collect();
    format!("file:{}{path}", if has_drive { "///" } else { "" })
}

/// The tables that are rows on disk and nothing else.
fn known_tables(database: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut statement = database.prepare(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'create virtual%'",
    )?;
    let names = statement.query_map([], |row| row.get(0))?;
    names.collect()
}

fn layers(database: &Connection) -> rusqlite::Result<Vec<Layer>> {
    let mut statement = database.prepare(&format!(
        "SELECT g.table_name, g.column_name, g.geometry_type_name,
                s.organization, s.organization_coordsys_id, s.definition
         FROM gpkg_geometry_columns g LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id
         ORDER BY g.rowid LIMIT {MOST_LAYERS}"
    ))?;
    let layers = statement.query_map([], |row| {
        Ok(Layer {
            name: row.get(0)?,
            geometry: row.get(1)?,
            kind: row.get::<_, String>(2)?.to_ascii_uppercase(),
            crs: crs_of(row)?,
        })
    })?;
    layers.collect()
}

/// The coordinate system of a layer: the code where it is one, else the well-known text.
fn crs_of(row: &Row<'_>) -> rusqlite::Result<Option<Crs>> {
    let organization: Option<String> = row.get(3)?;
    let code: Option<i64> = row.get(4)?;
    let definition: Option<String> = row.get(5)?;
    let is_coded = organization.is_some_and(|name| name.eq_ignore_ascii_case("EPSG"));
    let code = code.filter(|code| is_coded && *code > 0);
    Ok(match code.and_then(|code| u32::try_from(code).ok()) {
        Some(code) => Some(Crs::of_epsg(code)),
        None => definition.and_then(|text| Crs::of_wkt(&text)),
    })
}

fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn read_layer(
    database: &Connection,
    layer: &Layer,
    found: &mut Found,
    path: &Path,
    progress: &Progress,
) -> Result<(), Fault> {
    let broken =
        |error: rusqlite::Error| file::about("read.areas_broken_geopackage", path).because(error);
    let columns = columns(database, &layer.name).map_err(broken)?;
    if !columns.contains(&layer.geometry) {
        return Err(file::about("read.areas_no_layer", path));
    }
    let headers: Vec<&String> = columns
        .iter()
        .filter(|name| **name != layer.geometry)
        .collect();
    let list = std::iter::once(&layer.geometry).chain(headers.iter().copied());
    let list: Vec<String> = list.map(|name| quote(name)).collect();
    let query = format!("SELECT {} FROM {}", list.join(", "), quote(&layer.name));
    let mut statement = database.prepare(&query).map_err(broken)?;
    let mut rows = statement.query([]).map_err(broken)?;
    loop {
        match rows.next() {
            Ok(Some(row)) => {
                let bytes = row.get_ref(0).ok().and_then(|value| value.as_bytes().ok());
                progress.tick(bytes.map_or(0, |bytes| bytes.len() as u64))?;
                found.push(feature(row, &headers));
            }
            Ok(None) => return Ok(()),
            Err(error) if found.features.is_empty() => return Err(broken(error)),
            // A damaged page: what was read before it is whole.
            Err(_damaged) => {
                found.push(Err(Unusable::new(ProblemKind::BadFeature, "features", "…")));
                return Ok(());
            }
        }
    }
}

/// The columns of a table; those that a formula fills are not listed.
fn columns(database: &Connection, table: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement = database.prepare("SELECT name FROM pragma_table_info(?1)")?;
    let names = statement.query_map([table], |row| row.get(0))?;
    names.collect()
}

fn feature(row: &Row<'_>, headers: &[&String]) -> Feature {
    let cells = headers.iter().enumerate().map(|(at, header)| {
        let text = row.get_ref(at + 1).map_or_else(|_| String::new(), text);
        // Names are never cut in a GeoPackage.
        (header.as_str(), 0, text)
    });
    let described = Properties::of_columns(cells).describe(None);
    let shape = match row.get_ref(0) {
        Ok(ValueRef::Blob(blob)) => wkb::shape(blob).map_err(Unusable::geometry)?,
        Ok(ValueRef::Null) | Err(_) => None,
        Ok(_) => return Err(Unusable::geometry("GP …".to_owned())),
    };
    match shape {
        Some(shape) => Ok((described, shape)),
        None => Err(Unusable::no_shape(&described)),
    }
}

fn text(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Null | ValueRef::Blob(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::areas::{AreasRead, read_boundaries};
    use super::super::inspection::DatumReason;
    use super::*;

    /// A `GeoPackage` with some layers, each of one triangle.
    fn package(path: &Path, layers: &[(&str, &str, i64)]) {
        let database = Connection::open(path).unwrap();
        database
            .execute_batch(
                "CREATE TABLE gpkg_spatial_ref_sys (srs_id INTEGER PRIMARY KEY, organization TEXT, organization_coordsys_id INTEGER, definition TEXT);
                 CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER);
                 INSERT INTO gpkg_spatial_ref_sys VALUES (4490, 'EPSG', 4490, ''), (4214, 'epsg', 4214, ''), (3857, 'EPSG', 3857, '');",
            )
            .unwrap();
        for (name, kind, srs) in layers {
            let table = quote(name);
            database
                .execute_batch(&format!(
                    "CREATE TABLE {table} (fid INTEGER PRIMARY KEY, \"几何\" BLOB, XZQDM TEXT, 网格名称 TEXT)"
                ))
                .unwrap();
            database
                .execute(
                    &format!("INSERT INTO {table} VALUES (1, ?1, '330282001001', ?2)"),
                    rusqlite::params![wkb::tests::triangle(3, 2, false), name],
                )
                .unwrap();
            database
                .execute(
                    "INSERT INTO gpkg_geometry_columns VALUES (?1, '几何', ?2, ?3)",
                    rusqlite::params![name, kind, srs],
                )
                .unwrap();
        }
    }

    fn read(path: &Path, layer: Option<&str>) -> Result<AreasRead, Fault> {
        let choice = FileChoice {
            sheet: layer.map(str::to_owned),
            ..FileChoice::of(path.to_owned())
        };
        read_boundaries(&choice, &Progress::new())
    }

    #[test]
    fn the_layer_in_degrees_is_read_first_and_any_can_be_chosen() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("边界 #1%?.gpkg");
        package(
            &path,
            &[
                ("点", "POINT", 4490),
                ("投影", "POLYGON", 3857),
                ("网\"格", "MULTIPOLYGON", 4490),
            ],
        );
        let found = read(&path, None).unwrap();
        assert_eq!(found.layers, ["投影", "网\"格"]);
        assert_eq!(found.layer.as_deref(), Some("网\"格"));
        assert_eq!(found.datum_reason, DatumReason::File);
        assert_eq!(found.areas[0].code, "330282001001");
        assert_eq!(found.areas[0].name, "网\"格");
        assert_eq!(read(&path, Some("投影")).unwrap().datum, Datum::Wgs84);
        let fault = read(&path, Some("点")).unwrap_err();
        assert_eq!(fault.message.key(), "read.areas_no_such_layer");
    }

    #[test]
    fn what_is_no_package_is_said_and_nothing_in_it_is_run() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.gpkg");
        Connection::open(&path)
            .unwrap()
            .execute_batch("CREATE TABLE t (x)")
            .unwrap();
        let key = |path: &Path| read(path, None).unwrap_err().message.key();
        assert_eq!(key(&path), "read.other_database");
        let views = folder.path().join("views.gpkg");
        package(&views, &[("a", "POLYGON", 4490)]);
        Connection::open(&views)
            .unwrap()
            .execute_batch(
                "ALTER TABLE a RENAME TO b;
                 CREATE VIEW a AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS \"几何\" FROM n;",
            )
            .unwrap();
        assert_eq!(key(&views), "read.areas_no_layer");
        let old = folder.path().join("old.gpkg");
        package(&old, &[("a", "POLYGON", 4214)]);
        assert_eq!(key(&old), "read.old_survey_crs");
    }

    #[test]
    fn a_damaged_file_is_a_sentence_or_its_whole_features() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.gpkg");
        package(&path, &[("a", "POLYGON", 4490)]);
        let whole = std::fs::read(&path).unwrap();
        for at in (16..whole.len()).step_by(61) {
            let mut bytes = whole.clone();
            bytes[at..]
                .iter_mut()
                .take(7)
                .for_each(|byte| *byte ^= 0xA5);
            std::fs::write(&path, &bytes).unwrap();
            let _ = read(&path, None);
            std::fs::write(&path, &whole[..at]).unwrap();
            assert!(read(&path, None).is_err() || at > whole.len() / 2);
        }
    }

    #[test]
    fn a_file_with_its_journal_in_a_folder_that_cannot_be_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.gpkg");
        package(&path, &[("a", "POLYGON", 4490)]);
        let writer = Connection::open(&path).unwrap();
        writer
            .query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))
            .unwrap();
        writer
            .execute("UPDATE a SET XZQDM = '330282002'", [])
            .unwrap();
        assert_eq!(read(&path, None).unwrap().areas[0].code, "330282002");
        // Without the journal, as on a stick to which only the file was copied.
        let copy = folder.path().join("copy.gpkg");
        std::fs::copy(&path, &copy).unwrap();
        assert_eq!(read(&copy, None).unwrap().areas[0].code, "330282001001");
    }
}
