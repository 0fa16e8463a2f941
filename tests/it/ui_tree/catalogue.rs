//! The catalogue in the window, by role and label: what a policy officer does.

use super::stage::{Stage, click, has, said, with_town, write};
use egui::Role;
use egui_kittest::kittest::{NodeT, Queryable};
use livelihood_map::model::NamedNumber;
use livelihood_map::session::{Command, Worksheet};
use livelihood_map::words::Lang;
use std::sync::Arc;

fn with_catalogue(lang: Lang) -> Stage {
    let mut stage = with_town(lang);
    stage
        .state_mut()
        .session
        .apply(Command::ShowWorksheet(Some(Worksheet::Catalogue)));
    stage.run_steps(3);
    stage
}

/// Whether a button can be pressed.
fn can_press(stage: &Stage, name: &str) -> bool {
    let node = stage.get_by_role_and_label(Role::Button, name);
    !node.accesskit_node().is_disabled()
}

fn rule_of(stage: &Stage, programme: &str) -> String {
    let catalogue = &stage.state().session.town().unwrap().snapshot.catalogue;
    let scheme = &catalogue.schemes[catalogue.programme(programme).unwrap()];
    scheme.rules.last().unwrap().text.clone()
}

#[test]
fn a_factor_is_changed_seen_saved_and_taken_back() {
    for lang in Lang::ALL {
        let mut stage = with_catalogue(lang);
        let segment = |key: &str| format!("{} {}", lang.t("ui.catalogue_title"), lang.t(key));
        let save = lang.t("ui.cat_save").into_owned();
        assert!(!can_press(&stage, &save));
        click(&mut stage, &segment("ui.cat_thresholds"));
        let factor = lang.pick("低保边缘系数 1.5", "Dibao edge factor 1.5");
        click(&mut stage, factor);
        write(&mut stage, &format!("{} 1", lang.t("ui.cat_value")), "1.6");
        assert!(has(
            &stage,
            lang.pick("低保边缘系数 1.6", "Dibao edge factor 1.6")
        ));
        // Nothing holds yet; who is affected is known.
        let session = &stage.state().session;
        let value = |stage: &Stage| {
            let catalogue = &stage.state().session.town().unwrap().snapshot.catalogue;
            let place = catalogue.threshold("dibian_factor").unwrap();
            catalogue.thresholds[place].values[0].value
        };
        assert!(session.catalogue_draft.as_ref().unwrap().is_sound());
        assert!(session.what_if().is_some());
        assert!((value(&stage) - 1.5).abs() < 1e-9);
        said(&mut stage);
        click(&mut stage, &save);
        assert!(matches!(said(&mut stage).as_slice(), [Command::SaveDraft]));
        stage.run_steps(3);
        assert!((value(&stage) - 1.6).abs() < 1e-9);
        assert!(stage.state().session.catalogue_draft.is_none());
        stage.state_mut().session.apply(Command::Undo);
        stage.run_steps(3);
        assert!((value(&stage) - 1.5).abs() < 1e-9);
    }
}

/// A workspace of an earlier program has no such number yet: it is shown as it counts, and takes its
/// place once somebody changes it.
#[test]
fn a_number_that_the_workspace_does_not_have_can_be_stated() {
    for lang in Lang::ALL {
        let mut stage = with_catalogue(lang);
        let code = NamedNumber::UNSTATED_RADIUS_M;
        let mut earlier = stage.state().session.office_catalogue().unwrap();
        earlier.numbers.retain(|number| number.code != code);
        let save = Command::SaveCatalogue(Arc::new(earlier));
        stage.state_mut().session.apply(save);
        stage.run_steps(3);
        let value = |stage: &Stage| {
            let town = stage.state().session.town().unwrap();
            town.snapshot.catalogue.number(code)
        };
        assert_eq!(value(&stage), None);
        let segment = format!(
            "{} {}",
            lang.t("ui.catalogue_title"),
            lang.t("ui.cat_numbers")
        );
        click(&mut stage, &segment);
        let name = lang.pick("资源没写服务半径时按", "Reach where a resource states none");
        // What cannot be is said, and not saved.
        write(&mut stage, name, "0");
        let draft = stage.state().session.catalogue_draft.as_ref().unwrap();
        assert_eq!(draft.wrong_entries().len(), 1);
        assert!(draft.wrong_entries()[0].text(lang).contains(name));
        assert!(!can_press(&stage, &lang.t("ui.cat_save")));
        write(&mut stage, name, "800");
        click(&mut stage, &lang.t("ui.cat_save"));
        stage.run_steps(3);
        assert_eq!(value(&stage), Some(800.0));
    }
}

#[test]
fn a_rule_with_a_mistake_says_what_is_wrong_and_cannot_be_saved() {
    for lang in Lang::ALL {
        let mut stage = with_catalogue(lang);
        let before = rule_of(&stage, "dibao");
        let save = lang.t("ui.cat_save").into_owned();
        let name = lang.t("ui.cat_rule_text");
        stage.get_by_label(&name).focus();
        stage.run_steps(2);
        stage.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
        stage.run_steps(1);
        let field = stage.get_by_label(&name);
        field.type_text("income_per_haed < dibao_standard");
        stage.run_steps(3);
        let near = [("word", "income_per_haed"), ("near", "income_per_head")];
        let mistake = lang.with("rules.unknown_word_near", &near);
        assert!(has(&stage, &mistake));
        assert!(has(&stage, &lang.t("ui.cat_last_good")));
        assert!(!can_press(&stage, &save));
        assert_eq!(rule_of(&stage, "dibao"), before);
        // What is proposed mends it.
        click(
            &mut stage,
            &lang.with("ui.cat_take", &[("word", "income_per_head")]),
        );
        assert!(!has(&stage, &mistake));
        assert!(can_press(&stage, &save));
        click(&mut stage, &save);
        stage.run_steps(3);
        assert_eq!(rule_of(&stage, "dibao"), "income_per_head < dibao_standard");
    }
}

#[test]
fn a_date_that_cannot_be_read_is_not_saved() {
    let lang = Lang::Zh;
    let mut stage = with_catalogue(lang);
    write(&mut stage, &lang.t("ui.cat_from"), "去年");
    assert!(has(&stage, &lang.t("ui.cat_as_saved")) || has(&stage, &lang.t("ui.cat_wrong_field")));
    assert!(!can_press(&stage, &lang.t("ui.cat_save")));
    write(&mut stage, &lang.t("ui.cat_from"), "2026-08-01");
    assert!(can_press(&stage, &lang.t("ui.cat_save")));
}

#[test]
fn leaving_a_draft_asks_and_discarding_leaves() {
    let lang = Lang::En;
    let mut stage = with_catalogue(lang);
    let segment = format!(
        "{} {}",
        lang.t("ui.catalogue_title"),
        lang.t("ui.cat_needs")
    );
    click(&mut stage, &segment);
    write(&mut stage, &lang.t("ui.cat_weight"), "2");
    click(&mut stage, &lang.t("ui.worksheet_close"));
    assert!(has(&stage, &lang.t("ui.cat_leaving")));
    assert_eq!(stage.state().session.worksheet, Some(Worksheet::Catalogue));
    click(&mut stage, &lang.t("ui.cat_stay"));
    assert!(!has(&stage, &lang.t("ui.cat_leaving")));
    // A workspace is not closed over it either.
    stage.state_mut().session.apply(Command::Close);
    stage.run_steps(3);
    assert!(stage.state().session.document.is_some());
    click(&mut stage, &lang.t("ui.cat_discard"));
    assert_eq!(stage.state().session.worksheet, None);
    assert!(stage.state().session.catalogue_draft.is_none());
}
