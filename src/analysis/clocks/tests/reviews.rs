//! When a review is due: from the last one, however it was told, and sooner where income is unsteady.

use super::*;

/// A receipt of dibao, as its file knows it.
fn dibao(start: &str, reviewed: &str) -> Receipt {
    Receipt {
        reviewed_on: Date::parse(reviewed),
        ..receipt("dibao", start, "")
    }
}

#[test]
fn a_review_counts_from_the_last_one_and_a_visit_is_none() {
    use Nearness::{Later, Overdue, Soon};
    let kind = ClockKind::Review;
    let review = |start: &str, reviewed: &str, as_of: &str| {
        let visited_since = "2026-11-01";
        due(
            with_receipts(&[dibao(start, reviewed)], visited_since, ""),
            as_of,
        )
    };
    // Nobody has reviewed it: it counts from the first day.
    assert_eq!(
        review("2026-03-10", "", "2026-11-21"),
        one(kind, "2027-03-10", Later)
    );
    // On the day itself it is due, and stays so.
    for (as_of, nearness) in [
        ("2025-02-07", Later),
        ("2025-02-08", Soon),
        ("2025-03-10", Soon),
        ("2025-03-11", Overdue),
        ("2026-11-21", Overdue),
    ] {
        let expected = one(kind, "2025-03-10", nearness);
        assert_eq!(review("2024-03-10", "", as_of), expected, "{as_of}");
    }
    assert_eq!(
        review("2020-03-10", "2026-02-28", "2026-11-21"),
        one(kind, "2027-02-28", Later)
    );
    // A review of later has not happened yet; one before the receipt was of another.
    assert_eq!(
        review("2024-03-10", "2025-03-01", "2025-02-28"),
        one(kind, "2025-03-10", Soon)
    );
    assert_eq!(
        review("2024-03-10", "2024-03-09", "2025-03-11"),
        one(kind, "2025-03-10", Overdue)
    );
    // Leap days.
    assert_eq!(
        review("2024-02-29", "", "2025-02-27"),
        one(kind, "2025-02-28", Soon)
    );
    assert_eq!(
        review("2020-01-01", "2024-02-29", "2025-03-01"),
        one(kind, "2025-02-28", Overdue)
    );
    // Not begun, or nobody knows when: nothing to count from, unless it was reviewed.
    assert_eq!(review("2026-12-01", "", "2026-11-21"), []);
    assert_eq!(review("", "", "2026-11-21"), []);
    assert_eq!(
        review("", "2026-11-01", "2026-11-21"),
        one(kind, "2027-11-01", Later)
    );
}

#[test]
fn a_review_at_the_desk_counts_for_its_receipts_only() {
    let person = |id: &str| Person {
        id: id.to_owned(),
        ..Person::default()
    };
    let of = |member: &str, file: &str| Receipt {
        member: member.to_owned(),
        ..dibao("2024-01-01", file)
    };
    let review = |member: &str, programme: &str, on: &str| Review {
        member: member.to_owned(),
        programme: programme.to_owned(),
        on: Date::parse(on),
        ..Review::default()
    };
    let dues = |reviews: &[Review]| {
        let home = Home {
            people: vec![person("a"), person("b")],
            receipts: vec![of("a", "2026-01-01"), of("b", "")],
            reviews: reviews.to_vec(),
            ..Home::default()
        };
        let dues = due(home, "2026-11-21").into_iter();
        dues.map(|(_, due, _)| due).collect::<Vec<_>>()
    };
    assert_eq!(dues(&[]), ["2025-01-01", "2027-01-01"]);
    assert_eq!(
        dues(&[review("b", "dibao", "2026-05-01")]),
        ["2027-01-01", "2027-05-01"]
    );
    // The household's counts for both; the later of file and desk holds.
    assert_eq!(
        dues(&[
            review("", "dibao", "2025-12-01"),
            review("", "dibao", "2025-06-01")
        ]),
        ["2026-12-01", "2027-01-01"]
    );
    // Of another programme, of somebody else, of later, of no day.
    assert_eq!(
        dues(&[
            review("", "linshi", "2026-05-01"),
            review("c", "dibao", "2026-05-01"),
            review("", "dibao", "2026-11-22"),
            review("", "dibao", ""),
        ]),
        ["2025-01-01", "2027-01-01"]
    );
}

#[test]
fn an_unsteady_income_is_reviewed_twice_a_year_or_as_the_catalogue_says() {
    let home = || with_receipts(&[receipt("dibao", "2026-03-10", "")], "", "独居;灵活就业");
    let expected = one(ClockKind::Review, "2026-09-10", Nearness::Overdue);
    assert_eq!(due(home(), "2026-11-21"), expected);
    let months = |unit, group, unsteady| {
        let mut catalogue = catalogue();
        let scheme = &mut catalogue.schemes[0];
        scheme.unit = unit;
        scheme.group = group;
        scheme.unsteady_review_months = unsteady;
        let town = town(&[home()], catalogue);
        clocks(&town, 0, day("2026-11-21"))[0].months
    };
    let (basic, welfare) = (ProgrammeGroup::Basic, ProgrammeGroup::Welfare);
    let (household, person) = (ProgrammeUnit::Household, ProgrammeUnit::Person);
    assert_eq!(months(household, basic, Some(3)), Some(3));
    // Never less often than for others.
    assert_eq!(months(household, basic, Some(24)), Some(12));
    assert_eq!(months(person, basic, None), Some(12));
    assert_eq!(months(household, welfare, None), Some(12));
    assert_eq!(months(person, welfare, Some(9)), Some(9));
}
