//! Text of the command line → values. What is wrong is said in clap's way, with what would be right.

use super::args::{Bbox, MapLayer, Size};
use crate::analysis::HotSpotMethod;
use crate::datum::Datum;
use crate::jobs::{DatumChoice, EncodingChoice};
use crate::layer::{AreaFigure, ListField};
use crate::model::{AreaLevel, Date};
use crate::words::Lang;
use clap::builder::{PossibleValuesParser, TypedValueParser};

/// The largest side of a picture.
const MAX_SIDE_PX: u32 = 8192;

/// The smallest side on which a legend still has room.
const MIN_SIDE_PX: u32 = 64;

/// Web Mercator ends here.
const MAX_LAT: f64 = 85.0;

pub(super) fn lang(text: &str) -> Result<Lang, String> {
    Lang::from_code(text).ok_or_else(|| "use zh or en".to_owned())
}

pub(super) fn date(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "write the date as 2026-10-01".to_owned())
}

pub(super) fn level(text: &str) -> Result<AreaLevel, String> {
    AreaLevel::from_code(text).ok_or_else(|| "use grid, community, street or county".to_owned())
}

pub(super) fn encoding(text: &str) -> Result<EncodingChoice, String> {
    EncodingChoice::from_code(text)
        .ok_or_else(|| "use auto, utf-8, gb18030 (GBK), big5 or utf-16".to_owned())
}

pub(super) fn datum_choice(text: &str) -> Result<DatumChoice, String> {
    if text.eq_ignore_ascii_case("auto") {
        return Ok(DatumChoice::Auto);
    }
    datum(text).map(DatumChoice::Datum)
}

pub(super) fn datum(text: &str) -> Result<Datum, String> {
    Datum::parse(text).ok_or_else(|| {
        "use wgs84 (CGCS2000 is the same), gcj02, bd09 or epsg:N with N one of 4326, 4490, 3857, 4491 to 4554"
            .to_owned()
    })
}

/// The columns of the list, with clap's proposals for a typing error.
pub(super) fn list_field() -> impl TypedValueParser<Value = ListField> {
    PossibleValuesParser::new(ListField::ALL.map(ListField::key))
        .try_map(|key| ListField::from_key(&key).ok_or("no such column"))
}

pub(super) fn layer(text: &str) -> Result<MapLayer, String> {
    match text {
        "households" => Ok(MapLayer::Households),
        "coverage" => Ok(MapLayer::Coverage),
        "unmet" => Ok(MapLayer::Unmet),
        "unmatched" => Ok(MapLayer::Unmatched),
        "areas:coverage" => Ok(MapLayer::AreasCoverage),
        "areas:unmet" => Ok(MapLayer::AreasUnmet),
        "gaps" | "gaps:any" => Ok(MapLayer::Gaps(None)),
        "areas:full" => Ok(MapLayer::AreasFull),
        "areas:programme" => Ok(MapLayer::AreasProgramme(None)),
        "hotspots" | "hotspots:gi" => Ok(MapLayer::HotSpots(HotSpotMethod::GetisOrdStar)),
        "hotspots:moran" => Ok(MapLayer::HotSpots(HotSpotMethod::LocalMoran)),
        "bivariate" => Ok(MapLayer::Bivariate),
        "difference" => Ok(MapLayer::Difference(AreaFigure::Reach)),
        other if other.starts_with("difference:") => {
            let code = other.trim_start_matches("difference:");
            let mut all = AreaFigure::COMPARED.into_iter();
            all.find(|figure| figure.code() == code)
                .map(MapLayer::Difference)
                .ok_or_else(|| {
                    let codes = AreaFigure::COMPARED.map(AreaFigure::code);
                    format!("use difference: with one of {}", codes.join(", "))
                })
        }
        other => {
            let after = |start: &str| {
                let programme = other.strip_prefix(start);
                programme.filter(|name| !name.is_empty()).map(str::to_owned)
            };
            let of_gaps = after("gaps:").map(|name| MapLayer::Gaps(Some(name)));
            let of_areas =
                || after("areas:programme:").map(|name| MapLayer::AreasProgramme(Some(name)));
            of_gaps.or_else(of_areas).ok_or_else(|| {
                "use households, coverage, unmet, unmatched, gaps, gaps:PROGRAMME, areas:coverage, areas:full, areas:unmet, areas:programme, areas:programme:PROGRAMME, hotspots, hotspots:moran, bivariate, difference or difference:FIGURE"
                    .to_owned()
            })
        }
    }
}

pub(super) fn bbox(text: &str) -> Result<Bbox, String> {
    let numbers: Vec<f64> = text
        .split(',')
        .filter_map(|part| part.trim().parse().ok())
        .collect();
    let [west, south, east, north] = numbers.as_slice() else {
        return Err(
            "write west,south,east,north in degrees, such as 121.1,30.1,121.3,30.2".to_owned(),
        );
    };
    let (west, south, east, north) = (*west, *south, *east, *north);
    let is_in_range = west >= -180.0 && east <= 180.0 && south >= -MAX_LAT && north <= MAX_LAT;
    if !is_in_range || west >= east || south >= north {
        return Err("west must be less than east, south less than north, longitudes within ±180 and latitudes within ±85".to_owned());
    }
    Ok(Bbox {
        west,
        south,
        east,
        north,
    })
}

pub(super) fn size(text: &str) -> Result<Size, String> {
    let advice = || {
        format!(
            "write width x height in pixels, such as 1600x1000, each {MIN_SIDE_PX} to {MAX_SIDE_PX}"
        )
    };
    let (width, height) = text.split_once(['x', 'X', '×']).ok_or_else(advice)?;
    let side = |text: &str| {
        let side: Option<u32> = text.trim().parse().ok();
        side.filter(|side| (MIN_SIDE_PX..=MAX_SIDE_PX).contains(side))
            .ok_or_else(advice)
    };
    Ok(Size {
        width_px: side(width)?,
        height_px: side(height)?,
    })
}

pub(super) fn bandwidth_m(text: &str) -> Result<f64, String> {
    let metres: Option<f64> = text.parse().ok();
    metres
        .filter(|metres| (1.0..=100_000.0).contains(metres))
        .ok_or_else(|| "use 1 to 100000 metres".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_that_are_none() {
        assert!(bbox("-1,-2, 3,4").is_ok());
        for text in [
            "",
            "1,2,3",
            "1,2,3,4,5",
            "3,2,1,4",
            "1,4,3,2",
            "1,2,3,NaN",
            "1,2,3,89",
            "a,1,2,3",
            "1,2,200,3",
        ] {
            assert!(bbox(text).is_err(), "{text}");
        }
    }

    #[test]
    fn sizes_that_are_none() {
        assert_eq!(
            size("1600x1000"),
            Ok(Size {
                width_px: 1600,
                height_px: 1000
            })
        );
        assert_eq!(
            size("100×200"),
            Ok(Size {
                width_px: 100,
                height_px: 200
            })
        );
        for text in ["", "1600", "0x5", "1600x", "9000x100", "-5x100", "63x100"] {
            assert!(size(text).is_err(), "{text}");
        }
    }

    #[test]
    fn bandwidths_that_are_none() {
        assert_eq!(bandwidth_m("80.5"), Ok(80.5));
        for text in ["", "0", "-3", "NaN", "inf", "1e9"] {
            assert!(bandwidth_m(text).is_err(), "{text}");
        }
    }
}
