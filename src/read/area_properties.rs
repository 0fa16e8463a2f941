//! What the properties of a feature say of its code, name, level and of the areas around it.

use super::area_names::{
    CODES, CUT_BYTES, LEVELS, NAMES, PARENTS, codes_of, level_by_length, level_named, names_of,
    whole_name,
};
use super::columns::plain_header;
use super::json_pieces::{member, members, string};
use crate::model::AreaLevel;

/// An area that a feature names as one around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Around {
    pub(super) level: AreaLevel,
    pub(super) code: Option<String>,
    pub(super) name: Option<String>,
}

/// What a feature says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Described {
    /// Its code; `None` where it has none.
    pub(super) code: Option<String>,
    pub(super) name: Option<String>,
    pub(super) level: AreaLevel,
    /// The level is stated, or follows from what is.
    pub(super) level_is_known: bool,
    /// Areas around it, the largest first.
    pub(super) around: Vec<Around>,
    /// The code that its `parent` property holds.
    pub(super) parent: Option<String>,
}

/// Properties as text, by their plain names, in file order.
#[derive(Debug, Default)]
pub(super) struct Properties(Vec<(String, String)>);

impl Properties {
    /// Reads a properties object. `None` where it is none; `null` is an empty one.
    pub(super) fn read(piece: &str) -> Option<Self> {
        if piece.trim() == "null" {
            return Some(Self::default());
        }
        let pieces = members(piece).filter(|pieces| pieces.whole)?;
        let texts = pieces
            .found
            .iter()
            .filter_map(|(key, value)| Some((plain_header(key), value_text(value)?)));
        Some(Self(texts.collect()))
    }

    /// Takes the cells of a table: header, its length in the file (0 where headers are never cut),
    /// text.
    pub(super) fn of_columns<'a>(cells: impl Iterator<Item = (&'a str, usize, String)>) -> Self {
        let texts = cells.filter_map(|(header, bytes, text)| {
            let text = column_text(&text)?;
            let plain = plain_header(header);
            let whole = (bytes >= CUT_BYTES)
                .then(|| whole_name(&plain, &text))
                .flatten();
            Some((whole.map_or(plain, str::to_owned), text))
        });
        Self(texts.collect())
    }

    /// The first of some names that has a text.
    fn first(&self, names: &str) -> Option<String> {
        names.split_whitespace().find_map(|name| {
            let (_, text) = self.0.iter().find(|(key, _)| key == name)?;
            Some(text.clone())
        })
    }

    /// Says what the feature is. `id` is its own `id` member.
    pub(super) fn describe(&self, id: Option<String>) -> Described {
        let coded = |level| self.first(codes_of(level));
        let named = |level| self.first(names_of(level));
        let deepest = AreaLevel::ALL
            .into_iter()
            .rev()
            .find(|level| coded(*level).is_some());
        // A number in `id` beside the code of a level is the row number of some program.
        let plain_id = self.first("id").filter(|id| {
            deepest.is_none() || !id.bytes().all(|byte| byte.is_ascii_digit()) || id.len() >= 6
        });
        let own = self.first(CODES).or(plain_id);
        let name = self.first(NAMES);
        let stated = self.first(LEVELS).and_then(|text| level_named(&text));
        let by_length = own.as_deref().and_then(level_by_length);
        let is_itself = |level: AreaLevel| match (coded(level), &own) {
            (Some(code), Some(own)) => code == *own,
            // 街道名称 beside a code of nine digits is the name of the street itself.
            (None, _) if by_length == Some(level) && named(level).is_some() => true,
            (None, _) => named(level).is_some() && named(level) == name,
            (Some(_), None) => false,
        };
        let names = |level| coded(level).is_some() || named(level).is_some();
        let level = stated.or_else(|| {
            if names(AreaLevel::Grid) {
                return Some(AreaLevel::Grid);
            }
            if own.is_none() && deepest.is_some() {
                return deepest;
            }
            for (level, below) in [
                (AreaLevel::Community, AreaLevel::Grid),
                (AreaLevel::Street, AreaLevel::Community),
            ] {
                if names(level) {
                    return Some(if is_itself(level) { level } else { below });
                }
            }
            by_length.or_else(|| id.as_deref().and_then(level_by_length))
        });
        let level_is_known = level.is_some();
        let level = level.unwrap_or(AreaLevel::Grid);
        let around = AreaLevel::ALL
            .into_iter()
            .filter(|larger| *larger < level && names(*larger))
            .map(|level| Around {
                level,
                code: coded(level),
                name: named(level),
            })
            .collect();
        Described {
            code: coded(level).or(own).or(id),
            name: named(level).or(name),
            level,
            level_is_known,
            around,
            parent: self.first(PARENTS),
        }
    }
}

/// A value as text: numbers with the digits that they have, without `.0`; `None` for all that is no text.
pub(super) fn value_text(piece: &str) -> Option<String> {
    if let Some(text) = string(piece) {
        let text = text.trim();
        return (!text.is_empty()).then(|| text.to_owned());
    }
    if piece.starts_with('{') {
        // `"parent": {"adcode": 330200}`, as a well-known source of boundaries has it.
        let inner = members(piece)?.found;
        return value_text(member(&inner, "adcode").or_else(|| member(&inner, "code"))?);
    }
    number_text(piece)
}

/// The text of a cell: numbers without the zeros that a column of decimals puts behind them.
fn column_text(cell: &str) -> Option<String> {
    let cell = cell.trim();
    let is_decimal = cell.contains('.') && cell.starts_with(|char: char| char.is_ascii_digit());
    let number = is_decimal.then(|| number_text(cell)).flatten();
    number.or_else(|| (!cell.is_empty()).then(|| cell.to_owned()))
}

fn number_text(piece: &str) -> Option<String> {
    let number: f64 = piece.parse().ok().filter(|value: &f64| value.is_finite())?;
    let digits = piece.split_once('.').map_or(piece, |(whole, zeros)| {
        if zeros.bytes().all(|byte| byte == b'0') {
            whole
        } else {
            piece
        }
    });
    Some(if digits.contains(['e', 'E']) {
        number.to_string()
    } else {
        digits.to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn describe(json: &str) -> Described {
        Properties::read(json).unwrap().describe(None)
    }

    /// Code, level and the codes or names around.
    fn short(json: &str) -> (String, &'static str, String) {
        let found = describe(json);
        let around = found.around.iter().map(|area| {
            let text = area.code.as_ref().or(area.name.as_ref());
            text.cloned().unwrap_or_default()
        });
        let around = around.collect::<Vec<_>>().join("/");
        (found.code.unwrap_or_default(), found.level.code(), around)
    }

    #[test]
    fn levels_follow_from_what_the_properties_name() {
        for (json, code, level, around) in [
            (
                r#"{"grid_code":"G1","community_code":"C1","street_code":"S1"}"#,
                "G1",
                "grid",
                "S1/C1",
            ),
            (
                r#"{"code":"G1","社区编码":"C1","所属街道":"河东街道"}"#,
                "G1",
                "grid",
                "河东街道/C1",
            ),
            (
                r#"{"level":"community","community_code":"C1","community_name":"a","street_code":"S1"}"#,
                "C1",
                "community",
                "S1",
            ),
            (
                r#"{"编码":"X1","街道":"河东街道"}"#,
                "X1",
                "community",
                "河东街道",
            ),
            (
                r#"{"社区编码":"C1","社区名称":"河东","街道名称":"S"}"#,
                "C1",
                "community",
                "S",
            ),
            (
                r#"{"id":17,"社区编码":"C1","社区名称":"河东"}"#,
                "C1",
                "community",
                "",
            ),
            (
                r#"{"id":"G001","community_code":"C1"}"#,
                "G001",
                "grid",
                "C1",
            ),
            (
                r#"{"code":110114104000,"Name":"阳坊镇","district":"changping"}"#,
                "110114104000",
                "street",
                "changping",
            ),
            (
                r#"{"Code_County":"330683","Name_County":"嵊州市"}"#,
                "330683",
                "county",
                "",
            ),
            (
                r#"{"adcode":330282.0,"level":"district"}"#,
                "330282",
                "county",
                "",
            ),
            (
                r#"{"code":"330282001001002","级别":"网格级"}"#,
                "330282001001002",
                "grid",
                "",
            ),
            (
                r#"{"code":"C1","name":"河东社区","社区":"河东社区","街道":"S"}"#,
                "C1",
                "community",
                "S",
            ),
        ] {
            let expected = (code.to_owned(), level, around.to_owned());
            assert_eq!(short(json), expected, "{json}");
            assert!(describe(json).level_is_known, "{json}");
        }
        assert!(!describe(r#"{"code":"7"}"#).level_is_known);
    }

    #[test]
    fn codes_keep_their_digits() {
        assert_eq!(
            value_text("330282001001001001234").as_deref(),
            Some("330282001001001001234")
        );
        assert_eq!(value_text("330282.0").as_deref(), Some("330282"));
        assert_eq!(value_text("3.30282e5").as_deref(), Some("330282"));
        assert_eq!(value_text("\"007\"").as_deref(), Some("007"));
        assert_eq!(value_text("{\"adcode\":330200}").as_deref(), Some("330200"));
        for nothing in ["null", "true", "[1]", "\" \"", "{}"] {
            assert_eq!(value_text(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn headers_of_ten_bytes_are_understood() {
        let describe = |cells: &[(&str, &str)]| {
            let cells = cells
                .iter()
                .map(|(header, text)| (*header, 10, (*text).to_owned()));
            let found = Properties::of_columns(cells).describe(None);
            let (code, name) = (found.code, found.name);
            (
                code.unwrap_or_default(),
                name.unwrap_or_default(),
                found.level.code(),
            )
        };
        let is = |code: &str, name: &str, level| (code.to_owned(), name.to_owned(), level);
        for (cells, expected) in [
            (
                [("行政区划代", "330282001"), ("行政区划名", "河东街道")],
                is("330282001", "河东街道", "street"),
            ),
            // UTF-8 has room for three characters; the second of the same name gets a number.
            (
                [("行政区", "330282001"), ("行政区_1", "河东街道")],
                is("330282001", "河东街道", "street"),
            ),
            (
                [("行政区", "330282001"), ("行政", "河东街道")],
                is("330282001", "河东街道", "street"),
            ),
            (
                [("街道编", "S1"), ("街道名", "河东街道")],
                is("S1", "河东街道", "street"),
            ),
            (
                [("community_", "330282001001"), ("communit_1", "河东社区")],
                is("330282001001", "河东社区", "community"),
            ),
            (
                [("XZQDM", "110114104000.000"), ("街道名称", "阳坊镇")],
                is("110114104000", "阳坊镇", "street"),
            ),
            ([("WGBH", "G1"), ("NAME", "一格")], is("G1", "一格", "grid")),
        ] {
            assert_eq!(describe(&cells), expected, "{cells:?}");
        }
        // Elsewhere nothing is cut, and a short name is that name.
        let cells = [("行政区", 0, "330282001".to_owned())];
        let found = Properties::of_columns(cells.into_iter()).describe(None);
        assert_eq!(found.code, None);
    }

    #[test]
    fn the_feature_id_stands_in_for_a_code() {
        let found = Properties::default().describe(Some("7".into()));
        assert_eq!(found.code.as_deref(), Some("7"));
        assert_eq!(describe(r#"{"name":"河东"}"#).code, None);
        assert!(Properties::read("[]").is_none());
    }
}
