//! Coordinate systems in words, for the window and the command line.

use crate::datum::{Datum, GaussKruger, Reading};
use crate::words::Lang;

/// The name of a coordinate system, such as "CGCS2000 Gauss–Krüger 3°, 120°E (EPSG:4549)".
pub fn datum_name(datum: Datum, lang: Lang) -> String {
    match datum {
        Datum::Wgs84 => lang.t("jobs.datum_wgs84").into_owned(),
        Datum::Gcj02 => lang.t("jobs.datum_gcj02").into_owned(),
        Datum::Bd09 => lang.t("jobs.datum_bd09").into_owned(),
        Datum::WebMercator => lang.t("jobs.datum_mercator").into_owned(),
        Datum::GaussKruger(projection) => gauss_kruger_name(projection, lang),
    }
}

/// The same, and whether the two columns have changed places.
pub fn reading_name(reading: Reading, lang: Lang) -> String {
    let datum = datum_name(reading.datum, lang);
    if reading.swapped {
        lang.with("jobs.reading_swapped", &[("datum", &datum)])
    } else {
        datum
    }
}

fn gauss_kruger_name(projection: GaussKruger, lang: Lang) -> String {
    let key = if projection.is_prefixed() {
        "jobs.datum_gauss_kruger_zone"
    } else {
        "jobs.datum_gauss_kruger"
    };
    let values = [
        ("width", projection.width_deg().to_string()),
        ("meridian", projection.central_meridian_deg().to_string()),
        ("zone", projection.zone().to_string()),
        ("epsg", projection.epsg().to_string()),
    ];
    let values = values
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    lang.with(key, &values)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(code: &str, lang: Lang) -> String {
        datum_name(Datum::parse(code).unwrap(), lang)
    }

    #[test]
    fn names_say_which_projection_it_is() {
        assert_eq!(
            name("epsg:4549", Lang::En),
            "CGCS2000 Gauss–Krüger 3°, 120°E (EPSG:4549)"
        );
        assert_eq!(
            name("epsg:4499", Lang::Zh),
            "CGCS2000 高斯-克吕格 6° 带，21 带，中央经线 123°E（EPSG:4499）"
        );
        for lang in Lang::ALL {
            for code in [
                "wgs84",
                "gcj02",
                "bd09",
                "epsg:3857",
                "epsg:4554",
                "epsg:4491",
            ] {
                let datum = Datum::parse(code).unwrap();
                let swapped = Reading {
                    datum,
                    swapped: true,
                };
                let (plain, swapped) = (datum_name(datum, lang), reading_name(swapped, lang));
                assert!(swapped.contains(&plain) && swapped != plain, "{swapped}");
                assert!(!swapped.contains('{'), "{swapped}");
            }
        }
    }
}
