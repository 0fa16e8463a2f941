//! Work at the desk on one household: what is recorded shows everywhere, and undo takes it back.

use crate::desk::Desk;
use crate::prepared::desk;
use livelihood_map::jobs::{BatchKind, Entry};
use livelihood_map::model::{
    ClockKind, Date, HouseholdField, Need, NeedStatus, Note, Origin, Review, Visit,
};
use livelihood_map::session::{Command, Inspected, NoticeKind};
use livelihood_map::words::Lang;

fn row(desk: &Desk, id: &str) -> u32 {
    let households = &desk.session.town().unwrap().snapshot.households;
    let mut rows = 0..households.len() as u32;
    rows.find(|row| households.id.get(*row) == id).unwrap()
}

fn records(desk: &mut Desk, id: &str, entry: Entry) {
    let row = row(desk, id);
    desk.does(Command::Record { row, entry });
}

fn visit(on: &str) -> Entry {
    Entry::Visit {
        visit: Visit {
            done_on: Date::parse(on),
            worker: "示范员".to_owned(),
            seen: Some(true),
            ..Visit::default()
        },
        planned: None,
    }
}

fn score(desk: &Desk, id: &str) -> f64 {
    let parts = desk.session.score_parts(row(desk, id)).unwrap();
    parts.iter().map(|part| part.points).sum()
}

#[test]
fn a_visit_lowers_the_priority_and_undo_and_redo_follow() {
    let (mut desk, _folder) = desk(Lang::En);
    let before = score(&desk, "H5");
    let h5 = row(&desk, "H5");
    desk.does(Command::Inspect(Some(Inspected::Household(h5))));
    assert_eq!(desk.session.card(h5).unwrap().rows.visits, []);
    records(&mut desk, "H5", visit("2026-11-20"));
    assert!(score(&desk, "H5") < before);
    let said = desk.last_notice();
    assert_eq!(
        (said.0, said.1.as_str()),
        (NoticeKind::Done, "Visit to household H5 recorded")
    );
    let card = desk.session.card(h5).unwrap();
    assert_eq!(card.rows.visits.len(), 1);
    assert_eq!(card.rows.visits[0].origin.source.as_ref(), "", "by hand");
    let batch = &desk.session.document.as_ref().unwrap().batches[0];
    assert_eq!(
        (batch.kind, batch.title.as_str()),
        (BatchKind::Edit, said.1.as_str())
    );
    desk.types("visited>=2026-11-20");
    assert_eq!(desk.count(), 1);
    desk.does(Command::Undo);
    desk.does(Command::Undo);
    assert!((score(&desk, "H5") - before).abs() < 1e-9);
    assert_eq!(desk.session.card(h5).unwrap().rows.visits, []);
    assert_eq!(
        desk.last_notice().1,
        "Undone: Visit to household H5 recorded"
    );
    desk.does(Command::Redo);
    assert_eq!(desk.session.card(h5).unwrap().rows.visits.len(), 1);
}

#[test]
fn a_review_moves_its_clock_and_undo_and_redo_follow() {
    let (mut desk, _folder) = desk(Lang::Zh);
    let h2 = row(&desk, "H2");
    desk.does(Command::Inspect(Some(Inspected::Household(h2))));
    let due = |desk: &Desk| {
        let card = desk.session.card(h2).unwrap();
        let mut reviews = card
            .clocks
            .iter()
            .filter(|one| one.kind == ClockKind::Review);
        reviews.next().unwrap().due.to_string()
    };
    assert_eq!(due(&desk), "2027-01-01");
    let review = |programme: &str, on: &str| {
        Entry::Review(Review {
            programme: programme.to_owned(),
            on: Date::parse(on),
            author: "示范员".to_owned(),
            ..Review::default()
        })
    };
    records(&mut desk, "H2", review("dibao", "2026-11-20"));
    assert_eq!(desk.last_notice().1, "户 H2 的复核已记录");
    assert_eq!(due(&desk), "2027-11-20");
    assert_eq!(desk.session.card(h2).unwrap().rows.reviews.len(), 1);
    desk.does(Command::Undo);
    assert_eq!(due(&desk), "2027-01-01");
    desk.does(Command::Redo);
    assert_eq!(due(&desk), "2027-11-20");
    // What is not received cannot be reviewed; what is to come has not been.
    records(&mut desk, "H2", review("linshi", "2026-11-20"));
    assert_ne!(desk.last_notice().0, NoticeKind::Done);
    records(&mut desk, "H2", review("dibao", "2026-11-22"));
    assert_eq!(desk.last_notice().0, NoticeKind::Warning);
    assert_eq!(desk.session.card(h2).unwrap().rows.reviews.len(), 1);
}

#[test]
fn a_need_and_its_life_are_steps_of_one_history() {
    let (mut desk, _folder) = desk(Lang::Zh);
    let h5 = row(&desk, "H5");
    desk.does(Command::Inspect(Some(Inspected::Household(h5))));
    let need = Need {
        category: "care".to_owned(),
        raised_on: Date::parse("2026-11-01"),
        urgency: Some(3),
        ..Need::default()
    };
    records(&mut desk, "H5", Entry::Need(need));
    let number = desk.session.card(h5).unwrap().rows.needs[0].number;
    let set = |status| Entry::NeedStatus {
        need: number,
        status,
        on: Date::parse("2026-11-20").unwrap(),
    };
    records(&mut desk, "H5", set(NeedStatus::Referred));
    records(&mut desk, "H5", set(NeedStatus::Met));
    let status = |desk: &Desk| {
        let needs = &desk.session.card(h5).unwrap().rows.needs;
        needs.first().map(|need| need.record.status)
    };
    assert_eq!(status(&desk), Some(NeedStatus::Met));
    desk.types("need:care");
    assert_eq!(desk.count(), 0);
    desk.does(Command::ClearFilter);
    // As of a day before it was met it is open.
    desk.does(Command::SetAsOf(Date::parse("2026-11-10").unwrap()));
    desk.types("need:care");
    assert_eq!(desk.count(), 1);
    for _ in 0..4 {
        desk.does(Command::Undo);
    }
    assert_eq!(status(&desk), Some(NeedStatus::Met));
    desk.does(Command::Undo);
    assert_eq!(status(&desk), Some(NeedStatus::Referred));
    desk.does(Command::Undo);
    desk.does(Command::Undo);
    assert_eq!(status(&desk), None);
    assert!(!desk.session.can_undo());
}

#[test]
fn what_cannot_be_is_refused_and_the_worker_is_remembered() {
    let (mut desk, _folder) = desk(Lang::En);
    records(&mut desk, "H5", visit("2026-11-22"));
    assert_eq!(desk.last_notice().0, NoticeKind::Warning);
    records(&mut desk, "H2", visit("2026-11-20"));
    records(&mut desk, "H2", visit("2026-11-20"));
    assert!(
        desk.last_notice().1.contains("recorded already"),
        "{:?}",
        desk.last_notice()
    );
    let note = Entry::Note(Note {
        text: "有狗".to_owned(),
        ..Note::default()
    });
    records(&mut desk, "H2", note);
    let saved = desk.saved;
    desk.does(Command::SetWorker("示范员".to_owned()));
    assert_eq!(
        (desk.session.settings.worker.as_str(), desk.saved),
        ("示范员", saved + 1)
    );
    let batches = &desk.session.document.as_ref().unwrap().batches;
    assert_eq!(batches.len(), 3, "the import, a visit, a note");
}

#[test]
fn reasons_and_history_follow_what_is_recorded_and_taken_back() {
    let (mut desk, _folder) = desk(Lang::En);
    let h2 = row(&desk, "H2");
    desk.does(Command::Inspect(Some(Inspected::Household(h2))));
    let town = desk.session.town().unwrap();
    let (people, visits) = (&town.snapshot.people, &town.snapshot.visits);
    let (person, visit_of_file) = (people.of(h2).start as u32, visits.of(h2).start as u32);
    let card = desk.session.card(h2).unwrap();
    let named = |rows: &[(u32, Origin)], place: u32| {
        let found = rows.iter().find(|(at, _)| *at == place);
        found.map(|(_, origin)| (origin.source.to_string(), origin.row))
    };
    let origins = &card.origins;
    assert_eq!(
        named(&origins.members, person),
        Some(("成员.csv".to_owned(), 2))
    );
    assert_eq!(
        named(&origins.visits, visit_of_file),
        Some(("走访.csv".to_owned(), 2))
    );
    let head = origins.fields.iter();
    let head = head.filter(|(field, _)| *field == HouseholdField::HeadName);
    let head: Vec<_> = head
        .map(|(_, origin)| (&*origin.source, origin.row))
        .collect();
    assert_eq!(head, [("台账.csv", 3)]);

    // The history is looked up when it is opened, and follows every step.
    desk.does(Command::ShowSources(true));
    let told = |desk: &Desk| -> Vec<String> {
        let history = desk.session.results.history.as_ref().unwrap();
        let events = history.events.iter().map(|event| {
            let mark = if event.is_live { "" } else { "!" };
            format!("{}{mark}", event.change.code())
        });
        events.collect()
    };
    let before = ["ledger", "member", "receipt", "visit"];
    assert_eq!(told(&desk), before);
    records(&mut desk, "H2", visit("2026-11-20"));
    assert_eq!(told(&desk), [&["visit"][..], &before].concat());
    let card = desk.session.card(h2).unwrap();
    let by_hand = card.origins.visits.last().unwrap();
    assert_eq!((&*by_hand.1.source, by_hand.1.row), ("", 0));
    desk.does(Command::Undo);
    assert_eq!(told(&desk), [&["visit!"][..], &before].concat());
    desk.does(Command::Redo);
    assert_eq!(told(&desk), [&["visit", "visit!"][..], &before].concat());
}
