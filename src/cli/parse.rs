//! Text of the command line → values. What is wrong is said in clap's way, with what would be right.

use super::args::{Bbox, MapLayer, Size};
use crate::analysis::HotSpotMethod;
use crate::datum::Datum;
use crate::jobs::{DatumChoice, EncodingChoice};
use crate::layer::{AreaFigure, ListField};
use crate::model::{AreaLevel, Date};
use crate::snapshot::Unsettled;
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
        "areas:full" => Ok(MapLayer::AreasFull),
        "hotspots" | "hotspots:gi" => Ok(MapLayer::HotSpots(HotSpotMethod::GetisOrdStar)),
        "hotspots:moran" => Ok(MapLayer::HotSpots(HotSpotMethod::LocalMoran)),
        "bivariate" => Ok(MapLayer::Bivariate),
        "resources" => Ok(MapLayer::Resources),
        "difference" => Ok(MapLayer::Difference(AreaFigure::Reach, None)),
        other => match other.strip_prefix("difference:") {
            Some(figure) => difference(figure),
            None => of_programme(other).ok_or_else(|| {
                "use households, coverage, unmet, unmatched, gaps, review, unknown, areas:coverage, areas:full, areas:unmet, areas:programme, areas:gaps, areas:review, areas:unknown, hotspots, hotspots:moran, bivariate, resources, difference or difference:FIGURE; gaps:PROGRAMME and the like for one programme"
                    .to_owned()
            }),
        },
    }
}

/// A figure that can be compared, and of which programme, where it is about one.
fn difference(text: &str) -> Result<MapLayer, String> {
    let (code, programme) = match text.split_once(':') {
        Some((code, programme)) => (code, named(programme)),
        None => (text, None),
    };
    let mut all = AreaFigure::COMPARED.into_iter();
    all.find(|figure| figure.code() == code)
        .filter(|figure| figure.is_of_programmes() || !text.contains(':'))
        .map(|figure| MapLayer::Difference(figure, programme))
        .ok_or_else(|| {
            let codes = AreaFigure::COMPARED.map(AreaFigure::code);
            let of_programmes = AreaFigure::COMPARED
                .into_iter()
                .filter(|figure| figure.is_of_programmes());
            let of_programmes: Vec<&str> = of_programmes.map(AreaFigure::code).collect();
            format!(
                "use difference: with one of {}; behind {} may stand :PROGRAMME",
                codes.join(", "),
                of_programmes.join(", ")
            )
        })
}

/// The layers that are about one programme, or about all where none is named.
fn of_programme(text: &str) -> Option<MapLayer> {
    let (areas, rest) = match text.strip_prefix("areas:") {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (word, programme) = match rest.split_once(':') {
        Some((word, programme)) => (word, named(programme)),
        None => (rest, None),
    };
    let what = match word {
        "gaps" => Unsettled::Gap,
        "review" => Unsettled::Review,
        "unknown" => Unsettled::Unknown,
        "programme" if areas => {
            let figure = AreaFigure::Programme(None);
            return Some(MapLayer::AreasProgramme(figure, programme));
        }
        _ => return None,
    };
    Some(if areas {
        MapLayer::AreasProgramme(AreaFigure::Unsettled(what, None), programme)
    } else {
        MapLayer::Unsettled(what, programme)
    })
}

/// The programme of this name; all where it says so, or nothing.
fn named(programme: &str) -> Option<String> {
    (!matches!(programme, "" | "any")).then(|| programme.to_owned())
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
    fn layers_of_one_programme_and_of_all() {
        let dibao = || Some("dibao".to_owned());
        let areas = |what| AreaFigure::Unsettled(what, None);
        for (text, wanted) in [
            ("gaps", MapLayer::Unsettled(Unsettled::Gap, None)),
            ("gaps:any", MapLayer::Unsettled(Unsettled::Gap, None)),
            (
                "review:dibao",
                MapLayer::Unsettled(Unsettled::Review, dibao()),
            ),
            ("unknown", MapLayer::Unsettled(Unsettled::Unknown, None)),
            (
                "areas:unknown:dibao",
                MapLayer::AreasProgramme(areas(Unsettled::Unknown), dibao()),
            ),
            (
                "areas:programme",
                MapLayer::AreasProgramme(AreaFigure::Programme(None), None),
            ),
            (
                "difference:programme:dibao",
                MapLayer::Difference(AreaFigure::Programme(None), dibao()),
            ),
            (
                "difference:unmet",
                MapLayer::Difference(AreaFigure::UnmetLoad, None),
            ),
        ] {
            assert_eq!(layer(text), Ok(wanted), "{text}");
        }
        for text in [
            "programme",
            "areas:",
            "areas:households",
            "difference:unmet:dibao",
            "difference:",
            "gap",
        ] {
            assert!(layer(text).is_err(), "{text}");
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
