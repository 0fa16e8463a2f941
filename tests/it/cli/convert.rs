//! Pairs and tables from one coordinate system into another.

use super::{names, run_in};
use std::fs;

/// What stdout says for a pair.
fn pair(arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let said = run_in(folder.path(), &[&["convert"], arguments].concat()).ends_with(0);
    said.stdout.trim_end().to_owned()
}

#[test]
fn pairs_are_printed_with_a_tenth_of_a_millimetre() {
    // A row of the reference table of `oracle/datums.md`.
    assert_eq!(
        pair(&["--to", "gcj02", "112.28", "3.95"]),
        "112.284306164 3.949033102"
    );
    assert_eq!(
        pair(&[
            "--from",
            "gcj02",
            "112.28430616370086",
            "3.9490331015859046"
        ]),
        "112.280000000 3.950000000"
    );
    assert_eq!(
        pair(&["--to", "EPSG:4525", "112.28", "3.95"]),
        "37642164.5225 436884.7355"
    );
    assert_eq!(
        pair(&[
            "642164.5225",
            "436884.7355",
            "--from",
            "epsg:4546",
            "--to",
            "bd09"
        ]),
        "112.290798787 3.954933775"
    );
    assert_eq!(
        pair(&["--to", "wgs84", "-0.1278", "-51.5"]),
        "-0.127800000 -51.500000000"
    );
    assert_eq!(
        pair(&[
            "--to",
            "cgcs2000",
            "东经121度16分30秒",
            "30°10.5′N",
            "--quiet"
        ]),
        "121.275000000 30.175000000"
    );
}

#[test]
fn a_table_keeps_everything_but_its_two_columns() {
    let folder = tempfile::tempdir().unwrap();
    let table = "户编号,经度,纬度,备注\r\nH1,112.28430616370086,3.9490331015859046,\"一,二\"\r\nH2,,,无坐标\r\n";
    let (gbk, _, _) = encoding_rs::GBK.encode(table);
    fs::write(folder.path().join("甲.csv"), gbk).unwrap();
    let line = ["convert", "--from", "gcj02", "甲.csv", "--out", "乙.csv"];
    let said = run_in(folder.path(), &line).ends_with(0);
    assert!(said.stdout.contains("1 of 2 rows"), "{}", said.stdout);
    assert_eq!(
        fs::read_to_string(folder.path().join("乙.csv")).unwrap(),
        "\u{FEFF}户编号,经度,纬度,备注\r\nH1,112.280000000,3.950000000,\"一,二\"\r\nH2,,,无坐标\r\n"
    );
    // One row that cannot be: it stays, it is counted, and the exit code says so.
    fs::write(folder.path().join("丙.csv"), "lon,lat\n1212,30\n121,30\n").unwrap();
    let line = [
        "convert",
        "--to",
        "epsg:4549",
        "丙.csv",
        "--out",
        "丁.csv",
        "--lang",
        "zh",
    ];
    let said = run_in(folder.path(), &line).ends_with(1);
    assert!(said.stderr.contains("1 行保持原样"), "{}", said.stderr);
    let text = fs::read_to_string(folder.path().join("丁.csv")).unwrap();
    assert!(text.contains("\r\n1212,30\r\n596"), "{text}");
}

#[test]
fn what_cannot_be_converted_ends_with_two_and_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("甲.csv"), "lon,lat\n121,30\n").unwrap();
    fs::write(folder.path().join("乙.csv"), "id,name\n1,a\n").unwrap();
    for line in [
        &["121", "30"][..],
        &["--to", "gcj02"],
        &["--to", "gcj02", "1", "2", "3"],
        &["--to", "gcj02", "121", "abc"],
        &["--to", "gcj02", "221", "30"],
        &["--to", "gcj02", "NaN", "30"],
        &["--to", "epsg:4549", "-0.1", "51"],
        &["--to", "epsg:2000", "121", "30"],
        &["--to", "gcj02", "121", "30", "--out", "丙.csv"],
        &["--to", "gcj02", "甲.csv"],
        &["--to", "gcj02", "甲.csv", "--out", "甲.csv"],
        &["--to", "gcj02", "甲.csv", "--out", "./甲.csv"],
        &["--to", "gcj02", "乙.csv", "--out", "丙.csv"],
        &["--to", "gcj02", "没有.csv", "--out", "丙.csv"],
    ] {
        let said = run_in(folder.path(), &[&["convert"], line].concat()).ends_with(2);
        assert!(
            said.stdout.is_empty() && !said.stderr.is_empty(),
            "{line:?}"
        );
    }
    assert_eq!(names(folder.path()), ["乙.csv", "甲.csv"]);
    let source = fs::read_to_string(folder.path().join("甲.csv")).unwrap();
    assert_eq!(source, "lon,lat\n121,30\n");
}
