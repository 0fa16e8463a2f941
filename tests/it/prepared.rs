//! A small workspace with planted flaws: areas that overlap and leave a gap, households without a
//! place, a household and a person twice, counts that contradict the members, a department's list.

use crate::desk::Desk;
use livelihood_map::model::{
    Area, AreaLevel, CodeList, Date, FieldSet, Household, IdNumber, ListEntry, LonLat, Person,
    Receipt, Visit,
};
use livelihood_map::session::Command;
use livelihood_map::store::{Import, ImportKind, ImportRecord, Stamp, Workspace};
use livelihood_map::words::Lang;
use std::path::Path;
use tempfile::TempDir;

/// The community, and the two grids that it has.
pub(crate) const COMMUNITY: &str = "330282001";
pub(crate) const GRIDS: [&str; 2] = ["330282001001", "330282001002"];

/// The name of the department's list.
pub(crate) const LIST: &str = "残联名单";

/// A synthetic ID number of somebody born on a day.
pub(crate) fn id_number(born: &str, serial: u16) -> String {
    let digits = format!("000000{born}{serial:03}");
    IdNumber::complete(&digits).unwrap().as_str().to_owned()
}

fn area(code: &str, name: &str, level: AreaLevel, west: f64, east: f64) -> Area {
    let (south, north) = (30.10, 30.11);
    let corners = [
        (west, south),
        (east, south),
        (east, north),
        (west, north),
        (west, south),
    ];
    let ring: geo_types::LineString<f64> = corners.to_vec().into();
    Area {
        code: code.to_owned(),
        name: name.to_owned(),
        level,
        parent: if level == AreaLevel::Grid {
            COMMUNITY.to_owned()
        } else {
            String::new()
        },
        boundary: geo_types::MultiPolygon(vec![geo_types::Polygon::new(ring, Vec::new())]),
        derived: false,
    }
}

fn household(id: &str, name: &str, address: &str, at: Option<(f64, f64)>) -> Household {
    Household {
        id: id.to_owned(),
        head_name: name.to_owned(),
        address: address.to_owned(),
        position: at.and_then(|(lon, lat)| LonLat::new(lon, lat)),
        declared_area: GRIDS[usize::from(at.is_none_or(|(lon, _)| lon > 121.2099))].to_owned(),
        members: Some(1),
        ..Household::default()
    }
}

fn households() -> Vec<Household> {
    let with = |household: Household, id_number: String, phone: &str| Household {
        id_number,
        phone: phone.to_owned(),
        programmes: CodeList::split("dibao"),
        ..household
    };
    vec![
        with(
            household("H1", "示例甲", "青竹路1号", Some((121.2043, 30.1052))),
            id_number("19500101", 1),
            "19900001111",
        ),
        household("H2", "示例甲", "青竹路1号", Some((121.2046, 30.1056))),
        household("H3", "示例丙", "青竹路3号", None),
        household("H4", "示例丁", "青竹路4号2单元301室", None),
        Household {
            members: Some(3),
            ..household("H5", "示例戊", "青竹路5号", Some((121.2150, 30.1040)))
        },
        with(
            household("H6", "示例己", "望海巷6号", Some((121.2160, 30.1070))),
            id_number("19480305", 6),
            "19900006666",
        ),
        household("H7", "示例庚", "望海巷7号", Some((121.2170, 30.1075))),
        household("H8", "示例辛", "望海巷8号", None),
    ]
}

fn person(household_id: &str, name: &str, id_number: String) -> Person {
    Person {
        household_id: household_id.to_owned(),
        name: name.to_owned(),
        born: Date::parse("1990-01-01"),
        id_number,
        ..Person::default()
    }
}

fn entry(name: &str, id_number: String, household_id: &str) -> ListEntry {
    ListEntry {
        name: name.to_owned(),
        id_number,
        household_id: household_id.to_owned(),
        phone: "19900009999".to_owned(),
        address: "外街9号".to_owned(),
        ..ListEntry::default()
    }
}

fn begin(import: &mut Import<'_>, source: &str, kind: ImportKind) {
    let record = ImportRecord {
        source: source.to_owned(),
        kind,
        list_name: if kind == ImportKind::DepartmentList {
            LIST.to_owned()
        } else {
            String::new()
        },
        encoding: "utf-8".to_owned(),
        datum: "wgs84".to_owned(),
        at_unix_secs: AT,
        read: 0,
        stored: 0,
        rejected: 0,
    };
    import.begin_file(&record).unwrap();
}

/// When the files came in.
const AT: i64 = 1_795_000_000;

/// Makes the workspace.
pub(crate) fn make(path: &Path) {
    let mut workspace = Workspace::create(path, false).unwrap();
    let mut import = workspace.begin_import().unwrap();
    begin(&mut import, "网格.geojson", ImportKind::Areas);
    for area in [
        area(
            COMMUNITY,
            "滨河社区",
            AreaLevel::Community,
            121.200,
            121.222,
        ),
        area(GRIDS[0], "滨河第1网格", AreaLevel::Grid, 121.200, 121.2104),
        // Overlaps the first by some 40 m, and leaves some 190 m of the community uncovered.
        area(GRIDS[1], "滨河第2网格", AreaLevel::Grid, 121.210, 121.220),
    ] {
        import.put_area(&area).unwrap();
    }
    begin(&mut import, "台账.csv", ImportKind::Households);
    for (household, row) in households().iter().zip(2..) {
        import.put_household(household, FieldSet::ALL, row).unwrap();
    }
    begin(&mut import, "成员.csv", ImportKind::Members);
    let twice = id_number("19900101", 7);
    for (person, row) in [
        person("H2", "示例乙", id_number("19900101", 2)),
        person("H5", "示例戊", id_number("19900101", 5)),
        person("H6", "示例双", twice.clone()),
        person("H7", "示例双", twice.clone()),
    ]
    .iter()
    .zip(2..)
    {
        import.put_person(person, row).unwrap();
    }
    begin(&mut import, "享受.csv", ImportKind::Receipts);
    let receipt = Receipt {
        household_id: "H2".to_owned(),
        programme: "dibao".to_owned(),
        start: Date::parse("2026-01-01"),
        ..Receipt::default()
    };
    import.put_receipt(&receipt, 2).unwrap();
    begin(&mut import, "走访.csv", ImportKind::Visits);
    let visit = Visit {
        household_id: "H2".to_owned(),
        done_on: Date::parse("2026-10-01"),
        worker: "示例员".to_owned(),
        ..Visit::default()
    };
    import.put_visit(&visit, 2).unwrap();
    begin(&mut import, "残联.xlsx", ImportKind::DepartmentList);
    for (entry, row) in [
        entry("示例甲", id_number("19500101", 1), ""),
        entry("示例双", twice, ""),
        entry("示例外", id_number("19700101", 99), ""),
        entry("示例丙", String::new(), "H3"),
    ]
    .iter()
    .zip(3..)
    {
        import.put_entry(entry, row).unwrap();
    }
    let stamp = Stamp {
        title: "第一次导入",
        at_unix_secs: AT,
    };
    import.commit(stamp).unwrap();
}

/// A session with it.
pub(crate) fn desk(lang: Lang) -> (Desk, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("滨河.lmap");
    make(&path);
    let mut desk = Desk::new(lang);
    desk.does(Command::Open(path));
    (desk, folder)
}
