//! Coordinate systems: there and back is the same place.

use livelihood_map::datum::{Datum, GaussKruger};
use livelihood_map::model::LonLat;
use proptest::prelude::*;

/// A tenth of a millimetre.
const SAME_DEG: f64 = 1e-9;

/// How far a place is from where it comes back from a system.
fn off_deg(datum: Datum, at: LonLat) -> f64 {
    let there = datum.from_wgs84(at);
    let back = there.and_then(|(x, y)| datum.to_wgs84(x, y));
    back.map_or(f64::NAN, |back| {
        (back.lon - at.lon).abs().max((back.lat - at.lat).abs())
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn places_in_and_around_china_come_back(lon in 72.02..137.82, lat in 0.84..55.82) {
        let at = LonLat { lon, lat };
        let mut datums = vec![Datum::Wgs84, Datum::Gcj02, Datum::Bd09, Datum::WebMercator];
        datums.extend(GaussKruger::containing(lon).into_iter().map(Datum::GaussKruger));
        prop_assert!(datums.len() >= 6);
        for datum in datums {
            let off = off_deg(datum, at);
            prop_assert!(off < SAME_DEG, "{datum}: {off:e}");
        }
        // Half a kilometre, give or take, and never nothing.
        let (shifted, _) = Datum::Gcj02.from_wgs84(at).unwrap();
        prop_assert!((shifted - lon).abs() < 0.02);
    }

    #[test]
    fn outside_of_the_box_nothing_is_shifted(lon in -180.0..180.0, lat in -90.0..90.0) {
        let at = LonLat { lon, lat };
        let inside = (72.004..=137.8347).contains(&lon) && (0.8293..=55.8271).contains(&lat);
        prop_assume!(!inside);
        prop_assert_eq!(Datum::Gcj02.from_wgs84(at), Some((lon, lat)));
        prop_assert_eq!(Datum::Gcj02.to_wgs84(lon, lat), Some(at));
    }

    #[test]
    fn no_pair_is_taken_out_of_the_world(x in any::<f64>(), y in any::<f64>(), epsg in 4491_u16..=4554) {
        let projection = GaussKruger::from_epsg(epsg).map(Datum::GaussKruger);
        for datum in [Datum::Gcj02, Datum::Bd09, Datum::WebMercator].into_iter().chain(projection) {
            if let Some(at) = datum.to_wgs84(x, y) {
                prop_assert_eq!(LonLat::new(at.lon, at.lat), Some(at));
            }
        }
    }
}
