//! A small ledger and some lists.

use super::*;
use crate::model::IdNumber;

fn id(nth: u32) -> String {
    let number = IdNumber::complete(&format!("00000019800101{nth:03}"));
    number.unwrap().to_string()
}

fn entry<'a>(name: &'a str, id_number: &'a str, phone: &'a str, address: &'a str) -> EntryView<'a> {
    EntryView {
        name,
        id_number,
        phone,
        address,
        household_id: "",
    }
}

fn lists<'a>(members: &[ListMembers<'a>]) -> Vec<ListView<'a>> {
    let names = ["a", "b", "c", "d"];
    let lists = members.iter().zip(names);
    lists
        .map(|(members, name)| ListView {
            name,
            members: *members,
        })
        .collect()
}

/// Household 10 with two people, the head twice; households 11 and 12 with one each.
fn ledger(ids: &[String]) -> Vec<LedgerPerson<'_>> {
    let person = |household, household_id, name, id_number, phone, address| LedgerPerson {
        household,
        household_id,
        name,
        id_number,
        phone,
        address,
    };
    vec![
        person(
            10,
            "H10",
            "张一",
            &*ids[0],
            "19900000001",
            "南二环路128弄3幢501",
        ),
        person(10, "H10", "张一", "", "", ""),
        person(10, "H10", "李二", "", "19900000002", "南二环路128弄3幢501"),
        person(11, "H11", "王五", &*ids[1], "", "卫东村三组25号"),
        person(12, "H12", "王五", "", "19900000003", "卫东村26号"),
    ]
}

#[test]
fn rows_find_their_person_by_the_surest_that_fits() {
    let ids: Vec<String> = (0..5).map(id).collect();
    let persons = ledger(&ids);
    let other_id = entry("张一", &ids[3], "19900000001", "");
    let rows = [
        entry("张 壹", &ids[0], "", ""),
        EntryView {
            household_id: " H10",
            ..entry("李二", &ids[2], "", "")
        },
        entry("李二", "", "19900000002", ""),
        entry("李二", "", "", "慈溪市南二环路128号3-501"),
        // Two people of one name: the door tells them apart, the name does not.
        entry("王五", "", "", "卫东村25号"),
        entry("王五", "", "", ""),
        // Another valid ID number is another person.
        other_id,
        entry("李*", "", "19900000002", ""),
    ];
    let members = [ListMembers::Entries(&rows)];
    let found = reconcile(&persons, &lists(&members), &Progress::new()).unwrap();
    assert_eq!(
        found.lists[0],
        ListFacts {
            name: "a".to_owned(),
            counts_households: false,
            entries: 8,
            members: 6,
            matched: 3,
            unmatched: 3,
            rows_matched_by: [1, 1, 1, 2],
        }
    );
    let cell = found.cell(0, 0, MatrixCell::Both);
    assert_eq!(
        (cell.households, cell.unmatched),
        (vec![10, 11], vec![5, 6, 7])
    );
    assert_eq!(
        found.cell(0, 0, MatrixCell::OnlyFirst),
        CellMembers::default()
    );
    assert_eq!(found.cell(0, 9, MatrixCell::Both), CellMembers::default());
}

#[test]
fn persons_households_and_strangers_against_each_other() {
    let ids: Vec<String> = (0..5).map(id).collect();
    let persons = ledger(&ids);
    let health = [
        entry("李二", "", "19900000002", ""),
        entry("王五", &ids[1], "", ""),
        entry("陌生", &ids[4], "19900000009", ""),
        entry("陌生", "", "", "远方路1号"),
    ];
    let insurance = [
        entry("陌生", "", "19900000009", ""),
        entry("陌生", "", "", "远方路1号"),
        entry("陌生", &ids[4], "", ""),
    ];
    let members = [
        ListMembers::Persons(&[0, 1, 2, 3, 4, 99]),
        ListMembers::Entries(&health),
        ListMembers::Entries(&insurance),
        ListMembers::Households(&[12, 10, 10]),
    ];
    let found = reconcile(&persons, &lists(&members), &Progress::new()).unwrap();
    let members: Vec<usize> = found.lists.iter().map(|list| list.members).collect();
    assert_eq!(members, [4, 4, 2, 2]);
    assert_eq!(found.lists[2].unmatched, 2);
    assert_eq!(
        found.both,
        [[4, 2, 0, 3], [2, 4, 2, 1], [0, 2, 2, 0], [2, 1, 0, 2]]
    );
    assert_eq!(
        found.only_first,
        [[0, 2, 4, 1], [2, 0, 2, 3], [2, 0, 0, 2], [0, 1, 2, 0]]
    );
    // Persons of the ledger whom the health list does not have: the heads of 10 and 12.
    assert_eq!(found.cell(0, 1, MatrixCell::OnlyFirst).households, [10, 12]);
    assert_eq!(found.cell(1, 0, MatrixCell::OnlyFirst).unmatched, [2, 3]);
    assert_eq!(found.cell(2, 1, MatrixCell::Both).unmatched, [0, 1, 2]);
    assert_eq!(found.cell(3, 1, MatrixCell::OnlyFirst).households, [12]);
}

#[test]
fn a_stopped_reconciliation_says_so() {
    let progress = Progress::new();
    progress.cancel();
    let ids: Vec<String> = (0..5).map(id).collect();
    assert!(reconcile(&ledger(&ids), &[], &progress).is_err());
    let nothing = reconcile(&[], &[], &Progress::new()).unwrap();
    assert!(nothing.lists.is_empty() && nothing.both.is_empty());
}
