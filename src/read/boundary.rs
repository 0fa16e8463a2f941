//! A `GeoJSON` geometry → the rings of an area. Numbers are read exactly: two areas that share an
//! edge in the file share it here.

use super::json_pieces::{elements, member, members, string};
use super::rings::{Ring, Shape, closed};
use geo_types::Coord;

/// Deepest nesting of geometry collections.
const DEEPEST: usize = 4;
/// Longest text quoted of a bad geometry, in characters.
const QUOTED_CHARS: usize = 60;

/// Reads a geometry object. The error is the offending text.
pub(super) fn boundary(geometry: &str) -> Result<Shape, String> {
    let mut shape = Shape::default();
    collect(geometry, 0, &mut shape)?;
    if shape.polygons.is_empty() {
        return Err(quoted(geometry));
    }
    Ok(shape)
}

fn collect(geometry: &str, depth: usize, shape: &mut Shape) -> Result<(), String> {
    let bad = || quoted(geometry);
    let pieces = members(geometry)
        .filter(|pieces| pieces.whole && depth < DEEPEST)
        .ok_or_else(bad)?;
    let kind = member(&pieces.found, "type")
        .and_then(string)
        .ok_or_else(bad)?;
    let coordinates = member(&pieces.found, "coordinates").ok_or_else(bad);
    match kind.as_ref() {
        "Polygon" => add_polygon(coordinates?, shape)?,
        "MultiPolygon" => {
            for part in list(coordinates?)? {
                add_polygon(part, shape)?;
            }
        }
        "GeometryCollection" => {
            let parts = member(&pieces.found, "geometries").ok_or_else(bad)?;
            for part in list(parts)? {
                collect(part, depth + 1, shape)?;
            }
        }
        other => return Err(quoted(other)),
    }
    Ok(())
}

fn add_polygon(coordinates: &str, shape: &mut Shape) -> Result<(), String> {
    let mut rings = Vec::new();
    for text in list(coordinates)? {
        let mut ring = positions(text)?;
        shape.was_open |= closed(&mut ring).map_err(|_few| quoted(text))?;
        rings.push(ring);
    }
    if rings.is_empty() {
        return Err(quoted(coordinates));
    }
    shape.polygons.push(rings);
    Ok(())
}

/// The positions of a ring; heights are dropped.
fn positions(ring: &str) -> Result<Ring, String> {
    let mut positions = Vec::new();
    let mut rest = opened(ring).ok_or_else(|| quoted(ring))?;
    if rest.starts_with(']') {
        return Ok(positions);
    }
    loop {
        let bad = || quoted(rest);
        let body = opened(rest).ok_or_else(bad)?;
        let (numbers, behind) = body.split_once(']').ok_or_else(bad)?;
        let mut numbers = numbers.split(',').map(number);
        let (Some(Some(lon)), Some(Some(lat))) = (numbers.next(), numbers.next()) else {
            return Err(bad());
        };
        if numbers.any(|extra| extra.is_none()) {
            return Err(bad());
        }
        positions.push(Coord { x: lon, y: lat });
        let behind = behind.trim_start();
        match behind.strip_prefix(',') {
            Some(more) => rest = more.trim_start(),
            None if behind.trim_end() == "]" => return Ok(positions),
            None => return Err(quoted(behind)),
        }
    }
}

fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let decimal = |byte: u8| byte.is_ascii_digit() || b"+-.eE".contains(&byte);
    text.bytes().all(decimal).then(|| text.parse().ok())?
}

fn opened(text: &str) -> Option<&str> {
    text.trim_start().strip_prefix('[').map(str::trim_start)
}

fn list(text: &str) -> Result<Vec<&str>, String> {
    elements(text)
        .filter(|pieces| pieces.whole)
        .map(|pieces| pieces.found)
        .ok_or_else(|| quoted(text))
}

/// The beginning of a text, on one line.
pub(super) fn quoted(text: &str) -> String {
    let mut words = text.split_whitespace();
    let mut out = String::new();
    while let Some(word) = words.next().filter(|_| out.len() < QUOTED_CHARS) {
        out.push_str(word);
    }
    match out.char_indices().nth(QUOTED_CHARS) {
        Some((end, _)) => format!("{}…", out.get(..end).unwrap_or_default()),
        None => out,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::datum::Reading;
    use geo_types::{LineString, MultiPolygon};

    fn located(geometry: &str) -> Result<MultiPolygon<f64>, String> {
        boundary(geometry)?.located(Reading::default())
    }

    fn polygon_text(rings: &str) -> String {
        format!(r#"{{"type":"Polygon","coordinates":{rings}}}"#)
    }

    #[test]
    fn rings_are_closed_and_turned_and_heights_dropped() {
        let clockwise = polygon_text(
            "[[[0,0,5],[0,2,5],[2,2,5],[2,0,5]], [[0.5,0.5],[1,0.5],[1,1],[0.5,0.5]],[[1,1],[1,1],[1,1],[1,1]]]",
        );
        assert!(boundary(&clockwise).unwrap().was_open);
        let polygons = located(&clockwise).unwrap();
        let polygon = &polygons.0[0];
        let corners =
            |ring: &LineString<f64>| ring.0.iter().map(|c| (c.x, c.y)).collect::<Vec<_>>();
        assert_eq!(
            corners(polygon.exterior()),
            [(0., 0.), (2., 0.), (2., 2.), (0., 2.), (0., 0.)]
        );
        assert_eq!(polygon.interiors().len(), 1);
        assert_eq!(
            corners(&polygon.interiors()[0]),
            [(0.5, 0.5), (1., 1.), (1., 0.5), (0.5, 0.5)]
        );
    }

    #[test]
    fn several_polygons_and_collections_of_them_are_one_boundary() {
        let one = "[[[0,0],[1,0],[1,1],[0,0]]]";
        let multi = format!(r#"{{"type":"MultiPolygon","coordinates":[{one},{one}]}}"#);
        let both = format!(
            r#"{{"geometries":[{multi},{}],"type":"GeometryCollection"}}"#,
            polygon_text(one)
        );
        assert_eq!(boundary(&multi).unwrap().polygons.len(), 2);
        assert_eq!(boundary(&both).unwrap().polygons.len(), 3);
    }

    #[test]
    fn numbers_are_exact() {
        let text =
            polygon_text("[[[121.26656123456789,30],[122,30],[122,31],[121.26656123456789,30]]]");
        let polygons = located(&text).unwrap();
        assert_eq!(polygons.0[0].exterior().0[0].x, 121.266_561_234_567_89);
    }

    #[test]
    fn what_is_no_boundary_is_quoted() {
        for (rings, text) in [
            ("[]", r#"{"type":"Polygon","coordinates":[]}"#),
            ("[[]]", "[]"),
            ("[[[0,0],[1,1]]]", "[[0,0],[1,1]]"),
            ("[[[0,0],[1,1],[2,2],[0,0]]]", "[[0,0],[1,1],[2,2],[0,0]]"),
            ("[[[0,0],[1,\"a\"],[1,1]]]", "[1,\"a\"],[1,1]]"),
            ("[[[500000,3300000],[1,1],[1,0]]]", "[500000,3300000]"),
            ("[[[0,0],[1,null],[1,1]]]", "[1,null],[1,1]]"),
            ("[5]", "5"),
            ("[[[0,0],[0],[1,1]]]", "[0],[1,1]]"),
            ("[[[0,0],[NaN,0],[1,1]]]", "[NaN,0],[1,1]]"),
        ] {
            let result = located(&polygon_text(rings));
            if rings == "[]" {
                assert!(result.is_err());
            } else {
                assert_eq!(result, Err(text.to_owned()), "{rings}");
            }
        }
        let point = boundary(r#"{"type":"Point","coordinates":[1,2]}"#).err();
        assert_eq!(point.as_deref(), Some("Point"));
        let empty = r#"{"type":"MultiPolygon","coordinates":[]}"#;
        assert!(boundary(empty).is_err());
        let mut deep = polygon_text("[[[0,0],[1,0],[1,1],[0,0]]]");
        for _ in 0..9 {
            deep = format!(r#"{{"type":"GeometryCollection","geometries":[{deep}]}}"#);
        }
        assert!(boundary(&deep).is_err());
    }
}
