//! The card of a household by role and label: forms, mistakes, the life of a need, the large card.

use super::stage::{Stage, click, has, said, with_flaws, write};
use egui::{Key, Modifiers, Role};
use egui_kittest::kittest::{By, Queryable};
use livelihood_map::jobs::Entry;
use livelihood_map::model::{Date, NeedStatus};
use livelihood_map::session::{Command, Dialog, Inspected};
use livelihood_map::words::Lang;

fn row(stage: &Stage, id: &str) -> u32 {
    let households = &stage.state().session.town().unwrap().snapshot.households;
    let mut rows = 0..households.len() as u32;
    rows.find(|row| households.id.get(*row) == id).unwrap()
}

/// A window with the card of a household.
fn card(lang: Lang, id: &str) -> Stage {
    let mut stage = with_flaws(lang);
    let row = row(&stage, id);
    let chosen = Command::Inspect(Some(Inspected::Household(row)));
    stage.state_mut().session.apply(chosen);
    stage.run_steps(4);
    said(&mut stage);
    stage
}

fn recorded(stage: &mut Stage) -> Option<Entry> {
    said(stage).into_iter().find_map(|command| match command {
        Command::Record { entry, .. } => Some(entry),
        _ => None,
    })
}

/// Clicks the first of several of one name.
fn click_first(stage: &mut Stage, name: &str) {
    let find = |stage: &Stage| {
        let mut all = stage.query_all(By::new().label(name));
        all.next().map(|node| node.rect()).unwrap()
    };
    let at = find(stage).center();
    stage.hover_at(at);
    stage.run_steps(1);
    stage.drag_at(at);
    stage.run_steps(1);
    stage.drop_at(at);
    stage.run_steps(3);
}

#[test]
fn a_visit_is_recorded_from_the_keyboard() {
    let lang = Lang::Zh;
    let mut stage = card(lang, "H2");
    let visit = lang.t("ui.card_add_visit");
    click_first(&mut stage, &visit);
    let day = lang.t("ui.card_day");
    // A day that is none, then one that is still to come.
    write(&mut stage, &day, "昨天");
    assert!(has(
        &stage,
        &format!("\u{e4e0}  {}", lang.t("ui.card_bad_day"))
    ));
    write(&mut stage, &day, "2026-12-01");
    assert!(has(&stage, &lang.t("ui.card_is_plan")));
    assert!(
        !has(&stage, &lang.t("ui.card_outcome")),
        "nothing came of it yet"
    );
    write(&mut stage, &day, "2026-11-20");
    write(&mut stage, &lang.t("ui.card_worker"), "示范员");
    stage.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    stage.run_steps(4);
    let said = said(&mut stage);
    let worker = said
        .iter()
        .any(|command| matches!(command, Command::SetWorker(name) if name == "示范员"));
    assert!(worker, "{said:?}");
    let Some(Command::Record {
        entry: Entry::Visit { visit, planned },
        ..
    }) = said
        .iter()
        .find(|command| matches!(command, Command::Record { .. }))
    else {
        panic!("{said:?}");
    };
    assert_eq!((visit.done_on, *planned), (Date::parse("2026-11-20"), None));
    assert_eq!((visit.worker.as_str(), visit.seen), ("示范员", Some(true)));
    // It stands in the card, above the earlier one; the form is gone.
    assert!(has(&stage, "2026-11-20") && has(&stage, "2026-10-01"));
    assert!(
        stage
            .query_by_role_and_label(Role::TextInput, &day)
            .is_none()
    );
}

#[test]
fn escape_leaves_the_form_and_not_the_card() {
    let lang = Lang::En;
    let mut stage = card(lang, "H2");
    click_first(&mut stage, &lang.t("ui.card_add_note"));
    // Nothing is said to be missing before somebody tried.
    let mistake = format!("\u{e4e0}  {}", lang.t("jobs.entry_no_text"));
    assert!(!has(&stage, &mistake));
    stage.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    stage.run_steps(3);
    assert!(has(&stage, &mistake));
    stage.key_press(Key::Escape);
    stage.run_steps(3);
    assert!(!has(&stage, &mistake));
    let session = &stage.state().session;
    assert!(matches!(session.inspected, Some(Inspected::Household(_))));
    assert_eq!(recorded(&mut stage), None);
}

#[test]
fn a_need_is_added_referred_and_met() {
    let lang = Lang::En;
    let mut stage = card(lang, "H2");
    click_first(&mut stage, &lang.t("ui.card_add_need"));
    let urgency = lang.t("ui.card_urgency");
    click(
        &mut stage,
        &format!("{urgency} {}", lang.t("layer.urgency_3")),
    );
    click(&mut stage, &lang.t("ui.card_save"));
    let Some(Entry::Need(need)) = recorded(&mut stage) else {
        panic!("a need");
    };
    assert_eq!(
        (need.urgency, need.raised_on),
        (Some(3), Date::parse("2026-11-21"))
    );
    let status = lang.t("ui.card_status");
    for (now, next) in [
        (NeedStatus::Open, NeedStatus::Referred),
        (NeedStatus::Referred, NeedStatus::Met),
    ] {
        let name = |status: NeedStatus| lang.t(&format!("layer.need_{}", status.code()));
        click(&mut stage, &format!("{status} {}", name(now)));
        click(&mut stage, &name(next));
        let Some(Entry::NeedStatus { status, on, .. }) = recorded(&mut stage) else {
            panic!("a status");
        };
        assert_eq!((status, Some(on)), (next, Date::parse("2026-11-21")));
    }
    let name = lang.t("layer.need_met");
    assert!(has(&stage, &format!("{status} {name}")));
    let session = &stage.state().session;
    let row = row(&stage, "H2") as usize;
    assert_eq!(session.town().unwrap().snapshot.households.needs[row], 0);
}

#[test]
fn a_review_is_recorded_beside_its_receipt_and_where_there_is_one() {
    let lang = Lang::Zh;
    let mut stage = card(lang, "H2");
    click_first(&mut stage, &lang.t("ui.card_add_review"));
    let what = lang.t("ui.card_reviewed");
    assert!(has(&stage, &format!("{what} 低保")));
    let day = lang.t("ui.card_review_day");
    write(&mut stage, &day, "2026-11-22");
    assert!(has(
        &stage,
        &format!("\u{e4e0}  {}", lang.t("jobs.entry_later"))
    ));
    stage.key_press(Key::Escape);
    stage.run_steps(3);
    // The button of the receipt opens the same form.
    let button = lang.t("ui.card_add_review");
    let buttons = stage.query_all(By::new().label(&button));
    buttons.last().unwrap().click_accesskit();
    stage.run_steps(3);
    write(&mut stage, &day, "2026-11-20");
    write(&mut stage, &lang.t("ui.card_review_by"), "示范员");
    click(&mut stage, &lang.t("ui.card_save"));
    let Some(Entry::Review(review)) = recorded(&mut stage) else {
        panic!("a review");
    };
    assert_eq!(
        (review.programme.as_str(), review.member.as_str(), review.on),
        ("dibao", "", Date::parse("2026-11-20"))
    );
    assert_eq!(review.author, "示范员");
    assert!(has(&stage, "2026-01-01 起 · 2026-11-20 复核"));
    // Nothing to review, nothing to press.
    let stage = card(lang, "H1");
    assert!(!has(&stage, &lang.t("ui.card_add_review")));
}

#[test]
fn the_large_card_holds_everything_in_both_languages() {
    for lang in Lang::ALL {
        let mut stage = card(lang, "H2");
        assert!(!has(&stage, "示例甲"), "masked");
        stage.key_press(Key::H);
        stage.run_steps(4);
        assert_eq!(stage.state().session.dialog, Some(Dialog::Card));
        assert!(has(
            &stage,
            &lang.with("ui.card_title", &[("name", "示**")])
        ));
        for section in [
            "ui.card_clocks",
            "ui.card_members",
            "ui.card_receipts",
            "ui.card_needs",
            "ui.card_visits",
            "ui.card_notes",
        ] {
            let title = lang.t(section);
            let all = stage.query_all(By::new().label(&title));
            assert!(all.count() >= 1, "{section}");
        }
        // The list has columns of the same names as some; this one is the card's alone.
        let title = lang.t("ui.card_clocks");
        let all = stage.query_all(By::new().label(&title));
        assert_eq!(all.count(), 1, "in the dialog, and not behind it");
        stage.key_press(Key::Escape);
        stage.run_steps(3);
        assert_eq!(stage.state().session.dialog, None);
    }
}

#[test]
fn a_reason_names_its_row_and_the_history_tells_all() {
    for lang in Lang::ALL {
        let mut stage = card(lang, "H2");
        let shown = |stage: &Stage, part: &str| {
            let all = stage.query_all(By::new().label_contains(part));
            all.count()
        };
        // Somebody born in 1990 is owed an allowance of old age by then.
        let late = Command::SetAsOf(Date::parse("2070-06-01").unwrap());
        for command in [late, Command::Show(Dialog::Card)] {
            stage.state_mut().session.apply(command);
            stage.run_steps(4);
        }
        let row = lang.with(
            "layer.from_row",
            &[("file", "成员.csv"), ("row", "2"), ("day", "2026")],
        );
        let source = lang.with("layer.fact_from", &[("fact", ""), ("source", &row)]);
        assert!(shown(&stage, source.trim()) >= 1, "{source}");
        click(&mut stage, &lang.t("ui.sources"));
        let title = |kind: &str, name: &str, verb: &str| {
            let what = lang.with(kind, &[("name", name)]);
            let verb = lang.t(verb);
            lang.with(
                "layer.past_title",
                &[("what", what.trim()), ("verb", &verb)],
            )
        };
        let member = title("layer.past_member", "示**", "layer.past_new");
        let visit = title("layer.past_visit", "2026-10-01", "layer.past_new");
        let ledger = title("layer.past_ledger", "", "layer.past_first");
        for line in [&member, &visit, &ledger] {
            assert!(has(&stage, line), "{line}");
        }
        assert_eq!(
            shown(&stage, "示例甲") + shown(&stage, "示例乙"),
            0,
            "masked"
        );
    }
}
