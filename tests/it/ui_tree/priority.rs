//! The sheet of the priority, the limit over the list and the parts in the card, by role and label.

use super::stage::{Stage, click, has, said, with_town, with_town_on};
use egui::Role;
use egui_kittest::kittest::Queryable;
use livelihood_map::analysis::{Component, PriorityWeights, Quota};
use livelihood_map::model::AreaLevel;
use livelihood_map::session::{Command, Inspected, Worksheet};
use livelihood_map::words::Lang;

/// Does what a person did elsewhere in the window.
fn does(stage: &mut Stage, command: Command) {
    stage.state_mut().session.apply(command);
    stage.run_steps(3);
    said(stage);
}

fn weight_label(lang: Lang, component: Component) -> String {
    let name = lang.t(&format!("priority.part_{}", component.code()));
    lang.with("priority.weight_input", &[("name", &name)])
}

/// One more on a slider, by the keyboard.
fn raise(stage: &mut Stage, label: &str) {
    let slider = || stage.get_by_role_and_label(Role::Slider, label);
    slider().focus();
    stage.run_steps(2);
    stage.key_press(egui::Key::ArrowRight);
    stage.run_steps(3);
}

#[test]
fn a_weight_is_tried_at_once_and_kept_only_when_somebody_says_so() {
    for lang in Lang::ALL {
        let mut stage = with_town_on(lang, (1440.0, 900.0));
        click(&mut stage, &lang.t("ui.action_priority"));
        assert_eq!(stage.state().session.worksheet, Some(Worksheet::Priority));
        assert!(has(&stage, &lang.t("priority.saved")));
        for component in Component::ALL {
            assert!(has(&stage, &weight_label(lang, component)), "{component:?}");
        }
        raise(&mut stage, &weight_label(lang, Component::Waiting));
        let session = &stage.state().session;
        let tried = session.draft_weights.unwrap();
        assert_eq!(tried.get(Component::Waiting), 11.0);
        assert_eq!(session.saved_weights(), PriorityWeights::default());
        assert!(has(&stage, &lang.t("priority.draft")));
        click(&mut stage, &lang.t("priority.revert"));
        assert_eq!(stage.state().session.draft_weights, None);
        raise(&mut stage, &weight_label(lang, Component::Waiting));
        click(&mut stage, &lang.t("priority.save"));
        let session = &stage.state().session;
        assert_eq!(session.draft_weights, None);
        assert_eq!(session.saved_weights(), tried);
        assert!(has(&stage, &lang.t("priority.saved")));
        click(&mut stage, &lang.t("priority.shipped"));
        let draft = stage.state().session.draft_weights;
        assert_eq!(draft, Some(PriorityWeights::default()));
        // All five households of the town are on a list of a hundred, whatever moves.
        let kept = [("count", "5"), ("trials", "76")];
        assert!(has(&stage, &lang.with("priority.steady_always", &kept)));
    }
}

#[test]
fn the_list_is_limited_above_it_and_says_so() {
    let lang = Lang::Zh;
    let mut stage = with_town_on(lang, (1440.0, 900.0));
    let menu = lang.t("priority.quota_menu");
    // The angle says that it opens.
    let button = |stage: &Stage| has(stage, &format!("{menu} \u{e136}"));
    assert!(button(&stage));
    let quota = Quota {
        per: Some(AreaLevel::Grid),
        each: 1,
    };
    does(&mut stage, Command::SetQuota(Some(quota)));
    let filtered = stage.state().session.results.filtered.clone().unwrap();
    let picked = filtered.picked.unwrap();
    // One in each of two grids, and one of those that lie in none.
    assert_eq!((picked.kept, picked.groups, picked.outside), (3, 2, 1));
    assert!(has(&stage, &lang.with("ui.hits", &[("count", "3")])));
    assert!(!button(&stage), "the button says which limit there is");
}

#[test]
fn the_card_opens_the_score_into_rules_and_what_is_missing() {
    for lang in Lang::ALL {
        let mut stage = with_town(lang);
        let session = &stage.state().session;
        let snapshot = &session.town().unwrap().snapshot;
        let row = (0..snapshot.households.len() as u32)
            .find(|row| snapshot.households.id.get(*row) == "H1")
            .unwrap();
        does(
            &mut stage,
            Command::Inspect(Some(Inspected::Household(row))),
        );
        click(&mut stage, &lang.t("priority.unfold"));
        for component in Component::ALL {
            let name = lang.t(&format!("priority.part_{}", component.code()));
            assert!(has(&stage, &name), "{name}");
        }
        // H1 has a need of which nobody knows since when.
        let facts = [("facts", &*lang.t("priority.fact_need_date"))];
        let missing = lang.with("priority.unknown", &facts);
        let plain = lang.t("priority.unknown_plain");
        let line = format!("{missing}{}{plain}", lang.pick("；", ". "));
        assert!(has(&stage, &line), "{line}");
        assert!(has(&stage, &lang.t("priority.fold")));
    }
}
