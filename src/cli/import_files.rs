//! What was understood of each file of an import, to be read: its form, and why it was read so.

use crate::base::digits::{grouped, percent};
use crate::datum::{Datum, Reading};
use crate::jobs::{DatumReason, FileReport, ImportKind, PositionFinding, datum_name, reading_name};
use crate::words::Lang;

/// The lines of a file: its counts, its form, its positions, its columns.
pub(super) fn lines(file: &FileReport, lang: Lang) -> Vec<String> {
    let mut lines = vec![counts(file, lang), format!("  {}", form(file, lang))];
    lines.extend(positions(file, lang).map(|text| format!("  {text}")));
    let between = lang.pick("，", ", ");
    if !file.understood.is_empty() {
        let columns: Vec<String> = file
            .understood
            .iter()
            .map(|(header, field)| format!("{header} → {field}"))
            .collect();
        let columns = columns.join(between);
        lines.push(lang.with("cli.columns_understood", &[("columns", &columns)]));
    }
    if !file.ignored.is_empty() {
        let columns = file.ignored.join(between);
        lines.push(lang.with("cli.columns_ignored", &[("columns", &columns)]));
    }
    lines
}

fn counts(file: &FileReport, lang: Lang) -> String {
    let key = match file.kind {
        ImportKind::Areas => "cli.file_areas",
        ImportKind::Households => "cli.file_households",
        _ => "cli.file_rows",
    };
    let kind = lang.t(&format!("cli.kind_{}", file.kind.code()));
    let kind = match file.list_name.as_str() {
        "" => kind.into_owned(),
        name => lang.with("cli.kind_named", &[("kind", &kind), ("name", name)]),
    };
    lang.with(
        key,
        &[
            ("file", &file.source),
            ("kind", &kind),
            ("read", &grouped(file.read)),
            ("stored", &grouped(file.stored)),
            ("rejected", &grouped(file.rejected)),
        ],
    )
}

/// Form, sheet or layer, header row where it is not the first, encoding.
fn form(file: &FileReport, lang: Lang) -> String {
    let mut parts = vec![
        lang.t(&format!("cli.form_{}", file.form.code()))
            .into_owned(),
    ];
    if let Some(sheet) = file.sheet.as_deref().filter(|sheet| !sheet.is_empty()) {
        let key = match file.kind {
            ImportKind::Areas => "cli.understood_layer",
            _ => "cli.understood_sheet",
        };
        parts.push(lang.with(key, &[("name", sheet)]));
    }
    if file.header_row > 1 {
        let row = file.header_row.to_string();
        parts.push(lang.with("cli.understood_header_row", &[("row", &row)]));
    }
    parts.push(lang.with("cli.understood_encoding", &[("encoding", &file.encoding)]));
    parts.join(lang.pick("；", "; "))
}

/// The coordinate system and who says so; nothing where the file has no positions.
fn positions(file: &FileReport, lang: Lang) -> Option<String> {
    let reason = reason(file.datum_reason?, lang);
    let Some(found) = &file.position else {
        let datum = datum_name(Datum::parse(&file.datum)?, lang);
        let values = [("reading", &*datum), ("why", &*reason)];
        return Some(lang.with("cli.positions_read_as", &values));
    };
    let mut text = evidence(found, &reason, lang);
    if !found.is_plain && (found.reading != Reading::default() || found.better().is_some()) {
        text.push_str(lang.pick("", " "));
        text.push_str(&lang.t("cli.positions_doubtful"));
        if let Some(better) = found.better() {
            let name = reading_name(better.reading, lang);
            text.push_str(&lang.with("cli.positions_better", &[("reading", &name)]));
        }
    }
    Some(text)
}

fn evidence(found: &PositionFinding, reason: &str, lang: Lang) -> String {
    let reading = reading_name(found.reading, lang);
    let mut scores = found.scores.iter();
    let score = scores.find(|score| score.reading == found.reading);
    let told = |key: &str, part: u64, whole: u64| {
        let share = percent(part as f64 / whole.max(1) as f64);
        let values = [
            ("reading", &*reading),
            ("why", reason),
            ("share", &share),
            ("count", &grouped(whole)),
        ];
        lang.with(key, &values)
    };
    match score {
        Some(score) if found.declaring > 0 => told(
            "cli.positions_inside_declared",
            score.inside_declared,
            found.declaring,
        ),
        Some(score) if score.inside_any > 0 => {
            told("cli.positions_inside_any", score.inside_any, found.rows)
        }
        _ => told("cli.positions_read_as", 0, 0),
    }
}

fn reason(reason: DatumReason, lang: Lang) -> String {
    let key = match reason {
        DatumReason::Said => "cli.datum_said",
        DatumReason::File => "cli.datum_file",
        DatumReason::FileName => "cli.datum_file_name",
        DatumReason::Range => "cli.datum_range",
        DatumReason::Default => "cli.datum_default",
        DatumReason::Evidence => "cli.datum_evidence",
    };
    lang.t(key).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jobs::{FileForm, ReadingScore};

    fn file() -> FileReport {
        let reading = Reading {
            datum: Datum::Gcj02,
            swapped: false,
        };
        FileReport {
            source: "户.xlsx".to_owned(),
            kind: ImportKind::Households,
            form: FileForm::Xlsx,
            list_name: String::new(),
            encoding: "utf-8".to_owned(),
            datum: "gcj02".to_owned(),
            datum_reason: Some(DatumReason::Evidence),
            position: Some(PositionFinding {
                reading,
                reason: DatumReason::Evidence,
                is_plain: true,
                rows: 1_290,
                declaring: 1_284,
                scores: vec![ReadingScore {
                    reading,
                    inside_declared: 1_256,
                    inside_any: 1_280,
                }],
                swapped_rows: 0,
                degrees_rows: 0,
                zero_rows: 0,
                far_rows: 0,
            }),
            sheet: Some("台账".to_owned()),
            header_row: 3,
            read: 1_290,
            stored: 1_289,
            rejected: 1,
            understood: vec![("户编号".to_owned(), "household_id".to_owned())],
            ignored: vec!["信仰".to_owned()],
        }
    }

    #[test]
    fn a_table_says_what_was_understood_and_why() {
        let told = lines(&file(), Lang::En);
        assert_eq!(
            told,
            [
                "户.xlsx (households): 1,290 rows, 1,289 households, 1 rejected",
                "  Excel workbook; sheet \"台账\"; headers in row 3; encoding utf-8",
                "  positions: GCJ-02 (Amap, Tencent), by the evidence: 97.8 % of 1,284 rows fall \
                 inside the area that they declare",
                "  understood: 户编号 → household_id",
                "  not used: 信仰",
            ]
        );
        assert!(lines(&file(), Lang::Zh)[2].contains("1,284 行填了区划，其中 97.8 %"));
    }

    #[test]
    fn boundaries_lists_and_tables_without_positions_say_their_own() {
        let areas = FileReport {
            kind: ImportKind::Areas,
            form: FileForm::Shapefile,
            datum: "epsg:4549".to_owned(),
            datum_reason: Some(DatumReason::File),
            position: None,
            sheet: None,
            header_row: 0,
            ..file()
        };
        let told = lines(&areas, Lang::En).join("\n");
        assert!(told.contains("Shapefile; encoding utf-8"), "{told}");
        assert!(told.contains("(EPSG:4549), the file says so"), "{told}");
        let list = FileReport {
            kind: ImportKind::DepartmentList,
            list_name: "残联".to_owned(),
            datum_reason: None,
            position: None,
            ..file()
        };
        let told = lines(&list, Lang::Zh).join("\n");
        assert!(told.contains("部门名单“残联”"), "{told}");
        assert!(!told.contains("坐标"), "{told}");
        for kind in ImportKind::ALL {
            for lang in Lang::ALL {
                let told = lines(&FileReport { kind, ..file() }, lang).join("\n");
                assert!(!told.contains("cli.") && !told.contains('{'), "{told}");
            }
        }
    }
}
