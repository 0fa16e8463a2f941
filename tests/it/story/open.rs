//! Opening, closing, and files that cannot be opened.

use crate::desk::Desk;
use crate::support::today;
use livelihood_map::base::Generation;
use livelihood_map::jobs::{InlineRunner, Lane, OpenRequest, Request, demo_day, demo_folder};
use livelihood_map::model::{AreaLevel, Date};
use livelihood_map::session::{Command, Dialog, NoticeKind, Session, Settings};
use livelihood_map::words::Lang;
use std::fs;
use std::path::Path;

#[test]
fn the_sample_town_opens_with_everything() {
    let mut desk = Desk::new(Lang::Zh);
    desk.does(Command::OpenDemo);
    let session = &desk.session;
    assert!(session.is_demo() && !session.busy);
    assert_eq!(desk.notices(), []);
    let snapshot = &session.town().unwrap().snapshot;
    assert_eq!(snapshot.areas.of_level(AreaLevel::Grid).count(), 100);
    assert_eq!(snapshot.areas.of_level(AreaLevel::Community).count(), 12);
    assert!((11_900..=12_000).contains(&snapshot.households.len()));
    assert!(snapshot.quality.not_geocoded > 0);
    assert_eq!(desk.count(), snapshot.households.len());
    assert_eq!(desk.shown, Some(snapshot.extent_merc));
    let facts = session.base_map.as_ref().unwrap();
    assert!(facts.is_vector && facts.min_zoom <= facts.max_zoom);
    // Demonstration data is not what somebody worked on last.
    assert!(session.settings.recent.is_empty());

    desk.looks_at_all(800, 500);
    let visible: Vec<u32> = desk
        .session
        .view
        .layers
        .iter()
        .filter(|layer| layer.visible)
        .map(|layer| layer.id.0)
        .collect();
    for id in visible {
        assert!(desk.drawn(id).count > 0);
        assert!(!desk.drawn(id).legend.title.is_empty());
    }
    // Open it again beside the first: the old one goes, the new one is whole.
    let first = desk.workspace().to_owned();
    desk.does(Command::Close);
    assert!(desk.session.base_map.is_none(), "it came with the town");
    desk.does(Command::OpenDemo);
    assert_ne!(desk.workspace(), first);
    assert_eq!(
        desk.count(),
        desk.session.town().unwrap().snapshot.households.len()
    );
    has_its_own_day(desk);
    fs::remove_dir_all(demo_folder()).unwrap();
}

/// The sample town has a day of its own, and whatever comes after it has today.
fn has_its_own_day(mut desk: Desk) {
    let later = Date::from_ymd(2027, 3, 1).unwrap();
    desk.session = Session::new(Settings::default(), later);
    desk.does(Command::OpenDemo);
    let town = desk.session.town().unwrap();
    assert_eq!(
        (town.as_of, desk.session.view.as_of),
        (demo_day(), demo_day())
    );
    assert!(town.is_dated);
    // What was granted for the new year is received by then, and not on the ledger's day.
    let receiving = |desk: &Desk| desk.session.town().unwrap().coverage.total.receiving;
    let on_its_day = receiving(&desk);
    desk.does(Command::SetAsOf(later));
    assert_eq!(desk.session.town().unwrap().as_of, later);
    assert_ne!(receiving(&desk), on_its_day);
    desk.does(Command::Close);
    assert_eq!(desk.session.view.as_of, later);
    desk.does(Command::OpenDemo);
    desk.does(Command::Close);
    assert_eq!(desk.session.view.as_of, later);
}

#[test]
fn a_new_workspace_is_empty_and_opens_again_as_it_was_left() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("民情 2026.lmap");
    let mut desk = Desk::new(Lang::Zh);
    desk.does(Command::Create(path.clone()));
    assert_eq!((desk.count(), desk.session.is_demo()), (0, false));
    assert_eq!(desk.shown, None);
    assert_eq!(desk.session.settings.recent, [path.as_path()]);
    assert_eq!(desk.saved, 1);
    desk.imports(
        &[crate::desk::town_areas()],
        &[crate::desk::town_households()],
    );
    let extent = desk.session.town().unwrap().snapshot.extent_merc;
    // The first town of a workspace is shown whole.
    assert_eq!(desk.shown, Some(extent));
    let count = desk.count();
    let problems = desk.session.document.as_ref().unwrap().problems;
    assert!(problems > 0);
    desk.types("need:any");
    desk.does(Command::Close);
    assert!(desk.session.town().is_none());
    assert_eq!(desk.session.filter_text, "");

    desk.does(Command::Open(path));
    assert_eq!(desk.count(), count);
    let document = desk.session.document.as_ref().unwrap();
    assert_eq!(
        (document.problems, document.name().as_str()),
        (problems, "民情 2026")
    );
    assert_eq!(document.town.snapshot.extent_merc, extent);
}

/// Opens a file that is no good: a sentence, nothing open, the file as it was.
fn refused(path: &Path) -> String {
    let before = fs::read(path).ok();
    let mut desk = Desk::new(Lang::En);
    desk.does(Command::Open(path.to_owned()));
    assert!(desk.session.document.is_none() && !desk.session.busy);
    assert!(desk.session.settings.recent.is_empty());
    assert_eq!(fs::read(path).ok(), before);
    let (kind, text) = desk.last_notice();
    assert_eq!(kind, NoticeKind::Error);
    text
}

#[test]
fn files_that_cannot_be_opened_get_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    assert!(refused(&at("missing.lmap")).contains("There is no file"));
    fs::write(at("empty.lmap"), "").unwrap();
    assert!(refused(&at("empty.lmap")).contains("is empty"));
    fs::write(at("text.lmap"), "户编号,经度,纬度\n".repeat(500)).unwrap();
    assert!(refused(&at("text.lmap")).contains("is no workspace"));
    assert!(refused(folder.path()).contains("is a folder"));

    let good = at("good.lmap");
    let mut desk = Desk::new(Lang::En);
    desk.does(Command::Create(good.clone()));
    drop(desk);
    // The user version of the file's head: a form that only a later program knows.
    let mut bytes = fs::read(&good).unwrap();
    bytes[60..64].copy_from_slice(&99_u32.to_be_bytes());
    fs::write(at("newer.lmap"), &bytes).unwrap();
    let text = refused(&at("newer.lmap"));
    assert!(
        text.contains("newer version") && text.contains("99"),
        "{text}"
    );
    // What is there is not made anew.
    let mut desk = Desk::new(Lang::En);
    desk.does(Command::Create(good.clone()));
    assert!(desk.last_notice().1.contains("is there already"));
    assert!(good.exists() && desk.session.document.is_none());
}

#[test]
fn a_second_program_on_the_same_file_is_refused() {
    let (mut first, _folder) = Desk::with_town(Lang::En);
    let path = first.workspace().to_owned();
    let text = refused(&path);
    assert!(text.contains("is open in another window"), "{text}");
    // The first goes on as if nothing had happened.
    first.types("need:any");
    first.imports(&[], &[crate::desk::town_households()]);
    assert_eq!(first.session.dialog, Some(Dialog::ImportReport));
    assert!(first.count() > 0);
    drop(first);
    let mut second = Desk::new(Lang::En);
    second.does(Command::Open(path));
    assert!(second.session.document.is_some());
}

#[test]
fn one_thing_at_a_time_with_the_workspace() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = Desk::new(Lang::En);
    // A window starts the work and goes on; the session must not start a second.
    let effects = desk
        .session
        .apply(Command::Create(folder.path().join("a.lmap")));
    assert_eq!(effects.requests.len(), 1);
    assert!(desk.session.busy);
    let second = desk
        .session
        .apply(Command::Create(folder.path().join("b.lmap")));
    assert!(second.requests.is_empty());
    assert_eq!(desk.last_notice().0, NoticeKind::Warning);
    let cancel = desk.session.apply(Command::Cancel(Lane::Workspace));
    assert_eq!(cancel.cancel, [Lane::Workspace]);
    // Cancelled, it says so quietly and is free again.
    let runner = InlineRunner::default();
    runner.progress.cancel();
    let generation = Generation::default();
    let event = runner.run(Request::Open(OpenRequest::Demo {
        generation,
        as_of: today(),
    }));
    desk.session.on_event(event);
    assert!(!desk.session.busy);
    assert_eq!(desk.last_notice().0, NoticeKind::Done);
    desk.does(Command::Create(folder.path().join("b.lmap")));
    assert!(desk.session.document.is_some());
}
