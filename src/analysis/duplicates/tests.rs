//! Planted pairs, and brute force.

use super::*;
use Agreement::{Address, BirthDate, IdNumber, Name, NearIdNumber, NearName, Phone};
use ProblemKind::{SameHousehold, SameIdNumber, SamePerson};

const ID: &str = "000000198101010010";

fn id(day: u32, nth: u32) -> String {
    let digits = format!(
        "0000001980{:02}{:02}{nth:03}",
        day / 28 % 12 + 1,
        day % 28 + 1
    );
    crate::model::IdNumber::complete(&digits)
        .unwrap()
        .to_string()
}

fn head<'a>(
    household: u32,
    name: &'a str,
    id_number: &'a str,
    phone: &'a str,
    address: &'a str,
) -> PersonView<'a> {
    PersonView {
        household,
        is_head: true,
        name,
        id_number,
        phone,
        address,
    }
}

fn member<'a>(household: u32, name: &'a str, id_number: &'a str, phone: &'a str) -> PersonView<'a> {
    PersonView {
        household,
        name,
        id_number,
        phone,
        ..PersonView::default()
    }
}

fn found(persons: &[PersonView<'_>]) -> Vec<(ProblemKind, u32, u32, Vec<Agreement>)> {
    duplicates(persons, &Progress::new())
        .unwrap()
        .into_iter()
        .map(|pair| (pair.kind, pair.a, pair.b, pair.evidence))
        .collect()
}

#[test]
fn households_twice() {
    let (a, b, c, d) = (id(1, 1), id(2, 2), id(3, 3), id(9, 9));
    let persons = [
        head(0, "张一", &a, "", "南二环路128弄3幢2单元501室"),
        head(1, "张一", &b, "", "南二环路128-3-501"),
        head(2, "李二", "", "19900000001", "卫东村三组25号"),
        head(3, "王五", "", "199-0000-0001", "卫东村25号"),
        head(4, "赵六", &c, "", ""),
        head(5, "赵陆", &c, "", ""),
        // Members of the two follow from it.
        member(4, "赵小", &d, ""),
        member(5, "赵小", &d, ""),
        // Another unit is another door than the first, but not than the one that says no unit.
        head(6, "张一", "", "", "南二环路128弄3幢1单元501室"),
        head(7, "张一", "", "", "南二环路"),
    ];
    assert_eq!(
        found(&persons),
        [
            (SameHousehold, 0, 1, vec![Name, Address]),
            (SameHousehold, 1, 8, vec![Name, Address]),
            (SameHousehold, 2, 3, vec![Phone, Address]),
            (SameHousehold, 4, 5, vec![IdNumber]),
        ]
    );
}

#[test]
fn id_numbers_in_two_households() {
    let a = id(1, 1);
    let lower = format!("'{}", a.to_lowercase());
    let persons = [
        head(0, "张一", &a, "", ""),
        member(0, "张一", &a, ""),
        member(1, "张一", &lower, ""),
        member(2, "钱七", &a, ""),
        member(3, "孙八", "000000********0015", ""),
        member(4, "孙八", "000000********0015", ""),
    ];
    assert_eq!(
        found(&persons),
        [
            (SameIdNumber, 0, 2, vec![IdNumber, Name]),
            (SameIdNumber, 0, 3, vec![IdNumber]),
        ]
    );
}

#[test]
fn persons_under_two_spellings() {
    let other = id(77, 1);
    // One digit wrong, two exchanged on the seam of the parts, and another day of birth.
    let persons = [
        member(0, "周九", ID, ""),
        member(1, "周九", "000000198101010020", ""),
        member(2, "周九", "000000198011010010", ""),
        member(3, "周十", "000000198101010020", ""),
        member(4, "周九", &other, ""),
    ];
    assert_eq!(
        found(&persons),
        [
            (SameIdNumber, 1, 3, vec![IdNumber]),
            (SamePerson, 0, 1, vec![NearIdNumber, BirthDate, Name]),
            (SamePerson, 0, 2, vec![NearIdNumber, Name]),
        ]
    );
}

#[test]
fn names_with_a_slip_need_a_telephone_or_a_door() {
    let (a, b) = (id(1, 1), id(200, 2));
    let phone = "19900000002";
    let persons = [
        head(0, "王小明", "", phone, "中山路1号"),
        // Another character: telephone and door.
        member(1, "王小亮", "", phone),
        head(2, "吴玮", "", "", "中山路9号"),
        head(3, "吴伟", &a, "", "中山路9号"),
        // Two ID numbers that have nothing in common: brothers.
        head(4, "郑国强", &a, "19900000003", "中山路7号"),
        head(5, "郑国墙", &b, "19900000003", "中山路8号"),
        // In one household members are told apart by their names.
        member(6, "冯小红", "", "19900000004"),
        member(6, "冯小虹", "", "19900000004"),
    ];
    let pairs: Vec<_> = found(&persons)
        .into_iter()
        .filter(|pair| pair.0 == SamePerson)
        .collect();
    assert_eq!(pairs, [(SamePerson, 2, 3, vec![NearName, Address])]);
    let mut persons = persons;
    persons[1].address = "中山路1号";
    assert!(found(&persons).contains(&(SamePerson, 0, 1, vec![NearName, Phone, Address])));
}

#[test]
fn what_many_share_is_no_evidence() {
    let phone = "057400000001";
    let address = "光荣路1号";
    let names: Vec<String> = (0..6).map(|nth| format!("住户{nth}")).collect();
    let mut persons: Vec<_> = (0..6)
        .map(|nth| head(nth, &names[nth as usize], "", phone, address))
        .collect();
    assert_eq!(found(&persons), []);
    // Five are few enough; the first is paired with each other one.
    persons.pop();
    assert_eq!(found(&persons).len(), 4);
    // The same name at a door of many is one household all the same, a member's is not.
    let mut persons: Vec<_> = (0..8)
        .map(|nth| head(nth, if nth < 2 { "同名" } else { "" }, "", "", address))
        .collect();
    persons.push(member(2, "同名", "", ""));
    assert_eq!(
        found(&persons),
        [(SameHousehold, 0, 1, vec![Name, Address])]
    );
}

#[test]
fn brute_force_finds_no_other_person() {
    let mut seed = 7_u64;
    let mut dice = |sides: u64| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % sides
    };
    let names = ["王小明", "王小亮", "吴伟", "吴玮", "李芳", ""];
    let rows: Vec<(u32, String, String, String, usize)> = (0..400)
        .map(|_| {
            let mut digits = id(dice(3) as u32, dice(4) as u32).into_bytes();
            if dice(3) == 0 {
                let at = dice(17) as usize;
                digits[at] = b'0' + dice(10) as u8;
            }
            let number = if dice(4) == 0 {
                String::new()
            } else {
                String::from_utf8(digits).unwrap()
            };
            let phone = if dice(2) == 0 {
                String::new()
            } else {
                format!("1990000{:04}", dice(150))
            };
            (
                dice(130) as u32,
                number,
                phone,
                format!("中山路{}号", dice(120)),
                dice(6) as usize,
            )
        })
        .collect();
    let persons: Vec<_> = rows
        .iter()
        .map(|row| PersonView {
            address: &row.3,
            ..member(row.0, names[row.4], &row.1, &row.2)
        })
        .collect();
    let facts = Facts::of(&persons, &Progress::new()).unwrap();
    let mut expected = Vec::new();
    for a in 0..400 {
        for b in a + 1..400 {
            if facts.is_same_person(a, b) {
                expected.push((a, b));
            }
        }
    }
    let found: Vec<_> = found(&persons)
        .into_iter()
        .filter(|pair| pair.0 == SamePerson)
        .map(|pair| (pair.1, pair.2))
        .collect();
    assert!(expected.len() > 30, "{}", expected.len());
    assert_eq!(found, expected);
}

#[test]
fn a_stopped_search_says_so() {
    let progress = Progress::new();
    progress.cancel();
    assert_eq!(
        duplicates(&[member(0, "张一", ID, "")], &progress),
        Err(Cancelled)
    );
    assert_eq!(duplicates(&[], &Progress::new()), Ok(Vec::new()));
}
