//! Made-up answers for the import window: what files are understood as, what an import would do.

use livelihood_map::base::Stopwatch;
use livelihood_map::datum::{Datum, Reading};
use livelihood_map::jobs::{
    AreasInspection, ChangedHousehold, ColumnGuess, ColumnReason, Counted, DatumReason, Difference,
    Encoding, EncodingCandidate, Field, FileForm, ImportReport, NewHousehold, PositionFinding,
    ReadingScore, Rehearsed, RowKey, TableInspection,
};
use livelihood_map::model::{
    AreaLevel, FieldSet, Household, HouseholdField, LonLat, Problem, ProblemKind, TableKind,
};

fn guess(
    header: &str,
    field: Option<Field>,
    reason: ColumnReason,
    samples: [&str; 3],
) -> ColumnGuess {
    ColumnGuess {
        header: header.to_owned(),
        field,
        reason,
        samples: samples.map(ToOwned::to_owned).to_vec(),
    }
}

/// How well a system fits.
pub(super) fn score(datum: Datum, inside_declared: u64, inside_any: u64) -> ReadingScore {
    let reading = Reading {
        datum,
        swapped: false,
    };
    ReadingScore {
        reading,
        inside_declared,
        inside_any,
    }
}

/// A ledger in a workbook with a title row, read as GCJ-02.
pub(super) fn ledger() -> TableInspection {
    use ColumnReason::{Doubled, Header, Sensitive, Unknown, Values};
    let columns = vec![
        guess("序号", None, Unknown, ["1", "2", "3"]),
        guess(
            "户编号",
            Some(Field::HouseholdId),
            Header,
            ["BH-0001", "BH-0002", "BH-0003"],
        ),
        guess(
            "姓名",
            Some(Field::HeadName),
            Header,
            ["示**", "示**", "示**"],
        ),
        guess(
            "证件",
            Some(Field::IdNumber),
            Values(97),
            ["0000**********0015", "0000**********0023", ""],
        ),
        guess(
            "手机",
            Some(Field::Phone),
            Header,
            ["199****0001", "199****0002", ""],
        ),
        guess("联系电话", None, Doubled, ["", "", "199****0003"]),
        guess("政治面貌", None, Sensitive, ["*", "*", "*"]),
        guess(
            "X坐标",
            Some(Field::Lon),
            Values(100),
            ["121.2095", "121.2101", "121.2154"],
        ),
        guess(
            "Y坐标",
            Some(Field::Lat),
            Values(100),
            ["30.1023", "30.1040", "30.1051"],
        ),
        guess(
            "网格编码",
            Some(Field::DeclaredArea),
            Header,
            ["330282001001", "330282001001", "330282001002"],
        ),
        guess("楼栋", None, Unknown, ["3", "3", "4"]),
    ];
    TableInspection {
        file_datum: None,
        is_clean: false,
        form: FileForm::Xlsx,
        kind: TableKind::Households,
        encoding: Encoding::Utf8,
        encodings: Vec::new(),
        sheets: vec!["说明".to_owned(), "台账".to_owned()],
        sheet: Some("台账".to_owned()),
        header_row: 3,
        titles: vec![
            "滨河街道困难家庭台账（2026年11月）".to_owned(),
            String::new(),
        ],
        columns,
        position: Some(PositionFinding {
            reading: score(Datum::Gcj02, 0, 0).reading,
            reason: DatumReason::Evidence,
            is_plain: true,
            rows: 1_284,
            declaring: 1_271,
            scores: vec![
                score(Datum::Gcj02, 1_243, 1_281),
                score(Datum::Wgs84, 704, 1_262),
                score(Datum::Bd09, 31, 940),
            ],
            swapped_rows: 3,
            degrees_rows: 2,
            zero_rows: 4,
            far_rows: 1,
        }),
        rows_looked_at: 1_284,
    }
}

/// A list in a text file whose encoding is in doubt.
pub(super) fn list() -> TableInspection {
    let candidate = |encoding, score, lines: [&str; 2]| EncodingCandidate {
        encoding,
        score,
        preview: lines.map(ToOwned::to_owned).to_vec(),
    };
    TableInspection {
        file_datum: None,
        is_clean: false,
        form: FileForm::Csv,
        kind: TableKind::DepartmentList,
        encoding: Encoding::Gb18030,
        encodings: vec![
            candidate(
                Encoding::Gb18030,
                0.6,
                ["姓名,证件号码,残疾类别", "示例甲,0000…,肢体"],
            ),
            candidate(Encoding::Utf8, 0.4, ["���,������", "���,0000…"]),
        ],
        sheets: Vec::new(),
        sheet: None,
        header_row: 1,
        titles: Vec::new(),
        columns: vec![guess(
            "证件号码",
            Some(Field::IdNumber),
            ColumnReason::Header,
            ["0000**********0015", "", ""],
        )],
        position: None,
        rows_looked_at: 356,
    }
}

/// Boundaries of which one cannot be used.
pub(super) fn grids() -> AreasInspection {
    AreasInspection {
        swapped: false,
        form: FileForm::Shapefile,
        encoding: Encoding::Gb18030,
        encodings: Vec::new(),
        layers: Vec::new(),
        layer: None,
        datum: Datum::parse("epsg:4549").unwrap(),
        datum_reason: DatumReason::File,
        levels: vec![
            (
                AreaLevel::Community,
                14,
                "330282001".into(),
                "滨河社区".into(),
            ),
            (
                AreaLevel::Grid,
                98,
                "330282001001".into(),
                "滨河第1网格".into(),
            ),
        ],
        rejected: 1,
    }
}

fn household(id: &str, name: &str, address: &str) -> Household {
    Household {
        id: id.to_owned(),
        head_name: name.to_owned(),
        address: address.to_owned(),
        phone: "19900000001".to_owned(),
        ..Household::default()
    }
}

/// What an import into a workspace with households would do.
pub(super) fn rehearsed() -> Rehearsed {
    let row = |row| RowKey { file: 1, row };
    let new = |at, id: &str, like: Option<(&str, u8)>| NewHousehold {
        key: row(at),
        household: household(id, "示例庚", "青竹路7号"),
        like: like.map(|(id, share)| (id.to_owned(), share)),
    };
    let before = household("H1", "示例甲", "青竹路1号");
    let mut after = household("H1", "示例甲", "青竹路1号2幢302室");
    after.phone = "19900000009".to_owned();
    after.notes = "已搬到二楼".to_owned();
    after.needs.push("care");
    after.position = LonLat::new(121.205, 30.105);
    let changed = ChangedHousehold {
        key: row(4),
        id: "H1".to_owned(),
        fields: FieldSet::differing(&before, &after),
        recorded: [HouseholdField::Notes].into_iter().collect(),
        before,
        after,
    };
    let problem = |row, kind| Problem {
        source: "十一月台账.xlsx".into(),
        row,
        column: "证件".to_owned(),
        kind,
        text: "000000".to_owned(),
    };
    let mut report = ImportReport::default();
    report.areas = 112;
    report.read = 1_284;
    report.stored = 1_275;
    report.rejected = 9;
    report.not_geocoded = 4;
    report.outside_areas = 3;
    report.outside_declared_area = 28;
    report.problems = vec![
        problem(9, ProblemKind::DuplicateId),
        problem(12, ProblemKind::BadIdNumber),
        problem(40, ProblemKind::BadIdNumber),
    ];
    Rehearsed {
        report,
        difference: Difference {
            new: Counted {
                count: 22,
                shown: vec![new(7, "H21", Some(("H4", 93))), new(8, "H22", None)],
            },
            changed: Counted {
                count: 1,
                shown: vec![changed],
            },
            same: 1_252,
            vanished: Counted {
                count: 2,
                shown: vec![
                    household("H4", "示例丁", "青竹路4号"),
                    household("H6", "示例己", "青竹路6号"),
                ],
            },
        },
        timings: Stopwatch::start(),
    }
}
