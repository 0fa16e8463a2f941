//! Boundary files in metres against `GeoPandas` and PROJ.

use crate::support::{csv_rows, data};
use livelihood_map::base::Progress;
use livelihood_map::datum::{Datum, GaussKruger};
use livelihood_map::read::{self, DatumReason, FileChoice};

/// Metres of a degree of latitude, and of one of longitude at the equator: enough to tell millimetres.
const DEGREE_M: f64 = 111_320.0;
const SAME_M: f64 = 1e-3;

#[test]
fn boundaries_in_metres_land_where_proj_puts_them() {
    let expected = csv_rows("oracle/boundaries_expected.csv");
    let zoned = |epsg| Datum::GaussKruger(GaussKruger::from_epsg(epsg).unwrap());
    for (file, datum) in [
        ("boundaries_4549.zip", zoned(4549)),
        ("boundaries_4528.zip", zoned(4528)),
        // Zones of 3° and 6° around one meridian are one projection.
        ("boundaries_4510.zip", zoned(4550)),
        ("boundaries_4499.zip", zoned(4499)),
        ("boundaries_3857.zip", Datum::WebMercator),
    ] {
        let choice = FileChoice::of(data("oracle").join(file));
        let read = read::read_boundaries(&choice, &Progress::new()).unwrap();
        assert_eq!((read.datum, read.datum_reason), (datum, DatumReason::File));
        let mut seen = 0;
        for row in expected.iter().filter(|row| row[0] == file) {
            let (lon, lat): (f64, f64) = (row[2].parse().unwrap(), row[3].parse().unwrap());
            let area = read.areas.iter().find(|area| area.code == row[1]).unwrap();
            let polygon = &area.boundary.0[0];
            assert_eq!(polygon.interiors().len(), 1);
            let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
            let off_m = rings
                .flat_map(geo_types::LineString::coords)
                .map(|at| {
                    let east_m = (at.x - lon) * DEGREE_M * lat.to_radians().cos();
                    east_m.hypot((at.y - lat) * DEGREE_M)
                })
                .fold(f64::INFINITY, f64::min);
            assert!(off_m < SAME_M, "{row:?}: {off_m} m");
            seen += 1;
        }
        assert_eq!(seen, 65, "{file}");
    }
}
