//! Coordinate systems against PROJ and the libraries that phone maps are used with.

use crate::support::csv_rows;
use livelihood_map::datum::Datum;
use livelihood_map::model::LonLat;

/// Degrees; a tenth of a millimetre.
const SAME_DEG: f64 = 1e-9;
/// Degrees; gcoord's way back is no nearer.
const GCOORD_DEG: f64 = 2e-6;
/// Metres.
const SAME_M: f64 = 1e-3;

fn off((x, y): (f64, f64), (other_x, other_y): (f64, f64)) -> f64 {
    (x - other_x).abs().max((y - other_y).abs())
}

/// The largest of many differences, with the place where it is.
#[derive(Default)]
struct Worst(f64, String);

impl std::fmt::Display for Worst {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:e} at {}; ", self.0, self.1)
    }
}

impl Worst {
    fn see(&mut self, off: f64, name: &str) {
        if off.is_nan() || off > self.0 {
            *self = Self(off, name.to_owned());
        }
    }
}

#[test]
fn positions_are_those_of_proj_and_gcoord() {
    let rows = csv_rows("oracle/datums_expected.csv");
    assert!(rows.len() >= 100, "{}", rows.len());
    let [mut gcj, mut bd, mut back, mut merc, mut gauss] = [(); 5].map(|()| Worst::default());
    let [mut round_deg, mut round_m] = [(); 2].map(|()| Worst::default());
    for row in &rows {
        let name = &row[0];
        let pair =
            |at: usize| -> (f64, f64) { (row[at].parse().unwrap(), row[at + 1].parse().unwrap()) };
        let (lon, lat) = pair(1);
        let at = LonLat::new(lon, lat).unwrap();
        let forward = |datum: Datum| datum.from_wgs84(at).unwrap();
        let inverse = |datum: Datum, (x, y): (f64, f64)| {
            let at = datum.to_wgs84(x, y).unwrap();
            (at.lon, at.lat)
        };
        gcj.see(off(forward(Datum::Gcj02), pair(3)), name);
        bd.see(off(forward(Datum::Bd09), pair(5)), name);
        back.see(off(inverse(Datum::Gcj02, (lon, lat)), pair(7)), name);
        back.see(off(inverse(Datum::Bd09, (lon, lat)), pair(9)), name);
        merc.see(off(forward(Datum::WebMercator), pair(11)), name);
        for datum in [Datum::Wgs84, Datum::Gcj02, Datum::Bd09, Datum::WebMercator] {
            round_deg.see(off(inverse(datum, forward(datum)), (lon, lat)), name);
        }
        for at_column in [13, 16, 19, 22] {
            let datum = Datum::parse(&format!("epsg:{}", row[at_column])).unwrap();
            let metres = pair(at_column + 1);
            gauss.see(off(forward(datum), metres), name);
            let degrees = inverse(datum, metres);
            // The stored metres are rounded to a tenth of a millimetre.
            round_m.see(off(degrees, (lon, lat)) * 111_320.0, name);
        }
    }
    let all = format!("{gcj}{bd}{back}{merc}{gauss}{round_deg}{round_m}");
    for degrees in [&gcj, &bd, &round_deg] {
        assert!(degrees.0 < SAME_DEG, "{all}");
    }
    assert!(back.0 < GCOORD_DEG, "{all}");
    for metres in [&merc, &gauss, &round_m] {
        assert!(metres.0 < SAME_M, "{all}");
    }
}
