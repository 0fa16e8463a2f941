//! Tables as a `GeoJSON` `FeatureCollection`: a point a row, streamed.

use super::output::{self, ROWS_A_TICK};
use super::table::{Cell, RowSource};
use crate::base::Progress;
use crate::words::Fault;
use geojson::{Feature, FeatureWriter, Geometry, GeometryValue, JsonObject, JsonValue};
use std::io::Write as _;
use std::path::Path;

/// Writes a table: the columns' keys name the properties, WGS-84 degrees are the coordinates, and
/// a row that is not geocoded has no geometry (null). `about` becomes the member `about` of the
/// collection, before the features.
pub fn write_geojson(
    path: &Path,
    table: &dyn RowSource,
    about: &[(String, String)],
    progress: &Progress,
) -> Result<(), Fault> {
    let failed = || output::failed::<geojson::Error>(path);
    progress.set_total(table.len() as u64);
    let mut file = output::open(path)?;
    let mut writer = FeatureWriter::from_writer(&mut file);
    if !about.is_empty() {
        let about: JsonObject = about
            .iter()
            .map(|(what, value)| (what.clone(), JsonValue::String(value.clone())))
            .collect();
        writer
            .write_foreign_member("about", &about)
            .map_err(failed())?;
    }
    let mut cells = Vec::with_capacity(table.columns().len());
    for index in 0..table.len() {
        if index % ROWS_A_TICK == 0 {
            progress.tick(ROWS_A_TICK.min(table.len() - index) as u64)?;
        }
        cells.clear();
        table.row(index, &mut cells);
        let properties = table
            .columns()
            .iter()
            .zip(&cells)
            .map(|(column, cell)| (column.key.to_owned(), value(cell)))
            .collect();
        let geometry = table
            .position(index)
            .map(|at| Geometry::new(GeometryValue::new_point([at.lon, at.lat])));
        let feature = Feature {
            geometry,
            properties: Some(properties),
            ..Feature::default()
        };
        writer.write_feature(&feature).map_err(failed())?;
    }
    writer.finish().map_err(failed())?;
    drop(writer);
    file.write_all(b"\n").map_err(output::failed(path))?;
    progress.tick(0)?;
    output::finish(path, file)
}

fn value(cell: &Cell<'_>) -> JsonValue {
    match cell {
        Cell::Text(text) => JsonValue::String(text.clone().into_owned()),
        // Counts stay whole: 3, not 3.0.
        Cell::Number(number) if number.fract() == 0.0 && number.abs() < 9e15 => {
            JsonValue::from(*number as i64)
        }
        Cell::Number(number) => JsonValue::from(*number),
        Cell::Date(date) => JsonValue::String(date.to_string()),
        Cell::Empty => JsonValue::Null,
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::fixture::{Fixture, check_cancelled_half_way};
    use super::*;
    use crate::model::Date;
    use geojson::FeatureCollection;

    fn written(table: &Fixture, about: &[(String, String)]) -> FeatureCollection {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("名单.geojson");
        write_geojson(&path, table, about, &Progress::new()).unwrap();
        std::fs::read_to_string(&path).unwrap().parse().unwrap()
    }

    #[test]
    fn a_table_reads_as_it_was_written() {
        let rows = vec![
            vec![
                Cell::text("330282199001011234"),
                Cell::Number(1200.0),
                Cell::date(Date::from_ymd(2026, 3, 1)),
                Cell::text("=\"x\""),
            ],
            vec![
                Cell::text("2"),
                Cell::Number(f64::NAN),
                Cell::Empty,
                Cell::Empty,
            ],
        ];
        let about = [("筛选".to_owned(), "need:care".to_owned())];
        let read = written(&Fixture::new(rows), &about);
        assert_eq!(
            read.foreign_members.unwrap()["about"]["筛选"],
            JsonValue::from("need:care")
        );
        let first = &read.features[0];
        let properties = first.properties.as_ref().unwrap();
        assert_eq!(
            properties["household_id"],
            JsonValue::from("330282199001011234")
        );
        assert_eq!(properties["monthly_income"], JsonValue::from(1200));
        assert_eq!(properties["last_visit"], JsonValue::from("2026-03-01"));
        assert_eq!(properties["notes"], JsonValue::from("=\"x\""));
        assert_eq!(
            first.geometry,
            Some(Geometry::new(GeometryValue::new_point([121.25, 30.17])))
        );
        let second = &read.features[1];
        assert_eq!(second.geometry, None);
        assert_eq!(
            second.properties.as_ref().unwrap()["monthly_income"],
            JsonValue::Null
        );
    }

    #[test]
    fn an_empty_table_is_an_empty_collection() {
        assert_eq!(written(&Fixture::new(Vec::new()), &[]).features.len(), 0);
    }

    #[test]
    fn cancelled_half_way_nothing_is_left() {
        check_cancelled_half_way(|path, table, progress| write_geojson(path, table, &[], progress));
    }
}
