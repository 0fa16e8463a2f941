//! Which header means which field, and where each field of a file stands.

use super::cell::folded;
use super::field::Field;
use super::header_words::{Trust, words};
use super::inspection::ColumnGuess;
use crate::model::{FieldSet, TableKind};
use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

/// Every header that is known, by kind of table.
static KNOWN: LazyLock<Vec<HashMap<&'static str, (Field, Trust)>>> = LazyLock::new(|| {
    TableKind::ALL
        .into_iter()
        .map(|kind| {
            let mut known = HashMap::new();
            for trust in Trust::ALL {
                for field in Field::of(kind) {
                    for word in words(kind, *field, trust) {
                        known.entry(word).or_insert((*field, trust));
                    }
                }
            }
            known
        })
        .collect()
});

/// The plain form of a header: half-width, simplified, lower case, without units in brackets, spaces, marks.
/// Where nothing stands outside the brackets, what stands in them counts.
pub(super) fn plain_header(text: &str) -> String {
    let mut out = String::new();
    let mut within = String::new();
    let mut depth = 0_u32;
    for char in folded(text.trim()).chars() {
        match char {
            '(' | '[' | '【' | '〔' | '{' => depth += 1,
            ')' | ']' | '】' | '〕' | '}' => depth = depth.saturating_sub(1),
            _ if char.is_whitespace() => {}
            '_' | '-' | '.' | ':' | '*' | '"' | '\'' | '\u{FEFF}' | '\u{200B}' | '#' | '/' => {}
            char if depth > 0 => within.extend(char.to_lowercase()),
            char => out.extend(char.to_lowercase()),
        }
    }
    let plain = if out.is_empty() { within } else { out };
    // 身分證 is another word for the card, not only other characters.
    if plain.contains("身分") {
        plain.replace("身分", "身份")
    } else {
        plain
    }
}

/// A header of more bytes is none: a text that does not fit between its marks has cells of megabytes.
pub(super) const MOST_HEADER_BYTES: usize = 1024;

/// What a header in its plain form means in a table of a kind, and how far it is to be trusted.
pub(super) fn meaning(kind: TableKind, plain: &str) -> Option<(Field, Trust)> {
    KNOWN.get(kind as usize)?.get(plain).copied()
}

/// The field that a header means in the first kind of table that knows it.
pub(super) fn field_of(header: &str) -> Option<Field> {
    if header.len() > MOST_HEADER_BYTES {
        return None;
    }
    let plain = plain_header(header);
    TableKind::ALL
        .into_iter()
        .find_map(|kind| meaning(kind, &plain))
        .map(|(field, _)| field)
}

/// How many fields the cells of a row name, in the kind of table that they fit best: a row of
/// headers names many, a title or a row of values hardly any.
pub(super) fn understood<S: AsRef<str>>(cells: &[S]) -> usize {
    let plain: Vec<String> = cells
        .iter()
        .map(AsRef::as_ref)
        .filter(|cell| cell.len() <= MOST_HEADER_BYTES)
        .map(plain_header)
        .collect();
    let of_kind = |kind| {
        let fields: BTreeSet<Field> = plain
            .iter()
            .filter_map(|plain| meaning(kind, plain))
            .map(|(field, _)| field)
            .collect();
        fields.len()
    };
    TableKind::ALL.into_iter().map(of_kind).max().unwrap_or(0)
}

/// By what a column is called in choices and templates: its header; where it has none, or where a
/// column before it has the same, its number (`#3`).
pub(super) fn column_key(headers: &[String], at: usize) -> String {
    match headers.get(at) {
        Some(header)
            if !header.is_empty() && headers.iter().position(|one| one == header) == Some(at) =>
        {
            header.clone()
        }
        _ => format!("#{}", at + 1),
    }
}

/// The columns of a file.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    /// Headers as they came, trimmed.
    pub(super) header: Vec<String>,
    /// The place of each field's column.
    place: [Option<usize>; Field::COUNT],
}

impl Columns {
    /// The columns as they were understood. The first column of a field wins.
    pub(super) fn of(guesses: &[ColumnGuess]) -> Self {
        let mut place = [None; Field::COUNT];
        for (at, guess) in guesses.iter().enumerate() {
            let slot = guess.field.and_then(|field| place.get_mut(field as usize));
            if let Some(slot) = slot.filter(|slot| slot.is_none()) {
                *slot = Some(at);
            }
        }
        Self {
            header: guesses.iter().map(|guess| guess.header.clone()).collect(),
            place,
        }
    }

    /// Where a field stands.
    pub(super) fn place(&self, field: Field) -> Option<usize> {
        self.place.get(field as usize).copied().flatten()
    }

    /// Whether the file has a field.
    pub(super) fn has(&self, field: Field) -> bool {
        self.place(field).is_some()
    }

    /// The header of a field; empty where the file has none, and the column's number where it has no name.
    pub(super) fn name(&self, field: Field) -> String {
        self.place(field)
            .map_or_else(String::new, |at| self.name_at(at))
    }

    /// The header of a column, or its number.
    pub(super) fn name_at(&self, at: usize) -> String {
        match self.header.get(at) {
            Some(header) if !header.is_empty() => header.clone(),
            Some(_) => column_key(&self.header, at),
            None => String::new(),
        }
    }

    /// The field of a column.
    pub(super) fn field_at(&self, at: usize) -> Option<Field> {
        Field::ALL
            .iter()
            .copied()
            .find(|field| self.place(*field) == Some(at))
    }

    /// Headers with the field that each was taken for, in file order.
    pub(super) fn understood(&self) -> Vec<(String, Field)> {
        let columns = 0..self.header.len();
        columns
            .filter_map(|at| Some((self.name_at(at), self.field_at(at)?)))
            .collect()
    }

    /// Headers that were left out, in file order; nameless columns aside.
    pub(super) fn ignored(&self) -> Vec<String> {
        let columns = self.header.iter().enumerate();
        columns
            .filter(|(at, header)| self.field_at(*at).is_none() && !header.is_empty())
            .map(|(_, header)| header.clone())
            .collect()
    }

    /// The values of a household for which there are columns. An ID number that stands in for the
    /// household's number does not state it.
    pub(super) fn stated(&self) -> FieldSet {
        let fields = Field::of(TableKind::Households).iter().copied();
        fields
            .filter(|field| self.has(*field))
            .filter_map(Field::household_field)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn no_header_means_two_fields_within_a_kind_and_each_is_in_its_plain_form() {
        for kind in TableKind::ALL {
            let mut owners = BTreeMap::new();
            for field in Field::of(kind) {
                let own = meaning(kind, &plain_header(field.code()));
                assert_eq!(own, Some((*field, Trust::Strong)), "{}", field.code());
                for trust in Trust::ALL {
                    for header in words(kind, *field, trust) {
                        assert_eq!(plain_header(header), header);
                        let before = owners.insert(header, *field);
                        assert_eq!(before, None, "{header} in {}", kind.code());
                    }
                }
            }
        }
    }

    #[test]
    fn the_headers_of_offices_are_understood() {
        use TableKind::*;
        for (kind, header, field) in [
            (Households, "户编号", Field::HouseholdId),
            (Households, "Household ID", Field::HouseholdId),
            (Households, " 月收入（元）", Field::MonthlyIncome),
            (Households, "X坐标", Field::Lon),
            (Households, "Ｘ坐标", Field::Lon),
            (Households, "LATITUDE", Field::Lat),
            (Households, "姓 名", Field::HeadName),
            (Households, "【电话】", Field::Phone),
            (Members, "姓名", Field::Name),
            (Members, "与户主关系", Field::Relation),
            (Members, "残疾人证号", Field::Certificate),
            (Members, "残疾证有效期至", Field::CertificateUntil),
            (Members, "Certificate valid until", Field::CertificateUntil),
            (Receipts, "最近复核日期", Field::ReviewedOn),
            (Receipts, "Reviewed on", Field::ReviewedOn),
            (Receipts, "享受起始月", Field::Start),
            (Receipts, "月发放金额（元）", Field::MonthlyAmount),
            (Needs, "心愿内容", Field::Detail),
            (Visits, "是否见到本人", Field::Seen),
            (Resources, "容量/床位数", Field::Capacity),
            (Resources, "服务半径(米)", Field::RadiusM),
            (Addresses, "标准地址编码", Field::AddressCode),
        ] {
            let found = meaning(kind, &plain_header(header)).map(|(field, _)| field);
            assert_eq!(found, Some(field), "{header}");
        }
        assert_eq!(field_of("政治面貌"), None);
        assert_eq!(field_of("走访人"), Some(Field::Worker));
        assert_eq!(field_of("(元)"), None);
    }

    #[test]
    fn a_row_of_headers_names_more_than_a_title_or_a_row_of_values() {
        let header = ["序号", "姓名", "残疾证号", "残疾类别", "残疾等级"];
        assert_eq!(understood(&header), 4);
        assert_eq!(understood(&["浒山街道2026年残疾人花名册", "", ""]), 0);
        assert_eq!(understood(&["1", "示范甲", "肢体", "二级"]), 0);
        assert_eq!(understood::<&str>(&[]), 0);
    }

    #[test]
    fn columns_have_keys_of_their_own() {
        let headers: Vec<String> = ["备注", "", "备注", "户编号"].map(String::from).into();
        let keys: Vec<String> = (0..4).map(|at| column_key(&headers, at)).collect();
        assert_eq!(keys, ["备注", "#2", "#3", "户编号"]);
    }
}
