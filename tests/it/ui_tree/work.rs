//! Placing by hand, where values came from, the data check and the comparison of lists, by role
//! and label.

use super::stage::{Stage, click, has, said, with_flaws, with_town, write};
use egui::Key;
use egui_kittest::kittest::Queryable;
use livelihood_map::analysis::MatchPart;
use livelihood_map::jobs::{ListsCell, TableWanted};
use livelihood_map::model::{AreaLevel, ProblemKind};
use livelihood_map::session::{Command, Dialog, Inspected, Who, Worksheet};
use livelihood_map::words::Lang;

/// Does what a person did elsewhere in the window.
fn does(stage: &mut Stage, command: Command) {
    let effects = stage.state_mut().session.apply(command);
    if let Some(around) = effects.show {
        stage.state_mut().map.show_box(around);
    }
    stage.run_steps(3);
    said(stage);
}

fn row(stage: &Stage, id: &str) -> u32 {
    let households = &stage.state().session.town().unwrap().snapshot.households;
    let mut rows = 0..households.len() as u32;
    rows.find(|row| households.id.get(*row) == id).unwrap()
}

/// Clicks on the map, below the bar that says what to click.
fn click_map(stage: &mut Stage) {
    let at = stage.state().map.rect().center() + egui::vec2(0.0, 40.0);
    stage.hover_at(at);
    stage.run_steps(1);
    stage.drag_at(at);
    stage.run_steps(1);
    stage.drop_at(at);
    stage.run_steps(3);
}

#[test]
fn a_click_on_the_map_places_the_household_in_hand() {
    for lang in Lang::ALL {
        let mut stage = with_flaws(lang);
        does(&mut stage, Command::ShowAll);
        let h3 = row(&stage, "H3");
        does(&mut stage, Command::GoTo(Inspected::Household(h3)));
        click(&mut stage, &lang.t("ui.place_household"));
        assert_eq!(stage.state().session.placing.unwrap().row, h3);
        let title = lang.with("ui.placing_click", &[("name", "示**")]);
        let area = lang.with("ui.placing_area", &[("area", "滨河第2网格")]);
        assert!(has(&stage, &format!("{title} 青竹路3号  ·  {area}")));
        click_map(&mut stage);
        assert!(
            said(&mut stage)
                .iter()
                .any(|command| matches!(command, Command::Place { row, .. } if *row == h3)),
        );
        let session = &stage.state().session;
        assert_eq!(session.placing, None);
        assert!(
            session
                .town()
                .unwrap()
                .snapshot
                .households
                .position(h3)
                .is_some()
        );
        assert!(has(&stage, &lang.t("ui.move_household")));
    }
}

#[test]
fn escape_puts_the_household_down_and_keeps_the_rest() {
    let lang = Lang::Zh;
    let mut stage = with_flaws(lang);
    let h3 = row(&stage, "H3");
    does(&mut stage, Command::GoTo(Inspected::Household(h3)));
    stage.key_press(Key::P);
    stage.run_steps(3);
    assert!(stage.state().session.placing.is_some());
    stage.key_press(Key::Escape);
    stage.run_steps(3);
    let session = &stage.state().session;
    assert_eq!(session.placing, None);
    assert_eq!(session.inspected, Some(Inspected::Household(h3)));
    stage.key_press(Key::Escape);
    stage.run_steps(3);
    assert_eq!(stage.state().session.inspected, None);
}

#[test]
fn a_double_click_does_not_place_the_next_one_too() {
    let mut stage = with_flaws(Lang::Zh);
    does(&mut stage, Command::SetFilterText("located:no".to_owned()));
    let first = stage
        .state()
        .session
        .results
        .filtered
        .as_ref()
        .unwrap()
        .order[0];
    does(&mut stage, Command::StartPlacing(first));
    // Steps of the test are slower than fingers.
    stage
        .ctx
        .options_mut(|options| options.input_options.max_double_click_delay = 9.0);
    click_map(&mut stage);
    click_map(&mut stage);
    let placed = said(&mut stage);
    let placed = placed
        .iter()
        .filter(|command| matches!(command, Command::Place { .. }));
    assert_eq!(placed.count(), 1);
    assert!(has(&stage, &Lang::Zh.t("ui.placing_skip")));
    click(&mut stage, &Lang::Zh.t("ui.placing_stop"));
    assert_eq!(stage.state().session.placing, None);
}

#[test]
fn sources_are_looked_up_when_the_section_is_opened() {
    for lang in Lang::ALL {
        let mut stage = with_flaws(lang);
        let h1 = row(&stage, "H1");
        does(&mut stage, Command::GoTo(Inspected::Household(h1)));
        assert!(stage.state().session.results.history.is_none());
        click(&mut stage, &lang.t("ui.sources"));
        assert!(stage.state().session.results.history.is_some());
        assert!(has(&stage, &lang.t("ui.history")));
        let ledger = lang.t("layer.past_ledger");
        let first = lang.t("layer.past_first");
        let first = [("what", &*ledger), ("verb", &*first)];
        assert!(has(&stage, &lang.with("layer.past_title", &first)));
        let origin = stage.query_all_by_label_contains("台账.csv");
        assert_eq!(origin.count(), 2, "as a source and as a version");
    }
}

/// The name of a group that has one finding.
fn group(lang: Lang, kind: ProblemKind) -> String {
    format!("{} 1", kind.text(lang))
}

#[test]
fn the_check_leads_to_a_pair_asks_once_and_merges() {
    for lang in Lang::ALL {
        let mut stage = with_flaws(lang);
        click(&mut stage, &lang.t("ui.action_check_data"));
        assert_eq!(stage.state().session.worksheet, Some(Worksheet::Check));
        assert!(has(&stage, &lang.t("ui.check_findings")));
        click(&mut stage, &group(lang, ProblemKind::SameHousehold));
        let agree = ["jobs.agree_name", "jobs.agree_address"].map(|key| lang.t(key));
        let line = format!("示** H1  ·  示** H2 {}", agree.join(lang.pick("、", ", ")));
        click(&mut stage, &line);
        assert!(stage.state().session.chosen_finding.is_some());
        let merge = lang.with("ui.pair_merge_into", &[("id", "H1")]);
        click(&mut stage, &merge);
        assert!(
            !said(&mut stage)
                .iter()
                .any(|command| matches!(command, Command::Merge { .. })),
            "it asks first"
        );
        let moves = ["ui.pair_members", "ui.pair_receipts", "ui.pair_visits"]
            .map(|key| lang.with(key, &[("count", "1")]))
            .join(lang.pick("、", ", "));
        let question = lang.with(
            "ui.pair_confirm_moves",
            &[("keep", "H1"), ("drop", "H2"), ("moves", &moves)],
        );
        assert!(has(&stage, &question));
        click(&mut stage, &lang.t("ui.dialog_cancel"));
        assert!(has(&stage, &merge));
        click(&mut stage, &merge);
        click(&mut stage, &lang.t("ui.pair_merge"));
        let merged = said(&mut stage);
        assert!(
            merged
                .iter()
                .any(|command| matches!(command, Command::Merge { keep: 0, drop: 1 }))
        );
        assert_eq!(
            stage
                .state()
                .session
                .town()
                .unwrap()
                .snapshot
                .households
                .len(),
            7
        );
        assert!(!has(&stage, &group(lang, ProblemKind::SameHousehold)));
    }
}

#[test]
fn both_are_kept_with_one_click_and_arrows_go_through_the_findings() {
    let lang = Lang::En;
    let mut stage = with_flaws(lang);
    stage.key_press_modifiers(egui::Modifiers::COMMAND, Key::D);
    stage.run_steps(4);
    for kind in [ProblemKind::SameHousehold, ProblemKind::SameIdNumber] {
        click(&mut stage, &group(lang, kind));
    }
    let check = stage.state().session.results.check.clone().unwrap();
    let place = |kind| check.open(kind).next().unwrap().0;
    let (first, second) = (
        place(ProblemKind::SameHousehold),
        place(ProblemKind::SameIdNumber),
    );
    does(&mut stage, Command::ChooseFinding(Some(first)));
    stage.key_press(Key::ArrowDown);
    stage.run_steps(3);
    assert_eq!(stage.state().session.chosen_finding, Some(second));
    let person = lang.with("ui.pair_person", &[("name", "示**")]);
    assert!(has(&stage, &person));
    stage.key_press(Key::ArrowUp);
    stage.run_steps(3);
    assert_eq!(stage.state().session.chosen_finding, Some(first));
    click(&mut stage, &lang.t("ui.pair_keep_both"));
    assert!(!has(&stage, &group(lang, ProblemKind::SameHousehold)));
    // One thing at a time: nothing is chosen any more, so the sheet goes.
    stage.key_press(Key::Escape);
    stage.run_steps(3);
    assert_eq!(stage.state().session.worksheet, None);
}

#[test]
fn findings_go_into_a_file_that_the_dialog_names() {
    let lang = Lang::En;
    let mut stage = with_flaws(lang);
    does(&mut stage, Command::ShowWorksheet(Some(Worksheet::Check)));
    click(&mut stage, &lang.t("ui.check_export"));
    let dialog = Dialog::ExportTable(TableWanted::Findings);
    assert_eq!(stage.state().session.dialog, Some(dialog));
    let path = super::stage::absolute("findings.geojson");
    write(
        &mut stage,
        &lang.t("ui.dialog_file"),
        &path.display().to_string(),
    );
    assert!(has(&stage, &lang.t("ui.dialog_table_bad_ending")));
    let path = path.with_extension("csv");
    write(
        &mut stage,
        &lang.t("ui.dialog_file"),
        &path.display().to_string(),
    );
    click(
        &mut stage,
        &lang.with("ui.dialog_table_findings_go", &[("count", "5")]),
    );
    let exported = said(&mut stage);
    assert!(exported.iter().any(|command| matches!(
        command,
        Command::ExportTable { what: TableWanted::Findings, path: to, unmasked: false } if *to == path
    )));
}

#[test]
fn a_cell_of_the_comparison_says_who_is_in_it_and_shows_them() {
    for lang in Lang::ALL {
        let mut stage = with_flaws(lang);
        click(&mut stage, &lang.t("ui.action_compare_lists"));
        let ledger = lang.t("ui.lists_ledger").into_owned();
        let on_not =
            |on: &str, not: &str| lang.with("ui.lists_on_not", &[("on", on), ("not", not)]);
        let one = lang.with("ui.lists_person", &[("count", "1")]);
        let name = format!("{} {one}", on_not("残联名单", &ledger));
        click(&mut stage, &name);
        assert_eq!(
            stage.state().session.chosen_cell,
            Some(ListsCell { on: 1, not_on: 0 })
        );
        assert!(has(
            &stage,
            &lang.with("ui.lists_unmatched", &[("count", "1")])
        ));
        click(&mut stage, &lang.t("ui.lists_export"));
        let dialog = Dialog::ExportTable(TableWanted::Unmatched);
        assert_eq!(stage.state().session.dialog, Some(dialog));
        stage.key_press(Key::Escape);
        stage.run_steps(3);

        let whole = lang.with("ui.lists_on", &[("on", "残联名单")]);
        let four = lang.with("ui.lists_persons", &[("count", "4")]);
        click(&mut stage, &format!("{whole} {four}"));
        assert!(has(
            &stage,
            &lang.with("ui.lists_selected", &[("count", "4")])
        ));
        assert_eq!(
            stage
                .state()
                .session
                .results
                .filtered
                .as_ref()
                .unwrap()
                .order
                .len(),
            4
        );
    }
}

#[test]
fn without_a_department_list_the_sheet_says_how_to_get_one() {
    let lang = Lang::Zh;
    let mut stage = super::stage::with_town(lang);
    does(&mut stage, Command::ShowWorksheet(Some(Worksheet::Lists)));
    assert!(has(&stage, &lang.t("ui.lists_empty")));
    assert!(has(&stage, &lang.t("ui.lists_empty_text")));
    click(&mut stage, &lang.t("ui.worksheet_close"));
    assert_eq!(stage.state().session.worksheet, None);
    assert!(
        has(&stage, &lang.t("ui.action_check_data")),
        "the layers are back"
    );
}

#[test]
fn the_sheet_of_needs_says_what_waits_and_shows_them() {
    for lang in Lang::ALL {
        let mut stage = with_town(lang);
        click(&mut stage, &lang.t("ui.action_match_needs"));
        let session = &stage.state().session;
        assert_eq!(session.worksheet, Some(Worksheet::Matching));
        assert!(session.matched().is_some());
        assert!(has(&stage, &lang.t("ui.matching_no_resources")));
        let all = lang.with("ui.matching_see_unmatched", &[("count", "3")]);
        let all = format!("{} {all}", lang.t("ui.matching_all"));
        click(&mut stage, &all);
        assert!(said(&mut stage).iter().any(|command| matches!(
            command,
            Command::OpenFigure(figure) if figure.who == Who::Needs(None, MatchPart::Unmatched)
        )));
        stage.run_steps(3);
        let found = stage.state().session.results.filtered.as_ref();
        assert_eq!(found.unwrap().order.len(), 3);
        click(&mut stage, &lang.t("ui.matching_export"));
        let wanted = Some(Dialog::ExportTable(TableWanted::Matching));
        assert_eq!(stage.state().session.dialog, wanted);
    }
}

#[test]
fn a_figure_of_an_area_opens_into_its_households() {
    let lang = Lang::Zh;
    let mut stage = with_town(lang);
    let session = &stage.state().session;
    let town = session.town().unwrap().clone();
    let total = town.coverage.total;
    let areas = &town.snapshot.areas;
    let community = areas.of_level(AreaLevel::Community).next().unwrap();
    let own = town.coverage.by_area[community.0 as usize];
    let count = |figure: u32| lang.with("ui.households_count", &[("count", &figure.to_string())]);
    for (area, figures) in [(None, total), (Some(community), own)] {
        does(&mut stage, Command::Inspect(area.map(Inspected::Area)));
        let name = format!(
            "{} {}",
            lang.t("layer.of_concern"),
            count(figures.of_concern)
        );
        click(&mut stage, &name);
        said(&mut stage);
        stage.run_steps(3);
        let session = &stage.state().session;
        let found = session.results.filtered.as_ref().unwrap();
        assert!(session.filter_text.starts_with("concern:yes"));
        assert_eq!(found.order.len() as u32, figures.of_concern);
    }
}
