//! The sheet of standards on trial, by role and label.

use super::stage::{Stage, click, has, said, with_town};
use livelihood_map::model::{Catalogue, Date};
use livelihood_map::session::{Command, Dialog, Worksheet};
use livelihood_map::words::Lang;
use std::sync::Arc;

fn does(stage: &mut Stage, command: Command) {
    stage.state_mut().session.apply(command);
    stage.run_steps(4);
    said(stage);
}

fn own(stage: &Stage) -> Catalogue {
    let session = &stage.state().session;
    session.town().unwrap().snapshot.catalogue.of_office()
}

/// With one elder a household has 79 of what the rule asks for, and with two 158.
fn elders_count(stage: &mut Stage) {
    let mut catalogue = own(stage);
    let dibao = catalogue.programme("dibao").unwrap();
    for rule in &mut catalogue.schemes[dibao].rules {
        rule.text = "elderly * 79 >= gaoling_age".to_owned();
    }
    does(stage, Command::SaveCatalogue(Arc::new(catalogue)));
    let notices = stage.state().session.notices.shown();
    let ids: Vec<u64> = notices.iter().map(|notice| notice.id).collect();
    for id in ids {
        does(stage, Command::DismissNotice(id));
    }
}

#[test]
fn a_standard_is_moved_seen_opened_and_applied() {
    for lang in Lang::ALL {
        let mut stage = with_town(lang);
        elders_count(&mut stage);
        does(&mut stage, Command::ShowWorksheet(Some(Worksheet::WhatIf)));
        assert!(has(&stage, &lang.t("whatif.nothing")));
        let catalogue = own(&stage);
        let age = &catalogue.thresholds[catalogue.threshold("gaoling_age").unwrap()];
        let dibao = &catalogue.programmes[catalogue.programme("dibao").unwrap()];
        click(&mut stage, &format!("{} −1", age.name(lang)));
        // Two with one elder come in; their incomes are not known, and so not what they are paid.
        let total = lang.with("whatif.total_households", &[("in", "2"), ("out", "0")]);
        let total = format!("{total}  ·  {}", lang.t("whatif.cost_same"));
        assert!(has(&stage, &total), "{total}");
        let unknown = lang.with("whatif.amounts_unknown", &[("count", "3")]);
        let of_elders = catalogue.programme("dibao").unwrap();
        let named = catalogue.programmes[of_elders].short_name(lang);
        let unknown = format!("{named} {unknown}");
        assert!(has(&stage, &unknown), "{unknown}");

        let values = [("count", "2"), ("programme", dibao.short_name(lang))];
        click(&mut stage, &lang.with("whatif.show_entrants", &values));
        let session = &stage.state().session;
        assert_eq!(session.view.selection.as_ref().unwrap().count(), 2);
        assert_eq!(session.results.filtered.as_ref().unwrap().order.len(), 2);
        // One of the two has no position.
        let elsewhere = [("in", "1"), ("out", "0")];
        let elsewhere = lang.with("whatif.where_other", &elsewhere);
        assert!(has(&stage, &format!("{elsewhere} 1")));

        click(&mut stage, &lang.t("whatif.export_changes"));
        assert!(matches!(
            stage.state().session.dialog,
            Some(Dialog::ExportTable(_))
        ));
        let rows = lang.with("whatif.dialog_go", &[("count", "2")]);
        assert!(has(&stage, &rows), "{rows}");
        does(&mut stage, Command::CloseDialog);

        click(&mut stage, &lang.t("whatif.apply"));
        let go = lang.with("whatif.apply_go", &[("date", "2026-11-21")]);
        click(&mut stage, &go);
        let from = Date::parse("2026-11-21").unwrap();
        let applied = |command: &Command| matches!(command, Command::ApplyTrial(on) if *on == from);
        assert!(said(&mut stage).iter().any(applied));
        stage.run_steps(3);
        let catalogue = own(&stage);
        let age = &catalogue.thresholds[catalogue.threshold("gaoling_age").unwrap()];
        assert_eq!(
            age.values.last().map(|one| (one.from, one.value)),
            Some((from, 79.0))
        );
        assert!(has(&stage, &lang.t("whatif.nothing")));
    }
}

#[test]
fn what_was_moved_is_taken_back_one_by_one_and_all_at_once() {
    let lang = Lang::En;
    let mut stage = with_town(lang);
    does(&mut stage, Command::ShowWorksheet(Some(Worksheet::WhatIf)));
    let names = ["dibao_standard", "dibian_factor"].map(|code| {
        let catalogue = own(&stage);
        let place = catalogue.threshold(code).unwrap();
        catalogue.thresholds[place].name(lang).to_owned()
    });
    for name in &names {
        click(&mut stage, &format!("{name} +5%"));
    }
    let moved = |stage: &Stage| stage.state().session.trial_moves();
    let trials: Vec<f64> = moved(&stage).iter().map(|one| one.trial).collect();
    assert_eq!(trials, [1_186.5, 1.575]);
    click(&mut stage, &format!("{} +10%", names[0]));
    assert_eq!(moved(&stage)[0].trial, 1_243.0);
    click(&mut stage, &lang.t("whatif.reset_all"));
    assert!(stage.state().session.trial.is_none());
    assert!(!has(&stage, &lang.t("whatif.reset_all")));
}
