//! Where each fact was read, and all that changed about a household.

use super::{office_of, run_in};
use livelihood_map::base::Progress;
use livelihood_map::store::{Access, Workspace};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const LEDGER: &str = "户编号,户主姓名,电话,地址,经度,纬度,人口数,月收入(元),标签,最近走访日期\n\
    H1,示范甲,19900001111,示范路1号,121.003,30.005,3,900,财产符合,\n\
    H2,示范乙,19900002222,示范路2号,121.005,30.005,1,400,财产符合,2026-09-01\n";
const MEMBERS: &str = "户编号,姓名,出生日期,与户主关系,残疾类别,残疾等级,自理能力\n\
    H2,示范乙,1950-01-01,户主,,,自理\n\
    H1,示范甲,1944-03-01,户主,,,自理\n\
    H1,示范子,1975-01-01,子女,肢体,1,自理\n\
    H1,示范孙,2012-01-01,孙子女,,,自理\n";
const RECEIPTS: &str = "户编号,救助项目,开始日期,停发日期,金额\n\
    H1,低保,2024-01-01,2025-01-01,300\n\
    H1,低保,2026-01-01,,500\n";
const NEEDS: &str = "户编号,需求,具体内容,来源,提出日期,紧急程度,状态\n\
    H1,照料,陪诊,本人,2026-01-05,2,待办\n";
const VISITS: &str = "户编号,走访日期,走访人,是否见到本人,走访结果\n\
    H1,2026-08-01,示范员,是,情况稳定\n\
    H1,2026-09-20,示范员,是,情况稳定\n";
const LIST: &str = "姓名,电话,残疾类别\n\
    别人,19900009999,视力\n\
    示范甲,19900001111,肢体\n";

fn office() -> TempDir {
    office_of(&[
        ("--households", "台账.csv", LEDGER),
        ("--members", "成员.csv", MEMBERS),
        ("--receipts", "低保发放.csv", RECEIPTS),
        ("--needs", "需求.csv", NEEDS),
        ("--visits", "走访.csv", VISITS),
    ])
}

fn imports(folder: &Path, option: &str, name: &str, text: &str) {
    fs::write(folder.join(name), text).unwrap();
    run_in(folder, &["import", "民情.lmap", option, name]).ends_with(0);
}

fn explain(folder: &Path, id: &str, programme: &str, more: &[&str]) -> super::Ran {
    let asked = ["explain", "民情.lmap", id, "--programme", programme];
    let on = ["--as-of", "2026-11-01"];
    run_in(folder, &[&asked[..], &on, more].concat()).ends_with(0)
}

/// The facts of the programme's first units, each with the files and rows behind it.
fn facts(folder: &Path, id: &str, programme: &str) -> Vec<Vec<String>> {
    let explained = explain(folder, id, programme, &["--json"]).json();
    let units = explained["programmes"][0]["units"].as_array().unwrap();
    let of_unit = |unit: &Value| {
        let facts = unit["facts"].as_array().unwrap().iter();
        facts
            .map(|fact| {
                let from = fact["from"].as_array().unwrap().iter();
                let from: Vec<String> = from
                    .map(|from| {
                        assert!(from["at_unix_secs"].as_i64().unwrap() > 1_700_000_000);
                        match from["file"].as_str() {
                            Some(file) => format!("{file}:{}", from["row"]),
                            None => "desk".to_owned(),
                        }
                    })
                    .collect();
                format!("{} {}", fact["fact"].as_str().unwrap(), from.join(" "))
            })
            .collect()
    };
    units.iter().map(of_unit).collect()
}

#[test]
fn every_fact_names_its_file_and_row() {
    let folder = office();
    let folder = folder.path();
    assert_eq!(
        facts(folder, "H1", "dibao"),
        [[
            "income_per_head 台账.csv:2",
            "threshold ",
            "assets_ok 台账.csv:2",
            // Nobody has said that it receives this.
            "receives ",
        ]]
    );
    // The member's own row; and of two receipts the one that counts.
    assert_eq!(
        facts(folder, "H1", "canji_shenghuo")[1],
        [
            "has_disability 成员.csv:4",
            "receives 低保发放.csv:3",
            "receives ",
        ]
    );
    assert_eq!(
        facts(folder, "H1", "gaoling")[0],
        ["age 成员.csv:3", "threshold "]
    );
    // Values of two files: each names its own.
    let income = "户编号,月收入(元)\nH2,5000\nH1,1200\n";
    imports(folder, "--households", "核对.csv", income);
    assert_eq!(
        facts(folder, "H1", "dibao")[0][0],
        "income_per_head 核对.csv:3 台账.csv:2"
    );
    let day = &explain(folder, "H1", "dibao", &["--lang", "zh"]).stdout;
    let line = day.lines().find(|line| line.contains("人均")).unwrap();
    assert!(
        line.contains("400 ← 核对.csv · 第 3 行 · 20")
            && line.contains("、台账.csv · 第 2 行 · 20"),
        "{line}"
    );
    assert!(line.contains("低保标准：1,130 ← 2010-01-01 起"), "{line}");
    let day = &explain(folder, "H1", "dibao", &["--lang", "en"]).stdout;
    assert!(day.contains("← 核对.csv · row 3 · 20"), "{day}");
}

#[test]
fn several_rows_are_the_first_two_and_a_number() {
    // The ledger is silent about members and income: the members' rows are added up.
    let silent = "户编号,户主姓名,地址,标签\nH1,示范甲,示范路1号,财产符合\n";
    let members = "户编号,姓名,与户主关系,个人月收入\n\
        H1,示范甲,户主,300\nH1,示范子,子女,200\nH1,示范孙,孙子女,0\n";
    let folder = office_of(&[
        ("--households", "台账.csv", silent),
        ("--members", "成员.csv", members),
    ]);
    let said = explain(folder.path(), "H1", "dibao", &["--lang", "zh"]).stdout;
    let line = said.lines().find(|line| line.contains("人均")).unwrap();
    assert!(
        line.contains("成员.csv · 第 2 行") && line.contains("成员.csv · 第 3 行"),
        "{line}"
    );
    assert!(
        line.contains("，另 1 处") && !line.contains("第 4 行"),
        "{line}"
    );
    assert!(!said.contains("示范甲"), "masked: {said}");
}

#[test]
fn a_need_a_visit_and_a_list_are_named_by_the_row_that_counted() {
    let folder = office();
    let folder = folder.path();
    imports(folder, "--list", "残联名单.csv", LIST);
    let catalogue = run_in(folder, &["catalogue", "民情.lmap"])
        .ends_with(0)
        .stdout;
    let rule = "list(残联名单) and need(care) and days_since_visit < 60 and area(330282*)";
    let changed = catalogue.replacen(
        "text = \"age >= gaoling_age\"",
        &format!("text = \"{rule}\""),
        1,
    );
    assert_ne!(changed, catalogue);
    fs::write(folder.join("目录.toml"), changed).unwrap();
    run_in(folder, &["catalogue", "民情.lmap", "--set", "目录.toml"]).ends_with(0);
    let of_first = |id: &str| facts(folder, id, "gaoling").remove(0);
    assert_eq!(
        of_first("H1"),
        [
            "list 残联名单.csv:3",
            "need 需求.csv:2",
            "days_since_visit 走访.csv:3",
            "area 台账.csv:2",
        ]
    );
    // Of H2 no list tells, and nobody has said that it needs something.
    assert_eq!(
        of_first("H2"),
        [
            "list ",
            "need ",
            "days_since_visit 台账.csv:3",
            "area 台账.csv:3"
        ]
    );
    let visit = ["add", "民情.lmap", "H1", "visit", "--on", "2026-10-20"];
    run_in(folder, &visit).ends_with(0);
    assert_eq!(of_first("H1")[2], "days_since_visit desk");
    let said = explain(folder, "H1", "gaoling", &["--lang", "en"]).stdout;
    assert!(said.contains("← recorded here · 20"), "{said}");
}

fn history(folder: &Path, id: &str) -> Vec<Value> {
    let shown = run_in(folder, &["show", "民情.lmap", id, "--json"]).ends_with(0);
    shown.json()["history"].as_array().unwrap().clone()
}

/// Kind, what became of it, and where that was said; `!` where it was taken back.
fn told(history: &[Value]) -> Vec<String> {
    let word = |event: &Value, key: &str| event[key].as_str().unwrap().to_owned();
    let line = |event: &Value| {
        let mark = if event["undone"] == true { "!" } else { "" };
        let from = match event["file"].as_str() {
            Some(file) => format!("{file}:{}", event["row"]),
            None => "desk".to_owned(),
        };
        let (kind, change) = (word(event, "kind"), word(event, "change"));
        format!("{kind} {change}{mark} {from}")
    };
    history.iter().map(line).collect()
}

#[test]
fn the_history_tells_members_needs_receipts_visits_notes_and_reviews() {
    let folder = office();
    let folder = folder.path();
    let first = [
        "ledger new 台账.csv:2",
        "member new 成员.csv:3",
        "member new 成员.csv:4",
        "member new 成员.csv:5",
        "receipt new 低保发放.csv:2",
        "receipt new 低保发放.csv:3",
        "need new 需求.csv:2",
        "visit new 走访.csv:2",
        "visit new 走访.csv:3",
    ];
    assert_eq!(told(&history(folder, "H1")), first);
    assert_eq!(
        told(&history(folder, "H2")),
        ["ledger new 台账.csv:3", "member new 成员.csv:2"]
    );

    // Next month: another telephone, somebody is frail now, somebody is born, dibao has ended.
    let ledger = LEDGER.replace("19900001111", "19900003333");
    imports(folder, "--households", "台账11月.csv", &ledger);
    let members = MEMBERS.replace("1944-03-01,户主,,,自理", "1944-03-01,户主,,,不能自理");
    let members = format!("{members}H1,示范曾孙,2026-10-01,孙子女,,,\n");
    imports(folder, "--members", "成员11月.csv", &members);
    let receipts = RECEIPTS.replace("2026-01-01,,500", "2026-01-01,2026-10-01,500");
    imports(folder, "--receipts", "低保11月.csv", &receipts);
    let number = history(folder, "H1")
        .iter()
        .find(|event| event["kind"] == "need")
        .unwrap()["number"]
        .to_string();
    let add = |what: &[&str]| -> i64 {
        let line = [&["add", "民情.lmap", "H1"], what, &["--json"]].concat();
        let said = run_in(folder, &line).ends_with(0).json();
        said["batch"].as_i64().unwrap()
    };
    add(&["need-status", &number, "referred"]);
    let met = add(&["need-status", &number, "met", "--on", "2026-10-05"]);
    add(&["note", "白天在女儿家", "--by", "示范员"]);
    add(&["review", "dibao", "--on", "2026-09-30"]);
    let path = folder.join("民情.lmap");
    let mut workspace = Workspace::open(&path, Access::ReadWrite).unwrap();
    workspace.undo_batch(met, 0, &Progress::new()).unwrap();
    drop(workspace);

    let all = history(folder, "H1");
    let newer = [
        "review new desk",
        "note new desk",
        "need changed! desk",
        "need changed desk",
        "receipt changed 低保11月.csv:3",
        "member changed 成员11月.csv:3",
        "member new 成员11月.csv:6",
        "ledger changed 台账11月.csv:2",
    ];
    assert_eq!(told(&all), [&newer[..], &first[..]].concat());
    assert_eq!(all[1]["text"], "白天在女儿家");
    let values = |at: usize| all[at]["values"].clone();
    assert_eq!(
        values(2),
        json!([
            {"field": "status", "before": "Referred", "after": "Met"},
            {"field": "closed_on", "before": null, "after": "2026-10-05"},
        ])
    );
    assert_eq!(
        values(3),
        json!([{"field": "status", "before": "Open", "after": "Referred"}])
    );
    assert_eq!(
        values(4),
        json!([{"field": "end", "before": null, "after": "2026-10-01"}])
    );
    assert_eq!(values(5).as_array().unwrap().len(), 1);
    assert_eq!(values(5)[0]["field"], "self_care");
    assert_eq!(
        values(7),
        json!([{"field": "phone", "before": "199****1111", "after": "199****3333"}])
    );

    // As text, in both languages, masked.
    for (lang, words) in [
        (
            "zh",
            [
                "历史 (17)",
                "需求 照料 · 变更 · 已撤销",
                "复核 2026-09-30 · 低保 · 新增",
                "享受记录 低保 · 停发",
                "成员 示*** · 新增",
                "状态  待办 → 已转介",
                "台账11月.csv · 第 2 行",
            ],
        ),
        (
            "en",
            [
                "History (17)",
                "Need Care · changed · undone",
                "Review 2026-09-30 · Dibao · new",
                "Receipt Dibao · ended",
                "Member 示*** · new",
                "Status  Open → Referred",
                "台账11月.csv · row 2",
            ],
        ),
    ] {
        let said = run_in(folder, &["show", "民情.lmap", "H1", "--lang", lang]).ends_with(0);
        for word in words {
            assert!(said.stdout.contains(word), "{word} in {}", said.stdout);
        }
        for hidden in ["19900003333", "示范甲", "示范曾孙"] {
            assert!(!said.stdout.contains(hidden), "{}", said.stdout);
        }
    }
}
