//! The list: its order, its cells, and what is hidden in them.

use crate::desk::Desk;
use livelihood_map::layer::ListField;
use livelihood_map::query::{Direction, SortKey};
use livelihood_map::session::{Command, Inspected};
use livelihood_map::words::Lang;

#[test]
fn a_heading_sorts_and_the_same_again_turns_round() {
    let (mut desk, _folder) = Desk::with_town(Lang::En);
    let numbers = |cells: Vec<String>| -> Vec<f64> {
        let plain = cells.iter().map(|cell| cell.replace(',', ""));
        plain.map(|cell| cell.parse().unwrap()).collect()
    };
    // The most urgent households come first.
    let priorities = numbers(desk.column(ListField::Priority, 400));
    assert!(priorities.is_sorted_by(|a, b| a >= b) && priorities[0] > priorities[399]);

    desk.does(Command::SortBy(SortKey::Income));
    assert_eq!(
        numbers(desk.column(ListField::MonthlyIncome, 3)),
        [30.0, 70.0, 90.0]
    );
    assert_eq!(desk.column(ListField::HouseholdId, 1), ["SF0000024"]);
    desk.does(Command::SortBy(SortKey::Income));
    assert_eq!(
        numbers(desk.column(ListField::MonthlyIncome, 3)),
        [21_710.0, 21_470.0, 21_160.0]
    );
    // Who has no known income stands at the end both ways.
    let all = desk.column(ListField::MonthlyIncome, 4_000);
    assert_eq!(
        all.iter().filter(|cell| cell.is_empty()).count(),
        3_010 - 2_923
    );
    assert!(all[2_923..].iter().all(String::is_empty));

    desk.does(Command::SortExactly(SortKey::Id, Direction::Ascending));
    let ids = desk.column(ListField::HouseholdId, 4_000);
    let place = |id: &str| ids.iter().position(|there| there == id).unwrap();
    assert!(
        place("X2") < place("X10"),
        "numbers in ids count as numbers"
    );
    desk.does(Command::SortBy(SortKey::LastVisit));
    desk.does(Command::SortBy(SortKey::Priority));
    assert_eq!(desk.session.view.direction, Direction::Descending);
    assert_eq!(numbers(desk.column(ListField::Priority, 400)), priorities);
}

#[test]
fn sorting_asks_nothing_of_the_map() {
    let (mut desk, _folder) = Desk::with_town(Lang::En);
    desk.looks_at_all(400, 300);
    desk.asked.clear();
    desk.does(Command::SortBy(SortKey::Address));
    assert_eq!(desk.asked, [livelihood_map::jobs::Lane::Filter]);
}

#[test]
fn names_numbers_and_phones_are_hidden_until_somebody_asks() {
    let (mut desk, _folder) = Desk::with_town(Lang::Zh);
    desk.types("id:SF0000002");
    assert_eq!(desk.count(), 1);
    let secret = [ListField::HeadName, ListField::IdNumber, ListField::Phone];
    let cells = |desk: &Desk| secret.map(|field| desk.column(field, 1).pop().unwrap());
    assert_eq!(cells(&desk), ["龚**", "0000**********6426", "199****9129"]);
    desk.does(Command::SetMasked(false));
    assert_eq!(
        cells(&desk),
        ["龚雪娥", "000000196909136426", "19900009129"]
    );
    desk.does(Command::SetMasked(true));
    assert_eq!(cells(&desk)[0], "龚**");

    let text = |field| desk.column(field, 1).pop().unwrap();
    assert_eq!(
        text(ListField::Programmes),
        "低保边缘家庭、困难残疾人生活补贴"
    );
    assert_eq!(text(ListField::LivingAlone), "否");
    assert_eq!(text(ListField::LastVisit), "2026-11-08");
    assert_eq!(text(ListField::DaysSinceVisit), "13");
    assert_eq!(text(ListField::Community), "南苑社区");
    desk.does(Command::SetLang(Lang::En));
    let programmes = desk.column(ListField::Programmes, 1).pop().unwrap();
    assert!(
        programmes.is_ascii() && programmes.contains(", "),
        "{programmes}"
    );
}

#[test]
fn a_score_opens_into_its_parts() {
    let (mut desk, _folder) = Desk::with_town(Lang::En);
    let filtered = desk.session.results.filtered.clone().unwrap();
    let top = filtered.order[0];
    let score = filtered.scores.priority.score[top as usize];
    let parts = desk.session.score_parts(top).unwrap();
    let sum: f64 = parts.iter().map(|part| part.points).sum();
    assert!((sum - f64::from(score)).abs() < 0.51, "{sum} {score}");
    desk.looks_at_all(400, 300);
    desk.does(Command::Inspect(Some(Inspected::Household(top))));
    assert_eq!(desk.session.inspected, Some(Inspected::Household(top)));
}
