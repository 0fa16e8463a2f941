//! Areas as a `GeoJSON` `FeatureCollection`, a feature a line.

use super::output;
use crate::model::Area;
use crate::words::Fault;
use geojson::{Feature, FeatureWriter, Geometry, GeometryValue, JsonObject, JsonValue};
use std::io::Write as _;
use std::path::Path;

/// Writes areas with the properties `code`, `name`, `level` and `parent`. Coordinates are WGS-84
/// degrees, exactly as they stand in the area, so that shared vertices stay shared. An area
/// without a boundary has no geometry (null).
pub fn write_areas_geojson(path: &Path, areas: &[Area]) -> Result<(), Fault> {
    let failed = || output::failed::<geojson::Error>(path);
    let mut file = output::open(path)?;
    let mut writer = FeatureWriter::from_writer(&mut file);
    for area in areas {
        writer.write_feature(&feature(area)).map_err(failed())?;
    }
    writer.finish().map_err(failed())?;
    drop(writer);
    file.write_all(b"\n").map_err(output::failed(path))?;
    output::finish(path, file)
}

fn feature(area: &Area) -> Feature {
    let mut properties = JsonObject::new();
    for (key, value) in [
        ("code", area.code.as_str()),
        ("name", area.name.as_str()),
        ("level", area.level.code()),
        ("parent", area.parent.as_str()),
    ] {
        properties.insert(key.to_owned(), JsonValue::from(value));
    }
    let geometry = match area.boundary.0.as_slice() {
        [] => None,
        // Plain polygons are read by more programs than multipolygons of one.
        [polygon] => Some(Geometry::new(GeometryValue::from(polygon))),
        _ => Some(Geometry::new(GeometryValue::from(&area.boundary))),
    };
    Feature {
        geometry,
        properties: Some(properties),
        ..Feature::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::AreaLevel;
    use geo_types::{MultiPolygon, Polygon, polygon};
    use geojson::FeatureCollection;

    fn area(code: &str, polygons: Vec<Polygon<f64>>) -> Area {
        Area {
            code: code.to_owned(),
            name: "第1网格".to_owned(),
            level: AreaLevel::Grid,
            parent: "000000001001".to_owned(),
            boundary: MultiPolygon(polygons),
            derived: false,
        }
    }

    #[test]
    fn areas_read_as_they_were_written() {
        let square = polygon![
            (x: 121.250_000_1, y: 30.1), (x: 121.3, y: 30.1), (x: 121.3, y: 30.2)
        ];
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("areas.geojson");
        let areas = [
            area("000000001001001", vec![square.clone()]),
            area("000000001001002", vec![square.clone(), square.clone()]),
            area("000000001001003", Vec::new()),
        ];
        write_areas_geojson(&path, &areas).unwrap();
        let read: FeatureCollection = std::fs::read_to_string(&path).unwrap().parse().unwrap();
        let properties = read.features[0].properties.as_ref().unwrap();
        assert_eq!(properties["code"], JsonValue::from("000000001001001"));
        assert_eq!(properties["level"], JsonValue::from("grid"));
        assert_eq!(properties["parent"], JsonValue::from("000000001001"));
        let geometry = read.features[0].geometry.clone().unwrap();
        assert_eq!(
            Polygon::<f64>::try_from(&geometry.value).unwrap(),
            square,
            "to the last digit"
        );
        assert!(matches!(
            read.features[1].geometry.as_ref().unwrap().value,
            GeometryValue::MultiPolygon { .. }
        ));
        assert_eq!(read.features[2].geometry, None);
    }
}
