//! What a table says of its coordinate system in passing: in the headers of its coordinates, or in its name.

use super::areas_datum::datum_in_name;
use super::choice::FileChoice;
use super::field::Field;
use super::inspection::{DatumReason, TableInspection};
use crate::datum::Datum;

/// The coordinate system that the headers of the coordinates name (`高德经度`, `lng_bd09`), else the name of the
/// file, and which of the two says so. A hint, no more: clear evidence goes before it.
pub fn datum_hint(choice: &FileChoice, table: &TableInspection) -> Option<(Datum, DatumReason)> {
    let header = |field| {
        let mut columns = table.columns.iter();
        let column = columns.find(|column| column.field == Some(field))?;
        datum_in_name(&column.header)
    };
    let by_header = match (header(Field::Lon), header(Field::Lat)) {
        (Some(lon), Some(lat)) if lon != lat => None,
        (lon, lat) => lon.or(lat),
    };
    if let Some(datum) = by_header {
        return Some((datum, DatumReason::File));
    }
    let stem = choice.path.file_stem()?.to_string_lossy();
    Some((datum_in_name(&stem)?, DatumReason::FileName))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::trial::inspect;

    #[test]
    fn headers_go_before_the_name_and_must_agree() {
        let hint = |name: &str, header: &str| {
            let table = inspect(name, &format!("户编号,{header}\n1,121.1,30.1\n"));
            let choice = FileChoice::of(name.into());
            datum_hint(&choice, &table).map(|(datum, reason)| (datum.code(), reason))
        };
        let said = |code: &str, reason| Some((code.to_owned(), reason));
        assert_eq!(
            hint("百度.csv", "高德经度,高德纬度"),
            said("gcj02", DatumReason::File)
        );
        assert_eq!(
            hint("a.csv", "百度經度,緯度"),
            said("bd09", DatumReason::File)
        );
        assert_eq!(
            hint("台账_gcj02.csv", "经度,纬度"),
            said("gcj02", DatumReason::FileName)
        );
        assert_eq!(hint("a.csv", "百度经度,高德纬度"), None);
        assert_eq!(hint("a.csv", "经度,纬度"), None);
    }
}
