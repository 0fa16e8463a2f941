//! The quality of data: flaws of areas against Shapely, addresses and lists against brute force.
//! `tests/data/oracle/topology.md` says how the flaws were made.

use crate::support::{csv_rows, data};
use geo_types::{LineString, MultiPolygon, Polygon};
use livelihood_map::analysis::{
    AddressIndex, EntryView, LedgerPerson, ListMembers, ListView, MatrixCell, reconcile, topology,
};
use livelihood_map::base::Progress;
use livelihood_map::model::{
    AddressEntry, AddressGrade, Area, AreaLevel, IdNumber, LonLat, ParsedAddress, PositionSource,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// The areas of a stored file, as plainly as can be: the readers have their own tests.
fn areas(name: &str) -> Vec<Area> {
    let text = fs::read_to_string(data(name)).unwrap();
    let file: Value = serde_json::from_str(&text).unwrap();
    let ring = |ring: &Value| -> LineString<f64> {
        let corners = ring.as_array().unwrap().iter();
        corners
            .map(|at| (at[0].as_f64().unwrap(), at[1].as_f64().unwrap()))
            .collect()
    };
    let polygon = |rings: &Value| {
        let mut rings = rings.as_array().unwrap().iter().map(ring);
        Polygon::new(rings.next().unwrap(), rings.collect())
    };
    let area = |feature: &Value| {
        let text = |member: &str| {
            let value = feature["properties"][member].as_str();
            value.unwrap().to_owned()
        };
        let coordinates = &feature["geometry"]["coordinates"];
        let polygons = match feature["geometry"]["type"].as_str() {
            Some("Polygon") => vec![polygon(coordinates)],
            _ => coordinates
                .as_array()
                .unwrap()
                .iter()
                .map(polygon)
                .collect(),
        };
        Area {
            code: text("code"),
            name: text("name"),
            level: AreaLevel::from_code(&text("level")).unwrap(),
            parent: text("parent"),
            boundary: MultiPolygon(polygons),
            derived: false,
        }
    };
    file["features"]
        .as_array()
        .unwrap()
        .iter()
        .map(area)
        .collect()
}

#[test]
fn flaws_of_areas_are_those_that_shapely_finds() {
    type Flaw = (String, String, String, usize);
    let areas = areas("oracle/topology_areas.geojson");
    let mut expected: BTreeMap<Flaw, Vec<f64>> = BTreeMap::new();
    for row in csv_rows("oracle/topology_expected.csv") {
        let pieces = row[3].parse().unwrap();
        let flaw = (row[0].clone(), row[1].clone(), row[2].clone(), pieces);
        let ground_m2 = row[4].parse().unwrap();
        expected.entry(flaw).or_default().push(ground_m2);
    }
    let areas: Vec<&Area> = areas.iter().collect();
    let report = topology(&areas, &Progress::new()).unwrap();
    let mut found: BTreeMap<Flaw, Vec<f64>> = BTreeMap::new();
    for finding in report.findings {
        let pieces = finding.boundary.0.len();
        let kind = finding.kind.code().to_owned();
        let flaw = (kind, finding.areas.join(" "), finding.parent, pieces);
        found.entry(flaw).or_default().push(finding.ground_m2);
    }
    let flaws = |of: &BTreeMap<Flaw, Vec<f64>>| -> Vec<(Flaw, usize)> {
        of.iter()
            .map(|(flaw, ground)| (flaw.clone(), ground.len()))
            .collect()
    };
    assert_eq!(flaws(&found), flaws(&expected));
    assert_eq!(found.len(), expected.len());
    for (flaw, ground) in &mut expected {
        let found = &found[flaw];
        ground.sort_by(|a, b| b.total_cmp(a));
        for (found, expected) in found.iter().zip(ground) {
            // The overlay's grid is finer than a tenth of a millimetre; edges are some kilometres.
            let within = 0.5 + *expected * 1e-6;
            assert!(
                (found - *expected).abs() < within,
                "{flaw:?}: {found} {expected}"
            );
        }
    }
}

/// The parts of an address.
#[derive(Debug, Clone, PartialEq)]
struct Door {
    road: &'static str,
    number: u32,
    building: u32,
    unit: u32,
    room: u32,
}

fn door() -> impl Strategy<Value = Door> {
    let roads = [
        "南二环路",
        "孙塘北路",
        "新城大道",
        "三北大街",
        "中山路",
        "滨海二路",
    ];
    (
        select(roads.to_vec()),
        1..400_u32,
        1..40_u32,
        1..5_u32,
        101..2_800_u32,
    )
        .prop_map(|(road, number, building, unit, room)| Door {
            road,
            number,
            building,
            unit,
            room,
        })
}

/// A number in the writing of people.
fn chinese(number: u32) -> String {
    let digit = |value: u32| "零一二三四五六七八九".chars().nth(value as usize).unwrap();
    match number {
        0..10 => digit(number).to_string(),
        10..20 if number == 10 => "十".to_owned(),
        10..20 => format!("十{}", digit(number - 10)),
        _ if number % 10 == 0 => format!("{}十", digit(number / 10)),
        _ => format!("{}十{}", digit(number / 10), digit(number % 10)),
    }
}

fn full_width(text: &str) -> String {
    let wide = |char: char| match char {
        '0'..='9' | '-' => char::from_u32(char as u32 + 0xFEE0).unwrap(),
        other => other,
    };
    text.chars().map(wide).collect()
}

fn written(door: &Door, style: usize) -> String {
    let Door {
        road,
        number,
        building,
        unit,
        room,
    } = door;
    match style {
        0 => format!("浙江省宁波市慈溪市浒山街道{road}{number}弄{building}幢{unit}单元{room}室"),
        1 => format!("{road}{number}-{building}-{unit}-{room}"),
        2 => full_width(&format!(
            "慈溪市 {road} {number}号 {building}#{unit}-{room}"
        )),
        3 => format!(
            "{road}{number}号第{}幢{}单元{room}（近河）",
            chinese(*building),
            chinese(*unit)
        ),
        4 => format!("浒山街道{road}{number}号{building}号楼{unit}单元{room}号"),
        _ => format!("{road}{number}号，{building}-{unit}-{room}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_way_of_writing_a_door_is_that_door(door in door(), other in door(), styles in [0..6_usize, 0..6]) {
        let a = ParsedAddress::parse(&written(&door, styles[0]));
        let b = ParsedAddress::parse(&written(&door, styles[1]));
        prop_assert_eq!(a.grade(), Some(AddressGrade::Room), "{:?}", a);
        prop_assert!(a.is_same_door(&b), "{:?} {:?}", a, b);
        prop_assert_eq!(a.key_at(AddressGrade::Room), b.key_at(AddressGrade::Room));
        let c = ParsedAddress::parse(&written(&other, styles[1]));
        prop_assert_eq!(a.is_same_door(&c), door == other);
    }

    #[test]
    fn any_text_is_read(text in "[\\PC]{0,40}", street in "[浒山街道路弄号幢单元室第0-9一二三十甲A#\\-之附村组市区县镇（）、 ]{0,30}") {
        for text in [text, street] {
            let address = ParsedAddress::parse(&text);
            prop_assert!(address.is_same_door(&address) == (address.grade() > Some(AddressGrade::Place)));
        }
    }

    #[test]
    fn an_entry_finds_itself(doors in vec((door(), 0..6_usize), 1..40), style in 0..6_usize) {
        let place = |nth: usize| LonLat::new(121.0 + nth as f64 * 0.01, 30.0).unwrap();
        let entries: Vec<AddressEntry> = doors.iter().enumerate().map(|(nth, (door, style))| AddressEntry {
            code: String::new(),
            address: written(door, *style),
            position: Some(place(nth)),
        }).collect();
        let index = AddressIndex::new(&entries);
        for (nth, (door, _)) in doors.iter().enumerate() {
            let twins = doors.iter().filter(|(other, _)| other == door).count();
            let hit = index.find(&written(door, style), None);
            if twins == 1 {
                let hit = hit.unwrap();
                prop_assert_eq!((hit.entry, hit.grade), (nth, PositionSource::AddressBuilding));
                prop_assert_eq!((hit.position, hit.alternatives), (place(nth), 0));
            } else {
                // A kilometre apart: nobody can say which.
                prop_assert_eq!(hit, None);
            }
        }
    }

    #[test]
    fn lists_against_each_other_are_sets(
        ledger in vec((0..60_u32, any::<bool>(), 0..25_u32), 0..60),
        lists in vec(vec((0..80_u32, any::<bool>()), 0..60), 1..5),
        receiving in vec(0..25_u32, 0..10),
    ) {
        let ids: Vec<String> = (0..80).map(|person| {
            IdNumber::complete(&format!("00000019800101{person:03}")).unwrap().to_string()
        }).collect();
        let names: Vec<String> = (0..80).map(|person| format!("住户{person}")).collect();
        let phones: Vec<String> = (0..80).map(|person| format!("1990001{person:04}")).collect();
        let id = |person: u32, has: bool| if has { ids[person as usize].as_str() } else { "" };
        // Everybody once: two rows of a person without an ID number in two households are two.
        let ledger: BTreeMap<u32, (bool, u32)> = ledger.into_iter().map(|(person, has, household)| (person, (has, household))).collect();
        let persons: Vec<LedgerPerson<'_>> = ledger.iter().map(|(person, (has, household))| LedgerPerson {
            household: *household,
            household_id: "",
            name: &names[*person as usize],
            id_number: id(*person, *has),
            phone: &phones[*person as usize],
            address: "",
        }).collect();
        let rows: Vec<Vec<EntryView<'_>>> = lists.iter().map(|list| list.iter().map(|(person, has)| EntryView {
            name: &names[*person as usize],
            id_number: id(*person, *has),
            phone: &phones[*person as usize],
            ..EntryView::default()
        }).collect()).collect();
        let mut views: Vec<ListView<'_>> = rows.iter().map(|rows| ListView { name: "", members: ListMembers::Entries(rows) }).collect();
        views.push(ListView { name: "", members: ListMembers::Households(&receiving) });
        let found = reconcile(&persons, &views, &Progress::new()).unwrap();

        let people: Vec<BTreeSet<u32>> = lists.iter().map(|list| list.iter().map(|(person, _)| *person).collect()).collect();
        let receiving: BTreeSet<u32> = receiving.into_iter().collect();
        let is_receiving = |person: &u32| ledger.get(person).is_some_and(|(_, household)| receiving.contains(household));
        for (a, first) in people.iter().enumerate() {
            let known = first.iter().filter(|person| ledger.contains_key(person)).count();
            prop_assert_eq!((found.lists[a].members, found.lists[a].matched), (first.len(), known));
            for (b, second) in people.iter().enumerate() {
                prop_assert_eq!(found.both[a][b], first.intersection(second).count());
                let only: BTreeSet<u32> = first.difference(second).copied().collect();
                prop_assert_eq!(found.only_first[a][b], only.len());
                let cell = found.cell(a, b, MatrixCell::OnlyFirst);
                let households: BTreeSet<u32> = only.iter().filter_map(|person| Some(ledger.get(person)?.1)).collect();
                prop_assert_eq!(cell.households, households.into_iter().collect::<Vec<_>>());
                let unmatched: Vec<u32> = lists[a].iter().zip(0..).filter(|((person, _), _)| only.contains(person) && !ledger.contains_key(person)).map(|(_, row)| row).collect();
                prop_assert_eq!(cell.unmatched, unmatched);
            }
            let last = people.len();
            prop_assert_eq!(found.both[a][last], first.iter().filter(|person| is_receiving(person)).count());
            let theirs: BTreeSet<u32> = first.iter().filter_map(|person| Some(ledger.get(person)?.1)).collect();
            prop_assert_eq!(found.both[last][a], receiving.intersection(&theirs).count());
        }
    }
}
