//! Members, receipts, needs, visits, lists and addresses beside a ledger, and the next edition of it.

use super::{AREAS, listed, run_in};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const LEDGER: &str = "户编号,户主姓名,身份证号,地址,经度,纬度,网格编码,人口数,享受项目\n\
    H1,示范甲,000000198001010013,示范路1号,121.003,30.005,33028200100101,2,低保\n\
    H2,示范乙,000000195403070023,示范路2号,121.005,30.005,33028200100101,2,低保\n\
    H3,示范丙,,示范路3号,121.015,30.005,33028200100102,1,\n\
    H4,示范丁,,示范路4号,,,33028200100101,1,\n";

/// The tables beside it; each has a row of a household that is not there.
const TABLES: [(&str, &str, &str); 5] = [
    (
        "--members",
        "成员.csv",
        "户编号,姓名,与户主关系\nH1,示范甲,户主\nH1,示范子,子女\nH1,示范女,子女\nH9,无此户,户主\n",
    ),
    (
        "--receipts",
        "享受.csv",
        "户编号,救助项目,开始日期,停发日期\nH1,低保,2025-01-01,2026-06-01\nH2,低保,2025-01-01,\nH9,低保,2026-01-01,\n",
    ),
    (
        "--needs",
        "需求.csv",
        "户编号,需求类别,需求内容,提出时间,状态\nH3,照料,助浴,2026-03-01,待办\nH9,医疗,陪诊,2026-03-01,待办\n",
    ),
    (
        "--visits",
        "走访.csv",
        "户编号,走访日期,走访人\nH2,2026-05-02,员甲\nH9,2026-05-02,员甲\n",
    ),
    (
        "--list",
        "残联=名单.csv",
        "姓名,身份证号,残疾类别\n示范甲,000000198001010013,肢体\n",
    ),
];

fn write(folder: &Path, name: &str, text: &str) {
    fs::write(folder.join(name), text).unwrap();
}

/// A folder with the boundaries and the ledger.
fn office() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "区划.geojson", AREAS);
    write(folder.path(), "户.csv", LEDGER);
    folder
}

/// An import into the workspace; its report.
fn import(folder: &Path, arguments: &[&str], code: i32) -> (Value, String) {
    let arguments = [&["import", "民情.lmap", "--json"], arguments].concat();
    let ran = run_in(folder, &arguments).ends_with(code);
    (ran.json(), ran.stderr)
}

/// The ids of the households of a query, sorted.
fn ids(folder: &Path, query: &str, as_of: &str) -> Vec<String> {
    listed(folder, query, &["--as-of", as_of])
}

/// Everything at once, whatever comes first on the line.
fn import_all(folder: &Path) -> (Value, String) {
    let mut arguments = Vec::new();
    for (flag, file, text) in TABLES {
        let path = file.rsplit('=').next().unwrap();
        write(folder, path, text);
        arguments.extend([flag, file]);
    }
    write(
        folder,
        "地址.csv",
        "标准地址,经度,纬度\n示范路4号,121.004,30.004\n",
    );
    arguments.extend(["--addresses", "地址.csv", "--households", "户.csv"]);
    arguments.extend(["--areas", "区划.geojson", "--datum", "wgs84"]);
    arguments.extend(["--rejects", "退.csv"]);
    import(folder, &arguments, 1)
}

#[test]
fn tables_join_the_ledger_and_count_in_its_figures() {
    let folder = office();
    let (report, said) = import_all(folder.path());
    let folder = folder.path();
    assert!(said.contains("4 of 13 rows of other tables"), "{said}");
    assert_eq!(report["households"]["stored"], 4);
    assert_eq!(report["placed_by_address"], 1);
    let changes = json!({"new": 4, "changed": 0, "same": 0, "vanished": 0});
    assert_eq!(report["changes"], changes);
    let file = |name: &str| {
        let files = report["files"].as_array().unwrap();
        files.iter().find(|file| file["file"] == name).unwrap()
    };
    let members = file("成员.csv");
    assert_eq!(members["kind"], "members");
    assert_eq!(members["datum"], Value::Null);
    let counts = ["read", "stored", "rejected"].map(|key| members[key].as_u64().unwrap());
    assert_eq!(counts, [4, 3, 1]);
    assert_eq!(file("名单.csv")["list"], "残联");
    let contradiction = json!({"file": "户.csv", "row": 2, "column": "人口数", "kind": "counts_contradict", "count": 1});
    let unknown = json!({"file": "享受.csv", "row": 4, "column": "户编号", "kind": "unknown_household", "count": 1});
    let problems = report["problems"].as_array().unwrap();
    assert!(problems.contains(&contradiction) && problems.contains(&unknown));

    for (query, as_of, expected) in [
        ("programme:低保", "2026-05-31", vec!["H1", "H2"]),
        ("programme:低保", "2026-06-01", vec!["H2"]),
        ("need:照料", "2026-06-01", vec!["H3"]),
        ("visited>2026-05-01", "2026-06-01", vec!["H2"]),
        ("list:残联", "2026-06-01", vec!["H1"]),
        ("-list:残联", "2026-06-01", vec!["H2", "H3", "H4"]),
        ("located:no", "2026-06-01", vec![]),
    ] {
        assert_eq!(ids(folder, query, as_of), expected, "{query} on {as_of}");
    }
}

#[test]
fn rejected_rows_come_back_in_files_of_their_form_and_can_be_read_again() {
    let folder = office();
    let (report, _) = import_all(folder.path());
    let folder = folder.path();
    let files = [
        ("--members", "退.csv"),
        ("--receipts", "退-receipts.csv"),
        ("--needs", "退-needs.csv"),
        ("--visits", "退-visits.csv"),
    ];
    let listed = files.map(|(_, file)| json!({"file": file, "rows": 1}));
    assert_eq!(report["rejects"], json!(listed));
    let mut arguments = Vec::new();
    for (flag, file) in files {
        let text = fs::read_to_string(folder.join(file)).unwrap();
        assert_eq!(text.lines().count(), 2, "{file}");
        write(folder, file, &text.replace("\nH9,", "\nH4,"));
        arguments.extend([flag, file]);
    }
    let (report, _) = import(folder, &arguments, 0);
    assert_eq!(report["problems"], json!([]));
    assert_eq!(ids(folder, "programme:低保", "2026-06-01"), ["H2", "H4"]);
    assert_eq!(ids(folder, "need:医疗", "2026-06-01"), ["H4"]);
}

#[test]
fn the_report_says_what_was_understood_of_each_file_and_why() {
    let folder = office();
    let folder = folder.path();
    let titled = format!("示范街道台账\n填报单位：示范街道\n{LEDGER}");
    let (gbk, _, _) = encoding_rs::GBK.encode(&titled);
    fs::write(folder.join("户.csv"), gbk).unwrap();
    let import = |lang: &str| {
        let arguments = ["import", "民情.lmap", "--dry-run", "--lang", lang];
        let files = [
            "--areas",
            "区划.geojson",
            "--households",
            "户.csv",
            "--datum",
            "wgs84",
        ];
        run_in(folder, &[&arguments[..], &files].concat())
            .ends_with(0)
            .stdout
    };
    for (lang, words) in [
        (
            "en",
            [
                "CSV text; headers in row 3; encoding gb18030",
                "as you said: 100.0 % of 3 rows fall inside the area that they declare",
                "GeoJSON; encoding utf-8",
            ],
        ),
        (
            "zh",
            [
                "CSV 文本；表头在第 3 行；编码 gb18030",
                "由您指定：3 行填了区划，其中 100.0 % 落在所填的区划内",
                "GeoJSON；编码 utf-8",
            ],
        ),
    ] {
        let said = import(lang);
        for word in words {
            assert!(said.contains(word), "{word} in {said}");
        }
    }
}

#[test]
fn the_next_months_ledger_says_what_is_new_changed_and_gone() {
    let folder = office();
    import_all(folder.path());
    let folder = folder.path();
    // H1 moved in with somebody, H2 was numbered anew, H4 is gone, H5 came.
    let next = "户编号,户主姓名,身份证号,地址,经度,纬度,网格编码,人口数,享受项目\n\
        H1,示范甲,000000198001010013,示范路1号,121.003,30.005,33028200100101,3,低保\n\
        H2b,示范乙,000000195403070023,示范路2号,121.005,30.005,33028200100101,2,低保\n\
        H3,示范丙,,示范路3号,121.015,30.005,33028200100102,1,\n\
        H5,示范戊,000000199001010026,示范路5号,121.006,30.005,33028200100101,1,\n";
    write(folder, "户11月.csv", next);
    let (rehearsed, _) = import(folder, &["--households", "户11月.csv", "--dry-run"], 0);
    let (report, _) = import(folder, &["--households", "户11月.csv"], 0);
    let changes = json!({"new": 1, "changed": 2, "same": 1, "vanished": 1});
    assert_eq!(rehearsed["changes"], changes);
    assert_eq!(report["changes"], changes);
    let known = |query| ids(folder, query, "2026-07-01");
    assert_eq!(known("members>=0"), ["H1", "H2b", "H3", "H4", "H5"]);
    assert_eq!(known("members>=3"), ["H1"]);
}

#[test]
fn a_ledger_numbered_anew_without_id_numbers_says_who_may_be_the_same() {
    let folder = office();
    let folder = folder.path();
    let areas = ["--areas", "区划.geojson", "--households"];
    import(folder, &[&areas[..], &["户.csv"]].concat(), 0);
    let next = "户编号,户主姓名,地址,经度,纬度\n\
        N1,示范甲,示范路1号,121.003,30.005\n\
        N9,示范癸,示范路77号,121.004,30.005\n";
    write(folder, "新编号.csv", next);
    let (report, _) = import(folder, &["--households", "新编号.csv"], 0);
    assert_eq!(report["changes"]["new"], 2);
    let problems = report["problems"].as_array().unwrap();
    let same: Vec<&Value> = problems
        .iter()
        .filter(|problem| problem["kind"] == "maybe_same_household")
        .collect();
    assert_eq!(same.len(), 1, "{problems:?}");
    assert_eq!(same[0]["row"], 2);
}
