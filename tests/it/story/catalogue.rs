//! The office's own catalogue: what a changed rule or threshold does, and how it is taken back.

use crate::desk::Desk;
use livelihood_map::jobs::{Town, WorkspaceHandle};
use livelihood_map::model::{Catalogue, Date, ProblemKind, RuleVersion, Term, ThresholdValue};
use livelihood_map::session::{Command, NoticeKind, Worksheet};
use livelihood_map::words::Lang;
use std::sync::Arc;

fn town(desk: &Desk) -> &Arc<Town> {
    desk.session.town().unwrap()
}

fn catalogue(desk: &Desk) -> Catalogue {
    town(desk).snapshot.catalogue.of_office()
}

fn saves(desk: &mut Desk, catalogue: Catalogue) {
    desk.does(Command::SaveCatalogue(Arc::new(catalogue)));
}

/// Eligible and gap households of a programme.
fn figures(desk: &Desk, programme: &str) -> (usize, usize) {
    let town = town(desk);
    let bit = 1 << town.snapshot.catalogue.programme(programme).unwrap();
    let count = |column: &[u64]| column.iter().filter(|bits| **bits & bit != 0).count();
    (
        count(&town.snapshot.households.entitlement.eligible),
        count(&town.snapshot.households.entitlement.gap),
    )
}

fn with_rule(desk: &Desk, programme: &str, text: &str) -> Catalogue {
    let mut catalogue = catalogue(desk);
    let place = catalogue.programme(programme).unwrap();
    let rules = &mut catalogue.schemes[place].rules;
    let newest = rules.last().unwrap().clone();
    rules.push(RuleVersion {
        from: Date::from_ymd(2026, 11, 1).unwrap(),
        text: text.to_owned(),
        ..newest
    });
    catalogue
}

#[test]
fn a_changed_rule_changes_the_gaps_and_undo_brings_them_back() {
    let (mut desk, _folder) = Desk::with_town(Lang::Zh);
    let before = figures(&desk, "dibao");
    let shipped = catalogue(&desk);
    let changed = with_rule(&desk, "dibao", "income_per_head < 3 * dibao_standard");
    saves(&mut desk, changed.clone());
    assert_eq!(desk.last_notice().0, NoticeKind::Done);
    let after = figures(&desk, "dibao");
    assert!(
        after.0 > before.0 && after.1 > before.1,
        "{before:?} {after:?}"
    );
    let batches = &desk.session.document.as_ref().unwrap().batches;
    assert_eq!(batches[0].title, "修改目录：低保");
    desk.does(Command::Undo);
    assert_eq!(
        (figures(&desk, "dibao"), catalogue(&desk)),
        (before, shipped.clone())
    );
    desk.does(Command::Redo);
    assert_eq!(
        (figures(&desk, "dibao"), catalogue(&desk)),
        (after, changed)
    );
    // The list of imports and edits takes it back as well.
    let batch = desk.session.document.as_ref().unwrap().batches[0].number;
    desk.does(Command::UndoBatch(batch));
    assert_eq!(
        (figures(&desk, "dibao"), catalogue(&desk)),
        (before, shipped)
    );
}

#[test]
fn what_is_saved_is_there_when_the_workspace_is_opened_again() {
    let (mut desk, folder) = Desk::with_town(Lang::En);
    let mut changed = catalogue(&desk);
    let standard = changed.threshold("dibao_standard").unwrap();
    changed.thresholds[standard].values.push(ThresholdValue {
        from: Date::from_ymd(2026, 7, 1).unwrap(),
        value: 1600.0,
        area: "330282".to_owned(),
    });
    changed.numbers[0].value = 9.0;
    saves(&mut desk, changed.clone());
    let after = figures(&desk, "dibao");
    desk.does(Command::Close);
    desk.does(Command::Open(folder.path().join("示范街道.lmap")));
    assert_eq!(
        (catalogue(&desk), figures(&desk, "dibao")),
        (changed, after)
    );
}

#[test]
fn a_rule_with_a_mistake_is_not_saved_and_the_last_good_one_stays_in_force() {
    let (mut desk, _folder) = Desk::with_town(Lang::En);
    let before = (figures(&desk, "dibao"), catalogue(&desk));
    let wrong = with_rule(&desk, "dibao", "income_per_haed < dibao_standard");
    saves(&mut desk, wrong);
    let (kind, text) = desk.last_notice();
    assert_eq!(kind, NoticeKind::Error);
    assert!(text.contains("income_per_head"), "{text}");
    assert_eq!((figures(&desk, "dibao"), catalogue(&desk)), before);
    assert!(!desk.session.busy);
}

#[test]
fn what_is_as_it_was_makes_no_version() {
    let (mut desk, _folder) = Desk::with_town(Lang::En);
    let batches = |desk: &Desk| desk.session.document.as_ref().unwrap().batches.len();
    let before = batches(&desk);
    let same = catalogue(&desk);
    saves(&mut desk, same);
    assert_eq!(batches(&desk), before);
}

#[test]
fn a_programme_that_is_removed_stays_with_those_who_receive_it() {
    let (mut desk, _folder) = Desk::with_town(Lang::En);
    desk.types("programme:gaoling");
    let receiving = desk.count();
    assert!(receiving > 0);
    let mut fewer = catalogue(&desk);
    let place = fewer.programme("gaoling").unwrap();
    fewer.programmes.remove(place);
    fewer.schemes.remove(place);
    // Others of its kind may ask for it; here none does.
    saves(&mut desk, fewer);
    let all = &town(&desk).snapshot.catalogue;
    let term = &all.programmes[all.programme("gaoling").unwrap()];
    assert_eq!(term, &Term::unknown("gaoling"));
    desk.types("programme:gaoling");
    assert_eq!(desk.count(), receiving);
}

#[test]
fn files_may_name_a_programme_that_the_office_added() {
    let (mut desk, folder) = Desk::with_town(Lang::Zh);
    let mut more = catalogue(&desk);
    more.programmes.push(Term {
        zh: "爱心早餐".to_owned(),
        en: "Breakfast".to_owned(),
        aliases: vec!["早餐券".to_owned()],
        known: true,
        ..Term::unknown("breakfast")
    });
    more.schemes.push(livelihood_map::model::Scheme::default());
    saves(&mut desk, more);
    let path = folder.path().join("早餐.csv");
    std::fs::write(&path, "户编号,享受项目\nNEW1,早餐券\nNEW2,爱心早餐\n").unwrap();
    desk.imports(&[], &[path]);
    desk.does(Command::CloseDialog);
    desk.types("programme:breakfast");
    assert_eq!(desk.count(), 2);
    let report = desk.session.document.as_ref().unwrap().last_import.clone();
    let kinds: Vec<ProblemKind> = report
        .unwrap()
        .problems
        .iter()
        .map(|one| one.kind)
        .collect();
    assert_eq!(kinds, [ProblemKind::MissingCoordinate]);
}

#[test]
fn a_draft_is_tried_saved_and_not_left_behind_by_accident() {
    let (mut desk, _folder) = Desk::with_town(Lang::En);
    let before = figures(&desk, "gaoling");
    let draft = with_rule(&desk, "gaoling", "age >= 60");
    desk.does(Command::DraftCatalogue(Some(Arc::new(draft.clone()))));
    let place = draft.programme("gaoling").unwrap();
    let tried = desk.session.what_if().unwrap();
    let change = &tried.what_if.programmes[place];
    assert_eq!(u64::from(change.place), place as u64);
    assert!(desk.session.catalogue_draft.is_some());
    assert_eq!(figures(&desk, "gaoling"), before);
    // Neither the sheet nor the workspace is left with it.
    for command in [
        Command::ShowWorksheet(None),
        Command::Close,
        Command::OpenDemo,
    ] {
        desk.does(command);
        assert!(desk.session.leaving_draft && desk.session.document.is_some());
        assert_eq!(desk.session.worksheet, Some(Worksheet::Catalogue));
        desk.does(Command::StayWithDraft);
    }
    desk.does(Command::SaveDraft);
    assert!(desk.session.catalogue_draft.is_none() && desk.session.trial.is_none());
    assert_eq!(catalogue(&desk), draft);
    // One that is as it was is none.
    desk.does(Command::DraftCatalogue(Some(Arc::new(draft))));
    assert!(desk.session.catalogue_draft.is_none());
}

#[test]
fn a_draft_with_a_mistake_is_not_saved() {
    let (mut desk, _folder) = Desk::with_town(Lang::En);
    let office = catalogue(&desk);
    let wrong = with_rule(&desk, "gaoling", "age >=");
    desk.does(Command::DraftCatalogue(Some(Arc::new(wrong))));
    let draft = desk.session.catalogue_draft.as_ref().unwrap();
    assert!(!draft.is_sound());
    assert_eq!(draft.wrong_rules().len(), 1);
    desk.does(Command::SaveDraft);
    assert_eq!(catalogue(&desk), office);
    assert!(desk.session.catalogue_draft.is_some());
    desk.does(Command::DraftCatalogue(None));
    assert!(desk.session.catalogue_draft.is_none());
}

/// Weights are saved elsewhere in the window while rules are being changed here.
#[test]
fn a_draft_goes_on_from_what_was_saved_meanwhile() {
    let (mut desk, _folder) = Desk::with_town(Lang::En);
    let draft = with_rule(&desk, "gaoling", "age >= 70");
    desk.does(Command::DraftCatalogue(Some(Arc::new(draft.clone()))));
    let mut weights = catalogue(&desk);
    weights.numbers[0].value = 9.0;
    saves(&mut desk, weights.clone());
    desk.does(Command::SaveDraft);
    let now = catalogue(&desk);
    assert_eq!((now.numbers, now.schemes), (weights.numbers, draft.schemes));
}

/// A text that somebody broke in the file itself.
#[test]
fn a_broken_catalogue_is_told_and_left_as_it_is() {
    let (mut desk, folder) = Desk::with_town(Lang::En);
    let before = figures(&desk, "dibao");
    desk.does(Command::Close);
    let path = folder.path().join("示范街道.lmap");
    let broken = "[[programmes]]\ncode = \"dibao\"\nzh = \"低保\"";
    tamper(&path, broken);
    desk.does(Command::Open(path.clone()));
    let (kind, text) = desk.last_notice();
    assert_eq!(kind, NoticeKind::Warning);
    assert!(text.contains("Line 1 ") && text.contains("“en”"), "{text}");
    assert_eq!(figures(&desk, "dibao"), before);
    desk.does(Command::Close);
    assert_eq!(stored(&path), broken);
}

/// A rule that somebody broke in the file itself: the last good version stays in force.
#[test]
fn a_broken_rule_in_the_file_gives_way_to_the_version_before_it() {
    let (mut desk, folder) = Desk::with_town(Lang::En);
    let before = figures(&desk, "dibao");
    let changed = with_rule(&desk, "dibao", "income_per_head < 3 * dibao_standard");
    saves(&mut desk, changed);
    assert_ne!(figures(&desk, "dibao"), before);
    desk.does(Command::Close);
    let path = folder.path().join("示范街道.lmap");
    let text = stored(&path).replace("income_per_head < 3 *", "income_per_head < drei *");
    tamper(&path, &text);
    desk.does(Command::Open(path));
    assert_eq!(figures(&desk, "dibao"), before);
    let dibao = town(&desk).snapshot.catalogue.programme("dibao").unwrap();
    let rule = &town(&desk).rules.programmes()[dibao];
    let (place, mistake) = rule.mistake.as_ref().unwrap();
    assert_eq!((*place, mistake.start), (2, 18));
    assert_eq!(rule.version, Some(1));
}

fn tamper(path: &std::path::Path, text: &str) {
    let (handle, _) = WorkspaceHandle::open_or_make(path).unwrap();
    drop(handle);
    let file = rusqlite::Connection::open(path).unwrap();
    let sql = "UPDATE catalogue SET text = ?1 WHERE number = (SELECT max(number) FROM catalogue)";
    assert_eq!(file.execute(sql, [text]).unwrap(), 1);
}

fn stored(path: &std::path::Path) -> String {
    let file = rusqlite::Connection::open(path).unwrap();
    let sql = "SELECT text FROM catalogue ORDER BY number DESC LIMIT 1";
    file.query_row(sql, [], |row| row.get(0)).unwrap()
}
