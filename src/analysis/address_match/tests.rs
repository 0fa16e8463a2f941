//! A small table, and what is asked of it.

use super::*;

/// Metres east and north of a place in Zhejiang.
fn at(east_m: f64, north_m: f64) -> LonLat {
    LonLat::new(121.25 + east_m / 96_000.0, 30.17 + north_m / 111_000.0).unwrap()
}

fn entry(code: &str, address: &str, east_m: f64, north_m: f64) -> AddressEntry {
    AddressEntry {
        code: code.to_owned(),
        address: address.to_owned(),
        position: Some(at(east_m, north_m)),
    }
}

fn table() -> AddressIndex {
    AddressIndex::new(&[
        entry("A1", "慈溪市浒山街道南二环路128弄3幢2单元501室", 0.0, 0.0),
        entry("A2", "慈溪市浒山街道南二环路128弄3幢1单元501室", 20.0, 0.0),
        entry("A3", "慈溪市浒山街道南二环路128弄4幢", 60.0, 0.0),
        entry("A4", "慈溪市浒山街道南二环路900号", 4_000.0, 0.0),
        entry("B1", "浒山街道解放路5号", 0.0, 500.0),
        entry("B2", "古塘街道解放路5号", 3_000.0, 500.0),
        entry("C1", "卫东村三组25号", 0.0, 2_000.0),
        entry("C2", "卫东村四组25号", 150.0, 2_000.0),
        entry("D1", "孙塘北路568号", 0.0, 5_000.0),
        entry("D1", "孙塘南路568号", 900.0, 5_000.0),
        entry("E1", "上林坊社区5幢", 0.0, 7_000.0),
        AddressEntry {
            address: "没有位置的路1号".to_owned(),
            ..AddressEntry::default()
        },
        entry("F1", "南二环路200号香格国际7幢", 0.0, 9_000.0),
    ])
}

fn ask(address: &str) -> Option<(PositionSource, usize, usize)> {
    let hit = table().find(address, None)?;
    Some((hit.grade, hit.entry, hit.alternatives))
}

#[test]
fn the_finest_common_part_answers() {
    use PositionSource::{AddressBuilding, AddressNumber, AddressRoad};
    for (address, answer) in [
        ("南二环路128-3-2-501", Some((AddressBuilding, 0, 0))),
        (
            "浒山街道南二环路128弄3幢1单元501",
            Some((AddressBuilding, 1, 0)),
        ),
        // The unit is not said: both rooms 501, 20 m apart.
        ("南二环路128号3-501", Some((AddressBuilding, 0, 1))),
        // Another room of a known building.
        ("南二环路128号3幢2单元602", Some((AddressBuilding, 0, 0))),
        ("南二环路128弄3幢", Some((AddressBuilding, 0, 1))),
        ("南二环路128弄4幢201", Some((AddressBuilding, 2, 0))),
        // An unknown building of a known number: the middle of what is known.
        ("南二环路128弄9幢", Some((AddressNumber, 0, 2))),
        ("南二环路128号", Some((AddressNumber, 0, 2))),
        // A long road is no place.
        ("南二环路77号", None),
        ("南二环路", None),
        // The street decides, where it is said.
        ("古塘街道解放路5号", Some((AddressNumber, 5, 0))),
        ("慈溪市古塘解放路5号", None),
        ("解放路5号", None),
        ("古塘街道解放路", Some((AddressRoad, 5, 0))),
        ("坎墩街道解放路5号", None),
        // Groups of a village.
        ("卫东村四组25号", Some((AddressNumber, 7, 0))),
        ("卫东村25号", Some((AddressNumber, 6, 1))),
        ("卫东村三组8号", Some((AddressRoad, 6, 0))),
        ("卫东村委会", Some((AddressRoad, 6, 1))),
        // A community's building, and an estate found without its road.
        ("上林坊小区5号楼三单元402", Some((AddressBuilding, 10, 0))),
        ("香格国际7幢301", Some((AddressBuilding, 12, 0))),
        ("没有位置的路1号", None),
        ("", None),
        ("不详", None),
    ] {
        assert_eq!(ask(address), answer, "{address}");
    }
}

#[test]
fn a_slip_needs_the_number_and_one_road() {
    let table = table();
    let hit = table.find("孙糖北路568号", None).unwrap();
    assert_eq!((hit.entry, hit.is_slip), (8, true));
    assert_eq!(hit.grade, PositionSource::AddressNumber);
    assert_eq!(table.find("孙糖北路569号", None), None);
    assert_eq!(table.find("孙糖北路", None), None);
    // 中 is neither 北 nor 南.
    assert_eq!(table.find("孙塘中路568号", None), None);
}

#[test]
fn a_code_goes_before_the_address_where_it_is_one_place() {
    let table = table();
    let hit = table.find("上林坊社区5幢", Some(" a4 ")).unwrap();
    assert_eq!((hit.grade, hit.entry), (PositionSource::AddressCode, 3));
    assert_eq!(hit.position, at(4_000.0, 0.0));
    // Two places under one code: the address has to say it.
    let hit = table.find("孙塘南路568号", Some("D1")).unwrap();
    assert_eq!((hit.grade, hit.entry), (PositionSource::AddressNumber, 9));
    assert_eq!(table.find("", Some("D1")), None);
    assert_eq!(table.find("", Some("")), None);
}

#[test]
fn the_middle_of_several_is_given() {
    let position = table().find("卫东村25号", None).unwrap().position;
    let middle = at(75.0, 2_000.0);
    assert!((position.lon - middle.lon).abs() < 1e-9 && (position.lat - middle.lat).abs() < 1e-9);
}

#[test]
fn a_table_of_many_towns_stays_quick_and_says_nothing_false() {
    // As many streets as entries, all with one road and number.
    let entries: Vec<AddressEntry> = (0..2_000)
        .map(|nth| {
            entry(
                "",
                &format!("第{nth}街道人民路1号"),
                f64::from(nth) * 50.0,
                0.0,
            )
        })
        .collect();
    let index = AddressIndex::new(&entries);
    assert_eq!(index.find("人民路1号", None), None);
}
